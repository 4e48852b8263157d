"""Mending the parse: each rule on a wrong parse made by hand, and on one that it must leave alone."""

from __future__ import annotations

import pytest

from onrecord.page import Block, Sentence, Token
from onrecord.record import Report
from onrecord.stages import repairs
from onrecord.stages.grammar import parse


def made(*words: str) -> Sentence:
    """A sentence of words written "text/TAG/relation/head"; a part of speech follows from the tag."""
    parts = {"N": "NOUN", "V": "VERB", "J": "ADJ", "I": "ADP", "T": "PART", "D": "DET", "M": "AUX", "C": "CCONJ", "W": "PRON"}
    tokens, at = [], 0
    for i, word in enumerate(words):
        text, tag, dep, head = word.split("/")
        pos = "PROPN" if tag == "NNP" else parts[tag[0]]
        tokens.append(
            Token(i, at, at + len(text), text, text.lower(), text.lower().removesuffix("s").removesuffix("ed"), pos, tag, dep, int(head))
        )
        at += len(text) + 1
    whole = " ".join(token.text for token in tokens)
    return Sentence(tuple(tokens), 0, len(whole), Block("paragraph", 0, len(whole)), 0, whole)


def shape(sentence: Sentence) -> dict[str, tuple[str, str]]:
    """Word → its relation and the word that it hangs on."""
    return {t.text: (t.dep, sentence.tokens[t.head].text) for t in sentence.tokens}


def test_a_noun_with_a_subject_is_the_verb() -> None:
    mended = repairs.mend(made("Bombs/NNS/nsubj/1", "target/NN/ROOT/1", "Kherson/NNP/dobj/1"))
    assert (mended.tokens[1].pos, mended.tokens[1].tag) == ("VERB", "VBP")


def test_a_noun_with_an_article_stays_a_noun() -> None:
    mended = repairs.mend(made("Bombs/NNS/nsubj/2", "the/DT/det/2", "target/NN/ROOT/2"))
    assert mended.tokens[2].pos == "NOUN"


def test_a_noun_that_news_knows_no_verb_of_stays_a_noun() -> None:
    mended = repairs.mend(made("Bombs/NNS/nsubj/1", "gazelle/NN/ROOT/1"))
    assert mended.tokens[1].pos == "NOUN"


def test_a_headline_without_a_verb_has_one() -> None:
    mended = repairs.mend(made("Israel/NNP/compound/1", "bombs/NNS/ROOT/1", "targets/NNS/dobj/1"))
    assert mended.tokens[1].pos == "VERB"
    assert shape(mended)["Israel"] == ("nsubj", "bombs") and shape(mended)["targets"] == ("dobj", "bombs")


def test_the_words_before_a_headlines_subject_belong_to_it() -> None:
    mended = repairs.mend(made("Israeli/JJ/amod/2", "Army/NNP/compound/2", "bombs/NNS/ROOT/2", "targets/NNS/dobj/2"))
    assert shape(mended)["Israeli"] == ("compound", "Army") and shape(mended)["Army"] == ("nsubj", "bombs")


def test_a_headline_with_a_verb_keeps_its_noun() -> None:
    mended = repairs.mend(made("Israel/NNP/compound/1", "bombs/NNS/ROOT/1", "targets/NNS/dobj/1", "say/VBP/parataxis/1"))
    assert mended.tokens[1].pos == "NOUN"


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


def test_a_participle_between_a_name_and_a_noun_is_the_verb() -> None:
    mended = repairs.mend(made("Togo/NNP/compound/2", "renewed/VBN/amod/2", "sanctions/NNS/ROOT/2"))
    assert shape(mended) == {"Togo": ("nsubj", "renewed"), "renewed": ("ROOT", "renewed"), "sanctions": ("dobj", "renewed")}


def test_a_participle_beside_a_verb_stays_with_its_noun() -> None:
    mended = repairs.mend(made("Togo/NNP/nsubj/1", "wants/VBZ/ROOT/1", "renewed/VBN/amod/3", "sanctions/NNS/dobj/1"))
    assert shape(mended)["renewed"] == ("amod", "sanctions")


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


def test_mending_twice_changes_nothing_more() -> None:
    once = repairs.mend(made("Israeli/JJ/amod/2", "Army/NNP/compound/2", "bombs/NNS/ROOT/2", "targets/NNS/dobj/2")).tokens
    again = Sentence(once, 0, 26, Block("paragraph", 0, 26), 0, "Israeli Army bombs targets")
    assert repairs.mend(again).tokens == once
