"""HTML pages to reports: decoded here, extracted in a worker that can be killed, by ever simpler means.

A page that is too much for one means is given to the next in what is left of its time; what the
last one gives is noted as such, and a page without an article is a failure that says so.
"""

from __future__ import annotations

import hashlib
import itertools
import re
import time
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urljoin

from onrecord.intake import charsets, sniff, texts, worker
from onrecord.intake.items import Failure, Limits, Loaded, Piece
from onrecord.record import Note, Report

MEANS: Final = (("article", 0.6), ("main", 0.7), ("plain", 1.0))
"""What a worker is asked for, and its share of the time that is left to the page."""
TAGS_AT_MOST: Final = 20_000
"""Tags of a page that is given to trafilatura: it takes 0.3 ms for each paragraph, and more for rows of tables."""
DEPTH_AT_MOST: Final = 1_500
"""Nesting of a page that is given to resiliparse's search for the main text: its time grows with the square of it."""
_NESTING: Final = re.compile(r"<(/?)(?:div|span|font|section|table|ul|ol|blockquote|center|b|i|em|strong|small|sup|big)\b", re.IGNORECASE)


def load(piece: Piece, data: bytes, published: str | None, limits: Limits) -> Loaded | Failure:
    """One page as a report or a failure; never longer than the page's time and what a new worker needs to start."""
    decoded = charsets.decode(data, piece.charset)
    if decoded is None:
        return Failure(piece.where, "is no text: it holds bytes that no text encoding explains")
    if not decoded[0].strip():
        return Failure(piece.where, "is empty")
    found, notes = _extracted(decoded[0], piece.url, limits)
    if "failed" in found:
        return Failure(piece.where, found["failed"])
    report, repairs = _report(found, piece, published)
    return Loaded(piece.where, report, (*decoded[1], *notes, *repairs), hashlib.sha256(data).hexdigest())


def _extracted(html: str, url: str | None, limits: Limits) -> tuple[dict[str, Any], tuple[Note, ...]]:
    """What the first means finds that is up to the page, with a note when it was not the best one."""
    end, late = time.monotonic() + limits.page_seconds, True
    reasons: list[str] = []
    for job, share in MEANS:
        reason = _beyond(job, html)
        if reason is None:
            try:
                found = worker.pool(limits.worker_bytes).ask(job, html, url, share * max(0.0, end - time.monotonic()))
                return found, tuple(_told(job, reasons))
            except worker.OverrunError as overrun:
                reason, late = overrun.reason, late and overrun.late
        reasons.append(reason)
    return {"failed": f"took longer than {limits.page_seconds:g} s" if late else reasons[-1]}, ()


def _beyond(job: str, html: str) -> str | None:
    """Why a page is beyond a means from the start, or None: its time is better spent on the next."""
    if job == "article" and (tags := html.count("<")) > TAGS_AT_MOST:
        return f"holds {tags:,} tags"
    if job == "main" and _depth(html) > DEPTH_AT_MOST:
        return f"nests more than {DEPTH_AT_MOST:,} elements deep"
    return None


def _depth(html: str) -> int:
    """About how deeply the elements of a page nest."""
    steps = (-1 if found[1] else 1 for found in _NESTING.finditer(html))
    return max(itertools.accumulate(steps), default=0)


def _told(job: str, reasons: list[str]) -> Iterator[Note]:
    if job == "main":
        yield Note("plain-page", f"extracted by simpler means: the page {reasons[0]}")
    elif job == "plain":
        yield Note("plain-page", f"all of the page's text is taken, menus included: the page {reasons[-1]}")


def _report(found: dict[str, Any], piece: Piece, published: str | None) -> tuple[Report, tuple[Note, ...]]:
    """The report of what was found; its day is the page's own, else its carrier's, else ``published``."""
    stored, repairs = texts.repair(found["text"])
    own = texts.day(found.get("date"))
    notes = [*repairs]
    if own is None and piece.day is not None:
        notes.append(Note("carrier-date", f"the page bears no date: {piece.day} is the day of what brought it (archive, feed, list)"))
    return Report(
        stored,
        title=_headline(_line(found.get("title")), _line(found.get("publisher"))) or piece.title,
        published=own or piece.day or published,
        url=_address(found.get("url"), piece.url),
        publisher=_line(found.get("publisher")),
        language=_line(found.get("language")),
        author=_line(found.get("author")),
    ), tuple(notes)


def _line(value: object) -> str | None:
    """A field as one line, repaired as the text is."""
    return " ".join(texts.repair(str(value))[0].split())[:1_000] or None if value else None


def _headline(title: str | None, site: str | None) -> str | None:
    """A page's title without the name of its site, which browsers' tabs show behind it."""
    if title and site and title.endswith(site):
        return title.removesuffix(site).rstrip(" |-–—·:•") or title
    return title


def _address(canonical: object, fetched: str | None) -> str | None:
    """The page's own canonical URL when it is one, made whole by where it came from; else where it came from."""
    try:
        whole = urljoin(fetched or "", str(canonical)) if canonical else ""
    except ValueError:
        whole = ""
    return whole if sniff.is_url(whole) else fetched
