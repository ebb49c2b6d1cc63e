"""Two lines of the roll that are one household: what hangs on the one goes to the other, and nothing said is lost.

Of a year in which both have a sheet, the one that has come further (handed in further than draft, confirmed further
than handed in ...) stands, with its state; of two as far, that of the line that stays. Answers that only the other has
are taken over with their authors; where both answered differently, the other's becomes a difference for somebody to
decide. What has no room as a difference, because one is open on that question already, is kept in the history. What
those above have decided on takes over nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from sqlalchemy import BindParameter, Connection, Date, Table, and_, bindparam, delete, exists, select, update

from bot.dialogs.village.effects import MergeHouseholds
from bot.dialogs.village.facts import ClanTie
from storage.batch import Batch, Step
from storage.tables import clan_household, invite, nudge, person, person_subject, subject
from storage.types import among
from storage.village.roll_sheets import merge_sheets
from storage.village.roll_writing import Line, locked, require_line, write_line

_GONE: Final[BindParameter[int]] = bindparam("gone")
_KEEP: Final[BindParameter[int]] = bindparam("keep")

_MEMBERS: Final = (
    select(person.c.id)
    .where(person.c.id.in_(select(person_subject.c.person_id).where(among(person_subject.c.subject_id, "subjects"))))
    .order_by(person.c.id)
    .with_for_update(key_share=True)
)


def _follow(table: Table, column: str, *others: str) -> tuple[Any, ...]:
    """Statements that let the rows of the line that goes belong to the other, where it has none alike."""
    there = table.alias("there")
    alike = and_(there.c[column] == _KEEP, *(there.c[other] == table.c[other] for other in others))
    mine = table.c[column] == _GONE
    return (
        update(table).where(mine, ~exists().where(alike).correlate(table)).values({column: _KEEP}),
        delete(table).where(mine),
    )


_answered = clan_household.alias("answered")
# Where the one line was only asked and the other has answered, it is the answer that counts: it is one household.
_ANSWER_COUNTS: Final = delete(clan_household).where(
    clan_household.c.household_id == _KEEP,
    clan_household.c.tie == ClanTie.ASKED,
    exists()
    .where(
        _answered.c.clan_id == clan_household.c.clan_id,
        _answered.c.household_id == _GONE,
        _answered.c.tie != ClanTie.ASKED,
    )
    .correlate(clan_household),
)
_TIES: Final = (
    *_follow(person_subject, "subject_id", "person_id", "tie"),
    _ANSWER_COUNTS,
    *_follow(clan_household, "household_id", "clan_id"),
    *_follow(clan_household, "clan_id", "household_id"),
    *_follow(nudge, "subject_id", "day"),
    update(subject).where(subject.c.merged_into == _GONE).values(merged_into=_KEEP),
)
# A code that was given out still leads there; but it is not one of the codes of the line that stays, to print again.
_CODES: Final = (
    update(invite)
    .where(invite.c.subject_id == _GONE)
    .values(subject_id=_KEEP, place_id=bindparam("to"), serial=0)
)  # fmt: skip
_GOES: Final = (
    update(subject)
    .where(subject.c.id == _GONE)
    .values(merged_into=_KEEP, left_on=bindparam("today", type_=Date))
)  # fmt: skip


def merge(connection: Connection, batch: Batch) -> None:
    """Make one household of two lines; its members are locked before anything of theirs is read."""
    merges = batch.each(MergeHouseholds)
    if not merges:
        return
    ids = [each for _, effect in merges for each in (effect.keep_id, effect.gone_id)]
    connection.execute(_MEMBERS, {"subjects": sorted(set(ids))}).close()
    lines = locked(connection, ids)
    for step, effect in merges:
        kept, gone = (require_line(step, lines, each) for each in (effect.keep_id, effect.gone_id))
        if kept.id == gone.id or kept.kind is not gone.kind or kept.left_on is not None:
            step.conflict(f"subjects {kept.id} and {gone.id} cannot be one household")
        lines[kept.id] = _merge(connection, batch, step, kept, gone)
        lines[gone.id] = replace(gone, merged_into=kept.id)


def _merge(connection: Connection, batch: Batch, step: Step, kept: Line, gone: Line) -> Line:
    ids = {"keep": kept.id, "gone": gone.id}
    merge_sheets(connection, batch, step, kept, gone)
    for statement in _TIES:
        connection.execute(statement, ids)
    connection.execute(_CODES, ids | {"to": kept.place_id})
    connection.execute(_GOES, ids | {"today": batch.today})
    whole = replace(
        kept,
        number=kept.number or gone.number,
        group=kept.group or gone.group,
        phone=kept.phone or gone.phone,
        told={**gone.told, **kept.told},
    )
    write_line(connection, whole)
    batch.note(step, "household.merged", subject_id=gone.id)
    batch.note(step, "household.kept", subject_id=kept.id)
    return whole
