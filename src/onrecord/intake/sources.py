"""Where input comes from: a path, a folder, standard input, an explicit URL; and the order in which its items come out."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO, Final

from onrecord.intake import opener, sniff, worker
from onrecord.intake.items import Failure, Loaded, Options, Piece
from onrecord.intake.sitemaps import Link

STDIN: Final = "-"
AHEAD: Final = 2 * worker.SIZE
"""Items that may be under way while the first of them is waited for."""


def read(source: str | Path, options: Options) -> Iterator[Loaded | Failure]:
    """The items of a source, in their order."""
    yield from _in_order(lambda desk: _items(source, desk), options)


def read_bytes(data: bytes, where: str, options: Options) -> Iterator[Loaded | Failure]:
    """The items in the bytes of one file."""
    yield from _in_order(lambda desk: desk.open(Piece(where, io.BytesIO(data))), options)


def _items(source: str | Path, desk: opener.Opener) -> Iterator[opener.Pending]:
    if str(source) == STDIN:
        yield from _stream(sys.stdin.buffer, "standard input", desk)
    elif isinstance(source, str) and sniff.is_url(source):
        yield from desk.fetched(Link(source), named=True)
    elif Path(source).is_dir():
        yield from _folder(Path(source), desk)
    else:
        yield from _file(Path(source), desk)


def _folder(folder: Path, desk: opener.Opener) -> Iterator[opener.Pending]:
    """The items of the files of a folder and its subfolders, in the order of their names, hidden ones left out."""
    closed: list[OSError] = []
    files = [Path(place, name) for place, _, names in os.walk(folder, onerror=closed.append) for name in names]
    for error in closed:
        yield Failure(str(error.filename), f"cannot be read: {error.strerror}")
    for file in sorted(files):
        if file.is_file() and not any(part.startswith(".") for part in file.relative_to(folder).parts):
            yield from _file(file, desk)


def _file(path: Path, desk: opener.Opener) -> Iterator[opener.Pending]:
    try:
        with path.open("rb") as file:
            if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                yield from desk.open(Piece(str(path), file))
            else:  # a pipe or a device: of no known size, and perhaps without an end
                yield from _stream(file, str(path), desk)
    except (OSError, ValueError) as error:  # ValueError: a path that no file can have (a NUL in it)
        yield Failure(str(path), f"cannot be read: {getattr(error, 'strerror', None) or error}")


def _stream(stream: BinaryIO, where: str, desk: opener.Opener) -> Iterator[opener.Pending]:
    """The items of what cannot be read twice, as far as a file may be long."""
    data = stream.read(desk.options.limits.file_bytes + 1)
    if len(data) > desk.options.limits.file_bytes:
        yield Failure(where, f"is larger than {desk.options.limits.file_bytes:,} bytes")
    else:
        yield from desk.open(Piece(where, io.BytesIO(data)))


def _in_order(items: Callable[[opener.Opener], Iterator[opener.Pending]], options: Options) -> Iterator[Loaded | Failure]:
    """The items in their order, while some of the pages behind the first are already being extracted."""
    threads = ThreadPoolExecutor(worker.SIZE)
    waiting: deque[opener.Pending] = deque()
    try:
        for item in items(opener.Opener(options, threads.submit)):
            waiting.append(item)
            while waiting and (len(waiting) > AHEAD or _is_there(waiting[0])):
                yield _awaited(waiting.popleft())
        while waiting:
            yield _awaited(waiting.popleft())
    finally:
        threads.shutdown(cancel_futures=True)  # a caller who has had enough waits for no page that has not begun


def _is_there(item: opener.Pending) -> bool:
    return not isinstance(item, Future) or item.done()


def _awaited(item: opener.Pending) -> Loaded | Failure:
    return item.result() if isinstance(item, Future) else item
