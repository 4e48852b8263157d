"""How sure a row is: what raises and what lowers it, on rows made by hand."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from onrecord import knowledge
from onrecord.page import Block, Clause, Draft, Sense, Sentence, Token
from onrecord.record import Entity, Event, Report, Span
from onrecord.stages import confidence

TEXT = "Norland attacked Sudria"
WEIGHTS = knowledge.table("english/confidence")


def party(words, country, sector=None, at=None):
    start = TEXT.index(words) if at is None else at
    return Entity(Span(words, start, start + len(words)), words, country, sector)


NORLAND, SUDRIA = party("Norland", "NOR"), party("Sudria", "SUD")


def noun(i, word):
    start = TEXT.index(word)
    return Token(i, start, start + len(word), word, word.lower(), word.lower(), "NOUN", "NN", "dep", 1)


def draft(damaged=False, words=3):
    """The attack in a sentence of so many words; what follows the first three is of no account."""
    subject, verb, rest = (noun(i, word) for i, word in enumerate(TEXT.split()))
    verb = verb._replace(lemma="attack", pos="VERB", tag="VBD", dep="ROOT")
    tokens = (subject, verb, *(rest._replace(i=i) for i in range(2, words)))
    sentence = Sentence(tokens, 0, len(TEXT), Block("paragraph", 0, len(TEXT)), 0, TEXT, damaged)
    sense = Sense("ASSAULT", "attack", "verbs", ("attack",), None, ("subj",), ("obj",), (), False, None, None, ())
    return Draft(Clause(sentence, 1, "verb"), sense, Span("attacked", 8, 16))


def event(actors=(NORLAND,), recipients=(SUDRIA,), status="actual"):
    whole = Span(TEXT, 0, len(TEXT))
    return Event("r", "ASSAULT", Span("attacked", 8, 16), whole, status=status, actors=tuple(actors), recipients=tuple(recipients))


def sure(drafted=None, **parts):
    return confidence.of(event(**parts), drafted or draft())


def test_a_row_without_parties_is_less_sure_than_one_with_both():
    assert sure(actors=(), recipients=()) < sure()


@pytest.mark.parametrize("left_out", ["actors", "recipients"])
def test_a_row_with_one_side_lies_between(left_out):
    assert sure(actors=(), recipients=()) < sure(**{left_out: ()}) < sure()


def test_those_who_take_part_together_are_as_good_as_two_sides():
    assert sure(actors=(NORLAND, SUDRIA), recipients=()) == sure()


def test_a_party_of_no_known_country_makes_no_second_country():
    assert sure(recipients=(replace(SUDRIA, country=None),)) < sure()


def test_a_party_far_from_the_trigger_makes_less_sure():
    far = party("Norland", "NOR", at=400)
    assert sure(actors=(far,), recipients=()) < sure(recipients=())


def test_a_damaged_sentence_makes_less_sure():
    assert sure(draft(damaged=True)) < sure(draft())


def test_a_long_sentence_makes_less_sure():
    assert sure(draft(words=60)) < sure(draft(words=20))


@pytest.mark.parametrize("status", ["possible", "negated"])
def test_what_is_not_told_as_fact_is_less_sure(status):
    assert sure(status=status) < sure()


def test_a_row_with_nothing_for_it_is_well_below_sure():
    assert sure(draft(damaged=True, words=60), actors=(), recipients=(), status="possible") < 0.7


@pytest.mark.parametrize(
    ("sign", "drafted", "parts"),
    [
        ("damaged", draft(damaged=True), {}),
        ("long", draft(words=41), {}),
        ("party_near", draft(), {}),
        ("state_acts", draft(), {}),
        ("two_countries", draft(), {}),
        ("two_sides", draft(), {}),
        ("unreal", draft(), {"status": "possible"}),
    ],
)
def test_a_row_bears_the_sign(sign, drafted, parts):
    assert sign in confidence.signs(event(**parts), drafted)


@pytest.mark.parametrize(
    ("sign", "drafted", "parts"),
    [
        ("damaged", draft(), {}),
        ("long", draft(words=40), {}),
        ("party_near", draft(), {"actors": (party("Norland", "NOR", at=57),), "recipients": ()}),
        ("state_acts", draft(), {"actors": (replace(NORLAND, sector="MIL"),)}),
        ("two_countries", draft(), {"recipients": (replace(SUDRIA, country="NOR"),)}),
        ("two_sides", draft(), {"actors": ()}),
        ("unreal", draft(), {"status": "planned"}),
    ],
)
def test_a_row_does_not_bear_the_sign(sign, drafted, parts):
    assert sign not in confidence.signs(event(**parts), drafted)


def test_every_weight_belongs_to_a_sign_and_every_sign_has_a_weight():
    assert list(WEIGHTS) == ["base", "signs"]
    assert list(WEIGHTS["signs"]) == list(confidence.SIGNS)


def test_the_weights_are_few_and_round():
    weights = [WEIGHTS["base"], *WEIGHTS["signs"].values()]
    assert len(weights) <= 20
    assert all(weight == round(weight, 2) for weight in weights)


def test_every_sign_says_what_it_means():
    assert all(test.__doc__ for test in confidence.SIGNS.values())


@given(st.sets(st.sampled_from(sorted(confidence.SIGNS))))
def test_a_chance_lies_between_0_and_1_with_two_decimals(names):
    chance = confidence.chance(names, WEIGHTS)
    assert 0 <= chance <= 1
    assert chance == round(chance, 2)


@given(st.sets(st.sampled_from(sorted(confidence.SIGNS))), st.sampled_from(sorted(confidence.SIGNS)))
def test_a_sign_moves_the_chance_the_way_of_its_weight(names, sign):
    weight = WEIGHTS["signs"][sign]
    moved = confidence.chance(names | {sign}, WEIGHTS) - confidence.chance(names - {sign}, WEIGHTS)
    assert moved * weight >= 0


def test_the_same_row_is_always_as_sure():
    assert len({sure() for _ in range(5)}) == 1


def test_the_reader_says_how_sure_it_is():
    full, bare = (
        onrecord.read(Report(text, published="2024-05-10")).events[0]
        for text in ("France rejected the demand of Spain.", "Lawmakers may reject the demand.")
    )
    assert 0.5 < bare.confidence < full.confidence <= 1
