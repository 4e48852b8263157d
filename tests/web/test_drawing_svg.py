"""The tree of SVG elements: whatever stands in the data, what is written is well formed and runs nothing."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.web.drawing import axes, svg, texts
from onrecord.web.drawing.svg import Caption, drawing, element, framed, link, number, words_at

HOSTILE = st.text(st.characters(), max_size=40) | st.sampled_from(
    ["</text><script>x()</script>", '" onload="x()', "\x00\x0b\x1b", "\u202eabc", "\ufffe\uffff", "\ud800", "{{ 7*7 }}", "&amp;", "]]>"]
)


@given(HOSTILE, HOSTILE)
def test_any_text_is_written_so_that_xml_reads_it_and_finds_no_other_element(text, title):
    made = drawing((10, 10), Caption(title, text), words_at(1, 2, text), link("/x", text, element("path", d=text)))
    root = ElementTree.fromstring(made.__html__())
    tags = {found.tag.rpartition("}")[2] for found in root.iter()}
    assert tags == {"svg", "title", "desc", "text", "a", "path"}
    assert {name for found in root.iter() for name in found.attrib} <= {
        "viewBox", "role", "aria-label", "class", "x", "y", "href", "d"
    }  # fmt: skip


def test_plain_text_stays_as_it_is():
    root = ElementTree.fromstring(str(element("text", "Kyiv & “Київ” <1> 東京")))
    assert root.text == "Kyiv & “Київ” <1> 東京"


def test_marks_that_turn_the_text_round_are_shown_as_unknown():
    assert "\u202e" not in str(element("text", "a\u202eb"))
    assert "\N{REPLACEMENT CHARACTER}" in str(element("text", "a\u202eb"))


@pytest.mark.parametrize("name", ["onload", "OnClick", "style", "xlink_href", "src", "a b", "1x"])
def test_an_attribute_that_runs_or_styles_is_refused(name):
    with pytest.raises(ValueError, match="not an attribute"):
        element("g", **{name: "x"})


@pytest.mark.parametrize("tag", ["script", "style", "foreignObject", "image", "use", "iframe"])
def test_an_element_that_runs_or_loads_is_refused(tag):
    with pytest.raises(ValueError, match="is not drawn"):
        element(tag)


@pytest.mark.parametrize(
    "href", ["javascript:x()", " javascript:x()", "//evil.example", "/\\evil.example", "data:text/html,x", "\tjavascript:x", "ftp://x"]
)
def test_a_hostile_address_makes_no_link(href):
    made = link(href, "somewhere")
    assert made.tag == "g"
    assert made.get("href") is None
    assert made.text == "somewhere"


@pytest.mark.parametrize("href", ["/events?a=b", "?x=1", "#row", "https://example.org/a", "HTTP://example.org"])
def test_an_address_of_the_web_makes_a_link_that_says_its_label(href):
    made = link(href, "the label")
    assert (made.tag, made.get("href"), made.get("aria-label"), made.text) == ("a", href, "the label", "the label")


def test_a_drawing_without_links_is_an_image_and_one_with_links_a_group():
    caption = Caption("a title", "a description")
    assert drawing((9, 9), caption, element("g")).get("role") == "img"
    assert drawing((9, 9), caption, element("g", link("/x", "y"))).get("role") == "group"
    assert [e.text for e in drawing((9, 9), caption).walk("title", "desc")] == ["a title", "a description"]


def test_the_frame_is_reached_by_keyboard_and_named_as_its_drawing():
    frame = framed(drawing((9, 9), Caption("a title", "")))
    assert (frame.tag, frame.get("tabindex"), frame.get("aria-label")) == ("div", "0", "a title")


@pytest.mark.parametrize(("value", "written"), [(1, "1"), (1.0, "1"), (1.25, "1.2"), (-0.5, "-0.5"), ("a", "a")])
def test_numbers_have_one_decimal_at_most(value, written):
    assert number(value) == written


def test_what_is_none_is_left_out():
    assert str(element("g", None, "a", class_=None)) == "<g>a</g>"


def test_jinja_takes_an_element_as_it_is_and_escapes_what_stands_in_it():
    jinja2 = pytest.importorskip("jinja2")
    page = jinja2.Environment(autoescape=True).from_string("{{ drawn }}")
    assert page.render(drawn=svg.element("text", "<b>")) == "<text>&lt;b&gt;</text>"


# ---------------------------------------------------------------- axes and texts


def test_ticks_fall_on_days_mondays_firsts_and_new_years():
    def labels(since, until):
        return [label for _, label in axes.Days.of(since, until, 0, 800).ticks()]

    assert labels("2021-12-30", "2022-01-02") == ["30 Dec 2021", "31 Dec", "1 Jan 2022", "2 Jan"]
    assert labels("2021-12-01", "2022-01-20") == ["6 Dec 2021", "13 Dec", "20 Dec", "27 Dec", "3 Jan 2022", "10 Jan", "17 Jan"]
    assert labels("2021-10-05", "2022-02-28") == ["Nov 2021", "Dec", "Jan 2022", "Feb"]
    assert labels("2001-05-05", "2022-02-28") == ["2005", "2010", "2015", "2020"]


@given(st.dates(), st.dates())
def test_ticks_lie_in_the_period_and_leave_each_other_room(one, other):
    days = axes.Days(min(one, other), max(one, other), 0, 800)
    at = [days.start(day) for day, _ in days.ticks()]
    assert all(0 <= x <= 800 for x in at)
    assert all(b - a >= axes.ROOM * 0.85 for a, b in zip(at, at[1:], strict=False))


@pytest.mark.parametrize(("since", "until"), [("2022-01-02", "2022-01-01"), ("soon", "2022-01-01"), ("2022-01-01", "")])
def test_a_period_that_is_none_is_said_to_be(since, until):
    with pytest.raises(axes.InputError, match="period"):
        axes.Days.of(since, until, 0, 100)


@given(st.floats(1e-6, 1e15))
def test_the_round_number_is_above_and_near(value):
    assert value * (1 - 1e-6) <= axes.round_above(value) <= value * 2.6


@pytest.mark.parametrize(("value", "said"), [(950, "950"), (1500, "1.5k"), (120_000, "120k"), (2e6, "2M"), (0.5, "0.5")])
def test_numbers_are_said_in_few_letters(value, said):
    assert axes.short(value) == said


@given(st.lists(st.floats(0, 300), max_size=18))
def test_labels_are_moved_apart_and_keep_their_order(wanted):
    placed = texts.spread(wanted, 16, 0, 300)
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    heights = [placed[i] for i in order]
    assert all(b - a >= 16 - 1e-6 for a, b in zip(heights, heights[1:], strict=False))
    assert all(0 <= y <= 300 for y in heights)


def test_labels_with_room_stay_where_they_are_wanted():
    assert texts.spread([200.0, 10.0, 100.0], 16, 0, 300) == [200.0, 10.0, 100.0]
