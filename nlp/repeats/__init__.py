"""Statements that return word for word or nearly so, within a body through the years and between bodies.

`make_repeats` finds them in a whole archive and keeps them in its database; `Store.repeats` reads them.
"""

from .archive import make_repeats
from .spread import is_set_phrase

__all__ = ["is_set_phrase", "make_repeats"]
