"""PLOVER: one record an event as JSON lines, in the field names of PLOVER's own records.

``id``, ``date``, ``actor``, ``recipient``, ``event``, ``eventText``, ``mode``, ``context``, ``eventLoc``, ``text``, ``textInfo``,
``language``, ``publication``, ``coder``, ``version``.  ``auxiliary`` holds PLOVER's auxiliary modes (historical, future,
hypothetical).  Denied events and links to other stories are left out; planned consultation, support, cooperation and aid is
AGREE, and ``planned`` tells of what.  ``date`` is the day the sentence tells; a longer time stands in ``dateRange``.
``textInfo`` has the words behind each field and their place in the report.  What is not known is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, TextIO

from onrecord.export import coded, polecat
from onrecord.export.spans import places
from onrecord.record import Entity, Event, Reading, Where, to_json

CODER: Final = "onrecord"


def write(readings: Iterable[Reading], stream: TextIO) -> None:
    """Write each reading's records as soon as it is read."""
    for reading in readings:
        stream.writelines(to_json(record(event, reading)) + "\n" for event in coded.told(reading))
        stream.flush()


def record(event: Event, reading: Reading) -> dict[str, Any]:
    """One event as PLOVER has it."""
    row = polecat.as_plover(event)
    fields = {
        "id": event.id,
        "date": row.day,
        "dateRange": None if row.folded or row.day else _range(event),
        "actor": [party(entity) for entity in event.actors],
        "recipient": [party(entity) for entity in event.recipients],
        "event": row.type,
        "eventText": event.trigger.text,
        "mode": row.mode,
        "auxiliary": list(row.auxiliary),
        "context": list(event.contexts),
        "intensity": row.score,
        "planned": _known({"event": event.type, "mode": event.mode, "dateRange": _range(event)}) if row.folded else None,
        "eventLoc": None if event.place is None else location(event.place),
        "text": event.sentence.text,
        "textInfo": {"report": event.report, "start": event.sentence.start, "end": event.sentence.end, "spans": _spans(event)},
        "publicationDate": coded.published(reading),
        "language": reading.report.language,
        "publication": reading.report.publisher,
        "url": reading.report.url,
        "coder": CODER,
        "version": coded.release(),
    }
    return _known(fields)


def party(entity: Entity) -> dict[str, Any]:
    """A party by its words, name, state and sector."""
    return _known({
        "actorText": entity.span.text, "name": entity.name, "code": polecat.country(entity), "cow": coded.code_of(entity.country, "cow"),
        "sector": entity.sector, "title": entity.role,
    })  # fmt: skip


def location(place: Where) -> dict[str, Any]:
    """A place by its name, state and coordinates."""
    return _known({
        "placeText": place.span.text, "name": place.name, "country": place.country, "lat": place.lat, "lon": place.lon,
        "geonames": place.geonames,
    })  # fmt: skip


def _spans(event: Event) -> list[dict[str, Any]]:
    """The words behind each field, by the field's path in our own JSON lines, but for the sentence."""
    return [
        {"field": path, **{key: part[key] for key in ("text", "start", "end")}} for path, part in places(event.to_dict()) if "text" in part
    ]


def _range(event: Event) -> list[str | None] | None:
    """The first and last day that may be meant."""
    if event.date is None or (event.date.earliest is None and event.date.latest is None):
        return None
    return [event.date.earliest, event.date.latest]


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that say something."""
    return {name: value for name, value in fields.items() if value not in (None, [], "")}
