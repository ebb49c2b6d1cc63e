"""The fixed labels that differ by who is assessed and by what is counted, and the lines at the head of a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.reports.sheet_data import SheetCriterion, SheetDocument, Translate, out_of, state_words
from bot.scoring.model import SubjectKind

SIGNATURES: Final[Mapping[SubjectKind, tuple[str, str]]] = MappingProxyType(
    {
        SubjectKind.HOUSEHOLD: ("report.signature.household", "report.signature.village_head"),
        SubjectKind.CITIZEN: ("report.signature.citizen", "report.signature.village_or_unit"),
        SubjectKind.CLAN: ("report.signature.clan", "report.signature.village_head"),
        SubjectKind.VILLAGE: ("report.signature.preparer", "report.signature.village_head"),
        SubjectKind.UNIT: ("report.signature.preparer", "report.signature.head_of_unit"),
        SubjectKind.LEARNING_CENTRE: ("report.signature.preparer", "report.signature.director"),
        SubjectKind.COMMUNE: ("report.signature.preparer", "report.signature.committee"),
        SubjectKind.DISTRICT: ("report.signature.preparer", "report.signature.committee"),
        SubjectKind.PROVINCE: ("report.signature.preparer", "report.signature.committee"),
    }
)
"""{kind: who signs on the left and on the right}; who prepares a sheet is not who answers for it."""

_AT_HOME: Final = frozenset({SubjectKind.HOUSEHOLD, SubjectKind.CITIZEN})
_PLACES: Final = frozenset({SubjectKind.VILLAGE, SubjectKind.COMMUNE, SubjectKind.DISTRICT, SubjectKind.PROVINCE})
_SUMMARISED: Final = frozenset({SubjectKind.UNIT, SubjectKind.COMMUNE, SubjectKind.DISTRICT, SubjectKind.PROVINCE})
"""Their dossiers hold a summary of the results by criterion and indicator.

Law: Thông tư 24/2023/TT-BGDĐT, Điều 10, 16; Thông tư 25/2023/TT-BGDĐT, Điều 9, 14, 19.
"""


def heading(document: SheetDocument, translate: Translate) -> str:
    """What the paper is called."""
    return translate("report.heading.summary" if document.kind in _SUMMARISED else "report.heading", {})


def about(document: SheetDocument, translate: Translate) -> str:
    """Which title of which year it is about; a learning centre is graded and has none."""
    is_graded = document.kind is SubjectKind.LEARNING_CENTRE
    code = "report.heading.about.grade" if is_graded else "report.heading.about"
    return translate(code, {"title": document.title, "year": str(document.year)})


def subject_line(document: SheetDocument, translate: Translate) -> str:
    """Who is assessed."""
    return translate(f"report.subject.{document.kind}", {"name": document.subject_name})


def lines_about(document: SheetDocument, translate: Translate) -> tuple[str, ...]:
    """Where the subject is, what it told, by which rules it is scored, and how far the sheet has come."""
    lines = []
    if document.place:
        lines.append(translate(place_code(document.kind), {"place": document.place}))
    if document.told:
        lines.append(translate("report.told", {"facts": "; ".join(document.told)}))
    lines.append(translate("report.issuing_document", {"document": document.issuing_document}))
    lines.append(in_force(document, translate))
    lines.append(translate("report.state", {"state": state_words(document, translate)}))
    return tuple(lines)


def in_force(document: SheetDocument, translate: Translate) -> str:
    """From when to when the rules count."""
    if document.valid_until is None:
        return translate("report.in_force", {"first": document.valid_from})
    return translate("report.in_force_until", {"first": document.valid_from, "last": document.valid_until})


def place_code(kind: SubjectKind) -> str:
    """The label of where a subject of a kind is."""
    if kind in _PLACES:
        return "report.place.within"
    return "report.place.home" if kind in _AT_HOME else "report.place.area"


def columns(document: SheetDocument, translate: Translate) -> tuple[str, ...]:
    """The heads of the table's columns."""
    worth = "report.column.points" if document.level is None else "report.column.level"
    codes = ("report.column.number", "report.column.indicator", "report.column.answer", worth, "report.column.reason")
    return tuple(translate(code, {}) for code in codes)


def criterion_worth(criterion: SheetCriterion, document: SheetDocument, translate: Translate) -> str:
    """What a criterion is worth: its points, or how many of its indicators pass the level that is counted."""
    if document.level is None:
        return out_of(criterion.points, criterion.max_points)
    passed = {"passed": criterion.points, "all": criterion.max_points or "", "level": str(document.level)}
    return translate("report.criterion_passed", passed)
