"""``govnews run``: the bot in Telegram."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands import Unusable, library_option, opened, read_settings


@click.command("run")
@library_option
def command(library_path: Path | None) -> None:
    """Run the bot in Telegram until Ctrl-C.

    The token comes from GOVNEWS_TOKEN, in the environment or in a file .env here; .env.example shows all settings.
    Without a webhook in the settings the bot asks Telegram for its messages, so it needs no public address.
    """
    from bot.settings import SettingsError

    settings = read_settings()
    try:
        settings.require_token()
    except SettingsError as error:
        raise Unusable(str(error)) from None
    with opened(library_path) as library:
        from bot.logs import configure
        from bot.telegram.application import RunError, run

        configure(settings)
        try:
            run(settings, library)
        except RunError as error:
            raise Unusable(str(error)) from None
