"""What a sentence says apart from its figures, to be compared with others."""

import re

from ...data.store.alike import pieces_of

_FIGURES = re.compile(r"[\s\d.,%]+")


def said_by(text: str) -> frozenset[str]:
    """What `are_alike` compares; short sentences too are the same whatever their figures."""
    pieces = pieces_of(text)
    return frozenset((_FIGURES.sub("", text),)) if text in pieces else pieces
