"""Ready messages with a household's link and code, to be forwarded to those whom no channel can write to."""

from __future__ import annotations

from bot.dialogs import navigation
from bot.dialogs.facts import Facts
from bot.dialogs.screens import Choice, Paragraph, Say, Screen, Tone, say
from bot.dialogs.session import Session
from bot.dialogs.village.effects import IssueHouseholdCodes
from bot.dialogs.village.facts import HouseholdLine, Progress

_IN_A_GROUP = 5
"""Signs of a code that are read together, as on the printed cards."""


def draw(session: Session, page: int, progress: Progress, facts: Facts) -> Screen:
    """Show the message of one household; what is to be forwarded stands apart from what is said about it."""
    if page >= len(progress.unreachable):
        return Screen(session.revision, "progress", (Paragraph(say("forward.none")),), (), (navigation.BACK,))
    line = progress.unreachable[page]
    how = say("forward.how", number=page + 1, total=len(progress.unreachable))
    lines = [Paragraph(how, Tone.QUIET), Paragraph(_message(line, progress, facts))]
    if facts.web_address and progress.code:
        lines.append(Paragraph(say("forward.link", address=link(facts.web_address, progress.code)), Tone.LINK))
    choices: tuple[Choice, ...] = (Choice("card", say("forward.card")),)
    if page + 1 < len(progress.unreachable):
        choices = (Choice("more", say("forward.next")), *choices)
    elif page:
        choices = (Choice("first", say("register.hamlet_first")), *choices)
    return Screen(session.revision, "progress", tuple(lines), choices, (navigation.BACK,))


def link(web_address: str, code: str) -> str:
    """Return the address that leads a household to its own sheet."""
    return f"{web_address.rstrip('/')}/m/{code}"


def code_for(line: HouseholdLine) -> IssueHouseholdCodes:
    """Give out the code that a household's message needs, unless it has one that works."""
    return IssueHouseholdCodes((line.subject_id,))


def _message(line: HouseholdLine, progress: Progress, facts: Facts) -> Say:
    if not progress.code:
        return say("forward.no_code", name=line.name)
    return say(
        "forward.message" if facts.web_address else "forward.message_without_link",
        name=line.name,
        place=progress.place,
        year=str(progress.year),
        code=" ".join(progress.code[at : at + _IN_A_GROUP] for at in range(0, len(progress.code), _IN_A_GROUP)),
    )
