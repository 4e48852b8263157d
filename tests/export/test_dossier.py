"""Dossiers: every event stands in a part, with its words and its report; texts are never markup."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt
from strange import TEXTS, readings

from onrecord.export import FORMATS, dossier, words
from onrecord.export import html as html_module
from onrecord.export.dossier_md import plain
from onrecord.knowledge import table
from onrecord.record import Entity, Event, Reading, Report, Span

VOID = {"meta", "br"}
BOTH = pytest.mark.parametrize("name", ["dossier-md", "dossier-html"])


def written(name: str, *held: Reading) -> str:
    out = io.StringIO()
    FORMATS[name](iter(held), out)
    return out.getvalue()


class Page(HTMLParser):
    """What a browser would see: tags, ids, links, text; every tag closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags, self.open, self.ids, self.links, self.texts = set[str](), list[str](), list[str](), list[str](), list[str]()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.open += [tag] * (tag not in VOID)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def reported(text: str, trigger: str, **more: object) -> Reading:
    """A reading of one sentence with one event by Peru toward Chile."""
    at = text.index(trigger)
    parties = {
        side: (Entity(Span.of(text, 0, 4), name, code),) for side, name, code in (("actors", "Peru", "PER"), ("recipients", "Chile", "CHL"))
    }
    report = Report(text, id=str(more.pop("id", "r")), published="2024-03-14", publisher="A paper")
    event = Event(
        report.id, str(more.pop("type", "ACCUSE")), Span.of(text, at, at + len(trigger)), Span.of(text, 0, len(text)), **(parties | more)
    )  # type: ignore[arg-type]
    return Reading(report, (event,))


def lines(key: str, *held: Reading) -> tuple[dossier.Line, ...]:
    return next(section.lines for section in dossier.of(held).sections if section.key == key)


def test_the_overview_counts_reports_rows_and_periods(reading: Reading) -> None:
    whole = dossier.of([reading, replace(reading, report=replace(reading.report, id="b", published="2024-03-20"))])
    assert (len(whole.papers), whole.events, whole.statements, whole.publishers) == (2, 4, 4, ("By hand",))
    assert (whole.published, whole.happened) == (("2024-03-14", "2024-03-20"), ("2024-03-11", "2024-03-11"))
    assert whole.parties == (("Portugal", 2), ("Spain", 2)) and whole.title == "Portugal and Spain"


def test_every_part_has_its_words() -> None:
    assert list(table("labels")["dossier"]) == list(dossier.PARTS)


@pytest.mark.parametrize("status", ["actual", "planned", "possible", "negated"])
@pytest.mark.parametrize("type", ["CONSULT", "REQUEST", "THREATEN", "ASSAULT"])
def test_every_event_stands_in_a_part(type: str, status: str) -> None:
    whole = dossier.of([reported("Peru did this to Chile.", "did", type=type, status=status)])
    assert any(section.lines for section in whole.sections)


def test_copies_are_one_line_with_one_quotation_of_two_reports() -> None:
    one, copy = (reported("Peru accused Chile.", "accused", id=id) for id in "ab")
    (line,) = lines("undated", one, copy)
    ((first, second),) = line.quotes
    assert (first.paper.number, second.paper.number) == (1, 2)


def test_other_words_without_a_day_are_another_line() -> None:
    assert len(lines("undated", reported("Peru accused Chile.", "accused"), reported("Peru again accused Chile.", "accused", id="b"))) == 2


def test_a_call_told_by_both_sides_is_one_line(reading: Reading) -> None:
    date = replace(reading.events[0].date, span=Span("Peru", 0, 4))
    one = reported("Peru called Chile.", "called", type="CONSULT", mode="phone", contact="1", date=date)
    other = reported("Peru and Chile had a call.", "call", type="CONSULT", mode="phone", contact="2", date=date, id="b")
    assert [len(line.items) for line in lines("contacts", one, other)] == [2]


def test_a_demand_shows_its_answer(reading: Reading) -> None:
    demand, refusal = replace(reading.events[1], type="REQUEST", status="actual"), reading.events[0]
    held = replace(reading, events=(demand, replace(refusal, answers=demand.id)))
    (line,) = lines("demands", held)
    assert [answer.event.type for answer in line.answers] == ["REJECT"]
    assert "answer: Portugal" in written("dossier-md", held)


@BOTH
def test_each_line_has_its_words_and_its_report(name: str, reading: Reading) -> None:
    text = written(name, reading)
    marked = r"Portugal \*\*rejected\*\* Spain’s" if name == "dossier-md" else r"Portugal <mark>rejected</mark> Spain’s"
    assert re.search(marked, text) and "[1" in text and "Lisbon turns down offer" in text


@BOTH
def test_a_dossier_of_nothing_says_so(name: str) -> None:
    assert "none" in written(name).lower()


@BOTH
def test_the_same_readings_give_the_same_text(name: str, reading: Reading) -> None:
    assert written(name, reading, reading) == written(name, reading, reading)


def test_the_page_is_whole_and_fetches_nothing(reading: Reading) -> None:
    html = written("dossier-html", replace(reading, report=replace(reading.report, url="https://news.example/1")))
    page = Page(html)
    assert not page.open and len(page.ids) == len(set(page.ids)) and {link[1:] for link in page.links} <= set(page.ids)
    assert not page.tags & {"script", "link", "img", "iframe"} and "url(" not in html and "default-src 'none'" in html
    assert "@media print" in html and "prefers-color-scheme: dark" in html


@given(readings())
@settings(max_examples=30)
def test_hostile_words_stay_words_on_the_page(held: Reading) -> None:
    html = written("dossier-html", held)
    page = Page(html)
    quoted = words.clean(held.events[0].trigger.text)
    assert not page.open and html.encode("utf-8") and quoted in "".join(page.texts)
    assert "<b>" not in html.replace('<b class="when">', "")


@given(TEXTS)
def test_markdown_shows_a_text_as_it_is(text: str) -> None:
    shown = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(f"- {plain(text)}")
    inline = [token for token in shown if token.type == "inline"]
    assert [token.type for token in shown if token.nesting == 1][:2] == ["bullet_list_open", "list_item_open"]
    said = "".join(child.content for token in inline for child in token.children or ())
    assert said == words.clean(text).strip()
    assert {child.type for token in inline for child in token.children or ()} <= {"text", "text_special"}


@pytest.mark.parametrize(
    "text", ["# head", "- item", "1. one", "2) two", "*b*", "[a](b)", "<b>", "&amp;", "`c`", "a | b", "~~x~~", "+ x", "---", "$x$"]
)
def test_markdown_signs_are_escaped(text: str) -> None:
    rendered = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(plain(text))
    assert rendered == f"<p>{text.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}</p>\n"


def luminance(colour: str) -> float:
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    "ink, ground", [("ink", "paper"), ("soft", "paper"), ("ink", "mark"), *((f, "paper") for f in ("vcoop", "mcoop", "vconf", "mconf"))]
)
def test_words_stand_out_from_their_ground(scheme: int, ink: str, ground: str) -> None:
    css = (Path(html_module.__file__).parent / "templates" / "dossier.css").read_text(encoding="utf-8")
    colours = [found for found in re.findall(r"--(\w+): (#[0-9a-f]{6})", css) if found[0] in (ink, ground)]
    found = dict(colours[2 * scheme : 2 * scheme + 2])
    dark, light = sorted((luminance(found[ink]), luminance(found[ground])))
    assert (light + 0.05) / (dark + 0.05) >= 4.5
