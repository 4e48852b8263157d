"""Processes that can be killed: what may hang or swell on a hostile page runs in one of them.

A worker is a Python of its own, started once and used for page after page.  It is spoken to over two
pipes and a clock: when an answer is late the worker is killed, and the next page gets a new one.  A
plain ``subprocess`` and not ``multiprocessing``, which would run the caller's main script again.

A worker lives no longer than its parent: waiting, it reads the end of its input at once, also after
``kill -9``; at work, a timer of the kernel ends it a second after its page's time is over.
"""

from __future__ import annotations

import atexit
import functools
import json
import os
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

START_SECONDS: Final = 60.0
"""A worker's start, and the import of a large library on a busy machine."""
ANSWER_AT_MOST: Final = 200_000_000
SIZE: Final = max(1, min(4, os.cpu_count() or 1))
"""Workers at most; each keeps about 80 MB."""


class OverrunError(Exception):
    """A job that did not end well: ``late``, or for the ``reason`` given in words."""

    def __init__(self, reason: str, late: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.late = reason, late


class Worker:
    """One process, with at most one job at a time."""

    def __init__(self, worker_bytes: int) -> None:
        self.worker_bytes = worker_bytes
        code = f"import sys; sys.path[:] = {_search_path()!r}; from onrecord.intake import extraction; extraction.serve({worker_bytes})"
        command = [sys.executable, "-P", "-c", code]
        self.inherited = _own_peak()
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0)
        assert self.process.stdin is not None and self.process.stdout is not None
        self.to, self.back = self.process.stdin.fileno(), self.process.stdout.fileno()
        os.set_blocking(self.to, False)

    def ask(self, job: str, text: str, url: str | None, seconds: float) -> dict[str, Any]:
        """The job's answer; OverrunError when it took longer, needed more memory or ended the process (which is then gone)."""
        header = json.dumps({"job": job, "url": url, "seconds": seconds}).encode()
        body = text.encode("utf-8", "replace")
        try:
            self._write(struct.pack(">II", len(header), len(body)) + header + body)
            answer = self._read(time.monotonic() + START_SECONDS)
            if answer.get("begun"):
                answer = self._read(time.monotonic() + seconds)
        except TimeoutError:
            self.kill()
            raise OverrunError(f"took longer than {round(seconds, 2):g} s", late=True) from None
        except (OSError, EOFError):
            raise OverrunError(self._died()) from None
        if answer.get("memory"):
            self.kill()
            raise OverrunError(self._too_much())
        return answer

    def _write(self, data: bytes) -> None:
        deadline, view = time.monotonic() + START_SECONDS, memoryview(data)
        while view:
            if not select.select([], [self.to], [], max(0.0, deadline - time.monotonic()))[1]:
                raise TimeoutError
            view = view[os.write(self.to, view[:65_536]) :]

    def _read(self, deadline: float) -> dict[str, Any]:
        (length,) = struct.unpack(">I", self._exactly(4, deadline))
        if length > ANSWER_AT_MOST:
            raise EOFError
        answer: dict[str, Any] = json.loads(self._exactly(length, deadline))
        return answer

    def _exactly(self, length: int, deadline: float) -> bytes:
        parts: list[bytes] = []
        while length:
            if not select.select([self.back], [], [], max(0.0, deadline - time.monotonic()))[0]:
                raise TimeoutError
            part = os.read(self.back, min(length, 1 << 20))
            if not part:
                raise EOFError
            parts.append(part)
            length -= len(part)
        return b"".join(parts)

    def _died(self) -> str:
        """Why the process ended by itself: its peak of memory tells an allocation that failed from a crash.

        Linux lets a process inherit its parent's peak: one that is no higher tells nothing.
        """
        self._close()
        peak = _reaped(self.process)
        if peak <= self.inherited and self.inherited > 0.4 * self.worker_bytes:
            return f"{self._too_much()}, or the extractor crashed on it ({self.process.returncode})"
        if peak > 0.8 * self.worker_bytes or (self.process.returncode == -signal.SIGABRT and peak > 0.4 * self.worker_bytes):
            return self._too_much()  # an abort at half of it: a list that was to be doubled
        return f"the extractor crashed on it ({self.process.returncode})"

    def _too_much(self) -> str:
        return f"needed more than {self.worker_bytes // 2**20} MB"

    def _close(self) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()

    def kill(self) -> None:
        """End the process, whatever it is doing."""
        self._close()
        if self.process.returncode is None:
            self.process.kill()
            self.process.wait()


def _search_path() -> list[str]:
    """The parent's own search path, the current folder last: data may lie there, and a file of it bear a library's name."""
    here = ("", ".", str(Path.cwd()))
    return [place for place in sys.path if place not in here] + [place for place in sys.path if place in here]


def _own_peak() -> float:
    """The most memory in bytes that this process has had; 0 where that is not known."""
    try:
        import resource
    except ImportError:
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _reaped(process: subprocess.Popen[bytes]) -> float:
    """Wait for a process that has closed its end, and give its peak of memory in bytes."""
    try:
        os.kill(process.pid, signal.SIGKILL)  # it may have closed its pipe without ending; Popen.kill would reap it first
        _, status, usage = os.wait4(process.pid, 0)
    except (ChildProcessError, ProcessLookupError):
        process.wait()
        return 0.0
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


@dataclass(slots=True)
class Pool:
    """At most ``SIZE`` workers, started when first needed; may be used from several threads at once."""

    worker_bytes: int
    """Memory of each."""
    idle: list[Worker] = field(default_factory=list)
    free: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(SIZE))

    def ask(self, job: str, text: str, url: str | None, seconds: float) -> dict[str, Any]:
        """One job's answer from the first free worker; OverrunError when it did not end well within the seconds."""
        with self.free:
            worker = self._worker()
            answer = worker.ask(job, text, url, seconds)
            if answer.get("last"):
                worker.kill()
            else:
                self.idle.append(worker)
            return answer

    def _worker(self) -> Worker:
        """A worker that waits, or a new one; one that has died while it waited is replaced."""
        while self.idle:
            worker = self.idle.pop()
            if worker.process.poll() is None:
                return worker
            worker.kill()
        try:
            return Worker(self.worker_bytes)
        except OSError as error:
            raise OverrunError(f"cannot be extracted: no process can be started ({error.strerror})") from None

    def close(self) -> None:
        """End all workers that wait."""
        while self.idle:
            self.idle.pop().kill()


def pool(worker_bytes: int) -> Pool:
    """This process's workers with so much memory each; a forked child gets its own."""
    return _pool(os.getpid(), worker_bytes)


@functools.cache
def _pool(pid: int, worker_bytes: int) -> Pool:
    made = Pool(worker_bytes)
    atexit.register(made.close)
    return made
