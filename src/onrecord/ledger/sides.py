"""What each teller of a contact tells of it that the others leave out: topics, demands, agreements, warnings, blame, refusals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from onrecord.held import Told
from onrecord.knowledge import whoswho
from onrecord.ledger import headlines, wording
from onrecord.ledger.accounts import Account
from onrecord.ledger.tellings import Row, Telling, countries, row_of, span_dict, span_of
from onrecord.record import Span

Kind = Literal["topic", "demand", "agreement", "concession", "warning", "accusation", "refusal"]
KINDS: Final[Mapping[str, Kind]] = {
    "ACCUSE": "accusation",
    "AGREE": "agreement",
    "CONCEDE": "concession",
    "REJECT": "refusal",
    "REQUEST": "demand",
    "THREATEN": "warning",
}
SHORT: Final = 8
"""Words of a topic that no theme fits: enough to know what it is about."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a report tells of a contact: what kind, in short, in whose words, and in which row."""

    kind: Kind
    label: str
    words: Span
    report: str
    row: str

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {"kind": self.kind, "label": self.label, "words": span_dict(self.words), "report": self.report, "row": self.row}


@dataclass(frozen=True, slots=True)
class Side:
    """One publisher's account.  ``only`` is what no other publisher of the contact tells."""

    publisher: str
    tellings: tuple[Telling, ...]
    items: tuple[Item, ...]
    only: tuple[Item, ...]

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "publisher": self.publisher,
            "tellings": [telling.to_dict() for telling in self.tellings],
            "items": [item.to_dict() for item in self.items],
            "only": [item.to_dict() for item in self.only],
        }


def side_by_side(told: Sequence[Account], beside: Mapping[str, Sequence[Told]]) -> tuple[Side, ...]:
    """The accounts by publisher (a report without one stands for itself), in the order of their first report."""
    by_publisher: dict[str, list[Account]] = {}
    for account in told:
        by_publisher.setdefault(account.head.publisher or account.head.id, []).append(account)
    items = {name: tuple(sorted(_items(own, beside), key=_topics_first)) for name, own in by_publisher.items()}
    return tuple(
        Side(
            publisher=name,
            tellings=tuple(Telling.of(told) for account in own for told in account.rows),
            items=items[name],
            only=_only(items[name], [item for other, found in items.items() if other != name for item in found]),
        )
        for name, own in by_publisher.items()
    )


def _topics_first(item: Item) -> bool:
    return item.kind != "topic"


def _only(own: Sequence[Item], others: Sequence[Item]) -> tuple[Item, ...]:
    """What none of the others tells: topics by their theme, the rest by their words."""
    if not others:
        return ()
    themes = {item.label for item in others if item.kind == "topic"}
    said: dict[str, list[frozenset[str]]] = {}
    for item in others:
        said.setdefault(item.kind, []).append(wording.stems(item.words.text))
    return tuple(item for item in own if not _told_too(item, themes, said.get(item.kind, ())))


def _told_too(item: Item, themes: set[str], said: Iterable[frozenset[str]]) -> bool:
    if item.kind == "topic" and item.label in themes:
        return True
    own = wording.stems(item.words.text)
    return any(wording.alike(own, other) for other in said)


# ---------------------------------------------------------------- what one publisher tells


def _items(told: Iterable[Account], beside: Mapping[str, Sequence[Told]]) -> Iterator[Item]:
    """Topics once by their label, then the rest, each once by its words."""
    known: set[tuple[str, str]] = set()
    for account in told:
        for item in (*_topics(account), *_said(account, beside.get(account.head.id, ()))):
            key = (item.kind, item.label.lower())
            if key not in known:
                known.add(key)
                yield item


def _topics(account: Account) -> Iterator[Item]:
    """What was discussed: themes, and states that did not take part; words that name neither stand for themselves, cut short."""
    for told in account.rows:
        row = row_of(told)
        for span in _topic_spans(row):
            named = [*sorted(wording.labels("themes", span.text)), *_states(span.text, account.sides)]
            for label in named or [_short(span.text)]:
                if label:
                    yield Item("topic", label, span, account.head.id, told.id)


def _states(text: str, sides: frozenset[str]) -> list[str]:
    """The names of the states that a topic names, without those that took part."""
    found = whoswho.load().find(wording.WORD.findall(whoswho.fold(text)))
    entries = (name.entries[0] for name in found)
    return sorted({entry.name for entry in entries if entry.sort in headlines.STATES and entry.country not in sides})


def _topic_spans(row: Row) -> Iterator[Span]:
    """A row's content, unless that is only its date; of a verb of discussing, what stands after it in the sentence."""
    content, when = row["content"], row["date"]
    if content and not (when and when["start"] < content["end"] and content["start"] < when["end"]):
        yield span_of(content)
    elif wording.says("topic_verbs", row["trigger"]["text"]):
        span = _after_trigger(row)
        if span is not None:
            yield span


LINK: Final = re.compile(r"(?:\s|,|in detail|also|to|on|about|of|by|the|that|such|with)*(?=\S)", re.IGNORECASE)


def _after_trigger(row: Row) -> Span | None:
    """What stands after the trigger, to the end of the sentence, without the small words that lead to it."""
    sentence = row["sentence"]
    place = row["trigger"]["end"] - sentence["start"]
    text = sentence["text"]
    lead = LINK.match(text, place)
    start = lead.end() if lead else place
    end = len(text.rstrip(" .\n"))
    return Span(text[start:end], sentence["start"] + start, sentence["start"] + end) if end > start else None


def _short(text: str) -> str:
    return " ".join(text.split()[:SHORT])


def _said(account: Account, beside: Iterable[Told]) -> Iterator[Item]:
    """Demands, agreements and the like of those who took part: of a report's main contact all that it tells, else of the same sentences."""
    sentences = {row["sentence"]["start"] for row in map(row_of, account.rows)}
    for told in beside:
        actors = countries(told.actors)
        if not actors or not actors <= account.sides or not countries(told.recipients) <= account.sides:
            continue
        row = row_of(told)
        if account.main or row["sentence"]["start"] in sentences:
            yield from _themes(told, row)
            if told.type in KINDS and told.status != "negated":
                span = span_of(row["content"] or row["sentence"])
                yield Item(KINDS[told.type], _short(span.text), span, account.head.id, told.id)


def _themes(told: Told, row: Row) -> Iterator[Item]:
    """The themes of a sentence in which somebody who took part acts, at the words that tell them."""
    sentence = row["sentence"]
    for theme, found in wording.finds("themes", sentence["text"]):
        words = Span(found.group(), sentence["start"] + found.start(), sentence["start"] + found.end())
        yield Item("topic", theme, words, told.head.id, told.id)
