"""Persons, their accounts, what they agreed to, and what they may do."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, Integer, String, Table, Text, UniqueConstraint

from bot.dialogs.facts import RoleKind
from storage.tables.columns import COUNTING, identity, metadata, to
from storage.types import Code, Id, Moment

person = Table(
    "person",
    metadata,
    identity(),
    Column("session", Text, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("locale", String(16), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("assessment_id", Id, to("assessment.id", on_delete="SET NULL"), index=True),  # what they have taken up
    **COUNTING,
)

account = Table(
    "account",
    metadata,
    identity(),
    Column("channel", String(40), nullable=False),
    Column("external_id", Text, nullable=False),
    Column("person_id", Id, to("person.id"), nullable=False, index=True),
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
    **COUNTING,
)

consent = Table(
    "consent",
    metadata,
    identity(),
    Column("person_id", Id, to("person.id", on_delete="SET NULL"), index=True),
    Column("version", String(40), nullable=False),
    Column("given_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    **COUNTING,
)

link_code = Table(
    "link_code",
    metadata,
    identity(),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("person_id", Id, to("person.id", on_delete="CASCADE"), nullable=False, index=True),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    **COUNTING,
)

role = Table(
    "role",
    metadata,
    identity(),
    Column("person_id", Id, to("person.id", on_delete="CASCADE"), nullable=False, index=True),
    Column("role", Code(RoleKind), nullable=False),
    Column("place_id", Id, to("place.id"), nullable=False, index=True),
    Column("since", Date, nullable=False),  # first day
    Column("until", Date),  # last day
    Column("invite_id", Id, to("invite.id"), index=True),  # what granted it
    **COUNTING,
)
