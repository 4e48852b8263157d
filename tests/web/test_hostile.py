"""Text of a record is letters on every page and in every export: nothing of it runs, loads, or turns the writing around."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import hostile
import pytest
from lxml import html
from starlette.testclient import TestClient

from onrecord import web
from onrecord.export import FORMATS
from onrecord.keeping import Record
from onrecord.record import Report
from onrecord.web.answers import report_link

OWN = "webcal://localhost/agenda.ics"
"""The desk's own calendar, to be subscribed to."""
FIRST = 200
"""Pages that are walked at most, each kind of address among them."""


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile.record(tmp_path_factory.mktemp("hostile") / "hostile.db")


@pytest.fixture(scope="module")
def asking(record: Path) -> Iterator[TestClient]:
    with TestClient(web.make(record, judge=True, warm=False), base_url="http://localhost", raise_server_exceptions=False) as client:
        yield client


def links(page: html.HtmlElement) -> Iterator[str]:
    """The pages that a page leads to, each kind of address once a page."""
    seen = set()
    for link in page.iterlinks():
        address = link[2].split("#")[0]
        kind = (address.split("?")[0].split("/")[1:2], sorted(part.split("=")[0] for part in address.partition("?")[2].split("&")))
        if address.startswith("/") and not address.startswith(("/static", "/api")) and str(kind) not in seen:
            seen.add(str(kind))
            yield address


def walked(client: TestClient) -> Iterator[tuple[str, int, str]]:
    """Every page that is reached from the overview, with its text, until there were so many."""
    waiting, seen = ["/", "/reports", "/failures", "/timeline", "/tension"], set()
    while waiting and len(seen) < FIRST:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        answer = client.get(address)
        if answer.headers.get("content-type", "").startswith("text/html"):
            yield address, answer.status_code, answer.text
            waiting += [link for link in links(html.fromstring(answer.text)) if link not in seen]


def runs(text: str) -> list[str]:
    """What in a page would run or load something, or was made by a template out of a payload."""
    page = html.fromstring(text)
    found = [f"<{node.tag}>" for node in page.iter("script") if node.text or not (node.get("src") or "").startswith("/static/")]
    for node in page.iter():
        if not isinstance(node.tag, str):
            continue
        if node.tag in ("style", "iframe", "object", "embed", "img", "base"):
            found.append(f"<{node.tag}>")
        for name, value in node.attrib.items():
            if name.startswith("on") or name == "style":
                found.append(f"{name}={value[:40]}")
            if name in ("href", "src", "action", "formaction", "xlink:href") and not value.startswith(("/", "#", "?", OWN)):
                found.append(f"{name}={value[:40]}")
    found += [repr(sign) for sign in hostile.CONTROLS if sign in text]
    words = re.sub(r'd="[-A-Za-z\d. ]*"', "", text)  # the outlines of countries are numbers, and may well hold that one
    return found + [hostile.RUN] * (hostile.RUN in words)


def test_no_page_runs_what_a_record_says(asking: TestClient) -> None:
    pages = list(walked(asking))
    kinds = {address.split("?")[0].split("/")[1] for address, _, _ in pages}
    assert kinds >= {
        "",
        "events",
        "report",
        "contacts",
        "contact",
        "demands",
        "warnings",
        "agenda",
        "disputes",
        "forces",
        "actors",
        "map",
        "sources",
    }
    assert {address: status for address, status, _ in pages if status >= 500} == {}
    assert {address: found for address, _, text in pages if (found := runs(text))} == {}


def test_the_words_are_shown_all_the_same(asking: TestClient) -> None:
    page = asking.get(report_link(hostile.readings()[0].report.id)).text
    assert "&lt;script&gt;window.pwned=1&lt;/script&gt;" in page


def test_no_page_runs_what_a_spoilt_file_says(record: Path, tmp_path: Path) -> None:
    path = tmp_path / "spoilt.db"
    path.write_bytes(record.read_bytes())
    hostile.spoil(path)
    with TestClient(web.make(path, warm=False), base_url="http://localhost", raise_server_exceptions=False) as client:
        found = {address: runs(text) for address, _, text in walked(client)}
        assert len(found) > 12
        assert not any(found.values()), found


@pytest.mark.parametrize("name", ["html", "dossier-html"])
def test_no_exported_page_runs_it_either(record: Path, name: str) -> None:
    stream = io.StringIO()
    with Record(record, readonly=True) as held:
        FORMATS[name](held.readings(), stream)
    page = html.fromstring(stream.getvalue())
    own = list(page.iter("script"))
    assert all("pwned" not in (node.text or "") for node in own)
    assert not list(page.iter("img", "iframe", "object", "embed", "base"))
    handlers = [name_ for node in page.iter() if isinstance(node.tag, str) for name_ in node.attrib if name_.startswith("on")]
    assert handlers == []
    assert all(link[2].startswith(("#", "https://", "http://")) for link in page.iterlinks())
    assert not [sign for sign in hostile.CONTROLS if sign in stream.getvalue()]


def exports() -> list[str]:
    return [name for name in FORMATS if name != "ftm"]


@pytest.mark.parametrize("name", exports())
def test_every_export_carries_it_without_an_error(record: Path, name: str) -> None:
    stream: io.BytesIO | io.StringIO = io.BytesIO() if FORMATS[name].binary else io.StringIO()
    with Record(record, readonly=True) as held:
        FORMATS[name](held.readings(), stream)
    assert stream.getvalue()


def test_a_text_that_is_read_by_the_api_comes_back_as_data(asking: TestClient) -> None:
    answer = asking.post("/api/v1/read", json={"text": Report(hostile.ALL.replace("\x00", "") + " France warned Germany.").text})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
