"""A village of 120 households, from the administrator's first code to the minutes of the meeting, through Telegram.

The program is the real one over real HTTP; only Telegram is played. In the end the table of the village must equal the
one that the script works out by plain arithmetic.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot import bootstrap
from tests.channels.test_one_conversation import telegram
from tests.support.fake_telegram import FakeTelegram, Limits, Settings
from tests.support.messy_roll import MESS, messy_workbook
from tests.support.process import hoctap
from tests.support.program import program
from tests.village.simulation import table
from tests.village.simulation.phone import Phone
from tests.village.simulation.play import Family, Head, Officer, VillageClock, codes_on, come_together, filled
from tests.village.simulation.script import (
    BY_EXCEL,
    BY_HEAD,
    BY_QR,
    CONFLICTS,
    CONFLICTS_BY_EXCEL,
    HOUSEHOLDS,
    RECHECKS,
    RETURNS,
    HouseholdScript,
    VillageScript,
    Way,
    write_script,
)

SEED = 2026
COMMUNE = "2"
HAMLET = "Thôn Mẫu 1"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files and news are looked for more often than once a second."""
    monkeypatch.setattr(bootstrap, "UPLOADS_EVERY", timedelta(seconds=0.3))
    monkeypatch.setattr(bootstrap, "NEWS_EVERY", timedelta(seconds=0.3))


class Village:
    """Everybody of a simulated village, with a phone each."""

    def __init__(self, script: VillageScript, fake: FakeTelegram, clock: VillageClock) -> None:
        self.script = script
        self.officer = Officer(Phone(fake, "Cán bộ xã"), clock)
        self.head = Head(Phone(fake, "Trưởng thôn"), clock, script.households)
        self.families = {each.name: Family(each, Phone(fake, each.name), clock) for each in script.by(Way.QR)}

    async def begin(self, code: str) -> None:
        """The officer takes the role, invites the head, and the head sends in the roll."""
        await self.officer.take_role(code)
        await self.head.take_role(await self.officer.invite_head(HAMLET))
        await self.head.import_roll(messy_workbook([each.entry for each in self.script.households], HAMLET))

    async def collect(self) -> None:
        """Families come by their cards, some rows come by Excel, and the head visits everybody else."""
        workbook = await self.head.get_workbook()
        codes = codes_on(await self.head.print_cards())
        assert set(codes) == {each.name for each in self.script.households}
        await come_together(list(self.families.values()), codes)
        differing = [each for each in self.script.by(Way.QR) if each.conflict and each.conflict.is_by_excel]
        rows = [*self.script.by(Way.EXCEL), *differing]
        await self.head.send_answers(filled(workbook, rows), len(rows))
        for each in differing:
            await self.families[each.name].hand_in()
        await self.head.walk()

    async def review(self) -> None:
        """Re-check a sample, return, correct, decide, and confirm everything."""
        assert len(set(await self.head.recheck(RECHECKS))) == RECHECKS
        for each in self._returned():
            await self.head.give_back(each)
        for each in self._returned():
            await (self.families[each.name] if each.way is Way.QR else self.head).correct_returned(each)
        for each in self.script.households:
            if each.conflict is not None:
                await self.head.decide(each)
        clean = await self.head.confirm_clean()
        looked_at = await self.head.confirm_looked_at()
        assert {each.name for each in self._returned()} <= set(looked_at)
        assert clean + len(looked_at) == HOUSEHOLDS

    def _returned(self) -> list[HouseholdScript]:
        return [each for each in self.script.households if each.returned is not None]


def test_the_script_is_the_village_that_was_asked_for() -> None:
    script = write_script(SEED)
    assert [len(script.by(way)) for way in (Way.QR, Way.HEAD, Way.EXCEL)] == [BY_QR, BY_HEAD, BY_EXCEL] == [40, 60, 20]
    assert sum(each.conflict is not None for each in script.households) == CONFLICTS == 8
    assert sum(bool(each.conflict and each.conflict.is_by_excel) for each in script.households) == CONFLICTS_BY_EXCEL
    assert sum(each.returned is not None for each in script.households) == RETURNS == 10
    assert len(MESS) >= 12
    titled = sum(each.has_title for each in script.households)
    assert HOUSEHOLDS // 4 < titled < 3 * HOUSEHOLDS // 4
    assert write_script(SEED).households == script.households
    assert write_script(SEED + 1).households != script.households


async def test_a_village_is_collected_and_reviewed(tmp_path: Path) -> None:
    clock, script = VillageClock(), write_script(SEED)
    async with FakeTelegram(settings=Settings(limits=Limits.off())) as fake, program(tmp_path, clock, **telegram(fake)):
        made = await hoctap("admin", "grant", "officer", COMMUNE, HOCTAP_DATA_DIR=str(tmp_path))
        village = Village(script, fake, clock)
        await village.begin(made.out.splitlines()[0].rsplit(" ", 1)[1])
        await village.collect()
        await village.review()
        minutes = await village.head.hold_meeting()
        assert minutes.startswith(b"PK")
        await _look_at_progress(village.head, script)
        assert table.differences(table.stored(tmp_path / "hoctap.db"), table.expected(script)) == []
        _count(village.head)


async def _look_at_progress(head: Head, script: VillageScript) -> None:
    titled = sum(each.has_title for each in script.households)
    await head.phone.type("/tiendo")
    head.sees(f"{HOUSEHOLDS} / {HOUSEHOLDS} hộ đã nộp · {HOUSEHOLDS} đã xác nhận")
    head.sees(f"Gia đình học tập (tạm tính): {titled} phiếu", f"Chưa đạt danh hiệu: {HOUSEHOLDS - titled} phiếu")
    at = head.phone.newest_id
    await head.phone.tap("Xem bằng hình")
    assert (await head.phone.document("", at))[1].startswith(b"\x89PNG")


def _count(head: Head) -> None:
    """Hold what a visited household needs of the head: no more acts than questions, two, and the one that hands in."""
    visits = [(script, effort) for script, effort in head.visits if script.way is Way.HEAD]
    assert len(visits) == BY_HEAD
    for script, effort in visits[:-1]:
        assert effort.taps + effort.texts == len(script.questions) + 1
    characters = sum(effort.characters for _, effort in visits)
    assert characters / len(visits) < 8
