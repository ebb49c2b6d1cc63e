"""How many taps and letters a village costs: counted by playing it, and held against the page for readers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from bot.dialogs.screens import Screen
from bot.dialogs.session import Question
from bot.dialogs.village.nodes import Visited
from bot.scoring.applicability import applicable
from tests.services.desk import Desk
from tests.services.office import Office
from tests.support.world import family_set
from tests.village.bulk_roll import HEAD, ROOM, be_head, many, name_of, query

PAGE = Path(__file__).resolve().parents[2] / "docs" / "collecting.md"
HOUSEHOLDS = 100
DIFFERENT = 5
"""Households that answer otherwise than the rest, of each question."""
PLAYED = 20
"""Households that are walked through one by one; each of the others costs as many taps as it has open questions."""

TYPED: Mapping[str, str] = {"nguoi_lon_biet_chu": "2/2", "dieu_kien_sach_bao": "10", "hieu_qua_cong_dong": "3"}
"""Answers that have to be typed: all others are tapped."""

SENTENCES = {
    1: "câu 1: tất cả", 2: "câu 2: tất cả", 3: "câu 3: được cả hai", 5: "câu 5: tất cả", 6: "câu 6: thường xuyên",
    7: "câu 7: có", 8: "câu 8: 10", 9: "câu 9: khi cần", 10: "câu 10: giúp nhiều", 11: "câu 11: có", 12: "câu 12: 3",
}  # fmt: skip
"""What most households answer. Question 4 is of people from 19 to 60, whom no roll counts: it is asked of each."""


@dataclass
class Thumb:
    """A head's thumb: a tap is a press of a button or of 'send', a letter is one key."""

    desk: Desk
    office: Office
    taps: int = 0
    letters: int = 0

    async def tap(self, label: str) -> Screen:
        """Press a button."""
        self.taps += 1
        return await self.desk.tap(HEAD, label)

    async def type(self, text: str) -> Screen:
        """Type and send."""
        self.taps += 1
        self.letters += len(text)
        return await self.desk.type(HEAD, text)

    async def first(self) -> Screen:
        """Press the first button."""
        return await self.tap(self.office.labels(await self.desk.screen(HEAD))[0])

    async def finish(self) -> int:
        """Answer what is open of the household at hand, and hand in; returns how many questions were answered."""
        count = 0
        while isinstance(node := (await self.desk.person(HEAD)).session.node, Question):
            count += 1
            await (self.type(TYPED[node.indicator]) if node.indicator in TYPED else self.first())
        assert isinstance(node, Visited)
        await self.first()
        return count

    def since(self, before: tuple[int, int]) -> tuple[int, int]:
        """Taps and letters since then."""
        return self.taps - before[0], self.letters - before[1]

    @property
    def now(self) -> tuple[int, int]:
        """So far."""
        return self.taps, self.letters


@pytest.fixture
async def thumb(desk: Desk, office: Office, tmp_path: Path) -> Thumb:
    many(tmp_path / "test.db", HOUSEHOLDS)
    await be_head(desk, office)
    return Thumb(desk, office)


def questions(n: int) -> int:
    """How many questions the n-th household is asked: three fewer without children."""
    return 12 if n % 3 else 9


ASKED = Decimal(sum(questions(n) for n in range(1, HOUSEHOLDS + 1))) / HOUSEHOLDS
"""Questions a household, on average."""
TYPED_LETTERS = sum(len(text) for text in TYPED.values())


def rounded(value: Decimal | int) -> str:
    return str(Decimal(value).quantize(Decimal("0.1"), ROUND_HALF_UP))


def stated() -> dict[str, tuple[str, str]]:
    """{way: (taps or marks, letters) a household} as the page says."""
    rows = re.findall(r"^\| ([^|*]+?) \| ([\d.]+) \| ([\d.]+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return {way: (taps, letters) for way, taps, letters in rows}


async def test_visiting_costs_as_many_taps_as_questions_and_one(thumb: Thumb) -> None:
    await thumb.tap("Danh sách hộ trong thôn")
    await thumb.tap("Hộ chưa xong tiếp theo")
    if not isinstance((await thumb.desk.person(HEAD)).session.node, Question):
        await thumb.tap("Vào trả lời")
    start = thumb.now
    assert start[0] <= 3  # once an evening
    for n in range(1, 7):
        before = thumb.now
        assert await thumb.finish() == questions(n)
        assert thumb.since(before) == (questions(n) + 1, TYPED_LETTERS)
    assert stated()["Visiting, household by household"] == (rounded(ASKED + 1), rounded(TYPED_LETTERS))


async def test_one_answer_for_many_leaves_two_taps_a_household(thumb: Thumb, tmp_path: Path) -> None:
    await thumb.tap(ROOM)
    for at, sentence in enumerate(SENTENCES.values()):
        others = " ".join(str(3 * (at + 5 * k) + 1) for k in range(DIFFERENT))  # all of them have children
        screen = await thumb.type(f"{sentence}, trừ {others}")
        label = thumb.office.labels(screen)[0]
        assert label.startswith("Ghi cho "), thumb.office.words(screen)
        await thumb.tap(label)
    await thumb.tap("Bàn làm việc")
    await thumb.tap("Danh sách hộ trong thôn")
    await thumb.tap("Hộ chưa xong tiếp theo")
    if not isinstance((await thumb.desk.person(HEAD)).session.node, Question):
        await thumb.first()
    left = missing(tmp_path / "test.db")
    assert len(left) == HOUSEHOLDS
    assert sum(map(len, left.values())) == HOUSEHOLDS + DIFFERENT * len(SENTENCES)
    for n in range(1, PLAYED + 1):
        before = thumb.now
        assert await thumb.finish() == len(left[n])
        assert thumb.since(before) == (len(left[n]) + 1, letters_of(left[n]))
    done = query(tmp_path / "test.db", "SELECT count(*) FROM assessment WHERE state = 'handed_in' AND is_complete")
    assert done == [(PLAYED,)]
    rest = [left[n] for n in range(PLAYED + 1, HOUSEHOLDS + 1)]
    taps = thumb.taps + sum(len(each) + 1 for each in rest)
    letters = thumb.letters + sum(map(letters_of, rest))
    said = rounded(Decimal(taps) / HOUSEHOLDS), rounded(Decimal(letters) / HOUSEHOLDS)
    assert stated()["One answer for many, then what is left"] == said


def missing(file: Path) -> dict[int, list[str]]:
    """{household: questions that are still open}."""
    rules = family_set()
    rows = query(file, "SELECT subject_id, indicator FROM answer JOIN assessment ON assessment.id = assessment_id")
    found = {(int(str(subject_id)), str(indicator)) for subject_id, indicator in rows}
    told = {n: {"adults": 1 + n % 3, "school_age_children": n % 3} for n in range(1, HOUSEHOLDS + 1)}
    return {
        n: [each.id for each in applicable(rules, profile) if (n, each.id) not in found] for n, profile in told.items()
    }


def letters_of(open_questions: list[str]) -> int:
    return sum(len(TYPED.get(each, "")) for each in open_questions)


def test_the_paper_form_is_counted_as_the_page_says() -> None:
    names = Decimal(sum(len(name_of(n)) for n in range(1, HOUSEHOLDS + 1))) / HOUSEHOLDS
    marks = ASKED - len(TYPED) + 1  # a mark for each question that is not written, and a signature
    letters = names + len("017") + TYPED_LETTERS
    assert stated()["Paper form"] == (rounded(marks), rounded(letters))


def test_a_form_application_is_counted_as_the_page_says() -> None:
    opening, sending = 2, 2  # a new form, which one; finalise, send
    number = 1  # a swipe behind the household's number
    taps = opening + number + ASKED + (ASKED - len(TYPED)) + sending  # a swipe each, a choice where none is typed
    assert stated()["ODK-style form"] == (rounded(taps), rounded(len("017") + TYPED_LETTERS))


def test_the_hamlet_is_the_one_that_the_page_speaks_of() -> None:
    assert rounded(ASKED) == "11.0"
    text = PAGE.read_text(encoding="utf-8")
    assert "100 households" in text
    assert "11.0 questions" in text
    assert f"{DIFFERENT} households" in text
