"""Who demands what of whom, since when, repeated where, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from onrecord.held import Told, Wanted
from onrecord.ledger import wording
from onrecord.ledger.tellings import Row, Telling, about, countries, first_day, order, row_of, span_dict, usable, voices
from onrecord.record import Span, digest

Verdict = Literal["accepted", "refused", "partly"]
Outcome = Literal["accepted", "refused", "partly", "none yet"]
ANSWERING: Final[Mapping[str, Verdict]] = {"AGREE": "accepted", "CONCEDE": "accepted", "RETREAT": "accepted", "REJECT": "refused"}
NEEDED: Final = (Wanted(types=("REQUEST", *ANSWERING), statuses=("actual", "negated")), Wanted(types=("CONSULT",)))
"""The rows that ``demands`` looks at."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One report's telling of an answer, and what it comes to."""

    verdict: Verdict
    by: tuple[str, ...]
    day: str | None
    telling: Telling

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {"verdict": self.verdict, "by": list(self.by), "day": self.day, "telling": self.telling.to_dict()}


@dataclass(frozen=True, slots=True)
class Demand:
    """One demand, however often it is told.  ``of`` is empty where no addressee is told; ``since`` an ISO day."""

    id: str
    by: tuple[str, ...]
    of: tuple[str, ...]
    content: Span
    since: str | None
    outcome: Outcome
    tellings: tuple[Telling, ...]
    answers: tuple[Answer, ...]

    @property
    def rows(self) -> tuple[str, ...]:
        """The rows that it rests on: the demand's and its answers'."""
        return (*(telling.row for telling in self.tellings), *(answer.telling.row for answer in self.answers))

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready, whole."""
        return {
            "id": self.id,
            "by": list(self.by),
            "of": list(self.of),
            "content": span_dict(self.content),
            "since": self.since,
            "outcome": self.outcome,
            "voices": voices(self.tellings),
            "tellings": [telling.to_dict() for telling in self.tellings],
            "answers": [answer.to_dict() for answer in self.answers],
            "rows": list(self.rows),
        }


@dataclass(slots=True)
class _Case:
    """A demand in the making."""

    by: frozenset[str]
    of: frozenset[str]
    rows: list[tuple[Told, Row]] = field(default_factory=list)
    stems: list[frozenset[str]] = field(default_factory=list)

    def like(self, stems: frozenset[str]) -> float:
        """How near a content comes to any telling of the demand: 0 to 1."""
        return max((wording.likeness(stems, own) for own in self.stems if wording.alike(stems, own)), default=0.0)


def demands(tolds: Iterable[Told]) -> list[Demand]:
    """Every demand that was made (not those only possible or denied), oldest first, with its answers."""
    asked, answering = [], []
    consulted: dict[str, list[Told]] = {}
    for told in sorted(usable(tolds), key=first_day):
        if told.type == "CONSULT":
            consulted.setdefault(told.head.id, []).append(told)
        if told.type == "REQUEST" and told.status == "actual" and countries(told.actors):
            asked.append(told)
        elif told.type in ANSWERING and told.status in ("actual", "negated"):
            answering.append(told)
    cases = _cases(told for told in asked if not _for_a_contact(told, consulted.get(told.head.id, ())))
    answers = _answers(cases, answering)
    return [_demand(case, answers.get(n, ())) for n, case in enumerate(cases)]


def _for_a_contact(told: Told, consulted: Iterable[Told]) -> bool:
    """True for what only says who asked for a contact ("spoke by phone at the request of the Bulgarian side")."""
    row = row_of(told)
    if row["content"] is not None or row["trigger"]["text"].lower() not in wording.words("wishes"):
        return False
    sides = countries((*told.actors, *told.recipients))
    near = (other for other in consulted if sides <= countries((*other.actors, *other.recipients)))
    return any(row_of(other)["sentence"]["start"] == row["sentence"]["start"] for other in near)


def _cases(asked: Iterable[Told]) -> list[_Case]:
    """The demands: rows of the same sides with content alike are one."""
    cases: list[_Case] = []
    index: dict[tuple[frozenset[str], frozenset[str], str], dict[int, None]] = {}
    for told in asked:
        row = row_of(told)
        stems = wording.stems(about(row).text)
        by, of = countries(told.actors), countries(told.recipients)
        near = _sharing(stems, [index.get((by, of, stem), ()) for stem in stems])
        best = max(near, key=lambda n: cases[n].like(stems), default=None)
        if best is None or not cases[best].like(stems):
            best = len(cases)
            cases.append(_Case(by, of))
        cases[best].rows.append((told, row))
        if stems not in cases[best].stems:
            cases[best].stems.append(stems)
        for stem in stems:
            index.setdefault((by, of, stem), {})[best] = None
    return cases


def _sharing(stems: frozenset[str], found: Iterable[Iterable[int]]) -> list[int]:
    """The cases that share enough words to be looked at; ``found`` has the cases of each word."""
    shared: dict[int, int] = {}
    for cases in found:
        for n in cases:
            shared[n] = shared.get(n, 0) + 1
    least = min(len(stems), wording.ENOUGH)
    return sorted(n for n, count in shared.items() if count >= least)


# ---------------------------------------------------------------- answers


def _answers(cases: Sequence[_Case], answering: Iterable[Told]) -> dict[int, list[Answer]]:
    """The answers of each demand: rows linked to it, and later ones of its addressee about the same thing."""
    by_row = {told.id: n for n, case in enumerate(cases) for told, _ in case.rows}
    index: dict[tuple[str, str], list[int]] = {}
    for n, case in enumerate(cases):
        for side in case.of - case.by:
            for stem in frozenset().union(*case.stems):
                index.setdefault((side, stem), []).append(n)
    found: dict[int, list[Answer]] = {}
    for told in answering:
        row = row_of(told)
        stems = wording.stems(about(row).text)
        near = _sharing(stems, [index.get((side, stem), ()) for side in countries(told.actors) for stem in stems])
        linked = {by_row[told.answers]} if told.answers in by_row else set()
        for n in sorted(linked | {n for n in near if _answers_it(cases[n], told, stems)}):
            found.setdefault(n, []).extend(_answer(told, row))
    return found


def _answers_it(case: _Case, told: Told, stems: frozenset[str]) -> bool:
    """True when a later row of the addressee is about what was demanded, and is not said to somebody else."""
    since = first_day(case.rows[0][0])
    to = countries(told.recipients) - countries(told.actors)
    return first_day(told) >= since and (not to or bool(to & case.by)) and case.like(stems) > 0


def _answer(told: Told, row: Row) -> Iterator[Answer]:
    """What a row comes to as an answer; "did not reject" comes to none."""
    verdict = ANSWERING[told.type]
    if told.status == "negated":
        if verdict == "refused":
            return
        verdict = "refused"
    elif verdict == "accepted" and wording.says("partly", row["sentence"]["text"]):
        verdict = "partly"
    yield Answer(verdict, tuple(sorted(countries(told.actors))), told.day, Telling.of(told, row))


def _demand(case: _Case, answers: Iterable[Answer]) -> Demand:
    told = sorted((Telling.of(told, row) for told, row in case.rows), key=order)
    first, row = case.rows[0]
    own = tuple(sorted(answers, key=lambda answer: (answer.day or "9999", answer.telling.row)))
    return Demand(
        id=digest("demand", first.id),
        by=tuple(sorted(case.by)),
        of=tuple(sorted(case.of)),
        content=about(row),
        since=first.day,
        outcome=_outcome(own),
        tellings=tuple(told),
        answers=own,
    )


def _outcome(answers: Sequence[Answer]) -> Outcome:
    """What the answers of the latest day come to; those that differ come to a part."""
    latest = {answer.verdict for answer in answers if answer.day == answers[-1].day}
    if not latest:
        return "none yet"
    return latest.pop() if len(latest) == 1 else "partly"
