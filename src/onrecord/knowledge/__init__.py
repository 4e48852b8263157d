"""What is known and is not code: YAML tables of words and facts, loaded once and lazily.

``table("world/states")`` gives a file's data as plain dicts and lists.  Parsing YAML costs a second
and more, so all tables are also kept in one packed JSON file, made when the package is built; a
table whose YAML has changed since is parsed anew and packed again.
"""

from __future__ import annotations

import functools
import json
import os
import re
import zlib
from pathlib import Path
from typing import Any, Final

from onrecord.record import KnowledgeError

ROOT: Final = Path(__file__).parent
PACKED: Final = ROOT / "packed.json"

Packed = dict[str, tuple[int, int, Any]]
"""Table name → checksum of its YAML, when that was last touched (nanoseconds), and its data."""


@functools.cache
def table(name: str) -> Any:
    """The data of ``knowledge/<name>.yaml``.  KnowledgeError when there is no such table or it is malformed."""
    path = sources().get(name)
    if path is None:
        raise KnowledgeError(f"no knowledge table {name!r} (looked for {ROOT / name}.yaml)")
    entry = _tables().get(name)
    return read_yaml(path) if entry is None else entry[2]


@functools.cache
def names(under: str = "") -> tuple[str, ...]:
    """The names of all tables whose name starts with ``under``, sorted."""
    return tuple(sorted(name for name in sources() if name.startswith(under)))


def read_yaml(path: Path) -> Any:
    """One YAML file's data.  KnowledgeError names the file and the line where it is malformed."""
    import yaml  # only when a packed table is stale: it costs start-up time

    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_loader())
    except yaml.YAMLError as error:
        raise KnowledgeError(f"{path}: {error}") from error
    return json.loads(json.dumps(data, default=str))  # dates become ISO text, as in the packed file


@functools.cache
def _loader() -> Any:
    """A safe YAML loader to which only ``true`` and ``false`` are booleans: "on" and "no" are words here."""
    import yaml

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # the base is chosen at run time
        """Without YAML 1.1's yes, no, on and off."""

    Loader.yaml_implicit_resolvers = {
        first: [(tag, rule) for tag, rule in rules if not tag.endswith(":bool")] for first, rules in Loader.yaml_implicit_resolvers.items()
    }
    Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))
    return Loader


@functools.cache
def sources() -> dict[str, Path]:
    """Every table's YAML file by the table's name."""
    files = sorted(ROOT.rglob("*.yaml"))
    return {path.relative_to(ROOT).with_suffix("").as_posix(): path for path in files}


@functools.cache
def _tables() -> Packed:
    """The packed tables, each as fresh as its YAML; a malformed one is left out and raises when it is asked for."""
    packed = _unpack()
    fresh = {name: entry for name, path in sources().items() if (entry := _fresh(path, packed.get(name))) is not None}
    if fresh != packed:
        write(fresh)
    return fresh


def _fresh(path: Path, known: tuple[int, int, Any] | None) -> tuple[int, int, Any] | None:
    """A table's entry: the known one when its file is untouched or has the same checksum, else read anew; None when malformed."""
    touched = path.stat().st_mtime_ns
    if known is not None and known[1] == touched:
        return known
    check = zlib.crc32(path.read_bytes())
    if known is not None and known[0] == check:
        return (check, touched, known[2])
    try:
        return (check, touched, read_yaml(path))
    except KnowledgeError:
        return None


def _unpack() -> Packed:
    try:
        return {name: (check, touched, data) for name, (check, touched, data) in json.loads(PACKED.read_text(encoding="utf-8")).items()}
    except (OSError, ValueError):
        return {}


def write(tables: Packed) -> None:
    """Write the packed file whole or not at all; a read-only installation is left as it is."""
    text = json.dumps(tables, ensure_ascii=False, separators=(",", ":"))
    part = PACKED.with_suffix(f".{os.getpid()}.tmp")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(PACKED)
    except OSError:
        part.unlink(missing_ok=True)
