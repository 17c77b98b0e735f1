"""Labels with what belongs to them."""


def with_unit(label: str, unit: str | None) -> str:
    """`办理结果总计（件）`; within brackets that are there already: `不予公开（合计，件）`."""
    if not unit:
        return label
    return f"{label[:-1]}，{unit}）" if label.endswith("）") else f"{label}（{unit}）"
