"""Updates come in once, in order, one at a time per person."""

from __future__ import annotations

from datetime import timedelta

from bot.dialogs.events import Pressed, Resumed
from bot.ports import Settled
from storage import SqlStorage
from storage.tables import account, inbox, person
from tests.storage.conftest import Rows
from tests.support.turns import LEASE, NOW, deliver, show, take, turn, update


async def test_an_update_that_comes_again_is_not_stored_again(store: SqlStorage, rows: Rows) -> None:
    async with store.work() as work:
        assert await work.inbox.add([update(1), update(2), update(1)], NOW) == 2
        assert await work.inbox.add([update(2), update(3)], NOW) == 1
    assert [row["update_id"] for row in await rows(inbox)] == ["1", "2", "3"]
    assert len(await rows(account)) == len(await rows(person)) == 1
