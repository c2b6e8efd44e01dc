"""The bot as an operator runs it: webhook, health, a clean stop."""

from __future__ import annotations

import asyncio
import json
import logging
from pathlib import Path
from typing import Any

import httpx
import pytest
from tornado.netutil import bind_sockets

from bot.settings import Secret, Settings, Webhook
from bot.simulator import Fault, Simulator
from bot.telegram.application import RunError, build_application, is_ready, running, serve
from bot.telegram.handlers.status import age
from retrieval import Library
from tests.bot.running_bot import WHO, WHO_ANSWER


def free_port() -> int:
    """A port that nobody uses at the moment."""
    (socket, *_) = bind_sockets(0, "127.0.0.1")
    with socket:
        return int(socket.getsockname()[1])


def settings_for(sim: Simulator, library: Library, state: Path, **more: Any) -> Settings:
    return Settings(token=Secret(sim.token), api_url=sim.api_url, library=library.path, state=state, **more)


async def test_by_webhook_people_get_answers_and_strangers_get_nothing(library: Library, tmp_path: Path) -> None:
    port = free_port()
    hook = Webhook(f"http://127.0.0.1:{port}/hook", Secret("only-telegram-knows"), port=port)
    async with Simulator() as sim:
        app = build_application(settings_for(sim, library, tmp_path / "bot.db", webhook=hook), library)
        async with running(app):
            assert (await sim.person("สมชาย").ask(WHO)).text.startswith(WHO_ANSWER)
            assert "only-telegram-knows" in str(sim.called("setWebhook")[0].params)
            async with httpx.AsyncClient() as client:
                forged = {"update_id": 1, "message": {}}
                for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "guess"}):
                    assert (await client.post(hook.url, json=forged, headers=headers)).status_code == 403
            assert is_ready(app)


async def test_ready_and_live_tell_the_supervisor(library: Library, tmp_path: Path) -> None:
    port = free_port()
    async with Simulator() as sim, httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        app = build_application(settings_for(sim, library, tmp_path / "bot.db", health_port=port), library)
        async with running(app):
            await sim.person("สมชาย").ask("/help")
            assert (await client.get("/live")).status_code == 200
            assert (await client.get("/ready")).json() == {"ready": True}
            app.bot_data["polling"].answered_at = None
            assert (await client.get("/ready")).status_code == 503
            assert (await client.get("/anything")).status_code == 404
        with pytest.raises(httpx.ConnectError):
            await client.get("/live")


async def test_alive_but_not_ready_while_telegram_is_out_of_reach(library: Library, tmp_path: Path) -> None:
    port = free_port()
    async with Simulator() as sim, httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        sim.fail("getMe", Fault.server_error(), times=1000)
        app = build_application(settings_for(sim, library, tmp_path / "bot.db", health_port=port), library)
        stop = asyncio.Event()
        served = asyncio.create_task(serve(app, stop))
        await sim.wait_for_call("getMe")
        assert (await client.get("/live")).status_code == 200
        assert (await client.get("/ready")).status_code == 503
        stop.set()
        await served


@pytest.mark.parametrize("setting", ["GOVNEWS_HEALTH_PORT", "GOVNEWS_WEBHOOK_PORT"])
async def test_a_port_that_is_taken_is_one_line_that_names_the_setting(
    library: Library, tmp_path: Path, setting: str
) -> None:
    async with Simulator() as sim:
        taken = int(sim.api_url.rsplit(":", 1)[1])
        hook = Webhook(f"{sim.api_url}/hook", Secret("only-telegram-knows"), port=taken)
        more: dict[str, Any] = {"webhook": hook} if "WEBHOOK" in setting else {"health_port": taken}
        app = build_application(settings_for(sim, library, tmp_path / "bot.db", **more), library)
        with pytest.raises(RunError, match=f"^{setting} cannot be listened on: .+\\.$"):
            await serve(app, asyncio.Event())


async def test_a_webhook_that_telegram_refuses_is_one_line(library: Library, tmp_path: Path) -> None:
    async with Simulator() as sim:
        hook = Webhook("http://127.0.0.1:1/hook", Secret("only-telegram-knows"), port=free_port())
        sim.fail("setWebhook", Fault.server_error(400, "Bad Request: bad webhook: HTTPS url must be provided"))
        app = build_application(settings_for(sim, library, tmp_path / "bot.db", webhook=hook), library)
        with pytest.raises(RunError, match=r"(?i)https url must be provided"):
            await serve(app, asyncio.Event())


async def test_told_to_stop_it_stops_and_leaves_no_update_unconfirmed(library: Library, tmp_path: Path) -> None:
    async with Simulator() as sim:
        app = build_application(settings_for(sim, library, tmp_path / "bot.db"), library)
        stop = asyncio.Event()
        served = asyncio.create_task(serve(app, stop))
        somchai = sim.person("สมชาย")
        await somchai.ask(WHO)
        stop.set()
        async with asyncio.timeout(10):
            await served
        assert not is_ready(app)
        again = build_application(settings_for(sim, library, tmp_path / "bot.db"), library)
        async with running(again):
            await somchai.ask("/help")
        assert [seen.text.startswith(WHO_ANSWER) for seen in somchai.history()].count(True) == 1


async def test_told_to_stop_while_waiting_for_telegram_it_stops_at_once(
    library: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with Simulator() as sim:
        sim.fail("getMe", Fault.server_error(), times=1000)
        app = build_application(settings_for(sim, library, tmp_path / "bot.db"), library)
        stop = asyncio.Event()
        with caplog.at_level(logging.WARNING):
            served = asyncio.create_task(serve(app, stop))
            await sim.wait_for_call("getMe")
            stop.set()
            async with asyncio.timeout(10):
                await served
        assert [record.getMessage() for record in caplog.records] == [
            "Telegram cannot be reached (NetworkError); waiting for it."
        ]


async def test_only_named_kinds_of_updates_are_asked_for(library: Library, tmp_path: Path) -> None:
    async with Simulator() as sim:
        app = build_application(settings_for(sim, library, tmp_path / "bot.db"), library)
        async with running(app):
            await sim.person("สมชาย").ask("/help")
        asked = sim.called("getUpdates")[0].params["allowed_updates"]
        kinds = asked if isinstance(asked, list) else json.loads(asked)
        assert set(kinds) == {"message", "edited_message", "callback_query", "inline_query", "my_chat_member"}


def test_age_is_told_in_its_largest_unit() -> None:
    from datetime import timedelta

    assert age(timedelta(minutes=5), "en") == "5 min ago"
    assert age(timedelta(hours=47), "en") == "47 h ago"
    assert age(timedelta(days=3), "th") == "3 วันก่อน"
