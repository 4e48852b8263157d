"""Packs the knowledge into one JSON file when the package is built, so that an installation never parses YAML."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PackKnowledge(BuildHookInterface):
    """Has onrecord.knowledge write its packed file, and puts that file into the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Pack for a wheel; an editable install packs for itself when it first reads."""
        if version == "editable":
            return
        knowledge = _knowledge(Path(self.root) / "src" / "onrecord")
        knowledge.PACKED.unlink(missing_ok=True)
        for name in knowledge.names():  # a malformed table stops the build here
            knowledge.table(name)
        build_data["force_include"][str(knowledge.PACKED)] = "onrecord/knowledge/packed.json"


def _knowledge(package: Path) -> ModuleType:
    """The knowledge package alone: the door of onrecord would import the parser, which a build does not have."""
    door = ModuleType("onrecord")
    door.__path__ = [str(package)]
    sys.modules["onrecord"] = door
    return importlib.import_module("onrecord.knowledge")
