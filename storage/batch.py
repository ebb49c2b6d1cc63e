"""The turns of one unit of work on their way into the tables, grouped so that each group is a few statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NoReturn, TypeVar

from sqlalchemy import Connection, insert

from bot.dialogs.effects import FetchFile
from bot.dialogs.facts import AssessmentState
from bot.ports import Account, Conflict, PersonRecord, Turn
from storage.tables import audit

K = TypeVar("K")


@dataclass(slots=True)
class Step:
    """One turn, and what becomes of its person, subject and assessment while it is written."""

    turn: Turn
    record: PersonRecord
    account: Account
    subject_id: int | None
    assessment_id: int | None
    state: AssessmentState | None
    has_taken_up: bool = False
    """Whether the person works on another assessment from now on."""
    is_joining: bool = False
    """Whether that assessment was there before, with answers of others, of which this turn's outcome knows nothing."""
    is_person_gone: bool = False
    fetches: list[FetchFile] = field(default_factory=list)

    @property
    def person_id(self) -> int:
        """Who the turn was decided for."""
        return self.record.person_id

    @property
    def channel(self) -> str:
        """Where it came from."""
        return self.account.channel

    def take_up(self, assessment_id: int, state: AssessmentState, *, is_joining: bool = False) -> None:
        """Let the person work on an assessment from now on."""
        self.assessment_id, self.state = assessment_id, state
        self.has_taken_up, self.is_joining = True, is_joining

    def fetch(self, what: FetchFile, pull_channels: tuple[str, ...]) -> None:
        """Have a file brought from the channel after the commit."""
        if self.channel in pull_channels:
            raise ValueError(f"channel '{self.channel}' cannot be asked for files; keep them before the update")
        self.fetches.append(what)

    def conflict(self, reason: str) -> NoReturn:
        """Refuse the turn."""
        raise Conflict((self.turn.claimed.inbox_id,), reason)


class Batch:
    """Turns of different persons, written together."""

    def __init__(
        self, turns: Sequence[Turn], records: Mapping[int, PersonRecord], now: datetime, today: date,
        lease_until: datetime, pull_channels: tuple[str, ...],
    ) -> None:  # fmt: skip
        self.now = now
        self.today = today
        self.lease_until = lease_until
        self.pull_channels = pull_channels
        self.steps = tuple(_step(turn, records) for turn in turns)
        self._by_kind: defaultdict[type[Any], list[tuple[Step, Any]]] = defaultdict(list)
        self._audit: list[dict[str, Any]] = []
        for step in self.steps:
            for effect in step.turn.effects:
                self._by_kind[type(effect)].append((step, effect))

    def each(self, kind: type[K]) -> Sequence[tuple[Step, K]]:
        """Return every effect of a kind with its step, in order."""
        return self._by_kind.get(kind, ())

    def having(self, *kinds: type[Any]) -> Iterator[Step]:
        """Yield the steps that have an effect of one of the kinds."""
        return (step for step in self.steps if any(isinstance(effect, kinds) for effect in step.turn.effects))

    def note(self, step: Step, what: str, *, subject_id: int | None = None, assessment_id: int | None = None) -> None:
        """Put down what happened for the audit: a code and ids.

        Args:
            subject_id: whom it concerns, where that is not who the person works on; its sheet is then the one given.
        """
        self._audit.append(
            {
                "at": self.now,
                "what": what,
                "person_id": step.person_id,
                "subject_id": step.subject_id if subject_id is None else subject_id,
                "assessment_id": step.assessment_id if subject_id is None else assessment_id,
            }
        )

    def write_audit(self, connection: Connection) -> None:
        """Append what was noted."""
        if self._audit:
            connection.execute(insert(audit), self._audit)


def _step(turn: Turn, records: Mapping[int, PersonRecord]) -> Step:
    account = turn.claimed.account
    record = records.get(account.person_id)
    if record is None:
        raise Conflict((turn.claimed.inbox_id,), f"person {account.person_id} is gone")
    return Step(
        turn=turn,
        record=record,
        account=account,
        subject_id=record.subject.id if record.subject else None,
        assessment_id=record.assessment.id if record.assessment else None,
        state=record.assessment.state if record.assessment else None,
    )
