"""TimelineJS: one line an event with a date, in the columns of a TimelineJS sheet (CSV, with a head line).

Load it into a spreadsheet and publish that, or give it to TimelineJS as it is.  A whole month or year stands as such, other times
of more than a day have an end.  ``Text`` is the sentence, what is known of it (planned, possible) and a link to the report, as
HTML; ``Group`` is the family of the type.  Denied events, links to other stories and events without a date are left out.  A text
that a spreadsheet would take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from html import escape
from typing import Final, TextIO

from onrecord.export import coded, words
from onrecord.export.csv import Cell
from onrecord.record import Event, Reading, When

COLUMNS: Final = (
    "Year", "Month", "Day", "Time", "End Year", "End Month", "End Day", "End Time", "Display Date", "Headline", "Text", "Media",
    "Media Credit", "Media Caption", "Media Thumbnail", "Alt Text", "Type", "Group", "Background",
)  # fmt: skip
WEB: Final = ("http://", "https://")


def write(readings: Iterable[Reading], stream: TextIO) -> None:
    """Write a head line and then one line an event, each reading as soon as it is read."""
    coded.write_table(stream, [COLUMNS], ",")
    for reading in readings:
        dated = (event for event in coded.told(reading) if event.date is not None and event.date.earliest is not None)
        coded.write_table(stream, (line(event, reading) for event in dated), ",")
        stream.flush()


def line(event: Event, reading: Reading) -> list[Cell]:
    """One event's cells, in the order of ``COLUMNS``."""
    assert event.date is not None
    family = words.labels("types")[event.type]["family"]
    told = {
        **moments(event.date),
        "Display Date": escape(words.when(event.date)),
        "Headline": escape(headline(event)),
        "Text": text(event, reading),
        "Group": words.labels("families")[family],
    }
    return [coded.cell(told.get(column), "") for column in COLUMNS]


def headline(event: Event) -> str:
    """``Portugal → Spain (government): rejects``."""
    return f"{words.parties(event)}: {words.labels('types')[event.type]['name']}"


def text(event: Event, reading: Reading) -> str:
    """The sentence, its status where it is not simply so, and where it stands, as HTML."""
    parts = [f"<p>{escape(words.clean(event.sentence.text))}</p>"]
    if event.status != "actual":
        parts.append(f"<p><em>{escape(words.labels('statuses')[event.status]['says'])}</em></p>")
    report = reading.report
    name = escape(words.clean(report.publisher or report.title or report.url or ""))
    if report.url and report.url.startswith(WEB):
        name = f'<a href="{escape(words.clean(report.url))}">{name}</a>'
    return " ".join([*parts, f"<p>{name}</p>"] if name else parts)


def moments(when: When) -> dict[str, object]:
    """The columns of beginning and end: a year or a month alone where that is meant, no end where it is one day."""
    first = date.fromisoformat(when.earliest or "")
    last = date.fromisoformat(when.latest) if when.latest else first
    begin: dict[str, object] = {"Year": first.year, "Month": first.month, "Day": first.day}
    if first == last:
        return begin | {"Time": when.time}
    if first == date(first.year, 1, 1) and last == date(first.year, 12, 31):
        return {"Year": first.year}
    if first.day == 1 and last == first.replace(day=monthrange(first.year, first.month)[1]):
        return {"Year": first.year, "Month": first.month}
    return begin | {"End Year": last.year, "End Month": last.month, "End Day": last.day}
