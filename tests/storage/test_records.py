"""Invites, heartbeats."""

from __future__ import annotations

from datetime import timedelta

from bot.dialogs.facts import (
    CodeState,
    Role,
    RoleInvite,
    RoleKind,
)
from bot.dialogs.places import Place
from storage import SqlStorage
from tests.storage.conftest import Everything
from tests.support.turns import NOW


async def test_an_invite_leads_to_its_hamlet_until_it_expires(store: SqlStorage, everything: Everything) -> None:
    until = NOW + timedelta(days=30)
    async with store.work() as work:
        await work.records.add_invite("h-K7QMX2PD", 4, until, 2, NOW)
        await work.records.add_invite("h-SPENT222", 4, until, 0, NOW)
        records = work.records
        assert await records.invite("h-K7QMX2PD", NOW) == Place(
            4, "Thôn Mẫu 2", "xã Mẫu, tỉnh Mẫu", "hamlet", "/1/2/4/"
        )
        assert await records.invite("h-K7QMX2PD", until) is CodeState.EXPIRED
        assert await records.invite("h-SPENT222", NOW) is CodeState.USED_UP
        assert await records.invite("h-NOBODY22", NOW) is CodeState.UNKNOWN
    assert "K7QMX2PD" not in await everything()


async def test_an_invite_of_a_role_says_which(store: SqlStorage) -> None:
    until = NOW + timedelta(days=30)
    async with store.work() as work:
        await work.records.add_invite("r-OFFICER2", 2, until, 1, NOW, RoleKind.OFFICER)
        commune = await work.records.place(2)
        assert commune is not None
        role = Role(RoleKind.OFFICER, commune)
        assert await work.records.invite("r-OFFICER2", NOW) == RoleInvite(role)
        assert await work.records.invite("r-OFFICER2", until) == RoleInvite(role, CodeState.EXPIRED)


async def test_a_heartbeat_tells_of_the_one_before(store: SqlStorage) -> None:
    async with store.work() as work:
        assert await work.records.heartbeat("telegram", NOW) is None
        assert await work.records.heartbeat("zalo", NOW) is None
    async with store.work() as work:
        assert await work.records.heartbeat("telegram", NOW + timedelta(hours=1)) == NOW
        assert await work.records.heartbeat("telegram", NOW) == NOW + timedelta(hours=1)
