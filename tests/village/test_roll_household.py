"""One household in the eyes of its village head: how far it is, and only what can be done now."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.dialogs.session import Question
from bot.dialogs.village.nodes import LastYear, ReviewSheet
from tests.bench.province import family_set
from tests.services.office import Office
from tests.village.test_roll_rooms import HEAD, add, become_head

YES = '{"type": "YesNo", "value": true}'
Run = Callable[..., None]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Change the database behind the storage's back."""

    def execute(statement: str, *parameters: object) -> None:
        with closing(sqlite3.connect(tmp_path / "test.db")) as file, file:
            file.execute(statement, parameters)

    return execute


@pytest.fixture
async def head(office: Office) -> Office:
    """A village head in front of the list of three households."""
    await become_head(office)
    await office.desk.tap(HEAD, "Danh sách hộ trong thôn")
    await add(office.desk, "Nguyễn Văn An", "Trần Thị Bình", "Lê Hòa")
    return office


def sheet(run: Run, subject_id: int, state: str, answered: int = 1, year: int = 2026) -> None:
    """A sheet with the first questions answered."""
    criteria = family_set()
    run("INSERT OR IGNORE INTO period (year, place_id) VALUES (?, 2)", year)
    run(
        "INSERT INTO assessment (subject_id, period_id, year, set_id, set_version, state, is_complete, created_at)"
        " VALUES (?, (SELECT id FROM period WHERE year = ?), ?, ?, ?, ?, 0, '2026-11-01 00:00:00')",
        subject_id, year, year, criteria.id, criteria.version, state,
    )  # fmt: skip
    for indicator in [i for i in criteria.indicators if type(i.rule).__name__ == "YesNoRule"][:answered]:
        run(
            "INSERT INTO answer (assessment_id, indicator, value, channel, at, side)"
            " VALUES ((SELECT max(id) FROM assessment), ?, ?, 'web', '2026-11-01 00:00:00', 'head')",
            indicator.id, YES,
        )  # fmt: skip


async def opened(head: Office, name: str = "bình") -> tuple[str, list[str]]:
    """What is said of a household, and what can be done."""
    await head.desk.type(HEAD, "/thon")
    screen = await head.desk.type(HEAD, name)
    return head.words(screen), head.labels(screen)


ALWAYS = ["Thẻ mời (QR)", "Sửa thông tin", "Chuyển đi / gộp"]


@pytest.mark.parametrize(
    ("state", "answered", "says", "offers"),
    [
        ("", 0, "Phiếu năm nay: chưa trả lời", ["Vào trả lời"]),
        ("draft", 0, "Phiếu năm nay: chưa trả lời", ["Vào trả lời"]),
        ("draft", 2, "Phiếu năm nay: đang làm\nĐã trả lời: 2/", ["Vào trả lời tiếp", "Xem phiếu"]),
        ("handed_in", 2, "Phiếu năm nay: đã nộp", ["Xem phiếu"]),
        ("returned", 2, "Phiếu năm nay: cần xem lại", ["Vào trả lời tiếp", "Xem phiếu"]),
        ("confirmed", 2, "Phiếu năm nay: đã xác nhận", ["Xem phiếu"]),
        ("recognised", 2, "Phiếu năm nay: đã xác nhận", ["Xem phiếu"]),
    ],
)
async def test_what_is_offered_goes_by_the_state(
    head: Office, run: Run, state: str, answered: int, says: str, offers: list[str]
) -> None:
    if state:
        sheet(run, 2, state, answered)
    words, labels = await opened(head)
    assert says in words
    assert labels[: len(offers) + 3] == offers + ALWAYS


async def test_a_visit_leads_to_the_first_open_question(head: Office) -> None:
    await opened(head)
    await head.desk.tap(HEAD, "Vào trả lời")
    person = await head.desk.person(HEAD)
    while not isinstance(person.session.node, Question):  # adults and children may be asked first
        await head.desk.type(HEAD, "1")
        person = await head.desk.person(HEAD)
    assert person.subject is not None
    assert (person.subject.id, person.is_visiting) == (2, True)


async def test_the_sheet_and_last_year_are_one_tap_away(head: Office, run: Run) -> None:
    sheet(run, 2, "recognised", year=2025)
    sheet(run, 2, "handed_in")
    await opened(head)
    await head.desk.tap(HEAD, "Xem phiếu")
    assert (await head.desk.person(HEAD)).session.node == ReviewSheet(2)
    await opened(head)
    await head.desk.tap(HEAD, "So với năm ngoái")
    assert (await head.desk.person(HEAD)).session.node == LastYear(2)


async def test_why_it_was_returned_and_what_differs_is_said(head: Office, run: Run) -> None:
    sheet(run, 2, "returned")
    run("INSERT INTO review (assessment_id, from_state, to_state, at, reason, indicator)"
        " VALUES (1, 'handed_in', 'returned', '2026-11-02 00:00:00', 'Thiếu ảnh góc học tập', 'goc_hoc')")  # fmt: skip
    run("INSERT INTO difference (assessment_id, indicator, value, channel, side, at, reason)"
        " VALUES (1, 'goc_hoc', '{}', 'web', 'subject', '2026-11-02 00:00:00', '')")  # fmt: skip
    words, _ = await opened(head)
    assert "Đã trả lại vì: Thiếu ảnh góc học tập" in words
    assert "1 câu có hai câu trả lời khác nhau" in words


async def test_a_clan_is_answered_for_whom_no_channel_reaches(head: Office, run: Run) -> None:
    run("INSERT INTO subject (kind, name, place_id, created_at) VALUES ('clan', 'Họ Trần', 3, '2026-11-01 00:00:00')")
    run("INSERT INTO clan_household (clan_id, household_id, tie, asked_at) VALUES (4, 2, 'asked', '2026-11-01')")
    words, labels = await opened(head)
    assert "Họ Trần hỏi tính hộ này vào dòng họ. Xin hỏi gia đình" in words
    assert {"Đồng ý: Họ Trần", "Không đồng ý: Họ Trần"} <= set(labels)


async def test_a_family_that_takes_part_answers_its_clan_itself(head: Office, run: Run) -> None:
    await head.desk.register("family")
    run("INSERT INTO subject (kind, name, place_id, created_at) VALUES ('clan', 'Họ Trần', 3, '2026-11-01 00:00:00')")
    run("INSERT INTO clan_household (clan_id, household_id, tie, asked_at) VALUES (5, 4, 'asked', '2026-11-01')")
    words, labels = await opened(head, "bà tư")
    assert "Chờ gia đình trả lời" in words
    assert "1 người đã vào bằng điện thoại" in words
    assert not [label for label in labels if "Họ Trần" in label]


async def test_a_household_of_another_hamlet_is_nobody_here(head: Office, run: Run) -> None:
    """A line that moved away meanwhile leads back, and tells nothing of it."""
    await opened(head)
    run("UPDATE subject SET place_id = 4 WHERE id = 2")
    screen = await head.desk.tap(HEAD, "Sửa thông tin")
    assert "không còn ở đây" in head.words(screen)
    assert "Bình" not in head.words(screen)
