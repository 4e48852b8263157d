"""The door: one call for files, folders, pipes and bytes of every kind, nothing lost and nothing in the wrong order."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import os
import sys
import threading
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import intake
from onrecord.intake import Failure, Limits, Loaded, Options, sniff

SENTENCE = "The envoy of Peru met the minister in Lima on Friday and left without a word."
PAGE = f"<!doctype html><html><head><title>Envoys</title></head><body><p>{SENTENCE}</p></body></html>"


@pytest.fixture
def folder(tmp_path):
    """A folder of everything, and a few things that cannot be read."""
    (tmp_path / "sub").mkdir()
    files = {
        "a.html": PAGE,
        "b.txt": SENTENCE,
        "c.md": f"# Head\n\n{SENTENCE}\n",
        "d.json": json.dumps([{"text": SENTENCE}, {"text": SENTENCE, "author": "Jane Roe"}, {"title": "no text"}]),
        "e.jsonl": json.dumps({"text": SENTENCE}) + "\n{broken\n",
        "f.csv": f"title,text\nHead,{SENTENCE}\n",
        "g.tsv": f"title\ttext\nHead\t{SENTENCE}\n",
        "h.xml": f"<rss><channel><title>T</title><item><title>E</title><description>{SENTENCE}</description></item></channel></rss>",
        "i.txt": "http://courier.example/1\n",
        "sub/j.html": PAGE,
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "k.txt.gz").write_bytes(gzip.compress(SENTENCE.encode()))
    (tmp_path / "l.pdf").write_bytes(b"%PDF-1.7\n")
    with zipfile.ZipFile(tmp_path / "m.zip", "w") as archive:
        archive.writestr("n.txt", SENTENCE)
    (tmp_path / "o.png").write_bytes(b"\x89PNG\r\n")
    (tmp_path / "p.txt").write_bytes(b"")
    return tmp_path


def test_a_folder_of_everything_is_read_in_the_order_of_names(folder):
    found = [(item.where.removeprefix(f"{folder}/"), type(item)) for item in intake.load(folder)]
    assert found == [
        ("a.html", Loaded),
        ("b.txt", Loaded),
        ("c.md", Loaded),
        ("d.json[0]", Loaded),
        ("d.json[1]", Loaded),
        ("d.json[2]", Failure),
        ("e.jsonl:1", Loaded),
        ("e.jsonl:2", Failure),
        ("f.csv:2", Loaded),
        ("g.tsv:2", Loaded),
        ("h.xml[0]", Loaded),
        ("http://courier.example/1", Failure),
        ("k.txt.gz", Loaded),
        ("l.pdf", Failure),
        ("m.zip/n.txt", Loaded),
        ("o.png", Failure),
        ("p.txt", Failure),
        ("sub/j.html", Loaded),
    ]


def test_every_report_has_its_text_and_its_checksum(folder):
    reports = [item for item in intake.load(folder) if isinstance(item, Loaded)]
    assert all(SENTENCE in item.report.text for item in reports)
    assert all(len(item.raw) == 64 for item in reports)


def test_checksums_are_those_of_each_item_s_own_bytes():
    first, second = '{"text": "One."}', '{"text":  "Größe"}'
    found = list(intake.load_bytes(f"[ {first},\n{second} ]".encode(), "a.json"))
    assert [item.raw for item in found] == [hashlib.sha256(part.encode()).hexdigest() for part in (first, second)]
    found = list(intake.load_bytes(f"{first}\r\n{second}\n".encode(), "a.jsonl"))
    assert [item.raw for item in found] == [hashlib.sha256(part.encode()).hexdigest() for part in (first, second)]


def test_the_date_of_the_options_counts_for_what_bears_none(folder):
    assert {item.report.published for item in intake.load(folder, options=Options(published="2022-02-03")) if isinstance(item, Loaded)} == {
        "2022-02-03"
    }


def test_the_date_of_the_call_counts_before_that_of_the_options():
    (item,) = intake.load_bytes(b"Text.", "a.txt", "2022-02-03", Options(published="2020-01-01"))
    assert item.report.published == "2022-02-03"


def test_an_author_is_read_from_json():
    (item,) = intake.load_bytes(b'{"text": "One.", "author": "Jane Roe"}', "a.json")
    assert item.report.author == "Jane Roe"


@pytest.mark.parametrize("kind", ["page", "archive", "feed"])
def test_standard_input_is_known_by_its_look(kind, folder, monkeypatch):
    data = (folder / {"page": "a.html", "archive": "m.zip", "feed": "h.xml"}[kind]).read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    (item,) = intake.load("-")
    assert SENTENCE in item.report.text and item.where.startswith("standard input")


def test_a_pipe_is_read(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_text, args=(SENTENCE,))
    writer.start()
    (item,) = intake.load(path)
    writer.join()
    assert item.report.text == SENTENCE


def test_what_is_too_large_is_a_failure(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text(SENTENCE, encoding="utf-8")
    options = Options(limits=Limits(file_bytes=20))
    assert [item.reason for item in intake.load(path, options=options)] == ["is larger than 20 bytes"]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SENTENCE.encode())))
    assert [item.reason for item in intake.load("-", options=options)] == ["is larger than 20 bytes"]


def test_a_device_without_an_end_is_a_failure():
    (item,) = intake.load("/dev/zero", options=Options(limits=Limits(file_bytes=1_000)))
    assert item.reason == "is larger than 1,000 bytes"


def test_a_large_json_lines_file_is_not_too_large(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "One."}\n' * 5, encoding="utf-8")
    assert len(list(intake.load(path, options=Options(limits=Limits(file_bytes=20))))) == 5


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_is_closed_is_told_of(tmp_path):
    (tmp_path / "closed").mkdir(mode=0o000)
    (item,) = intake.load(tmp_path)
    assert "closed" in item.where and "Permission" in item.reason


def test_a_folder_that_holds_itself_has_an_end(tmp_path):
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    (tmp_path / "again").symlink_to(tmp_path)
    assert len(list(intake.load(tmp_path))) == 1


def test_an_address_of_this_machine_is_refused_even_when_named():
    (item,) = intake.load("http://127.0.0.1:9/")
    assert "no public address" in item.reason


# ---------------------------------------------------------------- what is what


@pytest.mark.parametrize(
    ("name", "head", "media", "kind"),
    [
        ("a.txt", b"<!DOCTYPE html><html>", None, "html"),
        ("a", b"\xef\xbb\xbf\n<!-- x --><HTML>", None, "html"),
        ("a", '<?xml version="1.0"?><html xmlns="x">'.encode("utf-16"), None, "html"),
        ("a.html", b"<p>x", None, "html"),
        ("a.html", b'<?xml version="1.0"?><rss>', None, "feed"),
        ("a.xml", b'<?xml version="1.0"?><?style?><atom:feed xmlns:atom="x">', None, "feed"),
        ("a.xml", b"<rdf:RDF xmlns:rdf='x'>", None, "feed"),
        ("a.xml", b"<urlset>", None, "sitemap"),
        ("a", b"<sitemapindex xmlns='x'>", None, "sitemap"),
        ("a", b'<?xml version="1.0"?><x/>', None, "xml"),
        ("a", b"<p>x</p>", "text/html", "html"),
        ("a", b"x", "text/plain", "text"),
        ("a", b"x,y", "text/csv", "csv"),
        ("a.txt", b"<b>x</b> and y", None, "text"),
        ("a.JSONL", b"{}", None, "jsonl"),
        ("a.txt", b"PK\x03\x04", None, "zip"),
        ("a.txt", b"\x1f\x8b\x08", None, "gzip"),
        ("a.txt", b"WARC/1.0\r\n", None, "warc"),
        ("a.txt", b"%PDF-1.4", None, "other"),
        ("a.md", b"# x", None, "markdown"),
    ],
)
def test_bytes_are_known_by_their_look_name_and_media_type(name, head, media, kind):
    assert sniff.kind(name, head, media) == kind


# ---------------------------------------------------------------- any bytes at all

NAMES = ["a.html", "a.xml", "a.csv", "a.tsv", "a.md", "a.zip", "a.warc", "a.gz", "a.rss", "a.json", "a"]
STARTS = [
    b"",
    b"<html>",
    b"<rss>",
    b"<urlset>",
    b"PK\x03\x04",
    b"\x1f\x8b\x08",
    b"WARC/1.0\r\n",
    b"http://",
    b"---\n",
    b"\xff\xfe<\x00",
    b"{",
]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(NAMES), st.sampled_from(STARTS), st.binary(max_size=200))
def test_any_bytes_under_any_name_give_reports_or_failures(name, start, data):
    for item in intake.load_bytes(start + data, name):
        assert isinstance(item, Loaded | Failure)
        if isinstance(item, Loaded):
            item.report.text.encode("utf-8")


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters='\n\t"'), max_size=30)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(CELL, CELL), max_size=20))
def test_no_row_of_a_table_is_lost(rows):
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["title", "text"])
    writer.writerows(rows)
    kept = [row for row in rows if row[0].strip() or row[1].strip()]
    found = list(intake.load_bytes(file.getvalue().encode(), "a.csv"))
    assert len(found) == max(1, len(kept))
