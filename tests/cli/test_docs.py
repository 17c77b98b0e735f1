"""The documents say what is there: commands, tables, codes, and the README's Python."""

import re
import sqlite3
from pathlib import Path
from shutil import copy
from typing import get_args

import pytest
from typer.main import get_command

from nianbao.cli import app
from nianbao.data.records import Date, Report, SectionKind

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def read(*parts):
    return ROOT.joinpath(*parts).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(get_command(app).commands))
def test_every_command_is_documented_with_its_options(name):
    [row] = [
        line for line in read("docs", "commands.md").splitlines() if line.startswith(f"| `nianbao {name}")
    ]
    options = {
        option
        for param in get_command(app).commands[name].params
        for option in param.opts
        if option.startswith("--")
    }
    assert {option for option in options - {"--db"} if option not in row} == set()


def test_every_table_and_view_is_documented(archive):
    db = sqlite3.connect(archive)
    names = {row[0] for row in db.execute("select name from sqlite_master where type in ('table', 'view')")}
    db.close()
    hidden = {name for name in names if re.match(r"_?sqlite_|.*_(data|idx|content|docsize|config)$", name)}
    text = read("docs", "database.md")
    assert {name for name in names - hidden if f"`{name}`" not in text} == set()


def test_every_field_of_a_report_is_documented():
    text = read("docs", "facts.md")
    fields = set(Report.__struct_fields__) | set(Date.__struct_fields__) | set(get_args(SectionKind))
    assert {field for field in fields if f"`{field}`" not in text} == set()


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_links_lead_somewhere(name):
    links = re.findall(r"\]\(([^)#]+)\)", read(name))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_what_the_readme_shows_is_what_comes_out(name, nianbao, archive):
    shown = re.findall(r"```text\n(.*?)```", read(name), re.DOTALL)
    found = nianbao("search", "更新速度", "--db", archive, check=0).stdout
    summary = nianbao("summary", "泾县人民政府2023", "--db", archive, check=0).stdout
    for block, output in zip(shown, (found, summary), strict=True):
        for part in block.split("…\n"):
            assert part.strip() in output


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readmes_python_runs(name, archive, tmp_path, monkeypatch):
    [code] = re.findall(r"```python\n(.*?)```", read(name), re.DOTALL)
    copy(archive, tmp_path / "nianbao.db")
    monkeypatch.chdir(tmp_path)
    exec(compile(code, name, "exec"), {})
