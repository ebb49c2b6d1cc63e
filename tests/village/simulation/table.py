"""The table of the village in the end: as it is stored, and as the script says it must be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from sqlalchemy import create_engine, select

from bot.dialogs.codec import decode_answer
from bot.scoring.model import Answer, Chosen, OneOfRule, Quantity, Share, YesNo
from bot.scoring.shipped import load_shipped
from storage.tables import answer, assessment, difference, subject
from tests.village.simulation.script import VillageScript

SET = "gia_dinh_mau"
TITLE = "gia_dinh_hoc_tap"


@dataclass(frozen=True)
class Line:
    """One household."""

    state: str
    answers: Mapping[str, str]
    sides: Mapping[str, str]
    total: Decimal | None
    title: str | None
    open_differences: int = 0


Table = Mapping[str, Line]
"""{household's name: its line}"""


def expected(script: VillageScript) -> Table:
    """What must have come of a script once everything is confirmed."""
    return {
        each.name: Line("confirmed", each.final, each.sides, Decimal(each.total), TITLE if each.has_title else None)
        for each in script.households
    }


def stored(database: Path) -> Table:
    """What is stored, read beside the program."""
    engine = create_engine(f"sqlite:///{database}")
    answers: defaultdict[int, dict[str, str]] = defaultdict(dict)
    sides: defaultdict[int, dict[str, str]] = defaultdict(dict)
    differing: defaultdict[int, int] = defaultdict(int)
    with engine.connect() as connection:
        for row in connection.execute(select(answer)):
            answers[row.assessment_id][row.indicator] = said(row.indicator, decode_answer(row.value))
            sides[row.assessment_id][row.indicator] = str(row.side)
        for row in connection.execute(select(difference).where(difference.c.decided_at.is_(None))):
            differing[row.assessment_id] += 1
        lines = connection.execute(
            select(subject.c.name, assessment)
            .join(assessment, assessment.c.subject_id == subject.c.id, isouter=True)
            .where(subject.c.left_on.is_(None))
        ).all()
    engine.dispose()
    assert len({row.name for row in lines}) == len(lines), "a household is there twice"
    return {
        row.name: Line(str(row.state), answers[row.id], sides[row.id], row.total, row.title_id, differing[row.id])
        for row in lines
    }


def said(indicator_id: str, value: Answer) -> str:
    """An answer as the script writes it."""
    match value:
        case YesNo(is_yes):
            return "Có" if is_yes else "Chưa"
        case Chosen(option_id):
            return _LABELS[indicator_id][option_id]
        case Quantity(number):
            return str(number)
        case Share(part, whole):
            return f"{part}/{whole}"
        case _:
            return repr(value)


_LABELS: Mapping[str, Mapping[str, str]] = {
    indicator.id: {option.id: option.label.vi for option in indicator.rule.options}
    for criteria in load_shipped()
    if criteria.id == SET
    for indicator in criteria.indicators
    if isinstance(indicator.rule, OneOfRule)
}


def differences(one: Table, other: Table) -> list[str]:
    """In what two tables differ, line by line."""
    found = [f"{name}: only in one" for name in sorted(set(one) ^ set(other))]
    for name in sorted(set(one) & set(other)):
        mine, theirs = one[name], other[name]
        found += [
            f"{name}: {what} {getattr(mine, what)} is not {getattr(theirs, what)}"
            for what in ("state", "answers", "sides", "total", "title", "open_differences")
            if getattr(mine, what) != getattr(theirs, what)
        ]
    return found
