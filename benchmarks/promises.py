"""How well last year's plans are held against this year's report.

    python benchmarks/promises.py [MARKED.jsonl …] [--errors N] [--json]

Without files: the development marks, cross-validated by case. With files (as in `tests/gold/promises/`,
held out): the shipped weights on each. Beside it stands a plain cosine of words, its threshold the best of
those tried on the development marks.
"""

import argparse
import json
from pathlib import Path

from nianbao.data.promises import read_cases
from nianbao.models.promises import PromiseModel
from nianbao.models.promises.scores import cosine_judge, cross_validate, score_cases

THRESHOLDS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3)


def baseline(background):
    cases = read_cases()
    tried = {limit: score_cases(cases, cosine_judge(background, limit)).overall for limit in THRESHOLDS}
    return cosine_judge(background, max(tried, key=tried.get))


def show(name, scores):
    print(f"{name}: {scores.plans} plans, right {scores.overall:.3f}, macro F1 {scores.macro_f1:.3f}")
    for label, score in [*scores.outcomes.items(), ("links", scores.links)]:
        print(
            f"  {label:9} P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}  ({score.marked})"
        )


def certainty(scores):
    print(f"  whole or in part: right in {scores.whole:.3f} of the kept")
    for row in scores.reliability:
        bounds = f"{row.low:.2f}-{row.high:.2f}"
        print(f"  certainty {bounds}: {row.number:3}, mean {row.certainty:.2f}, right {row.right:.2f}")


def errors(scores, most):
    wrong = [(plan, each) for plan, each in scores.judged if plan.outcome != each.outcome]
    for plan, each in wrong[:most]:
        print(f"  {plan.outcome} -> {each.outcome} {each.certainty}: {plan.text}  {each.links}")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("marked", nargs="*", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    model = PromiseModel.load()
    plain = baseline(model.weights.background)
    sets = {"development, cross-validated": cross_validate(read_cases(), model.weights.background)}
    plains = {"development, cross-validated": score_cases(read_cases(), plain)}
    if given.marked:
        sets = {str(path): score_cases(read_cases(path), model.judge) for path in given.marked}
        plains = {str(path): score_cases(read_cases(path), plain) for path in given.marked}
    if given.json:
        figures = {name: {"overall": each.overall, "macro_f1": each.macro_f1} for name, each in sets.items()}
        print(json.dumps(figures, ensure_ascii=False, indent=1))
        return
    for name, scores in sets.items():
        show(name, scores)
        certainty(scores)
        errors(scores, given.errors)
        show("  plain cosine", plains[name])


if __name__ == "__main__":
    main()
