"""What runs beside the handlers: the open library, worker processes, recent answers, the health address.

Handlers of :mod:`bot.telegram` come in with questions and ids; answers of :mod:`retrieval` go out.  Nothing here
knows of Telegram's updates.
"""
