"""Keep learnt weights in one file without pickle: numpy arrays, names of features and a JSON header."""

import io
import json
import zipfile
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..data.errors import ResourceError

# Raised whenever features or layout change: weights of another version mean something else.
VERSION = 2
# Weights are rounded so that the last bits, which depend on the processor, do not reach the file.
_DECIMALS = 3
_EPOCH = (1980, 1, 1, 0, 0, 0)

Matrix = NDArray[np.float32]


class Weights(NamedTuple):
    """`features` name the rows of `coefficients` (features by classes); `bias` has one number a class.

    `classes` are `head:name` in the order of columns; `transitions` tell for disclosure and for work
    reports which label follows which (2 by labels by labels); `trained_on` is the fingerprint of the data.
    """

    features: list[str]
    classes: list[str]
    coefficients: Matrix
    bias: Matrix
    transitions: Matrix
    trained_on: str


def save_weights(weights: Weights, path: Path) -> None:
    """Write `weights`; the same weights give the same bytes."""
    header = {"version": VERSION, "classes": weights.classes, "trained_on": weights.trained_on}
    members = {
        "header.json": json.dumps(header, ensure_ascii=False, indent=1).encode(),
        "features.txt": "\n".join(weights.features).encode(),
        "coefficients.npy": _npy(weights.coefficients),
        "bias.npy": _npy(weights.bias),
        "transitions.npy": _npy(weights.transitions),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)


def load_weights(path: Path) -> Weights:
    """Read what `save_weights` wrote.

    ResourceError where the file is missing, broken or of another version.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        header = json.loads(members["header.json"])
        _refuse_other_version(header["version"], path)
        return Weights(
            members["features.txt"].decode().split("\n"),
            header["classes"],
            _array(members["coefficients.npy"]),
            _array(members["bias.npy"]),
            _array(members["transitions.npy"]),
            header["trained_on"],
        )
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise ResourceError(f"{path} holds no weights ({error}). Run `nianbao train`.") from error


def _refuse_other_version(version: object, path: Path) -> None:
    if version != VERSION:
        raise ResourceError(
            f"{path} has weights of version {version}, this is version {VERSION}. Run `nianbao train`."
        )


def _npy(matrix: Matrix) -> bytes:
    buffer = io.BytesIO()
    rounded = np.round(matrix, _DECIMALS).astype("<f4") + np.float32(0)
    np.save(buffer, rounded, allow_pickle=False)
    return buffer.getvalue()


def _array(content: bytes) -> Matrix:
    array: Matrix = np.load(io.BytesIO(content), allow_pickle=False)
    return array
