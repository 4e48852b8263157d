"""The processes that extract: killed when late or swollen, replaced, and never outliving their parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from onrecord import intake
from onrecord.intake import Failure, Limits, Options, pages, worker

SENTENCE = "The envoy met the minister in Oslo on Monday, and neither had a word to say of it."
MEMORY = 512 * 2**20


@pytest.fixture
def pool():
    made = worker.Pool(MEMORY)
    yield made
    made.close()


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False


def gone(pid: int, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while alive(pid) and time.monotonic() < end:
        time.sleep(0.05)
    return not alive(pid)


def test_one_worker_serves_page_after_page(pool):
    for _ in range(3):
        assert SENTENCE in pool.ask("plain", f"<p>{SENTENCE}</p>", None, 5)["text"]
    assert len(pool.idle) == 1


def test_a_late_worker_is_killed_and_the_next_page_gets_a_new_one(pool):
    pool.ask("plain", f"<p>{SENTENCE}</p>", None, 5)
    (first,) = pool.idle
    with pytest.raises(worker.OverrunError, match=r"took longer than 0\.2 s") as caught:
        pool.ask("main", "<div>" * 100_000 + SENTENCE, None, 0.2)
    assert caught.value.late and not alive(first.process.pid)
    assert SENTENCE in pool.ask("plain", f"<p>{SENTENCE}</p>", None, 5)["text"]


@pytest.mark.parametrize("count", [700_000, 1_300_000])  # the library aborts, or raises what it likes
def test_a_worker_that_needs_too_much_memory_says_so_or_dies_of_it(count):
    small = worker.Pool(160 * 2**20)
    with pytest.raises(worker.OverrunError, match="needed more than 160 MB"):
        small.ask("plain", "<p>" * count, None, 30)
    assert not small.idle


def test_a_worker_that_died_while_it_waited_is_replaced(pool):
    pool.ask("plain", f"<p>{SENTENCE}</p>", None, 5)
    os.kill(pool.idle[0].process.pid, signal.SIGKILL)
    assert gone(pool.idle[0].process.pid, 5)
    assert SENTENCE in pool.ask("plain", f"<p>{SENTENCE}</p>", None, 5)["text"]


def test_a_worker_that_dies_at_its_work_is_told_of(pool):
    pool.ask("plain", f"<p>{SENTENCE}</p>", None, 5)
    threading.Timer(0.3, os.kill, (pool.idle[0].process.pid, signal.SIGSEGV)).start()
    with pytest.raises(worker.OverrunError, match="crashed"):
        pool.ask("main", "<div>" * 100_000 + SENTENCE, None, 10)


def test_a_worker_leaves_when_its_pool_is_closed(pool):
    pool.ask("plain", f"<p>{SENTENCE}</p>", None, 5)
    pid = pool.idle[0].process.pid
    pool.close()
    assert gone(pid, 5)


PARENT = """
    import sys, threading, time
    from onrecord.intake import worker
    pool = worker.Pool(2**29)
    pool.ask("plain", "<p>The envoy met the minister in Oslo on Monday of this week.</p>", None, 5)
    pid = pool.idle[0].process.pid
    if sys.argv[1] == "busy":
        threading.Thread(target=pool.ask, args=("main", "<div>" * 200_000 + "x", None, 2)).start()
        time.sleep(0.5)
    print(pid, flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize(("state", "seconds"), [("idle", 3), ("busy", 6)])
def test_workers_die_with_a_parent_that_is_killed(state, seconds):
    with subprocess.Popen([sys.executable, "-c", textwrap.dedent(PARENT), state], stdout=subprocess.PIPE) as parent:
        pid = int(parent.stdout.readline())
        assert alive(pid)
        parent.kill()
    assert gone(pid, seconds)


@pytest.mark.parametrize("here", ["", "."])
def test_a_file_among_the_data_that_bears_a_library_s_name_is_not_run(here, tmp_path, monkeypatch, pool):
    (tmp_path / "trafilatura.py").write_text("from pathlib import Path; Path('run').touch()", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [here, *sys.path])
    assert SENTENCE in pool.ask("article", f"<html><body><p>{SENTENCE}</p></body></html>", None, 5)["text"]
    assert not (tmp_path / "run").exists()


def test_a_process_that_cannot_be_started_is_told_of(pool, monkeypatch):
    def full(*words, **names):
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(subprocess, "Popen", full)
    (item,) = intake.load_bytes(f"<html><p>{SENTENCE}</p></html>".encode(), "a.html", options=Options(limits=Limits(worker_bytes=2**28)))
    assert "no process can be started" in item.reason


# ---------------------------------------------------------------- hostile pages

ROWS = "".join(f"<tr><td>Envoy {n}</td><td>met the minister</td></tr>" for n in range(50_000))
HOSTILE = {
    "a hundred thousand paragraphs": "<html><body>" + f"<p>{SENTENCE}</p>" * 100_000,
    "a hundred thousand nested divs": "<html><body>" + "<div>" * 100_000 + f"<p>{SENTENCE}</p>",
    "a table of fifty thousand rows": f"<html><body><table>{ROWS}</table></body></html>",
    "an attribute of five megabytes": f'<html><body><p title="{"x" * 5_000_000}">{SENTENCE} {SENTENCE}</p></body></html>',
    "a million open paragraphs": "<html><body>" + "<p>" * 1_000_000,
    "NUL bytes": f"<html><body>\x00<p>{SENTENCE}\x00</p>" + f"<p>\x00{SENTENCE}</p>" * 5,
}
KEPT = ("a hundred thousand paragraphs", "a hundred thousand nested divs", "an attribute of five megabytes", "NUL bytes")
STALL = 5 + 2.5
"""The page's 5 seconds, and what a busy machine needs to start two new workers."""


@pytest.fixture(scope="module")
def outcomes():
    """Each hostile page's item and seconds, and the items of the good pages read between them."""
    found, between = {}, []
    for name, html in HOSTILE.items():
        start = time.perf_counter()
        (item,) = intake.load_bytes(html.encode(), f"{name}.html")
        found[name] = (item, time.perf_counter() - start)
        between += intake.load_bytes(f"<html><body><p>{SENTENCE}</p></body></html>".encode(), "good.html")
    return found, between


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_stalls_nothing(name, outcomes):
    assert outcomes[0][name][1] < STALL


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_is_kept_or_told_of(name, outcomes):
    item, _ = outcomes[0][name]
    if isinstance(item, Failure):  # a busy machine may need more than the page's time for pages that it could keep
        assert item.reason.startswith(("took longer than 5 s", "no article text found", "needed more than 512 MB"))
    else:
        assert SENTENCE in item.report.text


@pytest.mark.parametrize("name", KEPT)
def test_a_hostile_page_with_a_text_is_kept_when_there_is_time(name):
    (item,) = intake.load_bytes(HOSTILE[name].encode(), f"{name}.html", options=Options(limits=Limits(page_seconds=30)))
    assert SENTENCE in item.report.text


def test_the_pages_between_are_all_kept(outcomes):
    assert [item.report.text for item in outcomes[1]] == [SENTENCE] * len(HOSTILE)


@pytest.mark.parametrize(
    ("html", "means"),
    [("<div>" * 12_000 + f"<p>{SENTENCE}</p>" + "</div>" * 12_000, "menus included"), (f"<p>{SENTENCE}</p>" * 11_000, "simpler means")],
)
def test_what_was_extracted_by_simpler_means_is_noted(html, means):
    (item,) = intake.load_bytes(f"<html><body>{html}".encode(), "a.html", options=Options(limits=Limits(page_seconds=30)))
    assert [means in note.message for note in item.notes if note.code == "plain-page"] == [True]


def test_a_page_that_is_too_slow_for_the_best_means_is_read_by_the_next(monkeypatch):
    monkeypatch.setattr(pages, "MEANS", (("article", 0.01), ("main", 0.9), ("plain", 1.0)))
    html = "<html><body>" + f"<p>{SENTENCE}</p>" * 9_000
    (item,) = intake.load_bytes(html.encode(), "a.html", options=Options(limits=Limits(page_seconds=30)))
    assert SENTENCE in item.report.text and "took longer than 0.3 s" in item.notes[0].message


def test_a_page_with_too_little_time_for_any_means_is_a_failure_with_its_reason():
    html = "<html><body>" + "<div>" * 100_000 + f"<p>{SENTENCE}</p>"
    (item,) = intake.load_bytes(html.encode(), "a.html", options=Options(limits=Limits(page_seconds=0.05)))
    assert item.reason == "took longer than 0.05 s"


def test_a_parent_that_holds_much_memory_is_not_taken_for_the_page() -> None:
    """As ``add`` is, with a parse model loaded: what the parent holds is no reason to distrust a worker."""
    code = (
        "held = bytearray(700_000_000); held[::4096] = b'x' * len(held[::4096])\n"
        "from onrecord.intake import load_bytes\n"
        "print([item.reason for item in load_bytes(b'<html><body></body></html>', 'page.html')])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=120)
    assert "no article text found" in done.stdout
