"""Bodies by years: which reports are there, missing, doubled, suspicious."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from .theme import BLUE, ORANGE, PURPLE, VERMILLION, WIDTH, Language, Spec, chart, sentence, word

_STATES = ("there", "missing", "doubled", "suspicious")
_COLOURS = (BLUE, VERMILLION, ORANGE, PURPLE)
# Shapes tell them without colour.
_SHAPES = ("square", "cross", "diamond", "triangle-up")
_ROWS_MAX = 60

# The state of each body (as it is to be named) and year.
States = Mapping[tuple[str, int], str]


def gaps_chart(states: States, language: Language = "zh", rows_max: int = _ROWS_MAX) -> Spec:
    """A grid of bodies and years, bodies with findings first.

    `states` are `there`, `missing`, `doubled` and `suspicious`.
    """
    found = Counter(name for (name, _), state in states.items() if state != "there")
    length = Counter(name for name, _ in states)
    names = sorted(length, key=lambda name: (not found[name], -length[name], name))
    shown = names[:rows_max]
    counts = Counter(states.values())
    basis = word("gaps_basis", language, rows=len(names), **{state: counts[state] for state in _STATES[1:]})
    cut = word("cut", language, shown=len(shown), rows=len(names)) if len(shown) < len(names) else ""
    held = set(shown)
    rows: list[dict[str, Any]] = [
        {"name": name, "year": year, "state": word(state, language)}
        for (name, year), state in states.items()
        if name in held
    ]
    years = sorted({row["year"] for row in rows})
    span = list(range(years[0], years[-1] + 1)) if years else []
    names_of = [word(state, language) for state in _STATES if counts[state]]
    marks = [
        (colour, shape)
        for state, colour, shape in zip(_STATES, _COLOURS, _SHAPES, strict=True)
        if counts[state]
    ]
    legend = {"title": None, "orient": "top", "direction": "horizontal", "symbolSize": 110}
    head = {"title": None, "orient": "top", "labelAngle": 0, "ticks": False, "domain": False, "format": "d"}
    row = {"title": None, "ticks": False, "domain": False, "labelLimit": 260}
    scales = [{"domain": names_of, "range": [mark[place] for mark in marks]} for place in (0, 1)]
    coded = [{"field": "state", "type": "nominal", "scale": scale, "legend": legend} for scale in scales]
    return chart(
        word("gaps", language),
        sentence([basis, cut], language),
        language,
        data={"values": rows},
        width={"step": max(22, min(44, (WIDTH - 200) // max(1, len(span))))},
        height={"step": 20},
        mark={"type": "point", "size": 110, "filled": True, "opacity": 1},
        encoding={
            "x": {"field": "year", "type": "ordinal", "scale": {"domain": span}, "axis": head},
            "y": {"field": "name", "type": "nominal", "sort": shown, "axis": row},
            "color": coded[0],
            "shape": coded[1],
        },
    )
