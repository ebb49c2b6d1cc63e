"""The roll of a hamlet, and what is done to it."""

from __future__ import annotations

from typing import Protocol


class Roll(Protocol):
    """The roll of a hamlet, and what is done to it."""
