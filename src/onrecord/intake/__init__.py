"""Intake: files, archives, feeds and pages become reports, one bad item never stopping the others.

``load`` yields a ``Loaded`` (a report and what was noted while reading it) or a ``Failure`` (where
and why) an item.  ``check`` notes what is wrong with a report's own fields, however it was made.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from onrecord.intake import texts
from onrecord.intake.items import Columns, Failure, Limits, Loaded, Options
from onrecord.record import Note, Report, check_report

__all__ = ["Columns", "Failure", "Limits", "Loaded", "Options", "check", "load", "load_bytes"]


def load(source: str | Path, published: str | None = None, options: Options | None = None) -> Iterator[Loaded | Failure]:
    """The reports in a file, in all files of a folder, in standard input (``-``), or under an http(s) URL.

    Texts, Markdown, HTML, JSON, JSON Lines, CSV, TSV, RSS, Atom, sitemaps, lists of URLs, WARC, gzip and
    zip are known by their look and name.  A URL given here is permission to fetch it, and only it;
    what it or a file links to is fetched with ``options.allow_net``.  ``published`` (an ISO date)
    is the date of reports that bear none, and counts before that of ``options``.
    """
    from onrecord.intake import sources  # here, because it costs start-up time

    chosen = options or Options()
    yield from sources.read(source, chosen if published is None else replace(chosen, published=published))


def load_bytes(data: bytes, where: str, published: str | None = None, options: Options | None = None) -> Iterator[Loaded | Failure]:
    """The reports in the bytes of one file; ``where`` names it in failures, and its ending helps to tell what it is."""
    from onrecord.intake import sources  # here, because it costs start-up time

    chosen = options or Options()
    yield from sources.read_bytes(data, where, chosen if published is None else replace(chosen, published=published))


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
