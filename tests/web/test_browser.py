"""The watch over pages: it lets a clean page pass and sees each kind of fault."""

from __future__ import annotations

from collections.abc import Iterator

import browser
import pytest
from playwright.sync_api import Browser
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from onrecord.web.security import POLICY

FRAME = (
    '<!doctype html><html lang="en"><head><title>A page</title><link rel="icon" href="data:,">{}</head><body><main>{}</main></body></html>'
)
PAGES = {
    "/clean": FRAME.format('<script src="/good.js" defer></script>', "<h1>All is well</h1>"),
    "/inline-script": FRAME.format("<script>document.title = 'taken'</script>", "<h1>Inline</h1>"),
    "/inline-style": FRAME.format("", '<h1 style="color: red">Inline</h1>'),
    "/handler": FRAME.format("", '<h1>Handler</h1><img src="data:," alt="" onerror="document.title = 1">'),
    "/foreign": FRAME.format("", '<h1>Foreign</h1><img src="http://127.0.0.2:9/a.png" alt="">'),
    "/unguarded": FRAME.format("", '<h1>Foreign</h1><img src="http://127.0.0.2:9/a.png" alt="">'),
    "/thrown": FRAME.format('<script src="/bad.js" defer></script>', "<h1>Thrown</h1>"),
    "/missing": FRAME.format('<script src="/none.js" defer></script>', "<h1>Missing</h1>"),
    "/unlabelled": FRAME.format("", '<h1>A form</h1><input type="text"><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'),
}
SCRIPTS = {"/good.js": "document.title = 'run'", "/bad.js": "throw new Error('broken on purpose')"}


def _answer(request: Request) -> Response:
    path = request.url.path
    if path in SCRIPTS:
        return Response(SCRIPTS[path], media_type="text/javascript")
    headers = {} if path == "/unguarded" else {"content-security-policy": POLICY}
    return HTMLResponse(PAGES[path], headers=headers) if path in PAGES else Response(status_code=404)


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with browser.chromium() as chrome:
        yield chrome


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with browser.serving(Starlette(routes=[Route("/{path:path}", _answer)])) as address:
        yield address


def test_a_clean_page_has_no_fault_and_its_scripts_run(chrome: Browser, address: str) -> None:
    with browser.watched(chrome, address) as page:
        assert page.goto("/clean").status == 200
        assert page.page.title() == "run"
        assert page.faults == []


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("/inline-script", "policy: script-src"),
        ("/inline-style", "policy: style-src"),
        ("/handler", "policy: script-src"),
        ("/foreign", "policy: img-src"),
        ("/unguarded", "another origin: GET http://127.0.0.2"),
        ("/thrown", "thrown: "),
        ("/missing", "console: Failed to load"),
    ],
)
def test_a_fault_is_seen(chrome: Browser, address: str, path: str, fault: str) -> None:
    with browser.watched(chrome, address, check=False) as page:
        page.goto(path)
        with pytest.raises(AssertionError, match=fault.replace(".", r"\.")):
            page.check()


def test_a_fault_fails_the_test_on_leaving(chrome: Browser, address: str) -> None:
    with pytest.raises(AssertionError, match="broken on purpose"), browser.watched(chrome, address) as page:
        page.goto("/thrown")


def test_a_violation_is_seen_without_scripts_too(chrome: Browser, address: str) -> None:
    with browser.watched(chrome, address, check=False, java_script_enabled=False) as page:
        page.goto("/inline-style")
        assert any("style-src" in fault for fault in page.faults)


def test_axe_runs_under_the_policy_and_leaves_no_fault(chrome: Browser, address: str) -> None:
    with browser.watched(chrome, address) as page:
        page.goto("/clean")
        assert browser.axe(page) == []


def test_axe_finds_an_unlabelled_field_and_picture(chrome: Browser, address: str) -> None:
    with browser.watched(chrome, address) as page:
        page.goto("/unlabelled")
        assert {issue.rule for issue in browser.axe(page)} == {"label", "image-alt"}


def test_a_machine_without_a_browser_skips_but_fails_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "find_chromium", lambda: None)
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt-get install chromium"), browser.chromium():
        pass
    monkeypatch.setenv("CI", "1")
    with pytest.raises(pytest.fail.Exception, match="apt-get install chromium"), browser.chromium():
        pass
