"""Bad input: a clear note or error, no crash, no hang; exact offsets on any text; one bad sentence costs itself alone."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import typer.testing
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import cli, intake, reader
from onrecord.page import Sentence
from onrecord.reader import read, read_many
from onrecord.record import Reading, Report
from onrecord.stages import blocks, clauses, dates, names, quantities, status, triggers

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.json"))
NEWS = "Chad attacked Togo. Peru met Chile on Monday. Kenya condemned Mali. "
DAY = "2024-05-10"

ODD = {
    "nothing": "",
    "white space": " \n\t\u00a0\u2003\n",
    "control characters": "Chad\x00 attacked\x07 Togo.\x1b[31m Peru\x0b met\x0c Chile.\x85",
    "right-to-left text": "Iran condemned Israel. \u202eقال الوزير إن المحادثات انتهت\u202c. Peru met Chile. שלום",
    "emoji": "🇫🇷 France condemned 😀 Mali 👩‍👩‍👧‍👦. Peru met 🇨🇱 Chile 🤝🏽.",
    "combining marks": "Z\u0351\u036b\u0343algo: Peru m\u0301e\u0301t\u0301 Chile.",
    "zero-width characters": "Chad\u200battacked\ufeff Togo\u2060. Peru\u00admet Chile.",
    "quotes that never close": '“Chad ‘attacked "Togo. “Peru «met Chile. \'\'""',
    "dashes": "Chad--attacked---Togo - - – — -- Peru-met-Chile-in-Rome-.",
    "punctuation alone": "... !!! ??? ((( ))) [[ ]] ;;; ,,, --- *** “” ‘’",
    "digits alone": "1,2 3.4.5 00:99 31/02/2024 9999-99-99 ١٢٣ ² ½ 12e999 " + "7" * 400,
    "one word": "attacked",
    "one very long word": "x" * 6_000,
    "no spaces": "ChadattackedTogo" * 500,
    "the same sentence": "Chad attacked Togo. " * 300,
    "nested brackets": "(" * 300 + "Chad attacked Togo" + ")" * 300,
    "one sentence without an end": "Chad attacked Togo and " * 60,
    "many commas": "Chad, " * 300,
    "names alone": "Joe Biden Vladimir Putin Xi Jinping NATO Kremlin " * 60,
    "odd line ends": "Chad attacked Togo.\r\nPeru met Chile.\rKenya condemned Mali.\u2028Oman met Iran.\x1eLaos met Nepal.",
    "markup": "<p>Chad attacked Togo.</p><script>alert(1)</script>&amp;&lt; <b>Peru</b> met Chile.",
}


@pytest.fixture(scope="module")
def odd() -> dict[str, Reading]:
    return dict(zip(ODD, read_many(Report(text, id=name, published=DAY) for name, text in ODD.items()), strict=True))


@pytest.mark.parametrize("name", ODD)
def test_odd_text_is_read_with_exact_offsets(name: str, odd: dict[str, Reading]) -> None:
    odd[name].check()


@pytest.mark.parametrize("name", ODD)
def test_odd_text_breaks_no_stage(name: str, odd: dict[str, Reading]) -> None:
    assert not [note for note in odd[name].notes if note.code in ("sentence-failed", "report-failed")]


@pytest.mark.parametrize("name", ODD)
def test_rows_of_odd_text_are_lines_that_can_be_written(name: str, odd: dict[str, Reading]) -> None:
    lines = odd[name].to_jsonl().encode("utf-8").decode("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == odd[name].to_dicts()


@pytest.mark.parametrize("name", ["right-to-left text", "odd line ends"])
def test_the_news_between_odd_characters_is_found(name: str, odd: dict[str, Reading]) -> None:
    assert any({"PER", "CHL"} <= {e.country for e in event.actors} for event in odd[name].events)


def test_lone_surrogates_are_read_with_exact_offsets_and_written_as_escapes() -> None:
    reading = read(Report("Chad attacked \ud800 Togo. \udfff\udc80 Peru met Chile.", published=DAY))
    reading.check()
    assert any({"PER", "CHL"} <= {e.country for e in event.actors} for event in reading.events)
    assert reading.to_jsonl().encode("utf-8")


def codes(reading: Reading) -> list[str]:
    return [note.code for note in reading.notes]


def test_an_empty_text_is_noted(odd: dict[str, Reading]) -> None:
    assert "empty" in codes(odd["nothing"]) and "empty" in codes(odd["white space"])


def test_a_missing_date_is_noted_and_leaves_days_unresolved() -> None:
    reading = read(Report("Peru met Chile on Monday."))
    assert "no-date" in codes(reading)
    assert [event.date.earliest for event in reading.events if event.date] == [None]
    assert "unresolved-date" in reading.events[0].flags


@pytest.mark.parametrize("day", ["yesterday", "2024-02-30", "10/05/2024", "", "2024-5-1"])
def test_a_date_that_is_none_is_noted(day: str) -> None:
    assert "bad-date" in codes(read(Report("Peru met Chile on Monday.", published=day)))


def test_a_date_in_the_future_is_noted_and_the_report_read() -> None:
    reading = read(Report("Peru met Chile.", published="2999-01-01"))
    assert "future-date" in codes(reading) and len(reading.events) == 1


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_break_nothing(day: str) -> None:
    text = "Peru met Chile last year. Oman will meet Iran next century. Laos met Nepal a thousand years ago."
    reading = read(Report(text, published=day))
    assert "sentence-failed" not in codes(reading) and "report-failed" not in codes(reading)


@pytest.mark.parametrize(
    "text",
    [
        "Der Präsident hat am Montag mit der Regierung über die Lage gesprochen, und die Minister haben nichts dazu gesagt.",
        "Le président a parlé lundi avec le gouvernement de la situation, et les ministres n'ont rien dit à ce sujet dans la soirée.",
        "Президент в понедельник провёл переговоры с правительством о положении в стране, но министры ничего не сказали.",
    ],
)
def test_another_language_is_noted(text: str) -> None:
    assert "not-english" in codes(read(Report(text, published=DAY)))


def test_english_is_not_noted_as_another_language() -> None:
    assert codes(read(Report(NEWS * 3, published=DAY))) == []


# ---------------------------------------------------------------- size


def seconds(report: Report) -> tuple[float, Reading]:
    start = time.perf_counter()
    reading = read(report)
    return time.perf_counter() - start, reading


@pytest.fixture
def tenth(monkeypatch: pytest.MonkeyPatch) -> float:
    """The reader reads a tenth of what it reads at most, and has a tenth of the 20 seconds and what a busy machine needs to begin."""
    read(Report(NEWS, published=DAY))
    monkeypatch.setattr(blocks, "READ_AT_MOST", blocks.READ_AT_MOST // 10)
    return 2.0 + 2.0


def test_a_line_of_two_million_characters_is_read_in_time_and_noted(tenth: float) -> None:
    took, reading = seconds(Report("The hall was full. Nobody in it had a word to say to the others. " * 30_000, published=DAY))
    assert took < tenth and "too-long" in codes(reading)


def test_what_lies_beyond_the_limit_costs_next_to_nothing() -> None:
    took, reading = seconds(Report(NEWS + "\n" * blocks.READ_AT_MOST + NEWS * 100_000, published=DAY))
    assert took < 5 and "too-long" in codes(reading)
    assert len(reading.events) == 3


def test_a_hundred_thousand_short_lines_are_read_as_far_as_the_limit(tenth: float) -> None:
    took, reading = seconds(Report("Chad\n" * 100_000, published=DAY))
    assert took < 5 * tenth and "too-long" in codes(reading)


# ---------------------------------------------------------------- any text at all

NEWSY = [
    "Chad",
    "attacked",
    "Togo",
    "Peru",
    "met",
    "Chile",
    "on",
    "Monday",
    "said",
    "he",
    "they",
    "talks",
    "with",
    "NATO",
    "U.S.",
    "(AP)",
    "the",
    "Kremlin",
    "will",
    "not",
    "may",
    "to",
    "and",
    "of",
    "May",
    "12",
    "million",
]
WORDS = st.sampled_from([*NEWSY, *"“”.-é😀\u202e\x00\n", "\n\n", "'s"])
ODD_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
TEXTS = st.one_of(ODD_TEXT, st.lists(WORDS, max_size=25).map(" ".join), st.lists(WORDS, max_size=12).map("".join))


@settings(max_examples=25, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=8), st.sampled_from([None, DAY]))
def test_any_text_is_read_with_exact_offsets_and_the_same_bytes_twice(texts: list[str], day: str | None) -> None:
    reports = [Report(text, published=day) for text in texts]
    first, second = list(read_many(reports)), list(read_many(reports))
    assert [r.to_jsonl() for r in first] == [r.to_jsonl() for r in second]
    for reading in first:
        reading.check()
        assert not {"sentence-failed", "report-failed"} & set(codes(reading)), reading.notes


# ---------------------------------------------------------------- a stage that breaks


def breaking(whole: Callable[..., Any]) -> Callable[..., Any]:
    """The stage's function, but that it raises where the sentence is about Kenya."""

    def stage(*args: Any, **named: Any) -> Any:
        if any("Kenya" in sentence.text for sentence in _sentences(args)):
            raise IndexError("a sentence that nobody foresaw")
        return whole(*args, **named)

    return stage


def _sentences(args: Sequence[Any]) -> list[Sentence]:
    """The sentences that the stage's first arguments are about."""
    found = []
    for arg in args:
        clause = getattr(arg, "clause", None) or (next(iter(arg.values()), None) if isinstance(arg, dict) else None)
        found += [part for part in (arg, getattr(clause, "sentence", None)) if isinstance(part, Sentence)]
    return found


@pytest.mark.parametrize(
    ("stage", "function"), [(clauses, "find"), (triggers, "find"), (status, "of"), (dates, "find"), (dates, "choose"), (quantities, "find")]
)
def test_a_stage_that_breaks_on_a_sentence_costs_that_sentence_alone(stage: Any, function: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage, function, breaking(getattr(stage, function)))
    reading = read(Report(NEWS, published=DAY))
    assert [event.type for event in reading.events] == ["ASSAULT", "CONSULT"]
    assert [note.span.text for note in reading.notes if note.code == "sentence-failed" and note.span] == ["Kenya condemned Mali."]


def test_a_stage_that_breaks_on_a_report_costs_that_report_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = names.cast

    def cast(page: Any) -> Any:
        if "Kenya" in page.report.text:
            raise KeyError("a report that nobody foresaw")
        return whole(page)

    monkeypatch.setattr(names, "cast", cast)
    texts = ["Chad attacked Togo.", NEWS, "Peru met Chile."]
    readings = list(read_many(Report(text, published=DAY) for text in texts))
    assert [len(reading.events) for reading in readings] == [1, 0, 1]
    assert codes(readings[1]) == ["report-failed"]


def test_what_no_stage_should_raise_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(triggers, "find", interrupted)
    with pytest.raises(KeyboardInterrupt):
        read(Report(NEWS, published=DAY))


# ---------------------------------------------------------------- files, through the command line

FILES = {
    "empty.txt": b"",
    "blank.txt": b" \n\n ",
    "binary.txt": bytes(range(256)) * 40,
    "broken.json": b'{"text": "Peru met',
    "notext.json": b'{"title": "Peru met Chile."}',
    "number.json": b"42",
    "nul.txt": b"Peru\x00 met Chile.",
}
READABLE = {
    "latin.txt": "São Tomé met Peru. Peru met Chile.".encode("latin-1"),
    "utf16.txt": "Peru met Chile.".encode("utf-16"),
    "bom.txt": b"\xef\xbb\xbfPeru met Chile.",
    "control.txt": b"Peru met\x07 Chile. \x1b[2J",
    "emoji.txt": "Peru met Chile 😀.".encode(),
    "rtl.txt": "Peru met Chile. \u202eقال الوزير\u202c".encode(),
    "surrogate.json": b'{"text": "Peru met Chile \\ud800.", "published": "2024-05-10"}',
    "future.json": b'{"text": "Peru met Chile.", "published": "2999-01-01"}',
    "crlf.txt": b"Peru met Chile.\r\nChad attacked Togo.\r\n",
}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., typer.testing.Result]:
    """Runs the command in a folder with all the files, the good and the bad."""
    for name, data in (FILES | READABLE).items():
        (tmp_path / name).write_bytes(data)
    monkeypatch.chdir(tmp_path)
    runner = typer.testing.CliRunner()
    return lambda *words: runner.invoke(cli.app, ["read", *words, "--format", "jsonl"])


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_report_is_named_with_what_is_wrong(name: str, run: Callable[..., typer.testing.Result]) -> None:
    result = run(name)
    assert result.exit_code == 1 and result.stdout == ""
    assert f"error: {name}" in result.stderr and "Traceback" not in result.stderr


@pytest.mark.parametrize("name", READABLE)
def test_an_odd_file_is_read_all_the_same(name: str, run: Callable[..., typer.testing.Result]) -> None:
    result = run(name)
    assert result.exit_code == 0, result.stderr
    assert any(json.loads(line)["trigger"]["text"] == "met" for line in result.stdout.splitlines() if '"event"' in line)


def test_bad_files_cost_only_themselves(run: Callable[..., typer.testing.Result]) -> None:
    result = run(*FILES, *READABLE)
    reports = {json.loads(line)["report"] for line in result.stdout.splitlines()}
    texts = {item.report.text for name in READABLE for item in intake.load(name) if isinstance(item, intake.Loaded)}
    assert result.exit_code == 1 and len(reports) == len(texts)
    assert all(f"error: {name}" in result.stderr for name in FILES)


@pytest.mark.parametrize(
    ("name", "word"),
    [("latin.txt", "windows-1252"), ("control.txt", "control"), ("future.json", "future"), ("bom.txt", "no publication date")],
)
def test_what_is_odd_about_a_file_is_said(name: str, word: str, run: Callable[..., typer.testing.Result]) -> None:
    assert word in run(name).stderr


def test_what_is_said_steers_no_terminal(run: Callable[..., typer.testing.Result]) -> None:
    result = run(*FILES, *READABLE)
    assert "\x1b" not in result.stderr and "\u202e" not in result.stderr


# ---------------------------------------------------------------- real reports


def twice(reports: Sequence[Report]) -> tuple[list[Reading], list[Reading]]:
    return list(read_many(reports)), list(read_many(reports))


def example_reports() -> list[Report]:
    return [item.report for path in EXAMPLES for item in intake.load(path) if isinstance(item, intake.Loaded)]


def sampled(path: Path, step: int) -> list[Report]:
    with path.open(encoding="utf-8") as lines:
        raw = [json.loads(line) for line in islice(lines, 0, None, step)]
    return [Report(r["text"], id=r["id"], title=r.get("title"), published=r.get("published")) for r in raw]


def test_the_examples_pass_the_span_check_and_are_read_alike_twice() -> None:
    first, second = twice(example_reports())
    assert len(first) == len(EXAMPLES) and all(reading.events for reading in first)
    for one, other in zip(first, second, strict=True):
        one.check()
        assert one.to_jsonl() == other.to_jsonl()


@pytest.mark.parametrize(("name", "step"), [("crisis-2021.jsonl", 250), ("world-2025.jsonl", 150)])
def test_a_sample_of_the_corpus_passes_the_span_check_and_is_read_alike_twice(name: str, step: int, shared: Path) -> None:
    reports = sampled(shared / "corpus" / name, step)
    first, second = twice(reports)
    assert [r.to_jsonl() for r in first] == [r.to_jsonl() for r in second]
    for reading in first:
        reading.check()
        assert not {"sentence-failed", "report-failed"} & set(codes(reading)), reading.notes


def test_a_report_reads_alike_alone_and_among_others() -> None:
    reports = example_reports()
    assert [read(report).to_jsonl() for report in reports] == [reading.to_jsonl() for reading in read_many(reports)]


def test_the_reader_names_what_it_shields_against() -> None:
    assert IndexError not in reader.STAGE_FAILURES and issubclass(IndexError, reader.STAGE_FAILURES)
    assert not issubclass(KeyboardInterrupt, reader.STAGE_FAILURES) and not issubclass(MemoryError, reader.STAGE_FAILURES)
