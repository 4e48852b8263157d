"""One report: its words beside its rows, each leading to the other; long reports in parts."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from onrecord.held import Judgement
from onrecord.record import Entity, Event, Note, Reading, Report, Span, Statement, When
from onrecord.store import Store, now
from onrecord.web import stretches

Desk = Callable[[Path], TestClient]
TEXT = (
    "Talks in Vienna\n\n"
    "Bulgaria and Serbia met in Vienna on Monday. Bulgaria did threaten to close the the border.\n"
    "Serbia told reporters that Bulgaria lied.\n\n"
    "Read also: Serbia shells a village\n"
)


def span(words: str, text: str = TEXT) -> Span:
    """The first place of some words."""
    return Span.of(text, text.index(words), text.index(words) + len(words))


def sample() -> Reading:
    """A report with every kind of line and two rows of one meeting."""
    id_ = "a/b.c"
    report = Report(
        TEXT, id=id_, title="Talks in Vienna", published="2024-03-18", url="https://example.org/talks?a=1&b=2", publisher="Wire"
    )
    bulgaria, serbia = Entity(span("Bulgaria"), "Bulgaria", "BGR"), Entity(span("Serbia"), "Serbia", "SRB")
    first = span("Bulgaria and Serbia met in Vienna on Monday.")
    broken = span("Bulgaria did threaten to close the the border.")
    met = When(span("on Monday"), "2024-03-18", "2024-03-18")
    close = span("to close the the border")
    events = (
        Event(id_, "CONSULT", span("Talks"), span("Talks in Vienna"), actors=(bulgaria, serbia), contact="talk"),
        Event(id_, "CONSULT", span("met"), first, actors=(bulgaria, serbia), contact="talk", date=met),
        Event(id_, "THREATEN", span("threaten"), broken, "restrict", "possible", (bulgaria,), content=close, flags=("damaged-text",)),
        Event(id_, "ASSAULT", span("shells"), span("Serbia shells a village"), actors=(serbia,), flags=("related-link",)),
    )
    said = Statement(id_, span("Serbia told reporters that Bulgaria lied."), span("told"), (span("Bulgaria lied"),), speaker=serbia)
    return Reading(report, events, (said,), (Note("odd", "A word stands twice.", span("the the")),))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A record of that report."""
    with Store(tmp_path / "talks.db") as store:
        store.put(sample())
    return tmp_path / "talks.db"


def page(client: TestClient, address: str = "/report/a%2Fb.c") -> html.HtmlElement:
    """A page that is there."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.text)


def test_each_row_leads_to_its_words_and_back(path: Path, desk: Desk) -> None:
    found = page(desk(path))
    for row in sample().rows():
        words = row.trigger.text if isinstance(row, Event) else row.cue.text
        here, there = found.get_element_by_id(f"words-{row.id}"), found.get_element_by_id(f"row-{row.id}")
        assert here.text_content() == words
        assert here.xpath(".//a/@href") == [f"#row-{row.id}"]
        assert there.find_class("back")[0].get("href") == f"#words-{row.id}"


def test_the_text_is_all_there_with_its_numbers(path: Path, desk: Desk) -> None:
    text = page(desk(path)).get_element_by_id("text")
    for number in text.find_class("no"):
        number.drop_tree()
    assert [line.text_content() for line in text.iter("p")] == [line for line in TEXT.split("\n") if line]


def test_damaged_sentences_and_lines_of_other_stories_are_marked(path: Path, desk: Desk) -> None:
    text = page(desk(path)).get_element_by_id("text")
    for number in text.find_class("no"):
        number.drop_tree()
    assert "".join(piece.text_content() for piece in text.find_class("damaged")) == "Bulgaria did threaten to close the the border."
    assert "".join(piece.text_content() for piece in text.find_class("elsewhere")) == "Serbia shells a village"


def test_a_row_shows_its_fields_with_their_words(path: Path, desk: Desk) -> None:
    found = page(desk(path))
    met = found.get_element_by_id(f"row-{sample().events[1].id}")
    said = {item.findtext("dt"): " ".join(item.find("dd").text_content().split()) for item in met.xpath(".//dl/div")}
    assert said["when"] == "18 Mar 2024 on Monday"
    assert said["who acts"] == "Bulgaria BulgariaSerbia Serbia"
    assert said["same contact"] == "row 1"
    assert said["event"] == "CONSULT met"
    threat = found.get_element_by_id(f"row-{sample().events[2].id}")
    assert threat.xpath("string(.//q[contains(@class, 'content')])") == "to close the the border"
    assert "damaged sentence" in threat.text_content()


def test_pointing_at_a_row_can_light_all_its_words(path: Path, desk: Desk) -> None:
    found = page(desk(path))
    row = found.get_element_by_id(f"row-{sample().events[1].id}").get("data-row")
    lit = [piece.text_content() for piece in found.xpath("//*[@data-rows]") if row in piece.get("data-rows").split()]
    assert lit == ["Bulgaria", "Serbia", "met", "on Monday"]


def test_notes_and_address_are_shown(path: Path, desk: Desk) -> None:
    found = page(desk(path))
    (link,) = found.xpath("//p[@class='about']//a")
    assert link.get("href") == "https://example.org/talks?a=1&b=2"
    assert {"noopener", "noreferrer"} <= set(link.get("rel").split())
    assert "A word stands twice." in found.text_content()


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "JaVaScript:alert(1)", "//evil.example", "file:///etc/passwd", "\x01javascript:x"]
)
def test_an_address_that_is_not_of_the_web_is_no_link(tmp_path: Path, desk: Desk, url: str) -> None:
    reading = sample()
    with Store(tmp_path / "odd.db") as store:
        store.put(replace(reading, report=replace(reading.report, url=url)))
    assert page(desk(tmp_path / "odd.db")).xpath("//p[@class='about']//a") == []


def test_the_reports_beside_it_and_the_copies_are_linked(client: TestClient) -> None:
    order = [item["id"] for item in client.get("/reports.json").json()["items"]]
    for at, id_ in enumerate(order):
        found = page(client, f"/report/{id_}")
        for rel, beside in (("prev", at - 1), ("next", at + 1)):
            expected = [f"/report/{order[beside]}"] if 0 <= beside < len(order) else []
            assert found.xpath(f"//nav[@class='neighbours']/a[@rel='{rel}']/@href") == expected
    assert page(client, "/report/crisis-wire").xpath("//a[@href='/report/crisis-wire-copy']")


def test_an_earlier_version_is_kept_in_view(path: Path, desk: Desk) -> None:
    reading = sample()
    with Store(path) as store:
        store.put(Reading(replace(reading.report, text="Nothing of it was true.", title="Correction")))
    found = page(desk(path))
    assert "Nothing of it was true." in found.get_element_by_id("text").text_content()
    assert found.find_class("old-text")[0].text_content() == TEXT
    assert "1 earlier version" in found.text_content()


def test_a_corrected_row_is_shown_as_it_counts_under_its_id(path: Path, desk: Desk) -> None:
    row = sample().events[1].id
    with Store(path) as store:
        store.judge(Judgement(row, "corrected", "Ada", now(), {"type": "COOPERATE", "status": "planned"}, "a drill"))
    found = page(desk(path))
    there = found.get_element_by_id(f"row-{row}")
    assert "cooperates" in there.find_class("chip")[0].text_content()
    assert "Ada" in there.find_class("verdict")[0].text_content()
    assert "a drill" in there.find_class("history")[0].text_content()
    assert "COOPERATE" in found.get_element_by_id(f"words-{row}").xpath("string(.//a/@class)").split()


def test_a_judgement_that_was_taken_back_stays_in_the_history(path: Path, desk: Desk) -> None:
    row = sample().events[1].id
    with Store(path) as store:
        store.judge(Judgement(row, "wrong", "Ada", now()))
        store.undo(row, "Ben")
    there = page(desk(path)).get_element_by_id(f"row-{row}")
    assert "judged-wrong" not in there.get("class")
    assert "taken back by Ben" in there.find_class("history")[0].text_content()


def test_a_row_judged_wrong_is_struck_through(path: Path, desk: Desk) -> None:
    row = sample().events[1].id
    with Store(path) as store:
        store.judge(Judgement(row, "wrong", "Ada", now()))
    found = page(desk(path))
    assert "judged-wrong" in found.get_element_by_id(f"row-{row}").get("class")
    assert "judged-wrong" in found.get_element_by_id(f"words-{row}").xpath("string(.//a/@class)")


@pytest.mark.parametrize("id_", ["../../etc/passwd", "a b?c#d", "Ünïcode", "x.json", "100%", "lone \ud800 half", "<b>", "a//b", "\x00nul"])
def test_any_id_has_an_address(tmp_path: Path, desk: Desk, id_: str) -> None:
    with Store(tmp_path / "ids.db") as store:
        store.put(
            replace(
                sample(),
                report=replace(sample().report, id=id_),
                events=tuple(replace(e, report=id_) for e in sample().events),
                statements=(),
            )
        )
    asking = desk(tmp_path / "ids.db")
    (link,) = {link.partition("#")[0] for link in page(asking, "/events").xpath("//a[contains(@class, 'quote')]/@href")}
    assert "Talks in Vienna" in page(asking, link).xpath("string(//h1)")


def test_what_is_not_there_is_told(client: TestClient) -> None:
    assert client.get("/report/nobody").status_code == 404
    assert client.get("/report/crisis-wire?page=2").status_code == 400
    assert client.get("/report/crisis-wire?row=%3Cscript%3E").status_code == 200
    assert "has no row &lt;script&gt;" in client.get("/report/crisis-wire?row=%3Cscript%3E").text


# ---------------------------------------------------------------- long reports


def _met(text: str, at: int, report: str) -> Event:
    bulgaria = Entity(Span.of(text, at, at + 8), "Bulgaria", "BGR")
    return Event(report, "CONSULT", Span.of(text, at + 20, at + 23), Span.of(text, at, at + 30), actors=(bulgaria,))


def long(path: Path, text: str, sentences: int, id_: str = "long") -> list[str]:
    """A record of one report, an event for each of its first sentences; their ids."""
    line = "Bulgaria and Serbia met again. "
    starts = [at for at in range(0, len(text), len(line)) if text.startswith("Bulgaria", at)][:sentences]
    events = [_met(text, at, id_) for at in starts]
    with Store(path) as store:
        store.put(Reading(Report(text, id=id_), tuple(events)))
    return [event.id for event in events]


@pytest.mark.parametrize("end", ["\n", " "])
def test_a_report_with_many_rows_comes_in_parts_that_hold_all(tmp_path: Path, desk: Desk, end: str) -> None:
    text = ("Bulgaria and Serbia met again." + end) * 900
    ids = long(tmp_path / "long.db", text, 900)
    asking = desk(tmp_path / "long.db")
    found: list[str] = []
    words = ""
    for number in (1, 2, 3):
        part = page(asking, f"/report/long?page={number}")
        rows = [row.get("id").removeprefix("row-") for row in part.xpath("//li[contains(@class, 'row')]")]
        assert len(rows) <= stretches.ROWS
        assert all(part.get_element_by_id(f"words-{row}").text_content() == "met" for row in rows)
        assert sorted(anchor.get("id").removeprefix("row-") for anchor in part.xpath("//*[starts-with(@id, 'row-')]")) == sorted(ids)
        found += rows
        for n in part.find_class("no"):
            n.drop_tree()
        words += part.get_element_by_id("text").text_content()
    assert found == ids
    assert "".join(words.split()) == "".join(text.split())
    assert asking.get("/report/long?page=4").status_code == 400


def test_a_row_of_a_long_report_is_found_by_its_id(tmp_path: Path, desk: Desk) -> None:
    ids = long(tmp_path / "long.db", "Bulgaria and Serbia met again.\n" * 900, 900)
    asking = desk(tmp_path / "long.db")
    assert page(asking, f"/report/long?row={ids[700]}").get_element_by_id(f"words-{ids[700]}") is not None
    holder = page(asking, "/report/long").get_element_by_id(f"row-{ids[700]}")
    assert holder.get("href") == f"/report/long?row={ids[700]}#row-{ids[700]}"


def test_a_very_long_report_is_shown_in_time(tmp_path: Path, desk: Desk) -> None:
    text = "Bulgaria and Serbia met again. " * 170_000
    long(tmp_path / "long.db", text, 2_000)
    asking = desk(tmp_path / "long.db")
    begun = time.process_time()
    answer = asking.get("/report/long")
    assert answer.status_code == 200
    assert time.process_time() - begun < 3  # a second on a machine that does nothing else
    assert len(answer.content) < 2_000_000


def test_stretches_cover_a_text_without_a_gap() -> None:
    for text, starts in (
        ("", []),
        ("one line", [0]),
        ("x" * 500_000, [0, 1, 400_000]),
        ("word " * 100_000, [7] * 900),
        ("line\n" * 90_000, list(range(0, 9_000, 5))),
    ):
        made = stretches.stretches(text, starts)
        assert made[0].first == 0 and made[-1].last == len(text)
        assert all(one.last == other.first for one, other in zip(made, made[1:], strict=False))
        assert all(one.last - one.first <= stretches.LENGTH for one in made)
        assert all(made[stretches.of(made, start)].first <= start < made[stretches.of(made, start)].last for start in starts)
