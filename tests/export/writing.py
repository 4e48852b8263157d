"""For the tests of coded formats: readings of strange words, what a format writes of them, and tables read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from onrecord.export import FORMATS
from onrecord.record import Entity, Event, Reading, Report, Span, When, Where

NASTY = [
    "\x00", "\t", "\r\n", "\n", "\ud800", "\u202e", "\u2028", "\ufffe", "=1+1", "-x", "@", "“", '"', "'", ";", ", ", "; ", "<b>&", "]]>",
    "😀", "\\n", "|", "é",
]  # fmt: skip

texts = st.lists(st.sampled_from(NASTY) | st.text(max_size=6), min_size=1, max_size=6).map("".join).filter(bool)
"""Short texts of what breaks tables, pages and feeds."""


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """A reading of one sentence of strange words, whose every name is as strange, with up to two events."""
    words = draw(texts)
    span = Span.of(words, 0, len(words))
    entity = draw(entities(span))
    title, url, publisher = draw(st.none() | texts), draw(st.none() | texts), draw(st.none() | texts)
    report = Report(words, draw(texts), title, draw(st.sampled_from([None, "2024-03-14"])), url, publisher)
    dates = [None, When(span), When(span, "2024-03-01", "2024-03-31"), When(span, "2024-03-05", "2024-03-05", "15:30", words)]
    places = [None, Where(span, words, "UKR", 49.98, -36.25, 706483), Where(span, words, None)]
    event = Event(
        report.id,
        "ASSAULT",
        span,
        span,
        draw(st.sampled_from([None, "drone", "abduct"])),
        actors=draw(st.sampled_from([(), (entity,), (entity, entity)])),
        recipients=draw(st.sampled_from([(), (entity,)])),
        date=draw(st.sampled_from(dates)),
        place=draw(st.sampled_from(places)),
        contexts=("military",),
    )
    plan = replace(event, type="CONSULT", mode="visit", status="planned")
    return Reading(report, draw(st.sampled_from([(event,), (event, plan), (plan,), ()])))


@st.composite
def entities(draw: st.DrawFn, span: Span) -> Entity:
    """A party of those words, whose name and role are as strange."""
    country = draw(st.sampled_from([None, "RUS", "NATO", "XKX", "SUN", "=X", "ROU"]))
    sector = draw(st.sampled_from([None, "GOV", "CVL", "REB", "IGO", "MIL"]))
    kind = draw(st.sampled_from([None, "person", "state", "organisation", "group", "people"]))
    return Entity(span, draw(st.none() | texts), country, sector, draw(st.none() | texts), kind)


def written(name: str, readings: Iterable[Reading]) -> str:
    """What a format writes, checked for being text that UTF-8 can carry and the same twice."""
    outs = io.StringIO(newline=""), io.StringIO(newline="")
    kept = list(readings)
    for out in outs:
        FORMATS[name](kept, out)
    assert outs[0].getvalue() == outs[1].getvalue()
    outs[0].getvalue().encode("utf-8")
    return outs[0].getvalue()


def table(text: str, delimiter: str = "\t", columns: tuple[str, ...] = ()) -> list[dict[str, str]]:
    """A table read back, each line by its columns; every line must have them all."""
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    head = list(columns) or lines.pop(0)
    return [dict(zip(head, line, strict=True)) for line in lines]


def cells_are_tame(lines: Iterable[dict[str, Any]], numbers: Iterable[str] = ()) -> bool:
    """True when no cell but the numbers steers a spreadsheet, and none breaks a line."""
    free = set(numbers)
    values = [value for line in lines for name, value in line.items() if name not in free]
    return not any(value.startswith(("=", "+", "-", "@")) or set(value) & set("\t\r\n\x00") for value in values)


def changed(reading: Reading, index: int, **fields: Any) -> Reading:
    """The reading with only one of its events, some fields of which are other."""
    return replace(reading, events=(replace(reading.events[index], **fields),))
