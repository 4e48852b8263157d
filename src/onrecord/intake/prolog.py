"""The start of an XML document, which is where its dangers stand: decoded, looked through and cut off before any parser sees it.

A document type declaration can define entities that grow a thousandfold or name files and servers.
No feed and no sitemap needs one: what defines an entity is refused, and a plain one is cut off, so
that a parser gets a document without a declaration, where no entity but the five of XML exists.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from onrecord.record import InputError

_DECLARED: Final = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_REFUSED: Final = frozenset({"utf-7", "punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"})
_BLANK: Final = re.compile(r"[\s\ufeff\x00]+")


def root(data: bytes, charset: str | None = None) -> str:
    """A document from its root element on, as text; InputError when it defines entities or is no XML.

    ``charset`` is what its carrier says; a byte-order mark and the document's own declaration count more.
    """
    text = decode(data, charset)
    at = 0
    while True:
        blank = _BLANK.match(text, at)
        at = blank.end() if blank else at
        if text.startswith("<?", at):
            at = _after(text, "?>", at)
        elif text.startswith("<!--", at):
            at = _after(text, "-->", at)
        elif text[at : at + 9].upper() == "<!DOCTYPE":
            at = _after_doctype(text, at)
        elif text.startswith("<", at) and not text.startswith("<!", at):
            return text[at:]
        else:
            raise InputError("is no XML: it does not begin with an element")


def _after(text: str, end: str, at: int) -> int:
    found = text.find(end, at)
    if found < 0:
        raise InputError(f"is no XML: what begins at character {at} has no end")
    return found + len(end)


def _after_doctype(text: str, at: int) -> int:
    """Past a declaration that only names a type; one with a subset of its own is refused, whatever stands in it."""
    end = _after(text, ">", at)
    if "[" in text[at:end]:
        raise InputError("is refused: its DOCTYPE defines entities or elements of its own, which no feed or sitemap needs")
    return end


def decode(data: bytes, charset: str | None = None) -> str:
    """An XML document's text: by its mark, its declaration, what its carrier says, else UTF-8; bad bytes become U+FFFD."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    if data.startswith((b"<\x00?\x00", b"<\x00r\x00")):
        return data.decode("utf-16-le", errors="replace")
    if data.startswith((b"\x00<\x00?", b"\x00<\x00r")):
        return data.decode("utf-16-be", errors="replace")
    declared = _DECLARED.match(data[:1_000])
    for name in (declared and declared[1].decode("ascii"), charset):
        codec = _codec(name) if name else None
        if codec is not None and not data.startswith(codecs.BOM_UTF8):
            return data.decode(codec, errors="replace")
    return data.decode("utf-8-sig", errors="replace")


def _codec(name: str) -> str | None:
    """A codec of Python's that turns bytes into text and is meant for documents, or None."""
    try:
        found = codecs.lookup(name).name
        b"".decode(found)  # LookupError for codecs that give bytes
    except (LookupError, ValueError):
        return None
    return None if found in _REFUSED or found.startswith("utf-16") else found
