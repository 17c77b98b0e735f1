"""Which files each format makes of the tables."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ..store import ExtraTable, Store, Subset
from .data_package import DESCRIPTOR, package
from .parquet_files import write_parquet, write_partitioned
from .staging import write_manifest
from .stata_files import write_stata
from .tables import DICTIONARIES, ExportTable, dictionary_tables, filtered
from .text_files import write_csv, write_jsonl
from .values import Remarks

if TYPE_CHECKING:
    from . import Export

_TEXT = {"csv": write_csv, "jsonl": write_jsonl}
_TYPED = {"parquet": write_parquet, "dta": write_stata}
# In a folder: the end of the names of its files.
_SUFFIXES = {"datapackage": "csv"}


class Progress(Protocol):
    """Rows counted up, under the name of the table at hand."""

    name: str

    def __call__(self, rows: int) -> None:
        """So many more rows are written."""


def write_single(
    store: Store,
    export: "Export",
    tables: Sequence[ExportTable],
    path: Path,
    about: Mapping[str, Any],
    remarks: Remarks,
    progress: Progress,
) -> None:
    """One file."""
    if export.format == "sqlite":
        _write_database(store, export, tables, path, progress)
    elif export.format == "xlsx":
        from .workbook import write_workbook

        described = () if {each.name for each in tables} >= {*DICTIONARIES} else _dictionaries(store)
        write_workbook([*tables, *described], path, _explained(about), remarks, progress)
    else:
        _write_table(export, tables[0], path, remarks, progress)


def write_folder(
    export: "Export",
    tables: Sequence[ExportTable],
    folder: Path,
    about: Mapping[str, Any],
    remarks: Remarks,
    progress: Progress,
) -> None:
    """A file for each table in a folder, which says itself what it is."""
    folder.mkdir()
    suffix = _SUFFIXES.get(export.format, export.format)
    for table in tables:
        progress.name = table.name
        if export.by_year:
            write_partitioned(table, folder / table.name, remarks, progress)
        else:
            _write_table(export, table, folder / f"{table.name}.{suffix}", remarks, progress)
    if export.format == "datapackage":
        descriptor = package(tables, _described(about))
        text = json.dumps(descriptor, ensure_ascii=False, indent=2)
        (folder / DESCRIPTOR).write_text(text + "\n", encoding="utf-8")
    rows = {table.name: table.count for table in tables}
    write_manifest(folder, {**about, "format": export.format, "rows": rows, "remarks": remarks.all()})


def _write_table(
    export: "Export", table: ExportTable, path: Path, remarks: Remarks, progress: Progress
) -> None:
    progress.name = table.name
    if export.format in _TYPED:
        _TYPED[export.format](table, path, remarks, progress)
        return
    encoding = "utf-8-sig" if export.bom and export.format == "csv" else "utf-8"
    with path.open("w", encoding=encoding, newline="") as stream:
        _TEXT[_SUFFIXES.get(export.format, export.format)](table, stream, progress)


def _write_database(
    store: Store, export: "Export", tables: Sequence[ExportTable], path: Path, progress: Progress
) -> None:
    among = filtered(export.filters, export.query)
    extra = [ExtraTable(each.name, each.columns, each.read()) for each in _dictionaries(store)]
    total = sum(table.count for table in tables)
    reports = max(1, store.count_reports(among))
    done = 0

    def each(written: int) -> None:
        # Told in reports, shown in rows.
        nonlocal done
        now = total * written // reports
        progress(now - done)
        done = now

    names = tuple(table.name for table in tables if table.name not in DICTIONARIES)
    subset = Subset(tables=names if export.tables else None, among=among)
    store.subset(path, subset, extra, each)


def _dictionaries(store: Store) -> list[ExportTable]:
    return dictionary_tables(store.dictionary())


def _described(about: Mapping[str, Any]) -> dict[str, Any]:
    """The properties of a data package out of what is known."""
    title = "政府信息公开工作年度报告、政府工作报告的事实 Facts of annual reports of Chinese authorities"
    kept = ", ".join(f"{name} {value}" for name, value in about["filters"].items())
    return {
        "title": title,
        "description": f"Made by nianbao {about['version']}, schema {about['schema']}. "
        + (f"Only: {kept}. " if kept else "")
        + "Every fact has its quotation and its place in the text of the report.",
        "created": about["created"],
        "sources": [{"title": "政府信息公开工作年度报告、政府工作报告 (paths of the files: sources.csv)"}],
    }


def _explained(about: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Lines for the first sheet of a workbook."""
    kept = "，".join(f"{name} {value}" for name, value in about["filters"].items())
    return [
        ("内容 Content", "政府信息公开工作年度报告和政府工作报告中的事实 Facts of annual reports"),
        ("来源 Made by", f"nianbao {about['version']}，schema {about['schema']}，{about['created']}"),
        ("范围 Of", kept or "全部报告 all reports"),
        (
            "表头 Heads",
            "第1行中文名，第2行列名；含义见“数据字典 dictionary”，代码见“代码表 dictionary_codes”",
        ),
        ("空白 Blanks", "空白表示没有填写或没有说明，不是0。A blank is not 0."),
        ("时间 Times", "时间为协调世界时（UTC）；原文位置从0起按字符计。Times are in UTC."),
    ]
