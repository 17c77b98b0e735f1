"""Compressed streams of a PDF that would fill memory (flate bombs), found before PDFium unpacks them."""

import re
import zlib

from ..errors import LimitExceeded
from ..limits import Limits

# A stream that begins like deflated data (RFC 1950: 8 in the lower half of the first byte); encrypted ones
# do not, and are left to the bound on memory.
_STREAM = re.compile(rb"stream\r?\n(?=[\x08\x18\x28\x38\x48\x58\x68\x78])")
_IMAGE = re.compile(rb"/Subtype\s*/Image")
# A stream's dictionary stands before it, within so many bytes.
_DICTIONARY_WITHIN = 400
# Deflated data that grow more than the ratio allowed are a bomb beyond this size: text and drawings of a page
# have up to 10 MB, and a blank page in colour at 600 dots an inch 100 MB.
_TEXT_MAX, _IMAGE_MAX = 32 * 2**20, 256 * 2**20
# Unpacked in pieces of this size, a stream may be deflated so many times over.
_PIECE, _LAYERS = 2**20, 4


def check_streams(data: bytes, name: str, limits: Limits) -> None:
    """Raise LimitExceeded where a stream of the PDF `name` unpacks to many times its size."""
    total = 0
    for found in _STREAM.finditer(data):
        head = data[max(0, found.start() - _DICTIONARY_WITHIN) : found.start()]
        most = _IMAGE_MAX if _IMAGE.search(head) else _TEXT_MAX
        packed, unpacked = _sizes(memoryview(data)[found.end() :], most)
        total += unpacked
        if unpacked > most and unpacked > limits.ratio * packed:
            raise LimitExceeded(
                f"{name}: a part of the PDF unpacks to more than {limits.ratio} times its size "
                "(--max-ratio). Print it to a new PDF, or allow more."
            )
        if total > limits.unpacked_mb * 2**20:
            raise LimitExceeded(
                f"{name}: the parts of the PDF unpack to more than {limits.unpacked_mb} MB "
                "(--max-unpacked-mb). Split it, or allow more."
            )


def _sizes(packed: memoryview | bytes, most: int) -> tuple[int, int]:
    """How many bytes a stream takes, and unpacks to (counted up to a little more than `most`)."""
    taken, unpacked = 0, 0
    for layer in range(_LAYERS):
        read, size, packed = _inflated(packed, most)
        taken = read if not layer else taken
        unpacked = max(unpacked, size)
        if not size or size > most or packed[:1] != b"\x78":
            break
    return max(1, taken), unpacked


def _inflated(packed: memoryview | bytes, most: int) -> tuple[int, int, bytes]:
    """Bytes read, bytes made, and the first of these, up to one piece."""
    inflater, waiting = zlib.decompressobj(), memoryview(packed)
    read = size = 0
    first = b""
    pending: bytes | memoryview = b""
    try:
        while not inflater.eof and size <= most and (pending or waiting):
            if not pending:
                pending, waiting = waiting[:_PIECE], waiting[_PIECE:]
                read += len(pending)
            piece = inflater.decompress(pending, _PIECE)
            pending = inflater.unconsumed_tail
            first = first or piece
            size += len(piece)
    except zlib.error:
        pass
    return read - len(pending) - len(inflater.unused_data), size, first
