"""Zip archives: read in memory, nothing written, nothing that points outside, nothing that swells."""

from __future__ import annotations

import io
import os
import stat
import zipfile

import pytest

from onrecord import intake
from onrecord.intake import Failure, Limits, Loaded, Options


def archive(members, method=zipfile.ZIP_DEFLATED):
    """A zip file of (name or ZipInfo, data)."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as made:
        for name, data in members:
            made.writestr(name, data)
    return file.getvalue()


def items(data, name="a.zip", **limits):
    return list(intake.load_bytes(data, name, options=Options(limits=Limits(**limits))))


GOOD = ("good.txt", "The envoy met the minister.")


def test_members_are_read_as_files_are():
    found = items(archive([("a.json", '[{"text": "One."}, {"text": "Two."}]'), ("b/c.csv", "title,text\nHead,Body\n"), GOOD]))
    assert [item.where for item in found] == ["a.zip/a.json[0]", "a.zip/a.json[1]", "a.zip/b/c.csv:2", "a.zip/good.txt"]


def link(name):
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../evil.txt", "points out of the archive"),
        ("a/../../evil.txt", "points out of the archive"),
        ("/etc/evil.txt", "points out of the archive"),
        ("C:\\evil.txt", "points out of the archive"),
        ("c:evil.txt", "points out of the archive"),
        ("..\\evil.txt", "points out of the archive"),
        ("\\\\server\\evil.txt", "points out of the archive"),
        (link("a.txt"), "is a link"),
    ],
    ids=["dots", "dots within", "absolute", "drive", "drive relative", "backslashes", "server", "link"],
)
def test_a_member_that_points_elsewhere_is_a_failure_and_nothing_is_written(name, reason, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = items(archive([(name, "evil"), GOOD]))
    assert reason in found[0].reason and isinstance(found[1], Loaded)
    assert list(tmp_path.iterdir()) == [] and not os.path.lexists(tmp_path.parent / "evil.txt")


def test_a_nul_in_a_name_is_a_failure():
    data = archive([("evilx.txt", "evil"), GOOD]).replace(b"evilx.txt", b"evil\x00.txt")
    found = items(data)
    assert found[0].reason == "its name holds a NUL" and "\x00" not in found[0].where
    assert isinstance(found[1], Loaded)


def test_an_encrypted_member_is_a_failure():
    data = bytearray(archive([("secret.txt", "x"), GOOD]))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    found = items(bytes(data))
    assert found[0].reason == "is encrypted" and isinstance(found[1], Loaded)


def test_a_member_that_swells_is_a_failure_and_the_others_are_read():
    found = items(archive([("bomb.txt", bytes(20_000_000)), GOOD]))
    assert "looks like a bomb" in found[0].reason and isinstance(found[1], Loaded)


def test_a_member_beyond_its_limit_is_a_failure():
    found = items(archive([("big.txt", os.urandom(3_000).hex()), GOOD]), member_bytes=5_000)
    assert found[0].reason == "is larger than 5,000 bytes unpacked" and isinstance(found[1], Loaded)


def test_all_members_together_have_a_limit():
    found = items(archive([(f"{number}.txt", f"Text number {number}. " * 50) for number in range(10)]), file_bytes=5_000)
    assert len([item for item in found if isinstance(item, Loaded)]) == 6
    assert all("holds more than 5,000 bytes" in item.reason for item in found if isinstance(item, Failure))


def test_a_size_that_lies_is_not_believed():
    data = archive([("big.txt", os.urandom(50_000).hex()), GOOD])
    stated = (100_000).to_bytes(4, "little")
    found = items(data.replace(stated, (10).to_bytes(4, "little")), member_bytes=50_000)
    assert isinstance(found[0], Failure) and isinstance(found[1], Loaded)


def test_too_many_members_are_told_of():
    found = items(archive([(f"{number}.txt", "Words.") for number in range(5)]), members=3)
    assert len([item for item in found if isinstance(item, Loaded)]) == 3 and "5 members" in found[-1].reason


def test_an_archive_in_an_archive_is_read_and_one_deeper_is_not():
    inner = archive([GOOD])
    assert [item.report.text for item in items(archive([("inner.zip", inner)]))] == [GOOD[1]]
    (item,) = items(archive([("middle.zip", archive([("inner.zip", inner)]))]))
    assert "archive within an archive" in item.reason


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_methods_are_read(method):
    assert [item.report.text for item in items(archive([GOOD], method))] == [GOOD[1]]


@pytest.mark.parametrize("at", range(4, 130, 9))
def test_a_cut_archive_is_a_failure(at):
    (item,) = items(archive([GOOD])[:at])
    assert isinstance(item, Failure)


def test_a_corrupt_member_costs_itself_alone():
    data = bytearray(archive([("bad.txt", "The talks went on in the old hall by the river."), GOOD]))
    data[45] ^= 0xFF
    found = items(bytes(data))
    assert "cannot be unpacked" in found[0].reason and isinstance(found[1], Loaded)


def test_an_empty_archive_and_an_office_document_are_failures():
    assert "without files" in items(archive([]))[0].reason
    assert "office document" in items(archive([("[Content_Types].xml", "x"), ("word/document.xml", "y")]))[0].reason


def test_hidden_members_are_left_out_as_hidden_files_are():
    assert len(items(archive([("__MACOSX/._good.txt", "x"), (".git/x.txt", "y"), GOOD]))) == 1


def test_an_archive_on_disk_is_read_without_loading_it(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(archive([GOOD]))
    (item,) = intake.load(path)
    assert item.where == f"{path}/good.txt"
