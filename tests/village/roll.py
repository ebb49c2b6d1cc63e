"""A small roll, entered by a village head in the chat, and the codes of its households."""

from __future__ import annotations

from bot.dialogs.facts import RoleKind
from bot.dialogs.screens import Screen
from storage.tables import subject
from tests.services.office import HAMLET, Office
from tests.support.clock import FakeIds
from tests.village.rows import Rows

HEAD = "head"
NAMES = ("Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cường")


async def become_head(office: Office, who: str = HEAD, place_id: int = HAMLET) -> Screen:
    """Somebody takes the code of a village head and agrees."""
    await office.desk.type(who, f"/start {await office.code(place_id, RoleKind.VILLAGE_HEAD)}")
    return await office.desk.tap(who, "Đồng ý")


async def enter(office: Office, *names: str, who: str = HEAD) -> None:
    """From the desk, put households on the roll."""
    await office.desk.tap(who, "Danh sách hộ trong thôn")
    for name in names:
        await office.desk.type(who, "Thêm hộ, thẻ mời, Excel")
        await office.desk.tap(who, "Thêm hộ")
        await office.desk.type(who, name)
        await office.desk.tap(who, "Ghi luôn")
        await office.desk.tap(who, "Xem tất cả")


async def cards_given_out(office: Office, who: str = HEAD) -> Screen:
    """From the list, give every household a code."""
    await office.desk.tap(who, "Thêm hộ, thẻ mời, Excel")
    return await office.desk.tap(who, "In thẻ mời cho cả thôn")


async def hamlet(office: Office) -> None:
    """A village head with three households that all have a code."""
    await become_head(office)
    await enter(office, *NAMES)
    await cards_given_out(office)


def code_of(subject_id: int, serial: int = 1) -> str:
    """The code of a household in these tests."""
    return FakeIds().household_code(subject_id, serial)


async def ids(rows: Rows) -> dict[str, int]:
    """{name: id} of the households."""
    return {row["name"]: row["id"] for row in await rows(subject)}
