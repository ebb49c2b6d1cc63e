"""Sheets that changed outside of anybody's hand are scored in the same transaction, each as by itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dialogs.codec import decode_answer
from bot.dialogs.effects import Effect, SaveAnswer
from bot.dialogs.screens import say
from bot.dialogs.village.effects import AnswerForMany, DecideDifference
from bot.dialogs.village.facts import HouseholdEntry, Side
from bot.scoring.model import Answer, Chosen, CriteriaSet, Quantity, Share, SubjectKind, YesNo
from bot.scoring.score import score
from bot.scoring.shipped import load_shipped
from bot.services.rules import Rulebook
from bot.services.village import rescoring
from storage import SqlStorage
from storage.tables import answer, assessment, difference, subject
from tests.storage.conftest import Execute, Rows
from tests.storage.village.rolls import HAMLET, HEAD, Rolls
from tests.support.turns import LEASE, NOW, TODAY, turn, update
from tests.support.turns import subject as household

RULES = next(s for s in load_shipped() if s.subject is SubjectKind.HOUSEHOLD)
ON = max(RULES.valid_from, date(2026, 11, 22))
TOLD = ((2, 1), (1, 0), (3, 2), (2, 2))

ANSWERS: Sequence[tuple[str, Answer]] = (
    ("dieu_kien_goc_hoc", YesNo(True)),
    ("dieu_kien_goc_hoc", YesNo(False)),
    ("dieu_kien_sach_bao", Quantity(Decimal(4))),
    ("dieu_kien_sach_bao", Quantity(Decimal(40))),
    ("nguoi_lon_hoc_them", Share(1, 2)),
    ("tre_em_di_hoc", Share(2, 2)),
    ("hieu_qua_van_hoa", YesNo(True)),
    ("tre_em_nep_song", Chosen("no_such_option")),
)
"""Of every kind; some fit only some households, one fits nobody."""


@dataclass
class Village:
    """Four lines of the roll, and one family that answers itself."""

    store: SqlStorage
    rows: Rows
    execute: Execute
    book: Rulebook
    numbers: count[int] = field(default_factory=lambda: count(10_000))

    async def do(self, *effects: Effect, who: str = HEAD) -> int:
        """One turn, and what it makes necessary, in one transaction; returns how many sheets were scored."""
        async with self.store.work() as work:
            incoming = update(next(self.numbers), who=who)
            await work.inbox.add([incoming], NOW)
            (mine,) = await work.inbox.claim(1, NOW)
            await work.people.load([mine.account.person_id], TODAY)
            decided = replace(turn(mine, *effects), set_id=RULES.id, set_version=RULES.version)
            await work.people.apply([decided], NOW, NOW + LEASE)
            return await rescoring.rescore(work, self.book)

    async def hold(self) -> None:
        """Every stored outcome is what scoring says of the stored answers."""
        told = {row["id"]: json.loads(row["told"]) for row in await self.rows(subject)}
        said: dict[int, dict[str, Answer]] = {}
        for row in await self.rows(answer):
            said.setdefault(row["assessment_id"], {})[row["indicator"]] = decode_answer(row["value"])
        for row in await self.rows(assessment):
            profile = {**told[row["subject_id"]], "difficult_area": 0}
            sheet = score(RULES, said.get(row["id"], {}), profile, ON)
            title = sheet.title.id if sheet.title else None
            assert (row["total"], row["title_id"], row["is_complete"]) == (sheet.total, title, sheet.is_complete)
            assert row["is_scored"]


@pytest.fixture
async def village(rolls: Rolls, rows: Rows, execute: Execute) -> Village:
    for n, (adults, children) in enumerate(TOLD, 1):
        await rolls.add(HouseholdEntry(f"Nhà {n}", adults=adults, school_age_children=children))
    made = Village(rolls.store, rows, execute, Rulebook(load_shipped()))
    await made.do(household("Nhà tự làm"), who="family")
    await execute("UPDATE assessment SET is_scored = false")
    return made


def test_the_set_is_one_by_points() -> None:
    assert isinstance(RULES, CriteriaSet)
    assert all(RULES.indicator(indicator) is not None for indicator, _ in ANSWERS)


async def test_only_what_changed_is_scored_again(village: Village) -> None:
    assert await village.do(AnswerForMany(HAMLET, *ANSWERS[0], (1, 2))) == 3  # and the family's, once
    await village.hold()
    assert await village.do(AnswerForMany(HAMLET, *ANSWERS[0], (2, 3, 4))) == 3
    assert await village.do() == 0
    await village.hold()


async def test_thousands_are_scored_in_chunks(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rescoring, "CHUNK", 2)
    assert await village.do(AnswerForMany(HAMLET, *ANSWERS[2], (1, 2, 3, 4))) == 5
    await village.hold()


_IDS = st.lists(st.sampled_from((1, 2, 3, 4, 5)), min_size=1, max_size=5, unique=True)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
async def test_any_answers_for_many_and_decisions_leave_each_sheet_scored_as_by_itself(
    village: Village, data: st.DataObject
) -> None:
    for _ in range(data.draw(st.integers(1, 4))):
        match data.draw(st.sampled_from(("many", "family", "decide"))):
            case "many":
                said = data.draw(st.sampled_from(ANSWERS))
                await village.do(AnswerForMany(HAMLET, *said, tuple(data.draw(_IDS))))
            case "family":
                indicator, said_by_family = data.draw(st.sampled_from(ANSWERS))
                await village.do(SaveAnswer(indicator, said_by_family), who="family")
                await village.execute("UPDATE assessment SET is_scored = false WHERE subject_id = 5")  # its own turn's
                await village.do()
            case _:
                waiting = [row for row in await village.rows(difference) if row["decided_at"] is None]
                for row in waiting[:1]:
                    kept = data.draw(st.sampled_from(Side))
                    told = say("review.told")
                    await village.do(
                        DecideDifference(row["assessment_id"], row["indicator"], kept, "đã hỏi lại gia đình", told)
                    )
        await village.hold()
