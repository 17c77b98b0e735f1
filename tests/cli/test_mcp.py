"""`nianbao mcp`, as a client sees it over standard input and output."""

import hashlib
import json
import os
import subprocess
import sys

import pytest

import nianbao as package
from nianbao.cli.mcp import make_server

mcp = pytest.importorskip("mcp")
anyio = pytest.importorskip("anyio")


def talk(db, conversation):
    """Run a conversation with the server in a process of its own; answers what it answers."""
    environment = {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONSAFEPATH": "1"}
    arguments = ["-m", "nianbao.cli", "mcp", "--db", str(db)]
    server = mcp.StdioServerParameters(command=sys.executable, args=arguments, env=environment)

    async def run():
        async with mcp.Client(mcp.stdio_client(server)) as client:
            return await conversation(client)

    return anyio.run(run)


def call(db, tool, **arguments):
    """What a tool answers, its message where it is an error; the server runs in this process."""

    async def run():
        async with mcp.Client(make_server(db)) as client:
            return await client.call_tool(tool, arguments)

    answer = anyio.run(run)
    [content] = answer.content
    return content.text if answer.is_error else json.loads(content.text)


def text_of(db, report):
    with package.open(db) as archive:
        return archive.report(report).text


def test_a_client_lists_the_tools_as_reading_only(archive):
    async def conversation(client):
        return client.server_info, (await client.list_tools()).tools

    info, tools = talk(archive, conversation)
    assert (info.name, info.version) == ("nianbao", package.__version__)
    assert {tool.name for tool in tools} == {"search", "report", "facts", "panel", "summary"}
    assert all(tool.annotations.read_only_hint and tool.description for tool in tools)


def test_a_conversation_over_standard_input_and_output(archive):
    asked = [
        ("search", {"query": "更新速度", "limit": 1}, False),
        ("search", {"query": "'; drop table reports; --"}, False),
        ("search", {"query": "((("}, True),
        ("search", {"query": "更新", "limit": "many"}, True),
        ("report", {"report": "泾县人民政府2023", "characters": 100}, False),
        ("facts", {"kind": "problems", "org": "泾县", "limit": 1}, False),
        ("panel", {"org": "泾县", "limit": 1}, False),
        ("summary", {"of": "query", "what": "更新", "characters": 100}, False),
        ("none_such", {}, True),
    ]

    async def conversation(client):
        return [(await client.call_tool(tool, arguments)).is_error for tool, arguments, _ in asked]

    before = hashlib.sha256(archive.read_bytes()).digest()
    assert talk(archive, conversation) == [wrong for _, _, wrong in asked]
    assert hashlib.sha256(archive.read_bytes()).digest() == before


def test_standard_output_holds_the_protocol_alone(archive):
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
    asked = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello}) + "\n"
    words = [sys.executable, "-m", "nianbao.cli", "mcp", "--db", str(archive)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONSAFEPATH": "1"}
    done = subprocess.run(words, input=asked, capture_output=True, text=True, env=environment, timeout=120)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["id"] for line in lines] == [1]
    assert lines[0]["result"]["serverInfo"]["name"] == "nianbao"


def test_search_cites_report_year_and_place(archive):
    answer = call(archive, "search", query="更新速度 label:problem", kind="statements", limit=3)
    assert (len(answer["hits"]), answer["total"] > 3) == (3, True)
    for hit in answer["hits"]:
        assert hit["report_id"] and hit["title"] and hit["org"] and hit["year"]
        assert "更新速度" in text_of(archive, hit["report_id"])[hit["start"] : hit["end"]]


def test_pages_of_a_search_follow_each_other(archive):
    first = call(archive, "search", query="更新", kind="statements", limit=4)
    second = call(archive, "search", query="更新", kind="statements", limit=4, after=first["next"])
    seen = [hit["fact_id"] for answer in (first, second) for hit in answer["hits"]]
    assert len(set(seen)) == 8


def test_a_report_is_read_in_slices_each_fact_once(archive):
    start, text, facts, key = 0, "", [], "泾县人民政府2023"
    while start is not None:
        answer = call(archive, "report", report=key, start=start, characters=900, facts=["counts"])
        text, start = text + answer["text"], answer["next_start"]
        facts += answer["facts"]["counts"]
    assert text == text_of(archive, answer["report"]["id"])
    assert all(text[fact["start"] : fact["end"]] == fact["text"] for fact in facts)
    assert len({fact["start"] for fact in facts}) == len(facts) > 20


@pytest.mark.parametrize("kind", ["statements", "plans", "counts", "cells", "checks"])
def test_facts_are_rows_with_their_report(archive, kind):
    answer = call(archive, "facts", kind=kind, org="泾县", year="2023", limit=3)
    assert len(answer["rows"]) == 3
    assert {(row["org"], row["year"], bool(row["title"])) for row in answer["rows"]} == {
        ("泾县人民政府", 2023, True)
    }
    following = call(archive, "facts", kind=kind, org="泾县", year="2023", limit=3, after=answer["next"])
    assert following["rows"] != answer["rows"]


def test_the_panel_says_where_its_figures_stand(archive):
    [row] = call(archive, "panel", org="泾县", year=2023, columns=["new_requests"])["rows"]
    [[start, end]] = row["places"]["new_requests"]
    assert row["figures"] == {"new_requests": 73}
    assert text_of(archive, row["report_id"])[start:end] == "73"


@pytest.mark.parametrize(
    ("of", "what"), [("report", "泾县人民政府2023"), ("body", "泾县人民政府"), ("query", "更新")]
)
def test_summaries_are_bounded(archive, of, what):
    answer = call(archive, "summary", of=of, what=what, characters=200)
    assert answer.get("characters", 0) <= 200
    assert answer.get("groups") or answer.get("problems")


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("search", {"query": "((("}, "bracket"),
        ("search", {"query": "更新", "limit": 500}, "from 1 to 50"),
        ("search", {"query": "更新", "kind": "nothing"}, "statements"),
        ("search", {"query": "更新", "year": "近年"}, "2019..2023"),
        ("search", {"query": "更新", "after": "nonsense"}, "nonsense"),
        ("search", {}, "query"),
        ("report", {"report": "乌有县2099"}, "No report is called"),
        ("report", {"report": "泾县人民政府2023", "start": 10**6}, "characters"),
        ("facts", {"kind": "counts", "after": "-1"}, "next"),
        ("facts", {"kind": "sources"}, "statements"),
        ("panel", {"columns": ["none_such"]}, "new_requests"),
        ("summary", {"of": "body", "what": "乌有县"}, "No body"),
    ],
)
def test_what_is_wrong_is_an_error_of_the_tool_that_says_so(archive, tool, arguments, told):
    answer = call(archive, tool, **arguments)
    assert isinstance(answer, str)
    assert told in answer


@pytest.mark.parametrize(
    "query", ["'; drop table reports; --", '"x" OR bigrams:*', "1=1", "更新* OR rowid:1"]
)
def test_a_query_is_never_sql_and_nothing_is_written(archive, query):
    before = hashlib.sha256(archive.read_bytes()).digest()
    answer = call(archive, "search", query=query)
    assert isinstance(answer, str) or answer["total"] >= 0
    assert call(archive, "search", query="更新", limit=1)["total"] > 0
    assert hashlib.sha256(archive.read_bytes()).digest() == before


def test_the_columns_of_the_panel_are_a_resource(archive):
    async def read():
        async with mcp.Client(make_server(archive)) as client:
            return await client.read_resource("nianbao://panel-columns")

    [content] = anyio.run(read).contents
    assert {"new_requests", "carried_forward"} <= {one["column"] for one in json.loads(content.text)}


def test_without_the_package_the_remedy_is_named(nianbao, archive, monkeypatch):
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    done = nianbao("mcp", "--db", archive)
    assert done.returncode != 0
    assert "pip install 'nianbao[mcp]'" in done.stderr


def test_a_database_that_is_not_there_is_named(nianbao, tmp_path):
    done = nianbao("mcp", "--db", tmp_path / "none.db")
    assert "no such database" in done.stderr
