"""Questions to a record: each gives its table with the number of its lines, and the same as JSON."""

from __future__ import annotations

import json

import pytest


def lines(done) -> list[dict]:
    assert done.exit_code == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("words", "counted"),
    [
        ("events", "events"),
        ("search withdraw", "events"),
        ("timeline", "events"),
        ("contacts", "contacts"),
        ("demands", "demands"),
        ("warnings", "warning"),
        ("agenda --after 2024-03-14", "item"),
        ("disputes", "disputed claim"),
        ("forces", "force"),
        ("tension", "lines"),
        ("judgements", "0 judgements"),
        ("failures", "0 failures"),
    ],
)
def test_a_question_gives_a_table_and_its_count(ask, words: str, counted: str) -> None:
    table, data = ask(*words.split()), ask(*words.split(), "--json")
    assert table.exit_code == 0 and counted in table.stdout.splitlines()[-1]
    assert table.stdout.splitlines()[-1].split()[0] == str(len(lines(data)))


def test_the_call_is_one_contact_told_by_both_sides(ask) -> None:
    call = next(
        item for item in lines(ask("contacts", "--since", "2024-03-13", "--until", "2024-03-13", "--json")) if item["sort"] == "phone"
    )
    assert {side["publisher"] for side in call["accounts"]} >= {"Presidency of Bulgaria (invented)", "Presidency of Serbia (invented)"}
    assert call["initiator"] == "BGR" and {one["name"] for one in call["participants"]} == {"Ivan Dragov", "Marko Ilic"}


def test_one_contact_shows_what_only_one_side_says(ask) -> None:
    call = next(item for item in lines(ask("contacts", "--json")) if item["sort"] == "phone")
    shown = ask("contact", call["id"][:8])
    assert shown.exit_code == 0 and "human rights" in shown.stdout and "energy" in shown.stdout


def test_no_such_contact(ask) -> None:
    done = ask("contact", "zzz")
    assert done.exit_code == 1 and "no contact" in done.stderr


def test_a_demand_shows_its_answers(ask) -> None:
    demand = next(item for item in lines(ask("demands", "--json")) if "withdraw its troops" in item["content"]["text"])
    assert (demand["by"], demand["of"], demand["outcome"]) == (["BGR"], ["SRB"], "accepted")
    assert [one["verdict"] for one in demand["answers"]][0] == "refused"


def test_a_warning_shows_its_condition(ask) -> None:
    (threat,) = lines(ask("warnings", "--json"))
    assert "if Bulgaria held" in threat["condition"]["text"] and len(threat["tellings"]) == 2


def test_the_agenda_comes_as_a_calendar(ask) -> None:
    done = ask("agenda", "--after", "2024-03-27", "--ics")
    assert done.exit_code == 0 and done.stdout.startswith("BEGIN:VCALENDAR") and "DTSTART;VALUE=DATE:20240409" in done.stdout


def test_periods_and_parties_narrow_the_answer(ask) -> None:
    every, some = lines(ask("events", "--json")), lines(ask("events", "--actor", "NATO", "--json"))
    assert 0 < len(some) < len(every) and all("NATO" in json.dumps(row["actors"]) for row in some)
    assert lines(ask("events", "--since", "2025-01-01", "--json")) == []


def test_types_and_statuses_narrow_the_events(ask) -> None:
    rows = lines(ask("events", "--type", "consult", "--status", "planned", "--json"))
    assert rows and {(row["type"], row["status"]) for row in rows} == {("CONSULT", "planned")}


def test_a_misspelt_type_is_wrong_use(ask) -> None:
    done = ask("events", "--type", "CONSLT")
    assert done.exit_code == 2 and "CONSULT" in done.stderr


def test_odd_search_words_are_words(ask) -> None:
    assert ask("search", "NEAR(", "AND", '"').exit_code == 0


def test_a_bad_day_is_wrong_use(ask) -> None:
    assert ask("events", "--since", "March").exit_code == 2
