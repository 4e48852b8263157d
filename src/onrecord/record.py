"""The spine: every public type of onrecord, its exceptions, its JSON and its one-line notation.

Nothing here imports another module of ours.  The fields follow the record's format page
(docs/record.md); every offset counts Unicode code points of ``Report.text``.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Final, Literal

Status = Literal["actual", "planned", "possible", "negated"]
Form = Literal["direct", "indirect", "mixed"]

TYPES: Final = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
STATUSES: Final[tuple[Status, ...]] = ("actual", "planned", "possible", "negated")
FLAGS: Final = ("related-link", "damaged-text", "historical", "unresolved-date")


class OnrecordError(Exception):
    """Base of every error that onrecord raises on purpose; the message is fit for a user."""


class InputError(OnrecordError):
    """The input cannot be read: says what and where."""


class KnowledgeError(OnrecordError):
    """A knowledge file does not fit its schema: names file, entry and field."""


class NotationError(OnrecordError):
    """A one-line notation cannot be parsed: says where."""


# ---------------------------------------------------------------- values


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a report's text: ``report.text[start:end] == text``."""

    text: str
    start: int
    end: int

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """Cut ``text[start:end]``: the one place where a span is made from a text."""
        return cls(text[start:end], start, end)

    def __len__(self) -> int:
        return self.end - self.start

    def contains(self, other: Span) -> bool:
        """True when the other span lies inside this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """True when the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def matches(self, text: str) -> bool:
        """True when the span's words are exactly the words of ``text`` at its offsets."""
        return text[self.start : self.end] == self.text


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody who acts, is acted upon, or speaks; ``span`` is where this row says so."""

    span: Span
    name: str | None = None
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    kind: str | None = None
    """What sort of thing: person, state, government, organisation, group, people, place or role."""


@dataclass(frozen=True, slots=True)
class When:
    """When something happens: the words, and the interval of days they mean (both ends inclusive)."""

    span: Span
    earliest: str | None = None
    latest: str | None = None
    time: str | None = None
    timezone: str | None = None
    duration: str | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """Where something happens."""

    span: Span
    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonames: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Who says that the event is so, when it is not the reporter."""

    entity: Entity
    cue: Span | None = None
    anonymous: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: 100,000 troops, 50 minutes, $200 million (``unit`` USD)."""

    value: float
    unit: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Note:
    """Something about the input that the reader should know; never an exception, never silence."""

    code: str
    message: str
    span: Span | None = None


# ---------------------------------------------------------------- the report


@dataclass(frozen=True, slots=True)
class Report:
    """One news report.  ``id`` defaults to a hash of the text; ``published`` is an ISO date or None."""

    text: str
    id: str = ""
    title: str | None = None
    published: str | None = None
    url: str | None = None
    publisher: str | None = None
    language: str | None = None
    author: str | None = None

    def __post_init__(self) -> None:
        if not self.id:
            object.__setattr__(self, "id", digest(self.text))


def digest(*parts: object) -> str:
    """A short stable id of the parts: 16 hex digits of SHA-256 (lone surrogates allowed)."""
    joined = "\x1f".join(str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


# ---------------------------------------------------------------- the rows


@dataclass(frozen=True, slots=True)
class Event:
    """One event as one sentence of one report tells it (see docs/record.md, field by field)."""

    report: str
    type: str
    trigger: Span
    sentence: Span
    mode: str | None = None
    status: Status = "actual"
    actors: tuple[Entity, ...] = ()
    recipients: tuple[Entity, ...] = ()
    content: Span | None = None
    date: When | None = None
    place: Where | None = None
    source: Source | None = None
    quantities: tuple[Quantity, ...] = ()
    statement: str | None = None
    contact: str | None = None
    answers: str | None = None
    contexts: tuple[str, ...] = ()
    score: float | None = None
    confidence: float = 0.5
    flags: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The same report read twice gives the same ids."""
        return digest(self.report, self.trigger.start, self.trigger.end, self.type)

    def to_dict(self) -> dict[str, Any]:
        """The row as JSON-ready data, in the order of the record's format page."""
        return {
            "kind": "event",
            "id": self.id,
            "report": self.report,
            "type": self.type,
            "mode": self.mode,
            "status": self.status,
            "actors": [_entity(e) for e in self.actors],
            "recipients": [_entity(e) for e in self.recipients],
            "content": _span(self.content),
            "date": None if self.date is None else _flat(self.date),
            "place": None if self.place is None else _flat(self.place),
            "source": None if self.source is None else _source(self.source),
            "trigger": _span(self.trigger),
            "sentence": {"start": self.sentence.start, "end": self.sentence.end},
            "quantities": [_quantity(q) for q in self.quantities],
            "statement": self.statement,
            "contact": self.contact,
            "answers": self.answers,
            "contexts": list(self.contexts),
            "score": self.score,
            "confidence": self.confidence,
            "flags": list(self.flags),
        }

    def spans(self) -> Iterator[Span]:
        """Every span of the row, for checking and for highlighting."""
        yield self.trigger
        yield self.sentence
        for entity in (*self.actors, *self.recipients):
            yield entity.span
        yield from (q.span for q in self.quantities)
        for part in (self.content, self.date, self.place):
            if part is not None:
                yield part if isinstance(part, Span) else part.span
        if self.source is not None:
            yield self.source.entity.span
            if self.source.cue is not None:
                yield self.source.cue

    def __str__(self) -> str:
        return notation(self)


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody other than the reporter says, writes, thinks or denies something."""

    report: str
    sentence: Span
    cue: Span
    content: tuple[Span, ...]
    form: Form = "indirect"
    speaker: Entity | None = None
    anonymous: bool = False
    audience: Entity | None = None
    date: When | None = None
    negated: bool = False

    @property
    def id(self) -> str:
        """Stable over readings, distinct from any event's id."""
        return digest(self.report, self.cue.start, self.cue.end, "statement", *(c.start for c in self.content[:1]))

    def to_dict(self) -> dict[str, Any]:
        """The row as JSON-ready data, in the order of the record's format page."""
        return {
            "kind": "statement",
            "id": self.id,
            "report": self.report,
            "speaker": None if self.speaker is None else _entity(self.speaker),
            "cue": _span(self.cue),
            "content": [_span(c) for c in self.content],
            "form": self.form,
            "anonymous": self.anonymous,
            "audience": None if self.audience is None else _entity(self.audience),
            "date": None if self.date is None else _flat(self.date),
            "negated": self.negated,
            "sentence": {"start": self.sentence.start, "end": self.sentence.end},
        }

    def spans(self) -> Iterator[Span]:
        """Every span of the row."""
        yield self.sentence
        yield self.cue
        yield from self.content
        for entity in (self.speaker, self.audience):
            if entity is not None:
                yield entity.span
        if self.date is not None:
            yield self.date.span


@dataclass(frozen=True, slots=True)
class Reading:
    """What one report says: its events and statements in the order of the text, and notes on the input."""

    report: Report
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    notes: tuple[Note, ...] = field(default=())

    def __repr__(self) -> str:
        return f"<Reading of {self.report.id}: {len(self.events)} events, {len(self.statements)} statements, {len(self.notes)} notes>"

    def __str__(self) -> str:
        """The events in one-line notation, one a line."""
        return "\n".join(notation(event) for event in self.events)

    def rows(self) -> Iterator[Event | Statement]:
        """Events, then statements."""
        yield from self.events
        yield from self.statements

    def to_dicts(self) -> list[dict[str, Any]]:
        """Events, then statements, as JSON-ready rows."""
        return [row.to_dict() for row in self.rows()]

    def to_jsonl(self) -> str:
        """One JSON object a line; lone surrogates come out as escapes."""
        return "".join(to_json(row) + "\n" for row in self.to_dicts())

    def check(self) -> None:
        """Assert that every span of every row quotes the report exactly; AssertionError names the span."""
        text = self.report.text
        for row in self.rows():
            for span in row.spans():
                assert span.matches(text), f"{span} is not what the report says at these offsets"


def to_json(row: dict[str, Any]) -> str:
    """One row as one line of JSON; characters UTF-8 cannot carry are escaped."""
    line = json.dumps(row, ensure_ascii=False)
    return line if not _SURROGATE.search(line) else json.dumps(row)


_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def _span(span: Span | None) -> dict[str, Any] | None:
    return None if span is None else {"text": span.text, "start": span.start, "end": span.end}


def _flat(value: When | Where) -> dict[str, Any]:
    """A value with a ``span`` slot as one flat object: the words first, then the rest."""
    out = dict(_span(value.span) or {})
    out.update((f.name, getattr(value, f.name)) for f in fields(value) if f.name != "span")
    return out


def _entity(entity: Entity) -> dict[str, Any]:
    out = dict(_span(entity.span) or {})
    out.update(name=entity.name, country=entity.country, sector=entity.sector, role=entity.role, kind=entity.kind)
    return out


def _source(source: Source) -> dict[str, Any]:
    return {**_entity(source.entity), "anonymous": source.anonymous, "quoted": source.quoted, "cue": _span(source.cue)}


def _quantity(quantity: Quantity) -> dict[str, Any]:
    return {"value": quantity.value, "unit": quantity.unit, **(_span(quantity.span) or {})}


# ---------------------------------------------------------------- rows read back from their JSON


def event_from(row: Mapping[str, Any], sentence: str) -> Event:
    """The event that ``to_dict`` wrote down; ``sentence`` is the words of its sentence, of which a row keeps the ends only.

    KeyError, TypeError or ValueError on data that no event wrote.
    """
    return Event(
        report=row["report"],
        type=row["type"],
        mode=row["mode"],
        status=row["status"],
        actors=tuple(_to_entity(e) for e in row["actors"]),
        recipients=tuple(_to_entity(e) for e in row["recipients"]),
        content=_to_span(row["content"]),
        date=_to_when(row["date"]),
        place=_to_where(row["place"]),
        source=_to_source(row["source"]),
        trigger=_quoted_span(row["trigger"]),
        sentence=Span(sentence, row["sentence"]["start"], row["sentence"]["end"]),
        quantities=tuple(Quantity(q["value"], q["unit"], _quoted_span(q)) for q in row["quantities"]),
        statement=row["statement"],
        contact=row["contact"],
        answers=row["answers"],
        contexts=tuple(row["contexts"]),
        score=row["score"],
        confidence=row["confidence"],
        flags=tuple(row["flags"]),
    )


def statement_from(row: Mapping[str, Any], sentence: str) -> Statement:
    """The statement that ``to_dict`` wrote down; ``sentence`` and errors as for ``event_from``."""
    return Statement(
        report=row["report"],
        sentence=Span(sentence, row["sentence"]["start"], row["sentence"]["end"]),
        cue=_quoted_span(row["cue"]),
        content=tuple(_quoted_span(part) for part in row["content"]),
        form=row["form"],
        speaker=None if row["speaker"] is None else _to_entity(row["speaker"]),
        anonymous=row["anonymous"],
        audience=None if row["audience"] is None else _to_entity(row["audience"]),
        date=_to_when(row["date"]),
        negated=row["negated"],
    )


def _quoted_span(value: Mapping[str, Any]) -> Span:
    return Span(value["text"], value["start"], value["end"])


def _to_span(value: Mapping[str, Any] | None) -> Span | None:
    return None if value is None else _quoted_span(value)


def _to_entity(value: Mapping[str, Any]) -> Entity:
    return Entity(_quoted_span(value), *(value[key] for key in ("name", "country", "sector", "role", "kind")))


def _to_when(value: Mapping[str, Any] | None) -> When | None:
    if value is None:
        return None
    return When(_quoted_span(value), *(value[key] for key in ("earliest", "latest", "time", "timezone", "duration")))


def _to_where(value: Mapping[str, Any] | None) -> Where | None:
    if value is None:
        return None
    return Where(_quoted_span(value), *(value[key] for key in ("name", "country", "lat", "lon", "geonames")))


def _to_source(value: Mapping[str, Any] | None) -> Source | None:
    if value is None:
        return None
    return Source(_to_entity(value), _to_span(value["cue"]), value["anonymous"], value["quoted"])


# ---------------------------------------------------------------- the one-line notation


def party(entity: Entity) -> str:
    """``RUS.GOV``, ``NATO``, ``.REB`` (no country), or the quoted words where neither code is known."""
    if entity.country or entity.sector:
        return f"{entity.country or ''}" + (f".{entity.sector}" if entity.sector else "")
    return f'"{entity.span.text}"'


def notation(event: Event) -> str:
    """One event on one line: ``REJECT/yield actual RUS.GOV > USA.GOV on 2021-12-17 says RUS.GOV "rejected"``."""
    parts = [event.type + (f"/{event.mode}" if event.mode else ""), event.status]
    parts.append(" + ".join(party(e) for e in event.actors) or "-")
    if event.recipients:
        parts += [">", " + ".join(party(e) for e in event.recipients)]
    if event.date is not None and event.date.earliest is not None:
        same = event.date.earliest == event.date.latest
        parts += ["on", event.date.earliest if same else f"{event.date.earliest}..{event.date.latest}"]
    if event.place is not None:
        parts += ["in", f'"{event.place.name}"']
    if event.source is not None:
        parts += ["says", "anonymous" if event.source.anonymous else party(event.source.entity)]
    parts.append(f'"{event.trigger.text}"')
    return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Line:
    """A parsed one-line notation.  None means that the line does not say (anything goes); () means none."""

    type: str
    trigger: str
    mode: str | None = None
    status: Status | None = None
    actors: tuple[str, ...] | None = None
    recipients: tuple[str, ...] | None = None
    date: tuple[str, str] | None = None
    place: str | None = None
    source: str | None = None

    def fits(self, event: Event) -> bool:
        """True when the event agrees with everything that the line says."""
        return not self.misfits(event)

    def misfits(self, event: Event) -> list[str]:
        """The names of the fields in which the event differs from the line."""
        got = parse_notation(notation(event))
        return [f.name for f in fields(self) if _differs(f.name, getattr(self, f.name), getattr(got, f.name))]


def _differs(name: str, want: object, got: object) -> bool:
    """A field that the line leaves out is free; recipients left out mean that there are none."""
    if want is None:
        return name == "recipients" and bool(got)
    if name in ("actors", "recipients") and isinstance(want, tuple):
        return sorted(want) != sorted(got if isinstance(got, tuple) else ())
    return want != got


_NOTATION: Final = re.compile(
    r"(?P<type>[A-Z]+)(?:/(?P<mode>[\w-]+))?"
    r"(?: (?P<status>actual|planned|possible|negated))?"
    r"(?: (?P<actors>-|(?:[\w.]+|\"[^\"]+\")(?: \+ (?:[\w.]+|\"[^\"]+\"))*))?"
    r"(?: > (?P<recipients>(?:[\w.]+|\"[^\"]+\")(?: \+ (?:[\w.]+|\"[^\"]+\"))*))?"
    r"(?: on (?P<date>[\d-]+(?:\.\.[\d-]+)?))?"
    r"(?: in \"(?P<place>[^\"]+)\")?"
    r"(?: says (?P<source>[\w.]+|\"[^\"]+\"))?"
    r" \"(?P<trigger>[^\"]+)\""
)


def parse_notation(line: str) -> Line:
    """Read a one-line notation; NotationError says what is wrong with the line."""
    found = _NOTATION.fullmatch(line.strip())
    if found is None:
        raise NotationError(f"not a row in one-line notation: {line!r}")
    if found["type"] not in TYPES:
        raise NotationError(f"no such type: {found['type']} in {line!r}")
    day = found["date"]
    first, _, last = (day or "").partition("..")
    return Line(
        type=found["type"],
        mode=found["mode"],
        status=found["status"],  # type: ignore[arg-type]  # the pattern admits no other word
        actors=_parties(found["actors"]),
        recipients=_parties(found["recipients"]),
        date=(first, last or first) if day else None,
        place=found["place"],
        source=found["source"],
        trigger=found["trigger"],
    )


def _parties(words: str | None) -> tuple[str, ...] | None:
    if words is None:
        return None
    return () if words == "-" else tuple(words.split(" + "))


def check_report(report: Report) -> Iterable[str]:
    """What is wrong with a report's own fields, in words; empty when nothing is."""
    if report.published is not None and not _is_day(report.published):
        yield f"published is not an ISO date (YYYY-MM-DD): {report.published!r}"


def _is_day(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
