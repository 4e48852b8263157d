"""What is known and is not code: YAML tables of words and facts, loaded once and lazily.

``table("world/states")`` gives a file's data as plain dicts and lists.  Parsing YAML costs a second
and more, so all tables are also kept in one packed JSON file: made when the package is built, and
remade here when a YAML file is newer.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any, Final

from onrecord.record import KnowledgeError

ROOT: Final = Path(__file__).parent
PACKED: Final = ROOT / "packed.json"


def table(name: str) -> Any:
    """The data of ``knowledge/<name>.yaml``.  KnowledgeError when there is no such table."""
    try:
        return _tables()[name]
    except KeyError:
        raise KnowledgeError(f"no knowledge table {name!r} (looked for {ROOT / name}.yaml)") from None


def names(under: str = "") -> list[str]:
    """The names of all tables whose name starts with ``under``, sorted."""
    return sorted(name for name in _tables() if name.startswith(under))


def read_yaml(path: Path) -> Any:
    """One YAML file's data.  KnowledgeError names the file and the line where it is malformed."""
    import yaml  # only when the packed tables are stale: it costs start-up time

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506  # both loaders are safe ones
    except yaml.YAMLError as error:
        raise KnowledgeError(f"{path}: {error}") from error


def sources() -> dict[str, Path]:
    """Every table's YAML file by the table's name."""
    files = sorted(ROOT.rglob("*.yaml"))
    return {str(path.relative_to(ROOT).with_suffix("")).replace("\\", "/"): path for path in files}


def pack() -> dict[str, Any]:
    """Read every YAML file and write them all as one JSON file, where the folder may be written."""
    data = {name: read_yaml(path) for name, path in sources().items()}
    text = json.dumps(data, ensure_ascii=False, default=str, separators=(",", ":"))
    fresh = PACKED.with_suffix(f".{id(data)}.tmp")
    try:
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(PACKED)
    except OSError:  # a read-only installation: packed when it was built, or read from YAML each time
        fresh.unlink(missing_ok=True)
    tables: dict[str, Any] = json.loads(text)
    return tables


@functools.cache
def _tables() -> dict[str, Any]:
    if _stale():
        return pack()
    tables: dict[str, Any] = json.loads(PACKED.read_text(encoding="utf-8"))
    return tables


def _stale() -> bool:
    """True when there is no packed file or a YAML file is newer than it."""
    if not PACKED.exists():
        return True
    packed = PACKED.stat().st_mtime_ns
    return any(path.stat().st_mtime_ns > packed for path in sources().values())
