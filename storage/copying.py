"""A copy of everything kept about a person, for the person: every record, by table, without secrets and hashes.

What gives a right (codes, their hashes, references to files on a channel) is left out; it says nothing about anybody.
So are the words of others with whom a sheet is shared.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import BindParameter, ColumnElement, Connection, Date, Table, bindparam, exists, or_, select

from storage.subjects import IS_MEMBER
from storage.tables import (
    PLACES_THEMSELVES,
    account,
    adoption,
    answer,
    answer_history,
    assessment,
    audit,
    clan_household,
    consent,
    difference,
    evidence,
    inbox,
    invite,
    link_code,
    meeting,
    news,
    nudge,
    outbox,
    person,
    person_subject,
    place,
    review,
    role,
    sample,
    sample_sheet,
    subject,
    target,
    upload,
)

_person: BindParameter[int] = bindparam("person")
_ACCOUNTS = select(account.c.id).where(account.c.person_id == _person)
_on: BindParameter[Any] = bindparam("on", type_=Date)
_owner, _its_place, _role_place = subject.alias("owner"), place.alias("its_place"), place.alias("roles_place")
# A place's sheet is that of whoever has the role, and no longer.
_HOLDS_THE_PLACE = exists().where(
    role.c.person_id == _person,
    role.c.since <= _on,
    or_(role.c.until.is_(None), role.c.until >= _on),
    _role_place.c.id == role.c.place_id,
    _its_place.c.path.like(_role_place.c.path.concat("%")),
)
_SUBJECTS = (
    select(person_subject.c.subject_id)
    .join(_owner, _owner.c.id == person_subject.c.subject_id)
    .join(_its_place, _its_place.c.id == _owner.c.place_id)
    .where(
        person_subject.c.person_id == _person,
        IS_MEMBER,
        or_(_owner.c.kind.not_in(PLACES_THEMSELVES), _HOLDS_THE_PLACE),
    )
)
_PLACES = (
    select(subject.c.place_id)
    .where(subject.c.id.in_(_SUBJECTS))
    .union(select(role.c.place_id).where(role.c.person_id == _person))
)
_ASSESSMENTS = select(assessment.c.id).where(assessment.c.subject_id.in_(_SUBJECTS))

ABOUT: Final[Mapping[Table, ColumnElement[bool]]] = {
    person: person.c.id == _person,
    consent: consent.c.person_id == _person,
    account: account.c.person_id == _person,
    link_code: link_code.c.person_id == _person,
    role: role.c.person_id == _person,
    person_subject: person_subject.c.person_id == _person,
    subject: subject.c.id.in_(_SUBJECTS),
    place: place.c.id.in_(_PLACES),
    assessment: assessment.c.subject_id.in_(_SUBJECTS),
    answer: answer.c.assessment_id.in_(_ASSESSMENTS),
    answer_history: answer_history.c.assessment_id.in_(_ASSESSMENTS),
    evidence: evidence.c.assessment_id.in_(_ASSESSMENTS),
    review: review.c.assessment_id.in_(_ASSESSMENTS),
    upload: upload.c.person_id == _person,
    adoption: adoption.c.person_id == _person,
    inbox: or_(inbox.c.person_id == _person, inbox.c.account_id.in_(_ACCOUNTS)),
    outbox: outbox.c.account_id.in_(_ACCOUNTS),
    difference: or_(difference.c.assessment_id.in_(_ASSESSMENTS), difference.c.person_id == _person),
    clan_household: or_(
        clan_household.c.household_id.in_(_SUBJECTS),
        clan_household.c.clan_id.in_(_SUBJECTS),
        clan_household.c.asked_by == _person,
    ),
    invite: or_(invite.c.issued_by == _person, invite.c.subject_id.in_(_SUBJECTS)),
    news: news.c.person_id == _person,
    nudge: or_(nudge.c.subject_id.in_(_SUBJECTS), nudge.c.person_id == _person),
    sample: sample.c.person_id == _person,
    sample_sheet: or_(sample_sheet.c.assessment_id.in_(_ASSESSMENTS), sample_sheet.c.person_id == _person),
    meeting: meeting.c.person_id == _person,
    target: target.c.person_id == _person,
    audit: or_(
        audit.c.person_id == _person, audit.c.subject_id.in_(_SUBJECTS), audit.c.assessment_id.in_(_ASSESSMENTS)
    ),
}
"""{table: which of its rows are about the person}. A table with personal columns that is not here fails a test."""

_HIDDEN: Final[Mapping[Table, frozenset[str]]] = {
    link_code: frozenset({"code_hash"}),
    evidence: frozenset({"blob", "ref"}),
    upload: frozenset({"blob", "ref", "text", "imported", "rows", "decisions"}),
    invite: frozenset({"code_hash"}),
    adoption: frozenset({"text"}),
    inbox: frozenset({"press_ref"}),
    outbox: frozenset({"press_ref"}),
}
_ENCODED: Final[Mapping[Table, str]] = {
    person: "session", subject: "told", answer: "value", answer_history: "value", upload: "proposal",
    inbox: "event", outbox: "content", difference: "value", news: "event",
}  # fmt: skip
"""{table: its column that holds JSON}."""
_HASHED_IDS: Final = ("web",)
"""Channels whose account id is a hash of the visitor's token."""

_STATEMENTS: Final = {
    table: select(*(column for column in table.columns if column.name not in _HIDDEN.get(table, ())))
    .where(condition)
    .order_by(*table.primary_key.columns)
    for table, condition in ABOUT.items()
}


def everything(connection: Connection, person_id: int, on: date) -> dict[str, tuple[dict[str, object], ...]]:
    """Read every record about a person, one statement a table."""
    return {
        table.name: tuple(
            _shown(table, dict(row), person_id)
            for row in connection.execute(statement, {"person": person_id, "on": on}).mappings()
        )
        for table, statement in _STATEMENTS.items()
    }


def _shown(table: Table, row: Mapping[str, Any], person_id: int) -> dict[str, object]:
    shown: dict[str, object] = {str(name): value for name, value in row.items()}
    encoded = _ENCODED.get(table)
    if encoded is not None and shown[encoded] is not None:
        shown[encoded] = _without_secrets(json.loads(row[encoded]))
    if table in (answer, answer_history, evidence, difference) and shown["person_id"] != person_id:
        _leave_words_out(shown)
    if table is account and shown["channel"] in _HASHED_IDS:
        del shown["external_id"]
    return shown


def _leave_words_out(row: dict[str, object]) -> None:
    """What somebody else answered on a shared sheet is shown, not what they wrote or called their file."""
    row.pop("name", None)
    value = row.get("value")
    if isinstance(value, dict):
        value.pop("override_reason", None)


def _without_secrets(value: Any, name: str = "") -> Any:  # noqa: ANN401 - JSON of any shape
    """Leave out invite codes, one-time codes that a screen showed, and what channels call a file."""
    match value:
        case dict():
            return {
                key: _without_secrets(each, key)
                for key, each in value.items()
                if key not in ("invite", "ref") and (name, key) != ("params", "code")
            }
        case list():
            return [_without_secrets(each) for each in value]
        case _:
            return value
