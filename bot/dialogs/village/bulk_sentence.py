"""A typed sentence about one question for many: understood as far as it is sure, the rest is asked back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.dialogs import kinds
from bot.dialogs.facts import Facts
from bot.dialogs.finding import words_of
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.screens import Say, say, stacked
from bot.dialogs.session import Session
from bot.dialogs.understanding import BulkSaid, find_named, fold, read_choice, read_share, read_yes_no
from bot.dialogs.village.facts import BulkLine, BulkRoll
from bot.dialogs.village.many import is_of_own, question, questions
from bot.dialogs.village.nodes import Bulk
from bot.scoring.model import Chosen, Indicator, OneOfRule, Share, ShareRule, Text

Numbered = tuple[int, Indicator]
LONGEST_QUERY = 60
MOST_NAMED = 4
"""Households that a sentence names; the others are counted."""

ALL, NOBODY = Share(1, 1), Share(0, 1)
"""Of as many as each household has."""


@dataclass(frozen=True, slots=True)
class Excepted:
    """Households that were named: those surely meant, and what is to be asked back."""

    subject_ids: tuple[int, ...] = ()
    unclear: tuple[tuple[str, tuple[BulkLine, ...]], ...] = ()
    """(what was typed, households that it may mean)."""

    @property
    def notice(self) -> Say | None:
        """What could not be taken, and what to do."""
        lines = [
            say("bulk.ambiguous", said=said.title(), names=names_of(found))
            if found
            else say("bulk.unknown", said=said.title())
            for said, found in self.unclear
        ]
        worded = stacked(*lines[:MOST_NAMED]) if lines else None
        return worded if isinstance(worded, Say) else None


def names_of(lines: Sequence[BulkLine]) -> Say:
    """Name the first few households, and say how many more there are."""
    names = ", ".join(f"{each.number} {each.name}".strip() for each in lines[:MOST_NAMED])
    more = len(lines) - MOST_NAMED
    return say("bulk.names_more", count=more, names=names) if more > 0 else say("bulk.names", names=names)


def excepted(roll: BulkRoll, said: Sequence[str]) -> Excepted:
    """Find the households that are named; nobody is guessed."""
    listed = [(line.number, line.name) for line in roll.lines]
    sure: list[int] = []
    unclear: list[tuple[str, tuple[BulkLine, ...]]] = []
    for each in said:
        found = tuple(roll.lines[at] for at in find_named(each, listed))
        if len(found) == 1:
            sure.append(found[0].subject_id)
        else:
            unclear.append((each, found))
    return Excepted(tuple(dict.fromkeys(sure)), tuple(unclear))


def found_by_words(roll: BulkRoll, text: str) -> tuple[Numbered, ...]:
    """The questions whose short name, else whose wording, holds all words, with or without diacritics."""
    wanted = {fold(word) for word in words_of(text[:LONGEST_QUERY])}
    if not wanted:
        return ()
    for texts in (lambda i: (i.short,), lambda i: (i.short, i.question)):
        found = tuple((n, each) for n, each in questions(roll) if _holds(texts(each), wanted))
        if found:
            return found
    return ()


def _holds(texts: Sequence[Text], wanted: set[str]) -> bool:
    return any(
        wanted <= {fold(word) for text in texts for word in words_of(text.in_locale(locale))} for locale in ("vi", "en")
    )


def pick(
    moves: Moves, session: Session, node: Bulk, facts: Facts, found: Sequence[Numbered], text: str
) -> Step | Refusal:
    """Ask the one question that was found; of several let the person choose."""
    if not found:
        return Refusal(say("bulk.not_understood"))
    if len(found) == 1:
        return moves.lead(session, Bulk(node.place_id, found[0][1].id), facts)
    return moves.lead(session, Bulk(node.place_id, query=text.strip()[:LONGEST_QUERY]), facts)


def take(moves: Moves, session: Session, node: Bulk, facts: Facts, said: BulkSaid) -> Step | Refusal:
    """Take a sentence that names its question: 'câu 7: tất cả có, trừ hộ 12, ông Ba'."""
    roll = facts.village.bulk
    assert roll is not None  # noqa: S101 - `bulk.stands` leads elsewhere without one
    if said.number is not None:
        asked = next((each for n, each in questions(roll) if n == said.number), None)
        if asked is None:
            total = max((n for n, _ in questions(roll)), default=0)
            return Refusal(say("bulk.no_such_question", total=total), is_final=True)
    else:
        found = found_by_words(roll, said.words)
        if len(found) != 1:
            return pick(moves, session, node, facts, found, said.words)
        asked = found[0][1]
    return answer(moves, session, Bulk(node.place_id, asked.id), facts, said)


def answer(moves: Moves, session: Session, node: Bulk, facts: Facts, said: BulkSaid) -> Step:
    """Go on as far as a sentence leads with its answer and its exceptions; what is unclear is asked."""
    roll = facts.village.bulk
    assert roll is not None  # noqa: S101 - as above
    asked = question(roll, node.indicator)
    assert asked is not None  # noqa: S101 - `bulk.stands` leads elsewhere without one
    named = excepted(roll, said.excepted)
    there = replace(node, excepted=(*node.excepted, *(i for i in named.subject_ids if i not in node.excepted)))
    notice = named.notice
    if not said.answer and not said.says_all:
        return moves.lead(session, there, facts, notice=notice)
    reading = read_answer(asked[1], said, node.whole)
    match reading:
        case Refusal(why):
            worded = why if notice is None else stacked(why, notice)
            return moves.lead(session, there, facts, notice=worded if isinstance(worded, Say) else why)
        case kinds.More(whole):
            return moves.lead(session, replace(there, whole=whole), facts, notice=notice)
        case OfOwn(value):
            there = replace(there, answer=value, is_of_own=True)
        case value:
            there = replace(there, answer=value)
    if named.unclear:
        return moves.lead(session, replace(there, query=searched(named)), facts, notice=notice)
    return moves.lead(session, replace(there, is_preview=True), facts)


def searched(named: Excepted) -> str:
    """What the list of households is narrowed to: the first name that may mean several."""
    return next((said for said, found in named.unclear if found), "")


@dataclass(frozen=True, slots=True)
class OfOwn:
    """All, or nobody, of as many as each household has."""

    answer: Share


def read_answer(indicator: Indicator, said: BulkSaid, whole: int | None) -> kinds.Reading | OfOwn:
    """Read the answer of a sentence; places on a screen mean nothing in it."""
    rule = indicator.rule
    if is_of_own(indicator):
        own = _own_said(said)
        if own is not None:
            return OfOwn(own)
    if not said.answer:
        return Refusal(say("bulk.answer_wanted"))
    reading = kinds.read(rule, kinds.Asking({}, whole), said.answer)
    if isinstance(reading, Refusal) and not reading.is_final and isinstance(rule, OneOfRule):
        return _labelled(rule, said.answer) or reading
    if isinstance(rule, ShareRule) and is_of_own(indicator) and isinstance(reading, kinds.More):
        return Refusal(say("bulk.own_wanted"))
    return reading


def _own_said(said: BulkSaid) -> Share | None:
    read = read_share(said.answer, 1) if said.answer else None
    if read == (1, 1) and (not any(c.isdecimal() for c in said.answer) or "100" in said.answer):
        return ALL
    if read in (0, (0, 1)):
        return NOBODY
    if said.says_all:
        agrees = True if not said.answer else read_yes_no(said.answer)
        return None if agrees is None else ALL if agrees else NOBODY
    return None


def _labelled(rule: OneOfRule, text: str) -> Chosen | None:
    if read_choice(text, ("",) * len(rule.options)) is not None:
        return None
    for locale in ("vi", "en"):
        at = read_choice(text, [option.label.in_locale(locale) for option in rule.options])
        if at is not None:
            return Chosen(rule.options[at].id)
    return None
