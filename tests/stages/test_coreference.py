"""Coreference: whom the words that point back mean, on short texts of our own."""

from pathlib import Path

import pytest
import yaml

from onrecord.page import Block, Page
from onrecord.record import Report
from onrecord.stages import blocks, coreference, grammar, names

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "coreference.yaml").read_text(encoding="utf-8"))


def read(text, published="2021-12-20", headline=False, title=None, publisher=None):
    """What each mention's words mean, in text order: (words, countries, names, sectors)."""
    report = Report(text, published=published, title=title, publisher=publisher)
    kinds = ["headline" if headline and n == 0 else "paragraph" for n, _ in enumerate(text.split("\n\n"))]
    parts, at = [], 0
    for number, (kind, words) in enumerate(zip(kinds, text.split("\n\n"), strict=True)):
        parts.append(Block(kind, at, at + len(words), number))
        at += len(words) + 2
    sentences = [s for _, _, found in grammar.parse((report, part) for part in parts) for s in found]
    for number, sentence in enumerate(sentences):
        sentence.number = number
    blocks.quoted(sentences)
    page = Page(report, tuple(parts), tuple(sentences))
    cast = coreference.resolve(page, names.cast(page))
    return [(page.sentences[m.sentence].cut(m.first, m.last).text, m.entities) for m in cast]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_word_means_whom_it_points_at(case):
    found = read(case["text"], case.get("published", "2021-12-20"), case.get("headline", False), case.get("title"), case.get("publisher"))
    for words, parties in case["means"].items():
        got = [entities for text, entities in found if text == words]
        want = sorted(parties)
        assert any(sorted(f"{e.country}.{e.sector}" if e.sector else str(e.country) for e in es) == want for es in got), found
    for words in case.get("none", ()):
        assert words not in [text for text, _ in found], found


def test_the_words_of_a_pronoun_are_its_own_and_the_name_is_the_antecedents():
    (he,) = [es for text, es in read("Vladimir Putin said that he was ready.") if text == "he"]
    assert (he[0].span.text, he[0].name) == ("he", "Vladimir Putin")


def test_resolving_leaves_the_cast_it_was_given_alone():
    report = Report("Putin spoke. He left.", published="2021-12-20")
    block = Block("paragraph", 0, len(report.text))
    sentences = [s for _, _, found in grammar.parse([(report, block)]) for s in found]
    for number, sentence in enumerate(sentences):
        sentence.number = number
    page = Page(report, (block,), tuple(sentences))
    cast = names.cast(page)
    before = list(cast)
    coreference.resolve(page, cast)
    assert list(cast) == before


def test_a_gender_once_heard_is_kept():
    found = read("President Ola Benn of Palau said she would stay. Vladimir Putin called. She thanked him.")
    assert {es[0].name for text, es in found if text == "She"} == {"Ola Benn"}
    assert {es[0].name for text, es in found if text == "him"} == {"Vladimir Putin"}


def test_a_day_that_is_no_iso_date_costs_no_party():
    text = "Bush met Putin in Moscow. The president of Russia thanked him."
    unknown, undated = ([(w, e) for w, e in read(text, day)] for day in ("17 December 2016", None))
    assert unknown == undated != []
