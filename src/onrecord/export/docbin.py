"""spaCy DocBin: one Doc a report, tokenised by spaCy's blank English, its rows as span groups.

``doc.spans["onrecord"]`` has every part of every row, labelled with its role (trigger, actor, recipient, content, date,
…), ``span.id_`` naming the row and ``span.kb_id_`` the party's code; ``doc.spans["onrecord_events"]`` has the triggers,
labelled with the type.  A span that ends inside a token takes the whole token.  The rows themselves, with exact offsets
in code points, stand in ``doc.user_data["onrecord"]``; with ``import onrecord.pipe`` they are ``doc._.onrecord``, a
Reading.  Lone surrogates become the replacement character.  All docs are in memory until the file is written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Final

from onrecord.export.parts import Part, Row, parts
from onrecord.export.words import code
from onrecord.held import held_row
from onrecord.record import Entity, Event, Note, Reading, Report, Span, Statement, event_from, statement_from

GROUP: Final = "onrecord"
SURROGATE: Final = re.compile("[\ud800-\udfff]")
RUN: Final = re.compile(r"\S{100,}")
"""No word is that long, only addresses are; the tokenizer takes minutes over 20,000 brackets.  Such a run is one token."""
ABOUT: Final = ("id", "title", "published", "url", "publisher", "language", "author")


def write(readings: Iterable[Reading], stream: BinaryIO) -> None:
    """Write the docs as one DocBin, which ``DocBin().from_disk(path)`` reads."""
    import spacy
    from spacy.tokens import DocBin

    blank = spacy.blank("en")
    docs = DocBin(attrs=["ORTH"], store_user_data=True)
    for reading in readings:
        doc = document(reading.report.text, blank)
        mark(doc, reading)
        docs.add(doc)
    stream.write(docs.to_bytes())


def document(text: str, pipeline: Any) -> Any:
    """A text as a Doc, tokenised by the pipeline's tokenizer; its text is the same, lone surrogates apart."""
    from spacy.tokens import Doc

    text = _carried(text)
    if not RUN.search(text):
        return pipeline.tokenizer(text)
    words: list[str] = []
    spaces: list[bool] = []
    for piece in _around_runs(text):
        tokens = [(piece, False)] if RUN.fullmatch(piece) else [(t.text, bool(t.whitespace_)) for t in pipeline.tokenizer(piece)]
        words += [word for word, _ in tokens]
        spaces += [space for _, space in tokens]
    return Doc(pipeline.vocab, words=words, spaces=spaces)


def _around_runs(text: str) -> Iterator[str]:
    """The text in pieces: long runs, and what stands between them."""
    at = 0
    for run in RUN.finditer(text):
        yield from (piece for piece in (text[at : run.start()], run[0]) if piece)
        at = run.end()
    if at < len(text):
        yield text[at:]


def mark(doc: Any, reading: Reading, group: str = GROUP) -> None:
    """Put a reading's rows on a Doc of its report's text: the span groups, and the rows in ``user_data``."""
    roles = (_span(doc, part, row, part.role) for row in reading.rows() for part in parts(row))
    triggers = (_span(doc, parts(event)[0], event, event.type) for event in reading.events)
    doc.spans[group] = [span for span in roles if span is not None]
    doc.spans[f"{group}_events"] = [span for span in triggers if span is not None]
    doc.user_data[GROUP] = packed(reading)


def _span(doc: Any, part: Part, row: Row, label: str) -> Any:
    """A part as a span of whole tokens; None where no token is."""
    kb = code(part.value) if isinstance(part.value, Entity) else ""
    ends = part.span.start, part.span.end
    return doc.char_span(*ends, label=label, kb_id=kb, span_id=row.id, alignment_mode="expand")


def packed(reading: Reading) -> dict[str, Any]:
    """A reading without its text as JSON-ready data, which a Doc can be saved with."""
    data = {
        "report": {name: getattr(reading.report, name) for name in ABOUT},
        "events": [held_row(event) for event in reading.events],
        "statements": [_held_statement(statement) for statement in reading.statements],
        "notes": [[note.code, note.message, note.span and [note.span.start, note.span.end]] for note in reading.notes],
    }
    carried: dict[str, Any] = json.loads(_carried(json.dumps(data, ensure_ascii=False)))
    return carried


def _carried(text: str) -> str:
    """The text as UTF-8 can carry it, at the same offsets."""
    return SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def _held_statement(statement: Statement) -> dict[str, Any]:
    row = statement.to_dict()
    row["sentence"]["text"] = statement.sentence.text
    return row


def unpacked(data: dict[str, Any], text: str) -> Reading:
    """The reading that ``packed`` put away; ``text`` is the Doc's.  KeyError, TypeError or ValueError on other data."""
    return Reading(
        Report(text, **data["report"]),
        tuple(_event(row) for row in data["events"]),
        tuple(statement_from(row, row["sentence"]["text"]) for row in data["statements"]),
        tuple(Note(name, message, ends and Span.of(text, *ends)) for name, message, ends in data["notes"]),
    )


def _event(row: dict[str, Any]) -> Event:
    return event_from(row, row["sentence"]["text"])
