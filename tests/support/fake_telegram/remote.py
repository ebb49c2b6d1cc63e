"""Driving a fake in another process: the people and the switches of `FakeTelegram`, over its control port.

`RemotePerson` has the names of `Person`; what it shows (`screen()`, `messages`, ...) is the state after its last
action, `until` or `refresh`.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from dataclasses import asdict
from types import TracebackType
from typing import Self, TypeAlias

import aiohttp

from tests.support.fake_telegram.faults import OneShot, Outage
from tests.support.fake_telegram.screen import Button, Rows, ScreenMessage, description, pressable, standing
from tests.support.fake_telegram.settings import Limits
from tests.support.fake_telegram.state import Notice
from tests.support.fake_telegram.wire import JsonObject

_ROUND_S = 20.0


class RemoteFake:
    """A fake behind `control_url`; use it as an async context."""

    def __init__(self, control_url: str) -> None:
        self._root = control_url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        timeout = aiohttp.ClientTimeout(total=2 * _ROUND_S)
        self._session = aiohttp.ClientSession(timeout=timeout, connector=aiohttp.TCPConnector(limit=0))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def request(self, path: str, body: JsonObject | None = None) -> JsonObject:
        """One control request; what a person cannot do raises the AssertionError here."""
        assert self._session is not None, "use RemoteFake as an async context"
        async with self._session.post(f"{self._root}/_fake/{path}", json=body or {}) as response:
            answer: JsonObject = await response.json()
        if "assertion" in answer:
            raise AssertionError(answer["assertion"])
        if response.status != 200:
            raise RuntimeError(f"control request {path}: {answer}")
        return answer

    async def person(
        self, first_name: str, *, last_name: str = "", username: str = "", language_code: str = "vi", user_id: int = 0
    ) -> RemotePerson:
        """Somebody who has not written to the bot yet."""
        fields: JsonObject = {
            "first_name": first_name, "last_name": last_name, "username": username, "language_code": language_code,
            "user_id": user_id,
        }  # fmt: skip
        return RemotePerson(self, first_name, await self.request("person", fields))

    async def content(self, file_id: str) -> bytes:
        """The bytes of a file."""
        assert self._session is not None, "use RemoteFake as an async context"
        async with self._session.get(f"{self._root}/_fake/file/{file_id}") as response:
            return await response.read()

    async def advance(self, seconds: float) -> float:
        """Let virtual time pass; the new moment."""
        return float((await self.request("advance", {"seconds": seconds}))["now"])

    async def change_faults(self, **probabilities: float) -> None:
        """Set probabilities by the names of `Faults`."""
        await self.request("faults", dict(probabilities))

    async def once(self, fault: OneShot, method: str = "") -> None:
        """Let a fault happen the next time it can."""
        await self.request("faults", {"once": [fault, method]})

    async def begin_outage(self, outage: Outage = "refuse") -> None:
        """The Bot API cannot be reached; control still can."""
        await self.request("faults", {"outage": outage})

    async def end_outage(self) -> None:
        """The Bot API is back."""
        await self.request("faults", {"outage": None})

    async def change_limits(self, limits: Limits) -> None:
        """Other rate limits from now on."""
        await self.request("limits", asdict(limits))

    async def state(self) -> JsonObject:
        """`url`, `token`, `now`, `calls` by method, `pending_updates`, `has_poller`."""
        return await self.request("state")


Condition: TypeAlias = "str | Callable[[RemotePerson], bool]"


class RemotePerson:
    """Somebody who uses the bot, in another process."""

    def __init__(self, fake: RemoteFake, first_name: str, snapshot: JsonObject) -> None:
        self._fake = fake
        self.first_name = first_name
        self.user_id = int(snapshot["user_id"])
        self.messages: tuple[ScreenMessage, ...] = ()
        self.notices: tuple[Notice, ...] = ()
        self.actions: tuple[str, ...] = ()
        self.waiting_presses: tuple[str, ...] = ()
        self._version = -1
        self._take(snapshot)

    @property
    def chat_id(self) -> int:
        """The private chat's number is the person's."""
        return self.user_id

    def _take(self, snapshot: JsonObject) -> None:
        self._version = snapshot["version"]
        self.messages = tuple(map(_message, snapshot["messages"]))
        self.notices = tuple(Notice(**notice) for notice in snapshot["notices"])
        self.actions = tuple(snapshot["actions"])
        self.waiting_presses = tuple(snapshot["waiting_presses"])

    async def _act(self, verb: str, **arguments: object) -> object:
        answer = await self._fake.request(f"person/{self.user_id}/{verb}", dict(arguments))
        self._take(answer)
        result: object = answer["result"]
        return result

    def screen(self) -> str:
        """The text of the bot's newest message, as last seen."""
        return next((message.text for message in standing(self.messages) if message.is_from_bot), "")

    def keyboard(self) -> tuple[tuple[str, ...], ...]:
        """The labels of the newest message that has buttons, row by row."""
        rows = next((message.keyboard for message in standing(self.messages) if message.keyboard), ())
        return tuple(tuple(button.label for button in row) for row in rows)

    def button(self, label: str) -> Button:
        """The button on the screen with this label or beginning so."""
        found = pressable(self.messages, label)
        if found is None:
            raise AssertionError(f"No button {label!r}. {description(self.first_name, self.messages)}")
        return found[1]

    async def content(self, file_id: str) -> bytes:
        """The bytes of a file somebody sent in this chat."""
        return await self._fake.content(file_id)

    async def refresh(self) -> None:
        """Look at the screen again."""
        self._take(await self._fake.request(f"person/{self.user_id}/wait", {"version": -1, "timeout_s": 0}))

    async def send(self, text: str) -> int:
        """Write a text; its message id."""
        return int(str(await self._act("send", text=text)))

    async def open_link(self, payload: str = "") -> int:
        """Follow a link t.me/bot?start=payload and press Start."""
        return await self.send(f"/start {payload}".rstrip())

    async def send_document(
        self, name: str, mime_type: str, *, content: bytes | None = None, size: int | None = None, caption: str = ""
    ) -> int:
        """Send a file; without content, `size` is only declared."""
        encoded = base64.b64encode(content).decode() if content is not None else None
        return int(
            str(
                await self._act(
                    "send_document", name=name, mime_type=mime_type, content=encoded, size=size, caption=caption
                )
            )
        )

    async def send_photo(self, *, content: bytes | None = None, size: int | None = None, caption: str = "") -> int:
        """Send a picture; without content, `size` is only declared."""
        encoded = base64.b64encode(content).decode() if content is not None else None
        return int(str(await self._act("send_photo", content=encoded, size=size, caption=caption)))

    async def send_sticker(self, emoji: str = "👍") -> int:
        """Send a sticker."""
        return int(str(await self._act("send_sticker", emoji=emoji)))

    async def send_voice(self, duration_s: int = 3) -> int:
        """Send a voice message."""
        return int(str(await self._act("send_voice", duration_s=duration_s)))

    async def tap(self, label: str) -> str:
        """Tap a button that is really there; see `Phone.tap`."""
        return str(await self._act("tap", label=label))

    async def tap_data(self, message_id: int, data: str) -> str:
        """Press a button of long ago; see `Phone.tap_data`."""
        return str(await self._act("tap_data", message_id=message_id, data=data))

    async def double_tap(self, label: str) -> tuple[str, str]:
        """Tap the same button twice at once."""
        first, second = _pair(await self._act("double_tap", label=label))
        return first, second

    async def block(self) -> None:
        """Block the bot; it is told."""
        await self._act("block")

    async def unblock(self) -> None:
        """Let the bot write again; it is told."""
        await self._act("unblock")

    async def deactivate(self) -> None:
        """Delete the account."""
        await self._act("deactivate")

    async def until(self, condition: Condition, timeout_s: float = 10.0) -> str:
        """Wait until the bot's newest message contains a text, or a predicate of this person holds; the screen.

        Raises: AssertionError, which lists what is on the screen, when it does not come true in time.
        """
        left_s = timeout_s
        while not (condition in self.screen() if isinstance(condition, str) else condition(self)):
            if left_s <= 0:
                wanted = repr(condition) if isinstance(condition, str) else "what the test waits for"
                shown = description(self.first_name, self.messages)
                raise AssertionError(f"{wanted} did not come within {timeout_s} s. {shown}")
            round_s = min(_ROUND_S, left_s)
            before = self._version
            body: JsonObject = {"version": before, "timeout_s": round_s}
            self._take(await self._fake.request(f"person/{self.user_id}/wait", body))
            left_s -= round_s if self._version == before else 0
        return self.screen()


def _pair(result: object) -> tuple[str, str]:
    assert isinstance(result, Sequence)
    return str(result[0]), str(result[1])


def _message(fields: JsonObject) -> ScreenMessage:
    rows: dict[str, Rows | None] = {
        name: None if fields[name] is None else tuple(tuple(Button(**button) for button in row) for row in fields[name])
        for name in ("keyboard", "reply_keyboard")
    }
    return ScreenMessage(**{**fields, **rows})
