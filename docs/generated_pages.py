"""Parts of the site that are made from the code and from other files, so that they cannot fall behind it.

A hook of MkDocs (`hooks` in mkdocs.yml): in a page `<!-- options -->` becomes the help of all commands,
`<!-- schema -->` the JSON Schemas, `<!-- include models/README.md -->` a file of the repository, and
`<!-- picture org -->` the pictures of a page of the web view in the language of the page, where there are any
(`benchmarks/screenshots.py` makes them).
"""

import atexit
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

if TYPE_CHECKING:
    from typer.core import TyperCommand

ROOT = Path(__file__).parents[1]

_MARK = re.compile(r"^<!-- (options|schema|include|picture) ?(\S*) -->$", re.MULTILINE)
_EXAMPLE = re.compile(r"^(Examples?: )?(nianbao .+)$", re.MULTILINE)


@event_priority(100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Let the package be read as it is installed, by mkdocstrings, too: the checkout holds much else."""
    sys.path.insert(0, package_alone())
    return config


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """The page with what its marks stand for; MkDocs calls it for each."""
    language = "zh" if page.file.src_uri.endswith(".zh.md") else "en"
    makers = {
        "options": options_page,
        "schema": schema_page,
        "include": included,
        "picture": lambda name: pictures(name, language),
    }
    return _MARK.sub(lambda found: makers[found[1]](*filter(None, found.groups()[1:])), markdown)


@cache
def package_alone() -> str:
    """A folder that holds the package and nothing else."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder)
    package = Path(folder) / "nianbao"
    package.mkdir()
    for part in ("__init__.py", "cli", "data", "models", "nlp"):
        (package / part).symlink_to(ROOT / part)
    return folder


@cache
def options_page() -> str:
    """Every command with its help, arguments and options."""
    from typer.main import get_command

    from nianbao.cli import app

    return "\n".join(
        line for name, command in get_command(app).commands.items() for line in _told(name, command)
    )


@cache
def schema_page() -> str:
    """The JSON Schema of a report, and of a summary."""
    from nianbao.data.records import Report, Summary, json_schema

    schemas = {kind.__name__: json_schema(kind) for kind in (Report, Summary)}
    shown = {name: json.dumps(schema, ensure_ascii=False, indent=2) for name, schema in schemas.items()}
    return "\n".join(f"## {name}\n\n```json\n{schema}\n```\n" for name, schema in shown.items())


def included(name: str) -> str:
    """A file of the repository, its links to documents made to hold in a folder of the site."""
    return re.sub(r"\]\(docs/", "](../", (ROOT / name).read_text(encoding="utf-8"))


def pictures(name: str, language: str) -> str:
    """A page of the web view, wide and narrow; nothing where there is no picture."""
    paths = [f"images/{name}-{size}-{language}.png" for size in ("desktop", "phone")]
    shown = [f"![{name}](../{path})" for path in paths if (ROOT / "docs" / path).exists()]
    return f'<div class="pictures" markdown>\n\n{" ".join(shown)}\n\n</div>' if shown else ""


def _told(name: str, command: "TyperCommand") -> Iterator[str]:
    from typer import Context

    context = Context(command, info_name=f"nianbao {name}")
    yield f"## nianbao {name}\n\n```text\n{command.get_usage(context).removeprefix('Usage: ')}\n```\n"
    yield _EXAMPLE.sub(r"\1`\2`", command.help)
    shown = [param for param in command.get_params(context) if not getattr(param, "hidden", False)]
    for panel, params in groupby(shown, lambda param: getattr(param, "rich_help_panel", None)):
        yield f"\n{panel or ''}\n\n| | |\n| --- | --- |"
        for param in params:
            names, said = param.get_help_record(context) or (param.name, param.help)
            yield f"| `{_code(names)}` | {_text(said)} |"
    yield ""


def _code(text: str) -> str:
    return text.replace("|", "\\|")


def _text(text: str) -> str:
    return re.sub(r"([|\[<*_])", r"\\\1", re.sub(r"\s+", " ", text))
