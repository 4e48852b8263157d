"""Fetching, with manners: what robots.txt allows, one request at a time, a pause between two, a few tries, all of it bounded.

Nothing is fetched unless the caller says so.  Every hop of a redirect is vetted, looked up and checked
as the first was (``addresses``), and asked for in the site's robots.txt.
"""

from __future__ import annotations

import email.utils
import functools
import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import urljoin

from onrecord.intake import inflate, robots
from onrecord.intake.addresses import Guard, RefusedError, Target
from onrecord.intake.items import Limits, media_type, parameter
from onrecord.record import InputError

if TYPE_CHECKING:
    import httpx2

ROBOT: Final = "onrecord"
"""The name under which robots.txt may speak of this robot."""
ACCEPTED: Final = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"
PASSING: Final = frozenset({429, 500, 502, 503, 504})
"""Answers after which the same request may succeed later."""
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
REDIRECTS_AT_MOST: Final = 5


class FetchError(InputError):
    """A page that could not be fetched: says why."""


class _PassingError(FetchError):
    """An error after which the request may be tried again, after ``wait`` seconds if the server says so."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class Validators(Protocol):
    """What is remembered of pages already fetched, so that an unchanged one need not be sent again."""

    def get(self, url: str) -> tuple[str | None, str | None] | None:
        """The ETag and Last-Modified of the page as it was last fetched, or None."""

    def put(self, url: str, etag: str | None, last_modified: str | None) -> None:
        """Remember them."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How the net is asked; seconds and counts."""

    delay: float = 1.0
    """Between two requests to one host; a site's own wish counts where it is longer."""
    tries: int = 3
    backoff: float = 1.0
    """Before the second try; twice as long before each further one, and half of it by chance."""
    longest_wait: float = 60.0
    """A site that asks for a longer pause is not waited for."""
    request_seconds: float = 30.0
    """One request altogether, however slowly it drips."""
    step_seconds: float = 10.0
    """Connecting, or one read."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Time and chance, so that tests need not wait."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came, under the address from which it came in the end; ``data`` is None when it has not changed."""

    url: str
    data: bytes | None
    media: str | None = None
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Fetcher:
    """Fetches pages for one run; knows the sites' rules and when each was last asked."""

    guard: Guard = field(default_factory=Guard)
    manners: Manners = field(default_factory=Manners)
    limits: Limits = field(default_factory=Limits)
    validators: Validators | None = None
    clock: Clock = field(default_factory=Clock)
    known: robots.Known = field(default_factory=robots.Known)
    asked: dict[str, float] = field(default_factory=dict)
    """Host → when the last request to it was over."""
    lock: threading.RLock = field(default_factory=threading.RLock)

    def get(self, url: str, named: bool = False) -> Fetched:
        """The page under a URL; ``named`` when the user named this very URL (so that its port may be any).

        RefusedError or FetchError, both InputError, say why there is none.
        """
        with self.lock:
            target = self.guard.vet_named(url) if named else self.guard.vet(url)
            return self._followed(target, target if named else None)

    def _followed(self, target: Target, named: Target | None) -> Fetched:
        for _ in range(REDIRECTS_AT_MOST + 1):
            rules = self._rules(target)
            reason = rules.forbids(target.url, ROBOT)
            if reason is not None:
                raise FetchError(f"is not fetched: {reason}")
            answer = self._tried(target, rules.delay(ROBOT), self._conditions(target))
            if answer.status not in REDIRECTS:
                return self._fetched(target, answer)
            target = self._next_hop(target, answer, named)
        raise FetchError(f"was redirected more than {REDIRECTS_AT_MOST} times")

    def _next_hop(self, target: Target, answer: _Answer, named: Target | None) -> Target:
        place = answer.headers.get("location")
        if not place:
            raise FetchError(f"was redirected to nowhere (status {answer.status})")
        try:
            return self.guard.vet(urljoin(target.url, place.strip()), named)
        except ValueError:
            raise FetchError(f"was redirected to what is no URL: {place[:100]!r}") from None
        except RefusedError as refused:
            raise RefusedError(f"was redirected to {place[:200]!r}, which {refused}") from None

    def _conditions(self, target: Target) -> dict[str, str]:
        known = self.validators.get(target.url) if self.validators is not None else None
        etag, modified = known or (None, None)
        return {name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", modified)) if value}

    def _fetched(self, target: Target, answer: _Answer) -> Fetched:
        if answer.status == 304:
            return Fetched(target.url, None)
        if not 200 <= answer.status < 300:
            raise FetchError(f"cannot be fetched: the server answered with status {answer.status}")
        headers = answer.headers
        kind = headers.get("content-type")
        told = headers.get("etag"), headers.get("last-modified")
        return Fetched(target.url, answer.body, media_type(kind), parameter(kind, "charset"), *told)

    def remember(self, page: Fetched) -> None:
        """Keep what the server said of a page, once what it holds has been given out: a page is not lost to a crash between."""
        if self.validators is not None and page.data is not None and (page.etag or page.last_modified):
            self.validators.put(page.url, page.etag, page.last_modified)

    # ------------------------------------------------------------ robots.txt

    def _rules(self, target: Target) -> robots.Rules:
        """The rules of a target's site, asked for once; redirects of its robots.txt are vetted like any."""
        found = self.known.get(target.origin())
        return found if found is not None else self.known.put(target.origin(), self._asked_rules(target))

    def _asked_rules(self, target: Target) -> robots.Rules:
        at = Target(target.scheme, target.host, target.port, "/robots.txt")
        try:
            for _ in range(REDIRECTS_AT_MOST + 1):
                answer = self._tried(at, 0.0, {}, passing_is_answer=True)
                if answer.status not in REDIRECTS:
                    return robots.rules(answer.status, answer.body)
                at = self._next_hop(at, answer, target)
        except RefusedError:
            raise
        except FetchError as error:
            return robots.Rules(closed=f"the site's robots.txt cannot be had ({error}), so nothing is fetched")
        return robots.rules(404, b"")  # RFC 9309: after five redirects it may be taken as not there

    # ------------------------------------------------------------ requests

    def _tried(self, target: Target, wish: float, conditions: Mapping[str, str], passing_is_answer: bool = False) -> _Answer:
        """One request's answer, tried again while the trouble is of the passing kind."""
        for number in range(self.manners.tries):
            self._wait_for_turn(target, wish)
            try:
                return self._requested(target, conditions, passing_is_answer and number + 1 == self.manners.tries)
            except _PassingError as trouble:
                if number + 1 == self.manners.tries:
                    raise FetchError(f"{trouble}, {self.manners.tries} times" if number else str(trouble)) from None
                self.clock.sleep(self._pause(trouble, number))
        raise FetchError("is not fetched: no try is allowed")

    def _pause(self, trouble: _PassingError, number: int) -> float:
        if trouble.wait is not None:
            if trouble.wait > self.manners.longest_wait:
                raise FetchError(f"{trouble}, and asks to wait for {trouble.wait:g} s")
            return trouble.wait
        longest: float = self.manners.backoff * (1 << number)
        return min(self.manners.longest_wait, longest * (0.5 + 0.5 * self.clock.chance()))

    def _wait_for_turn(self, target: Target, wish: float) -> None:
        """Sleep until the host may be asked again."""
        if wish > self.manners.longest_wait:
            raise FetchError(f"is not fetched: the site asks for {wish:g} s between two requests")
        last = self.asked.get(target.host)
        wait = 0.0 if last is None else last + max(self.manners.delay, wish) - self.clock.now()
        if wait > 0:
            self.clock.sleep(wait)

    def _requested(self, target: Target, conditions: Mapping[str, str], any_status: bool) -> _Answer:
        """One request's answer; _PassingError when the trouble may pass, or the server says so."""
        import httpcore2
        import httpx2

        try:
            answer = self._sent(target, conditions)
        except (httpx2.TimeoutException, httpcore2.TimeoutException):
            raise _PassingError("cannot be fetched: the server was too slow") from None
        except (httpx2.HTTPError, httpcore2.NetworkError, httpcore2.ProtocolError, OSError) as error:
            raise _PassingError(f"cannot be fetched: {error or type(error).__name__}") from None
        finally:
            self.asked[target.host] = self.clock.now()
        if answer.status in PASSING and not any_status:
            raise _PassingError(f"cannot be fetched: the server answered with status {answer.status}", _retry_after(answer.headers))
        return answer

    def _sent(self, target: Target, conditions: Mapping[str, str]) -> _Answer:
        import httpx2

        from onrecord.intake.dial import Transport

        deadline = time.monotonic() + self.manners.request_seconds
        headers = {"User-Agent": agent(), "Accept": ACCEPTED, "Accept-Encoding": "gzip, deflate", "Accept-Language": "en, *;q=0.5"}
        options = httpx2.Timeout(self.manners.step_seconds)
        with (
            httpx2.Client(transport=Transport(self.guard, deadline), timeout=options, trust_env=False, follow_redirects=False) as client,
            client.stream("GET", target.url, headers={**headers, **conditions}) as response,
        ):
            given = {name.lower(): value for name, value in response.headers.items()}
            if response.status_code in REDIRECTS or response.status_code == 304:
                return _Answer(response.status_code, given, b"")
            body = self._body(response)
        return _Answer(response.status_code, given, inflate.content(body, given.get("content-encoding"), self.limits.page_bytes))

    def _body(self, response: httpx2.Response) -> bytes:
        """The bytes as they are sent, packed or not, as far as the limit."""
        whole = bytearray()
        for part in response.iter_raw():
            whole += part
            if len(whole) > self.limits.page_bytes:
                raise FetchError(f"is larger than {self.limits.page_bytes:,} bytes")
        return bytes(whole)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds a server asks to wait, which it may write as a number or as a date; None when it does not."""
    given = headers.get("retry-after", "").strip()
    if given.isdecimal():
        return float(given[:9])
    try:
        return max(0.0, email.utils.parsedate_to_datetime(given).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None


@functools.cache
def agent() -> str:
    """What the tool calls itself to a server."""
    from importlib.metadata import version

    return f"{ROBOT}/{version('onrecord')} (news reports into event data; robots.txt name: {ROBOT})"


@functools.cache
def shared(delay: float, limits: Limits) -> Fetcher:
    """The fetcher of this process for such a delay: a host's turn and rules are kept from one source to the next."""
    return Fetcher(manners=Manners(delay=delay), limits=limits)
