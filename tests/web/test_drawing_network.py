"""The network: the strongest arrows, the same every time, with names that can be read."""

import itertools
import random

from onrecord.web.drawing import texts
from onrecord.web.drawing.network import HEIGHT, MOST_NODES, WIDTH, Edge, Node, network


def some(count, share=0.3):
    chance = random.Random(7)
    codes = [f"C{i:02}" for i in range(count)]
    nodes = [Node(code, f"Country {code}", chance.randint(1, 300), f"/actor/{code}") for code in codes]
    pairs = [pair for pair in itertools.permutations(codes, 2) if chance.random() < share]
    return nodes, [Edge(a, b, chance.randint(1, 90), chance.uniform(-9, 9), f"/events?actor={a}&recipient={b}") for a, b in pairs]


def arrows(drawn):
    return [a for a in drawn.walk("a") if (a.get("class") or "").startswith("d-arrow")]


def names(drawn):
    return [t for t in drawn.walk("text") if t.text.startswith("Country")]


def test_an_arrow_says_who_does_how_much_to_whom_and_has_the_colour_of_its_score():
    nodes = [Node("AAA", "Northland", 9, "/actor/AAA"), Node("BBB", "Southland", 3, "/actor/BBB")]
    drawn = network(nodes, [Edge("AAA", "BBB", 7, -4.25, "/events"), Edge("BBB", "AAA", 2, 3.0, "/events")])
    said = {a.get("aria-label"): a.get("class") for a in arrows(drawn)}
    assert said == {
        "Northland → Southland: 7 events, mean score −4.2": "d-arrow d-conflict",
        "Southland → Northland: 2 events, mean score +3": "d-arrow d-cooperation",
    }


def test_parties_lead_to_their_pages():
    nodes, edges = some(6, 1)
    hrefs = {a.get("href") for a in network(nodes, edges).walk("a")}
    assert {node.href for node in nodes} <= hrefs


def test_only_the_strongest_arrows_are_drawn_and_the_rest_counted():
    nodes, edges = some(20, 0.5)
    drawn = network(nodes, edges, 25)
    assert len(arrows(drawn)) == 25
    weakest = min(int(a.get("aria-label").partition(": ")[2].split()[0]) for a in arrows(drawn))
    assert sum(edge.count > weakest for edge in edges) <= 25
    assert f"25 strongest of {len(edges)} arrows" in next(drawn.walk("desc")).text


def test_the_order_of_what_comes_in_changes_nothing():
    nodes, edges = some(15)
    assert str(network(nodes, edges)) == str(network(nodes[::-1], edges[::-1]))


def test_no_more_parties_than_have_room():
    nodes, edges = some(60, 0.2)
    assert 20 < len(names(network(nodes, edges, 400))) <= MOST_NODES


def test_names_stay_inside_and_do_not_cover_each_other():
    nodes, edges = some(32, 0.4)
    boxes = []
    for text in names(network(nodes, edges, 400)):
        x, y, wide = float(text.get("x")), float(text.get("y")), texts.width(text.text)
        boxes.append(texts.Box(x - wide if text.get("text-anchor") else x, y - 10, x if text.get("text-anchor") else x + wide, y + 2))
    assert len(boxes) == 32
    assert all(box.inside(texts.Box(0, 0, WIDTH, HEIGHT)) for box in boxes)
    assert not [1 for a, b in itertools.combinations(boxes, 2) if a.touches(b)]


def test_what_one_does_to_oneself_is_left_out_and_nothing_at_all_is_said():
    drawn = network([Node("AAA", "Northland", 9)], [Edge("AAA", "AAA", 5, 1.0)])
    assert not arrows(drawn)
    assert "Nobody does anything" in next(drawn.walk("desc")).text


def test_those_who_deal_much_with_each_other_stand_side_by_side():
    nodes = [Node(code, f"Country {code}", 1) for code in "ABCDEFGH"]
    ring = "AFBHCEGD"
    edges = [Edge(a, b, 50, 1.0) for a, b in itertools.pairwise(ring + ring[0])]
    spots = {
        t.text[-1]: (
            float(
                t.get(
                    "cx",
                )
                or 0
            )
        )
        for t in ()
    }
    assert not spots
    drawn = network(nodes, edges)
    at = {}
    for group in drawn.walk("g"):
        circles = [c for c in group.children if not isinstance(c, str) and c.get("class") == "d-party"]
        if circles:
            at[group.text.partition(":")[0][-1]] = (float(circles[0].get("cx")), float(circles[0].get("cy")))
    near = [((at[a][0] - at[b][0]) ** 2 + (at[a][1] - at[b][1]) ** 2) ** 0.5 for a, b in itertools.pairwise(ring + ring[0])]
    assert max(near) < 260


def test_a_party_that_only_an_arrow_names_is_drawn_under_its_code():
    drawn = network([], [Edge("AAA", "BBB", 1, 0.0)])
    assert {"AAA", "BBB"} <= {t.text for t in drawn.walk("text")}
