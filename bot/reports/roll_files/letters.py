"""Texts as people typed them, in one form; and the letters that give an old font away."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final
from unicodedata import normalize

LEGACY_TCVN3: Final = "tcvn3"
LEGACY_VNI: Final = "vni"

_SPACES: Final = re.compile(r"[\s\x00-\x1f\x7f]+")
_SHAPELESS: Final = re.compile(
    "[\u00ad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_TCVN3: Final = re.compile(r"(?<=[^\W\d_])[µ¶·¸¹¨©ª«¬\u00ad®»¼½¾]|[µ¶·¸¹¨©ª«¬\u00ad®»¼½¾](?=[^\W\d_])")
"""Letters of TCVN3 (ABC) that no text in Unicode has inside a word: 'NguyÔn V¨n', 'chñ hé'."""
_VNI: Final = re.compile("[A-Za-z][øåäëüïûöñØÅÄËÜÏÛÖÑ]|[ñöÑÖ][A-Za-z]")
"""Letters of VNI that Vietnamese does not have: 'Nguyeãn Vaên', 'Traàn Thò Höông', 'ñöôïc'."""
_OURS: Final = re.compile("[ăđơưĂĐƠƯạ-ỹẠ-Ỹ]")
"""Letters that only Vietnamese in Unicode has."""
_ENOUGH: Final = 2
_LOOKED_AT: Final = 4_000


@lru_cache(maxsize=10_000)
def tidy(text: str) -> str:
    """A text in one Unicode form, with single spaces and no signs without a shape."""
    if not text.isascii():
        text = _SHAPELESS.sub("", normalize("NFC", text))
    return _SPACES.sub(" ", text).strip()


def legacy_font(texts: Iterable[str]) -> str | None:
    """Which old font texts were typed for: 'tcvn3', 'vni'; None: they are Unicode, as far as can be told."""
    tcvn3 = vni = ours = 0
    for number, text in enumerate(texts):
        if number > _LOOKED_AT:
            break
        if text.isascii():
            continue
        plain = normalize("NFC", text)
        ours += bool(_OURS.search(plain))
        tcvn3 += bool(_TCVN3.search(plain))
        vni += bool(_VNI.search(plain))
    if tcvn3 >= _ENOUGH and tcvn3 > ours:
        return LEGACY_TCVN3
    return LEGACY_VNI if vni >= _ENOUGH and vni > ours else None
