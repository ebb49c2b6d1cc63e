"""Who is measured: how each bot is started, what it promises to keep, and how many answers it really kept."""

from __future__ import annotations

import pickle
import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Contestant:
    """One bot."""

    name: str
    title: str
    module: str
    arguments: tuple[str, ...]
    keeps: str
    """Its durability, in words."""
    is_echo: bool
    kept: Callable[[Path], int]
    """{folder of its data: answers found there}."""

    def env(self, api: str, token: str, data: Path, form: Path) -> dict[str, str]:
        """Return its settings."""
        if self.module != "bot":
            return {"BENCH_API": api, "BENCH_TOKEN": token, "BENCH_DATA": str(data), "BENCH_FORM": str(form)}
        return {
            "HOCTAP_TELEGRAM_API": api,
            "HOCTAP_TELEGRAM_TOKEN": token,
            "HOCTAP_TELEGRAM_RATE": "0",
            "HOCTAP_TELEGRAM_CHAT_RATE": "0",
            "HOCTAP_WEB_LISTEN": f"127.0.0.1:{_free_port()}",
            "HOCTAP_DATA_DIR": str(data),
        }


def _free_port() -> int:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def _kept_by_nobody(_data: Path) -> int:
    return 0


def _kept_here(data: Path) -> int:
    with closing(sqlite3.connect(data / "hoctap.db")) as connection:
        return int(connection.execute("SELECT count(*) FROM answer").fetchone()[0])


def _kept_in_pickle(data: Path) -> int:
    try:
        people: dict[int, dict[str, Any]] = pickle.loads((data / "answers.pickle").read_bytes())["user_data"]  # noqa: S301 - written by the peer we started
    except (OSError, EOFError, pickle.UnpicklingError):
        return 0
    return sum(len(person.get("answers", {})) for person in people.values())


def _kept_in_storage(data: Path) -> int:
    counted = """
    SELECT count(*) FROM kept, json_each(kept.data, '$.dialog_data.answers') WHERE kept.data IS NOT NULL
    """
    with closing(sqlite3.connect(data / "answers.db")) as connection:
        return int(connection.execute(counted).fetchone()[0])


ECHO = Contestant(
    "echo",
    "aiogram, bare echo",
    "tests.bench.peers.echo",
    (),
    "nothing",
    is_echo=True,
    kept=_kept_by_nobody,
)
CONVERSATION = Contestant(
    "conversation",
    "python-telegram-bot, ConversationHandler",
    "tests.bench.peers.conversation",
    (),
    "a pickle file written whole once a second, not synced",
    is_echo=False,
    kept=_kept_in_pickle,
)
DIALOG = Contestant(
    "dialog",
    "aiogram-dialog",
    "tests.bench.peers.dialog",
    (),
    "SQLite, WAL, synchronous=NORMAL: survives the process, not always power loss",
    is_echo=False,
    kept=_kept_in_storage,
)
HOCTAP = Contestant(
    "hoctap",
    "this bot",
    "bot",
    ("run",),
    "SQLite, WAL, synchronous=FULL: survives power loss; inbox and outbox too",
    is_echo=False,
    kept=_kept_here,
)
EVERYBODY = (ECHO, CONVERSATION, DIALOG, HOCTAP)
