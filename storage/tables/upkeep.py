"""What the service notes for itself."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table

from storage.tables.columns import COUNTING, identity, metadata
from storage.types import Id, Moment

blob_garbage = Table(
    "blob_garbage",
    metadata,
    Column("blob", String(64), primary_key=True),
    Column("since", Moment, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    identity(),
    Column("at", Moment, nullable=False),
    Column("what", String(80), nullable=False),
    # Plain numbers: they outlive what they name.
    Column("person_id", Id),
    Column("subject_id", Id),
    Column("assessment_id", Id),
    **COUNTING,
)

# How many codes that lead nowhere were tried, minute by minute; kept for a day.
wrong_code = Table(
    "wrong_code",
    metadata,
    Column("channel", String(40), primary_key=True),
    Column("minute", Moment, primary_key=True),
    Column("count", Integer, nullable=False),
)

heartbeat = Table(
    "heartbeat",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("at", Moment, nullable=False),
)
