"""A percentage: '80', '80 %', 'tám mươi phần trăm', '80 phần trăm số hộ'."""

from __future__ import annotations

from decimal import Decimal

from bot.dialogs.understanding.number import read_number

_PERCENT = ("%", "phần trăm", "phần trăm số hộ", "% số hộ", "percent", "per cent")


def read_percent(text: str) -> Decimal | None:
    """Read a percentage, out of range if that was typed; None as in read_number."""
    return read_number(text, units=_PERCENT)
