"""A village head works on somebody else's sheet: in as few taps as there are questions, and never against anybody."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from bot.dialogs.effects import DocumentKind, SendDocument
from bot.dialogs.facts import AssessmentState
from bot.dialogs.screens import Screen
from bot.dialogs.village.facts import HouseholdState, Side
from bot.scoring.model import Chosen, YesNo
from storage.tables import answer, answer_history, assessment, difference, person_subject, subject
from tests.services.office import HAMLET, Office
from tests.village.families import BEST
from tests.village.roll import HEAD, NAMES, become_head, cards_given_out, code_of, enter, ids
from tests.village.rows import Rows, Write

AN, BINH, CUONG = NAMES
SEAT, FINDING_OUT = "dieu_kien_goc_hoc", "nguoi_lon_tim_hieu"
TOLD = '{"adults":2,"school_age_children":0}'
FIRST = "Trong những người từ 19 đến 60 tuổi"
FAMILY = "nha-an"


@pytest.fixture
async def village(office: Office, write: Write) -> Office:
    """A head with three households, of whom everything is told; the list is open."""
    await become_head(office)
    await enter(office, *NAMES)
    await write("UPDATE subject SET told = :told", told=TOLD)
    return office


async def open_household(office: Office, name: str, who: str = HEAD) -> Screen:
    """From the list to a household."""
    listed = next(label for label in office.labels(await office.desk.screen(who)) if label.startswith(name))
    return await office.desk.tap(who, listed)


async def visit(office: Office, name: str, who: str = HEAD) -> Screen:
    """From the list to the first open question of a household."""
    labels = office.labels(await open_household(office, name, who))
    return await office.desk.tap(who, "Vào trả lời" if "Vào trả lời" in labels else "Vào trả lời tiếp")


async def answer_all(office: Office, who: str = HEAD, answers: tuple[str, ...] = BEST) -> Screen:
    """One message a question."""
    for said in answers:
        await office.desk.type(who, said)
    return await office.desk.screen(who)


async def arrive(office: Office, rows: Rows, name: str, who: str = FAMILY) -> Screen:
    """A family opens the code of its household and agrees."""
    await office.desk.type(who, f"/start {code_of((await ids(rows))[name])}")
    return await office.desk.tap(who, "Đồng ý")


# --- a visit ----------------------------------------------------------------------------------------------------------


async def test_a_visit_takes_as_many_taps_as_questions_and_one_for_the_next(village: Office, rows: Rows) -> None:
    screen = await visit(village, BINH)
    assert FIRST in village.words(screen)
    screen = await answer_all(village)
    assert screen.name == "visited"
    assert "100/100 điểm" in village.words(screen)
    screen = await village.desk.tap(HEAD, "Nộp và sang hộ tiếp theo")
    assert (screen.name, screen.progress and screen.progress.number) == ("question", 1)
    words = village.words(screen)
    assert f"Đã nộp phiếu của {BINH}." in words
    assert "Hộ Lê Văn Cường" in words, "behind the last of the list comes the first again"
    sheets = {row["subject_id"]: row for row in await rows(assessment)}
    known = await ids(rows)
    done = sheets[known[BINH]]
    assert (done["state"], done["title_id"], done["is_complete"]) == ("handed_in", "gia_dinh_hoc_tap", True)
    assert sheets[known[CUONG]]["state"] == AssessmentState.DRAFT
    assert {(row["side"], row["channel"]) for row in await rows(answer)} == {(Side.HEAD, "web")}
    assert await rows(person_subject) == [], "nobody became a member by visiting"


async def test_the_last_of_the_list_is_handed_in_and_leads_back_to_it(village: Office, rows: Rows) -> None:
    await visit(village, AN)
    for _ in range(2):
        await answer_all(village)
        await village.desk.tap(HEAD, "Nộp và sang hộ tiếp theo")
    screen = await answer_all(village)
    assert "Nộp và sang hộ tiếp theo" not in village.labels(screen)
    screen = await village.desk.tap(HEAD, "Nộp phiếu")
    assert screen.name == "households"
    assert {row["state"] for row in await rows(assessment)} == {"handed_in"}


async def test_only_what_nobody_has_told_is_asked_before_the_questions(
    village: Office, rows: Rows, write: Write
) -> None:
    await write("UPDATE subject SET told = :told, roll_number = '017' WHERE name = :an", told='{"adults":3}', an=AN)
    screen = await visit(village, AN)
    assert screen.name == "school_age_children"
    assert f"Hộ 017: {AN}" in village.words(screen)
    screen = await village.desk.tap(HEAD, "0")
    assert (screen.name, FIRST in village.words(screen)) == ("question", True)
    told = {row["name"]: json.loads(row["told"]) for row in await rows(subject)}
    assert told[AN] == {"adults": 3, "school_age_children": 0}


async def test_every_screen_of_a_visit_says_whose_it_is_and_leads_back_to_the_list(village: Office) -> None:
    await visit(village, BINH)
    await village.desk.type(HEAD, "1/1")
    for typed in ("tạm dừng", "tiếp tục", "tóm tắt", "sửa câu 1", "2/2"):
        screen = await village.desk.type(HEAD, typed)
        assert f"Hộ {BINH}" in village.words(screen), typed
        assert "Về danh sách" in village.labels(screen), typed
    screen = await village.desk.tap(HEAD, "Về danh sách")
    assert f"{BINH} · đang làm" in village.labels(screen)
    screen = await visit(village, BINH)
    assert screen.progress is not None
    assert screen.progress.number == 2, "answering goes on at the first open question"


@pytest.mark.parametrize("typed", ["/start", "bắt đầu"])
async def test_who_starts_again_on_a_visit_is_back_at_the_list(village: Office, typed: str) -> None:
    await visit(village, BINH)
    screen = await village.desk.type(HEAD, typed)
    assert screen.name == "households"
    screen = await village.desk.type(HEAD, "/desk")
    assert screen.name == "desk"


async def test_from_the_summary_of_a_visit_it_is_handed_in_and_taken_back(village: Office, rows: Rows) -> None:
    await visit(village, BINH)
    await answer_all(village)
    await village.desk.tap(HEAD, "Xem lại")
    screen = await village.desk.tap(HEAD, "Nộp phiếu")
    assert screen.name == "households"
    screen = await village.desk.type(HEAD, "tóm tắt")
    assert screen.name == "result"
    assert "Xin cảm ơn" not in village.words(screen)
    screen = await village.desk.tap(HEAD, "Rút lại để sửa")
    assert screen.name == "summary"
    assert [row["state"] for row in await rows(assessment)] == ["draft"]


async def test_correcting_on_a_visit_asks_what_was_told_and_moves_nobody(village: Office, rows: Rows) -> None:
    await visit(village, BINH)
    await village.desk.type(HEAD, "tóm tắt")
    screen = await village.desk.tap(HEAD, "Sửa thông tin đăng ký")
    assert screen.name == "adults"
    await village.desk.type(HEAD, "4")
    screen = await village.desk.type(HEAD, "0")
    assert screen.name == "summary"
    told = {row["name"]: (json.loads(row["told"])["adults"], row["place_id"]) for row in await rows(subject)}
    assert told[BINH] == (4, HAMLET)


async def test_what_was_handed_in_is_reviewed_not_answered(village: Office, write: Write) -> None:
    await visit(village, BINH)
    await answer_all(village)
    await village.desk.tap(HEAD, "Về danh sách")
    await open_household(village, BINH)
    await write("UPDATE assessment SET state = 'handed_in', handed_in_at = created_at")
    screen = await village.desk.tap(HEAD, "Vào trả lời tiếp")
    assert screen.name != "question"


async def test_a_clan_of_the_hamlet_is_visited_like_a_household(village: Office, rows: Rows, write: Write) -> None:
    told = '{"members":40,"households":9}'
    await write("UPDATE subject SET kind = 'clan', name = 'Họ Lò', told = :told WHERE name = :an", told=told, an=AN)
    await write(
        "UPDATE person SET session = json_set(session, '$.walk', json(:walk), '$.node', json(:node))",
        walk=json.dumps({"place_id": HAMLET, "kind": "clan"}),
        node=json.dumps({"type": "Household", "subject_id": (await ids(rows))["Họ Lò"]}),
    )
    await village.desk.type(HEAD, "abc")
    screen = await village.desk.tap(HEAD, "Vào trả lời")
    assert screen.name == "question"
    assert "Họ Lò" in village.words(screen)
    (sheet,) = await rows(assessment)
    assert village.desk.rulebook.get(sheet["set_id"], sheet["set_version"]).subject == "clan"


# --- two sides --------------------------------------------------------------------------------------------------------


async def test_a_family_that_answers_differently_overwrites_nothing(village: Office, rows: Rows) -> None:
    await cards_given_out(village)
    await village.desk.type(HEAD, "/thon")
    await visit(village, AN)
    await answer_all(village)
    await arrive(village, rows, AN)
    screen = await village.desk.type(FAMILY, "sửa câu 4")
    assert "Đang ghi: Có." in village.words(screen)
    screen = await village.desk.tap(FAMILY, "Chưa")
    words = village.words(screen)
    assert "Câu 4 đã có câu trả lời khác, do trưởng thôn ghi: Có." in words
    assert "Có 1 câu được trả lời hai cách" in words
    (standing,) = [row for row in await rows(answer) if row["indicator"] == SEAT]
    assert (standing["side"], json.loads(standing["value"])["value"]) == (Side.HEAD, True)
    (open_one,) = await rows(difference)
    assert (open_one["side"], json.loads(open_one["value"])["value"]) == (Side.SUBJECT, False)
    assert (open_one["indicator"], open_one["decided_at"]) == (SEAT, None)
    given = [(row["side"], row["value"]) for row in await rows(answer_history) if row["indicator"] == SEAT]
    assert [side for side, _ in given] == [Side.HEAD, Side.SUBJECT]
    screen = await village.desk.tap(FAMILY, "Nộp phiếu")
    assert screen.name == "result", "two answers do not keep anybody from handing in"
    an = (await ids(rows))[AN]
    async with village.desk.storage.work() as work:
        detail = await work.roll.household(an, 2026, village.desk.clock.now())
    assert detail is not None
    assert (detail.detail.line.state, detail.detail.line.differences) == (HouseholdState.TO_CHECK, 1)


async def test_a_head_that_answers_differently_reads_that_both_are_kept_and_goes_on(
    village: Office, rows: Rows
) -> None:
    await cards_given_out(village)
    await arrive(village, rows, AN)
    for said in BEST[:4]:
        await village.desk.type(FAMILY, said)
    await village.desk.type(HEAD, "/thon")
    await visit(village, AN)
    await village.desk.type(HEAD, "sửa câu 4")
    screen = await village.desk.tap(HEAD, "Chưa")
    words = village.words(screen)
    assert "do người làm phiếu tự ghi: Có." in words
    assert (screen.name, screen.progress and screen.progress.number) == ("question", 5)
    assert [row["side"] for row in await rows(difference)] == [Side.HEAD]
    await village.desk.type(HEAD, "sửa câu 4")
    screen = await village.desk.screen(HEAD)
    assert "Đang có hai câu trả lời, chờ quyết định: Có; Chưa." in village.words(screen)
    await village.desk.tap(HEAD, "Có")
    (dissolved,) = await rows(difference)
    assert (dissolved["decided_at"] is not None, dissolved["kept"]) == (True, Side.SUBJECT)


# --- when the right ends ----------------------------------------------------------------------------------------------


async def test_a_role_that_ends_in_the_middle_of_a_visit_ends_the_visit(
    village: Office, rows: Rows, write: Write
) -> None:
    await visit(village, BINH)
    await village.desk.type(HEAD, "1/1")
    await write("UPDATE role SET until = '2020-01-01'")
    before = await rows(answer)
    screen = await village.desk.tap(HEAD, "1")
    assert "Phiếu vừa làm không còn ở đây nữa." in village.words(screen)
    assert BINH not in village.words(screen)
    assert await rows(answer) == before
    assert (await village.desk.person(HEAD)).subject is None


async def test_an_answer_for_a_visit_that_is_over_is_none_of_ones_own_family(
    village: Office, rows: Rows, write: Write
) -> None:
    """Both sheets have the same questions: the press must not be taken for the other's."""
    await village.desk.type(HEAD, "/desk")
    await village.desk.tap(HEAD, "Đánh giá cho gia đình mình")
    for said in ("Nhà trưởng thôn", "Thôn Mẫu 1", "2", "0"):
        await village.desk.type(HEAD, said)
    await village.desk.type(HEAD, "/thon")
    await visit(village, BINH)
    await write("UPDATE role SET until = '2020-01-01'")
    screen = await village.desk.type(HEAD, "1/1")
    assert "Nhà trưởng thôn" in village.words(screen)
    assert await rows(answer) == []
    own = await village.desk.person(HEAD)
    assert own.subject is not None
    assert (own.subject.name, own.is_visiting) == ("Nhà trưởng thôn", False)


async def test_a_head_has_one_family_however_many_are_visited(village: Office, rows: Rows) -> None:
    await village.desk.type(HEAD, "/desk")
    await village.desk.tap(HEAD, "Đánh giá cho gia đình mình")
    for said in ("Nhà trưởng thôn", "Thôn Mẫu 1", "2", "0", "1/1"):
        await village.desk.type(HEAD, said)
    await village.desk.type(HEAD, "/thon")
    await visit(village, BINH)
    await village.desk.type(HEAD, "/desk")
    screen = await village.desk.tap(HEAD, "Đánh giá cho gia đình mình")
    assert "Nhà trưởng thôn" in village.words(screen)
    assert len(await rows(subject)) == len(NAMES) + 1


async def test_a_sheet_of_the_hamlet_is_not_seen_once_the_role_is_over(office: Office, write: Write) -> None:
    await become_head(office)
    await office.desk.type(HEAD, "/danhhieu")
    await office.desk.tap(HEAD, "Thôn, bản, ấp, buôn, tổ dân phố")
    await office.desk.tap(HEAD, "Thôn Mẫu 1 (xã Mẫu, tỉnh Mẫu)")
    screen = await office.desk.screen(HEAD)
    while screen.name != "question":
        screen = await office.desk.type(HEAD, "20")
    assert (await office.desk.person(HEAD)).subject is not None
    await write("UPDATE role SET until = '2020-01-01'")
    screen = await office.desk.type(HEAD, "tóm tắt")
    assert (await office.desk.person(HEAD)).subject is None
    screen = await office.desk.type(HEAD, "/phieu")
    assert "Thôn Mẫu 1" not in "".join(office.labels(screen))


async def test_removing_the_head_leaves_what_was_answered_for_others(village: Office, rows: Rows) -> None:
    await visit(village, BINH)
    await answer_all(village)
    await village.desk.type(HEAD, "/mydata")
    assert SendDocument(DocumentKind.MY_DATA) in await village.desk.mail(HEAD)
    person_id = (await village.desk.person(HEAD)).person_id
    async with village.desk.storage.work() as work:
        copy = await work.people.everything(person_id, date(2026, 11, 22))
    assert copy["answer"] == copy["subject"] == ()
    await village.desk.type(HEAD, "/delete")
    await village.desk.tap(HEAD, "Xóa hết")
    assert {row["person_id"] for row in await rows(answer)} == {None}
    assert len(await rows(answer)) == len(BEST)
    assert {row["name"] for row in await rows(subject)} == set(NAMES)


# --- last year --------------------------------------------------------------------------------------------------------


@pytest.fixture
async def next_year(village: Office, rows: Rows) -> Office:
    """An's sheet was answered; then the year ended."""
    await visit(village, AN)
    await answer_all(village)
    await village.desk.tap(HEAD, "Nộp và sang hộ tiếp theo")
    village.desk.clock.advance(timedelta(days=60) / timedelta(seconds=1))
    await village.desk.type(HEAD, "/thon")
    return village


async def test_last_years_answers_are_kept_with_one_tap(next_year: Office, rows: Rows) -> None:
    screen = await visit(next_year, AN)
    assert screen.name == "last_year_offer"
    assert "Năm 2026 đã trả lời 9 câu" in next_year.words(screen)
    screen = await next_year.desk.tap(HEAD, "Giữ tất cả")
    assert screen.name == "visited"
    an = (await ids(rows))[AN]
    (this_year,) = [row["id"] for row in await rows(assessment) if (row["subject_id"], row["year"]) == (an, 2027)]
    kept = {row["indicator"]: row["side"] for row in await rows(answer) if row["assessment_id"] == this_year}
    assert len(kept) == len(BEST)
    assert set(kept.values()) == {Side.HEAD}
    screen = await next_year.desk.tap(HEAD, "Nộp và sang hộ tiếp theo")
    assert screen.name == "question"


async def test_answers_that_no_longer_fit_are_asked_and_the_others_kept(
    next_year: Office, rows: Rows, write: Write
) -> None:
    await write("UPDATE subject SET told = :told", told='{"adults":3,"school_age_children":0}')
    screen = await visit(next_year, AN)
    assert "Còn 1 câu sẽ hỏi sau." in next_year.words(screen)
    screen = await next_year.desk.tap(HEAD, "Giữ tất cả")
    assert (screen.name, screen.progress and screen.progress.remaining) == ("question", 1)
    screen = await next_year.desk.type(HEAD, "3")
    assert screen.name == "visited"


async def test_asked_one_by_one_last_years_answer_stands_beside_the_question(next_year: Office) -> None:
    await visit(next_year, AN)
    screen = await next_year.desk.tap(HEAD, "Hỏi từng câu")
    assert "Năm 2026: 2/2 (100%)." in next_year.words(screen)


async def test_a_family_that_arrives_in_a_new_year_is_offered_its_answers(next_year: Office, rows: Rows) -> None:
    await cards_given_out(next_year)
    screen = await arrive(next_year, rows, AN)
    assert screen.name == "last_year_offer"
    screen = await next_year.desk.tap(FAMILY, "Giữ tất cả")
    assert screen.name == "summary"
    person = await next_year.desk.person(FAMILY)
    assert person.assessment is not None
    assert (person.assessment.answers[SEAT], person.assessment.answers[FINDING_OUT]) == (
        YesNo(value=True),
        Chosen("thuong_xuyen"),
    )
