"""Grades of the held-out archive, out of what its sentences are about.

    python benchmarks/judged_heldout/judgements.py        writes queries.jsonl anew

3 answers the query, 2 is of use, 1 touches it; all else is 0. What each need of `needs.tsv` means:

- `org=`, `topic=`: as in `judged/judgements.py`.
- `said=`: a report that says this 3.
- `name=BODY YEAR KIND`: that report 3; of the body's other reports those of the kind 1.
- `of=BODY TOPIC`: that body's reports with a statement about the topic 3, that name it 2; other bodies'
  with a statement about it 1.
- `in=YEAR TOPIC`: reports of that year with a statement about the topic 3, that name it 2; of other years
  with a statement about it 1.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from judged.archive import JudgedReport, Sentence, rows_of
from judged.judgements import BY_PART
from judged.judgements import report_grade as first_grade

from judged_heldout.archive import FOLDER, archive


def judged_queries():
    """One dictionary per query: scope, need, query and grades by target."""
    for scope, need, query, meaning in rows_of("needs.tsv", FOLDER):
        targets = {}
        for report in archive():
            if scope == "reports":
                targets[report.key] = report_grade(report, meaning)
            else:
                for number, sentence in enumerate(report.sentences):
                    targets[f"{report.key} {number}"] = statement_grade(sentence, meaning)
        grades = {target: grade for target, grade in targets.items() if grade}
        assert grades, query
        yield {"in": scope, "need": need, "query": query, "targets": grades}


def report_grade(report: JudgedReport, meaning: str) -> int:
    """How well a report answers what is meant."""
    kind, _, value = meaning.partition("=")
    if kind == "said":
        return 3 * any(value in each.text for each in report.sentences)
    if kind == "name":
        org, year, of = value.split()
        return (3 if report.year == int(year) else 1) if (report.org, report.kind) == (org, of) else 0
    if kind in ("of", "in"):
        wanted, topic = value.split()
        parts = [each.part for each in report.sentences if topic in each.topic.split()]
        told = any(part != "passing" for part in parts)
        if wanted in (report.org, str(report.year)):
            return 3 if told else 2 * bool(parts)
        return int(told)
    return first_grade(_one_topic_each(report), meaning)


def _one_topic_each(report: JudgedReport) -> JudgedReport:
    """The report with a sentence that names several topics counted for each of them."""
    said = [
        Sentence(each.text, topic, each.part)
        for each in report.sentences
        for topic in (each.topic.split() or [""])
    ]
    return JudgedReport(
        report.org, report.year, report.title, [report.lines[0]._replace(sentences=tuple(said))]
    )


def statement_grade(sentence: Sentence, meaning: str) -> int:
    """How well a statement answers what is meant."""
    topic, part = meaning.partition("=")[2].split()
    return BY_PART[part][sentence.part] if topic in sentence.topic.split() else 0


def written() -> str:
    """The queries as JSON Lines."""
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in judged_queries())


if __name__ == "__main__":
    (FOLDER / "queries.jsonl").write_text(written(), encoding="utf-8")
