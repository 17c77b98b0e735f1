"""What a worker makes of a task: a file becomes a report with all its facts, or the reason why not.

Importing this module loads the pipeline, once, so that processes forked after it share its memory.
"""

import hashlib
import re
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from ...data.containers import Member, container_of, unpack
from ...data.errors import ChangedFile, Defect, InputError, LimitExceeded, UnreadableFile
from ...data.limits import Limits
from ...data.readers import load_bytes, read_bytes
from ...data.records import SourceText
from ...data.store import SourceFile, make_indexed
from ..given import Given
from ..parts import split_reports
from ..pipeline import extract_many, load
from ..reading import Reading
from .file_state import file_state
from .outcomes import (
    TASK,
    Answer,
    Compiled,
    FileTask,
    MemberFound,
    PartRead,
    Refused,
    ReportRead,
    StoredTask,
    Unchanged,
    Unpacked,
    encode,
)
from .pages import continues, with_following

# A file may be written to twice in the same tick of a file system's clock. Of one that changed so shortly
# before it was read the time is not kept, and the next run looks at its content (as Git does).
_FRESH_NS = 2_000_000_000
_TRIES = 3
# The field in which a table of reports gives their years.
_YEAR, _IS_YEAR = "year", re.compile(r"(?:19|20)\d\d")
_PAUSE = 0.05

load()


def answer(task: bytes) -> bytes:
    """The answers to a task, both as MessagePack; raises nothing but MemoryError."""
    asked = TASK.decode(task)
    if isinstance(asked, StoredTask):
        return encode((_stored(asked),))
    return encode(tuple(_file(asked)))


def error_kind(error: InputError) -> str:
    """The name of an error as the database has it: `broken_file` for BrokenFile."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(error).__name__).lower()


def _file(task: FileTask) -> Iterator[Answer]:
    source = SourceFile(path=task.path, container=task.container)
    try:
        source, data = _steady(task, source)
        if source.sha256 == task.known:
            yield Unchanged(source=source)
        elif data is None:
            yield _unpacked(task, source)
        else:
            yield from _reports(task, source, data)
    except InputError as error:
        yield _refused(source, error)
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception as error:  # A fault in reading one file must not cost the others.
        where = traceback.extract_tb(error.__traceback__)[-1]
        fault = f"{type(error).__name__} in {Path(where.filename).name}:{where.lineno}: {error}"
        yield _refused(source, Defect(f"{task.name}: {fault:.300}. Please report this with the file."))


def _refused(source: SourceFile, error: InputError) -> Refused:
    return Refused(source=source, reason=str(error), kind=error_kind(error))


def _steady(task: FileTask, source: SourceFile) -> tuple[SourceFile, bytes | None]:
    """The file as it is found with its content, None where it is an archive; it did not change meanwhile."""
    path = Path(task.file)
    for _ in range(_TRIES):
        before = file_state(path)
        is_archive = before is not None and container_of(path, task.text_column) is not None
        data = None if is_archive else load_bytes(path, task.limits)
        sha256 = _digest(path) if data is None else hashlib.sha256(data).hexdigest()
        if before is not None and before == file_state(path):
            size, mtime_ns = before
            known_time = task.container is None and time.time_ns() - mtime_ns > _FRESH_NS
            found = replace(source, sha256=sha256, size=size, mtime_ns=mtime_ns if known_time else None)
            return found, data
        time.sleep(_PAUSE)
    raise ChangedFile(f"{task.name}: it changes while it is read. Run again when it is finished.")


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableFile(
            f"{path}: it cannot be read ({error.strerror or error}). Fetch it again."
        ) from None


def _reports(task: FileTask, source: SourceFile, data: bytes) -> Iterator[Answer]:
    whole = continues(task.path, task.beside, task.limits) if task.beside else None
    if whole is not None:
        yield PartRead(source=replace(source, container=whole))
        return
    made = read_bytes(data, task.name, task.limits)
    if task.beside:
        made = with_following(made, data, task.path, task.beside, task.limits)
    made = replace(made, fields={**task.fields, **made.fields})
    source = replace(source, format=made.format, encoding=made.encoding, remark=made.remark)
    parts = split_reports(made)
    if len(parts) == 1:
        yield _read(made, source)
        return
    paths = tuple(f"{task.path}#{number}" for number in range(1, len(parts) + 1))
    for path, part in zip(paths, parts, strict=True):
        yield _read(part, replace(source, path=path, container=task.path))
    yield Compiled(source=source, paths=paths)


def _stored(task: StoredTask) -> Answer:
    return _read(task.made, SourceFile(path=task.path or task.report_id))


def _read(made: SourceText, source: SourceFile) -> ReportRead:
    year = made.fields.get(_YEAR, "")
    given = Given(path=source.path, year=int(year) if _IS_YEAR.fullmatch(year) else None)
    [report] = extract_many([(made, given)])
    reading = Reading(report.text)
    headings = [section.text for section in report.sections]
    indexed = make_indexed(reading.view, reading.places, report.title, report.org, headings)
    return ReportRead(source=source, report=report, indexed=indexed, made=replace(made, text=""))


def _unpacked(task: FileTask, source: SourceFile) -> Answer:
    if task.nested > task.limits.nesting:
        raise LimitExceeded(
            f"{task.name}: it stands in {task.nested} archives, more than {task.limits.nesting} "
            "(--max-nesting). Unpack it, or allow more."
        )
    folder = Path(tempfile.mkdtemp(dir=task.spool))
    members: list[MemberFound] = []
    reason = kind = None
    try:
        for member in unpack(Path(task.file), task.name, folder, _what_is_left(task), task.text_column):
            members.append(_member(task, member))
    except InputError as error:
        reason, kind = str(error), error_kind(error)
    size = sum(file.stat().st_size for file in folder.iterdir())
    return Unpacked(source=source, members=tuple(members), size=size, reason=reason, kind=kind)


def _what_is_left(task: FileTask) -> Limits:
    """The limits less what the archives around this one have taken: together they keep them."""
    left = task.limits.unpacked_mb - task.unpacked // 2**20
    if left <= 0:
        raise LimitExceeded(
            f"{task.name}: unpacked, the archives around it have more than {task.limits.unpacked_mb:,} MB "
            "(--max-unpacked-mb). Unpack it by hand, or allow more."
        )
    return replace(task.limits, unpacked_mb=left)


def _member(task: FileTask, member: Member) -> MemberFound:
    path = f"{task.path}!/{member.name}"
    if member.error is not None:
        return MemberFound(path=path, reason=str(member.error), kind=error_kind(member.error))
    return MemberFound(path=path, file=str(member.path), fields=member.fields)
