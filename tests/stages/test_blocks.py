"""Blocks: how a report's text is cut, which sentences are damaged, and what stands in quotation marks."""

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.page import Sentence
from onrecord.record import Report
from onrecord.stages import blocks, grammar

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "blocks.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60].replace("\n", " "))
def test_a_text_is_cut_into_its_blocks(case):
    report = Report(case["text"], title=case.get("title"))
    found = [(block.kind, report.text[block.start : block.end]) for block in blocks.split(report)[0]]
    expected = [tuple(line.split(": ", 1)) for line in case["blocks"]]
    assert [kind for kind, _ in found] == [kind for kind, _ in expected]
    for (_, words), (_, start) in zip(found, expected, strict=True):
        assert words.startswith(start)


def assert_tiles(report):
    """Blocks stand in order, apart, trimmed, short enough, and leave out nothing but white space."""
    found, _ = blocks.split(report)
    at = 0
    for block in found:
        assert report.text[at : block.start].strip() == ""
        words = report.text[block.start : block.end]
        assert words and words == words.strip()
        assert len(words) <= blocks.BLOCK_AT_MOST
        at = block.end
    assert report.text[at : blocks.READ_AT_MOST].strip() == ""


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400), st.one_of(st.none(), st.text(max_size=20)))
def test_blocks_tile_any_text(text, title):
    assert_tiles(Report(text, title=title))


PIECES = ["BEIRUT (AP) _ ", "Read also: x", "\n", "\n\n", " ", "By Jane Roe", "(Reporting by Jane)", "The men left."]
PIECES += ["“Go”", "\u2028", "###", "\x85", "See: "]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_blocks_tile_texts_made_of_page_furniture(pieces):
    assert_tiles(Report("".join(pieces)))


@pytest.mark.parametrize(
    "text",
    ["The men left. " * 3_000, "men " * 10_000, "x" * 40_000, "Head\n" + "The men left. " * 3_000],
    ids=["sentences", "words", "one word", "under a headline"],
)
def test_a_very_long_line_is_cut_up(text):
    assert_tiles(Report(text))


def test_a_long_line_is_cut_at_sentence_ends():
    report = Report("The men left the town. " * 1_000)
    assert all(report.text[block.start : block.end].endswith(".") for block in blocks.split(report)[0])


@pytest.mark.parametrize("text", ["a b\n" * 100_000, "x" * 2_000_000, "word. " * 300_000, "'a \"" * 50_000, "By A " * 40_000], ids=len)
def test_splitting_takes_linear_time(text):
    start = time.process_time()
    _, notes = blocks.split(Report(text))
    assert time.process_time() - start < 5
    assert (len(text) > blocks.READ_AT_MOST) == any(note.code == "too-long" for note in notes)


def test_the_note_on_a_long_text_says_how_much_was_left_out():
    (note,) = blocks.split(Report("The men have left the town. " * 8_000))[1]
    assert (note.code, "24,000" in note.message) == ("too-long", True)


def test_an_empty_text_gives_a_note_and_no_block():
    found, notes = blocks.split(Report(" \n\t"))
    assert (found, [note.code for note in notes]) == ((), ["empty"])


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("KYIV, Ukraine (Reuters) - Men left.", "KYIV, Ukraine"),
        ("(Kyiv, 2 February 2022) The president met an envoy.", "Kyiv"),
        ("Oslo, Norway — The envoys met.", "Oslo, Norway"),
        ("By Jane Roe", None),
    ],
)
def test_the_place_of_a_dateline(line, place):
    report = Report(f"Head\n\n{line}\n\nMore.")
    found = blocks.dateline(report, blocks.split(report)[0])
    assert (found and found.text) == place
    assert found is None or found.matches(report.text)


@pytest.mark.parametrize(
    "text",
    [
        "Die Minister haben sich am Freitag in Wien getroffen und über die Lage in der Region gesprochen, sagte ein Sprecher.",
        "Министры встретились в пятницу в Вене и обсудили положение в регионе, сообщил представитель правительства страны.",
        "Los ministros se reunieron el viernes en Viena y hablaron sobre la crisis en la zona, dijo un portavoz del gobierno.",
    ],
)
def test_other_languages_are_noted(text):
    assert blocks.language_note(text).code == "not-english"


def test_english_is_not_noted():
    assert blocks.language_note("The ministers met on Friday in Vienna and spoke of the crisis in the region, a spokesman said.") is None


def test_a_text_too_short_to_tell_is_not_noted():
    assert blocks.language_note("Envoys gather") is None


# ---------------------------------------------------------------- sentences


def sentences(text: str) -> list[Sentence]:
    report = Report(text)
    found, _ = blocks.split(report)
    parsed = [sentence for _, _, group in grammar.parse((report, block) for block in found) for sentence in group]
    for number, sentence in enumerate(parsed):
        sentence.number = number
    return parsed


def damaged(text: str) -> list[str]:
    parsed = sentences(text)
    return [s.text for s, before in zip(parsed, [None, *parsed], strict=False) if blocks.damaged(s, before)]


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("The army left the port on Monday. has raised its demands for the third time.", "has raised its demands for the third time."),
        ("The envoys raised their demands on the two sides. Have taken.", "Have taken."),
        ("The official spoke to reporters about the raid. Informed.", "Informed."),
        ("The minister said that the call was needed. Will introduce.", "Will introduce."),
        ("The council met on Friday in the capital. Members spoke of the", "Members spoke of the"),
        ("The council met on Friday in the capital. Committed to the principle of", "Committed to the principle of"),
        ("The the army left the port.", "The the army left the port."),
        ("The army said the the port was safe.", "The army said the the port was safe."),
    ],
)
def test_damaged_sentences_are_known(text, broken):
    assert damaged(text) == ([broken] if broken else [])


@pytest.mark.parametrize(
    "text",
    [
        "“We will not go.” said the mayor of the town.",
        "The army left the port. Nobody was hurt.",
        "Did they leave? Nobody knows.",
        "The minister had had enough, he said. That that was so surprised nobody.",
        "Asked about the raid, he declined to comment. Founded in 1990, the party has ten seats.",
        "The U.S. and Russia met. The E.U. did not.",
        "He named three aims: peace, trade and aid.",
    ],
)
def test_sound_sentences_are_not_called_damaged(text):
    assert damaged(text) == []


def test_a_headline_is_never_damaged():
    assert damaged("Envoys to meet in Oslo, says the\n\nThe envoys will meet on Friday.") == []


def quotes(text: str) -> list[str]:
    parsed = sentences(text)
    blocks.quoted(parsed)
    return [sentence.cut(first, last - 1).text for sentence in parsed for first, last in sentence.quoted]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("He called it “a grave step” on Friday.", ["a grave step"]),
        ('He called it "a grave step" on Friday.', ["a grave step"]),
        ("He called it ``a grave step'' on Friday.", ["a grave step"]),
        ("He called it ‘a grave step’ on Friday.", ["a grave step"]),
        ("He called it 'a grave step' on Friday.", ["a grave step"]),
        ("He called it «a grave step» on Friday.", ["a grave step"]),
        ("“We shall stay,” he said. “We have time.”", ["We shall stay,", "We have time."]),
        ("“We shall stay. We have time,” he said.", ["We shall stay.", "We have time,"]),
        ("The country's army and the rebels' leader don't agree.", []),
        ("The rebels’ leader doesn’t agree with the army’s plan.", []),
        ("“The envoy said ‘no’ to us,” he said.", ["The envoy said ‘no’ to us,"]),
        ("The wall is 6\" thick.", []),
        ("He called it a grave step” on Friday.", []),
        ("He called it “a grave step. The army left on Friday.", ["a grave step."]),
    ],
)  # fmt: skip
def test_what_stands_in_quotation_marks(text, inside):
    assert quotes(text) == inside


def test_a_quotation_goes_on_over_paragraphs_that_open_with_a_mark():
    text = "The mayor spoke.\n\n“We shall stay here. We have time.\n\n“Nobody will drive us out,” she said."
    assert quotes(text) == ["We shall stay here.", "We have time.", "Nobody will drive us out,"]


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="ab .,'\"“”‘’«»`\n?", max_size=60))
def test_quotation_ranges_stay_in_their_sentence(text):
    parsed = sentences(text)
    blocks.quoted(parsed)
    for sentence in parsed:
        assert all(0 <= first < last <= len(sentence) for first, last in sentence.quoted)


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=80))
def test_any_sentence_can_be_judged(text):
    parsed = sentences(text)
    blocks.quoted(parsed)
    assert {blocks.damaged(s, before) for s, before in zip(parsed, [None, *parsed], strict=False)} <= {True, False}
