"""What came in and what goes out."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from storage.tables.columns import COUNTING, identity, metadata, to
from storage.tables.states import InboxState, OutboxKind, OutboxState
from storage.types import Code, Id, Moment

inbox = Table(
    "inbox",
    metadata,
    identity(),
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
    **COUNTING,
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
    identity(),
    Column("account_id", Id, to("account.id", on_delete="CASCADE"), nullable=False),
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
    **COUNTING,
)

Index("outbox_sending", outbox.c.account_id,
      sqlite_where=text("state = 'sending'"), postgresql_where=text("state = 'sending'"))  # fmt: skip
Index("outbox_unsent", outbox.c.priority, outbox.c.id,
      sqlite_where=text("state IN ('queued', 'sending')"),
      postgresql_where=text("state IN ('queued', 'sending')"))  # fmt: skip
