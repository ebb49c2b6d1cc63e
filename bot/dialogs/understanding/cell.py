"""What people put into a cell of a table instead of words: a cross, a tick, 'không áp dụng'."""

from __future__ import annotations

from bot.dialogs.understanding.text import fold

_TICKS = frozenset("x v + ✓ ✔ √ ☑ ☒ ✗ ✘ 1".split())
_NOT_APPLICABLE = frozenset(("khong ap dung", "kad", "not applicable", "n/a", "na", "khong thuoc dien"))


def is_tick(text: str) -> bool:
    """Whether a cell was ticked or crossed: by hand it means that this one is so."""
    said = text[:20].strip().casefold().strip(" .")
    return bool(said) and (said in _TICKS or (len(set(said)) == 1 and said[0] in _TICKS - {"1"}))


def is_not_applicable(text: str) -> bool:
    """Whether a cell says that its question does not concern them."""
    return fold(text[:40]).strip(" .") in _NOT_APPLICABLE
