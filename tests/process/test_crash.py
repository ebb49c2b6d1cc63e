"""Many families answer at once while the program is killed at random moments: nothing is lost, nothing counted twice.

HOCTAP_CRASH_FAMILIES (40), HOCTAP_CRASH_KILLS (3) and HOCTAP_CRASH_SEED (1) make it longer, harder or different; the
long one is `HOCTAP_CRASH_FAMILIES=200 HOCTAP_CRASH_KILLS=20`.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.scoring.model import CriteriaSet
from tests.process.conftest import telegram, until_finished
from tests.process.ledger import Database, Ledger, Postgresql, SqliteFile, lost, wrong
from tests.storage.conftest import empty_postgresql, require_postgresql
from tests.support.fake_telegram import FakeTelegram
from tests.support.families import Crowd
from tests.support.family_scripts import write_scripts
from tests.support.process import Program, free_port, program

FAMILIES = int(os.environ.get("HOCTAP_CRASH_FAMILIES", "40"))
KILLS = int(os.environ.get("HOCTAP_CRASH_KILLS", "3"))
SEED = int(os.environ.get("HOCTAP_CRASH_SEED", "1"))
WAIT_S = 180.0
"""On PostgreSQL, which other processes may serve too, a reply whose sender died waits a minute for its lease to end."""

pytestmark = pytest.mark.crash


@pytest.fixture
def fake(fake: FakeTelegram) -> FakeTelegram:
    """Some updates come twice, some neighbours change places."""
    fake.faults.random.seed(SEED)
    fake.faults.duplicate_update = fake.faults.reorder_updates = 0.05
    return fake


Report = Callable[[str], None]


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> Report:
    """Say a line where whoever runs the tests reads it."""

    def say(line: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{line}\n")

    return say


async def test_families_lose_nothing_when_the_program_is_killed(
    tmp_path: Path, fake: FakeTelegram, family_set: CriteriaSet, report: Report
) -> None:
    async with program(tmp_path / "var", **telegram(fake)) as running:
        report(await survive(running, SqliteFile(tmp_path / "var" / "hoctap.db"), fake, family_set, FAMILIES, KILLS))


async def test_families_lose_nothing_by_webhook(
    tmp_path: Path, fake: FakeTelegram, family_set: CriteriaSet, report: Report
) -> None:
    listen = f"127.0.0.1:{free_port()}"
    webhook = {
        "HOCTAP_WEB_LISTEN": listen,
        "HOCTAP_TELEGRAM_WEBHOOK_URL": f"http://{listen}",
        "HOCTAP_TELEGRAM_WEBHOOK_SECRET": "a-secret-of-the-tests",
    }
    async with program(tmp_path / "var", **telegram(fake), **webhook) as running:
        database = SqliteFile(tmp_path / "var" / "hoctap.db")
        report(await survive(running, database, fake, family_set, max(1, FAMILIES // 2), max(1, KILLS - 1)))


@pytest.mark.postgresql
async def test_families_lose_nothing_on_postgresql(
    tmp_path: Path, fake: FakeTelegram, family_set: CriteriaSet, report: Report
) -> None:
    url = require_postgresql()
    await empty_postgresql(url)
    async with program(tmp_path / "var", HOCTAP_DATABASE_URL=url, **telegram(fake)) as running:
        report(await survive(running, Postgresql(url), fake, family_set, max(1, FAMILIES // 2), max(1, KILLS // 2)))


async def survive(
    running: Program, database: Database, fake: FakeTelegram, criteria: CriteriaSet, families: int, kills: int
) -> str:
    """Let everybody answer while the program is killed so often, then compare what is on record with the scripts.

    Returns: what was done, in one line.
    """
    began = time.monotonic()
    chance = random.Random(SEED)
    crowd = Crowd(fake, write_scripts(families, criteria, SEED), SEED)
    await running.start()
    crowd.begin()
    try:
        # Where in the work a kill falls is chance; that it falls into the work is not.
        for answered in sorted(chance.sample(range(1, crowd.questions * 9 // 10), kills)):
            await crowd.until_answered(answered, WAIT_S)
            await kill_soon(running, chance, 0.1)
            assert lost(await Ledger.read(database), crowd) == []
            if chance.random() < 0.3:
                await running.spawn()
                await kill_soon(running, chance, 2.0)
            await running.start()
        await crowd.until_done(WAIT_S)
    finally:
        crowd.close()
    await until_finished(database, fake)
    code, _ = await running.stop()
    assert code == 0
    ledger = await Ledger.read(database)
    problems = wrong(ledger, crowd)
    assert not problems, "\n".join(problems)
    seconds = time.monotonic() - began
    return (
        f"{families} families, {running.starts - 1} kills, {len(ledger.updates)} updates, {crowd.questions} answers, "
        f"{seconds:.1f} s"
    )


async def kill_soon(running: Program, chance: random.Random, within_s: float) -> None:
    """Kill at a random moment of the next seconds, so that any step of the work can be the last."""
    await asyncio.sleep(chance.uniform(0, within_s))
    await running.kill()
