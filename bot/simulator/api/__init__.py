"""Telegram's Bot API, as strict as Telegram: a call's name and parameters come in, its result or refusal goes out.

One module for each subject (messages, queries, markup, rates ...) on the one world of :mod:`bot.simulator.state`;
:mod:`bot.simulator.server` serves :mod:`~bot.simulator.api.methods` over HTTP.
"""
