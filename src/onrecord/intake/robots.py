"""What a site's robots.txt allows, kept for each site: 4xx allows all, 5xx and silence allow nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from protego import Protego

SIZE_AT_MOST: Final = 512_000
"""Bytes of a robots.txt that count (RFC 9309 asks for at least 500 KiB)."""
SITES_AT_MOST: Final = 10_000


@dataclass(frozen=True, slots=True)
class Rules:
    """One site's rules for this robot; ``parsed`` is None where everything is allowed, or nothing (``closed``)."""

    parsed: Protego | None = None
    closed: str | None = None
    """Why nothing may be fetched, in words."""

    def forbids(self, url: str, agent: str) -> str | None:
        """Why a URL may not be fetched, or None when it may."""
        if self.closed is not None:
            return self.closed
        if self.parsed is not None and not self.parsed.can_fetch(url, agent):
            return "robots.txt does not allow it"
        return None

    def delay(self, agent: str) -> float:
        """The seconds that the site asks for between two requests; 0 when it asks for none."""
        if self.parsed is None:
            return 0.0
        rate = self.parsed.request_rate(agent)
        return max(self.parsed.crawl_delay(agent) or 0.0, rate.seconds / rate.requests if rate and rate.requests else 0.0)


def rules(status: int, body: bytes) -> Rules:
    """What the answer to the request for a site's robots.txt means."""
    if status >= 500:
        return Rules(closed=f"the site's robots.txt cannot be had (status {status}), so nothing is fetched")
    if status >= 400:
        return Rules()
    from protego import Protego

    return Rules(Protego.parse(body[:SIZE_AT_MOST].decode("utf-8", "replace")))


@dataclass(slots=True)
class Known:
    """The rules of the sites met so far."""

    sites: dict[str, Rules] = field(default_factory=dict)

    def get(self, origin: str) -> Rules | None:
        """The rules of a site, None when they are not known yet."""
        return self.sites.get(origin)

    def put(self, origin: str, found: Rules) -> Rules:
        """Keep the rules of a site; the oldest go when there are very many."""
        if len(self.sites) >= SITES_AT_MOST:
            del self.sites[next(iter(self.sites))]
        self.sites[origin] = found
        return found
