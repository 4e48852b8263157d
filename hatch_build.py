"""What a built package holds that the repository does not: the packed knowledge, and the desk's front-end parts.

The knowledge is packed into one JSON file, so that an installation never parses YAML.  The front-end parts are bundled
from npm by frontend/build.py.  An editable install does neither: it packs when it first reads, and `make frontend` builds.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PackKnowledge(BuildHookInterface):
    """Has onrecord.knowledge write its packed file and frontend/build.py its bundles, and puts them into the package."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node as a package, where a build will need it and the path has none."""
        frontend = _frontend(Path(self.root))
        needed = not (frontend.left_out() or frontend.is_fresh() or frontend.find_node())
        return [frontend.PACKAGE] if needed else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Pack and bundle for a wheel, bundle for an sdist (whoever builds from one needs no npm registry)."""
        if version == "editable":
            return
        included = build_data["force_include"]
        if self.target_name == "wheel":
            included[str(_packed(Path(self.root)))] = "onrecord/knowledge/packed.json"
        vendor = self._bundled()
        if vendor is not None:
            room = "onrecord" if self.target_name == "wheel" else "src/onrecord"
            included[str(vendor)] = f"{room}/web/static/vendor"

    def _bundled(self) -> Path | None:
        """The folder of the bundles, built if need be; None if the environment asks for a package without."""
        frontend = _frontend(Path(self.root))
        if frontend.left_out():
            self.app.display_warning(f"{frontend.WITHOUT} is set: the package has no front-end parts, the desk's pages will be plainer")
            return None
        if not frontend.is_fresh():
            try:
                frontend.build()
            except frontend.NoFrontendError as error:
                sys.exit(f"onrecord: {error}\nA package without them, whose pages are plainer, is built with {frontend.WITHOUT}=1.")
        return Path(frontend.VENDOR)


def _packed(root: Path) -> Path:
    """The knowledge in one file, written anew."""
    knowledge = _knowledge(root / "src" / "onrecord")
    knowledge.PACKED.unlink(missing_ok=True)
    for name in knowledge.names():  # a malformed table stops the build here
        knowledge.table(name)
    return Path(knowledge.PACKED)


def _knowledge(package: Path) -> ModuleType:
    """The knowledge package alone: the door of onrecord would import the parser, which a build does not have."""
    door = ModuleType("onrecord")
    door.__path__ = [str(package)]
    sys.modules["onrecord"] = door
    return importlib.import_module("onrecord.knowledge")


def _frontend(root: Path) -> ModuleType:
    """frontend/build.py as a module: it is no package's."""
    spec = importlib.util.spec_from_file_location("onrecord_frontend", root / "frontend" / "build.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"{root / 'frontend' / 'build.py'} is missing")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
