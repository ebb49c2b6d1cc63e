"""A head sees how far the hamlet is, sets the target, reads who is missing, and forwards messages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from bot.dialogs.effects import DocumentKind, SendDocument
from bot.dialogs.facts import AssessmentState
from bot.dialogs.session import Desk as AtDesk
from bot.dialogs.understanding.percent import read_percent
from bot.dialogs.village.facts import HouseholdLine, HouseholdState, Week
from bot.dialogs.village.nodes import Household, ProgressBoard
from bot.ports.village.watch import WatchedHousehold
from bot.reports.card_layout import WIDTH
from bot.services.village.watch import reminding_at, weeks
from tests.services.desk import TIMEZONE, Desk
from tests.services.office import HAMLET, Office
from tests.support.clock import FakeIds
from tests.village.families import Families, head_of

HEAD = "head"


@pytest.fixture
async def families(desk: Desk, office: Office) -> Families:
    await head_of(desk, office, HEAD)
    return Families(desk)


async def opened(desk: Desk, office: Office) -> str:
    await desk.tap(HEAD, "Xem tiến độ")
    return office.words(await desk.screen(HEAD))


async def test_an_empty_roll_leads_to_the_list(desk: Desk, office: Office, families: Families) -> None:
    assert "Danh sách hộ còn trống" in await opened(desk, office)
    assert office.labels(await desk.screen(HEAD))[0] == "Danh sách hộ trong thôn"


async def test_the_board_says_who_has_come_how_far(desk: Desk, office: Office, families: Families) -> None:
    await families.register("Hoa")
    await families.register("Nam")
    await families.register("Tư")
    await families.answer("Nam", 1)
    await families.hand_in("Tư")
    words = await opened(desk, office)
    assert words.splitlines()[:5] == [
        "Tiến độ Thôn Mẫu 1, năm 2026",
        "1 / 3 hộ đã nộp · 0 đã xác nhận",
        "Chưa trả lời: 1 hộ",
        "Đang làm: 1 hộ",
        "Chờ bình xét: 1 hộ",
    ]
    assert "Năm nay chưa đặt chỉ tiêu" in words
    assert "7 ngày qua: thêm 1 hộ nộp." in words


async def test_the_target_is_asked_once_and_changed(desk: Desk, office: Office, families: Families) -> None:
    for name in ("Hoa", "Nam", "Tư"):
        await families.register(name)
    await families.hand_in("Tư", is_best=True)
    await opened(desk, office)
    screen = await desk.tap(HEAD, "Đặt chỉ tiêu")
    assert "bao nhiêu phần trăm" in office.words(screen)
    assert "Chưa rõ con số" in office.words(await desk.type(HEAD, "nhiều lắm"))
    assert "từ 1 đến 100" in office.words(await desk.type(HEAD, "101"))
    screen = await desk.type(HEAD, "70 phần trăm")
    assert "Đã đặt chỉ tiêu: 70% số hộ." in office.words(screen)
    assert "Chỉ tiêu 70% số hộ, tức 3 hộ: còn thiếu 2 hộ." in office.words(screen)
    await desk.tap(HEAD, "Đổi chỉ tiêu")
    assert "Đã đủ chỉ tiêu 30% số hộ, tức 1 hộ." in office.words(await desk.type(HEAD, "30"))
    await desk.tap(HEAD, "Đổi chỉ tiêu")
    assert "Chỉ tiêu 80% số hộ" in office.words(await desk.tap(HEAD, "80%"))


async def test_names_that_are_missing_lead_to_their_households(desk: Desk, office: Office, families: Families) -> None:
    for number in range(8):
        await families.register(f"Nhà {number}")
    await families.hand_in("Nhà 0")
    await opened(desk, office)
    screen = await desk.tap(HEAD, "Hộ còn thiếu: 7")
    assert "Nhắn tin được: 0 hộ. Chưa có kênh nhắn: 7 hộ." in office.words(screen)
    assert office.labels(screen) == [*(f"Nhà {n} · chưa có kênh" for n in range(1, 7)), "Xem thêm", "Quay lại"]
    screen = await desk.tap(HEAD, "Xem thêm")
    assert office.labels(screen) == ["Nhà 7 · chưa có kênh", "Xem từ đầu", "Quay lại"]
    await desk.tap(HEAD, "Nhà 7 · chưa có kênh")
    node = (await desk.person(HEAD)).session.node
    assert isinstance(node, Household)
    assert node.subject_id == (await desk.person("Nhà 7")).subject.id  # type: ignore[union-attr]  # registered


async def test_back_leads_to_the_board_and_to_the_desk(desk: Desk, office: Office, families: Families) -> None:
    await families.register("Hoa")
    await opened(desk, office)
    for label in ("Hộ còn thiếu: 1", "Đặt chỉ tiêu", "Nhắn giúp 1 hộ"):
        await desk.tap(HEAD, label)
        await desk.tap(HEAD, "Quay lại")
        assert (await desk.person(HEAD)).session.node == ProgressBoard(HAMLET)
    await desk.tap(HEAD, "Quay lại")
    assert (await desk.person(HEAD)).session.node == AtDesk()


async def test_a_message_to_forward_names_household_and_code(desk: Desk, office: Office, families: Families) -> None:
    await families.register("Hoa")
    await families.register("Nam")
    await opened(desk, office)
    screen = await desk.tap(HEAD, "Nhắn giúp 2 hộ")
    subject = (await desk.person("Hoa")).subject
    assert subject is not None
    code = FakeIds().household_code(subject.id, 1)
    assert "Kính gửi gia đình Hoa" in office.words(screen)
    assert f"{code[:5]} {code[5:]}" in office.words(screen)
    assert "Hộ 1 trong 2 hộ" in office.words(screen)
    screen = await desk.tap(HEAD, "Hộ tiếp theo")
    assert "Kính gửi gia đình Nam" in office.words(screen)
    await desk.tap(HEAD, "Lấy ảnh thẻ để gửi")
    nam = (await desk.person("Nam")).subject
    assert nam is not None
    assert SendDocument(DocumentKind.INVITE_CARD, str(nam.id)) in await desk.mail(HEAD)


async def test_the_picture_is_drawn_for_the_head_alone(desk: Desk, office: Office, families: Families) -> None:
    await families.register("Hoa")
    await opened(desk, office)
    await desk.tap(HEAD, "Xem bằng hình")
    document = await office.document(HEAD)
    assert document.name == "tien-do-thon-mau-1-2026-11-22.png"
    with Image.open(BytesIO(document.data)) as image:
        assert image.width == WIDTH
    for who, of in (("Hoa", str(HAMLET)), (HEAD, "4"), (HEAD, "99"), (HEAD, "x")):
        with pytest.raises(ValueError, match="no progress"):
            await office.made(who, DocumentKind.PROGRESS, of)


async def test_a_neighbouring_hamlet_shows_nothing(desk: Desk, office: Office, families: Families) -> None:
    await families.register("Hoa")
    await head_of(desk, office, "neighbour", 4)
    await desk.tap("neighbour", "Xem tiến độ")
    assert "Danh sách hộ còn trống" in office.words(await desk.screen("neighbour"))
    await office.officer("officer")
    assert "Xem tiến độ" not in office.labels(await desk.screen("officer"))
    await desk.type("officer", "/tiendo")
    assert "trưởng thôn" in office.words(await desk.screen("officer"))


@pytest.mark.parametrize(
    "said", ["80", "80%", "80 %", "tám mươi phần trăm", "80 phần trăm số hộ", "dạ 80 ạ", "80 percent"]
)
def test_a_percentage_is_understood_as_people_say_it(said: str) -> None:
    assert read_percent(said) == 80


@pytest.mark.parametrize("said", ["nhiều", "70-80", "7,5%", ""])
def test_what_is_no_percentage_is_not_guessed(said: str) -> None:
    assert read_percent(said) is None


# --- weeks and nights -------------------------------------------------------------------------------------------------


def at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=TIMEZONE).astimezone(UTC)


def watched(answered: datetime | None, *moves: tuple[datetime, AssessmentState]) -> WatchedHousehold:
    line = HouseholdLine(1, "Hoa", "", "", HouseholdState.UNANSWERED)
    return WatchedHousehold(line, answered_at=answered, moves=moves)


def test_weeks_count_what_stood_at_the_end_of_each() -> None:
    handed_in, returned, confirmed = AssessmentState.HANDED_IN, AssessmentState.RETURNED, AssessmentState.CONFIRMED
    households = [
        watched(None),
        watched(at(2)),
        watched(at(3), (at(9), handed_in), (at(10), returned), (at(16), handed_in)),
        watched(at(3), (at(8), handed_in), (at(20), confirmed)),
    ]
    told = weeks(households, date(2026, 11, 22), TIMEZONE)
    assert len(told) == 12
    assert told[-4:] == (
        Week(date(2026, 11, 1), 0, 0, 0),
        Week(date(2026, 11, 8), 3, 1, 0),
        Week(date(2026, 11, 15), 3, 1, 0),
        Week(date(2026, 11, 22), 3, 2, 1),
    )


def test_a_week_ends_with_its_local_day() -> None:
    last_minute, next_day = at(15, 23, 59), at(16, 0, 0)
    told = weeks([watched(last_minute), watched(next_day)], date(2026, 11, 22), TIMEZONE)
    assert [week.answered for week in told[-2:]] == [1, 2]


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (at(22, 7, 0), at(22, 7, 0)),
        (at(22, 20, 29), at(22, 20, 29)),
        (at(22, 20, 30), at(23, 7, 0)),
        (at(22, 23, 59), at(23, 7, 0)),
        (at(23, 0, 0), at(23, 7, 0)),
        (at(23, 6, 59), at(23, 7, 0)),
    ],
)
def test_nobody_is_reminded_at_night(now: datetime, then: datetime) -> None:
    assert reminding_at(now, TIMEZONE) == then


def test_night_is_where_the_village_is() -> None:
    now = at(22, 22)
    assert reminding_at(now, ZoneInfo("UTC")) == now
    assert reminding_at(now, TIMEZONE) - now == timedelta(hours=9)
