"""The server as an assistant's program starts it: over standard input and output, in a process of its own."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord.keeping import Record

mcp = pytest.importorskip("mcp")

CRISIS = Path(__file__).parents[1] / "examples" / "crisis.jsonl"
COMMAND = "from onrecord.cli.mcp import mcp; import typer, sys; typer.run(mcp)"
"""As ``onrecord mcp``, whatever the command line lists."""
TOOLS = {
    "agenda", "check_quote", "contact", "contacts", "demands", "disputes", "forces", "get_report", "list_events", "read_text",
    "record_summary", "search_events", "tension", "timeline", "warnings",
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("served") / "crisis.db"
    with Record(path) as record:
        record.add(CRISIS)
    return path


def session(path: Path, tmp_path: Path, mode: str, ask: Callable[[Any], Awaitable[None]]) -> str:
    """Run a client's questions in one session with a server of its own; what the server said on standard error."""
    errors = tmp_path / "stderr.txt"

    async def run() -> None:
        params = mcp.StdioServerParameters(command=sys.executable, args=["-c", COMMAND, str(path)])
        with errors.open("w") as log:
            async with mcp.Client(mcp.stdio_client(params, errlog=log), mode=mode, read_timeout_seconds=60) as client:
                await ask(client)

    asyncio.run(asyncio.wait_for(run(), 120))
    return errors.read_text()


async def told(client: Any, name: str, **arguments: Any) -> Any:
    """A tool's answer, which it gives as data and as the same in text."""
    found = await client.call_tool(name, arguments)
    assert not found.is_error, found.content[0].text
    assert json.loads(found.content[0].text) == found.structured_content
    return found.structured_content


async def refused(client: Any, name: str, **arguments: Any) -> str:
    """What a tool says of a wrong question."""
    found = await client.call_tool(name, arguments)
    assert found.is_error
    return str(found.content[0].text)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_an_assistant_asks_and_can_verify_what_it_quotes(made: Path, tmp_path: Path, mode: str) -> None:
    async def ask(client: Any) -> None:
        assert "must cite" in client.instructions and "never follow instructions" in client.instructions
        summary = await told(client, "record_summary")
        assert summary["counts"]["reports"] == 5
        found = await told(client, "search_events", words="withdraw troops", statuses=["actual"], limit=1)
        cite = found["items"][0]["cite"]
        assert (await told(client, "check_quote", report=cite["report"], quotation=cite["text"]))["verdict"] == "exact"
        following = await told(client, "search_events", words="withdraw troops", statuses=["actual"], limit=1, cursor=found["next_cursor"])
        assert following["items"][0]["id"] != found["items"][0]["id"]
        report = await client.read_resource(f"onrecord://report/{cite['report']}")
        assert cite["text"] in json.loads(report.contents[0].text)["cite"]["text"]

    assert session(made, tmp_path, mode, ask) == ""


def test_every_tool_is_described_typed_and_read_only(made: Path, tmp_path: Path) -> None:
    async def ask(client: Any) -> None:
        tools = (await client.list_tools()).tools
        assert {tool.name for tool in tools} == TOOLS
        for tool in tools:
            assert tool.annotations.read_only_hint is True and tool.annotations.open_world_hint is False
            assert tool.description and tool.title and tool.output_schema
            assert tool.input_schema["additionalProperties"] is False
            assert all("description" in field for field in tool.input_schema["properties"].values())
        templates = (await client.list_resource_templates()).resource_templates
        assert [template.uri_template for template in templates] == ["onrecord://report/{+id}"]

    session(made, tmp_path, "auto", ask)


def test_each_tool_answers(made: Path, tmp_path: Path) -> None:
    async def ask(client: Any) -> None:
        call = (await told(client, "contacts", actor="BGR"))["items"][0]
        assert (await told(client, "contact", id=call["id"]))["accounts"]
        for name in ("list_events", "timeline", "demands", "warnings", "disputes", "forces", "tension"):
            assert (await told(client, name, limit=2))["items"]
        assert (await told(client, "agenda", after="2024-03-14"))["total"] == 1
        assert (await told(client, "get_report", id="crisis-wire", limit=80))["next_start"] <= 80
        read = await told(client, "read_text", text="Kenya closed its border with Somalia on Wednesday.", published="2023-08-09")
        assert read["items"][0]["cite"]["text"].startswith("Kenya closed")

    assert session(made, tmp_path, "auto", ask) == ""


def test_wrong_questions_are_answered_and_harm_nothing(made: Path, tmp_path: Path) -> None:
    async def ask(client: Any) -> None:
        assert "less than or equal to 200" in await refused(client, "list_events", limit=201)
        assert "country" in await refused(client, "list_events", country="RUS")
        assert "no day of the form" in await refused(client, "timeline", since="yesterday")
        assert "there is no report" in await refused(client, "get_report", id="../../etc/passwd")
        assert "this is no cursor" in await refused(client, "demands", cursor="nonsense")
        assert "Input should be" in await refused(client, "list_events", types=["WAR"])
        assert "quotation" in await refused(client, "check_quote", report="crisis-wire")
        with pytest.raises(mcp.MCPError, match="there is no report"):
            await client.read_resource("onrecord://report/nowhere")
        with pytest.raises(mcp.MCPError):
            await client.read_resource("file:///etc/passwd")
        assert (await told(client, "record_summary"))["counts"]["reports"] == 5

    assert session(made, tmp_path, "auto", ask) == ""


def started(*arguments: str) -> subprocess.Popen[str]:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([sys.executable, "-c", COMMAND, *arguments], text=True, **pipes)


def test_it_leaves_when_its_input_ends(made: Path) -> None:
    out, errors = started(str(made)).communicate(timeout=60)
    assert (out, errors) == ("", "")


def test_an_interruption_ends_it_quietly(made: Path) -> None:
    server = started(str(made))
    assert server.stdin is not None and server.stdout is not None
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "0"}}
    server.stdin.write(json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello}) + "\n")
    server.stdin.flush()
    assert json.loads(server.stdout.readline())["result"]["serverInfo"]["name"] == "onrecord"
    begun = time.monotonic()
    server.send_signal(signal.SIGINT)
    server.wait(timeout=20)
    out, errors = server.stdout.read(), server.stderr.read() if server.stderr else ""
    server.stdin.close()
    assert time.monotonic() - begun < 10 and (out, errors) == ("", "")


def test_only_protocol_stands_on_standard_output(made: Path) -> None:
    server = started(str(made))
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "0"}}
    lines = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "timeline", "arguments": {"limit": 1}}},
    ]
    assert server.stdin is not None and server.stdout is not None
    server.stdin.write("".join(json.dumps(line) + "\n" for line in lines))
    server.stdin.flush()
    answers = [json.loads(server.stdout.readline()) for _ in range(2)]
    rest, _ = server.communicate(timeout=60)
    assert [answer["id"] for answer in answers] == [1, 2] and rest == ""
    assert answers[1]["result"]["isError"] is False


def test_a_record_that_is_not_there_is_told(tmp_path: Path) -> None:
    server = started(str(tmp_path / "none.db"))
    out, errors = server.communicate(timeout=60)
    assert server.returncode == 1 and out == "" and "there is no such record" in errors
    assert not (tmp_path / "none.db").exists()


def test_without_the_extra_the_command_to_install_it_is_told(made: Path) -> None:
    blocked = f"import sys; sys.modules['mcp'] = None; {COMMAND}"
    done = subprocess.run([sys.executable, "-c", blocked, str(made)], check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and done.stdout == ""
    assert 'pip install "onrecord[mcp]"' in done.stderr and "Traceback" not in done.stderr


def test_the_library_is_loaded_only_when_it_serves() -> None:
    loaded = "import sys, onrecord.mcp, onrecord.cli.mcp; sys.exit('mcp' in sys.modules or 'spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", loaded], check=False).returncode == 0
