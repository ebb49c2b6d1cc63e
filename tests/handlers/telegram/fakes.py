"""A clock that steps, a front door that remembers, and shorthands for deliveries."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.dialogs.effects import Content, Show
from bot.dialogs.screens import Choice, Expects, Layout, Paragraph, Progress, Screen, Tone
from bot.ports import Account, Delivery, Incoming, Priority
from bot.scoring.model import Text

START = datetime(2026, 11, 3, 4, 0, tzinfo=UTC)


class SteppedClock:
    """Time passes only when somebody sleeps or steps; sleeping lets everybody else run."""

    def __init__(self) -> None:
        self.passed = 0.0
        self.slept: list[float] = []
        self._fell_asleep = asyncio.Event()

    def now(self) -> datetime:
        return START + timedelta(seconds=self.passed)

    def monotonic(self) -> float:
        return self.passed

    async def sleep(self, seconds: float) -> None:
        self.note_sleep(seconds)
        self.passed += seconds
        await asyncio.sleep(0)

    def note_sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self._fell_asleep.set()

    async def until_slept(self, times: int) -> None:
        async with asyncio.timeout(5):
            while len(self.slept) < times:
                self._fell_asleep.clear()
                await self._fell_asleep.wait()

    def advance(self, seconds: float) -> None:
        self.passed += seconds


class RememberingReception:
    """Stores in memory, uniquely; fails as often as told."""

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures
        self.batches: list[tuple[Incoming, ...]] = []
        self.stored: dict[str, Incoming] = {}

    async def accept(self, updates: Sequence[Incoming]) -> None:
        await asyncio.sleep(0)
        if self.failures:
            self.failures -= 1
            raise OSError("the disk is full")
        self.batches.append(tuple(updates))
        self.stored |= {update.update_id: update for update in updates if update.update_id not in self.stored}

    @property
    def in_order(self) -> list[Incoming]:
        return sorted(self.stored.values(), key=lambda incoming: incoming.order)


def words(text: str) -> Text:
    return Text(text)


def screen(*texts: str | tuple[Tone, str], revision: int = 7, **fields: object) -> Screen:
    paragraphs = tuple(
        Paragraph(words(text)) if isinstance(text, str) else Paragraph(words(text[1]), text[0]) for text in texts
    )
    return Screen(revision, "question", paragraphs, **fields)  # type: ignore[arg-type]  # fields of Screen, by name


def question(text: str = "Nhà mình có góc học tập không?", revision: int = 7) -> Screen:
    return screen(
        (Tone.QUESTION, text),
        revision=revision,
        choices=(Choice("yes", words("Có")), Choice("no", words("Không"))),
        navigation=(Choice("why", words("Vì sao hỏi?")), Choice("back", words("Quay lại"))),
        layout=Layout.PAIR,
        expects=Expects.CHOICE,
        progress=Progress(3, 12, 2, 10),
    )


def delivery(content: Content, external_id: int | str, **fields: object) -> Delivery:
    account = Account(1, "telegram", str(external_id), 1)
    return Delivery(1, account, content, "vi", Priority.REPLY, 0, START, **fields)  # type: ignore[arg-type]  # by name


def show(text: str = "Nhà mình có góc học tập không?", revision: int = 7) -> Show:
    return Show(question(text, revision))
