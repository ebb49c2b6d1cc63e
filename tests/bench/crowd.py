"""The crowd: scripted people inside the fake's process, who answer each screen at once and note how long it took.

`python -m tests.support.fake_telegram --driver tests.bench.crowd:drive` reads one JSON command a line from standard
input and answers each with one line: `{"do": "ready"}` waits until the bot polls; `{"do": "play", "people": 100,
"inputs": 2000, "limit_s": 8, "types": false}` lets so many people at a time go through the form until so many inputs
were made or the time is over, somebody new taking the place of whoever has finished.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path
from typing import Any

from tests.bench.form import Form
from tests.support.fake_telegram import FakeTelegram, Person, StoredMessage
from tests.support.fake_telegram.backend import MessageEventKind

READY_S = 60.0
PATIENCE_S = 10.0
"""How long the last replies may take once nobody writes any more."""

SECOND_S = 0.05
"""How long a second of the fake's clock takes, when somebody waits for the next one."""


@dataclass(slots=True)
class Member:
    """Somebody in the crowd."""

    person: Person
    step: int = -1
    """The screen in front of them; -1 before the first."""
    message_id: int = 0
    is_tapping: bool = False
    waits_since: float | None = None


@dataclass(slots=True)
class Game:
    """One turn of playing."""

    people: int
    inputs: int
    until: float
    types: bool
    made: int = 0
    strays: int = 0
    """Screens that were not the ones expected."""
    last_reply_at: float = 0
    latencies: list[float] = field(default_factory=list)
    over: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def may_act(self) -> bool:
        """Whether another input may be made."""
        return self.made < self.inputs and time.perf_counter() < self.until


class Crowd:
    """People who go through a form."""

    def __init__(self, fake: FakeTelegram, form: Form) -> None:
        self._fake = fake
        self._form = form
        self._members: dict[int, Member] = {}
        self._game: Game | None = None
        self._thinking: list[tuple[Game, Member, StoredMessage]] = []
        self.acknowledged = 0
        """Answers to questions of the sheet that got their reply."""
        fake.on_bot_message(self._on_message)

    async def play(self, *, people: int, inputs: int, limit_s: float, types: bool) -> dict[str, Any]:
        """Let people play; returns what was measured."""
        before = self._calls()
        began = time.perf_counter()
        game = self._game = Game(people, inputs, began + limit_s, types)
        for _ in range(people):
            self._enter(game)
        try:
            async with asyncio.timeout(limit_s + PATIENCE_S):
                await game.over.wait()
        except TimeoutError:
            pass
        self._game = None
        self._members.clear()
        latencies = sorted(game.latencies)
        return {
            "inputs": len(latencies),
            "lost": game.made - len(latencies),
            "strays": game.strays,
            "seconds": max(0.0, game.last_reply_at - began),
            "median_ms": _percentile(latencies, 0.5) * 1000,
            "p99_ms": _percentile(latencies, 0.99) * 1000,
            "calls": self._calls() - before,
            "acknowledged": self.acknowledged,
        }

    def _calls(self) -> int:
        counts = self._fake.backend.call_counts
        return sum(counts.values()) - counts["getupdates"]

    def _enter(self, game: Game) -> None:
        """Somebody new opens the bot."""
        person = self._fake.person("Bà Tư")
        member = self._members[person.user_id] = Member(person)
        if self._begin_input(game, member):
            person.phone.send("/start")

    def _begin_input(self, game: Game, member: Member) -> bool:
        if not game.may_act:
            self._leave(game, member)
            return False
        game.made += 1
        member.waits_since = time.perf_counter()
        member.is_tapping = False
        return True

    def _leave(self, game: Game, member: Member) -> None:
        self._members.pop(member.person.user_id, None)
        if not self._members:
            game.over.set()

    def _on_message(self, person: Person, message: StoredMessage, kind: MessageEventKind) -> None:
        game, member = self._game, self._members.get(person.user_id)
        if game is None or member is None or member.waits_since is None:
            return
        # A text is replied to with a message; what else is edited meanwhile only loses its buttons.
        is_reply = kind == "sent" or (
            kind == "edited" and member.is_tapping and message.message_id == member.message_id
        )
        if is_reply:
            self._replied(game, member, message)

    def _replied(self, game: Game, member: Member, message: StoredMessage) -> None:
        game.last_reply_at = time.perf_counter()
        game.latencies.append(game.last_reply_at - (member.waits_since or 0))
        member.waits_since = None
        if member.step >= 0 and self._form.steps[member.step].is_kept:
            self.acknowledged += 1
        member.step += 1
        member.message_id = message.message_id
        step = self._form.steps[member.step]
        if step.question and not message.wire["text"].startswith(f"Câu {step.question}/"):
            game.strays += 1
        if member.step + 1 == len(self._form.steps):
            del self._members[member.person.user_id]
            self._enter(game)
        elif "edit_date" in message.wire and (game.types or step.tap is None):
            self._act_a_second_later(game, member, message)
        else:
            self._act(game, member, message)

    def _act_a_second_later(self, game: Game, member: Member, message: StoredMessage) -> None:
        """Type: but nobody does in the very second in which a message changed, and Telegram dates by whole seconds.

        The fake's clock is put forward for everybody who waits for that, so that it takes hardly any time.
        """
        if not self._thinking:
            asyncio.get_running_loop().call_later(SECOND_S, self._let_a_second_pass)
        self._thinking.append((game, member, message))

    def _let_a_second_pass(self) -> None:
        thinking, self._thinking = self._thinking, []
        self._fake.clock.advance(1)
        for each in thinking:
            self._act(*each)

    def _act(self, game: Game, member: Member, message: StoredMessage) -> None:
        if self._game is not game or not self._begin_input(game, member):
            return
        step = self._form.steps[member.step]
        phone = member.person.phone
        if game.types or step.tap is None:
            phone.send(step.words)
            return
        row, column = step.tap
        member.is_tapping = True
        phone.tap_data(
            message.message_id, message.wire["reply_markup"]["inline_keyboard"][row][column]["callback_data"]
        )


def drive(fake: FakeTelegram) -> None:
    """Obey commands from standard input until it ends."""
    path = os.environ.get("BENCH_FORM", "")
    crowd = Crowd(fake, Form.read(Path(path)))
    task = asyncio.get_running_loop().create_task(_obey(fake, crowd))
    fake.bench_task = task  # type: ignore[attr-defined]  # the loop keeps only weak references


async def _obey(fake: FakeTelegram, crowd: Crowd) -> None:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        command: dict[str, Any] = json.loads(line)
        match command.pop("do"):
            case "ready":
                is_ready = await fake.backend.state.changes.until(lambda: fake.backend.poller.is_waiting, READY_S)
                _say({"ready_at": time.monotonic() if is_ready else None})
            case "play":
                _say(await crowd.play(**command))
            case unknown:
                _say({"error": f"unknown command {unknown}"})


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def _percentile(ordered: list[float], share: float) -> float:
    return ordered[max(0, ceil(share * len(ordered)) - 1)] if ordered else 0.0
