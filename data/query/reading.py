"""How a query is read: what is typed as a tree of conditions, or a message that points at the place."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from ..errors import QueryError
from ..folding import fold
from ..terms import codes, term
from .fields import Field, things
from .place import listed, query_error
from .syntax import Beside, Joined, Negated, Syntax, Tagged, Token, parse
from .tree import And, Condition, Contains, Holds, Is, Near, Node, Not, Or, Value, Word, disjunction, leaves
from .values import BadValue, read_cell, read_days, read_number, read_quantity

# A word is looked up at a few microseconds a character; both limits keep a search of an archive under 0.1 s.
_CHARACTERS_MAX = 1000
_CONDITIONS_MAX = 64

# What a view leaves out, or keeps as one space between two letters or digits.
_BLANK = re.compile("[ \ufeff\u200b\u200c\u200d\u2060\u00ad\r\f\v]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ALNUM = re.compile("[0-9A-Za-z]")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"|[“”]([^“”]*)[“”]')
_CAPITALS = re.compile(r"[A-Z]+")
# Folding makes title marks of these; behind a field they are signs.
_SIGNS = str.maketrans("＞＜", "><")


def read_query(typed: str) -> Node:
    """The tree of a query. Raises QueryError, pointing at the character that cannot be read."""
    if len(typed) > _CHARACTERS_MAX:
        raise QueryError(
            f"The query has {len(typed)} characters; {_CHARACTERS_MAX} are the most. Shorten it."
        )
    check_characters(typed)
    if not typed.strip(" \t\n\r\u3000"):
        raise QueryError("There is nothing to look for; give a word or at least one character of one.")
    return _Reader(typed, fold(typed)).read()


def check_characters(text: str) -> None:
    """Raises QueryError where `text` holds half a surrogate pair, which no text in a database can."""
    if _SURROGATE.search(text):
        raise QueryError(f"{text!r} holds half a surrogate pair, which is no character; type it anew.")


# A line feed parts words; the two characters that no indexed text holds stand there as U+FDD0.
_UNFIT = {0x0A: " ", 0x00: "\ufdd0", 0x1F: "\ufdd0"}


def search_key(text: str) -> str:
    """`text` folded, A-Z in lower case, as words are compared with it; equal length."""
    return _CAPITALS.sub(lambda capitals: capitals[0].lower(), fold(text))


def as_viewed(text: str) -> str:
    """A folded text as it reads: without the blanks that a view leaves out, A-Z in lower case."""
    text = _CAPITALS.sub(lambda capitals: capitals[0].lower(), text.translate(_UNFIT))

    def stand_in(blank: re.Match[str]) -> str:
        if not blank.start() or " " not in blank.group():
            return ""
        return " " if _ALNUM.match(text, blank.start() - 1) and _ALNUM.match(text, blank.end()) else ""

    return _BLANK.sub(stand_in, text)


# Bodies, units and items recur by the thousand.
@lru_cache(maxsize=1 << 14)
def viewed(text: str) -> str:
    """A text as it reads, folded: what a field of a report or fact is compared by."""
    return as_viewed(fold(text))


class _Reader(NamedTuple):
    typed: str
    folded: str

    def read(self) -> Node:
        tree = _without_blanks(self.node(parse(self.folded, self.typed)))
        if tree is None or not _asks(tree):
            raise QueryError("There is nothing to look for; give a word or at least one character of one.")
        number = len(leaves(tree))
        if number > _CONDITIONS_MAX:
            raise QueryError(
                f"The query has {number} words and conditions; {_CONDITIONS_MAX} are the most. "
                "Quote words that stand together as one phrase."
            )
        return tree

    def node(self, syntax: Syntax) -> Node:
        """A part of the syntax tree as conditions."""
        match syntax:
            case Token():
                return self.word(syntax)
            case Tagged():
                return self.tagged(syntax.field, syntax.value)
            case Negated():
                return Not(self.node(syntax.part))
            case Beside():
                return self.beside(syntax)
        return _join(syntax, [self.node(part) for part in syntax.parts])

    def word(self, token: Token) -> Word:
        written = self.folded[token.at : token.end]
        phrase = _QUOTED.fullmatch(written)
        if phrase:
            inside = phrase[1].replace('""', '"') if phrase[1] is not None else phrase[2]
            return Word(text=as_viewed(inside), phrase=True, at=token.at)
        starred = written.endswith("*") and len(written) > 1
        text = as_viewed(written[:-1] if starred else written)
        return Word(text=text, begins=starred and bool(_ALNUM.match(text)), at=token.at)

    def beside(self, syntax: Beside) -> Node:
        lefts, rights = self.beside_words(syntax.left, syntax.at), self.beside_words(syntax.right, syntax.at)
        return disjunction(
            [Near(left=left, right=right, distance=syntax.distance) for left in lefts for right in rights]
        )

    def beside_words(self, syntax: Syntax, at: int) -> list[Word]:
        node = _without_blanks(self.node(syntax)) if not isinstance(syntax, Tagged) else None
        while isinstance(node, And | Or) and len(node.parts) == 1:
            node = node.parts[0]
        parts = node.parts if isinstance(node, Or) else (node,)
        words = [part for part in parts if isinstance(part, Word)]
        if len(words) < len(parts):
            wrong = "NEAR stands between two words or phrases, or brackets of words with OR."
            raise query_error(self.typed, at, wrong, "Put the rest beside it, in brackets.")
        return words

    def tagged(self, field: Field, syntax: Syntax) -> Node:
        """A field with its value; what is in brackets each with the field."""
        if field.value == "words":
            words = And((self.node(syntax),))
            if field.name == "report":
                return Holds(scope="reports", where=words)
            label = Condition(field="label", scope="statements", value=Is(field.name))
            return And((label, *words.parts))
        match syntax:
            case Token():
                return self.condition(field, syntax)
            case Negated():
                return Not(self.tagged(field, syntax.part))
            case Joined():
                return _join(syntax, [self.tagged(field, part) for part in syntax.parts])
        raise query_error(self.typed, syntax.at, f"expected values of {field.name}: in its bracket.")

    def condition(self, field: Field, token: Token) -> Condition:
        folded = as_viewed(_unquoted(self.folded[token.at : token.end]))
        typed = fold(_unquoted(self.typed[token.at : token.end].translate(_SIGNS)))
        try:
            value = _value(field, folded, typed)
        except BadValue as error:
            raise query_error(self.typed, token.at, f"{field.name}: {error}.") from None
        return Condition(field=field.name, scope=field.scope, value=value, at=token.at)


def _value(field: Field, folded: str, signs: str) -> Value:
    """What stands behind a field; raises BadValue."""
    match field.value:
        case "number":
            return read_number(signs.strip())
        case "day":
            return read_days(signs.strip())
        case "quantity":
            return read_quantity(signs.strip())
        case "cell":
            return read_cell(signs.strip())
        case "thing":
            if folded not in things():
                known = listed(dict.fromkeys(thing.code for thing in things().values()))
                raise BadValue(f"expected {known}")
            return Is(things()[folded].code)
        case "text" | "exact":
            written = folded.removesuffix("*") if field.value == "text" else folded
            if not written:
                raise BadValue("expected at least one character")
            return Contains(written) if field.value == "text" else Is(written)
    return Is(_choice(field.value, folded))


def _choice(kind: str, written: str) -> str:
    """The code of this name, Chinese label, or part of only one label."""
    known = codes(kind)
    if written in known:
        return written
    holding = [code for code in known if written and written in search_key(term(kind, code))]
    exact = [code for code in holding if written == search_key(term(kind, code))]
    found = exact or holding
    if len(found) != 1:
        raise BadValue(f"expected {listed(f'{code} ({term(kind, code)})' for code in known)}")
    return found[0]


def _unquoted(written: str) -> str:
    return _QUOTED.sub(lambda found: (found[1] or "").replace('""', '"') + (found[2] or ""), written)


def _join(syntax: Joined, parts: list[Node]) -> Node:
    return And(tuple(parts)) if syntax.sign == "and" else Or(tuple(parts))


def _without_blanks(node: Node) -> Node | None:
    """The tree without words of which nothing is left but blanks."""
    match node:
        case Word():
            return node if node.text else None
        case Near():
            return node if node.left.text and node.right.text else None
        case Not():
            part = _without_blanks(node.part)
            return None if part is None else Not(part)
        case Holds():
            where = _without_blanks(node.where)
            return None if where is None else Holds(scope=node.scope, where=where)
        case And() | Or():
            parts = tuple(part for part in map(_without_blanks, node.parts) if part is not None)
            return type(node)(parts) if parts else None
    return node


def _asks(node: Node) -> bool:
    """Whether there is a condition, or a word of more than punctuation."""
    for leaf in leaves(node):
        match leaf:
            case Condition():
                return True
            case Word() if not _is_punctuation(leaf.text):
                return True
            case Near() if not _is_punctuation(leaf.left.text + leaf.right.text):
                return True
    return False


def _is_punctuation(text: str) -> bool:
    return all(unicodedata.category(character)[0] in "PZC" for character in text)
