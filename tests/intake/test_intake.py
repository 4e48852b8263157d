"""Intake: what files of every kind become, and that one bad item never stops the others."""

import datetime as dt
import io
import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import intake
from onrecord.intake import Failure, Loaded, texts
from onrecord.record import Report


def loaded(items):
    return [item for item in items if isinstance(item, Loaded)]


def failures(items):
    return [item for item in items if isinstance(item, Failure)]


def one(data, name="report.txt", published=None):
    (item,) = intake.load_bytes(data, name, published)
    return item


def codes(item):
    return [note.code for note in item.notes]


def test_the_first_line_of_a_plain_text_is_its_title():
    item = one(b"Envoys gather\n\nThe envoys gathered in Oslo.")
    assert item.report.title == "Envoys gather"
    assert item.report.text == "Envoys gather\n\nThe envoys gathered in Oslo."


def test_a_single_line_has_no_title():
    assert one(b"The envoys gathered in Oslo.").report.title is None


def test_the_date_given_by_the_caller_is_the_reports():
    assert one(b"a b", published="2022-02-03").report.published == "2022-02-03"


def test_a_json_object_fills_every_field():
    data = {"id": 7, "title": "T", "body": "B.", "date": "2022-02-03T10:00:00Z", "url": "u", "publisher": "p", "language": "en", "x": 1}
    report = one(json.dumps(data).encode()).report
    assert report == Report("B.", id="7", title="T", published="2022-02-03", url="u", publisher="p", language="en")


def test_a_json_array_gives_its_reports_and_names_the_bad_ones():
    items = list(intake.load_bytes(b'[{"text": "One."}, 3, {"title": "no text"}, {"content": "Four."}]', "a.json"))
    assert [item.report.text for item in loaded(items)] == ["One.", "Four."]
    assert [item.where for item in failures(items)] == ["a.json[1]", "a.json[2]"]


def test_a_bad_line_is_named_and_the_others_are_read(tmp_path):
    path = tmp_path / "r.jsonl"
    path.write_bytes(b'{"text": "One."}\n{"text": \n\n{"text": "Three."}\n')
    items = list(intake.load(path))
    assert [item.report.text for item in loaded(items)] == ["One.", "Three."]
    assert [item.where for item in failures(items)] == [f"{path}:2"]


def test_a_line_in_another_encoding_harms_no_other_line(tmp_path):
    path = tmp_path / "r.jsonl"
    path.write_bytes('{"text": "Größe"}\n'.encode() + '{"text": "café"}\n'.encode("windows-1252"))
    assert [item.report.text for item in intake.load(path)] == ["Größe", "café"]


def test_json_lines_without_a_telling_name_are_known_by_their_look():
    items = list(intake.load_bytes(b'{"text": "One."}\n{"text": "Two."}', "standard input"))
    assert [item.report.text for item in items] == ["One.", "Two."]


def test_a_text_that_opens_with_a_bracket_is_a_text():
    assert one(b"[Kyiv] The envoy left.").report.text == "[Kyiv] The envoy left."


def test_a_json_title_stays_apart_from_the_text():
    report = one(b'{"title": "Head", "text": "Body."}', "a.json").report
    assert (report.title, report.text) == ("Head", "Body.")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings_with_a_mark_and_utf_8_are_read_without_a_note(encoding):
    item = one("Zażółć – 停火 🕊".encode(encoding))
    assert (item.report.text, codes(item)) == ("Zażółć – 停火 🕊", [])


def test_windows_1252_is_read_and_noted():
    item = one("The café “closed”.".encode("windows-1252"))
    assert item.report.text == "The café “closed”."
    assert codes(item) == ["encoding"]


def test_utf_16_without_a_mark_and_other_binary_is_a_failure():
    assert isinstance(one("text".encode("utf-16-le")), Failure)
    assert isinstance(one(bytes(range(256)) * 4), Failure)


@pytest.mark.parametrize("data", [b"", b" \n\t", b"\xef\xbb\xbf"])
def test_nothing_is_a_failure(data):
    assert one(data).reason == "is empty"


def test_an_empty_json_text_is_a_failure():
    assert isinstance(one(b'{"text": "  "}', "a.json"), Failure)


def test_mojibake_is_mended_and_noted_and_curly_quotes_stay():
    item = one("They don\u00e2\u20ac\u2122t agree.\nHe said “yes”.".encode())
    assert item.report.text == "They don’t agree.\nHe said “yes”."
    assert codes(item) == ["repaired"]


def test_entities_are_resolved_only_where_there_is_no_tag():
    assert one(b"A &amp; B").report.text == "A & B"
    assert one(b"<b>A &amp; B</b>").report.text == "<b>A &amp; B</b>"


def test_control_characters_become_spaces_of_the_same_length():
    item = one(b"An envoy\x07left\x1b today.")
    assert item.report.text == "An envoy left  today."
    assert codes(item) == ["control-characters"]


def test_windows_line_ends_go_and_offsets_stay():
    given_text = "Head\r\n\r\nThe envoy left."
    stored = one(given_text.encode()).report.text
    assert "\r" not in stored
    assert stored.index("envoy") == given_text.index("envoy")


def test_lone_surrogates_do_no_harm():
    report = one(b'{"text": "a \\ud800 b"}', "a.json").report
    report.text.encode("utf-8")
    assert len(report.text) == 5


def test_right_to_left_text_and_emoji_stay_as_they_are():
    text = "قال الوزير 🇺🇦 إن الهدنة صامدة"
    assert one(text.encode()).report.text == text


def test_a_missing_file_is_a_failure_that_says_so(tmp_path):
    (item,) = intake.load(tmp_path / "no.txt")
    assert "No such file" in item.reason


def test_a_folder_gives_its_files_in_order_without_hidden_ones(tmp_path):
    for name in ("b.txt", "a.txt", ".hidden"):
        (tmp_path / name).write_text(f"Text {name}")
    assert [item.report.text for item in intake.load(tmp_path)] == ["Text a.txt", "Text b.txt"]


def test_standard_input_is_read(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"From the pipe.")))
    (item,) = intake.load("-")
    assert (item.where, item.report.text) == ("standard input", "From the pipe.")


def test_a_bad_date_is_left_out_and_noted():
    item = one(b'{"text": "a", "date": "last Tuesday"}', "a.json", "2022-01-01")
    assert (item.report.published, codes(item)) == (None, ["bad-date"])


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2022-02-03", "2022-02-03"),
        ("2022-02-03T23:59:59+02:00", "2022-02-03"),
        ("20220203T1000Z", "2022-02-03"),
        ("2022-02-30", None),
        ("", None),
    ],
)
def test_iso_dates(value, day):
    assert texts.iso_date(value) == day


@pytest.mark.parametrize(
    ("published", "found"),
    [
        (None, ["no-date"]),
        ("2022-02-03", []),
        ("2022-02-04", []),
        ("2022-02-05", ["future-date"]),
        ("3 Feb", ["bad-date"]),
        ("2022-13-01", ["bad-date"]),
    ],
)
def test_check_notes_what_is_wrong_with_the_date(published, found):
    notes = intake.check(Report("a", published=published), today=dt.date(2022, 2, 3))
    assert [note.code for note in notes] == found


def test_deeply_nested_json_is_a_failure_not_a_crash():
    assert isinstance(one(b'{"text":' + b"[" * 100_000, "a.json"), Failure)


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.json", "a.jsonl"]))
def test_any_bytes_give_reports_or_failures(data, name):
    for item in intake.load_bytes(data, name):
        assert isinstance(item, Loaded | Failure)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
def test_repair_is_done_once(text):
    stored, _ = texts.repair(text)
    assert "\r" not in stored
    assert not texts._CONTROL.search(stored)
