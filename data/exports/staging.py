"""Files that appear under their name only when they are whole."""

import json
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..errors import OutputError

# In every folder that an export makes: what it is, and which files belong to it.
MANIFEST = "export.json"


@contextmanager
def staged(out: Path, *, force: bool, protected: Path) -> Iterator[Path]:
    """A path to write a file or folder to, which stands at `out` once the block has ended without an error.

    Until then it lies in a hidden folder beside `out`, which goes whatever happens, but for a killed process.
    Raises OutputError where something is there and `force` is not given, where it is a folder with files
    that no export made, where it is the `protected` file, and where the disk refuses.
    """
    check_target(out, force=force, protected=protected)
    with (
        _refusals(out),
        tempfile.TemporaryDirectory(prefix=f".{out.name}.", suffix=".part", dir=out.parent) as room,
    ):
        place = Path(room) / out.name
        yield place
        made = _zipped(place) if out.suffix.lower() == ".zip" and place.is_dir() else place
        _put(made, out, Path(room) / f"{out.name}.before")


def check_target(out: Path, *, force: bool, protected: Path) -> None:
    """Raise OutputError where `out` may not be written."""
    if not out.absolute().parent.is_dir():
        raise OutputError(f"{out}: the folder {out.parent} does not exist; make it first.")
    if out.exists() and protected.exists() and out.samefile(protected):
        raise OutputError(f"{out} is the database that is read; name another file.")
    if out.is_dir() and any(out.iterdir()):
        _check_folder(out, force)
    elif out.exists() and not out.is_dir() and not force:
        raise OutputError(f"{out} is there already; name another, or replace it: --force")


def _put(made: Path, out: Path, before: Path) -> None:
    """Move what was made to its place; a folder that is there goes to `before` first, and back on failure."""
    if not out.is_dir():
        made.replace(out)
        return
    out.rename(before)
    try:
        made.replace(out)
    except OSError:
        before.rename(out)
        raise


def write_manifest(folder: Path, fields: dict[str, Any]) -> None:
    """Put the manifest into a folder of files."""
    files = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    text = json.dumps(fields | {"files": sorted(files)}, ensure_ascii=False, indent=2)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def _check_folder(out: Path, force: bool) -> None:
    try:
        own = {*json.loads((out / MANIFEST).read_text(encoding="utf-8"))["files"], MANIFEST}
    except (OSError, ValueError, KeyError, TypeError):
        raise OutputError(f"{out} is a folder with other files; name one that does not exist.") from None
    if not force:
        raise OutputError(f"{out} holds an export already; name another folder, or replace it: --force")
    files = {path.relative_to(out).as_posix() for path in out.rglob("*") if not path.is_dir()}
    if files - own:
        raise OutputError(
            f"{out} has files that no export made ({min(files - own)}); move them, or name another."
        )


def _zipped(folder: Path) -> Path:
    """The folder as a zip file beside it."""
    packed = folder.with_name(f"{folder.name}.packed")
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder).as_posix())
    return packed


@contextmanager
def _refusals(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(f"{out} cannot be written: {error.strerror or error}.") from error
