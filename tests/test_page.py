"""The inner types: how tokens, sentences, the cast and clauses answer what the stages ask."""

from __future__ import annotations

import pytest

from onrecord.page import Block, Cast, Clause, Mention, Sense, Sentence, Token
from onrecord.record import Entity, Span

TEXT = "Peru, Chile and Cuba hold long talks"
#        0   1 2     3   4    5    6    7
HEADS = (5, 0, 0, 2, 2, 5, 7, 5)
DEPS = ("nsubj", "punct", "conj", "cc", "conj", "ROOT", "amod", "dobj")
OFFSET = 100


def sentence(heads: tuple[int, ...] = HEADS) -> Sentence:
    """The text as a sentence that begins at code point 100 of its report."""
    tokens, at = [], 0
    for i, word in enumerate(("Peru", ",", "Chile", "and", "Cuba", "hold", "long", "talks")):
        at = TEXT.index(word, at)
        tokens.append(Token(i, OFFSET + at, OFFSET + at + len(word), word, word.lower(), word.lower(), "NOUN", "NN", DEPS[i], heads[i]))
        at += len(word)
    return Sentence(tuple(tokens), OFFSET, OFFSET + len(TEXT), Block("paragraph", OFFSET, OFFSET + len(TEXT)), 0, TEXT)


def test_dependents_come_from_left_to_right() -> None:
    assert sentence().children(0) == [1, 2] and sentence().children(5) == [0, 7]


def test_the_root_is_nobodys_dependent() -> None:
    assert all(5 not in sentence().children(i) for i in range(8))


def test_dependents_are_chosen_by_relation() -> None:
    made = sentence()
    assert [t.text for t in made.kids(5, "nsubj", "dobj")] == ["Peru", "talks"]
    assert [t.text for t in made.kids(5, "dobj")] == ["talks"]


def test_the_first_dependent_of_a_relation_or_none() -> None:
    made = sentence()
    first = made.kid(0, "conj")
    assert first is not None and first.text == "Chile"
    assert made.kid(0, "dobj") is None


def test_the_heads_above_end_at_the_root() -> None:
    assert [t.text for t in sentence().ancestors(4)] == ["Chile", "Peru", "hold"]


def test_heads_that_go_in_a_circle_end() -> None:
    ring = sentence(heads=(2, 0, 0, 2, 2, 5, 7, 5))
    assert [t.text for t in ring.ancestors(0)] == ["Chile"]


def test_a_subtree_is_in_the_order_of_the_text() -> None:
    assert sentence().subtree(0) == [0, 1, 2, 3, 4]


def test_coordinated_words_are_those_further_down() -> None:
    assert sentence().conjuncts(0) == [0, 2, 4] and sentence().conjuncts(2) == [2, 4]


def test_a_cut_counts_code_points_of_the_report() -> None:
    assert sentence().cut(6, 7) == Span("long talks", OFFSET + 26, OFFSET + 36)


def test_a_phrase_runs_from_its_first_to_its_last_word() -> None:
    assert sentence().phrase(7).text == "long talks"


def test_a_word_is_quoted_inside_the_marks_only() -> None:
    made = sentence()
    made.quoted = ((5, 7),)
    assert [made.in_quotes(i) for i in (4, 5, 6, 7)] == [False, True, True, False]


def test_mended_tokens_have_mended_dependents() -> None:
    made = sentence()
    made.children(0)
    made.replace_tokens(tuple(t._replace(head=7) if t.i == 0 else t for t in made.tokens))
    assert made.children(7) == [0, 6]


def mention(first: int, last: int, head: int, sentence: int = 0) -> Mention:
    return Mention(sentence, first, last, head, (Entity(Span("Peru", 0, 4), country="PER"),))


def test_the_cast_finds_a_mention_at_its_head_only() -> None:
    known = mention(2, 4, 3)
    cast = Cast([known])
    assert cast.at(0, 3) is known and cast.at(0, 2) is None and cast.at(1, 3) is None


def test_the_cast_finds_a_mention_at_any_of_its_words() -> None:
    known = mention(2, 4, 3)
    cast = Cast([known])
    assert [cast.covering(0, i) for i in (1, 2, 4, 5)] == [None, known, known, None]


def test_a_later_mention_replaces_an_earlier_one() -> None:
    later = mention(2, 2, 3)
    assert list(Cast([mention(2, 4, 3), later])) == [later]


def test_mentions_come_in_the_order_of_the_text() -> None:
    one, two, three = mention(5, 5, 5), mention(1, 2, 2), mention(0, 0, 0, sentence=1)
    cast = Cast([three, one, two])
    assert list(cast) == [two, one, three] and cast.of(0) == [two, one] and cast.of(7) == []


def test_a_clause_gives_the_first_function_that_is_filled() -> None:
    clause = Clause(sentence(), 5, "verb", args={"subj": [], "obj": [7], "with": [4]})
    assert clause.get("subj", "obj", "with") == [7] and clause.get("on") == []


def test_a_bare_auxiliary_has_the_lemma_of_what_it_stands_for() -> None:
    made = sentence()
    assert Clause(made, 5, "verb").lemma == "hold"
    assert Clause(made, 5, "verb", stands_for=made.tokens[7]).lemma == "talks"


@pytest.mark.parametrize(
    ("pos", "words", "head", "others"),
    [
        ("verbs", ("carry", "out"), "carry", ("out",)),
        ("nouns", ("air", "strike"), "strike", ("air",)),
        ("nouns", ("use", "of", "force"), "use", ("of", "force")),
        ("adjectives", ("ready", "for"), "ready", ("for",)),
        ("verbs", ("attack",), "attack", ()),
    ],
)
def test_a_phrase_knows_its_head(pos: str, words: tuple[str, ...], head: str, others: tuple[str, ...]) -> None:
    sense = Sense("ASSAULT", " ".join(words), pos, words, None, (), (), (), False, None, None, ())  # type: ignore[arg-type]  # plain text
    assert (sense.head, sense.others) == (head, others)
