"""How far a hamlet is, and reminders: who is told what is a row of `news`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Date, bindparam, func, insert, select

from bot.dialogs.codec import encode_event
from bot.dialogs.events import SheetMoved
from bot.dialogs.facts import AssessmentState
from bot.dialogs.village.effects import Nudge, SetTarget
from bot.ports.village.watch import Watched, WatchedHousehold
from bot.scoring.model import SubjectKind
from storage.batch import Batch, Step
from storage.engine import Run
from storage.rows import insert_new, upsert
from storage.subjects import IS_MEMBER
from storage.tables import (
    account,
    answer,
    answer_history,
    assessment,
    invite,
    news,
    nudge,
    person_subject,
    place,
    review,
    subject,
    target,
)
from storage.types import Code, Moment, among
from storage.village import authority
from storage.village.roll_listing import IS_ON_ROLL, LINE, OF_YEAR, line_of

_HOUSEHOLD: Final = bindparam("household", type_=Code(SubjectKind))

_ROLL = (
    select(*LINE, assessment.c.state, assessment.c.set_id, assessment.c.set_version)
    .select_from(subject)
    .outerjoin(assessment, OF_YEAR)
    .where(subject.c.place_id == bindparam("place"), subject.c.kind == _HOUSEHOLD, *IS_ON_ROLL)
    .order_by(subject.c.sort_key, subject.c.id)
)
# What is corrected keeps its first time in the history; what was forgotten there still stands as an answer.
_FIRST_ANSWERS = tuple(
    select(table.c.assessment_id, func.min(table.c.at, type_=Moment))
    .where(among(table.c.assessment_id, "assessments"))
    .group_by(table.c.assessment_id)
    for table in (answer_history, answer)
)
_MOVES = (
    select(review.c.assessment_id, review.c.at, review.c.to_state)
    .where(among(review.c.assessment_id, "assessments"))
    .order_by(review.c.id)
)
_MEMBERS = (
    select(person_subject.c.subject_id, person_subject.c.person_id)
    .join(account, account.c.person_id == person_subject.c.person_id)
    .where(
        among(person_subject.c.subject_id, "subjects"),
        IS_MEMBER,
        account.c.blocked_at.is_(None),
        account.c.forgotten_at.is_(None),
        account.c.channel.not_in(bindparam("pull", expanding=True)),
    )
    .distinct()
    .order_by(person_subject.c.subject_id, person_subject.c.person_id)
)
_REMINDED = select(nudge.c.subject_id).where(
    among(nudge.c.subject_id, "subjects"), nudge.c.day == bindparam("day", type_=Date)
)
_NEWEST_SHEETS = (
    select(assessment.c.subject_id, func.max(assessment.c.id))
    .where(among(assessment.c.subject_id, "subjects"))
    .group_by(assessment.c.subject_id)
)
_TARGET = select(target.c.percent).where(
    target.c.place_id == bindparam("place"), target.c.year == bindparam("year"), target.c.kind == _HOUSEHOLD
)
_SERIAL = select(func.max(invite.c.serial)).where(
    invite.c.subject_id == bindparam("subject"),
    invite.c.serial > 0,
    invite.c.revoked_at.is_(None),
    invite.c.uses_left > 0,
    invite.c.expires_at > bindparam("now", type_=Moment),
)
_PATHS = select(place.c.id, place.c.path).where(among(place.c.id, "places"))
_SET_TARGET = upsert(target, "place_id", "year", "kind")
_REMIND = insert_new(nudge, "subject_id", "day")


class SqlWatch:
    """How far a hamlet is, and reminders; see ports.village."""

    def __init__(self, run: Run, pull_channels: tuple[str, ...] = ()) -> None:
        self._run = run
        self._pull = pull_channels

    async def watched(self, place_id: int, year: int, day: date) -> Watched:
        """Every household of a hamlet; see ports.village.Watch."""
        return await self._run(_watched, place_id, year, day, self._pull)

    async def serial(self, subject_id: int, now: datetime) -> int | None:
        """The serial of a household's code; see ports.village.Watch."""
        return await self._run(
            lambda connection: connection.execute(_SERIAL, {"subject": subject_id, "now": now}).scalar()
        )


def write(connection: Connection, batch: Batch) -> None:
    """Write what the turns decided about it.

    Raises: Conflict: the person is no village head there.
    """
    targets, nudges = batch.each(SetTarget), batch.each(Nudge)
    if not targets and not nudges:
        return
    decided: list[tuple[Step, SetTarget | Nudge]] = [*targets, *nudges]
    places = sorted({effect.place_id for _, effect in decided})
    paths: dict[int, str] = {row.id: row.path for row in connection.execute(_PATHS, {"places": places})}
    for step, each in decided:
        authority.require(step, paths.get(each.place_id, ""))
    _set_targets(connection, batch, targets)
    for step, effect in nudges:
        _nudge(connection, batch, step, effect)


def _watched(connection: Connection, place_id: int, year: int, day: date, pull: tuple[str, ...]) -> Watched:
    asked = {"place": place_id, "year": year, "household": SubjectKind.HOUSEHOLD}
    rows = connection.execute(_ROLL, {**asked, "pull": pull}).all()
    lines = [line_of(row[: len(LINE)]) for row in rows]
    sheets = {"assessments": [line.assessment_id for line in lines if line.assessment_id]}
    first = _first_answers(connection, sheets)
    moves: defaultdict[int, list[tuple[datetime, AssessmentState]]] = defaultdict(list)
    for assessment_id, at, state in connection.execute(_MOVES, sheets):
        moves[assessment_id].append((at, state))
    reminded = set(
        connection.execute(_REMINDED, {"subjects": [line.subject_id for line in lines], "day": day}).scalars()
    )
    households = tuple(
        WatchedHousehold(
            line,
            row.state,
            row.set_id,
            row.set_version,
            first.get(line.assessment_id),
            tuple(moves.get(line.assessment_id, ())),
            is_reminded=line.subject_id in reminded,
        )
        for line, row in zip(lines, rows, strict=True)
    )
    return Watched(households, connection.execute(_TARGET, asked).scalar())


def _first_answers(connection: Connection, sheets: Mapping[str, Sequence[int]]) -> Mapping[int, datetime]:
    first: dict[int, datetime] = {}
    for statement in _FIRST_ANSWERS:
        for assessment_id, at in connection.execute(statement, sheets):
            first[assessment_id] = min(at, first.get(assessment_id, at))
    return first


def _set_targets(connection: Connection, batch: Batch, targets: Sequence[tuple[Step, SetTarget]]) -> None:
    """Keep targets; of two for one place the later one holds."""
    rows: dict[int, dict[str, Any]] = {}
    for step, effect in targets:
        if not 0 < effect.percent <= 100:
            step.conflict(f"{effect.percent} is no target in percent")
        rows[effect.place_id] = {
            "place_id": effect.place_id,
            "year": batch.today.year,
            "kind": SubjectKind.HOUSEHOLD,
            "percent": effect.percent,
            "person_id": step.person_id,
            "at": batch.now,
        }
        batch.note(step, "target.set")
    if rows:
        connection.execute(_SET_TARGET[connection.dialect.name], list(rows.values()))


def _nudge(connection: Connection, batch: Batch, step: Step, effect: Nudge) -> None:
    """Remind who has not handed in; the row of the day is what lets only one reminder through."""
    day = effect.day or batch.today
    watched = _watched(connection, effect.place_id, batch.today.year, day, batch.pull_channels)
    wanted = {
        each.line.subject_id: each.line.assessment_id
        for each in watched.households
        if each.is_missing and each.line.is_reachable and not each.is_reminded
    }
    if not wanted:
        return
    rows = [{"subject_id": each, "day": day, "person_id": step.person_id, "at": batch.now} for each in sorted(wanted)]
    statement = _REMIND[connection.dialect.name].returning(nudge.c.subject_id)
    taken = sorted(connection.execute(statement, rows).scalars())
    if not taken:
        return
    members = connection.execute(_MEMBERS, {"subjects": taken, "pull": batch.pull_channels}).all()
    # Where this year's is not begun, the way leads by the newest one: a new year's sheet is opened on it.
    begun = {subject_id: wanted[subject_id] for subject_id in taken if wanted[subject_id]}
    older = {
        row[0]: row[1] for row in connection.execute(_NEWEST_SHEETS, {"subjects": sorted(set(taken) - set(begun))})
    }
    connection.execute(
        insert(news),
        [
            {
                "person_id": person_id,
                "event": encode_event(SheetMoved(begun.get(subject_id) or older.get(subject_id, 0), effect.told)),
                "assessment_id": begun.get(subject_id),
                "is_reminder": True,
                "created_at": batch.now,
                "due_at": effect.due_at,
            }
            for subject_id, person_id in members
        ],
    )
    batch.note(step, "household.nudged")
