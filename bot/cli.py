"""``govnews``, the command line.

Each module of :mod:`bot.commands` is one command and is imported only when it is asked for, so that a question
costs nothing of what Telegram or the terminal chat need.  Whatever goes wrong ends here in one clear sentence.
"""

from __future__ import annotations

import importlib
import os
import sys
from io import TextIOWrapper

import click

import bot.commands
from bot.commands import INTERRUPTED

BROKEN_PIPE = 141


class _Commands(click.Group):
    """Finds the commands in :mod:`bot.commands`, and ends them decently."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        files = (name for folder in bot.commands.__path__ for name in os.listdir(folder))
        return sorted(name.removesuffix(".py") for name in files if name.endswith(".py") and name[0] != "_")

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command = importlib.import_module(f"bot.commands.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> object:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except KeyboardInterrupt:
            click.echo("\nStopped.", err=True)
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            # Whoever was reading has gone (`govnews export | head`): nothing more to say, and nowhere to say it.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(BROKEN_PIPE)
        return result


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(bot.__version__, prog_name="govnews")
def govnews() -> None:
    """Answers questions about Thai government news, with the excerpt that proves it.

    Start with "govnews sample" and "govnews chat", or read your own news with "govnews ingest FOLDER".
    """


def main() -> None:
    """The command line, from ``sys.argv``."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.encoding.lower() not in ("utf-8", "utf8"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # Thai is written in no narrower one.
    govnews(prog_name="govnews")
