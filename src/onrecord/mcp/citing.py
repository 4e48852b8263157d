"""How words are cited: exactly, with where they stand, who published them, and where to find that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlsplit

from typing_extensions import TypedDict  # typing's own is not enough for the library before Python 3.12

from onrecord.export.words import clean
from onrecord.held import Head
from onrecord.record import InputError, Span

UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]")
"""Control characters, direction overrides, lone surrogates and tags: what a person does not see, and an assistant might obey."""
FOUND: Final = 5
"""Places of a quotation that are told."""


class Words(TypedDict):
    """A stretch of a report: ``text`` are its very words, from code point ``start`` up to ``end`` of the report's text."""

    text: str
    start: int
    end: int


class Cite(Words):
    """A stretch of a report with all that a citation needs.  ``url`` is only ever http or https; ``citation`` is ready to print."""

    report: str
    publisher: str | None
    published: str | None
    url: str | None
    citation: str


def shown(text: str) -> str:
    """The text with what nobody sees replaced, one character for one, so that every offset holds."""
    return UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text)


def words(span: Span | None) -> Words | None:
    """A span as an answer shows it."""
    return None if span is None else {"text": shown(span.text), "start": span.start, "end": span.end}


def cite(head: Head, span: Span) -> Cite:
    """The words of a span, as their report is cited."""
    return {
        "report": shown(head.id),
        "publisher": _line(head.publisher),
        "published": _line(head.published),
        "url": link(head.url),
        "text": shown(span.text),
        "start": span.start,
        "end": span.end,
        "citation": citation(head, span),
    }


def citation(head: Head, span: Span) -> str:
    """Publisher, title, day, address, and where in the report: one line, whatever of it is known."""
    title = _line(head.title)
    known = (_line(head.publisher), f"“{title}”" if title else None, _line(head.published), link(head.url))
    return ", ".join([*filter(None, known), f"report {clean(head.id)}, characters {span.start}–{span.end}"])


def link(url: str | None) -> str | None:
    """A web address; None for whatever else a report may bear in its place ("javascript:", a path)."""
    if url is None or clean(url) != url or " " in url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and parts.netloc else None


def _line(text: str | None) -> str | None:
    return (UNSEEN.sub("\N{REPLACEMENT CHARACTER}", clean(text)) or None) if text else None


# ---------------------------------------------------------------- checking a quotation

Verdict = Literal["exact", "near", "not found"]


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether words stand in a text, and where: ``near`` when only spaces, quotation marks, dashes or dots are written otherwise."""

    verdict: Verdict
    spans: tuple[Span, ...] = ()
    """The first places; the words are the text's own."""
    places: int = 0
    """How many there are."""


def check(text: str, quotation: str) -> Checked:
    """Look for a quotation in a text as answers show it; InputError when the quotation holds no word."""
    if not any(sign.isalnum() for sign in quotation):
        raise InputError("the quotation holds no word: give the words that you want to check")
    whole = shown(text)
    if exact := tuple(_places(whole, shown(quotation))):
        return _checked("exact", text, exact)
    plain, origin = _plain(whole)
    wanted = _plain(shown(quotation))[0].strip(" \"'")
    near = tuple((origin[start][0], origin[end - 1][1]) for start, end in _places(plain, wanted))
    return _checked("near", text, near) if near else Checked("not found")


def _checked(verdict: Verdict, text: str, places: tuple[tuple[int, int], ...]) -> Checked:
    return Checked(verdict, tuple(Span.of(text, *place) for place in places[:FOUND]), len(places))


def _places(text: str, sought: str) -> Iterator[tuple[int, int]]:
    """Where a string stands in a text, without overlaps."""
    at = text.find(sought)
    while at >= 0:
        yield at, at + len(sought)
        at = text.find(sought, at + len(sought))


_SPACES: Final = re.compile(r"[\s\u200b\u2060\ufeff]+")
_SIGNS: Final = (
    ('"', re.compile("[\"\u201c-\u201f\u00ab\u00bb\u2033\uff02]|''|``")),
    ("'", re.compile("['`\u2018-\u201b\u2039\u203a\u2032\u00b4\uff07]")),
    ("-", re.compile("[-\u2010-\u2015\u2212]+")),
    ("...", re.compile("\u2026|\\.{3}")),
    (" ", _SPACES),
    ("", re.compile("\u00ad")),
)
_ANY: Final = re.compile("|".join(f"(?P<s{number}>{pattern.pattern})" for number, (_, pattern) in enumerate(_SIGNS)))


def _plain(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text with one way to write spaces, quotation marks, dashes and dots, and for each of its characters where it comes from."""
    out: list[str] = []
    origin: list[tuple[int, int]] = []
    at = 0
    for found in _ANY.finditer(text):
        out.append(text[at : found.start()])
        origin.extend((i, i + 1) for i in range(at, found.start()))
        sign = next(sign for number, (sign, _) in enumerate(_SIGNS) if found.group(f"s{number}") is not None)
        out.append(sign)
        origin.extend([(found.start(), found.end())] * len(sign))
        at = found.end()
    out.append(text[at:])
    origin.extend((i, i + 1) for i in range(at, len(text)))
    return "".join(out), origin
