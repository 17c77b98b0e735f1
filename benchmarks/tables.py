"""Render official tables in every flattening, read them back, and count what came out wrong.

python benchmarks/tables.py 2000
"""

import random
import sys
import time
from collections import Counter
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / ".dev"), str(Path(__file__).parents[1] / "tests" / "nlp")]

import rendered_tables as rendered  # noqa: E402

from nianbao.nlp.tables import find_tables  # noqa: E402

TABLES = [
    ("2021", "proactive"),
    ("2021", "requests"),
    ("2021", "reviews"),
    ("2019", "proactive"),
    ("2019", "requests"),
    ("2019", "reviews"),
    ("2014", "statistics"),
]


def main(number):
    results = {}
    shown_faults = 0
    spent = 0.0
    for seed in range(number):
        rng = random.Random(seed)
        form, name = rng.choice(TABLES)
        layout = rng.choice([*rendered.KEEPING, *rendered.LOSING, "grids", "split grids"])
        keeps = layout in rendered.KEEPING or isinstance(layout, str)
        blanks = rng.choice(["", "row", "cell"] if keeps else ["", "", "row"])
        if not keeps and (name in ("statistics", "reviews") or layout is rendered.torn_rows):
            blanks = ""
        if name == "reviews" and layout is rendered.headless_rows:
            layout = rendered.spaced_rows
        values, expected = rendered.values_for(form, name, rng, blanks)
        rows = rendered.lay_out(form, name, values)
        began = time.perf_counter()
        if isinstance(layout, str):
            text, found = "", find_tables("", rendered.grids(rows, layout == "split grids"))
        else:
            text = layout(rows, rng)
            found = find_tables(text)
        spent += time.perf_counter() - began
        tally = results.setdefault((layout if isinstance(layout, str) else layout.__name__, name), Counter())
        cells = {
            key: (cell.value, cell.state)
            for table in found
            if table.table == name
            for key, cell in table.cells.items()
        }
        notes = [note for table in found for note in table.notes]
        wrong = {k: (cells[k], expected.get(k)) for k in cells if expected.get(k) != cells[k]}
        missing = [k for k in expected if k not in cells]
        tally.update(
            tables=1,
            cells=len(expected),
            wrong=len(wrong),
            missing=len(missing),
            bad=bool(wrong),
            refused=bool(missing),
            silent=bool(missing and not notes),
        )
        if (wrong or missing) and shown_faults < 25:
            shown_faults += 1
            print(
                "SEED",
                seed,
                form,
                name,
                layout if isinstance(layout, str) else layout.__name__,
                blanks,
                "wrong",
                list(wrong.items())[:2],
                "missing",
                len(missing),
                missing[:2],
                notes[:2],
            )
    total = Counter()
    for key, tally in sorted(results.items()):
        total.update(tally)
        print(f"{key[0]:22} {key[1]:11}", dict(tally))
    print("total", dict(total), f"{spent / number * 1e3:.1f} ms a table")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
