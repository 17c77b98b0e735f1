import json
import zipfile

import numpy as np
import pytest

from nianbao.data.errors import ResourceError
from nianbao.models.weights import Weights, load_weights, save_weights

WEIGHTS = Weights(
    ["公开", "section:problems"],
    ["label:plan", "label:other"],
    np.array([[0.5, -0.5], [1.25, 0.0]], dtype=np.float32),
    np.array([0.1, -0.1], dtype=np.float32),
    np.zeros((2, 2, 2), dtype=np.float32),
    "abc",
)


@pytest.fixture
def path(tmp_path):
    save_weights(WEIGHTS, tmp_path / "some.zip")
    return tmp_path / "some.zip"


def test_what_is_saved_is_loaded(path):
    loaded = load_weights(path)
    assert (loaded.features, loaded.classes, loaded.trained_on) == (WEIGHTS.features, WEIGHTS.classes, "abc")
    np.testing.assert_array_equal(loaded.coefficients, WEIGHTS.coefficients)


def test_the_same_weights_are_the_same_bytes(path, tmp_path):
    save_weights(load_weights(path), tmp_path / "again.zip")
    assert path.read_bytes() == (tmp_path / "again.zip").read_bytes()


def test_another_version_is_refused_with_the_remedy(path):
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["header.json"] = json.dumps(json.loads(members["header.json"]) | {"version": 0}).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    with pytest.raises(ResourceError, match=r"version 0.*nianbao train"):
        load_weights(path)


@pytest.mark.parametrize("content", [None, b"", b"no archive"])
def test_a_missing_or_broken_file_is_refused_with_the_remedy(tmp_path, content):
    path = tmp_path / "broken.zip"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ResourceError, match="nianbao train"):
        load_weights(path)
