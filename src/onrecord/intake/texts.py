"""Bytes to text, and text to a report: encodings, repair, control characters, line ends, dates."""

from __future__ import annotations

import codecs
import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from onrecord.intake.items import Loaded
from onrecord.record import Note, Report

LARGE: Final = 1_000_000
"""Characters beyond which a report is kept, but noted."""

Decoded = tuple[str, tuple[Note, ...]]

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FALLBACK: Final = "windows-1252"
_BINARY: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes) -> Decoded | None:
    """The text of a file's bytes with notes on its encoding, or None when the bytes are no text.

    A byte-order mark decides; else UTF-8; else windows-1252, which is noted because it is a guess.
    """
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), None)
    if encoding is not None:
        return data.decode(encoding, errors="replace"), _replaced(data, encoding)
    if b"\x00" in data:
        return None
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _guess(data)


def is_wide(start: bytes) -> bool:
    """True when a file's first bytes are the mark of UTF-16 or UTF-32: such a file has no lines of bytes."""
    return start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) or start == codecs.BOM_UTF32_BE


def _replaced(data: bytes, encoding: str) -> tuple[Note, ...]:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return (Note("encoding", f"some bytes are not {encoding} although the file says so: replaced by U+FFFD"),)
    return ()


def _guess(data: bytes) -> Decoded | None:
    """Text with a few broken bytes is UTF-8 still; with many it is windows-1252; with control bytes it is none."""
    if len(_BINARY.findall(data)) * 100 > len(data):
        return None
    text = data.decode("utf-8", errors="replace")
    high = sum(byte > 127 for byte in data)
    if text.count("\ufffd") * 10 < high:
        return text, (Note("encoding", "a few bytes are not UTF-8: replaced by U+FFFD"),)
    return data.decode(_FALLBACK, errors="replace"), (Note("encoding", f"the text is not UTF-8: read as {_FALLBACK}, a guess"),)


# ---------------------------------------------------------------- repair

_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_ENTITY: Final = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,5});")


def repair(text: str) -> tuple[str, tuple[Note, ...]]:
    """The text as it is stored, and notes: mojibake mended once, line ends made ``\\n``, control characters made spaces.

    Curly quotes stay.  HTML entities are resolved only where no tag shows that the text is HTML.
    All offsets of rows count the text that this gives; only mending moves them, and that is noted
    (CR LF becomes a space and LF, so that a file's or a caller's own offsets stay true).
    """
    lines = text.replace("\r\n", " \n").replace("\r", "\n")
    if lines.startswith("\ufeff"):
        lines = " " + lines[1:]
    plain, controls = _CONTROL.subn(" ", lines)
    mended = "".join(_mend(piece) for piece in _pieces(plain))
    return mended, tuple(_repairs(plain, mended, controls))


def _pieces(text: str) -> Iterator[str]:
    """Lines with their ends, the very long ones cut: ftfy's time stays linear."""
    for line in text.splitlines(keepends=True):
        yield from (line[at : at + LARGE] for at in range(0, len(line), LARGE))


def _mend(line: str) -> str:
    if line.isascii() and not _ENTITY.search(line):
        return line
    import ftfy  # only when a file is read: it costs start-up time

    return ftfy.fix_text(
        line,
        uncurl_quotes=False,
        unescape_html="<" not in line,
        fix_character_width=False,
        fix_latin_ligatures=True,
        fix_line_breaks=False,
        fix_surrogates=True,
        remove_control_chars=False,
        remove_terminal_escapes=False,
        normalization="NFC",
    )


def _repairs(before: str, after: str, controls: int) -> Iterator[Note]:
    if controls:
        yield Note("control-characters", f"{controls:,} control characters were replaced by spaces")
    if before != after:
        yield Note("repaired", "the text's encoding was repaired (ftfy); offsets count the repaired text")
    if len(after) > LARGE:
        yield Note("large", f"the text is very long: {len(after):,} characters")


# ---------------------------------------------------------------- reports


def item(text: str, where: str, notes: tuple[Note, ...] = (), published: str | None = None, raw: str | None = None) -> Loaded:
    """One plain text as a report: its first line is the title when others follow; ``raw`` is its checksum."""
    stored, repairs = repair(text)
    lines = stored.strip().split("\n", 1)
    title = lines[0].strip() if len(lines) > 1 else None
    return Loaded(where, Report(stored, title=title, published=published), (*notes, *repairs), raw)


_DATE: Final = re.compile(r"\s*(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?\s*", re.DOTALL)
_COMPACT: Final = re.compile(r"\s*(\d{4})(\d\d)(\d\d)(?:T\d.*)?\s*")


def iso_date(value: object) -> str | None:
    """The day of an ISO date or date-time ("2022-02-03T10:00:00Z" → "2022-02-03"), or None when it is none."""
    found = _DATE.fullmatch(str(value)) or _COMPACT.fullmatch(str(value))
    if found is None:
        return None
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return None


def day(value: object) -> str | None:
    """The day of an ISO date or of a date as mails and feeds write it ("Tue, 01 Mar 2022 10:00:00 GMT"), as written there."""
    found = iso_date(value)
    if found is not None or not value:
        return found
    from email.utils import parsedate

    parsed = parsedate(str(value)[:100])
    try:
        return dt.date(*parsed[:3]).isoformat() if parsed else None
    except ValueError:
        return None


def dated(value: object, default: str | None) -> tuple[str | None, tuple[Note, ...]]:
    """The day a field gives, and a note when it gives one that cannot be read; ``default`` only where it gives none."""
    if value in (None, ""):
        return default, ()
    found = day(value)
    if found is None:
        return None, (Note("bad-date", f"the publication date is not an ISO date and was left out: {str(value)[:60]!r}"),)
    return found, ()
