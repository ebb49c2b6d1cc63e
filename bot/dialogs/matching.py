"""Which choice on a screen was meant by words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.dialogs.screens import Choice, Say
from bot.dialogs.understanding import fold, normal, read_choice
from bot.scoring.model import Text

Word = Callable[[Say | Text], str]
"""Words a label in the person's language, so that typed words can be matched with what is on the screen."""


def in_full(text: str, offered: Sequence[Choice], word: Word) -> Choice | None:
    """The one choice whose whole label was typed, whatever its signs and, if that is enough to tell, its diacritics."""
    for form in (normal, fold):
        said = _letters(form(text))
        meant = [choice for choice in offered if said and _letters(form(word(choice.label))) == said]
        if meant:
            return meant[0] if len(meant) == 1 else None
    return None


def _letters(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text).split())


def in_part(text: str, offered: Sequence[Choice], word: Word, *, by_place: bool) -> Choice | None:
    """The one choice meant by words of its label, or by its place where places are not answers themselves."""
    if not by_place and read_choice(text, ("",) * len(offered)) is not None:
        return None
    index = read_choice(text, [word(choice.label) for choice in offered])
    return None if index is None else offered[index]
