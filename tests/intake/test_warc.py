"""Web archives: every record that can be read is, every broken one is named by its offset, nothing is read without bounds."""

from __future__ import annotations

import gzip
import io
import resource
import zlib

import pytest

from onrecord import intake
from onrecord.intake import Failure, Limits, Loaded, Options, inflate
from onrecord.record import InputError

SENTENCE = "The envoy of Peru met the minister in Lima on Friday and left without a word."
HTML = "Content-Type: text/html; charset=utf-8"


def body(number, headers=HTML, status="200 OK", text=None):
    page = text if text is not None else f"<html><body><p>{number}. {SENTENCE}</p></body></html>".encode()
    return f"HTTP/1.1 {status}\r\n{headers}\r\n\r\n".encode() + page


def record(number, block=None, kind="response", uri=True, length=None):
    block = body(number) if block is None else block
    head = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:uuid:{number}>",
        f"WARC-Date: 2022-03-0{number % 9 + 1}T10:00:00Z",
        *([f"WARC-Target-URI: http://courier.example/{number}"] if uri else []),
        f"Content-Length: {len(block) if length is None else length}",
    ]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def items(data, name="a.warc", limits=None):
    return list(intake.load_bytes(data, name, options=Options(limits=limits or Limits())))


def numbers(found):
    return [item.report.text.split(".")[0] for item in found if isinstance(item, Loaded)]


def failures(found):
    return {item.where.partition("@")[2]: item.reason for item in found if isinstance(item, Failure)}


RECORDS = [record(number) for number in range(4)]
PACKED = [gzip.compress(one) for one in RECORDS]


@pytest.mark.parametrize(
    "data", [b"".join(RECORDS), b"".join(PACKED), gzip.compress(b"".join(RECORDS))], ids=["plain", "gzip", "one member"]
)
def test_all_pages_of_an_archive_are_read(data):
    found = items(data, "standard input")
    assert numbers(found) == ["0", "1", "2", "3"] and not failures(found)


def test_day_and_address_are_the_archive_s_when_the_page_gives_none():
    (item,) = items(RECORDS[0])
    assert (item.report.published, item.report.url) == ("2022-03-01", "http://courier.example/0")
    assert "carrier-date" in [note.code for note in item.notes]


def test_the_page_s_own_day_counts_first():
    text = (
        f"<html><head><meta property='article:published_time' content='2021-12-24T01:00:00Z'></head><body><p>{SENTENCE}</p></body></html>"
    )
    (item,) = items(record(0, body(0, text=text.encode())))
    assert item.report.published == "2021-12-24"


def test_records_that_are_no_pages_are_left_out():
    others = [
        record(1, b"GET / HTTP/1.1\r\n\r\n", "request"),
        record(2, b"software: x\r\n", "warcinfo", uri=False),
        record(3, b"fetchTimeMs: 3\r\n", "metadata"),
        record(4, b"", "revisit"),
        record(5, body(5, "Content-Type: image/png", text=b"\x89PNG\r\n")),
        record(6, body(6, status="404 Not Found")),
        record(7, body(7, "Location: /x", status="302 Found", text=b"")),
        record(8, body(8, "Content-Type: text/css", text=b"p { color: red }")),
    ]
    found = items(b"".join([*others, RECORDS[0]]))
    assert numbers(found) == ["0"] and not failures(found)


def test_resources_and_conversions_are_read():
    found = items(
        record(0, f"<html><body><p>0. {SENTENCE}</p></body></html>".encode(), "resource")
        + record(1, f"1. {SENTENCE}".encode(), "conversion")
    )
    assert numbers(found) == ["0", "1"]


def test_a_pdf_in_an_archive_is_a_failure():
    (reason,) = failures(items(record(0, body(0, "Content-Type: application/pdf", text=b"%PDF-1.7")))).values()
    assert "PDF" in reason


CHUNKED = (
    b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (b"<html><body><p>0. ", SENTENCE.encode(), b"</p></body></html>"))
    + b"0\r\n\r\n"
)


@pytest.mark.parametrize(
    ("headers", "text"),
    [
        ("Content-Encoding: gzip", gzip.compress(body(0).partition(b"\r\n\r\n")[2])),
        ("Content-Encoding: deflate", zlib.compress(body(0).partition(b"\r\n\r\n")[2])),
        ("Content-Encoding: deflate", zlib.compress(body(0).partition(b"\r\n\r\n")[2], wbits=-15)),
        ("Content-Encoding: gzip", body(0).partition(b"\r\n\r\n")[2]),
        ("Transfer-Encoding: chunked", CHUNKED),
        ("Transfer-Encoding: chunked", body(0).partition(b"\r\n\r\n")[2]),
    ],
    ids=["gzip", "deflate", "raw deflate", "gzip already undone", "chunked", "chunked already undone"],
)
def test_content_encodings_are_undone(headers, text):
    assert numbers(items(record(0, body(0, f"{HTML}\r\n{headers}", text=text)))) == ["0"]


def test_brotli_is_undone():
    brotli = pytest.importorskip("brotli")
    packed = brotli.compress(body(0).partition(b"\r\n\r\n")[2])
    assert numbers(items(record(0, body(0, f"{HTML}\r\nContent-Encoding: br", text=packed)))) == ["0"]


def test_an_unknown_encoding_is_a_failure():
    found = failures(items(record(0, body(0, "Content-Encoding: rot13")) + RECORDS[1]))
    assert list(found) == ["0"] and "rot13" in found["0"]


# ---------------------------------------------------------------- damage


def offsets(parts):
    return [sum(map(len, parts[:number])) for number in range(len(parts))]


DAMAGED = {
    "cut at the end": ([*RECORDS[:3], RECORDS[3][:-60]], ["0", "1", "2"], 3),
    "cut in its head": ([*RECORDS[:3], RECORDS[3][:70]], ["0", "1", "2"], 3),
    "garbage between": ([RECORDS[0], b"no record at all\r\n\r\n", *RECORDS[1:]], ["0", "1", "2", "3"], 1),
    "garbage at the start": ([b"garbage\r\n", *RECORDS], ["0", "1", "2", "3"], 0),
    "cut in the middle": ([RECORDS[0], RECORDS[1][:-40], *RECORDS[2:]], ["0", "2", "3"], 1),
    "length too large": ([RECORDS[0], record(1, length=len(body(1)) + 25), *RECORDS[2:]], ["0", "2", "3"], 1),
    "length far too large": ([RECORDS[0], record(1, length=10**12), *RECORDS[2:]], ["0", "2", "3"], 1),
    "length too small": ([RECORDS[0], record(1, length=len(body(1)) - 25), *RECORDS[2:]], ["0", "2", "3"], 1),
    "length missing": ([RECORDS[0], RECORDS[1].replace(b"Content-Length", b"X-Length"), *RECORDS[2:]], ["0", "2", "3"], 1),
    "length negative": ([RECORDS[0], record(1, length=-5), *RECORDS[2:]], ["0", "2", "3"], 1),
    "packed, cut at the end": ([*PACKED[:3], PACKED[3][:-50]], ["0", "1", "2"], 3),
    "packed, cut in the middle": ([PACKED[0], PACKED[1][:90], *PACKED[2:]], ["0", "2", "3"], 1),
    "packed, garbage between": ([PACKED[0], b"no record at all", *PACKED[1:]], ["0", "1", "2", "3"], 1),
    "packed, corrupt": ([PACKED[0], PACKED[1][:60] + bytes(12) + PACKED[1][72:], *PACKED[2:]], ["0", "2", "3"], 1),
    "an http header without end": (
        [RECORDS[0], record(1, b"HTTP/1.1 200 OK\r\nContent-Type: text/html"), *RECORDS[2:]],
        ["0", "2", "3"],
        1,
    ),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_broken_record_costs_itself_alone_and_is_named_by_its_offset(name):
    parts, kept, broken = DAMAGED[name]
    found = items(b"".join(parts))
    assert numbers(found) == kept
    assert list(failures(found)) == [str(offsets(parts)[broken])]


def test_an_archive_packed_as_a_whole_gives_what_stands_before_the_damage():
    found = items(gzip.compress(b"".join([*RECORDS[:2], b"garbage\r\n\r\n", *RECORDS[2:]])) + PACKED[3])
    assert numbers(found) == ["0", "1", "3"]
    assert [reason for reason in failures(found).values() if "is broken behind <urn:uuid:1>" in reason]


ENDS = (len(PACKED[0]), len(PACKED[0]) + len(PACKED[1]))
TAIL = 16
"""Bytes of a gzip member without which the whole record is still there: its checksum, the blank lines."""


@pytest.mark.parametrize("at", [at for at in range(3, ENDS[1], 17) if not any(end - TAIL <= at < end for end in ENDS)])
def test_an_archive_cut_anywhere_gives_what_is_whole(at):
    whole = sum(at >= end for end in ENDS)
    found = items((PACKED[0] + PACKED[1])[:at], "a.warc.gz")
    assert len(numbers(found)) == whole


# ---------------------------------------------------------------- size


class Zeros(io.RawIOBase):
    """So many zero bytes, made as they are read."""

    def __init__(self, size):
        self.left = size

    def readable(self):
        return True

    def readinto(self, buffer):
        count = min(len(buffer), self.left)
        buffer[:count] = bytes(count)
        self.left -= count
        return count


def gzip_bomb(prefix, size):
    """A gzip file of ``prefix`` and so many zero bytes, small although it swells."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = [packer.compress(prefix)]
    stream = Zeros(size)
    while part := stream.read(1 << 20):
        parts.append(packer.compress(part))
    return b"".join([*parts, packer.flush()])


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def test_a_bomb_in_a_record_takes_no_memory_and_no_other_record():
    head = record(1, b"", length=2 * 10**9)[:-4] + b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    bomb = gzip_bomb(head, 120_000_000)
    before = peak()
    found = items(PACKED[0] + bomb + PACKED[2], "a.warc.gz", Limits(page_bytes=1_000_000))
    assert numbers(found) == ["0", "2"]
    assert failures(found) == {str(len(PACKED[0])): "is larger than 1,000,000 bytes"}
    assert peak() - before < 60_000_000


def test_a_bomb_in_a_content_encoding_takes_no_memory():
    bomb = gzip_bomb(b"<html>", 120_000_000)
    before = peak()
    found = items(record(0, body(0, "Content-Encoding: gzip", text=bomb)) + RECORDS[1], limits=Limits(page_bytes=2_000_000))
    assert numbers(found) == ["1"] and "larger than 2,000,000 bytes" in failures(found)["0"]
    assert peak() - before < 60_000_000


def test_a_large_record_that_is_no_page_is_left_out_like_a_small_one():
    video = record(1, body(1, "Content-Type: video/mp4", text=bytes(2_000_000)))
    found = items(RECORDS[0] + video + RECORDS[2], limits=Limits(page_bytes=1_000_000))
    assert numbers(found) == ["0", "2"] and not failures(found)


def test_a_bomb_within_a_bomb_is_stopped_too():
    bomb = gzip.compress(gzip_bomb(b"", 20_000_000))
    with pytest.raises(inflate.TooLargeError):
        inflate.content(bomb, "gzip, gzip", 1_000_000)


def test_a_gzip_file_is_unpacked_as_far_as_the_limit():
    (item,) = items(gzip_bomb(b"text", 30_000_000), "a.txt.gz", Limits(member_bytes=1_000_000))
    assert "larger than 1,000,000 bytes" in item.reason


@pytest.mark.parametrize(
    "data", [gzip.compress(b"abc")[:-4], gzip.compress(b"abc")[:5], b"\x1f\x8b\x08" + bytes(20)], ids=["short", "head", "empty"]
)
def test_a_broken_gzip_file_is_a_failure(data):
    with pytest.raises(InputError, match="packed"):
        inflate.gunzip(io.BytesIO(data), 1_000)


def test_members_of_a_gzip_file_are_joined():
    assert inflate.gunzip(io.BytesIO(gzip.compress(b"abc") + gzip.compress(b"def")), 100) == b"abcdef"
