"""Adding to a record and looking after it: idempotent, said in words, nothing lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.keeping import Record

CRISIS = Path(__file__).parents[2] / "examples" / "crisis.jsonl"
COMMAND = Path(sys.executable).with_name("onrecord")


def rows(path: Path) -> list[dict]:
    with Record(path, readonly=True) as record:
        return [told.to_dict() for told in record.events(related=True)]


def test_adding_says_what_it_did(run, tmp_path: Path) -> None:
    done = run("add", CRISIS, "--into", tmp_path / "r.db")
    assert done.exit_code == 0 and "5 reports (5 added, 1 of them copies)" in done.stdout


def test_adding_again_changes_nothing(run, path: Path) -> None:
    before = rows(path)
    done = run("add", CRISIS, "--into", path)
    assert done.exit_code == 0 and "5 unchanged" in done.stdout and rows(path) == before


def test_adding_prepares_the_answers_of_today(run, tmp_path: Path) -> None:
    run("add", CRISIS, "--into", tmp_path / "r.db")
    with Record(tmp_path / "r.db") as record:
        assert set(record.store.answered()) >= {"contacts", "timeline", "plans"}
        assert not list(record.comparing(60)), "nothing is left to compare"
        first = next(told.id for told in record.events() if told.type == "CONSULT")
        run("judge", first, "wrong", "--by", "Ann", "--record", tmp_path / "r.db")
        assert list(record.comparing(60)), "the judgement counts"


def test_a_question_keeps_its_answer_and_gives_it_again(run, tmp_path: Path) -> None:
    run("add", CRISIS, "--into", tmp_path / "r.db")
    with Record(tmp_path / "r.db") as record:
        first = next(told.id for told in record.events() if told.type == "CONSULT")
    run("judge", first, "wrong", "--by", "Ann", "--record", tmp_path / "r.db")
    once = run("contacts", "--json", "--record", tmp_path / "r.db").stdout
    with Record(tmp_path / "r.db", readonly=True) as record:
        assert [line.decode() for line in record.lines("contacts")] == once.splitlines()
        assert "contacts" not in set(record.comparing(60))
    assert run("contacts", "--json", "--record", tmp_path / "r.db").stdout == once and first not in once


def test_one_bad_item_costs_only_itself_and_is_listed(run, tmp_path: Path) -> None:
    source = tmp_path / "two.jsonl"
    source.write_text('{"id": "good", "text": "France urged Iran to talk."}\n{"id": "bad"}\n', encoding="utf-8")
    done = run("add", source, "--into", tmp_path / "r.db")
    assert done.exit_code == 1 and "1 added" in done.stdout and f"error: {source}:2: has no text" in done.stderr
    listed = run("failures", "--record", tmp_path / "r.db", "--json")
    assert [json.loads(line)["where"] for line in listed.stdout.splitlines()] == [f"{source}:2"]


def test_outcomes_come_as_json(run, tmp_path: Path) -> None:
    done = run("add", CRISIS, "--into", tmp_path / "r.db", "--json")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert {line["outcome"] for line in lines} == {"added"} and len(lines) == 5


@pytest.mark.parametrize("column", ["text", "nope=x", "text="])
def test_a_wrong_column_is_wrong_use(run, tmp_path: Path, column: str) -> None:
    done = run("add", CRISIS, "--into", tmp_path / "r.db", "--column", column)
    assert done.exit_code == 2 and not (tmp_path / "r.db").exists()


def test_asking_a_record_that_is_not_there_is_an_error(run, tmp_path: Path) -> None:
    done = run("events", "--record", tmp_path / "none.db")
    assert done.exit_code == 1 and "there is no such record" in done.stderr and not (tmp_path / "none.db").exists()


def test_a_file_that_is_no_record_is_an_error(run, tmp_path: Path) -> None:
    (tmp_path / "r.db").write_text("something else entirely, and long enough to be taken for a file", encoding="utf-8")
    done = run("events", "--record", tmp_path / "r.db")
    assert done.exit_code == 1 and "no record" in done.stderr


def test_a_report_shows_its_rows_and_its_copies(ask) -> None:
    done = ask("report", "crisis-wire-copy")
    assert done.exit_code == 0 and "MOBILIZE" in done.stdout and "the same story as: crisis-wire" in done.stdout


def test_a_report_comes_as_json(ask) -> None:
    kinds = [json.loads(line)["kind"] for line in ask("report", "crisis-wire", "--json").stdout.splitlines()]
    assert kinds[0] == "report" and {"event", "statement"} <= set(kinds)


def test_no_such_report(ask) -> None:
    done = ask("report", "nowhere")
    assert done.exit_code == 1 and "there is no report 'nowhere'" in done.stderr


# ---------------------------------------------------------------- judgements


def test_a_row_judged_wrong_leaves_the_ledger_and_comes_back(run, path: Path) -> None:
    row = next(one for one in rows(path) if one["type"] == "THREATEN")
    assert run("judge", row["id"], "wrong", "--by", "ann", "--record", path).exit_code == 0
    with Record(path) as record:
        assert row["id"] not in {told for threat in record.warnings() for told in threat.rows}
    assert "taken back" in run("judge", row["id"], "--undo", "--by", "bob", "--record", path).stdout
    with Record(path) as record:
        assert row["id"] in {told for threat in record.warnings() for told in threat.rows}


def test_the_first_letters_of_an_id_are_enough_unless_two_rows_share_them(run, path: Path) -> None:
    row = rows(path)[0]
    assert row["id"] in run("judge", row["id"][:10], "right", "--by", "ann", "--record", path).stdout
    done = run("judge", "", "right", "--by", "ann", "--record", path)
    assert done.exit_code == 1 and "several events" in done.stderr
    assert "no event" in run("judge", "zzz", "right", "--by", "ann", "--record", path).stderr


def test_a_correction_shows_in_the_row_and_in_the_list(run, path: Path) -> None:
    row = next(one for one in rows(path) if one["type"] == "THREATEN")
    done = run("judge", row["id"], "corrected", "--set", "status=planned", "--set", "mode=null", "--by", "ann", "--record", path)
    assert done.exit_code == 0
    assert next(one for one in rows(path) if one["id"] == row["id"])["status"] == "planned"
    assert "planned" in run("judgements", "--record", path).stdout


def test_a_correction_that_cannot_be_is_refused(run, path: Path) -> None:
    row = rows(path)[0]
    done = run("judge", row["id"], "corrected", "--set", "status=perhaps", "--by", "ann", "--record", path)
    assert done.exit_code == 1 and "perhaps" in done.stderr and rows(path)[0] == row


def test_a_verdict_is_needed(run, path: Path) -> None:
    assert run("judge", "abc", "--record", path).exit_code == 2


def test_judged_reports_become_gold(run, path: Path, tmp_path: Path) -> None:
    row = rows(path)[0]
    run("judge", row["id"], "right", "--by", "ann", "--record", path)
    done = run("gold", tmp_path / "gold", "--record", path)
    files = list((tmp_path / "gold").glob("*.json"))
    assert done.exit_code == 0 and len(files) == 1
    assert {"report", "events", "ignore"} <= set(json.loads(files[0].read_text(encoding="utf-8")))


# ---------------------------------------------------------------- the file


def test_verify_counts_what_it_checked(ask) -> None:
    done = ask("verify")
    assert done.exit_code == 0 and "5 reports" in done.stdout and done.stdout.rstrip().endswith("0 wrong")


def test_verify_finds_a_row_that_quotes_what_is_not_there(run, path: Path) -> None:
    import apsw

    db = apsw.Connection(str(path))
    db.execute("UPDATE texts SET text = replace(text, 'Gradina', 'Kalotina')")
    db.close()
    done = run("verify", "--record", path)
    assert done.exit_code == 1 and "Gradina" in done.stderr


def test_an_interrupted_add_keeps_what_is_done_and_goes_on(tmp_path: Path) -> None:
    source = tmp_path / "many.jsonl"
    text = "France urged Iran to free two teachers. " * 60
    source.write_text("".join(json.dumps({"id": f"r{n}", "text": f"Number {n}. {text}"}) + "\n" for n in range(200)), encoding="utf-8")
    work = subprocess.Popen(
        [COMMAND, "add", source, "--into", tmp_path / "r.db", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert work.stdout is not None
    first = work.stdout.readline()
    os.kill(work.pid, signal.SIGINT)
    rest, told = work.communicate(timeout=60)
    done = len([line for line in (first + rest).splitlines() if line.strip()])
    assert work.returncode == 130 and "the same command again goes on" in told and 0 < done < 200
    with Record(tmp_path / "r.db", readonly=True) as record:
        assert done <= record.store.counts()["reports"] <= done + 32
