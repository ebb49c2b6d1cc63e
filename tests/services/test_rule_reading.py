"""Which rules somebody reads outside the conversation, on a real database."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from bot.ports import Storage
from bot.scoring.shipped import load_shipped
from bot.services.rule_reading import MOST_FOUND, Reader, RuleReading
from bot.services.rules import Rulebook
from tests.services.desk import Desk
from tests.support.clock import FakeClock

FAMILY = Reader("web", "an")


@pytest.fixture
def reading(store: Storage, clock: FakeClock) -> RuleReading:
    return RuleReading(store, clock, Rulebook(load_shipped()), ZoneInfo("Asia/Ho_Chi_Minh"))


async def test_a_stranger_reads_what_is_in_force_today(reading: RuleReading) -> None:
    listed = await reading.listed(None)
    assert listed.locale == ""
    assert listed.sets[0].set_id == "gia_dinh_mau"
    assert "cong_dong_hoc_tap_xa_tt44" in [each.set_id for each in listed.sets][-4:], "past sets come last"
    assert (listed.query, listed.found, listed.count) == ("", (), 0)


async def test_somebody_known_reads_in_their_language(desk: Desk, reading: RuleReading) -> None:
    await desk.register("an")
    assert (await reading.listed(FAMILY)).locale == "vi"
    await desk.type("an", "/language")
    await desk.type("an", "English")
    assert (await reading.listed(FAMILY)).locale == "en"
    page = await reading.page(FAMILY, "gia_dinh_mau", "1")
    assert page is not None
    assert page.locale == "en"


async def test_a_cookie_that_nobody_knows_is_a_stranger(reading: RuleReading) -> None:
    assert (await reading.listed(Reader("web", "nobody"))).locale == ""


async def test_words_are_found_best_first_and_counted_in_all(reading: RuleReading) -> None:
    few = await reading.listed(None, "  tu   sach ")
    assert (few.query, few.found[0].indicator, few.found[0].criterion) == ("tu sach", "thon_tu_sach", 2)
    many = await reading.listed(None, "học")
    assert len(many.found) == MOST_FOUND < many.count


async def test_a_past_set_can_be_read_and_an_unknown_one_is_none(reading: RuleReading) -> None:
    past = await reading.page(None, "cong_dong_hoc_tap_xa_tt44", "1")
    assert past is not None
    assert len(past.criteria) == 15
    assert await reading.page(None, "cong_dong_hoc_tap_xa_tt44", "2") is None
