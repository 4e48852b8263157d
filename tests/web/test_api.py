"""The API: the desk's queries for programs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from onrecord.keeping import Record
from onrecord.web.api import reading
from onrecord.web.api.asked import leaf

API = "/api/v1"
LISTS = ("events", "reports", "contacts", "demands", "warnings", "disputes", "forces", "timeline", "tension", "failures")


def asked(client: TestClient, path: str, status: int = 200) -> Any:
    answer = client.get(f"{API}/{path}")
    assert answer.status_code == status, answer.text
    return answer.json()


def pages(client: TestClient, path: str, size: int) -> Iterator[Any]:
    after = ""
    while True:
        found = asked(client, f"{path}{'&' if '?' in path else '?'}size={size}{after}")
        assert len(found["items"]) <= size
        yield from found["items"]
        if found["next"] is None:
            return
        after = f"&after={found['next']}"


def test_it_says_what_the_record_holds_and_where_to_go_on(client: TestClient) -> None:
    found = asked(client, "")
    assert found["counts"]["reports"] > 2
    assert found["first"] <= found["last"]
    for name, link in found["links"].items():
        if name not in ("agenda", "read"):
            assert client.get(link).status_code == 200, name


@pytest.mark.parametrize("name", LISTS)
def test_the_pages_of_a_list_together_are_the_list(client: TestClient, name: str) -> None:
    whole = asked(client, f"{name}?size=500")
    assert whole["next"] is None
    assert list(pages(client, name, 3)) == whole["items"]


def test_the_rows_are_those_of_the_record(client: TestClient, record_path: Path) -> None:
    with Record(record_path) as record:
        assert asked(client, "events?size=500")["items"] == [told.to_dict() for told in record.events()]
        assert asked(client, "contacts?size=500")["items"] == [item.to_dict() for item in record.contacts()]
        wanted = {"actor": "SRB", "types": ("REJECT", "CONSULT")}
        assert asked(client, "events?actor=SRB&type=REJECT&type=CONSULT")["items"] == [t.to_dict() for t in record.events(**wanted)]
        first = next(record.events())
    assert asked(client, f"events/{first.id}") == first.to_dict()


def test_a_report_comes_with_its_text_and_rows_that_quote_it(client: TestClient) -> None:
    found = asked(client, "reports/crisis-sofia-call")
    assert found["events"]
    for row in found["events"]:
        trigger = row["trigger"]
        assert found["text"][trigger["start"] : trigger["end"]] == trigger["text"]


def test_a_search_says_where_the_words_stand(client: TestClient) -> None:
    hits = asked(client, "search?q=minorities")["items"]
    assert [hit["report"]["id"] for hit in hits] == ["crisis-belgrade-call"]
    excerpt = hits[0]["excerpt"]
    assert [excerpt["words"][start:end] for start, end in excerpt["found"]] == ["minorities"]


def test_counts_of_a_facet_are_counts_of_rows(client: TestClient) -> None:
    values = asked(client, "facets/type?status=actual")["items"]
    rows = asked(client, "events?status=actual&size=500")["items"]
    assert sum(value["count"] for value in values) == len(rows)


def test_who_has_an_answer_is_told_so(client: TestClient) -> None:
    answer = client.get(f"{API}/events")
    tag = answer.headers["etag"]
    again = client.get(f"{API}/events", headers={"if-none-match": f'"other", W/{tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    assert client.get(f"{API}/events?size=1").headers["etag"] != tag


def test_an_answer_that_changed_has_another_etag(judging: TestClient, own_record: Path) -> None:
    before = judging.get(f"{API}/contacts").headers["etag"]
    with Record(own_record) as record:
        record.judge(record.contacts()[0].rows[0], "wrong", by="a reader")
    assert judging.get(f"{API}/contacts", headers={"if-none-match": before}).status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "parameter"),
    [
        ("events?colour=red", 400, "colour"),
        ("events?size=0", 422, None),
        ("events?size=501", 422, None),
        ("events?since=soon", 422, None),
        ("events?since=2024-03-02&until=2024-03-01", 400, "until"),
        ("events?type=SHOUT", 422, None),
        ("events?after=WzFd", 400, "after"),
        ("contacts?after=!!", 422, None),
        ("contacts?after=WzFd", 400, "after"),
        ("contacts?order=newest", 400, "order"),
        ("reports?actor=RUS", 400, "actor"),
        ("search", 422, None),
        ("agenda", 422, None),
        ("events/none", 404, None),
        ("reports/none/at/all", 404, None),
        ("contacts/none", 404, None),
        ("demands/none", 404, None),
        ("facets/colour", 422, None),
        ("nothing", 404, None),
    ],
)
def test_every_error_has_one_shape(client: TestClient, path: str, status: int, parameter: str | None) -> None:
    error = asked(client, path, status)["error"]
    assert error["status"] == status
    assert error["message"] and error["code"]
    assert error.get("parameter") == parameter


def test_nothing_is_written_by_the_api(client: TestClient) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert client.request(method, f"{API}/events").status_code == 405


def test_a_text_is_read_and_its_rows_quote_it(client: TestClient) -> None:
    text = "Niger\u2019s foreign minister accused Chad on Tuesday of closing the border.\n\nChad rejected the accusation."
    answer = client.post(f"{API}/read", json={"text": text, "published": "2024-03-13"})
    assert answer.status_code == 200
    found = answer.json()
    assert {row["type"] for row in found["events"]} >= {"REJECT"}
    for row in found["events"]:
        assert text[row["trigger"]["start"] : row["trigger"]["end"]] == row["trigger"]["text"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": ""},
        {"text": "x", "colour": "red"},
        {"text": 7},
        {"text": "x" * (reading.LONGEST + 1)},
        {"text": "x", "published": "soon"},
    ],
)
def test_a_body_without_its_form_is_refused(client: TestClient, body: Any) -> None:
    answer = client.post(f"{API}/read", json=body)
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "bad-request"


def test_two_texts_wait_for_each_other_and_not_for_ever(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PATIENCE", 0.01)
    with reading._reading:
        answer = client.post(f"{API}/read", json={"text": "Chad rejected the warning."})
    assert answer.status_code == 503
    assert answer.headers["retry-after"]


class Named:
    def __init__(self, id_: str) -> None:
        self.id = id_


def test_a_cursor_finds_its_item_when_others_came_before_it() -> None:
    items = [Named(letter) for letter in "abcdef"]
    first = leaf(items, None, 2)
    grown = [Named("new"), *items]
    assert [item.id for item in leaf(grown, first.next, 2).items] == ["c", "d"]


def test_a_cursor_whose_item_is_gone_goes_on_by_its_count() -> None:
    items = [Named(letter) for letter in "abcdef"]
    first = leaf(items, None, 2)
    assert [item.id for item in leaf([Named("a"), Named("x"), Named("c")], first.next, 2).items] == ["c"]


def test_random_calls_keep_to_the_description(record_path: Path) -> None:
    fuzz = Path(__file__).parent.parent.parent / "bench" / "fuzz.py"
    done = subprocess.run(
        [sys.executable, fuzz, str(record_path), "--examples", "5", "--phases", "fuzzing"],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert "calls" in done.stdout
