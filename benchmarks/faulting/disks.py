"""Small disks that fill up or may not be written to."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class NotPossible(Exception):
    """This machine does not let the fault be made; the message says why."""


def may_mount() -> bool:
    return os.geteuid() == 0 and Path("/bin/mount").exists()


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A file system of so many MB at `folder`, in memory. Raises NotPossible."""
    folder.mkdir(parents=True, exist_ok=True)
    if not may_mount():
        raise NotPossible("only root may mount a small disk")
    _mount(["-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs"], folder)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False, capture_output=True)


def remount(folder: Path, option: str) -> None:
    """Change a small disk: `size=90m`, `ro`, `rw`."""
    _mount(["-o", f"remount,{option}"], folder)


def _mount(options: list[str], folder: Path) -> None:
    done = subprocess.run(["mount", *options, str(folder)], check=False, capture_output=True, text=True)
    if done.returncode:
        raise NotPossible(f"mount: {done.stderr.strip()}")
