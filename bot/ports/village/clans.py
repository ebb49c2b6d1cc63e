"""Clans and their member households."""

from __future__ import annotations

from typing import Protocol


class Clans(Protocol):
    """Clans and their member households."""
