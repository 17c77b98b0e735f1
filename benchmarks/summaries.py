"""How good summaries are: character ROUGE and coverage against reference outlines, beside other extractors.

    python benchmarks/summaries.py [--characters 300 600] [--half tuned|held-out|all] [--draws 2000] [--json]

The 42 reports (20 of `data/samples`, 22 in `outlines/reports`) are invented; `outlines/outlines.txt` says
what a careful reader would keep of each, in that reader's words. Every system gets the same sentences, those
that nianbao cuts the prose into, and fills the same number of characters, ranked sentence by ranked sentence,
passing over what does not fit. *ours* is `fit` of `nlp/summaries`, *outline* the lines of `summarise` in
their order as far as they fit; *cut* systems shorten each sentence as ours does. The interval is the paired
bootstrap's over reports: ours less the system. ROUGE is F1 over characters without signs.
Needs sumy, jieba and rouge-score.
"""

import argparse
import json
import random
import re
import statistics
from functools import cache
from importlib import metadata
from pathlib import Path

from nianbao.data.readers import read
from nianbao.data.records import Fact
from nianbao.nlp.given import Given
from nianbao.nlp.pipeline import extract
from nianbao.nlp.summaries import figure_line, fit, summarise
from nianbao.nlp.summaries.clauses import cut

HERE = Path(__file__).parent
OUTLINES = HERE / "outlines" / "outlines.txt"
KINDS = {"问题": "problems", "数字": "figures", "举措": "initiatives"}
ROUGE = ("rouge1", "rouge2", "rougeL")
MEASURES = (*ROUGE, *KINDS.values(), "covered")
EVERYTHING = 10**6


def references():
    """(path, points) of each report; a point is (kind, words, evidence)."""
    found = []
    for line in OUTLINES.read_text("utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
            path = (HERE.parent if name.startswith("data/") else HERE / "outlines") / name
            found.append((path, []))
        elif line and not line.startswith("#"):
            kind, words, evidence = line.split("\t")
            found[-1][1].append((KINDS[kind], words, evidence))
    return found


def half(references, wanted):
    """Every other report was looked at while `fit` was made; the rest were set aside."""
    if wanted == "all":
        return references
    return references[0::2] if wanted == "tuned" else references[1::2]


def squeezed(text):
    return re.sub(r"\s|(?<=\d),(?=\d{3})", "", text)


def holds(line, evidence):
    """Whether a line holds one string of each part of the evidence; a number must stand alone."""

    def there(piece):
        pattern = re.escape(piece)
        if piece[0].isdigit():
            pattern = rf"(?<![\d.]){pattern}(?![\d]|\.\d)"
        return re.search(pattern, line)

    return all(any(there(piece.strip()) for piece in part.split("|")) for part in evidence.split("&"))


def coverage(lines, points):
    """The share of points of each kind, and of all, that some line of a summary has."""
    said = [squeezed(line) for line in lines]
    found = {kind: [] for kind in (*KINDS.values(), "covered")}
    for kind, _, evidence in points:
        there = any(holds(line, evidence) for line in said)
        found[kind].append(there)
        found["covered"].append(there)
    return {kind: statistics.mean(values) if values else 1.0 for kind, values in found.items()}


class Characters:
    """rouge-score's tokenizer: each character by itself."""

    def tokenize(self, text):
        return list(re.sub(r"[^\w%]", "", squeezed(text)))


@cache
def rouge_scorer():
    from rouge_score.rouge_scorer import RougeScorer

    return RougeScorer(list(ROUGE), tokenizer=Characters())


def scores(lines, points):
    reference = "".join(words for _, words, _ in points)
    rouge = rouge_scorer().score(reference, "".join(lines))
    return {name: rouge[name].fmeasure for name in ROUGE} | coverage(lines, points)


def filled(ranked, characters):
    """Sentences in ranked order as far as each still fits, then in the order of the text."""
    left, kept = characters, []
    for place, text in ranked:
        if len(text) <= left:
            left -= len(text)
            kept.append((place, text))
    return [text for _, text in sorted(kept)]


def sentences(report):
    return [re.sub(r"\s*\n\s*", "", one.text) for one in report.statements]


def lead(report, characters):
    return filled(list(enumerate(sentences(report))), characters)


def sumy_ranked(make):
    """A ranking from one of sumy's summarizers."""

    def rank(report):
        from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
        from sumy.nlp.tokenizers import Tokenizer

        tokenizer = Tokenizer("chinese")
        listed = [Sentence(text, tokenizer) for text in sentences(report)]
        places = {id(sentence): place for place, sentence in enumerate(listed)}
        ranked = best_of(make(), ObjectDocumentModel([Paragraph(listed)]))
        return [(places[id(sentence)], str(sentence)) for sentence in ranked]

    return rank


def best_of(summarizer, document):
    """All sentences, best first, as sumy rates them; it gives the best in the order of the text."""
    ranked = []

    def keep(sentences, _, rating, *args, **kwargs):
        order = {sentence: place for place, sentence in enumerate(sentences)}
        rate = rating.__getitem__ if isinstance(rating, dict) else rating
        ranked.extend(sorted(sentences, key=lambda one: (-rate(one), order[one])))
        return tuple(ranked)

    summarizer._get_best_sentences = keep
    summarizer(document, len(document.sentences))
    return ranked


def by_ranking(rank, shorten=False):
    known = {}

    def system(report, characters):
        if report.id not in known:
            known[report.id] = rank(report)
        ranked = known[report.id]
        if shorten:
            most = min(max(30, characters // 10), 60)
            ranked = [(place, shortened(text, most)) for place, text in ranked]
        return filled(ranked, characters)

    return system


def shortened(text, most):
    return cut(Fact(text=text, start=0, end=len(text)), most).text


def text_rank():
    from sumy.summarizers.text_rank import TextRankSummarizer

    return TextRankSummarizer()


def lex_rank():
    from sumy.summarizers.lex_rank import LexRankSummarizer

    return LexRankSummarizer()


# Share of likeness to the whole report against likeness to what was taken (Carbonell and Goldstein 1998).
MMR = 0.7


def marginal_relevance(report):
    import jieba
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = sentences(report)
    vectors = TfidfVectorizer(tokenizer=jieba.lcut, token_pattern=None).fit_transform(texts)
    dense = vectors.toarray()
    centroid = dense.sum(axis=0)
    relevance = dense @ centroid / (centroid @ centroid) ** 0.5
    alike = dense @ dense.T
    left, ranked = list(range(len(texts))), []
    while left:
        best = max(
            left,
            key=lambda at: MMR * relevance[at] - (1 - MMR) * max((alike[at][k] for k in ranked), default=0),
        )
        left.remove(best)
        ranked.append(best)
    return [(place, texts[place]) for place in ranked]


def outline_lines(summary):
    """Lines of a summary by the kinds in which they stand: all that is read, without places."""
    yield from map(figure_line, summary.figures)
    yield from (zero.text for zero in summary.zeros)
    yield from (point.text for group in summary.initiatives for point in group.points)
    for problem in summary.problems:
        yield problem.text
        yield from (plan.text for plan in problem.plans)
    yield from (plan.text for plan in summary.plans.points)


def ours(report, characters):
    return list(outline_lines(fit(summarise(report, EVERYTHING), characters)))


def outline(report, characters):
    return filled(list(enumerate(outline_lines(summarise(report)))), characters)


SYSTEMS = {
    "ours": ours,
    "outline": outline,
    "lead": lead,
    "TextRank": by_ranking(sumy_ranked(text_rank)),
    "LexRank": by_ranking(sumy_ranked(lex_rank)),
    "MMR": by_ranking(marginal_relevance),
    "lead cut": by_ranking(lambda report: list(enumerate(sentences(report))), shorten=True),
    "TextRank cut": by_ranking(sumy_ranked(text_rank), shorten=True),
    "LexRank cut": by_ranking(sumy_ranked(lex_rank), shorten=True),
    "MMR cut": by_ranking(marginal_relevance, shorten=True),
}


def measured(references, characters, names):
    """Scores of each system for each report."""
    reports = [(loaded(path), points) for path, points in references]
    return {
        name: [scores(SYSTEMS[name](report, characters), points) for report, points in reports]
        for name in names
    }


@cache
def loaded(path):
    return extract(read(path), Given(path=str(path)))


def interval(left, right, draws):
    rnd = random.Random(1)
    gains = [one - other for one, other in zip(left, right, strict=True)]
    means = sorted(statistics.mean(rnd.choices(gains, k=len(gains))) for _ in range(draws))
    return means[int(draws * 0.025)], means[int(draws * 0.975)]


def print_table(table, characters, draws, reports):
    print(f"\n{characters} characters, {reports} reports")
    print(f"{'':13}" + "".join(f"{name:>12}" for name in MEASURES) + "   ours less it: ROUGE-2, covered")
    for name, rows in table.items():
        means = [statistics.mean(row[measure] for row in rows) for measure in MEASURES]
        line = f"{name:13}" + "".join(f"{mean:12.3f}" for mean in means)
        if name != "ours":
            spans = []
            for measure in ("rouge2", "covered"):
                pair = [[row[measure] for row in table[which]] for which in ("ours", name)]
                spans.append("[{:+.3f}, {:+.3f}]".format(*interval(*pair, draws)))
            line += "   " + " ".join(spans)
        print(line)


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--characters", type=int, nargs="+", default=[300, 600])
    parser.add_argument("--half", choices=["tuned", "held-out", "all"], default="held-out")
    parser.add_argument("--draws", type=int, default=2000)
    parser.add_argument("--systems", nargs="+", choices=list(SYSTEMS), default=list(SYSTEMS))
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    chosen = half(references(), given.half)
    tables = {size: measured(chosen, size, given.systems) for size in given.characters}
    if given.json:
        print(json.dumps(tables, ensure_ascii=False))
        return
    for size, table in tables.items():
        print_table(table, size, given.draws, len(chosen))
    print(", ".join(f"{name} {metadata.version(name)}" for name in ("sumy", "rouge-score", "jieba")))


if __name__ == "__main__":
    main()
