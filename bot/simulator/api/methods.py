"""The Bot API's methods by name, on one world."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from bot.simulator.api import limits
from bot.simulator.api.messages import Messages
from bot.simulator.api.params import Params
from bot.simulator.api.profile import Profile
from bot.simulator.api.queries import Queries
from bot.simulator.api.refusals import Refusal, bad_request
from bot.simulator.api.updates import Updates, Webhook
from bot.simulator.state import Chat, User, World

Method = Callable[[Params], Any]


class BotApi:
    """All methods that python-telegram-bot calls for a bot that answers with text.

    ``call`` runs one; what it returns is the ``result`` of Telegram's reply.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.updates = Updates(world.now, world.tell)
        self.messages = Messages(world)
        self.queries = Queries(world)
        self.profile = Profile(world)
        profile, messages = self.profile, self.messages
        self.methods: dict[str, Method] = {
            "getMe": self._get_me,
            "logOut": lambda params: True,
            "close": lambda params: True,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._get_webhook_info,
            "sendMessage": messages.send_message,
            "editMessageText": messages.edit_message_text,
            "editMessageReplyMarkup": messages.edit_message_reply_markup,
            "deleteMessage": messages.delete_message,
            "deleteMessages": messages.delete_messages,
            "sendChatAction": messages.send_chat_action,
            "answerCallbackQuery": self.queries.answer_callback_query,
            "answerInlineQuery": self.queries.answer_inline_query,
            "setMyCommands": profile.set_my_commands,
            "getMyCommands": profile.get_my_commands,
            "deleteMyCommands": profile.delete_my_commands,
            "setMyName": partial(profile.set_text, "name", limits.BOT_NAME),
            "getMyName": partial(profile.get_text, "name"),
            "setMyDescription": partial(profile.set_text, "description", limits.BOT_DESCRIPTION),
            "getMyDescription": partial(profile.get_text, "description"),
            "setMyShortDescription": partial(profile.set_text, "short_description", limits.BOT_SHORT_DESCRIPTION),
            "getMyShortDescription": partial(profile.get_text, "short_description"),
            "setChatMenuButton": profile.set_menu_button,
            "getChatMenuButton": lambda params: profile.menu_button,
            "getChat": self._get_chat,
            "getChatMember": self._get_chat_member,
            "getChatMemberCount": self._get_chat_member_count,
            "getChatAdministrators": self._get_chat_administrators,
            "leaveChat": self._leave_chat,
        }
        self._names = {name.lower(): name for name in (*self.methods, "getUpdates")}

    def name(self, spelled: str) -> str | None:
        """A method's name whatever the case in which it was written; None if there is none such."""
        return self._names.get(spelled.lower())

    async def call(self, name: str, params: Params) -> Any:
        """Run a method; raises Refusal."""
        if name == "getUpdates":
            return await self._get_updates(params)
        result = self.methods[name](params)
        return await result if isinstance(result, Awaitable) else result

    def _get_me(self, params: Params) -> dict[str, Any]:
        return {
            **self.world.bot.json(),
            "can_join_groups": True,
            "can_read_all_group_messages": not self.world.privacy_mode,
            "supports_inline_queries": True,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    @staticmethod
    def _allowed(params: Params) -> list[str] | None:
        kinds = params.array("allowed_updates", "allowed updates")
        return None if kinds is None else [str(kind) for kind in kinds]

    async def _get_updates(self, params: Params) -> list[dict[str, Any]]:
        if self.updates.webhook is None:
            self.updates.allow(self._allowed(params))
        limit = min(max(params.integer("limit", limits.UPDATES_PER_CALL), 1), limits.UPDATES_PER_CALL)
        return await self.updates.poll(params.integer("offset"), limit, max(0, params.integer("timeout")))

    def _set_webhook(self, params: Params) -> bool:
        url = params.text("url").strip()
        if not url:
            return self._delete_webhook(params)
        # A Bot API server of one's own takes http and any port, as this one does; Telegram's wants https.
        if not re.match(r"https?://[^/\s]+", url):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        secret = params.text("secret_token")
        if len(secret) > limits.WEBHOOK_SECRET:
            raise bad_request("secret token is too long")
        if not re.fullmatch("[A-Za-z0-9_-]*", secret):
            raise bad_request("secret token contains illegal characters")
        self.updates.allow(self._allowed(params))
        if params.flag("drop_pending_updates"):
            self.updates.clear()
        connections = min(max(params.integer("max_connections", 40), 1), limits.WEBHOOK_CONNECTIONS)
        self.updates.set_webhook(Webhook(url, secret, connections))
        return True

    def _delete_webhook(self, params: Params) -> bool:
        if params.flag("drop_pending_updates"):
            self.updates.clear()
        self.updates.set_webhook(None)
        return True

    def _get_webhook_info(self, params: Params) -> dict[str, Any]:
        webhook = self.updates.webhook
        result: dict[str, Any] = {
            "url": webhook.url if webhook else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self.updates.pending),
        }
        if webhook is not None:
            result["max_connections"] = webhook.connections
            if webhook.last_error_date:
                result["last_error_date"] = webhook.last_error_date
                result["last_error_message"] = webhook.last_error_message
        if self.updates.allowed is not None:
            result["allowed_updates"] = sorted(self.updates.allowed)
        return result

    def _chat(self, params: Params) -> Chat:
        return self.world.chat_for_bot(params.integer("chat_id"))

    def _get_chat(self, params: Params) -> dict[str, Any]:
        gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
        return {
            **self._chat(params).json(),
            "accent_color_id": 0,
            "max_reaction_count": 11,
            "accepted_gift_types": dict.fromkeys(gifts, False),
        }

    def _member(self, chat: Chat, user: User) -> dict[str, Any]:
        if user is self.world.bot:
            status = chat.bot_status
        else:
            status = "member" if user.id in chat.members or user is chat.person else "left"
        if status == "kicked":
            return {"user": user.json(), "status": status, "until_date": 0}
        if status == "administrator" or user.id in chat.administrators:
            return _administrator(user)
        return {"user": user.json(), "status": status}

    def _get_chat_member(self, params: Params) -> dict[str, Any]:
        chat = self._chat(params)
        user = self.world.users.get(params.integer("user_id"))
        if user is None:
            raise bad_request("invalid user_id specified")
        return self._member(chat, user)

    def _get_chat_member_count(self, params: Params) -> int:
        chat = self._chat(params)
        return 2 if chat.person is not None else len(chat.members) + 1

    def _get_chat_administrators(self, params: Params) -> list[dict[str, Any]]:
        chat = self._chat(params)
        if chat.person is not None:
            raise bad_request("there are no administrators in the private chat")
        return [_administrator(chat.members[number]) for number in sorted(chat.administrators)]

    def _leave_chat(self, params: Params) -> bool:
        chat = self._chat(params)
        if chat.person is not None:
            raise bad_request("chat member status can't be changed in private chats")
        self.set_bot_status(chat, "left", self.world.bot)
        return True

    def set_bot_status(self, chat: Chat, status: str, actor: User) -> None:
        """The bot is added, promoted, blocked or removed: note it and tell the bot."""
        old = self._member(chat, self.world.bot)
        chat.bot_status = status
        change = {
            "chat": chat.json(),
            "from": actor.json(),
            "date": int(self.world.now()),
            "old_chat_member": old,
            "new_chat_member": self._member(chat, self.world.bot),
        }
        self.updates.put("my_chat_member", change)
        self.world.tell("bot_status", chat_id=chat.id, status=status)


def _administrator(user: User) -> dict[str, Any]:
    rights = (
        "can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members "
        "can_promote_members can_change_info can_invite_users can_post_stories can_edit_stories can_delete_stories"
    )
    return {"user": user.json(), "status": "administrator", **dict.fromkeys(rights.split(), False)}


def unknown_method() -> Refusal:
    """404, as Telegram answers it."""
    return Refusal(404, "Not Found: method not found")
