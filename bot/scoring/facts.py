"""The facts of a subject that rules may ask for, by name: a criteria file may use no others."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.scoring.model import CriteriaSet, DerivedRule, NumberRule, ShareRule

FACTS: Mapping[str, str] = MappingProxyType(
    {
        "adults": "adults living in the household",
        "school_age_children": "children of school age living in the household",
        "members": "members of the clan, unit or household, of any age",
        "households": "households of the clan, village or commune",
        "clans": "clans with families in the village",
        "citizens": "citizens of the village or commune",
        "communes": "communes of the district",
        "districts": "districts of the province; none are left since 1 July 2025",
        "learners": "pupils, students and other learners of a unit",
        "difficult_area": "1 if the place is a remote, ethnic-minority or specially difficult area, else 0",
        "public_agency": "1 if the unit is a public agency or a public service unit, else 0",
        "economic_organisation": "1 if the unit is an enterprise or a cooperative, else 0",
        "public_kindergarten": "1 if the unit is a public nursery or kindergarten, else 0",
        "general_school": "1 if the unit is a school of general education, else 0",
        "upper_secondary_school": "1 if the unit is a school up to upper secondary or for continuing education, else 0",
        "vocational_school": "1 if the unit is a vocational education institution, else 0",
        "university": "1 if the unit is an institution of higher education, else 0",
        "educational_institution": "1 if the unit is an educational institution of any kind, else 0",
        "assesses_learners": "1 if the unit is an educational institution, but not one up to lower secondary, else 0",
    }
)
"""{name: what it counts}. A new kind of condition starts here."""


def facts_used(criteria: CriteriaSet) -> frozenset[str]:
    """The facts that a set asks for anywhere: in conditions, as the whole of a share, in limits and titles."""
    found = {title.when.fact for title in criteria.titles if title.when is not None}
    for indicator in criteria.indicators:
        if indicator.applies_when is not None:
            found.add(indicator.applies_when.fact)
        rule = indicator.rule
        if isinstance(rule, NumberRule | ShareRule | DerivedRule):
            found.update(band.when.fact for band in rule.bands if band.when is not None)
        if isinstance(rule, ShareRule | DerivedRule) and rule.whole_fact is not None:
            found.add(rule.whole_fact)
    return frozenset(found)
