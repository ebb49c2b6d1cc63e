"""Places, their periods, and the codes that lead to them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, Index, Integer, String, Table, Text, UniqueConstraint

from bot.dialogs.facts import RoleKind
from storage.tables.columns import COUNTING, identity, metadata, to
from storage.types import Code, Id, Moment, SortText

place = Table(
    "place",
    metadata,
    identity(),
    Column("parent_id", Id, to("place.id"), index=True),
    Column("level", String(40), nullable=False),
    Column("name", Text, nullable=False),
    Column("within", Text, nullable=False),  # the places above, as one line
    Column("folded", Text, nullable=False),
    Column("sort_key", SortText, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_until", Date),  # last day
    Column("path", SortText, nullable=False, server_default="", index=True),  # see dialogs.places.Place.path
    Column("difficult_area_source", Text, nullable=False, server_default=""),  # the document; holds for all below
    Index(None, "level", "sort_key"),
    **COUNTING,
)

period = Table(
    "period",
    metadata,
    identity(),
    Column("year", Integer, nullable=False),
    Column("place_id", Id, to("place.id"), nullable=False, index=True),
    UniqueConstraint("year", "place_id"),
    **COUNTING,
)

invite = Table(
    "invite",
    metadata,
    identity(),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("place_id", Id, to("place.id"), nullable=False, index=True),
    Column("expires_at", Moment, nullable=False),
    Column("uses_left", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("role", Code(RoleKind)),  # that it grants; none for those that lead families to a hamlet or a household
    Column("role_until", Date),  # last day of the role that it grants
    Column("subject_id", Id, to("subject.id", on_delete="CASCADE"), index=True),  # the household that it leads to
    Column("serial", Integer, nullable=False, server_default="0"),  # of a household's codes, see ports.Ids
    Column("issued_by", Id, to("person.id", on_delete="SET NULL"), index=True),
    Column("revoked_at", Moment),
    CheckConstraint("uses_left >= 0", name="uses_left"),
    **COUNTING,
)
