"""A Vietnamese telephone number, however it is spaced, with or without +84."""

from __future__ import annotations

import re

from bot.dialogs.understanding.text import fold

_LONGEST_TYPED = 40
_CALLED = re.compile(r"^(?:so dien thoai|dien thoai|so dt|sdt|dt|di dong|so may|so|zalo|goi|la|phone)[\s:.]*")
_WRITTEN = re.compile(r"\+?[0-9](?:[\s.()\-/]{0,3}[0-9]){7,14}")
_MOBILE = re.compile(r"0[35789][0-9]{8}")
_LANDLINE = re.compile(r"02[0-9]{8,9}")


def read_phone(text: str) -> str | None:
    """Return a number as it is dialled in Việt Nam, digits only: '0912345678'; None for anything else.

    What is written with the country's code gets its 0, and so does what lost it in a spreadsheet.
    """
    said = fold(text[: _LONGEST_TYPED + 1]).strip(" .,;")
    if len(text.strip()) > _LONGEST_TYPED:
        return None
    while (shorter := _CALLED.sub("", said)) != said:
        said = shorter
    if not _WRITTEN.fullmatch(said):
        return None
    digits = re.sub(r"\D", "", said)
    if digits.startswith("0084"):
        digits = digits[2:]
    if digits.startswith("84") and len(digits) in (11, 12, 13):
        digits = "0" + digits[2:].removeprefix("0")
    elif len(digits) == 9:
        digits = "0" + digits
    return digits if _MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits) else None


def spaced(phone: str) -> str:
    """Return a number in groups that can be read aloud: '0912 345 678'."""
    return f"{phone[:4]} {phone[4:7]} {phone[7:]}" if phone.isdigit() and len(phone) in (10, 11) else phone
