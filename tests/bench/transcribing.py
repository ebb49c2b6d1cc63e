"""Takes the form down from this bot's own conversation: the very sentences and buttons a family sees."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.dialogs.effects import SaveAnswer
from bot.dialogs.events import Event, Pressed, Typed
from bot.dialogs.facts import AssessmentState
from bot.dialogs.screens import Expects
from bot.handlers.telegram.render import render
from bot.i18n import DrawnChoice, DrawnScreen, translator
from tests.bench.form import Form, Step
from tests.support.world import World

NAME = "Bà Tư"
NUMBER = "3"
LONGEST_TYPED = 14
"""A longer label nobody types; they type its number."""

_QUESTION = re.compile(r"Câu (\d+)/\d+")

Pick = Callable[[DrawnScreen], DrawnChoice]


def transcribe() -> Form:
    """Take down the walk of a family that taps the first choice everywhere."""
    return walk(_first)[1]


def walk(pick: Pick) -> tuple[World, Form]:
    """Walk from /start until the sheet is handed in; returns where that leads, and the form."""
    world, words = World(), translator("vi")
    steps: list[Step] = []
    event: Event = Typed("/start")
    while world.facts.assessment is None or world.facts.assessment.state is not AssessmentState.HANDED_IN:
        effects = world.play(event)
        if world.screen is None:
            raise RuntimeError("the conversation showed nothing")
        if any(isinstance(effect, SaveAnswer) for effect in effects):
            steps[-1] = replace(steps[-1], is_kept=True)
        step, event = _answered(words.screen(world.screen), pick)
        steps.append(step)
    return world, Form(tuple(steps))


def last_answer(drawn: DrawnScreen) -> DrawnChoice:
    """Pick the last, which is the worst, answer to every question, and the first choice elsewhere."""
    return drawn.choices[-1] if drawn.progress is not None else _first(drawn)


def _first(drawn: DrawnScreen) -> DrawnChoice:
    # Without children half of the questions would not apply, so nobody answers 0.
    return next(choice for choice in drawn.choices if choice.label != "0")


def _answered(drawn: DrawnScreen, pick: Pick) -> tuple[Step, Event]:
    rendered, screen = render(drawn), drawn.source
    buttons: Sequence[Sequence[dict[str, str]]] = rendered.keyboard["inline_keyboard"] if rendered.keyboard else []
    rows = tuple(tuple(button["text"] for button in row) for row in buttons)
    numbered = _QUESTION.match(drawn.progress_text)
    question = int(numbered[1]) if numbered else 0
    if not drawn.choices:
        words = NAME if screen.expects is Expects.TEXT else NUMBER
        return Step(rendered.texts[0], rows, None, words, question), Typed(words)
    choice = pick(drawn)
    words = choice.label if len(choice.label) <= LONGEST_TYPED else str(drawn.choices.index(choice) + 1)
    data = f"{screen.revision}:{choice.id}"
    tap = next((r, c) for r, row in enumerate(buttons) for c, each in enumerate(row) if each["callback_data"] == data)
    return Step(rendered.texts[0], rows, tap, words, question), Pressed(choice.id, screen.revision)
