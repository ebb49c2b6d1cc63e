"""The hamlet's own sheet: a village head comes to it in a few taps, and its shares are counted right."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.dialogs.session import Question
from bot.scoring.model import Derived
from tests.services.desk import TIMEZONE, Desk
from tests.services.office import Office
from tests.village.bulk_roll import HEAD, be_head, query
from tests.village.families import Families

FAMILIES = "thon_gia_dinh_hoc_tap"
NAMES = ("An", "Bình", "Cúc", "Dũng", "Én")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "test.db"


def execute(file: Path, statement: str, *parameters: object) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(statement, parameters)


def be(file: Path, name: str, state: str) -> None:
    """The sheet of a household has come so far."""
    execute(
        file,
        "UPDATE assessment SET state = ? WHERE subject_id IN (SELECT id FROM subject WHERE name = ?)",
        state, name,
    )  # fmt: skip


async def to_the_sheet(desk: Desk, office: Office, households: int = 8) -> list[str]:
    """From the desk to the first question of the hamlet's sheet; what was tapped and typed."""
    said = ["Đánh giá một danh hiệu", "Thôn, bản, ấp, buôn, tổ dân phố"]
    for label in said:
        await desk.tap(HEAD, label)
    while not isinstance((await desk.person(HEAD)).session.node, Question):
        text = str(households) if "hộ gia đình" in office.words(await desk.screen(HEAD)) else "9"
        if (await desk.screen(HEAD)).name == "hamlet":
            text = "1"
        said.append(text)
        await desk.type(HEAD, text)
    return said


async def test_the_head_comes_to_the_sheet_with_two_taps_and_three_numbers(desk: Desk, office: Office) -> None:
    await be_head(desk, office)
    said = await to_the_sheet(desk, office)
    assert (await desk.person(HEAD)).session.node == Question(FAMILIES)
    assert [each for each in said if each.isdecimal()].count("1") <= 1
    assert len(said) <= 6


async def test_households_that_the_village_confirmed_count_and_those_that_left_do_not(
    desk: Desk, office: Office, file: Path
) -> None:
    families = Families(desk)
    for name in NAMES:
        await families.register(name)
        await families.hand_in(name, is_best=True)
    await be_head(desk, office)
    await to_the_sheet(desk, office)
    assert "0 hộ được công nhận, trong tổng số 8 hộ" in office.words(await desk.screen(HEAD))
    for name, state in zip(NAMES, ("confirmed", "appraised", "recognised", "not_recognised", "handed_in"), strict=True):
        be(file, name, state)
    words = office.words(await desk.type(HEAD, "/start"))
    assert "3 hộ được công nhận, trong tổng số 8 hộ trong khu dân cư (37,5%)" in words
    assert "Tính cả phiếu mà thôn đã xác nhận đạt danh hiệu." in words
    execute(file, "UPDATE subject SET left_on = '2026-03-01' WHERE name = 'An'")
    assert "2 hộ được công nhận" in office.words(await desk.type(HEAD, "/start"))
    await desk.tap(HEAD, "Đúng, dùng số này")
    assessment = (await desk.person(HEAD)).assessment
    assert assessment is not None
    assert assessment.answers[FAMILIES] == Derived(2, 8, desk.clock.now().astimezone(TIMEZONE).date())


async def test_a_household_without_the_title_does_not_count(desk: Desk, office: Office, file: Path) -> None:
    families = Families(desk)
    await families.register("An")
    await families.hand_in("An")
    be(file, "An", "confirmed")
    assert query(file, "SELECT title_id FROM assessment") == [(None,)]
    await be_head(desk, office)
    await to_the_sheet(desk, office)
    assert "0 hộ được công nhận" in office.words(await desk.screen(HEAD))
