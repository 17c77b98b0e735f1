"""What the documents print: blocks that begin with `$ nianbao …`, made again from the sample archive.

    python docs/printed_blocks.py

The first line of a text block is the command, below stands what that writes to stdout. A comment before the
block, `<!-- lines 1-8, 20- -->`, leaves only these lines; where some are left out stands `…`.
"""

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

DOCS = Path(__file__).parent
SAMPLES = DOCS.parent / "data" / "samples"
_BLOCK = re.compile(
    r"(?:<!-- lines (?P<lines>[\d, -]+) -->\n)?```text\n\$ nianbao (?P<words>.+)\n(?P<shown>(?:.*\n)*?)```"
)

# From the words of a command to what it writes.
Run = Callable[[list[str]], str]


def blocks(page: Path) -> Iterator[tuple[str, str, str]]:
    """Of each block the words behind `nianbao`, the lines chosen (all where empty), and what it shows."""
    for found in _BLOCK.finditer(page.read_text(encoding="utf-8")):
        yield found["words"], found["lines"] or "", found["shown"]


def chosen(output: str, lines: str) -> str:
    """The output without blanks at line ends, or the lines of it that are asked for, counted from 1."""
    all_lines = [line.rstrip() for line in output.rstrip().splitlines()]
    kept, last = [], 0
    for first, end in _ranges(lines, len(all_lines)) if lines else [(1, len(all_lines))]:
        kept += ["…"] * (first > last + 1) + all_lines[first - 1 : end]
        last = end
    return "".join(f"{line}\n" for line in kept + ["…"] * (last < len(all_lines)))


def rewrite(page: Path, run: Run) -> None:
    """Put into each block of a page what its command writes now."""

    def made(found: re.Match[str]) -> str:
        shown = chosen(run(shlex.split(found["words"])), found["lines"] or "")
        return found[0].removesuffix(f"{found['shown']}```") + f"{shown}```"

    page.write_text(_BLOCK.sub(made, page.read_text(encoding="utf-8")), encoding="utf-8")


def _ranges(lines: str, last: int) -> Iterator[tuple[int, int]]:
    for part in lines.split(","):
        first, dash, end = part.strip().partition("-")
        yield int(first), int(end) if end else last if dash else int(first)


def _main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "nianbao.cli"]
        named = os.environ | {"NIANBAO_DB": str(Path(folder, "nianbao.db"))}
        subprocess.run([*command, "index", SAMPLES], env=named, check=True, capture_output=True)

        def run(words: list[str]) -> str:
            done = subprocess.run(
                [*command, *words], env=named, cwd=folder, capture_output=True, encoding="utf-8"
            )
            return done.stdout

        for page in sorted(DOCS.rglob("*.md")):
            if any(blocks(page)):
                rewrite(page, run)


if __name__ == "__main__":
    _main()
