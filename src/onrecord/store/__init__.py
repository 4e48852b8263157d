"""A record that grows: many reports with their rows in one SQLite file, and what people said of them.

The only room that knows SQL.  One process writes at a time, any number read meanwhile.  What ``put``
has answered for is on the disk: a crash at any moment loses no report that was acknowledged, and leaves
none half there.

>>> with Store("crisis.db") as store:                                        # doctest: +SKIP
...     store.put(onrecord.read("France urged Iran to free two teachers."), fingerprint="0.2.0")
...     [str(told.event) for told in store.events(Wanted(actor="FRA"))]
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeVar

from onrecord.held import Head, Judgement, Told, Wanted
from onrecord.record import Note, Reading, Report
from onrecord.store import answers, checks, errors, files, gold, journal, judging, paging, reading, sums, writing
from onrecord.store.answers import Answer
from onrecord.store.checks import Problem, Tally
from onrecord.store.errors import JudgementError, NotARecordError, RecordBusyError, RecordFullError, RecordReadOnlyError, StoreError
from onrecord.store.excerpts import Excerpt
from onrecord.store.journal import Failed, Validators
from onrecord.store.judging import Said
from onrecord.store.paging import Leaf, Place
from onrecord.store.reading import FACETS, Dyad, Hit, Kept, Spoken, Version
from onrecord.store.values import digest_of
from onrecord.store.writing import Arrival, Outcome, now

__all__ = [
    "FACETS", "Answer", "Arrival", "Dyad", "Excerpt", "Failed", "Hit", "JudgementError", "Kept", "Leaf", "NotARecordError", "Outcome",
    "Place", "Problem", "RecordBusyError", "RecordFullError", "RecordReadOnlyError", "Said", "Spoken", "Store", "StoreError",
    "Tally", "Validators", "Version", "digest_of", "now",
]  # fmt: skip

_ALL = Wanted(related=True)
BRIEFLY: Final = 500
"""Milliseconds to wait for another writer with what can be made again."""
T = TypeVar("T")


class Store:
    """A record in one file; use it as a context manager.  ``patience``: milliseconds to wait for another writer."""

    def __init__(self, path: str | os.PathLike[str], readonly: bool = False, patience: int = files.PATIENCE) -> None:
        """Open a record, or make one where there is none; StoreError says why it cannot be."""
        self.path = Path(path)
        self.readonly = readonly
        self.patience = patience
        self._db = files.opened(self.path, readonly=readonly, patience=patience)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; nothing that was acknowledged waits for it."""
        with errors.told(self.path):
            self._db.close()

    # ------------------------------------------------------------ putting in

    def put(
        self,
        reading: Reading,
        *,
        fingerprint: str = "",
        where: str | None = None,
        raw: str | None = None,
        notes: Iterable[Note] = (),
        at: str | None = None,
    ) -> Outcome:
        """Enter one reading in a transaction of its own (see ``Arrival`` and ``Outcome``); on return it is on the disk."""
        return self.put_many([Arrival(reading, fingerprint, where, raw, tuple(notes), at or now())])[0]

    def put_many(self, arrivals: Iterable[Arrival]) -> list[Outcome]:
        """Enter several readings in one transaction: all of them or, on an error, none.  On return they are on the disk."""
        ready = list(arrivals)  # before the transaction: nobody else can write while it lasts
        with self._writing():
            return [writing.put(self._db, arrival) for arrival in ready]

    def standing(self, report: Report, fingerprint: str, where: str | None = None) -> Outcome | None:
        """What ``put`` would answer for a report that need not be read; None when it must be.

        Failures noted at its place are cleared, since what stands there is in the record.
        """
        with errors.told(self.path):
            found = writing.standing(self._db, report, fingerprint)
        if found is not None and where is not None and not self.readonly:
            with self._writing():
                journal.clear(self._db, where)
        return found

    # ------------------------------------------------------------ asking

    def events(self, wanted: Wanted = _ALL) -> Iterator[Told]:
        """The events that are wanted, by day (those without a day last), report and place in the text."""
        return self._asked(reading.events(self._db, wanted))

    def all_events(self, wanted: Wanted = _ALL) -> list[Told]:
        """As ``events``, all in memory: faster where every one is needed."""
        with self.snapshot():
            return reading.all_events(self._db, wanted)

    def event(self, id_: str) -> Told | None:
        """One event by its id; None when it is not there."""
        with errors.told(self.path):
            return reading.event(self._db, id_)

    def event_ids(self, start: str, most: int = 2) -> list[str]:
        """The ids of events that begin with these letters, in order, at most so many."""
        with errors.told(self.path):
            return reading.event_ids(self._db, start, most)

    def statements(self, wanted: Wanted = _ALL) -> Iterator[Spoken]:
        """The statements that are wanted: ``actor`` or ``source`` is who speaks; what only events have is not asked of them."""
        return self._asked(reading.statements(self._db, wanted))

    def dyads(self, wanted: Wanted = _ALL) -> Iterator[Dyad]:
        """Who acts on whom, country by country, as light tuples; rows judged wrong are left out."""
        return self._asked(reading.dyads(self._db, wanted))

    def search(self, words: str, wanted: Wanted = _ALL) -> Iterator[Hit]:
        """The events with all these words in title or sentence, the best first; ``"words in quotes"`` stand together."""
        return self._asked(reading.search(self._db, words, wanted))

    def best(self, wanted: Wanted, size: int, skip: int = 0) -> tuple[Sequence[Told], bool]:
        """One page of what ``search`` finds (``wanted.words``), the best first, after ``skip`` better ones; and whether more follow."""
        with self.snapshot():
            return paging.best(self._db, wanted, size, skip)

    def excerpt(self, words: str, told: Told) -> Excerpt:
        """What of an event's sentence or title a search for these words found."""
        with errors.told(self.path):
            return reading.excerpt(self._db, words, told)

    def search_reports(self, words: str, limit: int | None = None) -> Iterator[Hit]:
        """The reports with all these words anywhere, the best first."""
        return self._asked(reading.search_reports(self._db, words, limit))

    def reports(self) -> Iterator[Head]:
        """All reports without their texts, by day and id."""
        return self._asked(reading.heads(self._db))

    def sizes(self) -> dict[str, tuple[int, int]]:
        """How many events and how many statements each report has that has any."""
        with errors.told(self.path):
            return reading.sizes(self._db)

    def report(self, id_: str) -> Kept | None:
        """One report with its text, rows, notes, judgements, earlier versions and copies; None when it is not there."""
        with self.snapshot():
            return reading.report(self._db, id_)

    def raw(self, id_: str) -> str | None:
        """The SHA-256 (hex) of the bytes that a report was taken from; None where none was given."""
        with errors.told(self.path):
            return reading.raw(self._db, id_)

    def reading(self, id_: str) -> Reading | None:
        """A report's reading just as it was put in, without corrections; None when it is not there."""
        with errors.told(self.path):
            return reading.reading(self._db, id_)

    def conflicts(self) -> Iterator[tuple[Head, int]]:
        """The reports whose id came with several contents, each with the number of earlier ones that are kept."""
        return self._asked(reading.conflicts(self._db))

    def counts(self) -> dict[str, int]:
        """How many reports, voices, events, statements, notes, failures, judgements and versions there are."""
        with errors.told(self.path):
            return reading.counts(self._db)

    def count(self, wanted: Wanted = _ALL) -> int:
        """How many events are wanted, the limit left out."""
        with errors.told(self.path):
            return reading.count(self._db, wanted)

    def page(self, wanted: Wanted, size: int, after: Place | None = None, newest: bool = False) -> Leaf:
        """At most ``size`` of the events that are wanted, after a place in their order, and where the next page begins."""
        with self.snapshot():
            return paging.page(self._db, wanted, size, after, newest)

    def ids(self, wanted: Wanted = _ALL) -> frozenset[str]:
        """The ids of the events that are wanted: faster than the events."""
        with errors.told(self.path):
            return paging.ids(self._db, wanted)

    def changes(self) -> int:
        """A number that is another one after somebody else wrote to the record; it has no meaning for another opening."""
        with errors.told(self.path):
            return int(self._db.pragma("data_version"))

    def facet(self, name: str, wanted: Wanted = _ALL) -> list[tuple[str, int]]:
        """The values of one facet (of ``FACETS``) among the events wanted with their counts; KeyError for no facet."""
        with errors.told(self.path):
            return reading.facet(self._db, name, wanted)

    def facets(self, names: Sequence[str], wanted: Wanted = _ALL) -> tuple[int, dict[str, list[tuple[str, int]]]]:
        """How many events are wanted, and what ``facet`` gives of each name: all of one moment, and faster than one by one."""
        with errors.told(self.path):
            return reading.facets(self._db, names, wanted)

    # ------------------------------------------------------------ answers of the ledger

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """What is read inside is of one moment, whatever others write meanwhile; keep it short."""
        with errors.told(self.path):
            if self._db.in_transaction:
                yield
                return
            self._db.execute("BEGIN")
            try:
                yield
            finally:
                self._db.execute("ROLLBACK")

    def age(self) -> int | None:
        """How often a row or the head of a report has changed since the record was made; None for an older format, which cannot tell."""
        with errors.told(self.path):
            return answers.age(self._db)

    def changed(self, since: int) -> frozenset[str]:
        """The ids of the reports whose rows or heads changed after that age."""
        with errors.told(self.path):
            return answers.changed(self._db, since)

    def answer(self, question: str, edition: str) -> Answer | None:
        """What this edition of onrecord answered last; it holds as long as its age is the record's."""
        with errors.told(self.path):
            return answers.answer(self._db, question, edition)

    def answered(self) -> dict[str, float]:
        """The questions that were ever answered, each with the seconds that it cost, the cheapest first."""
        with errors.told(self.path):
            return answers.answered(self._db)

    def keep_answer(self, question: str, edition: str, given: Answer) -> bool:
        """Keep an answer in the place of the one before; False, and nothing is written, when the record has changed meanwhile."""
        with self._patient(BRIEFLY), self._writing():
            return answers.keep(self._db, question, edition, given)

    # ------------------------------------------------------------ sums

    def acts(self, wanted: Wanted = _ALL) -> list[sums.Act]:
        """What countries did toward each other, counted by pair, type, status and period; rows judged wrong are left out here and below."""
        with errors.told(self.path):
            return sums.acts(self._db, wanted)

    def dealings(self, party: str, wanted: Wanted = _ALL) -> list[sums.Dealing]:
        """With whom a country or party deals, and how: the most frequent first."""
        with errors.told(self.path):
            return sums.dealings(self._db, party, wanted)

    def places(self, wanted: Wanted = _ALL) -> list[sums.Spot]:
        """The places of the events that are wanted with where they are, the most frequent first."""
        with errors.told(self.path):
            return sums.places(self._db, wanted)

    def quoted(self, wanted: Wanted = _ALL) -> Iterator[sums.Quoted]:
        """The events that are wanted and for which the report names a source, with it."""
        return self._asked(sums.quoted(self._db, wanted))

    def published(self) -> tuple[str, str] | None:
        """The first and the last day on which a report came out; None where none tells its day."""
        with errors.told(self.path):
            return sums.published(self._db)

    def newest(self, most: int) -> list[Head]:
        """The reports that came out last, at most so many."""
        with errors.told(self.path):
            return sums.newest(self._db, most)

    def stands(self, party: str) -> bool:
        """Whether a country or party is anybody in any row."""
        with errors.told(self.path):
            return sums.stands(self._db, party)

    # ------------------------------------------------------------ judgements

    def judge(self, judgement: Judgement) -> None:
        """Enter what a person says of an event; JudgementError when it does not fit the row."""
        with self._writing():
            judging.judge(self._db, judgement)

    def undo(self, row: str, by: str, at: str | None = None) -> Judgement:
        """Take back the latest judgement of an event; the one before it counts again.  What was taken back stays in the history."""
        with self._writing():
            return judging.undo(self._db, row, by, at or now())

    def history(self, row: str) -> tuple[Said, ...]:
        """All that was said of an event, in order, with what was taken back."""
        with errors.told(self.path):
            return tuple(judging.history(self._db, "j.row = ?", row))

    def judgements(self) -> tuple[Said, ...]:
        """All that was said of any row, in order; orphans among them."""
        with errors.told(self.path):
            return tuple(judging.history(self._db))

    def gold(self) -> Iterator[gold.Gold]:
        """The judged reports as gold documents (``report``, ``events``, ``ignore``)."""
        return self._asked(gold.gold(self._db))

    def write_gold(self, folder: str | os.PathLike[str]) -> list[Path]:
        """Write each judged report as a gold file into a folder, which is made if need be; the paths."""
        return journal.write_documents(Path(folder), ((str(doc["report"]["id"]), doc) for doc in self.gold()))

    # ------------------------------------------------------------ the journal of adding

    def fail(self, where: str, reason: str, at: str | None = None) -> None:
        """Note that something could not be added; the same again changes nothing, and a later success at that place clears it."""
        with self._writing():
            journal.fail(self._db, where, reason, at or now())

    def failures(self) -> Iterator[Failed]:
        """What could not be added, by place."""
        return self._asked(journal.failures(self._db))

    def validators(self, url: str) -> Validators | None:
        """What a server said of a page when it was last fetched."""
        with errors.told(self.path):
            return journal.validators(self._db, url)

    def keep_validators(self, url: str, validators: Validators) -> None:
        """Keep what a server said of a page, for asking only for what has changed."""
        with self._writing():
            journal.keep_validators(self._db, url, validators)

    # ------------------------------------------------------------ the file

    def verify(self, tally: Tally | None = None) -> Iterator[Problem]:
        """Everything that is wrong with the record: file, links, spans, columns; ``tally`` counts what was checked."""
        return self._asked(checks.verify(self._db, tally or Tally()))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction: on any error the record is as it was before."""
        if self.readonly:
            raise RecordReadOnlyError(f"{self.path}: this record is open for reading only")
        with errors.told(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")

    @contextmanager
    def _patient(self, patience: int) -> Iterator[None]:
        """Wait for other writers another time than usual, in milliseconds."""
        self._db.set_busy_timeout(patience)
        try:
            yield
        finally:
            self._db.set_busy_timeout(self.patience)

    def _asked(self, rows: Iterator[T]) -> Iterator[T]:
        """Rows as they come, with errors of SQLite in our words."""
        with errors.told(self.path):
            yield from rows
