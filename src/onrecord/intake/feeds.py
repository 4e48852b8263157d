"""Feeds (RSS, Atom): what each entry holds; its own full text is a report, a summary only points to one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urljoin

from onrecord.intake import prolog, sniff, texts, worker
from onrecord.intake.items import Failure, Limits, Loaded, Piece
from onrecord.intake.sitemaps import Link
from onrecord.record import InputError, Report

SUMMARY_AT_LEAST: Final = 1_500
"""Characters of an entry's description from which it is taken for the whole article; mostly it is the first lines only."""
_CUT: Final = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*\S{0,20}\s*$")
"""How a text that is cut off ends, at most one word of a link after it."""


def read(piece: Piece, data: bytes, published: str | None, limits: Limits) -> Iterator[Loaded | Failure | tuple[str, Link]]:
    """Each entry: a report, a failure, or its place and the link under which its text stands; InputError for a broken feed."""
    try:
        found = worker.pool(limits.worker_bytes).ask("feed", prolog.root(data, piece.charset), piece.url, limits.page_seconds)
    except worker.OverrunError as overrun:
        raise InputError(overrun.reason) from None
    if "failed" in found:
        raise InputError(found["failed"])
    for number, entry in enumerate(found["entries"][: limits.links]):
        yield _entry(entry, f"{piece.where}[{number}]", found, published)
    if len(found["entries"]) > limits.links:
        yield Failure(piece.where, f"holds more than {limits.links:,} entries: the others are not read")


def _entry(entry: dict[str, Any], place: str, feed: dict[str, Any], published: str | None) -> Loaded | Failure | tuple[str, Link]:
    text, link = entry["text"], entry.get("url")
    day, dated = texts.dated(entry.get("date"), published)
    if link and not entry["full"]:
        return place, Link(link, day if entry.get("date") else None, entry.get("title"))
    if not text.strip():
        return Failure(place, "has neither a text nor a link")
    stored, repairs = texts.repair(text)
    report = Report(
        stored,
        title=_line(entry.get("title")),
        published=day,
        url=link,
        publisher=_line(feed.get("publisher")),
        language=_line(entry.get("language") or feed.get("language")),
        author=_line(entry.get("author")),
    )
    return Loaded(place, report, (*repairs, *dated), hashlib.sha256(entry["raw"].encode("utf-8", "surrogatepass")).hexdigest())


def _line(value: object) -> str | None:
    return " ".join(texts.repair(str(value))[0].split())[:1_000] or None if value else None


# ---------------------------------------------------------------- in the worker


def entries(xml: str, url: str | None) -> dict[str, Any]:
    """A feed as plain data: runs in a worker, on a document without a declaration.

    fastfeedparser reads it, or, where that cannot, feedparser, which is slow and bears with much.  RSS 1.0
    (RDF) is feedparser's too: the other leaves out its content.
    """
    days = _written_days(xml)
    fast = None if sniff.root_of(xml[:1_000]) == "rdf" else _fast(xml)
    feed = fast or _patient(xml)
    found = [_plain_entry(entry, url, told_apart=fast is None) for entry in feed["entries"]]
    if not found:
        return {"failed": "is a feed without entries, or no feed"}
    if len(days) == len(found):
        found = [{**entry, "date": day or entry["date"]} for entry, day in zip(found, days, strict=True)]
    return {"entries": found, "publisher": feed["feed"].get("title"), "language": feed["feed"].get("language")}


def _fast(xml: str) -> Any:
    import fastfeedparser  # type: ignore[import-untyped]

    try:
        found = fastfeedparser.parse(xml.encode("utf-8", "replace"), include_media=False, include_enclosures=False, include_tags=False)
    except ValueError:
        return None
    return found if found["entries"] else None


def _patient(xml: str) -> Any:
    import feedparser  # type: ignore[import-untyped]

    return feedparser.parse(xml.encode("utf-8", "replace"), sanitize_html=False, resolve_relative_uris=False)


def _written_days(xml: str) -> list[str | None]:
    """Each entry's date as it is written: the parser turns it into UTC, which may be another day."""
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(xml.encode("utf-8", "replace"), parser)
    if root is None:
        return []
    dates = ("pubdate", "published", "issued", "date", "updated", "modified")
    given = [{_local(part): part.text for part in entry} for entry in root.iter() if _local(entry) in ("item", "entry")]
    return [next((parts[name] for name in dates if parts.get(name)), None) for parts in given]


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _plain_entry(entry: Any, url: str | None, told_apart: bool) -> dict[str, Any]:
    """One entry's text (its content, else its description), whether it is the whole article, and its other fields.

    fastfeedparser gives a description as content where there is none, feedparser the other way round
    (``told_apart``: what it gives as content is content).
    """
    from onrecord.intake.extraction import fragment

    content = next((part.get("value") or "" for part in entry.get("content") or ()), "")
    summary = entry.get("summary") or entry.get("description") or ""
    own = content if told_apart or content.strip() != summary.strip() else ""
    text = fragment(own or summary)
    link = _address(entry.get("link"), url)
    full = bool(text) and len(text) >= (0 if own else SUMMARY_AT_LEAST) and not _CUT.search(text)
    return {
        "text": text, "full": full, "url": link, "raw": own or summary, "title": fragment(entry.get("title") or "") or None,
        "date": entry.get("published") or entry.get("updated"), "author": entry.get("author"), "language": entry.get("language"),
    }  # fmt: skip


def _address(link: object, base: str | None) -> str | None:
    """An entry's link, made whole by the feed's own address, or None when it is no http(s) URL."""
    try:
        whole = urljoin(base or "", str(link or "").strip())
    except ValueError:
        return None
    return whole if sniff.is_url(whole) else None
