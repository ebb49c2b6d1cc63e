"""Codes that invite to a place or link a second channel."""

from __future__ import annotations

import re
import unicodedata

from bot.dialogs.understanding.command import is_in_words
from bot.dialogs.understanding.text import normal, visible

CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Letters of a code: none looks like another (no I, L, O) or makes a word by accident (no U)."""

SHORTEST_CODE = 4
LONGEST_CODE = 16
_LONGEST_TYPED = 60
_LONGEST_FORWARDED = 2_000

_LOOK_ALIKES = str.maketrans("OIL", "011")
_GAPS = re.compile(r"[\s\-‐‑‒–—−_.]+")
_IN_LINK = re.compile(r"(?:[?&](?:start|m)=|//[^\s/]{1,100}/m/)([^&#?/\s]{1,40})")
_CODE = re.compile(rf"[{CODE_ALPHABET}]{{{SHORTEST_CODE},{LONGEST_CODE}}}")


def read_code(text: str) -> str | None:
    """Return the code in a text, in the letters of `CODE_ALPHABET`.

    The text is a code with any spaces, dashes and small letters (O is 0, I and L are 1), or a message with one link
    that carries it as `/m/`, `?start=` or `?m=`. Whether the code exists is for the caller to find out.
    """
    if len(text) > _LONGEST_FORWARDED:
        return None
    text = unicodedata.normalize("NFKC", visible(text)).strip()
    linked = _linked(text)
    if linked:
        return linked.pop() if len(linked) == 1 else None
    if len(text) > _LONGEST_TYPED or is_in_words(normal(text)):
        return None
    return _code(text)


def read_linked_code(text: str) -> str | None:
    """Return the code that the one link in a text carries, as a card's QR does; None where there is no such link."""
    if len(text) > _LONGEST_FORWARDED:
        return None
    linked = _linked(unicodedata.normalize("NFKC", visible(text)))
    return linked.pop() if len(linked) == 1 else None


def _linked(text: str) -> set[str | None]:
    return {_code(found) for found in _IN_LINK.findall(text)}


def _code(written: str) -> str | None:
    code = _GAPS.sub("", written).upper().translate(_LOOK_ALIKES)
    return code if _CODE.fullmatch(code) else None
