"""What goes wrong in scoring that is nobody's answer: broken files and rules that are not in force."""

from __future__ import annotations

from datetime import date


class ScoringError(Exception):
    """Anything raised by the scoring package."""


class CriteriaNotInForce(ScoringError):  # noqa: N818 - the name is the fact
    """The set must not be used on that day."""

    def __init__(self, set_id: str, on: date, valid_from: date, valid_until: date | None) -> None:
        self.set_id = set_id
        self.on = on
        until = f"to {valid_until}" if valid_until else "on"
        super().__init__(
            f"{set_id} is not in force on {on}: it is in force from {valid_from} {until}. Use a set of that day."
        )


class StructureOnly(ScoringError):  # noqa: N818 - the name is the fact
    """The points of the set are not known, so nothing can be scored by it."""

    def __init__(self, set_id: str) -> None:
        self.set_id = set_id
        super().__init__(f"{set_id} holds only the structure of its rules. Adopt it with points before scoring by it.")


class BrokenCriteria(ScoringError):  # noqa: N818 - the name is the fact
    """A criteria file that ships with the package cannot be read."""
