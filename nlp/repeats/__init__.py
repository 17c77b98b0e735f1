"""Statements that return word for word or nearly so, within a body through the years and between bodies.

`make_repeats` finds them in a whole archive and keeps them in its database; `Store.repeats` reads them;
`body_repeats` tells those of one body.
"""

from .archive import make_repeats
from .of_body import Again, BodyRepeat, body_repeats
from .spread import is_set_phrase

__all__ = ["Again", "BodyRepeat", "body_repeats", "is_set_phrase", "make_repeats"]
