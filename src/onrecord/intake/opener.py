"""The desk where every piece of input is opened: by what it is, an archive or list into further pieces, the rest into reports."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Final

from onrecord.intake import feeds, fetch, inflate, jsonl, markdown, pages, prolog, sitemaps, sniff, tables, texts, warc, zips
from onrecord.intake.items import Failure, Loaded, Options, Piece
from onrecord.intake.sitemaps import Link
from onrecord.record import InputError

DEEPEST: Final = 4
"""Lists within lists, archives within archives, counted together."""
NOT_ALLOWED: Final = "not fetched without --allow-net"

Item = Loaded | Failure
Pending = Item | Future[Item]
Submit = Callable[[Callable[[], Item]], Pending]


def at_once(work: Callable[[], Item]) -> Pending:
    """Extract a page while the caller waits."""
    return work()


@dataclass(frozen=True, slots=True)
class Opener:
    """Opens pieces; ``submit`` decides whether a page is extracted at once or beside other work."""

    options: Options
    submit: Submit = at_once

    def open(self, piece: Piece) -> Iterator[Pending]:
        """All items of a piece in their order; what is wrong with it as a whole is one failure."""
        try:
            yield from self._opened(piece)
        except InputError as error:
            yield Failure(piece.where, str(error))
        except OSError as error:
            yield Failure(piece.where, f"cannot be read: {error.strerror or error}")

    def _opened(self, piece: Piece) -> Iterator[Pending]:
        head = piece.head()
        kind = sniff.kind(piece.called, head, piece.media)
        if piece.depth > DEEPEST:
            yield Failure(piece.where, f"lies more than {DEEPEST} lists or archives deep")
        elif kind == "zip":
            yield from self._all(zips.pieces(piece, self.options.limits))
        elif kind == "warc" or (kind == "gzip" and warc.is_warc(piece.file)):
            yield from self._all(warc.pieces(piece, self.options.limits))
        elif kind == "gzip":
            yield from self._gunzipped(piece)
        elif kind == "other":
            yield Failure(piece.where, f"is {sniff.unread(head)}")
        elif kind == "jsonl" and not texts.is_wide(head[:4]):
            yield from or_empty(jsonl.line_items(piece.file, piece.where, self._default(piece)), piece.where)
        else:
            yield from self._whole(piece, kind)

    def _all(self, found: Iterable[Piece | Failure]) -> Iterator[Pending]:
        for part in found:
            if isinstance(part, Failure):
                yield part
            else:
                yield from self.open(part)

    def _gunzipped(self, piece: Piece) -> Iterator[Pending]:
        data = inflate.gunzip(piece.file, self.options.limits.member_bytes)
        yield from self.open(
            replace(piece, file=io.BytesIO(data), name=piece.called.removesuffix(".gz"), media=None, depth=piece.depth + 1)
        )

    def _default(self, piece: Piece) -> str | None:
        return piece.day or self.options.published

    def _whole(self, piece: Piece, kind: sniff.Kind) -> Iterator[Pending]:
        """A piece that is read whole."""
        most = self.options.limits.page_bytes if kind in ("html", "feed", "sitemap", "xml", "markdown") else self.options.limits.file_bytes
        if piece.size() > most:
            yield Failure(piece.where, f"is larger than {most:,} bytes")
            return
        data = piece.file.read()
        if kind == "html":
            yield self.submit(lambda: pages.load(piece, data, self.options.published, self.options.limits))
        elif kind == "feed":
            yield from self._feed(piece, data)
        elif kind == "sitemap":
            yield from self._sitemap(piece, data)
        elif kind == "xml":
            name = sniff.root_of(prolog.root(data, piece.charset)[:1_000])
            yield Failure(piece.where, f"is XML, but no feed, no sitemap and no page: its first element is <{name}>")
        else:
            yield from self._textual(piece, data, kind)

    def _textual(self, piece: Piece, data: bytes, kind: sniff.Kind) -> Iterator[Pending]:
        where, published = piece.where, self._default(piece)
        decoded = texts.decode(data)
        if decoded is None:
            yield Failure(where, "is no text: it holds bytes that no text encoding explains")
            return
        text, notes = decoded
        raw = hashlib.sha256(data).hexdigest()
        if not text.strip():
            yield Failure(where, "is empty")
        elif kind in ("csv", "tsv"):
            yield from tables.items(text.removeprefix("\ufeff"), where, self.options.columns, kind == "tsv", published)
        elif kind == "markdown":
            yield self.submit(lambda: markdown.load(piece, data, decoded, self.options))
        elif kind in ("json", "jsonl") or jsonl.looks_like_json(text):
            yield from jsonl.items(text, where, notes, published)
        elif sniff.is_url_list(text):
            links = (Link(line.strip()) for line in text.split("\n") if line.strip())
            yield from self._follow(piece, links)
        else:
            item = texts.item(text, where, notes, published, raw)
            yield replace(item, report=replace(item.report, url=piece.url)) if piece.url else item

    # ------------------------------------------------------------ lists of links

    def _feed(self, piece: Piece, data: bytes) -> Iterator[Pending]:
        for entry in feeds.read(piece, data, self.options.published, self.options.limits):
            if isinstance(entry, tuple):
                yield from self._entry(piece, *entry)
            else:
                yield entry

    def _entry(self, piece: Piece, place: str, link: Link) -> Iterator[Pending]:
        """An entry that only points to its text."""
        if self.options.allow_net:
            yield from self._follow(piece, [link])
        else:
            yield Failure(place, f"is only a summary; its link {link.url} is {NOT_ALLOWED}")

    def _sitemap(self, piece: Piece, data: bytes) -> Iterator[Pending]:
        links, more = sitemaps.read(data, piece.charset, self.options.limits)
        yield from self._follow(piece, links)
        if more:
            yield Failure(piece.where, f"lists more than {self.options.limits.links:,} links: the others are not read")

    def _follow(self, piece: Piece, links: Iterable[Link]) -> Iterator[Pending]:
        """What stands under each link, or a failure for each when the net is not allowed."""
        for link in links:
            if not self.options.allow_net:
                yield Failure(link.url, f"is only a link ({piece.where}), {NOT_ALLOWED}")
            elif piece.depth >= DEEPEST:
                yield Failure(link.url, f"is not fetched: it lies more than {DEEPEST} lists deep")
            else:
                yield from self.fetched(link, depth=piece.depth + 1)

    def fetched(self, link: Link, depth: int = 0, named: bool = False) -> Iterator[Pending]:
        """What stands under one address, fetched; ``named`` when the user named this very address."""
        try:
            page = self.fetcher().get(link.url, named)
        except InputError as error:
            yield Failure(link.url, str(error))
            return
        if page.data is None:
            yield Failure(link.url, "has not changed since it was last fetched")
            return
        name = page.url.partition("?")[0]
        file = io.BytesIO(page.data)
        yield from self.open(Piece(link.url, file, name, page.media, page.charset, page.url, link.day, link.title, depth))
        self.fetcher().remember(page)

    def fetcher(self) -> fetch.Fetcher:
        """The caller's own fetcher, or this process's, which knows when each host was last asked, with the caller's memory."""
        shared = self.options.fetcher or fetch.shared(self.options.delay, self.options.limits)
        return shared if self.options.validators is None else replace(shared, validators=self.options.validators)


def or_empty(items: Iterable[Item], where: str) -> Iterator[Item]:
    """The items, or a failure when there are none."""
    empty = True
    for item in items:
        empty = False
        yield item
    if empty:
        yield Failure(where, "is empty")
