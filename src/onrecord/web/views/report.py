"""One report: its text with the words of its rows marked, beside the rows, each a click from its words and back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from onrecord.export import words
from onrecord.export.html import Row, Segment, anchor, paragraphs, parts, pieces
from onrecord.held import Head, Told
from onrecord.keeping import Record
from onrecord.record import Event, InputError, Span, Statement
from onrecord.store import Kept, Said, Spoken, Version
from onrecord.store.values import loads
from onrecord.web import answers, highlight
from onrecord.web.desk import desk_of
from onrecord.web.filters import Query, parsed
from onrecord.web.sheets import number
from onrecord.web.shelf import Shelf, shelf
from onrecord.web.stretches import Stretch, of, stretches

router = APIRouter(include_in_schema=False)
INDEX: Final = 5_000
"""Rows on other pages that are listed on each page of a long report, so that a link to any of them leads on."""
HEADLINE: Final = 200
"""Characters from which on a first line is no headline."""
EARLIER: Final = 4_000
"""Characters of an earlier version that are shown."""
TONGUE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
PART_WORDS: Final = {
    "trigger": "what names the event", "actor": "who acts", "recipient": "toward whom", "quantity": "a number", "content": "what about",
    "date": "when", "place": "where", "source": "who says so", "cue": "by which word", "audience": "to whom",
}  # fmt: skip
"""What the parts of a sentence are to a row."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row on the page, with its number in the report, its words, and what people said of it."""

    number: int
    id: str
    row: Row
    told: Told | None
    evidence: Markup
    judged: tuple[Said, ...]
    siblings: tuple[tuple[str, int | None], ...] = ()
    """The other rows that tell of the same call or meeting: id, and number if it stands on this page."""

    @property
    def verdict(self) -> str | None:
        """What counts of what people said."""
        return self.told.verdict if self.told else None

    @property
    def last(self) -> Said | None:
        """The judgement that counts."""
        return next((said for said in reversed(self.judged) if said.undone_at is None and not said.orphan), None)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What was wrong with a judgement, and of which row it was given."""

    row: str
    message: str


@dataclass
class Sheet:
    """What one page of a report shows: a stretch of its text with the rows in it."""

    kept: Kept
    cut: Sequence[Stretch]
    at: int
    starts: Sequence[int]
    events: Sequence[Told]
    statements: Sequence[Spoken]
    before: int
    """Rows on the pages before."""
    others: Sequence[tuple[str, int]] = ()
    """Rows on other pages, each with its page."""
    ids: dict[int, str] = field(default_factory=dict)

    @cached_property
    def told(self) -> dict[int, Told]:
        """The event rows of this page by the identity of what they hold: a corrected row's own id is another one."""
        return {id(event): told for event, told in self._events}

    @cached_property
    def _events(self) -> list[tuple[Event, Told]]:
        return [(told.event, told) for told in self.events]

    @cached_property
    def _spoken(self) -> list[tuple[Statement, Spoken]]:
        return [(spoken.statement, spoken) for spoken in self.statements]

    @cached_property
    def rows(self) -> list[Row]:
        """Events and statements of this page in the order of the text."""
        rows: list[Row] = [event for event, _ in self._events]
        rows += [said for said, _ in self._spoken]
        return sorted(rows, key=_in_text)

    @cached_property
    def names(self) -> dict[int, highlight.Named]:
        """What each row is called, by identity."""
        ids = {id(event): told.id for event, told in self._events} | {id(said): spoken.id for said, spoken in self._spoken}
        return {id(row): _named(n, ids[id(row)], row, self.told.get(id(row))) for n, row in enumerate(self.rows, self.before + 1)}

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The rows' numbers by their ids."""
        return {named.id: named.number for named in self.names.values()}

    def text(self) -> list[Markup]:
        """The lines of the text, marked."""
        lit: dict[str, str] = {}
        for row in self.rows:
            lit[row.id] = f"{lit[row.id]} {self._name(row).number}" if row.id in lit else str(self._name(row).number)
        return [highlight.line(line, self._name, lit) for line in self._lines()]

    def _name(self, row: Row) -> highlight.Named:
        return self.names[id(row)]

    def _lines(self) -> list[list[Segment]]:
        """This page's lines; what comes before is as good as empty, so that offsets stay those of the text."""
        first, last = self.cut[self.at]
        return paragraphs("\n" * first + self.kept.report.text[first:last], self.rows)

    def lines(self) -> list[tuple[int, list[Line]]]:
        """The rows by the number of their paragraph in the text, from 0."""
        starts = words.paragraphs(self.kept.report.text)
        found: dict[int, list[Line]] = {}
        for row in self.rows:
            found.setdefault(words.paragraph(starts, row.sentence.start), []).append(self._line(row))
        return list(found.items())

    def _line(self, row: Row) -> Line:
        named, told = self._name(row), self.told.get(id(row))
        judged = tuple(self._judged.get(named.id, ()))
        return Line(named.number, named.id, row, told, evidence(row), judged, self._siblings(told))

    @cached_property
    def _judged(self) -> dict[str, list[Said]]:
        found: dict[str, list[Said]] = {}
        for said in self.kept.judgements:
            found.setdefault(said.judgement.row, []).append(said)
        return found

    @cached_property
    def _contacts(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for told in self.kept.events:
            if told.contact is not None:
                found.setdefault(told.contact, []).append(told.id)
        return found

    def _siblings(self, told: Told | None) -> tuple[tuple[str, int | None], ...]:
        if told is None or told.contact is None:
            return ()
        return tuple((id_, self.numbers.get(id_)) for id_ in self._contacts[told.contact] if id_ != told.id)

    @property
    def headed(self) -> bool:
        """Whether this page begins with a line that looks like a headline."""
        return self.at == 0 and len(self.kept.report.text.lstrip()[:HEADLINE].partition("\n")[0]) < HEADLINE

    @property
    def gone(self) -> list[Said]:
        """What was said of rows that are not there any more."""
        return [said for said in self.kept.judgements if said.orphan]

    def counts(self) -> list[tuple[str, int]]:
        """The types on this page with their counts, the most frequent first."""
        found: dict[str, int] = {}
        for told in self.events:
            found[told.type] = found.get(told.type, 0) + 1
        return sorted(found.items(), key=lambda one: (-one[1], one[0]))


def _in_text(row: Row) -> tuple[int, bool, int, int]:
    """By sentence, events before statements, then by the words that stand for the row."""
    return (row.sentence.start, isinstance(row, Statement), anchor(row).start, anchor(row).end)


def _named(n: int, id_: str, row: Row, told: Told | None) -> highlight.Named:
    if isinstance(row, Statement):
        return highlight.Named(n, id_, "statement", "statement")
    label = words.labels("types").get(row.type, {})
    said = f"{label.get('name', row.type)}{f' / {row.mode}' if row.mode else ''}, {row.status}"
    judged = "judged-wrong" if told is not None and told.verdict == "wrong" else None
    return highlight.Named(n, id_, highlight.classes(row.type, row.status, label.get("family"), judged), said)


def evidence(row: Row) -> Markup:
    """A row's sentence with its parts marked by what they are to the row; a statement's words, which may go beyond it."""
    if isinstance(row, Statement):
        reach = [span for span in row.content if not row.sentence.overlaps(span)]
        more = Markup("").join(Markup(" … ") + highlight.tag("span", span.text, class_="part content") for span in reach)
        return highlight.evidence(_pieces(row.sentence, row), PART_WORDS) + more
    return highlight.evidence(_pieces(row.sentence, row), PART_WORDS)


def _pieces(sentence: Span, row: Row) -> list[tuple[str, Sequence[str]]]:
    return [(piece.text, piece.roles) for piece in pieces(sentence, [part for part in parts(row) if sentence.overlaps(part[1])])]


# ---------------------------------------------------------------- the page


@router.get("/report/{id_:path}")
def report(request: Request, id_: str) -> Response:
    """One report."""
    query = parsed(request, own=("page", "row"))
    with desk_of(request).record() as record:
        kept = _found(request, record, id_)
    return shown(request, kept, query)


def _found(request: Request, record: Record, id_: str) -> Kept:
    """The report; an id that UTF-8 cannot carry is taken from the address as it was sent."""
    found = record.store.report(id_)
    if found is None and "\N{REPLACEMENT CHARACTER}" in id_:
        raw: bytes = request.scope.get("raw_path", b"").partition(b"?")[0]
        found = record.store.report(unquote_to_bytes(raw)[len(b"/report/") :].decode("utf-8", "surrogatepass"))
    if found is None:
        raise InputError(f"there is no report {id_!r} in this record")
    return found


def shown(request: Request, kept: Kept, query: Query, trouble: Trouble | None = None, status: int = 200) -> Response:
    """The page of a report; ``trouble`` is told beside its row."""
    sheet = _sheet(kept, query, trouble)
    on_shelf = shelf(desk_of(request))
    context: dict[str, Any] = {
        "query": query,
        "sheet": sheet,
        "kept": kept,
        "title": words.clean(kept.head.title or kept.report.text.strip().partition("\n")[0])[:300] or words.clean(kept.head.id),
        "tongue": kept.report.language if kept.report.language and TONGUE.fullmatch(kept.report.language) else None,
        "beside": on_shelf.beside(kept.head.id),
        "copies": [*_copies(kept, on_shelf)],
        "versions": [_earlier(version) for version in reversed(kept.versions)],
        "trouble": trouble,
        "sought": query.own.get("row"),
        "by": judge_of(request),
        "part_words": PART_WORDS,
    }
    return answers.page(request, "report.html", status, **context)


def judge_of(request: Request) -> str:
    """The name under which this browser judged last."""
    return unquote_to_bytes(request.cookies.get("onrecord-by", "")).decode("utf-8", "replace")[:100]


def _sheet(kept: Kept, query: Query, trouble: Trouble | None) -> Sheet:
    """The page that is asked for by its number or by a row on it."""
    starts = {told.id: _start(told.row) for told in kept.events} | {said.id: _start(said.row) for said in kept.statements}
    cut = stretches(kept.report.text, sorted(starts.values()))
    row = trouble.row if trouble else query.own.get("row")
    page = of(cut, starts[row]) if row in starts else (number(query, "page", len(cut)) or 1) - 1
    pages = {id_: of(cut, start) for id_, start in starts.items()} if len(cut) > 1 else dict.fromkeys(starts, 0)
    return Sheet(
        kept,
        cut,
        page,
        sorted(starts.values()),
        [told for told in kept.events if pages[told.id] == page],
        [said for said in kept.statements if pages[said.id] == page],
        sum(at < page for at in pages.values()),
        [(id_, at + 1) for id_, at in pages.items() if at != page] if len(starts) <= INDEX else (),
    )


def _start(row: str | bytes) -> int:
    """Where the sentence of a held row begins; read without making the row."""
    return int(loads(row)["sentence"]["start"])


def _copies(kept: Kept, on_shelf: Shelf) -> Iterator[Head]:
    """The heads of the other reports that tell this story."""
    for id_ in kept.copies:
        yield on_shelf.head(id_) or Head(id_, kept.head.voice)


def _earlier(version: Version) -> Mapping[str, Any]:
    """What is shown of an earlier version."""
    text = version.report.text
    return {
        "title": version.report.title,
        "published": version.report.published,
        "added": version.added,
        "replaced": version.replaced,
        "rows": len(version.rows),
        "text": text[:EARLIER],
        "cut": len(text) > EARLIER,
    }
