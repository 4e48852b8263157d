"""Zip archives: their members one by one, in memory; nothing is ever written to a disk.

A name that points out of the archive, a link, an encrypted member and one that swells beyond its
limits are failures of their own; the other members are read.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final

from onrecord.intake.items import MEGABYTE, Failure, Limits, Piece

DEEPEST: Final = 1
"""An archive within an archive is read, one within that is not."""
LISTING_AT_MOST: Final = 64 * MEGABYTE
"""Bytes of an archive's list of members."""
_END: Final = b"PK\x05\x06"
_END_WITHIN: Final = 65_557
_DRIVE: Final = re.compile(r"[A-Za-z]:")
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError)
"""What zipfile raises on damaged members (RuntimeError: encrypted; NotImplementedError: an unknown method)."""


def pieces(piece: Piece, limits: Limits) -> Iterator[Piece | Failure]:
    """The members that can be read, each as a piece, and a failure for each of the others."""
    if piece.depth > DEEPEST:
        yield Failure(piece.where, "is an archive within an archive within an archive, which is not read")
        return
    if _listing(piece.file) > LISTING_AT_MOST:
        yield Failure(piece.where, f"its list of members is larger than {LISTING_AT_MOST:,} bytes")
        return
    try:
        with zipfile.ZipFile(piece.file) as archive:
            yield from _members(archive, piece, limits)
    except _BROKEN as error:
        yield Failure(piece.where, f"is no zip archive that can be read: {error}")


def _listing(file: BinaryIO) -> int:
    """The size that an archive gives for its list of members (4 GB when only the 64-bit record says); 0 where it gives none."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _END_WITHIN))
    tail = file.read(_END_WITHIN)
    file.seek(0)
    at = tail.rfind(_END)
    stated = int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0
    return min(stated, size)  # a list is never larger than its file, whatever it says


def _members(archive: zipfile.ZipFile, piece: Piece, limits: Limits) -> Iterator[Piece | Failure]:
    members = [member for member in archive.infolist() if not member.is_dir() and not _hidden(member)]
    if any(member.filename == "[Content_Types].xml" for member in members):
        yield Failure(piece.where, "is an office document, a format that is not read")
        return
    if not members:
        yield Failure(piece.where, "is an archive without files")
    room = limits.file_bytes
    for member in members[: limits.members]:
        found = _member(archive, member, piece, limits, room)
        yield found
        room -= found.size() if isinstance(found, Piece) else 0
    if len(members) > limits.members:
        yield Failure(piece.where, f"holds {len(members):,} members: those after the first {limits.members:,} are not read")


def _hidden(member: zipfile.ZipInfo) -> bool:
    """True for what a folder would hide too; a name that is refused is told of, not hidden."""
    parts = member.filename.split("/")
    return _refused(member) is None and (parts[0] == "__MACOSX" or any(part.startswith(".") for part in parts))


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, piece: Piece, limits: Limits, room: int) -> Piece | Failure:
    where = f"{piece.where}/{member.orig_filename}"
    refused = _refused(member)
    if refused is not None:
        return Failure(where.replace("\x00", "\\0"), refused)
    try:
        return Piece(where, io.BytesIO(_unpacked(archive, member, limits, room)), name=member.filename, depth=piece.depth + 1)
    except _SwollenError as swollen:
        return Failure(where, str(swollen))
    except _BROKEN as error:
        return Failure(where, f"cannot be unpacked: {error}")


def _refused(member: zipfile.ZipInfo) -> str | None:
    """Why a member is not even looked into, or None."""
    name = member.orig_filename.replace("\\", "/")
    if "\x00" in name:
        return "its name holds a NUL"
    if name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/"):
        return "its name points out of the archive"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "is a link, which is not followed"
    if member.flag_bits & 1:
        return "is encrypted"
    return None


class _SwollenError(Exception):
    """A member that is larger than it may be."""


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limits: Limits, room: int) -> bytes:
    """A member's bytes, counted while they are unpacked: what its header says of its size is not believed."""
    whole = bytearray()
    with archive.open(member) as stream:
        while part := stream.read(65_536):
            whole += part
            if len(whole) > limits.member_bytes:
                raise _SwollenError(f"is larger than {limits.member_bytes:,} bytes unpacked")
            if len(whole) > room:
                raise _SwollenError(f"is not read: the archive holds more than {limits.file_bytes:,} bytes unpacked")
            if len(whole) > MEGABYTE and len(whole) > limits.ratio * max(1, member.compress_size):
                raise _SwollenError(f"is more than {limits.ratio} times its packed size: it looks like a bomb")
    return bytes(whole)
