"""A record that grows: reports are taken in, read, held in one file, and joined into one story.

``Record`` is the Python face of the commands: the same verbs, the same answers.
"""

from __future__ import annotations

import dataclasses
import functools
import gc
import itertools
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, Self, TypeVar

from onrecord import intake, ledger
from onrecord.edition import fingerprint
from onrecord.export import frames
from onrecord.held import Head, Judgement, Told, Verdict, Wanted
from onrecord.intake import Failure, Loaded, Options
from onrecord.ledger.agenda import FOR_DEEDS, deeds, place
from onrecord.ledger.answers import QUESTIONS, Compared, edition, holding, line, lines
from onrecord.ledger.tellings import EVERY
from onrecord.record import Event, InputError, Note, Reading
from onrecord.store import (
    Answer,
    Arrival,
    Dyad,
    Failed,
    Hit,
    JudgementError,
    Kept,
    Outcome,
    Problem,
    RecordBusyError,
    RecordFullError,
    RecordReadOnlyError,
    Said,
    Spoken,
    Store,
    StoreError,
    Tally,
    Validators,
    now,
)
from onrecord.store.answers import by_gist, parted, texts
from onrecord.store.values import loads

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

__all__ = ["Added", "Count", "Record", "uncollected"]

BATCH: Final = 32
"""Reports that are read and entered together; what an interruption can cost is at most the work on so many."""


ACCOUNTS: Final = "accounts"
"""Under this name the record keeps what each report tells of its contacts, from which questions about contacts begin."""
AGAIN: Final = 0.4
"""The part of its cost that a question about contacts costs again when few reports have changed."""
NO_AGE: Final = -1
"""The age of an answer that is not there, or that no record can keep."""
GUESS: Final = 0.0002
"""Seconds a row that a question costs which was never asked: what the dearest cost on a slow machine."""


class Resting(Protocol):
    """An item of the ledger: it knows the rows that it rests on."""

    @property
    def rows(self) -> tuple[str, ...]:
        """The ids of the rows."""


Item = TypeVar("Item", bound=Resting)


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one item of a source: its report's outcome, or why there is none."""

    where: str
    outcome: Outcome | None = None
    failure: Failure | None = None
    notes: tuple[Note, ...] = ()
    """What its intake and its reading noted."""


@dataclass(slots=True)
class Count:
    """What a call of ``add`` did: how many reports of each outcome, how many are copies, how many items failed."""

    outcomes: dict[str, int] = field(default_factory=dict)
    copies: int = 0
    failed: int = 0

    def take(self, added: Added) -> None:
        """Count one item."""
        if added.outcome is None:
            self.failed += 1
            return
        self.outcomes[added.outcome.what] = self.outcomes.get(added.outcome.what, 0) + 1
        self.copies += added.outcome.copy and added.outcome.what == "added"

    @property
    def reports(self) -> int:
        """Reports seen, failures left out."""
        return sum(self.outcomes.values())

    @property
    def changed(self) -> bool:
        """True when any report is now in the record otherwise than before."""
        return not self.outcomes.keys() <= {"unchanged", "superseded"}


class Record:
    """A record in one file, made where there is none; use it as a context manager.

    >>> with Record("crisis.db") as record:                                  # doctest: +SKIP
    ...     record.add("reports/", "https://example.org/feed.xml")
    ...     [str(told.event) for told in record.events(actor="RUS", since="2021-12-01")]
    """

    def __init__(self, path: str | os.PathLike[str], readonly: bool = False) -> None:
        """Open the record; StoreError says why it cannot be."""
        self.store = Store(path, readonly=readonly)

    @property
    def path(self) -> Path:
        """Where it is."""
        return self.store.path

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; nothing that was added waits for it."""
        self.store.close()

    # ------------------------------------------------------------ taking in

    def add(self, *sources: str | Path, options: Options | None = None) -> Count:
        """Take in every report of the sources: files, folders, archives, feeds, URLs, ``-``.

        What could not be taken in is listed in ``failures``; StoreError when the record cannot be written.
        """
        count = Count()
        for added in self.adding(sources, options):
            count.take(added)
        return count

    def adding(self, sources: Iterable[str | Path], options: Options | None = None) -> Iterator[Added]:
        """As ``add``, one item after the other; each that is yielded is on the disk.

        Leaving off in between loses nothing: the same call again goes on where this one stopped.
        """
        memory = _Memory(self.store)
        chosen = options or Options()
        chosen = chosen if chosen.validators is not None else dataclasses.replace(chosen, validators=memory)
        items = itertools.chain.from_iterable(intake.load(source, options=chosen) for source in sources)
        while batch := list(itertools.islice(items, BATCH)):
            yield from self._take(batch)
            memory.keep()

    def _take(self, batch: list[Loaded | Failure]) -> Iterator[Added]:
        """Enter one batch: its failures, what is there already, and what has to be read."""
        fresh: list[Loaded] = []
        for item in batch:
            if isinstance(item, Failure):
                self.store.fail(item.where, item.reason)
                yield Added(item.where, failure=item)
            elif (standing := self.store.standing(item.report, fingerprint(), item.where)) is not None:
                yield Added(item.where, standing)
            else:
                fresh.append(item)
        yield from self._read(fresh)

    def _read(self, fresh: list[Loaded]) -> Iterator[Added]:
        """Read reports together and enter them in one transaction; if one does not fit the record, each for itself."""
        arrivals = [*_arrivals(fresh)]
        try:
            outcomes: list[Outcome | Failure] = [*self.store.put_many(arrivals)]
        except StoreError:
            outcomes = [self._put(arrival) for arrival in arrivals]
        for arrival, outcome in zip(arrivals, outcomes, strict=True):
            where = arrival.where or arrival.reading.report.id
            if isinstance(outcome, Failure):
                yield Added(where, failure=outcome)
            else:
                yield Added(where, outcome, notes=(*arrival.notes, *arrival.reading.notes))

    def _put(self, arrival: Arrival) -> Outcome | Failure:
        """Enter one reading; one that does not fit is a listed failure, but a record that cannot be written stops the work."""
        try:
            return self.store.put_many([arrival])[0]
        except (RecordBusyError, RecordFullError, RecordReadOnlyError):
            raise
        except StoreError as error:
            failure = Failure(arrival.where or arrival.reading.report.id, str(error))
            self.store.fail(failure.where, failure.reason)
            return failure

    # ------------------------------------------------------------ asking for rows

    def events(self, **wanted: Any) -> Iterator[Told]:
        """The events that are wanted (the fields of ``Wanted``), by day, report and place in the text."""
        return self.store.events(_wanted(wanted))

    def search(self, words: str, **wanted: Any) -> Iterator[Hit]:
        """The events with all these words in title or sentence, the best first; words in double quotes stand together."""
        return self.store.search(words, _wanted(wanted))

    def report(self, id_: str) -> Kept:
        """One report with its text, rows, notes, judgements and copies; InputError when it is not there."""
        found = self.store.report(id_)
        if found is None:
            raise InputError(f"{self.path}: there is no report {id_!r}")
        return found

    def reports(self) -> Iterator[Head]:
        """All reports without their texts, by day and id."""
        return self.store.reports()

    def readings(self, **wanted: Any) -> Iterator[Reading]:
        """Each report with those of its rows that are wanted, as exports take them: corrected, without rows judged wrong.

        Rows of related-story lines come along, flagged, unless ``related`` is False; reports without a wanted row are left out.
        """
        asked = _wanted({"related": True, **wanted})
        events = _by_report(told for told in self.store.events(asked) if told.verdict != "wrong")
        said = _by_report(self.store.statements(asked)) if _asks_statements(asked) else {}
        for head in self.reports():
            if head.id in events or head.id in said:
                kept = self.report(head.id)
                rows = sorted((told.event for told in events.get(head.id, ())), key=_in_text)
                yield Reading(kept.report, tuple(rows), tuple(one.statement for one in said.get(head.id, ())), kept.notes)

    def failures(self) -> Iterator[Failed]:
        """What could not be taken in: where it stands, why, and when it was tried."""
        return self.store.failures()

    def verify(self, tally: Tally | None = None) -> Iterator[Problem]:
        """Everything that is wrong with the file, each row's span checked against its text; ``tally`` counts what was checked."""
        return self.store.verify(tally)

    # ------------------------------------------------------------ the ledger: many reports, one story

    def contacts(self, **wanted: Any) -> list[ledger.Contact]:
        """Every call, meeting, visit and letter, with the accounts of its tellers side by side.

        Of this and the other lists: asked for a period or a party, it gives the items that rest on any row of them.
        """
        return self._items(ledger.contacts, ledger.NEEDED["contacts"], wanted)

    def demands(self, **wanted: Any) -> list[ledger.Demand]:
        """Who demands what of whom, since when, and every answer."""
        return self._items(ledger.demands, ledger.NEEDED["demands"], wanted)

    def warnings(self, **wanted: Any) -> list[ledger.Threat]:
        """Threats and warnings: on what condition, with what consequence, and whether they were carried out."""
        return self._items(ledger.warnings, ledger.NEEDED["warnings"], wanted)

    def agenda(self, after: str, **wanted: Any) -> list[ledger.Item]:
        """What is scheduled after an ISO day; what was moved or called off since is marked."""
        return self._items(functools.partial(ledger.agenda, after=after), ledger.NEEDED["agenda"], wanted)

    def disputes(self, **wanted: Any) -> list[ledger.Dispute]:
        """Events that one source asserts and another denies, and accusations that the accused rejects."""
        return self._items(ledger.disputes, ledger.NEEDED["disputes"], wanted)

    def forces(self, **wanted: Any) -> list[ledger.Force]:
        """Mobilisations by owner, place and kind, with their figures over time."""
        return self._items(ledger.forces, ledger.NEEDED["forces"], wanted)

    def timeline(self, **wanted: Any) -> list[ledger.Happening]:
        """Every event once, however many reports tell it, by day."""
        return self._items(ledger.timeline, ledger.NEEDED["timeline"], wanted)

    def tension(self, per: ledger.Per = "week", ordered: bool = True, **wanted: Any) -> list[ledger.Tension]:
        """PLOVER's score of each pair per day or week, one voice per wire story; of what happened, unless statuses are asked for."""
        asked = _wanted(wanted)
        statuses = asked.statuses or ledger.ACTUAL
        deeds = map(_deed, self.store.dyads(dataclasses.replace(asked, statuses=statuses)))
        return ledger.tension(deeds, per, ordered, statuses)

    def lines(self, question: str, after: str | None = None, **wanted: Any) -> Iterator[bytes]:
        """The items of the method of this name, each as JSON (``to_dict``) in UTF-8; ``after`` is the agenda's day.

        The answer is kept in the record, and given again as long as no row changes; a record that is open for reading only
        keeps nothing.  InputError when there is no such question whose answers are lists of the ledger.
        """
        name = "plans" if question == "agenda" else question
        if name not in QUESTIONS:
            raise InputError(f"the ledger has no question {question!r} that can be answered line by line")
        asked = _wanted(wanted)
        with self.store.snapshot():
            last = self._last(name)
            compared = self._compared(last.age, QUESTIONS[name].needed, QUESTIONS[name].joins) if last.stale else None
            planned = self._rows(FOR_DEEDS) if question == "agenda" else []
            ids = None if asked == Wanted() else self._ids(asked)
        answer = last.answer if compared is None else self._derived(name, compared, last)
        found = texts(answer.parts, ids)
        return found if question != "agenda" else _agenda(found, planned, after or "", ids)

    def comparing(self, patience: float) -> Iterator[str]:
        """Derive anew the kept answers that no longer hold; yields the name of each question, and then derives it.

        What can be expected to take longer than ``patience`` seconds, all together, is left to whoever asks for it.
        """
        until = time.monotonic() + patience
        costs = self.store.answered()
        guess = GUESS * self.store.counts()["events"]
        compared: Compared | None = None
        for name in sorted(QUESTIONS, key=lambda name: costs.get(name, guess)):
            with self.store.snapshot():
                last = self._last(name)
                joining = QUESTIONS[name].joins and (compared is None or not compared.joined)
                cost = costs.get(name, guess) + (costs.get(ACCOUNTS, guess) if joining else 0.0)
                if QUESTIONS[name].joins and last.answer.age != NO_AGE:
                    cost *= AGAIN
                if not last.stale or time.monotonic() + cost > until:
                    continue
                if compared is None or compared.age != last.age:
                    compared = self._compared(last.age, EVERY, joins=True)
            yield name
            self._derived(name, compared, last)

    def compared(self) -> Compared:
        """All rows that the ledger looks at, read once for all its questions; of contacts what the record keeps is not joined anew."""
        with self.store.snapshot():
            return self._compared(self.store.age(), EVERY, joins=True)

    def _last(self, question: str) -> _Last:
        """The answer that is kept, and whether it holds."""
        age = self.store.age()
        answer = self.store.answer(question, edition()) if age is not None else None
        changed = self.store.changed(answer.age) if answer is not None and answer.age != age else frozenset[str]()
        return _Last(age, answer or Answer(NO_AGE, 0.0, ()), changed)

    def _compared(self, age: int | None, needed: Iterable[Wanted], joins: bool) -> Compared:
        """The rows of now for the questions that need these, with what is known already of reports that have not changed."""
        known: dict[str, bytes] = {}
        if joins:
            last = self._last(ACCOUNTS)
            known = holding(by_gist(last.answer.parts), last.changed)
        return Compared(self._rows(needed), age, known)

    def _derived(self, question: str, compared: Compared, last: _Last) -> Answer:
        """The answer of today; kept where the record can be written and has not changed meanwhile."""
        if QUESTIONS[question].joins and not compared.joined:
            self._join(compared)
        begun = time.monotonic()
        with uncollected():
            parts = tuple(parted(lines(question, compared, by_gist(last.answer.parts), last.changed)))
        took = max(time.monotonic() - begun, last.answer.seconds if QUESTIONS[question].joins else 0.0)
        answer = Answer(NO_AGE if last.age is None else last.age, took, parts)
        self._keep(question, answer)
        return answer

    def _join(self, compared: Compared) -> None:
        """Join the contacts, and keep what each report tells of them for the next time."""
        begun = time.monotonic()
        with uncollected():
            compared.join()
        last = self._last(ACCOUNTS)
        took = max(time.monotonic() - begun, last.answer.seconds)
        if compared.age is not None and last.stale:
            self._keep(ACCOUNTS, Answer(compared.age, took, tuple(parted(compared.account_lines()))))

    def _keep(self, question: str, answer: Answer) -> None:
        """Keep an answer where the record can be written, and has not changed meanwhile."""
        if not self.store.readonly and answer.age != NO_AGE:
            with suppress(StoreError):  # no room, or another writer: it will be derived again
                self.store.keep_answer(question, edition(), answer)

    def _rows(self, needed: Iterable[Wanted]) -> list[Told]:
        """The rows that a question looks at, each once."""
        with uncollected():
            return [*{told.id: told for some in needed for told in self.store.all_events(some)}.values()]

    def _ids(self, asked: Wanted) -> frozenset[str]:
        """The ids of the rows that are wanted."""
        return self.store.ids(asked) if asked.limit is None else frozenset(told.id for told in self.store.events(asked))

    def _items(self, join: Callable[[Iterable[Told]], list[Item]], needed: Iterable[Wanted], wanted: Mapping[str, Any]) -> list[Item]:
        """The ledger's items over all rows that it needs, then those that rest on a row that is wanted."""
        asked = _wanted(wanted)
        with uncollected():
            items = join(self._rows(needed))
        if asked == Wanted():
            return items
        ids = self._ids(asked)
        return [item for item in items if not ids.isdisjoint(item.rows)]

    # ------------------------------------------------------------ judgements

    def judge(self, row: str, verdict: Verdict, by: str, changes: Mapping[str, Any] | None = None, remark: str | None = None) -> Judgement:
        """Say of an event that it is right, wrong, or corrected in these fields; nothing is overwritten.

        ``row`` may be cut to the first letters of the event's id.  JudgementError when there is no such event or field,
        or a value that the field cannot have.
        """
        judgement = Judgement(self._row(row), verdict, by, now(), changes or {}, remark)
        self.store.judge(judgement)
        return judgement

    def undo(self, row: str, by: str) -> Judgement:
        """Take back the latest judgement of an event, and return it; the one before it counts again."""
        return self.store.undo(self._row(row), by)

    def _row(self, start: str) -> str:
        """The id of the one event that begins so; JudgementError where there is none, or more than one."""
        found = self.store.event_ids(start)
        if start in found:
            return start
        if len(found) != 1:
            raise JudgementError(
                f"{self.path}: {'several events have ids that start' if found else 'no event has an id that starts'} with {start!r}"
            )
        return found[0]

    def judgements(self) -> tuple[Said, ...]:
        """All that was said of any row, in order, with what was taken back and what lost its row."""
        return self.store.judgements()

    # ------------------------------------------------------------ frames (extra: frames)

    def to_arrow(self, **wanted: Any) -> pa.Table:
        """The events as a pyarrow Table."""
        return frames.to_arrow(self.events(**wanted))

    def to_pandas(self, **wanted: Any) -> pd.DataFrame:
        """The events as a pandas DataFrame."""
        return frames.to_pandas(self.events(**wanted))

    def to_polars(self, **wanted: Any) -> pl.DataFrame:
        """The events as a polars DataFrame."""
        return frames.to_polars(self.events(**wanted))


class _Last(NamedTuple):
    """What is known of an answer: the record's age now, the answer that was kept last, which reports have changed since then."""

    age: int | None
    answer: Answer
    changed: frozenset[str]

    @property
    def stale(self) -> bool:
        """True when it holds no more, or there is none."""
        return self.age is None or self.answer.age != self.age


def _agenda(plans: Iterable[bytes], planned: Iterable[Told], after: str, ids: frozenset[str] | None) -> Iterator[bytes]:
    """The agenda of a day: the planned contacts that end after it, and the planned deeds, those that rest on any of the ids."""
    found = {}
    for text in plans:
        item = loads(text)
        if item["last"] > after:
            found[place(item["first"], item["time"], item["id"])] = text
    for deed in deeds(planned, after):
        if ids is None or not ids.isdisjoint(deed.rows):
            found[place(deed.first, deed.time, deed.id)] = line(deed).text
    return (found[key] for key in sorted(found))


def _deed(dyad: Dyad) -> ledger.Deed:
    """What the ledger counts of a dyad: of what two do together, both as those who act."""
    actors = (dyad.actor, dyad.recipient) if dyad.mutual else (dyad.actor,)
    recipients = () if dyad.mutual else (dyad.recipient,)
    return ledger.Deed(dyad.day, actors, recipients, dyad.type, dyad.score, dyad.voice, dyad.status)


class _Memory:
    """What servers said of pages; it is kept once the pages' reports are on the disk, lest a crash make them count as seen."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.fresh: dict[str, Validators] = {}

    def get(self, url: str) -> tuple[str | None, str | None] | None:
        """The ETag and Last-Modified of a page as it was last fetched, or None."""
        known = self.fresh.get(url) or self.store.validators(url)
        return None if known is None else (known.etag, known.last_modified)

    def put(self, url: str, etag: str | None, last_modified: str | None) -> None:
        """Take them, to be kept with the batch."""
        self.fresh[url] = Validators(etag, last_modified)

    def keep(self) -> None:
        """Write them down."""
        for url, said in self.fresh.items():
            self.store.keep_validators(url, said)
        self.fresh.clear()


@contextmanager
def uncollected() -> Iterator[None]:
    """Without garbage collection: of 100,000 rows, none of which is in a cycle, it would take as long as the work."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _wanted(fields: Mapping[str, Any]) -> Wanted:
    """What is asked for; InputError names a field that there is not."""
    try:
        return Wanted(**fields)
    except TypeError:
        known = ", ".join(field.name for field in dataclasses.fields(Wanted))
        raise InputError(f"rows cannot be asked for by {', '.join(sorted(fields))}: known are {known}") from None


Row = TypeVar("Row", Told, Spoken)


def _by_report(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """The rows by their reports' ids."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.head.id, []).append(row)
    return found


def _asks_statements(asked: Wanted) -> bool:
    """False when something is asked for that only events have."""
    return not (asked.types or asked.statuses or asked.recipient or asked.place or asked.confidence)


def _in_text(event: Event) -> tuple[int, int]:
    return event.sentence.start, event.trigger.start


def _arrivals(items: list[Loaded]) -> Iterator[Arrival]:
    """The items' readings, each with what intake noted."""
    if not items:
        return
    from onrecord import reader  # heavy: loads spaCy

    for item, reading in zip(items, reader.read_many(item.report for item in items), strict=True):
        yield Arrival(reading, fingerprint(), item.where, item.raw, item.notes)
