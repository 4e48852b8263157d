"""brat standoff: what brat reads of a file is what the report says, and ids lead somewhere."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

from hypothesis import given, settings
from strange import readings

from onrecord.export import FORMATS, brat
from onrecord.record import TYPES, Reading, Span


def files(*held: Reading) -> dict[str, str]:
    out = io.BytesIO()
    FORMATS["brat"](iter(held), out)
    with zipfile.ZipFile(out) as found:
        return {name: found.read(name).decode("utf-8") for name in found.namelist()}


def of(reading: Reading) -> tuple[str, list[str]]:
    """The text and the annotation lines, read as brat reads them: by every kind of line end."""
    found = files(reading)
    text = next(content for name, content in found.items() if name.endswith(".txt"))
    return text, next(content for name, content in found.items() if name.endswith(".ann")).splitlines()


def test_each_report_has_its_two_files(reading: Reading) -> None:
    other = replace(reading, report=replace(reading.report, id="../x y"))
    assert list(files(reading, other)) == ["annotation.conf", "0001-hand.txt", "0001-hand.ann", "0002-x-y.txt", "0002-x-y.ann"]


def test_an_event_has_its_parties_attributes_and_note(reading: Reading) -> None:
    _, lines = of(reading)
    bounds = {line.split("\t")[0]: line.split("\t") for line in lines if line.startswith("T")}
    event = next(line for line in lines if line.startswith("E1\t"))
    roles = dict(part.split(":") for part in event.split("\t")[1].split())
    assert bounds[roles["REJECT"]][2] == "rejected" and bounds[roles["Actor"]][2] == "Portugal"
    assert bounds[roles["Recipient"]][1].startswith("Party ")
    assert any(re.fullmatch(r"A\d+\tStatus E1 actual", line) for line in lines)
    assert any(re.fullmatch(r"A\d+\tMode E1 meet", line) for line in lines)
    assert any(line.startswith("#") and f"id={reading.events[0].id}" in line for line in lines)


def test_a_place_has_a_reference_and_a_row_its_statement(reading: Reading) -> None:
    _, lines = of(reading)
    assert any(re.fullmatch(r"N1\tReference T\d+ GeoNames:2268339\tFaro", line) for line in lines)
    assert "R1\tSaidIn Arg1:E1 Arg2:E3" in lines


def test_rows_of_one_contact_and_answers_are_related(reading: Reading) -> None:
    first, second = reading.events
    lines = of(replace(reading, events=(replace(first, contact="c"), replace(second, contact="c", answers=first.id))))[1]
    kinds = {line.split("\t")[1] for line in lines if line.startswith("R")}
    assert {"SameContact Arg1:E1 Arg2:E2", "Answers Arg1:E2 Arg2:E1"} <= kinds


def test_the_same_words_with_two_meanings_are_two_text_bounds(reading: Reading) -> None:
    event = reading.events[0]
    twice = (event.actors[0], replace(event.actors[0], name="Spain", country="ESP"))
    lines = of(replace(reading, events=(replace(event, actors=twice),), statements=()))[1]
    roles = dict(part.split(":") for part in next(line for line in lines if line.startswith("E1")).split("\t")[1].split())
    assert roles["Actor"] != roles["Actor2"]


def test_a_span_over_lines_comes_in_fragments() -> None:
    text = "one two \n\n  three"
    assert brat.fragments(Span.of(text, 4, len(text))) == [(4, 7), (12, 17)]


def test_the_configuration_names_all_that_is_used(reading: Reading) -> None:
    sections = dict(re.findall(r"\[(\w+)\]\n(.*?)(?=\n\[|\Z)", brat.configuration(), re.DOTALL))
    assert set(sections) == {"entities", "relations", "events", "attributes"}
    assert all(f"\n{name}\t" in f"\n{sections['events']}" for name in (*TYPES, "Statement"))
    assert "heavy-weapons" in sections["attributes"]


def test_the_same_readings_give_the_same_bytes(reading: Reading) -> None:
    one, other = io.BytesIO(), io.BytesIO()
    FORMATS["brat"]([reading], one)
    FORMATS["brat"]([reading], other)
    assert one.getvalue() == other.getvalue()


@given(readings())
@settings(max_examples=50)
def test_every_text_bound_quotes_the_text(held: Reading) -> None:
    text, lines = of(held)
    assert len(text) == len(held.report.text)
    known = {line.split("\t")[0] for line in lines}
    for line in lines:
        id, body, *words = line.split("\t")
        if id[0] == "T":
            places = [place.split() for place in body.partition(" ")[2].split(";")]
            quoted = " ".join(text[int(first) : int(last)] for first, last in places)
            assert words == [quoted.replace("\n", " ")]
        elif id[0] == "E":
            assert {part.split(":")[1] for part in body.split()} <= known
        assert re.fullmatch(r"[TEANR#]\d+", id)
