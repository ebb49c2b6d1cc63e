"""A head asks one question of many households, by tapping and by typing; what is stored is scored as each by itself."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dialogs.codec import decode_answer
from bot.dialogs.screens import Screen
from bot.dialogs.village.needs import VillageNeeds
from bot.dialogs.village.nodes import Bulk
from bot.scoring.model import Answer, CriteriaSet, Share, SubjectKind, YesNo
from bot.scoring.score import score
from bot.services.knowledge import Installation, Knowledge
from bot.services.village.knowing import know
from tests.services.desk import TIMEZONE, Desk
from tests.services.office import HAMLET, Office
from tests.support.clock import FakeIds
from tests.village.bulk_roll import HEAD, ROOM, be_head, insert, many, query

SEAT, BOOKS, SCHOOL, ADULTS = "dieu_kien_goc_hoc", "dieu_kien_sach_bao", "tre_em_di_hoc", "nguoi_lon_hoc_them"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "test.db"


@pytest.fixture
async def head(desk: Desk, office: Office) -> str:
    await be_head(desk, office)
    return HEAD


def answers(file: Path, indicator: str = SEAT) -> dict[int, Answer]:
    """{household: what stands}."""
    rows = query(
        file,
        "SELECT subject_id, value FROM answer JOIN assessment ON assessment.id = assessment_id WHERE indicator = ?",
        indicator,
    )
    return {int(str(subject)): decode_answer(str(value)) for subject, value in rows}


async def at(desk: Desk) -> Bulk:
    node = (await desk.person(HEAD)).session.node
    assert isinstance(node, Bulk)
    return node


async def tap_all(desk: Desk, *labels: str) -> Screen:
    for label in labels:
        screen = await desk.tap(HEAD, label)
    return screen


# --- by tapping -------------------------------------------------------------------------------------------------------


async def test_a_question_is_answered_for_all_but_those_that_are_tapped(
    desk: Desk, office: Office, head: str, file: Path
) -> None:
    many(file, 20)
    screen = await tap_all(desk, ROOM, "Xem nhóm câu sau", "Xem nhóm câu sau", "Câu 7. Chỗ ngồi học")
    assert "Trả lời chung cho các hộ" in office.words(screen)
    screen = await desk.tap(head, "Có")
    assert "Ghi cho 20 hộ." in office.words(screen)
    screen = await tap_all(desk, "002 Lê Đức Cúc", "Xem thêm hộ", "007 Bùi Minh Hoa")
    assert "Trừ 2 hộ: 002 Lê Đức Cúc, 007 Bùi Minh Hoa." in office.words(screen)
    screen = await desk.tap(head, "✗ Trừ 007 Bùi Minh Hoa")
    assert "Trừ 1 hộ: 002 Lê Đức Cúc." in office.words(screen)
    screen = await desk.tap(head, "Xem trước khi ghi")
    assert "Câu 7. Chỗ ngồi học: Có" in office.words(screen)
    assert not answers(file)
    screen = await desk.tap(head, "Ghi cho 19 hộ")
    assert "Đã ghi câu 7 cho 19 hộ." in office.words(screen)
    assert answers(file) == {n: YesNo(True) for n in range(1, 21) if n != 2}
    assert (await at(desk)).page == 2


async def test_back_leads_from_part_to_part(desk: Desk, office: Office, head: str, file: Path) -> None:
    many(file, 3)
    await tap_all(desk, ROOM, "Câu 1. Trẻ em đi học", "Tất cả, trong từng nhà", "Xem trước khi ghi")
    await desk.tap(head, "Quay lại")
    assert (await at(desk)).answer is not None
    assert not (await at(desk)).is_preview
    await desk.tap(head, "Quay lại")
    assert (await at(desk)) == Bulk(HAMLET, SCHOOL)
    await desk.tap(head, "Quay lại")
    assert (await at(desk)) == Bulk(HAMLET)


async def test_shares_are_of_as_many_as_each_household_has(desk: Desk, office: Office, head: str, file: Path) -> None:
    insert(
        file,
        [
            ("1", "An", {"adults": 2, "school_age_children": 2}),
            ("2", "Bình", {"adults": 3, "school_age_children": 0}),
            ("3", "Cúc", {}),
        ],
    )
    await desk.tap(head, ROOM)
    screen = await desk.type(head, "câu 1: tất cả")
    words = office.words(screen)
    assert "Câu 1. Trẻ em đi học: Tất cả, trong từng nhà" in words
    assert "1 hộ không có câu này." in words
    assert "1 hộ cần hỏi riêng vì số người ghi trong danh sách không khớp: 3 Cúc." in words
    await desk.tap(head, "Ghi cho 1 hộ")
    assert answers(file, SCHOOL) == {1: Share(2, 2)}
    await desk.type(head, "câu 5: không ai")
    await desk.tap(head, "Ghi cho 2 hộ")
    assert answers(file, ADULTS) == {1: Share(0, 2), 2: Share(0, 3)}
    screen = await desk.type(head, "câu 5: 1/2")
    assert "1 hộ đổi câu trả lời đã ghi trước: 1 An." in office.words(screen)
    await desk.tap(head, "Ghi cho 2 hộ")  # An, and Cúc, of whom the roll does not say
    assert answers(file, ADULTS) == {1: Share(1, 2), 2: Share(0, 3), 3: Share(1, 2)}


async def test_an_empty_roll_says_what_to_do(desk: Desk, office: Office, head: str) -> None:
    assert "Xin thêm hộ vào danh sách trước" in office.words(await desk.tap(head, ROOM))


# --- by typing --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence", ["câu 7: tất cả có, trừ hộ 12, ông Ba", "cau 7 tat ca co tru 12 va ba", "Câu 7 có, trừ 012, 021"]
)
async def test_one_sentence_and_one_tap(desk: Desk, office: Office, head: str, file: Path, sentence: str) -> None:
    many(file, 20)
    insert(file, [("021", "Lê Văn Ba", {"adults": 2, "school_age_children": 0})])
    await desk.tap(head, ROOM)
    screen = await desk.type(head, sentence)
    assert "Trừ 2 hộ: 012 Lê Văn Nam, 021 Lê Văn Ba." in office.words(screen)
    await desk.tap(head, "Ghi cho 19 hộ")
    assert set(answers(file)) == set(range(1, 21)) - {12}


async def test_who_is_not_sure_is_asked_back(desk: Desk, office: Office, head: str, file: Path) -> None:
    many(file, 20)
    await desk.tap(head, ROOM)
    screen = await desk.type(head, "câu 7: tất cả có, trừ 12, ông Dũng, Xoan")
    words = office.words(screen)
    assert "“Ông Dũng” có thể là nhiều hộ: 003 Phạm Minh Dũng, 017 Bùi Thị Dũng." in words
    assert "Không thấy hộ nào là “Xoan”." in words
    assert "Trừ 1 hộ: 012 Lê Văn Nam." in words
    assert office.labels(screen)[1:3] == ["003 Phạm Minh Dũng", "017 Bùi Thị Dũng"]
    screen = await desk.tap(head, "017 Bùi Thị Dũng")
    assert "Trừ 2 hộ: 012 Lê Văn Nam, 017 Bùi Thị Dũng." in office.words(screen)
    screen = await desk.type(head, "trừ 003, bình minh")
    assert "Không thấy hộ nào là “Bình Minh”." in office.words(screen)
    assert len((await at(desk)).excepted) == 3
    assert (await desk.type(head, "xong nhé")).choices[0].id == "preview"


async def test_the_answer_is_asked_where_it_is_not_understood(
    desk: Desk, office: Office, head: str, file: Path
) -> None:
    many(file, 5)
    await desk.tap(head, ROOM)
    await desk.type(head, "câu 7: tất cả xanh, trừ 3")
    node = await at(desk)
    assert (node.indicator, node.answer, node.excepted) == (SEAT, None, (3,))
    await desk.type(head, "có, trừ 4")
    node = await at(desk)
    assert (node.answer, node.excepted, node.is_preview) == (YesNo(True), (3, 4), True)
    await desk.type(head, "trừ 5")
    assert (await at(desk)).excepted == (3, 4, 5)


async def test_questions_are_found_by_number_and_by_words(desk: Desk, office: Office, head: str, file: Path) -> None:
    many(file, 5)
    await desk.tap(head, ROOM)
    for said, indicator in (("câu 8", BOOKS), ("8", BOOKS), ("sách báo", BOOKS), ("cho ngoi hoc", SEAT)):
        await desk.type(head, said)
        assert (await at(desk)).indicator == indicator, said
        await desk.tap(head, "Quay lại")
    screen = await desk.type(head, "học")
    assert "Những câu có chữ “học”:" in office.words(screen)
    assert "Phiếu chỉ có câu 1 đến câu 12" in office.words(await desk.type(head, "câu 13"))
    await desk.tap(head, "Xem từ câu đầu")
    await desk.tap(head, "Xem nhóm câu sau")
    screen = await desk.type(head, "2")  # the second in the list, or question 2?
    assert "Xin gõ: dòng 2, hoặc: câu 2." in office.words(screen)
    await desk.type(head, "dòng 2")
    assert (await at(desk)).indicator == ADULTS


async def test_a_single_digit_may_be_a_place_on_the_screen(desk: Desk, office: Office, head: str, file: Path) -> None:
    many(file, 9)
    await desk.tap(head, ROOM)
    await desk.type(head, "câu 7")
    await desk.tap(head, "Có")
    assert "Dòng 4 hay hộ số 4? Xin gõ: dòng 4, hoặc: trừ 4." in office.words(await desk.type(head, "4"))
    assert (await at(desk)).excepted == ()
    await desk.type(head, "dòng 3")
    assert (await at(desk)).excepted == (2,)  # below "Xem trước khi ghi" stands the first household
    await desk.type(head, "dòng 3")
    await desk.type(head, "trừ 4")
    assert (await at(desk)).excepted == (4,)
    await desk.type(head, "005")
    assert (await at(desk)).excepted == (4, 5)
    await desk.type(head, "không")
    assert (await at(desk)).is_preview
    assert "Đã ghi câu 7" in office.words(await desk.type(head, "1"))  # no households are listed to be meant


async def test_commands_are_not_names(desk: Desk, head: str, file: Path) -> None:
    many(file, 9)
    await desk.tap(head, ROOM)
    await desk.type(head, "câu 7: có")
    await desk.type(head, "quay lại")
    assert not (await at(desk)).is_preview
    await desk.type(head, "quay lại")
    assert (await at(desk)).answer is None


# --- whose answer stands ----------------------------------------------------------------------------------------------


async def test_the_preview_names_who_changes_and_who_said_otherwise(
    desk: Desk, office: Office, head: str, file: Path
) -> None:
    await desk.register("family")  # with one child and two adults, as the first line of the roll
    many(file, 6)
    family = (await desk.person("family")).subject
    assert family is not None
    await desk.type("family", "sửa câu 7")
    await desk.tap("family", "Chưa")
    await desk.tap(head, ROOM)
    await desk.type(head, "câu 7: chưa, trừ 4, 5, 6")
    await desk.tap(head, "Ghi cho 3 hộ")
    screen = await desk.type(head, "câu 7: tất cả có, trừ 6")
    words = office.words(screen)
    assert "3 hộ đổi câu trả lời đã ghi trước: 001 Trần Thị Bình, 002 Lê Đức Cúc, 003 Phạm Minh Dũng." in words
    assert "1 hộ đã tự trả lời khác: Bà Tư. Câu của hộ được giữ nguyên" in words
    screen = await desk.tap(head, "Ghi cho 6 hộ")
    assert "1 hộ tự trả lời khác, chờ bình xét." in office.words(screen)
    stands = answers(file)
    assert stands.pop(family.id) == YesNo(False)
    assert set(stands.values()) == {YesNo(True)}
    screen = await desk.type(head, "câu 7: tất cả có, trừ 6")
    assert "Không có gì để ghi" in office.words(screen)
    assert "6 hộ đã ghi đúng như vậy." in office.words(screen)


async def test_handed_in_sheets_are_counted_and_left_alone(desk: Desk, office: Office, head: str, file: Path) -> None:
    many(file, 6)
    await desk.tap(head, ROOM)
    await desk.type(head, "câu 7: chưa")
    await desk.tap(head, "Ghi cho 6 hộ")
    execute(file, "UPDATE assessment SET state = 'handed_in' WHERE subject_id <= 2")
    screen = await desk.type(head, "câu 7: có")
    assert "2 hộ đã nộp phiếu, để nguyên." in office.words(screen)
    await desk.tap(head, "Ghi cho 4 hộ")
    assert [said for _, said in sorted(answers(file).items())] == [YesNo(False)] * 2 + [YesNo(True)] * 4


async def test_nobody_answers_for_a_hamlet_that_is_not_theirs(
    desk: Desk, office: Office, head: str, file: Path
) -> None:
    many(file, 3)
    await desk.tap(head, ROOM)
    await desk.type(head, "câu 7: có")
    execute(file, "DELETE FROM role")
    screen = await desk.tap(head, "Ghi cho 3 hộ")
    assert screen.name != "bulk"
    assert not answers(file)


async def test_nothing_is_told_of_a_hamlet_or_clan_that_is_not_theirs(desk: Desk, head: str, file: Path) -> None:
    many(file, 2)
    many(file, 2, place_id=HAMLET + 1)
    person = await desk.person(head)
    knowledge = Knowledge(desk.clock, FakeIds(), Installation(desk.rulebook, {}, TIMEZONE))
    async with desk.storage.work() as work:
        asker = knowledge.asker(work, person)
        own = await know(asker, VillageNeeds(bulk=(HAMLET, SEAT)))
        assert own.bulk is not None
        assert len(own.bulk.lines) == 2
        for place_id in (1, 2, HAMLET + 1, 99):
            assert (await know(asker, VillageNeeds(bulk=(place_id, SEAT)))).bulk is None
        assert (await know(asker, VillageNeeds(clan=("", 0)))).clan is None
        assert (await know(asker, VillageNeeds(asking=0))).asking is None


async def test_households_that_left_are_not_asked(desk: Desk, office: Office, head: str, file: Path) -> None:
    many(file, 4)
    execute(file, "UPDATE subject SET left_on = '2026-05-01' WHERE id = 2")
    await desk.tap(head, ROOM)
    screen = await desk.type(head, "câu 7: có, trừ 2")
    assert "Không thấy hộ nào là “2”" in office.words(screen)
    assert "Ghi cho 3 hộ" in office.words(screen)


def execute(file: Path, statement: str, *parameters: object) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(statement, parameters)


# --- scored again -----------------------------------------------------------------------------------------------------


def stored(file: Path) -> Iterable[tuple[int, str | None, str | None, bool]]:
    rows = query(file, "SELECT id, total, title_id, is_complete, is_scored FROM assessment")
    for id_, total, title, is_complete, is_scored in rows:
        assert is_scored
        yield (
            int(str(id_)),
            None if total is None else str(total),
            None if title is None else str(title),
            bool(is_complete),
        )


def by_itself(file: Path, criteria: CriteriaSet, assessment_id: int) -> tuple[Decimal, str | None, bool]:
    """Score one stored sheet the plain way."""
    said = query(file, "SELECT indicator, value FROM answer WHERE assessment_id = ?", assessment_id)
    told = query(
        file, "SELECT told FROM subject JOIN assessment ON subject_id = subject.id WHERE assessment.id = ?",
        assessment_id,
    )  # fmt: skip
    profile = {**json.loads(str(told[0][0])), "difficult_area": 0}
    sheet = score(criteria, {str(i): decode_answer(str(v)) for i, v in said}, profile, date(2026, 11, 22))
    assert isinstance(sheet.total, Decimal)
    return sheet.total, sheet.title.id if sheet.title else None, sheet.is_complete


def hold_scored(desk: Desk, file: Path) -> int:
    criteria = desk.rulebook.in_force(SubjectKind.HOUSEHOLD, None, "/1/2/3/", date(2026, 11, 22))
    assert criteria is not None
    count = 0
    for assessment_id, total, title, is_complete in stored(file):
        assert (Decimal(total or "NaN"), title, is_complete) == by_itself(file, criteria, assessment_id)
        count += 1
    return count


async def answer_all(desk: Desk, office: Office) -> int:
    """Answer every question for all, the first choice each; returns for how many sheets something was recorded."""
    recorded = 0
    for number in range(1, 13):
        screen = await desk.type(HEAD, f"câu {number}")
        while not screen.choices or screen.choices[0].id != "preview":
            said = office.labels(screen)[0] if screen.choices else "2"
            screen = await (desk.tap(HEAD, said) if screen.choices else desk.type(HEAD, said))
        screen = await desk.tap(HEAD, "Xem trước khi ghi")
        label = office.labels(screen)[0]
        recorded += int(label.split()[2])
        await desk.tap(HEAD, label)
    return recorded


async def test_finished_sheets_are_scored_and_handed_in(desk: Desk, office: Office, head: str, file: Path) -> None:
    many(file, 12)
    await desk.tap(head, ROOM)
    recorded = await answer_all(desk, office)
    assert recorded == 8 * 12 + 4 * 9
    assert hold_scored(desk, file) == 12
    screen = await desk.tap(head, "Xem từ câu đầu")
    assert "Nộp 12 phiếu đã đủ câu" in office.labels(screen)
    screen = await desk.tap(head, "Nộp 12 phiếu đã đủ câu")
    assert "Nộp thay 12 hộ đã đủ câu: 001 Trần Thị Bình" in office.words(screen)
    screen = await desk.tap(head, "Nộp 12 phiếu đã đủ câu")
    assert "Đã nộp 12 phiếu." in office.words(screen)
    assert query(file, "SELECT DISTINCT state FROM assessment") == [("handed_in",)]
    assert len(query(file, "SELECT id FROM review WHERE to_state = 'handed_in'")) == 12


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
async def test_after_any_answers_for_many_each_sheet_is_scored_as_by_itself(
    desk: Desk, office: Office, file: Path, data: st.DataObject
) -> None:
    if not query(file, "SELECT id FROM subject"):
        many(file, 7)
        await be_head(desk, office)
        await desk.tap(HEAD, ROOM)
    for number, said in data.draw(
        st.lists(
            st.sampled_from(
                [(1, "tất cả"), (1, "không ai"), (5, "tất cả"), (7, "có"), (7, "chưa"), (8, "3"), (8, "30"), (12, "5")]
            ),
            min_size=1,
            max_size=4,
        )
    ):
        excepted = data.draw(st.lists(st.integers(1, 7), max_size=3, unique=True))
        if data.draw(st.booleans()):  # a household answers itself meanwhile
            other = data.draw(st.integers(1, 7))
            execute(file, "UPDATE answer SET side = 'subject' WHERE assessment_id = ?", other)
            execute(file, "DELETE FROM difference")
        screen = await desk.type(HEAD, f"câu {number}: {said}, trừ {' '.join(map(str, excepted)) or 'không'}")
        if screen.choices[0].id == "record":
            await desk.tap(HEAD, office.labels(screen)[0])
        hold_scored(desk, file)
