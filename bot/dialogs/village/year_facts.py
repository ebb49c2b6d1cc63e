"""This year beside the last, as the rooms of the village are told of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bot.scoring.model import Text
from bot.scoring.years import YearComparison


@dataclass(frozen=True, slots=True)
class YearResult:
    """What came of a year, by the rules of that year, as it is kept."""

    year: int
    verdict: Text
    """The title, or what it is called when none is reached."""
    total: Decimal | None = None
    """None in a set judged by levels, or where no decimal holds it."""
    max_total: Decimal = Decimal(0)
    is_finished: bool = True
    """Whether it was handed in, or this year has no open question left."""
    is_recognised: bool = False
    is_provisional: bool = False
    """Whether nobody has confirmed it yet."""


@dataclass(frozen=True, slots=True)
class ComparedYears:
    """One subject in two years."""

    subject_id: int
    name: str
    number: str
    is_own: bool
    """Whether the person who asks is one of those it is about."""
    before: YearResult | None
    after: YearResult | None
    comparison: YearComparison | None = None
    """None unless both years have a sheet and their rules are here."""
    is_computed_otherwise: bool = False
    """Whether the earlier year's points, by what the household tells of itself today, are not those that are kept."""


@dataclass(frozen=True, slots=True)
class YearTurn:
    """A household that gained or lost the title."""

    subject_id: int
    name: str
    number: str
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True, slots=True)
class YearChanges:
    """Who gained or lost the title since last year, in the order of the roll; and how many kept it."""

    place_id: int
    place: str
    year: int
    gained: tuple[YearTurn, ...] = ()
    lost: tuple[YearTurn, ...] = ()
    kept: int = 0
    never: int = 0
    """Households that have it in neither year."""
    unfinished: int = 0
    """Households with a finished sheet of last year and none of this one yet."""
    new: int = 0
    """Households without a finished sheet of last year, that have one this year."""
    has_other_rules: bool = False
    """Whether this year's rules are not last year's for any of them."""

    @property
    def compared(self) -> int:
        """Households with both."""
        return len(self.gained) + len(self.lost) + self.kept + self.never
