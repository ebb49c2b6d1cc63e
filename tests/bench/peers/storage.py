"""aiogram's storage on SQLite, which it does not ship: states and data as JSON, every write a transaction.

`synchronous=NORMAL`: what was written survives the end of the process, not always the loss of power. Called without
a thread, because that is quickest.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey

_SAVE = """
INSERT INTO kept (key, {what}) VALUES (?, ?)
ON CONFLICT (key) DO UPDATE SET {what} = excluded.{what}
"""
_FIND = "SELECT {what} FROM kept WHERE key = ?"


class SqliteStorage(BaseStorage):
    """One row for each key."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._connection.execute("CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, state TEXT, data TEXT)")

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Keep a state."""
        self._connection.execute(
            _SAVE.format(what="state"), (_name(key), state.state if isinstance(state, State) else state)
        )

    async def get_state(self, key: StorageKey) -> str | None:
        """Find a state."""
        return self._get("state", key)

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Keep data; nothing takes no room."""
        if data:
            self._connection.execute(_SAVE.format(what="data"), (_name(key), json.dumps(data, ensure_ascii=False)))
        else:
            self._connection.execute("DELETE FROM kept WHERE key = ? AND state IS NULL", (_name(key),))
            self._connection.execute("UPDATE kept SET data = NULL WHERE key = ?", (_name(key),))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """Find data."""
        found = self._get("data", key)
        return dict(json.loads(found)) if found else {}

    async def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _get(self, what: str, key: StorageKey) -> str | None:
        row = self._connection.execute(_FIND.format(what=what), (_name(key),)).fetchone()
        return row[0] if row else None


def _name(key: StorageKey) -> str:
    return f"{key.chat_id}:{key.user_id}:{key.destiny}"
