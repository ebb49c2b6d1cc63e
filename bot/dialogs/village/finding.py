"""What is looked for in the roll by what was typed: letters of a name, or a household's number."""

from __future__ import annotations

import re

from bot.dialogs.events import Event, Typed
from bot.dialogs.placing import LONGEST_QUERY
from bot.dialogs.screens import Say, Screen, say
from bot.dialogs.understanding import fold, read_command, read_name
from bot.dialogs.village.facts import HouseholdLine, HouseholdState

_NUMBERED = re.compile(r"(?P<called>ho so |so ho |ho |nha so )?(?P<digits>[0-9]{1,6})")
_STATES = {
    HouseholdState.UNANSWERED: ("chua tra loi", "chua lam", "not answered", "unanswered"),
    HouseholdState.ANSWERING: ("dang lam", "dang tra loi", "lam do", "begun", "answering"),
    HouseholdState.HANDED_IN: ("da nop", "nop roi", "handed in"),
    HouseholdState.TO_CHECK: ("can xem lai", "xem lai", "to check", "to look at"),
    HouseholdState.CONFIRMED: ("da xac nhan", "xac nhan roi", "confirmed"),
}
_ALL = ("tat ca", "xem tat ca", "tat ca cac ho", "het", "all", "everyone")


def sought(text: str) -> str | None:
    """The letters or the number that a text looks for; None for what looks for nobody."""
    said = fold(text[: 2 * LONGEST_QUERY])
    numbered = _NUMBERED.fullmatch(said)
    if numbered is not None:
        return numbered["digits"]
    if not 0 < len(text.strip()) <= LONGEST_QUERY or read_name(text) is None:
        return None
    return text.strip()


def sought_by(event: Event) -> str | None:
    """The same of an event."""
    return sought(event.text) if isinstance(event, Typed) else None


def is_place_on(screen: Screen, text: str) -> bool:
    """Whether a text is the number of a choice on the screen rather than that of a household."""
    numbered = _NUMBERED.fullmatch(fold(text[:LONGEST_QUERY]))
    if numbered is None or numbered["called"] or numbered["digits"].startswith("0"):
        return False
    return int(numbered["digits"]) <= len(screen.choices)


def is_other(text: str) -> bool:
    """Whether a text is a command, and nobody's name."""
    return read_command(text) is not None and read_name(text) is None


def state_meant(text: str) -> HouseholdState | str | None:
    """The state that words name; 'all' for every one; None for other words."""
    said = fold(text[:LONGEST_QUERY]).strip(" .!")
    if said in _ALL:
        return "all"
    return next((state for state, words in _STATES.items() if said in words), None)


def labelled(line: HouseholdLine) -> Say:
    """A line of the list as a choice: '017 Nguyễn Văn An · chưa trả lời'."""
    state = state_of(line)
    if line.number:
        return say("roll.line", number=line.number, name=called(line), state=state)
    return say("roll.line_alone", name=called(line), state=state)


def state_of(line: HouseholdLine) -> Say:
    """The state of a line in words."""
    return say("roll.state.changed" if line.is_changed and not line.differences else f"roll.state.{line.state}")


def called(line: HouseholdLine) -> str | Say:
    """What a line is called; somebody whose data was removed has no name any more."""
    return line.name or say("roll.nameless")


def subject_id_of(choice: str) -> int:
    """Read the subject of a choice 's-12'; 0 when it is none."""
    head, _, digits = choice.partition("-")
    return int(digits) if head == "s" and digits.isascii() and digits.isdigit() and len(digits) < 12 else 0
