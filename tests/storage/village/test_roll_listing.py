"""The list of a hamlet: its order, states, counts, search, and who comes next."""

from __future__ import annotations

import pytest

from bot.dialogs.effects import ChangeSubject, GiveConsent
from bot.dialogs.village.facts import HouseholdEntry, HouseholdQuery, HouseholdState
from bot.scoring.model import SubjectKind
from storage import SqlStorage
from storage.tables import subject as subject_table
from tests.storage.conftest import Execute, Rows
from tests.storage.village.rolls import HAMLET, OTHER_HAMLET, Rolls
from tests.support.turns import subject as household
from tests.support.turns import take, update

YES, NO = '{"type": "YesNo", "value": true}', '{"type": "YesNo", "value": false}'


async def test_the_list_counts_numbers_as_people_do_and_then_names(rolls: Rolls) -> None:
    entries = [("Đào Văn Út", ""), ("An", "10"), ("Bình", "9"), ("Ánh", ""), ("Chi", "H-2")]
    await rolls.add(*(HouseholdEntry(name, number) for name, number in entries))
    assert await rolls.names() == ["Bình", "An", "Chi", "Ánh", "Đào Văn Út"]


async def test_every_state_is_told_and_counted(rolls: Rolls) -> None:
    await rolls.add(*(f"Hộ {n}" for n in range(1, 10)))
    await rolls.sheet(2)  # begun, nothing answered yet
    await rolls.sheet(3, {"goc_hoc": YES})
    await rolls.sheet(4, {"goc_hoc": YES}, "handed_in")
    await rolls.sheet(5, {"goc_hoc": YES}, "returned")
    await rolls.sheet(6, {"goc_hoc": YES}, "confirmed")
    await rolls.sheet(7, {"goc_hoc": YES}, "handed_in")
    await rolls.differ(6, "goc_hoc", NO)
    await rolls.sheet(8, {"goc_hoc": YES}, "recognised")
    await rolls.sheet(9, {"goc_hoc": YES}, "handed_in", year=2024)

    found = await rolls.page(HouseholdQuery(HAMLET, page_size=20))

    unanswered, answering = HouseholdState.UNANSWERED, HouseholdState.ANSWERING
    waits, to_check, confirmed = HouseholdState.HANDED_IN, HouseholdState.TO_CHECK, HouseholdState.CONFIRMED
    assert [line.state for line in found.lines] == [
        unanswered, unanswered, answering, waits, to_check, confirmed, to_check, confirmed, unanswered,
    ]  # fmt: skip
    assert found.counts == {unanswered: 3, answering: 1, waits: 1, to_check: 2, confirmed: 2}
    assert [line.differences for line in found.lines] == [0, 0, 0, 0, 0, 0, 1, 0, 0]
    assert [line.assessment_id for line in found.lines] == [0, 1, 2, 3, 4, 5, 6, 7, 0]


async def test_one_state_alone_is_listed_beside_the_counts_of_all(rolls: Rolls) -> None:
    await rolls.add("An", "Bình", "Chi")
    await rolls.sheet(2, {"goc_hoc": YES})
    found = await rolls.page(HouseholdQuery(HAMLET, state=HouseholdState.ANSWERING))
    assert ([line.name for line in found.lines], found.total) == (["Bình"], 1)
    assert sum(found.counts.values()) == 3
    assert found.ids == (1, 2, 3)


async def test_pages_hold_every_line_once(rolls: Rolls) -> None:
    await rolls.add(*(HouseholdEntry("Nguyễn Văn An", str(n)) for n in range(1, 8)))
    pages = [await rolls.page(HouseholdQuery(HAMLET, page=n, page_size=3)) for n in range(4)]
    assert [[line.subject_id for line in page.lines] for page in pages] == [[1, 2, 3], [4, 5, 6], [7], []]
    assert {page.total for page in pages} == {7}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hoa", ["Trần Thị Hoa", "Lê Hòa"]),
        ("HÒA", ["Trần Thị Hoa", "Lê Hòa"]),
        ("tran hoa", ["Trần Thị Hoa"]),
        ("dinh", ["Đinh Văn Bảy", "Lê Hòa"]),  # a name, and a part of the hamlet
        ("%", []),
        ("  ", ["Trần Thị Hoa", "Đinh Văn Bảy", "Lê Hòa"]),
        ("7", ["Đinh Văn Bảy"]),
        ("007", ["Đinh Văn Bảy"]),
        ("17", ["Lê Hòa"]),
        ("1", ["Lê Hòa"]),  # no line has this number, one has it in it
    ],
)
async def test_lines_are_found_by_letters_without_diacritics_or_by_number(
    rolls: Rolls, text: str, found: list[str]
) -> None:
    await rolls.add(
        HouseholdEntry("Trần Thị Hoa", "003"),
        HouseholdEntry("Đinh Văn Bảy", "007"),
        HouseholdEntry("Lê Hòa", "H-17", "Xóm Đình"),
    )
    assert await rolls.names(HouseholdQuery(HAMLET, text=text)) == found


async def test_the_next_unfinished_one_comes_behind_and_then_from_the_front(rolls: Rolls) -> None:
    await rolls.add("A", "B", "C", "D")
    await rolls.sheet(2, {"goc_hoc": YES}, "handed_in")
    after = {n: (await rolls.page(HouseholdQuery(HAMLET, after=n))).next_unfinished for n in range(5)}
    assert after == {0: 1, 1: 3, 2: 3, 3: 4, 4: 1}
    for subject_id in (1, 3):
        await rolls.sheet(subject_id, {"goc_hoc": YES}, "confirmed")
    assert (await rolls.page(HouseholdQuery(HAMLET, after=4))).next_unfinished == 0
    assert (await rolls.page(HouseholdQuery(HAMLET, after=3))).next_unfinished == 4


async def test_another_hamlet_and_another_kind_are_not_listed(rolls: Rolls) -> None:
    await rolls.head(OTHER_HAMLET)
    await rolls.add("Ở đây")
    await rolls.add("Ở kia", place_id=OTHER_HAMLET)
    assert await rolls.names() == ["Ở đây"]
    assert await rolls.names(HouseholdQuery(HAMLET, SubjectKind.CLAN)) == []


async def test_one_can_be_left_out_of_a_search(rolls: Rolls) -> None:
    await rolls.add("Hoa", "Hòa")
    found = await rolls.page(HouseholdQuery(HAMLET, text="hoa", but=1))
    assert [line.subject_id for line in found.lines] == [2]
    assert sum(found.counts.values()) == 2


async def test_what_was_handed_in_again_is_marked(rolls: Rolls, execute: Execute) -> None:
    await rolls.add("A")
    await rolls.sheet(1, {"goc_hoc": YES}, "handed_in")
    assert [line.is_changed for line in (await rolls.page()).lines] == [False]
    await execute(
        "INSERT INTO review (assessment_id, from_state, to_state, at, reason, indicator)"
        " VALUES (1, 'handed_in', 'returned', '2025-11-03 00:00:00+00:00', 'Xem lại', 'goc_hoc')"
    )
    assert [line.is_changed for line in (await rolls.page()).lines] == [True]
    await execute("UPDATE assessment SET state = 'returned'")
    assert [line.is_changed for line in (await rolls.page()).lines] == [False]
    assert (await rolls.detail(1)).returned_because == "Xem lại"


async def test_who_can_be_written_to(rolls: Rolls, store: SqlStorage, execute: Execute) -> None:
    for number, (who, channel) in enumerate((("a", "telegram"), ("b", "web"), ("c", "telegram")), 500):
        incoming = update(number, who=who, channel=channel)
        await take(store, incoming, GiveConsent("1"), household(f"Nhà {who}"))
    await execute("UPDATE account SET blocked_at = '2025-11-03 00:00:00+00:00' WHERE external_id = 'c'")
    assert [(line.name, line.is_reachable) for line in (await rolls.page()).lines] == [
        ("Nhà a", True), ("Nhà b", False), ("Nhà c", False),
    ]  # fmt: skip


async def test_who_registered_and_corrected_their_name_is_found_by_it(
    store: SqlStorage, rolls: Rolls, rows: Rows
) -> None:
    await take(store, update(500, who="a"), household("Bà Tư"))
    assert await rolls.names(HouseholdQuery(HAMLET, text="tu")) == ["Bà Tư"]
    await take(store, update(501, who="a"), ChangeSubject("Bà Năm", HAMLET, {"adults": 2}))
    assert await rolls.names(HouseholdQuery(HAMLET, text="nam")) == ["Bà Năm"]
    assert await rolls.names(HouseholdQuery(HAMLET, text="tu")) == []
    (row,) = await rows(subject_table)
    assert row["sort_key"].endswith("ba nam")


async def test_a_page_is_two_statements_however_long_the_roll(rolls: Rolls, statements: list[str]) -> None:
    await rolls.add("A", "B", "C")
    statements.clear()
    await rolls.page(HouseholdQuery(HAMLET, text="a", after=1))
    assert len([each for each in statements if each.startswith("SELECT")]) == 2
