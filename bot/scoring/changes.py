"""One thing in which two sets differ, as a value with a reason to be worded elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.scoring.model import Text
from bot.scoring.reasons import Reason, ReasonValue


class Aspect(StrEnum):
    """What kind of difference it is; what changes results comes first."""

    JUDGING = "judging"
    """How the set is judged as a whole, and its total."""
    TITLE = "title"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    """To another criterion."""
    POINTS = "points"
    KIND = "kind"
    """How an indicator is answered."""
    THRESHOLD = "threshold"
    """What an answer is worth, or from where on."""
    CONDITION = "condition"
    """To whom it applies, and what it is worth where it does not."""
    ORDER = "order"
    EVIDENCE = "evidence"
    SOURCE = "source"
    """Article, provenance, day of the last check."""
    WORDING = "wording"


CHANGES_NO_RESULT = frozenset({Aspect.ORDER, Aspect.EVIDENCE, Aspect.SOURCE, Aspect.WORDING})


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. The ids say where it is, `name` is what people call that place; None for the set itself."""

    aspect: Aspect
    reason: Reason
    name: Text | None = None
    criterion: str | None = None
    indicator: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """The place of a set that changes are noted for."""

    name: Text | None = None
    criterion: str | None = None
    indicator: str | None = None
    title: str | None = None

    def change(self, aspect: Aspect, code: str, **params: ReasonValue) -> Change:
        """Note a change here; its sentence gets the name of the place, where it has one."""
        named: dict[str, ReasonValue] = {} if self.name is None else {"name": self.name}
        reason = Reason(f"scoring.change.{code}", {**named, **params})
        return Change(aspect, reason, self.name, self.criterion, self.indicator, self.title)

    def shift(
        self, aspect: Aspect, code: str, old: Decimal | int | None, new: Decimal | int | None
    ) -> Iterator[Change]:
        """Note that a number became another one, or came or went; nothing where it stayed."""
        if old == new:
            return
        if old is None:
            yield self.change(aspect, f"{code}_set", new=_known(new))
        elif new is None:
            yield self.change(aspect, f"{code}_dropped", old=old)
        else:
            yield self.change(aspect, code, old=old, new=new)

    def switch(self, aspect: Aspect, *, old: bool, new: bool, on: str, off: str) -> Iterator[Change]:
        """Note that something began to hold, or no longer does."""
        if old is not new:
            yield self.change(aspect, on if new else off)


def _known(value: Decimal | int | None) -> Decimal | int:
    return Decimal(0) if value is None else value
