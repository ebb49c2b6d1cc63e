"""Looking after an installation: what cannot be done is said, with how to mend it."""

from __future__ import annotations

import pytest

from bot.ports import Storage
from bot.services import administer
from bot.services.administer import AdministerError
from tests.services.desk import Desk
from tests.support.clock import START, FakeClock, FakeIds

TODAY = START.date()


async def test_an_invited_family_is_in_its_hamlet_at_once(desk: Desk, store: Storage, clock: FakeClock) -> None:
    place = await administer.add_place(store, "hamlet", "Buôn  Mlah", 2, TODAY)
    assert place.name == "Buôn Mlah"
    made = await administer.invite(store, clock, FakeIds(), place.id, 60, 10)
    await desk.type("may-1", f"/start {made.code}")
    await desk.tap("may-1", "Đồng ý")
    screen = await desk.type("may-1", "Bà Tư")
    assert screen.name == "adults", "the hamlet is not asked for"
    await desk.type("may-1", "2")
    await desk.type("may-1", "0")
    person = await desk.person("may-1")
    assert person.subject is not None
    assert person.subject.place.name == "Buôn Mlah"


@pytest.mark.parametrize(
    ("level", "name", "within", "mend"),
    [
        ("hamlet", "Buôn Mlah", None, "--within ID: 2 Xã Mẫu"),
        ("hamlet", "Buôn Mlah", 1, "--within ID: 2 Xã Mẫu"),
        ("hamlet", "  ", 2, "1 to 120 characters"),
        ("hamlet", "Thôn Mẫu 1", 2, "already"),
        ("province", "Gia Lai", 1, "leave out --within"),
    ],
)
async def test_a_place_that_cannot_be_is_refused(
    store: Storage, level: str, name: str, within: int | None, mend: str
) -> None:
    with pytest.raises(AdministerError, match=mend):
        await administer.add_place(store, level, name, within, TODAY)


@pytest.mark.parametrize(("place", "days", "uses"), [(999, 60, 10), (2, 60, 10), (3, 0, 10), (3, 60, 0)])
async def test_an_invite_that_cannot_be_is_refused(
    store: Storage, clock: FakeClock, place: int, days: int, uses: int
) -> None:
    with pytest.raises(AdministerError):
        await administer.invite(store, clock, FakeIds(), place, days, uses)


async def test_a_closed_place_and_all_below_it_are_offered_no_more(desk: Desk, store: Storage) -> None:
    closed = await administer.close_place(store, 1, TODAY)
    assert [place.level for place in closed] == ["province", "commune", "hamlet", "hamlet", "hamlet"]
    province = await administer.add_place(store, "province", "Tỉnh Gia Lai", None, TODAY)
    commune = await administer.add_place(store, "commune", "Xã Ia Mlah", province.id, TODAY)
    await administer.add_place(store, "hamlet", "Buôn Dù", commune.id, TODAY)
    await desk.type("may-1", "/start")
    await desk.tap("may-1", "Đồng ý")
    screen = await desk.type("may-1", "Bà Tư")
    assert len(screen.choices) == 1
    with pytest.raises(AdministerError, match="no place with id 99"):
        await administer.close_place(store, 99, TODAY)
