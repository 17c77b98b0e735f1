import io
import sys
from types import SimpleNamespace

import pytest

from nianbao.cli import main


@pytest.fixture
def nianbao(capsys, monkeypatch):
    """Run a command line in this process; answers its stdout, stderr and exit code."""

    def run(*words, stdin="", cwd=None, check=None):
        monkeypatch.setattr(sys, "argv", ["nianbao", *map(str, words)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        if cwd is not None:
            monkeypatch.chdir(cwd)
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        written = capsys.readouterr()
        code = ended.value.code or 0
        assert check is None or code == check, written.err
        return SimpleNamespace(stdout=written.out, stderr=written.err, returncode=code)

    return run
