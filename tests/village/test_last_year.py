"""Last year is one command away: for a household, for the family itself, for the whole hamlet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.dialogs.codec import encode_session
from bot.dialogs.effects import DocumentKind
from bot.dialogs.facts import RoleKind
from bot.dialogs.screens import Screen
from bot.dialogs.village.nodes import LastYear
from bot.scoring.model import SubjectKind
from storage.tables import subject
from tests.reports.answers_workbook.filling import Filler
from tests.services.office import COMMUNE, HAMLET, Office, edited
from tests.village.families import Families
from tests.village.roll import HEAD, become_head
from tests.village.rows import Rows, Write

GOOD = {
    "nguoi_lon_biet_chu": "2/2",
    "nguoi_lon_hoc_them": "2/2",
    "nguoi_lon_tim_hieu": "Thường xuyên",
    "dieu_kien_goc_hoc": "Có",
    "dieu_kien_sach_bao": 50,
    "dieu_kien_quy": "Có, để dành đều",
    "hieu_qua_doi_song": "Giúp nhiều",
    "hieu_qua_van_hoa": "Có",
    "hieu_qua_cong_dong": 3,
}
BAD = GOOD | {"nguoi_lon_biet_chu": "0/2", "nguoi_lon_hoc_them": "0/2", "hieu_qua_van_hoa": "Chưa"}
"""74 points of 100; the title asks for 80."""
NEXT_YEAR = date(2027, 11, 1)


class Years:
    """Families of a hamlet that answer in one year, and in the next one by a workbook of their head."""

    def __init__(self, office: Office, rows: Rows) -> None:
        self.office = office
        self.families = Families(office.desk)
        self._rows = rows

    async def begin(self, **kinds: bool) -> None:
        """The first year: everybody hands in, with the best answers or the worst."""
        await become_head(self.office)
        for who, is_best in kinds.items():
            await self.families.register(who)
            await self.families.hand_in(who, is_best=is_best)
        self.office.be_on(NEXT_YEAR)

    async def answer(self, **answers: dict[str, object]) -> None:
        """The second year: the head answers for some."""
        made = Filler((await self.office.made(HEAD, DocumentKind.ANSWERS_WORKBOOK, str(HAMLET))).data)
        ids = await self.ids()
        for who, filled in answers.items():
            for indicator, value in filled.items():
                made.fill(ids[who], indicator, value)
        await self.office.send(HEAD, made.saved())
        await self.office.desk.tap(HEAD, f"Ghi cho {len(answers)} hộ")
        await self.office.apply()

    async def ids(self) -> dict[str, int]:
        return {row["name"]: row["id"] for row in await self._rows(subject)}

    async def ask(self, who: str = HEAD) -> Screen:
        return await self.office.desk.type(who, "/namngoai")


@pytest.fixture
def years(office: Office, rows: Rows) -> Years:
    return Years(office, rows)


async def test_the_village_sees_who_gained_who_lost_and_how_many_kept(years: Years, office: Office) -> None:
    await years.begin(An=True, Binh=False, Chi=True, Dung=False, Em=True)
    await years.answer(An=BAD, Binh=GOOD, Chi=GOOD, Dung=BAD)

    screen = await years.ask()
    words = office.words(screen)

    assert "Thôn Mẫu 1: năm 2027 so với năm 2026" in words
    assert "So được 4 hộ có phiếu cả hai năm." in words
    assert "Có thêm danh hiệu: 1 hộ" in words
    assert "Không còn danh hiệu: 1 hộ" in words
    assert "Giữ được danh hiệu: 1 hộ" in words
    assert "Hai năm đều chưa đạt: 1 hộ" in words
    assert "1 hộ có phiếu năm trước nhưng năm nay chưa xong." in words


async def test_each_leads_to_what_changed_for_it_and_back(years: Years, office: Office) -> None:
    await years.begin(An=True, Binh=False)
    await years.answer(An=BAD, Binh=GOOD)
    await years.ask()

    screen = await office.desk.tap(HEAD, "Xem hộ không còn")
    assert "An: 100 → 74" in office.labels(screen)
    screen = await office.desk.tap(HEAD, "An: 100 → 74")
    words = office.words(screen)

    assert "Năm 2026: Gia đình học tập, 100 trên 100 điểm (tạm tính)" in words
    assert "Năm 2027: Chưa đạt, 74 trên 100 điểm (tạm tính)" in words
    assert "Năm nay không còn danh hiệu, do: Người lớn biết chữ." in words
    assert "Người lớn biết chữ: 2/2 (100%) → 0/2 (0%) (10 → 0 điểm)" in words
    assert "Gia đình văn hóa: Có → Chưa (6 → 0 điểm)" in words
    assert "9 câu giữ nguyên." in words

    assert "An: 100 → 74" in office.labels(await office.desk.tap(HEAD, "Quay lại"))
    assert "Xem hộ có thêm" in office.labels(await office.desk.tap(HEAD, "Quay lại"))

    await office.desk.tap(HEAD, "Xem hộ có thêm")
    screen = await office.desk.tap(HEAD, "Binh: 30 → 100")
    brought = "Người lớn biết chữ; Người lớn học thêm; Đọc, tìm hiểu thông tin"
    assert f"Năm nay có thêm danh hiệu, nhờ: {brought}." in office.words(screen)
    screen = await office.desk.tap(HEAD, "Xem thêm thay đổi")
    assert "Xem lại từ đầu" in office.labels(screen)


async def test_a_family_sees_its_own_and_nothing_else(years: Years, office: Office) -> None:
    await years.begin(An=True, Binh=False)
    await years.answer(An=BAD, Binh=GOOD)

    screen = await years.ask("An")

    assert "Năm 2026: Gia đình học tập, 100 trên 100 điểm" in office.words(screen)
    assert "Năm nay không còn danh hiệu" in office.words(screen)
    assert "Binh" not in office.words(screen)
    screen = await office.desk.tap("An", "Quay lại")
    assert screen.name != "last_year"


async def test_without_last_year_there_is_nothing_to_compare(years: Years, office: Office) -> None:
    await become_head(office)
    await years.families.register("An")

    assert "Chưa có phiếu nào của năm trước để so." in office.words(await years.ask("An"))
    assert "Chưa hộ nào có phiếu của cả hai năm để so." in office.words(await years.ask())


async def test_an_unfinished_year_is_compared_answer_by_answer(years: Years, office: Office) -> None:
    await years.begin(An=True)
    await years.answer(An={"nguoi_lon_biet_chu": "1/2"})

    words = office.words(await years.ask("An"))

    assert "Năm 2027: Chưa đạt, 35 trên 100 điểm (chưa xong)" in words
    assert "Người lớn biết chữ: 2/2 (100%) → 1/2 (50%)" in words
    assert "8 câu năm nay chưa trả lời." in words
    assert "không còn danh hiệu" not in words


async def test_last_years_rules_and_results_stay(years: Years, office: Office) -> None:
    """The commune adopts its own set, which asks for 81 points and other questions."""
    await years.begin(An=True)
    await office.officer("officer", COMMUNE)
    await office.adopt("officer", edited(await office.workbook("officer")), begins=office.today)
    await years.answer(An={each: value for each, value in GOOD.items() if each != "dieu_kien_quy"})

    words = office.words(await years.ask("An"))

    assert "Năm 2026: Gia đình học tập, 100 trên 100 điểm" in words
    assert "Bộ tiêu chí hai năm khác nhau" in words
    assert "Bộ tiêu chí hai năm khác nhau" in office.words(await years.ask())


async def test_a_title_that_was_decided_on_is_told_as_decided(years: Years, office: Office, write: Write) -> None:
    await years.begin(An=True)
    await write("UPDATE assessment SET state = 'recognised'")
    await years.answer(An=GOOD)

    words = office.words(await years.ask("An"))

    assert "Năm 2026: Gia đình học tập, 100 trên 100 điểm (đã được công nhận)" in words
    assert "Vẫn giữ được danh hiệu." in words


async def test_what_a_household_tells_now_is_not_what_it_told_then(years: Years, office: Office, write: Write) -> None:
    await years.begin(An=True)
    await write('UPDATE subject SET told = \'{"adults": 3, "school_age_children": 0}\'')
    await years.answer(An=GOOD | {"nguoi_lon_hoc_them": "3/3"})

    words = office.words(await years.ask("An"))

    assert "Năm 2026: Gia đình học tập, 100 trên 100 điểm" in words
    assert "Số người trong nhà đã đổi" in words


async def test_nobody_sees_another_hamlets_years(years: Years, office: Office) -> None:
    await years.begin(An=True)
    await years.answer(An=BAD)
    await become_head(office, "other", HAMLET + 1)
    await office.officer("officer", COMMUNE)

    assert "So được" not in office.words(await years.ask("other"))
    assert (await office.desk.type("officer", "/namngoai")).name != "last_year"
    assert [role.kind for role in (await office.desk.person("officer")).roles] == [RoleKind.OFFICER]


async def test_three_hundred_households_are_compared_at_once(office: Office, write: Write) -> None:
    await become_head(office)
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)"
    await write(
        f"{numbers} INSERT INTO subject (kind, name, place_id, created_at, told, sort_key) "  # noqa: S608
        "SELECT 'household', 'Hộ ' || i, 3, '2026-01-01', '{}', printf('%04d', i) FROM n"
    )
    await write("INSERT INTO period (year, place_id) VALUES (2025, 2), (2026, 2)")
    for year in (2025, 2026):
        await write(
            "INSERT INTO assessment (subject_id, period_id, year, set_id, set_version, state, is_complete, created_at,"
            " total, title_id) SELECT id, (SELECT id FROM period WHERE year = :year), :year, 'gia_dinh_mau', '1',"
            " 'handed_in', 1, '2026-01-01', '82', CASE WHEN (id + :year) % 3 = 0 THEN 'gia_dinh_hoc_tap' END"
            " FROM subject",
            year=year,
        )

    screen = await office.desk.type(HEAD, "/namngoai")

    assert "So được 300 hộ có phiếu cả hai năm." in office.words(screen)
    assert "Có thêm danh hiệu: 100 hộ" in office.words(screen)
    async with office.desk.storage.work() as work:
        assert len(await work.years.of_hamlet(HAMLET, SubjectKind.HOUSEHOLD, 2026)) == 300


@pytest.mark.parametrize("who", ["other", "officer", "family"])
async def test_a_stored_place_in_the_conversation_opens_nothing_to_strangers(
    years: Years, office: Office, write: Write, who: str
) -> None:
    """Neither a head of the next hamlet, nor an officer above, nor another family is told of a household's years."""
    await years.begin(An=True)
    await years.answer(An=BAD)
    match who:
        case "other":
            await become_head(office, who, HAMLET + 1)
        case "officer":
            await office.officer(who, COMMUNE)
        case _:
            await years.families.register(who)
    person = await office.desk.person(who)
    standing = replace(person.session, node=LastYear((await years.ids())["An"], HAMLET, "lost"))
    await write(
        "UPDATE person SET session = :session WHERE id = :id", session=encode_session(standing), id=person.person_id
    )

    screen = await office.desk.type(who, "xem")

    assert "100" not in office.words(screen)
    assert "Gia đình học tập, " not in office.words(screen)
    assert screen.name != "last_year"
