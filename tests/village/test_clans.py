"""A clan asks its households, they answer, and its share is counted of those that agreed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.dialogs.session import Question, Result, Summary
from bot.dialogs.village.nodes import AskedByClan, ClanHouseholds
from bot.i18n import translator
from bot.scoring.model import Derived
from bot.services.bells import Bell
from bot.services.village.news import Telling
from storage.linking import hashed
from tests.services.desk import TIMEZONE, Desk
from tests.services.office import HAMLET, Office
from tests.village.bulk_roll import HEAD, be_head, insert, query
from tests.village.families import Families

CLAN, FAMILIES = "clan", "ho_gia_dinh_hoc_tap"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "test.db"


@pytest.fixture
async def clan(desk: Desk) -> str:
    """Whoever stands for the clan, at the first question of its sheet; four houses are told."""
    for text in ("/start", "đồng ý", "/danhhieu", "Dòng họ", "Họ Lò", "Thôn Mẫu 1"):
        await desk.type(CLAN, text)
    while not isinstance((await desk.person(CLAN)).session.node, Question):
        is_of_houses = "bao nhiêu nhà" in str(translator("vi").screen(await desk.screen(CLAN)).paragraphs)
        await desk.type(CLAN, "4" if is_of_houses else "20")
    assert (await desk.person(CLAN)).session.node == Question(FAMILIES)
    return CLAN


def execute(file: Path, statement: str, *parameters: object) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(statement, parameters)


async def tick(desk: Desk) -> None:
    await Telling(desk.storage, desk.clock, TIMEZONE, Bell()).run_once()
    await desk.handle_all()


async def asked(desk: Desk, name: str) -> None:
    """The clan finds a household by letters and asks it."""
    if not isinstance((await desk.person(CLAN)).session.node, ClanHouseholds):
        await desk.type(CLAN, "hộ thành viên")
    await desk.type(CLAN, name)
    await desk.tap(CLAN, f"Hỏi {name}")


async def test_the_way_is_offered_where_the_clan_stands(desk: Desk, office: Office, clan: str) -> None:
    assert "Hộ thành viên" in office.labels(await desk.screen(clan))
    screen = await desk.tap(clan, "Hộ thành viên")
    assert "Chưa có hộ nào" in office.words(screen)
    await desk.tap(clan, "Quay lại")
    assert (await desk.person(clan)).session.node == Question(FAMILIES)
    screen = await desk.type(clan, "tóm tắt")
    await desk.tap(clan, "Hộ thành viên")
    await desk.tap(clan, "Quay lại")
    assert (await desk.person(clan)).session.node == Summary()
    await desk.type(clan, "/dongho")
    assert isinstance((await desk.person(clan)).session.node, ClanHouseholds)


async def test_a_household_agrees_and_changes_its_mind(desk: Desk, office: Office, clan: str, file: Path) -> None:
    families = Families(desk)
    await families.register("Lò Văn An")
    await families.hand_in("Lò Văn An", is_best=True)
    insert(file, [("2", "Cà Thị Bình", {})])
    await desk.type(clan, "hộ thành viên")
    screen = await desk.type(clan, "lo van")
    assert office.labels(screen)[:1] == ["Hỏi Lò Văn An"]
    screen = await desk.tap(clan, "Hỏi Lò Văn An")
    assert "Đã hỏi Lò Văn An, Thôn Mẫu 1." in office.words(screen)
    assert "1 hộ chưa trả lời" in office.words(screen)
    await tick(desk)
    screen = await desk.screen("Lò Văn An")
    assert "Họ Lò muốn tính hộ Lò Văn An là một nhà trong họ." in office.words(screen)
    assert "không xem câu trả lời" in office.words(screen)
    screen = await desk.tap("Lò Văn An", "Đồng ý")
    assert "Đã đồng ý cho Họ Lò tính hộ này." in office.words(screen)
    assert (await desk.person("Lò Văn An")).session.node == Result()
    assert "1 hộ đồng ý" in office.words(await desk.type(clan, "xem tất cả hộ"))
    screen = await desk.type("Lò Văn An", "dòng họ nhà mình")
    assert "Gia đình đã đồng ý. Có thể đổi ý bên dưới." in office.words(screen)
    await desk.tap("Lò Văn An", "Không đồng ý")
    assert "1 hộ không đồng ý" in office.words(await desk.type(clan, "hộ thành viên"))


async def test_who_is_asked_in_the_middle_of_a_question_stays_there(desk: Desk, office: Office, clan: str) -> None:
    families = Families(desk)
    await families.register("Lò Văn An")
    before = (await desk.person("Lò Văn An")).session.node
    await asked(desk, "Lò Văn An")
    await tick(desk)
    assert (await desk.person("Lò Văn An")).session.node == before
    assert "Họ Lò muốn tính hộ Lò Văn An" in office.words(await desk.screen("Lò Văn An"))
    await desk.type("Lò Văn An", "dòng họ nhà mình")
    assert (await desk.person("Lò Văn An")).session.node == AskedByClan(0)
    await desk.tap("Lò Văn An", "Đồng ý")
    assert query(Path(file_of(desk)), "SELECT tie FROM clan_household") == [("agreed",)]


def file_of(desk: Desk) -> str:
    return str(desk.storage._database._engine.url.database)  # type: ignore[attr-defined]


async def test_a_household_of_another_hamlet_is_asked_by_its_code(
    desk: Desk, office: Office, clan: str, file: Path
) -> None:
    (far,) = insert(file, [("9", "Lò Văn Xa", {})], place_id=HAMLET + 1)
    until = (desk.clock.now() + timedelta(days=9)).strftime("%Y-%m-%d %H:%M:%S.%f")
    execute(
        file,
        "INSERT INTO invite (code_hash, place_id, expires_at, uses_left, created_at, subject_id)"
        " VALUES (?, 4, ?, 9, ?, ?)",
        hashed("AB2CD3EF4G"), until, until, far,
    )  # fmt: skip
    await desk.type(clan, "hộ thành viên")
    assert "không có hộ nào" in office.words(await desk.type(clan, "Văn Xa"))
    assert "Không có hộ nào mang mã này" in office.words(await desk.type(clan, "AB2CD 3EF4H"))
    screen = await desk.type(clan, "ab2cd 3ef4g")
    assert "Đã hỏi Lò Văn Xa, Thôn Mẫu 2." in office.words(screen)
    assert query(file, "SELECT household_id, tie FROM clan_household") == [(far, "asked")]
    assert "đã được hỏi rồi" in office.words(await desk.type(clan, "AB2CD3EF4G"))
    await desk.tap(clan, "Bỏ khỏi dòng họ")
    assert query(file, "SELECT * FROM clan_household") == []


async def test_its_village_head_answers_for_a_household_without_a_phone(
    desk: Desk, office: Office, clan: str, file: Path
) -> None:
    insert(file, [("1", "Lò Văn An", {"adults": 2, "school_age_children": 0})])
    await be_head(desk, office)
    await asked(desk, "Lò Văn An")
    await desk.tap(HEAD, "Danh sách hộ trong thôn")
    await desk.type(HEAD, "lo van")
    screen = await desk.screen(HEAD)
    for label in office.labels(screen):
        if "Lò Văn An" in label:
            screen = await desk.tap(HEAD, label)
            break
    assert "Họ Lò hỏi tính hộ này vào dòng họ." in office.words(screen)
    await desk.tap(HEAD, "Đồng ý: Họ Lò")
    assert query(file, "SELECT tie FROM clan_household") == [("agreed",)]


async def test_the_share_is_counted_of_those_that_agreed(desk: Desk, office: Office, clan: str, file: Path) -> None:
    families = Families(desk)
    names = ("Lò Văn An", "Lò Thị Bình", "Lò Văn Cúc")
    for name in names:
        await families.register(name)
        await families.hand_in(name, is_best=True)
        await asked(desk, name)
        await desk.type(name, "dòng họ nhà mình")
        await desk.tap(name, "Đồng ý" if name != "Lò Văn Cúc" else "Không đồng ý")
    await desk.type(clan, "quay lại")
    await desk.type(clan, "quay lại")
    await desk.type(clan, "tiếp tục")
    assert (await desk.person(clan)).session.node == Question(FAMILIES)
    assert "0 nhà được công nhận, trong tổng số 4 nhà trong họ (0%)" in office.words(await desk.screen(clan))
    execute(file, "UPDATE assessment SET state = 'confirmed' WHERE title_id = 'gia_dinh_hoc_tap'")
    screen = await desk.type(clan, "/start")
    assert "2 nhà được công nhận, trong tổng số 4 nhà trong họ (50%)" in office.words(screen)
    assert "Chỉ tính nhà đã đồng ý" in office.words(screen)
    await desk.tap(clan, "Đúng, dùng số này")
    assessment = (await desk.person(clan)).assessment
    assert assessment is not None
    assert assessment.answers[FAMILIES] == Derived(2, 4, desk.clock.now().astimezone(TIMEZONE).date())


async def test_nobody_else_comes_to_the_clans_households(desk: Desk, office: Office, clan: str, file: Path) -> None:
    families = Families(desk)
    await families.register("Lò Văn An")
    screen = await desk.type("Lò Văn An", "hộ thành viên")
    assert "Chưa có dòng họ nào hỏi." in office.words(screen)
    assert "Hộ thành viên" not in office.labels(await desk.tap("Lò Văn An", "Quay lại"))


@pytest.mark.parametrize("text", ["1", "?", "x" * 60, "quay lại"])
async def test_what_finds_nobody_says_what_to_type(desk: Desk, office: Office, clan: str, text: str) -> None:
    await desk.type(clan, "hộ thành viên")
    screen = await desk.type(clan, text)
    assert screen.name in ("clan", "question")
