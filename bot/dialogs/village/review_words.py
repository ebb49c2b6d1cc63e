"""What several rooms of the review say alike: titles, marks, authors, reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from bot.dialogs.kinds import answer_words
from bot.dialogs.moves import Refusal
from bot.dialogs.screens import Choice, Say, say
from bot.dialogs.understanding import read_command
from bot.dialogs.village.facts import SaidAnswer, Side
from bot.dialogs.village.review_facts import ReviewedSheet, ReviewLine
from bot.scoring.applicability import applicable
from bot.scoring.model import Answer, Indicator, SubjectKind, Text

LONGEST_REASON: Final = 300
SHEETS_A_PAGE: Final = 6
KNOWN_CHANNELS: Final = frozenset(("telegram", "web", "zalo", "terminal", "excel"))

RETURNING: Final = ("check", "evidence", "changed")
"""Reasons for returning a question that are ready to be tapped; each a text 'review.reason.<name>'."""
DECIDING: Final = ("asked", "papers", "records")
"""Reasons for keeping one of two answers; each a text 'differing.reason.<name>'."""

_READY: Final = frozenset(
    (*(f"review.reason.{name}" for name in RETURNING), *(f"differing.reason.{name}" for name in DECIDING))
)


def by_title(lines: Iterable[ReviewLine]) -> Iterator[Say]:
    """Count sheets by what they would get, in the order of the list."""
    counts = Counter((line.kind, title_words(line)) for line in lines)
    order = tuple(SubjectKind)
    for (kind, title), count in sorted(counts.items(), key=lambda item: (order.index(item[0][0]), -item[1])):
        yield say("review.by_title", count=count, kind=say(f"sheets.kind.{kind}"), title=title)


def title_words(line: ReviewLine) -> Text | Say:
    """The provisional title of a sheet, or what not reaching any is called."""
    if not line.is_complete:
        return say("review.not_complete")
    return line.title or line.not_reached or say("review.no_title")


def name_words(line: ReviewLine) -> Say | Text:
    """A subject as it is listed, by its number of the roll and its name."""
    if not line.number:
        return say("review.name", name=line.name)
    return say("review.numbered_name", number=line.number, name=line.name)


def marks(line: ReviewLine) -> tuple[Say, ...]:
    """Why a sheet may want a look; nothing of it is a reproach."""
    found = [say(f"review.mark.{signal}") for signal in line.signals]
    if line.is_changed:
        found.insert(0, say("review.mark.changed"))
    if line.differences:
        found.insert(0, say("review.mark.differences", count=line.differences))
    if not line.is_complete:
        found.insert(0, say("review.mark.incomplete"))
    if line.is_sampled:
        found.append(say("review.mark.sampled"))
    return tuple(found)


def line_words(number: int, line: ReviewLine) -> Say:
    """A sheet in the list, with its title and its marks."""
    said = say("review.line", number=number, name=name_words(line), title=title_words(line))
    for mark in marks(line):
        said = say("review.marked", line=said, mark=mark)
    return said


def sheet_choices(lines: Sequence[ReviewLine], page: int) -> tuple[Choice, ...]:
    """A page of sheets to be opened, and the way to the others."""
    start = page * SHEETS_A_PAGE
    choices = [Choice(f"s-{each.assessment_id}", name_words(each)) for each in lines[start : start + SHEETS_A_PAGE]]
    if start + SHEETS_A_PAGE < len(lines):
        choices.append(Choice("more", say("review.more")))
    if page:
        choices.append(Choice("first", say("review.first")))
    return tuple(choices)


def numbers_of(sheet: ReviewedSheet) -> Mapping[str, int]:
    """The number of each question that applies, as its people count them: {indicator: number}."""
    criteria = sheet.criteria
    if criteria is None:
        return {}
    return {indicator.id: number for number, indicator in enumerate(applicable(criteria, sheet.profile), 1)}


def said_words(indicator: Indicator | None, answer: Answer | None) -> Say | Text:
    """An answer in words; of a question that is gone, that it is."""
    return say("answer.none") if indicator is None else answer_words(indicator.rule, answer)


def author(said: SaidAnswer) -> Say:
    """Who answered, through which channel, and when."""
    channel = said.channel if said.channel in KNOWN_CHANNELS else "other"
    code = "review.by.subject" if said.side is Side.SUBJECT else "review.by.head"
    return say(code, person=said.person, channel=say(f"review.channel.{channel}"), at=said.at)


def ready_reasons(kind: str, names: Sequence[str]) -> tuple[Choice, ...]:
    """Reasons that are ready to be tapped."""
    return tuple(Choice(f"r-{name}", say(f"{kind}.reason.{name}.label")) for name in names)


def reason_words(reason: str) -> Say:
    """A kept reason in words: one that was ready, or what was typed."""
    return say(reason) if reason in _READY else say("text.plain", text=reason)


def read_reason(text: str, too_long: Say, not_understood: Say) -> str | Refusal:
    """Take a typed reason; a command is none."""
    reason = " ".join(text.split())
    if len(reason) > LONGEST_REASON:
        return Refusal(too_long, is_final=True)
    is_command = read_command(reason) is not None
    return Refusal(not_understood) if is_command or not any(c.isalpha() for c in reason) else reason
