"""Labels of the codes used in records, for people: in Chinese, some in English too."""

from functools import cache
from pathlib import Path

from .errors import ResourceError
from .lines import data_lines

_FILE = Path(__file__).with_name("lexicon") / "terms.tsv"


@cache
def _terms() -> dict[tuple[str, str], tuple[str, str]]:
    terms: dict[tuple[str, str], tuple[str, str]] = {}
    for number, line in data_lines(_FILE):
        kind, code, label, english = [*line.split("\t"), "", "", ""][:4]
        if not kind or not code or (kind, code) in terms:
            raise ResourceError(f"{_FILE.name}:{number}: {line!r} is not a new `kind code label` line.")
        terms[kind, code] = label, english
    return terms


def term(kind: str, code: str | None) -> str:
    """The Chinese label of a code (`term("label", "plan")` is 改进措施), the code where it has none."""
    return _terms().get((kind, code or ""), (code or "", ""))[0]


def english_term(kind: str, code: str) -> str:
    """The English label of a code, the code with blanks for its underscores where it has none."""
    return _terms().get((kind, code), ("", ""))[1] or code.replace("_", " ")


def codes(kind: str) -> tuple[str, ...]:
    """The codes of a kind that have a label, in the order of the table."""
    return tuple(code for known, code in _terms() if known == kind)
