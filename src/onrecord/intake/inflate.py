"""Unpacking that never gives more than was asked for: gzip files and the content encodings of HTTP."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final

from onrecord.record import InputError

CHUNK: Final = 65_536
_ANY: Final = zlib.MAX_WBITS | 32
"""gzip or zlib, whichever the data is."""


class TooLargeError(InputError):
    """What is unpacked is larger than the limit: the data is left where it was."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"is larger than {limit:,} bytes unpacked")


def gunzip(file: BinaryIO, limit: int) -> bytes:
    """All that a gzip file holds, its members one after the other; TooLargeError beyond ``limit``, InputError when it is broken."""
    return _joined(_unzipped(file), limit)


def content(data: bytes, encodings: str | None, limit: int) -> bytes:
    """The body of an HTTP message without its content encodings (the header's words); errors as of ``gunzip``."""
    for name in reversed([word.strip().lower() for word in (encodings or "").split(",") if word.strip()]):
        data = _joined(_decoded(data, name), limit)
    return data


def _joined(parts: Iterator[bytes], limit: int) -> bytes:
    whole = bytearray()
    for part in parts:
        whole += part
        if len(whole) > limit:
            raise TooLargeError(limit)
    return bytes(whole)


def _decoded(data: bytes, name: str) -> Iterator[bytes]:
    if name in ("gzip", "x-gzip", "deflate"):
        yield from _unzipped(io.BytesIO(data), raw=name == "deflate" and data[:1] != b"\x78")
    elif name in ("br", "zstd"):
        yield from _by_fastwarc(data, name)
    elif name == "identity":
        yield data
    else:
        raise InputError(f"has an unknown content encoding: {name[:40]!r}")


def _unzipped(file: BinaryIO, raw: bool = False) -> Iterator[bytes]:
    """The parts of zlib streams one after the other, none larger than a chunk; what follows the last one is left out."""
    unzip, left, any_yet = zlib.decompressobj(-zlib.MAX_WBITS if raw else _ANY), file.read(CHUNK), False
    try:
        while left:
            part = unzip.decompress(left, CHUNK)
            any_yet = any_yet or bool(part)
            yield part
            left = unzip.unconsumed_tail or (unzip.unused_data if unzip.eof else b"") or file.read(CHUNK)
            if unzip.eof and left:
                if any_yet and not left.startswith(b"\x1f\x8b"):
                    return
                unzip = zlib.decompressobj(_ANY)
    except zlib.error as error:
        raise InputError(f"is packed, and broken: {error}") from None
    if not unzip.eof:
        raise InputError("is packed, and cut off before its end")


def _by_fastwarc(data: bytes, name: str) -> Iterator[bytes]:
    from fastwarc.stream_io import BrotliReader, ZstdReader

    reader = (BrotliReader if name == "br" else ZstdReader)(io.BytesIO(data))
    try:
        while part := reader.read(CHUNK):
            yield part
    except (OSError, ValueError, EOFError) as error:
        raise InputError(f"is packed, and broken: {error}") from None
