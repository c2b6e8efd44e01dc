"""The commands of ``govnews``, one module each; this package holds what they share.

A module here is a command: its file name is the command's name and its ``command`` a click command.  Modules
import at their top only what is cheap (click and the standard library) and the rest where it is used.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.settings import Settings
    from retrieval import Library

INTERRUPTED = 130
"""Exit status after Ctrl-C."""

library_option = click.option(
    "--library",
    "library_path",
    metavar="PATH",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the library.  [default: GOVNEWS_LIBRARY, or a folder in your user data]",
)


class Unusable(click.ClickException):
    """Wrong use, wrong settings or an unreadable library: one sentence, exit status 2."""

    exit_code = 2


def read_settings() -> Settings:
    """The settings; one that cannot be used ends the command with a sentence and status 2."""
    from bot.settings import Settings, SettingsError

    try:
        return Settings.from_environment()
    except SettingsError as error:
        raise Unusable(str(error)) from None


@contextmanager
def opened(chosen: Path | None, *, create: bool = False) -> Iterator[Library]:
    """The library named on the command line, in the settings, or the user's own, open.

    One that is missing or broken ends the command with a sentence and status 2.
    """
    from retrieval import Library, LibraryError

    try:
        with Library.open(chosen or read_settings().library, create=create) as library:
            yield library
    except LibraryError as error:
        raise Unusable(str(error)) from None
