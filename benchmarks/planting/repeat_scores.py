"""What of the planted repeats was found, and what was found beside."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from nianbao.data.store import Store
from nianbao.data.store.repeats import Repeat, RepeatFilters

from .repeats import Planted, Planting

Place = tuple[str, int]


@dataclass(frozen=True)
class RepeatScores:
    """Shares over pairs of statements of one repeat, set phrases aside, and counts of what went wrong.

    `missed_copies` are bodies that took over a sentence and are not in its repeat, `phrases` the share of
    set phrases told as such, `mistaken` repeats taken for set phrases, `ways` the share of statements of
    which the way they are alike was told right, `pairs` that of the planted pairs of bodies found with who
    was first.
    """

    precision: float
    recall: float
    missed_copies: int
    copies: int
    phrases: float
    mistaken: int
    ways: float
    pairs: float


def score_repeats(store: Store, planting: Planting, planted: Mapping[Place, Planted]) -> RepeatScores:
    """Hold the repeats that a store has against those that were planted."""
    found = {}
    repeats = list(store.repeats(RepeatFilters(set_phrases=None)))
    for repeat in repeats:
        for member in _members(repeat):
            found[member.report_id, member.start] = repeat
    copies = _copies(store, planting, planted, found)
    precision, recall = _pairwise(planting, planted, found)
    return RepeatScores(
        precision=precision,
        recall=recall,
        missed_copies=copies.count(False),
        copies=len(copies),
        phrases=_phrases(planting, planted, found),
        mistaken=sum(
            repeat.set_phrase and planting.kinds.get(_group(repeat, planted), "none") != "phrase"
            for repeat in repeats
        ),
        ways=_ways(planting, planted, found),
        pairs=_pairs(store, planting),
    )


def _members(repeat: Repeat):
    return [member for chain in repeat.chains for member in chain.members]


def _group(repeat: Repeat, planted: Mapping[Place, Planted]) -> int | None:
    """The planted group that most of a repeat is of."""
    groups = Counter(planted[member.report_id, member.start].group for member in _members(repeat))
    return groups.most_common(1)[0][0]


def _pairwise(planting, planted, found) -> tuple[float, float]:
    """Precision and recall over pairs of statements, set phrases aside."""
    both, truth, told = Counter(), Counter(), Counter()
    for place, what in planted.items():
        repeat = found.get(place)
        phrase = what.group is not None and planting.kinds[what.group] == "phrase"
        if what.group is not None and not phrase:
            truth[what.group] += 1
        if repeat is not None and not (phrase and repeat.set_phrase):
            told[repeat.id] += 1
            both[repeat.id, what.group if what.group is not None else place] += 1
    right = sum(map(_choose, both.values()))
    wanted = sum(map(_choose, truth.values()))
    hit = sum(_choose(n) for (_, group), n in both.items() if group in truth)
    return right / (sum(map(_choose, told.values())) or 1), hit / (wanted or 1)


def _choose(n: int) -> int:
    return n * (n - 1) // 2


def _copies(store, planting, planted, found) -> list[bool]:
    """Of each planted copy whether it is in the repeat of its source."""
    sources, copies = {}, defaultdict(list)
    reports = {row["id"]: row["year"] for row in store.rows("reports")}
    for place, what in planted.items():
        if what.group is not None and planting.kinds[what.group] == "between":
            copies[what.group].append((reports[place[0]], place))
    told = []
    for places in copies.values():
        (_, source), *others = sorted(places)
        head = found.get(source)
        sources[source] = head
        told += [head is not None and found.get(place) is head for _, place in others]
    return told


def _phrases(planting, planted, found) -> float:
    told = defaultdict(list)
    for place, what in planted.items():
        if what.group is not None and planting.kinds[what.group] == "phrase":
            repeat = found.get(place)
            told[what.group].append(repeat is not None and repeat.set_phrase)
    return sum(sum(each) / len(each) > 0.98 for each in told.values()) / len(told)


def _ways(planting, planted, found) -> float:
    """Of what was planted within a body: the first statement has the way "verbatim"."""
    told = []
    for repeat in {id(each): each for each in found.values()}.values():
        for member in _members(repeat):
            what = planted[member.report_id, member.start]
            if what.group is not None and planting.kinds[what.group] != "phrase":
                told.append(member.kind == what.way)
    return sum(told) / (len(told) or 1)


def _pairs(store, planting) -> float:
    found = {}
    for pair in store.repeat_pairs():
        found[pair.one, pair.other] = pair.one_first
        found[pair.other, pair.one] = pair.other_first
    names = [(planting.offices[a].name, planting.offices[b].name, n) for (a, b), n in planting.copied.items()]
    return sum(found.get((a, b), 0) >= n for a, b, n in names) / (len(names) or 1)
