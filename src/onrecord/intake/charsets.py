"""The text of an HTML page's bytes: what the page, its carrier and the bytes themselves say about its encoding."""

from __future__ import annotations

import codecs
import re
from typing import Final

from onrecord.intake import texts
from onrecord.record import Note

_META: Final = re.compile(rb"""<meta\b[^>]{0,500}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_XML: Final = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
META_WITHIN: Final = 4_096
"""Bytes in which a page's declaration is looked for; browsers look at 1,024."""


def decode(data: bytes, told: str | None = None) -> texts.Decoded | None:
    """A page's text and notes on its encoding, or None when the bytes are no text.

    A byte-order mark decides; then bytes that are UTF-8, whatever is declared (no other encoding's words
    are, but by chance); then the encoding that the carrier (``told``) or the page names, if the bytes
    fit it; else a guess, which is noted.  NUL bytes, which mean nothing in HTML, are left out.
    """
    if texts.is_wide(data[:4]) or data.startswith(codecs.BOM_UTF8):
        return texts.decode(data)
    data, nuls = _without_nul(data)
    notes = (Note("control-characters", f"{nuls:,} NUL bytes were left out"),) if nuls else ()
    decoded = _utf_8(data) or _declared(data, told) or texts.decode(data)
    return None if decoded is None else (decoded[0], (*notes, *decoded[1]))


def _without_nul(data: bytes) -> tuple[bytes, int]:
    nuls = data.count(b"\x00")
    return (data.replace(b"\x00", b"") if nuls else data), nuls


def _utf_8(data: bytes) -> texts.Decoded | None:
    """ISO-2022-JP and its like are plain ASCII in bytes: an escape leaves the say to the declaration."""
    if b"\x1b$" in data or b"\x1b(" in data:
        return None
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return None


def _declared(data: bytes, told: str | None) -> texts.Decoded | None:
    found = _META.search(data[:META_WITHIN]) or _XML.match(data[:META_WITHIN])
    for name in (told, found[1].decode("ascii") if found else None):
        codec = _codec(name) if name else None
        if codec is None or codec.startswith("utf"):  # a page whose declaration can be read as ASCII is not UTF-16
            continue
        text = data.decode(codec, errors="replace")
        bad = text.count("\ufffd")
        if bad * 200 <= len(text):
            return text, (Note("encoding", f"{bad:,} places are not {codec} although the page says so"),) if bad else ()
    return None


def _codec(name: str) -> str | None:
    """Python's codec for a label of the WHATWG's list (for which latin-1 is windows-1252), or None."""
    from resiliparse.parse.encoding import map_encoding_to_html5

    label = map_encoding_to_html5(name, fallback_utf8=False)
    try:
        return codecs.lookup(label).name if label else None
    except LookupError:
        return None
