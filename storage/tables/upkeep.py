"""What the service notes for itself."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

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

heartbeat = Table(
    "heartbeat",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("at", Moment, nullable=False),
)
