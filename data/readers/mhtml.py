"""Web pages saved as one file (MHTML, RFC 2557): `.mht`, `.mhtml`, as browsers and Word save them."""

import codecs
import re
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

from msgspec.structs import replace

from ..errors import BrokenFile, EmptyText
from ..limits import Limits
from ..records import SourceText
from .decoding import Decoded, decode
from .html import HtmlReader

_HEAD = 4096
# The head of a message that holds a page: other mail is no page.
_MESSAGE = re.compile(
    rb"\s{0,64}(?:From |From:|Mime-Version:|Subject:|Date:|Content-Type:|Snapshot-Content-Location:|X-)",
    re.IGNORECASE,
)
_SAVED_PAGE = re.compile(
    rb"^Content-Type:\s{0,9}(?:multipart/(?:related|alternative|mixed)|text/html)\b|^Snapshot-Content-Location:",
    re.IGNORECASE | re.MULTILINE,
)
_FRAMES = re.compile(r"<frameset\b", re.IGNORECASE)
_HAN = re.compile("[\u4e00-\u9fff]")
# A first page with less than this share of the characters of another is a frame around it.
_FRAME_SHARE = 0.2
_WEB = ("http://", "https://")


class MhtmlReader:
    """Reads the page in a saved web archive by the reader of HTML; pictures and styles are left alone."""

    name = "mhtml"
    suffixes = frozenset({".mht", ".mhtml"})

    def accepts(self, data: bytes) -> bool:
        """Whether it begins with the headers of a message that holds a page."""
        head = data[:_HEAD].removeprefix(codecs.BOM_UTF8)
        headers = re.split(rb"\r?\n\r?\n", head.lstrip(), maxsplit=1)[0]
        return bool(_MESSAGE.match(head) and _SAVED_PAGE.search(headers))

    def read(self, data: bytes, name: str, limits: Limits) -> SourceText:
        """The article of the main page, of frames the one that holds it; its address in the field `url`.

        Raises EmptyText where there is no page in it, BrokenFile where its parts cannot be told apart.
        """
        message = _parsed(data, name)
        pages = [page for page in map(_page, _html_parts(message)) if page]
        if not pages:
            raise EmptyText(f"{name}: no page is in this web archive. Save the page again.")
        page = _main(pages)
        found = HtmlReader().read(codecs.BOM_UTF8 + page.text.encode("utf-8", "replace"), name, limits)
        address = str(message.get("Snapshot-Content-Location") or message.get("Content-Location") or "")
        fields = {**found.fields, "url": address.strip()} if address.startswith(_WEB) else found.fields
        return replace(found, format=self.name, encoding=page.encoding, fields=fields)


def _parsed(data: bytes, name: str) -> Message:
    try:
        return BytesParser(policy=compat32).parsebytes(data.removeprefix(codecs.BOM_UTF8).lstrip())
    except (MessageError, ValueError, LookupError, TypeError, RecursionError) as error:
        raise BrokenFile(f"{name}: the web archive is damaged ({error}). Save the page again.") from None


def _html_parts(message: Message) -> list[Message]:
    """The parts that are pages, the one named as the start first."""
    try:
        parts = [part for part in message.walk() if part.get_content_type() in _PAGES]
        start = str(message.get_param("start") or "")
    except (RecursionError, ValueError, TypeError):
        return []
    return sorted(parts, key=lambda part: not (start and str(part.get("Content-ID") or "") == start))


_PAGES = ("text/html", "application/xhtml+xml")


def _page(part: Message) -> Decoded | None:
    """The characters of a part, its transfer encoding undone; None where it has none."""
    try:
        data = part.get_payload(decode=True)
        declared = part.get_content_charset()
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
    return decode(data, declared) if isinstance(data, bytes) and data.strip() else None


def _main(pages: list[Decoded]) -> Decoded:
    """The first page, or the fullest where the first only frames it."""
    fullest = max(pages, key=_fullness)
    frames = _FRAMES.search(pages[0].text) or _fullness(pages[0]) < _FRAME_SHARE * _fullness(fullest)
    return fullest if frames else pages[0]


def _fullness(page: Decoded) -> int:
    return len(_HAN.findall(page.text))
