"""What checks are called and how their failures are to be taken, read from `lexicon/check_rules.tsv`."""

import re
from functools import cache
from pathlib import Path
from typing import cast, get_args

import msgspec

from .errors import ResourceError
from .records import Severity
from .word_lists import read_rows

_FILE = Path(__file__).with_name("lexicon") / "check_rules.tsv"
_FORM = re.compile(r"\d{4}\.")


class CheckRule(msgspec.Struct, frozen=True):
    """A rule's name in Chinese and the severity of its failures."""

    name: str
    severity: Severity


@cache
def check_rule(rule: str) -> CheckRule:
    """The entry with the longest beginning of `rule`; a rule that no entry names is called as it is."""
    plain = _FORM.sub("", rule, count=1)
    parts = plain.split(".")
    for length in range(len(parts), 0, -1):
        found = _rules().get(".".join(parts[:length]))
        if found:
            return found
    return CheckRule(plain, "error")


@cache
def _rules() -> dict[str, CheckRule]:
    return read_check_rules(_FILE)


def read_check_rules(path: Path) -> dict[str, CheckRule]:
    """Rules by their beginnings; raises ResourceError naming the line that is malformed or repeated."""
    rules: dict[str, CheckRule] = {}
    for number, (key, severity, name) in read_rows(path, 3):
        if key in rules or severity not in get_args(Severity):
            raise ResourceError(
                f"{path.name}:{number}: {key} needs a severity of {', '.join(get_args(Severity))}, once."
            )
        rules[key] = CheckRule(name, cast(Severity, severity))
    return rules
