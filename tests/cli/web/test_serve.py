"""The command: an address of this machine, printed and answered, until it is interrupted."""

import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

import nianbao

CHECKOUT = Path(nianbao.__file__).parents[1]


@pytest.fixture
def serve(archive):
    started = []

    def start(*words):
        command = [sys.executable, "-P", "-c", "from nianbao.cli import main; main()", "serve", str(archive)]
        process = subprocess.Popen(
            [*command, "--no-open", *words],
            stderr=subprocess.PIPE,
            text=True,
            cwd=archive.parent,
            env={"PYTHONPATH": str(CHECKOUT), "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stderr.close()


def test_it_prints_its_address_answers_and_ends(serve, archive):
    before = archive.read_bytes()
    process = serve("--port", "0")
    address = re.search(r"http://127\.0\.0\.1:\d+/", process.stderr.readline()).group()
    with urllib.request.urlopen(address + "-/search?q=%E6%9B%B4%E6%96%B0") as answer:
        assert "<mark>更新</mark>" in answer.read().decode()
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
    assert "Traceback" not in process.stderr.read()
    assert archive.read_bytes() == before


def test_a_port_in_use_is_refused(serve):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = serve("--port", str(taken.getsockname()[1]))
        assert process.wait(60) == 2
    assert "Give another --port" in " ".join(process.stderr.read().split())


def test_what_is_no_database_is_refused(nianbao, tmp_path):
    assert "nothing.db" in nianbao("serve", tmp_path / "nothing.db", "--no-open", check=2).stderr
