"""The evidence page: rows and words lead to one another, nothing escapes its quotes, nothing is fetched."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.export import FORMATS
from onrecord.export import html as html_module
from onrecord.export.html import fragment, page, paragraphs
from onrecord.record import Entity, Event, Reading, Report, Span

VOID = {"meta", "input", "br", "link"}


class Seen(HTMLParser):
    """What a browser would see: ids, links, tags left open, the text of the report."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src"):
                self.links.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_each_row_and_its_words_lead_to_one_another(reading: Reading) -> None:
    seen = Seen(page(reading))
    for row in reading.rows():
        assert {f"r-{row.id}", f"w-{row.id}"} <= set(seen.ids)
        assert {f"#r-{row.id}", f"#w-{row.id}"} <= set(seen.links)


def test_ids_are_unique_and_every_tag_is_closed(reading: Reading) -> None:
    seen = Seen(page(reading))
    assert len(seen.ids) == len(set(seen.ids)) and not seen.open


def test_nothing_is_fetched(reading: Reading) -> None:
    html = page(replace(reading, report=replace(reading.report, url="https://news.example/1")))
    seen = Seen(html)
    assert all(link.startswith("#") for link in seen.links)
    assert not seen.tags & {"link", "img", "iframe", "object"} and "url(" not in html and "@import" not in html


def test_hostile_words_are_escaped() -> None:
    evil = "<script>alert(1)</script>\"'&"
    text = f"{evil} met {evil}."
    at = text.index("met")
    event = Event(
        evil, "CONSULT", Span.of(text, at, at + 3), Span.of(text, 0, len(text)), actors=(Entity(Span.of(text, 0, len(evil)), evil),)
    )
    html = page(Reading(Report(text, id=evil, title=evil, publisher=evil, url=evil), (event,)))
    assert "<script>alert" not in html and not Seen(html).open


def test_rows_on_the_same_words_keep_their_own_links(reading: Reading) -> None:
    event = reading.events[0]
    wider = replace(event, type="AID", trigger=Span.of(reading.report.text, 34, 56))
    same = replace(event, type="ACCUSE")
    seen = Seen(page(replace(reading, events=(*reading.events, wider, same))))
    assert {f"w-{e.id}" for e in (event, wider, same)} <= set(seen.ids)
    assert {f"#r-{e.id}" for e in (event, wider, same)} <= set(seen.links)


def test_damaged_and_linked_sentences_are_marked(reading: Reading) -> None:
    linked = replace(reading.events[0], flags=("related-link",))
    html = page(replace(reading, events=(linked, reading.events[1])))
    assert re.search(r'class="hit [^"]* elsewhere"', html) and re.search(r'class="hit [^"]* damaged"', html)


def test_lone_surrogates_and_controls_are_replaced() -> None:
    html = page(Reading(Report("A\ud800 met\x00 B\x0b.")))
    assert html.encode("utf-8") and "\x00" not in html


def test_a_fragment_brings_its_style_and_no_script(reading: Reading) -> None:
    html = fragment(reading)
    seen = Seen(html)
    assert "style" in seen.tags and "script" not in seen.tags and "html" not in seen.tags and not seen.open


def test_the_fragment_styles_nothing_outside_itself(reading: Reading) -> None:
    css = re.search(r"<style>(.*?)</style>", fragment(reading), re.DOTALL)
    assert css is not None
    selectors = re.findall(r"(?:^|[{}])\s*([^{}@]+)\{", css[1])
    assert all(".onrecord" in part for selector in selectors for part in re.split(r",(?![^(]*\))", selector))


def test_the_writer_streams_all_readings(reading: Reading) -> None:
    other = Reading(Report("Nothing happened.", id="other"))
    out = io.StringIO()
    FORMATS["html"](iter([reading, other]), out)
    assert out.getvalue().count("<article") == 2


def test_a_page_without_reports_says_so() -> None:
    assert "No report was read" in page()


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=8)


@given(st.text(min_size=1, max_size=50), SPANS)
def test_segments_put_together_are_the_lines_of_the_text(text: str, places: list[tuple[int, int]]) -> None:
    spans = [Span.of(text, min(at, len(text)), min(at + size, len(text))) for at, size in places]
    rows = [Event("r", "AID", span, Span.of(text, 0, len(text))) for span in spans]
    shown = ["".join(piece.text for piece in line) for line in paragraphs(text, rows)]
    lines = re.split(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+", text)
    assert shown == [line for line in lines if line.strip()]


def test_the_text_of_the_report_is_on_the_page_word_for_word(reading: Reading) -> None:
    section = re.search(r'<section class="text".*?</section>', page(reading), re.DOTALL)
    assert section is not None
    plain = unescape(re.sub(r"<[^>]+>", "", re.sub(r'<a class="no.*?</a>', "", section[0])))
    assert [line for line in plain.splitlines() if line.strip()] == [line for line in reading.report.text.splitlines() if line.strip()]


def luminance(colour: str) -> float:
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_words_stand_out_from_their_ground(scheme: int) -> None:
    css = (Path(html_module.__file__).parent / "templates" / "style.css").read_text(encoding="utf-8")
    found = re.findall(r"--([\w-]+): (#[0-9a-f]{6})", css)
    names = [name for name, _ in found]
    colours = dict(found[: names.index("paper", 1)] if scheme == 0 else found[names.index("paper", 1) :])
    pairs = [("ink", "paper"), ("soft", "paper"), ("soft", "card"), ("ink", "card")]
    for family in ("vcoop", "mcoop", "vconf", "mconf", "state"):
        pairs += [(f"{family}-ink", family), (f"{family}-edge", "paper")]
    poor = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in pairs}
    assert not {pair: ratio for pair, ratio in poor.items() if ratio < 4.5}
