"""Write an archive of invented reports.

    python benchmarks/generate.py FOLDER --reports N --seed S [--formats text|all] [--broken SHARE]

`--formats text` (as it is) writes UTF-8 text only, hundreds of reports a second. `manifest.jsonl` beside the
archive (`FOLDER.manifest.jsonl`) says what stands in each file: body, year, genre, key figures, problems.
"""

import json
import sys
import time
from pathlib import Path
from typing import Annotated

import typer
from archives.reports import GeneratedReport, report_texts


def expected(path: str, report: GeneratedReport) -> dict[str, object]:
    """The manifest's record of a sound file."""
    return {
        "path": path,
        "expected": "sound",
        "org": report.org,
        "year": report.year,
        "genre": report.genre,
        "digest": report.digest,
        "characters": len(report.text),
        "problems": report.problems,
        "counts": {name: list(count) for name, count in report.counts.items()},
        "cells": {f"{table}/{code}": value for (table, code), value in report.cells.items() if value},
    }


def write_texts(folder: Path, reports: int, seed: int) -> int:
    """Write the reports as text files and the manifest; returns how many bytes the files hold."""
    written = 0
    with folder.with_name(folder.name + ".manifest.jsonl").open("w", encoding="utf-8") as manifest:
        for report in report_texts(reports, seed):
            path = Path(report.province, report.org, f"{report.title}.txt")
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            written += (folder / path).write_bytes(report.text.encode())
            manifest.write(json.dumps(expected(str(path), report), ensure_ascii=False) + "\n")
    return written


def main(
    folder: Annotated[Path, typer.Argument(help="Where to write; made where it is not there.")],
    reports: Annotated[int, typer.Option(help="How many reports.")] = 1000,
    seed: Annotated[int, typer.Option(help="The same seed, the same archive.")] = 1,
) -> None:
    """Write an archive of invented reports."""
    started = time.monotonic()
    written = write_texts(folder, reports, seed)
    seconds = time.monotonic() - started
    print(
        f"{reports:,} reports, {written / 2**20:.1f} MB, {seconds:.1f} s: {reports / seconds:,.0f} a second",
        file=sys.stderr,
    )


if __name__ == "__main__":
    typer.run(main)
