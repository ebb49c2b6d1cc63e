"""Somebody's phone on the fake Telegram: taps what is there, types, and counts both."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from tests.support.fake_telegram import FakeTelegram, Person
from tests.support.fake_telegram.screen import ScreenMessage, seen

PATIENCE_S = 30.0


@dataclass
class Effort:
    """What somebody needed to do."""

    taps: int = 0
    characters: int = 0
    texts: int = 0

    def copy(self) -> Effort:
        """What was done so far."""
        return replace(self)

    def since(self, before: Effort) -> Effort:
        """What was done since."""
        return Effort(self.taps - before.taps, self.characters - before.characters, self.texts - before.texts)


@dataclass
class Phone:
    """A person and what they see; every act waits for the screen that follows, without sleeping."""

    fake: FakeTelegram
    name: str
    effort: Effort = field(default_factory=Effort)

    def __post_init__(self) -> None:
        self.person: Person = self.fake.person(self.name)

    @property
    def screen(self) -> str:
        """The newest text; files aside."""
        newest = self._newest()
        return newest.text if newest is not None else ""

    @property
    def labels(self) -> tuple[str, ...]:
        """What can be tapped; of long labels, which stand in the text, the whole label."""
        numbered = dict(re.findall(r"^(\d+)\. (.+)$", self.screen, re.MULTILINE))
        return tuple(numbered.get(label, label) for label in self._shown_labels())

    async def open(self, code: str) -> str:
        """Follow a link with a code."""
        return await self._typed(f"/start {code}")

    async def type(self, text: str) -> str:
        """Type a text."""
        self.effort.characters += len(text)
        self.effort.texts += 1
        return await self._typed(text)

    async def tap(self, label: str) -> str:
        """Tap what is so labelled, or begins so, on the newest screen."""
        self.effort.taps += 1
        before = self._newest()
        assert before is not None, f"{self.name} sees nothing to tap"
        await self.person.tap_data(before.message_id, self._button(before, label))
        await self._until(lambda: self._newest() != before and not self.person.waiting_presses, f"tap on {label!r}")
        self.fake.clock.advance(1)  # what is typed within the second of an edit counts as written before it
        return self.screen

    async def say(self, *said: str) -> str:
        """Tap each of these where it can be tapped, else type it."""
        for each in said:
            await (self.tap(each) if each in self.labels else self.type(each))
        return self.screen

    async def send_file(self, name: str, data: bytes, mime: str) -> str:
        """Send a document."""
        sent = await self.person.send_document(name, mime, content=data)
        await self._until(lambda: self._is_after(sent), f"sending {name}")
        return self.screen

    async def until(self, words: str) -> str:
        """Wait until the newest screen has some words."""
        await self._until(lambda: words in self.screen, repr(words))
        self.fake.clock.advance(1)
        return self.screen

    async def document(self, ending: str, after: int = 0) -> tuple[str, bytes]:
        """Wait for a file of this ending that is newer than message `after`."""
        found: list[ScreenMessage] = []

        def is_there() -> bool:
            found[:] = [m for m in self.documents() if m.file_name.endswith(ending) and m.message_id > after]
            return bool(found)

        await self._until(is_there, f"a file {ending}")
        return found[-1].file_name, self.person.content(found[-1].file_id)

    def documents(self) -> list[ScreenMessage]:
        """Files the bot has sent."""
        return [m for m in self.person.messages if m.is_from_bot and m.file_id]

    @property
    def newest_id(self) -> int:
        """The newest message's number."""
        return max((m.message_id for m in self.person.messages), default=0)

    async def _typed(self, text: str) -> str:
        sent = await self.person.send(text)
        await self._until(lambda: self._is_after(sent), f"typing {text!r}")
        return self.screen

    async def _until(self, holds: Callable[[], bool], what: str) -> None:
        is_there = await self.person.phone.chat.changes.until(holds, PATIENCE_S)
        assert is_there, f"{self.name}: {what} led nowhere. {self.person.phone.describe()}"

    def _newest(self) -> ScreenMessage | None:
        """The bot's newest message that is no file."""
        for message in reversed(self.person.phone.chat.messages.values()):
            if message.is_from_bot and not message.is_deleted and not (shown := seen(message)).file_id:
                return shown
        return None

    def _is_after(self, message_id: int) -> bool:
        newest = self._newest()
        return newest is not None and newest.message_id > message_id

    def _shown_labels(self) -> list[str]:
        newest = self._newest()
        return [] if newest is None else [button.label for row in newest.keyboard for button in row]

    def _button(self, screen: ScreenMessage, label: str) -> str:
        """The data of a button: exactly so labelled, by its number in the text, or beginning so."""
        buttons = {button.label: button.data for row in screen.keyboard for button in row}
        numbered = re.search(rf"^(\d+)\. {re.escape(label)}", screen.text, re.MULTILINE)
        found = buttons.get(label) or (numbered and buttons.get(numbered[1]))
        found = found or next((data for each, data in buttons.items() if each.startswith(label)), None)
        assert found, f"{self.name}: no button {label!r}. {self.person.phone.describe()}"
        return found
