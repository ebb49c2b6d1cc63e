"""Shares that the records tell: counted at the place, followed while the sheet is open, replaced only with a reason."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot.dialogs.facts import RoleKind
from bot.dialogs.session import Question, Result
from bot.i18n import translator
from bot.ports import Storage
from bot.scoring.model import Derived, Share
from bot.services import administer
from tests.services.desk import Desk
from tests.support.clock import FakeClock, FakeIds

FAMILIES = "thon_gia_dinh_hoc_tap"
HAMLET = 3


def recognise(file: Path, count: int) -> None:
    """Let the commune recognise the first families, as its desk will."""
    with sqlite3.connect(file) as database:
        database.execute(
            "UPDATE assessment SET state = 'recognised', title_id = 'gia_dinh_hoc_tap' WHERE id IN ("
            "SELECT assessment.id FROM assessment JOIN subject ON subject.id = subject_id "
            "WHERE kind = 'household' ORDER BY assessment.id LIMIT ?)",
            (count,),
        )
    database.close()


async def village_head(desk: Desk, store: Storage, clock: FakeClock, households: str = "5") -> None:
    """Walk to the first question of the hamlet's own sheet."""
    made = await administer.grant(store, clock, FakeIds(), RoleKind.VILLAGE_HEAD, HAMLET, 14)
    await desk.type("head", f"/start {made.code}")
    await desk.tap("head", "Đồng ý")
    await desk.tap("head", "Đánh giá một danh hiệu")
    await desk.tap("head", "Thôn, bản, ấp, buôn, tổ dân phố")
    if (await desk.screen("head")).name == "hamlet":
        await desk.type("head", "1")
    await desk.type("head", households)
    await desk.type("head", "4")
    await desk.type("head", "100")


async def said(desk: Desk) -> str:
    screen = translator("vi").screen(await desk.screen("head"))
    return "\n".join(text for _, text in screen.paragraphs)


async def test_the_share_is_counted_of_the_households_the_head_told(
    desk: Desk, store: Storage, clock: FakeClock, tmp_path: Path
) -> None:
    for n in range(4):
        await desk.register(f"family-{n}")
    recognise(tmp_path / "test.db", 3)
    await village_head(desk, store, clock, households="5")
    person = await desk.person("head")
    assert person.session.node == Question(FAMILIES)
    assert "3 hộ được công nhận, trong tổng số 5 hộ" in await said(desk)
    await desk.tap("head", "Đúng, dùng số này")
    person = await desk.person("head")
    assert person.assessment is not None
    assert person.assessment.answers[FAMILIES] == Derived(3, 5, clock.now().date())


async def test_what_was_accepted_follows_the_records_and_is_kept_as_counted_when_handed_in(
    desk: Desk, store: Storage, clock: FakeClock, tmp_path: Path
) -> None:
    for n in range(4):
        await desk.register(f"family-{n}")
    recognise(tmp_path / "test.db", 1)
    await village_head(desk, store, clock)
    await desk.tap("head", "Đúng, dùng số này")
    recognise(tmp_path / "test.db", 4)
    await desk.type("head", "tóm tắt")
    assert "4/5 (80%)" in await said(desk)
    for _ in range(30):
        if (await desk.person("head")).session.node == Result():
            break
        screen = await desk.screen("head")
        if screen.name == "summary":
            first = screen.choices[0]
            await desk.tap("head", translator("vi").say(first.label))
        elif screen.choices:
            await desk.tap("head", translator("vi").say(screen.choices[0].label))
        else:
            is_unknown = "Chưa có số liệu" in await said(desk)
            await desk.type("head", "1/4 theo sổ khuyến học" if is_unknown else "1")
    assert (await desk.person("head")).session.node == Result()
    assessment = (await desk.person("head")).assessment
    assert assessment is not None
    assert assessment.answers[FAMILIES] == Derived(4, 5, clock.now().date())


async def test_a_stated_share_keeps_what_the_records_said(
    desk: Desk, store: Storage, clock: FakeClock, tmp_path: Path
) -> None:
    await desk.register("family-0")
    recognise(tmp_path / "test.db", 1)
    await village_head(desk, store, clock)
    await desk.type("head", "4/5")
    assert "lý do" in await said(desk)
    await desk.type("head", "4/5 vì ba hộ nộp phiếu giấy")
    assessment = (await desk.person("head")).assessment
    assert assessment is not None
    stated = Derived(4, 5, clock.now().date(), "vì ba hộ nộp phiếu giấy", Share(1, 5))
    assert assessment.answers[FAMILIES] == stated


async def test_more_recognised_than_there_are_households_tells_nothing(
    desk: Desk, store: Storage, clock: FakeClock, tmp_path: Path
) -> None:
    for n in range(3):
        await desk.register(f"family-{n}")
    recognise(tmp_path / "test.db", 3)
    await village_head(desk, store, clock, households="2")
    assert "Chưa có số liệu" in await said(desk)
