"""A record whose every string tries to run: what a desk or an export shows of it must be nothing but letters."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from onrecord.held import Judgement
from onrecord.record import Entity, Event, Note, Quantity, Reading, Report, Source, Span, Statement, When, Where
from onrecord.store import Store, now

PAYLOADS: Final = (
    "<script>window.pwned=1</script>",
    "\"'><img src=x onerror=window.pwned=1>",
    "</script></style></textarea></title><svg onload=window.pwned=1>",
    "javascript:window.pwned=1",
    "{{7919*7907}}{% import os %}${7919*7907}<%= 7919*7907 %>",
    "\u202egnp.exe\u2066 \u200f",
    "\x00\x07\x1b]0;x\x07",
    "' onfocus='window.pwned=1' autofocus='",
)
ALL: Final = " ".join(PAYLOADS)
RUN: Final = str(7919 * 7907)
"""What a template would have made of a payload."""
CONTROLS: Final = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\x07\x1b"


def said(field: str) -> str:
    """A string for one field: every payload, with the field's name, so that a leak names its place."""
    return f"{field} {ALL}"


def readings() -> list[Reading]:
    """Reports whose events are joined, demanded, refused, denied: every ledger has an item of them."""
    return [_reading(number) for number in range(4)]


def _reading(number: int) -> Reading:
    word = f"x{number}"
    sentences = [said(f"{word} {part}") for part in ("call", "demand", "refusal", "threat", "force", "claim", "denial", "plan")]
    text = ".\n\n".join(sentences) + "."
    at = [text.index(sentence) for sentence in sentences]
    whole = [Span.of(text, start, start + len(sentence)) for start, sentence in zip(at, sentences, strict=True)]

    def piece(n: int, first: int, last: int) -> Span:
        return Span.of(text, whole[n].start + first, min(whole[n].start + last, whole[n].end))

    def party(n: int, country: str | None, sector: str | None = "GOV") -> Entity:
        return Entity(piece(n, 0, 60), said("name"), country, sector, said("role"), said("kind"))

    def when(n: int, day: str) -> When:
        return When(piece(n, 5, 40), day, day, "10:30", said("timezone"), "PT30M")

    report = Report(
        text, id=said(f"id{number}") + "/../..", title=said("title"), published=f"2024-03-1{number}",
        url=f"javascript:window.pwned=1//{ALL}", publisher=said(f"publisher{number}"), language="en", author=said("author"),
    )  # fmt: skip
    one, other = party(0, "FRA"), party(0, "DEU")
    made: list[Event] = []
    for n, (type_, status, mode) in enumerate((
        ("CONSULT", "actual", "phone"), ("REQUEST", "actual", "policy"), ("REJECT", "actual", "demand"), ("THREATEN", "actual", "restrict"),
        ("MOBILIZE", "actual", "troops"), ("ASSAULT", "actual", "beat"), ("ASSAULT", "negated", "beat"), ("CONSULT", "planned", "visit"),
    )):  # fmt: skip
        made.append(Event(
            report.id, type_, piece(n, 6, 20), whole[n], mode, status,  # type: ignore[arg-type]
            actors=(one, other) if type_ == "CONSULT" else (party(n, "FRA" if n % 2 else "DEU"),),
            recipients=() if type_ == "CONSULT" else (party(n, "DEU" if n % 2 else "FRA"), party(n, None, None)),
            content=piece(n, 10, 400), date=when(n, "2024-04-20" if status == "planned" else f"2024-03-1{number % 2}"),
            place=Where(piece(n, 3, 30), said("place"), "FRA", 48.8, 2.3, 2988507),
            source=Source(party(n, "FRA" if n % 2 else "DEU"), piece(n, 1, 9), anonymous=n % 3 == 0),
            quantities=(Quantity(100.0 + n, said("unit"), piece(n, 2, 9)),), contact=said("contact") if type_ == "CONSULT" else None,
            contexts=(said("context"),), score=-3.0 if n else 2.5, confidence=0.9, flags=(said("flag"), "damaged-text"),
        ))  # fmt: skip
    made[2] = replace(made[2], answers=made[1].id)
    statement = Statement(report.id, whole[1], piece(1, 1, 9), (piece(1, 10, 90),), speaker=party(1, "FRA"), audience=party(1, "DEU"))
    note = Note(said("code"), said("message"), piece(0, 0, 9))
    return Reading(report, tuple(made), (statement,), (note,))


def record(path: Path) -> Path:
    """The record, with judgements, failures and an earlier version of a report."""
    with Store(path) as store:
        for reading in readings():
            store.put(reading, fingerprint=said("fingerprint"), where=said("where"), raw="0" * 64)
        first, second = readings()[:2]
        store.put(replace(first, report=replace(first.report, title=said("other title"))), fingerprint="f")
        store.judge(Judgement(first.events[0].id, "right", said("by"), now(), {}, said("remark")))
        store.judge(Judgement(second.events[1].id, "wrong", said("by"), now(), {}, said("remark")))
        store.fail(said("failed"), said("reason"))
    return path


def spoil(path: Path) -> None:
    """Put payloads also where only somebody who wrote to the file himself could: types, days, statuses, codes."""
    with sqlite3.connect(path) as db:
        for (trigger,) in list(db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")):
            db.execute(f'DROP TRIGGER "{trigger}"')
        for column in ("type", "status", "mode", "earliest", "day", "contact"):
            _set(db, "events", column, "eid % 3 = 0")
        for column in ("party", "country", "sector", "name"):
            _set(db, "parties", column, "eid % 3 = 1")
        for column in ("published", "voice", "language", "added"):
            _set(db, "reports", column, "rid = 2")
    db.close()


def _set(db: sqlite3.Connection, table: str, column: str, where: str) -> Any:
    return db.execute(f"UPDATE {table} SET {column} = ? WHERE {where}", (said(column).replace("\x00", ""),))
