"""Sitemaps: the pages, or the further sitemaps, that one lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from onrecord.intake import prolog, texts, worker
from onrecord.intake.items import Limits
from onrecord.record import InputError


@dataclass(frozen=True, slots=True)
class Link:
    """An address that an item names, with what it says of what is there."""

    url: str
    day: str | None = None
    title: str | None = None


def read(data: bytes, charset: str | None, limits: Limits) -> tuple[tuple[Link, ...], bool]:
    """The links of a sitemap, and whether more of them were left out; InputError when it cannot be read."""
    try:
        found = worker.pool(limits.worker_bytes).ask("sitemap", prolog.root(data, charset), None, limits.page_seconds)
    except worker.OverrunError as overrun:
        raise InputError(overrun.reason) from None
    if "failed" in found:
        raise InputError(found["failed"])
    links = tuple(Link(entry["url"], texts.day(entry.get("date")), entry.get("title")) for entry in found["links"][: limits.links])
    return links, len(found["links"]) > limits.links


def locations(xml: str, url: str | None) -> dict[str, Any]:
    """What a sitemap lists, as plain data; runs in a worker, on a document without a declaration."""
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    root = etree.fromstring(xml.encode("utf-8", "replace"), parser)
    if root is None:
        return {"failed": "is no XML that can be read"}
    links = [link for link in (_location(entry) for entry in root) if link is not None]
    return {"links": links} if links else {"failed": "is a sitemap that lists nothing"}


def _location(entry: Any) -> dict[str, Any] | None:
    """One entry's address, with the day and title that a news sitemap gives; when a page was last changed is no such day."""
    fields = dict(_fields(entry))
    if not fields.get("loc"):
        return None
    return {"url": fields["loc"], "date": fields.get("publication_date"), "title": fields.get("title")}


def _fields(entry: Any) -> Iterator[tuple[str, str]]:
    for part in entry.iter():
        if isinstance(part.tag, str) and part.text:
            yield part.tag.rpartition("}")[2], part.text.strip()
