"""Rows made by hand for the ledger's tests: invented people of real states, in our own words."""

from __future__ import annotations

from typing import Any

from onrecord.held import Head, Told
from onrecord.record import Entity, Event, Quantity, Source, Span, When, Where

ROE = "USA.GOV:Jane Roe:President"
MERTEN = "DEU.GOV:Karl Merten:Chancellor"
LEROY = "FRA.GOV:Anne Leroy:President"
SMITH = "USA.GOV:Paul Smith:Secretary of State"
VOGEL = "DEU.GOV:Ute Vogel:Foreign Minister"


def entity(told: str, span: Span) -> Entity:
    """``USA.GOV:Jane Roe:President`` or ``USA``: party in notation, name, role."""
    code, _, rest = told.partition(":")
    name, _, role = rest.partition(":")
    country, _, sector = code.partition(".")
    kind = "person" if name else "state"
    return Entity(span, name or country, country or None, sector or None, role or None, kind)


def _within(sentence: Span, words: str) -> Span:
    place = sentence.text.index(words)
    return Span(words, sentence.start + place, sentence.start + place + len(words))


def told(text: str, trigger: str, actors: tuple[str, ...] = (), recipients: tuple[str, ...] = (), **fields: Any) -> Told:
    """One row.  ``fields``: of the head (report, published, publisher, title, voice), of the event (type, mode, status,
    days, time, timezone, duration, place, content, contact, answers, source, quantities, flags, score), start, verdict."""
    start = fields.get("start", 0)
    sentence = Span(text, start, start + len(text))
    word = _within(sentence, trigger)
    days = fields.get("days")
    days = (days, days) if isinstance(days, str) else days
    dated = days or fields.get("time") or fields.get("duration")
    report = fields.get("report", "r1")
    event = Event(
        report=report,
        type=fields.get("type", "CONSULT"),
        trigger=word,
        sentence=sentence,
        mode=fields.get("mode"),
        status=fields.get("status", "actual"),
        actors=tuple(entity(actor, word) for actor in actors),
        recipients=tuple(entity(recipient, word) for recipient in recipients),
        content=_within(sentence, fields["content"]) if fields.get("content") else None,
        date=When(word, *(days or (None, None)), fields.get("time"), fields.get("timezone"), fields.get("duration")) if dated else None,
        place=Where(word, fields["place"], geonames=1) if fields.get("place") else None,
        source=Source(entity(fields["source"], word)) if fields.get("source") else None,
        quantities=tuple(Quantity(value, unit, _within(sentence, words)) for value, unit, words in fields.get("quantities", ())),
        contact=fields.get("contact", f"{report}-main" if fields.get("type", "CONSULT") == "CONSULT" else None),
        answers=fields.get("answers"),
        score=fields.get("score"),
        flags=fields.get("flags", ()),
    )
    head = Head(
        report, fields.get("voice", report), fields.get("title"), fields.get("published", "2024-03-05"), fields.get("publisher", report)
    )
    return Told.of(event, head, fields.get("verdict"))


def call(report: str, published: str, actors: tuple[str, ...] = (ROE, MERTEN), **fields: Any) -> Told:
    """A phone call that a report tells as its news, without a day of its own."""
    return told("They had a telephone call.", "telephone call", actors, report=report, published=published, mode="phone", **fields)


def meeting(report: str, published: str, actors: tuple[str, ...] = (ROE, MERTEN), **fields: Any) -> Told:
    """A meeting that a report tells as its news, without a day of its own."""
    return told("They met for two hours.", "met", actors, report=report, published=published, **fields)
