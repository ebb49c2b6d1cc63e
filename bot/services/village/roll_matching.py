"""Which household each row of a sent-in roll is: one that is known, a new one, or one that somebody has to decide on.

Pure: values in, values out. Rows and known households are all those of one hamlet.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Final
from unicodedata import normalize

from bot.dialogs.understanding import fold
from bot.dialogs.village.facts import HouseholdEntry
from bot.ports.village.imports import KnownHousehold
from bot.services.village.roll_rows import RollRow

_SIGNS: Final = re.compile(r"[^\w]+")
_ZEROS: Final = re.compile(r"(?<!\d)0+(?=\d)")
_SHORTEST: Final = 6
"""Letters from which names that differ in one are taken as near."""


class Becomes(StrEnum):
    """What a row does to the roll."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes of one row."""

    becomes: Becomes
    entry: HouseholdEntry
    """As the roll would have it."""
    known: KnownHousehold | None = None
    why: str = ""
    """Why it may be a known one; see import_facts.Double."""


def match(
    rows: Mapping[int, RollRow],
    known: Sequence[KnownHousehold],
    same: Mapping[int, int],
    different: Collection[int],
) -> dict[int, Line]:
    """Match the rows of one hamlet with its households.

    By number and a name that is not wholly another, else by name and telephone, else by the exact name where no number
    contradicts; what is only likely to be the same is left to a person. No household is matched twice, and none is
    doubled unasked.

    Args:
        rows: {row: what it says}.
        same: {row: the household that it was decided to be}.
        different: rows that were decided to be none that is known.
    """
    staying = [each for each in known if each.is_listed and not each.has_left]
    by_id = {each.subject_id: each for each in known}
    matched: dict[int, KnownHousehold] = {}
    taken: set[int] = set()
    for row in rows:
        decided = by_id.get(same.get(row, 0))
        if decided is not None and decided.subject_id not in taken:
            matched[row] = decided
            taken.add(decided.subject_id)
    for by in (_by_number_and_name, _by_number, _by_name_and_phone, _by_exact_name):
        open_rows = {row: said for row, said in rows.items() if row not in matched and row not in different}
        for row, found in by(open_rows, [each for each in staying if each.subject_id not in taken]):
            if row not in matched and found.subject_id not in taken:
                matched[row] = found
                taken.add(found.subject_id)
    lines = {row: _kept(rows[row], each) for row, each in matched.items()}
    becoming = {matched[row].subject_id: line.entry for row, line in lines.items()}
    likely = _Likely([replace(each, entry=becoming.get(each.subject_id, each.entry)) for each in known], taken)
    for row, said in rows.items():
        if row not in lines:
            maybe = None if row in different else likely.to(said)
            lines[row] = Line(Becomes.NEW, said.entry) if maybe is None else Line(Becomes.UNDECIDED, said.entry, *maybe)
    return {row: lines[row] for row in rows}


def _kept(said: RollRow, known: KnownHousehold) -> Line:
    """A known household with what the row says; what the row leaves out stays."""
    before, now = known.entry, said.entry
    number = before.number if said.is_counted and before.number else now.number
    entry = HouseholdEntry(
        now.name or before.name,
        number or before.number,
        now.group or before.group,
        now.phone or before.phone,
        before.adults if now.adults is None else now.adults,
        before.school_age_children if now.school_age_children is None else now.school_age_children,
    )
    is_same = entry == before and known.is_listed and not known.has_left
    return Line(Becomes.UNCHANGED if is_same else Becomes.UPDATED, entry, known)


@lru_cache(maxsize=20_000)
def number_key(number: str) -> str:
    """A household's number as it is compared: without signs, zeros in front and letter case."""
    return _ZEROS.sub("", _SIGNS.sub("", fold(number)))


@lru_cache(maxsize=20_000)
def name_key(name: str) -> str:
    """A name as it is compared: without signs and diacritics."""
    return _SIGNS.sub(" ", fold(name)).strip()


@lru_cache(maxsize=20_000)
def _exact(name: str) -> str:
    return " ".join(normalize("NFC", name).casefold().split())


def _by_number_and_name(
    rows: Mapping[int, RollRow], known: Sequence[KnownHousehold]
) -> Iterator[tuple[int, KnownHousehold]]:
    """Both, whatever else has the same number."""
    found = {(number_key(each.entry.number), _exact(each.entry.name)): each for each in known if each.entry.number}
    for row, said in rows.items():
        one = found.get((number_key(said.entry.number), _exact(said.entry.name))) if said.entry.number else None
        if one is not None:
            yield row, one


def _by_number(rows: Mapping[int, RollRow], known: Sequence[KnownHousehold]) -> Iterator[tuple[int, KnownHousehold]]:
    """A number that only counts the lines of a file says nothing without the same name."""
    numbers = _unique({each.subject_id: number_key(each.entry.number) for each in known}, known)
    for row, said in rows.items():
        found = numbers.get(number_key(said.entry.number)) if said.entry.number else None
        if found is None:
            continue
        ours, theirs = name_key(found.entry.name), name_key(said.entry.name)
        if ours == theirs or (not said.is_counted and is_near(ours, theirs)):
            yield row, found


def _by_name_and_phone(
    rows: Mapping[int, RollRow], known: Sequence[KnownHousehold]
) -> Iterator[tuple[int, KnownHousehold]]:
    keys = {e.subject_id: f"{name_key(e.entry.name)}/{e.entry.phone}" if e.entry.phone else "" for e in known}
    found = _unique(keys, known)
    for row, said in rows.items():
        one = found.get(f"{name_key(said.entry.name)}/{said.entry.phone}") if said.entry.phone else None
        if one is not None and not _contradict(said, one):
            yield row, one


def _by_exact_name(
    rows: Mapping[int, RollRow], known: Sequence[KnownHousehold]
) -> Iterator[tuple[int, KnownHousehold]]:
    """With the same telephone and part of the hamlet first; then where a name stands as often on both sides.

    Of several households that are alike, none is taken for a row that does not say which.
    """
    left = dict(rows)
    free = list(known)
    for key, is_clear in ((_alike, _at_least), (_exact_name, _as_many)):
        ours: dict[object, list[KnownHousehold]] = {}
        theirs: dict[object, list[int]] = {}
        for each in free:
            ours.setdefault(key(each.entry), []).append(each)
        for row, said in left.items():
            theirs.setdefault(key(said.entry), []).append(row)
        for name, of_file in theirs.items():
            here = ours.get(name, [])
            if not is_clear(len(of_file), len(here)):
                continue
            for row in of_file:
                found = next((each for each in here if not _contradict(rows[row], each)), None)
                if found is not None:
                    here.remove(found)
                    free.remove(found)
                    del left[row]
                    yield row, found


def _alike(entry: HouseholdEntry) -> object:
    return _exact(entry.name), entry.phone, entry.group


def _exact_name(entry: HouseholdEntry) -> object:
    return _exact(entry.name)


def _at_least(rows: int, households: int) -> bool:
    return rows >= households > 0


def _as_many(rows: int, households: int) -> bool:
    return rows == households


def _contradict(said: RollRow, known: KnownHousehold) -> bool:
    """Whether both have a number of their own, and not the same one."""
    if said.is_counted or not said.entry.number or not known.entry.number:
        return False
    return number_key(said.entry.number) != number_key(known.entry.number)


def _unique(keys: Mapping[int, str], known: Sequence[KnownHousehold]) -> dict[str, KnownHousehold]:
    """{key: the one household that has it}."""
    found: dict[str, list[KnownHousehold]] = {}
    for each in known:
        if keys[each.subject_id]:
            found.setdefault(keys[each.subject_id], []).append(each)
    return {key: households[0] for key, households in found.items() if len(households) == 1}


class _Likely:
    """Finds what a row without a match may be, so that nothing is doubled unasked."""

    def __init__(self, known: Sequence[KnownHousehold], taken: Collection[int]) -> None:
        self._taken = taken
        self._names: dict[str, list[KnownHousehold]] = {}
        self._numbers: dict[str, KnownHousehold] = {}
        self._phones: dict[str, KnownHousehold] = {}
        self._near: dict[str, list[KnownHousehold]] = {}
        for each in known:
            key = name_key(each.entry.name)
            self._names.setdefault(key, []).append(each)
            if each.subject_id in taken:
                continue
            if each.entry.number and not each.has_left:
                self._numbers.setdefault(number_key(each.entry.number), each)
            if each.entry.phone and not each.has_left:
                self._phones.setdefault(each.entry.phone, each)
            if not each.has_left:
                for shorter in _shorter(key):
                    self._near.setdefault(shorter, []).append(each)

    def to(self, said: RollRow) -> tuple[KnownHousehold, str] | None:
        """The household that a row most likely is, and why; several rows may be one."""
        found = next(self._candidates(said), None)
        if found is None:
            return None
        each, why = found
        return each, "has_left" if each.has_left else why if each.is_listed else "registered"

    def _candidates(self, said: RollRow) -> Iterator[tuple[KnownHousehold, str]]:
        entry, key = said.entry, name_key(said.entry.name)
        called = self._names.get(key, ())
        yield from ((each, "same_name") for each in called if each.subject_id not in self._taken)
        if entry.number and not said.is_counted and (same := self._numbers.get(number_key(entry.number))) is not None:
            yield same, "same_number"
        if entry.phone and (same := self._phones.get(entry.phone)) is not None:
            yield same, "same_phone"
        for shorter in _shorter(key):
            for each in self._near.get(shorter, ()):
                if not _contradict(said, each) and is_near(key, name_key(each.entry.name)):
                    yield each, "similar_name"
        # Of one that another row was matched with already, only what could be that row once more.
        yield from ((each, "same_name") for each in called if not _contradict(said, each))


def _shorter(key: str) -> Iterator[str]:
    """A name, and it without one of its letters: names that differ in one letter have one of these in common."""
    if len(key) >= _SHORTEST:
        yield key
        for at in range(len(key)):
            yield key[:at] + key[at + 1 :]


def is_near(one: str, other: str) -> bool:
    """Whether two names differ in one letter at most, or in the order of two that stand together."""
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < _SHORTEST:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, others = one[start:], other[start:]
    if len(rest) == len(others):
        return rest[1:] == others[1:] or (rest[:2] == others[1::-1] and rest[2:] == others[2:])
    longer, shorter = (rest, others) if len(rest) > len(others) else (others, rest)
    return longer[1:] == shorter
