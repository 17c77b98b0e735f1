"""The query language: what people type, as a tree of conditions. No SQL here; `data.store` evaluates it.

tree = read_query("label:problem 人员 year:2019..2023")     # And(parts=(Condition, Word, Condition))
bound = bind(tree)                                          # Holds(statements, …) around label and word
outline(bound)                                              # how it was read, in words
"""

from .binding import bind
from .reading import check_characters, read_query, search_key, viewed
from .tree import (
    SCOPES,
    And,
    Between,
    CellIs,
    Condition,
    Contains,
    Holds,
    Is,
    Near,
    Node,
    Not,
    Or,
    Quantity,
    Scope,
    Word,
    conjunction,
    leaves,
    positive_words,
    speaks_of_rows,
)
from .wording import Line, outline

__all__ = [
    "SCOPES",
    "And",
    "Between",
    "CellIs",
    "Condition",
    "Contains",
    "Holds",
    "Is",
    "Line",
    "Near",
    "Node",
    "Not",
    "Or",
    "Quantity",
    "Scope",
    "Word",
    "bind",
    "check_characters",
    "conjunction",
    "leaves",
    "outline",
    "positive_words",
    "read_query",
    "search_key",
    "speaks_of_rows",
    "viewed",
]
