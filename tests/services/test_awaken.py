"""After an outage whoever was in the middle is asked again, once; nobody else hears of it."""

from __future__ import annotations

import pytest

from bot.dialogs.effects import Show
from bot.dialogs.events import Typed
from bot.dialogs.screens import say
from bot.ports import Storage
from bot.services.awaken import Attendance
from bot.services.bells import Bell
from tests.services.desk import Desk
from tests.support.clock import FakeClock


async def says(desk: Desk, text: str) -> None:
    """Somebody on Telegram writes."""
    await desk.accept(desk.update(Typed(text), "77", "telegram"))
    await desk.handle_all()


async def asked_again(desk: Desk) -> int:
    """How many were told that we were away."""
    apology = say("resumed.outage")
    contents = [delivery.content for delivery in await desk.handle_all()]
    return sum(isinstance(c, Show) and any(p.text == apology for p in c.screen.paragraphs) for c in contents)


def attendance(store: Storage, clock: FakeClock) -> Attendance:
    """What a process that has just started knows."""
    return Attendance(store, clock, "telegram", Bell())


@pytest.mark.parametrize("served_after_s", [0, 10, 100])
async def test_who_was_in_the_middle_is_asked_again(
    desk: Desk, store: Storage, clock: FakeClock, served_after_s: int
) -> None:
    """Also who was served after the last note of a contact, which is made only now and then."""
    await attendance(store, clock).in_contact()
    clock.advance(served_after_s)
    await says(desk, "/start")
    clock.advance(600)
    await attendance(store, clock).in_contact()
    assert await asked_again(desk) == 1


async def test_it_is_done_once(desk: Desk, store: Storage, clock: FakeClock) -> None:
    await attendance(store, clock).in_contact()
    await says(desk, "/start")
    clock.advance(600)
    now = attendance(store, clock)
    await now.in_contact()
    assert await asked_again(desk) == 1
    clock.advance(30)
    await now.in_contact()
    await attendance(store, clock).in_contact()
    assert await asked_again(desk) == 0


async def test_a_short_absence_is_nobodys_business(desk: Desk, store: Storage, clock: FakeClock) -> None:
    """Telegram keeps presses for 150 seconds: nothing was lost."""
    await attendance(store, clock).in_contact()
    await says(desk, "/start")
    clock.advance(150)
    await attendance(store, clock).in_contact()
    assert await asked_again(desk) == 0


async def test_who_has_come_back_by_themselves_is_not_asked(desk: Desk, store: Storage, clock: FakeClock) -> None:
    await attendance(store, clock).in_contact()
    await says(desk, "/start")
    clock.advance(600)
    await says(desk, "/help")
    await attendance(store, clock).in_contact()
    assert await asked_again(desk) == 0


async def test_whose_update_still_waits_is_not_asked(desk: Desk, store: Storage, clock: FakeClock) -> None:
    await attendance(store, clock).in_contact()
    await says(desk, "/start")
    clock.advance(600)
    await desk.accept(desk.update(Typed("/help"), "77", "telegram"))
    await attendance(store, clock).in_contact()
    assert await asked_again(desk) == 0


async def test_who_was_last_here_days_ago_is_left_alone(desk: Desk, store: Storage, clock: FakeClock) -> None:
    await says(desk, "/start")
    clock.advance(2 * 86_400)
    await attendance(store, clock).in_contact()
    clock.advance(600)
    await attendance(store, clock).in_contact()
    assert await asked_again(desk) == 0
