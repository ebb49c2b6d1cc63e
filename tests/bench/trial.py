"""One trial of one bot: started on nothing, weighed at rest, played with, killed, and its answers counted."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.contestants import Contestant
from tests.bench.form import Form, echo_form
from tests.bench.processes import Process, started

SETTLE_S = 0.7
"""How long a bot rests before it is weighed."""

ALONE_S = 2.5


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is played."""

    people: int = 100
    limit_s: float = 7.0
    """No playing goes on longer; who is slow makes fewer inputs."""
    warm_up: int = 10
    """People of the first, unmeasured playing."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One measured playing."""

    inputs: int
    """Inputs that got their reply."""
    lost: int
    strays: int
    seconds: float
    median_ms: float
    p99_ms: float
    calls: int
    """Calls of the Bot API, polling apart."""
    cpu_s: float

    @property
    def per_s(self) -> float:
        """Answers a second."""
        return self.inputs / self.seconds if self.seconds > 0 else 0.0

    @property
    def cpu_ms(self) -> float:
        """Processor time of the bot for one answer, in milliseconds."""
        return self.cpu_s * 1000 / self.inputs if self.inputs else 0.0


@dataclass(frozen=True, slots=True)
class Trial:
    """What was measured of one bot in one round."""

    contestant: Contestant
    start_s: float
    """From starting the process to its first poll."""
    idle_mb: float
    peak_mb: float
    taps: Measure
    typing: Measure
    alone: Measure
    """One person with nobody else there."""
    acknowledged: int
    """Answers to questions that got a reply before the process was killed."""
    kept: int
    """Answers found afterwards in what it keeps."""


async def attempt(contestant: Contestant, form: Form, plan: Plan, folder: Path) -> Trial:
    """Try a bot on a fresh fake, with fresh data. Raises: RuntimeError: a process died, or never polled."""
    form = echo_form() if contestant.is_echo else form
    form_path, data = folder / "form.json", folder / "data"
    form.write(form_path)
    data.mkdir()
    fake_env = {"BENCH_FORM": str(form_path)}
    arguments = ("--no-limits", "--driver", "tests.bench.crowd:drive")
    async with started(
        "tests.support.fake_telegram", *arguments, env=fake_env, log=folder / "fake.log", is_spoken_to=True
    ) as fake:
        address = await fake.line()
        env = contestant.env(address["url"], address["token"], data, form_path)
        began = time.monotonic()
        async with started(contestant.module, *contestant.arguments, env=env, log=folder / "bot.log") as bot:
            ready_at = (await fake.ask(do="ready"))["ready_at"]
            if ready_at is None:
                raise RuntimeError(f"{contestant.name} never polled:\n{bot.complaint()}")
            await asyncio.sleep(SETTLE_S)
            idle_mb, _ = bot.memory_mb()
            inputs = form.inputs * plan.people
            await _play(fake, bot, plan.warm_up, plan.warm_up * form.inputs, plan.limit_s, types=True)
            alone, _ = await _play(fake, bot, 1, form.inputs, min(ALONE_S, plan.limit_s))
            taps, _ = await _play(fake, bot, plan.people, inputs, plan.limit_s)
            typing, acknowledged = await _play(fake, bot, plan.people, inputs, plan.limit_s, types=True)
            _, peak_mb = bot.memory_mb()
    return Trial(
        contestant,
        start_s=ready_at - began,
        idle_mb=idle_mb,
        peak_mb=peak_mb,
        taps=taps,
        typing=typing,
        alone=alone,
        acknowledged=acknowledged,
        kept=contestant.kept(data),
    )


async def _play(
    fake: Process, bot: Process, people: int, inputs: int, limit_s: float, *, types: bool = False
) -> tuple[Measure, int]:
    """Play once; returns the measure and how many answers were acknowledged so far."""
    before = bot.cpu_s()
    answer: dict[str, Any] = await fake.ask(do="play", people=people, inputs=inputs, limit_s=limit_s, types=types)
    acknowledged: int = answer.pop("acknowledged")
    return Measure(**answer, cpu_s=bot.cpu_s() - before), acknowledged
