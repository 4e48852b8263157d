"""What kind of thing some bytes are: by their first bytes, their carrier's media type, the ending of their name."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePath
from typing import Final, Literal

Archive = Literal["zip", "gzip", "warc"]
Markup = Literal["html", "feed", "sitemap", "xml", "markdown"]
Rows = Literal["json", "jsonl", "csv", "tsv"]
Kind = Archive | Markup | Rows | Literal["text", "other"]
"""What is read in its own way; "other" is known, and not read."""

ENDINGS: Final[dict[str, Kind]] = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html",
    ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".csv": "csv", ".tsv": "tsv", ".tab": "tsv",
    ".md": "markdown", ".markdown": "markdown",
    ".rss": "feed", ".atom": "feed",
    ".zip": "zip", ".warc": "warc",
}  # fmt: skip
MEDIA: Final[dict[str, Kind]] = {
    "text/html": "html", "application/xhtml+xml": "html",
    "application/rss+xml": "feed", "application/atom+xml": "feed", "application/rdf+xml": "feed",
    "application/json": "json", "application/x-ndjson": "jsonl", "application/jsonl": "jsonl",
    "text/csv": "csv", "text/tab-separated-values": "tsv", "text/markdown": "markdown",
}  # fmt: skip
ROOTS: Final[dict[str, Kind]] = {
    "rss": "feed", "feed": "feed", "rdf": "feed", "urlset": "sitemap", "sitemapindex": "sitemap", "html": "html",
}  # fmt: skip

_MARKS: Final = (
    (b"%PDF-", "a PDF, a format that is not read"),
    (b"\xd0\xcf\x11\xe0", "an old office document, a format that is not read"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"7z\xbc\xaf", "a 7z archive, a format that is not read"),
    (b"Rar!", "a RAR archive, a format that is not read"),
    (b"BZh", "a bzip2 archive, a format that is not read"),
    (b"\xfd7zXZ", "an xz archive, a format that is not read"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive, a format that is not read"),
    (b"SQLite format 3", "a database, a format that is not read"),
)
_XML: Final = re.compile(r"\s*<\?xml\b", re.IGNORECASE)
_HTML: Final = re.compile(r"(?:\s|<\?xml[^>]{0,200}>|<!--(?:[^-]|-(?!->)){0,2000}-->)*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_ROOT: Final = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s/>]")
_URL_LINE: Final = re.compile(r"https?://\S+", re.IGNORECASE)


def kind(name: str, head: bytes, media: str | None = None) -> Kind:
    """What the bytes are, ``head`` being the first of them; the bytes count more than the name and the media type."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith(b"WARC/"):
        return "warc"
    if unread(head):
        return "other"
    told = ENDINGS.get(PurePath(name).suffix.lower()) or MEDIA.get(media or "")
    return told if told in ("json", "jsonl", "csv", "tsv", "markdown") else _by_look(_start(head), told)


def unread(head: bytes) -> str | None:
    """What the bytes are when they are of a known format that is not read, in words, or None."""
    return next((words for mark, words in _MARKS if head.startswith(mark)), None)


def _start(head: bytes) -> str:
    """The first bytes as characters, well enough to see what they are."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", errors="replace")
    return head.decode("utf-8-sig", errors="replace")


def _by_look(start: str, told: Kind | None) -> Kind:
    """HTML and XML by their first element, which tells feeds from sitemaps; else as told."""
    if _HTML.match(start):
        return "html"
    root = root_of(start) if start.lstrip()[:1] == "<" else None
    if root in ROOTS and (told != "html" or root != "html"):
        return ROOTS[root]
    if _XML.match(start):
        return "xml"
    return told or "text"


def root_of(start: str) -> str | None:
    """The name of an XML document's first element, in lower case and without its prefix, or None."""
    found = _ROOT.search(start)
    return found[2].lower() if found else None


def is_url_list(text: str) -> bool:
    """True when every line of a text that is not blank is an http(s) URL."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return bool(lines) and all(_URL_LINE.fullmatch(line) for line in lines)


def is_url(source: str) -> bool:
    """True when a source's name is an http(s) URL."""
    return source[:8].lower().startswith(("http://", "https://"))
