"""The rolls of a province, put straight into the tables: hamlets of 150 households, half of them with a sheet.

The conversation works on them as on any others; only registering so many families one by one would take too long.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, insert, text

from bot.dialogs.codec import encode_answer
from bot.scoring.model import SubjectKind
from storage.address import parse
from storage.migrating import in_transaction
from storage.places import add_place
from storage.subject_keys import subject_keys
from storage.tables import subject
from tests.bench.province import families, family_set

HAMLET_SIZE = 150
HAMLETS_A_COMMUNE = 20
NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
YEAR = NOW.year
_AT_A_TIME = 5_000
_SHEETS = 40
"""Different sheets; every household with a sheet has one of them."""

_FAMILY = tuple("Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Lò Quàng Giàng Cà".split())
_MIDDLE = tuple("Văn Thị Hữu Đức Ngọc Minh Quang Thanh Kim Xuân".split())
_GIVEN = tuple("An Bình Chi Dũng Em Giang Hoa Hòa Khánh Lan Mai Nam Oanh Phúc Quỳnh Sơn Thảo Út Vinh Yến".split())


async def fill(url: str, households: int) -> tuple[int, ...]:
    """Put a province with so many households into a migrated, empty database; returns its hamlets."""
    hamlets: list[int] = []

    def put(connection: Connection) -> None:
        hamlets.extend(_places(connection, -(-households // HAMLET_SIZE)))
        rows = _households(hamlets, households)
        while some := list(islice(rows, _AT_A_TIME)):
            connection.execute(insert(subject), some)
        _sheets(connection)
        if connection.dialect.name == "postgresql":
            connection.execute(text("ANALYZE"))  # as its own autovacuum does before long

    await in_transaction(parse(url), put)
    return tuple(hamlets)


def _places(connection: Connection, count: int) -> Iterator[int]:
    begins = NOW.date().replace(month=1, day=1)
    province = add_place(connection, None, "province", "Tỉnh Mẫu", begins)
    commune = 0
    for number in range(count):
        if number % HAMLETS_A_COMMUNE == 0:
            name = f"Xã Mẫu {number // HAMLETS_A_COMMUNE + 1}"
            commune = add_place(connection, province.id, "commune", name, begins).id
            connection.execute(text("INSERT INTO period (year, place_id) VALUES (:y, :p)"), {"y": YEAR, "p": commune})
        yield add_place(connection, commune, "hamlet", f"Thôn {number % HAMLETS_A_COMMUNE + 1}", begins).id


def _households(hamlets: list[int], count: int) -> Iterator[dict[str, Any]]:
    for number in range(count):
        name = f"{_FAMILY[number * 7 % 20]} {_MIDDLE[number * 3 % 10]} {_GIVEN[(number // 20 + number) % 20]}"
        in_hamlet = f"{number % HAMLET_SIZE + 1:03}"
        folded, sort_key = subject_keys(name, in_hamlet)
        yield {
            "kind": SubjectKind.HOUSEHOLD,
            "name": name,
            "place_id": hamlets[number // HAMLET_SIZE],
            "created_at": NOW,
            "told": '{"adults":2,"school_age_children":1}',
            "folded": folded,
            "sort_key": sort_key,
            "roll_number": in_hamlet,
            "is_on_roll": True,
        }


def _sheets(connection: Connection) -> None:
    """Give every second household a sheet of this year with answers, a third of them handed in."""
    criteria = family_set()
    connection.execute(
        text(
            "INSERT INTO assessment (subject_id, period_id, year, set_id, set_version, state, is_complete, created_at)"
            " SELECT subject.id, period.id, :year, :set, :version,"
            " CASE WHEN subject.id % 6 = 0 THEN 'handed_in' ELSE 'draft' END, false, subject.created_at"
            " FROM subject JOIN place ON place.id = subject.place_id JOIN period ON period.place_id = place.parent_id"
            " WHERE subject.id % 2 = 0"
        ),
        {"year": YEAR, "set": criteria.id, "version": criteria.version},
    )
    for number, (answers, _) in enumerate(families(criteria, _SHEETS)):
        for indicator, answer in answers.items():
            connection.execute(
                text(
                    "INSERT INTO answer (assessment_id, indicator, value, channel, at, side)"
                    " SELECT id, :indicator, :value, 'web', created_at, 'head' FROM assessment WHERE id % :of = :number"
                ),
                {"indicator": indicator, "value": encode_answer(answer), "of": _SHEETS, "number": number},
            )
