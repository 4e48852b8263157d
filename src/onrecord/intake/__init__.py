"""Intake: files and standard input become reports, one bad item never stopping the others.

``load`` yields a ``Loaded`` (a report and what was noted while reading it) or a ``Failure`` (where
and why) an item.  ``check`` notes what is wrong with a report's own fields, however it was made.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from onrecord.intake import jsonl, texts
from onrecord.intake.items import Failure, Loaded
from onrecord.record import Note, Report, check_report

__all__ = ["Failure", "Loaded", "check", "load", "load_bytes"]

STDIN: Final = "-"
LINE_NAMES: Final = frozenset({".jsonl", ".ndjson"})
JSON_NAMES: Final = frozenset({".json", *LINE_NAMES})
BYTES_AT_MOST: Final = 2_000_000_000
"""A larger file is refused with a failure rather than read into memory."""


def load(path: str | Path, published: str | None = None) -> Iterator[Loaded | Failure]:
    """The reports in a file, in all files of a folder, or in standard input (``-``).

    A plain text is one report; JSON may be one object, an array, or one object a line.  ``published``
    (an ISO date) is the date of reports that bear none.
    """
    if str(path) == STDIN:
        yield from load_bytes(sys.stdin.buffer.read(), "standard input", published)
        return
    path = Path(path)
    for file in _files(path) if path.is_dir() else [path]:
        yield from _load_file(file, published)


def _files(folder: Path) -> list[Path]:
    """The files of a folder and its subfolders, in the order of their names, hidden ones left out."""
    found = (file for file in folder.rglob("*") if file.is_file())
    return sorted(file for file in found if not any(part.startswith(".") for part in file.relative_to(folder).parts))


def _load_file(path: Path, published: str | None) -> Iterator[Loaded | Failure]:
    """One file's items; the lines of JSON Lines as a stream, anything else read whole."""
    try:
        with path.open("rb") as file:
            if path.suffix.lower() in LINE_NAMES and not texts.is_wide(file.peek(4)[:4]):
                yield from _or_empty(jsonl.line_items(file, str(path), published), str(path))
            elif path.stat().st_size > BYTES_AT_MOST:
                yield Failure(str(path), f"is larger than {BYTES_AT_MOST:,} bytes")
            else:
                yield from load_bytes(file.read(), str(path), published)
    except (OSError, ValueError) as error:  # ValueError: a path that no file can have (a NUL in it)
        yield Failure(str(path), f"cannot be read: {getattr(error, 'strerror', None) or error}")


def _or_empty(items: Iterator[Loaded | Failure], where: str) -> Iterator[Loaded | Failure]:
    """The items, or a failure when there are none."""
    empty = True
    for item in items:
        empty = False
        yield item
    if empty:
        yield Failure(where, "is empty")


def load_bytes(data: bytes, where: str, published: str | None = None) -> Iterator[Loaded | Failure]:
    """The reports in the bytes of one file; ``where`` names it in failures, and its ending tells JSON from text."""
    decoded = texts.decode(data)
    if decoded is None:
        yield Failure(where, "is no text: it holds bytes that no text encoding explains")
        return
    text, notes = decoded
    if not text.strip():
        yield Failure(where, "is empty")
    elif Path(where).suffix.lower() in JSON_NAMES or jsonl.looks_like_json(text):
        yield from jsonl.items(text, where, notes, published)
    else:
        yield texts.item(text, where, notes, published)


def check(report: Report, today: dt.date | None = None) -> tuple[Note, ...]:
    """Notes on a report's own fields: no date, a date that is none, a date in the future.

    ``today`` is the reader's day; a report may be one day ahead of it (time zones).
    """
    return tuple(_checks(report, today or dt.datetime.now(dt.UTC).date()))


def _checks(report: Report, today: dt.date) -> Iterator[Note]:
    if report.published is None:
        yield Note("no-date", "no publication date: relative dates ('Thursday', 'last week') are left unresolved")
        return
    wrong = [Note("bad-date", problem) for problem in check_report(report)]
    yield from wrong
    day = None if wrong else texts.iso_date(report.published)
    if day is None and not wrong:
        yield Note("bad-date", f"published is no day of the calendar: {report.published!r}")
    elif day is not None and dt.date.fromisoformat(day) > today + dt.timedelta(days=1):
        yield Note("future-date", f"the publication date {day} lies in the future")
