"""The pace of a channel: so many a second in all and to one chat, and holding when asked to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.limiter import CHATS_REMEMBERED, Limiter, Pace


def test_a_burst_passes_and_then_one_a_second() -> None:
    limiter = Limiter(Pace(30, 30, 1, 3), 0)
    assert [limiter.try_take("a", 0) for _ in range(3)] == [0, 0, 0]
    assert limiter.try_take("a", 0) == pytest.approx(1)
    assert limiter.try_take("a", 0.5) == pytest.approx(0.5)
    assert limiter.try_take("a", 1.0) == 0


def test_one_chat_does_not_hold_up_another() -> None:
    limiter = Limiter(Pace(30, 30, 1, 1), 0)
    limiter.try_take("a", 0)
    assert limiter.try_take("a", 0) > 0
    assert limiter.try_take("b", 0) == 0


def test_a_refusal_takes_nothing() -> None:
    limiter = Limiter(Pace(2, 2, 1, 1), 0)
    limiter.try_take("a", 0)
    limiter.try_take("a", 0)
    assert limiter.try_take("b", 0) == 0, "the place that 'a' did not get is still there"


def test_holding_one_chat_leaves_the_others() -> None:
    limiter = Limiter(Pace(), 0)
    limiter.hold(7, 0, "a")
    assert limiter.try_take("a", 1) == pytest.approx(6)
    assert limiter.try_take("b", 1) == 0


def test_holding_the_channel_holds_everybody() -> None:
    limiter = Limiter(Pace(0, 0, 0, 0), 0)
    limiter.hold(7, 0)
    assert limiter.try_take("b", 1) == pytest.approx(6)
    assert limiter.total_wait_s(2) == pytest.approx(5)
    assert limiter.try_take("b", 7) == 0


def test_no_rate_is_no_limit() -> None:
    limiter = Limiter(Pace(0, 0, 0, 0), 0)
    assert all(limiter.try_take("a", 0) == 0 for _ in range(1000))


def test_chats_at_rest_are_forgotten() -> None:
    limiter = Limiter(Pace(0, 0, 1, 1), 0)
    for n in range(CHATS_REMEMBERED):
        limiter.try_take(str(n), 0)
    limiter.try_take("one more", 100)
    assert len(limiter._chats) == 1


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 0.2)), max_size=400))
def test_no_second_sees_more_than_the_rate_and_the_burst(wishes: list[tuple[str, float]]) -> None:
    limiter = Limiter(Pace(10, 5, 2, 3), 0)
    now, gone = 0.0, []
    for chat, pause in wishes:
        now += pause
        if limiter.try_take(chat, now) == 0:
            gone.append((now, chat))
    for start, _ in gone:
        within = [chat for at, chat in gone if start <= at < start + 1]
        assert len(within) <= 10 + 5 + 1
        assert all(within.count(chat) <= 2 + 3 + 1 for chat in "abc")
