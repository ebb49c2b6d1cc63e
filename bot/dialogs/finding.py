"""Finding rules by words, typed with or without diacritics: which indicators speak of them, best first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.dialogs.understanding import normal
from bot.dialogs.understanding.text import fold_normal
from bot.scoring.model import CriteriaSet, Criterion, Indicator, Text

MOST_WORDS = 8
LONGEST_QUERY = 60
"""Letters of what is looked for; the rest is left out."""

_LANGUAGES = ("vi", "en")
_SHORTEST_BEGINNING = 3
"""Shorter words mean themselves alone: "họ" is not the beginning of "học"."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One place in the rules: an indicator, a criterion of which no indicators are known, or a whole set."""

    criteria: CriteriaSet
    at: int | None = None
    """The place of the criterion, from 0; None for the whole set."""
    indicator: Indicator | None = None

    @property
    def named(self) -> Text:
        """What names it in a list."""
        if self.indicator is not None:
            return self.indicator.short
        return self.criteria.title if self.at is None else self.criteria.criteria[self.at].title

    @property
    def number(self) -> str:
        """Where it stands in its set: '2.1'; empty for the whole set."""
        if self.at is None:
            return ""
        if self.indicator is None:
            return str(self.at + 1)
        return f"{self.at + 1}.{self.criteria.criteria[self.at].indicators.index(self.indicator) + 1}"


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in the form of `normal`, without signs: those that are looked for, or looked at."""
    return tuple("".join(c if c.isalnum() else " " for c in normal(text)).split())


def find(sets: Sequence[CriteriaSet], query: str) -> tuple[Hit, ...]:
    """Find everything that holds all words of a query, best first; nothing where the query has no words.

    Looked at are an indicator's short name, question, reason and article and its criterion's title, and a set's title
    and document; each language by itself. A word is found where it stands or where it begins a longer one. What was
    typed with diacritics means just that, unless nothing has it.
    """
    return _find(tuple(_Same(criteria) for criteria in sets), query[:LONGEST_QUERY])


def example(sets: Sequence[CriteriaSet]) -> Text:
    """Name something that is surely found in these sets, of which there is at least one."""
    indicators = sets[0].indicators
    return indicators[0].short if indicators else sets[0].title


@lru_cache(maxsize=64)
def _find(sets: tuple[_Same, ...], query: str) -> tuple[Hit, ...]:
    """One step looks for the same several times: to see whether there is anything, and to draw it."""
    typed = words_of(query)[:MOST_WORDS]
    if not typed:
        return ()
    entries = [entry for same in sets for entry in _index(same)]
    found = _ranked(entries, typed, is_folded=False)
    if not found:
        found = _ranked(entries, tuple(fold_normal(word) for word in typed), is_folded=True)
    return tuple(entry.hit for entry in found)


@dataclass(frozen=True, slots=True)
class _Field:
    """A text with a blank at each end and between its words, as typed and without diacritics."""

    weight: int
    typed: str
    folded: str


@dataclass(frozen=True, slots=True)
class _Entry:
    hit: Hit
    readings: tuple[tuple[_Field, ...], ...]
    """Its fields in each language."""


class _Same:
    """A set as this very object: it never changes, so what was indexed of it stays true; comparing it would be slow."""

    __slots__ = ("criteria",)

    def __init__(self, criteria: CriteriaSet) -> None:
        self.criteria = criteria

    def __hash__(self) -> int:
        return id(self.criteria)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.criteria is self.criteria


@lru_cache(maxsize=256)
def _index(same: _Same) -> tuple[_Entry, ...]:
    return tuple(_entries(same.criteria))


def _entries(criteria: CriteriaSet) -> Iterator[_Entry]:
    document = Text(criteria.issuing_document)
    yield _entry(Hit(criteria), ((criteria.title, 13), (document, 2)))
    for at, criterion in enumerate(criteria.criteria):
        if not criterion.indicators:
            yield _entry(Hit(criteria, at), ((criterion.title, 8),))
        for indicator in criterion.indicators:
            yield _entry(Hit(criteria, at, indicator), _texts(criterion, indicator))


def _texts(criterion: Criterion, indicator: Indicator) -> tuple[tuple[Text, int], ...]:
    return (
        (indicator.short, 8),
        (indicator.question, 4),
        (criterion.title, 3),
        (indicator.why, 2),
        (Text(indicator.article), 2),
    )


def _entry(hit: Hit, texts: Sequence[tuple[Text, int]]) -> _Entry:
    read = (tuple((text.in_locale(language), weight) for text, weight in texts) for language in _LANGUAGES)
    readings = dict.fromkeys(read)  # what is not translated is looked at once
    return _Entry(hit, tuple(tuple(_field(text, weight) for text, weight in reading) for reading in readings))


def _field(text: str, weight: int) -> _Field:
    typed = f" {' '.join(words_of(text))} "
    return _Field(weight, typed, f" {fold_normal(typed).strip()} ")


def _ranked(entries: Sequence[_Entry], words: tuple[str, ...], *, is_folded: bool) -> list[_Entry]:
    rated = [(max(_rate(fields, words, is_folded=is_folded) for fields in entry.readings), entry) for entry in entries]
    found = [(rate, entry) for rate, entry in rated if rate]
    return [entry for _, entry in sorted(found, key=lambda each: -each[0])]


def _rate(fields: tuple[_Field, ...], words: tuple[str, ...], *, is_folded: bool) -> int:
    """How well texts fit words; 0 where one of the words is nowhere."""
    rates = [[_fit(field, word, is_folded=is_folded) * field.weight for field in fields] for word in words]
    if not all(any(of_word) for of_word in rates):
        return 0
    together = " ".join(words)
    phrase = max(_fit(field, together, is_folded=is_folded) * field.weight for field in fields)
    return sum(max(of_word) for of_word in rates) + 2 * len(words) * phrase


def _fit(field: _Field, words: str, *, is_folded: bool) -> int:
    """3: the words are the text; 2: they stand there; 1: they begin there; 0: neither.

    Words without diacritics are looked for without, even where others were typed with them.
    """
    text = field.folded if is_folded or words.isascii() else field.typed
    whole = f" {words} "
    if whole in text:
        return 3 if whole == text else 2
    is_beginning = len(words) >= _SHORTEST_BEGINNING and not words.isdecimal()
    return int(is_beginning and f" {words}" in text)
