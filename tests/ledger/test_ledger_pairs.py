"""The list of pairs that bench/contacts.py measures by: its own shape."""

import csv
from collections import Counter
from pathlib import Path

PAIRS = Path(__file__).with_name("pairs.tsv")


def listed():
    with PAIRS.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def test_the_list_has_ids_and_labels_only_and_enough_of_each():
    pairs = listed()
    assert {frozenset(pair) for pair in pairs} == {frozenset({"report", "other", "label", "kind"})}
    assert {(pair["label"], pair["kind"]) for pair in pairs} == {
        ("same", "two"),
        ("same", "release"),
        ("same", "mention"),
        ("other", "near"),
    }
    count = Counter(pair["label"] for pair in pairs)
    assert count["same"] >= 40
    assert count["other"] >= 60
    assert not any(" " in value for pair in pairs for value in pair.values())


def test_no_pair_has_two_labels_but_where_a_report_mentions_anothers_news():
    known: dict[frozenset, str] = {}
    for pair in listed():
        ids = frozenset({pair["report"], pair["other"]})
        assert len(ids) == 2
        if pair["kind"] != "mention":
            assert known.setdefault(ids, pair["label"]) == pair["label"]
