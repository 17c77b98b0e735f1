"""Inputs of the targets: random texts, spoiled passages of the samples, spoiled files."""

import atexit
import hashlib
import io
import tempfile
import zipfile
from functools import cache
from pathlib import Path

from nianbao.data.query.fields import fields
from nianbao.data.store import SourceFile, Store, make_indexed
from nianbao.nlp.pipeline import extract
from nianbao.nlp.reading import Reading

from .pieces import Choices, pick, piece, text

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
# Characters of a passage of a sample that is spoiled.
_PASSAGE = 300
# Signs by which a file is spoiled where a single byte would not do.
_SPOILS = [b"\x00", b"\xff", b"<", b">", b"&#", b"]]>", b"\xd8\x00", b"PK\x03\x04", b"endobj", b"9" * 400]
_CODECS = ["utf-8", "gb18030", "gbk", "utf-16", "utf-16-be", "utf-32", "big5", "utf-8-sig"]
_CORE = (
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)


@cache
def sample_texts() -> list[str]:
    """The texts of the samples that are written as text."""
    paths = sorted(SAMPLES.rglob("*.txt")) + sorted(SAMPLES.rglob("*.htm*"))
    return [path.read_bytes().decode("utf-8", "replace") for path in paths]


@cache
def sample_files() -> list[tuple[str, bytes]]:
    """Samples by name, small ones first, and a Word file and a workbook made of them."""
    paths = sorted(
        (path for path in SAMPLES.rglob("*") if path.suffix != ".md" and path.is_file()), key=_size
    )
    files = [(path.name, path.read_bytes()) for path in paths]
    return [*files, ("word.docx", _word_file()), ("book.xlsx", _workbook())]


def _size(path: Path) -> int:
    return path.stat().st_size


def _word_file() -> bytes:
    from docx import Document

    document = Document()
    document.add_heading("2023年政府信息公开工作年度报告", 1)
    document.add_paragraph("收到申请3件，办结2件。")
    table = document.add_table(3, 3)
    for row in table.rows:
        for at, cell in enumerate(row.cells):
            cell.text = str(at)
    table.cell(0, 0).merge(table.cell(1, 1))
    written = io.BytesIO()
    document.save(written)
    return _packed(_parts(written.getvalue()))


def _workbook() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for row in (["信息内容", "本年新公开数量", 3], ["规章", 0, None], ["=1+1", True, 1.5]):
        sheet.append(row)
    sheet.merge_cells("A1:B2")
    written = io.BytesIO()
    book.save(written)
    return _packed({**_parts(written.getvalue()), "docProps/core.xml": _CORE})


def any_text(choices: Choices) -> str:
    """A random text, or a passage of a sample with pieces put in, doubled and cut out."""
    if choices.below(4):
        return text(choices)
    whole = sample_texts()[choices.below(len(sample_texts()))]
    start = choices.below(max(1, len(whole) - _PASSAGE))
    passage = whole[start : start + choices.below(_PASSAGE)]
    for _ in range(choices.below(6)):
        at = choices.below(len(passage) + 1)
        span = choices.below(12)
        passage = passage[:at] + _put_in(choices, passage) + passage[at + span :]
    return passage


def _put_in(choices: Choices, passage: str) -> str:
    if choices.below(3):
        return piece(choices)
    at = choices.below(len(passage) + 1)
    return passage[at : at + choices.below(20)]


@cache
def _query_words() -> list[str]:
    """What queries are made of besides words of reports: signs, keywords, fields, values."""
    names = list(fields())
    values = [
        "2023",
        "2019..2021",
        ">=3件",
        "<0",
        "..",
        "予以公开>0",
        "problem",
        "*",
        "2020-02",
        "requests/x>1",
        '"',
        "-1",
    ]
    signs = [
        "(",
        ")",
        '"',
        "“",
        "”",
        "-",
        "AND",
        "OR",
        "NOT",
        "NEAR",
        "NEAR/3",
        "NEAR/-1",
        "且",
        "或",
        "非",
        "*",
        ":",
        "！",
    ]
    return [
        *signs,
        *signs,
        *(f"{name}:{value}" for name in names for value in values),
        *(f"{name}:" for name in names),
    ]


def any_query(choices: Choices) -> str:
    """Words, phrases, fields and signs in any order, one of them now and then piled up."""
    if not choices.below(4):
        return any_text(choices)
    parts = []
    for _ in range(1 + choices.below(10)):
        part = pick(choices, _query_words()) if choices.below(3) else piece(choices)[:12]
        parts.append(part * (1 + choices.below(400)) if not choices.below(40) else part)
        parts.append(" " * (choices.below(3) > 0))
    return "".join(parts)


@cache
def small_store() -> Store:
    """A database of the first samples, in a folder that goes with the process."""
    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)
    store = Store.open(Path(folder.name) / "small.db", create=True)
    for number, text_of in enumerate(sample_texts()[:6]):
        report = extract(text_of)
        reading = Reading(text_of)
        digest = hashlib.sha256(text_of.encode()).hexdigest()
        source = SourceFile(path=f"{number}.txt", size=1, mtime_ns=1, sha256=digest)
        indexed = make_indexed(reading.view, reading.places, report.title, report.org)
        store.add(source, report, "1", indexed=indexed)
    return store


def any_file(choices: Choices) -> tuple[str, bytes]:
    """A name and the content of a file: a spoiled sample or part of one, or some text in an encoding."""
    if not choices.below(3):
        return "甲.txt", _spoiled(_encoded(any_text(choices), choices), choices)
    if not choices.below(3):
        page = f"<html><head><title>{any_text(choices)}</title></head><body>{_markup(choices)}</body></html>"
        return "甲.html", _spoiled(_encoded(page, choices), choices)
    files = sample_files()
    name, content = files[choices.below(len(files))]
    if content.startswith(b"PK") and choices.below(4):
        return name, _repacked(content, choices)
    return name, _spoiled(content, choices)


def _encoded(written: str, choices: Choices) -> bytes:
    return written.encode(_CODECS[choices.below(len(_CODECS))], "replace")


def _markup(choices: Choices) -> str:
    tags = [
        "p",
        "div",
        "table",
        "tr",
        "td",
        "th",
        "br",
        "span",
        "ul",
        "li",
        "script",
        "style",
        "svg",
        "pre",
        "!--",
    ]
    parts = []
    for _ in range(choices.below(16)):
        tag = tags[choices.below(len(tags))]
        attributes = ["", " rowspan=9999999", ' colspan="-3"', ' style="display:none"', " class='article'"]
        parts.append(f"<{'/' * (choices.below(3) == 0)}{tag}{attributes[choices.below(len(attributes))]}>")
        parts.append(any_text(choices)[:60])
    return "".join(parts)


def _spoiled(content: bytes, choices: Choices) -> bytes:
    for _ in range(choices.below(5)):
        at = choices.below(len(content) + 1)
        span = choices.below(64) if choices.below(8) else choices.below(len(content) + 1)
        put = _SPOILS[choices.below(len(_SPOILS))] if choices.below(2) else bytes([choices.below(256)])
        content = content[:at] + put * (1 + choices.below(3)) + content[at + span :]
    return content


def _repacked(content: bytes, choices: Choices) -> bytes:
    """A packed file of which one part was spoiled, doubled or left out."""
    parts = _parts(content)
    name = list(parts)[choices.below(len(parts))]
    if choices.below(8):
        parts[name] = _spoiled(parts[name], choices)
    else:
        del parts[name]
    return _packed(parts)


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    """The parts without the hour, so that a seed gives the same bytes every time."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for part, inside in parts.items():
            packed.writestr(zipfile.ZipInfo(part), inside, zipfile.ZIP_DEFLATED)
    return written.getvalue()
