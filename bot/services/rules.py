"""The criteria sets this installation knows, shipped and adopted, and which of them is in force where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

from bot.dialogs.facts import Assessment
from bot.ports import Adoption, AssessmentRecord, Work
from bot.scoring.model import Answer, CriteriaSet, Derived, SubjectKind
from bot.scoring.shipped import read_shipped

PLACES_AT_ONCE = 4096
"""Places and days whose rules are kept ready."""

PARSED_AT_ONCE = 256
"""Adopted sets kept ready; the others are kept as text."""

Key = tuple[str, str]
"""(id, version) of a set."""


class RulesMissingError(Exception):
    """No set fits; says which one was wanted."""


class Rulebook:
    """All known sets. Adopted ones never change, so what was read once is true forever."""

    def __init__(self, shipped: Iterable[CriteriaSet]) -> None:
        self._shipped = {(s.id, s.version): s for s in shipped}
        self._texts: dict[Key, str] = {}
        self._adopted: defaultdict[tuple[SubjectKind, str | None], list[Adoption]] = defaultdict(list)
        self._newest = 0
        self._parsed = lru_cache(PARSED_AT_ONCE)(self._parse)
        self._at = lru_cache(PLACES_AT_ONCE)(self._find_at)
        self._past = lru_cache(PLACES_AT_ONCE)(self._find_past)
        self._of = lru_cache(PLACES_AT_ONCE)(self._find_of)

    async def refresh(self, work: Work) -> None:
        """Learn what was adopted since, by this process or another."""
        for adoption in await work.rules.adopted(self._newest):
            text = await work.rules.text(adoption.set_id, adoption.version)
            if text is None:
                raise RulesMissingError(f"adopted set {adoption.set_id!r} version {adoption.version!r} has no text.")
            self._texts[adoption.set_id, adoption.version] = text
            self._adopted[adoption.kind, adoption.group].append(adoption)
            self._newest = max(self._newest, adoption.id)
            self._at.cache_clear()
            self._past.cache_clear()
            self._of.cache_clear()

    def find(self, set_id: str, version: str) -> CriteriaSet | None:
        """Return a set; None when nobody shipped or adopted it."""
        key = set_id, version
        if key in self._shipped:
            return self._shipped[key]
        return self._parsed(key) if key in self._texts else None

    def get(self, set_id: str, version: str) -> CriteriaSet:
        """Return the very set an assessment was answered under.

        Raises: RulesMissingError: it is neither shipped with this version of the program nor adopted here.
        """
        found = self.find(set_id, version)
        if found is None:
            raise RulesMissingError(
                f"criteria set {set_id!r} version {version!r} is not installed. "
                "Put its file back: old assessments keep their rules."
            )
        return found

    def assessment(self, record: AssessmentRecord, derived: Mapping[str, Derived] | None = None) -> Assessment:
        """Join a stored assessment with the rules it is answered under and what the records say now.

        While it is open, a share that was accepted from the records follows them.

        Raises: RulesMissingError: its rules are not installed.
        """
        joined = Assessment(
            record.id,
            record.year,
            self.get(record.set_id, record.set_version),
            record.answers,
            record.state,
            record.evidence,
            derived=derived or {},
            handed_in_at=record.handed_in_at,
            is_reviewed=record.is_reviewed,
            sides=record.sides,
            differences=record.differences,
        )
        if not derived or not joined.is_open:
            return joined
        answers = {i: _followed(answer, derived.get(i)) for i, answer in record.answers.items()}
        return replace(joined, answers=answers)

    def in_force(self, kind: SubjectKind, group: str | None, path: str, on: date) -> CriteriaSet | None:
        """Return the set for a kind of subject at a place on a local day.

        What the place itself or the nearest place above adopted comes before what is shipped; of several adopted by
        one place, the newest. None when none is in force.
        """
        return self._of(kind, group, path, on)

    def _find_of(self, kind: SubjectKind, group: str | None, path: str, on: date) -> CriteriaSet | None:
        fitting = [a for a in self._adopted.get((kind, group), ()) if path.startswith(a.path) and _is_valid(a, on)]
        if fitting:
            nearest = max(fitting, key=lambda a: (len(a.path), a.id))
            return self.get(nearest.set_id, nearest.version)
        shipped = (s for s in self._shipped.values() if s.subject is kind and s.group == group and s.is_in_force(on))
        return max(shipped, key=lambda s: (s.valid_from, s.version), default=None)

    def in_force_at(self, path: str, on: date) -> tuple[CriteriaSet, ...]:
        """Return every set in force at a place on a local day, in the order of the kinds of subject."""
        return self._at(path, on)

    def _find_at(self, path: str, on: date) -> tuple[CriteriaSet, ...]:
        kinds = {(s.subject, s.group) for s in self._shipped.values()} | set(self._adopted)
        order = {kind: n for n, kind in enumerate(SubjectKind)}
        found = (self.in_force(*each, path, on) for each in sorted(kinds, key=lambda k: (order[k[0]], k[1] or "")))
        return tuple(each for each in found if each is not None)

    def in_force_below(self, kind: SubjectKind, group: str | None, path: str, on: date) -> CriteriaSet | None:
        """Return the set at a place, or one of a place below that can be scored by where that of the place cannot."""
        here = self.in_force(kind, group, path, on)
        if here is not None and not here.is_structure_only:
            return here
        below = (a for a in self._adopted.get((kind, group), ()) if a.path.startswith(path) and _is_valid(a, on))
        found = next(below, None)
        return here if found is None else self.get(found.set_id, found.version)

    def structure_of(self, criteria: CriteriaSet, on: date) -> CriteriaSet | None:
        """Return the structure of past years that a set completes, or is; None where it is a set like any other."""
        if criteria.valid_until is None or criteria.valid_until >= on:
            return None
        wanted = criteria.subject, criteria.group, criteria.valid_until
        structures = (s for s in self._shipped.values() if s.is_structure_only)
        return next((s for s in structures if (s.subject, s.group, s.valid_until) == wanted), None)

    def all_at(self, kind: SubjectKind, group: str | None, path: str) -> tuple[CriteriaSet, ...]:
        """Return every set that holds, held or will hold at a place, from what is shipped on."""
        shipped = [s for s in self._shipped.values() if (s.subject, s.group) == (kind, group)]
        adopted = [a for a in self._adopted.get((kind, group), ()) if path.startswith(a.path)]
        return (*shipped, *(self.get(a.set_id, a.version) for a in adopted))

    def own_below(self, kind: SubjectKind, group: str | None, path: str) -> tuple[str, ...]:
        """Return the paths of the places below one that have adopted sets of their own."""
        return tuple(
            dict.fromkeys(
                a.path for a in self._adopted.get((kind, group), ()) if a.path.startswith(path) and a.path != path
            )
        )

    def standing(self, kind: SubjectKind, group: str | None, path: str, on: date) -> str:
        """Return a sign that changes whenever other rules hold, or will hold, at a place."""
        here = self.in_force(kind, group, path, on)
        newest = max((a.id for a in self._adopted.get((kind, group), ()) if path.startswith(a.path)), default=0)
        return f"{here.id}/{here.version}/{newest}" if here is not None else f"//{newest}"

    def past_at(self, path: str, on: date) -> tuple[CriteriaSet, ...]:
        """Return every set that is over on a local day, shipped or adopted at a place, the newest first.

        Where a place completed a past set, its own stands instead of the shipped one; of its versions the newest.
        """
        return self._past(path, on)

    def _find_past(self, path: str, on: date) -> tuple[CriteriaSet, ...]:
        over = [s for s in self._shipped.values() if s.valid_until is not None and s.valid_until < on]
        last = (s.valid_until for s in over if s.valid_until is not None)
        found = {
            (s.subject, s.group, day): self.in_force(s.subject, s.group, path, day) or s
            for s, day in zip(over, last, strict=True)
        }
        return tuple(sorted(found.values(), key=lambda s: (s.valid_until or on, s.id), reverse=True))

    def versions(self, set_id: str) -> int:
        """How many versions of a set were adopted."""
        return sum(adopted == set_id for adopted, _ in self._texts)

    def _parse(self, key: Key) -> CriteriaSet:
        return read_shipped(f"{key[0]} {key[1]}", self._texts[key].encode())


def _is_valid(adoption: Adoption, on: date) -> bool:
    return adoption.valid_from <= on and (adoption.valid_until is None or on <= adoption.valid_until)


def _followed(answer: Answer, counted: Derived | None) -> Answer:
    """A share that was accepted from the records, as they are now; what a person stated stays."""
    if not isinstance(answer, Derived) or answer.override_reason is not None or counted is None:
        return answer
    return answer if (answer.part, answer.whole) == (counted.part, counted.whole) else counted
