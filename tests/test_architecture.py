"""The house's own rules: who may import whom, how long things are, what stays out of the code."""

from __future__ import annotations

import ast
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "onrecord"
MODULES = sorted(SOURCE.rglob("*.py"))
SKINS = set((SOURCE / "cli").rglob("*.py"))
LONGEST_FUNCTION, MEDIAN_FUNCTION = 60, 8
LONGEST_MODULE = 600
WORDS_IN_A_LITERAL = 12
"""A list of more lower-case words than this in code is knowledge that stands in the wrong room."""
LONG_ALLOWED: dict[str, str] = {}
"""Module → why it may be longer, for now."""
LABELS = """
    acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj csubjpass dative dep det dobj
    expl intj mark meta neg nmod npadvmod nsubj nsubjpass nummod oprd parataxis pcomp pobj poss preconj predet prep prt punct
    quantmod relcl xcomp root subj obj iobj clause mod
"""
"""The parser's own labels and the names of our functions: codes, not words."""


def tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"), filename=str(module))


def functions(module: Path) -> Iterator[tuple[str, int]]:
    """Each function with its lines of code: without its docstring."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            told = ast.get_docstring(node, clean=False)
            yield f"{module.name}:{node.name}", (node.end_lineno or 0) - node.lineno + 1 - (len(told.splitlines()) if told else 0)


def names(modules: list[Path]) -> list[str]:
    return [str(module.relative_to(SOURCE)) for module in modules]


def test_the_import_law_holds() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr


def test_no_function_is_long() -> None:
    long = {name: lines for module in MODULES for name, lines in functions(module) if lines > LONGEST_FUNCTION}
    assert not long


def test_the_median_function_is_small() -> None:
    assert statistics.median(lines for module in MODULES for _, lines in functions(module)) <= MEDIAN_FUNCTION


@pytest.mark.parametrize("module", MODULES, ids=names(MODULES))
def test_a_module_is_of_a_size_to_read(module: Path) -> None:
    if str(module.relative_to(SOURCE)) not in LONG_ALLOWED:
        assert len(module.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("module", [m for m in MODULES if m not in SKINS], ids=names([m for m in MODULES if m not in SKINS]))
def test_only_the_skins_print_and_leave(module: Path) -> None:
    called = {ast.unparse(node.func) for node in ast.walk(tree(module)) if isinstance(node, ast.Call)}
    assert not called & {"print", "sys.exit", "exit", "quit", "os._exit", "input"}


@pytest.mark.parametrize("module", MODULES, ids=names(MODULES))
def test_no_except_is_broad_and_nothing_is_global(module: Path) -> None:
    for node in ast.walk(tree(module)):
        assert not isinstance(node, ast.Global)
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None and ast.unparse(node.type) not in ("Exception", "BaseException"), f"line {node.lineno}"


def test_there_is_no_utils() -> None:
    assert not [module for module in MODULES if module.stem in ("utils", "util", "helpers", "common", "misc")]


@pytest.mark.parametrize("module", MODULES, ids=names(MODULES))
def test_no_list_of_words_stands_in_code(module: Path) -> None:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            words = [e.value for e in node.elts if isinstance(e, ast.Constant) and isinstance(e.value, str) and e.value.islower()]
            words = [word for word in words if word not in LABELS.split()]
            assert len(words) <= WORDS_IN_A_LITERAL, f"line {node.lineno}: {words[:5]}… belong in knowledge/"


@pytest.mark.parametrize("module", MODULES, ids=names(MODULES))
def test_every_public_name_has_a_docstring(module: Path) -> None:
    bare = [
        node.name
        for node in [*tree(module).body]
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert not bare


CALLED = [module for module in MODULES if module not in SKINS]
"""A command's parameters are options, which its user names; nobody calls it."""


@pytest.mark.parametrize("module", CALLED, ids=names(CALLED))
def test_a_public_call_takes_at_most_six_parameters(module: Path) -> None:
    for node in tree(module).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            arguments = node.args
            assert len(arguments.posonlyargs + arguments.args + arguments.kwonlyargs) <= 6, node.name
