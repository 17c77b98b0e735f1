"""Pictures of pages (scans, photographs, long screenshots): their text through recognition (OCR)."""

import struct
import warnings
from collections.abc import Callable, Iterator
from functools import wraps
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from ..errors import BrokenFile, EmptyText, LimitExceeded
from ..limits import Limits
from ..records import SourceText
from .page_composition import PageComposition
from .pdf_lines import TableBlock
from .recognition import Recognition

if TYPE_CHECKING:
    from PIL import Image

    from .ocr import Picture

P = ParamSpec("P")
T = TypeVar("T")

# First bytes by the formats' own specifications; of TIFF both byte orders and the form for large files.
_MAGIC = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"II*\x00",
    b"MM\x00*",
    b"II+\x00",
    b"MM\x00+",
)
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")
# Pages are recognised at this height, or width (A4 at 200 dots an inch): 150 and 300 do no better
# on scans of any quality tried.
_LONG_SIDE = 2340
# A smaller picture is enlarged, at most so many times.
_ENLARGE_MAX = 3.0
# The longer side of the paper (A4, points), as a picture seldom says it truly.
_PAPER = 842.0
# A picture higher than this many widths is a long screenshot; it is cut into pages as high as A4, between
# lines: where the picture is plainest within this share of a page.
_LONG_PICTURE, _PAGE_HEIGHT, _CUT_WITHIN = 2.0, 1.41, 0.15


class ImageReader:
    """Recognises the text of PNG, JPEG, TIFF (all its pages), BMP, WebP and GIF (its first frame).

    Ruled tables become grids. What was recognised may be misread: `fields` says so under `识别`.
    """

    name = "image"
    suffixes = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp", ".gif"})

    def accepts(self, data: bytes) -> bool:
        """Whether the first bytes are those of a picture."""
        webp = data.startswith(b"RIFF") and data[8:12] == b"WEBP"
        bitmap = data.startswith(b"BM") and data[6:10] == bytes(4)
        return data.startswith(_MAGIC) or webp or bitmap

    def read(self, data: bytes, name: str, limits: Limits) -> SourceText:
        """The text and grids; raises ToolMissing, BrokenFile, LimitExceeded or EmptyText."""
        composition = PageComposition()
        recognition = Recognition(name, limits)
        for number, frame in enumerate(_frames(data, name, limits), 1):
            blocks: list[str | TableBlock] = []
            for picture in _cut(frame):
                points = _PAPER / max(picture.shape[:2])
                blocks += recognition.blocks(number, picture, points)
            composition.add_page(blocks)
        if not composition.text.strip():
            raise EmptyText(f"{name}: no text was found in the picture. Look whether it shows a report.")
        return SourceText(
            text=composition.text,
            format=self.name,
            grids=composition.grids,
            fields=recognition.fields(),
        )


def _frames(data: bytes, name: str, limits: Limits) -> Iterator["Picture"]:
    """The pages of a picture, of the size in which they are recognised."""
    from PIL import Image, UnidentifiedImageError

    try:
        image = _opened(data)
        for number in count():
            if number and not _turn_to(image, number):
                return
            _check_size(image, number, name, limits)
            yield _prepared(image)
    except Image.DecompressionBombError as error:
        raise _too_large(name, str(error), limits) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, struct.error) as error:
        raise BrokenFile(f"{name}: the picture is damaged ({error}). Fetch it again.") from None


def _silent(function: Callable[P, T]) -> Callable[P, T]:
    """`function` without warnings: sizes are looked at below, and broken metadata harm no text."""

    @wraps(function)
    def silent(*args: P.args, **kwargs: P.kwargs) -> T:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return function(*args, **kwargs)

    return silent


@_silent
def _opened(data: bytes) -> "Image.Image":
    from PIL import Image

    return Image.open(BytesIO(data), formats=_FORMATS)


@_silent
def _turn_to(image: "Image.Image", number: int) -> bool:
    """Go to a page of a TIFF; false at its end, and for the frames of a film."""
    if image.format != "TIFF":
        return False
    try:
        image.seek(number)
    except EOFError:
        return False
    return True


def _check_size(image: "Image.Image", number: int, name: str, limits: Limits) -> None:
    if number >= limits.pages:
        raise LimitExceeded(
            f"{name}: the picture has more than {limits.pages} pages (--max-pages). Split it, or allow more."
        )
    width, height = image.size
    if width * height > limits.megapixels * 1_000_000:
        raise _too_large(name, f"{width:,} by {height:,} pixels", limits)


def _too_large(name: str, size: str, limits: Limits) -> LimitExceeded:
    return LimitExceeded(
        f"{name}: the picture is too large ({size}), more than {limits.megapixels} million pixels "
        "(--max-megapixels). Save it smaller: 200 dots an inch are enough."
    )


@_silent
def _prepared(image: "Image.Image") -> "Picture":
    """The picture upright as its camera says, in RGB on white, of a size that suits recognition."""
    import numpy as np
    from PIL import Image, ImageOps

    wanted = _size(*image.size)
    image.draft("RGB", wanted)
    image = ImageOps.exif_transpose(image)
    wanted = _size(*image.size)
    if image.mode.startswith(("I", "F")):
        deep = np.asarray(image, np.float32)
        image = Image.fromarray((deep * (255 / max(1.0, float(deep.max())))).astype(np.uint8))
    if image.has_transparency_data:
        image = image.convert("RGBA").resize(wanted, Image.Resampling.LANCZOS)
        image = Image.alpha_composite(Image.new("RGBA", wanted, "white"), image)
    elif image.mode not in ("L", "RGB"):
        image = image.convert("L" if image.mode in ("1", "LA") else "RGB")
    return np.asarray(image.resize(wanted, Image.Resampling.LANCZOS).convert("RGB"))


def _size(width: int, height: int) -> tuple[int, int]:
    """The size to recognise at: of the longer side, or of the shorter one of a long screenshot."""
    long_side = max(width, height)
    if height > _LONG_PICTURE * width:
        long_side = round(_PAGE_HEIGHT * width)
    factor = min(_ENLARGE_MAX, _LONG_SIDE / long_side)
    return max(1, round(width * factor)), max(1, round(height * factor))


def _cut(picture: "Picture") -> Iterator["Picture"]:
    """A picture in pages as high as A4, cut where it is plainest; in one where it is no long screenshot."""
    height, width = picture.shape[:2]
    page = round(_PAGE_HEIGHT * width)
    if height <= _LONG_PICTURE * width:
        yield picture
        return
    start = 0
    while height - start > page * (1 + _CUT_WITHIN):
        first = start + round(page * (1 - _CUT_WITHIN))
        band = picture[first : start + page].max(axis=2)
        end = first + int(band.std(axis=1).argmin())
        yield picture[start:end]
        start = end
    yield picture[start:]
