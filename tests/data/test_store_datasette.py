import json
import subprocess
import sys

import pytest

pytest.importorskip("datasette", reason="Datasette is not installed")


def test_datasette_opens_the_file(store, put, path):
    put("已公开目录。存在公开不及时。", org="甲县", year=2021, title="甲县年报")
    store.close()
    command = [sys.executable, "-m", "datasette", str(path), "--get"]
    listed = json.loads(answer(command, "/reports.json"))
    tables = {table["name"]: table["count"] for table in listed["tables"] if not table["hidden"]}
    assert {"reports": 1, "statements": 2, "sources": 1}.items() <= tables.items()
    assert {view["name"] for view in listed["views"]} >= {"facts", "problems", "plans", "panel"}
    for name in ("reports", "statements", "problems", "panel", "facts"):
        assert json.loads(answer(command, f"/reports/{name}.json"))["rows"]


def answer(command, address):
    return subprocess.run([*command, address], check=True, capture_output=True, text=True).stdout
