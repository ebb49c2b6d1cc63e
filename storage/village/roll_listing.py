"""The roll as a list: which state each subject is in this year, and a page of them.

Two statements: one goes through the hamlet by its index and brings a few values a line, so that states are counted and
letters looked for here, by the very rules they are folded by; the other brings the lines of the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    null,
    or_,
    select,
)

from bot.dialogs.understanding import fold
from bot.dialogs.village.facts import HouseholdLine, HouseholdPage, HouseholdQuery, HouseholdState
from bot.scoring.model import SubjectKind
from storage.subjects import IS_MEMBER
from storage.tables import account, answer, assessment, difference, person_subject, review, subject
from storage.types import Code, among

UNFINISHED: Final = (HouseholdState.UNANSWERED, HouseholdState.ANSWERING)
"""States that a village head still has to collect."""

IS_ON_ROLL: Final[tuple[ColumnElement[bool], ...]] = (subject.c.left_on.is_(None), subject.c.merged_into.is_(None))
"""Whether a subject is listed: it has neither moved away nor turned out to be another."""

_AS_COUNTED: Final = re.compile(r"0*([0-9]+)\Z")


def _one_of(*states: str) -> ColumnElement[bool]:
    return assessment.c.state.in_([literal_column(f"'{state}'") for state in states])


_same_year = assessment.alias("same_year")
OF_YEAR: Final[ColumnElement[bool]] = assessment.c.id == (
    select(func.max(_same_year.c.id))
    .where(_same_year.c.subject_id == subject.c.id, _same_year.c.year == bindparam("year"))
    .correlate(subject)
    .scalar_subquery()
)  # fmt: skip
"""Which assessment is a subject's of the year asked for; to be joined by."""

_OPEN_DIFFERENCES: Final = (difference.c.assessment_id == assessment.c.id, difference.c.decided_at.is_(None))

STATE: Final[ColumnElement[HouseholdState]] = case(
    (_one_of("confirmed", "appraised", "recognised", "not_recognised"), literal_column("'confirmed'")),
    (or_(_one_of("returned"), exists().where(*_OPEN_DIFFERENCES)), literal_column("'to_check'")),
    (_one_of("handed_in"), literal_column("'handed_in'")),
    (exists().where(answer.c.assessment_id == assessment.c.id), literal_column("'answering'")),
    else_=literal_column("'unanswered'"),
)
"""Where the subject stands in the eyes of the village head; of a row joined by `OF_YEAR`."""

_IS_REACHABLE: Final[ColumnElement[bool]] = exists().where(
    person_subject.c.subject_id == subject.c.id,
    IS_MEMBER,
    account.c.person_id == person_subject.c.person_id,
    account.c.blocked_at.is_(None),
    account.c.forgotten_at.is_(None),
    account.c.channel.not_in(bindparam("pull", expanding=True)),
)

LINE: Final[tuple[ColumnElement[Any], ...]] = (
    subject.c.id,
    subject.c.name,
    subject.c.roll_number,
    subject.c.roll_group,
    STATE,
    func.coalesce(assessment.c.id, 0),
    case((assessment.c.is_complete, assessment.c.title_id), else_=null()),
    _one_of("handed_in") & exists().where(review.c.assessment_id == assessment.c.id, review.c.to_state == "returned"),
    _IS_REACHABLE,
    select(func.count()).select_from(difference).where(*_OPEN_DIFFERENCES).correlate(assessment).scalar_subquery(),
)
"""What `line_of` reads, in its order."""

_ROLL: Final = (
    select(subject.c.id, STATE).select_from(subject)
    .outerjoin(assessment, OF_YEAR)
    .where(
        subject.c.place_id == bindparam("place"), subject.c.kind == bindparam("kind", type_=Code(SubjectKind)),
        *IS_ON_ROLL,
    )
    .order_by(subject.c.sort_key, subject.c.id)
)  # fmt: skip
_SEARCHED: Final = _ROLL.add_columns(subject.c.folded, subject.c.roll_number)
_LINES: Final = select(*LINE).select_from(subject).outerjoin(assessment, OF_YEAR).where(among(subject.c.id, "subjects"))


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of every line of the roll."""

    id: int
    state: HouseholdState
    folded: str = ""
    number: str = ""


def households(connection: Connection, query: HouseholdQuery, year: int, pull_channels: Sequence[str]) -> HouseholdPage:
    """Return a page of a hamlet's roll; see ports.village."""
    statement: Select[Any] = _SEARCHED if query.text else _ROLL
    parameters = {"place": query.place_id, "kind": query.kind, "year": year}
    roll = [_known(row) for row in connection.execute(statement, parameters)]
    matching = [line.id for line in _found(roll, query.text) if _is_wanted(line, query)]
    first = query.page * query.page_size
    return HouseholdPage(
        lines=lines_of(connection, matching[first : first + query.page_size], year, pull_channels),
        total=len(matching),
        counts=Counter(line.state for line in roll),
        next_unfinished=_next_unfinished(roll, query.after),
        ids=tuple(line.id for line in roll),
    )


def lines_of(
    connection: Connection, subject_ids: Sequence[int], year: int, pull_channels: Sequence[str]
) -> tuple[HouseholdLine, ...]:
    """Return the lines of subjects, in the order of their ids as given."""
    if not subject_ids:
        return ()
    parameters = {"subjects": list(subject_ids), "year": year, "pull": list(pull_channels)}
    lines = {line.subject_id: line for line in map(line_of, connection.execute(_LINES, parameters))}
    return tuple(lines[each] for each in subject_ids if each in lines)


def line_of(columns: Sequence[Any]) -> HouseholdLine:
    """Read a line from the values of `LINE`."""
    subject_id, name, number, group, state, assessment_id, title_id, is_changed, is_reachable, differences = columns
    return HouseholdLine(
        subject_id, name, number, group, HouseholdState(state), assessment_id, title_id,
        bool(is_changed), bool(is_reachable), differences,
    )  # fmt: skip


def _known(columns: Sequence[Any]) -> _Known:
    subject_id, state, *searched = columns
    return _Known(subject_id, HouseholdState(state), *searched)


def _found(roll: Sequence[_Known], text: str) -> Sequence[_Known]:
    """The lines in which every word of a text stands; a number means the line of that number first of all."""
    words = fold(text).split()
    if not words:
        return roll
    numbered = _AS_COUNTED.match(words[0]) if len(words) == 1 else None
    if numbered is not None:
        exact = [line for line in roll if _counted(line.number) == numbered[1]]
        if exact:
            return exact
    return [line for line in roll if all(word in line.folded for word in words)]


def _counted(number: str) -> str:
    """The last digits of a number without zeros in front: '17' of '017' and of 'H-17'."""
    found = re.search(r"0*([0-9]+)\D*\Z", number)
    return found[1] if found is not None else ""


def _is_wanted(line: _Known, query: HouseholdQuery) -> bool:
    return line.id != query.but and (query.state is None or line.state is query.state)


def _next_unfinished(roll: Sequence[_Known], after: int) -> int:
    here = next((index for index, line in enumerate(roll) if line.id == after), -1)
    order = (*roll[here + 1 :], *roll[: max(here, 0)])
    return next((line.id for line in order if line.state in UNFINISHED), 0)
