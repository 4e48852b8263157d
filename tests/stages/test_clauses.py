"""Who did what: the arguments, modals, negation and governors of every predicate."""

from __future__ import annotations

import pytest

from onrecord.knowledge import lexicon
from onrecord.page import Block, Clause, Sentence
from onrecord.record import Report
from onrecord.stages import clauses
from onrecord.stages.grammar import parse

ARGUMENTS = [
    # text, predicate, function, the words that fill it
    ("France bombed Mali.", "bombed", "subj", ["France"]),
    ("France bombed Mali.", "bombed", "obj", ["Mali"]),
    # passive
    ("Mali was bombed by France.", "bombed", "subj", ["France"]),
    ("Mali was bombed by France.", "bombed", "obj", ["Mali"]),
    ("The town was seized and burned by rebels.", "seized", "subj", ["rebels"]),
    # control
    ("Japan agreed to meet Laos.", "meet", "subj", ["Japan"]),
    ("Japan urged Laos to sign.", "sign", "subj", ["Laos"]),
    ("Japan promised Laos to help.", "help", "subj", ["Japan"]),
    ("Laos was urged to sign.", "sign", "subj", ["Laos"]),
    ("Japan accused Laos of bombing Nepal.", "bombing", "subj", ["Laos"]),
    ("Peru left after meeting Chile.", "meeting", "subj", ["Peru"]),
    # raising
    ("Chad is expected to meet Togo.", "meet", "subj", ["Chad"]),
    ("Chad seems to support Togo.", "support", "subj", ["Chad"]),
    # relative and reduced clauses
    ("The rebels who attacked Chad fled.", "attacked", "subj", ["rebels"]),
    ("The village that rebels attacked is empty.", "attacked", "obj", ["village"]),
    ("The treaty which Chad signed is old.", "signed", "obj", ["treaty"]),
    ("Chad, attacked by rebels, asked for help.", "attacked", "obj", ["Chad"]),
    ("Chad, attacked by rebels, asked for help.", "attacked", "subj", ["rebels"]),
    ("The king, with whom Biden met, left.", "met", "with", ["king"]),
    # coordination
    ("Peru and Chile met.", "met", "subj", ["Peru", "Chile"]),
    ("Peru attacked Chile and seized ships.", "seized", "subj", ["Peru"]),
    ("Peru criticised Chile and Bolivia.", "criticised", "obj", ["Chile", "Bolivia"]),
    ("Peru wants to visit Chile and meet Bolivia.", "meet", "subj", ["Peru"]),
    # datives and prepositions
    ("Peru gave weapons to Chile.", "gave", "iobj", ["Chile"]),
    ("Peru spoke with Chile and Bolivia.", "spoke", "with", ["Chile", "Bolivia"]),
    # light verbs
    ("Oman held talks with Iran.", "talks", "subj", ["Oman"]),
    ("Oman held talks with Iran.", "talks", "with", ["Iran"]),
    ("Israel launched an attack on Syria.", "attack", "subj", ["Israel"]),
    ("Israel launched an attack on Syria.", "attack", "on", ["Syria"]),
    ("An attack was launched by Israel on Syria.", "attack", "subj", ["Israel"]),
    ("Oman attended the talks.", "talks", "subj", ["Oman"]),
    # nominal events
    ("Turkey's invasion of Cyprus shocked many.", "invasion", "poss", ["Turkey"]),
    ("Turkey's invasion of Cyprus shocked many.", "invasion", "of", ["Cyprus"]),
    ("Talks between Oman and Iran failed.", "Talks", "between", ["Oman", "Iran"]),
    ("The Turkish invasion shocked many.", "invasion", "mod", ["Turkish"]),
    ("Its seizure and annexation of Crimea shocked many.", "annexation", "poss", ["Its"]),
    ("Its seizure and annexation of Crimea shocked many.", "seizure", "of", ["Crimea"]),
    # what an event does
    ("The strike killed ten soldiers.", "strike", "does", ["soldiers"]),
    ("Ten soldiers were killed in the strike.", "strike", "does", ["soldiers"]),
    # measure words
    ("Rebels fired dozens of rockets.", "fired", "obj", ["rockets"]),
    ("A rebel was killed and ten soldiers were wounded by Chadian fire.", "fire", "does", ["rebel", "soldiers"]),
    # what one gets from another
    ("Chad received threats from Togo.", "threats", "from", ["Togo"]),
    ("Chad received threats from Togo.", "threats", "iobj", ["Chad"]),
    # who may do it, when somebody lets them
    ("Chad gave Togo a week to accept the offer.", "accept", "subj", ["Togo"]),
    # companions, adverbs, shared owners
    ("Chad, along with Togo, condemned Mali.", "condemned", "subj", ["Chad", "Togo"]),
    ("The village was handed back to Togo.", "handed", "to", ["Togo"]),
    ("Malian gunfire and airstrikes killed ten men.", "airstrikes", "mod", ["Malian"]),
    # a part in an event
    ("Chad denied any role in the attack.", "attack", "subj", ["Chad"]),
    ("Chad accused Togo of involvement in the attack.", "attack", "subj", ["Togo"]),
    ("Chad is involved in military action against Togo.", "action", "subj", ["Chad"]),
    ("An attack blamed on rebels killed ten men.", "attack", "subj", ["rebels"]),
    # nouns that hold or end an event
    ("Norway adopted a sanctions package against Togo.", "sanctions", "against", ["Togo"]),
    ("Norway declared an end to joint operations with Togo.", "operations", "subj", ["Norway"]),
    # talks of whoever tells of them
    ("Chad said talks with Togo had failed.", "talks", "subj", ["Chad"]),
    # headlines
    ("Chad army accused of shelling market", "accused", "obj", ["army"]),
    ("Ruto in Paris for talks with Macron", "talks", "subj", ["Ruto"]),
    # what a report says is no object of it
    ("Chad has intelligence that Togo plans to invade Mali.", "invade", "subj", ["Togo"]),
    # conditions
    ("Chad will attack if Togo attacks.", "attack", "if", ["attacks"]),
]  # fmt: skip
NEGATED = [
    ("Chad did not attack Togo.", "attack", True),
    ("Chad never attacked Togo.", "attacked", True),
    ("No attack took place.", "attack", True),
    ("Chad left without talks.", "talks", True),
    ("Chad attacked Togo.", "attacked", False),
    ("Chad did not say that Togo attacked it.", "attacked", False),
]
PASSIVE = [("Mali was bombed.", "bombed", True), ("Mali has bombed Chad.", "bombed", False), ("Troops sent by Mali left.", "sent", True)]
MODALS = [("Chad may attack.", "attack", ("may",)), ("Chad will attack.", "attack", ("will",)), ("Chad attacked.", "attacked", ())]
GOVERNORS = [
    ("Chad denied that it attacked Togo.", "attacked", [("denied", "clause")]),
    ("Chad plans to attack Togo.", "attack", [("plans", "clause")]),
    ("Chad held talks.", "talks", [("held", "obj")]),
    ("Chad spoke of the risk of war.", "war", [("risk", "of"), ("spoke", "of")]),
    ("Chad plans to bomb and attack Togo.", "attack", [("plans", "clause")]),
]
KINDS = [
    ("Chad attacked Togo.", "attacked", "verb"),
    ("The attack failed.", "attack", "noun"),
    ("The plan is unacceptable.", "unacceptable", "adj"),
]
ELLIPSIS = "Russia is to meet NATO, as are Ukraine and the OSCE."

TEXTS = sorted({row[0] for row in (*ARGUMENTS, *NEGATED, *PASSIVE, *MODALS, *GOVERNORS, *KINDS)} | {ELLIPSIS})
Found = dict[str, dict[int, Clause]]


@pytest.fixture(scope="module")
def found() -> Found:
    """The clauses of every text, parsed in one batch."""
    blocks = [(Report(text), Block("paragraph", 0, len(text))) for text in TEXTS]
    return {report.text: clauses.find(sentences[0], lexicon.heads("nouns")) for report, _, sentences in parse(blocks)}


def clause(found: Found, text: str, word: str) -> Clause:
    return next(c for c in found[text].values() if c.token.text == word)


def filled(made: Clause, function: str) -> list[str]:
    return [made.sentence.tokens[i].text for i in made.args.get(function, [])]


@pytest.mark.parametrize(("text", "word", "function", "want"), ARGUMENTS)
def test_arguments_are_found(text: str, word: str, function: str, want: list[str], found: Found) -> None:
    assert filled(clause(found, text, word), function) == want


@pytest.mark.parametrize(("text", "word", "want"), NEGATED)
def test_a_predicates_own_negation_is_seen(text: str, word: str, want: bool, found: Found) -> None:
    assert clause(found, text, word).negated is want


@pytest.mark.parametrize(("text", "word", "want"), PASSIVE)
def test_the_passive_is_seen(text: str, word: str, want: bool, found: Found) -> None:
    assert clause(found, text, word).passive is want


@pytest.mark.parametrize(("text", "word", "want"), MODALS)
def test_modals_are_kept(text: str, word: str, want: tuple[str, ...], found: Found) -> None:
    assert clause(found, text, word).modals == want


@pytest.mark.parametrize(("text", "word", "want"), GOVERNORS)
def test_the_words_above_come_nearest_first(text: str, word: str, want: list[tuple[str, str]], found: Found) -> None:
    made = clause(found, text, word)
    assert [(made.sentence.tokens[i].text, function) for i, function in made.governors] == want


@pytest.mark.parametrize(("text", "word", "want"), KINDS)
def test_a_predicate_knows_its_kind(text: str, word: str, want: str, found: Found) -> None:
    assert clause(found, text, word).kind == want


def test_a_bare_auxiliary_repeats_the_verb(found: Found) -> None:
    made = clause(found, ELLIPSIS, "are")
    assert made.lemma == "meet" and filled(made, "subj") == ["Ukraine", "OSCE"]


def test_auxiliaries_have_no_clause_of_their_own(found: Found) -> None:
    assert "was" not in {c.token.text for c in found["Mali was bombed."].values()}


def test_a_noun_that_names_no_event_has_no_clause(found: Found) -> None:
    assert "soldiers" not in {c.token.text for c in found["The strike killed ten soldiers."].values()}


def test_clauses_come_in_the_order_of_the_text(found: Found) -> None:
    assert all(list(made) == sorted(made) for made in found.values())


def test_a_circle_of_heads_ends() -> None:
    from onrecord.page import Token

    tokens = tuple(
        Token(i, 7 * i, 7 * i + 6, "attack", "attack", "attack", "VERB", "VBN", dep, 1 - i) for i, dep in enumerate(("xcomp", "conj"))
    )
    ring = Sentence(tokens, 0, 13, Block("paragraph", 0, 13), 0, "attack attack")
    assert sorted(clauses.find(ring, ())) == [0, 1]
