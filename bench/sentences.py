"""Single labelled sentences: is there a row of the labelled type, with the labelled words among its parties?

The labels are another scheme's, so our rows are folded into it first:

* PLOVER has no status: its codebook codes cooperation that is still to come (consulting, supporting,
  cooperating, aiding, yielding) as AGREE; YIELD covers CONCEDE and RETREAT; what is denied is no event.
* Every label has two slots to fill, also where the sentence tells of one party: "a recipient" and "An actor"
  stand for nobody, and ask nothing.  Where no party is told, the slot holds the town where it happens
  ("resigned in Peru") or the thing that it is about ("condemned the bombing"): our rows have ``place`` and
  ``content`` for those.  ``row`` lets them answer for the label, the content only where it is about the same
  words; ``parties`` does not, and asks for an actor and a recipient in their own columns.
* A pronoun is whom the row says that it is: any words by which the reading names the same party count.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.reader import read_many
from onrecord.record import Entity, Event, Reading, Report, Span

FOLDED_WHEN_PLANNED = {"CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"}
YIELD = {"CONCEDE", "RETREAT"}
NOBODY = {"a recipient", "An actor"}
SAME_WORDS = 0.5
"""Least share of the words of content and label together that both have, for the one to be the other."""

Case = dict[str, str]


def measure(shared: Path) -> dict[str, float]:
    """``type``: share of sentences with a row of the type; ``row`` and ``parties``: it meets the labelled words too."""
    lines = (shared / "data" / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    readings = read_many(Report(case["text"], case["id"]) for case in cases)
    judged = [judge(case, reading) for case, reading in zip(cases, readings, strict=True)]
    figures = {name: sum(verdict[name] for verdict in judged) / len(judged) for name in ("type", "row", "parties")}
    return figures | {"rows_a_sentence": sum(verdict["rows"] for verdict in judged) / len(judged)}


def judge(case: Case, reading: Reading) -> dict[str, int]:
    """Whether one sentence has the type, the type with its parties (and what stands for them), and how many rows it gave."""
    events = [event for event in reading.events if event.status != "negated"]
    typed = [event for event in events if folded(event) == case["type"]]
    slots = [Slots.of(case, event, reading) for event in typed]
    return {"type": bool(typed), "row": any(s.row for s in slots), "parties": any(s.parties for s in slots), "rows": len(events)}


def folded(event: Event) -> str:
    """The event's type as the labels have it."""
    if event.status == "planned" and event.type in FOLDED_WHEN_PLANNED:
        return "AGREE"
    return "YIELD" if event.type in YIELD else event.type


@dataclass(frozen=True)
class Slots:
    """How one row meets the two labelled slots: by its parties alone, or with its place and content."""

    row: bool
    parties: bool

    @classmethod
    def of(cls, case: Case, event: Event, reading: Reading) -> Slots:
        """The row's actors against the actor's words, its recipients against the recipient's; a meeting has all under actors."""
        actor, recipient = places(case["actor"], case["text"]), places(case["recipient"], case["text"])
        who, whom = (list(named(side, reading)) for side in (event.actors, event.recipients or event.actors))
        where = [event.place.span] if event.place else []
        acted, met = over(who, actor), over(whom, recipient)
        in_place = over([*who, *where], actor) and (over([*whom, *where], recipient) or about(event.content, recipient))
        return cls(row=in_place, parties=acted and met)


def places(words: str | None, text: str) -> list[tuple[int, int]] | None:
    """Where the labelled words stand in the text; None when the label names nobody."""
    if not words or words in NOBODY:
        return None
    return [found.span() for part in words.split(";") if part.strip() for found in re.finditer(re.escape(part.strip()), text)]


def named(entities: Iterable[Entity], reading: Reading) -> Iterator[Span]:
    """The spans of some entities, those by which the reading names the same ones elsewhere, and their names where the text has them."""
    known = [e for event in reading.events for e in (*event.actors, *event.recipients)]
    known += [statement.speaker for statement in reading.statements if statement.speaker]
    text = reading.report.text
    for entity in entities:
        yield entity.span
        yield from (other.span for other in known if identity(entity) == identity(other) != (None, None, None))
        if entity.name:
            yield from (Span.of(text, *found.span()) for found in re.finditer(re.escape(entity.name), text))


def identity(entity: Entity) -> tuple[str | None, ...]:
    """What makes two mentions one party."""
    return entity.name, entity.country, entity.sector


def over(spans: Iterable[Span], label: list[tuple[int, int]] | None) -> bool:
    """True when nothing is labelled, or some span overlaps the labelled words."""
    return label is None or any(span.start < end and start < span.end for span in spans for start, end in label)


def about(content: Span | None, label: list[tuple[int, int]] | None) -> bool:
    """True when the content is the labelled words: for at least half of both, or the label is its head ("the raid" of "the raid on …")."""
    if content is None or label is None:
        return False
    return any(content.start == start or shared(content, start, end) >= SAME_WORDS for start, end in label)


def shared(span: Span, start: int, end: int) -> float:
    """The characters that a span and a stretch have in common, as a share of those that either has."""
    common = min(span.end, end) - max(span.start, start)
    return max(common, 0) / (max(span.end, end) - min(span.start, start))
