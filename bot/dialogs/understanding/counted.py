"""A number of those that a subject counts: '25 giáo viên', '112 hộ', 'năm trăm công dân'."""

from __future__ import annotations

from decimal import Decimal

from bot.dialogs.understanding.number import read_number

_CALLED = {
    "members": ("cán bộ", "nhân viên", "viên chức", "giáo viên", "công nhân"),
    "learners": ("người học", "sinh viên", "học viên", "students", "learners"),
    "households": ("nhà", "nóc nhà", "households", "homes"),
    "clans": ("họ", "dòng họ", "clans"),
    "communes": ("xã", "phường", "xã phường", "communes"),
    "districts": ("huyện", "quận", "districts"),
    "citizens": ("công dân", "dân", "citizens"),
}
"""{fact: what may be typed behind its number, besides people and households}"""


def read_counted(text: str, fact: str) -> Decimal | None:
    """Read how many there are of what a fact counts; None as in read_number."""
    return read_number(text, units=_CALLED.get(fact, ()))
