"""What every column and row of the sheets holds: where it goes in the data, and how it is typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cache
from types import MappingProxyType
from typing import Final

from bot.dialogs.understanding.text import fold
from bot.i18n import LOCALES, Translator, translator
from bot.scoring.toml_lines import Path


class Holds(Enum):
    """What is typed into a cell."""

    TEXT = auto()
    NUMBER = auto()
    DAY = auto()
    FLAG = auto()
    CHOICE = auto()
    NOTHING = auto()
    """To be read by people only."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, or a row of the sheet of information."""

    code: str
    """The message that heads it."""
    path: Path
    """Where its value goes in the criterion, indicator, answer, title or set."""
    holds: Holds = Holds.TEXT
    choices: str = ""
    """The closed list it offers; see vocabulary.LISTS."""
    width: int = 12
    """In characters."""
    is_answer: bool = False
    """Of one answer rather than of the indicator."""
    is_needed: bool = False
    """Without it a sheet cannot be understood, or ids would be lost."""
    note: str = ""
    """The message that explains it, where several share one."""
    judged_by: str = ""
    """'points' or 'levels' where a set judged the other way has no use for it."""
    is_rare: bool = False
    """Stands to the right, in a group that can be folded up."""

    @property
    def is_english(self) -> bool:
        """Whether it holds the translation of another column."""
        return self.path[-1:] == ("en",)

    def heading(self, words: Translator) -> str:
        """What stands above the column."""
        text = words.text(self.code)
        return words.text("workbook.english", {"heading": text}) if self.is_english else text

    def explanation(self, words: Translator) -> str:
        """The note on the heading."""
        if self.is_english:
            return words.text("workbook.english.note", {"heading": words.text(self.code)})
        return words.text(self.note or f"{self.code}.note")


_T, _N, _D, _F, _C, _X = Holds.TEXT, Holds.NUMBER, Holds.DAY, Holds.FLAG, Holds.CHOICE, Holds.NOTHING


def _english(column: Column) -> Column:
    path = (*column.path[:-1], "en")
    return Column(column.code, path, width=column.width, is_answer=column.is_answer, is_rare=True)


def _when(code: str, key: str, *, is_answer: bool = False) -> tuple[Column, ...]:
    """The three columns of a condition."""
    fact = Column(f"{code}.{key}.fact", (key, "fact"), _C, "fact", 20)
    least, most = (Column(f"{code}.{key}.{bound}", (key, bound), _N, width=10) for bound in ("at_least", "at_most"))
    rest = (fact, least, most)
    return tuple(replace(c, is_answer=is_answer, is_rare=True, note="workbook.when.note") for c in rest)


_I, _A, _TI, _CR, _IN = "workbook.indicator", "workbook.answer", "workbook.title", "workbook.criterion", "workbook.info"
_ID_NOTE = "workbook.id.note"

LABEL: Final = Column(f"{_A}.label", ("label", "vi"), width=20, is_answer=True)
AT_LEAST: Final = Column(f"{_A}.at_least", ("at_least",), _N, width=9, is_answer=True)
NUMBER: Final = Column(f"{_I}.number", (), _X, width=6)
SHORT: Final = Column(f"{_I}.short", ("short", "vi"), width=18, is_needed=True)
KIND: Final = Column(f"{_I}.kind", ("kind",), _C, "kind", 13, is_needed=True)
_QUESTION = Column(f"{_I}.question", ("question", "vi"), width=36, is_needed=True)
_WHY = Column(f"{_I}.why", ("why", "vi"), width=24)
_EXAMPLE = Column(f"{_I}.example", ("example", "vi"), width=24)
_EVIDENCE = Column(f"{_I}.evidence", ("evidence", "vi"), width=20)
_BECAUSE = Column(f"{_I}.not_applicable_because", ("not_applicable_because", "vi"), width=28, is_rare=True)
_PART = Column(f"{_I}.part_label", ("part_label", "vi"), width=22, is_rare=True)
_WHOLE = Column(f"{_I}.whole_label", ("whole_label", "vi"), width=22, is_rare=True)
_UNIT = Column(f"{_I}.unit", ("unit", "vi"), is_rare=True)
_BOUNDS_NOTE = f"{_I}.bounds.note"

INDICATOR_COLUMNS: Final = (
    NUMBER,
    SHORT,
    _QUESTION,
    KIND,
    Column(f"{_I}.max_points", ("max_points",), _N, width=9, judged_by="points"),
    LABEL,
    AT_LEAST,
    Column(f"{_A}.points", ("points",), _N, width=8, is_answer=True, judged_by="points"),
    Column(f"{_A}.passes_level", ("passes_level",), _N, width=8, is_answer=True, judged_by="levels"),
    Column(f"{_I}.article", ("article",), width=20),
    _WHY,
    _EXAMPLE,
    _EVIDENCE,
    Column(f"{_I}.provenance", ("provenance",), _C, "provenance", 18, note="workbook.provenance.note", is_rare=True),
    Column(f"{_I}.checked_on", ("checked_on",), _D, is_rare=True),
    _PART,
    _WHOLE,
    Column(f"{_I}.whole_fact", ("whole_fact",), _C, "fact", 20, is_rare=True),
    Column(f"{_I}.of", ("of",), _C, "subject", 16, is_rare=True),
    Column(f"{_I}.minimum", ("minimum",), _N, width=9, is_rare=True, note=_BOUNDS_NOTE),
    Column(f"{_I}.maximum", ("maximum",), _N, width=9, is_rare=True, note=_BOUNDS_NOTE),
    Column(f"{_I}.decimals", ("decimals",), _N, width=9, is_rare=True),
    _UNIT,
    *_when(_I, "applies_when"),
    Column(f"{_I}.not_applicable", ("not_applicable",), _C, "not_applicable", 16, is_rare=True),
    _BECAUSE,
    *_when(_A, "when", is_answer=True),
    Column(f"{_I}.id", ("id",), width=20, is_needed=True, note=_ID_NOTE, is_rare=True),
    Column(f"{_A}.id", ("id",), width=16, is_answer=True, note=_ID_NOTE, is_rare=True),
    *map(_english, (SHORT, _QUESTION, LABEL, _WHY, _EXAMPLE, _EVIDENCE, _PART, _WHOLE, _UNIT, _BECAUSE)),
)

_NAME = Column(f"{_CR}.title", ("title", "vi"), width=36, is_needed=True)
CRITERION_COLUMNS: Final = (
    Column(f"{_CR}.id", ("id",), width=18, is_needed=True, note=_ID_NOTE),
    _NAME,
    Column(f"{_CR}.provenance", ("provenance",), _C, "provenance", 13, note="workbook.provenance.note"),
    Column(f"{_CR}.max_points", ("max_points",), _N, width=9),
    replace(_english(_NAME), width=20),
)
"""The row at the top of a criterion's sheet, from the second column on."""

_TITLE = Column(f"{_TI}.name", ("name", "vi"), width=36, is_needed=True)
TITLE_COLUMNS: Final = (
    _TITLE,
    Column(f"{_TI}.min_total", ("min_total",), _N, width=10, judged_by="points"),
    Column(f"{_TI}.up_to", ("up_to",), _N, width=10, judged_by="points"),
    Column(f"{_TI}.level", ("level",), _N, width=9, judged_by="levels"),
    Column(f"{_TI}.min_per_indicator", ("min_per_indicator",), _N, judged_by="points"),
    Column(f"{_TI}.no_zero_indicator", ("no_zero_indicator",), _F, "flag", 14, judged_by="points"),
    Column(f"{_TI}.no_zero_criterion", ("no_zero_criterion",), _F, "flag", 14, judged_by="points"),
    Column(f"{_TI}.article", ("article",), width=30),
    *_when(_TI, "when"),
    Column(f"{_TI}.id", ("id",), width=20, is_needed=True, note=_ID_NOTE, is_rare=True),
    _english(_TITLE),
)

INFO: Final = Column(_IN, (), is_needed=True, width=28)
INFO_VALUE: Final = Column(f"{_IN}.value", (), is_needed=True, width=60)
INFO_ENGLISH: Final = Column(f"{_IN}.english", (), width=50)
INFO_HOW: Final = Column(f"{_IN}.how", (), _X, width=50)
INFO_COLUMNS: Final = (INFO, INFO_VALUE, INFO_ENGLISH, INFO_HOW)

BASE_ID: Final = Column(f"{_IN}.base_id", ("base_id",))
BASE_VERSION: Final = Column(f"{_IN}.base_version", ("base_version",))
PLACE_ID: Final = Column(f"{_IN}.place_id", ("place_id",), _N)
PLACE: Final = Column(f"{_IN}.place", (), _X)
MAX_TOTAL: Final = Column(f"{_IN}.max_total", ("max_total",), _N)
RETIRED: Final = Column(f"{_IN}.retired_ids", ("retired_ids",))
INFO_ROWS: Final = (
    BASE_ID,
    BASE_VERSION,
    PLACE_ID,
    PLACE,
    Column(f"{_IN}.title", ("title", "vi")),
    Column(f"{_IN}.issuing_document", ("issuing_document",)),
    Column(f"{_IN}.valid_from", ("valid_from",), _D),
    Column(f"{_IN}.valid_until", ("valid_until",), _D),
    Column(f"{_IN}.standing", ("standing",), _C, "standing"),
    Column(f"{_IN}.subject", ("subject",), _C, "subject"),
    MAX_TOTAL,
    Column(f"{_IN}.not_reached", ("not_reached", "vi")),
    Column(f"{_IN}.about", ("note", "vi")),
    Column(f"{_IN}.structure_only", ("structure_only",), _F, "flag"),
    Column(f"{_IN}.group", ("group",)),
    Column(f"{_IN}.id", ("id",)),
    Column(f"{_IN}.version", ("version",)),
    RETIRED,
)
"""Rows of the sheet of information; a text for people has its translation in the column beside. RETIRED may repeat."""


@cache
def by_heading(columns: tuple[Column, ...]) -> Mapping[str, Column]:
    """{folded heading in any language: column}."""
    return MappingProxyType({fold(c.heading(translator(locale))): c for c in columns for locale in LOCALES})
