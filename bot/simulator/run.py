"""``govnews simulate``: the real bot on a Bot API of its own, and the chat page in a browser."""

from __future__ import annotations

import asyncio
import signal
import tempfile
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.simulator.page_server import page_routes
from bot.simulator.scene import set_scene
from bot.simulator.simulator import Simulator

if TYPE_CHECKING:
    from telegram.ext import Application

    from bot.settings import Settings
    from retrieval import Library

    AnyApplication = Application[Any, Any, Any, Any, Any, Any]

DEFAULT_PORT = 8270


class SimulationError(Exception):
    """The simulation cannot start; a full sentence says why and what to do."""


@asynccontextmanager
async def simulation(build: Callable[[Simulator], AnyApplication], *, port: int = 0) -> AsyncIterator[Simulator]:
    """A simulator with its page and its people, and the application that ``build`` makes for it, running.

    ``port`` 0 takes a free one.  SimulationError if the port is taken.
    """
    simulator = Simulator(port=port)
    simulator.routes += page_routes(simulator)
    set_scene(simulator)
    try:
        await simulator.__aenter__()
    except OSError as error:
        raise SimulationError(
            f"Port {port} of 127.0.0.1 cannot be used ({error.strerror}); choose another one with --port."
        ) from None
    try:
        async with running(build(simulator)):
            yield simulator
    finally:
        await simulator.__aexit__(None, None, None)


@asynccontextmanager
async def running(application: AnyApplication) -> AsyncIterator[None]:
    """An application that polls, with all that ``run_polling`` would do around it."""
    assert application.updater is not None
    async with application:
        if application.post_init:
            await application.post_init(application)
        await application.start()
        await application.updater.start_polling()
        try:
            yield
        finally:
            await application.updater.stop()
            await application.stop()
            if application.post_stop:
                await application.post_stop(application)
    if application.post_shutdown:
        await application.post_shutdown(application)


def run_simulation(
    settings: Settings,
    library: Library,
    *,
    port: int = DEFAULT_PORT,
    open_browser: bool = True,
    write: Callable[[str], None] = print,
) -> None:
    """Serve the page until Ctrl-C; what the bot remembers of its people is forgotten then.

    SimulationError if the port is taken.
    """
    with suppress(KeyboardInterrupt), tempfile.TemporaryDirectory(prefix="govnews-") as folder:
        local = replace(settings, state=Path(folder) / "bot.db")
        asyncio.run(_serve(local, library, port, open_browser, write))


async def _serve(
    settings: Settings, library: Library, port: int, open_browser: bool, write: Callable[[str], None]
) -> None:
    from bot.settings import Secret
    from bot.telegram.application import build_application

    def build(simulator: Simulator) -> AnyApplication:
        return build_application(
            replace(
                settings,
                token=Secret(simulator.token),
                api_url=simulator.api_url,
                operator_chat=None,
                operators=frozenset(),
                allowed_chats=frozenset(),
                webhook=None,
                health_port=0,
            ),
            library,
        )

    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        # Where the loop takes no signal handlers, Ctrl-C arrives as KeyboardInterrupt.
        with suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with simulation(build, port=port) as simulator:
        write(f"The bot answers at {simulator.url} (Ctrl-C ends it).")
        if open_browser:
            await asyncio.to_thread(webbrowser.open, simulator.url)
        await stopped.wait()
    write("The simulation has ended.")
