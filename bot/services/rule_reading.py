"""The rules to read outside the conversation: which sets are in force for somebody, found by words, one as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.dialogs.finding import LONGEST_QUERY, Hit, example, find, words_of
from bot.dialogs.rule_words import (
    CriterionWords,
    SetWords,
    criterion_words,
    hit_labels,
    in_order,
    name,
    names,
    set_words,
)
from bot.dialogs.screens import Say
from bot.ports import Clock, PersonRecord, Storage, Work
from bot.scoring.model import CriteriaSet, Text
from bot.services.rules import Rulebook

MOST_FOUND = 40
"""Places that one page lists."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose browser it is, as the channel knows them."""

    channel: str
    external_id: str


@dataclass(frozen=True, slots=True)
class ListedSet:
    """One set in force."""

    set_id: str
    version: str
    name: Say
    document: str


@dataclass(frozen=True, slots=True)
class Found:
    """One place in a set; `indicator` or else `criterion`, counted from 1, says where, and neither means all of it."""

    set_id: str
    version: str
    label: Say
    indicator: str = ""
    criterion: int = 0


@dataclass(frozen=True, slots=True)
class RuleList:
    """The sets in force, and what was found in them."""

    locale: str
    """The reader's language; empty where they have not begun a conversation."""
    sets: tuple[ListedSet, ...]
    example: Text | None = None
    """Something that can be looked for; None without any sets."""
    query: str = ""
    """What was looked for; empty where nothing was."""
    found: tuple[Found, ...] = ()
    """The best of what was found."""
    count: int = 0
    """How much was found in all."""


@dataclass(frozen=True, slots=True)
class RulePage:
    """A whole set."""

    locale: str
    """As in RuleList."""
    name: Say
    """The title with its standing in a word."""
    words: SetWords
    criteria: tuple[CriterionWords, ...]


class RuleReading:
    """Answers what can be read of the rules."""

    def __init__(self, storage: Storage, clock: Clock, rulebook: Rulebook, timezone: ZoneInfo) -> None:
        self._storage = storage
        self._clock = clock
        self._rulebook = rulebook
        self._timezone = timezone

    @property
    def _today(self) -> date:
        return self._clock.now().astimezone(self._timezone).date()

    async def listed(self, reader: Reader | None, query: str = "") -> RuleList:
        """List the sets in force where the reader is, else those that are shipped, and find by words in them."""
        async with self._storage.work() as work:
            await self._rulebook.refresh(work)
            person = await self._person(work, reader)
        here = _home(person)
        sets = in_order(self._rulebook.in_force_at(here, self._today)) + self._rulebook.past_at(here, self._today)
        called = names(sets, self._today)
        listed = tuple(
            ListedSet(each.id, each.version, called[each.id, each.version], each.issuing_document) for each in sets
        )
        looked_for = " ".join(query.split())[:LONGEST_QUERY].rstrip()
        if not words_of(looked_for):
            return RuleList(_locale(person), listed, example(sets) if sets else None)
        hits = find(sets, looked_for)
        best = hits[:MOST_FOUND]
        found = tuple(_found(hit, label) for hit, label in zip(best, hit_labels(best, sets, self._today), strict=True))
        return RuleList(_locale(person), listed, example(sets) if sets else None, looked_for, found, len(hits))

    async def page(self, reader: Reader | None, set_id: str, version: str) -> RulePage | None:
        """Return a whole set, wherever and whenever it is in force: rules are no secret. None when there is none."""
        async with self._storage.work() as work:
            await self._rulebook.refresh(work)
            person = await self._person(work, reader)
        criteria = self._rulebook.find(set_id, version)
        if criteria is None:
            return None
        return RulePage(
            _locale(person), name(criteria, self._today), set_words(criteria, self._today), _criteria(criteria)
        )

    async def _person(self, work: Work, reader: Reader | None) -> PersonRecord | None:
        account = None if reader is None else await work.people.account(reader.channel, reader.external_id)
        if account is None:
            return None
        return (await work.people.load([account.person_id], self._today))[account.person_id]


def _home(person: PersonRecord | None) -> str:
    """The path of the place whose rules are read: that of the sheet in hand, else of the role."""
    if person is None:
        return ""
    if person.subject is not None:
        return person.subject.place.path
    return person.roles[0].place.path if person.roles else ""


def _locale(person: PersonRecord | None) -> str:
    return person.session.locale if person is not None and person.session.is_begun else ""


def _found(hit: Hit, label: Say) -> Found:
    criteria = hit.criteria
    indicator = "" if hit.indicator is None else hit.indicator.id
    return Found(criteria.id, criteria.version, label, indicator, 0 if hit.at is None else hit.at + 1)


def _criteria(criteria: CriteriaSet) -> tuple[CriterionWords, ...]:
    return tuple(criterion_words(criteria, at) for at in range(len(criteria.criteria)))
