"""``govnews simulate``: the bot in a browser, in a chat that looks like Telegram."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands import Unusable, library_option, opened, read_settings


@click.command("simulate")
@library_option
@click.option("--port", type=click.IntRange(0, 65535), default=8270, show_default=True, help="0 takes a free one.")
@click.option("--browser/--no-browser", "open_browser", default=True, help="Open the page in your browser.")
def command(library_path: Path | None, port: int, open_browser: bool) -> None:
    """Try the bot in a browser: no token, no internet, the real bot behind a page that looks like Telegram."""
    settings = read_settings()
    with opened(library_path) as library:
        from bot.simulator.run import SimulationError, run_simulation

        try:
            run_simulation(settings, library, port=port, open_browser=open_browser, write=click.echo)
        except SimulationError as error:
            raise Unusable(str(error)) from None
