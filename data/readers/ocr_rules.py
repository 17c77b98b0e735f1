"""Rules of tables in a picture: dark runs as long as a cell's side, found by morphological opening."""

from typing import TYPE_CHECKING

from .pdf_grids import Rule, RuledGrid, grids_between

if TYPE_CHECKING:
    from .ocr import Picture

# A pixel darker than its surroundings (their mean in a window of this many pixels) by this much is ink.
_WINDOW = 31
_DARKER = 12
# Stamps are red: redder than either other colour by this much. Official seals are 38 to 50 mm wide (108
# points and more); a character of a red heading is smaller than this (points).
_RED, _STAMP, _STAMP_SHAPE = 40, 60.0, 1.5
# Red at a stamp's edge that is darker than this belongs to print under it.
_FAINT = 110
# A rule is at least this long (points): longer than a character of 22 points, shorter than a row is high.
_LONG = 24.0
# Runs are torn by noise and by slight bends: gaps up to this many pixels are bridged first.
_TORN = 5
# A picture with more runs than this is a photograph.
_RUNS_MAX = 2000
# A grid of fewer than two rows or two columns is a frame, an underlined line or the arcs of a stamp.
_SIDES_MIN = 2
# A grid of more cells than this is a drawing (each may be recognised alone; the largest form has 480).
_CELLS_MAX = 1000
# Thicker than this (points), a dark box is no rule.
_THICK = 5.0


def ink(picture: "Picture") -> "Picture":
    """A mask (height, width) of 255 where the picture is darker than around."""
    import cv2

    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    mask = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _WINDOW, _DARKER
    )
    return mask.astype("uint8", copy=False)


def without_stamps(picture: "Picture", points: float) -> "Picture":
    """The picture with round or square red stamps made white; red headings and black print stay."""
    import cv2
    import numpy as np

    red, green, blue = cv2.split(picture)
    is_red = (cv2.subtract(red, cv2.max(green, blue)) > _RED).astype(np.uint8)
    _, _, boxes, _ = cv2.connectedComponentsWithStats(cv2.dilate(is_red, np.ones((5, 5), np.uint8)))
    stamps = [box[:4] for box in boxes[1:].tolist() if _is_stamp(box[2] * points, box[3] * points)]
    if not stamps:
        return picture
    cleared = picture.copy()
    for left, top, width, height in stamps:
        part = np.s_[top : top + height, left : left + width]
        near_red = cv2.dilate(is_red[part], np.ones((3, 3), np.uint8)).astype(bool)
        cleared[part][near_red & (red[part] > _FAINT)] = 255
    return cleared


def _is_stamp(width: float, height: float) -> bool:
    return min(width, height) > _STAMP and max(width, height) < _STAMP_SHAPE * min(width, height)


def drawn_grids(mask: "Picture", points: float) -> list[RuledGrid]:
    """The ruled tables of a level page by its `ink`; a pixel measures `points`, as do the grids."""
    grids = grids_between(_rules(mask, points), _rules(mask.T, points))
    return [
        grid
        for grid in grids
        if min(len(grid.xs), len(grid.ys)) > _SIDES_MIN and len(grid.cells) <= _CELLS_MAX
    ]


def _rules(mask: "Picture", points: float) -> list[Rule]:
    """Rules along the rows of `mask`."""
    import cv2
    import numpy as np

    length = max(3, round(_LONG / points))
    bridged = cv2.morphologyEx(np.ascontiguousarray(mask), cv2.MORPH_CLOSE, np.ones((3, _TORN), np.uint8))
    runs = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    count, _, boxes, _ = cv2.connectedComponentsWithStats(runs)
    if count > _RUNS_MAX:
        return []
    return [
        Rule((top + height / 2) * points, left * points, (left + width) * points)
        for left, top, width, height, _ in boxes[1:].tolist()
        if height * points <= _THICK
    ]
