"""Sheets that a village head works on for others: opening them, answers by two sides, one answer for many."""

from __future__ import annotations

from typing import Protocol


class Visits(Protocol):
    """Sheets that a village head works on for others: opening them, answers by two sides, one answer for many."""
