"""The bot in Telegram: updates come in, replies go out.

:mod:`~bot.telegram.application` builds python-telegram-bot's application, :mod:`~bot.telegram.handlers` has one module
for each thing a person does, :mod:`~bot.telegram.reply` turns answers into what a person sees, and
:mod:`~bot.telegram.limits` keeps to Telegram's rates.  What handlers need beside the update (the library, recent
answers, the bot's own state) comes from :mod:`bot.services`; the words come from :mod:`bot.texts`.
"""
