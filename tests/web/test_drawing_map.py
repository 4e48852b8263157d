"""The map: projected as published, cut where it ends, of use without outlines."""

import json
import math
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record import InputError
from onrecord.web.drawing import map as maps
from onrecord.web.drawing import outlines, projection
from onrecord.web.drawing.map import Land, Place, Region

SQUARE = [[0, 0], [20, 0], [20, 20], [0, 20], [0, 0]]
OVER_THE_DATE_LINE = [[170, 0], [-170, 0], [-170, 20], [170, 20], [170, 0]]
ROUND_THE_POLE = [[lon, -70] for lon in range(-180, 181, 10)]


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "world.json"
    made.write_text(json.dumps({"AAA": [SQUARE], "BBB": [OVER_THE_DATE_LINE]}))
    return made


def of_class(drawn, name):
    return [e for e in drawn.walk() if name in (e.get("class") or "").split()]


def place(name="Port", lat=10.0, lon=10.0, count=4, href="/events?place=Port"):
    return Place(name, lat, lon, count, href=href)


# ---------------------------------------------------------------- the projection


def test_the_projection_gives_the_published_width_and_height():
    assert pytest.approx(2.70663, abs=1e-4) == projection.HALF_WIDTH
    assert pytest.approx(1.31736, abs=1e-4) == projection.HALF_HEIGHT
    assert pytest.approx(2.05458, abs=1e-4) == projection.HALF_WIDTH / projection.HALF_HEIGHT


@given(st.floats(-170, 160), st.floats(-89, 80))
def test_the_projection_keeps_areas(lon, lat):
    step = 1e-3
    corners = [projection.equal_earth(lon + a, lat + b) for a, b in ((0, 0), (step, 0), (step, step), (0, step))]
    turned = corners[1:] + corners[:1]
    area = abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(corners, turned, strict=True))) / 2
    side = math.radians(step)
    on_earth = side * (math.sin(math.radians(lat + step)) - math.sin(math.radians(lat)))
    assert area == pytest.approx(on_earth, rel=2e-3)


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=3, max_size=12), st.integers(-180, 180))
def test_no_part_of_a_cut_ring_leaves_the_map(ring, middle):
    for part in projection.cut(ring, middle):
        assert all(-180 - 1e-6 <= lon <= 180 + 1e-6 and -90 <= lat <= 90 for lon, lat in part)


def test_a_ring_over_the_date_line_becomes_two_at_the_two_edges():
    parts = sorted(projection.cut(OVER_THE_DATE_LINE, 0), key=min)
    assert [(min(lon for lon, _ in part), max(lon for lon, _ in part)) for part in parts] == [(-180, -170), (170, 180)]


def test_the_same_ring_stays_whole_where_the_map_is_cut_elsewhere():
    (part,) = projection.cut(OVER_THE_DATE_LINE, 180)
    assert {lon for lon, _ in part} == {-10, 10}


def test_a_ring_round_the_pole_is_closed_along_it():
    parts = list(projection.cut(ROUND_THE_POLE, 0))
    assert {lat for part in parts for _, lat in part} >= {-70, -90}
    assert min(lon for part in parts for lon, _ in part) == -180
    assert max(lon for part in parts for lon, _ in part) == 180


# ---------------------------------------------------------------- outlines


def test_without_a_file_there_are_meridians_and_places(tmp_path):
    drawn = maps.world([place()], [], tmp_path / "none.json")
    assert not of_class(drawn, "d-land")
    assert len(of_class(drawn, "d-graticule")) == 1
    assert len(of_class(drawn, "d-place")) == 1


def test_a_country_with_events_leads_to_its_page_and_others_are_ground(file):
    drawn = maps.world([], [Land("AAA", "Northland", -4.0, 12, "/actor/AAA")], file)
    (a,) = drawn.walk("a")
    assert (a.get("href"), a.get("aria-label")) == ("/actor/AAA", "Northland: 12 events, mean score −4")
    assert len(of_class(drawn, "d-land")) == 2
    assert len([e for e in of_class(drawn, "d-balance-conflict-2") if e.tag == "path"]) == 1


def test_a_file_that_was_changed_is_read_anew(file):
    assert len(outlines.shapes(file, 0, 1)) == 2
    file.write_text(json.dumps({"CCC": [SQUARE]}))
    os.utime(file, ns=(1, 1))
    assert [shape.code for shape in outlines.shapes(file, 0, 1)] == ["CCC"]


@pytest.mark.parametrize("text", ["{", "[]", '{"AAA": 3}', '{"AAA": [[["x", 1]]]}', '{"AAA": [[[1]]]}'])
def test_a_file_of_another_form_is_said_to_be(tmp_path, text):
    bad = tmp_path / "bad.json"
    bad.write_text(text)
    with pytest.raises(InputError, match=r"bad\.json: not a file of outlines"):
        maps.world([], [], bad)


def test_outlines_are_kept_once_drawn(file):
    assert outlines.shapes(file, 0, 1) is outlines.shapes(file, 0, 1)


# ---------------------------------------------------------------- places and regions


def test_a_circles_area_grows_with_its_count():
    assert maps.radius(25, 100) == pytest.approx(maps.radius(100, 100) / 2)
    assert maps.radius(0, 100) == maps.SMALLEST


@pytest.mark.parametrize(
    ("mean", "level"),
    [(-9, "conflict-3"), (-2, "conflict-2"), (-0.5, "conflict-1"), (0.2, "even"), (1, "cooperation-1"), (7, "cooperation-3")],
)
def test_a_balance_has_one_of_seven_steps(mean, level):
    assert maps.level(mean) == level


def test_a_region_holds_its_places_and_a_margin():
    found = maps.around([place(lat=44, lon=22), place(lat=52, lon=40)])
    assert found.west < 22 < 40 < found.east
    assert found.south < 44 < 52 < found.north


def test_a_region_over_the_date_line_is_the_short_way_round():
    found = maps.around([place(lon=178.0), place(lon=-171.0)])
    assert found.west > found.east
    assert (found.east - found.west) % 360 < 30


def test_no_place_has_no_region_and_places_all_over_have_the_world():
    assert maps.around([]) is None
    assert maps.around([place(lon=lon) for lon in (-170, -90, 0, 90, 170)]) == Region(-180, -90, 180, 90)


@given(st.lists(st.tuples(st.floats(-85, 85), st.floats(-180, 180)), min_size=1, max_size=6))
def test_every_place_is_seen_in_the_region_around_it(at):
    places = [Place("p", lat, lon, 1) for lat, lon in at]
    assert len(of_class(maps.world(places, region=maps.around(places)), "d-place")) == len(places)


def test_places_outside_the_region_are_not_drawn():
    drawn = maps.world([place(), place("Far", -40, -100)], region=Region(0, 0, 20, 20))
    assert [e.text for e in of_class(drawn, "d-halo")] == ["Port"]


def test_only_countries_that_are_seen_are_drawn(file):
    assert len(of_class(maps.world([], [], file, Region(0, 0, 20, 20)), "d-land")) == 1


def test_names_of_places_do_not_cover_each_other():
    drawn = maps.world([place(f"Harbour {i}", 10 + i / 100, 10) for i in range(20)])
    assert 1 <= len(of_class(drawn, "d-halo")) <= 4


@pytest.mark.parametrize(("lat", "lon"), [(95.0, 0.0), (math.nan, 0.0), (0.0, math.inf)])
def test_a_place_that_is_nowhere_is_counted_not_drawn(lat, lon):
    drawn = maps.world([place(), place("Nowhere", lat, lon)])
    assert len(of_class(drawn, "d-place")) == 1
    assert "1 place without a position not drawn" in next(drawn.walk("desc")).text
