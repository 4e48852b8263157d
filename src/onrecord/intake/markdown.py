"""Markdown to reports: front matter gives title, date and the like; the markup goes, its words stay."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from onrecord.intake import texts, worker
from onrecord.intake.items import Failure, Limits, Loaded, Options, Piece
from onrecord.record import Note, Report

if TYPE_CHECKING:
    from markdown_it.token import Token

_YAML: Final = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_TOML: Final = re.compile(r"\ufeff?\+\+\+[ \t]*\r?\n(.*?\n)?\+\+\+[ \t]*(?:\r?\n|$)", re.DOTALL)
FRONT_AT_MOST: Final = 20_000
"""Characters of front matter; a longer one is no front matter."""
KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("title", "headline"),
    "date": ("published", "date"),
    "url": ("url", "link", "canonical_url"),
    "publisher": ("publisher", "source"),
    "author": ("author",),
    "language": ("language", "lang"),
    "id": ("id",),
}
_HTML_TAG: Final = re.compile(r"<[^<>]*>")


def load(piece: Piece, data: bytes, decoded: texts.Decoded, options: Options) -> Loaded | Failure:
    """One Markdown text as a report; its title is the front matter's, else its first line.

    Front matter that cannot be read is noted and left out of the text; so is markup that takes too long.
    """
    where = piece.where
    front, body, wrong = _front(decoded[0])
    words, trouble = _words_of(body, options.limits)
    if not words.strip():
        return Failure(where, "holds no text beside its markup")
    stored, repairs = texts.repair(words)
    given = {name: next((_word(front[key]) for key in keys if _word(front.get(key))), None) for name, keys in KEYS.items()}
    day, dated = texts.dated(given["date"], piece.day or options.published)
    report = Report(
        stored,
        id=given["id"] or "",
        title=given["title"] or _first_line(stored),
        published=day,
        url=given["url"] or piece.url,
        **{name: given[name] for name in ("publisher", "author", "language")},
    )
    return Loaded(where, report, (*decoded[1], *wrong, *trouble, *repairs, *dated), hashlib.sha256(data).hexdigest())


def _words_of(body: str, limits: Limits) -> tuple[str, tuple[Note, ...]]:
    """The text without its markup; with it, and a note, when that cannot be taken out."""
    try:
        found = worker.pool(limits.worker_bytes).ask("markdown", body, None, limits.page_seconds)
    except worker.OverrunError as overrun:
        found = {"failed": overrun.reason}
    if "failed" in found:
        return body, (Note("markup-left", f"the markup was left in the text: to take it out, it {found['failed']}"),)
    return found["text"], ()


def _first_line(stored: str) -> str | None:
    lines = stored.strip().split("\n", 1)
    return lines[0].strip() if len(lines) > 1 else None


def _word(value: object) -> str | None:
    """A field of front matter as words; lists and tables are none."""
    if value is None or isinstance(value, bool | list | dict):
        return None
    return texts.repair(str(value))[0].strip() or None


def _front(text: str) -> tuple[Mapping[str, Any], str, tuple[Note, ...]]:
    """What stands in the front matter (YAML between ``---``, TOML between ``+++``), the text after it, and what is wrong."""
    found = _YAML.match(text, 0, FRONT_AT_MOST) or _TOML.match(text, 0, FRONT_AT_MOST)
    if found is None:
        return {}, text, ()
    values = (_toml if text.lstrip("\ufeff").startswith("+++") else _yaml)(found[1] or "")
    if isinstance(values, dict):
        return {str(key).lower(): value for key, value in values.items()}, text[found.end() :], ()
    if values is None:  # "---" is also a rule between two paragraphs
        return {}, text, ()
    return {}, text[found.end() :], (Note("bad-front-matter", f"the front matter cannot be read and was left out: {values}"),)


def _yaml(source: str) -> dict[str, Any] | str | None:
    """The fields, or what is wrong, or None when it is prose between two rules."""
    import yaml

    try:
        values = yaml.safe_load(source)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return " ".join(str(error).split())[:120] if re.match(r"\s*[\w-]+\s*:", source) else None
    return values if isinstance(values, dict) else None


def _toml(source: str) -> dict[str, Any] | str | None:
    import tomllib

    try:
        return tomllib.loads(source)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return str(error)[:120]


def plain(body: str, url: str | None) -> dict[str, Any]:
    """The words of a Markdown text: one paragraph, heading or point of a list a line; runs in a worker."""
    from markdown_it import MarkdownIt

    # deeper nesting than Python can follow is an error, which keeps the text; a limit here would drop it
    parser = MarkdownIt("commonmark", {"maxNesting": 10_000}).enable("table")
    lines = [line for token in parser.parse(body) for line in _lines(token)]
    return {"text": "\n".join(line for line in lines if line.strip())}


def _lines(token: Token) -> list[str]:
    if token.type == "inline":
        return ["".join(_words(child) for child in token.children or ())]
    if token.type in ("fence", "code_block"):
        return [token.content.rstrip("\n")]
    return [_HTML_TAG.sub(" ", token.content).strip()] if token.type == "html_block" else []


def _words(token: Token) -> str:
    """A piece of a line: its words, a space for a line break, nothing for an image or a tag."""
    if token.type in ("text", "code_inline", "text_special"):
        return token.content
    return " " if token.type in ("softbreak", "hardbreak") else ""
