"""People are told where they are: nothing they are in the middle of is taken from them, and one tap leads there."""

from __future__ import annotations

import pytest

from bot.dialogs.events import Pressed
from bot.dialogs.facts import AssessmentState
from bot.dialogs.session import AskName, Question, Result, Summary, Told
from tests.services.desk import Desk
from tests.services.office import Office
from tests.village.reviewing import HEAD, Village

FAMILY = "Hoa"


@pytest.fixture
async def village(desk: Desk, office: Office) -> Village:
    made = Village(desk, office)
    await made.head()
    await made.handed_in(FAMILY)
    return made


async def returned(village: Village, number: str = "4") -> None:
    """The village returns a question with a reason."""
    await village.review()
    await village.tap("Xem từng phiếu", FAMILY, "Trả lại một câu", number, "Gửi thêm ảnh, giấy tờ")


async def confirmed(village: Village) -> None:
    await village.review()
    await village.tap("Xem từng phiếu", FAMILY, "Xác nhận")


async def node(village: Village, who: str = FAMILY) -> object:
    return (await village.desk.person(who)).session.node


async def another_sheet(village: Village) -> None:
    """The same person begins the sheet of a citizen, and stands in the middle of it."""
    await village.type("/danhhieu", who=FAMILY)
    await village.tap("Công dân", who=FAMILY)
    for text in ("1", FAMILY, "1"):
        if isinstance(await node(village), Question):
            break
        await village.type(text, who=FAMILY)
    assert isinstance(await node(village), Question)


async def test_on_the_result_one_lands_on_the_question_at_once(village: Village) -> None:
    await returned(village)
    assert await village.tick() == 1
    there = await node(village)
    assert isinstance(there, Question)
    assert there.from_summary
    seen = await village.seen(FAMILY)
    assert "Thôn Mẫu 1 nhờ Hoa xem lại câu 4" in seen
    assert "Xin gửi thêm ảnh hoặc giấy tờ cho câu này." in seen
    await village.tap("Có", who=FAMILY)
    assert isinstance(await node(village), Summary)
    await village.tap("Nộp phiếu", who=FAMILY)
    assert await village.state(FAMILY) is AssessmentState.HANDED_IN


async def test_what_is_confirmed_is_told_on_the_result(village: Village) -> None:
    await confirmed(village)
    await village.tick()
    seen = await village.seen(FAMILY)
    assert "Thôn Mẫu 1 đã xác nhận phiếu năm 2026 của Hoa, tạm tính: Gia đình học tập." in seen
    assert "Thôn đã xác nhận, đang chờ xã thẩm định." in seen
    assert isinstance(await node(village), Result)


async def test_the_answer_to_another_question_is_not_lost(village: Village) -> None:
    await another_sheet(village)
    there, before = await node(village), await village.seen(FAMILY)
    seen_before = (await village.desk.screen(FAMILY)).revision
    await returned(village)
    await village.tick()
    assert await node(village) == there
    seen = await village.seen(FAMILY)
    assert seen.startswith("Thôn Mẫu 1 nhờ Hoa xem lại câu 4")
    assert before.splitlines()[-1] in seen
    assert (await village.desk.screen(FAMILY)).revision == seen_before


async def test_registering_goes_on(village: Village) -> None:
    await village.type("/danhhieu", who=FAMILY)
    await village.tap("Dòng họ", who=FAMILY)
    there = await node(village)
    assert isinstance(there, AskName)
    await returned(village)
    await village.tick()
    assert await node(village) == there
    assert "xem lại câu 4" in await village.seen(FAMILY)


async def test_at_rest_beside_another_sheet_one_tap_leads_to_the_question(village: Village) -> None:
    await another_sheet(village)
    await village.type("tóm tắt", who=FAMILY)
    await returned(village)
    await village.tick()
    assert isinstance(await node(village), Told)
    assert await village.labels(FAMILY) == ["Sửa câu 4", "Để sau"]
    seen = await village.tap("Sửa câu 4", who=FAMILY)
    assert "xem lại câu 4" in seen
    there = await node(village)
    assert isinstance(there, Question)
    assert there.from_summary
    assert (await village.sheet(FAMILY)).state is AssessmentState.RETURNED


async def test_later_leads_back(village: Village) -> None:
    await another_sheet(village)
    await village.type("tóm tắt", who=FAMILY)
    there = await node(village)
    await returned(village)
    await village.tick()
    await village.tap("Để sau", who=FAMILY)
    assert await node(village) == there


async def test_a_confirmed_sheet_beside_another_is_one_tap_away(village: Village) -> None:
    await another_sheet(village)
    await village.type("tóm tắt", who=FAMILY)
    await confirmed(village)
    await village.tick()
    assert await village.labels(FAMILY) == ["Xem phiếu", "Để sau"]
    await village.tap("Xem phiếu", who=FAMILY)
    assert isinstance(await node(village), Result)
    assert await village.state(FAMILY) is AssessmentState.CONFIRMED


async def test_a_pause_is_answered_with_what_happened(village: Village) -> None:
    await village.type("tạm dừng", who=FAMILY)
    await returned(village)
    await village.tick()
    assert isinstance(await node(village), Question)


async def test_everybody_of_a_household_is_told_and_nobody_else(village: Village) -> None:
    await village.handed_in("Nam")
    before = await village.seen("Nam")
    await confirmed(village)
    assert await village.tick() == 1
    assert await village.seen("Nam") == before
    assert await village.tick() == 0


async def test_a_head_is_not_told_of_what_they_decided_themselves(village: Village) -> None:
    await village.handed_in("Nam")
    await village.type("/danhhieu", who=HEAD)
    await village.tap("Gia đình", who=HEAD)
    for text in (HEAD, "Thôn Mẫu 1", "2", "0"):
        await village.type(text, who=HEAD)
    for text in ("2/2", "1", "1", "có", "30", "1", "1", "có", "2"):
        village.desk.clock.advance(20)
        await village.type(text, who=HEAD)
    await village.type("nộp phiếu", who=HEAD)
    await village.review()
    await village.tap("Xác nhận 3 phiếu đã rõ", "Xác nhận 3 phiếu")
    assert await village.tick() == 2


async def test_an_old_button_of_the_notice_does_nothing_else(village: Village) -> None:
    await another_sheet(village)
    await village.type("tóm tắt", who=FAMILY)
    await returned(village)
    await village.tick()
    old = await village.desk.press(FAMILY, "Sửa câu 4")
    await village.tap("Để sau", who=FAMILY)
    there = await node(village)
    await village.desk.accept(village.desk.update(Pressed(old.choice, old.seen), FAMILY))
    await village.desk.handle_all()
    assert await node(village) == there
