"""What the server knows: users, chats, messages, button presses, commands."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from tests.support.fake_telegram.changes import Changes
from tests.support.fake_telegram.clock import VirtualClock
from tests.support.fake_telegram.entities import found_entities, utf16_length
from tests.support.fake_telegram.errors import bad_request, forbidden
from tests.support.fake_telegram.files import FileStore
from tests.support.fake_telegram.keyboards import Markup
from tests.support.fake_telegram.settings import Settings
from tests.support.fake_telegram.updates import Update, UpdateQueue
from tests.support.fake_telegram.wire import JsonObject

MEDIA_KINDS = ("document", "photo", "sticker", "voice")
PRESS_QUEUE = 3 << 33
MEMBERSHIP_QUEUE = 6 << 33
FIRST_PERSON_ID = 5_000_000_001
FIRST_GROUP_ID = -4_000_000_001


@dataclass(slots=True)
class User:
    """A person or the bot."""

    wire: JsonObject
    is_deactivated: bool = False
    has_blocked_bot: bool = False
    is_known: bool = False
    """The bot has met this person: in a private chat, or in a group."""

    @property
    def user_id(self) -> int:
        """Telegram's number of the account."""
        return int(self.wire["id"])


@dataclass(slots=True)
class StoredMessage:
    """A message as it stands now; `wire` is replaced, never changed, so that a copy taken earlier stays as it was."""

    wire: JsonObject
    is_from_bot: bool
    markup: Markup | None = None
    is_deleted: bool = False

    @property
    def message_id(self) -> int:
        """Its number in the chat."""
        return int(self.wire["message_id"])

    @property
    def kind(self) -> str:
        """text, document, photo, sticker or voice."""
        return next((kind for kind in MEDIA_KINDS if kind in self.wire), "text")


@dataclass(frozen=True, slots=True)
class Notice:
    """A callback answer the person saw: a line at the top, or an alert to be closed."""

    text: str
    is_alert: bool
    press_id: str


@dataclass(slots=True)
class Press:
    """A button press, open until the bot answers it."""

    press_id: str
    chat_id: int
    user_id: int
    expires_at: float
    is_answered: bool = False
    answer: JsonObject | None = None


@dataclass(slots=True)
class Chat:
    """A private chat (its id is the person's) or a group (its id is negative)."""

    wire: JsonObject
    members: list[User] = field(default_factory=list)
    has_started: bool = False
    """Somebody has written to the bot here, so that it may write back."""
    messages: dict[int, StoredMessage] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)

    @property
    def chat_id(self) -> int:
        """Telegram's number of the chat."""
        return int(self.wire["id"])

    @property
    def is_group(self) -> bool:
        """Whether several people may be in it."""
        return bool(self.wire["type"] != "private")


class ServerState:
    """Everything one bot's server remembers."""

    def __init__(self, clock: VirtualClock, settings: Settings, bot_id: int, bot_name: str, bot_username: str) -> None:
        self.clock = clock
        self.settings = settings
        self.bot = User({"id": bot_id, "is_bot": True, "first_name": bot_name, "username": bot_username})
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.presses: dict[str, Press] = {}
        self.commands: dict[tuple[str, str], list[JsonObject]] = {}
        self.texts: dict[tuple[str, str], str] = {}
        self.files = FileStore(clock, settings)
        self.updates = UpdateQueue(clock.now)
        self.changes = Changes()
        self._message_ids = itertools.count(1)
        self._press_ids = itertools.count(4_400_000_000_000_000_001)
        self._person_ids = itertools.count(FIRST_PERSON_ID)
        self._group_ids = itertools.count(FIRST_GROUP_ID, -1)

    def add_person(self, fields: JsonObject) -> User:
        """Somebody with a phone, who has not found the bot yet; `fields` may carry an id of their own."""
        user_id = fields.get("id") or next(self._person_ids)
        known = {key: value for key, value in fields.items() if value}
        user = User({"id": user_id, "is_bot": False} | known)
        chat = {"id": user_id, "type": "private"}
        chat |= {key: known[key] for key in ("first_name", "last_name", "username") if key in known}
        self.users[user.user_id] = user
        self.chats[user.user_id] = Chat(chat, [user])
        return user

    def add_group(self, title: str, members: list[User]) -> Chat:
        """A group with these people and the bot in it."""
        chat = Chat({"id": next(self._group_ids), "type": "group", "title": title}, members, has_started=True)
        for member in members:
            member.is_known = True
        self.chats[chat.chat_id] = chat
        return chat

    def reachable(self, chat_id: str, *, to_write: bool, to_send: bool = False) -> Chat:
        """The chat a call names, if the bot may use it so.

        Raises: ApiError 400 chat not found, 403 blocked, deactivated or never written to.
        """
        if not chat_id:
            raise bad_request("chat_id is empty")
        try:
            chat = self.chats.get(int(chat_id))
        except ValueError:
            chat = None
        if chat is None:
            raise bad_request("chat not found")
        if chat.is_group:
            return chat
        user = chat.members[0]
        if not (user.is_known or chat.has_started):
            raise bad_request("chat not found")
        if to_write and user.is_deactivated:
            raise forbidden("user is deactivated")
        if to_send and user.has_blocked_bot:
            raise forbidden("bot was blocked by the user")
        if to_send and not chat.has_started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat

    def add_message(self, chat: Chat, sender: User, content: JsonObject, markup: Markup | None = None) -> StoredMessage:
        """Put a message into a chat."""
        wire: JsonObject = {
            "message_id": next(self._message_ids), "from": sender.wire, "chat": chat.wire, "date": self.clock.date(),
        } | content  # fmt: skip
        if sender is not self.bot and "text" in wire and (entities := found_entities(wire["text"])):
            wire["entities"] = entities
        if markup is not None and markup.kind == "inline":
            wire["reply_markup"] = markup.wire
        message = StoredMessage(wire, sender is self.bot, markup)
        chat.messages[message.message_id] = message
        return message

    def push_message(self, chat: Chat, message: StoredMessage) -> Update | None:
        """Tell the bot of a message."""
        return self.updates.push("message", message.wire, self.settings.message_expiry_s, chat.chat_id)

    def push_press(self, chat: Chat, user: User, message: StoredMessage, data: str) -> tuple[Press, Update | None]:
        """Tell the bot of a pressed button; of a deleted message it learns only where it was."""
        expiry_s = self.settings.press_expiry_s
        press = Press(str(next(self._press_ids)), chat.chat_id, user.user_id, self.clock.now() + expiry_s)
        self.presses[press.press_id] = press
        gone = {"message_id": message.message_id, "chat": chat.wire, "date": 0}
        content = {
            "id": press.press_id, "from": user.wire, "message": gone if message.is_deleted else message.wire,
            "chat_instance": str(7_000_000_000_000_000_000 + abs(chat.chat_id)), "data": data,
        }  # fmt: skip
        return press, self.updates.push("callback_query", content, expiry_s, user.user_id + PRESS_QUEUE)

    def push_membership(self, chat: Chat, user: User, *, was_member: bool) -> Update | None:
        """Tell the bot that a person blocked or unblocked it."""
        member = {"user": self.bot.wire, "status": "member"}
        banned = {"user": self.bot.wire, "status": "kicked", "until_date": 0}
        old, new = (member, banned) if was_member else (banned, member)
        content = {
            "chat": chat.wire,
            "from": user.wire,
            "date": self.clock.date(),
            "old_chat_member": old,
            "new_chat_member": new,
        }
        queue_id = user.user_id + MEMBERSHIP_QUEUE
        return self.updates.push("my_chat_member", content, self.settings.message_expiry_s, queue_id)


def length_is_over(text: str, limit: int) -> bool:
    """Whether the text has more UTF-16 units than allowed; cheap for short ones."""
    return len(text) * 2 > limit and utf16_length(text) > limit
