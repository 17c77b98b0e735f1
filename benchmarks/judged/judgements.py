"""Grades of the judged archive, out of what its sentences are about.

    python benchmarks/judged/judgements.py        writes queries.jsonl anew

3 answers the query, 2 is of use, 1 touches it; all else is 0. What each need of `needs.tsv` means:

- `org=`: a report of that body 3, one that names it 1.
- `topic=A problem`: a problem statement about A 3, a plan 2, an initiative or a mention 1; a report has
  the grade of its best.
- `topic=A did`: an initiative 3, a problem or plan 2, a mention 1.
- `topic=A any`, a report: two statements about A or more 3, one 2, mentions alone 1; a statement about A 3, a
  mention 1.
- `topic=A+B any`: both as above: 3 where both have statements, 2 where one is only mentioned, 1 where
  both are.
- `word=`, `figure=`: where that is said 3.
- `name=`: that body's report of that year 3, its other years' 1.
"""

import json

if __package__:
    from .archive import FOLDER, JudgedReport, Sentence, archive, rows_of
else:
    from archive import FOLDER, JudgedReport, Sentence, archive, rows_of

BY_PART = {
    "problem": {"problem": 3, "plan": 2, "did": 1, "passing": 1},
    "did": {"did": 3, "problem": 2, "plan": 2, "passing": 1},
    "any": {"problem": 3, "plan": 3, "did": 3, "passing": 1},
}


def judged_queries():
    """One dictionary per query: scope, need, query and grades by target."""
    for scope, need, query, meaning in rows_of("needs.tsv"):
        targets = {}
        for report in archive():
            if scope == "reports":
                targets[report.key] = report_grade(report, meaning)
            else:
                for number, sentence in enumerate(report.sentences):
                    targets[f"{report.key} {number}"] = statement_grade(sentence, meaning)
        grades = {target: grade for target, grade in targets.items() if grade}
        yield {"in": scope, "need": need, "query": query, "targets": grades}


def report_grade(report: JudgedReport, meaning: str) -> int:
    """How well a report answers what is meant."""
    kind, _, value = meaning.partition("=")
    said = report.sentences
    if kind == "org":
        named = value in "".join(each.text for each in said)
        return 3 if report.org == value else int(named)
    if kind == "name":
        org, year = value.split()
        return (3 if report.year == int(year) else 1) if report.org == org else 0
    if kind == "figure":
        return 3 * any(value in each.text for each in said)
    if kind == "word":
        return 3 * any(each.topic == value for each in said)
    topics, part = value.split()
    if "+" in topics:
        degrees = [_degree(said, topic) for topic in topics.split("+")]
        return 0 if not all(degrees) else 1 + sum(degree > 1 for degree in degrees)
    if part == "any":
        return _degree(said, topics)
    return max((BY_PART[part][each.part] for each in said if each.topic == topics), default=0)


def statement_grade(sentence: Sentence, meaning: str) -> int:
    """How well a statement answers what is meant."""
    topic, part = meaning.partition("=")[2].split()
    return BY_PART[part][sentence.part] if sentence.topic == topic else 0


def _degree(said: list[Sentence], topic: str) -> int:
    parts = [each.part for each in said if each.topic == topic]
    return min(3, 1 + sum(part != "passing" for part in parts)) if parts else 0


def written() -> str:
    """The queries as JSON Lines."""
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in judged_queries())


if __name__ == "__main__":
    (FOLDER / "queries.jsonl").write_text(written(), encoding="utf-8")
