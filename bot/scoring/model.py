"""The criteria model: what a set of rules is made of, as immutable values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Standing(StrEnum):
    """Whose rules these are; shown on every result."""

    OFFICIAL = "official"
    LOCAL = "local"
    SAMPLE = "sample"


class SubjectKind(StrEnum):
    """What a set assesses."""

    HOUSEHOLD = "household"
    CLAN = "clan"
    VILLAGE = "village"
    UNIT = "unit"
    COMMUNE = "commune"
    DISTRICT = "district"
    """Until 30 June 2025."""
    PROVINCE = "province"
    CITIZEN = "citizen"
    LEARNING_CENTRE = "learning_centre"


class Provenance(StrEnum):
    """How the wording or number of an indicator was come by (law/README)."""

    VERBATIM = "verbatim"
    PARAPHRASED = "paraphrased"
    FROM_MEMORY = "from_memory"
    OWN_SAMPLE = "own_sample"


class WhenNotApplicable(StrEnum):
    """What an indicator is worth when it does not apply to a subject."""

    FULL_POINTS = "full_points"
    EXCLUDED = "excluded"
    """It leaves the total: the points reached are scaled to the set's maximum, as a fraction, never rounded."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text for people; Vietnamese is the source, English falls back to it."""

    vi: str
    en: str | None = None

    def in_locale(self, locale: str) -> str:
        """Return the text for a locale such as 'vi' or 'en'."""
        return self.en if locale.startswith("en") and self.en else self.vi


# --- who is assessed -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when a fact of the subject's profile lies within bounds, both inclusive.

    `fact` is a name of facts.FACTS such as 'adults' or 'school_age_children'. A fact the profile lacks never holds.
    """

    fact: str
    at_least: int | None = None
    at_most: int | None = None


Profile = Mapping[str, int]
"""Facts of the subject that decide what applies: {'adults': 2, 'school_age_children': 0}."""


# --- how an indicator is answered and judged ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Worth:
    """What an answer is worth: points (a points set), or the level up to which it passes (a levels set)."""

    points: Decimal | None = None
    passes_level: int | None = None
    """Highest level this passes; 0 passes none. Levels are cumulative: passing level 2 passes level 1."""


@dataclass(frozen=True, slots=True)
class YesNoRule:
    """Answered yes or no."""

    yes: Worth
    no: Worth


@dataclass(frozen=True, slots=True)
class Option:
    """One of several answers; `id` is permanent."""

    id: str
    label: Text
    worth: Worth


@dataclass(frozen=True, slots=True)
class OneOfRule:
    """Answered by choosing one option; two to six, best first as the sheet prints them."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """From `at_least` upwards (inclusive) until the next band. With `when` it holds only for such subjects.

    Of the bands that hold for a subject the last one reached counts, so a conditional band stands after the
    unconditional one with the same limit.
    """

    at_least: Decimal
    worth: Worth
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class NumberRule:
    """Answered by a number between `minimum` and `maximum`; bands ascend and the first begins at or below `minimum`."""

    minimum: Decimal
    maximum: Decimal
    bands: tuple[Band, ...]
    unit: Text
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class ShareRule:
    """Answered by n of m; bands are in per cent of m and compared as fractions, never rounded first.

    `whole_fact` names the profile fact that is m, when the subject has told it already; then only n is asked, an
    answer with another m no longer fits, and the indicator does not apply where m is zero.
    """

    part_label: Text
    whole_label: Text
    bands: tuple[Band, ...]
    whole_fact: str | None = None


@dataclass(frozen=True, slots=True)
class DerivedRule:
    """Computed from the recognitions below a place; can be overridden with a reason. Bands as in ShareRule.

    What is counted are subjects of the kind `of` below the place that were recognised in the period. They are counted
    of the profile fact `whole_fact` where the subject has told it, else of all such subjects on record.
    """

    of: SubjectKind
    part_label: Text
    """What is counted: 'công dân đạt danh hiệu'."""
    whole_label: Text
    bands: tuple[Band, ...]
    whole_fact: str | None = None


@dataclass(frozen=True, slots=True)
class PointsRule:
    """Answered by the points that whoever assesses gives, where the text sets only a maximum.

    From 0 to `maximum`, which is the indicator's; a file does not repeat it.
    """

    maximum: Decimal
    decimals: int = 0


Rule = YesNoRule | OneOfRule | NumberRule | ShareRule | DerivedRule | PointsRule


@dataclass(frozen=True, slots=True)
class Indicator:
    """One question of a set, with its law and its worth. `id` is permanent: never reused, only retired."""

    id: str
    question: Text
    why: Text
    example: Text
    short: Text
    """A few words that name it in lists and on the sheet: 'Trẻ em đi học'."""
    article: str
    """Where it comes from, as people cite it: 'QĐ 448/QĐ-KHVN, tiêu chí 1.1'."""
    provenance: Provenance
    rule: Rule
    max_points: Decimal | None = None
    applies_when: Condition | None = None
    not_applicable: WhenNotApplicable = WhenNotApplicable.FULL_POINTS
    not_applicable_because: Text | None = None
    """Printed on the sheet when it does not apply: 'Gia đình không có con trong tuổi đi học.'"""
    evidence: Text | None = None
    """What a person may photograph as proof; None where none is wanted."""
    checked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """A group of indicators; its maximum is the sum of theirs."""

    id: str
    title: Text
    indicators: tuple[Indicator, ...]
    max_points: Decimal | None = None
    provenance: Provenance = Provenance.OWN_SAMPLE


# --- titles -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PointsTitle:
    """A title reached by points. Listed best first; the first one reached is given."""

    id: str
    name: Text
    min_total: Decimal
    min_per_indicator: Decimal | None = None
    no_zero_indicator: bool = False
    no_zero_criterion: bool = False
    article: str | None = None
    when: Condition | None = None
    """Open to such subjects only: the lower pass mark of difficult areas is a second title with the same name."""
    up_to: Decimal | None = None
    """Highest total the text names for it, where it leaves a gap below the next title; None where it leaves none.

    A total in such a gap (84.5 between "70 to 84" and "85 to 100") has no title by the text, and is never rounded. On
    the best title it says nothing, as no title is above it.
    """


@dataclass(frozen=True, slots=True)
class LevelTitle:
    """A title reached when every applicable indicator passes `level`. Listed best first."""

    id: str
    name: Text
    level: int
    article: str | None = None
    when: Condition | None = None


Title = PointsTitle | LevelTitle


@dataclass(frozen=True, slots=True)
class CriteriaSet:
    """The rules for one kind of subject between two days."""

    id: str
    version: str
    subject: SubjectKind
    title: Text
    issuing_document: str
    standing: Standing
    valid_from: date
    valid_until: date | None
    """Last day in force; None while it stays in force."""
    criteria: tuple[Criterion, ...]
    titles: tuple[Title, ...]
    not_reached: Text
    """What the result is called when no title is reached: 'Chưa đạt'."""
    group: str | None = None
    """Which of them, where a kind of subject has several sets: 'huyen', 'tinh', 'nong_dan'; an id of its own."""
    is_structure_only: bool = False
    """Its points are not known: it can be read, and adopted with points, but never scored."""
    note: Text | None = None
    retired_ids: tuple[str, ...] = ()
    """Ids of indicators of earlier versions; never used again."""

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators in document order."""
        return tuple(i for c in self.criteria for i in c.indicators)

    @property
    def is_by_points(self) -> bool:
        """Whether the set is judged by points rather than by levels."""
        return any(isinstance(t, PointsTitle) for t in self.titles)

    @property
    def max_total(self) -> Decimal:
        """The most points a subject can reach; zero for a set judged by levels."""
        return sum((i.max_points or Decimal(0) for i in self.indicators), Decimal(0))

    def indicator(self, indicator_id: str) -> Indicator | None:
        """Find an indicator by its permanent id."""
        return next((i for i in self.indicators if i.id == indicator_id), None)

    def is_in_force(self, on: date) -> bool:
        """Whether the set may be used on a local day."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


# --- answers ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class YesNo:
    """Yes or no."""

    value: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """The id of the chosen option."""

    option: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, in the rule's unit."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`; 0 <= part <= whole, whole >= 1."""

    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class Derived:
    """A share counted in the records; `override_reason` is set when a person put another one in its place."""

    part: int
    whole: int
    counted_on: date | None = None
    """Local day of the records; None where they told nothing and a person stated it."""
    override_reason: str | None = None
    counted: Share | None = None
    """What the records said, once a person replaced it."""


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The person says it does not apply; differs from 'no' and from not answered."""


Answer = YesNo | Chosen | Quantity | Share | Derived | NotApplicable
Answers = Mapping[str, Answer]
"""{indicator id: Answer}; a missing id means 'not answered', which is neither no nor not applicable."""
