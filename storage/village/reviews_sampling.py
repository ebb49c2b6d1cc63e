"""Re-check samples and village meetings, as they were decided."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Date, bindparam, insert, or_, select, update

from bot.dialogs.facts import AssessmentState
from bot.dialogs.village.effects import DrawSample, RecordMeeting, RecordRecheck
from bot.dialogs.village.sampling import draw_sample
from bot.scoring.model import SubjectKind
from storage.batch import Batch, Step
from storage.rows import add_rows
from storage.tables import assessment, meeting, place, sample, sample_sheet, subject
from storage.types import Moment, among
from storage.village import authority

_PATHS = select(place.c.id, place.c.path).where(among(place.c.id, "places"))
_ELIGIBLE = (
    select(assessment.c.id)
    .join(subject, subject.c.id == assessment.c.subject_id)
    .where(
        subject.c.place_id == bindparam("place"),
        subject.c.kind == SubjectKind.HOUSEHOLD,
        or_(subject.c.left_on.is_(None), subject.c.left_on > bindparam("today", type_=Date)),
        assessment.c.year == bindparam("year"),
        assessment.c.state.in_((AssessmentState.HANDED_IN, AssessmentState.CONFIRMED)),
    )
    .order_by(assessment.c.id)
)
_DRAWN_PATHS = (
    select(assessment.c.id, assessment.c.subject_id, place.c.path)
    .join(subject, subject.c.id == assessment.c.subject_id)
    .join(place, place.c.id == subject.c.place_id)
    .where(among(assessment.c.id, "assessments"))
)
_CHECK = (
    update(sample_sheet)
    .where(sample_sheet.c.assessment_id == bindparam("assessment"), sample_sheet.c.checked_at.is_(None))
    .values(checked_at=bindparam("now", type_=Moment), agrees=bindparam("same"), person_id=bindparam("person"))
)


def write(connection: Connection, batch: Batch) -> None:
    """Write samples, re-checks and meetings.

    Raises: Conflict: the person is no village head there, or there is nothing to draw or to check.
    """
    samples, meetings, rechecks = batch.each(DrawSample), batch.each(RecordMeeting), batch.each(RecordRecheck)
    if samples or meetings:
        decided: list[tuple[Step, DrawSample | RecordMeeting]] = [*samples, *meetings]
        wanted = sorted({effect.place_id for _, effect in decided})
        paths: dict[int, str] = {row[0]: row[1] for row in connection.execute(_PATHS, {"places": wanted})}
        for step, effect in decided:
            authority.require(step, paths.get(effect.place_id, ""))
        for step, drawn in samples:
            _draw(connection, batch, step, drawn)
        _keep_meetings(connection, batch, meetings)
    _check(connection, batch, rechecks)


def _draw(connection: Connection, batch: Batch, step: Step, effect: DrawSample) -> None:
    year = batch.today.year
    wanted = {"place": effect.place_id, "year": year, "today": batch.today}
    eligible: Sequence[int] = connection.execute(_ELIGIBLE, wanted).scalars().all()
    drawn = draw_sample(eligible, effect.size, effect.seed)
    if not drawn:
        step.conflict(f"place {effect.place_id} has no sheets to draw from")
    row = {
        "place_id": effect.place_id,
        "year": year,
        "size": len(drawn),
        "of": len(eligible),
        "seed": effect.seed,
        "person_id": step.person_id,
        "drawn_at": batch.now,
    }
    (sample_id,) = add_rows(connection, sample, [row])
    connection.execute(insert(sample_sheet), [{"sample_id": sample_id, "assessment_id": each} for each in drawn])
    batch.note(step, "sample.drawn")


def _check(connection: Connection, batch: Batch, rechecks: Sequence[tuple[Step, RecordRecheck]]) -> None:
    if not rechecks:
        return
    ids = {"assessments": sorted({effect.assessment_id for _, effect in rechecks})}
    found = {row.id: row for row in connection.execute(_DRAWN_PATHS, ids)}
    for step, effect in rechecks:
        row = found.get(effect.assessment_id)
        authority.require(step, row.path if row is not None else "")
        checked = connection.execute(
            _CHECK,
            {
                "assessment": effect.assessment_id,
                "now": batch.now,
                "same": effect.agrees,
                "person": step.person_id,
            },
        )
        if not checked.rowcount:
            step.conflict(f"assessment {effect.assessment_id} waits for no re-check")
        subject_id = row.subject_id if row is not None else None
        batch.note(step, "sample.checked", subject_id=subject_id, assessment_id=effect.assessment_id)


def _keep_meetings(connection: Connection, batch: Batch, meetings: Sequence[tuple[Step, RecordMeeting]]) -> None:
    rows = [
        {
            "place_id": effect.place_id,
            "year": batch.today.year,
            "day": effect.day,
            "present": effect.present,
            "in_favour": effect.in_favour,
            "against": effect.against,
            "person_id": step.person_id,
            "at": batch.now,
        }
        for step, effect in meetings
    ]
    if rows:
        connection.execute(insert(meeting), rows)
    for step, _ in meetings:
        batch.note(step, "meeting.recorded")
