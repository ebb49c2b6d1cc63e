"""Who is assessed, who takes part for them, and their sheets with everything on them."""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
    true,
)

from bot.dialogs.events import FileKind
from bot.dialogs.facts import AssessmentState
from bot.dialogs.village.facts import Side
from bot.scoring.model import SubjectKind
from storage.tables.columns import COUNTING, identity, metadata, to
from storage.tables.states import EvidenceState
from storage.types import Code, Exact, Id, Moment, SortText

subject = Table(
    "subject",
    metadata,
    identity(),
    Column("kind", Code(SubjectKind), nullable=False),
    Column("name", Text, nullable=False),
    Column("place_id", Id, to("place.id"), nullable=False, index=True),
    Column("created_at", Moment, nullable=False),
    Column("told", Text, nullable=False, server_default="{}"),  # {"adults": 2, ...}
    Column("subject_group", String(40)),  # which set of the kind, where it has several
    Column("folded", Text, nullable=False, server_default=""),  # name, number and group without diacritics, to find it
    Column("sort_key", SortText, nullable=False, server_default=""),  # number, then name, as people count
    Column("roll_number", String(40), nullable=False, server_default=""),
    Column("roll_group", Text, nullable=False, server_default=""),  # part of the hamlet
    Column("phone", String(40), nullable=False, server_default=""),
    Column("left_on", Date),  # the day it left the roll
    Column("is_on_roll", Boolean, nullable=False, server_default=false()),  # put or kept there by the village itself
    Column("merged_into", Id, to("subject.id"), index=True),  # the line that it turned out to be; it left then
    Index(None, "place_id", "kind", "sort_key"),
    **COUNTING,
)

PLACES_THEMSELVES: Final = (SubjectKind.VILLAGE, SubjectKind.COMMUNE, SubjectKind.DISTRICT, SubjectKind.PROVINCE)
"""Kinds of subject that are a place, and therefore exist once: whoever comes second joins its sheet."""

PLACE_KINDS: Final = "kind IN ({})".format(", ".join(f"'{kind}'" for kind in PLACES_THEMSELVES))
"""The same as SQL."""

Index("subject_of_place", subject.c.place_id, subject.c.kind, unique=True,
      sqlite_where=text(PLACE_KINDS), postgresql_where=text(PLACE_KINDS))  # fmt: skip

person_subject = Table(
    "person_subject",
    metadata,
    Column("person_id", Id, to("person.id", on_delete="CASCADE"), primary_key=True),
    Column("subject_id", Id, to("subject.id", on_delete="CASCADE"), primary_key=True, index=True),
    Column("tie", String(40), primary_key=True),
    Column("since", Moment, nullable=False),
)

assessment = Table(
    "assessment",
    metadata,
    identity(),
    Column("subject_id", Id, to("subject.id"), nullable=False),
    Column("period_id", Id, to("period.id"), nullable=False, index=True),
    Column("year", Integer, nullable=False),
    Column("set_id", String(80), nullable=False),
    Column("set_version", String(40), nullable=False),
    Column("state", Code(AssessmentState), nullable=False),
    Column("total", Exact),
    Column("title_id", String(80)),
    Column("is_complete", Boolean, nullable=False, server_default=false()),
    Column("created_at", Moment, nullable=False),
    Column("handed_in_at", Moment),
    Column("reviewed_at", Moment),
    Column("is_scored", Boolean, nullable=False, server_default=true()),  # false: answers changed since its total
    UniqueConstraint("subject_id", "year", "set_id"),
    **COUNTING,
)

Index("assessment_to_score", assessment.c.id,
      sqlite_where=text("NOT is_scored"), postgresql_where=text("NOT is_scored"))  # fmt: skip

answer = Table(
    "answer",
    metadata,
    Column("assessment_id", Id, to("assessment.id", on_delete="CASCADE"), primary_key=True),
    Column("indicator", String(80), primary_key=True),
    Column("value", Text, nullable=False),
    Column("person_id", Id, to("person.id", on_delete="SET NULL"), index=True),
    Column("channel", String(40), nullable=False),
    Column("at", Moment, nullable=False),
    Column("side", Code(Side), nullable=False, server_default=Side.SUBJECT),
    sqlite_with_rowid=False,
)

answer_history = Table(
    "answer_history",
    metadata,
    identity(),
    Column("assessment_id", Id, to("assessment.id", on_delete="CASCADE"), nullable=False, index=True),
    Column("indicator", String(80), nullable=False),
    Column("value", Text, nullable=False),
    Column("person_id", Id, to("person.id", on_delete="SET NULL"), index=True),
    Column("channel", String(40), nullable=False),
    Column("at", Moment, nullable=False),
    Column("side", Code(Side), nullable=False, server_default=Side.SUBJECT),
    **COUNTING,
)

evidence = Table(
    "evidence",
    metadata,
    identity(),
    Column("assessment_id", Id, to("assessment.id", on_delete="CASCADE"), nullable=False, index=True),
    Column("indicator", String(80), nullable=False),
    Column("blob", String(64), index=True),  # sha256, once the file is here
    Column("ref", Text, nullable=False),  # what the channel calls it
    Column("kind", Code(FileKind), nullable=False),
    Column("name", Text, nullable=False, server_default=""),
    Column("mime", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("state", Code(EvidenceState), nullable=False),
    Column("person_id", Id, to("person.id", on_delete="SET NULL"), index=True),
    Column("channel", String(40), nullable=False),
    Column("at", Moment, nullable=False),
    **COUNTING,
)

review = Table(
    "review",
    metadata,
    identity(),
    Column("assessment_id", Id, to("assessment.id", on_delete="CASCADE"), nullable=False, index=True),
    Column("from_state", Code(AssessmentState), nullable=False),
    Column("to_state", Code(AssessmentState), nullable=False),
    Column("person_id", Id, to("person.id", on_delete="SET NULL"), index=True),
    Column("at", Moment, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("indicator", String(80), nullable=False, server_default=""),  # the question that the reason is about
    **COUNTING,
)
