"""How far a hamlet is, this year against the last, reminders, and news for persons."""

from __future__ import annotations

from typing import Protocol


class Watch(Protocol):
    """How far a hamlet is, this year against the last, reminders, and news for persons."""
