"""The bot in a terminal: lines typed come in, what Telegram would show is printed.

The real application of :mod:`bot.telegram` runs behind it on the local Bot API of :mod:`bot.simulator`.
:mod:`~bot.terminal.prompt` asks, :mod:`~bot.terminal.conversation` sends, :mod:`~bot.terminal.screen` shows.
"""
