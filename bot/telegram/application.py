"""The Telegram application: built from settings and a library, run by polling or by webhook.

:func:`build_application` makes it, :func:`running` starts and stops it inside an event loop, :func:`run` is the
whole program.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import datetime
from typing import Any

from telegram import (
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ApplicationBuilder, ContextTypes, Defaults

from bot.logs import quiet_libraries
from bot.services.health import health
from bot.services.open_library import OpenLibrary
from bot.services.recent_answers import RecentAnswers
from bot.settings import Settings
from bot.state import State, StateError
from bot.telegram.alerts import OncePerMinute, on_error
from bot.telegram.connections import POLL_SECONDS, PollingRequest, SendingRequest
from bot.telegram.context import App, Context, Services, give_services, services_of
from bot.telegram.handlers import MENU, add_handlers
from bot.telegram.limits import Allowance, RetryingRateLimiter, may_pass
from bot.telegram.menu import Where
from bot.telegram.notifier import Notifier
from bot.telegram.updates import ALLOWED_UPDATES, ChatByChat
from retrieval import Library

log = logging.getLogger(__name__)

# Waiting times as timedeltas: what python-telegram-bot will give everybody one day, and warns of until then.
os.environ.setdefault("PTB_TIMEDELTA", "1")

_MENU_LANGUAGES = (("en", None), ("th", "th"))
"""The menu's words, and the Telegram language that gets them: English for all but Thai."""


_POLLING, _BACKGROUND = "polling", "background"

_REFUSED = "Telegram refuses GOVNEWS_TOKEN: ask @BotFather for the current token and write it in the settings."
_CONFLICT = "Another program uses this token: stop it or take another token. This one keeps trying."


class RunError(Exception):
    """Why the bot cannot run, in a full sentence for the operator."""


def build_application(
    settings: Settings,
    library: Library,
    *,
    state: State | None = None,
    now: Callable[[], datetime] | None = None,
    pause: float = 1.0,
    every: float = 20.0,
) -> App:
    """The application with all its handlers; it is not started and speaks to nobody yet.

    ``state`` is opened where the settings say unless given, ``now`` tells the time, ``pause`` is the first wait in
    seconds before a call that failed is tried again, and ``every`` how many seconds lie between two looks at the
    library for its replacement and for news that somebody follows.

    Raises :class:`~bot.settings.SettingsError` without a token.
    """
    quiet_libraries()
    token = settings.require_token()
    polling = PollingRequest()
    application: App = (
        ApplicationBuilder()
        .token(token.reveal())
        .base_url(f"{settings.api_url}/bot")
        .base_file_url(f"{settings.api_url}/file/bot")
        .defaults(Defaults(parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)))
        .rate_limiter(RetryingRateLimiter(limited=settings.rate_limiter, pause=pause))
        .concurrent_updates(ChatByChat())
        .request(SendingRequest())
        .get_updates_request(polling)
        .context_types(ContextTypes(context=Context))
        .job_queue(None)
        .post_init(_prepare)
        .post_stop(_unprepare)
        .post_shutdown(_put_away)
        .build()
    )
    services = Services(
        settings=settings,
        library=OpenLibrary(library, workers=settings.workers),
        state=state or State(settings.state),
        recent=RecentAnswers(),
        menu=MENU,
        allowance=Allowance(person_rate=settings.person_rate, chat_rate=settings.chat_rate, cooldown=settings.cooldown),
    )
    if now is not None:
        services.now = now
    give_services(application, services)
    application.bot_data[_POLLING] = polling
    application.bot_data[_BACKGROUND] = Background(Notifier(services, application.bot), services, every)
    add_handlers(application)
    application.add_error_handler(on_error)
    return application


class Background:
    """What goes on beside the conversations: a replaced library is noticed, followed news is delivered."""

    def __init__(self, notifier: Notifier, services: Services, every: float) -> None:
        self._notifier = notifier
        self._services = services
        self._every = every
        self._stop = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin."""
        self._stop.clear()
        self._task = asyncio.create_task(self._work(), name="background")

    async def stop(self) -> None:
        """End after what is being done; a message on its way is not cut off."""
        self._stop.set()
        if self._task is not None:
            await self._task
            self._task = None

    async def _work(self) -> None:
        while not self._stop.is_set():
            try:
                await self._services.library.refresh()
                await self._notifier.tick()
            except Exception as error:  # the next round may go well, and nobody else would hear of it
                self._services.errors[type(error).__name__] += 1
                log.exception("The background work failed and is tried again.")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), self._every)


async def _prepare(application: Any) -> None:
    """Put the command menus where people see them (a bot without menus still answers) and start what goes beside."""
    try:
        await set_menus(application)
    except TelegramError as error:
        log.warning("The command menus could not be set: %s", error)
    await services_of(application).library.start()
    application.bot_data[_BACKGROUND].start()
    services_of(application).ready = True


async def _unprepare(application: Any) -> None:
    services_of(application).ready = False
    await application.bot_data[_BACKGROUND].stop()


async def _put_away(application: Any) -> None:
    services = services_of(application)
    services.library.close()
    services.state.close()


async def set_menus(application: App) -> None:
    """The command menus: in private chats, in groups and for operators, each in Thai and in English."""
    scopes: list[tuple[Any, Where]] = [
        (BotCommandScopeAllPrivateChats(), Where.PRIVATE),
        (BotCommandScopeAllGroupChats(), Where.EVERYWHERE),
    ]
    services = services_of(application)
    scopes += [(BotCommandScopeChat(person), Where.OPERATORS) for person in sorted(services.settings.operators)]
    for scope, where in scopes:
        for language, code in _MENU_LANGUAGES:
            menu = services.menu.of(where, language)
            try:
                await application.bot.set_my_commands(menu, scope=scope, language_code=code)
            except BadRequest as error:
                # An operator who never wrote to the bot has no chat with it yet.
                log.info("A command menu could not be set: %s", error)


@asynccontextmanager
async def running(application: App, *, stop: asyncio.Event | None = None) -> AsyncIterator[None]:
    """Start the application, waiting for Telegram where it is out of reach, and stop it cleanly at the end.

    What :meth:`telegram.ext.Application.run_polling` does, inside a loop that is ours.  Setting ``stop`` ends the
    waiting for Telegram.  Raises :class:`RunError` where the token is refused.
    """
    settings = services_of(application).settings
    assert application.updater is not None
    try:
        async with _health(application):
            if not await _reached(application.initialize, stop):
                yield
                return
            await _prepare(application)
            await application.start()
            try:
                if await _reached(lambda: _listen(application, settings), stop):
                    mode = "webhook" if settings.webhook else "polling"
                    log.info("The bot is running.", extra={"fields": {"mode": mode}})
                yield
            finally:
                services_of(application).ready = False
                if application.updater.running:
                    with suppress(InvalidToken):  # what ended the polling comes out here once more
                        await application.updater.stop()
                await application.stop()
                await _unprepare(application)
    finally:
        await application.shutdown()
        # Where the application never came up, its connections are open all the same.
        await application.bot.shutdown()
        await _put_away(application)


@asynccontextmanager
async def _health(application: App) -> AsyncIterator[None]:
    settings = services_of(application).settings
    if not settings.health_port:
        yield
        return
    async with AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(
                health(settings.health_host, settings.health_port, lambda: is_ready(application))
            )
        except OSError as error:
            raise RunError(f"GOVNEWS_HEALTH_PORT cannot be listened on: {error.strerror or error}.") from None
        yield


def is_ready(application: App) -> bool:
    """Whether questions are being answered: started, not stopping, and Telegram within reach."""
    services = services_of(application)
    polling: PollingRequest = application.bot_data[_POLLING]
    return services.ready and (services.settings.webhook is not None or polling.in_reach())


async def _reached(action: Callable[[], Awaitable[object]], stop: asyncio.Event | None) -> bool:
    """Do what needs Telegram, again and again until it answers; false where ``stop`` was set meanwhile.

    What Telegram refuses for good, and a port that is taken, is a :class:`RunError`.
    """
    told = OncePerMinute()
    wait = 0.5
    while True:
        try:
            await action()
            return True
        except InvalidToken:
            raise RunError(_REFUSED) from None
        except OSError as error:
            raise RunError(f"GOVNEWS_WEBHOOK_PORT cannot be listened on: {error.strerror or error}.") from None
        except TelegramError as error:
            if not (may_pass(error) or isinstance(error, RetryAfter)):
                raise RunError(f"Telegram refuses to work with this bot: {error}.") from None
            if told.passes("reach") is not None:
                log.warning("Telegram cannot be reached (%s); waiting for it.", type(error).__name__)
        wait = min(30.0, wait * 2)
        if stop is None:
            await asyncio.sleep(wait)
            continue
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), wait)
            return False


async def _listen(application: App, settings: Settings) -> None:
    """Have updates come in, by webhook where that is set, or else by polling."""
    assert application.updater is not None
    if settings.webhook is not None:
        # Tornado would leave a socket behind where the port is taken.
        socket.create_server((settings.webhook.listen, settings.webhook.port)).close()
        await application.updater.start_webhook(
            listen=settings.webhook.listen,
            port=settings.webhook.port,
            url_path=settings.webhook.path,
            webhook_url=settings.webhook.url,
            secret_token=settings.webhook.secret.reveal(),
            allowed_updates=ALLOWED_UPDATES,
            bootstrap_retries=0,
        )
        return
    told = OncePerMinute()

    def polling_failed(error: TelegramError) -> None:
        if told.passes(type(error).__name__) is None:
            return
        if isinstance(error, Conflict):
            log.error(_CONFLICT)
        elif not isinstance(error, InvalidToken):
            log.warning("Telegram cannot be reached (%s); waiting for it.", type(error).__name__)

    await application.updater.start_polling(
        timeout=POLL_SECONDS, allowed_updates=ALLOWED_UPDATES, bootstrap_retries=0, error_callback=polling_failed
    )


async def serve(application: App, stop: asyncio.Event) -> None:
    """Run the application until ``stop`` is set; raises :class:`RunError` where the token is refused meanwhile."""
    polling: PollingRequest = application.bot_data[_POLLING]
    async with running(application, stop=stop):
        waits = [asyncio.create_task(stop.wait()), asyncio.create_task(polling.refused.wait())]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
    if polling.refused.is_set():
        raise RunError(_REFUSED)


def run(settings: Settings, library: Library) -> None:
    """Run the bot until it is told to stop (Ctrl-C, SIGTERM); raises :class:`RunError` or SettingsError."""

    async def main() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        with suppress(NotImplementedError):  # Windows has no such handlers; there Ctrl-C interrupts the loop.
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(number, stop.set)
        try:
            application = build_application(settings, library)
        except StateError as error:
            raise RunError(str(error)) from None
        await serve(application, stop)

    asyncio.run(main())
