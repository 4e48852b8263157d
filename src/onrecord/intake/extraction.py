"""What a worker process does: one job after the other from standard input, each answered on standard output.

This module runs in a process of its own, which its parent may kill at any moment (see ``worker``).
It holds the extractors, and loads one only when the first job needs it.  A job is a text (a page, a
feed, a sitemap) and the name of what to do with it; its answer is plain data.

Frames: a job is two lengths (4 bytes each, big-endian), a JSON header and the text in UTF-8; an
answer is one length and JSON.  Each job is first answered by ``{"begun": true}``, once all
libraries are loaded, so that no page pays for that.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, Final

Job = Callable[[str, str | None], dict[str, Any]]

TROUBLE: Final = (
    ArithmeticError, AssertionError, AttributeError, ImportError, LookupError, MemoryError,
    OSError, RuntimeError, SyntaxError, TypeError, ValueError,
)  # fmt: skip
"""What parsers raise on hostile pages (lxml's own errors are SyntaxErrors and ValueErrors)."""
DATE_SEARCH: Final[dict[str, Any]] = {"original_date": True, "extensive_search": False}
DATE_LINE: Final = 70
"""Characters of the longest line that is taken for one that tells when a page was published."""
HEAD_WITHIN: Final = 300_000
"""Characters of a page in which its head is looked for."""
LINKS_SHARE: Final = 0.7
"""A text of which a larger share stands in links is a list of links, not an article."""
NEARLY_ALL: Final = 0.8
"""A job that fails with so much of the memory in use has failed for want of more."""
WORDS_OF_PROSE: Final = 8
LETTERS_OF_PROSE: Final = 60
"""A line with so many words, or letters where words are not spaced, may be prose."""


LOOKED_AT: Final = 100_000
"""Characters of a text in which links are counted."""
_LINK: Final = re.compile(r"<(/?)a\b[^<>]*>", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^<>]*>")


class NoTextError(ValueError):
    """A page without an article."""


# ---------------------------------------------------------------- the process


def serve(worker_bytes: int) -> None:
    """Answer jobs until standard input ends, which it does when the parent dies, however it dies."""
    jobs, answers = _own_streams()
    _limit_memory(worker_bytes)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    while (job := _next_job(jobs)) is not None:
        header, text = job
        answer = _answered(header, text, answers)
        signal.setitimer(signal.ITIMER_REAL, 0)
        peak = _peak()
        if "failed" in answer and peak > NEARLY_ALL * worker_bytes:  # libraries call an allocation that failed all sorts of names
            answer["memory"] = True
        answer["last"] = bool(answer.get("memory")) or peak > worker_bytes / 2
        _send(answers, answer)
        if answer["last"]:
            return  # a heap that has once been full is not trusted with another page


def _own_streams() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the parent, moved away from where a library's print could write into them."""
    jobs, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    return jobs, answers


def _limit_memory(worker_bytes: int) -> None:
    """Memory beyond which an allocation fails, here and not in the whole machine.

    RLIMIT_DATA counts what a process really asks for (heap and private maps; Linux, since 4.7);
    RLIMIT_AS counts also the code of shared libraries and address space only reserved (thread stacks,
    allocators' arenas), which varies with the machine: it is set to twice that, as a second fence.
    RLIMIT_RSS is not enforced by Linux.  Where there are no such limits the parent's clock remains.
    """
    with contextlib.suppress(ImportError, OSError, ValueError, AttributeError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (2 * worker_bytes, 2 * worker_bytes))
        resource.setrlimit(resource.RLIMIT_DATA, (worker_bytes, worker_bytes))


def _peak() -> int:
    """The most memory in bytes that this program has had; 0 where that is not known.

    Not ``ru_maxrss`` where /proc tells better: Linux lets a program inherit it from the one that started it.
    """
    with contextlib.suppress(OSError, ValueError, IndexError):
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return int(status.split("VmHWM:")[1].split()[0]) * 1024
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _next_job(jobs: BinaryIO) -> tuple[dict[str, Any], str] | None:
    lengths = jobs.read(8)
    if len(lengths) < 8:
        return None
    header, text = struct.unpack(">II", lengths)
    return json.loads(jobs.read(header)), jobs.read(text).decode("utf-8", "replace")


def _send(answers: BinaryIO, answer: dict[str, Any]) -> None:
    data = json.dumps(answer).encode("ascii")
    answers.write(struct.pack(">I", len(data)) + data)
    answers.flush()


def _answered(header: dict[str, Any], text: str, answers: BinaryIO) -> dict[str, Any]:
    """A job's answer, its failures included; the clock runs from when the libraries are there.

    The timer's signal is left to its default, death: a worker whose parent is gone ends soon after.
    """
    try:
        work = JOBS[header["job"]]()
    except ImportError as error:
        return {"failed": f"cannot be extracted: a library is missing ({error})"}
    _send(answers, {"begun": True})
    signal.setitimer(signal.ITIMER_REAL, header["seconds"] + 1)
    try:
        return work(text, header.get("url"))
    except NoTextError as error:
        return {"failed": str(error)}
    except MemoryError:
        return {"failed": "needed too much memory", "memory": True}
    except TROUBLE as error:
        return {"failed": f"is more than the extractor can read ({type(error).__name__})"}


# ---------------------------------------------------------------- pages


def _article_job() -> Job:
    import resiliparse.extract.html2text  # noqa: F401
    import resiliparse.parse.html  # noqa: F401
    import trafilatura  # noqa: F401

    return article


def _main_job() -> Job:
    import resiliparse.extract.html2text  # noqa: F401
    import resiliparse.parse.html  # noqa: F401

    return main_text


def _plain_job() -> Job:
    _main_job()
    return plain_text


def article(html: str, url: str | None) -> dict[str, Any]:
    """The article of a page by trafilatura, or, where that finds none, by resiliparse; NoTextError when neither does."""
    found = {key: value for key, value in _trafilatura(html, url).items() if value}
    if not _is_prose(found.get("text")):
        found.pop("text", None)
        return _with(main_text(html, url), found)
    return _without_links(html, _with(_meta(html), found))


def _with(meta: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """Both findings, trafilatura's first, but the canonical address as it is written: it leaves out a relative one."""
    return {**meta, **found, "url": meta.get("url") or found.get("url")}


def _trafilatura(html: str, url: str | None) -> dict[str, Any]:
    """The fields that trafilatura finds, the text among them when there is one; the date is looked for apart."""
    import trafilatura

    found = trafilatura.bare_extraction(html, url=url, include_comments=False, with_metadata=True, date_extraction_params=DATE_SEARCH)
    if found is None:
        return {}
    names = {"text": "text", "title": "title", "author": "author", "publisher": "sitename", "url": "url"}
    return {**{key: getattr(found, name, None) for key, name in names.items()}, "date": _published(html, url)}


def _published(html: str, url: str | None) -> str | None:
    """The day of publication that a page's head, its address or a date line gives; no day that its prose or another story tells.

    htmldate looks for days in all of a page, so it is given one without prose and without lists of other stories.
    """
    import htmldate
    import trafilatura

    tree = trafilatura.load_html(html)
    if tree is None:
        return None
    for part in [*tree.iter("aside", "footer", "nav", "ul", "ol", "article", "p")]:
        if _tells_no_date_line(part) and part.getparent() is not None:
            part.drop_tree()
    for part in tree.iter():
        if isinstance(part.tag, str) and part.tag not in ("script", "meta"):
            part.text, part.tail = _short(part.text), _short(part.tail)
    found: str | None = htmldate.find_date(tree, url=url, **DATE_SEARCH)
    return found


def _tells_no_date_line(part: Any) -> bool:
    """True for a paragraph of prose, a list, and the card of another story, which is an article without a headline of the first rank."""
    if part.tag == "p":
        return len(part.text_content()) > DATE_LINE
    return part.tag != "article" or part.find(".//h1") is None


def _short(text: str | None) -> str | None:
    return text if text is None or len(text) <= DATE_LINE else None


def main_text(html: str, url: str | None) -> dict[str, Any]:
    """A page's main text by resiliparse, linear in the page's size unless elements nest very deeply."""
    found = {**_meta(html), "text": _plain(html, main_content=True)}
    if not _is_prose(found["text"]):
        raise NoTextError("no article text found")
    return _without_links(html, found)


def plain_text(html: str, url: str | None) -> dict[str, Any]:
    """All of a page's text, menus included: what is left when the extractors take too long."""
    found = {**_meta(html), "text": _plain(html, main_content=False)}
    if not _is_prose(found["text"]):
        raise NoTextError("no article text found")
    return _without_links(html, found)


def _plain(html: str, main_content: bool) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    text = extract_plain_text(html, main_content=main_content, list_bullets=False, alt_texts=False, comments=False)
    return "\n".join(line for line in (line.strip() for line in text.split("\n")) if line)


def _is_prose(text: str | None) -> bool:
    """True when a line of the text is long enough for a sentence."""
    return any(len(line.split()) >= WORDS_OF_PROSE or len(line) >= LETTERS_OF_PROSE for line in (text or "").split("\n"))


def _without_links(html: str, found: dict[str, Any]) -> dict[str, Any]:
    """The finding, unless its text is mostly links."""
    if _links_share(html, found["text"]) > LINKS_SHARE:
        raise NoTextError("no article text found: the page is a list of links")
    return found


def _links_share(html: str, text: str) -> float:
    """The share of the runs of three words in a text's beginning that also stand in the page's links."""
    runs = _threes(text[:LOOKED_AT])
    linked = runs and _threes(_link_words(html))
    return len(runs & linked) / len(runs) if linked else 0.0


def _link_words(html: str) -> str:
    """The words of the links in a page's beginning; the cut is at tags, not by a parser: linear, and good enough to count."""
    pieces = _LINK.split(html[: 5 * LOOKED_AT])
    return _TAG.sub("", " ".join(piece for tag, piece in zip(pieces[1::2], pieces[2::2], strict=False) if tag != "/"))


def _threes(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return set(zip(words, words[1:], words[2:], strict=False)) if len(words) > 2 else set()


_META: Final = {
    "date": ('meta[property="article:published_time"]', 'meta[itemprop="datePublished"]', 'meta[name="date"]'),
    "publisher": ('meta[property="og:site_name"]',),
    "author": ('meta[name="author"]',),
    "title": ('meta[property="og:title"]',),
}


def _meta(html: str) -> dict[str, Any]:
    """What the head of a page says of it: title, language, canonical URL, date, site, author."""
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse(html[:HEAD_WITHIN])
    head = tree.head
    if tree.document is None or head is None:
        return {}
    canonical = head.query_selector('link[rel="canonical"]')
    found: dict[str, Any] = {"title": (tree.title or "").strip() or None}
    root = tree.document.query_selector("html")
    found["language"] = root.getattr("lang") if root is not None else None
    found["url"] = canonical.getattr("href") if canonical is not None else None
    for key, selectors in _META.items():
        tags = (head.query_selector(selector) for selector in selectors)
        values = ((tag.getattr("content") or "").strip() for tag in tags if tag is not None)
        found[key] = next((value for value in values if value), found.get(key))
    return {key: value for key, value in found.items() if value}


# ---------------------------------------------------------------- feeds, sitemaps, Markdown


def _feed_job() -> Job:
    import fastfeedparser  # type: ignore[import-untyped]  # noqa: F401
    import feedparser  # type: ignore[import-untyped]  # noqa: F401
    import resiliparse.extract.html2text  # noqa: F401

    from onrecord.intake import feeds

    return feeds.entries


def _sitemap_job() -> Job:
    import lxml.etree  # type: ignore[import-untyped]  # noqa: F401

    from onrecord.intake import sitemaps

    return sitemaps.locations


def _markdown_job() -> Job:
    import markdown_it  # noqa: F401

    from onrecord.intake import markdown

    return markdown.plain


def fragment(html: str) -> str:
    """The text of a piece of HTML, one paragraph a line."""
    return _plain(html, main_content=False)


JOBS: Final[dict[str, Callable[[], Job]]] = {
    "article": _article_job,
    "main": _main_job,
    "plain": _plain_job,
    "feed": _feed_job,
    "sitemap": _sitemap_job,
    "markdown": _markdown_job,
}


if __name__ == "__main__":
    serve(int(sys.argv[1]))
