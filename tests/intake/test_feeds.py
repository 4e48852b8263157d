"""Feeds and sitemaps: what is a report and what only a link; and the dangers of XML."""

from __future__ import annotations

import time

import pytest

from onrecord import intake
from onrecord.intake import Failure, Limits, Loaded, Options, prolog
from onrecord.record import InputError

WHOLE = "<p>The envoys of Peru and Chile met in Quito on Friday.</p><p>They signed nothing, and left by different doors.</p>"
RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Courier</title><link>http://courier.example/</link><language>en</language>
<item><title>Envoys &amp; doors</title><link>http://courier.example/1</link><guid>x1</guid>
<pubDate>Tue, 01 Mar 2022 23:30:00 -0500</pubDate><dc:creator>Jane Roe</dc:creator>
<description>The envoys met.</description><content:encoded><![CDATA[{WHOLE}]]></content:encoded></item>
<item><title>Only the first lines</title><link>http://courier.example/2</link>
<description>&lt;p&gt;The minister said …&lt;/p&gt;</description></item>
<item><title>Without a link</title><description>The minister left for Lima.</description></item>
<item><title>Cut off</title><link>http://courier.example/4</link><description>x</description>
<content:encoded><![CDATA[<p>The talks in Quito were long and [...] <a href="/4">More</a></p>]]></content:encoded></item>
<item><title>Nothing at all</title></item>
</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>The Herald</title>
<entry><id>urn:1</id><title type="html">A &lt;b&gt;word&lt;/b&gt;</title><link href="http://herald.example/1"/>
<published>2022-03-01T23:30:00-05:00</published><author><name>John Doe</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>The <b>envoy</b> left Quito.</p><p>No reason was given.</p></div></content></entry>
<entry><id>urn:2</id><title>S</title><summary>Words</summary><link href="http://herald.example/2"/><updated>2022-03-02T00:00:00Z</updated></entry>
</feed>"""


def items(data, name="feed.xml", options=None):
    return list(intake.load_bytes(data if isinstance(data, bytes) else data.encode(), name, options=options))


@pytest.fixture(scope="module")
def rss():
    return items(RSS)


def test_an_entry_s_own_content_is_the_report(rss):
    report = rss[0].report
    assert report.text == "The envoys of Peru and Chile met in Quito on Friday.\nThey signed nothing, and left by different doors."
    assert (report.title, report.publisher, report.author) == ("Envoys & doors", "The Courier", "Jane Roe")
    assert report.url == "http://courier.example/1"


def test_an_entry_s_day_is_the_one_that_is_written_not_that_of_greenwich(rss):
    assert rss[0].report.published == "2022-03-01"
    assert items(ATOM)[0].report.published == "2022-03-01"


def test_a_summary_with_a_link_is_a_failure_that_names_the_link(rss):
    assert isinstance(rss[1], Failure) and "http://courier.example/2" in rss[1].reason
    assert "only a summary" in rss[1].reason and "--allow-net" in rss[1].reason


def test_a_text_without_a_link_is_all_there_is(rss):
    assert rss[2].report.text == "The minister left for Lima."


def test_a_content_that_is_cut_off_is_only_a_summary(rss):
    assert isinstance(rss[3], Failure) and "http://courier.example/4" in rss[3].reason


def test_an_entry_with_nothing_is_a_failure(rss):
    assert rss[4].reason == "has neither a text nor a link"


def test_every_entry_is_an_item_with_its_place(rss):
    assert [item.where for item in rss] == [f"feed.xml[{number}]" for number in range(5)]


def test_an_atom_feed_with_xhtml(rss):
    first, second = items(ATOM)
    assert first.report.text == "The envoy left Quito.\nNo reason was given."
    assert (first.report.title, first.report.author, first.report.language) == ("A word", "John Doe", "en")
    assert isinstance(second, Failure)


RDF = f"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel rdf:about="http://c.example"><title>The Gazette</title><link>http://c.example</link></channel>
<item rdf:about="http://c.example/1"><title>A</title><link>http://c.example/1</link><dc:date>2022-03-01T23:00:00-08:00</dc:date>
<content:encoded><![CDATA[{WHOLE}]]></content:encoded></item>
<item rdf:about="http://c.example/2"><title>B</title><link>http://c.example/2</link><description>Words</description></item></rdf:RDF>"""
OLD_ATOM = f"""<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>The Gazette</title><entry><title>A</title>
<link rel="alternate" href="http://c.example/1"/><issued>2022-03-01T23:00:00-08:00</issued>
<content type="text/html" mode="escaped"><![CDATA[{WHOLE}]]></content></entry></feed>"""


@pytest.mark.parametrize(("feed", "count"), [(RDF, 2), (OLD_ATOM, 1)], ids=["RSS 1.0", "Atom 0.3"])
def test_old_kinds_of_feeds_are_read(feed, count):
    first, *others = items(feed)
    assert first.report.text.startswith("The envoys of Peru and Chile met")
    assert (first.report.published, first.report.publisher) == ("2022-03-01", "The Gazette")
    assert len(others) == count - 1 and all(isinstance(item, Failure) for item in others)


def test_a_long_description_is_a_whole_article():
    long = "The envoys met again in the old hall by the river. " * 40
    (item,) = items(
        f"<rss><channel><title>T</title><item><link>http://c.example/1</link><description>{long}</description></item></channel></rss>"
    )
    assert isinstance(item, Loaded)


def test_a_feed_with_a_plain_doctype_is_read():
    doctype = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://courier.example/rss.dtd">'
    assert len(items(RSS.replace("?>", "?>" + doctype, 1))) == 5


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1251", "iso-8859-5"])
def test_a_feed_in_another_encoding_is_read(encoding):
    text = RSS.replace("UTF-8", encoding).replace("The envoys of Peru", "Послы Перу: the envoys of Peru").replace("…", "...")
    assert items(text.encode(encoding))[0].report.text.startswith("Послы Перу")


def test_broken_xml_gives_what_can_be_read():
    found = items(RSS[: RSS.index("<item><title>Without")])
    assert isinstance(found[0], Loaded)


def test_a_feed_without_entries_is_a_failure():
    (item,) = items("<rss version='2.0'><channel><title>T</title></channel></rss>")
    assert "without entries" in item.reason


def test_other_xml_is_named():
    (item,) = items("<?xml version='1.0'?><invoice><sum>3</sum></invoice>", "a.xml")
    assert "<invoice>" in item.reason


# ---------------------------------------------------------------- the dangers of XML

LAUGHS = "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10}">' for n in range(1, 10))
DANGERS = {
    "billion laughs": f'<!DOCTYPE rss [<!ENTITY lol0 "lol">{LAUGHS}]>',
    "quadratic": f'<!DOCTYPE rss [<!ENTITY lol9 "{"x" * 100_000}">]>',
    "a file": '<!DOCTYPE rss [<!ENTITY lol9 SYSTEM "file:///etc/hostname">]>',
    "a server": '<!DOCTYPE rss [<!ENTITY lol9 SYSTEM "http://127.0.0.1:9/">]>',
    "a parameter": '<!DOCTYPE rss [<!ENTITY % a SYSTEM "http://127.0.0.1:9/"> %a;]>',
    "behind a comment": '<!-- > --><!DOCTYPE rss [<!ENTITY lol9 "x">]>',
    "behind an instruction": '<?x <rss> ?><!doctype rss SYSTEM "a" [<!ENTITY lol9 "x">]>',
    "behind a quoted bracket": '<!DOCTYPE rss SYSTEM "a>b" [<!ENTITY lol9 "x">]>',
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("root", ["rss", "urlset"])
@pytest.mark.parametrize("name", DANGERS)
def test_entities_are_refused_at_once(name, root, encoding):
    start = time.perf_counter()
    entry = f"<item><title>t</title><description>{'&lol9;' * 50}</description></item>"
    xml = f"<?xml version='1.0'?>{DANGERS[name]}<{root}><channel>{entry}</channel></{root}>"
    (item,) = items(xml.encode(encoding))
    assert isinstance(item, Failure)
    assert time.perf_counter() - start < 1


def test_a_declaration_behind_the_root_is_no_declaration():
    late = RSS.replace("<channel>", '<!DOCTYPE rss [<!ENTITY lol9 "boom">]><channel>').replace(
        "The minister left", "&lol9; The minister left"
    )
    assert not any("boom" in item.report.text for item in items(late) if isinstance(item, Loaded))


@pytest.mark.parametrize("data", [b"", b"hello", b"<!-- no end", b"<?xml no end", b"<!DOCTYPE x", b"<![CDATA[x]]>"])
def test_what_is_no_xml_is_refused(data):
    with pytest.raises(InputError):
        prolog.root(data)


# ---------------------------------------------------------------- sitemaps

SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>http://courier.example/1</loc><lastmod>2022-01-01</lastmod></url><url><loc> http://courier.example/2 </loc></url></urlset>"""


def test_a_sitemap_s_pages_are_named_when_the_net_is_not_allowed():
    found = items(SITEMAP, "sitemap.xml")
    assert [item.where for item in found] == ["http://courier.example/1", "http://courier.example/2"]
    assert all("--allow-net" in item.reason for item in found)


def test_a_sitemap_with_too_many_links_says_so():
    found = items(SITEMAP, "sitemap.xml", Options(limits=Limits(links=1)))
    assert len(found) == 2 and "more than 1 links" in found[1].reason


def test_a_list_of_urls_is_known_by_its_lines():
    found = items("http://courier.example/1\n\nhttps://courier.example/2\n", "urls.txt")
    assert [item.where for item in found] == ["http://courier.example/1", "https://courier.example/2"]
    assert all(isinstance(item, Failure) and "--allow-net" in item.reason for item in found)


def test_a_text_that_names_a_url_is_a_text():
    (item,) = items("See\nhttp://courier.example/1\n", "a.txt")
    assert isinstance(item, Loaded)
