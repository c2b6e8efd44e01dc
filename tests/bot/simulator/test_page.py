"""The chat page without a browser: its files, its socket, and how a simulation starts and ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from telegram import Update
from telegram.ext import Application, ApplicationBuilder, ContextTypes, MessageHandler, filters
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from bot.simulator import Simulator
from bot.simulator.run import SimulationError, simulation

AnyApplication = Application[Any, Any, Any, Any, Any, Any]
told: list[str] = []


def echo_application(simulator: Simulator) -> AnyApplication:
    async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.effective_message
        await update.effective_message.reply_text(f"ได้ยิน {update.effective_message.text}")

    async def say(application: AnyApplication) -> None:
        told.append("post")

    build = ApplicationBuilder().token(simulator.token).base_url(f"{simulator.api_url}/bot")
    application = build.post_init(say).post_stop(say).post_shutdown(say).build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    return application


class Socket:
    """The page's end of the line."""

    def __init__(self, connection: WebSocketClientConnection) -> None:
        self.connection = connection
        self.hello: dict[str, Any] = {}

    async def heard(self, **wanted: object) -> dict[str, Any]:
        """The next thing that came and has these fields."""
        while True:
            said = json.loads(await self.connection.read_message() or "{}")
            assert said, "the line was closed"
            if all(said.get(key) == value for key, value in wanted.items()):
                return dict(said)

    async def ask(self, do: str, **fields: object) -> dict[str, Any]:
        await self.connection.write_message(json.dumps({"id": do, "do": do, **fields}))
        return await self.heard(id=do)


@pytest.fixture
async def sim() -> AsyncIterator[Simulator]:
    async with simulation(echo_application) as simulator:
        yield simulator


@pytest.fixture
async def page(sim: Simulator) -> AsyncIterator[Socket]:
    connection = await websocket_connect(f"ws://127.0.0.1:{sim.server.port}/page/socket")
    socket = Socket(connection)
    socket.hello = await socket.heard(type="hello")
    yield socket
    connection.close()


async def test_the_page_and_its_files_are_served_and_may_load_nothing_else(sim: Simulator) -> None:
    async with httpx.AsyncClient(base_url=sim.url) as client:
        index = await client.get("/")
        assert "default-src 'none'" in index.headers["Content-Security-Policy"]
        for name in ("app.js", "style.css", "icon.svg", "words.js"):
            assert (await client.get(f"/page/{name}")).status_code == 200
        assert (await client.get("/page/../page_server.py")).status_code == 404
    folder = Path(sys.modules["bot.simulator"].__file__ or "").parent / "page"
    written = "".join(file.read_text(encoding="utf-8") for file in folder.iterdir())
    assert "innerHTML" not in written
    assert "https://" not in written.replace("https://${", "")


async def test_the_page_learns_how_things_stand_without_the_token(sim: Simulator, page: Socket) -> None:
    assert [chat["type"] for chat in page.hello["chats"]] == ["private", "private", "supergroup"]
    assert [person["language_code"] for person in page.hello["people"]] == ["th", "en"]
    assert {call["method"] for call in page.hello["calls"]} >= {"getMe"}
    assert sim.token not in json.dumps(page.hello)


async def test_what_a_person_does_on_the_page_reaches_the_bot(sim: Simulator, page: Socket) -> None:
    person, group = page.hello["people"][0]["id"], page.hello["chats"][2]["id"]
    sent = await page.ask("send", person=person, chat=person, text="ก")
    assert sent["ok"]["heard"] is True
    answer = await page.heard(type="message")
    assert answer["message"]["text"] == "ได้ยิน ก"
    unheard = await page.ask("send", person=person, chat=group, text="ก")
    assert unheard["ok"]["heard"] is False
    edited = await page.ask("edit", person=person, chat=person, message=sent["ok"]["message_id"], text="ข")
    assert edited["ok"]["heard"] is True
    assert (await page.heard(type="message"))["message"]["text"] == "ได้ยิน ข"


async def test_the_page_is_told_why_something_cannot_be_done(page: Socket) -> None:
    person = page.hello["people"][0]["id"]
    assert "empty message" in (await page.ask("send", person=person, chat=person, text=" "))["error"]
    assert "gone" in (await page.ask("press", person=person, chat=person, message=999, data="x"))["error"]
    assert "left something out" in (await page.ask("send"))["error"]
    await page.connection.write_message("{")
    assert "does not understand" in (await page.heard(type="error"))["error"]


async def test_a_language_switch_brings_the_menu_of_that_language(sim: Simulator, page: Socket) -> None:
    person = page.hello["people"][0]["id"]
    async with httpx.AsyncClient(base_url=f"{sim.api_url}/bot{sim.token}/") as bot:
        for code, text in (("", "ถาม"), ("en", "Ask")):
            commands = [{"command": "ask", "description": text}]
            await bot.post("setMyCommands", json={"commands": commands, "language_code": code})
    await page.ask("language", person=person, language="en")
    menus = (await page.ask("menus"))["ok"]
    assert menus[str(person)][str(person)] == [{"command": "ask", "description": "Ask"}]


async def test_pages_of_other_sites_cannot_use_the_socket(sim: Simulator) -> None:
    request = HTTPRequest(f"ws://127.0.0.1:{sim.server.port}/page/socket", headers={"Origin": "http://evil.example"})
    with pytest.raises(HTTPClientError, match="403"):
        await websocket_connect(request)


async def test_a_simulation_does_all_that_run_polling_does_around_the_application() -> None:
    told.clear()
    async with simulation(echo_application):
        assert told == ["post"]
    assert told == ["post"] * 3


async def test_a_taken_port_is_one_clear_sentence(sim: Simulator) -> None:
    with pytest.raises(SimulationError, match=f"Port {sim.server.port} of 127.0.0.1 cannot be used .*--port"):
        async with simulation(echo_application, port=sim.server.port):
            pass


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent as on Unix")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_serves_the_page_and_ends_cleanly(library_path: Path, number: signal.Signals) -> None:
    command = [sys.executable, "-W", "error", "-m", "bot", "simulate", "--no-browser", "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": os.getcwd(), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        [*command, "--library", str(library_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment,
    ) as process:
        assert process.stdout
        assert process.stderr
        line = process.stdout.readline()
        assert line.startswith("The bot answers at http://127.0.0.1:"), process.stderr.read()
        assert httpx.get(line.split()[4]).status_code == 200
        process.send_signal(number)
        assert process.stdout.read() == "The simulation has ended.\n"
        assert process.stderr.read() == ""
        assert process.wait() == 0
