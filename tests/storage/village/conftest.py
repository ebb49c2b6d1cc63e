from __future__ import annotations

import pytest

from storage import SqlStorage
from tests.storage.conftest import Execute
from tests.storage.village.rolls import Rolls


@pytest.fixture
async def rolls(store: SqlStorage, execute: Execute) -> Rolls:
    """The roll of the first hamlet, with its head."""
    made = Rolls(store, execute)
    await made.head()
    return made
