"""The village's review: sheets that wait, differing answers, samples, meetings."""

from __future__ import annotations

from typing import Protocol


class Reviews(Protocol):
    """The village's review: sheets that wait, differing answers, samples, meetings."""
