"""What intake takes and gives: options and limits, a piece of input, a report that could be loaded, a failure."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Final

from onrecord.record import Note, Report

if TYPE_CHECKING:
    from onrecord.intake.fetch import Fetcher, Validators

MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Loaded:
    """A report, where it came from, and what was noted while it was read (repairs, encoding, odd fields).

    ``raw`` is the SHA-256 (hex) of the item's own bytes as they came: of the file, the page, the line of
    JSON Lines, the element of an array, the row of a table, the content of a feed's entry.
    """

    where: str
    report: Report
    notes: tuple[Note, ...] = ()
    raw: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """An item that gives no report: where it stands ("reports.jsonl:12") and why, fit for a user."""

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table (CSV, TSV) by the names in its header; None is guessed from the usual names."""

    text: str | None = None
    title: str | None = None
    date: str | None = None
    url: str | None = None
    id: str | None = None
    publisher: str | None = None
    author: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken in at most; bytes and seconds."""

    page_bytes: int = 20 * MEGABYTE
    """One page, feed, sitemap or record of an archive, unpacked."""
    page_seconds: float = 5.0
    """Wall clock for the extraction of one page, all attempts together."""
    worker_bytes: int = 512 * 2**20
    """Memory of one process that extracts pages."""
    file_bytes: int = 2_000 * MEGABYTE
    """One file that is read whole, and what is unpacked from one archive altogether."""
    member_bytes: int = 200 * MEGABYTE
    """One member of a zip archive, unpacked."""
    members: int = 100_000
    """Members of one zip archive."""
    links: int = 50_000
    """Links of one sitemap or feed (50,000 is what the sitemap protocol allows)."""
    ratio: int = 250
    """How many times its packed size a member of more than 1 MB may be."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a source is read.

    ``published`` (an ISO date) is the day of reports that bear none.  ``allow_net`` permits fetching
    what the input links to; ``delay`` is the least time in seconds between two requests to one host.
    ``validators`` remembers what servers said of pages, so that unchanged ones are not sent again.
    ``fetcher``, when given, is used for every request in the place of the one made from these.
    """

    published: str | None = None
    columns: Columns = field(default_factory=Columns)
    allow_net: bool = False
    delay: float = 1.0
    limits: Limits = field(default_factory=Limits)
    validators: Validators | None = None
    fetcher: Fetcher | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing to be read: a file, a member of an archive, a fetched page, with what its carrier says of it."""

    where: str
    file: BinaryIO
    name: str = ""
    """What its ending is taken from; its ``where`` when empty."""
    media: str | None = None
    """The media type the carrier gives, in lower case, without parameters."""
    charset: str | None = None
    url: str | None = None
    day: str | None = None
    """The day to take when the item bears none of its own."""
    title: str | None = None
    depth: int = 0
    """How many archives or lists it was found in."""

    @property
    def called(self) -> str:
        """The name whose ending tells what it is."""
        return self.name or self.where

    def size(self) -> int:
        """Its bytes; the file is left at its start."""
        size = self.file.seek(0, io.SEEK_END)
        self.file.seek(0)
        return size

    def head(self, size: int = 8_192) -> bytes:
        """Its first bytes; the file is left at its start."""
        start = self.file.read(size)
        self.file.seek(0)
        return start


def parameter(header: str | None, name: str) -> str | None:
    """A parameter of a media type: ``charset`` of "text/html; charset=utf-8" is "utf-8"."""
    for part in (header or "").split(";")[1:]:
        key, _, value = part.partition("=")
        if key.strip().lower() == name:
            return value.strip().strip("\"'") or None
    return None


def media_type(header: str | None) -> str | None:
    """The media type alone, in lower case: "text/html" of "Text/HTML; charset=utf-8"."""
    return (header or "").split(";")[0].strip().lower() or None
