"""Who is let in, and with what headers an answer leaves."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from onrecord.web.answers import plain_url
from onrecord.web.security import POLICY, token_fits


@pytest.mark.parametrize("path", ["/events", "/events.json", "/events.csv", "/nothing", "/static/desk.css", "/events?colour=red"])
def test_every_answer_forbids_code_of_others(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"


def test_the_policy_lets_nothing_run_that_stands_in_a_page() -> None:
    assert POLICY.startswith("default-src 'none'")
    assert "unsafe" not in POLICY and "http" not in POLICY and "*" not in POLICY


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "[::2]", "0.0.0.0"])
def test_another_name_of_this_machine_is_not_answered(client: TestClient, host: str) -> None:
    assert client.get("/events", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "localhost:8765", "127.0.0.1:9", "LOCALHOST", "[::1]:80", "[::1]"])
def test_the_loopback_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/static/desk.css", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://localhost:99"},
    ],
)
def test_a_page_of_another_origin_sends_nothing(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/events", headers=headers).status_code == 403


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", " https://x.example", "data:text/html,x", "//x.example", "", None, "file:///etc/passwd"]
)
def test_only_addresses_of_the_web_are_linked(url: str | None) -> None:
    assert plain_url(url) is None


def test_an_address_of_the_web_is_linked() -> None:
    assert plain_url("HTTPS://news.example/a") == "HTTPS://news.example/a"


def test_a_token_fits_only_itself() -> None:
    assert token_fits("abc", "abc")
    assert not token_fits("abd", "abc")
    assert not token_fits("\udc80", "abc")
