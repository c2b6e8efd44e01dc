"""What every handler is given: the update's context, with the bot's services typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from telegram import Update, User
from telegram.ext import Application, CallbackContext, ExtBot

from bot.services.open_library import OpenLibrary
from bot.services.recent_answers import RecentAnswers
from bot.settings import Settings
from bot.state import State
from bot.telegram.limits import Allowance
from bot.telegram.menu import Menu
from bot.texts import language_of

BANGKOK = timezone(timedelta(hours=7), "Asia/Bangkok")
_SERVICES = "services"


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Services:
    """The parts that handlers work with; one of each for an application.  ``now`` gives the time, with its zone."""

    settings: Settings
    library: OpenLibrary
    state: State
    recent: RecentAnswers
    allowance: Allowance
    menu: Menu
    now: Callable[[], datetime] = _now
    counts: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    ready: bool = False

    def bangkok(self) -> datetime:
        """The time in Bangkok."""
        return self.now().astimezone(BANGKOK)


class Context(CallbackContext[ExtBot[Any], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """A handler's context: python-telegram-bot's, with the services and the language of whoever is there."""

    @property
    def services(self) -> Services:
        """The application's services."""
        return services_of(self.application)

    def language(self, user: User | None) -> str:
        """The language to speak to a person: chosen here, or else Telegram's."""
        if user is None:
            return "th"
        return self.services.state.language(user.id) or language_of(user.language_code)


App = Application[Any, Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], Any]


def services_of(application: Application[Any, Any, Any, Any, Any, Any]) -> Services:
    """The services of an application built by :func:`bot.telegram.application.build_application`."""
    services = application.bot_data[_SERVICES]
    assert isinstance(services, Services)
    return services


def give_services(application: Application[Any, Any, Any, Any, Any, Any], services: Services) -> None:
    """Hand an application its services."""
    application.bot_data[_SERVICES] = services


def language_for(update: Update, context: Context) -> str:
    """The language to answer an update in."""
    return context.language(update.effective_user)
