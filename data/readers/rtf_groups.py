"""The groups, control words and characters of a Rich Text file (Microsoft's RTF 1.9.1)."""

import re
from collections.abc import Iterator

import msgspec

from ..errors import LimitExceeded
from ..limits import Limits
from .rtf_flow import Edge, Flow

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])"
    rb"|[\r\n\x00]+|([^\\{}\r\n\x00]+)",
    re.DOTALL,
)
# Python's codecs for the character sets of fonts (`\fcharset`); of the ANSI fonts the document's counts.
_CHARSETS = {
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gb18030",
    136: "cp950",
    161: "cp1253",
    204: "cp1251",
}
_SYMBOL = 2
# And for whole documents: `\ansicpg` by its number, else by name.
_PAGES = {936: "gb18030", 54936: "gb18030", 950: "cp950", 65001: "utf-8", 10000: "mac_roman"}
_KINDS = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_SIGNS = {"tab": " ", "line": "\n", "emspace": " ", "enspace": " ", "qmspace": " "}
_SIGNS |= {"nestcell": " ", "nestrow": "\n", "emdash": "—", "endash": "–", "bullet": "•"}
_SIGNS |= {"lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”"}
_SYMBOLS = {b"~": " ", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\", b"\t": " "}
# Groups of which nothing is shown; so are those that begin with `\*`, but for the few below.
_UNSHOWN = frozenset(
    "colortbl stylesheet info pict header headerl headerr headerf footer footerl footerr footerf sp shprslt "  # noqa: SIM905
    "nonshppict nonesttables xe tc rxe txe filetbl private template fldinst objdata listtable "
    "revtbl pgptbl themedata latentstyles datastore fontemb falt panose".split()
)
_STARRED = frozenset({"shpinst", "shppict"})


class _State(msgspec.Struct):
    """What a group inherits and may change."""

    flow: Flow
    role: str = ""
    unshown: bool = False
    hidden: bool = False
    deleted: bool = False
    font: int = -1
    skip: int = 1


class RtfGroups:
    """Reads a file into `flow`; `encoding` is that of its bytes, `is_open` whether its end is missing."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.flow = Flow()
        self.encoding = "cp1252"
        self.is_open = True
        self._name = name
        self._depth = limits.depth
        self._states: list[_State] = []
        self._state = _State(self.flow)
        self._fonts: dict[int, int] = {}
        self._bytes = bytearray()
        self._to_skip = 0
        self._starred = False
        self._left, self._edges = 0, list[Edge]()
        self._beside = self._below = False

    def read(self, data: bytes) -> None:
        """Read all of `data`; raises LimitExceeded where groups are nested too deep."""
        for token in self._tokens(data):
            word, value, code, symbol, brace, text = token.groups()
            if text:
                self._add_bytes(text)
            elif code:
                self._add_bytes(bytes((int(code, 16),)))
            elif word:
                self._flush()
                self._obey(word.decode("ascii"), int(value) if value else None)
            elif brace:
                self._flush()
                self._to_skip = 0
                self._open() if brace == b"{" else self._close()
            elif symbol:
                self._flush()
                self._add_symbol(symbol)
            if not self.is_open:
                return

    def _tokens(self, data: bytes) -> Iterator[re.Match[bytes]]:
        at = 0
        while token := _TOKEN.match(data, at):
            yield token
            at = token.end()
            if token[1] == b"bin":
                # So many bytes of a picture follow as they are.
                at += max(0, int(token[2] or 0))

    def _open(self) -> None:
        if len(self._states) >= self._depth:
            raise LimitExceeded(
                f"{self._name}: its groups are nested deeper than {self._depth} (--max-depth). "
                "Save it anew, or as plain text."
            )
        self._states.append(self._state)
        self._state = msgspec.structs.replace(self._state, role="")

    def _close(self) -> None:
        ended, self._starred = self._state, False
        if self._states:
            self._state = self._states.pop()
        outer = self._state.flow
        if ended.role == "note":
            outer.add_note(ended.flow)
        elif ended.role == "box":
            outer.add_box(ended.flow)
        elif ended.role == "number":
            shown = ended.flow.plain().strip()
            outer.number = shown if any(sign.isalnum() for sign in shown) else ""
        self.is_open = bool(self._states)

    def _obey(self, word: str, value: int | None) -> None:
        state = self._state
        starred, self._starred = self._starred, False
        if word in _UNSHOWN or (starred and word not in _STARRED):
            state.unshown = True
        elif word == "u":
            self._add_code(value or 0)
        elif self._to_skip:
            self._to_skip -= 1
        elif word in _SIGNS:
            self._add(_SIGNS[word])
        elif not self._obey_characters(word, value) and not state.unshown:
            self._obey_blocks(word, value or 0)

    def _obey_characters(self, word: str, value: int | None) -> bool:
        """Obey a word about fonts and characters; whether it is one."""
        state = self._state
        if word == "f":
            state.font = value or 0
        elif word == "fcharset":
            self._fonts[state.font] = value or 0
        elif word == "fonttbl":
            state.unshown = True
        elif word == "ansicpg":
            self.encoding = _PAGES.get(value or 0, _known(f"cp{value}"))
        elif word in _KINDS:
            self.encoding = _KINDS[word]
        elif word == "uc":
            state.skip = max(0, value if value is not None else 1)
        elif word == "v":
            state.hidden = value != 0
        elif word == "deleted":
            state.deleted = value != 0
        elif word == "plain":
            state.hidden = state.deleted = False
        else:
            return False
        return True

    def _obey_blocks(self, word: str, value: int) -> None:
        flow = self._state.flow
        if word in ("par", "sect"):
            flow.end_paragraph()
        elif word == "pard":
            flow.in_table = False
        elif word == "intbl":
            flow.in_table = True
        elif word == "cell":
            flow.end_cell()
        elif word == "row":
            flow.end_row(self._left, self._edges)
        elif word in ("footnote", "shptxt", "listtext", "pntext"):
            self._state.role = {"footnote": "note", "shptxt": "box"}.get(word, "number")
            self._state.flow = Flow()
        else:
            self._rule(word, value)

    def _rule(self, word: str, value: int) -> None:
        """Obey a word that rules the cells of a row."""
        if word == "trowd":
            self._left, self._edges = 0, []
            self._beside = self._below = False
        elif word == "trleft":
            self._left = value
        elif word == "clmrg":
            self._beside = True
        elif word == "clvmrg":
            self._below = True
        elif word == "cellx":
            self._edges.append(Edge(value, self._beside, self._below))
            self._beside = self._below = False

    def _add_symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._starred = True
        elif self._to_skip:
            self._to_skip -= 1
        elif symbol in (b"\r", b"\n"):
            self._obey("par", None)
        else:
            self._add(_SYMBOLS.get(symbol, ""))

    def _add_code(self, code: int) -> None:
        self._add(chr(code % 0x10000) if -0x8000 <= code < 0x10000 else "\ufffd")
        self._to_skip = self._state.skip

    def _add_bytes(self, text: bytes) -> None:
        skipped = min(self._to_skip, len(text))
        self._to_skip -= skipped
        self._bytes += text[skipped:]

    def _flush(self) -> None:
        """Turn the bytes gathered so far into characters of the current font."""
        if self._bytes:
            charset = self._fonts.get(self._state.font, 0)
            if charset != _SYMBOL:
                codec = _CHARSETS.get(charset, self.encoding)
                self._add(self._bytes.decode(codec, "replace"))
            self._bytes.clear()

    def _add(self, text: str) -> None:
        state = self._state
        if not (state.unshown or state.hidden or state.deleted):
            state.flow.add(text)


def _known(codec: str) -> str:
    try:
        "".encode(codec)
    except LookupError:
        return "cp1252"
    return codec
