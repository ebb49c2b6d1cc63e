"""What every kind of answer takes and gives."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogs.moves import Refusal
from bot.dialogs.screens import Choice, Expects, Layout, Say, say
from bot.scoring.model import Answer, Derived, Profile

KEYPAD_LIMIT = 8
"""Up to this number one taps; above it one types."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What is known while asking. `whole`: the m of a share that was already said."""

    profile: Profile
    whole: int | None = None
    derived: Derived | None = None
    """What the records say, for an indicator that is computed."""
    source: str = "records"
    """How they were counted: 'records' by decision, 'village' what the hamlet confirmed, 'clan' of its households."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The part of a question screen that depends on the kind of answer."""

    expects: Expects
    choices: tuple[Choice, ...] = ()
    layout: Layout = Layout.LIST
    hint: Say | None = None


@dataclass(frozen=True, slots=True)
class More:
    """Half an answer: of how many; the part is asked next."""

    whole: int


Reading = Answer | More | Refusal


def keypad(lowest: int, highest: int) -> tuple[Choice, ...]:
    """Choices for the numbers of a range, ids 'n-0', 'n-1' ..."""
    return tuple(Choice(f"n-{n}", say("answer.number", value=n)) for n in range(lowest, highest + 1))


def pressed_number(choice: str) -> int | None:
    """Read a keypad id; None when it is none."""
    head, _, digits = choice.partition("-")
    return int(digits) if head == "n" and digits.isdigit() and len(digits) < 7 else None
