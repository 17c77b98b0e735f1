"""Articles out of web pages: nianbao beside trafilatura and readability-lxml, on pages with known content.

python benchmarks/articles.py [dev] [held_out] [fresh] [--pages] [--wrong]
"""

import argparse
import sys
import time
import warnings
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / ".dev"), str(ROOT / "tests" / "data")]

import written_pages as written  # noqa: E402

PARTS = [part.name for part in sorted(written.PAGES.iterdir()) if part.is_dir()]
ROUNDS = 5


@dataclass
class Found:
    """What an extractor made of a page: lines, rows of cells (None where it knows none), title, fields."""

    lines: list[str]
    cells: list[list[str]] | None = None
    title: str | None = None
    fields: dict[str, str] | None = None


@dataclass
class Score:
    """Counts over pages; every figure is a share of them."""

    right: int = 0
    given: int = 0
    wanted: int = 0
    rows_right: int = 0
    rows: int = 0
    titles: int = 0
    fields_right: int = 0
    fields_wrong: int = 0
    fields: int = 0
    pages: int = 0
    seconds: float = 0.0
    missing: list[str] = field(default_factory=list)
    surplus: list[str] = field(default_factory=list)

    def __iadd__(self, other):
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)
        return self


def ours(data):
    from nianbao.data.readers import read_bytes

    source = read_bytes(data, "page.html")
    cells = [[cell.text for cell in row] for grid in source.grids for row in grid.rows]
    return Found(source.text.split("\n"), cells, source.title, source.fields)


def trafilatura(data):
    from trafilatura import bare_extraction, extract

    text = extract(data, favor_recall=True, include_tables=True, include_comments=False, fast=False) or ""
    found = bare_extraction(
        data, favor_recall=True, include_tables=True, include_comments=False, with_metadata=True
    )
    return Found(*rows_of_pipes(text), found.title if found else None)


def rows_of_pipes(text):
    """Lines of a Markdown text, rows of its tables without their bars, and the cells of those rows."""
    lines, cells = [], []
    for line in text.split("\n"):
        if not line.startswith("|"):
            lines.append(line)
        elif set(line) - set("|- "):
            cells.append(line.strip().strip("|").split("|"))
            lines.append(line.replace("|", ""))
    return lines, cells


def readability(data):
    """What readability-lxml keeps, set in lines by nianbao: it has no text of its own."""
    from lxml.html import document_fromstring
    from readability import Document

    from nianbao.data.readers.composition import Composition
    from nianbao.data.readers.decoding import decode
    from nianbao.data.readers.html_lines import compose

    document = Document(decode(data).text)
    composition = Composition()
    compose(document_fromstring(document.summary()), composition)
    cells = [[cell.text for cell in row] for grid in composition.grids for row in grid.rows]
    return Found(composition.text.split("\n"), cells, document.title())


EXTRACTORS = {"nianbao": ours, "trafilatura": trafilatura, "readability-lxml": readability}


def filled(row):
    """The cells of a row that hold something: trafilatura pads rows where cells span columns."""
    return tuple(filter(None, map(written.squeezed, row)))


def score(page, found):
    lines = Counter(filter(None, map(written.squeezed, found.lines)))
    for line in page.optional - set(page.lines):
        del lines[line]
    wanted = Counter(filter(None, page.lines))
    rows = Counter(filled(row) for table in page.tables for row in table)
    given_rows = Counter(map(filled, found.cells or []))
    stated = {label: written.squeezed(value) for label, value in (found.fields or {}).items()}
    known = page.fields | {"标题": written.squeezed(page.title)}
    return Score(
        right=(lines & wanted).total(),
        given=lines.total(),
        wanted=wanted.total(),
        rows_right=sum(len(row) * number for row, number in (rows & given_rows).items()),
        rows=sum(len(row) * number for row, number in rows.items()),
        titles=written.squeezed(found.title or "") == written.squeezed(page.title),
        fields_right=sum(stated.get(label) == value for label, value in page.fields.items()),
        fields_wrong=sum(known.get(label, value) != value for label, value in stated.items()),
        fields=len(page.fields),
        pages=1,
        missing=list((wanted - lines).elements()),
        surplus=list((lines - wanted).elements()),
    )


def timed(extract, pages):
    """Seconds for all `pages`, the best of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for page in pages:
            extract(page.data)
        best = min(best, time.perf_counter() - began)
    return best


def row(name, total, baseline):
    precision, recall = total.right / max(1, total.given), total.right / max(1, total.wanted)
    f1 = 2 * total.right / max(1, total.given + total.wanted)
    slower = f"{total.seconds / baseline:6.2f}×" if total.seconds else ""
    return (
        f"{name:34.34}{precision:6.3f} {recall:6.3f} {f1:6.3f}  cells {total.rows_right:5}/{total.rows:<5}"
        f" titles {total.titles:2}/{total.pages:<2} fields {total.fields_right:3}/{total.fields:<3}"
        f" (+{total.fields_wrong} wrong) {slower}"
    )


def run(part, options):
    pages = written.pages(part)
    print(f"\n{part}: {len(pages)} pages, {sum(len(page.lines) for page in pages)} lines")
    print(f"{'':34}  prec    rec     F1")
    baseline = None
    for name, extract in EXTRACTORS.items():
        total = Score()
        try:
            for page in pages:
                each = score(page, extract(page.data))
                total += each
                if options.pages:
                    print(row(f"  {name[:12]} {page.name}", each, 1))
                if options.wrong and name == "nianbao":
                    print(*(f"    - {line[:90]}" for line in each.missing), sep="\n")
                    print(*(f"    + {line[:90]}" for line in each.surplus), sep="\n")
            total.seconds = timed(extract, pages)
        except ImportError as error:
            print(f"{name}: left out, {error}")
            continue
        baseline = baseline or total.seconds
        print(row(name, total, baseline))


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=PARTS)
    parser.add_argument("--pages", action="store_true", help="a row for every page")
    parser.add_argument("--wrong", action="store_true", help="the lines that nianbao lacks or has too many")
    options = parser.parse_args(arguments)
    warnings.simplefilter("ignore")
    for part in options.parts:
        run(part, options)


if __name__ == "__main__":
    main()
