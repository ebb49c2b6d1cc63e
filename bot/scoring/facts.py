"""The facts of a subject that rules may ask for, by name: a criteria file may use no others."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

FACTS: Mapping[str, str] = MappingProxyType(
    {
        "adults": "adults living in the household",
        "school_age_children": "children of school age living in the household",
        "members": "members of the clan, unit or household, of any age",
        "households": "households of the clan, village or commune",
        "citizens": "citizens of the village or commune",
        "learners": "pupils, students and other learners of a unit",
        "difficult_area": "1 if the place is a remote, ethnic-minority or specially difficult area, else 0",
        "public_agency": "1 if the unit is a public agency or a public service unit, else 0",
        "economic_organisation": "1 if the unit is an enterprise or a cooperative, else 0",
        "public_kindergarten": "1 if the unit is a public nursery or kindergarten, else 0",
        "general_school": "1 if the unit is a school of general education, else 0",
        "vocational_school": "1 if the unit is a vocational education institution, else 0",
        "educational_institution": "1 if the unit is an educational institution of any kind, else 0",
    }
)
"""{name: what it counts}. A new kind of condition starts here."""
