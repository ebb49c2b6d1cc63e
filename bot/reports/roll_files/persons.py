"""Lists of persons: of each household its head is kept, and how many adults and children it has; nobody else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.dialogs.understanding import fold
from bot.dialogs.village.facts import HouseholdEntry
from bot.reports.roll_files.values import MOST_PERSONS, Wrong, name_of

ADULT: Final = 18
SCHOOL: Final = 6
"""Years of age from which a child is counted as of school age."""
_HEAD: Final = re.compile(r"(la )?(chu ho|chu|ch|ban than|dai dien)\b(?! cu).*")
_REPEATED: Final = 1.5
"""Rows to a number from which a list is taken as one of persons."""


@dataclass(frozen=True, slots=True)
class Person:
    """What one line of a list says."""

    line: int
    entry: HouseholdEntry
    hamlet: str = ""
    hint: str = ""
    relation: str = ""
    """To the head, without diacritics."""
    born: int | None = None
    age: int | None = None
    head: str = ""
    """The head's name, where the line says both."""
    is_counted: bool = False
    """Whether the number is only the line's place in the list."""

    @property
    def is_head(self) -> bool:
        """Whether the line says that this is the head."""
        return _HEAD.fullmatch(self.relation) is not None

    def years(self, year: int) -> int | None:
        """How old they are this year."""
        return self.age if self.born is None else year - self.born


def households(people: Sequence[Person], year: int, *, has_relation: bool) -> list[Person] | None:
    """The heads with their households counted; None where every line is a household of its own."""
    numbers = [person.entry.number for person in people if person.entry.number and not person.is_counted]
    is_repeated = bool(numbers) and len(numbers) >= _REPEATED * len(set(numbers)) and len(set(numbers)) > 1
    if not has_relation and not (is_repeated and _differ(people)):
        return None
    groups: list[list[Person]] = []
    for person in people:
        if not groups or _begins(person, groups[-1][0], has_relation=has_relation, has_numbers=bool(numbers)):
            groups.append([])
        groups[-1].append(person)
    return [_household(group, year) for group in groups]


def _differ(people: Sequence[Person]) -> bool:
    """Whether lines of one number are of different persons."""
    names: dict[str, set[str]] = {}
    for person in people:
        names.setdefault(person.entry.number, set()).add(fold(person.entry.name))
    return sum(len(each) > 1 for each in names.values()) * 2 > len(names)


def _begins(person: Person, head: Person, *, has_relation: bool, has_numbers: bool) -> bool:
    """Whether a household begins with this line."""
    number = person.entry.number if not person.is_counted else ""
    if has_numbers and number:
        return number != head.entry.number or fold(person.hamlet) != fold(head.hamlet)
    return has_relation and person.is_head


def _household(group: Sequence[Person], year: int) -> Person:
    head = next((person for person in group if person.is_head), group[0])
    name, number = head.entry.name, next((p.entry.number for p in group if p.entry.number and not p.is_counted), "")
    if not head.is_head and head.head:
        said = name_of(head.head)
        name = name if isinstance(said, Wrong) or not said else said
    ages = [age for person in group if (age := person.years(year)) is not None]
    is_told = len(ages) == len(group)
    adults = sum(age >= ADULT for age in ages) if is_told else None
    children = sum(SCHOOL <= age < ADULT for age in ages) if is_told else None
    entry = replace(
        head.entry,
        name=name,
        number=number,
        group=head.entry.group or next((p.entry.group for p in group if p.entry.group), ""),
        phone=head.entry.phone or next((p.entry.phone for p in group if p.entry.phone), ""),
        adults=head.entry.adults if adults is None else min(adults, MOST_PERSONS),
        school_age_children=head.entry.school_age_children if children is None else min(children, MOST_PERSONS),
    )
    hamlet = head.hamlet or next((person.hamlet for person in group if person.hamlet), "")
    return replace(head, entry=entry, hamlet=hamlet, is_counted=False)
