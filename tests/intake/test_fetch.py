"""Fetching: robots.txt, pauses, tries, conditional requests, redirects, limits; against a server on this machine alone."""

from __future__ import annotations

import gzip
import http.server
import ipaddress
import threading
import time
from dataclasses import replace

import pytest

from onrecord import intake
from onrecord.intake import Failure, Limits, Loaded, Options, robots
from onrecord.intake.addresses import Guard, RefusedError
from onrecord.intake.fetch import Clock, Fetcher, FetchError, Manners

LOOPBACK = (ipaddress.ip_network("127.0.0.1/32"),)
SENTENCE = "The envoy of Peru met the minister in Lima on Friday and left without a word."
PAGE = f"<html><head><title>Envoys meet</title></head><body><p>{SENTENCE}</p></body></html>".encode()


class Site(http.server.BaseHTTPRequestHandler):
    """Answers as the test's table says: path → (status, headers, body), or a list of such, one a request."""

    protocol_version = "HTTP/1.1"
    answers: dict = {}
    seen: list = []

    def do_GET(self):  # noqa: N802
        type(self).seen.append((self.path, dict(self.headers), time.monotonic()))
        answer = self.answers.get(self.path, (404, {}, b""))
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        if callable(answer):
            answer(self)
            return
        status, headers, body = answer
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


class Quiet(http.server.ThreadingHTTPServer):
    """A server that says nothing when a client hangs up."""

    def handle_error(self, request, client_address):
        pass


@pytest.fixture(scope="module")
def port():
    with Quiet(("127.0.0.1", 0), Site) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@pytest.fixture
def site(port):
    """The site's address, with nothing on it yet."""
    Site.answers, Site.seen = {}, []
    return f"http://127.0.0.1:{port}"


class Waits:
    """A clock that only counts."""

    def __init__(self):
        self.time, self.slept = 0.0, []

    def now(self):
        return self.time

    def sleep(self, seconds):
        self.slept.append(round(seconds, 3))
        self.time += seconds

    @property
    def clock(self):
        return Clock(self.now, self.sleep, lambda: 1.0)


@pytest.fixture
def waits():
    return Waits()


@pytest.fixture
def fetcher(port, waits):
    guard = Guard(LOOPBACK, frozenset({port}))
    return Fetcher(guard, Manners(delay=0, request_seconds=3, step_seconds=2), Limits(page_bytes=100_000), clock=waits.clock)


def paths():
    return [path for path, _, _ in Site.seen]


def html(body=PAGE, **headers):
    return (200, {"Content-Type": "text/html; charset=utf-8", **{name.replace("_", "-"): value for name, value in headers.items()}}, body)


# ---------------------------------------------------------------- pages


def test_a_page_is_fetched_after_its_site_s_robots_txt(site, fetcher):
    Site.answers["/a"] = html()
    page = fetcher.get(f"{site}/a")
    assert (page.data, page.media, page.charset, page.url) == (PAGE, "text/html", "utf-8", f"{site}/a")
    assert paths() == ["/robots.txt", "/a"]


def test_the_tool_gives_its_name(site, fetcher):
    Site.answers["/a"] = html()
    fetcher.get(f"{site}/a")
    assert all(headers["User-Agent"].startswith("onrecord/") for _, headers, _ in Site.seen)


def test_packed_pages_are_unpacked(site, fetcher):
    Site.answers["/a"] = html(gzip.compress(PAGE), Content_Encoding="gzip")
    assert fetcher.get(f"{site}/a").data == PAGE


@pytest.mark.parametrize("status", [400, 403, 404, 410, 501])
def test_an_error_is_told_and_not_tried_again(status, site, fetcher):
    Site.answers["/a"] = (status, {}, b"")
    with pytest.raises(FetchError, match=f"status {status}"):
        fetcher.get(f"{site}/a")
    assert paths() == ["/robots.txt", "/a"]


def test_a_proxy_of_the_environment_is_not_used(site, fetcher, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    Site.answers["/a"] = html()
    assert fetcher.get(f"{site}/a").data == PAGE


# ---------------------------------------------------------------- limits


def test_a_page_beyond_the_limit_is_refused(site, fetcher):
    Site.answers["/a"] = html(b"x" * 200_000)
    with pytest.raises(FetchError, match="larger than 100,000 bytes"):
        fetcher.get(f"{site}/a")


def test_a_packed_page_beyond_the_limit_is_refused(site, fetcher):
    Site.answers["/a"] = html(gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")
    with pytest.raises(Exception, match="larger than 100,000 bytes unpacked"):
        fetcher.get(f"{site}/a")


def endless(handler):
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100_000):
        handler.wfile.write(b"x" * 1_000)


def dripping(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.1)


def dripping_headers(handler):
    for _ in range(200):
        handler.wfile.write(b"X")
        handler.wfile.flush()
        time.sleep(0.1)


def quiet(work):
    def handle(handler):
        try:
            work(handler)
        except OSError:  # the client has had enough
            handler.close_connection = True

    return handle


def test_an_endless_page_ends_at_the_limit(site, fetcher):
    Site.answers["/a"] = quiet(endless)
    with pytest.raises(FetchError, match="larger than"):
        fetcher.get(f"{site}/a")


@pytest.mark.parametrize("work", [dripping, dripping_headers])
def test_a_page_that_drips_ends_with_its_time(work, site, fetcher):
    fetcher.manners = replace(fetcher.manners, request_seconds=0.6, tries=1)
    Site.answers["/a"] = quiet(work)
    start = time.monotonic()
    with pytest.raises(FetchError, match="too slow"):
        fetcher.get(f"{site}/a")
    assert time.monotonic() - start < 3


# ---------------------------------------------------------------- robots.txt


def robots_txt(text):
    Site.answers["/robots.txt"] = (200, {"Content-Type": "text/plain"}, text.encode())


def test_what_robots_txt_forbids_is_not_asked_for(site, fetcher):
    robots_txt("User-agent: *\nDisallow: /private\n")
    Site.answers |= {"/private/a": html(), "/a": html()}
    with pytest.raises(FetchError, match=r"robots\.txt does not allow it"):
        fetcher.get(f"{site}/private/a")
    assert fetcher.get(f"{site}/a").data == PAGE
    assert paths() == ["/robots.txt", "/a"]


def test_robots_txt_may_speak_of_this_robot_by_name(site, fetcher):
    robots_txt("User-agent: onrecord\nDisallow: /\n\nUser-agent: *\nAllow: /\n")
    with pytest.raises(FetchError, match=r"robots\.txt"):
        fetcher.get(f"{site}/a")


def test_robots_txt_is_asked_for_once(site, fetcher):
    Site.answers |= {"/a": html(), "/b": html()}
    fetcher.get(f"{site}/a")
    fetcher.get(f"{site}/b")
    assert paths().count("/robots.txt") == 1


def test_a_robots_txt_that_cannot_be_had_forbids_all(site, fetcher):
    Site.answers |= {"/robots.txt": (503, {}, b""), "/a": html()}
    with pytest.raises(FetchError, match=r"robots\.txt cannot be had \(status 503\)"):
        fetcher.get(f"{site}/a")
    assert "/a" not in paths()


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_robots_txt_that_is_not_there_allows_all(status, site, fetcher):
    Site.answers |= {"/robots.txt": (status, {}, b""), "/a": html()}
    assert fetcher.get(f"{site}/a").data == PAGE


def test_a_robots_txt_that_is_elsewhere_is_followed(site, fetcher):
    Site.answers |= {"/robots.txt": (301, {"Location": "/r"}, b""), "/r": (200, {}, b"User-agent: *\nDisallow: /"), "/a": html()}
    with pytest.raises(FetchError, match=r"robots\.txt"):
        fetcher.get(f"{site}/a")


def test_a_request_rate_is_a_delay():
    assert robots.rules(200, b"User-agent: *\nRequest-rate: 1/10\n").delay("onrecord") == 10
    assert robots.rules(200, b"User-agent: *\nCrawl-delay: 3\n").delay("onrecord") == 3
    assert robots.rules(200, b"\xff\xfe\x00 nonsense").delay("onrecord") == 0


# ---------------------------------------------------------------- pauses and tries


def test_a_host_is_not_asked_twice_within_the_delay(site, fetcher, waits):
    fetcher.manners = replace(fetcher.manners, delay=1.5)
    Site.answers |= {"/a": html(), "/b": html()}
    fetcher.get(f"{site}/a")
    fetcher.get(f"{site}/b")
    assert waits.slept == [1.5, 1.5]  # after robots.txt, and between the pages


def test_the_delay_is_real(site, fetcher):
    fetcher.manners, fetcher.clock = replace(fetcher.manners, delay=0.4), Clock()
    Site.answers |= {"/a": html()}
    fetcher.get(f"{site}/a")
    (_, _, first), (_, _, second) = Site.seen
    assert second - first >= 0.4


def test_a_site_s_own_delay_counts_where_it_is_longer(site, fetcher, waits):
    fetcher.manners = replace(fetcher.manners, delay=1)
    robots_txt("User-agent: *\nCrawl-delay: 7\n")
    Site.answers |= {"/a": html()}
    fetcher.get(f"{site}/a")
    assert waits.slept == [7]


def test_a_site_that_asks_for_hours_is_not_waited_for(site, fetcher, waits):
    robots_txt("User-agent: *\nCrawl-delay: 7200\n")
    with pytest.raises(FetchError, match="7200 s between two requests"):
        fetcher.get(f"{site}/a")
    assert waits.slept == []


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_passing_error_is_tried_again_after_longer_and_longer(status, site, fetcher, waits):
    Site.answers["/a"] = [(status, {}, b""), (status, {}, b""), html()]
    assert fetcher.get(f"{site}/a").data == PAGE
    assert waits.slept == [1, 2]


def test_tries_have_an_end(site, fetcher):
    Site.answers["/a"] = (503, {}, b"")
    with pytest.raises(FetchError, match="status 503, 3 times"):
        fetcher.get(f"{site}/a")
    assert paths().count("/a") == 3


def test_half_of_a_pause_is_chance(site, fetcher, waits):
    fetcher.clock = replace(waits.clock, chance=lambda: 0.0)
    Site.answers["/a"] = [(503, {}, b""), html()]
    fetcher.get(f"{site}/a")
    assert waits.slept == [0.5]


def test_what_the_server_asks_for_is_waited(site, fetcher, waits):
    Site.answers["/a"] = [(429, {"Retry-After": "5"}, b""), html()]
    fetcher.get(f"{site}/a")
    assert waits.slept == [5]


def test_a_server_s_date_to_come_back_is_understood(site, fetcher, waits):
    import email.utils

    Site.answers["/a"] = [(503, {"Retry-After": email.utils.formatdate(time.time() + 20, usegmt=True)}, b""), html()]
    fetcher.get(f"{site}/a")
    assert 17 < waits.slept[0] <= 20


def test_a_server_that_asks_for_an_hour_is_not_waited_for(site, fetcher, waits):
    Site.answers["/a"] = (503, {"Retry-After": "3600"}, b"")
    with pytest.raises(FetchError, match="wait for 3600 s"):
        fetcher.get(f"{site}/a")
    assert waits.slept == []


def test_a_connection_that_breaks_is_tried_again(site, fetcher):
    def broken(handler):
        handler.close_connection = True
        handler.connection.close()

    Site.answers["/a"] = [quiet(broken), html()]
    assert fetcher.get(f"{site}/a").data == PAGE


def test_a_closed_port_is_told_of(fetcher, waits):
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = free.getsockname()[1]
    fetcher.guard = Guard(LOOPBACK, frozenset({closed}))
    with pytest.raises(FetchError, match=r"robots\.txt cannot be had"):
        fetcher.get(f"http://127.0.0.1:{closed}/")


# ---------------------------------------------------------------- conditional requests


class Memory(dict):
    """Validators in a dictionary."""

    def put(self, url, etag, last_modified):
        self[url] = (etag, last_modified)


def test_what_was_fetched_is_asked_for_only_if_it_has_changed(site, fetcher):
    fetcher.validators = Memory()
    day = "Tue, 01 Mar 2022 10:00:00 GMT"
    Site.answers["/a"] = [html(ETag='"v1"', Last_Modified=day), (304, {}, b"")]
    page = fetcher.get(f"{site}/a")
    assert page.data == PAGE and fetcher.validators == {}
    fetcher.remember(page)
    assert fetcher.validators == {f"{site}/a": ('"v1"', day)}
    assert fetcher.get(f"{site}/a").data is None
    asked = Site.seen[-1][1]
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == ('"v1"', day)


def test_a_page_is_remembered_when_its_report_has_been_given_out(site, fetcher):
    memory = Memory()
    Site.answers["/a"] = html(ETag='"v1"')
    items = intake.load(f"{site}/a", options=Options(fetcher=fetcher, validators=memory))
    assert isinstance(next(items), Loaded)
    assert list(items) == [] and memory == {f"{site}/a": ('"v1"', None)}


def test_a_page_that_failed_is_not_remembered(site, fetcher):
    fetcher.validators = Memory()
    Site.answers["/a"] = (404, {"ETag": '"v1"'}, b"")
    with pytest.raises(FetchError):
        fetcher.get(f"{site}/a")
    assert not fetcher.validators


# ---------------------------------------------------------------- redirects


def to(place, status=302):
    return (status, {"Location": place}, b"")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(status, site, fetcher):
    Site.answers |= {"/a": to("/b", status), "/b": to(f"{site}/c", status), "/c": html()}
    page = fetcher.get(f"{site}/a")
    assert (page.data, page.url) == (PAGE, f"{site}/c")


def test_redirects_have_an_end(site, fetcher):
    Site.answers |= {f"/{number}": to(f"/{number + 1}") for number in range(20)} | {"/5": to("/6")}
    with pytest.raises(FetchError, match="more than 5 times"):
        fetcher.get(f"{site}/0")
    assert paths() == ["/robots.txt", *(f"/{number}" for number in range(6))]


def test_five_redirects_are_followed(site, fetcher):
    Site.answers |= {f"/{number}": to(f"/{number + 1}") for number in range(5)} | {"/5": html()}
    assert fetcher.get(f"{site}/0").data == PAGE


@pytest.mark.parametrize(
    "place",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://127.0.0.2/",
        "//localhost.:22/",
        "file:///etc/passwd",
        "http://x@127.0.0.1/",
        "http://[bad",
        "",
    ],
)
def test_a_redirect_to_where_nobody_may_go_is_refused(place, site, fetcher):
    Site.answers |= {"/a": to(place)}
    with pytest.raises((RefusedError, FetchError)):
        fetcher.get(f"{site}/a")
    assert paths() == ["/robots.txt", "/a"]


def test_each_hop_is_asked_for_in_robots_txt(site, fetcher):
    robots_txt("User-agent: *\nDisallow: /private\n")
    Site.answers |= {"/a": to("/private/b"), "/private/b": html()}
    with pytest.raises(FetchError, match=r"robots\.txt"):
        fetcher.get(f"{site}/a")
    assert "/private/b" not in paths()


def test_nothing_of_this_machine_is_reached_without_an_explicit_guard(site):
    with pytest.raises(RefusedError, match="no public address"):
        Fetcher(manners=Manners(delay=0, tries=1)).get(f"{site}/a", named=True)
    assert Site.seen == []


# ---------------------------------------------------------------- sources


def load(source, fetcher, allow_net=False, **options):
    return list(intake.load(source, options=Options(allow_net=allow_net, fetcher=fetcher, **options)))


def test_a_url_that_the_user_names_is_fetched(site, fetcher):
    Site.answers["/a"] = html()
    (item,) = load(f"{site}/a", fetcher)
    assert (item.report.text, item.report.title, item.report.url) == (SENTENCE, "Envoys meet", f"{site}/a")


def test_naming_a_feed_is_no_permission_for_its_links(site, fetcher):
    entry = f"<item><title>E</title><link>{site}/a</link><description>Few words</description></item>"
    feed = f"<rss><channel><title>T</title>{entry}</channel></rss>"
    Site.answers |= {"/feed": (200, {"Content-Type": "application/rss+xml"}, feed.encode()), "/a": html()}
    (item,) = load(f"{site}/feed", fetcher)
    assert isinstance(item, Failure) and "--allow-net" in item.reason
    assert paths() == ["/robots.txt", "/feed"]
    (item,) = load(f"{site}/feed", fetcher, allow_net=True)
    assert item.report.text == SENTENCE


def test_a_list_of_urls_is_fetched_when_the_net_is_allowed(site, fetcher, tmp_path):
    Site.answers |= {"/a": html(), "/b": (200, {"Content-Type": "text/plain"}, b"Head\n\nBody.")}
    path = tmp_path / "urls.txt"
    path.write_text(f"{site}/a\n{site}/missing\n{site}/b\n", encoding="utf-8")
    first, second, third = load(path, fetcher, allow_net=True)
    assert first.report.text == SENTENCE and third.report.title == "Head" and third.report.url == f"{site}/b"
    assert isinstance(second, Failure) and "status 404" in second.reason
    Site.seen.clear()
    assert all(isinstance(item, Failure) for item in load(path, fetcher)) and Site.seen == []


def test_a_sitemap_of_sitemaps_is_followed_when_the_net_is_allowed(site, fetcher):
    inner = f"<urlset><url><loc>{site}/a</loc></url></urlset>".encode()
    index = f"<?xml version='1.0'?><sitemapindex><sitemap><loc>{site}/inner.xml.gz</loc></sitemap></sitemapindex>".encode()
    Site.answers |= {"/a": html(), "/inner.xml.gz": (200, {"Content-Type": "application/gzip"}, gzip.compress(inner))}
    (item,) = intake.load_bytes(index, "index.xml", options=Options(allow_net=True, fetcher=fetcher))
    assert isinstance(item, Loaded) and item.report.text == SENTENCE


def test_lists_that_name_each_other_have_an_end(site, fetcher):
    Site.answers["/loop"] = (200, {"Content-Type": "text/plain"}, f"{site}/loop\n".encode())
    (item,) = load(f"{site}/loop", fetcher, allow_net=True)
    assert isinstance(item, Failure) and "deep" in item.reason


def test_an_unchanged_page_is_told_of(site, fetcher):
    fetcher.validators = Memory({f"{site}/a": ('"v1"', None)})
    Site.answers["/a"] = (304, {}, b"")
    (item,) = load(f"{site}/a", fetcher)
    assert "not changed" in item.reason


def test_the_charset_of_the_answer_counts(site, fetcher):
    page = f"<html><body><p>Послы встретились в понедельник. {SENTENCE}</p></body></html>".encode("windows-1251")
    Site.answers["/a"] = (200, {"Content-Type": "text/html; charset=windows-1251"}, page)
    (item,) = load(f"{site}/a", fetcher)
    assert "Послы встретились" in item.report.text
