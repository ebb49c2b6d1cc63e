"""What a village head and its people settle: differing answers, re-checks, meetings, targets, reminders, clans."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, String, Table, Text, text

from bot.dialogs.village.facts import ClanTie, Side
from bot.scoring.model import SubjectKind
from storage.tables.columns import COUNTING, identity, metadata, to
from storage.types import Code, Id, Moment

# A second answer to a question, by the other side; the first one stands until the reviewer decides.
difference = Table(
    "difference",
    metadata,
    identity(),
    Column("assessment_id", Id, to("assessment.id", on_delete="CASCADE"), nullable=False, index=True),
    Column("indicator", String(80), nullable=False),
    Column("value", Text, nullable=False),
    Column("person_id", Id, to("person.id", on_delete="SET NULL"), index=True),
    Column("channel", String(40), nullable=False),
    Column("side", Code(Side), nullable=False),
    Column("at", Moment, nullable=False),
    Column("decided_at", Moment),
    Column("decided_by", Id, to("person.id", on_delete="SET NULL"), index=True),
    Column("kept", Code(Side)),  # whose answer was kept
    Column("reason", Text, nullable=False, server_default=""),
    **COUNTING,
)

Index("difference_open", difference.c.assessment_id, difference.c.indicator, unique=True,
      sqlite_where=text("decided_at IS NULL"), postgresql_where=text("decided_at IS NULL"))  # fmt: skip

sample = Table(
    "sample",
    metadata,
    identity(),
    Column("place_id", Id, to("place.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("of", Integer, nullable=False),  # how many it was drawn from
    Column("seed", BigInteger, nullable=False),
    Column("person_id", Id, to("person.id", on_delete="SET NULL"), index=True),
    Column("drawn_at", Moment, nullable=False),
    Index(None, "place_id", "year"),
    **COUNTING,
)

sample_sheet = Table(
    "sample_sheet",
    metadata,
    Column("sample_id", Id, to("sample.id", on_delete="CASCADE"), primary_key=True),
    Column("assessment_id", Id, to("assessment.id", on_delete="CASCADE"), primary_key=True, index=True),
    Column("checked_at", Moment),
    Column("agrees", Boolean),
    Column("person_id", Id, to("person.id", on_delete="SET NULL"), index=True),
)

meeting = Table(
    "meeting",
    metadata,
    identity(),
    Column("place_id", Id, to("place.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("day", Date, nullable=False),
    Column("present", Integer, nullable=False),
    Column("in_favour", Integer, nullable=False),
    Column("against", Integer, nullable=False),
    Column("person_id", Id, to("person.id", on_delete="SET NULL"), index=True),
    Column("at", Moment, nullable=False),
    Index(None, "place_id", "year"),
    **COUNTING,
)

target = Table(
    "target",
    metadata,
    Column("place_id", Id, to("place.id"), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("kind", Code(SubjectKind), primary_key=True),
    Column("percent", Integer, nullable=False),
    Column("person_id", Id, to("person.id", on_delete="SET NULL"), index=True),
    Column("at", Moment, nullable=False),
)

# One a subject and local day: nobody is reminded twice in a day.
nudge = Table(
    "nudge",
    metadata,
    Column("subject_id", Id, to("subject.id", on_delete="CASCADE"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("person_id", Id, to("person.id", on_delete="SET NULL"), index=True),
    Column("at", Moment, nullable=False),
)

# What persons are to be told: an event for their conversation, once it is due.
news = Table(
    "news",
    metadata,
    identity(),
    Column("person_id", Id, to("person.id", on_delete="CASCADE"), nullable=False, index=True),
    Column("event", Text, nullable=False),
    Column("assessment_id", Id, to("assessment.id", on_delete="CASCADE"), index=True),
    Column("is_reminder", Boolean, nullable=False),  # not told any more once the sheet is handed in
    Column("created_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("told_at", Moment),
    **COUNTING,
)

Index("news_due", news.c.due_at, news.c.id,
      sqlite_where=text("told_at IS NULL"), postgresql_where=text("told_at IS NULL"))  # fmt: skip

clan_household = Table(
    "clan_household",
    metadata,
    Column("clan_id", Id, to("subject.id", on_delete="CASCADE"), primary_key=True),
    Column("household_id", Id, to("subject.id", on_delete="CASCADE"), primary_key=True, index=True),
    Column("tie", Code(ClanTie), nullable=False),
    Column("asked_by", Id, to("person.id", on_delete="SET NULL"), index=True),
    Column("asked_at", Moment, nullable=False),
    Column("answered_by", Id, to("person.id", on_delete="SET NULL"), index=True),
    Column("answered_at", Moment),
)
