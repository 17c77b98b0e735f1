"""Web archives (WARC, ISO 28500, and the older ARC): the pages and documents that a crawl brought home."""

import io
import zlib
from collections.abc import Iterable, Iterator
from contextlib import redirect_stderr
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from ..errors import BrokenFile, InputError, ToolMissing
from ..left_out import is_left_out
from .member import Member
from .member_names import cleaned, decoded
from .packed_stream import PackedStream, packing
from .spool import Spool

_HEADS = (b"WARC/", b"filedesc://")
_KINDS = frozenset({"response", "resource", "conversion"})
_OK = "200"
# Payloads that hold no report, by the beginning and by a part of their content type.
_PASSED_OVER = ("image/", "audio/", "video/", "font/")
_PASSED_OVER_WITHIN = ("css", "javascript", "json", "font", "rss", "atom")
_HTML_SUFFIX = ".html"
_SUFFIXES = {"text/html": _HTML_SUFFIX, "application/xhtml+xml": _HTML_SUFFIX, "application/pdf": ".pdf"}
_CHUNK = 64 * 1024
# Headers are no longer than servers allow: lines of 8 KB, a hundred of them.
_LINE = 64 * 1024
_HEADER_LINES = 10_000
_DAMAGES = (
    *(ValueError, EOFError, OSError, zlib.error, TypeError, AttributeError, IndexError, KeyError),
    *(AssertionError, RecursionError),
)


class WarcContainer:
    """Takes web archives apart through warcio: responses with status 200, resources and conversions."""

    name = "warc"
    suffixes = frozenset({".warc", ".warc.gz", ".arc", ".arc.gz"})

    def accepts(self, path: Path, head: bytes) -> bool:
        """Whether its first record, unpacked, begins as one."""
        kind = packing(head)
        if kind is None:
            return head.startswith(_HEADS)
        try:
            with PackedStream(path, kind, path.name) as stream:
                return stream.read(16).startswith(_HEADS)
        except InputError:
            return False

    def unpack(self, path: Path, name: str, spool: Spool) -> Iterator[Member]:
        """Pages and documents, named by their addresses, with fields `url` and `date` (of capture).

        Images, styles, scripts and data are passed over. See `Container.unpack`.
        """
        with path.open("rb") as file:
            kind = packing(file.read(8))
        with PackedStream(path, kind, name, spool) as stream:
            yield from _Records(stream, name, spool).members()


class _Records:
    """The records of one archive; knows the names given, to tell captures of one address apart."""

    def __init__(self, stream: PackedStream, container: str, spool: Spool) -> None:
        self._stream, self._container, self._spool = stream, container, spool
        self._names: set[str] = set()
        self._cut = False

    def members(self) -> Iterator[Member]:
        records = _records(self._stream)
        while (record := self._next(records)) is not None:
            self._spool.count(self._container)
            if _holds_report(record):
                yield self._member(record)
        if self._cut or records.err_count:
            raise self._damaged("a record is cut off")

    def _next(self, records: Any) -> Any:  # noqa: ANN401
        """The next record, None at the end."""
        from warcio.exceptions import ArchiveLoadFailed
        from warcio.statusandheaders import StatusAndHeadersParserException

        try:
            # warcio writes to stderr what it makes of records that do not end where they should.
            with redirect_stderr(io.StringIO()):
                return next(records, None)
        except (*_DAMAGES, ArchiveLoadFailed, StatusAndHeadersParserException) as error:
            reason = str(error).strip().split("\n")[0] or "a record cannot be read"
            raise self._damaged(reason) from None

    def _member(self, record: Any) -> Member:  # noqa: ANN401
        url = record.rec_headers.get_header("WARC-Target-URI") or record.rec_headers.get_header("uri") or ""
        date = (
            record.rec_headers.get_header("WARC-Date") or record.rec_headers.get_header("archive-date") or ""
        )
        name = readable(url)
        if name in self._names:
            path = PurePosixPath(name)
            name = str(path.with_name(f"{path.stem}@{cleaned(date).replace(':', '')}{path.suffix}"))
        self._names.add(name)
        suffix = _SUFFIXES.get(_content_type(record), PurePosixPath(urlsplit_path(url)).suffix.lower())
        return self._spool.add(
            self._container,
            name,
            self._chunks(record, f"{self._container}!/{name}"),
            fields={key: value for key, value in (("url", url), ("date", date)) if value},
            suffix=suffix,
        )

    def _chunks(self, record: Any, shown: str) -> Iterator[bytes]:  # noqa: ANN401
        """The payload without its transfer and content encodings."""
        from warcio.bufferedreaders import ChunkedDataReader

        stream = record.raw_stream
        if _header(record, "transfer-encoding") == "chunked":
            stream = ChunkedDataReader(stream)
        try:
            pieces = iter(lambda: stream.read(_CHUNK), b"")
            yield from _decoded(pieces, _header(record, "content-encoding"), shown)
            self._cut = self._cut or getattr(record.raw_stream, "limit", 0) > 0
        except _DAMAGES as error:
            raise BrokenFile(f"{shown}: the record is damaged ({error}). Fetch it again.") from None
        if self._cut:
            raise BrokenFile(f"{shown}: the record is cut off. Fetch the archive again.")

    def _damaged(self, reason: str) -> BrokenFile:
        return BrokenFile(f"{self._container}: the web archive is damaged ({reason}). Fetch it again.")


def _records(stream: PackedStream) -> Any:  # noqa: ANN401
    """The records of a stream, by warcio; lines of headers no longer than any sound one."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.bufferedreaders import DecompressingBufferedReader

    class BoundedLines(DecompressingBufferedReader):  # type: ignore[misc]
        lines = 0

        def readline(self, length: int | None = None) -> bytes:
            self.lines += 1
            if self.lines > _HEADER_LINES:
                raise ValueError("a header does not end")
            return bytes(super().readline(min(length or _LINE, _LINE)))

        def read(self, length: int | None = None) -> bytes:
            self.lines = 0
            return bytes(super().read(length))

    records = ArchiveIterator(stream)
    records.reader = BoundedLines(stream)
    return records


def readable(url: str) -> str:
    """An address as a path: host and path, percent signs decoded (UTF-8 or GB18030), with its query."""
    _, _, rest = url.rpartition("://")
    return cleaned(decoded(unquote_to_bytes(rest)).replace("#", "_"))


def urlsplit_path(url: str) -> str:
    """The path of an address, empty where it is none."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _holds_report(record: Any) -> bool:  # noqa: ANN401
    if record.rec_type not in _KINDS:
        return False
    if record.http_headers and record.http_headers.get_statuscode() != _OK:
        return False
    kind = _content_type(record)
    if kind.startswith(_PASSED_OVER) or any(part in kind for part in _PASSED_OVER_WITHIN):
        return False
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    return not is_left_out(PurePosixPath(PurePosixPath(urlsplit_path(url)).name))


def _content_type(record: Any) -> str:  # noqa: ANN401
    headers = record.http_headers or record.rec_headers
    return str(headers.get_header("content-type") or "").split(";")[0].strip().lower()


def _header(record: Any, name: str) -> str:  # noqa: ANN401
    value = record.http_headers.get_header(name) if record.http_headers else ""
    return str(value or "").strip().lower()


def _decoded(pieces: Iterable[bytes], encoding: str, shown: str) -> Iterator[bytes]:
    """The content, unpacked a bounded piece at a time; what only claims to be packed is left as it is."""
    if encoding in ("gzip", "x-gzip", "deflate"):
        return _inflated(pieces)
    if encoding == "br":
        raise ToolMissing(f"{shown}: it is packed by Brotli. Crawl again without, or unpack it yourself.")
    return iter(pieces)


def _inflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    inflater = None
    for piece in pieces:
        if inflater is None:
            packed = piece.startswith(b"\x1f\x8b") or piece[:1] == b"\x78"
            if not packed:
                yield piece
                continue
            inflater = zlib.decompressobj(32 + zlib.MAX_WBITS)
        while piece:
            yield inflater.decompress(piece, _CHUNK)
            piece = inflater.unconsumed_tail
    if inflater:
        yield inflater.flush()
