"""Mending the parse: each rule on a wrong parse made by hand, and on one that it must leave alone."""

from __future__ import annotations

import pytest

from onrecord.page import Block, Sentence
from onrecord.record import Report
from onrecord.stages import repairs
from onrecord.stages.grammar import parse
from parses import made, shape


def test_a_title_goes_below_the_name_after_it() -> None:
    mended = repairs.mend(made("President/NNP/nsubj/2", "Ruto/NNP/appos/0", "spoke/VBD/ROOT/2"))
    assert shape(mended) == {"President": ("compound", "Ruto"), "Ruto": ("nsubj", "spoke"), "spoke": ("ROOT", "spoke")}


def test_a_name_apart_from_the_title_stays_an_apposition() -> None:
    mended = repairs.mend(made("leader/NN/nsubj/4", "of/IN/prep/0", "Togo/NNP/pobj/1", "Faure/NNP/appos/0", "spoke/VBD/ROOT/4"))
    assert shape(mended)["Faure"] == ("appos", "leader")


def test_a_title_is_not_the_sentence() -> None:
    mended = repairs.mend(made("Constable/NN/ROOT/0", "Ann/NNP/compound/2", "Bly/NNP/nsubjpass/4", "is/VBZ/auxpass/4", "held/VBN/relcl/0"))
    assert shape(mended)["held"] == ("ROOT", "held") and shape(mended)["Constable"] == ("compound", "Bly")


def test_a_second_name_hangs_on_the_first_and_not_on_its_country() -> None:
    mended = repairs.mend(
        made(
            *("Eva/NNP/compound/1", "Ann/NNP/nsubj/8", "of/IN/prep/1", "Togo/NNP/pobj/2"),
            *("Ida/NNP/compound/5", "Bea/NNP/conj/3", "of/IN/prep/5", "Mali/NNP/pobj/6", "met/VBD/ROOT/8"),
        )
    )
    assert shape(mended)["Bea"] == ("conj", "Ann")


def test_a_second_country_stays_with_the_first() -> None:
    mended = repairs.mend(
        made("Ann/NNP/nsubj/6", "of/IN/prep/0", "Togo/NNP/pobj/1", "Mali/NNP/conj/2", "in/IN/prep/3", "Rome/NNP/pobj/4", "met/VBD/ROOT/6")
    )
    assert shape(mended)["Mali"] == ("conj", "Togo")


def test_an_infinitive_goes_with_the_gerund_before_it() -> None:
    mended = repairs.mend(
        made("accused/VBD/ROOT/0", "Mali/NNP/dobj/0", "of/IN/prep/0", "planning/VBG/pobj/2", "to/TO/aux/5", "attack/VB/advcl/0")
    )
    assert shape(mended)["attack"] == ("xcomp", "planning")


def test_a_bare_second_infinitive_goes_with_the_first() -> None:
    mended = repairs.mend(
        made("expected/VBN/ROOT/0", "to/TO/aux/2", "visit/VB/xcomp/0", "Mali/NNP/dobj/2", "and/CC/cc/0", "meet/VB/conj/0")
    )
    assert shape(mended)["meet"] == ("conj", "visit")


def test_a_second_verb_with_its_own_subject_stays() -> None:
    mended = repairs.mend(
        made("expected/VBN/ROOT/0", "to/TO/aux/2", "visit/VB/xcomp/0", "and/CC/cc/0", "Mali/NNP/nsubj/5", "meet/VB/conj/0")
    )
    assert shape(mended)["meet"] == ("conj", "expected")


def test_what_killed_is_the_bombing_and_not_the_town() -> None:
    mended = repairs.mend(
        made("attack/NN/ROOT/0", "in/IN/prep/0", "Rome/NNP/pobj/1", "which/WDT/nsubj/4", "killed/VBD/relcl/2", "many/JJ/dobj/4")
    )
    assert shape(mended)["killed"] == ("relcl", "attack")


def test_a_relative_clause_stays_with_the_town_where_no_event_is() -> None:
    mended = repairs.mend(made("house/NN/ROOT/0", "in/IN/prep/0", "Rome/NNP/pobj/1", "which/WDT/nsubj/4", "burned/VBD/relcl/2"))
    assert shape(mended)["burned"] == ("relcl", "Rome")


@pytest.fixture(scope="module")
def sound() -> list[Sentence]:
    text = "France urged Iran to sign. Peru and Chile met in Lima. The attack killed two soldiers."
    return next(parse([(Report(text), Block("paragraph", 0, len(text)))]))[2]


def test_a_sound_parse_is_left_as_it_is(sound: list[Sentence]) -> None:
    for sentence in sound:
        before = sentence.tokens
        assert repairs.mend(sentence).tokens is before


def test_mending_keeps_words_and_offsets() -> None:
    broken = made("President/NNP/nsubj/2", "Ruto/NNP/appos/0", "spoke/VBD/ROOT/2")
    before = [(t.i, t.start, t.end, t.text) for t in broken.tokens]
    assert [(t.i, t.start, t.end, t.text) for t in repairs.mend(broken).tokens] == before


def test_two_kinds_of_one_noun_share_it() -> None:
    mended = repairs.mend(
        made(
            *("Malian/JJ/amod/1", "missile/NN/nsubj/5", "and/CC/cc/1", "drone/NN/compound/4", "strikes/NNS/conj/1"),
            *("hit/VBD/ROOT/5", "Togo/NNP/dobj/5"),
        )
    )
    assert shape(mended)["strikes"] == ("nsubj", "hit") and shape(mended)["missile"] == ("compound", "strikes")
    assert shape(mended)["Malian"] == ("amod", "strikes") and shape(mended)["drone"] == ("conj", "missile")


def test_a_noun_with_an_article_shares_nothing() -> None:
    mended = repairs.mend(
        made("the/DT/det/1", "army/NN/nsubj/5", "and/CC/cc/1", "rebel/NN/compound/4", "leaders/NNS/conj/1", "met/VBD/ROOT/5")
    )
    assert shape(mended)["leaders"] == ("conj", "army")


def test_the_doer_of_a_killing_does_not_belong_to_the_victims() -> None:
    mended = repairs.mend(made("murder/NN/ROOT/0", "of/IN/prep/0", "men/NNS/pobj/1", "by/IN/prep/2", "rebels/NNS/pobj/3"))
    assert shape(mended)["by"] == ("prep", "murder")


def test_a_book_by_somebody_stays_so() -> None:
    mended = repairs.mend(made("copy/NN/ROOT/0", "of/IN/prep/0", "books/NNS/pobj/1", "by/IN/prep/2", "Ann/NNP/pobj/3"))
    assert shape(mended)["by"] == ("prep", "books")


def test_what_targets_rebels_are_the_strikes_and_not_the_country() -> None:
    mended = repairs.mend(made("attacks/NNS/ROOT/0", "in/IN/prep/0", "Mali/NNP/pobj/1", "targeting/VBG/acl/2", "rebels/NNS/dobj/3"))
    assert shape(mended)["targeting"] == ("acl", "attacks")


def test_a_gerund_after_a_comma_goes_with_the_verb() -> None:
    mended = repairs.mend(
        made("shelled/VBD/ROOT/0", "Koro/NNP/dobj/0", ",/,/punct/1", "killing/VBG/acl/1", "two/CD/dobj/3"),
    )
    assert shape(mended)["killing"] == ("advcl", "shelled")


def test_a_gerund_without_a_comma_stays_with_its_noun() -> None:
    mended = repairs.mend(made("shelled/VBD/ROOT/0", "a/DT/det/2", "base/NN/dobj/0", "housing/VBG/acl/2", "troops/NNS/dobj/3"))
    assert shape(mended)["housing"] == ("acl", "base")


def test_who_is_no_country() -> None:
    mended = repairs.mend(
        made(
            *("saw/VBD/ROOT/0", "a/DT/det/2", "man/NN/dobj/0", "from/IN/prep/2", "Togo/NNP/pobj/3"),
            *("who/WP/nsubj/6", "fled/VBD/relcl/4"),
        )
    )
    assert shape(mended)["fled"] == ("relcl", "man")


def test_a_particle_before_the_object_is_no_preposition() -> None:
    mended = repairs.mend(made("Mali/NNP/nsubj/1", "hands/VBZ/ROOT/1", "over/IN/prep/1", "bodies/NNS/pobj/2"))
    assert shape(mended)["over"] == ("prt", "hands") and shape(mended)["bodies"] == ("dobj", "hands")


def test_a_preposition_that_is_no_particle_of_the_verb_stays() -> None:
    mended = repairs.mend(made("Mali/NNP/nsubj/1", "flies/VBZ/ROOT/1", "over/IN/prep/1", "Togo/NNP/pobj/2"))
    assert shape(mended)["over"] == ("prep", "flies")


def test_a_country_that_is_given_something_is_no_part_of_it() -> None:
    mended = repairs.mend(made("Mali/NNP/nsubj/1", "send/VBP/ROOT/1", "Togo/NNP/compound/3", "tanks/NNS/dobj/1"))
    assert shape(mended)["Togo"] == ("dative", "send")


def test_a_country_of_which_something_is_praised_stays_there() -> None:
    mended = repairs.mend(made("Mali/NNP/nsubj/1", "praise/VBP/ROOT/1", "Togo/NNP/compound/3", "beaches/NNS/dobj/1"))
    assert shape(mended)["Togo"] == ("compound", "beaches")


def test_what_comes_after_and_is_coordinated() -> None:
    mended = repairs.mend(
        made("Togo/NNP/compound/1", "Ann/NNP/nsubj/5", "and/CC/cc/1", "Mali/NNP/compound/4", "Eva/NNP/appos/0", "met/VBD/ROOT/5")
    )
    assert shape(mended)["Eva"] == ("conj", "Ann")


def test_states_in_a_list_do_not_explain_one_another() -> None:
    mended = repairs.mend(
        made(
            *("Togo/NNP/nsubj/6", ",/,/punct/0", "Mali/NNP/appos/0", ",/,/punct/0", "and/CC/cc/0", "Chad/NNP/conj/0"),
            "met/VBD/ROOT/6",
        )
    )
    assert shape(mended)["Mali"] == ("conj", "Togo") and shape(mended)["Chad"] == ("conj", "Togo")


def test_a_town_in_a_state_is_still_explained_by_it() -> None:
    mended = repairs.mend(made("Gao/NNP/pobj/3", ",/,/punct/0", "Mali/NNP/appos/0", "fell/VBD/ROOT/3"))
    assert shape(mended)["Mali"] == ("appos", "Gao")


def test_a_finite_verb_is_not_coordinated_to_an_infinitive() -> None:
    mended = repairs.mend(
        made("Ann/NNP/nsubj/1", "asked/VBD/ROOT/1", "him/PRP/dobj/1", "to/TO/aux/4", "go/VB/xcomp/1", "and/CC/cc/4", "offered/VBD/conj/4")
    )
    assert shape(mended)["offered"] == ("conj", "asked")


def test_a_day_between_a_saying_and_its_clause_is_the_days_of_the_saying() -> None:
    mended = repairs.mend(
        made("Ann/NNP/nsubj/1", "warned/VBD/ROOT/1", "Friday/NNP/npadvmod/5", "she/PRP/nsubj/5", "would/MD/aux/5", "leave/VB/ccomp/1")
    )
    assert shape(mended)["Friday"] == ("npadvmod", "warned")


def test_what_a_letter_urges_somebody_to_do_is_not_the_letters() -> None:
    mended = repairs.mend(
        made(
            *("Ann/NNP/nsubj/1", "asked/VBD/ROOT/1", "Togo/NNP/dobj/1", "in/IN/prep/1"),
            *("a/DT/det/5", "letter/NN/pobj/3", "to/TO/aux/7", "leave/VB/acl/5"),
        )
    )
    assert shape(mended)["leave"] == ("xcomp", "asked")
