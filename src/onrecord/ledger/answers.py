"""The ledger's answers as lines of JSON, for whoever keeps them: each line with the rows that it rests on.

Most lines of a large record are the same after a change as before it.  An item that is joined of the same rows in
the same way, all of reports that have not changed, reads as it did: its ``gist`` tells it, and its line is taken over.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from typing import Any, Final, NamedTuple, Protocol

from onrecord.edition import PACKAGE
from onrecord.held import Line, Told, Wanted
from onrecord.ledger.accounts import Account, as_row
from onrecord.ledger.agenda import FOR_PLANS, plans
from onrecord.ledger.contacts import NEEDED as FOR_CONTACTS
from onrecord.ledger.contacts import Contact, contacts
from onrecord.ledger.demands import NEEDED as FOR_DEMANDS
from onrecord.ledger.demands import demands
from onrecord.ledger.disputes import NEEDED as FOR_DISPUTES
from onrecord.ledger.disputes import disputes
from onrecord.ledger.forces import NEEDED as FOR_FORCES
from onrecord.ledger.forces import forces
from onrecord.ledger.timeline import NEEDED as FOR_TIMELINE
from onrecord.ledger.timeline import Happening, timeline
from onrecord.ledger.warnings import NEEDED as FOR_WARNINGS
from onrecord.ledger.warnings import warnings
from onrecord.record import digest, to_json


class Item(Protocol):
    """What every question's items can do."""

    @property
    def rows(self) -> tuple[str, ...]:
        """The ids of the rows that it rests on."""

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready, whole."""


class Compared:
    """Rows, with the contacts joined of them: once, for all questions that look at contacts."""

    def __init__(self, tolds: Iterable[Told], age: int | None = None, known: Mapping[str, bytes] | None = None) -> None:
        """``age`` is the record's when it had these rows; ``known`` has lines of ``account_lines`` that still hold, by gist."""
        self.tolds: Final = list(tolds)
        self.age: Final = age
        self.known: Final = known or {}

    @cached_property
    def contacts(self) -> list[Contact]:
        """As ``contacts`` joins them."""
        return contacts(self.tolds, self._accounts)

    @property
    def joined(self) -> bool:
        """True once the contacts have been joined."""
        return "contacts" in self.__dict__

    def join(self) -> None:
        """Join the contacts now."""
        _ = self.contacts

    def _accounts(self, report: str) -> list[dict[str, Any]] | None:
        text = self.known.get(_gist(report)) if self.known else None
        return None if text is None else json.loads(text)

    def account_lines(self) -> Iterator[Line]:
        """What each report tells of its contacts, a line a report: what is the dearest to find out again."""
        by_report: dict[str, list[Account]] = {}
        for contact in self.contacts:
            for account in contact.told:
                by_report.setdefault(account.head.id, []).append(account)
        for report in sorted(by_report):
            gist = _gist(report)
            text = self.known.get(gist)
            yield Line(json.dumps([*map(as_row, by_report[report])]).encode() if text is None else text, (), gist)


def _gist(report: str) -> str:
    return digest("accounts", report)


def holding(known: Mapping[str, bytes], changed: Iterable[str]) -> dict[str, bytes]:
    """The lines of accounts without those of the reports that have changed since."""
    gone = {_gist(report) for report in changed}
    return {gist: text for gist, text in known.items() if gist not in gone}


class Question(NamedTuple):
    """One question of the ledger: the rows it looks at, its items, and by what an item is known again (see ``Line.gist``)."""

    needed: tuple[Wanted, ...]
    joins: bool
    """Whether it looks at contacts."""
    items: Callable[[Compared], Sequence[Item]]
    gist: Callable[[Any], tuple[str, Iterable[str]]] | None = None
    """An item's gist, and the ids of the reports that it rests on."""


def _of_contact(item: Contact) -> tuple[str, Iterable[str]]:
    joined = (item.id, item.status, item.sort, item.first, item.last, item.planned_for, item.sides, item.rows)
    return digest("contact", *joined), item.reports


def _of_happening(item: Happening) -> tuple[str, Iterable[str]]:
    joined = (item.type, item.status, item.actors, item.recipients, item.first, item.last, item.voices, item.rows)
    reports = {told.head.id for told in item.told} if item.contact is None else item.contact.reports
    return digest("happening", item.id, item.contact is None, *joined), reports


QUESTIONS: Final[Mapping[str, Question]] = {
    "contacts": Question(FOR_CONTACTS, True, lambda rows: rows.contacts, _of_contact),
    "demands": Question(FOR_DEMANDS, False, lambda rows: demands(rows.tolds)),
    "disputes": Question(FOR_DISPUTES, False, lambda rows: disputes(rows.tolds)),
    "forces": Question(FOR_FORCES, False, lambda rows: forces(rows.tolds)),
    "plans": Question(FOR_PLANS, True, lambda rows: plans(rows.contacts)),
    "timeline": Question(FOR_TIMELINE, True, lambda rows: timeline(rows.tolds, rows.contacts), _of_happening),
    "warnings": Question(FOR_WARNINGS, False, lambda rows: warnings(rows.tolds)),
}
"""The questions whose answers can be kept: of the agenda, which depends on the day it is asked for, the planned contacts."""


def lines(question: str, compared: Compared, known: Mapping[str, bytes], changed: Set[str]) -> Iterator[Line]:
    """The items of a question in their order, as lines.

    ``known`` has the lines of an earlier answer by their gists, ``changed`` the ids of the reports that have changed since.
    """
    asked = QUESTIONS[question]
    for item in asked.items(compared):
        gist, reports = asked.gist(item) if asked.gist is not None else ("", ())
        text = known.get(gist) if changed.isdisjoint(reports) else None
        yield Line(to_json(item.to_dict()).encode() if text is None else text, item.rows, gist)


def line(item: Item) -> Line:
    """An item as a line that is not kept."""
    return Line(to_json(item.to_dict()).encode(), item.rows)


ROOMS: Final = ("record.py", "held.py", "knowledge", "ledger", "store/answers.py", "store/reading.py", "store/values.py")
"""What has a say in an answer over given rows: code that compares rows and writes lines, and the knowledge that it asks."""
SOURCES: Final = frozenset({".py", ".yaml", ".gz"})


@functools.cache
def edition() -> str:
    """Which edition of onrecord answers: two equal ones give the same lines of the same rows."""
    files = sorted(file for room in ROOMS for file in ((PACKAGE / room).rglob("*") if "." not in room else (PACKAGE / room,)))
    return digest(*(hashlib.sha256(file.read_bytes()).hexdigest() for file in files if file.suffix in SOURCES))
