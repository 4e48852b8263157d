"""What one report tells of one contact: who, when, how.  Reports' accounts are what the ledger joins."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from onrecord.held import Head, Told
from onrecord.ledger import headlines, wording
from onrecord.ledger.tellings import Row, countries, row_of
from onrecord.ledger.wording import Name
from onrecord.record import Status

Days = tuple[int, int]
"""First and last day, as proleptic ordinals."""

PRECISE: Final = 3
"""A stretch of at most so many days says when a contact was; a longer one only about when."""
NEAR: Final = 3
"""So many days before its report came out a date deep in the text may still be that of the report's own news."""
LEAD: Final = 3
"""How much more the first row with two sides says of who took part than a later one."""
AROUND: Final = 80
"""Characters before a trigger in which a word may set the contact in the past."""


@dataclass(slots=True)
class Account:
    """The rows of one report that tell of one contact, and what they agree on."""

    head: Head
    rows: tuple[Told, ...]
    """In the order of the text.  Their data are not kept: a record's contacts would fill the memory with them."""
    sides: frozenset[str]
    """States and organisations that took part."""
    names: Mapping[str, frozenset[Name]]
    """Whom the report names, by state; "" for people whose state it does not tell."""
    ranks: Mapping[str, frozenset[str]]
    status: Status
    sorts: frozenset[str]
    days: Days | None
    town: str | None
    past: bool
    moved: bool
    main: bool = False
    announced: bool = False
    """Whether it is what the report was written for: the headline names a contact (or there is no headline)."""
    called_off: bool = False
    published: int | None = None
    order: tuple[str, str, int] = ("9999", "", 0)
    """Oldest report first, then by the place in the text."""
    day: int | None = None
    """The one day by which it is joined first; None when it is not known well enough."""

    @property
    def key(self) -> frozenset[str]:
        """By what accounts find each other: the sides, or the people where only one side is told."""
        return self.sides if len(self.sides) > 1 else _people_key(self.names)

    @property
    def explicit(self) -> bool:
        """True when the report itself says the day."""
        return self.days is not None and self.days[1] - self.days[0] < PRECISE


def _people_key(names: Mapping[str, frozenset[Name]]) -> frozenset[str]:
    return frozenset(" ".join(name) for known in names.values() for name in known)


def _start(row: tuple[Told, Row]) -> int:
    start: int = row[1]["trigger"]["start"]
    return start


def _place(row: tuple[Told, Row]) -> tuple[int, str]:
    return (_start(row), row[0].id)


Known = Callable[[str], Sequence[Row] | None]
"""A report's id → its accounts as ``as_row`` wrote them, where it has not changed since; else None."""


def accounts(tolds: Iterable[Told], known: Known | None = None) -> list[Account]:
    """Every contact of every report, oldest first; each report's main contact is marked."""
    by_report: dict[str, list[Told]] = {}
    for told in tolds:
        by_report.setdefault(told.head.id, []).append(told)
    found: list[Account] = []
    for report, rows in by_report.items():
        before = known(report) if known is not None else None
        found += _of_report(rows) if before is None else _as_before(before, rows)
    found.sort(key=_age)
    return found


def _age(account: Account) -> tuple[tuple[str, str, int], str]:
    """Oldest report first, then by the place in the text; the id where two stand at one place."""
    return account.order, account.rows[0].id


def _of_report(tolds: Iterable[Told]) -> list[Account]:
    """The contacts that one report tells of."""
    by_contact: dict[str, list[Told]] = {}
    for told in tolds:
        by_contact.setdefault(told.contact or told.id, []).append(told)
    found = [_account(sorted(((told, row_of(told)) for told in rows), key=_place)) for rows in by_contact.values()]
    found.sort(key=_age)
    _mark_main(found)
    for account in found:
        _place_in_time(account)
    return found


def _account(rows: list[tuple[Told, Row]]) -> Account:
    sides = _sides(rows)
    own = [row for row in rows if countries((*row[0].actors, *row[0].recipients)) == sides] or rows
    first = own[0]
    return Account(
        head=first[0].head,
        rows=tuple(told for told, _ in rows),
        sides=sides,
        names=_names(own, sides),
        ranks=_ranks(own, sides),
        status=_status(own),
        sorts=_sorts(own),
        days=_days(own),
        town=_town(first[1]),
        past=_past(first[1]),
        moved=any(wording.says("moved", row["sentence"]["text"]) for _, row in own),
        called_off=any(wording.says("cancelled", row["sentence"]["text"]) for _, row in own),
        published=ordinal(first[0].head.published),
        order=(first[0].head.published or "9999", first[0].head.id, _start(rows[0])),
    )


def ordinal(day: str | None) -> int | None:
    """An ISO date as a number of days; None where there is none or it is no date."""
    if day is None:
        return None
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        return None


# ---------------------------------------------------------------- who


def _sides(rows: Sequence[tuple[Told, Row]]) -> frozenset[str]:
    """Who took part: the sides that most rows agree on, those that name people and the first to tell counting more."""
    votes: dict[frozenset[str], int] = {}
    for told, row in rows:
        sides = countries((*told.actors, *told.recipients))
        if len(sides) > 1:
            lead = 1 if votes else LEAD
            votes[sides] = votes.get(sides, 0) + lead * (1 + sum(entity["kind"] == "person" for entity in row["actors"]))
    if len(votes) == 1:
        return next(iter(votes))
    if votes:
        return max(votes, key=lambda sides: (votes[sides], -len(sides), sorted(sides)))
    return frozenset().union(*(countries((*told.actors, *told.recipients)) for told, _ in rows))


def _names(rows: Sequence[tuple[Told, Row]], sides: frozenset[str]) -> dict[str, frozenset[Name]]:
    """The people named, by the side that they are of."""
    found: dict[str, set[Name]] = {}
    for _, row in rows:
        for entity in row["actors"]:
            if entity["kind"] == "person" and entity["name"]:
                side = entity["country"] or ""
                if side in sides or not side:
                    found.setdefault(side, set()).add(wording.name_of(entity["name"]))
    return {side: frozenset(names) for side, names in found.items()}


def _ranks(rows: Sequence[tuple[Told, Row]], sides: frozenset[str]) -> dict[str, frozenset[str]]:
    """How high those rank who take part, by side, where a title says so."""
    found: dict[str, set[str]] = {}
    for _, row in rows:
        for entity in row["actors"]:
            if entity["role"] and entity["country"] in sides:
                found.setdefault(entity["country"], set()).update(_rank(entity["role"]))
    return {side: frozenset(ranks) for side, ranks in found.items()}


@functools.lru_cache(maxsize=5_000)
def _rank(role: str) -> frozenset[str]:
    """A title's rank: a leader's unless it also has a word of lower rank ("advisor to the president")."""
    rest = wording.phrases("ranks", "leader").without(role)
    if wording.says("ranks", rest, "minister"):
        return frozenset({"minister"})
    return frozenset() if rest == role else frozenset({"leader"})


# ---------------------------------------------------------------- when and how


def _status(rows: Sequence[tuple[Told, Row]]) -> Status:
    """Whether it was held: what the first row says, unless that is only a possibility and others know more."""
    first = rows[0][0].status
    if first in ("actual", "planned"):
        return first
    told = {told.status for told, _ in rows}
    return "actual" if "actual" in told else "planned" if "planned" in told else first


def _days(rows: Sequence[tuple[Told, Row]]) -> Days | None:
    """When: the first row's days, else those that at least two rows, or the rows of a contact to come, agree on near the report's day."""
    first = _interval(rows[0][0])
    if first is not None:
        return first
    published = ordinal(rows[0][0].head.published)
    dated = [days for told, _ in rows if (days := _interval(told)) is not None]
    near = [days for days in dated if published is None or days[1] >= published - NEAR]
    if not near:
        return None
    votes = Counter(near).most_common(2)
    if len(votes) > 1 and votes[0][1] == votes[1][1]:
        return None
    return votes[0][0] if votes[0][1] > 1 or rows[0][0].status != "actual" else None


def _interval(told: Told) -> Days | None:
    first, last = ordinal(told.earliest), ordinal(told.latest)
    return None if first is None or last is None else (first, last)


def _sorts(rows: Sequence[tuple[Told, Row]]) -> frozenset[str]:
    """What sort of contact the words say: the first row's, else most rows'; a video link wherever it is told."""
    first = _sorts_of(rows[0][1]["trigger"]["text"]) | ({"visit"} if rows[0][0].mode == "visit" else set())
    found = set(first) or _most_told(rows)
    if any(wording.says("sorts", row["sentence"]["text"], "video") for _, row in rows):
        found.add("video")
    return frozenset(found)


def _most_told(rows: Sequence[tuple[Told, Row]]) -> set[str]:
    told = [sort for _, row in rows for sort in _sorts_of(row["trigger"]["text"])]
    return {sort for sort in told if 2 * told.count(sort) >= len(rows)}


@functools.lru_cache(maxsize=5_000)
def _sorts_of(words: str) -> frozenset[str]:
    return wording.labels("sorts", words)


def _town(row: Row) -> str | None:
    """The town in which the first row says that it was held."""
    place = row["place"]
    return place["name"] if place is not None and place["geonames"] is not None else None


def _past(row: Row) -> bool:
    """True when a word just before the trigger sets the contact in the report's past."""
    sentence, start = row["sentence"], row["trigger"]["start"]
    place = start - sentence["start"]
    return wording.says("back", sentence["text"][max(0, place - AROUND) : place])


# ---------------------------------------------------------------- the report's own news


def _mark_main(told: Sequence[Account]) -> None:
    """Mark the contact that a report's headline names most of, else the first told; what the headline says counts for it."""
    title = told[0].head.title or ""
    headline = headlines.read(title, told[0].head.publisher)
    surnames = headlines.words_of(title)
    rows = sum(len(account.rows) for account in told)
    best = max(told, key=lambda account: _fit(account, headline, surnames, rows))
    best.main = True
    _take_headline(best, headline)


PAIR: Final = 2
"""Nobody meets alone."""


def _fit(account: Account, headline: headlines.Headline, title: frozenset[str], rows: int) -> tuple[int, ...]:
    """Whom the headline names, what most of the report is about, what has two sides, is news, is no visit, and comes first."""
    named = sum(name[1] in title for names in account.names.values() for name in names)
    agrees = not headline.parties or account.sides <= headline.parties.keys()
    most = 2 * len(account.rows) > rows
    return (
        named,
        agrees,
        most,
        _named_states(account.sides, headline),
        _standing(account, headline.home),
        not account.past,
        -account.order[2],
    )


def _named_states(sides: frozenset[str], headline: headlines.Headline) -> int:
    """How well the other sides agree with the states that the headline names: nothing where it names none of them."""
    others = sides - {headline.home}
    named = others & headline.states
    return 2 * len(named) - len(others - named) if named else 0


def _standing(account: Account, home: str | None) -> int:
    """Before all what two sides are told of, then what a press office tells of one other side, visits (on which people meet) last."""
    if account.sorts == {"visit"}:
        return len(account.key) > 1
    return 3 if len(account.key) > 1 else 2 if home and account.sides and home not in account.sides else 0


def _take_headline(account: Account, headline: headlines.Headline) -> None:
    """Take over what the headline says: sort, people, and the sides where the rows leave some out or name others."""
    account.sorts |= headline.sorts
    if headline.contact and "visit" not in headline.sorts:
        account.sorts -= {"visit"}
    account.past = account.past and not headline.contact
    account.announced = headline.contact or not account.head.title
    told = headline.parties
    if not told and (headline.home is None or len(account.sides) != 1):
        return
    sides = _all_sides(account.sides, headline)
    missing = {side: names for side, names in told.items() if side in sides and names and not account.names.get(side)}
    known = {side: names for side, names in account.names.items() if side in sides or not side}
    account.sides, account.names = sides, _each_once({**known, **missing}, told)


def _all_sides(sides: frozenset[str], headline: headlines.Headline) -> frozenset[str]:
    """The sides by the rows and the headline: together where the rows tell one alone, the headline's where the two differ."""
    told = frozenset(headline.parties)
    if len(sides) == 1 and headline.home is not None:
        sides |= {headline.home}
    if len(sides) == len(told) == 1:
        return sides | told
    if len(told) < PAIR or (sides and not sides & told):
        return sides
    return told if len(sides) < PAIR or told - sides else sides


def _each_once(names: Mapping[str, frozenset[Name]], told: Mapping[str, frozenset[Name]]) -> dict[str, frozenset[Name]]:
    """The people by side, without those whom the headline knows to be of another side."""
    elsewhere = {side: frozenset().union(*(people for other, people in told.items() if other != side)) for side in names}
    return {side: people - elsewhere[side] for side, people in names.items()}


def _place_in_time(account: Account) -> None:
    """The day by which an account is joined: the one it says, else for a report's own news the day that it came out."""
    if account.explicit and account.days is not None:
        account.day = account.days[0]
    elif account.days is None and account.announced and account.status == "actual" and not account.past:
        account.day = account.published
    if account.status == "actual" and account.days and account.published is not None and account.days[0] > account.published + 1:
        account.status = "planned"


# ---------------------------------------------------------------- as rows of data

PLAIN: Final = ("status", "days", "town", "past", "moved", "main", "announced", "called_off", "published", "order", "day")
"""Fields that are written as they are."""


def as_row(account: Account) -> dict[str, Any]:
    """An account JSON-ready, for whoever keeps it until its report changes; its rows by their ids."""
    return {
        "rows": [told.id for told in account.rows],
        "sides": sorted(account.sides),
        "names": {side: sorted(names) for side, names in account.names.items()},
        "ranks": {side: sorted(ranks) for side, ranks in account.ranks.items()},
        "sorts": sorted(account.sorts),
        **{name: getattr(account, name) for name in PLAIN},
    }


def _as_before(before: Sequence[Row], tolds: Iterable[Told]) -> list[Account]:
    """A report's accounts as they were written, over its rows of today."""
    rows = {told.id: told for told in tolds}
    return [_restored(row, tuple(rows[id_] for id_ in row["rows"])) for row in before]


def _restored(row: Row, rows: tuple[Told, ...]) -> Account:
    published, report, start = row["order"]
    return Account(
        head=rows[0].head,
        rows=rows,
        sides=frozenset(row["sides"]),
        names={side: frozenset((given, surname) for given, surname in names) for side, names in row["names"].items()},
        ranks={side: frozenset(ranks) for side, ranks in row["ranks"].items()},
        sorts=frozenset(row["sorts"]),
        **{name: row[name] for name in PLAIN if name not in ("days", "order")},
        days=(row["days"][0], row["days"][1]) if row["days"] else None,
        order=(published, report, start),
    )
