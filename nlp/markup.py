"""HTML with its markup blanked out: the same length, so every offset stays true."""

import html
import re

_UNSEEN = re.compile(
    r"(?P<comment><!--)|<(?:(?P<script>script)|(?P<style>style)|(?P<head>head))\b", re.IGNORECASE
)
_UNSEEN_ENDS = {
    "comment": re.compile("-->"),
    **{name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("script", "style", "head")},
}
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
    text = blank_unseen(text)
    text = _CELL_END.sub(lambda matched: _stand_in("\t", matched), text)
    text = _BLOCK.sub(lambda matched: _stand_in("\n", matched), text)
    text = _TAG.sub(lambda matched: " " * len(matched.group()), text)
    return _ENTITY.sub(lambda matched: _stand_in(html.unescape(matched.group())[:1], matched), text)


def blank_unseen(text: str) -> str:
    """`text` with blanks for comments, scripts, styles and the head; one that nothing closes is left."""
    parts: list[str] = []
    at = 0
    # What is not closed once is not closed later: it need not be searched for again.
    open_for_good: set[str] = set()
    for opening in _UNSEEN.finditer(text):
        kind = str(opening.lastgroup)
        if opening.start() < at or kind in open_for_good:
            continue
        closing = _UNSEEN_ENDS[kind].search(text, opening.end())
        if closing is None:
            open_for_good.add(kind)
            continue
        parts += text[at : opening.start()], " " * (closing.end() - opening.start())
        at = closing.end()
    return "".join([*parts, text[at:]])
