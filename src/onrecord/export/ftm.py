"""FollowTheMoney: entities as JSON lines, for OpenAleph and its kin.

An ``Article`` for each report, an ``Event`` for each event that it tells as its news, a ``Person``, ``PublicBody`` or
``Organization`` for each party with a name, as first told and once in the file, and a ``Mention`` for each party's words in a
report (parties without a name stand in the event's name only).  Ids are hashes: the same party has the same id in every file.
Countries are ISO 3166-1 alpha-2 in lower case.  ``keywords`` of an event are its type, mode and status; ``proof`` is its article,
``recordId`` the id of its row.  Denied events and links to other stories are left out.  The format has no place for offsets.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, TextIO

from onrecord.export import coded, words
from onrecord.record import Entity, Event, Reading, digest, to_json

Properties = dict[str, list[str]]
PARTY, ARTICLE, EVENT, MENTION = "party", "article", "event", "mention"
"""What goes into the hash of an id, so that no two sorts of entity share one."""
TEXTS: Final = ("bodyText", "summary")
TEXT_LIMIT: Final = 65_000
LIMITS: Final = {"name": 384, "location": 250}
LIMIT: Final = 1024
"""How many characters FollowTheMoney takes in a value of a property."""
LONE: Final = re.compile("[\ud800-\udfff]")
"""Halves of characters."""
WEB: Final = ("http://", "https://")


def write(readings: Iterable[Reading], stream: TextIO) -> None:
    """Write each reading's entities as soon as it is read; a party that was told before is not written again."""
    seen: set[str] = set()
    for reading in readings:
        for entity in entities(reading):
            if entity["id"] not in seen:
                stream.write(to_json(entity) + "\n")
            if entity["schema"] not in ("Event", "Mention"):
                seen.add(entity["id"])
        stream.flush()


def entities(reading: Reading) -> Iterator[dict[str, Any]]:
    """The entities of one reading: its article, then each event behind its parties and their mentions, each once."""
    yield article(reading)
    told: set[str] = set()
    for event in coded.told(reading):
        parties = [(entity, made) for entity in (*event.actors, *event.recipients) if (made := party(entity)) is not None]
        for entity, made in parties:
            for one in (made, mention(entity, made, reading)):
                if one["id"] not in told:
                    told.add(one["id"])
                    yield one
        yield happening(event, reading, list(dict.fromkeys(made["id"] for _, made in parties)))


def article(reading: Reading) -> dict[str, Any]:
    """The report."""
    report = reading.report
    raw = report.text.encode("utf-8", "surrogatepass")
    return _entity(article_id(reading), "Article", {
        "title": [report.title], "author": [report.author], "publishedAt": [report.published], "bodyText": [report.text],
        "publisher": [report.publisher], "sourceUrl": _web(report.url), "contentHash": [hashlib.sha1(raw).hexdigest()],
    })  # fmt: skip


def article_id(reading: Reading) -> str:
    """The id of the report's entity."""
    return digest(ARTICLE, reading.report.id)


def party(entity: Entity) -> dict[str, Any] | None:
    """A party with a name; None for one without, or one that only stands for whom it belongs to (a people, a place)."""
    schema = schema_of(entity)
    if schema is None or not entity.name:
        return None
    said = {"name": [words.clean(entity.name)], "country": [coded.code_of(entity.country, "iso2")]}
    position = {"position": [words.clean(entity.role or "")]} if schema == "Person" else {}
    return _entity(digest(PARTY, schema, entity.name, entity.country), schema, said | position)


def schema_of(entity: Entity) -> str | None:
    """What sort of entity it is."""
    known = coded.exported("ftm")
    public = entity.sector in known["public"] and coded.state(entity.country)
    return "PublicBody" if entity.kind == "organisation" and public else known["kinds"].get(entity.kind or "")


def mention(entity: Entity, made: dict[str, Any], reading: Reading) -> dict[str, Any]:
    """The party's words in the report."""
    id_ = digest(MENTION, reading.report.id, made["id"], entity.span.text)
    said = {
        "document": [article_id(reading)],
        "name": [words.clean(entity.span.text)],
        "resolved": [made["id"]],
        "detectedSchema": [made["schema"]],
    }
    return _entity(id_, "Mention", said | {"contextCountry": made["properties"].get("country", [])})


def happening(event: Event, reading: Reading, involved: list[str]) -> dict[str, Any]:
    """The event."""
    report = reading.report
    place, when = event.place, event.date
    whole = when is not None and when.earliest == when.latest
    days = {"date": [when.earliest]} if when and whole else {"startDate": [when.earliest], "endDate": [when.latest]} if when else {}
    return _entity(digest(EVENT, event.id), "Event", {
        "name": [f"{words.parties(event)}: {words.labels('types')[event.type]['name']}"],
        **days,
        "summary": [event.sentence.text],
        "keywords": [event.type, event.mode, event.status],
        "location": [place.name] if place else [],
        "country": [coded.code_of(place.country, "iso2")] if place else [],
        "involved": involved,
        "proof": [article_id(reading)],
        "sourceUrl": _web(report.url),
        "publisher": [report.publisher],
        "recordId": [event.id],
    })  # fmt: skip


def _web(url: str | None) -> list[str | None]:
    """The address, when it is one of the web."""
    return [url] if url and url.startswith(WEB) else []


def _entity(id_: str, schema: str, properties: dict[str, Any]) -> dict[str, Any]:
    """An entity as FollowTheMoney writes it; properties that nobody knows are left out."""
    known: Properties = {}
    for name, values in properties.items():
        kept = [part for value in values if value for part in _parts(name, LONE.sub("\N{REPLACEMENT CHARACTER}", value))]
        if kept:
            known[name] = kept
    return {"id": id_, "schema": schema, "properties": known}


def _parts(name: str, value: str) -> list[str]:
    """A value no longer than FollowTheMoney takes: text in several pieces, all else cut with a mark of it."""
    if name in TEXTS:
        return [value[start : start + TEXT_LIMIT] for start in range(0, len(value), TEXT_LIMIT)]
    limit = LIMITS.get(name, LIMIT)
    return [value if len(value) <= limit else f"{value[: limit - 1]}…"]
