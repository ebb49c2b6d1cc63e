"""Places that subjects belong to and roles are for, and pages of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A place that subjects belong to, with the places above it as one line: 'xã Mẫu, tỉnh Mẫu'."""

    id: int
    name: str
    within: str
    level: str = "hamlet"
    """'province', 'district' (until 30 June 2025), 'commune' or 'hamlet'."""
    path: str = ""
    """The ids from the root to this place, each between slashes: '/1/2/7/'; what lies below a place begins with its."""
    is_difficult_area: bool = False
    """Whether it, or a place it lies in, is set down as a remote, ethnic-minority or specially difficult area."""

    def holds(self, other: Place) -> bool:
        """Whether another place is this one or lies below it."""
        return bool(self.path) and other.path.startswith(self.path)


@dataclass(frozen=True, slots=True)
class PlacePage:
    """A page of places that match the asked letters."""

    places: tuple[Place, ...]
    has_more: bool
    total: int
