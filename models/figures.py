"""Precision, recall, F1 and shares, where nothing to count is None rather than 0."""

Figures = dict[str, float | None]


def precision_recall(name: str, right: float, marked: float, found: float) -> Figures:
    """`name.p`, `name.r` and `name.f1`; all None where nothing was marked and nothing found."""
    if not marked and not found:
        return {f"{name}.{figure}": None for figure in ("p", "r", "f1")}
    return {
        f"{name}.p": right / found if found else 0.0,
        f"{name}.r": right / marked if marked else 0.0,
        f"{name}.f1": 2 * right / (marked + found),
    }


def ratio(part: float, whole: float) -> float | None:
    """`part / whole`, None where there is no whole."""
    return part / whole if whole else None
