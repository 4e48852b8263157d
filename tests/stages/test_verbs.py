"""Finding the verb: each rule on a wrong parse made by hand, and on one that it must leave alone."""

from __future__ import annotations

import pytest

from onrecord.page import Block, Sentence
from onrecord.record import Report
from onrecord.stages import verbs
from onrecord.stages.grammar import parse
from parses import made, shape


def test_a_noun_with_a_subject_is_the_verb() -> None:
    mended = verbs.mend(made("Bombs/NNS/nsubj/1", "target/NN/ROOT/1", "Kherson/NNP/dobj/1"))
    assert (mended.tokens[1].pos, mended.tokens[1].tag) == ("VERB", "VBP")


def test_a_noun_with_an_article_stays_a_noun() -> None:
    mended = verbs.mend(made("Bombs/NNS/nsubj/2", "the/DT/det/2", "target/NN/ROOT/2"))
    assert mended.tokens[2].pos == "NOUN"


def test_a_noun_that_news_knows_no_verb_of_stays_a_noun() -> None:
    mended = verbs.mend(made("Bombs/NNS/nsubj/1", "gazelle/NN/ROOT/1"))
    assert mended.tokens[1].pos == "NOUN"


def test_a_headline_without_a_verb_has_one() -> None:
    mended = verbs.mend(made("Israel/NNP/compound/1", "bombs/NNS/ROOT/1", "targets/NNS/dobj/1"))
    assert mended.tokens[1].pos == "VERB"
    assert shape(mended)["Israel"] == ("nsubj", "bombs") and shape(mended)["targets"] == ("dobj", "bombs")


def test_the_words_before_a_headlines_subject_belong_to_it() -> None:
    mended = verbs.mend(made("Israeli/JJ/amod/2", "Army/NNP/compound/2", "bombs/NNS/ROOT/2", "targets/NNS/dobj/2"))
    assert shape(mended)["Israeli"] == ("compound", "Army") and shape(mended)["Army"] == ("nsubj", "bombs")


def test_a_headline_with_a_verb_keeps_its_noun() -> None:
    mended = verbs.mend(made("Israel/NNP/compound/1", "bombs/NNS/ROOT/1", "targets/NNS/dobj/1", "say/VBP/parataxis/1"))
    assert mended.tokens[1].pos == "NOUN"


def test_a_participle_between_a_name_and_a_noun_is_the_verb() -> None:
    mended = verbs.mend(made("Togo/NNP/compound/2", "renewed/VBN/amod/2", "sanctions/NNS/ROOT/2"))
    assert shape(mended) == {"Togo": ("nsubj", "renewed"), "renewed": ("ROOT", "renewed"), "sanctions": ("dobj", "renewed")}


def test_a_participle_beside_a_verb_stays_with_its_noun() -> None:
    mended = verbs.mend(made("Togo/NNP/nsubj/1", "wants/VBZ/ROOT/1", "renewed/VBN/amod/3", "sanctions/NNS/dobj/1"))
    assert shape(mended)["renewed"] == ("amod", "sanctions")


def test_mending_twice_changes_nothing_more() -> None:
    once = verbs.mend(made("Israeli/JJ/amod/2", "Army/NNP/compound/2", "bombs/NNS/ROOT/2", "targets/NNS/dobj/2")).tokens
    again = Sentence(once, 0, 26, Block("paragraph", 0, 26), 0, "Israeli Army bombs targets")
    assert verbs.mend(again).tokens == once


def test_a_plural_that_is_a_subject_with_a_name_before_it_is_a_noun() -> None:
    mended = verbs.mend(made("Malian/NNP/nsubj/1", "airstrikes/VBZ/nsubj/2", "killed/VBD/ROOT/2", "ten/CD/dobj/2"))
    assert mended.tokens[1].pos == "NOUN" and shape(mended)["Malian"] == ("compound", "airstrikes")


def test_police_fire_tear_gas() -> None:
    mended = verbs.mend(
        made("Police/NN/compound/3", "fire/NN/compound/3", "tear/NN/compound/3", "gas/NN/ROOT/3", "at/IN/prep/3", "rebels/NNS/pobj/4")
    )
    assert shape(mended)["Police"] == ("nsubj", "fire") and shape(mended)["gas"] == ("dobj", "fire")


def test_two_states_joined_by_and_do_something() -> None:
    mended = verbs.mend(made("Mali/NNP/nmod/4", "and/CC/cc/0", "Togo/NNP/conj/0", "exchange/NN/compound/4", "prisoners/NNS/ROOT/4"))
    assert shape(mended)["Mali"] == ("nsubj", "exchange") and shape(mended)["prisoners"] == ("dobj", "exchange")


def test_a_headline_that_is_one_noun_stays_so() -> None:
    before = made("Togo/NNP/compound/2", "war/NN/compound/2", "talks/NNS/ROOT/2", "in/IN/prep/2", "Rome/NNP/pobj/3")
    assert shape(verbs.mend(before))["talks"] == ("ROOT", "talks")


def test_a_subject_that_is_the_verb() -> None:
    mended = verbs.mend(made("Togo/NNP/compound/1", "fires/NNS/nsubj/2", "missile/VBP/ROOT/2", "toward/IN/prep/2", "Mali/NNP/pobj/3"))
    assert shape(mended)["Togo"] == ("nsubj", "fires") and shape(mended)["missile"] == ("dobj", "fires")


def test_one_who_is_ordered_to_leave() -> None:
    mended = verbs.mend(made("Togo/NNP/compound/1", "orders/NNS/nsubj/4", "envoy/NN/appos/1", "to/TO/aux/4", "leave/VB/ROOT/4"))
    assert shape(mended)["envoy"] == ("dobj", "orders") and shape(mended)["leave"] == ("xcomp", "orders")


def test_a_comma_stands_for_and_in_a_headline() -> None:
    mended = verbs.mend(made("Togo/NNP/npadvmod/3", ",/,/punct/3", "Mali/NNP/nsubj/3", "agree/VBP/ROOT/3"))
    assert shape(mended)["Togo"] == ("nsubj", "agree")


def test_an_infinitive_is_what_a_headline_tells() -> None:
    mended = verbs.mend(made("Ruto/NNP/ROOT/0", "to/TO/aux/2", "visit/VB/acl/0", "Togo/NNP/dobj/2"))
    assert shape(mended)["visit"] == ("ROOT", "visit") and shape(mended)["Ruto"] == ("nsubj", "visit")


def test_a_plan_to_attack_stays_a_plan() -> None:
    mended = verbs.mend(made("plan/NN/ROOT/0", "to/TO/aux/2", "attack/VB/acl/0", "Togo/NNP/dobj/2"))
    assert shape(mended)["attack"] == ("acl", "plan")


@pytest.fixture(scope="module")
def sound() -> list[Sentence]:
    text = "France urged Iran to sign. Peru and Chile met in Lima. The attack killed two soldiers. Rebels seized a town, killing ten."
    return next(parse([(Report(text), Block("paragraph", 0, len(text)))]))[2]


def test_a_sound_parse_is_left_as_it_is(sound: list[Sentence]) -> None:
    for sentence in sound:
        before = sentence.tokens
        assert verbs.mend(sentence).tokens is before


def test_a_noun_that_a_light_verb_carries_is_no_verb() -> None:
    mended = verbs.mend(made("Peru/NNP/nsubj/1", "lodges/VBZ/ROOT/1", "protest/VBP/xcomp/1"))
    assert (mended.tokens[2].pos, mended.tokens[2].dep) == ("NOUN", "dobj")


def test_an_infinitive_after_a_light_verb_stays_one() -> None:
    mended = verbs.mend(made("Peru/NNP/nsubj/1", "plans/VBZ/ROOT/1", "to/TO/aux/3", "protest/VB/xcomp/1"))
    assert mended.tokens[3].tag == "VB"


def test_a_past_form_with_an_object_is_the_verb_of_its_sentence() -> None:
    mended = verbs.mend(made("Rao/NNP/ROOT/0", "called/VBN/acl/0", "Bly/NNP/dobj/1", "./,/punct/0"))
    assert shape(mended)["called"] == ("ROOT", "called") and shape(mended)["Rao"] == ("nsubj", "called")


def test_a_participle_without_an_object_stays_one() -> None:
    mended = verbs.mend(made("Soldiers/NNS/ROOT/0", "killed/VBN/acl/0", "yesterday/RB/advmod/1", "./,/punct/0"))
    assert shape(mended)["killed"] == ("acl", "Soldiers")
