"""Which sheet a person has in hand: the one they took up, while they may work on it; else the newest of their own."""

from __future__ import annotations

from typing import Final

from sqlalchemy import ColumnElement, Date, FromClause, and_, bindparam, exists, func, literal_column, or_, select

from bot.dialogs.facts import RoleKind
from storage.subjects import IS_MEMBER
from storage.tables import PLACES_THEMSELVES, assessment, person, person_subject, place, role, subject

_PLACE_KINDS: Final[tuple[ColumnElement[str], ...]] = tuple(literal_column(f"'{kind}'") for kind in PLACES_THEMSELVES)
_on: Final = bindparam("on", type_=Date)
_taken, _taken_subject, _taken_place = (
    assessment.alias("taken"),
    subject.alias("taken_subject"),
    place.alias("taken_at"),
)
_own, _own_subject, _own_place = assessment.alias("own"), subject.alias("own_subject"), place.alias("own_at")
_role_place = place.alias("role_at")


def has_role(path: ColumnElement[str], of: ColumnElement[int] = person.c.id, *kinds: RoleKind) -> ColumnElement[bool]:
    """Return whether a person has a role in force on the day `on`, for the place of a path or one above it.

    Args:
        kinds: none given: any role.
    """
    return (
        exists()
        .where(
            role.c.person_id == of,
            role.c.since <= _on,
            or_(role.c.until.is_(None), role.c.until >= _on),
            _role_place.c.id == role.c.place_id,
            func.substr(path, 1, func.length(_role_place.c.path)) == _role_place.c.path,
            *((role.c.role.in_(tuple(literal_column(f"'{kind}'") for kind in kinds)),) if kinds else ()),
        )
        .correlate_except(role, _role_place)
    )


def is_own(of: FromClause, at: FromClause) -> ColumnElement[bool]:
    """Return whether a subject that a person is a member of is theirs to work on: one that is a place, while in charge.

    Args:
        of: the subject.
        at: its place.
    """
    return or_(of.c.kind.not_in(_PLACE_KINDS), has_role(at.c.path))


def is_member(of: ColumnElement[int]) -> ColumnElement[bool]:
    """Return whether a person takes part for a subject."""
    return (
        exists()
        .where(person_subject.c.person_id == person.c.id, person_subject.c.subject_id == of, IS_MEMBER)
        .correlate_except(person_subject)
    )


def _is_visitable(of: FromClause, at: FromClause) -> ColumnElement[bool]:
    """Whether a person may work on a sheet as village head; a sheet of a place is worked on by its members alone."""
    return and_(
        of.c.kind.not_in(_PLACE_KINDS),
        of.c.left_on.is_(None),
        has_role(at.c.path, person.c.id, RoleKind.VILLAGE_HEAD),
    )


_TAKEN_UP = (
    select(_taken.c.id)
    .join(_taken_subject, _taken_subject.c.id == _taken.c.subject_id)
    .join(_taken_place, _taken_place.c.id == _taken_subject.c.place_id)
    .where(
        _taken.c.id == person.c.assessment_id,
        or_(
            and_(is_member(_taken_subject.c.id), is_own(_taken_subject, _taken_place)),
            _is_visitable(_taken_subject, _taken_place),
        ),
    )
    .correlate(person)
    .scalar_subquery()
)
_NEWEST = (
    select(_own.c.id)
    .join(person_subject, person_subject.c.subject_id == _own.c.subject_id)
    .join(_own_subject, _own_subject.c.id == _own.c.subject_id)
    .join(_own_place, _own_place.c.id == _own_subject.c.place_id)
    .where(person_subject.c.person_id == person.c.id, IS_MEMBER, is_own(_own_subject, _own_place))
    .order_by(_own.c.year.desc(), _own.c.id.desc())
    .limit(1)
    .correlate(person)
    .scalar_subquery()
)

IN_HAND: Final[ColumnElement[int]] = func.coalesce(_TAKEN_UP, _NEWEST)
"""Id of the assessment that a person of the table `person` has in hand on the day `on`."""

IS_VISITING: Final[ColumnElement[bool]] = ~is_member(subject.c.id)
"""Whether a sheet in hand is not one of the person's own; `subject` is whose it is."""

_earlier = assessment.alias("earlier")
EARLIER: Final = (
    select(_earlier.c.id)
    .where(_earlier.c.subject_id == assessment.c.subject_id, _earlier.c.year < assessment.c.year)
    .order_by(_earlier.c.year.desc(), _earlier.c.id.desc())
    .limit(1)
    .correlate(assessment)
    .scalar_subquery()
)
"""Id of the newest sheet of an earlier year of the same subject as that of the table `assessment`."""
