"""Telegram's limits, by name.  Lengths are UTF-16 code units unless a name says bytes."""

from __future__ import annotations

from typing import Final

MESSAGE_TEXT: Final = 4096
MESSAGE_ENTITIES: Final = 100
"""Entities past this number are dropped without an error, as Telegram does."""

CALLBACK_DATA_BYTES: Final = 64
INLINE_BUTTONS: Final = 100
COPY_TEXT: Final = 256
CALLBACK_ANSWER_TEXT: Final = 200
CALLBACK_ANSWER_SECONDS: Final = 60.0

INLINE_QUERY: Final = 256
INLINE_RESULTS: Final = 50
INLINE_RESULT_ID_BYTES: Final = 64
INLINE_OFFSET_BYTES: Final = 64
INLINE_ANSWER_SECONDS: Final = 15.0
INLINE_CACHE_SECONDS: Final = 300
START_PARAMETER: Final = 64

COMMANDS: Final = 100
COMMAND_NAME: Final = 32
COMMAND_DESCRIPTION: Final = 256
BOT_NAME: Final = 64
BOT_DESCRIPTION: Final = 512
BOT_SHORT_DESCRIPTION: Final = 120

UPDATES_PER_CALL: Final = 100
LONG_POLL_SECONDS: Final = 50
WEBHOOK_SECRET: Final = 256
WEBHOOK_CONNECTIONS: Final = 100

MESSAGES_PER_SECOND: Final = 30
MESSAGES_PER_SECOND_AND_CHAT: Final = 1
MESSAGES_PER_MINUTE_AND_GROUP: Final = 20
