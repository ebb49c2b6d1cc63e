"""The criteria sets this installation knows, and which of them is in force."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.dialogs.facts import Assessment
from bot.ports import AssessmentRecord
from bot.scoring.model import CriteriaSet, SubjectKind


class RulesMissingError(Exception):
    """No set fits; says which one was wanted."""


class Rulebook:
    """All known sets, by id and version."""

    def __init__(self, sets: Iterable[CriteriaSet]) -> None:
        self._sets = {(s.id, s.version): s for s in sets}

    def get(self, set_id: str, version: str) -> CriteriaSet:
        """Return the very set an assessment was answered under.

        Raises: RulesMissingError: it is not shipped with this version of the program.
        """
        try:
            return self._sets[set_id, version]
        except KeyError:
            raise RulesMissingError(
                f"criteria set {set_id!r} version {version!r} is not installed. "
                "Put its file back: old assessments keep their rules."
            ) from None

    def assessment(self, record: AssessmentRecord) -> Assessment:
        """Join a stored assessment with the rules it is answered under.

        Raises: RulesMissingError: they are not shipped with this version of the program.
        """
        return Assessment(
            record.id,
            record.year,
            self.get(record.set_id, record.set_version),
            record.answers,
            record.state,
            record.evidence,
            handed_in_at=record.handed_in_at,
            is_reviewed=record.is_reviewed,
        )

    def in_force(self, subject: SubjectKind, on: date) -> CriteriaSet:
        """Return the set under which a new assessment opens on a local day; the newest where several are in force.

        Raises: RulesMissingError: none is in force.
        """
        fitting = [s for s in self._sets.values() if s.subject is subject and s.is_in_force(on)]
        if not fitting:
            raise RulesMissingError(f"no criteria set for {subject.value} is in force on {on}.")
        return max(fitting, key=lambda s: (s.valid_from, s.version))
