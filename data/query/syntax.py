"""The grammar: how a query is written. What its words and values mean is told in `reading.py`.

    query    = part { "OR" part }
    part     = one { [ "AND" ] one }
    one      = ( "NOT" | "-" ) one | near
    near     = atom { "NEAR/n" atom }
    atom     = field ":" value | "(" query ")" | "phrase" | word
    value    = "(" query ")" | token without blanks, parts of it in quotes

且, 或, 非 with a blank or bracket on both sides are AND, OR, NOT. Full-width signs are read as their
half-width twins, 「」 and “” as quotes.
"""

import difflib
import re
from functools import cache
from typing import Any, Literal, NamedTuple, TypeAlias

import parsy

from ..errors import QueryError
from .fields import Field, fields
from .place import listed, query_error

NEAR_DEFAULT, NEAR_MAX = 10, 1000
_DEPTH_MAX = 30

_STOP = r'\s()"“”'
_END = rf"(?=[{_STOP}]|$)"
_KEYWORD = rf"(?!(?:AND|OR|NOT|NEAR(?:/[^{_STOP}]*)?|[且或非]){_END})"
_QUOTED = r'"(?:[^"]|"")*"|[“”][^“”]*[“”]'
_SCANNED = re.compile(rf'{_QUOTED}|["“”()]')
_TYPO = re.compile(rf"([A-Za-z_]{{2,}}):(?=[^{_STOP}])")
_PART = re.compile(rf"[^{_STOP}]+|.", re.DOTALL)
_ATOM = 'a word, a "phrase", field:value or a bracket'


class Token(NamedTuple):
    """`[at, end)` of the query: a word, a phrase or a value as it is written."""

    at: int
    end: int


class Tagged(NamedTuple):
    """A field and its value: a token, or a bracket of them."""

    at: int
    field: Field
    value: "Syntax"


class Joined(NamedTuple):
    """What stands between ANDs or ORs; `within` brackets or not."""

    sign: Literal["and", "or"]
    parts: tuple["Syntax", ...]
    within: bool = False


class Negated(NamedTuple):
    """What stands behind NOT."""

    at: int
    part: "Syntax"


class Beside(NamedTuple):
    """What stands on both sides of NEAR."""

    at: int
    left: "Syntax"
    right: "Syntax"
    distance: int


# parsy is not typed.
Parser: TypeAlias = Any
Syntax: TypeAlias = Token | Tagged | Joined | Negated | Beside


def parse(query: str, typed: str) -> Syntax:
    """The syntax tree of a folded query; `typed` is what messages show. Raises QueryError with the place."""
    _check_brackets(query, typed)
    try:
        parsed: Syntax = _grammar().parse(query)
    except parsy.ParseError as error:
        raise _unexpected(query, typed, error) from None
    except _Wrong as error:
        raise query_error(typed, error.at, str(error)) from None
    except RecursionError:
        wrong = "NOTs and brackets stand in each other too deep."
        raise query_error(typed, 0, wrong, "Take some out.") from None
    return parsed


class _Wrong(Exception):
    def __init__(self, at: int, wrong: str) -> None:
        super().__init__(wrong)
        self.at = at


def _check_brackets(query: str, typed: str) -> None:
    opened: list[int] = []
    for found in _SCANNED.finditer(query):
        sign, at = found[0], found.start()
        if sign == "(":
            opened.append(at)
            if len(opened) > _DEPTH_MAX:
                raise query_error(typed, at, f"brackets stand more than {_DEPTH_MAX} deep.", "Take some out.")
        elif sign == ")":
            if not opened:
                raise query_error(typed, at, "this bracket closes none; expected a ( before it.")
            opened.pop()
        elif len(sign) == 1:
            raise query_error(
                typed,
                at,
                f"this quote is not closed; expected another {sign} behind it.",
                'Close it; inside "…" write "" for one.',
            )
    if opened:
        raise query_error(typed, opened[-1], "this bracket is not closed; expected a ) behind it.")


def _unexpected(query: str, typed: str, error: "parsy.ParseError") -> QueryError:
    at: int = error.index
    part = _PART.match(query, at)
    found = f"{part[0]!r} stands" if part else "the query ends"
    wanted = listed(sorted(each for each in error.expected if each != "EOF")) or "the end"
    return query_error(typed, at, f"{found} where {wanted} is expected.")


@cache
def _grammar() -> Parser:
    blank = parsy.regex(r"\s*")
    query = parsy.forward_declaration()
    token = parsy.seq(parsy.index, parsy.regex(_QUOTED).desc(_ATOM) | _word(), parsy.index)
    word = token.combine(lambda at, _, end: Token(at, end))
    bracket = parsy.string("(").desc(_ATOM) >> query << parsy.string(")").desc("a )")
    atom = (_field(bracket) | bracket.map(_bracket) | word) << blank
    near = parsy.seq(parsy.index, _near() << blank, atom)
    beside = parsy.seq(atom, near.many()).combine(_beside)
    one = parsy.forward_declaration()
    sign = parsy.regex(rf"(?:NOT|非){_END}\s*|-(?=[^\s)-])").desc(_ATOM)
    one.become(parsy.seq(parsy.index << sign, one).combine(Negated) | beside)
    both = parsy.regex(rf"(?:AND|且){_END}\s*").desc("AND")
    either = parsy.regex(rf"(?:OR|或){_END}\s*").desc("OR")
    part = parsy.seq(one, (both.optional() >> one).many()).combine(
        lambda first, rest: _joined("and", [first, *rest])
    )
    query.become(blank >> part.sep_by(either, min=1).map(lambda parts: _joined("or", parts)))
    return query


def _word() -> Parser:
    return parsy.regex(rf"{_KEYWORD}(?!(?i:{_names()}):)[^{_STOP}]+").desc(_ATOM)


def _names() -> str:
    return "|".join(sorted(map(re.escape, fields()), key=len, reverse=True))


def _near() -> Parser:
    def distance(found: tuple[int, str | None]) -> int:
        at, written = found
        if written is None:
            return NEAR_DEFAULT
        if not re.fullmatch(r"[0-9]{1,9}", written) or int(written) > NEAR_MAX:
            raise _Wrong(at + 5, f"expected a number of characters from 0 to {NEAR_MAX} behind NEAR/.")
        return int(written)

    written = parsy.regex(rf"NEAR(?:/([^{_STOP}]*))?{_END}", group=1).desc("NEAR")
    return parsy.seq(parsy.index, written).map(distance)


def _field(bracket: Parser) -> Parser:
    name = parsy.regex(rf"({_names()}):\s*", re.IGNORECASE, group=1).desc(_ATOM) | _typo()
    token = parsy.regex(rf"{_KEYWORD}(?:[^{_STOP}]|{_QUOTED})+").desc("a value behind the colon")
    plain = parsy.seq(parsy.index, token, parsy.index).combine(lambda at, _, end: Token(at, end))
    value = plain | bracket.map(_bracket)
    found = parsy.seq(parsy.index, name, value)
    return found.combine(lambda at, written, read: Tagged(at, fields()[written.lower()], read))


def _typo() -> Parser:
    """A name before a colon that is no field: a slip, where it is written in letters."""

    def wrong(found: tuple[int, str]) -> str:
        at, written = found
        known = [name for name in fields() if name.isascii()]
        near = difflib.get_close_matches(written.lower(), known, 1)
        meant = f"did you mean {near[0]}:?" if near else f"the fields are {listed(known, 'and')}."
        raise _Wrong(at, f"there is no field {written}; {meant}")

    return parsy.seq(parsy.index, parsy.regex(_TYPO, group=1).desc(_ATOM)).map(wrong)


def _bracket(inside: Syntax) -> Joined:
    return inside._replace(within=True) if isinstance(inside, Joined) else Joined("and", (inside,), True)


def _joined(sign: Literal["and", "or"], parts: list[Syntax]) -> Syntax:
    return parts[0] if len(parts) == 1 else Joined(sign, tuple(parts))


def _beside(first: Syntax, others: list[tuple[int, int, Syntax]]) -> Syntax:
    """A chain of NEAR says that each stands near the one before."""
    pairs: list[Syntax] = []
    left = first
    for at, distance, right in others:
        pairs.append(Beside(at, left, right, distance))
        left = right
    return _joined("and", pairs) if pairs else first
