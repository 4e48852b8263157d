"""The bundles of third-party parts at work in a browser, under the desk's own policy."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import browser
import pytest
from browser import Watched
from playwright.sync_api import Browser
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from onrecord import web
from onrecord.web.security import POLICY

VENDOR = Path(web.__file__).parent / "static" / "vendor"
HEAD = (
    '<!doctype html><html lang="en"><head><title>{}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/own.css">{}</head>'
)
HTMX_SCRIPT = '<script src="/vendor/htmx.min.js" defer></script>'
EVIL = "<img src=x onerror=evil()><script>evil()</script><a href='javascript:evil()'>x</a>"
LOAD = '<button hx-get="/fragment" hx-target="#there"{}>Load</button><p id="there">empty</p>'
CODE = """ hx-on:click="document.title = 1" hx-vals="js:{a: 1}" hx-trigger="click[document.title = 2]\""""
HTMX_PAGES = {
    "/htmx": f"{HEAD.format('htmx', HTMX_SCRIPT)}<body>{LOAD.format('')}</body></html>",
    "/htmx-code": f"{HEAD.format('htmx', HTMX_SCRIPT)}<body>{LOAD.format(CODE)}</body></html>",
}
SCRIPTS = {
    "/timeline.js": """
        import { DataSet, Timeline } from "/vendor/vis-timeline.js";
        const items = new DataSet([
          { id: 1, content: "A call", start: "2024-05-10" },
          { id: 2, content: EVIL, start: "2024-05-11", title: EVIL },
          { id: 3, content: "A siege", start: "2024-05-12", end: "2024-05-20", className: "planned" },
        ]);
        const options = { xss: { disabled: true }, tooltip: { followMouse: true } };
        const timeline = new Timeline(document.getElementById("here"), items, options);
        timeline.setOptions({ xss: { disabled: true } });
        items.add({ id: 4, content: EVIL, start: "2024-05-14" });
        timeline.on("changed", () => { document.body.dataset.drawn = "yes"; });
        window.timeline = timeline;""",
    "/network.js": """
        import cytoscape from "/vendor/cytoscape.js";
        const cy = cytoscape({
          container: document.getElementById("here"),
          elements: [{ data: { id: "CHL", label: EVIL } }, { data: { id: "BOL" } }, { data: { source: "CHL", target: "BOL", weight: 3 } }],
          style: [{ selector: "node[label]", style: { label: "data(label)" } }, { selector: "edge", style: { width: "data(weight)" } }],
          layout: { name: "cose", animate: false },
        });
        cy.ready(() => { document.body.dataset.drawn = "yes"; });
        window.cy = cy;""",
}
LINKS = {"/timeline.js": '<link rel="stylesheet" href="/vendor/vis-timeline.css">', "/network.js": ""}


def _drawing(script: str) -> str:
    head = HEAD.format(script, f'{LINKS[script]}<script type="module" src="{script}"></script>')
    return f'{head}<body><main><h1>Drawing</h1><div id="here"></div></main></body></html>'


def _answer(request: Request) -> Response:
    path = request.url.path
    if path in SCRIPTS:
        setting = f'window.evil = () => {{ document.title = "taken"; }};\nconst EVIL = {json.dumps(EVIL)};\n'
        return Response(setting + SCRIPTS[path], media_type="text/javascript")
    if path == "/own.css":
        return Response("#here { width: 600px; height: 400px; }", media_type="text/css")
    if path == "/fragment":
        return Response("<b>loaded</b><script>document.title = 3</script>", media_type="text/html")
    page = HTMX_PAGES.get(path) or _drawing(f"{path}.js")
    return HTMLResponse(page, headers={"content-security-policy": POLICY})


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    if not VENDOR.is_dir():
        (pytest.fail if browser.in_ci() else pytest.skip)("no bundles here: make frontend")
    routes = [Mount("/vendor", StaticFiles(directory=VENDOR)), Route("/{path:path}", _answer)]
    with browser.serving(Starlette(routes=routes)) as address:
        yield address


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with browser.chromium() as chrome:
        yield chrome


@pytest.fixture
def watch(chrome: Browser, address: str) -> Iterator[Watched]:
    with browser.watched(chrome, address) as watch:
        yield watch


def test_htmx_loads_a_fragment_and_runs_no_script_of_it(watch: Watched) -> None:
    watch.goto("/htmx")
    watch.page.click("text=Load")
    watch.page.wait_for_selector("#there b")
    assert watch.page.inner_text("#there") == "loaded"
    assert watch.page.title() == "htmx"


def test_htmx_runs_no_code_out_of_attributes(chrome: Browser, address: str) -> None:
    with browser.watched(chrome, address, check=False) as watch:
        watch.goto("/htmx-code")
        watch.page.click("text=Load")
        watch.page.wait_for_selector("#there b")
        assert watch.page.title() == "htmx"
        assert all("htmx:evalDisallowedError" in fault for fault in watch.faults), watch.faults


def test_the_timeline_draws_its_items_and_zooms(watch: Watched) -> None:
    watch.goto("/timeline")
    watch.page.wait_for_selector(".vis-item")
    assert watch.page.locator(".vis-item.planned").count() >= 1
    before = watch.page.evaluate("+timeline.getWindow().end - timeline.getWindow().start")
    watch.page.evaluate("timeline.zoomIn(0.5, {animation: false})")
    assert watch.page.evaluate("+timeline.getWindow().end - timeline.getWindow().start") < before


def test_the_timeline_shows_hostile_words_as_words_even_when_told_not_to(watch: Watched) -> None:
    watch.goto("/timeline")
    watch.page.wait_for_selector(".vis-item")
    watch.page.hover(".vis-item >> nth=1")
    watch.page.wait_for_timeout(600)
    assert watch.page.title() == "/timeline.js"
    assert watch.page.locator("#here img, #here script, #here a").count() == 0
    assert EVIL in watch.page.locator(".vis-item-content").all_inner_texts()


def test_the_network_is_drawn_in_its_box(watch: Watched) -> None:
    watch.goto("/network")
    watch.page.wait_for_selector("body[data-drawn]")
    assert watch.page.evaluate("[cy.nodes().length, cy.edges().length]") == [2, 1]
    assert watch.page.evaluate("getComputedStyle(document.getElementById('here')).position") == "relative"
    assert watch.page.locator("#here canvas").count() > 0
    assert watch.page.title() == "/network.js"
