"""The floors: figures that may not get worse.  ``floors.json`` is changed by hand only, with a line in LOG.md."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

FLOORS = Path(__file__).with_name("floors.json")


def broken(figures: Mapping[str, float]) -> Iterator[str]:
    """What is below its floor or above its ceiling, in words; figures that were not measured are not judged."""
    limits = json.loads(FLOORS.read_text(encoding="utf-8"))
    for name, floor in limits["at_least"].items():
        if name in figures and round(figures[name], 3) < floor:
            yield f"{name} is {figures[name]:.3f}, below its floor of {floor}"
    for name, ceiling in limits["at_most"].items():
        if name in figures and round(figures[name], 3) > ceiling:
            yield f"{name} is {figures[name]:.3f}, above its ceiling of {ceiling}"


def verdict(figures: Mapping[str, float]) -> int:
    """Print what is broken; the exit status: 1 if anything is."""
    found = list(broken(figures))
    for line in found:
        print(f"FLOOR BROKEN: {line}")
    if not found:
        print("All measured figures are within their floors.")
    return 1 if found else 0
