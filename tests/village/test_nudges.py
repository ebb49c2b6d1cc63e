"""Reminding: one tap, nobody twice in a day, nobody at night, nobody who has handed in by then."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from bot.dialogs.events import Pressed
from bot.dialogs.facts import AssessmentState
from bot.dialogs.session import Question
from bot.services.bells import Bell
from bot.services.village.news import Telling
from tests.services.desk import TIMEZONE, Desk
from tests.services.office import Office
from tests.village.families import Families, head_of

HEAD = "head"


class Phones(Families):
    """Families on Telegram, and the job that tells what is due."""

    def __init__(self, desk: Desk, office: Office) -> None:
        super().__init__(desk, "telegram")
        self.office = office
        self._telling = Telling(desk.storage, desk.clock, TIMEZONE, Bell())

    async def told(self) -> dict[str, str]:
        """Let the tick pass; returns what was said to whom."""
        before = {who: len(screens) for who, screens in self.shown.items()}
        await self._telling.run_once()
        self.see(await self.desk.handle_all())
        return {
            who: self.office.words(screens[-1])
            for who, screens in self.shown.items()
            if len(screens) > before.get(who, 0)
        }

    def be_at(self, hour: int, minute: int = 0, days: int = 0) -> None:
        """Move the clock on to a local time."""
        local = self.desk.clock.now().astimezone(TIMEZONE)
        then = datetime(local.year, local.month, local.day, hour, minute, tzinfo=TIMEZONE) + timedelta(days=days)
        assert then >= local
        self.desk.clock.advance((then - local).total_seconds())


@pytest.fixture
async def phones(desk: Desk, office: Office) -> Phones:
    await head_of(desk, office, HEAD)
    made = Phones(desk, office)
    for who in ("Hoa", "Nam", "Tư"):
        await made.register(who)
    return made


async def board(desk: Desk, office: Office) -> str:
    return office.words(await desk.type(HEAD, "/tiendo"))


async def test_one_tap_reminds_everybody_who_is_missing(desk: Desk, office: Office, phones: Phones) -> None:
    await phones.hand_in("Tư")
    await Families(desk).register("web")
    await board(desk, office)
    screen = await desk.tap(HEAD, "Nhắc 2 hộ")
    assert "Đã gửi lời nhắc cho 2 hộ." in office.words(screen)
    assert "Đã nhắc 2 hộ còn thiếu. Mỗi ngày chỉ nhắc một lần." in office.words(screen)
    assert "Nhắc 2 hộ" not in office.labels(screen)
    told = await phones.told()
    assert set(told) == {"Hoa", "Nam"}
    assert "Thôn Mẫu 1 nhắc nhẹ" in told["Hoa"]
    assert await phones.told() == {}


async def test_the_message_has_one_tap_to_the_next_open_question(desk: Desk, office: Office, phones: Phones) -> None:
    await phones.answer("Hoa", 2)
    await phones.say("Hoa", "tạm dừng")
    await board(desk, office)
    await desk.tap(HEAD, "Nhắc 3 hộ")
    await phones.told()
    screen = phones.shown["Hoa"][-1]
    await phones.do("Hoa", Pressed(screen.choices[0].id, screen.revision))
    criteria = (await desk.person("Hoa", "telegram")).assessment
    assert criteria is not None
    node = (await desk.person("Hoa", "telegram")).session.node
    assert isinstance(node, Question)
    assert node.indicator == "nguoi_lon_tim_hieu"


async def test_nobody_is_reminded_twice_in_a_day(desk: Desk, office: Office, phones: Phones) -> None:
    await board(desk, office)
    await desk.tap(HEAD, "Nhắc 3 hộ")
    await phones.told()
    await phones.register("Mới")
    phones.be_at(19)
    await board(desk, office)
    await desk.tap(HEAD, "Nhắc 1 hộ")
    assert set(await phones.told()) == {"Mới"}
    phones.be_at(8, days=1)
    await board(desk, office)
    await desk.tap(HEAD, "Nhắc 4 hộ")
    assert set(await phones.told()) == {"Hoa", "Nam", "Tư", "Mới"}


async def test_at_night_it_is_told_the_next_morning_unless_handed_in(
    desk: Desk, office: Office, phones: Phones
) -> None:
    phones.be_at(21)
    await board(desk, office)
    screen = await desk.tap(HEAD, "Nhắc 3 hộ")
    assert "Ban đêm không nhắn. 3 hộ sẽ nhận lời nhắc lúc 7 giờ sáng ngày 23/11/2026" in office.words(screen)
    assert await phones.told() == {}
    await phones.hand_in("Tư")
    phones.be_at(6, 59, days=1)
    assert await phones.told() == {}
    phones.be_at(7)
    assert set(await phones.told()) == {"Hoa", "Nam"}
    assert "Nhắc" not in office.words(await desk.type(HEAD, "/tiendo")).split("Đã nhắc")[0]


async def test_a_nudge_of_the_evening_before_is_the_one_of_the_day(desk: Desk, office: Office, phones: Phones) -> None:
    """Nobody who was reminded at seven is reminded again at nine."""
    phones.be_at(22)
    await board(desk, office)
    await desk.tap(HEAD, "Nhắc 3 hộ")
    phones.be_at(9, days=1)
    assert len(await phones.told()) == 3
    await board(desk, office)
    assert not [label for label in office.labels(await desk.screen(HEAD)) if label.startswith("Nhắc ")]


async def test_in_a_new_year_it_leads_to_the_new_sheet(desk: Desk, office: Office, phones: Phones) -> None:
    await phones.hand_in("Hoa")
    await phones.hand_in("Nam")
    office.be_on(date(2027, 3, 1))
    await board(desk, office)
    await desk.tap(HEAD, "Nhắc 3 hộ")
    told = await phones.told()
    assert "Thôn Mẫu 1 nhắc nhẹ" in told["Hoa"]
    assert "Đã sang năm 2027" in told["Hoa"]
    sheet = (await desk.person("Hoa", "telegram")).assessment
    assert sheet is not None
    assert sheet.year == 2027


async def test_a_sheet_begun_and_handed_in_at_night_is_not_reminded_of(
    desk: Desk, office: Office, phones: Phones
) -> None:
    office.be_on(date(2027, 3, 1))
    phones.be_at(21)
    await board(desk, office)
    await desk.tap(HEAD, "Nhắc 3 hộ")
    await phones.say("Tư", "/start")
    await phones.hand_in("Tư")
    sheet = (await desk.person("Tư", "telegram")).assessment
    assert sheet is not None
    assert (sheet.year, sheet.state) == (2027, AssessmentState.HANDED_IN)
    phones.be_at(7, days=1)
    assert set(await phones.told()) == {"Hoa", "Nam"}


async def test_a_household_without_a_channel_is_never_told(desk: Desk, office: Office, phones: Phones) -> None:
    web = Families(desk)
    await web.register("web")
    await board(desk, office)
    await desk.tap(HEAD, "Hộ còn thiếu: 4")
    assert "Nhắn tin được: 3 hộ. Chưa có kênh nhắn: 1 hộ." in office.words(await desk.screen(HEAD))
    assert "web · chưa có kênh" in office.labels(await desk.screen(HEAD))
