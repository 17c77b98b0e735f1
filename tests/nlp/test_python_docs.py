"""What the documents show of Python is what comes out."""

import doctest
import re
from pathlib import Path
from shutil import copy

import pytest

DOC = Path(__file__).parents[2] / "docs" / "python.md"
TEXT = DOC.read_text(encoding="utf-8")
PARTS = re.split(r"^(?=## )", TEXT, flags=re.MULTILINE)
EXAMPLES = {part.partition("\n")[0].strip("# "): part for part in PARTS if ">>>" in part}


@pytest.mark.parametrize("title", EXAMPLES)
def test_examples_give_what_is_shown(title, archive, tmp_path, monkeypatch):
    if title == "Frames":
        for library in ("pandas", "polars", "pyarrow"):
            pytest.importorskip(library, reason=f"{library} is not installed")
    copy(archive, tmp_path / "nianbao.db")
    monkeypatch.chdir(tmp_path)
    names = {}
    exec("import nianbao\narchive = nianbao.open('nianbao.db')\nfound = archive.search('更新速度')", names)
    test = doctest.DocTestParser().get_doctest(EXAMPLES[title], names.copy(), title, str(DOC), 0)
    said = []
    doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test, out=said.append)
    names["archive"].close()
    assert said == []


def test_every_method_is_named():
    from nianbao import Archive

    methods = {name for name in vars(Archive) if not name.startswith("_")} - {"path", "writable", "close"}
    assert {name for name in methods if not re.search(rf"\b{name}\b", TEXT)} == set()


def test_the_block_that_writes_is_python():
    [block] = re.findall(r"```python\n(if .*?)```", TEXT, re.DOTALL)
    compile(block, str(DOC), "exec")
