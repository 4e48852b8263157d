"""Which accounts tell of one and the same contact: by who took part, how, and when.

Joined first is what agrees on the day, then what lies a day apart (time zones, and reports without a
date of their own), then what names a third party more, then what only points to another contact
("their recent call").  Every look-up is by the sides and the day, so that the cost grows with the rows.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from onrecord.ledger.accounts import Account, Days
from onrecord.ledger.wording import Name, same_people

Key = frozenset[str]

RECENT: Final = 45
"""So many days before a report may lie what it calls recent."""
MENTIONED: Final = 14
"""So many days before a report may lie a contact that it mentions in passing, without a day."""
FRESH: Final = 3
"""So many days before a report may lie the contact that it mostly tells of, where its headline is about something else."""
SOON: Final = 7
"""So many days after a report may lie a contact that it announces without a day."""
PUT_OFF: Final = 60
"""So many days may lie between the day planned at first and the new one."""
LARGE: Final = 4
"""From so many sides on, reports do not name them all: then most of them must be the same."""
SHARED: Final = 0.6
PAIRED: Final = 8
"""Of so many sides of a large contact, in the order of the alphabet, every pair finds it."""


class Group:
    """Accounts that tell of one contact."""

    __slots__ = ("accounts", "day", "sides", "vague")

    def __init__(self, account: Account, day: int | None) -> None:
        self.accounts: list[Account] = [account]
        self.day = day
        self.sides: Key = account.key
        self.vague: Days | None = None
        """About when it was, where no day is known."""

    def take(self, others: Iterable[Account]) -> None:
        """Enter further accounts; the sides are those that any of them names."""
        for account in others:
            self.accounts.append(account)
            self.sides |= account.key

    @property
    def sorts(self) -> frozenset[str]:
        """What sorts of contact the accounts call it."""
        return frozenset().union(*(account.sorts for account in self.accounts))

    @property
    def held(self) -> bool:
        """True when any of the accounts says that it took place."""
        return any(account.status == "actual" for account in self.accounts)

    @property
    def explicit(self) -> bool:
        """True when a report says the day."""
        return any(account.explicit for account in self.accounts)


def join(accounts: Iterable[Account]) -> list[Group]:
    """The accounts in groups, one a contact, in the order of their oldest account."""
    known: list[Account] = []
    later: list[Account] = []
    for account in accounts:
        (known if account.day is not None and len(account.key) > 1 else later).append(account)
    groups = _across_days(_same_day(known))
    groups = _third_parties(groups)
    groups = _put_off(groups)
    _pointing(groups, later)
    return sorted(groups, key=lambda group: min(account.order for account in group.accounts))


# ---------------------------------------------------------------- what agrees on the day


def _same_day(accounts: Iterable[Account]) -> list[Group]:
    """Accounts with the same sides and day; of several contacts of one day each joins the one that it fits best."""
    index: dict[tuple[Key, int | None], list[Group]] = {}
    groups: list[Group] = []
    for account in sorted(accounts, key=lambda account: (not account.names, account.order)):
        here = index.setdefault((account.key, account.day), [])
        group = _best(here, account)
        if group is None:
            group = Group(account, account.day)
            groups.append(group)
            here.append(group)
        else:
            group.take([account])
    return groups


def _best(groups: Iterable[Group], account: Account) -> Group | None:
    fitting = [group for group in groups if _fits(group, account)]
    return max(fitting, key=lambda group: _affinity(group, account), default=None)


def _affinity(group: Group, account: Account) -> tuple[int, ...]:
    """The same people, the same sort, the same town, the same report's neighbours last."""
    names = [name for other in group.accounts for name in _everybody(other)]
    return (
        sum(same_people(own, names) for own in account.names.values()),
        any(account.sorts & other.sorts for other in group.accounts),
        any(account.town is not None and account.town == other.town for other in group.accounts),
        len(group.accounts),
    )


def _fits(group: Group, account: Account) -> bool:
    """True when nothing that is told speaks against the account's being of this contact."""
    if any(other.head.id == account.head.id for other in group.accounts):
        return False  # the reader of the report kept them apart
    return all(_one_contact(other, account) for other in group.accounts) and _sort_fits(group, account)


def _one_contact(one: Account, other: Account) -> bool:
    if not _people_fit(one, other) or not _town_fits(one, other):
        return False
    return one.head.publisher != other.head.publisher or _same_guests(one, other)


def _same_guests(one: Account, other: Account) -> bool:
    """Whom a publisher names without their state in one report of its own news, it names in another on the same contact.

    Not asked where both reports name people of all sides: then these agree.
    """
    named = all(one.names.get(side) and other.names.get(side) for side in one.sides | other.sides)
    if named or not (one.main and other.main) or {one.status, other.status} != {"actual"}:
        return True
    strangers = one.names.get("", frozenset()) | other.names.get("", frozenset())
    return all(same_people([name], _everybody(one)) and same_people([name], _everybody(other)) for name in strangers)


def _everybody(account: Account) -> list[Name]:
    return [name for names in account.names.values() for name in names]


def _sort_fits(group: Group, account: Account) -> bool:
    """A letter is no call, a visit no meeting; what is known to have been a video link may be called a call as well as a meeting."""
    told = group.sorts
    for sort in APART:
        if ({sort} == told) != ({sort} == account.sorts):
            return False
    if not told or not account.sorts or told & account.sorts:
        return True
    return "video" in told | account.sorts


APART: Final = ("letter", "visit")
"""Sorts of contact that are never the same as another."""


def _people_fit(one: Account, other: Account) -> bool:
    """On every side that both name people of, somebody is the same; where only ranks are told, these are."""
    for side in one.sides & other.sides:
        mine, theirs = one.names.get(side), other.names.get(side)
        if mine and theirs:
            if not mine & theirs and not same_people(mine, theirs):
                return False
        elif not _ranks_fit(one.ranks.get(side), other.ranks.get(side)):
            return False
    return True


def _ranks_fit(one: frozenset[str] | None, other: frozenset[str] | None) -> bool:
    return not one or not other or bool(one & other)


def _town_fits(one: Account, other: Account) -> bool:
    """Who meets in person meets in one town."""
    in_person = "meeting" in one.sorts and "meeting" in other.sorts
    return not in_person or one.town is None or other.town is None or one.town == other.town


# ---------------------------------------------------------------- what lies a day apart


def _across_days(groups: list[Group]) -> list[Group]:
    """Join the groups of neighbouring days that no publisher tells of twice."""
    index: dict[tuple[Key, int], list[Group]] = {}
    for group in groups:
        index.setdefault((group.sides, _day(group)), []).append(group)
    merged: set[int] = set()
    for group in sorted(groups, key=_day):
        if id(group) in merged:
            continue
        next_day = [g for g in index.get((group.sides, _day(group) + 1), ()) if id(g) not in merged and _one_night(group, g)]
        if next_day:
            other = max(next_day, key=lambda g: max(_affinity(group, account) for account in g.accounts))
            group.take(other.accounts)
            merged.add(id(other))
    return [group for group in groups if id(group) not in merged]


def _day(group: Group) -> int:
    return group.day if group.day is not None else 0


def _one_night(one: Group, other: Group) -> bool:
    """True when two groups a day apart may be one contact: told by different publishers, and not in one place on two dates."""
    if _publishers(one) & _publishers(other):
        return False
    if not _all_fit(one, other):
        return False
    in_person = any("meeting" in a.sorts and "video" not in a.sorts for a in (*one.accounts, *other.accounts))
    return not (in_person and one.explicit and other.explicit)


def _all_fit(one: Group, other: Group) -> bool:
    return all(_fits(one, account) for account in other.accounts)


def _publishers(group: Group) -> set[str]:
    """Who tells it as its own news; one without a publisher's name is nobody else's double."""
    return {account.head.publisher or account.head.id for account in group.accounts if account.main}


# ---------------------------------------------------------------- a third party that only some name


def _third_parties(groups: list[Group]) -> list[Group]:
    """Join what is the same but for one side that only one of the accounts names, and large meetings with most sides in common."""
    index: dict[tuple[str, str, int], list[Group]] = {}
    for group in groups:
        for pair in _pairs(group.sides):
            index.setdefault((*pair, _day(group)), []).append(group)
    merged: set[int] = set()
    for group in sorted(groups, key=lambda group: (-len(group.sides), _day(group))):
        if id(group) not in merged and len(group.sides) > 2:
            for other in _narrower(group, index, merged):
                group.take(other.accounts)
                merged.add(id(other))
    return [group for group in groups if id(group) not in merged]


def _pairs(sides: Key) -> Iterator[tuple[str, str]]:
    yield from itertools.combinations(sorted(sides)[:PAIRED], 2)


def _narrower(group: Group, index: Mapping[tuple[str, str, int], list[Group]], merged: set[int]) -> Iterator[Group]:
    """Groups of the same day that tell of fewer sides of the same contact."""
    seen = {id(group)}
    for pair in _pairs(group.sides):
        for other in index.get((*pair, _day(group)), ()):
            if id(other) in seen or id(other) in merged:
                continue
            seen.add(id(other))
            if _with_fewer_sides(group, other) and not _publishers(group) & _publishers(other) and _all_fit(group, other):
                yield other


def _with_fewer_sides(whole: Group, part: Group) -> bool:
    common = whole.sides & part.sides
    if len(whole.sides) >= LARGE and len(common) >= LARGE - 1:
        return len(common) / len(whole.sides | part.sides) >= SHARED
    return part.sides < whole.sides and len(whole.sides - part.sides) == 1


# ---------------------------------------------------------------- what was put off


def _put_off(groups: list[Group]) -> list[Group]:
    """A contact that was only planned and one that is told as put off, of the same sides and people, are one: on the new day."""
    by_sides: dict[Key, list[Group]] = {}
    for group in groups:
        by_sides.setdefault(group.sides, []).append(group)
    merged: set[int] = set()
    for group in groups:
        if not any(account.moved for account in group.accounts) or id(group) in merged:
            continue
        for other in by_sides[group.sides]:
            if other is not group and id(other) not in merged and _planned_before(other, group) and _all_fit(group, other):
                group.take(other.accounts)
                merged.add(id(other))
    return [group for group in groups if id(group) not in merged]


def _planned_before(plan: Group, moved: Group) -> bool:
    told = min((a.published for a in moved.accounts if a.moved and a.published is not None), default=None)
    in_time = told is None or told <= _day(plan) + 1
    announced = all(a.published is None or told is None or a.published <= told for a in plan.accounts)
    return not plan.held and in_time and announced and abs(_day(plan) - _day(moved)) <= PUT_OFF


# ---------------------------------------------------------------- what points to another contact


class _Timeline:
    """The groups of the same sides in the order of their days."""

    __slots__ = ("days", "groups", "vague")

    def __init__(self) -> None:
        self.days: list[int] = []
        self.groups: list[Group] = []
        self.vague: list[Group] = []

    def enter(self, group: Group) -> None:
        """Keep a group by its day, or with those whose day is not known."""
        if group.day is None:
            self.vague.append(group)
            return
        place = bisect_right(self.days, group.day)
        self.days.insert(place, group.day)
        self.groups.insert(place, group)

    def between(self, first: int, last: int) -> list[Group]:
        """The groups of those days, oldest first."""
        return self.groups[bisect_left(self.days, first) : bisect_right(self.days, last)]


def _pointing(groups: list[Group], later: Iterable[Account]) -> None:
    """Enter the accounts without a day of their own: each joins the contact that it points to, or stands for itself."""
    timelines: dict[Key, _Timeline] = {}
    own: dict[tuple[str, Key], list[Group]] = {}
    for known in groups:
        timelines.setdefault(known.sides, _Timeline()).enter(known)
        for account in known.accounts:
            own.setdefault((account.head.id, account.key), []).append(known)
    for account in sorted(later, key=lambda account: (not account.main, account.order)):
        timeline = timelines.setdefault(account.key, _Timeline())
        group = _meant(timeline, account, own) if len(account.key) > 1 else None
        if group is None:
            group = Group(account, account.published if _news(account) else None)
            group.vague = account.days
            groups.append(group)
            timeline.enter(group)
        else:
            group.take([account])
        own.setdefault((account.head.id, account.key), []).append(group)


def _meant(timeline: _Timeline, account: Account, own: Mapping[tuple[str, Key], list[Group]]) -> Group | None:
    """The contact that an account without a day of its own means; None when it is not sure which."""
    told_of = own.get((account.head.id, account.key), [])
    if account.days is None and not account.past and account.status == "actual" and len(told_of) == 1 and _told_again(told_of[0], account):
        return told_of[0]
    near = (group for group in _around(timeline, account) if group not in told_of and _held_in_a_town(group, account))
    candidates = [group for group in near if _fits(group, account)]
    candidates.sort(key=lambda group: (_day(group), _affinity(group, account)))
    if account.days is not None:
        return candidates[0] if len(candidates) == 1 else None
    if account.status == "planned":
        after = [group for group in candidates if account.published is not None and _day(group) > account.published]
        return next(iter((*after, *candidates)), None)
    return candidates[-1] if candidates else None


def _news(account: Account) -> bool:
    """What a report mostly tells of and nothing dates is taken to be of its day."""
    return account.main and account.status == "actual" and account.days is None and not account.past


def _held_in_a_town(group: Group, account: Account) -> bool:
    """What is told with its town is no call, and is not what another town is told of."""
    towns = {other.town for other in group.accounts if other.town}
    return account.town is None or (not group.sorts & REMOTE and (not towns or account.town in towns))


REMOTE: Final = frozenset({"letter", "phone", "video"})


def _told_again(group: Group, account: Account) -> bool:
    """A report's own news told on in a further sentence."""
    return group.held and _sort_fits(group, account) and all(_people_fit(other, account) for other in group.accounts)


def _around(timeline: _Timeline, account: Account) -> list[Group]:
    """The contacts that are near enough in time."""
    if account.days is not None:
        overlapping = [g for g in timeline.vague if g.vague is not None and g.vague[0] <= account.days[1] and account.days[0] <= g.vague[1]]
        return timeline.between(*account.days) or overlapping
    if account.published is None:
        return []
    if account.status == "actual":
        reach = RECENT if account.past else FRESH if account.main else MENTIONED
        return [group for group in timeline.between(account.published - reach, account.published) if group.held]
    if account.status == "planned" and account.main:
        return timeline.between(account.published, account.published + SOON)
    return []
