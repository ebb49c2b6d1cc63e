"""How long one small query on SQLite takes: our way, and SQLAlchemy's asyncio over aiosqlite (decision 0004)."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from storage.address import parse
from storage.engine import connect

ROUNDS = 5
QUERIES = 400
_QUERY = text("SELECT 1")


@dataclass(frozen=True)
class Bridges:
    """Microseconds for one query in a transaction of many; medians of rounds in turn."""

    ours_us: float
    aiosqlite_us: float


async def bridges() -> Bridges:
    """Measure both in turn."""
    ours, theirs = [], []
    with tempfile.TemporaryDirectory(prefix="hoctap-bench-") as folder:
        for _ in range(ROUNDS):
            ours.append(await _ours(Path(folder) / "ours.db"))
            theirs.append(await _aiosqlite(Path(folder) / "theirs.db"))
    return Bridges(median(ours), median(theirs))


async def _ours(path: Path) -> float:
    database = connect(parse(f"sqlite:///{path}"), 1)
    try:
        async with database.begin() as run:
            await run(_one)
            began = time.perf_counter()
            for _ in range(QUERIES):
                await run(_one)
            return (time.perf_counter() - began) / QUERIES * 1e6
    finally:
        await database.close()


async def _aiosqlite(path: Path) -> float:
    engine = create_async_engine(f"sqlite+aiosqlite:///{path}")
    try:
        async with engine.begin() as connection:
            (await connection.execute(_QUERY)).scalar()
            began = time.perf_counter()
            for _ in range(QUERIES):
                (await connection.execute(_QUERY)).scalar()
            return (time.perf_counter() - began) / QUERIES * 1e6
    finally:
        await engine.dispose()


def _one(connection: Connection) -> int:
    return int(connection.execute(_QUERY).scalar_one())
