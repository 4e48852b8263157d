"""A real browser for the tests of pages: Debian's chromium, driven by Playwright, and watched.

    with browser.chromium() as chrome, browser.serving(app) as address, browser.watched(chrome, address) as page:
        page.goto("/events")
        assert browser.axe(page) == []

Leaving ``watched`` fails the test if the pages logged an error, threw one, asked another origin for anything or were
stopped by their content security policy.
"""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Request, Response, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking", "--no-first-run")
INNER = ("data:", "blob:", "about:")  # addresses that ask no one
GRAVE = ("serious", "critical")
PATIENCE = 20.0  # seconds for a server to start and to stop
SPY = """
document.addEventListener("securitypolicyviolation", (event) => {
  const where = `${event.sourceFile || location.href}:${event.lineNumber}`;
  window.onrecordViolation(`${event.violatedDirective} stopped ${event.blockedURI || "inline"} at ${where}`);
});
"""


def find_chromium() -> str | None:
    """The first chromium of the path."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def in_ci() -> bool:
    """Whether what is missing is a failure, not a reason to skip."""
    return os.environ.get("CI", "") not in ("", "0", "false")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser; without one on this machine the test is skipped, but fails in CI."""
    path = find_chromium()
    if path is None:
        missing = f"no browser: none of {', '.join(NAMES)} is on the path (Debian: apt-get install chromium)"
        (pytest.fail if in_ci() else pytest.skip)(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def serving(app: Any) -> Iterator[str]:
    """Serve an ASGI application on a free port of the loopback address; its address, without a slash at the end."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=2))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            _wait(server, thread)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(PATIENCE)
            if thread.is_alive():
                server.force_exit = True
                thread.join(PATIENCE)


def _wait(server: uvicorn.Server, thread: threading.Thread) -> None:
    """Until the server answers; an application that does not start is an error, not a wait."""
    end = time.monotonic() + PATIENCE
    while not server.started:
        if not thread.is_alive() or time.monotonic() > end:
            raise RuntimeError("the application did not start: uvicorn's log says why")
        time.sleep(0.01)


@dataclass
class Watched:
    """A page, and all that went wrong on it, one line each, in the order it was seen."""

    page: Page
    address: str
    faults: list[str] = field(default_factory=list)

    def goto(self, path: str = "/", **options: Any) -> Response:
        """Open a page of the served application and wait until its requests are done."""
        response = self.page.goto(self.address + path, **{"wait_until": "networkidle", **options})
        assert response is not None, f"{path} is no page"
        return response

    def check(self) -> None:
        """Fail with all faults so far; late ones are waited for."""
        with suppress(Error):  # a page already closed has no more to say
            self.page.wait_for_timeout(50)
        assert not self.faults, "\n".join(self.faults)


@contextmanager
def watched(browser: Browser, address: str, *, check: bool = True, **options: Any) -> Iterator[Watched]:
    """A page in a context of its own (options are Playwright's: viewport, color_scheme, java_script_enabled ...).

    On leaving, unless another error is on its way or ``check`` is off, it must have no faults.
    """
    context = browser.new_context(service_workers="block", **options)
    try:
        watch = _watch(context, address)
        yield watch
        if check:
            watch.check()
    finally:
        context.close()


def _watch(context: BrowserContext, address: str) -> Watched:
    """Listen on every page and frame of a context, from before their first script."""
    origin = urlsplit(address).netloc
    faults: list[str] = []

    def said(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(f"console: {message.text} ({message.location.get('url', '')})")

    def asked(request: Request) -> None:
        if not request.url.startswith(INNER) and urlsplit(request.url).netloc != origin:
            faults.append(f"another origin: {request.method} {request.url}")

    context.on("console", said)
    context.on("weberror", lambda error: faults.append(f"thrown: {error.error}"))
    context.on("request", asked)
    context.expose_binding("onrecordViolation", lambda _source, text: faults.append(f"policy: {text}"))
    context.add_init_script(SPY)
    return Watched(context.new_page(), address, faults)


@dataclass(frozen=True)
class Issue:
    """A fault of accessibility: axe's rule, how grave, what it asks for, and the elements (CSS selector and HTML)."""

    rule: str
    impact: str
    help: str
    elements: tuple[str, ...]


def axe(page: Page | Watched, within: str | None = None) -> list[Issue]:
    """The serious and critical issues that axe-core finds on a page, or within the element of a selector.

    The script is run by the browser's debugger, which no content security policy stops and no page sees as an element.
    """
    page = page.page if isinstance(page, Watched) else page
    script = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    page.evaluate(script)
    found = page.evaluate("(within) => axe.run(within || document, {resultTypes: ['violations']})", within)
    return [_issue(violation) for violation in found["violations"] if violation["impact"] in GRAVE]


def _issue(violation: dict[str, Any]) -> Issue:
    elements = tuple(f"{' '.join(map(str, node['target']))}: {node['html'][:200]}" for node in violation["nodes"])
    return Issue(violation["id"], violation["impact"], violation["help"], elements)
