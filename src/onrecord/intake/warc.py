"""Web archives (WARC, plain or gzip): each stored page as a piece; a broken record costs itself alone.

The reader underneath stops at the first damage.  Here reading goes on at the next place that begins a
record (or, in a compressed archive, a gzip member that does), and what lies between is a failure
that names its offset.  A record is given out only when the next one begins where it should, because
a wrong length shows there.  Nothing is read beyond the limit for one page.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from onrecord.intake import inflate
from onrecord.intake.items import Failure, Limits, Piece, media_type, parameter
from onrecord.record import InputError

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

GZIP: Final = b"\x1f\x8b\x08"
SCAN: Final = 1 << 20
"""Bytes that are looked through at a time."""
OVERLAP: Final = 64
_PLAIN_START: Final = re.compile(rb"WARC/\d\.\d+\r?\n")
_BLANK: Final = re.compile(rb"\r?\n\r?\n")
_OTHER_MEDIA: Final = ("image/", "audio/", "video/", "font/")
_OTHER_ENDINGS: Final = ("css", "javascript", "ecmascript", "wasm", "font-woff", "octet-stream")
"""Media types of what belongs to a page and is none: left out without a word, as requests are."""


@dataclass(frozen=True, slots=True)
class Stored:
    """One record as it was read: ``block`` is its first bytes, one more than a page may have."""

    offset: int
    kind: str
    headers: dict[str, str]
    block: bytes
    stated: int


def is_warc(file: BinaryIO) -> bool:
    """True when a gzip file's first member begins a WARC record; the file is left at its start."""
    found = _begins_record(file, 0)
    file.seek(0)
    return found


def pieces(piece: Piece, limits: Limits) -> Iterator[Piece | Failure]:
    """Each page that the archive holds, and a failure for each record that cannot be read."""
    for found in _stored(piece, limits):
        if isinstance(found, Failure):
            yield found
        else:
            yield from _page(found, piece, limits)


# ---------------------------------------------------------------- records


def _stored(piece: Piece, limits: Limits) -> Iterator[Stored | Failure]:
    """All records, from one damage to the next."""
    size, packed = piece.size(), piece.head(3) == GZIP
    start: int | None = 0
    while start is not None and start < size:
        start = yield from _run(piece, start, packed, limits)


def _run(piece: Piece, start: int, packed: bool, limits: Limits) -> Generator[Stored | Failure, None, int | None]:
    """The records from an offset up to the next damage; gives the offset at which to go on, or None at the end."""
    from fastwarc.warc import ArchiveIterator

    waiting: Stored | None = None
    piece.file.seek(start)
    try:
        for record in ArchiveIterator(_From(piece.file, start), parse_http=False, auto_decode="none"):
            read = _read(record, start, limits)
            if waiting is not None:
                yield _judged(waiting, piece)
            waiting = read
            if _is_too_long(waiting, limits):
                if _may_be_a_page(waiting):
                    yield Failure(_at(piece, waiting.offset), f"is larger than {limits.page_bytes:,} bytes")
                end = None if packed else _end(piece.file, waiting)
                return end or _next_start(piece.file, waiting.offset + 1, packed)
    except (OSError, ValueError, EOFError) as error:
        return (yield from _damage(piece, start, waiting, packed, str(error)))
    if waiting is None:
        return None
    judged = _judged(waiting, piece)
    yield judged
    # a length that is far too large takes the records behind it in
    return _next_start(piece.file, waiting.offset + 1, packed) if isinstance(judged, Failure) else None


class _From(io.RawIOBase):
    """A file from where it stands on, whose reader may close it or ask where it is."""

    def __init__(self, file: BinaryIO, start: int) -> None:
        self.file, self.start = file, start

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        part = self.file.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)

    def read(self, size: int = -1) -> bytes:
        return self.file.read(size)

    def tell(self) -> int:
        return self.file.tell() - self.start


def _read(record: WarcRecord, start: int, limits: Limits) -> Stored:
    headers = {name.lower(): value for name, value in record.headers.to_tuples()}
    stated = headers.get("content-length", "")
    return Stored(
        start + record.stream_pos,
        headers.get("warc-type", "").lower(),
        headers,
        record.reader.read(limits.page_bytes + 1),
        int(stated) if stated.isdecimal() else -1,
    )


def _is_too_long(stored: Stored, limits: Limits) -> bool:
    """Longer than a page may be: the rest is not even unpacked, the reader is set anew behind it."""
    return len(stored.block) > limits.page_bytes


def _at(piece: Piece, offset: int) -> str:
    return f"{piece.where}@{offset}"


def _judged(stored: Stored, piece: Piece) -> Stored | Failure:
    """A record that is followed by another or by the end, unless it is cut off."""
    if stored.stated < 0:
        return Failure(_at(piece, stored.offset), "is a broken WARC record: it gives no length")
    if len(stored.block) < stored.stated:
        return Failure(_at(piece, stored.offset), f"is cut off: {len(stored.block):,} of {stored.stated:,} bytes are there")
    return stored


def _damage(piece: Piece, start: int, waiting: Stored | None, packed: bool, error: str) -> Generator[Stored | Failure, None, int | None]:
    """What to make of the record before a damage, and the offset at which to go on.

    With no record before it, the damage stands at the start.  A record before it may itself be the
    damage: cut off, or with a wrong length, so that the next one begins inside it.
    """
    if waiting is None:
        yield Failure(_at(piece, start), f"is a broken WARC record: {error}")
        return _next_start(piece.file, start + 1, packed)
    if waiting.stated < 0 or len(waiting.block) < waiting.stated:
        yield _judged(waiting, piece)
        return _next_start(piece.file, waiting.offset + 1, packed)
    if packed and not _is_at(piece.file, waiting):  # one member holds many records: where they begin is not known
        yield waiting
        yield Failure(_at(piece, start), f"is broken behind {waiting.headers.get('warc-record-id', 'one of its records')}: {error}")
        return _next_start(piece.file, max(waiting.offset, start + 1), packed)
    end = _end_of_member(piece.file, waiting.offset) if packed else _end(piece.file, waiting)
    if end is None:
        yield Failure(
            _at(piece, waiting.offset), "is a broken WARC record: another begins before its length is over, or something else does"
        )
        return _next_start(piece.file, waiting.offset + 1, packed)
    yield waiting
    return end


def _end(file: BinaryIO, stored: Stored) -> int | None:
    """The offset just behind a record of a plain archive, or None when it does not end there with the blank lines it should."""
    file.seek(stored.offset)
    blank = _BLANK.search(file.read(SCAN))
    end = stored.offset + (blank.end() if blank else 0) + stored.stated
    file.seek(end)
    return end + 4 if file.read(4) == b"\r\n\r\n" else None


def _end_of_member(file: BinaryIO, offset: int) -> int | None:
    """The offset just behind the gzip member at an offset, or None when it has no good end; what it holds is dropped."""
    file.seek(offset)
    unzip, end = zlib.decompressobj(zlib.MAX_WBITS | 16), offset
    try:
        while not unzip.eof and (part := unzip.unconsumed_tail or file.read(SCAN)):
            unzip.decompress(part, SCAN)
            end = file.tell() - len(unzip.unused_data)
    except zlib.error:
        return None
    return end if unzip.eof else None


def _next_start(file: BinaryIO, offset: int, packed: bool) -> int | None:
    """The next offset at which a record begins, or None."""
    while True:
        file.seek(offset)
        window = file.read(SCAN)
        if not window:
            return None
        for at in _candidates(window, packed):
            if not packed or _begins_record(file, offset + at):
                return offset + at
        if len(window) < SCAN:
            return None
        offset += len(window) - OVERLAP


def _candidates(window: bytes, packed: bool) -> Iterator[int]:
    pattern = re.compile(re.escape(GZIP)) if packed else _PLAIN_START
    return (found.start() for found in pattern.finditer(window))


def _begins_record(file: BinaryIO, offset: int) -> bool:
    """True when the gzip member at an offset unpacks to the head of a record."""
    return _unpacked(file, offset, 16).startswith(b"WARC/")


def _is_at(file: BinaryIO, stored: Stored) -> bool:
    """True when a record is the first of the gzip member at its offset, and not a later one of the member before."""
    return stored.headers.get("warc-record-id", "").encode() in _unpacked(file, stored.offset, 4_096)


def _unpacked(file: BinaryIO, offset: int, size: int) -> bytes:
    """The first bytes of what the gzip member at an offset holds; none when there is no such member."""
    file.seek(offset)
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(file.read(4_096), size)
    except zlib.error:
        return b""


# ---------------------------------------------------------------- pages


def _page(stored: Stored, piece: Piece, limits: Limits) -> Iterator[Piece | Failure]:
    """The page of a response, a resource or a conversion; nothing for the other records of a crawl."""
    where = _at(piece, stored.offset)
    if stored.kind == "continuation":
        yield Failure(where, "is a continuation of another record, which is not read")
    if not _may_be_a_page(stored):
        return
    try:
        headers, body = _split(stored)
        data = _decoded(_unchunked(body) if "chunked" in headers.get("transfer-encoding", "").lower() else body, headers, limits)
    except InputError as error:
        yield Failure(where, str(error))
        return
    url = stored.headers.get("warc-target-uri", "").strip("<>") or None
    yield Piece(
        where,
        io.BytesIO(data),
        name=(url or "").partition("?")[0],
        media=media_type(headers.get("content-type")),
        charset=parameter(headers.get("content-type"), "charset"),
        url=url,
        day=stored.headers.get("warc-date", "")[:10] or None,
        depth=piece.depth + 1,
    )


def _may_be_a_page(stored: Stored) -> bool:
    """True for an answer that is neither an error nor a redirect, nor what only belongs to a page (an image, a style)."""
    if stored.kind not in ("response", "resource", "conversion") or stored.headers.get("warc-target-uri", "").startswith(
        ("dns:", "whois:")
    ):
        return False
    if _is_http(stored) and not re.match(rb"HTTP/\S+ 2\d\d", stored.block):
        return False
    try:
        media = media_type(_split(stored)[0].get("content-type")) or ""
    except InputError:
        return True  # it has to be told of
    return not media.startswith(_OTHER_MEDIA) and not media.endswith(_OTHER_ENDINGS)


def _is_http(stored: Stored) -> bool:
    return stored.kind == "response" and stored.block.startswith(b"HTTP/")


def _split(stored: Stored) -> tuple[dict[str, str], bytes]:
    """What the server's header says of a page (the record's, where there is none), and the page as it was sent."""
    if not _is_http(stored):
        return {"content-type": stored.headers.get("content-type", "")}, stored.block
    blank = _BLANK.search(stored.block)
    if blank is None:
        raise InputError("is a broken HTTP message: its header has no end")
    lines = stored.block[: blank.start()].decode("latin-1").splitlines()
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    return headers, stored.block[blank.end() :]


def _decoded(body: bytes, headers: dict[str, str], limits: Limits) -> bytes:
    """The body unpacked; archives often store it so already and keep the header, which the first bytes show."""
    encodings = headers.get("content-encoding")
    if encodings and "gzip" in encodings.lower() and not body.startswith(b"\x1f\x8b"):
        return body
    return inflate.content(body, encodings, limits.page_bytes)


def _unchunked(body: bytes) -> bytes:
    """A chunked body put together; as it is when the archive has done so already; what there is when it is cut off."""
    parts, at = [], 0
    while found := re.compile(rb"\s*([0-9A-Fa-f]{1,8})[^\r\n]*\r?\n").match(body, at):
        length = int(found[1], 16)
        if length == 0:
            break
        parts.append(body[found.end() : found.end() + length])
        at = found.end() + length
    return b"".join(parts) if parts else body
