"""This year beside the last, in the tables."""

from __future__ import annotations

from decimal import Decimal

from bot.dialogs.facts import AssessmentState
from bot.dialogs.village.effects import LeaveRoll
from bot.ports.village.years import YearRecord
from bot.scoring.model import SubjectKind, YesNo
from tests.storage.conftest import Execute
from tests.storage.village.rolls import HAMLET, OTHER_HAMLET, Rolls
from tests.support.turns import TODAY, YEAR, subject, take, update

YES = '{"type": "YesNo", "value": true}'
LAST = YEAR - 1


def ids(record: YearRecord | None) -> int | None:
    return None if record is None else record.assessment_id


async def test_a_hamlet_in_two_years(rolls: Rolls) -> None:
    await rolls.add("An", "Bình", "Chi", "Dung", "Em")
    await rolls.sheet(1, {"goc_hoc": YES}, "recognised", year=LAST)
    await rolls.sheet(1, {"goc_hoc": YES}, "handed_in")
    await rolls.sheet(2, year=LAST)
    await rolls.sheet(3)
    await rolls.sheet(4, year=LAST - 1)
    await rolls.sheet(5, {}, "handed_in", year=LAST)
    await rolls.do(LeaveRoll(5, TODAY))

    async with rolls.store.work() as work:
        found = await work.years.of_hamlet(HAMLET, SubjectKind.HOUSEHOLD, YEAR)
        elsewhere = await work.years.of_hamlet(OTHER_HAMLET, SubjectKind.HOUSEHOLD, YEAR)

    assert [(each.name, ids(each.before), ids(each.after)) for each in found] == [
        ("An", 1, 2),
        ("Bình", 3, None),
        ("Chi", None, 4),
    ]
    assert found[0].before is not None
    assert (found[0].before.state, found[0].before.year) == (AssessmentState.RECOGNISED, LAST)
    assert found[0].before.answers == {}
    assert elsewhere == ()


async def test_of_several_sheets_of_a_year_the_newest_counts(rolls: Rolls) -> None:
    await rolls.add("An")
    await rolls.sheet(1, year=LAST)
    await rolls.sheet(1, year=LAST, set_id="other")

    async with rolls.store.work() as work:
        (found,) = await work.years.of_hamlet(HAMLET, SubjectKind.HOUSEHOLD, YEAR)
        one = await work.years.of_subject(1, YEAR, 1)

    assert ids(found.before) == 2
    assert one is not None
    assert (ids(one.before), ids(one.after)) == (2, None)


async def test_one_subject_with_its_answers_and_results(rolls: Rolls, execute: Execute) -> None:
    await rolls.add("An")
    await rolls.sheet(1, {"goc_hoc": YES}, "handed_in", year=LAST - 2)
    await rolls.sheet(1, {"khac": YES})
    await execute("UPDATE assessment SET total = 82.5, title_id = 'gia_dinh_hoc_tap' WHERE id = 1")

    async with rolls.store.work() as work:
        found = await work.years.of_subject(1, YEAR, 1)

    assert found is not None
    assert found.before is not None
    assert found.after is not None
    assert (found.name, found.path, found.is_member) == ("An", "/1/2/3/", False)
    assert (found.before.year, found.before.total, found.before.title_id) == (
        LAST - 2,
        Decimal("82.5"),
        "gia_dinh_hoc_tap",
    )
    assert found.before.answers == {"goc_hoc": YesNo(True)}
    assert found.after.answers == {"khac": YesNo(True)}


async def test_who_takes_part_is_known(rolls: Rolls) -> None:
    await take(rolls.store, update(900, who="family"), subject())

    async with rolls.store.work() as work:
        family = await work.years.of_subject(1, YEAR, 2)
        head = await work.years.of_subject(1, YEAR, 1)
        nobody = await work.years.of_subject(77, YEAR, 1)

    assert family is not None
    assert head is not None
    assert (family.is_member, head.is_member, nobody) == (True, False, None)
