"""The number of a decision, as it stands on the document: '12/QĐ-UBND', 'Quyết định số 12/QĐ-UBND'."""

from __future__ import annotations

import re

LONGEST = 60
_NUMBER = re.compile(r"[\w./ -]*\d[\w./ -]*")
_CALLED = re.compile(r"(?:quyết định\s+)?(?:số\s*:?\s+)?", re.IGNORECASE)
"""What people write before the number, and every document says before it anyway."""


def read_decision_number(text: str) -> str | None:
    """Return the number alone; None where there is no figure in it, or too much around it."""
    number = _CALLED.sub("", " ".join(text.split()), count=1)
    return number if len(number) <= LONGEST and _NUMBER.fullmatch(number) else None
