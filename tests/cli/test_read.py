"""The command line: formats, errors, exit status, pipes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import typer.testing

import onrecord.reader
import onrecord.record
from onrecord import cli
from onrecord.record import Entity, Event, Note, Reading, Report, Span

ROOT = Path(__file__).parents[2]
COMMAND = str(Path(sys.executable).with_name("onrecord"))


def by_hand(reports: Iterable[Report]) -> Iterator[Reading]:
    """A reader that needs no model: one event on the second word, and a note."""
    for report in reports:
        first, word = report.text.split()[:2]
        at = report.text.index(word, len(first))
        sentence = Span.of(report.text, 0, len(report.text))
        actor = Entity(Span.of(report.text, 0, len(first)), first, "PRT", "GOV")
        event = Event(report.id, "CONSULT", Span.of(report.text, at, at + len(word)), sentence, actors=(actor,))
        yield Reading(report, (event,), notes=(Note("test", f"read on {report.published}", actor.span),))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Runs the command in an empty folder with the reader made by hand."""
    monkeypatch.setattr(onrecord.reader, "read_many", by_hand)
    monkeypatch.chdir(tmp_path)
    runner = typer.testing.CliRunner()
    return lambda *words, given=None: runner.invoke(cli.app, list(words), input=given)


@pytest.fixture
def report(tmp_path: Path) -> str:
    (tmp_path / "a.txt").write_text("Portugal met Spain.\n", encoding="utf-8")
    return "a.txt"


def test_a_table_is_the_default(run, report: str) -> None:
    result = run("read", report, "--published", "2024-03-14")
    assert result.exit_code == 0 and "CONSULT" in result.stdout and "\x1b" not in result.stdout


def test_json_lines_are_rows(run, report: str) -> None:
    result = run("read", report, "--format", "jsonl")
    assert [json.loads(line)["trigger"]["text"] for line in result.stdout.splitlines()] == ["met"]


@pytest.mark.parametrize(
    ("name", "start"), [("o.jsonl", '{"kind"'), ("o.csv", "id,report"), ("o.html", "<!DOCTYPE html>"), ("o.txt", "Portugal")]
)
def test_the_ending_of_the_output_chooses_the_format(run, report: str, tmp_path: Path, name: str, start: str) -> None:
    result = run("read", report, "-o", name)
    assert result.exit_code == 0 and result.stdout == ""
    assert (tmp_path / name).read_text(encoding="utf-8").lstrip().startswith(start)


def test_a_format_overrules_the_ending(run, report: str, tmp_path: Path) -> None:
    run("read", report, "-o", "o.txt", "--format", "csv")
    assert (tmp_path / "o.txt").read_text(encoding="utf-8").startswith("id,report")


def test_a_dash_is_standard_input(run) -> None:
    result = run("read", "-", "--format", "jsonl", given="Portugal met Spain.")
    assert result.exit_code == 0 and '"met"' in result.stdout


def test_the_date_reaches_the_report(run, report: str) -> None:
    assert "read on 2024-03-14" in run("read", report, "--published", "2024-03-14").stderr


def test_a_note_is_a_warning_with_its_words(run, report: str) -> None:
    assert re.search(r"^onrecord: warning: .*read on None \(“Portugal” at 0\)$", run("read", report).stderr, re.MULTILINE)


def test_one_bad_file_costs_only_itself(run, report: str) -> None:
    result = run("read", "missing.txt", report, "--format", "jsonl")
    assert result.exit_code == 1 and '"met"' in result.stdout
    assert re.search(r"^onrecord: error: missing\.txt: ", result.stderr, re.MULTILINE)


def test_an_output_that_cannot_be_written_is_an_error(run, report: str) -> None:
    result = run("read", report, "-o", "no/such/folder/o.csv")
    assert result.exit_code == 1 and "error: no/such/folder: is no folder" in result.stderr


@pytest.mark.parametrize("words", ["read", "read a.txt --published 14/03/2024", "read a.txt --format xml", "read a.txt --nope", "raed"])
def test_wrong_use_ends_with_status_2(run, report: str, words: str) -> None:
    result = run(*words.split())
    assert result.exit_code == 2 and result.stdout == ""


def test_control_characters_in_a_name_do_not_reach_the_terminal(run) -> None:
    assert "\x1b" not in run("read", "no\x1b[31mfile").stderr


def test_a_stage_error_is_told_without_a_traceback(run, report: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(reports: Iterable[Report]) -> Iterator[Reading]:
        raise onrecord.record.InputError("the parse model 'x' is not installed")
        yield

    monkeypatch.setattr(onrecord.reader, "read_many", broken)
    result = run("read", report)
    assert result.exit_code == 1 and "onrecord: error: the parse model" in result.stderr


def test_the_version_is_the_package_s(run) -> None:
    assert re.fullmatch(r"onrecord \d+\.\d+\.\d+\n", run("--version").stdout)


def test_json_lines_stream(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first report's rows are on the disk before the second report is read."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Portugal met Spain.", encoding="utf-8")
    seen = []

    def watched(reports: Iterable[Report]) -> Iterator[Reading]:
        for reading in by_hand(reports):
            seen.append((tmp_path / ".o.jsonl.part").read_text(encoding="utf-8").count("\n"))
            yield reading

    monkeypatch.setattr(onrecord.reader, "read_many", watched)
    run("read", "a.txt", "b.txt", "-o", "o.jsonl")
    assert seen == [0, 1]


def test_a_report_is_never_overwritten_by_its_record(run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "Portugal met Spain."}', encoding="utf-8")
    result = run("read", "a.jsonl", "-o", "a.jsonl")
    assert result.exit_code == 2
    assert (tmp_path / "a.jsonl").read_text(encoding="utf-8") == '{"text": "Portugal met Spain."}'


def test_what_stood_there_stays_when_nothing_could_be_read(run, tmp_path: Path) -> None:
    (tmp_path / "o.csv").write_text("old", encoding="utf-8")
    result = run("read", "nowhere.txt", "-o", "o.csv")
    assert result.exit_code == 1
    assert (tmp_path / "o.csv").read_text(encoding="utf-8") == "old"
    assert not list(tmp_path.glob(".*.part"))


def test_an_ending_without_a_format_is_misuse(run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Portugal met Spain.", encoding="utf-8")
    result = run("read", "a.txt", "-o", "o.pdf")
    assert result.exit_code == 2
    assert not (tmp_path / "o.pdf").exists()


# ---------------------------------------------------------------- the installed command


def test_help_comes_at_once() -> None:
    """Under 0.3 s on a quiet machine; the best of five, with room for a busy one."""
    took = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([COMMAND, "--help"], check=True, capture_output=True)
        took.append(time.perf_counter() - start)
    assert min(took) < 0.6


def test_help_imports_no_parser() -> None:
    code = "import sys, onrecord.cli; sys.exit(any(name in sys.modules for name in ('spacy', 'numpy', 'rich.table', 'jinja2', 'yaml')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


EXAMPLE = [COMMAND, "read", str(ROOT / "examples" / "call.json"), "--format", "jsonl"]


def test_an_example_is_read_from_end_to_end() -> None:
    done = subprocess.run(EXAMPLE, check=False, capture_output=True, text=True, encoding="utf-8")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0 and {"event", "statement"} == {row["kind"] for row in rows}


def test_a_pipe_closed_early_is_quiet() -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    done = subprocess.run(EXAMPLE, check=False, stdout=write_end, stderr=subprocess.PIPE, text=True)
    os.close(write_end)
    assert done.returncode == 0 and "Traceback" not in done.stderr and "BrokenPipe" not in done.stderr
