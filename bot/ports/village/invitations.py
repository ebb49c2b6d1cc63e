"""Roles and their codes, codes of households."""

from __future__ import annotations

from typing import Protocol


class Invitations(Protocol):
    """Roles and their codes, codes of households."""
