"""Fit the weights of ``knowledge/english/confidence.yaml``: ``python tools/fit_confidence.py [--shared ../shared] [--dry]``.

Logistic regression over the signs of a row, regularised (L2), on half a of the hand-labelled reports; prints how
well both halves are calibrated with the new weights.  ``--dry`` writes nothing.  Deterministic.

A wrong row counts 0 and a right one 1; a row of the right type with wrong parties counts HALF_RIGHT.
That lets the many rows with a wrong party teach what makes a row doubtful, and it keeps confidence
a little below what the labelled reports promise: the lexicon has seen their words, and has not seen
those of the next report.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from onrecord.knowledge import ROOT
from onrecord.page import Draft
from onrecord.record import Event
from onrecord.stages import confidence

PROJECT = Path(__file__).parents[1]
TABLE = ROOT / "english" / "confidence.yaml"
HALF_RIGHT = 0.6
STRENGTH = 2.0
"""How strongly a weight is held to its prior: as much as a few rows."""
PRIOR = {"damaged": -1.0}
"""What a weight is where the labelled reports have next to no rows with the sign; else 0."""
STEPS = 50

HEAD = """\
# How sure a row is: the base and the weights of a row's signs are added, and 1 / (1 + exp(-sum)) is its confidence.
# Made by tools/fit_confidence.py: logistic regression (L2 {strength:g}) on {rows} rows of half of the hand-labelled reports, rounded.
# A row of the right type with a wrong party counts as {half_right:g} right.  The labelled reports are well-formed: the weight
# of a damaged sentence is a judgement (its prior is {damaged:g}), not a finding.
"""

Weights = dict[str, Any]
Signs = dict[str, tuple[str, ...]]


def main() -> None:
    """Read, fit, print, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=PROJECT.parent / "shared", help="the folder of evaluation data")
    parser.add_argument("--dry", action="store_true", help="only print")
    asked = parser.parse_args()
    sys.path.insert(0, str(PROJECT / "bench"))
    calibration = importlib.import_module("calibration")
    rows, signs = read(calibration, asked.shared)
    learnt = [row for row in rows if row.half == "a"]
    weights = fit(learnt, signs)
    judged = [replace(row, confidence=confidence.chance(signs[row.id], weights)) for row in rows]
    for name in "ab":
        calibration.show(f"half {name}", [row for row in judged if row.half == name])
    text = written(weights, len(learnt))
    print(text)
    if not asked.dry:
        TABLE.write_text(text, encoding="utf-8")


def read(calibration: Any, shared: Path) -> tuple[list[Any], Signs]:
    """The judged rows, and the signs of each by its id: noted when the reader asks how sure a row is."""
    seen: Signs = {}

    def noted(event: Event, draft: Draft) -> float:
        seen[event.id] = confidence.signs(event, draft)
        return 0.5

    with patch.object(confidence, "of", noted):
        return calibration.judged(shared), seen


def fit(rows: list[Any], signs: Signs) -> Weights:
    """The base and the weights, with two digits: Newton's method from the priors."""
    names = list(confidence.SIGNS)
    bears = np.array([[1.0, *(float(name in signs[row.id]) for name in names)] for row in rows])
    wanted = np.array([(1.0 if row.parties_right else HALF_RIGHT) if row.right else 0.0 for row in rows])
    prior = np.array([0.0, *(PRIOR.get(name, 0.0) for name in names)])
    held = np.diag([1e-6] + [STRENGTH] * len(names))
    found = prior.copy()
    for _ in range(STEPS):
        told = 1 / (1 + np.exp(-bears @ found))
        slope = bears.T @ (told - wanted) + held @ (found - prior)
        bend = (bears * (told * (1 - told))[:, None]).T @ bears + held
        found -= np.linalg.solve(bend, slope)
    base, *weights = (round(float(value), 2) + 0.0 for value in found)
    return {"base": base, "signs": dict(zip(names, weights, strict=True))}


def written(weights: Weights, rows: int) -> str:
    """The table as YAML, each sign with what it means."""
    head = HEAD.format(rows=rows, strength=STRENGTH, half_right=HALF_RIGHT, damaged=PRIOR["damaged"])
    lines = [f"  {name + ':':<16} {weight:>5}  # {confidence.SIGNS[name].__doc__}" for name, weight in weights["signs"].items()]
    return "\n".join([f"{head}base: {weights['base']}", "", "signs:", *lines, ""])


if __name__ == "__main__":
    main()
