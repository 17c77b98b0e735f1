"""HTML with its markup blanked out: the same length, so every offset stays true."""

import html
import re

_UNSEEN = re.compile(r"<!--.*?-->|<(script|style|head)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_CELL_END = re.compile(r"</t[dh]\s*>", re.IGNORECASE)
_BLOCK = re.compile(
    r"</?(?:p|div|br|tr|table|tbody|thead|h[1-6]|li|ul|ol|dl|dt|dd|section|article)\b[^<>]*>", re.IGNORECASE
)
_TAG = re.compile(r"<[/!?]?[A-Za-z][^<>]*>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def _stand_in(sign: str, matched: re.Match[str]) -> str:
    return sign + " " * (len(matched.group()) - len(sign))


def blank_markup(text: str) -> str:
    """`text` with blanks for tags and entities; a block's edge gives a line end, a cell's end a tab."""
    text = _UNSEEN.sub(lambda matched: " " * len(matched.group()), text)
    text = _CELL_END.sub(lambda matched: _stand_in("\t", matched), text)
    text = _BLOCK.sub(lambda matched: _stand_in("\n", matched), text)
    text = _TAG.sub(lambda matched: " " * len(matched.group()), text)
    return _ENTITY.sub(lambda matched: _stand_in(html.unescape(matched.group())[:1], matched), text)
