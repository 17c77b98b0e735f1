"""Which year a word means that names none: 今年, 年底, 上半年, 9月."""

import re
from functools import cache
from pathlib import Path

from ..data import errors, records, word_lists
from .planned_years import PlannedYears

_FILE = Path(word_lists.__file__).with_name("lexicon") / "relative_years.tsv"
_SENTENCE_END = re.compile(r"[。!?\n]")
# A work report turns from the year past to the year ahead with the first sentence that sets its tasks.
_AHEAD = (
    r"(?:今年|新的一年|{year}年)[^。\n]{{0,30}}?(?:预期目标|主要目标|目标任务|主要任务|总体要求|政府工作(?!报告)"
    r"|工作(?:安排|打算|计划|思路|部署|重点|要求|意义|[,。:\n])|重点工作|主要工作|重点任务|发展目标|奋斗目标|做好(?:以下|如下))"
)
# Of 400-character windows of sixteen provinces' reports of 2026, a share of 1.5 told 96 % of those that look
# ahead and 73 % of those before the turn (which set goals of five years, too).
_AHEAD_SHARE = 1.5
# Results come with decimals, targets seldom.
_RESULT = re.compile(r"\d\.\d")
# Without it a passage is weighed by its words; a goal in the same clause decides alone.
_LONGEST_CLAUSE = 60
# Under a plan for a year these mean that year.
_WHOLE_YEAR = ("全年", "全年度", "当年", "当年度")
# No further does 今年 reach; sentences are shorter.
_LONGEST_SENTENCE = 300
_INTENT = re.compile(r"力争|争取|确保|预期目标")


@cache
def relative_years() -> dict[str, tuple[int, int, int]]:
    """Words that name a year and their distance from the year reported on.

    Three distances: in a disclosure report, and in a work report's look back and look ahead.
    """
    table: dict[str, tuple[int, int, int]] = {}
    for number, (word, *given) in word_lists.read_rows(_FILE, 4):
        try:
            disclosure, back, ahead = map(int, given)
        except ValueError as problem:
            raise errors.ResourceError(f"{_FILE.name}:{number}: distances are whole numbers.") from problem
        table[word] = (disclosure, back, ahead)
    return table


class YearAnchor:
    """The years a text has named so far, and the year it reports on."""

    def __init__(
        self, view: str, year: int | None, genre: records.Genre, plans: PlannedYears | None = None
    ) -> None:
        self._view = view
        self._plans = plans or PlannedYears(view, [], year)
        self._year = year
        self._genre = genre
        self._named: int | None = None
        self._implied: tuple[int, int] = (0, -1)
        self._searched = 0
        self._ended = False
        self._ahead: int | None = None
        self._goals = False
        if genre == "work" and year is not None:
            turn = re.search(_AHEAD.format(year=year + 1), view)
            self._ahead = turn.start() if turn else None
            self._goals = turn is None and _weighs_ahead(view)

    def name(self, year: int, at: int) -> None:
        """Take note of a year named at a place; dates that follow without a year belong to it."""
        self._named, self._searched, self._ended = year, at, False
        self._implied = (0, -1)

    def imply(self, year: int, at: int) -> None:
        """Take note of a year meant at a place (今年): the rest of its sentence belongs to it."""
        self._implied = (year, at)

    def relative(self, word: str, at: int) -> int | None:
        """The year meant by a word such as 去年, None where no year is known to count from."""
        disclosure, back, ahead = relative_years()[word]
        planned = self._plans.at(at) if word in _WHOLE_YEAR else None
        if planned is not None:
            return planned
        if self._year is None:
            return None if self._named is None else self._named + disclosure
        if word in ("当年", "当年度") and self._in_sentence(at):
            return self._named
        if self._genre == "disclosure":
            return self._year + disclosure
        return self._year + (ahead if self._looks_ahead(at) else back)

    def of_part(self, at: int) -> int | None:
        """The year of a half, quarter, beginning or end that stands without one (年底, 上半年)."""
        if implied := self._implied_at(at):
            return implied
        if self._in_sentence(at) and (self._year is None or self._near()):
            return self._named
        return self._reported(at)

    def of_month(self, at: int) -> int | None:
        """The year of a month or day without one: the last year named, else the year reported on."""
        if implied := self._implied_at(at):
            return implied
        if self._named is not None and (self._in_sentence(at) or self._near()):
            return self._named
        return self._reported(at)

    def _reported(self, at: int) -> int | None:
        planned = self._plans.at(at)
        if planned is not None:
            return planned
        if self._year is None:
            return self._named
        return self._year + (self._genre == "work" and self._looks_ahead(at))

    def _implied_at(self, at: int) -> int | None:
        """The year that a word such as 今年 gave to the sentence; a year named since then takes its place."""
        year, since = self._implied
        if since < 0 or at - since > _LONGEST_SENTENCE or _SENTENCE_END.search(self._view, since, at):
            return None
        return year

    def _near(self) -> bool:
        return self._named is not None and (self._year is None or abs(self._named - self._year) <= 1)

    def _in_sentence(self, at: int) -> bool:
        # Places come in order, so that what has been searched need not be searched again.
        if not self._ended and at > self._searched:
            self._ended = bool(_SENTENCE_END.search(self._view, self._searched, at))
            self._searched = at
        return self._named is not None and not self._ended

    def _looks_ahead(self, at: int) -> bool:
        if self._ahead is not None:
            return at >= self._ahead
        near = max(0, at - _LONGEST_CLAUSE)
        clause = max(near, *(self._view.rfind(mark, near, at) for mark in "。;\n,"))
        return self._goals or bool(_INTENT.search(self._view, clause, at))


def _weighs_ahead(view: str) -> bool:
    """Whether a passage of a work report speaks more of what will be than of what was."""
    lists = word_lists.word_lists("date_words")
    ahead, back = (len(re.findall(word_lists.any_of(lists[name]), view)) for name in ("ahead", "back"))
    return ahead > _AHEAD_SHARE * (back + len(_RESULT.findall(view)))
