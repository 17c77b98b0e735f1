"""A whole archive over all formats, encodings and breakages, with what is expected of each file."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from . import broken, documents, packages, pages, plain_files
from .reports import GeneratedReport, report_texts

Write = Callable[[GeneratedReport, Random], bytes]
Expected = dict[str, Any]

# Format, suffix, what writes it; in turn, so that a small archive has all of them.
SINGLE: tuple[tuple[str, str, Write], ...] = (
    ("utf8", ".txt", plain_files.utf8),
    ("html", ".html", pages.html),
    ("docx", ".docx", documents.docx),
    ("pdf", ".pdf", documents.pdf),
    ("gb18030", ".txt", plain_files.gb18030),
    ("html_gb", ".htm", pages.html_gb),
    ("utf8_marked", ".txt", plain_files.utf8_marked),
    ("odt", ".odt", documents.odt),
    ("utf16", ".txt", plain_files.utf16),
    ("rtf", ".rtf", documents.rtf),
    ("big5", ".txt", plain_files.big5),
    ("mhtml", ".mhtml", pages.mhtml),
    ("spaced", ".txt", plain_files.spaced),
    ("markdown", ".md", plain_files.markdown),
    ("wrapped", ".txt", plain_files.wrapped),
    ("html_no_suffix", "", pages.html),
    *(
        (
            f"html_{site}",
            ".shtml",
            partial(lambda report, rng, site: pages.page(report, rng, site).encode(), site=site),
        )
        for site in ("trs", "jcms", "epoint", "ucap", "wordpress", "plain")
    ),
)
_ROWS = (
    ("csv", packages.comma_separated, 2),
    ("jsonl", packages.json_lines, 1),
    ("xlsx", packages.workbook, 2),
)
_PACKED = (2, 5)
# Pieces of text looked for again, and the longest.
_PHRASES, _PHRASE = 6, 24


def expected(path: str, report: GeneratedReport, kind: str = "utf8") -> Expected:
    """The manifest's record of a sound file, or of a member of one."""
    found = plain_files.traditional if kind == "big5" else str
    prose = [block.line for block in report.blocks if block.kind == "paragraph"]
    # What a page states about itself is a field of it, no text.
    prose = [line for line in prose if not line.startswith("发布机构")]
    step = max(1, len(prose) // _PHRASES)
    return {
        "path": path,
        "expected": "sound",
        "format": kind,
        "org": report.org,
        "year": report.year,
        "genre": report.genre,
        "digest": report.digest,
        "characters": len(report.text),
        "phrases": [found(line[:_PHRASE]) for line in prose[::step]],
        "problems": report.problems,
        "counts": {name: [value, found(unit)] for name, (value, unit) in report.counts.items()},
        "cells": {f"{table}/{code}": value for (table, code), value in report.cells.items() if value},
    }


class ArchiveWriter:
    """Writes files into `folder` and remembers what is expected of each."""

    def __init__(self, folder: Path, seed: int, formats: frozenset[str] | None = None) -> None:
        self.folder = folder
        self.rng = Random(f"{seed}-files")
        self.formats = formats
        self.manifest: list[Expected] = []

    def sound(self, reports: Iterator[GeneratedReport]) -> None:
        """Write all the reports, each once, format by format in turn."""
        turns = [turn for turn in self._turns() if self.formats is None or turn.args[0] in self.formats]
        while True:
            for turn in turns:
                batch = list(
                    islice(reports, self.rng.randint(*_PACKED) if turn.func.__name__ != "_single" else 1)
                )
                if not batch:
                    return
                turn(batch)

    def _turns(self) -> list[partial[None]]:
        turns = [partial(self._single, *each) for each in SINGLE]
        turns += [partial(self._saved, "saved"), partial(self._gzipped, "gz"), partial(self._warc, "warc")]
        turns += [partial(self._rows, *each) for each in _ROWS]
        turns += [partial(self._packed, kind) for kind in ("zip", "zip_gbk", "tar", "tar_xz", "7z", "nested")]
        return turns

    def _place(self, report: GeneratedReport, name: str, data: bytes) -> str:
        path = Path(report.province, report.org) / name
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_bytes(data)
        return str(path)

    def _single(self, kind: str, suffix: str, write: Write, batch: list[GeneratedReport]) -> None:
        path = self._place(batch[0], batch[0].title + suffix, write(batch[0], self.rng))
        self.manifest.append(expected(path, batch[0], kind))

    def _saved(self, kind: str, batch: list[GeneratedReport]) -> None:
        for report in batch:
            folder = report.title + "_files"
            path = self._place(
                report, report.title + ".html", pages.saved_page(report, self.rng, folder).encode()
            )
            self.manifest.append(expected(path, report, kind))
            for name, data in pages.COMPANIONS.items():
                beside = self._place(report, f"{folder}/{name}", data)
                self.manifest.append({"path": beside, "expected": "left_out"})

    def _gzipped(self, kind: str, batch: list[GeneratedReport]) -> None:
        for report in batch:
            path = self._place(report, report.title + ".txt.gz", packages.gzipped(report.text.encode()))
            self.manifest.append(expected(f"{path}!/{report.title}.txt", report, kind))

    def _warc(self, kind: str, batch: list[GeneratedReport]) -> None:
        path = self._place(
            batch[0], f"{batch[0].org}网站存档.warc.gz", packages.web_archived(batch, self.rng)
        )
        self.manifest += [expected(f"{path}!/*", report, kind) for report in batch]

    def _rows(self, kind: str, write: Any, first: int, batch: list[GeneratedReport]) -> None:
        path = self._place(batch[0], f"{batch[0].org}历年报告.{kind}", write(batch, self.rng))
        self.manifest += [expected(f"{path}!/{n}", report, kind) for n, report in enumerate(batch, first)]

    def _packed(self, kind: str, batch: list[GeneratedReport]) -> None:
        files, records = self._files(kind, batch)
        write = {
            "zip": packages.zipped,
            "zip_gbk": partial(packages.zipped, gbk=True),
            "tar": packages.tarred,
            "tar_xz": partial(packages.tarred, packing="xz"),
            "7z": packages.seven_zipped,
            "nested": lambda inner: packages.zipped([("内层/包.zip", packages.zipped(inner, gbk=True))]),
        }[kind]
        suffix = {"tar": ".tar.gz", "tar_xz": ".tar.xz", "7z": ".7z"}.get(kind, ".zip")
        path = self._place(batch[0], f"{batch[0].org}年报打包{kind}{suffix}", write(files))
        inside = f"{path}!/内层/包.zip" if kind == "nested" else path
        self.manifest += [record | {"path": f"{inside}!/{record['path']}"} for record in records]

    def _files(
        self, kind: str, batch: list[GeneratedReport]
    ) -> tuple[list[tuple[str, bytes]], list[Expected]]:
        files, records = [], []
        for report in batch:
            _, suffix, write = self.rng.choice(SINGLE[:6])
            name = f"{report.year}/{report.title}{suffix}"
            files.append((name, write(report, self.rng)))
            records.append(expected(name, report, kind))
        return files, records

    def broken(self, number: int, reports: Iterator[GeneratedReport]) -> None:
        """Write `number` broken files, kind by kind in turn."""
        folder = self.folder / "损坏"
        folder.mkdir(parents=True, exist_ok=True)
        makers = [*broken.KINDS, *broken.PLACED.items()]
        for n in range(number):
            kind = makers[n % len(makers)]
            if isinstance(kind, broken.Broken):
                path = folder / f"{n}{kind.name}{kind.suffix}"
                path.write_bytes(kind.make(next(reports), self.rng))
                errors, member = kind.errors, kind.member
            else:
                path = folder / f"{n}{kind[0]}"
                errors, member = kind[1](path), ""
            shown = str(path.relative_to(self.folder)) + (f"!/{member}" if member else "")
            self.manifest.append({"path": shown, "expected": "broken", "error_kind": errors})

    def save_manifest(self) -> Path:
        """Write the manifest beside the archive."""
        path = self.folder.with_name(self.folder.name + ".manifest.jsonl")
        lines = (json.dumps(record, ensure_ascii=False) for record in self.manifest)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path


def write_archive(
    folder: Path,
    reports: int,
    seed: int = 1,
    share_broken: float = 0.0,
    formats: frozenset[str] | None = None,
) -> list[Expected]:
    """Write reports over all `formats` with broken files beside; what is expected of each."""
    writer = ArchiveWriter(folder, seed, formats)
    damaged = int(reports * share_broken)
    texts = report_texts(reports + damaged, seed)
    writer.sound(islice(texts, reports))
    writer.broken(damaged, texts)
    writer.save_manifest()
    return writer.manifest
