"""What the API's answers look like, for its OpenAPI description; the data come from ``to_dict`` of what is told.

The fields of rows are those of docs/record.md.  ``Span`` offsets count Unicode code points of the report's text.
"""

from __future__ import annotations

from typing import Any, Generic, Literal, NotRequired, TypeVar

from typing_extensions import TypedDict

Status = Literal["actual", "planned", "possible", "negated"]


class Span(TypedDict):
    """A stretch of a report's text: its words and where they stand."""

    text: str
    start: int
    end: int


class Sentence(TypedDict):
    """The sentence of a row."""

    text: str
    start: int
    end: int


class Entity(Span):
    """A party: its words, whom they mean (PLOVER sector, ISO 3166-1 alpha-3 country or an organisation's code), in what role."""

    name: str | None
    country: str | None
    sector: str | None
    role: str | None
    kind: str | None


class When(Span):
    """A time: its words and the ISO days that they mean."""

    earliest: str | None
    latest: str | None
    time: str | None
    timezone: str | None
    duration: str | None


class Where(Span):
    """A place: its words, name, country, and where that is on the globe (WGS 84)."""

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    geonames: int | None


class Source(Entity):
    """Who says so."""

    anonymous: bool
    quoted: bool
    cue: Span | None


class Quantity(Span):
    """A number with its unit."""

    value: float
    unit: str | None


class Event(TypedDict):
    """One event as one report tells it, corrections applied, with its words."""

    kind: Literal["event"]
    id: str
    report: str
    type: str
    mode: str | None
    status: Status
    actors: list[Entity]
    recipients: list[Entity]
    content: Span | None
    date: When | None
    place: Where | None
    source: Source | None
    trigger: Span
    sentence: Sentence
    quantities: list[Quantity]
    statement: str | None
    contact: str | None
    answers: str | None
    contexts: list[str]
    score: float | None
    confidence: float
    flags: list[str]
    title: str | None
    published: str | None
    publisher: str | None
    voice: str
    verdict: Literal["right", "wrong", "corrected"] | None


class Bounds(TypedDict):
    """Where a sentence stands."""

    start: int
    end: int


class ReadEvent(TypedDict):
    """One event just read; ``sentence`` is given by its ends in the text that was sent."""

    kind: Literal["event"]
    id: str
    report: str
    type: str
    mode: str | None
    status: Status
    actors: list[Entity]
    recipients: list[Entity]
    content: Span | None
    date: When | None
    place: Where | None
    source: Source | None
    trigger: Span
    sentence: Bounds
    quantities: list[Quantity]
    statement: str | None
    contact: str | None
    answers: str | None
    contexts: list[str]
    score: float | None
    confidence: float
    flags: list[str]


class Statement(TypedDict):
    """Who says what, in whose words."""

    kind: Literal["statement"]
    id: str
    report: str
    speaker: Entity | None
    cue: Span
    content: list[Span]
    form: Literal["direct", "indirect", "mixed"]
    anonymous: bool
    audience: Entity | None
    date: When | None
    negated: bool
    sentence: Bounds


class Note(TypedDict):
    """What was noticed about the input."""

    code: str
    message: str
    span: Span | None


class Head(TypedDict):
    """A report without its text.  ``voice``: the id of the first report of the same wire story."""

    id: str
    voice: str
    title: str | None
    published: str | None
    publisher: str | None
    url: str | None
    language: str | None
    author: str | None


class Report(Head):
    """A report with its text and rows."""

    text: str
    events: list[Event]
    statements: list[Statement]
    notes: list[Note]
    judgements: list[dict[str, Any]]
    copies: list[str]


class Excerpt(TypedDict):
    """Some words of a text, and where in them those stand that were searched."""

    words: str
    found: list[tuple[int, int]]


class Hit(TypedDict):
    """A report that a search found."""

    report: Head
    excerpt: Excerpt


class Telling(TypedDict):
    """One row as one report tells it."""

    row: str
    report: str
    voice: str
    publisher: str | None
    title: str | None
    published: str | None
    type: str
    status: Status
    trigger: Span
    sentence: Span
    content: Span | None


class Participant(TypedDict):
    """Who took part."""

    name: str
    country: str | None
    role: str | None


class Topic(TypedDict):
    """One thing that a teller tells of a contact."""

    kind: str
    label: str
    words: Span
    report: str
    row: str


class Account(TypedDict):
    """A contact as one publisher tells it; ``only`` is what no other tells."""

    publisher: str
    tellings: list[Telling]
    items: list[Topic]
    only: list[Topic]


class Contact(TypedDict):
    """A call, meeting, visit or letter, over all reports."""

    id: str
    participants: list[Participant]
    sides: list[str]
    status: Literal["held", "planned", "moved", "cancelled", "possible", "denied"]
    sort: Literal["phone", "video", "letter", "visit", "meeting", "multilateral", "third-party", "talks"]
    first: str | None
    last: str | None
    planned_for: list[str]
    time: str | None
    timezone: str | None
    duration: str | None
    place: str | None
    initiator: str | None
    topics: list[str]
    voices: int
    rows: list[str]
    accounts: list[Account]


class Answer(TypedDict):
    """An answer to a demand."""

    verdict: Literal["accepted", "refused", "partly"]
    by: list[str]
    day: str | None
    telling: Telling


class Demand(TypedDict):
    """Who demands what of whom, and every answer."""

    id: str
    by: list[str]
    of: list[str]
    content: Span
    since: str | None
    outcome: Literal["accepted", "refused", "partly", "none yet"]
    voices: int
    tellings: list[Telling]
    answers: list[Answer]
    rows: list[str]


class Warning(TypedDict):
    """A threat or warning."""

    id: str
    by: list[str]
    against: list[str]
    mode: str | None
    consequence: Span
    condition: Span | None
    since: str | None
    voices: int
    tellings: list[Telling]
    carried_out: list[Telling]
    rows: list[str]


class Item(TypedDict):
    """Something on the agenda."""

    id: str
    type: str
    what: str
    parties: list[str]
    status: Literal["planned", "moved", "cancelled", "held"]
    first: str
    last: str
    time: str | None
    timezone: str | None
    place: str | None
    planned_for: list[str]
    voices: int
    tellings: list[Telling]
    rows: list[str]


class Voice(TypedDict):
    """Who asserts or denies, in which row."""

    by: str
    telling: Telling


class Dispute(TypedDict):
    """What one source asserts and another denies."""

    id: str
    kind: Literal["event", "accusation"]
    type: str
    actors: list[str]
    recipients: list[str]
    since: str | None
    asserted: list[Voice]
    denied: list[Voice]
    rows: list[str]


class Figure(TypedDict):
    """A figure of forces."""

    value: float
    unit: str | None
    day: str | None
    says: str
    status: str
    words: Span
    telling: Telling


class Force(TypedDict):
    """One owner's forces of one kind at one place."""

    owner: str
    place: str | None
    kind: str
    figures: list[Figure]
    tellings: list[Telling]
    rows: list[str]


class Happening(TypedDict):
    """One event over all reports."""

    id: str
    type: str
    status: str
    actors: list[str]
    recipients: list[str]
    first: str | None
    last: str | None
    voices: int
    contact: str | None
    tellings: list[Telling]
    rows: list[str]


class Tension(TypedDict):
    """PLOVER's score from one country toward another in one period."""

    source: str
    target: str
    first: str
    last: str
    mean: float
    sum: float
    count: int


class Failure(TypedDict):
    """What could not be taken in."""

    where: str
    reason: str
    at: str


class Value(TypedDict):
    """A value of a facet, and how many events have it."""

    value: str
    count: int


Thing = TypeVar("Thing")


class Page(TypedDict, Generic[Thing]):
    """A page of a list; ``next`` is the ``after`` of the next page, null at the end."""

    items: list[Thing]
    next: str | None


class Summary(TypedDict):
    """What the record holds."""

    record: str
    version: str
    counts: dict[str, int]
    first: str | None
    last: str | None
    links: dict[str, str]


class Reading(TypedDict):
    """What a text says."""

    report: str
    events: list[ReadEvent]
    statements: list[Statement]
    notes: list[Note]


class Fault(TypedDict):
    """What is wrong."""

    status: int
    code: str
    message: str
    parameter: NotRequired[str]


class Error(TypedDict):
    """Every error has this shape."""

    error: Fault
