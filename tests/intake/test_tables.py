"""Tables and Markdown: which column is what, rows that cannot be read, front matter and markup."""

from __future__ import annotations

import hashlib

import pytest

from onrecord import intake
from onrecord.intake import Columns, Failure, Limits, Loaded, Options


def items(text, name="a.csv", **options):
    data = text if isinstance(text, bytes) else text.encode()
    return list(intake.load_bytes(data, name, options=Options(**options)))


def codes(item):
    return [note.code for note in item.notes]


# ---------------------------------------------------------------- tables


def test_the_usual_names_are_known():
    text = 'ID,Headline,Body,Date,Link,Source,Byline,Lang\n7,Head,"Body, with a comma",2022-02-03,http://c.example/1,Courier,Jane Roe,en\n'
    (item,) = items(text)
    report = item.report
    assert (report.id, report.title, report.text, report.published) == ("7", "Head", "Body, with a comma", "2022-02-03")
    assert (report.url, report.publisher, report.author, report.language) == ("http://c.example/1", "Courier", "Jane Roe", "en")


def test_columns_may_be_named():
    (item,) = items("what,when,text\nThe envoy left.,2022-02-03,other\n", columns=Columns(text="WHAT", date="when"))
    assert (item.report.text, item.report.published) == ("The envoy left.", "2022-02-03")


def test_a_named_column_that_is_missing_is_a_failure_that_shows_the_header():
    (item,) = items("a,b\n1,2\n", columns=Columns(text="story"))
    assert "'story'" in item.reason and "'a', 'b'" in item.reason


def test_a_table_without_a_text_says_so():
    (item,) = items("alpha,beta\n1,2\n")
    assert "text" in item.reason and "'alpha', 'beta'" in item.reason


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter):
    (item,) = items(delimiter.join(["title", "text"]) + "\n" + delimiter.join(["Head", "Body"]) + "\n")
    assert (item.report.title, item.report.text) == ("Head", "Body")


def test_tabs_are_the_delimiter_of_tsv():
    (item,) = items("title\ttext\nHead\tBody, and more; more\n", "a.tsv")
    assert item.report.text == "Body, and more; more"


def test_rows_are_named_by_the_line_on_which_they_begin():
    found = items('text,title\n"One\ntwo"\n\nThree\n"",Head\n,\nFour\n')
    assert [item.where for item in found] == ["a.csv:2", "a.csv:5", "a.csv:6", "a.csv:8"]
    assert found[0].report.text == "One\ntwo" and found[2].reason == "its text is empty"


def test_a_short_row_is_read_and_noted():
    (item,) = items("text,title\nBody\n")
    assert item.report.text == "Body" and "short-row" in codes(item)


def test_a_date_that_is_none_is_left_out_and_noted():
    (item,) = items("text,date\nBody,03/02/2022\n", published="2020-01-01")
    assert item.report.published is None and "bad-date" in codes(item)


def test_a_row_without_a_date_takes_the_caller_s():
    (item,) = items("text,date\nBody,\n", published="2020-01-01")
    assert item.report.published == "2020-01-01"


def test_a_header_alone_and_nothing_are_failures():
    assert items("text,title\n")[0].reason == "has a header and no rows"
    assert items("")[0].reason == "is empty"


def test_a_table_in_another_encoding_is_read():
    assert items("text\nGröße\n".encode("utf-16"))[0].report.text == "Größe"
    assert items("\ufefftext\nGröße\n")[0].report.text == "Größe"
    assert items("text\nGröße\n".encode("windows-1252"))[0].report.text == "Größe"


def test_a_row_s_checksum_is_that_of_its_lines():
    found = items('text\r\n"One\r\ntwo"\r\nThree\r\n')
    assert [item.raw for item in found] == [hashlib.sha256(line).hexdigest() for line in (b'"One\r\ntwo"\r\n', b"Three\r\n")]


def test_a_quote_that_never_closes_loses_no_earlier_row(monkeypatch):
    from onrecord.intake import tables

    monkeypatch.setattr(tables, "FIELD_AT_MOST", 1_000)
    found = items('text\nOne\n"Two\n' + "x" * 2_000 + "\nThree\n")
    assert found[0].report.text == "One" and isinstance(found[1], Failure)
    assert [item.report.text for item in found[2:]] == ["Three"]


def test_a_long_table_is_read_row_by_row():
    assert len(items("text\n" + "The envoy left.\n" * 20_000)) == 20_000


# ---------------------------------------------------------------- Markdown

PAGE = """---
title: "Envoys: a meeting"
date: 2022-02-03
author: Jane Roe
url: http://courier.example/1
tags: [talks]
---
# Envoys meet

The *envoys* of [Peru](http://p.example) and **Chile** met
in `Quito`.

![A hall](hall.png)

- One point
- Another point

> He said nothing.

| Who | What |
| --- | --- |
| Peru | left |

<div class="x">An aside</div>
"""


def test_markup_goes_and_words_stay():
    (item,) = items(PAGE, "a.md")
    assert item.report.text.split("\n") == [
        "Envoys meet",
        "The envoys of Peru and Chile met in Quito.",
        "One point",
        "Another point",
        "He said nothing.",
        "Who",
        "What",
        "Peru",
        "left",
        "An aside",
    ]


def test_front_matter_gives_the_fields():
    report = items(PAGE, "a.md")[0].report
    assert (report.title, report.published, report.author) == ("Envoys: a meeting", "2022-02-03", "Jane Roe")
    assert report.url == "http://courier.example/1"


def test_the_first_heading_is_the_title_without_front_matter():
    assert items("# Envoys meet\n\nThey met.\n", "a.md")[0].report.title == "Envoys meet"


def test_toml_front_matter_is_read():
    report = items('+++\ntitle = "T"\ndate = 2022-02-03T10:00:00Z\n+++\nThey met.\n', "a.md")[0].report
    assert (report.title, report.published, report.text) == ("T", "2022-02-03", "They met.")


def test_a_rule_at_the_start_is_no_front_matter():
    assert items("---\nThey met.\n---\nThey left.\n", "a.md")[0].report.text == "They met.\nThey left."


def test_front_matter_that_cannot_be_read_is_noted_and_left_out():
    (item,) = items("---\ntitle: [unclosed\n---\nThey met.\n", "a.md")
    assert item.report.text == "They met." and "bad-front-matter" in codes(item)


@pytest.mark.parametrize(
    "front",
    [
        "a: &a [x,x]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{f'*{chr(97 + n)},' * 9}]\n" for n in range(9)) + "title: T\n",
        "title: !!python/object/apply:os.system ['true']\n",
        "date: 2022-99-99\ntitle: T\n",
        "? " * 3_000 + "\n",
    ],
    ids=["laughs", "object", "date", "deep"],
)
def test_hostile_front_matter_does_no_harm(front):
    (item,) = items(f"---\n{front}---\nThey met.\n", "a.md")
    assert isinstance(item, Loaded) and item.report.text.endswith("They met.")


@pytest.mark.parametrize("text", ["> " * 5_000 + "x", "[" * 20_000, "*" * 20_000 + "x", "- " * 3_000 + "x", "<" * 20_000])
def test_hostile_markdown_is_read_or_told_of(text):
    (item,) = items(text, "a.md", limits=Limits(page_seconds=1))
    assert isinstance(item, Loaded)


def test_markup_that_takes_too_long_is_left_in_and_noted():
    (item,) = items("[" * 300_000, "a.md", limits=Limits(page_seconds=0.3))
    assert item.report.text == "[" * 300_000 and "markup-left" in codes(item)


def test_markdown_without_words_is_a_failure():
    assert "no text" in items("![x](y)\n\n---\n", "a.md")[0].reason
