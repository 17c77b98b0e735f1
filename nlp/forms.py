"""Which official form the tables of a report follow, told from their heads."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from ..data.forms import load_forms
from ..data.vocabulary import alternation
from .reading import Reading
from .table_text import normal, squeezed


@cache
def _owners() -> dict[str, str]:
    return {normal(head): form.id for form in load_forms().values() for head in form.heads}


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(alternation(tuple(_owners())))


def find_form(reading: Reading) -> str | None:
    """`2021`, `2019`, `2014` or `2008` by the heads that only that form prints; None where nothing tells.

    Where heads of two forms stand, the one with more different heads decides, the newer one in a tie; a form
    of lower rank (the lists before 2019) only where no head of a higher one stands. Year and cited notice
    are not looked at: they say which form was due, not which was used.
    """
    return form_in(squeezed(reading.view))


def form_in(plain: str) -> str | None:
    """The same for a text in the form of `PlainText.plain`."""
    return _decide(set(_heads().findall(plain)))


def _decide(heads: Iterable[str]) -> str | None:
    forms = load_forms()
    seen = Counter(_owners()[head] for head in heads)
    if not seen:
        return None
    return max(seen, key=lambda form: (forms[form].rank, seen[form], forms[form].first_year))
