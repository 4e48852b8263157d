"""The fields ``actors`` and ``recipients``."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

import rows
from onrecord.page import Block, Cast, Clause, Draft, Located, Mention, Sense, Sentence, Token
from onrecord.record import Entity, Reading, Span, Where
from onrecord.stages import actors

CASES = rows.load("actors")


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    return rows.read(CASES)


@pytest.mark.parametrize("case", CASES, ids=rows.title)
def test_the_parties_are_those_of_the_text(case: rows.Case, readings: dict[str, Reading]) -> None:
    assert rows.misses(case, readings[case["text"]]) == []


@pytest.mark.parametrize("case", CASES, ids=rows.title)
def test_nobody_is_both_actor_and_recipient_by_the_same_words(case: rows.Case, readings: dict[str, Reading]) -> None:
    for event in readings[case["text"]].events:
        assert not {e.span for e in event.actors} & {e.span for e in event.recipients}


def words(*tokens: tuple[str, str, str, int]) -> Sentence:
    """A sentence made by hand: word, part of speech, relation, head."""
    made, at = [], 0
    for i, (word, pos, dep, head) in enumerate(tokens):
        made.append(Token(i, at, at + len(word), word, word.lower(), word.lower(), pos, "NN", dep, head))
        at += len(word) + 1
    text = " ".join(token.text for token in made)
    return Sentence(tuple(made), 0, len(text), Block("paragraph", 0, len(text)), 0, text)


def draft(sentence: Sentence, head: int, type_: str) -> Draft:
    sense = Sense(type_, "shell", "verbs", ("shell",), None, ("subj",), ("obj",), (), False, None, None, ())
    return Draft(Clause(sentence, head, "verb"), sense, sentence.cut(head, head))


SHELLED = words(("Rebels", "NOUN", "nsubj", 1), ("shelled", "VERB", "ROOT", 1), ("Homs", "PROPN", "dobj", 1))
HOMS = Where(Span("Homs", 15, 19), "Homs", "SYR")
REBELS = Entity(Span("Rebels", 0, 6), "rebels", None, "REB", kind="role")


def party(country: str | None, sector: str | None = None) -> Entity:
    return Entity(Span("Homs", 15, 19), None, country, sector)


def by_place(type_: str, who: Sequence[Entity], whom: Sequence[Entity], where: Where | None = HOMS):
    return actors.by_place(draft(SHELLED, 1, type_), tuple(who), tuple(whom), where)


def test_a_place_that_is_attacked_stands_for_its_country() -> None:
    assert [e.country for e in by_place("ASSAULT", [REBELS], [])[1]] == ["SYR"]


def test_victims_without_a_country_are_those_of_the_place() -> None:
    assert [(e.country, e.sector) for e in by_place("ASSAULT", [REBELS], [party(None, "CVL")])[1]] == [("SYR", "CVL")]


def test_a_known_recipient_keeps_its_country() -> None:
    assert [e.country for e in by_place("ASSAULT", [REBELS], [party("IRQ")])[1]] == ["IRQ"]


def test_a_crowd_without_a_country_is_that_of_the_place() -> None:
    assert [(e.country, e.sector) for e in by_place("PROTEST", [party(None, "CVL")], [])[0]] == [("SYR", "CVL")]


def test_a_place_stands_for_nobody_in_talks() -> None:
    assert by_place("CONSULT", [REBELS], []) == ((REBELS,), ())


def test_without_a_place_nobody_stands_in() -> None:
    assert by_place("ASSAULT", [REBELS], [], None) == ((REBELS,), ())


def test_a_town_enters_the_cast_where_nobody_stands() -> None:
    cast = Cast()
    actors.enter_place(Located(2, 2, HOMS), SHELLED, cast)
    mention = cast.at(0, 2)
    assert mention is not None and mention.place and mention.entities[0].country == "SYR"


def test_a_town_does_not_take_a_party_from_the_cast() -> None:
    known = Mention(0, 2, 2, 2, (party("IRQ"),))
    cast = Cast([known])
    actors.enter_place(Located(2, 2, HOMS), SHELLED, cast)
    assert cast.at(0, 2) is known


def test_a_thing_means_its_owner() -> None:
    sentence = words(("Iran", "PROPN", "poss", 1), ("reactor", "NOUN", "ROOT", 1))
    cast = Cast([Mention(0, 0, 0, 0, (party("IRN"),))])
    assert [e.country for e in actors.meant(sentence, 1, cast, "obj")] == ["IRN"]


def test_a_thing_in_a_country_is_that_countrys() -> None:
    sentence = words(("refinery", "NOUN", "ROOT", 0), ("in", "ADP", "prep", 0), ("Iran", "PROPN", "pobj", 1))
    cast = Cast([Mention(0, 2, 2, 2, (party("IRN"),))])
    assert [e.country for e in actors.meant(sentence, 0, cast, "obj")] == ["IRN"]


def test_a_town_before_a_noun_says_where_and_not_who() -> None:
    sentence = words(("Geneva", "PROPN", "compound", 1), ("talks", "NOUN", "ROOT", 1))
    geneva = Entity(Span("Geneva", 0, 6), "Geneva", "CHE", kind="place")
    cast = Cast([Mention(0, 0, 0, 0, (geneva,), place=True)])
    assert actors.meant(sentence, 0, cast, "mod") == ()
