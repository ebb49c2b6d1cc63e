"""What is wrong with a criteria file: a value with a stable code, and its one English sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.scoring.toml_lines import Path


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of one file."""

    code: str
    """Stable; a key of SENTENCES."""
    name: str
    """The file, as its reader knows it."""
    line: int
    """Counted from 1."""
    where: str
    """The place inside the file: 'criteria[1].indicators[2].kind', counted from 1; empty for the file itself."""
    params: Mapping[str, str]
    path: Path = ()
    """The same place as keys and positions counted from 0."""

    def sentence(self) -> str:
        """Say where, what, and how to mend it."""
        return f"{self.name}, line {self.line}: {SENTENCES[self.code] % self.params}"


SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        # the file
        "criteria.not_utf8": "the file is not UTF-8 text (%(detail)s). Save it again with the encoding UTF-8.",
        "criteria.toml_syntax": "not valid TOML: %(detail)s. Mend the line; text stands in double quotes.",
        # keys and values
        "criteria.unknown_key": "unknown key '%(key)s'. Use one of %(allowed)s.",
        "criteria.missing_key": "'%(key)s' is missing. Add it: %(example)s.",
        "criteria.wrong_type": "'%(key)s' is %(found)s. Write %(expected)s: %(example)s.",
        "criteria.empty_text": "'%(key)s' is empty. Write its text, or leave the key out if it is optional.",
        "criteria.unknown_kind": "unknown kind '%(value)s'. Use one of %(allowed)s.",
        "criteria.unknown_choice": "unknown %(key)s '%(value)s'. Use one of %(allowed)s.",
        "criteria.out_of_range": "'%(key)s' is %(value)s. Write a number from %(low)s to %(high)s.",
        "criteria.too_many_decimals": "'%(key)s' is %(value)s, but answers have %(decimals)s decimals. Use as many, or "
        "raise 'decimals'.",
        # ids
        "criteria.bad_id": "'%(value)s' is not an id. Use small letters without marks, digits and _, beginning with a "
        "letter, at most 40 in all: 'tre_em_di_hoc'.",
        "criteria.repeated_id": "the id '%(value)s' is used before, on line %(first)s. Ids are permanent and unique: "
        "choose another one.",
        "criteria.retired_id": "the id '%(value)s' is retired (line %(first)s) and old results still use it. Choose "
        "another one.",
        # points and levels
        "criteria.mixed_judging": "'%(key)s' belongs to a set judged by %(other)s, but this one is judged by "
        "%(judged)s. Use one way in the whole file: points (min_total, points, max_points) or levels (level, "
        "passes_level).",
        "criteria.best_answer": "the best answer gives %(best)s points, but max_points is %(declared)s. Make "
        "them equal.",
        "criteria.criterion_sum": "max_points is %(declared)s, but the indicators of this criterion add up to %(sum)s "
        "(%(parts)s). Mend one of them.",
        "criteria.total_sum": "max_total is %(declared)s, but the criteria add up to %(sum)s (%(parts)s). Mend one of "
        "them.",
        "criteria.option_count": "'options' has %(count)s. Write two to six.",
        # bands
        "criteria.first_band": "the first band begins at %(at_least)s, so answers from %(start)s may have none. Begin "
        "with a band without 'when' that has at_least = %(start)s.",
        "criteria.bands_not_ascending": "the band at %(at_least)s comes after the one at %(before)s. Order bands by "
        "at_least, smallest first; only a band with another 'when' may repeat the limit of the one before.",
        "criteria.band_outside": "no answer falls into the band at %(at_least)s; answers go from %(start)s to "
        "%(largest)s and other bands take them. Move the limit or drop the band.",
        "criteria.band_overruled": "for subjects with %(fact)s this band takes over from the better one at %(before)s. "
        "Repeat that band at %(at_least)s, with its 'when', behind this one.",
        "criteria.minimum_above_maximum": "minimum is %(minimum)s, above maximum %(maximum)s. Exchange them.",
        # conditions
        "criteria.unknown_fact": "unknown fact '%(value)s'. Use one of %(allowed)s.",
        "criteria.condition_without_bounds": "the condition on '%(fact)s' has no bound. Add at_least or at_most.",
        "criteria.condition_never_holds": "at_least %(at_least)s is above at_most %(at_most)s, so the condition never "
        "holds. Exchange them.",
        "criteria.because_missing": "the indicator may not apply, but 'not_applicable_because' is missing. Add the "
        "sentence that the sheet prints then.",
        # titles
        "criteria.title_above_maximum": "min_total is %(min_total)s, but the set has only %(maximum)s points. Lower "
        "it.",
        "criteria.up_to_below_minimum": "up_to is %(up_to)s, below min_total %(min_total)s. Write the highest "
        "total that the text names for this title.",
        "criteria.up_to_in_better_title": "up_to is %(up_to)s, but the better title '%(better)s' begins at "
        "%(min_total)s. Lower up_to, or leave it out where the text leaves no gap.",
        "criteria.minimum_above_indicator": "min_per_indicator is %(minimum)s, but indicator '%(indicator)s' has at "
        "most %(maximum)s points. Lower it.",
        "criteria.level_unreachable": "no answer to indicator '%(indicator)s' passes level %(level)s, so this title "
        "cannot be reached. Raise a passes_level there, or drop the title.",
        "criteria.title_never_given": "this title is never given, because '%(before)s' above it is always reached with "
        "it. List the best title first.",
        # dates and standing
        "criteria.validity_reversed": "valid_until %(until)s is before valid_from %(from)s. Exchange them.",
        "criteria.official_not_verbatim": "standing is 'official', but provenance is '%(provenance)s'. Check the text "
        "against the published document and write 'verbatim', or make the standing 'local' or 'sample'.",
        "criteria.official_not_checked": "standing is 'official', but 'checked_on' is missing. Add the day the "
        "indicator was compared with the document: checked_on = 2026-01-31.",
    }
)
