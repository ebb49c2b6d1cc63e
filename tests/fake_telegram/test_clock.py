from __future__ import annotations

import asyncio

from tests.support.fake_telegram import FakeTelegram, VirtualClock


def test_a_frozen_clock_moves_only_when_told() -> None:
    clock = VirtualClock(frozen=True, start=1000)
    assert clock.now() == clock.now() == 1000
    clock.advance(2.5)
    assert (clock.now(), clock.date()) == (1002.5, 1002)


def test_timers_are_called_in_order_each_at_its_own_moment() -> None:
    clock, called = VirtualClock(frozen=True, start=0), list[tuple[str, float]]()
    clock.call_later(3, lambda: called.append(("three", clock.now())))

    def plan_another() -> None:
        clock.call_later(1, lambda: called.append(("one and one", clock.now())))

    clock.call_later(1, plan_another)
    clock.call_later(2.5, lambda: called.append(("never", clock.now()))).cancel()
    clock.call_later(9, lambda: called.append(("later", clock.now())))
    clock.advance(5)
    assert called == [("one and one", 2), ("three", 3)]
    assert clock.now() == 5


async def test_a_following_clock_fires_timers_by_itself() -> None:
    clock, fired = VirtualClock(), asyncio.Event()
    before = clock.now()
    clock.call_later(0.005, fired.set)
    await asyncio.wait_for(fired.wait(), 5)
    assert clock.now() >= before + 0.005
    clock.advance(3600)
    assert clock.now() >= before + 3600
    clock.close()


async def test_dates_of_messages_come_from_the_virtual_clock(fake: FakeTelegram) -> None:
    an = fake.person("An")
    an.phone.send("một")
    fake.clock.advance(3600)
    an.phone.send("hai")
    first, second = an.messages
    assert second.date - first.date == 3600
