"""Which official form the tables of a report follow, told from their heads."""

import re
from collections import Counter
from functools import cache

from ..data.vocabulary import alternation, form_heads
from .reading import Reading

# Labels of the requests table that 2019 reports do not print but that prose may mention: they decide alone
# only where no head of the proactive table was found.
_LINE_BREAKS = re.compile(r"\n| (?=[\u4e00-\u9fff])")


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(alternation(tuple(form_heads())))


def find_form(reading: Reading) -> str | None:
    """`2021`, `2019` or `2014` by the heads that only that form prints; None where nothing tells.

    Where heads of two forms stand, the one with more different heads decides, the newer one in a tie. A 2014
    list decides only where no head of the later forms stands. Year and cited notice are not looked at: they
    say which form was due, not which was used.
    """
    flat = _LINE_BREAKS.sub("", reading.view)
    seen = Counter(form_heads()[head] for head in set(_heads().findall(flat)))
    newer = [(count, form) for form, count in seen.items() if form != "2014"]
    if newer:
        return max(newer)[1]
    return "2014" if seen else None
