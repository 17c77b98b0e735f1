"""Write an archive of invented reports.

    python benchmarks/generate.py FOLDER --reports N --seed S [--formats text|all] [--broken SHARE]

`--formats text`, the default, writes UTF-8 text only, hundreds of reports a second; `all` every format and
encoding in turn, packed ones too, and `--broken 0.2` a fifth as many broken files beside.
`FOLDER.manifest.jsonl` says what stands in each file: body, year, genre, key figures, problems, or why it
cannot be read.
"""

import json
import sys
import time
from pathlib import Path
from typing import Annotated, Literal

import typer
from archives.reports import report_texts
from archives.writing import expected, write_archive


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
    formats: Annotated[
        Literal["text", "all"], typer.Option(help="Plain text, or every format in turn.")
    ] = "text",
    broken: Annotated[float, typer.Option(help="Broken files for each report; only with all formats.")] = 0.0,
) -> None:
    """Write an archive of invented reports."""
    started = time.monotonic()
    if formats == "all":
        write_archive(folder, reports, seed, broken)
        written = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    else:
        written = write_texts(folder, reports, seed)
    seconds = time.monotonic() - started
    print(
        f"{reports:,} reports, {written / 2**20:.1f} MB, {seconds:.1f} s: {reports / seconds:,.0f} a second",
        file=sys.stderr,
    )


if __name__ == "__main__":
    typer.run(main)
