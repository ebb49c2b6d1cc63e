"""Things that go wrong on demand: by chance from a seed, or exactly once."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Literal

from tests.support.fake_telegram.errors import ApiError

Outage = Literal["refuse", "bad_gateway"]
OneShot = Literal["lose_answer", "lose_request", "duplicate_update", "reorder_updates"]


@dataclass(slots=True)
class Faults:
    """Probabilities (0 to 1) of each fault; all zero to begin with.

    `duplicate_update`: an update comes once more, with the same id, although it was confirmed. `reorder_updates`: two
    neighbours change places. `lose_answer`: the method took effect, then the connection is dropped. `lose_request`: the
    connection is dropped and nothing happened. `latency_s`: every answer waits a random time up to this (real seconds).
    `outage` is switched with `FakeTelegram.begin_outage` and `end_outage`.
    """

    seed: int = 1
    duplicate_update: float = 0.0
    reorder_updates: float = 0.0
    lose_answer: float = 0.0
    lose_request: float = 0.0
    latency_s: float = 0.0
    outage: Outage | None = None
    random: random.Random = field(init=False)
    _once: list[tuple[str, str]] = field(init=False, default_factory=list)
    _errors: list[tuple[str, ApiError]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def once(self, fault: OneShot, method: str = "") -> None:
        """Let the fault happen the next time it can; of lost requests and answers, only for this method if named."""
        self._once.append((fault, method.lower()))

    def fail_next(self, method: str, error: ApiError) -> None:
        """Refuse the next call of this method with this error; nothing else happens."""
        self._errors.append((method.lower(), error))

    def reset(self) -> None:
        """Nothing goes wrong any more, except a whole outage."""
        self.duplicate_update = self.reorder_updates = self.lose_answer = self.lose_request = self.latency_s = 0.0
        self._once.clear()
        self._errors.clear()

    def happens(self, fault: OneShot, method: str = "") -> bool:
        """Decide whether the fault strikes now."""
        if self._once:
            for planned in self._once:
                if planned[0] == fault and planned[1] in {"", method}:
                    self._once.remove(planned)
                    return True
        probability: float = getattr(self, fault)
        return probability > 0 and self.random.random() < probability

    def refusal(self, method: str) -> ApiError | None:
        """The error planned for this call."""
        for planned in self._errors:
            if planned[0] == method:
                self._errors.remove(planned)
                return planned[1]
        return None
