"""Text recognition (OCR): the lines that a picture shows, through RapidOCR, whose wheel holds its models.

The extra `ocr` installs it. Nothing of it is imported before a picture is to be recognised.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import ToolMissing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from rapidocr import RapidOCR

    Picture = NDArray[np.uint8]

INSTALL = "pip install 'nianbao[ocr]'"

# Text is looked for in a picture of at most this many pixels a side, while its lines are cut from the full
# one. With 1280 print of 7 points gains 3 % of its characters, but memory grows by 200 MB, past what a file
# may take by default.
_DETECTION_SIDE = 960
# A line alone, one of a cell's, is taken when the model is this sure; RapidOCR's own bound for lines.
_SURE = 0.5


class Piece(NamedTuple):
    """A recognised line: its four corners from the upper left, clockwise, in pixels, and how sure it is."""

    text: str
    corners: "NDArray[np.float64]"
    score: float


class Recogniser:
    """RapidOCR on one core, without its test for lines upside down, which turns 6 into 9 in small cells."""

    def __init__(self, engine: "RapidOCR") -> None:
        # Its answers are of a type that depends on how it is called.
        self._engine: Callable[..., Any] = engine
        self.label = f"RapidOCR {version('rapidocr')}"

    @contextmanager
    def memory_named(self) -> Iterator[None]:
        """Raise MemoryError where the models or OpenCV fail, as they do for no picture but for lack of it."""
        import cv2
        from onnxruntime.capi.onnxruntime_pybind11_state import Fail, RuntimeException
        from rapidocr.inference_engine.onnxruntime.main import ONNXRuntimeError

        try:
            yield
        except (cv2.error, Fail, RuntimeException, ONNXRuntimeError) as error:
            raise MemoryError(f"recognition failed: {error}") from error

    def pieces(self, picture: "Picture") -> list[Piece]:
        """The lines of a picture (height, width, 3), as found."""
        result = self._engine(picture, use_det=True, use_cls=False, use_rec=True)
        if result.boxes is None or result.txts is None:
            return []
        found = zip(result.txts, result.boxes, result.scores, strict=True)
        return [Piece(text, corners.astype(float), float(score)) for text, corners, score in found]

    def line(self, picture: "Picture") -> str:
        """The text of a picture that shows one line, empty where the model is not sure of it."""
        result = self._engine(picture, use_det=False, use_cls=False, use_rec=True)
        if not result.txts or result.scores[0] < _SURE:
            return ""
        return str(result.txts[0]).strip()


def recogniser(name: str) -> Recogniser:
    """The recogniser; raises ToolMissing, for the file `name`, where the extra is not installed."""
    try:
        return _recogniser()
    except ImportError as error:
        raise ToolMissing(
            f"{name}: its text is in pictures, and what recognises it is not installed ({error}). "
            f"Type: {INSTALL}; or find the HTML page of the report, or give its text recognised elsewhere."
        ) from None


@cache
def _recogniser() -> Recogniser:
    import rapidocr

    models = Path(rapidocr.__file__).with_name("models")
    threads = "EngineConfig.onnxruntime.{}_op_num_threads"
    settings: dict[str, Any] = {
        "Global.log_level": "critical",
        "Global.max_side_len": 100_000,
        "Det.limit_type": "max",
        "Det.limit_side_len": _DETECTION_SIDE,
        "Rec.rec_batch_num": 1,
        "Det.model_path": _model(models, "det"),
        "Rec.model_path": _model(models, "rec"),
        threads.format("intra"): 1,
        threads.format("inter"): 1,
    }
    return Recogniser(rapidocr.RapidOCR(params=settings))


def _model(models: Path, kind: str) -> str:
    """The model in the wheel; named outright, as RapidOCR would fetch one that it does not find."""
    found = sorted(models.glob(f"*_{kind}_*.onnx"))
    if not found:
        raise ImportError(f"rapidocr came without its model {kind}")
    return str(found[0])
