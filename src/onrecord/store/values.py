"""How the nouns of a record become columns, and columns the nouns."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from typing import Any, Final, NamedTuple

import orjson

from onrecord.held import Head, Told, Verdict
from onrecord.record import Event, Report, Span, Statement, event_from, party, statement_from, to_json

ESCAPED: Final = "\x00"
"""What a text begins with that UTF-8 cannot carry; the rest is its JSON."""

RELATED: Final = "related-link"
HEAD: Final = ("id", "voice", "title", "published", "publisher", "url", "language", "author")
"""The columns of a head, in the order of its fields."""

_WHAT: Final = ("id", "type", "status", "mode", "actors", "recipients", "earliest", "latest")
TOLD: Final = (*_WHAT, "contact", "answers", "score", "confidence", "flags", "verdict", "row")
"""The columns of an event as it is given out."""

_ODD: Final = re.compile("[\ud800-\udfff]")
_NO: Final[tuple[str, ...]] = ()


def packed(text: str) -> str:
    """A text as SQLite can keep it: lone surrogates are escaped; ``unpacked`` gives it back."""
    return ESCAPED + json.dumps(text) if text.startswith(ESCAPED) or _ODD.search(text) else text


def unpacked(text: str) -> str:
    """The text that was packed."""
    return str(json.loads(text[1:])) if text.startswith(ESCAPED) else text


def packed_or_none(text: str | None) -> str | None:
    """As ``packed``, for what may be missing."""
    return None if text is None else packed(text)


def unpacked_or_none(text: str | None) -> str | None:
    """As ``unpacked``, for what may be missing."""
    return None if text is None else unpacked(text)


def searchable(text: str | None) -> str:
    """The words of a text for the full-text index, which knows no odd characters."""
    return _ODD.sub("\ufffd", text or "").replace(ESCAPED, " ")


def digest_of(report: Report) -> str:
    """A digest of all that a report says of itself, its id left out: another digest is another version of it."""
    parts = [getattr(report, f.name) for f in fields(report) if f.name != "id"]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


def loads(row: str | bytes) -> Any:
    """JSON as a row has it; orjson knows no lone surrogates, which are rare."""
    try:
        return orjson.loads(row)
    except orjson.JSONDecodeError:
        return json.loads(row)


# ---------------------------------------------------------------- rows as they are kept


def statement_row(statement: Statement) -> dict[str, Any]:
    """A statement's row with its sentence's words: what a record keeps."""
    row = statement.to_dict()
    row["sentence"]["text"] = statement.sentence.text
    return row


def event_of(row: Mapping[str, Any]) -> Event:
    """The event of a held row."""
    return event_from(row, row["sentence"]["text"])


def statement_of(row: Mapping[str, Any]) -> Statement:
    """The statement of a held row."""
    return statement_from(row, row["sentence"]["text"])


def written(row: Mapping[str, Any]) -> str:
    """A row as the record keeps it: one line of JSON."""
    return to_json(dict(row))


def exported(row: Mapping[str, Any]) -> dict[str, Any]:
    """A held row as exports show it: the sentence by its ends only."""
    return {**row, "sentence": {"start": row["sentence"]["start"], "end": row["sentence"]["end"]}}


def spans(row: Any) -> Iterator[Span]:
    """Every span in a held row, its sentence included: whatever has ``text``, ``start`` and ``end``."""
    if isinstance(row, dict):
        if "start" in row and "end" in row:
            yield Span(row["text"], row["start"], row["end"])
        for value in row.values():
            if isinstance(value, dict | list):
                yield from spans(value)
    elif isinstance(row, list):
        for value in row:
            yield from spans(value)


# ---------------------------------------------------------------- columns


def period(earliest: str | None, latest: str | None, published: str | None) -> tuple[str | None, str | None]:
    """The days that a row is looked up by (``Told.within``): its own, else the day of its report."""
    day = earliest or published
    return day, latest or day


def event_columns(row: Mapping[str, Any], published: str | None) -> dict[str, Any]:
    """The columns of an event, from its held row as it counts."""
    date = row["date"] or {}
    earliest, latest = date.get("earliest"), date.get("latest")
    day, last = period(earliest, latest, published)
    event = event_of(row)
    return {
        "type": row["type"],
        "status": row["status"],
        "mode": row["mode"],
        "actors": listed([party(e) for e in event.actors]),
        "recipients": listed([party(e) for e in event.recipients]),
        "earliest": earliest,
        "latest": latest,
        "day": day,
        "last": last,
        "contact": row["contact"],
        "answers": row["answers"],
        "score": row["score"],
        "confidence": row["confidence"],
        "flags": listed(row["flags"]),
        "related": int(RELATED in row["flags"]),
    }


class Party(NamedTuple):
    """Somebody in a row, or its place, as they are looked up; ``name`` is all that may be typed, folded."""

    side: str
    k: int
    party: str
    country: str | None
    sector: str | None
    name: str


def parties(row: Mapping[str, Any]) -> Iterator[Party]:
    """Who and what a row can be found by: actors, recipients, its source and its place."""
    event = event_of(row)
    sides = {"actor": event.actors, "recipient": event.recipients, "source": (event.source.entity,) if event.source else ()}
    for side, entities in sides.items():
        for k, e in enumerate(entities):
            yield Party(side, k, packed(party(e)), e.country, e.sector, folded(e.name, e.span.text, e.role))
    if event.place is not None:
        place = event.place
        yield Party("place", 0, packed(place.name), place.country, None, folded(place.name, place.span.text))


def folded(*names: str | None) -> str:
    """Names as they are compared: letters' case ignored, each with a space before it so that words are found by their beginning."""
    return " " + " | ".join(dict.fromkeys(" ".join(searchable(name).casefold().split()) for name in names if name))


def listed(values: Sequence[str]) -> str:
    """A list of short strings as a column."""
    return json.dumps(values, ensure_ascii=bool(_ODD.search("".join(values)))) if values else "[]"


@lru_cache(maxsize=65_536)
def unlisted(column: str) -> tuple[str, ...]:
    """The strings of a list column; most columns come again and again."""
    return tuple(loads(column)) if column != "[]" else _NO


def head_of(columns: Sequence[Any]) -> Head:
    """A head from its columns (``HEAD``)."""
    return Head(*(unpacked_or_none(value) for value in columns))  # type: ignore[arg-type]  # id and voice are never null


def told_of(head: Head, columns: Sequence[Any]) -> Told:
    """An event from its columns (``TOLD``), under the head of its report."""
    id_, type_, status, mode, actors, recipients, earliest, latest, contact, answers, score, sure, flags, verdict, row = columns
    sides = unlisted(actors), unlisted(recipients)
    days = earliest, latest
    return Told.at_once(
        (id_, head, type_, status, mode, *sides, *days, contact, answers, score, sure, unlisted(flags), _verdict(verdict), row)
    )


def _verdict(column: str | None) -> Verdict | None:
    return column  # type: ignore[return-value]  # the table admits no other words
