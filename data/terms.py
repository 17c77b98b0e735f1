"""Chinese labels of the codes used in records, for people."""

from functools import cache
from pathlib import Path

from .errors import ResourceError
from .lines import data_lines

_FILE = Path(__file__).with_name("lexicon") / "terms.tsv"


@cache
def _terms() -> dict[tuple[str, str], str]:
    terms: dict[tuple[str, str], str] = {}
    for number, line in data_lines(_FILE):
        kind, code, label = [*line.split("\t"), "", ""][:3]
        if not kind or not code or (kind, code) in terms:
            raise ResourceError(f"{_FILE.name}:{number}: {line!r} is not a new `kind code label` line.")
        terms[kind, code] = label
    return terms


def term(kind: str, code: str | None) -> str:
    """The Chinese label of a code (`term("label", "plan")` is 改进措施), the code where it has none."""
    return _terms().get((kind, code or ""), code or "")
