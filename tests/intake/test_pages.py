"""Article pages: text without menus, and the fields that the page itself gives."""

from __future__ import annotations

import gzip
import hashlib
import io

import pytest

from onrecord import intake
from onrecord.intake import Failure, Limits, Loaded, Options, pages
from onrecord.intake.items import Piece

BODY = [
    "The envoys of Chad and Togo met in Oslo on Monday, officials said, after a week of silence between the two capitals.",
    "They agreed to meet again in the spring, and to release the fishermen who were seized near the border in the autumn.",
    "A spokesman for the ministry called the talks frank, and gave no further word on the dispute over the river.",
]
MENU = "<nav><ul>" + "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(12)) + "</ul></nav>"
FOOT = "<footer><p>Copyright of the Courier. All rights reserved. <a href='/terms'>Terms of use</a></p></footer>"


def page(head="", body=BODY, title="Envoys meet in Oslo", tail=""):
    text = "".join(f"<p>{paragraph}</p>" for paragraph in body)
    return (
        f"<!DOCTYPE html><html lang='en-GB'><head><title>{title} | The Courier</title>{head}</head><body>{MENU}"
        f"<article><h1>{title}</h1>{text}</article>{tail}{FOOT}</body></html>"
    )


def one(html, name="page.html", options=None):
    data = html if isinstance(html, bytes) else html.encode()
    (item,) = intake.load_bytes(data, name, options=options)
    return item


def codes(item):
    return [note.code for note in item.notes]


FULL_HEAD = """
<link rel="canonical" href="https://courier.example/world/envoys">
<meta property="og:site_name" content="The Courier"><meta name="author" content="Jane Roe">
<meta property="article:published_time" content="2024-03-05T10:00:00+01:00">
"""


def test_the_paragraphs_are_lines_and_the_menu_is_gone():
    text = one(page()).report.text
    assert [line for line in text.split("\n") if line in BODY] == BODY
    assert "Section" not in text and "Copyright" not in text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "Envoys meet in Oslo"),
        ("published", "2024-03-05"),
        ("author", "Jane Roe"),
        ("publisher", "The Courier"),
        ("language", "en-GB"),
        ("url", "https://courier.example/world/envoys"),
    ],
)
def test_the_page_s_own_fields_are_read(field, value):
    assert getattr(one(page(FULL_HEAD)).report, field) == value


def test_a_canonical_address_may_be_relative():
    data = page('<link rel="canonical" href="/x">').encode()
    piece = Piece("here", io.BytesIO(data), url="https://courier.example/y?z=1")
    assert pages.load(piece, data, None, Limits()).report.url == "https://courier.example/x"


def test_the_page_s_own_day_counts_before_the_caller_s():
    assert one(page(FULL_HEAD), options=Options(published="2020-01-01")).report.published == "2024-03-05"


def test_a_page_without_a_day_takes_the_caller_s():
    assert one(page(), options=Options(published="2020-01-01")).report.published == "2020-01-01"


@pytest.mark.parametrize(
    ("prose", "tail"),
    [
        ("The quarrel began on 12 March 2014, when a patrol crossed the river, and has gone on since then, as both sides say.", ""),
        ("On 2014-03-12 the patrol crossed the river, which the ministry in Lomé called a grave and unfriendly step at the time.", ""),
        (
            "Since <span class='published'>12 March 2014</span> nobody has crossed the river, said the minister of the interior on Monday.",
            "",
        ),
        (BODY[0], "<aside><time datetime='2020-01-01'>1 January 2020</time> Another story</aside>"),
        (BODY[0], "<ul><li><a href='/x'>Another story</a> <span class='date'>2020-01-01</span></li></ul>"),
        (BODY[0], "<div><article><h3>Another story</h3><time datetime='2020-01-01'>1 January</time></article></div>"),
        (BODY[0], "<footer>Copyright 2019 The Courier</footer>"),
    ],
)
def test_a_day_told_elsewhere_is_not_taken_for_the_day_of_publication(prose, tail):
    assert one(page(body=[prose, *BODY], tail=tail)).report.published is None


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("<meta itemprop='datePublished' content='2024-03-05T10:00:00Z'>", ""),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-03-05","dateModified":"2024-04-01"}</script>',
            "",
        ),
        ("<meta property='article:modified_time' content='2024-04-01'><meta name='dc.date' content='2024-03-05'>", ""),
        ("", "<time datetime='2024-03-05T10:00:00Z'>5 March</time>"),
        ("", "<p class='date'>Posted on 5 March 2024</p>"),
    ],
)
def test_the_day_of_publication_is_read_where_pages_give_it(head, line):
    html = page(head).replace("</h1>", f"</h1>{line}")
    assert one(html).report.published == "2024-03-05"


def test_the_site_s_name_is_no_part_of_the_title():
    html = page('<meta property="og:site_name" content="The Courier">').replace("<h1>Envoys meet in Oslo</h1>", "")
    assert one(html).report.title == "Envoys meet in Oslo"


def test_a_page_is_known_without_its_ending():
    assert one(page(), "standard input").report.title == "Envoys meet in Oslo"


def test_the_checksum_is_that_of_the_bytes_as_they_came():
    data = page().encode()
    assert one(data).raw == hashlib.sha256(data).hexdigest()
    assert one(gzip.compress(data), "page.html.gz").raw == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("charset", "declared"),
    [
        ("utf-8", "utf-8"),
        ("windows-1251", "windows-1251"),
        ("shift_jis", "shift_jis"),
        ("utf-8", "iso-8859-1"),
        ("utf-8", "windows-1251"),
        ("utf-16", "utf-8"),
        ("utf-8-sig", "koi8-r"),
        ("windows-1251", "latin-1-and-more"),
    ],
)
def test_encodings_declared_rightly_and_wrongly(charset, declared):
    russian = charset != "shift_jis"
    words = (
        "Послы встретились в Осло в понедельник, сообщили в министерстве."
        if russian
        else "特使は月曜日にオスロで会談したと外務省が発表した。"
    )
    found = one(page(f'<meta charset="{declared}">', [words * 3, *BODY]).encode(charset))
    if declared.startswith("latin"):
        assert "encoding" in codes(found)
    else:
        assert words in found.report.text and "\ufffd" not in found.report.text


def test_mojibake_is_mended_once():
    broken = "The minister’s word was no.".encode().decode("windows-1252") + " " + BODY[0]
    found = one(page(body=[broken, *BODY]))
    assert "minister’s word was no" in found.report.text and "repaired" in codes(found)


@pytest.mark.parametrize(
    "html",
    [
        "<html></html>",
        "<!doctype html><html><head><title>x</title></head><body></body></html>",
        "<html><body><script>" + "var a = 1;" * 2_000 + "</script></body></html>",
        "<html><body>Menu<br>Log in</body></html>",
        "<html><body>"
        + "".join(f"<a href='/{n}'>The long headline of story number {n} of the day</a> " for n in range(500))
        + "</body></html>",
    ],
    ids=["empty", "bodiless", "script", "words", "links"],
)
def test_a_page_without_an_article_is_a_failure_that_says_so(html):
    found = one(html)
    assert isinstance(found, Failure) and found.reason.startswith("no article text found")


def test_an_article_whose_menu_is_long_is_no_list_of_links():
    menu = "".join(f"<a href='/{n}'>The envoys of Chad and Togo met in Oslo {n}</a>" for n in range(300))
    found = one(page(tail=f"<aside>{menu}</aside>"))
    assert isinstance(found, Loaded) and BODY[1] in found.report.text


def test_a_page_larger_than_the_limit_is_a_failure():
    found = one(page(), options=Options(limits=Limits(page_bytes=500)))
    assert found.reason == "is larger than 500 bytes"


def test_many_pages_come_out_in_their_order(tmp_path):
    for number in range(30):
        (tmp_path / f"{number:02}.html").write_text(page(title=f"Number {number} of the envoys"), encoding="utf-8")
    assert [item.report.title for item in intake.load(tmp_path)] == [f"Number {number} of the envoys" for number in range(30)]


def test_a_loader_that_is_left_early_ends_quietly(tmp_path):
    for number in range(10):
        (tmp_path / f"{number}.html").write_text(page(), encoding="utf-8")
    items = intake.load(tmp_path)
    assert isinstance(next(items), Loaded)
    items.close()
