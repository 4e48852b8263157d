"""Rows and items of the ledger as an assistant is given them: short, in words, each with the words to cite."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from onrecord.export import words as told_in
from onrecord.held import Told
from onrecord.ledger import Contact, Demand, Dispute, Force, Happening, Item, Threat
from onrecord.ledger.disputes import Voice
from onrecord.ledger.forces import Figure
from onrecord.ledger.sides import Item as Thing
from onrecord.ledger.sides import Side
from onrecord.ledger.tellings import Telling, voices
from onrecord.mcp.citing import Cite, cite, shown, words
from onrecord.mcp.shelf import Shelf
from onrecord.record import Entity, Event, Span

ALSO: Final = 2
"""Further tellings of one item that an answer holds: the rest is counted."""
SIDE: Final = 4
"""Answers to a demand, deeds after a warning, voices of one side of a dispute that an answer holds: all are counted."""

FIGURES: Final = 20
"""Figures of one owner's forces that an answer holds, the oldest first."""

JSON = dict[str, Any]


# ---------------------------------------------------------------- rows


def row(told: Told) -> JSON:
    """One event of a record."""
    return {"id": shown(told.id), "cite": cite(told.head, told.event.sentence), **event(told.event), "verdict": told.verdict}


def event(found: Event) -> JSON:
    """What an event tells: every part with the very words it was read from."""
    return {
        "type": found.type,
        "mode": found.mode,
        "status": found.status,
        "actors": [entity(one) for one in found.actors],
        "recipients": [entity(one) for one in found.recipients],
        "trigger": words(found.trigger),
        "about": words(found.content),
        "when": _when(found),
        "where": None if found.place is None else {"place": told_in.where(found.place), **_words(found.place.span)},
        "says": _says(found),
        "quantities": [{"amount": told_in.quantity(one), **_words(one.span)} for one in found.quantities],
        "score": found.score,
        "confidence": found.confidence,
        "flags": list(found.flags),
    }


def entity(found: Entity) -> JSON:
    """Somebody: in words, as a code, and as the report says it."""
    return {"name": shown(told_in.party(found)), "code": shown(told_in.code(found)), **_words(found.span)}


def _when(found: Event) -> JSON | None:
    if found.date is None:
        return None
    return {"earliest": found.date.earliest, "latest": found.date.latest, "time": found.date.time, **_words(found.date.span)}


def _says(found: Event) -> JSON | None:
    said = found.source
    return None if said is None else {**entity(said.entity), "unnamed": said.anonymous, "in_quotation_marks": said.quoted}


def _words(span: Span) -> JSON:
    return {"text": shown(span.text), "start": span.start, "end": span.end}


# ---------------------------------------------------------------- the ledger


def _tellings(shelf: Shelf, found: Sequence[Telling]) -> JSON:
    """The first telling to cite, the next ones, and how many there are."""
    return {
        "cite": shelf.cited(found[0]),
        "also": [shelf.cited(telling) for telling in found[1 : 1 + ALSO]],
        "told": len(found),
        "voices": voices(found),
    }


def _names(parties: Sequence[str]) -> list[str]:
    return [shown(party) for party in parties]


def contact(shelf: Shelf, found: Contact) -> JSON:
    """One call, meeting, visit or letter."""
    return {
        "id": found.id,
        "sort": found.sort,
        "status": found.status,
        "first": found.first,
        "last": found.last,
        "participants": [{key: value and shown(value) for key, value in one.to_dict().items()} for one in found.participants],
        "sides": _names(found.sides),
        "topics": _names(found.topics),
        "place": found.place and shown(found.place),
        "duration": found.duration,
        "asked_for_by": found.initiator,
        "planned_for": list(found.planned_for),
        "told_by": _names([side.publisher for side in found.accounts]),
        **_tellings(shelf, found.tellings),
    }


def side(shelf: Shelf, found: Side) -> JSON:
    """One publisher's account of a contact: its reports, and what they say, marked where nobody else does."""
    alone = {(thing.kind, thing.label) for thing in found.only}
    return {
        "publisher": shown(found.publisher),
        **_tellings(shelf, found.tellings),
        "says": [_thing(shelf, thing, (thing.kind, thing.label) in alone) for thing in found.items],
    }


def _thing(shelf: Shelf, found: Thing, alone: bool) -> JSON:
    return {
        "kind": found.kind,
        "label": shown(found.label),
        "only_here": alone,
        "cite": cite(shelf.head(found.report), found.words),
    }


def demand(shelf: Shelf, found: Demand) -> JSON:
    """One demand with its answers."""
    return {
        "id": found.id,
        "by": _names(found.by),
        "of": _names(found.of),
        "demand": words(found.content),
        "since": found.since,
        "outcome": found.outcome,
        "answers": [
            {"verdict": one.verdict, "by": _names(one.by), "day": one.day, "cite": shelf.cited(one.telling)} for one in found.answers[:SIDE]
        ],
        "answers_told": len(found.answers),
        **_tellings(shelf, found.tellings),
    }


def warning(shelf: Shelf, found: Threat) -> JSON:
    """One warning: its condition, its consequence, and what carried it out."""
    return {
        "id": found.id,
        "by": _names(found.by),
        "against": _names(found.against),
        "mode": found.mode,
        "condition": words(found.condition),
        "consequence": words(found.consequence),
        "since": found.since,
        "carried_out": [{"type": one.type, "status": one.status, "cite": shelf.cited(one)} for one in found.carried_out[:SIDE]],
        "carried_out_told": len(found.carried_out),
        **_tellings(shelf, found.tellings),
    }


def scheduled(shelf: Shelf, found: Item) -> JSON:
    """One thing to come."""
    return {
        "id": found.id,
        "type": found.type,
        "what": shown(found.what),
        "parties": _names(found.parties),
        "status": found.status,
        "first": found.first,
        "last": found.last,
        "time": found.time,
        "timezone": found.timezone and shown(found.timezone),
        "place": found.place and shown(found.place),
        "planned_for": list(found.planned_for),
        **_tellings(shelf, found.tellings),
    }


def dispute(shelf: Shelf, found: Dispute) -> JSON:
    """One disputed claim in the words of both sides; ``cite`` is its first assertion."""
    return {
        "id": found.id,
        "kind": found.kind,
        "type": found.type,
        "actors": _names(found.actors),
        "recipients": _names(found.recipients),
        "since": found.since,
        "cite": shelf.cited(found.asserted[0].telling),
        "asserted": [_voice(shelf, one) for one in found.asserted[:SIDE]],
        "denied": [_voice(shelf, one) for one in found.denied[:SIDE]],
        "told": len(found.asserted) + len(found.denied),
    }


def _voice(shelf: Shelf, found: Voice) -> JSON:
    return {"by": shown(found.by), "cite": shelf.cited(found.telling)}


def force(shelf: Shelf, found: Force) -> JSON:
    """What is told of one owner's forces at one place."""
    return {
        "owner": shown(found.owner),
        "place": found.place and shown(found.place),
        "kind": shown(found.kind),
        "figures": [_figure(shelf, one) for one in found.figures[:FIGURES]],
        "figures_told": len(found.figures),
        **_tellings(shelf, found.tellings),
    }


def _figure(shelf: Shelf, found: Figure) -> JSON:
    return {
        "value": found.value,
        "unit": found.unit and shown(found.unit),
        "day": found.day,
        "says": shown(found.says),
        "status": found.status,
        "figure": words(found.words),
        "cite": shelf.cited(found.telling),
    }


def happening(shelf: Shelf, found: Happening) -> JSON:
    """One event, however many reports tell it."""
    return {
        "id": found.id,
        "type": found.type,
        "status": found.status,
        "actors": _names(found.actors),
        "recipients": _names(found.recipients),
        "first": found.first,
        "last": found.last,
        "contact": found.contact.id if found.contact else None,
        **_tellings(shelf, found.tellings),
    }


def evidence(rows: Sequence[Told]) -> Cite | None:
    """Of the events that a figure sums up, the words of the one with the strongest score; None when there are none."""
    strongest = max(rows, key=lambda told: abs(told.score or 0.0), default=None)
    return None if strongest is None else cite(strongest.head, strongest.event.sentence)
