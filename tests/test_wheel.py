"""What is installed: everything under `nianbao/`, data files and weights among it, and nothing else."""

import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    [wheel] = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_all_stands_in_one_package(names):
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"nianbao"}


@pytest.mark.parametrize(
    "name",
    [
        "nianbao/__init__.py",
        "nianbao/py.typed",
        "nianbao/models/weights/statements.zip",
        "nianbao/data/lexicon/measure_words.tsv",
        "nianbao/data/regions/divisions.tsv",
        "nianbao/data/forms/2021.json",
        "nianbao/data/store/panel.tsv",
        "nianbao/data/store/dictionary.tsv",
        "nianbao/data/samples/README.md",
        "nianbao/cli/__init__.py",
        "nianbao/nlp/pipeline.py",
    ],
)
def test_what_is_needed_is_there(names, name):
    assert name in names


def test_every_data_file_of_the_checkout_is_there(names):
    files = {
        path.relative_to(ROOT).as_posix()
        for folder in ("data", "models", "nlp", "cli")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {f"nianbao/{file}" for file in files} <= names


def test_tests_and_benchmarks_are_not(names):
    assert not [name for name in names if name.startswith(("nianbao/tests", "nianbao/benchmarks"))]
