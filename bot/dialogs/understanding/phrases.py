"""Words as typed, and tables of phrases that know them with and without diacritics."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

from bot.dialogs.understanding.text import fold_normal

Meaning = TypeVar("Meaning")


class Word(NamedTuple):
    """One word of a text: as typed, and without diacritics."""

    typed: str
    folded: str


Words = tuple[Word, ...]

_WORD = re.compile(r"(?:(?<!\w)-)?[0-9]+(?:[.,][0-9]+)*|[^\W\d_]+|\S")
_PARTING = re.compile(r"\s*(?:[;:!]|\s-(?=\s)|(?<=[^\W\d_])[.,]|[.,](?![0-9]))\s*")
_STRETCHED = re.compile(r"([a-z])\1\1+")
_FEWEST_LETTERS_HALF_MARKED = 3
_FEWEST_LETTERS_STRETCHED = 4


def words(said: str, spellings: Mapping[str, str] | None = None) -> Words:
    """Return the words and signs of a text in normal form.

    Args:
        spellings: {typed word: the word meant}, for abbreviations and dialect.
    """
    meant = spellings or {}
    return tuple([_word(typed, meant) for typed in _WORD.findall(said)])


def clauses(said: str, spellings: Mapping[str, str] | None = None) -> tuple[Words, ...]:
    """Return the words of each part between commas, full stops, line ends and the like."""
    return tuple(words(part, spellings) for part in _PARTING.split(said) if part)


def _word(typed: str, spellings: Mapping[str, str]) -> Word:
    typed = spellings.get(typed, typed)
    folded = typed if typed.isascii() else fold_normal(typed)
    if len(folded) >= _FEWEST_LETTERS_STRETCHED and _STRETCHED.search(folded):
        folded = _STRETCHED.sub(r"\1", folded)  # "cóooo", "okkkk"
        typed = spellings.get(folded, folded)
        folded = fold_normal(typed)
    return Word(typed, folded)


def fits(typed: str, meant: str) -> bool:
    """Say whether a typed word can be the word meant, both being the same without diacritics.

    It can when typed in full, without any diacritics, or (from three letters on) with some of them.
    """
    if typed == meant or typed.isascii():
        return True
    if len(typed) < _FEWEST_LETTERS_HALF_MARKED:
        return False
    return all(marks <= of_meant for marks, of_meant in zip(_marks(typed), _marks(meant), strict=False))


def _marks(word: str) -> list[frozenset[str]]:
    return [frozenset("-" if letter == "đ" else unicodedata.normalize("NFD", letter)[1:]) for letter in word]


def _says(word: Word, written: str) -> bool:
    if written.startswith("="):
        return word.typed == written[1:]
    return fits(word.typed, written)


class Phrases(Generic[Meaning]):
    """Phrases with their meanings, found by words with or without diacritics.

    A word written with "=" before it is only found with its diacritics typed: without them it says something else as
    well ("=dừng" is stop; "dung" may be "đúng", right).
    """

    __slots__ = ("_by_folded", "_longest_from", "_longest_to")

    def __init__(self, meanings: Mapping[str, Meaning]) -> None:
        by_folded: dict[tuple[str, ...], list[tuple[tuple[str, ...], Meaning]]] = {}
        for written, meaning in meanings.items():
            phrase = tuple(written.split())
            key = tuple(fold_normal(word.removeprefix("=")) for word in phrase)
            by_folded.setdefault(key, []).append((phrase, meaning))
        self._by_folded = by_folded
        self._longest_from: dict[str, int] = {}
        self._longest_to: dict[str, int] = {}
        for key in by_folded:
            self._longest_from[key[0]] = max(len(key), self._longest_from.get(key[0], 0))
            self._longest_to[key[-1]] = max(len(key), self._longest_to.get(key[-1], 0))

    def find(self, said: Words) -> Meaning | None:
        """Return the meaning of exactly these words."""
        if not said or self._longest_from.get(said[0].folded, 0) < len(said):
            return None
        for phrase, meaning in self._by_folded.get(tuple([word.folded for word in said]), ()):
            if all(map(_says, said, phrase)):
                return meaning
        return None

    def may_begin(self, word: Word) -> bool:
        """Say whether any phrase begins with a word, its diacritics aside."""
        return word.folded in self._longest_from

    def opening(self, said: Words) -> int:
        """Return how many words at the start make up the longest phrase there; 0 if there is none."""
        longest = self._longest_from.get(said[0].folded, 0) if said else 0
        for length in range(min(longest, len(said)), 0, -1) if longest else ():
            if self.find(said[:length]) is not None:
                return length
        return 0

    def ending(self, said: Words) -> int:
        """Return how many words at the end make up the longest phrase there; 0 if there is none."""
        longest = self._longest_to.get(said[-1].folded, 0) if said else 0
        for length in range(min(longest, len(said)), 0, -1) if longest else ():
            if self.find(said[-length:]) is not None:
                return length
        return 0


def listed(*written: str) -> dict[str, bool]:
    """Return the phrases of texts in which commas part them, each meaning True."""
    return dict.fromkeys((phrase.strip() for text in written for phrase in text.split(",") if phrase.strip()), True)


def combined(*parts: str) -> str:
    """Return every phrase that takes one of the pieces of each part in turn; commas part pieces and phrases.

    A piece may be empty: combined("có", ", rồi") is "có, có rồi".
    """
    phrases = [""]
    for part in parts:
        phrases = [f"{phrase} {piece.strip()}".strip() for phrase in phrases for piece in part.split(",")]
    return ", ".join(phrases)


def cores(said: Words, openings: Phrases[bool], endings: Phrases[bool]) -> Iterator[Words]:
    """Yield what remains of a text as its polite endings, then its openings, are taken away; the whole text first."""
    starts, ends = [0], [len(said)]
    while taken := openings.opening(said[starts[-1] :]):
        starts.append(starts[-1] + taken)
    while taken := endings.ending(said[: ends[-1]]):
        ends.append(ends[-1] - taken)
    for end in ends:
        for start in starts:
            if start < end:
                yield said[start:end]
