"""Which household of a list a name or a number means: all that fit best, so that nobody is guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from bot.dialogs.understanding.phrases import Words, fits, words
from bot.dialogs.understanding.text import fold, normal

_OF_HOUSEHOLDS = frozenset(("ho", "nha", "gia", "dinh", "so", "household", "number"))
_TITLES = frozenset(
    ("ong", "ba", "anh", "chi", "chu", "bac", "co", "cu", "di", "cau", "mo", "thim", "em", "duong", "mr", "mrs")
)
_FEWEST_LETTERS_BEGUN = 2

Listed = tuple[str, str]
"""(number on the roll, name)."""

_Fit = Callable[[Words, Words], bool]


def find_named(said: str, listed: Sequence[Listed]) -> tuple[int, ...]:
    """Return the places in a list that a text may mean: one when it is sure, several when it is not, none.

    A number means the household of that number ("12" is "012"). A name means those called exactly so, else those whose
    name ends so ("An" is "Nguyễn Văn An", never "Anh"), else those that hold the words, else those that begin so. What
    was typed with diacritics means just that, unless nobody has it.
    """
    said = normal(said)
    by_number = _numbered(said, listed)
    if by_number:
        return by_number
    names = [_words_of(name) for _, name in listed]
    typed = words(said)
    if not typed or all(word.typed.isdecimal() for word in typed):
        return ()
    for same in (_is_same, _is_folded_same):
        for ways in (_WHOLE, (_begun,)):
            for core in _cores(typed):
                for way in ways:
                    found = tuple(i for i, name in enumerate(names) if way(core, name, same))
                    if found:
                        return found
    return ()


def _numbered(said: str, listed: Sequence[Listed]) -> tuple[int, ...]:
    typed = words(said)
    while len(typed) > 1 and typed[0].folded in _OF_HOUSEHOLDS:
        typed = typed[1:]
    wanted = "".join(word.folded for word in typed if word.folded[-1].isalnum())
    if not any(letter.isdecimal() for letter in wanted):
        return ()
    exact = tuple(i for i, (number, _) in enumerate(listed) if number and _sign(number) == wanted)
    if exact or not wanted.isdecimal():
        return exact
    return tuple(i for i, (number, _) in enumerate(listed) if _digits(number) == int(wanted))


@lru_cache(maxsize=4096)
def _sign(number: str) -> str:
    return "".join(letter for letter in fold(number) if letter.isalnum())


@lru_cache(maxsize=4096)
def _digits(number: str) -> int | None:
    digits = "".join(letter for letter in number if letter.isdecimal())
    return int(digits) if digits else None


@lru_cache(maxsize=4096)
def _words_of(name: str) -> Words:
    return tuple(word for word in words(normal(name)) if word.typed[-1].isalnum())


def _cores(typed: Words) -> Iterator[Words]:
    """The words as typed, then without "hộ", "nhà", then without how people are addressed."""
    core = tuple(word for word in typed if word.typed[-1].isalnum())
    yield core
    for leading in (_OF_HOUSEHOLDS, _TITLES):
        while len(core) > 1 and core[0].folded in leading:
            core = core[1:]
            yield core


def _is_same(typed: str, meant: str) -> bool:
    return fits(typed, meant)


def _is_folded_same(typed: str, meant: str) -> bool:
    return True


_Same = Callable[[str, str], bool]


def _is_called(core: Words, name: Words, same: _Same) -> bool:
    return len(core) == len(name) and _ends(core, name, same)


def _ends(core: Words, name: Words, same: _Same) -> bool:
    return 0 < len(core) <= len(name) and all(
        said.folded == meant.folded and same(said.typed, meant.typed)
        for said, meant in zip(core, name[-len(core) :], strict=True)
    )


def _holds(core: Words, name: Words, same: _Same) -> bool:
    rest = iter(name)
    return bool(core) and all(
        any(said.folded == meant.folded and same(said.typed, meant.typed) for meant in rest) for said in core
    )


def _begun(core: Words, name: Words, same: _Same) -> bool:
    if not core or len(core[-1].folded) < _FEWEST_LETTERS_BEGUN:
        return False
    last = core[-1]
    begins = last.folded if last.typed.isascii() else last.typed
    return any(
        (meant.folded if last.typed.isascii() else meant.typed).startswith(begins)
        and (len(core) == 1 or _holds(core[:-1], name[:at], same))
        for at, meant in enumerate(name)
    )


_WHOLE = (_is_called, _ends, _holds)
