"""Old Word files converted by a program of the machine: LibreOffice, catdoc or antiword."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from ..errors import BrokenFile, LimitExceeded, ToolMissing
from ..limits import Limits

_INSTALL = (
    "Install LibreOffice (Debian: apt-get install libreoffice-writer), or catdoc or antiword for its plain "
    "text, so that it stands on PATH; or save the file as docx."
)
# The program is stopped before the process that reads the file is, which would leave it behind.
_TIME_SHARE = 0.8
# No macros, no pictures or links fetched from elsewhere.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


class Converted(NamedTuple):
    """What a program made of a file: a Word file (docx), or plain text in UTF-8."""

    data: bytes
    is_word: bool


class _Program(NamedTuple):
    """A program, its arguments in a folder where the file is `in.doc`, and the file it makes."""

    name: str
    arguments: Callable[[Path], list[str]]
    result: str


def _office(folder: Path) -> list[str]:
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(_SETTINGS, encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    switches = ["--headless", "--norestore", "--nologo", "--nolockcheck"]
    return [profile, *switches, "--convert-to", "docx", "--outdir", str(folder), "in.doc"]


# What a program prints goes to `out.txt`. LibreOffice alone keeps tables and automatic numbers; catdoc gives
# rows as lines with tabs, antiword wraps cells.
_PROGRAMS = (
    _Program("soffice", _office, "in.docx"),
    _Program("libreoffice", _office, "in.docx"),
    _Program("catdoc", lambda folder: ["-d", "utf-8", "-w", "in.doc"], "out.txt"),
    _Program("antiword", lambda folder: ["-m", "UTF-8.txt", "-w", "0", "in.doc"], "out.txt"),
)


def converted(data: bytes, name: str, limits: Limits) -> Converted:
    """`data` as the first program that can makes it; errors call the file `name`.

    Raises ToolMissing where the machine has none, LimitExceeded where one takes longer than the limit or
    makes too much, BrokenFile where none can make anything of it.
    """
    programs = [(program, path) for program in _PROGRAMS if (path := shutil.which(program.name))]
    if not programs:
        raise ToolMissing(f"{name}: an old Word or WPS file is read through another program. {_INSTALL}")
    for program, path in programs:
        with tempfile.TemporaryDirectory(prefix="nianbao-", ignore_cleanup_errors=True) as made:
            folder = Path(made)
            (folder / "in.doc").write_bytes(data)
            _run([path, *program.arguments(folder)], folder, name, limits)
            result = _result(folder / program.result, name, limits)
            if result.strip():
                return Converted(result, is_word=program.result.endswith(".docx"))
    tried = ", ".join(program.name for program, _ in programs)
    raise BrokenFile(f"{name}: the Word file is damaged or holds no text ({tried} cannot convert it).")


def _run(command: list[str], folder: Path, name: str, limits: Limits) -> None:
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LANG": "C.UTF-8"}
    with (folder / "out.txt").open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    seconds = _TIME_SHARE * limits.seconds
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        raise LimitExceeded(
            f"{name}: {Path(command[0]).name} takes more than {seconds:g} s to convert it "
            "(four fifths of --max-seconds). Save the file as docx, or allow more."
        ) from None
    finally:
        # Its children are in its session, whether it ended or not.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _result(path: Path, name: str, limits: Limits) -> bytes:
    if not path.is_file():
        return b""
    if path.stat().st_size > limits.file_mb * 2**20:
        raise LimitExceeded(
            f"{name}: it converts to more than {limits.file_mb} MB (--max-file-mb). Save its text alone."
        )
    return path.read_bytes()
