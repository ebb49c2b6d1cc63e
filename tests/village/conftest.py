"""The desk and the office of the services, and what is in the database behind their back."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.ports import Storage
from tests.services.conftest import clock, desk, office, sample_template, store
from tests.village.rows import Rows, Write, reader, writer

__all__ = ["clock", "desk", "office", "rows", "sample_template", "store", "write"]


@pytest.fixture
def rows(store: Storage, tmp_path: Path) -> Rows:
    return reader(f"sqlite:///{tmp_path / 'test.db'}")


@pytest.fixture
def write(store: Storage, tmp_path: Path) -> Write:
    return writer(f"sqlite:///{tmp_path / 'test.db'}")
