"""A roll with many households behind the product's back, and a head in the room of one question for many."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from bot.dialogs.facts import RoleKind
from bot.dialogs.screens import Screen
from storage.subject_keys import subject_keys
from tests.services.desk import Desk
from tests.services.office import HAMLET, Office

HEAD = "head"
ROOM = "Trả lời một câu cho nhiều hộ"

SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ")
MIDDLES = ("Văn", "Thị", "Đức", "Minh")
GIVEN = ("An", "Bình", "Cúc", "Dũng", "Én", "Phúc", "Giang", "Hoa", "Hòa", "Khánh", "Lan", "Mai", "Nam", "Oanh")


def name_of(n: int) -> str:
    """The name of the n-th household."""
    return f"{SURNAMES[n % 10]} {MIDDLES[n % 4]} {GIVEN[n % 14]}"


def insert(
    file: Path, households: Iterable[tuple[str, str, dict[str, int]]], place_id: int = HAMLET, kind: str = "household"
) -> list[int]:
    """Put (number, name, told) on the roll of a hamlet; returns their ids."""
    ids = []
    with closing(sqlite3.connect(file)) as database, database:
        for number, name, told in households:
            cursor = database.execute(
                "INSERT INTO subject (kind, name, place_id, created_at, told, folded, sort_key, roll_number)"
                " VALUES (?, ?, ?, '2026-01-01 00:00:00', ?, ?, ?, ?)",
                (kind, name, place_id, json.dumps(told), *subject_keys(name, number), number),
            )
            ids.append(cursor.lastrowid or 0)
    return ids


def many(file: Path, count: int, place_id: int = HAMLET) -> list[int]:
    """Put households on the roll: 001, 002 ...; every third has no children."""
    return insert(
        file,
        (
            (f"{n:03}", name_of(n), {"adults": 1 + n % 3, "school_age_children": n % 3})
            for n in range(1, count + 1)
        ),
        place_id,
    )  # fmt: skip


async def be_head(desk: Desk, office: Office, place_id: int = HAMLET, who: str = HEAD) -> Screen:
    """Somebody becomes village head."""
    await desk.type(who, f"/start {await office.code(place_id, RoleKind.VILLAGE_HEAD)}")
    return await desk.tap(who, "Đồng ý")


def query(file: Path, statement: str, *parameters: object) -> list[tuple[object, ...]]:
    """Look into the database."""
    with closing(sqlite3.connect(file)) as database:
        return database.execute(statement, parameters).fetchall()
