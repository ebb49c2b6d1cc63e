"""Rolls and answers that were sent in as files."""

from __future__ import annotations

from typing import Protocol


class Imports(Protocol):
    """Rolls and answers that were sent in as files."""
