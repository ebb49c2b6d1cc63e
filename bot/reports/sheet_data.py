"""What a score sheet says, already worded: the one input of the card, the PDF and the DOCX."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bot.scoring.model import Standing, SubjectKind

Translate = Callable[[str, Mapping[str, str | date]], str]
"""(code of bot.messages.reports, parameters) -> the sentence in the document's locale; it words the dates too."""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One indicator as it is printed."""

    number: str
    """As people count: '1.1'."""
    name: str
    question: str
    answer: str
    """'Có', '2/3 (66,7%)', 'Chưa trả lời'."""
    points: str
    """'10', or 'Đạt' in a set judged by levels."""
    max_points: str | None
    """None in a set judged by levels."""
    reason: str
    article: str


@dataclass(frozen=True, slots=True)
class SheetCriterion:
    """One criterion with its lines."""

    number: str
    title: str
    points: str
    max_points: str | None
    reached: Fraction
    """How much of it is reached, 0 to 1; the length of its bar."""
    lines: tuple[SheetLine, ...]


@dataclass(frozen=True, slots=True)
class SheetDocument:
    """One subject's sheet for one year; every text is worded for `locale`, only the fixed labels are added later."""

    locale: str
    kind: SubjectKind
    title: str
    """The title striven for, as the set is called: 'Gia đình học tập'."""
    subject_name: str
    """As a household likes to be called, or the name of a unit or a place."""
    place: str
    """Where it is, in one line; empty for what lies in nothing else."""
    year: int
    standing: Standing
    issuing_document: str
    valid_from: date
    """First day on which these rules count."""
    valid_until: date | None
    criteria: tuple[SheetCriterion, ...]
    total: str
    max_total: str | None
    total_text: str
    """The total in words: '87/100 điểm'."""
    reached: Fraction
    """How much of the whole is reached, 0 to 1."""
    result: str
    """The provisional title, or what the set calls not reaching any, or between which titles the text names none."""
    is_title_reached: bool
    way_up: tuple[str, ...]
    """Whole sentences: what would be reached, then its steps, the easiest first; empty when there is nothing higher."""
    handed_in_on: date | None
    """None while it is a draft."""
    printed_on: date
    told: tuple[str, ...] = ()
    """What the subject told of itself: '3 người lớn', 'Trường công lập'."""
    level: int | None = None
    """Of a set judged by levels, the level that is counted; None in a points set."""
    result_means: str | None = None
    """Why there is no title, where the reason is the rules' own."""
    state: str | None = None
    """How far it has come, where that is more than handed in or not."""
    check_code: str | None = None
    note: str | None = None
    """What is still open, and what the set says of itself."""


def out_of(points: str, max_points: str | None) -> str:
    """Word points as the sheet prints them: '7/10', or '7' where there is no maximum."""
    return points if max_points is None else f"{points}/{max_points}"


def state_words(document: SheetDocument, translate: Translate) -> str:
    """Word how far the sheet has come."""
    if document.state is not None:
        return document.state
    if document.handed_in_on is None:
        return translate("report.state.draft", {})
    return translate("report.state.handed_in", {"date": document.handed_in_on})
