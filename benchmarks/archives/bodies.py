"""Bodies that publish reports, governments and offices, with figures that hang together over the years."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from random import Random

from nianbao.data.regions.divisions import Division, divisions

FIRST_YEAR, LAST_YEAR = 2008, 2025
# Offices, what they are called below a province and in one, the first year under this name.
_OFFICES = (
    *(
        ("教育", "局", "厅", 2008),
        ("民政", "局", "厅", 2008),
        ("财政", "局", "厅", 2008),
        ("水利", "局", "厅", 2008),
    ),
    *(("交通运输", "局", "厅", 2010), ("公安", "局", "厅", 2008), ("司法", "局", "厅", 2008)),
    *(("审计", "局", "厅", 2008), ("统计", "局", "局", 2008), ("商务", "局", "厅", 2008)),
    *(("农业农村", "局", "厅", 2019), ("自然资源", "局", "厅", 2019), ("生态环境", "局", "厅", 2019)),
    *(("应急管理", "局", "厅", 2019), ("文化和旅游", "局", "厅", 2019), ("医疗保障", "局", "局", 2019)),
    *(("市场监督管理", "局", "局", 2019), ("住房和城乡建设", "局", "厅", 2010)),
    *(("人力资源和社会保障", "局", "厅", 2010), ("卫生健康", "委员会", "委员会", 2019)),
    *(("发展和改革", "委员会", "委员会", 2008), ("科学技术", "局", "厅", 2008), ("林业", "局", "局", 2008)),
)
_WORKDAYS = ("1月12日", "1月25日", "2月8日", "2月21日", "3月3日", "3月15日", "3月28日")


@dataclass(frozen=True)
class Body:
    """A body as it signs: `place` is what it calls its area (省, 市, 县 …), `size` how busy it is."""

    name: str
    seat: str
    province: str
    place: str
    first_year: int
    size: int
    seed: str
    government: bool
    _figures: dict[int, "Figures"] = field(default_factory=dict, compare=False)

    def figures(self, year: int) -> "Figures":
        """What it counted in a year; the same at every call."""
        if year not in self._figures:
            self._figures[year] = _counted(self, year)
        return self._figures[year]


@dataclass(frozen=True)
class Figures:
    """Key figures of a body's year; `forward` of one year is `carried` of the next."""

    disclosed: int
    requests: int
    forward: int
    carried: int
    normative: int
    licensing: int
    penalties: int
    gdp: int

    @property
    def handled(self) -> int:
        return self.requests + self.carried - self.forward


@cache
def _seats() -> tuple[tuple[str, str, Division], ...]:
    """(full name, province, division) of those in force; names that stand twice bear their parent's."""
    live = {each.code: each for each in divisions() if each.until is None}
    often = Counter(each.name for each in live.values())
    seats = []
    for each in live.values():
        province = live[each.code[:2] + "0000"].name if each.code[:2] + "0000" in live else each.name
        above = live.get(each.parent or "")
        doubtful = often[each.name] > 1 or each.name.endswith("区")
        name = above.name + each.name if above and doubtful and each.depth == 3 else each.name
        seats.append((name, province, each))
    return tuple(seats)


def bodies(rng: Random) -> list[tuple[int, int]]:
    """Every body that there is, shuffled, as a seat's and an office's number (-1: the government itself)."""
    offices = range(len(_OFFICES))
    found = [(seat, office) for seat in range(len(_seats())) for office in (-1, *offices)]
    # Governments come early more often: of the first thousands a third.
    keys = {pair: rng.random() ** (3 if pair[1] < 0 else 1) for pair in found}
    return sorted(found, key=keys.__getitem__)


def body(seat: int, office: int, seed: int) -> Body:
    name, province, division = _seats()[seat]
    first = FIRST_YEAR
    full = name + "人民政府"
    if office >= 0:
        task, below, above, first = _OFFICES[office]
        full = name + task + (above if division.depth == 1 else below)
    rng = Random(f"{seed}-{full}")
    size = int(rng.lognormvariate(3, 1) * {1: 12, 2: 4, 3: 1}[division.depth] * (1 if office < 0 else 0.3))
    place = "省" if division.depth == 1 else division.name[-1]
    return Body(full, name, province, place, first, size, f"{seed}-{full}", office < 0)


def _counted(body: Body, year: int) -> Figures:
    rng = Random(f"{body.seed}-{year}")
    requests, forward = _requests(body, year)
    disclosed = int((body.size + 8) * 22 * 1.06 ** (year - FIRST_YEAR) * rng.uniform(0.8, 1.25)) + 60
    return Figures(
        disclosed=disclosed,
        requests=requests,
        forward=forward,
        carried=_requests(body, year - 1)[1] if year > FIRST_YEAR else 0,
        normative=int(rng.triangular(0, 18, 3)),
        licensing=int(body.size * rng.uniform(2, 40)),
        penalties=int(body.size * rng.uniform(0, 12)),
        gdp=int((body.size + 5) * 6 * 1.07 ** (year - FIRST_YEAR) * rng.uniform(0.98, 1.03)) + 20,
    )


def _requests(body: Body, year: int) -> tuple[int, int]:
    """Requests received in a year, and how many of them went on to the next."""
    rng = Random(f"{body.seed}-{year}-requests")
    received = int(body.size * 1.08 ** (year - FIRST_YEAR) * rng.uniform(0.5, 1.1))
    return received, int(received * rng.uniform(0, 0.09))


def day_of_publication(rng: Random, year: int) -> str:
    return f"{year + 1}年{_WORKDAYS[int(rng.random() * len(_WORKDAYS))]}"
