"""Names: every case of ``cases/names.yaml``, exact offsets, and no text that breaks it."""

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.page import Block, Cast, Page
from onrecord.record import Report
from onrecord.stages import blocks, coreference, grammar, names

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "names.yaml").read_text(encoding="utf-8"))


def page(text, published="2021-12-20"):
    """A page of one paragraph."""
    report = Report(text, published=published)
    block = Block("paragraph", 0, len(text))
    sentences = [s for _, _, found in grammar.parse([(report, block)]) for s in found]
    for number, sentence in enumerate(sentences):
        sentence.number = number
    blocks.quoted(sentences)
    return Page(report, (block,), tuple(sentences))


def read(text, published="2021-12-20") -> tuple[Page, Cast]:
    made = page(text, published)
    return made, coreference.resolve(made, names.cast(made))


def spans(made, cast):
    """Every mention's entities with its words and with the words of its head."""
    for mention in cast:
        sentence = made.sentences[mention.sentence]
        span = sentence.cut(mention.first, mention.last)
        for entity in mention.entities:
            yield {span.text, sentence.tokens[mention.head].text, span.text.rsplit(" ", 1)[-1]}, entity


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_case_is_read_as_told(case):
    made, cast = read(case["text"], case["published"])
    found = list(spans(made, cast))
    for want in case.get("mentions", ()):
        fields = {field: value for field, value in want.items() if field != "words"}
        fitting = [e for words, e in found if want["words"] in words]
        assert any(all(getattr(e, f) == v for f, v in fields.items()) for e in fitting), (want, fitting, found)
    for word in case.get("none", ()):
        assert not [e for words, e in found if word in words], (word, found)


def test_a_mention_holds_its_head_and_its_entities_quote_the_text():
    made, cast = read("Kremlin spokesman Dmitry Peskov said Russia's navy left Syria. He praised the sailors.")
    for mention in cast:
        assert mention.first <= mention.head <= mention.last
        for entity in mention.entities:
            assert entity.span.matches(made.report.text)


def test_a_demonym_before_a_noun_is_an_adjective_and_a_capital_may_be_a_place():
    made, cast = read("Israeli airstrikes hit a port near Beirut.")
    flags = {made.sentences[0].cut(m.first, m.last).text: (m.adjective, m.place) for m in cast.of(0)}
    assert flags["Israeli"] == (True, False)
    assert flags["Beirut"] == (False, True)


def test_an_unknown_person_is_named_as_the_report_introduces_them():
    made, cast = read("Zambian Trade Minister Lubo Kapasa resigned. Kapasa gave no reason.")
    assert {e.name for words, e in spans(made, cast) if "Kapasa" in words} == {"Lubo Kapasa"}


def test_reading_twice_gives_the_same_cast():
    text = "Russia and Ukraine met in Minsk. Both sides blamed the other. Police in Nairobi arrested students."
    assert list(read(text)[1]) == list(read(text)[1])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(max_size=120)
    | st.lists(
        st.sampled_from(["the", "Putin", "said", "Moscow", "'s", "of", ",", "US-Russia", "president", "He", "its", "-", "Georgia"])
    ).map(" ".join)
)
def test_any_text_gives_exact_spans(text):
    made, cast = read(text, None)
    for mention in cast:
        for entity in mention.entities:
            assert entity.span.matches(text)
