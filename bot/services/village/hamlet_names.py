"""Which hamlet a text means, whatever it is written like: 'Thôn Đông', 'đông', 'THÔN 05', 'Tổ dân phố số 5'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.dialogs.understanding import fold
from bot.ports.village.imports import RollPlace

_KIND: Final = re.compile(
    "^((danh sach|ds) )?((to dan pho|tdp|khu dan cu|khu pho|khoi pho|thon|ban|ap|buon|bon|lang|plei|xom|khom|khu|khoi"
    r"|phum|soc|to|kp)\b ?)?(so )?"
)
_SIGNS: Final = re.compile(r"[^\w]+")
_ZEROS: Final = re.compile(r"\b0+(?=\d)")


def bare(name: str) -> str:
    """A hamlet's name without diacritics, signs and the word for what it is."""
    folded = _ZEROS.sub("", _SIGNS.sub(" ", fold(name)).strip())
    return _KIND.sub("", folded).strip() or folded


@dataclass(slots=True)
class Hamlets:
    """The hamlets that somebody may import for, by name."""

    places: Sequence[RollPlace]
    _by_name: dict[str, list[RollPlace]] = field(default_factory=dict)
    _by_bare: dict[str, list[RollPlace]] = field(default_factory=dict)
    _known: dict[str, Sequence[RollPlace]] = field(default_factory=dict)
    """What texts were found to mean: a roll says the same few again and again."""

    def __post_init__(self) -> None:
        for place in self.places:
            self._by_name.setdefault(_plain(place.name), []).append(place)
            self._by_bare.setdefault(bare(place.name), []).append(place)

    def meant(self, text: str) -> Sequence[RollPlace]:
        """The hamlets that a text may mean: one where it is clear."""
        if not text:
            return ()
        if text not in self._known:
            self._known[text] = self._by_name.get(_plain(text)) or self._by_bare.get(bare(text)) or ()
        return self._known[text]


def _plain(name: str) -> str:
    return _ZEROS.sub("", _SIGNS.sub(" ", fold(name)).strip())


def only(places: Iterable[RollPlace]) -> RollPlace | None:
    """The one place; None where there are several, or none."""
    found = list(places)
    return found[0] if len(found) == 1 else None
