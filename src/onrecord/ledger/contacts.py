"""Every call, meeting, visit and letter as one entry over all reports, with the accounts of its tellers side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final, Literal

from onrecord.held import Told
from onrecord.knowledge import table
from onrecord.ledger import initiative, lengths, wording
from onrecord.ledger.accounts import Account, Known, accounts
from onrecord.ledger.joining import Group, join
from onrecord.ledger.sides import Side, side_by_side
from onrecord.ledger.tellings import EVERY, Row, Telling, countries, row_of, usable
from onrecord.record import digest

Standing = Literal["held", "planned", "moved", "cancelled", "possible", "denied"]
Sort = Literal["phone", "video", "letter", "visit", "meeting", "multilateral", "third-party", "talks"]
SORTS: Final[tuple[Sort, ...]] = ("letter", "video", "phone", "visit", "meeting")
"""Which of several words for one contact tells most of what it was."""
NEEDED: Final = EVERY
"""The rows that ``contacts`` looks at: beside the contacts' own, what else their reports tell."""
MULTILATERAL: Final = 4
"""From so many sides on, a meeting is multilateral whatever it is called."""


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who took part: by name where any report names them, else a state or organisation."""

    name: str
    country: str | None = None
    role: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {"name": self.name, "country": self.country, "role": self.role}


@dataclass(frozen=True)
class Contact:
    """One contact.  ``first`` and ``last`` are the ISO days on which it was or will be; None where no report lets them be known."""

    id: str
    sides: tuple[str, ...]
    status: Standing
    sort: Sort
    first: str | None
    last: str | None
    rows: tuple[str, ...]
    planned_for: tuple[str, ...] = ()
    """The days it was planned for before it was moved."""
    told: tuple[Account, ...] = field(default=(), repr=False, compare=False)
    beside: Mapping[str, Sequence[Told]] = field(default_factory=dict, repr=False, compare=False)
    """What else the same reports tell, by report: demands, agreements, warnings."""

    @cached_property
    def participants(self) -> tuple[Participant, ...]:
        """Who took part, those named most first; a side of which nobody is named stands for itself."""
        return _participants(self.told, self.sides)

    @cached_property
    def tellings(self) -> tuple[Telling, ...]:
        """Every row, oldest report first."""
        return tuple(Telling.of(told) for account in self.told for told in account.rows)

    @cached_property
    def accounts(self) -> tuple[Side, ...]:
        """The tellers side by side: what each tells of it, and what none of the others tells."""
        return side_by_side(self.told, self.beside)

    @property
    def topics(self) -> tuple[str, ...]:
        """What it was about, most told first."""
        return _topics(self.accounts)

    @property
    def initiator(self) -> str | None:
        """The state (or organisation) at whose wish it came about; None where no report says so or they differ."""
        return initiative.initiator(self.told, self.sides)

    @property
    def place(self) -> str | None:
        """The town most reports name; None for calls."""
        towns = Counter(account.town for account in self.told if account.town)
        return towns.most_common(1)[0][0] if towns and self.sort not in ("phone", "video", "letter") else None

    @property
    def time(self) -> tuple[str, str | None] | None:
        """HH:MM and the time zone, where told."""
        return next(((when["time"], when["timezone"]) for when in self._whens if when["time"]), None)

    @property
    def duration(self) -> str | None:
        """ISO 8601, where told: by the time that a row is of, else by a length among its quantities ("lasted 40 minutes")."""
        told = next((when["duration"] for when in self._whens if when["duration"]), None)
        return told if told is not None else next(filter(None, map(lengths.of, self._own)), None)

    @cached_property
    def _whens(self) -> list[Row]:
        return [row["date"] for row in self._own if row["date"]]

    @property
    def _own(self) -> list[Row]:
        """The rows that are of its first day or of none."""
        rows = (row_of(told) for account in self.told for told in account.rows)
        return [row for row in rows if not row["date"] or row["date"]["earliest"] in (None, self.first)]

    @property
    def reports(self) -> tuple[str, ...]:
        """The reports that tell of it, oldest first."""
        return tuple(dict.fromkeys(account.head.id for account in self.told))

    @property
    def main_in(self) -> tuple[str, ...]:
        """The reports of which it is the main contact."""
        return tuple(dict.fromkeys(account.head.id for account in self.told if account.main))

    @property
    def voices(self) -> int:
        """How many tell it, copies of one wire story counted once."""
        return len({told.head.voice for account in self.told for told in account.rows})

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready, whole."""
        clock, sides = self.time, side_by_side(self.told, self.beside)  # not kept: of all contacts together they would fill the memory
        return {
            "id": self.id,
            "participants": [participant.to_dict() for participant in _participants(self.told, self.sides)],
            "sides": list(self.sides),
            "status": self.status,
            "sort": self.sort,
            "first": self.first,
            "last": self.last,
            "planned_for": list(self.planned_for),
            "time": clock[0] if clock else None,
            "timezone": clock[1] if clock else None,
            "duration": self.duration,
            "place": self.place,
            "initiator": self.initiator,
            "topics": list(_topics(sides)),
            "voices": self.voices,
            "rows": list(self.rows),
            "accounts": [side.to_dict() for side in sides],
        }


def contacts(tolds: Iterable[Told], known: Known | None = None) -> list[Contact]:
    """Every contact that the rows tell of, by day (those without one last), each once however many reports tell of it.

    ``known`` has the accounts of reports that were looked at before.
    """
    consulted: list[Told] = []
    beside: dict[str, list[Told]] = {}
    refused: list[Told] = []
    for told in usable(tolds):
        if told.type == "CONSULT":
            consulted.append(told)
            continue
        beside.setdefault(told.head.id, []).append(told)
        if told.mode == "meet" and told.type == "REJECT" and told.status == "actual":
            refused.append(told)
    called_off = _called_off(refused)
    found = [_contact(group, beside, called_off) for group in join(accounts(consulted, known))]
    return sorted(found, key=lambda contact: (contact.first or "9999", contact.id))


def _contact(group: Group, beside: Mapping[str, Sequence[Told]], called_off: Mapping[frozenset[str], list[str]]) -> Contact:
    told = tuple(sorted(group.accounts, key=lambda account: account.order))
    status = _standing(group, called_off)
    first, last = _days(group, status)
    return Contact(
        id=digest("contact", told[0].rows[0].id),
        sides=tuple(sorted(frozenset().union(*(account.sides for account in told)))),
        status=status,
        sort=_sort(group),
        first=first,
        last=last,
        rows=tuple(row.id for account in told for row in account.rows),
        planned_for=_given_up(group, first),
        told=told,
        beside=beside,
    )


# ---------------------------------------------------------------- whether it came about


def _called_off(refused: Iterable[Told]) -> dict[frozenset[str], list[str]]:
    """When meetings were refused, by the sides of the refusal: ISO days of the reports."""
    found: dict[frozenset[str], list[str]] = {}
    for told in refused:
        sides = countries((*told.actors, *told.recipients))
        if len(sides) > 1 and told.day:
            found.setdefault(sides, []).append(told.day)
    return found


def _standing(group: Group, called_off: Mapping[frozenset[str], list[str]]) -> Standing:
    """What the latest report that knows says: held where any tells of it as held, else what became of the plan."""
    if any(account.status == "actual" for account in group.accounts):
        return "held"
    latest = max(account.published or 0 for account in group.accounts)
    ended = [account for account in group.accounts if account.status == "negated" or account.called_off]
    plans = [account for account in group.accounts if account.status == "planned"]
    if ended and (plans or any(account.called_off for account in ended)):
        planned_last = max((account.published or 0 for account in plans if not account.called_off), default=0)
        if max(account.published or 0 for account in ended) >= planned_last:
            return "cancelled"
    if plans and _refused(group, latest, called_off):
        return "cancelled"
    if any(account.moved for account in group.accounts):
        return "moved"
    return "planned" if plans else "denied" if ended else "possible"


def _refused(group: Group, latest: int, called_off: Mapping[frozenset[str], list[str]]) -> bool:
    """True when a meeting of these sides is told as refused between the last announcement and its day."""
    days = called_off.get(group.sides, ())
    if group.day is None:
        return False
    return any(latest <= date.fromisoformat(day).toordinal() <= group.day for day in days)


def _days(group: Group, status: Standing) -> tuple[str | None, str | None]:
    """The days that the reports' own words give, of those told as held where it was held; else the report's day or the vague stretch."""
    known = [account for account in group.accounts if account.day is not None]
    if status == "held":
        known = [account for account in known if account.status == "actual"] or known
    elif any(account.moved for account in known):
        known = [max((account for account in known if account.moved), key=lambda account: account.published or 0)]
    explicit = [account.days for account in known if account.explicit and account.days is not None]
    if explicit:
        return _iso(min(first for first, _ in explicit)), _iso(max(last for _, last in explicit))
    if known:
        day = min(account.day for account in known if account.day is not None)
        return _iso(day), _iso(day)
    return (_iso(group.vague[0]), _iso(group.vague[1])) if group.vague else (None, None)


def _given_up(group: Group, first: str | None) -> tuple[str, ...]:
    """The days planned before a contact was put off, without its day in the end."""
    if not any(account.moved for account in group.accounts):
        return ()
    planned = {_iso(account.day) for account in group.accounts if account.day is not None and account.status == "planned"}
    return tuple(sorted(planned - {first}))


def _iso(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


# ---------------------------------------------------------------- what it was and who took part


def _sort(group: Group) -> Sort:
    modes = {told.mode for account in group.accounts for told in account.rows}
    if "third-party" in modes:
        return "third-party"
    found: Sort = next((sort for sort in SORTS if sort in group.sorts), "talks")
    if found in ("meeting", "talks") and len(group.sides) >= MULTILATERAL:
        return "multilateral"
    return found


def _topics(sides: Iterable[Side]) -> tuple[str, ...]:
    """The topics' labels, most told first."""
    named = Counter(item.label for side in sides for item in side.items if item.kind == "topic")
    return tuple(sorted(named, key=lambda label: (-named[label], label)))


def _participants(told: Sequence[Account], sides: Sequence[str]) -> tuple[Participant, ...]:
    count: Counter[tuple[str, str | None]] = Counter()
    roles: dict[tuple[str, str | None], str | None] = {}
    for account in told:
        for row in map(row_of, account.rows):
            for entity in row["actors"]:
                if entity["kind"] == "person" and entity["name"] and (entity["country"] in sides or not entity["country"]):
                    who = (entity["name"], entity["country"])
                    count[who] += 1
                    roles[who] = roles.get(who) or entity["role"]
    people = _once([Participant(name, country, roles[(name, country)]) for (name, country), _ in count.most_common()])
    named = {person.country for person in people}
    return (*people, *(Participant(_side_name(side), side) for side in sides if side not in named))


def _side_name(code: str) -> str:
    """What a state or organisation is called; its code where the tables do not know it."""
    for known in ("world/states", "world/organisations"):
        entry = table(known).get(code)
        if entry is not None:
            return str(entry["name"])
    return code


def _once(people: Sequence[Participant]) -> list[Participant]:
    """Each person once: of two spellings the one used more."""
    kept: list[Participant] = []
    for person in people:
        name = wording.name_of(person.name)
        if not any(wording.same_people([name], [wording.name_of(other.name)]) for other in kept):
            kept.append(person)
    return kept
