"""The questionnaire that everybody goes through: what each screen says, and what a person answers on it.

It travels as a file, so that no peer has to load this bot to know its sentences.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ECHO_INPUTS = 20


@dataclass(frozen=True, slots=True)
class Step:
    """One screen, and the answer to it."""

    text: str
    """Telegram's HTML; empty when it does not matter."""
    rows: tuple[tuple[str, ...], ...]
    """Labels of the buttons."""
    tap: tuple[int, int] | None
    """Row and column of the button a person taps; None where only typing leads on."""
    words: str
    """What is stored as the answer, and typed by those who type."""
    question: int = 0
    """Its number, when it is one of the questions of the sheet."""
    is_kept: bool = False
    """Whether this answer completes an answer to the question, which must not be lost."""


@dataclass(frozen=True, slots=True)
class Form:
    """The screens in order, the first one shown to /start; on the last one nobody answers any more."""

    steps: tuple[Step, ...]

    @property
    def inputs(self) -> int:
        """How often a person writes or taps from /start to the last screen."""
        return len(self.steps)

    @property
    def answers(self) -> int:
        """How many answers are to be kept of one person."""
        return sum(step.is_kept for step in self.steps)

    def write(self, path: Path) -> None:
        """Write it to a file."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Form:
        """Read it from a file."""
        return cls(tuple(map(_step, json.loads(path.read_text(encoding="utf-8"))["steps"])))


def chosen(step: Step, text: str) -> str:
    """The answer that a typed text gives: a label, the number of a choice, or the text itself."""
    labels = [label for row in step.rows for label in row]
    if text not in labels and text.isdigit() and 0 < int(text) <= len(labels):
        return labels[int(text) - 1]
    return text


def echo_form() -> Form:
    """The same walk for a bot that only echoes: nothing is asked."""
    step = Step("", (("Có", "Chưa"),), (0, 0), "Có")
    return Form((step,) * ECHO_INPUTS)


def _step(data: dict[str, Any]) -> Step:
    tap = data["tap"]
    rows = tuple(tuple(row) for row in data["rows"])
    place = None if tap is None else (tap[0], tap[1])
    return Step(data["text"], rows, place, data["words"], data["question"], data["is_kept"])
