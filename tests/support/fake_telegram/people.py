"""Simulated people: they see what the bot really sent and tap what is really there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from tests.support.fake_telegram.backend import Backend
from tests.support.fake_telegram.methods.media import photo_sizes
from tests.support.fake_telegram.screen import (
    Button,
    Rows,
    ScreenMessage,
    description,
    pressable,
    seen,
    shown_reply_keyboard,
)
from tests.support.fake_telegram.state import Chat, Notice, StoredMessage, User
from tests.support.fake_telegram.wire import JsonObject

PHOTO_BYTES = 120_000


class Phone:
    """A person's phone in one chat; everything happens at once, so that scripted people cost little."""

    def __init__(self, backend: Backend, user: User, chat: Chat) -> None:
        self._backend = backend
        self.user = user
        self.chat = chat

    @property
    def messages(self) -> tuple[ScreenMessage, ...]:
        """Every message of the chat, oldest first, as it stands now; deleted ones say so."""
        return tuple(map(seen, self.chat.messages.values()))

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Texts that came as answers to presses."""
        return tuple(self.chat.notices)

    @property
    def waiting_presses(self) -> tuple[str, ...]:
        """Presses the bot has not answered yet."""
        presses = self._backend.state.presses.values()
        return tuple(press.press_id for press in presses if press.user_id == self.user.user_id)

    def newest(self) -> ScreenMessage | None:
        """The bot's newest message."""
        for message in reversed(self.chat.messages.values()):
            if message.is_from_bot and not message.is_deleted:
                return seen(message)
        return None

    def keyboard(self) -> Rows:
        """The buttons of the newest message that has any."""
        for message in reversed(self.chat.messages.values()):
            if not message.is_deleted and "reply_markup" in message.wire:
                return seen(message).keyboard
        return ()

    def describe(self) -> str:
        """What is on the screen, in words."""
        return description(self.user.wire["first_name"], self.messages)

    def send(self, text: str) -> int:
        """Write a text; its message id."""
        return self._write({"text": text})

    def send_document(
        self, name: str, mime_type: str, *, content: bytes | None = None, size: int | None = None, caption: str = ""
    ) -> int:
        """Send a file; without content, `size` is only declared."""
        file = self._backend.state.files.add("document", name=name, mime_type=mime_type, content=content, size=size)
        document = {"file_name": name, "mime_type": mime_type} | file.wire()
        return self._write({"document": document} | ({"caption": caption} if caption else {}))

    def send_photo(self, *, content: bytes | None = None, size: int | None = None, caption: str = "") -> int:
        """Send a picture; without content, `size` is only declared."""
        length = PHOTO_BYTES if content is None and size is None else size
        file = self._backend.state.files.add("photo", mime_type="image/jpeg", content=content, size=length)
        return self._write({"photo": photo_sizes(file, 1280, 960)} | ({"caption": caption} if caption else {}))

    def send_sticker(self, emoji: str = "👍") -> int:
        """Send a sticker."""
        file = self._backend.state.files.add("sticker", size=20_000)
        shape = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular"}
        return self._write({"sticker": file.wire() | shape | {"emoji": emoji}})

    def send_voice(self, duration_s: int = 3) -> int:
        """Send a voice message."""
        file = self._backend.state.files.add("voice", size=4_000 * duration_s)
        return self._write({"voice": file.wire() | {"duration": duration_s, "mime_type": "audio/ogg"}})

    def _write(self, content: JsonObject) -> int:
        self._must_be_able("write")
        self.chat.has_started = self.user.is_known = True
        message = self._backend.state.add_message(self.chat, self.user, content)
        self.chat.changes.notify()
        self._backend.deliver(self._backend.state.push_message(self.chat, message))
        return message.message_id

    def tap(self, label: str) -> str:
        """Tap the button with this label (or beginning so) on the newest message that has it; the press's id.

        A button of a reply keyboard writes its label, one with a link only opens it: both give an empty id.
        Raises: AssertionError, which lists what is on the screen, when there is no such button.
        """
        self._must_be_able("tap")
        if (found := self._pressable(label)) is not None:
            message, button = found
            return self._press(message, button.data) if button.data else ""
        if any(button.label == label for row in shown_reply_keyboard(self.messages) for button in row):
            self.send(label)
            return ""
        raise AssertionError(f"No button {label!r}. {self.describe()}")

    def _pressable(self, label: str) -> tuple[StoredMessage, Button] | None:
        for message in reversed(self.chat.messages.values()):
            if message.is_deleted or "reply_markup" not in message.wire:
                continue
            if (found := pressable([seen(message)], label)) is not None:
                return message, found[1]
        return None

    def tap_data(self, message_id: int, data: str) -> str:
        """Press a button as it was once drawn, even if the message has changed or gone since; the press's id."""
        self._must_be_able("tap")
        message = self.chat.messages.get(message_id)
        if message is None or not message.is_from_bot:
            raise AssertionError(f"The bot never sent message {message_id}. {self.describe()}")
        return self._press(message, data)

    def double_tap(self, label: str) -> tuple[str, str]:
        """Tap the same button twice before the bot can react; the ids of both presses."""
        self._must_be_able("tap")
        found = self._pressable(label)
        if found is None or not found[1].data:
            raise AssertionError(f"No button {label!r}. {self.describe()}")
        message, button = found
        return self._press(message, button.data), self._press(message, button.data)

    def _press(self, message: StoredMessage, data: str) -> str:
        press, update = self._backend.state.push_press(self.chat, self.user, message, data)
        self._backend.deliver(update)
        return press.press_id

    def block(self) -> None:
        """Block the bot; it is told."""
        self._set_blocked(blocked=True)

    def unblock(self) -> None:
        """Let the bot write again; it is told."""
        self._set_blocked(blocked=False)

    def _set_blocked(self, *, blocked: bool) -> None:
        if self.user.has_blocked_bot == blocked:
            return
        self.user.has_blocked_bot = blocked
        if not self.chat.has_started:
            return
        self._backend.deliver(self._backend.state.push_membership(self.chat, self.user, was_member=blocked))

    def deactivate(self) -> None:
        """Delete the account."""
        self.user.is_deactivated = True

    def _must_be_able(self, verb: str) -> None:
        name = self.user.wire["first_name"]
        if self.user.is_deactivated:
            raise AssertionError(f"{name} cannot {verb}: the account was deleted")
        if self.user.has_blocked_bot and not self.chat.is_group:
            raise AssertionError(f"{name} cannot {verb}: the bot is blocked; call unblock() first, as the app would")


Condition: TypeAlias = "str | Callable[[Person], bool]"


class Person:
    """Somebody who uses the bot, for tests in the same process."""

    def __init__(self, backend: Backend, user: User, chat: Chat) -> None:
        self._backend = backend
        self.phone = Phone(backend, user, chat)

    @property
    def user_id(self) -> int:
        """Telegram's number of the person; of a private chat too."""
        return self.phone.user.user_id

    @property
    def chat_id(self) -> int:
        """Telegram's number of the chat."""
        return self.phone.chat.chat_id

    @property
    def first_name(self) -> str:
        """The person's name."""
        return str(self.phone.user.wire["first_name"])

    @property
    def messages(self) -> tuple[ScreenMessage, ...]:
        """Every message of the chat, oldest first, as it stands now; deleted ones say so."""
        return self.phone.messages

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Texts that came as answers to presses, `is_alert` for those that must be closed."""
        return self.phone.notices

    @property
    def waiting_presses(self) -> tuple[str, ...]:
        """Presses the bot has not answered yet."""
        return self.phone.waiting_presses

    @property
    def actions(self) -> tuple[str, ...]:
        """Every "typing ..." and its like."""
        return tuple(self.phone.chat.actions)

    def screen(self) -> str:
        """The text of the bot's newest message; empty when there is none."""
        newest = self.phone.newest()
        return newest.text if newest is not None else ""

    def keyboard(self) -> tuple[tuple[str, ...], ...]:
        """The labels of the newest message that has buttons, row by row."""
        return tuple(tuple(button.label for button in row) for row in self.phone.keyboard())

    def button(self, label: str) -> Button:
        """The button on the screen with this label or beginning so."""
        found = pressable(self.messages, label)
        if found is None:
            raise AssertionError(f"No button {label!r}. {self.phone.describe()}")
        return found[1]

    def content(self, file_id: str) -> bytes:
        """The bytes of a file somebody sent in this chat."""
        file = self._backend.state.files.find(file_id)
        if file is None:
            raise AssertionError(f"No file {file_id!r}")
        return file.bytes()

    async def send(self, text: str) -> int:
        """Write a text; its message id."""
        return self.phone.send(text)

    async def open_link(self, payload: str = "") -> int:
        """Follow a link t.me/bot?start=payload and press Start."""
        return self.phone.send(f"/start {payload}".rstrip())

    async def send_document(
        self, name: str, mime_type: str, *, content: bytes | None = None, size: int | None = None, caption: str = ""
    ) -> int:
        """Send a file; without content, `size` is only declared."""
        return self.phone.send_document(name, mime_type, content=content, size=size, caption=caption)

    async def send_photo(self, *, content: bytes | None = None, size: int | None = None, caption: str = "") -> int:
        """Send a picture; without content, `size` is only declared."""
        return self.phone.send_photo(content=content, size=size, caption=caption)

    async def send_sticker(self, emoji: str = "👍") -> int:
        """Send a sticker."""
        return self.phone.send_sticker(emoji)

    async def send_voice(self, duration_s: int = 3) -> int:
        """Send a voice message."""
        return self.phone.send_voice(duration_s)

    async def tap(self, label: str) -> str:
        """Tap a button that is really there; see `Phone.tap`."""
        return self.phone.tap(label)

    async def tap_data(self, message_id: int, data: str) -> str:
        """Press a button of long ago; see `Phone.tap_data`."""
        return self.phone.tap_data(message_id, data)

    async def double_tap(self, label: str) -> tuple[str, str]:
        """Tap the same button twice at once."""
        return self.phone.double_tap(label)

    async def block(self) -> None:
        """Block the bot; it is told."""
        self.phone.block()

    async def unblock(self) -> None:
        """Let the bot write again; it is told."""
        self.phone.unblock()

    async def deactivate(self) -> None:
        """Delete the account."""
        self.phone.deactivate()

    async def until(self, condition: Condition, timeout_s: float = 10.0) -> str:
        """Wait until the bot's newest message contains a text, or a predicate of this person holds; the screen.

        Raises: AssertionError, which lists what is on the screen, when it does not come true in time.
        """

        def holds() -> bool:
            return condition in self.screen() if isinstance(condition, str) else condition(self)

        if not await self.phone.chat.changes.until(holds, timeout_s):
            wanted = repr(condition) if isinstance(condition, str) else "what the test waits for"
            raise AssertionError(f"{wanted} did not come within {timeout_s} s. {self.phone.describe()}")
        return self.screen()
