"""A screen as plain lines: what the terminal shows, and what a golden conversation holds."""

from __future__ import annotations

from bot.dialogs.screens import Expects, Layout, Tone
from bot.i18n import DrawnScreen, Translator

MARKS = {Tone.HEADING: "# ", Tone.DONE: "✓ ", Tone.NOTICE: "! ", Tone.QUESTION: "? "}
"""How a tone shows where there is only text."""


def lines(screen: DrawnScreen, words: Translator) -> tuple[str, ...]:
    """Set a screen: its name, progress, paragraphs, numbered choices, and what else may be said."""
    shown = [f"[{screen.source.name}]"]
    if screen.progress is not None:
        shown.append(f"{screen.progress_text} {screen.bar}")
    for tone, text in screen.paragraphs:
        shown.extend(MARKS.get(tone, "") + line if line else "" for line in text.splitlines())
    shown.extend(_choices(screen))
    if screen.navigation:
        said = words.text("channel.or_words", {"words": " · ".join(c.label for c in screen.navigation)})
        shown.append(f"~ {said}")
    return tuple(shown)


def _choices(screen: DrawnScreen) -> list[str]:
    """Numbers that are answers themselves are not numbered again."""
    if screen.source.expects in (Expects.NUMBER, Expects.SHARE) or screen.source.layout is Layout.KEYPAD:
        return ["  " + "  ".join(f"[{c.label}]" for c in screen.choices)] if screen.choices else []
    return [f"  {number}. {choice.label}" for number, choice in enumerate(screen.choices, 1)]
