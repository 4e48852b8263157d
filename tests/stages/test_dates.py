"""The field ``date``: time expressions found, the days they mean, and the date chosen for an event."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import intervals
from onrecord.page import Block, Sentence, Timex, Token
from onrecord.record import Report
from onrecord.stages import dates
from onrecord.stages.grammar import parse

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "dates.yaml").read_text(encoding="utf-8"))
FINDING = [case for case in CASES if "find" in case]
CHOOSING = [(case, want) for case in CASES for want in case.get("choose", ())]


@pytest.fixture(scope="module")
def parsed() -> dict[str, list[Sentence]]:
    """Every case's text, parsed in one batch."""
    reports = [Report(case["text"]) for case in CASES]
    blocks = [(report, Block("paragraph", 0, len(report.text))) for report in reports]
    return {report.text: sentences for report, _, sentences in parse(blocks)}


def iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def read(sentences: list[Sentence], published: date | None) -> list[Timex]:
    found: list[Timex] = []
    for sentence in sentences:
        found += dates.find(sentence, published, found)
    return found


def as_case(timex: Timex, want: dict[str, Any]) -> dict[str, Any]:
    """The expression with the fields that its case names."""
    when = timex.when
    got = {"words": when.span.text, "earliest": when.earliest, "latest": when.latest, "type": timex.type}
    got.update({"time": when.time, "timezone": when.timezone, "duration": when.duration})
    return {field: got[field] for field in want}


@pytest.mark.parametrize("case", FINDING, ids=lambda case: case["text"])
def test_expressions_mean_their_days(case: dict[str, Any], parsed: dict[str, list[Sentence]]) -> None:
    found = read(parsed[case["text"]], case["published"])
    want = [{**w, "earliest": iso(w["earliest"]), "latest": iso(w["latest"])} for w in case["find"]]
    assert [as_case(t, w) for t, w in zip(found, want, strict=False)] == want
    assert [t.when.span.text for t in found] == [w["words"] for w in want]


@pytest.mark.parametrize(("case", "want"), CHOOSING, ids=lambda part: part.get("text") or part["event"])
def test_an_event_has_the_date_that_its_sentence_gives_it(
    case: dict[str, Any], want: dict[str, Any], parsed: dict[str, list[Sentence]]
) -> None:
    sentence = parsed[case["text"]][0]
    heads = {w["event"]: next(t.i for t in sentence.tokens if t.text == w["event"]) for w in case["choose"]}
    head = heads[want["event"]]
    found = dates.find(sentence, case["published"])
    when = dates.choose(sentence, head, found, set(heads.values()) - {head}, published=case["published"])
    assert (when.earliest if when else None, when.latest if when else None) == (iso(want["earliest"]), iso(want["latest"]))
    assert (when.duration if when else None) == want.get("duration")


def test_there_are_enough_cases() -> None:
    assert sum(len(case["find"]) or 1 for case in FINDING) >= 120


def test_the_last_date_of_earlier_sentences_is_counted_from(parsed: dict[str, list[Sentence]]) -> None:
    before = parse_one("The raid came on June 3.")
    after = parse_one("Two days later the army left.")
    context = dates.find(before, date(2022, 6, 15))
    assert dates.find(after, date(2022, 6, 15), context)[0].when.earliest == "2022-06-05"


def test_a_time_of_day_falls_on_the_last_day_spoken_of() -> None:
    context = dates.find(parse_one("The two spoke on June 3."), date(2022, 6, 15))
    when = dates.find(parse_one("The call began at 3:35 p.m. EST."), date(2022, 6, 15), context)[0].when
    assert (when.earliest, when.latest, when.time, when.timezone) == ("2022-06-03", "2022-06-03", "15:35", "EST")


def test_the_day_of_saying_dates_a_spoken_event() -> None:
    sentence = parse_one("The envoy said on Tuesday that Iran would retaliate.")
    head = next(t.i for t in sentence.tokens if t.text == "retaliate")
    found = dates.find(sentence, date(2022, 6, 15))
    assert dates.choose(sentence, head, found) is None
    spoken = dates.choose(sentence, head, found, spoken=True)
    assert spoken is not None and spoken.earliest == "2022-06-14"


def parse_one(text: str) -> Sentence:
    report = Report(text)
    return next(sentences[0] for _, _, sentences in parse([(report, Block("paragraph", 0, len(text)))]))


# ---------------------------------------------------------------- properties

WORDS = (
    "the", "a", "this", "last", "past", "next", "that", "recent", "ago", "earlier", "later", "of", "in", "on", "every", "to",
    "and", "few", "several", "fiscal", ",", "since", "until", "by", "from", "between", "for", "early", "mid", "late", "end",
    "May", "march", "March", "December", "Feb.", "Friday", "Mondays", "Sun.", "two", "ninety", "nineteen", "hundred", "first",
    "second", "30th", "day", "days", "week", "weeks", "weekend", "months", "year", "decades", "quarter", "half", "century",
    "hours", "minutes", "night", "morning", "summer", "fall", "Christmas", "New", "Year", "'s", "Eve", "9/11", "yesterday",
    "tonight", "overnight", "tomorrow", "midnight", "noon", "p.m.", "a.m.", "GMT", "time", "Moscow", "local", "3:35", "25:00",
    "2021", "1990s", "80s", "0800", "2021-12-30", "13/13/2021", "2/30/2021", "5-7", "2009-11", "five-day", "mid-January",
    "year-end", "third-quarter", "year-ago", "decades-long", "0", "31", "32", "29", "99999999999", "1.5", "now", "annual",
    "will", "said", "İstanbul", "ſ", "😀", "ǆ", "٣", "²", "-", "–",
)  # fmt: skip
TAGS = ("NN", "NNS", "VBD", "VB", "VBZ", "VBN", "VBG", "IN", "CD", "NNP", "TO")
PARTS = ("NOUN", "VERB", "AUX", "ADP", "NUM", "PROPN", "ADJ", "DET", "PUNCT", "X")
DEPS = ("nsubj", "dobj", "pobj", "prep", "conj", "npadvmod", "compound", "nummod", "advcl", "xcomp", "ccomp", "acl", "relcl", "aux", "ROOT")


@st.composite
def made_sentences(draw: st.DrawFn) -> Sentence:
    """A sentence of time words and odd characters, with any parse at all."""
    words = draw(st.lists(st.one_of(st.sampled_from(WORDS), st.text("ab😀é1", min_size=1, max_size=3)), min_size=1, max_size=14))
    offset, tokens, at = draw(st.integers(0, 50)), [], 0
    for i, word in enumerate(words):
        head, dep = draw(st.integers(0, len(words) - 1)), draw(st.sampled_from(DEPS))
        tag, pos = draw(st.sampled_from(TAGS)), draw(st.sampled_from(PARTS))
        tokens.append(Token(i, offset + at, offset + at + len(word), word, word.lower(), word.lower(), pos, tag, dep, head))
        at += len(word) + 1
    text = " ".join(words)
    return Sentence(tuple(tokens), offset, offset + len(text), Block("paragraph", 0, offset + len(text)), 0, text)


DAYS = st.one_of(st.none(), st.dates(date(1, 1, 1), date(9999, 12, 31)), st.sampled_from([date.min, date.max, date(2021, 12, 31)]))


@settings(max_examples=400, deadline=None)
@given(made_sentences(), DAYS)
def test_spans_are_exact_and_intervals_in_order_on_any_sentence_and_day(sentence: Sentence, published: date | None) -> None:
    last = -1
    for timex in dates.find(sentence, published):
        when = timex.when
        assert last < timex.first <= timex.last < len(sentence)
        last = timex.last
        assert when.span == sentence.cut(timex.first, timex.last)
        assert sentence.text[when.span.start - sentence.start : when.span.end - sentence.start] == when.span.text
        assert not when.earliest or not when.latest or when.earliest <= when.latest


@settings(max_examples=200, deadline=None)
@given(made_sentences(), DAYS, st.integers(0, 13), st.booleans())
def test_choosing_gives_one_of_the_expressions_whatever_the_parse(
    sentence: Sentence, published: date | None, place: int, spoken: bool
) -> None:
    found = dates.find(sentence, published)
    head = place % len(sentence)
    when = dates.choose(sentence, head, found, {0, len(sentence) - 1}, spoken=spoken, published=published)
    assert when is None or when.span in [timex.when.span for timex in found]


@given(st.dates(), st.integers(-20, 20), st.sampled_from(sorted(intervals.LETTERS)))
def test_a_calendar_unit_holds_whole_days_in_order(day: date, count: int, unit: str) -> None:
    period = intervals.calendar_unit(unit, day, count)
    assert period is None or period.first <= period.last
    if count == 0 and period is not None and unit not in ("weekend", "second", "minute", "hour"):
        assert period.first <= day <= period.last


@given(st.dates(date(1, 1, 10), date(9999, 12, 20)))
def test_a_week_runs_from_monday_to_sunday(day: date) -> None:
    week = intervals.week(day)
    assert week is not None and week.first.weekday() == 0 and week.last.weekday() == 6


@given(
    st.dates(),
    st.sampled_from(["early", "mid", "late", "start", "end"]),
    st.sampled_from(["week", "month", "quarter", "year", "decade", "century"]),
)
def test_a_part_of_a_period_lies_inside_it(day: date, where: str, unit: str) -> None:
    period = intervals.calendar_unit(unit, day)
    if period is not None:
        part = intervals.edge(period, where)
        assert period.first <= part.first <= part.last <= period.last
