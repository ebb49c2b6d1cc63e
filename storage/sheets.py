"""All sheets below a place that are answered under one set, read page by page: for trying out new rules."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Connection, Text, bindparam, cast, func, select

from bot.ports import StoredSheet
from bot.scoring.model import Answer
from storage.paths import AT_OR_BELOW, bounds
from storage.places import IS_DIFFICULT
from storage.reading import Read
from storage.rows import answer_of
from storage.subjects import told_of
from storage.tables import answer, assessment, place, subject
from storage.types import among

PAGE: Final = 2000
"""Sheets read at a time."""

_UNDER_THE_SET = (
    assessment.c.year == bindparam("year"),
    assessment.c.set_id == bindparam("set"),
    assessment.c.set_version == bindparam("version"),
    subject.c.merged_into.is_(None),
)
_DIFFICULT = select(place.c.id).where(AT_OR_BELOW, IS_DIFFICULT)
_HOW_MANY = (
    select(subject.c.place_id, func.count(), place.c.path)
    .select_from(place)
    .join(subject, subject.c.place_id == place.c.id)
    .join(assessment, assessment.c.subject_id == subject.c.id)
    .where(AT_OR_BELOW, *_UNDER_THE_SET)
    .group_by(subject.c.place_id, place.c.path)
    .order_by(subject.c.place_id)
)
# Households of a few places at a time: both databases find them by index, however many there are elsewhere.
_PAGE = (
    select(subject.c.id, subject.c.place_id, subject.c.told, assessment.c.id, assessment.c.state)
    .join(assessment, assessment.c.subject_id == subject.c.id)
    .where(among(subject.c.place_id, "places"), subject.c.id > bindparam("after"), *_UNDER_THE_SET)
    .order_by(subject.c.id)
    .limit(PAGE)
)
# One row a sheet instead of one an answer: a third of the time on both databases, and little for others to wait for.
_ANSWERS = {
    dialect: select(answer.c.assessment_id, cast(together(answer.c.indicator, answer.c.value), Text))
    .where(among(answer.c.assessment_id, "assessments"))
    .group_by(answer.c.assessment_id)
    for dialect, together in (("sqlite", func.json_group_object), ("postgresql", func.json_object_agg))
}

_Rows = Sequence[Sequence[Any]]


async def sheets_below(
    read: Read, path: str, year: int, set_id: str, set_version: str, but: Sequence[str] = ()
) -> AsyncIterator[tuple[StoredSheet, ...]]:
    """Yield every assessment of a year at or below a place but some under a set, at most PAGE at a time."""
    wanted = {"year": year, "set": set_id, "version": set_version}
    difficult, groups = await read(_survey, path, tuple(but), wanted)
    for places in groups:
        after = 0
        while True:
            rows, answers = await read(_page, places, after, wanted)
            if rows:
                yield await asyncio.to_thread(_sheets, rows, answers, difficult)
            if len(rows) < PAGE:
                break
            after = rows[-1][0]


def _survey(
    connection: Connection, path: str, but: tuple[str, ...], wanted: Mapping[str, Any]
) -> tuple[frozenset[int], Sequence[Sequence[int]]]:
    """Return which places are difficult areas, and all that have sheets in groups of about a page."""
    difficult = frozenset(connection.execute(_DIFFICULT, bounds(path)).scalars())
    counts = connection.execute(_HOW_MANY, {**bounds(path), **wanted}).all()
    return difficult, tuple(_grouped([(place_id, count) for place_id, count, of in counts if not of.startswith(but)]))


def _grouped(counts: _Rows) -> Iterator[Sequence[int]]:
    group: list[int] = []
    size = 0
    for place_id, count in counts:
        if group and size + count > PAGE:
            yield group
            group, size = [], 0
        group.append(place_id)
        size += count
    if group:
        yield group


def _page(connection: Connection, places: Sequence[int], after: int, wanted: Mapping[str, Any]) -> tuple[_Rows, _Rows]:
    rows = connection.execute(_PAGE, {"places": places, "after": after, **wanted}).all()
    if not rows:
        return (), ()
    statement = _ANSWERS[connection.dialect.name]
    return rows, connection.execute(statement, {"assessments": [row[3] for row in rows]}).all()


def _sheets(rows: _Rows, answers: _Rows, difficult: frozenset[int]) -> tuple[StoredSheet, ...]:
    found: dict[int, dict[str, Answer]] = {
        assessment_id: {indicator: answer_of(value) for indicator, value in json.loads(together).items()}
        for assessment_id, together in answers
    }
    return tuple(
        StoredSheet(assessment_id, state, found.get(assessment_id, {}), _profile(told, place_id in difficult))
        for _, place_id, told, assessment_id, state in rows
    )


@lru_cache(maxsize=4096)
def _profile(told: str, is_difficult: bool) -> Mapping[str, int]:
    """Most families have told the same few counts; see facts.Subject.profile."""
    return {**told_of(told), "difficult_area": int(is_difficult)}
