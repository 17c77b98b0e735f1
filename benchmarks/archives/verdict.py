"""What an index made of a generated archive, file by file, held against its manifest."""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

_BLANKS = re.compile(r"\s+")
# A sum of money in a table may be read to the cent.
_KEY_CELLS = (
    "requests/new_requests.total",
    "requests/carried_over.total",
    "requests/total_handled.total",
    "requests/carried_forward.total",
    "proactive/normative_documents.made",
    "proactive/licensing.decisions",
    "statistics/received.count",
    "statistics/disclosed_items.count",
)


class Verdict(NamedTuple):
    """One file: its format or kind of breakage, and what is wrong with what was made of it."""

    path: str
    kind: str
    faults: tuple[str, ...]


def judge(db: Path, folder: Path, manifest: Iterable[dict[str, Any]]) -> Iterator[Verdict]:
    """A verdict for every record of the manifest; `db` indexed the files under `folder`."""
    with sqlite3.connect(db) as connection:
        connection.row_factory = sqlite3.Row
        for record in manifest:
            path = str(folder / record["path"])
            if record["expected"] == "sound":
                yield Verdict(record["path"], record["format"], tuple(_sound(connection, path, record)))
            elif record["expected"] == "broken":
                yield Verdict(record["path"], "broken", tuple(_broken(connection, path, record)))
            else:
                found = connection.execute("select 1 from sources where path = ?", [path]).fetchone()
                yield Verdict(record["path"], "left out", ("it was read",) if found else ())


def _sound(connection: sqlite3.Connection, path: str, record: dict[str, Any]) -> Iterator[str]:
    report = _report(connection, path, record)
    if report is None:
        failed = connection.execute(
            "select error from sources where path = ? or path = ?", [path, path.partition("!/")[0]]
        ).fetchone()
        yield f"no report: {failed['error'] if failed else 'not even named'}"
        return
    for name in ("org", "year", "genre"):
        if report[name] != record[name]:
            yield f"{name} is {report[name]}, not {record[name]}"
    text = _BLANKS.sub("", report["text"])
    yield from (f"text lacks {each}" for each in record["phrases"] if _BLANKS.sub("", each) not in text)
    yield from _figures(connection, report["id"], record)


def _report(connection: sqlite3.Connection, path: str, record: dict[str, Any]) -> sqlite3.Row | None:
    """The report of a file; of a web archive, whose pages have addresses for names, by body and year."""
    reports = "select r.* from sources s join reports r on r.id = s.report_id where "
    if not path.endswith("!/*"):
        return connection.execute(reports + "s.path = ?", [path]).fetchone()
    of_body = "s.container = ? and r.org = ? and r.year = ? and r.genre = ?"
    sought = [path.removesuffix("!/*"), record["org"], record["year"], record["genre"]]
    return connection.execute(reports + of_body, sought).fetchone()


def _figures(connection: sqlite3.Connection, report_id: str, record: dict[str, Any]) -> Iterator[str]:
    rows = connection.execute(
        """select "table" || '/' || code, value from table_cells where report_id = ?""", [report_id]
    )
    cells = dict(map(tuple, rows))
    for code in _KEY_CELLS:
        if code in record["cells"] and cells.get(code) != record["cells"][code]:
            yield f"{code} is {cells.get(code)}, not {record['cells'][code]}"
    for name, (value, unit) in record["counts"].items():
        stands = "select 1 from counts where report_id = ? and value = ? and unit = ?"
        if not connection.execute(stands, [report_id, value, unit]).fetchone():
            yield f"{name} of {value} {unit} is not among the counts"


def _broken(connection: sqlite3.Connection, path: str, record: dict[str, Any]) -> Iterator[str]:
    inside = path.endswith("!/*")
    sought = [path.removesuffix("!/*") + "%"] if inside else [path]
    rows = connection.execute(
        f"select path, status, error_kind, error from sources where path {'like' if inside else '='} ?",
        sought,
    ).fetchall()
    failed = [row for row in rows if row["status"] in ("failed", "kept")]
    if not failed:
        yield f"not named as failed: {[tuple(row) for row in rows]}"
    for row in failed:
        if not re.fullmatch(record["error_kind"], row["error_kind"] or ""):
            yield f"failed as {row['error_kind']}, not {record['error_kind']}: {row['error']}"
        elif not row["error"]:
            yield "failed without a reason"
