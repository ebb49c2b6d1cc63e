"""Rows of `news`: what persons are to be told, written in the transaction that brings it about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from bot.dialogs.codec import encode_event
from bot.dialogs.events import Event
from storage.subjects import IS_MEMBER
from storage.tables import assessment, news, person_subject
from storage.types import among

_MEMBERS = (
    select(assessment.c.id, person_subject.c.person_id)
    .join(person_subject, person_subject.c.subject_id == assessment.c.subject_id)
    .where(among(assessment.c.id, "assessments"), IS_MEMBER)
    .order_by(assessment.c.id, person_subject.c.person_id)
)


@dataclass(frozen=True, slots=True)
class Telling:
    """One person is to be told of something."""

    person_id: int
    event: Event
    assessment_id: int | None = None


def members_of(connection: Connection, assessment_ids: Iterable[int]) -> Mapping[int, Sequence[int]]:
    """Return who takes part for the subjects of sheets: {assessment: persons}."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    wanted = sorted(set(assessment_ids))
    if wanted:
        for assessment_id, person_id in connection.execute(_MEMBERS, {"assessments": wanted}):
            found[assessment_id].append(person_id)
    return found


def tell(connection: Connection, tellings: Sequence[Telling], now: datetime) -> None:
    """Have persons told, now."""
    if tellings:
        connection.execute(
            insert(news),
            [
                {
                    "person_id": each.person_id,
                    "event": encode_event(each.event),
                    "assessment_id": each.assessment_id,
                    "is_reminder": False,
                    "created_at": now,
                    "due_at": now,
                }
                for each in tellings
            ],
        )
