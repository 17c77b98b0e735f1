"""What each stage of the extraction costs, beside cutting the same text with jieba.

    python benchmarks/stages.py [FILE …]

Reads reports (the sample archive unless named), runs the pipeline over each component by component, and
prints each one's share, the speed of the whole as a multiple of `jieba.lcut` on the same text in the same
run, and the official tables against the narrative. CPU time of one process: compare ratios, not seconds.
"""

import sys
import time
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table

from nianbao.cli.archive import archive_files
from nianbao.data.readers import read
from nianbao.data.words import cut_reference
from nianbao.nlp.given import Given
from nianbao.nlp.pipeline import load, make_doc, report_of

ROUNDS = 3
SAMPLES = Path(__file__).parents[1] / "data" / "samples"
# What reading the prose takes; the rest is shared or is tables.
NARRATIVE = ("sections", "citations", "dates", "counts", "zeros", "statements", "mentions")


def stage_times(sources):
    """CPU seconds by stage over all sources."""
    nlp = load()
    spent = Counter()

    def timed(stage, work, *given):
        started = time.process_time()
        result = work(*given)
        spent[stage] += time.process_time() - started
        return result

    for source, given in sources:
        doc = timed("tokens", make_doc, nlp, source, given)
        for name, component in nlp.pipeline:
            doc = timed(name.removeprefix("nianbao_"), component, doc)
        timed("records and checks", report_of, doc)
    return spent


def baseline(sources):
    """CPU seconds of `jieba.lcut` on the same texts."""
    cut_reference("词")
    started = time.process_time()
    for source, _ in sources:
        cut_reference(source.text)
    return time.process_time() - started


def main(paths):
    files = archive_files(paths or [SAMPLES])
    sources = [(read(file), Given(path=str(file))) for file in files]
    stage_times(sources[:2])
    rounds = [(stage_times(sources), baseline(sources)) for _ in range(ROUNDS)]
    spent, jieba = min(rounds, key=lambda pair: sum(pair[0].values()))
    whole = sum(spent.values())
    table = Table("stage", "share", "× jieba.lcut", box=None)
    for stage, seconds in spent.most_common():
        table.add_row(stage, f"{seconds / whole:.1%}", f"{jieba / seconds:.1f}")
    narrative = sum(spent[stage] for stage in NARRATIVE)
    console = Console()
    console.print(table)
    console.print(f"whole extraction: {jieba / whole:.2f} × the speed of jieba.lcut")
    console.print(f"tables cost {spent['tables'] / narrative:.2f} of the narrative's extraction")


if __name__ == "__main__":
    main([Path(word) for word in sys.argv[1:]])
