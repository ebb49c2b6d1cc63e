"""A criteria set in words, for reading it without assessing: in the conversation and on paper alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from bot.dialogs.finding import Hit
from bot.dialogs.rule_limits import rule_lines, who
from bot.dialogs.screens import Say, say
from bot.dialogs.understanding import fold
from bot.scoring.model import (
    CriteriaSet,
    Criterion,
    Indicator,
    LevelTitle,
    PointsTitle,
    ShareRule,
    Standing,
    SubjectKind,
    Text,
    Title,
    WhenNotApplicable,
)

Key = tuple[str, str]
"""The id and version of a set."""
Names = Mapping[Key, Say]

KINDS = (
    SubjectKind.HOUSEHOLD,
    SubjectKind.CITIZEN,
    SubjectKind.CLAN,
    SubjectKind.VILLAGE,
    SubjectKind.UNIT,
    SubjectKind.LEARNING_CENTRE,
    SubjectKind.COMMUNE,
    SubjectKind.DISTRICT,
    SubjectKind.PROVINCE,
)
"""In the order in which their sets are listed."""

_SAMPLE = "phieu mau"
"""How a sample's title says that it is one, in plain letters."""
_LANGUAGES = ("vi", "en")


@dataclass(frozen=True, slots=True)
class IndicatorWords:
    """One indicator."""

    id: str
    heading: Say
    question: Text
    rule: tuple[Say, ...]
    """How it is judged, a line each."""
    applies: tuple[Say, ...]
    """For whom it counts and what it is worth to others; nothing where it counts for all."""
    evidence: Say | None
    article: Say


@dataclass(frozen=True, slots=True)
class CriterionWords:
    """One criterion with its indicators."""

    heading: Say
    points: Say | None
    indicators: tuple[IndicatorWords, ...]


@dataclass(frozen=True, slots=True)
class SetWords:
    """What is said of a set as a whole."""

    title: Text
    standing: Say
    about: tuple[Say, ...]
    """Issuing document, validity, for whom."""
    judged: Say
    titles: tuple[Say, ...]
    note: Text | None
    contents: tuple[Say, ...]
    """The criteria by number."""


def in_order(sets: Iterable[CriteriaSet]) -> tuple[CriteriaSet, ...]:
    """Put sets in the order in which they are listed: families first."""
    return tuple(sorted(sets, key=lambda each: (KINDS.index(each.subject), each.id, each.version)))


def names(sets: Sequence[CriteriaSet], today: date) -> Names:
    """{set: its title with its standing in a word}; sets of one title are told apart by their ids."""
    keys = [tuple(f"{title} {_last_day(each, today)}" for title in _folded(each.title)) for each in sets]
    return MappingProxyType(
        {
            (each.id, each.version): _name(each, today, is_alone=is_alone)
            for each, is_alone in zip(sets, _are_alone(keys), strict=True)
        }
    )


def name(criteria: CriteriaSet, today: date) -> Say:
    """The title of a set with its standing in a word."""
    return _name(criteria, today, is_alone=True)


def hit_labels(hits: Sequence[Hit], sets: Sequence[CriteriaSet], today: date) -> tuple[Say, ...]:
    """Name what was found, with its set; of one set and name they are told apart by their numbers."""
    named = names(sets, today)
    alone = _distinct([(hit.named, hit.criteria.title) for hit in hits])
    return tuple(_label(hit, named, is_alone=is_alone) for hit, is_alone in zip(hits, alone, strict=True))


def set_words(criteria: CriteriaSet, today: date) -> SetWords:
    """Say all that concerns a set as a whole."""
    return SetWords(
        criteria.title,
        say(f"rules.standing.{criteria.standing}"),
        (
            say("rules.document", document=criteria.issuing_document),
            *_validity(criteria, today),
            say("rules.for", kind=say(f"kind.{criteria.subject}")),
        ),
        _judged(criteria),
        tuple(_title(title) for title in criteria.titles),
        criteria.note,
        tuple(_contents_line(number, each) for number, each in enumerate(criteria.criteria, 1)),
    )


def pages(criteria: CriteriaSet) -> tuple[int, ...]:
    """The places, from 0, of the criteria that have something to read besides their title."""
    return tuple(n for n, each in enumerate(criteria.criteria) if each.indicators)


def criterion_words(criteria: CriteriaSet, at: int) -> CriterionWords:
    """Say one criterion, which stands at a place counted from 0."""
    criterion = criteria.criteria[at]
    number = at + 1
    heading = say("rules.criterion", number=number, total=len(criteria.criteria), title=criterion.title)
    indicators = tuple(
        _indicator(criteria, indicator, f"{number}.{n}") for n, indicator in enumerate(criterion.indicators, 1)
    )
    most = criterion.max_points
    return CriterionWords(heading, None if most is None else say("rules.criterion_points", points=most), indicators)


def _indicator(criteria: CriteriaSet, indicator: Indicator, number: str) -> IndicatorWords:
    evidence = indicator.evidence
    return IndicatorWords(
        indicator.id,
        _heading(indicator, number),
        indicator.question,
        rule_lines(indicator, _levels(criteria)),
        tuple(_applies(criteria, indicator)),
        None if evidence is None else say("rules.evidence", what=evidence),
        say("question.article", article=indicator.article),
    )


def _heading(indicator: Indicator, number: str) -> Say:
    if indicator.max_points is None:
        return say("rules.indicator", number=number, short=indicator.short)
    return say("rules.indicator_points", number=number, short=indicator.short, points=indicator.max_points)


def _applies(criteria: CriteriaSet, indicator: Indicator) -> Iterable[Say]:
    """For whom it counts, and what it is worth where it does not."""
    condition, rule = indicator.applies_when, indicator.rule
    if not criteria.is_by_points:
        otherwise = "passed"
    elif indicator.not_applicable is WhenNotApplicable.EXCLUDED:
        otherwise = "left_out"
    else:
        otherwise = "full"
    if condition is not None:
        yield say("rules.applies", who=who(condition), otherwise=say(f"rules.otherwise.{otherwise}"))
    elif isinstance(rule, ShareRule) and rule.whole_fact is None:
        left = say(f"rules.otherwise.{otherwise}")
        yield say("rules.nothing_to_count", whole_label=rule.whole_label, otherwise=left)


def _levels(criteria: CriteriaSet) -> tuple[int, ...]:
    return tuple(sorted({title.level for title in criteria.titles if isinstance(title, LevelTitle)}))


def _validity(criteria: CriteriaSet, today: date) -> Iterable[Say]:
    first, last = criteria.valid_from, criteria.valid_until
    yield say("adopt.from", day=first) if last is None else say("adopt.from_until", day=first, until=last)
    if not criteria.is_in_force(today):
        yield say("rules.not_in_force")


def _judged(criteria: CriteriaSet) -> Say:
    count = len(criteria.indicators)
    if criteria.is_structure_only:
        return say("rules.structure_only")
    if criteria.is_by_points:
        return say("rules.by_points", count=count, points=criteria.max_total)
    return say("rules.by_levels", count=count)


def _title(title: Title) -> Say:
    """A title with what it asks for, for whom, and where that is written."""
    line = _asked(title)
    if isinstance(title, PointsTitle):
        if title.min_per_indicator is not None:
            line = say("rules.title_minimum", line=line, points=title.min_per_indicator)
        if title.no_zero_indicator:
            line = say("rules.title_no_zero_indicator", line=line)
        if title.no_zero_criterion:
            line = say("rules.title_no_zero_criterion", line=line)
    if title.when is not None:
        line = say("rules.title_when", line=line, who=who(title.when))
    return line if title.article is None else say("rules.title_article", line=line, article=title.article)


def _asked(title: Title) -> Say:
    if isinstance(title, LevelTitle):
        return say("rules.title_level", title=title.name, level=title.level)
    if title.up_to is None:
        return say("rules.title_points", title=title.name, points=title.min_total)
    return say("rules.title_between", title=title.name, points=title.min_total, up_to=title.up_to)


def _contents_line(number: int, criterion: Criterion) -> Say:
    if criterion.max_points is None:
        return say("rules.contents", number=number, title=criterion.title)
    return say("rules.contents_points", number=number, title=criterion.title, points=criterion.max_points)


def _name(criteria: CriteriaSet, today: date, *, is_alone: bool) -> Say:
    says_so = _SAMPLE in fold(criteria.title.vi)
    standing = "said" if says_so and criteria.standing == "sample" else criteria.standing
    named = say(f"rules.name.{standing}", title=criteria.title)
    until = _last_day(criteria, today)
    if until is not None:
        named = say(f"rules.name_until.{standing}", title=criteria.title, day=until)
    return named if is_alone else say("rules.name_by_id", name=named, id=criteria.id, version=criteria.version)


def _last_day(criteria: CriteriaSet, today: date) -> date | None:
    """The last day of a set that is over; its name says it."""
    until = criteria.valid_until
    return until if until is not None and until < today and criteria.standing is not Standing.SAMPLE else None


def _label(hit: Hit, sets: Names, *, is_alone: bool) -> Say:
    name = sets[hit.criteria.id, hit.criteria.version]
    if hit.at is None:
        return name
    if is_alone:
        return say("rules.hit", short=hit.named, set=name)
    return say("rules.hit_numbered", number=hit.number, short=hit.named, set=name)


def _distinct(labels: Sequence[tuple[Text, ...]]) -> tuple[bool, ...]:
    """Which labels no other one reads like, in any language, even without diacritics and signs."""
    folded = ([_folded(text) for text in label] for label in labels)
    return _are_alone([tuple("/".join(parts) for parts in zip(*texts, strict=True)) for texts in folded])


def _are_alone(keys: Sequence[tuple[str, ...]]) -> tuple[bool, ...]:
    """Which keys share no language with another one."""
    return tuple(
        not any(n != m and any(a == b for a, b in zip(key, other, strict=True)) for m, other in enumerate(keys))
        for n, key in enumerate(keys)
    )


@lru_cache(maxsize=1024)
def _folded(text: Text) -> tuple[str, ...]:
    return tuple(
        " ".join("".join(c if c.isalnum() else " " for c in fold(text.in_locale(language))).split())
        for language in _LANGUAGES
    )
