"""Queries of the tree of places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    FromClause,
    Select,
    bindparam,
    case,
    exists,
    false,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from bot.dialogs.facts import AssessmentState
from bot.dialogs.places import Place, PlacePage
from bot.dialogs.placing import OWN_PLACES
from bot.dialogs.understanding import fold
from bot.ports import PlaceRecord
from bot.scoring.model import SubjectKind
from storage.paths import AT_OR_BELOW, bounds, child, within_any
from storage.tables import assessment, place, subject
from storage.types import Code, among

HAMLET: Final = "hamlet"

DEPTH: Final = 4
"""How many places lie in each other at most: province, district (of former years), commune, hamlet."""


def _is_difficult(of: FromClause, deeper: int) -> ColumnElement[bool]:
    own: ColumnElement[bool] = of.c.difficult_area_source != literal_column("''")
    if not deeper:
        return own
    above = place.alias(f"above_{deeper}")
    of_parent = select(_is_difficult(above, deeper - 1)).where(above.c.id == of.c.parent_id).correlate(of)
    return or_(own, of_parent.scalar_subquery())


# A parent is found by its id, so that a person is loaded as fast in a province of a thousand difficult hamlets.
IS_DIFFICULT: Final[ColumnElement[bool]] = func.coalesce(_is_difficult(place, DEPTH - 1), false())
"""Whether a place or one above it is set down as a difficult area."""

PLACE: Final[tuple[ColumnElement[Any], ...]] = (
    place.c.id, place.c.name, place.c.within, place.c.level, place.c.path, IS_DIFFICULT,
)  # fmt: skip
"""What makes a `places.Place`, in its order."""

_LEVEL_WORDS: Final = (
    "Tỉnh", "Thành phố", "Huyện", "Quận", "Thị xã", "Xã", "Phường", "Thị trấn", "Đặc khu", "Thôn", "Bản", "Ấp", "Buôn",
    "Tổ dân phố",
)  # fmt: skip
"""Written small in the middle of a sentence, unlike the name that follows."""

_SAMPLE: Final = (("province", "Tỉnh Mẫu"), ("commune", "Xã Mẫu"))
_SAMPLE_HAMLETS: Final = ("Thôn Mẫu 1", "Thôn Mẫu 2", "Thôn Mẫu 3")

_on: Final = bindparam("on", type_=Date)
_MATCHES: Final = (
    place.c.level == bindparam("level"),
    place.c.valid_from <= _on,
    or_(place.c.valid_until.is_(None), place.c.valid_until >= _on),
    place.c.folded.like(bindparam("pattern"), escape="\\"),
)
_FIND = (
    select(*PLACE)
    .where(*_MATCHES)
    .order_by(place.c.sort_key, place.c.id)
    .limit(bindparam("limit"))
    .offset(bindparam("skip"))
)
_HOW_MANY = select(func.count()).select_from(place).where(*_MATCHES)
_PLACE = select(*PLACE).where(place.c.id == bindparam("place"))
_PARENT = select(place.c.name, place.c.within, place.c.path).where(place.c.id == bindparam("parent"))
_SET_PATH = update(place).where(place.c.id == bindparam("place")).values(path=bindparam("new_path"))
# A parent is always added before what lies in it.
_PLACES = select(
    place.c.id, place.c.parent_id, place.c.level, place.c.name, place.c.valid_from, place.c.valid_until
).order_by(place.c.id)
_CLOSE = update(place).where(among(place.c.id, "ids")).values(valid_until=bindparam("last_day", type_=Date))
_SET_DIFFICULT = (
    update(place)
    .where(place.c.id == bindparam("place"))
    .values(difficult_area_source=bindparam("source"))
)  # fmt: skip

_DECIDED: Final = (AssessmentState.RECOGNISED,)
_CONFIRMED: Final = (AssessmentState.CONFIRMED, AssessmentState.APPRAISED, AssessmentState.RECOGNISED)


def has_title(*, is_decided: bool) -> ColumnElement[bool]:
    """Whether a subject has a title in one of the years: recognised by decision, or confirmed by the village or better.

    Binds `first_year` and `last_year`.
    """
    states = _DECIDED if is_decided else _CONFIRMED
    return exists().where(
        assessment.c.subject_id == subject.c.id,
        assessment.c.year.between(bindparam("first_year"), bindparam("last_year")),
        assessment.c.state.in_([literal_column(f"'{state}'") for state in states]),
        assessment.c.title_id.is_not(None),
    )


# Who moved away or turned out to be another does not count, neither with a title nor without.
_RECOGNISED = {
    is_decided: (
        select(func.count(case((has_title(is_decided=is_decided), 1))), func.count())
        .select_from(place)
        .join(subject, subject.c.place_id == place.c.id)
        .where(
            AT_OR_BELOW,
            subject.c.kind == bindparam("kind", type_=Code(SubjectKind)),
            or_(subject.c.left_on.is_(None), subject.c.left_on > bindparam("ends", type_=Date)),
            subject.c.merged_into.is_(None),
        )
    )
    for is_decided in (True, False)
}
_PLACES_OF = (
    select(func.count())
    .select_from(place)
    .where(
        AT_OR_BELOW,
        place.c.level == bindparam("level"),
        place.c.valid_from <= bindparam("ends", type_=Date),
        or_(place.c.valid_until.is_(None), place.c.valid_until >= bindparam("begins", type_=Date)),
    )
)


def find_places(
    connection: Connection,
    level: str,
    query: str,
    page: int,
    page_size: int,
    on: date,
    below: Sequence[str] | None,
) -> PlacePage:
    """Find places; see ports.Records."""
    how_many: Select[Any] = _HOW_MANY
    find: Select[Any] = _FIND
    if below is not None:
        how_many, find = how_many.where(within_any(below)), find.where(within_any(below))
    parameters: dict[str, Any] = {"level": level, "pattern": _pattern(query), "on": on}
    total = connection.execute(how_many, parameters).scalar_one()
    skip = page * page_size
    rows = connection.execute(find, {**parameters, "limit": page_size, "skip": skip}).all()
    return PlacePage(tuple(Place(*row) for row in rows), has_more=skip + len(rows) < total, total=total)


def find_place(connection: Connection, place_id: int) -> Place | None:
    """Find one place of any level."""
    row = connection.execute(_PLACE, {"place": place_id}).one_or_none()
    return None if row is None else Place(*row)


def all_places(connection: Connection) -> tuple[PlaceRecord, ...]:
    """Return the whole tree, parents first."""
    return tuple(PlaceRecord(*row) for row in connection.execute(_PLACES))


def add_place(
    connection: Connection,
    parent_id: int | None,
    level: str,
    name: str,
    valid_from: date,
    valid_until: date | None = None,
) -> PlaceRecord:
    """Add a place. Raises: ValueError: its parent is not there, or lies too deep."""
    within, above = "", ""
    if parent_id is not None:
        parent = connection.execute(_PARENT, {"parent": parent_id}).one_or_none()
        if parent is None:
            raise ValueError(f"there is no place {parent_id} to put '{name}' in")
        if len(parent.path.strip("/").split("/")) >= DEPTH:
            raise ValueError(f"'{name}' cannot lie in place {parent_id}: at most {DEPTH} places lie in each other")
        within = ", ".join(filter(None, (in_sentence(parent.name), parent.within)))
        above = parent.path
    new = connection.execute(
        insert(place).values(
            parent_id=parent_id, level=level, name=name, within=within, folded=fold(name), sort_key=sort_key(name),
            valid_from=valid_from, valid_until=valid_until,
        ).returning(place.c.id)
    ).scalar_one()  # fmt: skip
    connection.execute(_SET_PATH, {"place": new, "new_path": child(above, new)})
    return PlaceRecord(new, parent_id, level, name, valid_from, valid_until)


def close_places(connection: Connection, place_ids: Sequence[int], last_day: date) -> None:
    """End places after a day."""
    connection.execute(_CLOSE, {"ids": place_ids, "last_day": last_day})


def set_difficult_area(connection: Connection, place_id: int, source: str) -> None:
    """Set down that a place and all below it are difficult. Raises: ValueError: there is no such place."""
    if connection.execute(_SET_DIFFICULT, {"place": place_id, "source": source}).rowcount == 0:
        raise ValueError(f"there is no place {place_id}")


def ensure_sample(connection: Connection, now: datetime) -> bool:
    """Add a sample tree when there is no place at all."""
    if connection.execute(select(exists().select_from(place))).scalar():
        return False
    start = date(now.year, 1, 1)
    parent: int | None = None
    for level, name in _SAMPLE:
        parent = add_place(connection, parent, level, name, start).id
    for name in _SAMPLE_HAMLETS:
        add_place(connection, parent, HAMLET, name, start)
    return True


def recognised(
    connection: Connection, path: str, kind: SubjectKind, first_year: int, last_year: int, *, is_decided: bool = True
) -> tuple[int, int]:
    """Count recognised subjects, and all; see ports.Records.

    Of places that are assessed themselves, all there were in the last year count, also those without a sheet.
    """
    years = {"first_year": first_year, "last_year": last_year, "ends": date(last_year, 12, 31)}
    with_title, every = connection.execute(_RECOGNISED[is_decided], {**bounds(path), "kind": kind, **years}).one()
    level = OWN_PLACES.get(kind)
    if level is not None:
        span = {"begins": date(last_year, 1, 1), "ends": date(last_year, 12, 31)}
        every = connection.execute(_PLACES_OF, {**bounds(path), "level": level, **span}).scalar_one()
    return with_title, every


def sort_key(name: str) -> str:
    """Return what orders names as people count: 'Thôn 2' before 'Thôn 10'."""
    return re.sub(r"\d+", lambda found: found[0].zfill(8), fold(name))


def in_sentence(name: str) -> str:
    """Return the name of a place as it stands in the middle of a sentence: 'xã Mẫu', but 'Krông Pa'."""
    is_level_first = any(name.startswith(f"{word} ") for word in _LEVEL_WORDS)
    return name[0].lower() + name[1:] if is_level_first else name


def _pattern(query: str) -> str:
    return "%" + re.sub(r"([\\%_])", r"\\\1", fold(query)) + "%"
