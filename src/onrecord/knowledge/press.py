"""Whose report it is: the state it is at home in, the author of a statement, the state whose press office wrote it."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from typing import Final

from onrecord.knowledge import pointers, whoswho
from onrecord.knowledge.whoswho import Entry, Found
from onrecord.page import Cast, Mention, Page, Sentence
from onrecord.record import Entity, Span


def home(page: Page, cast: Cast) -> str | None:
    """The state that the report speaks of most; one where something happens counts twice.

    One in the dateline settles it when the story tells of that state too: a story of Ethiopia may be written in Nairobi.
    """
    votes: Counter[str] = Counter()
    written: list[str] = []
    states = whoswho.load().states
    for mention in cast:
        countries = sorted({e.country for e in mention.entities if e.country in states and e.country and e.sector != "JRN"})
        if mention.place and _in_dateline(page.sentences[mention.sentence], mention):
            written += countries
            continue
        for country in countries:
            votes[country] += 1 + _within(page.sentences[mention.sentence], mention)
    written = written or _capital(page)
    best = votes.most_common(2)
    if written and (not best or votes[written[0]] * TOLD >= best[0][1]):
        return written[0]
    if not best or (len(best) > 1 and best[0][1] < best[1][1] * 1.5):
        return None
    return best[0][0]


def _within(sentence: Sentence, mention: Mention) -> bool:
    """True where something happens in the place, or its own people, forces or offices act: there the story is at home."""
    if mention.place:
        return pointers.preposition(sentence, mention) in pointers.load().sets["placing"] and not mention.adjective
    return mention.entities[0].kind in {"people", "group", "organisation", "government"}


TOLD: Final = 4
"""The state of the dateline is told of at least this part as often as the one told of most."""


def _capital(page: Page) -> list[str]:
    """The state of the capital in a line of its own before the story: "MANILA, March 6 -"."""
    line = next((s for s in page.sentences if s.block.kind == "byline"), None)
    if line is None or not any(token.text in DATELINE for token in line.tokens):
        return []
    town = " ".join(t.text for t in itertools.takewhile(lambda t: t.text.isalpha() and t.text.isupper(), line.tokens))
    meanings = whoswho.load().in_capitals().get(town)
    return [e.country for e in meanings if e.sort == "capital" and e.country][:1]


def _in_dateline(sentence: Sentence, mention: Mention) -> bool:
    """True for the place that a paragraph opens with, before a bracket or a dash: "CAIRO, Egypt (AP) --"."""
    if sentence.block.kind not in {"paragraph", "byline"} or sentence.start != sentence.block.start or mention.first > 4:
        return False
    after = [t.text for t in sentence.tokens[mention.last + 1 : mention.last + 7]]
    return any(mark in DATELINE for mark in after) and sentence.tokens[0].text.isupper()


DATELINE: Final = frozenset({"(", "-", "--", "\u2014", "\u2013", "_"})


def author(page: Page, cast: Cast) -> Mention | None:
    """Whose statement the report is, where its headline says so ("Statement from President …")."""
    if not page.sentences:
        return None
    sentence, table = page.sentences[0], pointers.load()
    if not any(token.lower in table.sets["documents"] for token in sentence.tokens[:4]):
        return None
    for mention in cast.of(0):
        before = sentence.tokens[mention.first - 1].lower if mention.first else ""
        if before in table.sets["authors"] and mention.entities[0].kind == "person":
            return mention
    return None


def titled(page: Page, day: str | None) -> list[Mention]:
    """The organisations and people in office of a title that the text does not begin with: "the leaders" may be they."""
    title = page.report.title
    if not title or not page.sentences or page.sentences[0].block.kind == "headline":
        return []
    here = page.sentences[0].cut(0, 0)
    words = WORD.findall(POSSESSIVE.sub("", whoswho.fold(title)))
    entries = [meant for found in whoswho.load().find(words) if (meant := _meant(found, day)) is not None]
    return [Mention(BEFORE, 0, 0, 0, (_party(here, entry, day),)) for entry in entries]


def _party(here: Span, entry: Entry, day: str | None) -> Entity:
    """The entity of a name in a title; it stands where the text begins until a word of the text means it."""
    if entry.sort != "person":
        return Entity(here, entry.name, entry.country, entry.sector, kind=entry.sort)
    office = entry.office(day)
    return Entity(here, entry.name, entry.country, entry.sector_on(day), office.role if office is not None else None, "person")


BEFORE: Final = -1
"""The number of a sentence before the first."""


WORD: Final = re.compile(r"\w+(?:[-.]\w+)*\.?|[^\w\s]")
POSSESSIVE: Final = re.compile(r"'s?(?!\w)")


def _meant(found: Found, day: str | None) -> Entry | None:
    """The organisation or one person in office that a strong name in a title means; a state may be but what they speak of."""
    entries = [e for e in found.entries if not e.weak]
    people = [
        e for e in entries if e.sort == "person" and e.country is not None and day is not None and any(o.holds(day) for o in e.offices)
    ]
    if people:
        return people[0] if len({e.name for e in people}) == 1 else None
    return entries[0] if entries and entries[0].sort == "organisation" else None


def host(page: Page, cast: Cast, written_by: Mention | None) -> str | None:
    """The state whose press office wrote the report: by its publisher, its author, or an opening that need not introduce the leader."""
    office = press_office(page.report.publisher or "")
    if office is not None:
        return office
    states, table = whoswho.load().states, pointers.load()
    if page.sentences and page.sentences[0].tokens[0].lower in table.sets["documents"]:
        named = [written_by] if written_by is not None else cast.of(0)
        told = next((m.entities[0].country for m in named if m.entities[0].sector == "GOV"), None)
        return told if told in states else None
    body = next((s for s in page.sentences if s.block.kind == "paragraph"), None)
    opening = next((m for m in cast.of(body.number) if m.first <= 1), None) if body is not None else None
    if opening is None or opening.entities[0].kind not in {"person", "role"} or opening.entities[0].country not in states:
        return None
    return opening.entities[0].country if _at_home(opening.entities[0], table.sets["own"]) else None


def press_office(publisher: str) -> str | None:
    """The state whose leader or government a publisher is: "White House", "President of Ukraine"; None for the media."""
    names, key = whoswho.load(), whoswho.key_of(publisher)
    seat = next((e for e in names.get(key) if e.sector == "GOV" and e.sort in {"seat", "body"}), None)
    if seat is not None:
        return seat.country
    office, _, owner = key.rpartition(" of ")
    if office.partition(" ")[0].lower() not in pointers.load().sets["offices"]:
        return None
    return next((e.country for e in names.get(whoswho.key_of(owner)) if e.sort == "state"), None)


def _at_home(person: Entity, own: frozenset[str]) -> bool:
    """True for the head of state named as only the own press office does: bare, or "President of Russia"."""
    words = (person.role or "").lower().split()
    head = " ".join(words[: words.index("of")]) if "of" in words else " ".join(words)
    bare = person.kind == "person" and " " in person.span.text and person.span.text.split()[0] == (person.name or "").split()[0]
    return head in own and (bare or person.span.text.lower().startswith(head + " of"))
