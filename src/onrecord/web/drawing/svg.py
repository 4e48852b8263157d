"""A small typed tree of SVG elements: what is drawn is data until ``Element.__html__`` writes it, escaped, in one place."""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from onrecord.export import words

Value = str | float | int | None
"""What an attribute can be made of; None leaves it out."""

TAGS: Final = frozenset(("a", "circle", "desc", "div", "g", "path", "rect", "svg", "text", "title", "tspan"))
"""What may be drawn: nothing that runs, loads or styles."""
NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
BARRED: Final = re.compile(r"on.*|style|src.*|xlink.*", re.IGNORECASE)
"""Attributes that run a script, or that a strict content policy forbids."""
ADDRESS: Final = re.compile(r"https?://|/(?![/\\])|[?#]", re.IGNORECASE)
"""How a link may begin: another site's page, a page or a part of this one."""


@dataclass(frozen=True, slots=True)
class Element:
    """One element with its attributes, as written, and what stands in it: elements and text."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[Element | str, ...] = ()

    def __html__(self) -> str:
        """The element as markup: Jinja2 takes it as it is."""
        pieces: list[str] = []
        self._write(pieces)
        return "".join(pieces)

    __str__ = __html__

    def _write(self, pieces: list[str]) -> None:
        """Add the element's markup to the pieces: a list, since drawings have thousands of elements."""
        pieces.append("<" + self.tag)
        for name, value in self.attributes:
            pieces.append(f' {name}="{_escaped(value)}"')
        pieces.append(">")
        for child in self.children:
            if isinstance(child, Element):
                child._write(pieces)
            else:
                pieces.append(_escaped(child))
        pieces.append(f"</{self.tag}>")

    def get(self, name: str) -> str | None:
        """The value of an attribute; None where it has none of that name."""
        return next((value for known, value in self.attributes if known == name), None)

    def walk(self, *tags: str) -> Iterator[Element]:
        """The element and all below it, in order, or those of them with one of the tags."""
        if not tags or self.tag in tags:
            yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk(*tags)

    @property
    def text(self) -> str:
        """All words in it."""
        return "".join(child.text if isinstance(child, Element) else child for child in self.children)


def element(tag: str, *children: Element | str | None, **attributes: Value) -> Element:
    """An element of data; ``class_`` gives ``class``, ``stroke_width`` gives ``stroke-width``; ValueError for what may not be drawn."""
    if tag not in TAGS:
        raise ValueError(f"<{tag}> is not drawn; known are {', '.join(sorted(TAGS))}")
    written = [
        (_attribute(name), value if type(value) is str else number(value)) for name, value in attributes.items() if value is not None
    ]
    return Element(tag, tuple(written), tuple([child for child in children if child is not None]))


@functools.lru_cache(maxsize=256)
def _attribute(name: str) -> str:
    written = name.strip("_").replace("_", "-")
    if not NAME.fullmatch(written) or BARRED.fullmatch(written):
        raise ValueError(f"{name!r} is not an attribute of a drawing")
    return written


def number(value: str | float | int) -> str:
    """A value as an attribute has it: numbers with one decimal at most."""
    if isinstance(value, str):
        return value
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def path(*steps: str | float | int) -> str:
    """The steps of a path as one string: ``path("M", 1, 2.25, "H", 9)`` is ``M 1 2.2 H 9``."""
    return " ".join(map(number, steps))


def _escaped(text: str) -> str:
    """Words that mean nothing to a reader of XML, with nothing in them that XML or the eye cannot take."""
    return html.escape(text if text.isprintable() else _shown(words.clean(text)))


def _shown(text: str) -> str:
    """The text without the few characters that are left and that XML does not know."""
    return "".join(c if ord(c) & 0xFFFE != 0xFFFE else "\N{REPLACEMENT CHARACTER}" for c in text)


def link(href: str | None, label: str, *children: Element | str | None, class_: str | None = None) -> Element:
    """Children that lead to a page and say its label; a plain group where there is no address, or one that is not of the web."""
    named = element("title", label)
    if href is None or not ADDRESS.match(href):
        return element("g", named, *children, class_=class_)
    return element("a", named, *children, href=href, aria_label=label, class_=class_)


def words_at(x: float, y: float, text: str, class_: str = "d-text", anchor: str | None = None) -> Element:
    """A line of text; ``anchor`` is start, middle or end."""
    return element("text", text, x=x, y=y, class_=class_, text_anchor=anchor)


@dataclass(frozen=True, slots=True)
class Caption:
    """What a drawing is called, and what it shows, for those who do not see it."""

    title: str
    says: str


def drawing(size: tuple[int, int], caption: Caption, *children: Element | None, kind: str = "wide") -> Element:
    """The whole drawing, as wide as its place; its kind sets how small it may get.

    One without links is an image; one with links is a group, since nothing inside an image can be reached.
    """
    body = element("g", *children)
    linked = next(body.walk("a"), None) is not None
    named = element("title", caption.title), element("desc", caption.says)
    return element(
        "svg", *named, *body.children, viewBox=f"0 0 {size[0]} {size[1]}", role="group" if linked else "img",
        aria_label=caption.title, class_=f"drawing drawing-{kind}", xmlns="http://www.w3.org/2000/svg",
    )  # fmt: skip


def framed(drawn: Element) -> Element:
    """The drawing in a box that scrolls sideways where the screen is narrow; reached by keyboard."""
    return element("div", drawn, class_="drawing-frame", tabindex=0, role="group", aria_label=drawn.get("aria-label"))
