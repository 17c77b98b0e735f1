"""Members of a container less the companions of saved pages."""

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath, PurePosixPath

from ..errors import InputError
from ..saved_pages import companions, is_frameset, is_page, pages_beside
from .member import Member


def without_companions(members: Iterable[Member]) -> Iterator[Member]:
    """The members that are no companions of a saved page; those that may be come last.

    A page and its folder stand in any order, so what lies in such a folder waits for the end.
    """
    held: list[Member] = []
    files: dict[PurePath, Path | None] = {}
    end: InputError | None = None
    try:
        for member in members:
            name = PurePosixPath(member.name)
            waits = bool(pages_beside(name))
            if waits or is_page(name):
                files[name] = member.path
            if waits or (is_page(name) and member.path and is_frameset(member.path)):
                held.append(member)
            else:
                yield member
    except InputError as error:
        end = error
    left = companions(files) if held else frozenset()
    for member in held:
        if PurePosixPath(member.name) not in left:
            yield member
        elif member.path:
            member.path.unlink(missing_ok=True)
    if end:
        raise end
