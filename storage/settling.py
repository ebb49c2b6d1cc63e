"""Answers on their way into the tables: settled with what stands there, so that neither side loses anything.

Whoever calls has locked the assessments before `standing_on` is asked what stands on them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, literal_column, select, union_all, update

from bot.dialogs.codec import encode_answer
from bot.dialogs.village.facts import Side
from bot.dialogs.village.sides import Given, Settled, settle
from bot.scoring.model import Answer
from storage.rows import answer_of, upsert
from storage.tables import answer, answer_history, difference
from storage.types import Code, Moment, among

Key = tuple[int, str]
"""(assessment, indicator)."""

STANDING: Final = (
    select(
        answer.c.assessment_id, answer.c.indicator, answer.c.value, answer.c.side, literal_column("0").label("waits"),
    ).where(among(answer.c.assessment_id, "assessments")),
    select(
        difference.c.assessment_id, difference.c.indicator, difference.c.value, difference.c.side, literal_column("1"),
    ).where(among(difference.c.assessment_id, "assessments"), difference.c.decided_at.is_(None)),
)  # fmt: skip
"""What stands, and what waits beside it for the reviewer: to be read in one statement."""
_STANDING = union_all(*STANDING)
_SAVE = upsert(answer, "assessment_id", "indicator")
_REPLACE = (
    update(difference)
    .where(
        difference.c.assessment_id == bindparam("assessment"),
        difference.c.indicator == bindparam("asked"),
        difference.c.decided_at.is_(None),
    )
    .values(
        value=bindparam("new_value"),
        person_id=bindparam("person"),
        channel=bindparam("through"),
        side=bindparam("new_side", type_=Code(Side)),
        at=bindparam("now", type_=Moment),
    )
)
_DISSOLVE = (
    update(difference)
    .where(
        difference.c.assessment_id == bindparam("assessment"),
        difference.c.indicator == bindparam("asked"),
        difference.c.decided_at.is_(None),
    )
    .values(
        decided_at=bindparam("now", type_=Moment),
        decided_by=bindparam("person"),
        kept=bindparam("standing_side", type_=Code(Side)),
    )
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is recorded for a question."""

    given: Given | None = None
    other: Given | None = None
    """The open difference."""


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """One answer that was given."""

    assessment_id: int
    indicator: str
    answer: Answer
    side: Side
    person_id: int | None
    channel: str
    at: datetime
    over: Answer | None = None
    """A standing answer that gives way because it no longer fits; see sides.settle."""

    @property
    def key(self) -> Key:
        """Which question of which sheet."""
        return self.assessment_id, self.indicator


def standing_on(connection: Connection, assessments: Iterable[int]) -> Mapping[Key, Standing]:
    """Return what is recorded on assessments, which the caller has locked."""
    found: dict[Key, Standing] = {}
    wanted = sorted(set(assessments))
    for assessment_id, indicator, value, side, waits in connection.execute(_STANDING, {"assessments": wanted}):
        given = Given(answer_of(value), side)
        key = assessment_id, indicator
        before = found.get(key, Standing())
        found[key] = Standing(before.given, given) if waits else Standing(given, before.other)
    return found


def save_answers(
    connection: Connection, given: Sequence[NewAnswer], standing: Mapping[Key, Standing]
) -> Mapping[Key, Settled]:
    """Record answers, settled one after the other with what stands; every value that was given goes into the history.

    Args:
        standing: as `standing_on` returned it under lock.
    Returns: what stands and what waits beside it afterwards, of the questions that were answered.
    """
    if not given:
        return {}
    settled: dict[Key, Settled] = {}
    last: dict[Key, NewAnswer] = {}
    writes: dict[Key, NewAnswer] = {}
    for new in given:
        before = settled.get(new.key)
        known = standing.get(new.key, Standing()) if before is None else Standing(before.standing, before.other)
        after = settle(known.given, known.other, Given(new.answer, new.side), new.over)
        if known.given != after.standing or new.side is after.standing.side:
            writes[new.key] = new
        settled[new.key], last[new.key] = after, new
    dialect = connection.dialect.name
    rows = [_row(new) | {"side": settled[key].standing.side} for key, new in writes.items()]
    if rows:
        connection.execute(_SAVE[dialect], rows)
    connection.execute(insert(answer_history), [_row(new) for new in given])
    _keep_differences(connection, settled, last, standing)
    return settled


def _keep_differences(
    connection: Connection,
    settled: Mapping[Key, Settled],
    last: Mapping[Key, NewAnswer],
    standing: Mapping[Key, Standing],
) -> None:
    opened: list[dict[str, Any]] = []
    replaced: list[dict[str, Any]] = []
    dissolved: list[dict[str, Any]] = []
    for key, after in settled.items():
        new, before = last[key], standing.get(key, Standing()).other
        if after.other == before:
            continue
        if after.other is None:
            dissolved.append(
                {
                    "assessment": new.assessment_id,
                    "asked": new.indicator,
                    "now": new.at,
                    "person": new.person_id,
                    "standing_side": after.standing.side,
                }
            )
        elif before is None:
            opened.append(_row(new))
        else:
            replaced.append(
                {
                    "assessment": new.assessment_id,
                    "asked": new.indicator,
                    "new_value": encode_answer(new.answer),
                    "person": new.person_id,
                    "through": new.channel,
                    "new_side": new.side,
                    "now": new.at,
                }
            )
    if dissolved:
        connection.execute(_DISSOLVE, dissolved)
    if replaced:
        connection.execute(_REPLACE, replaced)
    if opened:
        connection.execute(insert(difference), opened)


def _row(new: NewAnswer) -> dict[str, Any]:
    return {
        "assessment_id": new.assessment_id,
        "indicator": new.indicator,
        "value": encode_answer(new.answer),
        "person_id": new.person_id,
        "channel": new.channel,
        "at": new.at,
        "side": new.side,
    }
