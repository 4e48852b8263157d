"""What a row points at, part by part: what annotation formats mark in a text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.export.words import clean, code, quantity, when, where
from onrecord.record import Entity, Event, Quantity, Span, Statement, When, Where

Row = Event | Statement
Value = Entity | When | Where | Quantity | None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a row: its role (``actor``), its path in the row's JSON (``actors[0]``), its words, and what they mean."""

    role: str
    path: str
    span: Span
    value: Value = None


def parts(row: Row) -> list[Part]:
    """The row's parts, first the words that stand for it (an event's trigger, a statement's cue); none of the others is empty."""
    first, *others = _event_parts(row) if isinstance(row, Event) else _statement_parts(row)
    return [first, *(part for part in others if len(part.span))]


def _event_parts(event: Event) -> Iterator[Part]:
    yield Part("trigger", "trigger", event.trigger)
    yield from (Part("actor", f"actors[{n}]", entity.span, entity) for n, entity in enumerate(event.actors))
    yield from (Part("recipient", f"recipients[{n}]", entity.span, entity) for n, entity in enumerate(event.recipients))
    if event.content is not None:
        yield Part("content", "content", event.content)
    if event.date is not None:
        yield Part("date", "date", event.date.span, event.date)
    if event.place is not None:
        yield Part("place", "place", event.place.span, event.place)
    if event.source is not None:
        yield Part("source", "source", event.source.entity.span, event.source.entity)
        if event.source.cue is not None:
            yield Part("cue", "source.cue", event.source.cue)
    yield from (Part("quantity", f"quantities[{n}]", amount.span, amount) for n, amount in enumerate(event.quantities))


def _statement_parts(statement: Statement) -> Iterator[Part]:
    yield Part("cue", "cue", statement.cue)
    if statement.speaker is not None:
        yield Part("speaker", "speaker", statement.speaker.span, statement.speaker)
    yield from (Part("content", f"content[{n}]", span) for n, span in enumerate(statement.content))
    if statement.audience is not None:
        yield Part("audience", "audience", statement.audience.span, statement.audience)
    if statement.date is not None:
        yield Part("date", "date", statement.date.span, statement.date)


def meaning(value: Value) -> str:
    """What a part means, in few words: ``Russia RUS.GOV``, ``2024-03-11``, ``Faro (Portugal)``, ``500 police``."""
    if isinstance(value, Entity):
        return " ".join(word for word in (clean(value.name or value.span.text), code(value)) if word)
    if isinstance(value, When):
        return when(value)
    if isinstance(value, Where):
        return where(value)
    return "" if value is None else quantity(value)
