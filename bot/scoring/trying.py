"""Trying new rules out on the sheets of a place before adopting them: who would gain or lose a title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.scoring.model import CriteriaSet, Title
from bot.scoring.table import ScoringTable, Sheet


@dataclass(frozen=True, slots=True)
class Move:
    """How many sheets have one title by the old set and one by the new; None is no title."""

    old: Title | None
    new: Title | None
    count: int


@dataclass(frozen=True, slots=True)
class TryOut:
    """What a new set makes of the sheets of an old one."""

    count: int
    gaining: int
    """Sheets with a title where they have none, or with a better one."""
    losing: int
    """Sheets with none where they have a title, or with a lesser one."""
    losing_until_answered: int
    """Those of the losing ones that the new set asks something more: they may get it back by answering."""
    renamed: int
    """Sheets with one title by each set, of which neither says which is better."""
    moves: tuple[Move, ...]
    """Every sheet is counted in one of them; best titles first, the old one before the new one, no title last."""
    between: int
    """Sheets that the new set leaves between two titles, because its text names none for their total."""
    incomplete: int
    """Sheets that had open questions under the old set already."""
    needing_answers: int
    """Sheets that the new set asks something which was not open under the old one."""
    new_questions: tuple[tuple[str, int], ...]
    """(indicator id, how many sheets it is such a question for), in the order of the new document."""

    @property
    def unchanged(self) -> int:
        """Sheets with the same title, or none, by both."""
        return self.count - self.gaining - self.losing - self.renamed


def try_out(old: CriteriaSet, new: CriteriaSet, sheets: Iterable[Sheet], on_old: date, on_new: date) -> TryOut:
    """Score every sheet by two sets and count what differs; the sheets are read once and none is kept.

    Args:
        sheets: (answers, profile) as they were given under the old set.
        on_old: local day on which the old set is used.
        on_new: local day on which the new one would be.

    Raises: CriteriaNotInForce, StructureOnly: one of the sets cannot be used.
    """
    before, after = ScoringTable(old, on_old), ScoringTable(new, on_new)
    moves: Counter[tuple[str | None, str | None]] = Counter()
    needing: Counter[tuple[str | None, str | None]] = Counter()
    questions: Counter[str] = Counter()
    incomplete = between = 0
    for answers, profile in sheets:
        was, becomes = before.outcome(answers, profile), after.outcome(answers, profile)
        move = was.title.id if was.title else None, becomes.title.id if becomes.title else None
        moves[move] += 1
        incomplete += not was.is_complete
        between += becomes.between is not None
        if becomes.is_complete:
            continue
        fresh = set(after.open_questions(answers, profile))
        if not was.is_complete:
            fresh.difference_update(before.open_questions(answers, profile))
        if fresh:
            needing[move] += 1
            questions.update(fresh)
    return _counted(old, new, moves, needing, questions, incomplete, between)


def _counted(
    old: CriteriaSet,
    new: CriteriaSet,
    moves: Counter[tuple[str | None, str | None]],
    needing: Counter[tuple[str | None, str | None]],
    questions: Counter[str],
    incomplete: int,
    between: int,
) -> TryOut:
    old_titles: dict[str | None, Title] = {title.id: title for title in old.titles}
    new_titles: dict[str | None, Title] = {title.id: title for title in new.titles}
    tendencies = {move: _tendency(old_titles.get(move[0]), new_titles.get(move[1]), old, new) for move in moves}
    gaining, losing = ([move for move, how in tendencies.items() if how == sign] for sign in (1, -1))
    order = {
        (a, b): (x, y)
        for x, a in enumerate([*(t.id for t in old.titles), None])
        for y, b in enumerate([*(t.id for t in new.titles), None])
    }
    return TryOut(
        count=moves.total(),
        gaining=sum(moves[move] for move in gaining),
        losing=sum(moves[move] for move in losing),
        losing_until_answered=sum(needing[move] for move in losing),
        renamed=sum(count for move, count in moves.items() if tendencies[move] is None),
        moves=tuple(
            Move(old_titles.get(move[0]), new_titles.get(move[1]), moves[move])
            for move in sorted(moves, key=order.__getitem__)
        ),
        between=between,
        incomplete=incomplete,
        needing_answers=needing.total(),
        new_questions=tuple((i.id, questions[i.id]) for i in new.indicators if questions[i.id]),
    )


def _tendency(was: Title | None, becomes: Title | None, old: CriteriaSet, new: CriteriaSet) -> int | None:
    """1 for the better, -1 for the worse, 0 for the same, None where neither set knows both titles."""
    if was is None or becomes is None:
        return (was is None) - (becomes is None) if was is not becomes else 0
    for criteria in (new, old):
        first, second = _place(was, criteria), _place(becomes, criteria)
        if first is not None and second is not None:
            return (second < first) - (second > first)
    return None


def _place(title: Title, criteria: CriteriaSet) -> int | None:
    """Where a set lists a title, by its name; titles of one name (one for difficult areas, say) are one title."""
    places = [n for n, each in enumerate(criteria.titles) if each.name.vi == title.name.vi]
    places += [n for n, each in enumerate(criteria.titles) if each.id == title.id]
    return places[0] if places else None
