"""The ledgers of one record, each derived once and kept until the record changes.

To join 100,000 rows takes seconds.  So a page gets the ledger as it last was while one thread derives it
anew; a record whose ledgers are quick is derived at once, so that what was just judged shows.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from onrecord.held import Told, Wanted
from onrecord.keeping import Record, uncollected
from onrecord.ledger.agenda import FOR_DEEDS, deeds, place, plans
from onrecord.ledger.answers import QUESTIONS, Compared
from onrecord.store import StoreError

T = TypeVar("T")
PATIENCE: Final = 0.25
"""Seconds: what took longer to derive is derived behind the page, which shows the one before meanwhile."""
KEPT: Final = 64
"""Answers that are kept: those asked for last."""
WARMED: Final = ("contacts", "timeline", "demands", "disputes", "warnings", "forces")
COMPARED: Final = ("compared",)
CONTACTS: Final = ("contacts",)
AWAITED: Final = frozenset(status for some in FOR_DEEDS for status in some.statuses)


@dataclass(slots=True)
class _Kept:
    """An answer, of which edition of the record it is, and how long it took."""

    answer: Any
    edition: int
    seconds: float


class Ledgers:
    """Answers over all rows of one record, kept in memory."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._watch = Record(path, readonly=True)
        self._asking = threading.Lock()
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._working: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()
        self._closed = False
        self._seen, self._age, self._edition = self._watch.store.changes(), self._watch.store.age(), 0

    @property
    def edition(self) -> int:
        """Counts from 0 the changes of rows and heads that were noticed: what is of an earlier one is old.

        Not all that is written is such a change: answers that somebody keeps are none, nor failures.
        """
        with self._asking:
            if not self._closed and (seen := self._watch.store.changes()) != self._seen:
                age = self._watch.store.age()  # after ``seen``: what is written in between is noticed next time
                if age is None or age != self._age:  # a record of an older format does not count what changes in it
                    self._edition += 1
                self._seen, self._age = seen, age
            return self._edition

    def get(self, question: str, wanted: Wanted | None = None, **options: Any) -> list[Any]:
        """A list of the ledger by its name (``contacts`` … ``timeline``, ``agenda`` with ``after``), of rows that are wanted.

        ``tension`` takes ``per`` and ``ordered``.  A list asked for a period or a party has the items that rest on such a row.
        """
        asked = wanted or Wanted()
        if question == "tension":
            return self.kept(("tension", asked, *sorted(options.items())), lambda record: record.tension(**options, **_fields(asked)))
        items: list[Any] = self.kept((question, *sorted(options.items())), lambda _: self._items(question, **options))
        if asked == Wanted():
            return items
        ids = self.kept(("ids", asked), lambda record: record.store.ids(asked))
        return [item for item in items if not ids.isdisjoint(item.rows)]

    def now(self, question: str) -> list[Any]:
        """A list of the ledger as the record is now, however long it takes: for what is made of it behind a page."""
        return cast("list[Any]", self._derived((question,), lambda _: self._items(question)))

    def _items(self, question: str, **options: Any) -> list[Any]:
        """What ``Record`` gives for a question of the ledger, of rows that are read and contacts that are joined once for all."""
        compared: Compared = self._derived(COMPARED, Record.compared)
        if question != "contacts" and (question == "agenda" or QUESTIONS[question].joins):
            self._derived(CONTACTS, lambda _: self._items("contacts"))  # who comes meanwhile waits, and does not join them too
        with uncollected():
            if question == "agenda":
                return _agenda(compared, **options)
            return [*QUESTIONS[question].items(compared)]

    def kept(self, key: Hashable, derive: Callable[[Record], T]) -> T:
        """What ``derive`` makes of the record, as it was kept or anew; an old one while a slow one is made anew."""
        edition = self.edition
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
        if found is not None and found.edition == edition:
            return cast(T, found.answer)
        if found is not None and found.seconds > PATIENCE:
            self._behind(key, derive)
            return cast(T, found.answer)
        return cast(T, self._derived(key, derive))

    def fresh(self, key: Hashable) -> bool:
        """False while a page shows what was before the record's last change."""
        with self._lock:
            found = self._kept.get(key)
        return found is None or found.edition == self.edition

    def soon(self, key: Hashable, derive: Callable[[Record], Any]) -> None:
        """Derive behind the page what its reader may ask for next, unless any of it is kept."""
        with self._lock:
            known = key in self._kept
        if not known:
            self._behind(key, derive)

    def warm(self, more: Mapping[Hashable, Callable[[Record], Any]] | None = None) -> threading.Thread:
        """Derive the ledgers that pages begin with, then what else is given by its key, in a thread of its own, which is returned."""
        thread = threading.Thread(target=self._warm, args=(more or {},), name="onrecord-warm", daemon=True)
        thread.start()
        return thread

    def _warm(self, more: Mapping[Hashable, Callable[[Record], Any]]) -> None:
        ledgers = [partial(self.get, question) for question in WARMED]
        others = [partial(self.kept, key, derive) for key, derive in more.items()]
        with suppress(StoreError):  # whoever asks for it is told
            for work in (*ledgers, partial(self.get, "tension", per="week", ordered=False), *others):
                if self._closed:
                    return
                work()

    def _behind(self, key: Hashable, derive: Callable[[Record], Any]) -> None:
        """Derive in a thread of its own, unless one is at it."""
        if not self._closed and not self._turn(key).locked():
            threading.Thread(target=self._quietly, args=(key, derive), name="onrecord-ledger", daemon=True).start()

    def _quietly(self, key: Hashable, derive: Callable[[Record], Any]) -> None:
        """Derive for nobody who waits: what goes wrong is told to who asks next."""
        with suppress(StoreError):
            self._derived(key, derive)

    def _derived(self, key: Hashable, derive: Callable[[Record], Any]) -> Any:
        """Derive now; who comes meanwhile waits and takes the same answer."""
        with self._turn(key):
            edition = self.edition
            with self._lock:
                found = self._kept.get(key)
            if found is not None and found.edition == edition:
                return found.answer
            begun = time.perf_counter()
            with Record(self._path, readonly=True) as record:
                answer = derive(record)
            self._keep(key, _Kept(answer, edition, time.perf_counter() - begun))
            return answer

    def _turn(self, key: Hashable) -> threading.Lock:
        """The lock of who derives one answer."""
        with self._lock:
            return self._working.setdefault(key, threading.Lock())

    def _keep(self, key: Hashable, kept: _Kept) -> None:
        with self._lock:
            self._kept[key] = kept
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                old = next((key for key, one in self._kept.items() if one.seconds <= PATIENCE), next(iter(self._kept)))
                del self._kept[old]  # what was quick to derive goes first: a hundred filtered lists do not cost a ledger
                self._working.pop(old, None)

    def close(self) -> None:
        """Close the record; what is kept stays."""
        with self._asking:
            self._closed = True
            self._watch.close()


def _agenda(compared: Compared, after: str) -> list[Any]:
    """As ``ledger.agenda``, of contacts that are joined already."""
    items = (*plans(compared.contacts, after), *deeds(_awaited(compared), after))
    return sorted(items, key=lambda item: place(item.first, item.time, item.id))


def _awaited(compared: Compared) -> Iterator[Told]:
    """The rows of what is to come, or is called off."""
    return (told for told in compared.tolds if told.status in AWAITED)


def _fields(wanted: Wanted) -> Mapping[str, Any]:
    """The fields that ask for something."""
    empty = Wanted()
    return {name: value for name in Wanted.__slots__ if (value := getattr(wanted, name)) != getattr(empty, name)}
