"""Names that Stata takes for variables: 32 characters at most, none of its own words."""

from collections.abc import Iterable

# Stata User's Guide 11.3.
_LENGTH_MAX = 32
# And those that pandas takes for Stata's, which are those of Mata too.
_RESERVED = frozenset(
    (
        *("aggregate", "array", "boolean", "break", "byte", "case", "catch", "class", "colvector", "complex"),
        *("const", "continue", "default", "delegate", "delete", "do", "double", "else", "eltypedef", "end"),
        *("enum", "explicit", "export", "external", "float", "for", "friend", "function", "global", "goto"),
        *("if", "in", "inline", "int", "local", "long", "NULL", "pragma", "protected", "quad", "rowvector"),
        *("short", "str", "strL", "typedef", "typename", "using", "virtual", "with"),
        *("_all", "_b", "_coef", "_cons", "_n", "_N", "_pi", "_pred", "_rc", "_se", "_skip"),
    )
)


def stata_names(names: Iterable[str]) -> dict[str, str]:
    """Each name with the one that Stata gets: itself, or its words cut to as many letters as fit."""
    found: dict[str, str] = {}
    for name in names:
        short = _shortened(name)
        number = 2
        while short in found.values():
            short = f"{_shortened(name)[: _LENGTH_MAX - 3]}_{number}"
            number += 1
        found[name] = short
    return found


def _shortened(name: str) -> str:
    if name in _RESERVED:
        return f"{name}_"
    letters = max(map(len, name.split("_")))
    short = name
    while len(short) > _LENGTH_MAX and letters > 1:
        letters -= 1
        short = "_".join(word[:letters] for word in name.split("_"))
    return short[:_LENGTH_MAX]
