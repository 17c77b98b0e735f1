"""Read the labelled passages of `data/training/*.jsonl` and refuse what breaks the marking guide."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

import msgspec

from ..errors import ResourceError
from ..folding import fold
from ..records import Genre, Label, SectionKind

INITIATIVE_CATEGORIES = (
    "proactive",
    "requests",
    "management",
    "platform",
    "supervision",
    "interpretation",
    "response",
    "service",
    "general",
)
PROBLEM_CATEGORIES = (
    "staff",
    "awareness",
    "timeliness",
    "content",
    "coverage",
    "platform",
    "interpretation",
    "interaction",
    "requests",
    "mechanism",
    "general",
)
_FOLDER = Path(__file__).parent
# Two sentences that share more of their five-character runs than this say the same in the same words.
_TWIN_OVERLAP = 0.6
_RUN = 5
# Shorter ones are set phrases that every report has (改进措施:).
_SET_PHRASE = 8
_LONGEST = 400
_YEARS = range(2008, 2027)

Body = Literal["province", "city", "county", "town", "department"]


class Sentence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A labelled statement; `heading` is given where a new heading stands above it."""

    text: str
    label: Label
    category: str | None
    heading: str | None = None


class Passage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Statements in the order of a report, with the section and the heading they stand under."""

    id: str
    genre: Genre
    section: SectionKind
    level: Body
    year: int
    heading: str
    statements: tuple[Sentence, ...]


def allowed_categories(label: Label) -> tuple[str, ...]:
    """Categories the marking guide has for a label; none for `other`."""
    if label == "other":
        return ()
    return INITIATIVE_CATEGORIES if label == "initiative" else PROBLEM_CATEGORIES


def read_passages(paths: Iterable[Path] | None = None) -> list[Passage]:
    """All passages, by file name and line; ResourceError names the line that breaks a rule."""
    files = sorted(_FOLDER.glob("*.jsonl")) if paths is None else list(paths)
    passages: list[Passage] = []
    places: list[str] = []
    for path in files:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            place = f"{path.name}:{number}"
            passages.append(_passage(line, place))
            places.append(place)
    _refuse_same_ids(passages, places)
    _refuse_twins(passages, places)
    return passages


def fingerprint(passages: Iterable[Passage]) -> str:
    """SHA-256 of the passages: the same data, the same fingerprint, whatever the files are called."""
    encoded = b"\n".join(msgspec.json.encode(passage) for passage in passages)
    return hashlib.sha256(encoded).hexdigest()


def _passage(line: str, place: str) -> Passage:
    try:
        passage = msgspec.json.decode(line, type=Passage)
    except msgspec.DecodeError as error:
        raise ResourceError(
            f"{place}: {error}. See data/training/README.md for the form of a line."
        ) from error
    fault = next(_faults(passage), None)
    if fault:
        raise ResourceError(f"{place}: {fault}")
    return passage


def _faults(passage: Passage) -> Iterator[str]:
    if passage.year not in _YEARS:
        yield f"year {passage.year} is not between {_YEARS[0]} and {_YEARS[-1]}."
    if not passage.statements:
        yield "no statements; a passage needs at least one."
    for sentence in passage.statements:
        yield from _sentence_faults(sentence, passage.genre)


def _sentence_faults(sentence: Sentence, genre: Genre) -> Iterator[str]:
    text, label, category = sentence.text, sentence.label, sentence.category
    if not 2 <= len(text) <= _LONGEST or text != text.strip():
        yield f"{text!r} must be 2 to {_LONGEST} characters, without blanks at its ends."
    if label == "other" and category is not None:
        yield f"{text!r} is other and must have the category null, not {category!r}."
    elif label != "other" and genre == "work" and category != "general":
        yield f"{text!r} is of genre work and must have the category general, not {category!r}."
    elif label != "other" and category not in allowed_categories(label):
        allowed = ", ".join(allowed_categories(label))
        yield f"{text!r}: {category!r} is no category of {label}; give one of {allowed}."


def _refuse_same_ids(passages: list[Passage], places: list[str]) -> None:
    seen: dict[str, str] = {}
    for passage, place in zip(passages, places, strict=True):
        if passage.id in seen:
            raise ResourceError(f"{place}: the id {passage.id!r} is taken by {seen[passage.id]}.")
        seen[passage.id] = place


def _refuse_twins(passages: list[Passage], places: list[str]) -> None:
    """Compare each sentence with the earlier ones that share a run of characters with it."""
    runs_seen: list[set[str]] = []
    where: list[str] = []
    index: dict[str, list[int]] = {}
    for text, place in _texts(passages, places):
        if len(text) < _SET_PHRASE:
            continue
        runs = {text[at : at + _RUN] for at in range(max(1, len(text) - _RUN + 1))}
        shared: dict[int, int] = {}
        for other in (other for run in runs for other in index.get(run, ())):
            shared[other] = shared.get(other, 0) + 1
        for other, common in shared.items():
            if common > _TWIN_OVERLAP * (len(runs) + len(runs_seen[other]) - common):
                raise ResourceError(f"{place}: {text!r} is nearly the same as a sentence at {where[other]}.")
        for run in runs:
            index.setdefault(run, []).append(len(runs_seen))
        runs_seen.append(runs)
        where.append(place)


def _texts(passages: list[Passage], places: list[str]) -> Iterator[tuple[str, str]]:
    for passage, place in zip(passages, places, strict=True):
        for sentence in passage.statements:
            yield fold(sentence.text), place
