"""Criteria sets that places have adopted, and the workbooks that they came in."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, Index, Integer, String, Table, Text, UniqueConstraint, text

from bot.scoring.model import SubjectKind
from storage.tables.columns import COUNTING, identity, metadata, to
from storage.tables.states import UploadState
from storage.types import Code, Id, Moment

upload = Table(
    "upload",
    metadata,
    identity(),
    Column("account_id", Id, to("account.id", on_delete="CASCADE"), nullable=False, index=True),
    Column("person_id", Id, to("person.id", on_delete="CASCADE"), nullable=False, index=True),
    Column("ref", Text, nullable=False),  # what the channel calls it
    Column("blob", String(64), index=True),  # sha256, once the file is here
    Column("name", Text, nullable=False, server_default=""),
    Column("mime", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("state", Code(UploadState), nullable=False),
    Column("proposal", Text),  # what came of reading it
    Column("text", Text, nullable=False, server_default=""),  # the sound set as TOML
    Column("created_at", Moment, nullable=False),
    Column("finished_at", Moment),  # when it was read, or its person told that it cannot be had
    Column("imported", Text),  # what came of reading a roll or answers
    Column("rows", Text),  # its sound rows, until they are applied
    Column("decisions", Text),  # what was decided before applying: possible doubles, the hamlet
    Column("applied", Integer, nullable=False, server_default="0"),  # rows applied so far
    **COUNTING,
)

Index("upload_unfinished", upload.c.state, upload.c.id,
      sqlite_where=text("finished_at IS NULL"), postgresql_where=text("finished_at IS NULL"))  # fmt: skip

# Rows are only ever added: what was in force stays as it was.
adoption = Table(
    "adoption",
    metadata,
    identity(),
    Column("set_id", String(80), nullable=False),
    Column("version", String(40), nullable=False),
    Column("kind", Code(SubjectKind), nullable=False),
    Column("subject_group", String(40)),
    Column("place_id", Id, to("place.id"), nullable=False, index=True),
    Column("valid_from", Date, nullable=False),
    Column("valid_until", Date),  # last day
    Column("decision_number", Text, nullable=False),
    Column("decided_on", Date, nullable=False),
    Column("person_id", Id, to("person.id", on_delete="SET NULL"), index=True),
    Column("upload_id", Id, to("upload.id", on_delete="SET NULL"), index=True),
    Column("adopted_at", Moment, nullable=False),
    Column("text", Text, nullable=False),  # the whole set as TOML
    UniqueConstraint("set_id", "version"),
    **COUNTING,
)
