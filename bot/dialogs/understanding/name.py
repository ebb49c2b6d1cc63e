"""The name a person likes to be called by."""

from __future__ import annotations

import re
import unicodedata

from bot.dialogs.understanding.command import is_in_words
from bot.dialogs.understanding.phrases import listed
from bot.dialogs.understanding.text import fold_normal, understandable, visible

LONGEST_NAME = 60
_LONGEST_TYPED = 400

_ADDRESS = re.compile(r"https?:|www\.|://|@|\w\.(?:com|net|org|vn|me|info|io|edu|gov)\b", re.IGNORECASE)
_NUMBER_OF_A_PHONE = re.compile(r"(?:[0-9][ .()+-]{0,3}){7}")
_SPACES = re.compile(r"[^\S\n\r\v\f\x1c-\x1f\x85\u2028\u2029]+")
_ANSWERS = frozenset(
    listed(
        "có, không, ko, k, kg, khong, co, rồi, roi, chưa, chua, vâng, vang, dạ, da, ừ, uh, ok, oke, yes, no, dạ có",
        "dạ không, không có, khong co, da co, da khong, không ạ, có ạ",
    )
)
_LETTERS = re.compile(r"[^\W\d_]+")
_ALSO_NAMES = frozenset(("huy", "nghi", "tiep", "thoi", "lui"))
"""Commands without their diacritics that are people's names, too."""


def read_name(text: str) -> str | None:
    """Return a name in one Unicode form, with single spaces, as the person wrote it otherwise.

    Returns: None for what has no letter or more than 60 characters, for control characters, addresses, telephone
        numbers, commands and bare answers ("có").
    """
    if len(text) > _LONGEST_TYPED:
        return None
    name = _SPACES.sub(" ", visible(text).strip())
    if not 0 < len(name) <= LONGEST_NAME or name.startswith("/"):
        return None
    categories = {unicodedata.category(letter) for letter in name}
    if categories & {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"} or not any(c.startswith("L") for c in categories):
        return None
    if _ADDRESS.search(name) or _NUMBER_OF_A_PHONE.search(name):
        return None
    return None if _says_something_else(name) else name


def readable(name: str) -> str:
    """Write a name as names are written: 'NGUYỄN VĂN AN' and 'nguyễn văn an' are 'Nguyễn Văn An'.

    What has both capitals and small letters was written with care and stays.
    """
    if name not in (name.upper(), name.lower()):
        return name
    return _LETTERS.sub(lambda word: word[0][0].upper() + word[0][1:].lower(), name.lower())


def _says_something_else(name: str) -> bool:
    said = understandable(name)
    if said is None or said.startswith("/"):
        return True
    if said in _ALSO_NAMES:
        return False
    return said in _ANSWERS or is_in_words(said) or not fold_normal(said).strip(" .,-")
