"""The database as it lies there, read from outside with nothing of the program, and what must hold in it."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import asyncpg

from bot.dialogs.codec import decode_answer
from bot.scoring.model import Answer
from tests.support.fake_telegram import FakeTelegram
from tests.support.fake_telegram.updates import FIRST_UPDATE_ID
from tests.support.families import Crowd

_LEFT = (
    "SELECT (SELECT count(*) FROM inbox WHERE state <> 'done') + (SELECT count(*) FROM outbox WHERE state <> 'kept')"
)


class Database(Protocol):
    """Where the program keeps everything."""

    async def rows(self, *queries: str) -> list[list[tuple[Any, ...]]]:
        """Read, all at one moment, while the program is not running."""

    async def left(self) -> int:
        """How many updates and deliveries the running program has not finished."""


@dataclass(frozen=True)
class SqliteFile:
    """An SQLite database. A copy is read, so that what a killed process left is recovered by the program alone."""

    path: Path

    async def rows(self, *queries: str) -> list[list[tuple[Any, ...]]]:
        with tempfile.TemporaryDirectory() as folder:
            for ending in ("-wal", ""):
                if (file := self.path.with_name(self.path.name + ending)).exists():
                    shutil.copy(file, folder)
            with closing(sqlite3.connect(f"file:{folder}/{self.path.name}", uri=True)) as connection:
                return [connection.execute(query).fetchall() for query in queries]

    async def left(self) -> int:
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=15)) as connection:
            return int(connection.execute(_LEFT).fetchone()[0])


@dataclass(frozen=True)
class Postgresql:
    """A PostgreSQL database."""

    url: str

    async def rows(self, *queries: str) -> list[list[tuple[Any, ...]]]:
        connection = await asyncpg.connect(self.url)
        try:
            async with connection.transaction(isolation="repeatable_read", readonly=True):
                return [[tuple(row) for row in await connection.fetch(query)] for query in queries]
        finally:
            await connection.close()

    async def left(self) -> int:
        return int((await self.rows(_LEFT))[0][0][0])


@dataclass(frozen=True)
class Household:
    """One household's row with everything that hangs on it."""

    name: str
    place: str
    adults: int
    children: int
    assessment_id: int
    state: str
    total: Decimal | None
    title_id: str | None
    answers: Mapping[str, Answer]
    history: Mapping[str, Sequence[Answer]]


@dataclass(frozen=True)
class Ledger:
    """What is on record at one moment."""

    households: Mapping[str, Household]
    """{account of Telegram: its household}."""
    counts: Mapping[str, int]
    updates: frozenset[int]
    """Every update that was ever taken in."""

    @classmethod
    async def read(cls, database: Database) -> Ledger:
        """Read everything."""
        households, answers, history, counts, updates = await database.rows(
            "SELECT a.external_id, s.name, p.name, s.told, m.id, m.state, m.total, m.title_id "
            "FROM account a JOIN person_subject t ON t.person_id = a.person_id JOIN subject s ON s.id = t.subject_id "
            "JOIN place p ON p.id = s.place_id JOIN assessment m ON m.subject_id = s.id WHERE a.channel = 'telegram'",
            "SELECT assessment_id, indicator, value FROM answer",
            "SELECT assessment_id, indicator, value FROM answer_history ORDER BY id",
            "SELECT 'account', count(*) FROM account UNION ALL SELECT 'person', count(*) FROM person "
            "UNION ALL SELECT 'subject', count(*) FROM subject UNION ALL SELECT 'assessment', count(*) FROM assessment "
            "UNION ALL SELECT 'answer', count(*) FROM answer "
            "UNION ALL SELECT 'answer_history', count(*) FROM answer_history "
            "UNION ALL SELECT 'evidence', count(*) FROM evidence "
            "UNION ALL SELECT 'review', count(*) FROM review UNION ALL SELECT 'consent', count(*) FROM consent "
            "UNION ALL SELECT 'handed in', count(*) FROM audit WHERE what = 'assessment.handed_in' "
            "UNION ALL SELECT 'unfinished', count(*) FROM inbox WHERE state <> 'done' "
            "UNION ALL SELECT 'unsent', count(*) FROM outbox",
            "SELECT update_id FROM inbox WHERE channel = 'telegram'",
        )
        values: dict[int, dict[str, Answer]] = {}
        for assessment_id, indicator, value in answers:
            of = values.setdefault(assessment_id, {})
            assert indicator not in of
            of[indicator] = decode_answer(value)
        earlier: dict[int, dict[str, list[Answer]]] = {}
        for assessment_id, indicator, value in history:
            earlier.setdefault(assessment_id, {}).setdefault(indicator, []).append(decode_answer(value))
        assert max(Counter(row[0] for row in households).values(), default=1) == 1, "one household an account"
        return cls(
            {
                account: Household(
                    name,
                    place,
                    json.loads(told)["adults"],
                    json.loads(told)["school_age_children"],
                    id_,
                    state,
                    None if total is None else Decimal(str(total)),
                    title_id,
                    values.get(id_, {}),
                    earlier.get(id_, {}),
                )
                for account, name, place, told, id_, state, total, title_id in households
            },
            dict(counts),
            frozenset(int(update_id) for (update_id,) in updates if update_id.isdigit()),
        )


def confirmed(fake: FakeTelegram) -> frozenset[int]:
    """Every update that the bot told Telegram it has."""
    updates = fake.backend.state.updates
    waiting = {update.update_id for update in updates.waiting()}
    return frozenset(range(FIRST_UPDATE_ID, updates._next_id)) - waiting


def lost(ledger: Ledger, crowd: Crowd) -> list[str]:
    """What was acknowledged, to Telegram or to a family, and is not on record; to be asked at any moment."""
    missing = [f"update {each}" for each in sorted(confirmed(crowd.fake) - ledger.updates)]
    for family in crowd.families:
        subject = ledger.households.get(family.account)
        for indicator, value in family.acknowledged.items():
            given = family.script.given(indicator)
            stored = None if subject is None else subject.answers.get(indicator)
            # A later value may be on record already and its confirmation still on the way.
            if stored not in given[given.index(value) :]:
                missing.append(f"{family.script.name}, {indicator}: confirmed {value}, on record {stored}")
    return missing


def wrong(ledger: Ledger, crowd: Crowd) -> list[str]:
    """What is not as the scripts have it, once everybody has handed in."""
    today = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
    problems = [surprise for family in crowd.families for surprise in family.surprises]
    problems += lost(ledger, crowd)
    for family in crowd.families:
        script, subject = family.script, ledger.households.get(family.account)
        if subject is None:
            problems.append(f"{script.name} is not registered")
            continue
        registered = (subject.name, subject.place, subject.adults, subject.children)
        if registered != (script.name, script.place, script.adults, script.children):
            problems.append(f"{script.name} is registered as {registered}")
        if subject.answers != script.final:
            problems.append(f"{script.name} answered {script.final}, on record is {subject.answers}")
        told = {indicator: list(script.given(indicator)) for indicator in script.answers}
        if subject.history != told:
            problems.append(f"{script.name} gave {told}, the history has {subject.history}")
        sheet = script.sheet(today)
        title = sheet.title.id if sheet.title is not None else None
        if (subject.state, subject.total, subject.title_id) != ("handed_in", sheet.total, title):
            problems.append(f"{script.name}: {subject.state}, {subject.total}, not {sheet.total} {title}")
    families = len(crowd.families)
    expected = dict.fromkeys(("account", "person", "subject", "assessment", "review", "consent", "handed in"), families)
    expected |= {"evidence": 0, "unfinished": 0, "unsent": 0, "answer": crowd.questions}
    expected["answer_history"] = crowd.questions + sum(len(f.script.corrections) for f in crowd.families)
    if ledger.counts != expected:
        problems.append(f"rows: {ledger.counts}, not {expected}")
    return problems
