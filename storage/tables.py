"""The tables. Names are permanent; what each row means is said in DESIGN of the project, chapter 'Things it keeps'.

What is personal lives in person, account, subject.name, answer, answer_history, evidence, and the content of inbox and
outbox rows; forgetting (storage.forgetting) removes it from there. Everything else holds ids, codes and times.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from bot.dialogs.events import FileKind
from bot.dialogs.facts import AssessmentState
from bot.scoring.model import SubjectKind
from storage.types import Code, Exact, Id, Moment, SortText

metadata = MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_N_name)s",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ck": "%(table_name)s_%(constraint_name)s",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
        "pk": "%(table_name)s_pkey",
    }
)


class InboxState(StrEnum):
    """Where an update is."""

    PENDING = "pending"
    PARKED = "parked"
    DONE = "done"


class OutboxState(StrEnum):
    """Where a delivery is."""

    QUEUED = "queued"
    SENDING = "sending"
    KEPT = "kept"
    DEAD = "dead"


class OutboxKind(StrEnum):
    """What a delivery carries, so that it can be told without reading it."""

    SHOW = "show"
    DOCUMENT = "document"
    FETCH = "fetch"
    NOTICE = "notice"


class EvidenceState(StrEnum):
    """Whether the file of an evidence is here."""

    AWAITED = "awaited"
    KEPT = "kept"
    FAILED = "failed"


def _id() -> Column[int]:
    return Column("id", Id, primary_key=True)


def _to(column: str, *, on_delete: str | None = None) -> ForeignKey:
    return ForeignKey(column, ondelete=on_delete)


# Ids are never used again, not even after the newest row is gone: mailboxes are read "after id".
_COUNTING: Any = {"sqlite_autoincrement": True}

place = Table(
    "place",
    metadata,
    _id(),
    Column("parent_id", Id, _to("place.id"), index=True),
    Column("level", String(40), nullable=False),
    Column("name", Text, nullable=False),
    Column("within", Text, nullable=False),  # the places above, as one line
    Column("folded", Text, nullable=False),
    Column("sort_key", SortText, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_until", Date),  # last day
    Index(None, "level", "sort_key"),
    **_COUNTING,
)

subject = Table(
    "subject",
    metadata,
    _id(),
    Column("kind", Code(SubjectKind), nullable=False),
    Column("name", Text, nullable=False),
    Column("place_id", Id, _to("place.id"), nullable=False, index=True),
    Column("adults", Integer),
    Column("school_age_children", Integer),
    Column("created_at", Moment, nullable=False),
    **_COUNTING,
)

person = Table(
    "person",
    metadata,
    _id(),
    Column("session", Text, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("locale", String(16), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    **_COUNTING,
)

account = Table(
    "account",
    metadata,
    _id(),
    Column("channel", String(40), nullable=False),
    Column("external_id", Text, nullable=False),
    Column("person_id", Id, _to("person.id"), nullable=False, index=True),
    Column("screen_ref", Text, nullable=False, server_default=""),
    Column("screen_sequence", BigInteger, nullable=False, server_default="0"),
    Column("screen_revision", BigInteger, nullable=False, server_default="-1"),
    Column("screen_shown_at", Moment),
    Column("blocked_at", Moment),
    Column("forgotten_at", Moment),
    Column("failed_codes", Integer, nullable=False, server_default="0"),
    Column("failed_code_at", Moment),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("channel", "external_id"),
    UniqueConstraint("id", "person_id"),
    **_COUNTING,
)

consent = Table(
    "consent",
    metadata,
    _id(),
    Column("person_id", Id, _to("person.id", on_delete="SET NULL"), index=True),
    Column("version", String(40), nullable=False),
    Column("given_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    **_COUNTING,
)

person_subject = Table(
    "person_subject",
    metadata,
    Column("person_id", Id, _to("person.id", on_delete="CASCADE"), primary_key=True),
    Column("subject_id", Id, _to("subject.id", on_delete="CASCADE"), primary_key=True, index=True),
    Column("tie", String(40), primary_key=True),
    Column("since", Moment, nullable=False),
)

invite = Table(
    "invite",
    metadata,
    _id(),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("place_id", Id, _to("place.id"), nullable=False, index=True),
    Column("expires_at", Moment, nullable=False),
    Column("uses_left", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    CheckConstraint("uses_left >= 0", name="uses_left"),
    **_COUNTING,
)

link_code = Table(
    "link_code",
    metadata,
    _id(),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("person_id", Id, _to("person.id", on_delete="CASCADE"), nullable=False, index=True),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    **_COUNTING,
)

period = Table(
    "period",
    metadata,
    _id(),
    Column("year", Integer, nullable=False),
    Column("place_id", Id, _to("place.id"), nullable=False, index=True),
    UniqueConstraint("year", "place_id"),
    **_COUNTING,
)

assessment = Table(
    "assessment",
    metadata,
    _id(),
    Column("subject_id", Id, _to("subject.id"), nullable=False),
    Column("period_id", Id, _to("period.id"), nullable=False, index=True),
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
    UniqueConstraint("subject_id", "year", "set_id"),
    **_COUNTING,
)

answer = Table(
    "answer",
    metadata,
    Column("assessment_id", Id, _to("assessment.id", on_delete="CASCADE"), primary_key=True),
    Column("indicator", String(80), primary_key=True),
    Column("value", Text, nullable=False),
    Column("person_id", Id, _to("person.id", on_delete="SET NULL"), index=True),
    Column("channel", String(40), nullable=False),
    Column("at", Moment, nullable=False),
    sqlite_with_rowid=False,
)

answer_history = Table(
    "answer_history",
    metadata,
    _id(),
    Column("assessment_id", Id, _to("assessment.id", on_delete="CASCADE"), nullable=False, index=True),
    Column("indicator", String(80), nullable=False),
    Column("value", Text, nullable=False),
    Column("person_id", Id, _to("person.id", on_delete="SET NULL"), index=True),
    Column("channel", String(40), nullable=False),
    Column("at", Moment, nullable=False),
    **_COUNTING,
)

evidence = Table(
    "evidence",
    metadata,
    _id(),
    Column("assessment_id", Id, _to("assessment.id", on_delete="CASCADE"), nullable=False, index=True),
    Column("indicator", String(80), nullable=False),
    Column("blob", String(64), index=True),  # sha256, once the file is here
    Column("ref", Text, nullable=False),  # what the channel calls it
    Column("kind", Code(FileKind), nullable=False),
    Column("name", Text, nullable=False, server_default=""),
    Column("mime", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("state", Code(EvidenceState), nullable=False),
    Column("person_id", Id, _to("person.id", on_delete="SET NULL"), index=True),
    Column("channel", String(40), nullable=False),
    Column("at", Moment, nullable=False),
    **_COUNTING,
)

review = Table(
    "review",
    metadata,
    _id(),
    Column("assessment_id", Id, _to("assessment.id", on_delete="CASCADE"), nullable=False, index=True),
    Column("from_state", Code(AssessmentState), nullable=False),
    Column("to_state", Code(AssessmentState), nullable=False),
    Column("person_id", Id, _to("person.id", on_delete="SET NULL"), index=True),
    Column("at", Moment, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    **_COUNTING,
)

inbox = Table(
    "inbox",
    metadata,
    _id(),
    Column("channel", String(40), nullable=False),
    Column("update_id", Text, nullable=False),
    Column("account_id", Id),
    Column("person_id", Id),
    Column("ordinal", BigInteger, nullable=False),
    Column("state", Code(InboxState), nullable=False),
    Column("event", Text),  # these are emptied once it is handled
    Column("language", String(40), nullable=False, server_default=""),
    Column("sequence", BigInteger),
    Column("sent_at", Moment),
    Column("press_ref", Text, nullable=False, server_default=""),
    Column("message_ref", Text, nullable=False, server_default=""),
    Column("received_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before", Moment),
    Column("error", Text, nullable=False, server_default=""),
    Column("reference", String(80), nullable=False, server_default=""),
    UniqueConstraint("channel", "update_id"),
    # An account that moves to another person takes what waits of it along.
    ForeignKeyConstraint(
        ["account_id", "person_id"], ["account.id", "account.person_id"], onupdate="CASCADE", ondelete="SET NULL"
    ),
    **_COUNTING,
)

# Handled updates lose their account and person, so these hold only what waits.
Index("inbox_line", inbox.c.person_id, inbox.c.ordinal, inbox.c.id,
      sqlite_where=text("person_id IS NOT NULL"), postgresql_where=text("person_id IS NOT NULL"))  # fmt: skip
Index("inbox_account", inbox.c.account_id, inbox.c.person_id,
      sqlite_where=text("account_id IS NOT NULL"), postgresql_where=text("account_id IS NOT NULL"))  # fmt: skip
Index("inbox_pending", inbox.c.id,
      sqlite_where=text("state = 'pending'"), postgresql_where=text("state = 'pending'"))  # fmt: skip

outbox = Table(
    "outbox",
    metadata,
    _id(),
    Column("account_id", Id, _to("account.id", on_delete="CASCADE"), nullable=False),
    Column("kind", Code(OutboxKind), nullable=False),
    Column("content", Text, nullable=False),
    Column("locale", String(16), nullable=False),
    Column("priority", Integer, nullable=False),  # 0 before 1
    Column("state", Code(OutboxState), nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("created_at", Moment, nullable=False),
    Column("not_before", Moment),
    Column("lease_until", Moment),
    Column("in_place", Boolean, nullable=False, server_default=false()),
    Column("press_ref", Text, nullable=False, server_default=""),
    Column("error", Text, nullable=False, server_default=""),
    Index(None, "account_id", "id"),
    **_COUNTING,
)

Index("outbox_sending", outbox.c.account_id,
      sqlite_where=text("state = 'sending'"), postgresql_where=text("state = 'sending'"))  # fmt: skip
Index("outbox_unsent", outbox.c.priority, outbox.c.id,
      sqlite_where=text("state IN ('queued', 'sending')"),
      postgresql_where=text("state IN ('queued', 'sending')"))  # fmt: skip

blob_garbage = Table(
    "blob_garbage",
    metadata,
    Column("blob", String(64), primary_key=True),
    Column("since", Moment, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    _id(),
    Column("at", Moment, nullable=False),
    Column("what", String(80), nullable=False),
    # Plain numbers: they outlive what they name.
    Column("person_id", Id),
    Column("subject_id", Id),
    Column("assessment_id", Id),
    **_COUNTING,
)

heartbeat = Table(
    "heartbeat",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("at", Moment, nullable=False),
)
