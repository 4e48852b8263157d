"""Disputed claims: what one source says happened and another denies, with the words of both."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Literal

from onrecord.held import Told, Wanted
from onrecord.ledger import wording
from onrecord.ledger.tellings import Row, Telling, about, countries, first_day, order, row_of, teller, usable
from onrecord.record import digest

Kind = Literal["event", "accusation"]
NEEDED: Final = (Wanted(statuses=("actual", "negated")),)
"""The rows that ``disputes`` looks at."""
NEAR: Final = 14
"""Days between two reports, where the event's own days are not told, within which they may be of one event."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One side's telling: who says it (a state, an organisation, a publisher), and where."""

    by: str
    telling: Telling

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {"by": self.by, "telling": self.telling.to_dict()}


@dataclass(frozen=True, slots=True)
class Dispute:
    """One disputed event (``kind`` "event"), or an accusation that the accused rejects ("accusation")."""

    id: str
    kind: Kind
    type: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    asserted: tuple[Voice, ...]
    denied: tuple[Voice, ...]

    @property
    def rows(self) -> tuple[str, ...]:
        """The rows that it rests on."""
        return tuple(voice.telling.row for voice in (*self.asserted, *self.denied))

    @property
    def since(self) -> str | None:
        """The ISO day of the first report."""
        return min((voice.telling.published for voice in (*self.asserted, *self.denied) if voice.telling.published), default=None)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready, whole."""
        return {
            "id": self.id,
            "kind": self.kind,
            "type": self.type,
            "actors": list(self.actors),
            "recipients": list(self.recipients),
            "since": self.since,
            "asserted": [voice.to_dict() for voice in self.asserted],
            "denied": [voice.to_dict() for voice in self.denied],
            "rows": list(self.rows),
        }


@dataclass(slots=True)
class _Case:
    """A dispute in the making: rows by their ids."""

    kind: Kind
    type: str
    asserted: dict[str, tuple[Told, Row]] = field(default_factory=dict)
    denied: dict[str, tuple[Told, Row]] = field(default_factory=dict)


def disputes(tolds: Iterable[Told]) -> list[Dispute]:
    """Every event that one source asserts and another denies, and every accusation that the accused turns down, oldest first."""
    rows = sorted(usable(tolds), key=lambda told: (first_day(told), told.id))
    cases = [*_events(rows), *_accusations(rows)]
    found = [_dispute(case) for case in cases if case.asserted and case.denied]
    return sorted(found, key=lambda dispute: (dispute.since or "9999", dispute.id))


# ---------------------------------------------------------------- events


Bucket = tuple[str, str, frozenset[str]]
"""Type, one of the actors, recipients: what a claim and its denial have in common."""


@dataclass(slots=True)
class _Claim:
    """A row that asserts something; its data are looked into only when a denial comes near."""

    told: Told
    place: int
    """Among all claims, oldest first."""
    row: Row | None = None

    @property
    def data(self) -> Row:
        """The whole row, parsed once."""
        if self.row is None:
            self.row = row_of(self.told)
        return self.row


@dataclass(slots=True)
class _Claims:
    """The claims of one bucket in the order of their days, so that a denial meets only those near it in time."""

    dated: list[_Claim] = field(default_factory=list)
    first: list[str] = field(default_factory=list)
    last: list[str] = field(default_factory=list)
    """The latest day of any dated claim so far: it never falls, so it can be searched."""
    undated: list[_Claim] = field(default_factory=list)
    days: list[str] = field(default_factory=list)

    def enter(self, claim: _Claim) -> None:
        """Keep a claim that is not older than those entered; one without any day is near nothing."""
        told = claim.told
        if told.earliest:
            self.dated.append(claim)
            self.first.append(told.earliest)
            self.last.append(max(told.latest or told.earliest, self.last[-1] if self.last else ""))
        elif told.day is not None:
            self.undated.append(claim)
            self.days.append(told.day)

    def near(self, denial: Told) -> list[_Claim]:
        """The claims whose days may be those of the denial, oldest first; a few others may be among them."""
        since, until = _around(denial.day)
        near = self.undated[bisect_left(self.days, since) : bisect_right(self.days, until)]
        if denial.earliest:
            since, until = denial.earliest, denial.latest or denial.earliest
            near += self.dated[bisect_left(self.last, since) : bisect_right(self.first, until)]
        else:
            near += self.dated[bisect_left(self.first, since) : bisect_right(self.first, until)]
        return sorted(near, key=lambda claim: claim.place)


def _around(day: str | None) -> tuple[str, str]:
    """The first and the last day that are near a day; a stretch without days for none."""
    if day is None:
        return "9", ""
    middle = date.fromisoformat(day).toordinal()
    first, last = max(1, middle - NEAR), min(date.max.toordinal(), middle + NEAR)
    return date.fromordinal(first).isoformat(), date.fromordinal(last).isoformat()


def _events(rows: Iterable[Told]) -> list[_Case]:
    denials: list[Told] = []
    claims: dict[Bucket, _Claims] = {}
    for place, told in enumerate(rows):
        if told.status == "negated":
            denials.append(told)
        elif told.status == "actual":
            claim = _Claim(told, place)
            for actor in countries(told.actors):
                bucket = (told.type, actor, countries(told.recipients))
                if bucket not in claims:
                    claims[bucket] = _Claims()
                claims[bucket].enter(claim)
    cases: list[_Case] = []
    by_claim: dict[str, _Case] = {}
    for denial in denials:
        row = row_of(denial)
        against = _claims_denied(denial, row, claims)
        if against:
            case = next((by_claim[claim.told.id] for claim in against if claim.told.id in by_claim), None)
            if case is None:
                case = _Case("event", denial.type)
                cases.append(case)
            case.denied[denial.id] = (denial, row)
            for claim in against:
                case.asserted.setdefault(claim.told.id, (claim.told, claim.data))
                by_claim.setdefault(claim.told.id, case)
    return cases


def _claims_denied(denial: Told, row: Row, claims: Mapping[Bucket, _Claims]) -> list[_Claim]:
    """The rows that assert what the denial denies, by somebody else."""
    found: dict[str, _Claim] = {}
    by = teller(denial, row)
    for actor in sorted(countries(denial.actors)):
        bucket = claims.get((denial.type, actor, countries(denial.recipients)))
        for claim in bucket.near(denial) if bucket is not None else ():
            if claim.told.id in found or not _one_event(claim.told, denial) or not _one_matter(claim.told, claim.data, denial, row):
                continue
            if teller(claim.told, claim.data) != by and _one_place(claim.data, row):
                found[claim.told.id] = claim
    return list(found.values())


def _one_event(claim: Told, denial: Told) -> bool:
    """The days do not speak against it."""
    if claim.earliest and denial.earliest:
        return claim.earliest <= (denial.latest or denial.earliest) and denial.earliest <= (claim.latest or claim.earliest)
    return "historical" not in claim.flags and _days_between(claim.day, denial.day) <= NEAR


def _days_between(one: str | None, other: str | None) -> int:
    if one is None or other is None:
        return NEAR + 1
    return abs(date.fromisoformat(one).toordinal() - date.fromisoformat(other).toordinal())


def _one_place(one: Row, other: Row) -> bool:
    return one["place"] is None or other["place"] is None or one["place"]["name"] == other["place"]["name"]


def _one_matter(claim: Told, data: Row, denial: Told, row: Row) -> bool:
    """The same recipients on a day that both tell, or the same words: two reports of one type and actor alone are not of one event."""
    if RECIPROCAL & {claim.type}:
        return bool(claim.earliest and denial.earliest) and countries(claim.actors) == countries(denial.actors)
    if claim.earliest and denial.earliest and claim.earliest == claim.latest and countries(claim.recipients):
        return True
    return wording.alike(_words(data), _words(row))


RECIPROCAL: Final = frozenset({"CONSULT", "COOPERATE"})


def _words(row: Row) -> frozenset[str]:
    return wording.stems(row["trigger"]["text"] + " " + about(row).text)


# ---------------------------------------------------------------- accusations


@dataclass(slots=True)
class _Accusations:
    """The accusations by their ids, and by who is accused by whom ("" for anybody)."""

    cases: dict[str, tuple[_Case, frozenset[str]]] = field(default_factory=dict)
    index: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def enter(self, told: Told) -> None:
        """Keep an accusation with its words."""
        row = row_of(told)
        self.cases[told.id] = (_Case("accusation", "ACCUSE", {told.id: (told, row)}), _words(row))
        accusers = countries(told.actors)
        for accused in countries(told.recipients):
            for accuser in ("", *accusers):
                self.index.setdefault((accused, accuser), []).append(told.id)
            if not accusers:
                self.index.setdefault((accused, UNTOLD), []).append(told.id)

    def near(self, told: Told) -> set[str]:
        """The accusations that a row may turn down: the one it is linked to, those of its actor by whomever it speaks to."""
        sides = countries(told.actors)
        to = countries(told.recipients) - sides
        found = {id_ for side in sides for other in ((*to, UNTOLD) if to else ("",)) for id_ in self.index.get((side, other), ())}
        return found | ({told.answers} & self.cases.keys() if told.answers is not None else set())


UNTOLD: Final = "?"
"""The accuser of an accusation that does not tell who makes it."""


def _accusations(rows: Sequence[Told]) -> list[_Case]:
    """Accusations with what turns them down: linked refusals, and later ones or denials of the accused about the same thing."""
    accusations = _Accusations()
    for told in rows:
        if told.type == "ACCUSE" and told.status == "actual":
            accusations.enter(told)
    for told in rows:
        if (told.type == "REJECT" and told.status == "actual") or told.status == "negated":
            _turn_down(told, accusations)
    return [case for case, _ in accusations.cases.values()]


def _turn_down(told: Told, accusations: _Accusations) -> None:
    """Enter a refusal or denial with the accusations of its actor that it is about."""
    near = accusations.near(told)
    if not near:
        return
    row = row_of(told)
    if told.status == "negated" and teller(told, row) not in countries(told.actors):
        return  # somebody else's denial: "this is not just an attack on us" turns nothing down
    stems = _words(row)
    for id_ in sorted(near):
        case, said = accusations.cases[id_]
        accusation, _ = case.asserted[id_]
        if id_ == told.answers or (wording.alike(stems, said) and _may_turn_down(told, accusation)):
            case.denied[told.id] = (told, row)


def _may_turn_down(told: Told, accusation: Told) -> bool:
    """It comes later, and is not the accuser's own."""
    return first_day(told) >= first_day(accusation) and not countries(told.actors) & countries(accusation.actors)


def _dispute(case: _Case) -> Dispute:
    asserted, denied = _voices(case.asserted.values(), case.kind), _voices(case.denied.values(), case.kind)
    told = [told for told, _ in (*case.asserted.values(), *case.denied.values())]
    return Dispute(
        id=digest("dispute", *sorted(case.asserted), *sorted(case.denied)),
        kind=case.kind,
        type=case.type,
        actors=tuple(sorted(frozenset().union(*(countries(t.actors) for t in (told if case.kind == "event" else told[:1]))))),
        recipients=tuple(sorted(frozenset().union(*(countries(t.recipients) for t in (told if case.kind == "event" else told[:1]))))),
        asserted=asserted,
        denied=denied,
    )


def _voices(rows: Iterable[tuple[Told, Row]], kind: Kind) -> tuple[Voice, ...]:
    """Who tells each row: of an accusation and its refusal, whoever makes it."""
    found = []
    for told, row in rows:
        speakers = sorted(countries(told.actors)) if kind == "accusation" else []
        found.append(Voice(speakers[0] if speakers else teller(told, row), Telling.of(told, row)))
    return tuple(sorted(found, key=lambda voice: order(voice.telling)))
