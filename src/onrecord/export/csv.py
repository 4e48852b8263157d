"""CSV: one line an event, flat columns.  Streams.

Lists (actors, recipients, quantities, contexts, flags) are joined with "; " in one cell; the n-th
name, code and offset of a list belong together.  A cell that a spreadsheet would take for a formula
(it starts with = + - @, a tab or a line end) gets an apostrophe in front; numbers are left as they are.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from typing import Any, Final, TextIO

from onrecord.export.words import code
from onrecord.record import Entity, Event, Reading, Span

Cell = str | int | float | None
SEPARATOR: Final = "; "
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def write(readings: Iterable[Reading], stream: TextIO) -> None:
    """Write a head line and then one line an event, each reading as soon as it is read."""
    out = csv.writer(stream, lineterminator="\n")
    out.writerow(COLUMNS)
    for reading in readings:
        out.writerows(line(event, reading) for event in reading.events)
        stream.flush()


def line(event: Event, reading: Reading) -> list[Cell]:
    """One event's cells, in the order of ``COLUMNS``."""
    return [safe(cell(event, reading)) for cell in COLUMNS.values()]


def safe(cell: Cell) -> Cell:
    """The cell such that no spreadsheet takes a text for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _joined(parts: Iterable[object]) -> str:
    return SEPARATOR.join("" if part is None else str(part) for part in parts)


def _offsets(span: Span) -> str:
    return f"{span.start}:{span.end}"


def _at(event: Event, path: str) -> Any:
    """What the event has at a dotted path; None where the path breaks off."""
    value: Any = event
    for name in path.split("."):
        if value is None:
            return None
        value = getattr(value, name)
    return value


def _name(entity: Entity) -> str:
    return entity.name or entity.span.text


def _parties(side: str) -> dict[str, Callable[[Event, Reading], Cell]]:
    """The columns of one side (actors or recipients): names, codes, words, offsets."""

    def of(event: Event) -> tuple[Entity, ...]:
        parties: tuple[Entity, ...] = getattr(event, side)
        return parties

    return {
        side: lambda e, _: _joined(_name(p) for p in of(e)),
        f"{side}_codes": lambda e, _: _joined(code(p) for p in of(e)),
        f"{side}_countries": lambda e, _: _joined(p.country for p in of(e)),
        f"{side}_sectors": lambda e, _: _joined(p.sector for p in of(e)),
        f"{side}_roles": lambda e, _: _joined(p.role for p in of(e)),
        f"{side}_words": lambda e, _: _joined(p.span.text for p in of(e)),
        f"{side}_offsets": lambda e, _: _joined(_offsets(p.span) for p in of(e)),
    }


COLUMNS: Final[dict[str, Callable[[Event, Reading], Cell]]] = {
    "id": lambda e, _: e.id,
    "report": lambda e, _: e.report,
    "published": lambda _, r: r.report.published,
    "title": lambda _, r: r.report.title,
    "url": lambda _, r: r.report.url,
    "type": lambda e, _: e.type,
    "mode": lambda e, _: e.mode,
    "status": lambda e, _: e.status,
    **_parties("actors"),
    **_parties("recipients"),
    "content": lambda e, _: _at(e, "content.text"),
    "content_start": lambda e, _: _at(e, "content.start"),
    "content_end": lambda e, _: _at(e, "content.end"),
    "date": lambda e, _: _at(e, "date.span.text"),
    "date_start": lambda e, _: _at(e, "date.span.start"),
    "date_end": lambda e, _: _at(e, "date.span.end"),
    "earliest": lambda e, _: _at(e, "date.earliest"),
    "latest": lambda e, _: _at(e, "date.latest"),
    "time": lambda e, _: _at(e, "date.time"),
    "timezone": lambda e, _: _at(e, "date.timezone"),
    "duration": lambda e, _: _at(e, "date.duration"),
    "place": lambda e, _: _at(e, "place.name"),
    "place_country": lambda e, _: _at(e, "place.country"),
    "lat": lambda e, _: _at(e, "place.lat"),
    "lon": lambda e, _: _at(e, "place.lon"),
    "geonames": lambda e, _: _at(e, "place.geonames"),
    "place_start": lambda e, _: _at(e, "place.span.start"),
    "place_end": lambda e, _: _at(e, "place.span.end"),
    "source": lambda e, _: None if e.source is None else _name(e.source.entity),
    "source_code": lambda e, _: None if e.source is None else code(e.source.entity),
    "source_role": lambda e, _: _at(e, "source.entity.role"),
    "source_anonymous": lambda e, _: _truth(_at(e, "source.anonymous")),
    "source_quoted": lambda e, _: _truth(_at(e, "source.quoted")),
    "source_start": lambda e, _: _at(e, "source.entity.span.start"),
    "source_end": lambda e, _: _at(e, "source.entity.span.end"),
    "cue": lambda e, _: _at(e, "source.cue.text"),
    "trigger": lambda e, _: e.trigger.text,
    "trigger_start": lambda e, _: e.trigger.start,
    "trigger_end": lambda e, _: e.trigger.end,
    "sentence": lambda e, _: " ".join(e.sentence.text.split()),
    "sentence_start": lambda e, _: e.sentence.start,
    "sentence_end": lambda e, _: e.sentence.end,
    "quantities": lambda e, _: _joined(f"{q.value:g} {q.unit or ''}".strip() for q in e.quantities),
    "quantities_offsets": lambda e, _: _joined(_offsets(q.span) for q in e.quantities),
    "statement": lambda e, _: e.statement,
    "contact": lambda e, _: e.contact,
    "answers": lambda e, _: e.answers,
    "contexts": lambda e, _: _joined(e.contexts),
    "score": lambda e, _: e.score,
    "confidence": lambda e, _: e.confidence,
    "flags": lambda e, _: _joined(e.flags),
}


def _truth(value: bool | None) -> str | None:
    return None if value is None else str(value).lower()
