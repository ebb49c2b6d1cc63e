"""The roll of households, sheets that a village head works on, review, progress and clans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Literal

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

from storage.subject_keys import subject_keys

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
SORT_TEXT = sa.String().with_variant(sa.VARCHAR(collation="C"), "postgresql")

CHANGED = ("answer_history", "assessment", "invite", "review", "subject", "upload")
TABLES = ("clan_household", "difference", "meeting", "news", "nudge", "sample", "target", "sample_sheet", "wrong_code")
WHAT_ONLY_THE_NEWER_TABLES_HOLD = ("DELETE FROM invite WHERE subject_id IS NOT NULL",)


def upgrade() -> None:
    with _counters_kept():
        with _changing("answer") as answer:
            answer.add_column(_side())
        with _changing("answer_history") as history:
            history.add_column(_side())
        with _changing("assessment") as assessment:
            assessment.add_column(sa.Column("is_scored", sa.Boolean(), server_default=sa.true(), nullable=False))
        op.create_index(
            "assessment_to_score",
            "assessment",
            ["id"],
            sqlite_where=sa.text("NOT is_scored"),
            postgresql_where=sa.text("NOT is_scored"),
        )
        with _changing("subject") as subject:
            subject.add_column(sa.Column("folded", sa.Text(), server_default="", nullable=False))
            subject.add_column(sa.Column("sort_key", SORT_TEXT, server_default="", nullable=False))
            subject.add_column(sa.Column("roll_number", sa.String(length=40), server_default="", nullable=False))
            subject.add_column(sa.Column("roll_group", sa.Text(), server_default="", nullable=False))
            subject.add_column(sa.Column("phone", sa.String(length=40), server_default="", nullable=False))
            subject.add_column(sa.Column("left_on", sa.Date(), nullable=True))
            subject.add_column(sa.Column("is_on_roll", sa.Boolean(), server_default=sa.false(), nullable=False))
            subject.add_column(sa.Column("merged_into", ID, nullable=True))
            subject.create_foreign_key("subject_merged_into_fkey", "subject", ["merged_into"], ["id"])
        _fill_keys()
        op.create_index("subject_merged_into", "subject", ["merged_into"])
        op.create_index("subject_place_id_kind_sort_key", "subject", ["place_id", "kind", "sort_key"])
        with _changing("invite") as invite:
            invite.add_column(sa.Column("role_until", sa.Date(), nullable=True))
            invite.add_column(sa.Column("subject_id", ID, nullable=True))
            invite.add_column(sa.Column("serial", sa.Integer(), server_default="0", nullable=False))
            invite.add_column(sa.Column("issued_by", ID, nullable=True))
            invite.add_column(sa.Column("revoked_at", MOMENT, nullable=True))
            invite.create_foreign_key("invite_subject_id_fkey", "subject", ["subject_id"], ["id"], ondelete="CASCADE")
            invite.create_foreign_key("invite_issued_by_fkey", "person", ["issued_by"], ["id"], ondelete="SET NULL")
        op.create_index("invite_subject_id", "invite", ["subject_id"])
        op.create_index("invite_issued_by", "invite", ["issued_by"])
        with _changing("review") as review:
            review.add_column(sa.Column("indicator", sa.String(length=80), server_default="", nullable=False))
        with _changing("upload") as upload:
            upload.add_column(sa.Column("imported", sa.Text(), nullable=True))
            upload.add_column(sa.Column("rows", sa.Text(), nullable=True))
            upload.add_column(sa.Column("decisions", sa.Text(), nullable=True))
            upload.add_column(sa.Column("applied", sa.Integer(), server_default="0", nullable=False))
    _create_clan_household()
    _create_difference()
    _create_meeting()
    _create_news()
    _create_nudge()
    _create_sample()
    _create_target()
    _create_sample_sheet()
    _create_wrong_code()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    for statement in WHAT_ONLY_THE_NEWER_TABLES_HOLD:
        op.execute(statement)
    with _counters_kept():
        with _changing("upload") as upload:
            for column in ("imported", "rows", "decisions", "applied"):
                upload.drop_column(column)
        with _changing("review") as review:
            review.drop_column("indicator")
        op.drop_index("invite_issued_by", "invite")
        op.drop_index("invite_subject_id", "invite")
        with _changing("invite") as invite:
            invite.drop_constraint("invite_issued_by_fkey", type_="foreignkey")
            invite.drop_constraint("invite_subject_id_fkey", type_="foreignkey")
            for column in ("role_until", "subject_id", "serial", "issued_by", "revoked_at"):
                invite.drop_column(column)
        op.drop_index("subject_place_id_kind_sort_key", "subject")
        op.drop_index("subject_merged_into", "subject")
        with _changing("subject") as subject:
            subject.drop_constraint("subject_merged_into_fkey", type_="foreignkey")
            for column in (
                "folded",
                "sort_key",
                "roll_number",
                "roll_group",
                "phone",
                "left_on",
                "is_on_roll",
                "merged_into",
            ):
                subject.drop_column(column)
        op.drop_index("assessment_to_score", "assessment")
        with _changing("assessment") as assessment:
            assessment.drop_column("is_scored")
        for table in ("answer_history", "answer"):
            with _changing(table) as answers:
                answers.drop_column("side")


def _side() -> sa.Column[str]:
    return sa.Column("side", sa.String(length=40), server_default="subject", nullable=False)


def _fill_keys() -> None:
    """Write what subjects are found and ordered by: what the program searches by is the program's to say."""
    subject = sa.table("subject", *(sa.column(name) for name in ("id", "name", "folded", "sort_key")))
    write = (
        sa.update(subject)
        .where(subject.c.id == sa.bindparam("of"))
        .values(folded=sa.bindparam("new_folded"), sort_key=sa.bindparam("new_key"))
    )
    connection = op.get_bind()
    rows = [
        {"of": id_, "new_folded": folded, "new_key": key}
        for id_, name in connection.execute(sa.select(subject.c.id, subject.c.name))
        for folded, key in [subject_keys(name)]
    ]
    if rows:
        connection.execute(write, rows)


def _create_clan_household() -> None:
    op.create_table(
        "clan_household",
        sa.Column("clan_id", ID, nullable=False),
        sa.Column("household_id", ID, nullable=False),
        sa.Column("tie", sa.String(length=40), nullable=False),
        sa.Column("asked_by", ID, nullable=True),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("answered_by", ID, nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["person.id"], name="clan_household_answered_by_fkey", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name="clan_household_asked_by_fkey", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["clan_id"], ["subject.id"], name="clan_household_clan_id_fkey", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["household_id"], ["subject.id"], name="clan_household_household_id_fkey", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("clan_id", "household_id", name="clan_household_pkey"),
    )
    op.create_index("clan_household_answered_by", "clan_household", ["answered_by"])
    op.create_index("clan_household_asked_by", "clan_household", ["asked_by"])
    op.create_index("clan_household_household_id", "clan_household", ["household_id"])


def _create_difference() -> None:
    op.create_table(
        "difference",
        sa.Column("id", ID, nullable=False),
        sa.Column("assessment_id", ID, nullable=False),
        sa.Column("indicator", sa.String(length=80), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_by", ID, nullable=True),
        sa.Column("kept", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name="difference_assessment_id_fkey", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name="difference_decided_by_fkey", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="difference_person_id_fkey", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="difference_pkey"),
        sqlite_autoincrement=True,
    )
    op.create_index("difference_assessment_id", "difference", ["assessment_id"])
    op.create_index("difference_decided_by", "difference", ["decided_by"])
    op.create_index(
        "difference_open",
        "difference",
        ["assessment_id", "indicator"],
        unique=True,
        sqlite_where=sa.text("decided_at IS NULL"),
        postgresql_where=sa.text("decided_at IS NULL"),
    )
    op.create_index("difference_person_id", "difference", ["person_id"])


def _create_meeting() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", ID, nullable=False),
        sa.Column("place_id", ID, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("in_favour", sa.Integer(), nullable=False),
        sa.Column("against", sa.Integer(), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="meeting_person_id_fkey", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name="meeting_place_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="meeting_pkey"),
        sqlite_autoincrement=True,
    )
    op.create_index("meeting_person_id", "meeting", ["person_id"])
    op.create_index("meeting_place_id_year", "meeting", ["place_id", "year"])


def _create_news() -> None:
    op.create_table(
        "news",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("assessment_id", ID, nullable=True),
        sa.Column("is_reminder", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("told_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name="news_assessment_id_fkey", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="news_person_id_fkey", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="news_pkey"),
        sqlite_autoincrement=True,
    )
    op.create_index("news_assessment_id", "news", ["assessment_id"])
    op.create_index(
        "news_due",
        "news",
        ["due_at", "id"],
        sqlite_where=sa.text("told_at IS NULL"),
        postgresql_where=sa.text("told_at IS NULL"),
    )
    op.create_index("news_person_id", "news", ["person_id"])


def _create_nudge() -> None:
    op.create_table(
        "nudge",
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="nudge_person_id_fkey", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name="nudge_subject_id_fkey", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("subject_id", "day", name="nudge_pkey"),
    )
    op.create_index("nudge_person_id", "nudge", ["person_id"])


def _create_sample() -> None:
    op.create_table(
        "sample",
        sa.Column("id", ID, nullable=False),
        sa.Column("place_id", ID, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("drawn_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="sample_person_id_fkey", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name="sample_place_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="sample_pkey"),
        sqlite_autoincrement=True,
    )
    op.create_index("sample_person_id", "sample", ["person_id"])
    op.create_index("sample_place_id_year", "sample", ["place_id", "year"])


def _create_target() -> None:
    op.create_table(
        "target",
        sa.Column("place_id", ID, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="target_person_id_fkey", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name="target_place_id_fkey"),
        sa.PrimaryKeyConstraint("place_id", "year", "kind", name="target_pkey"),
    )
    op.create_index("target_person_id", "target", ["person_id"])


def _create_sample_sheet() -> None:
    op.create_table(
        "sample_sheet",
        sa.Column("sample_id", ID, nullable=False),
        sa.Column("assessment_id", ID, nullable=False),
        sa.Column("checked_at", MOMENT, nullable=True),
        sa.Column("agrees", sa.Boolean(), nullable=True),
        sa.Column("person_id", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name="sample_sheet_assessment_id_fkey", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="sample_sheet_person_id_fkey", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["sample_id"], ["sample.id"], name="sample_sheet_sample_id_fkey", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("sample_id", "assessment_id", name="sample_sheet_pkey"),
    )
    op.create_index("sample_sheet_assessment_id", "sample_sheet", ["assessment_id"])
    op.create_index("sample_sheet_person_id", "sample_sheet", ["person_id"])


def _create_wrong_code() -> None:
    op.create_table(
        "wrong_code",
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("minute", MOMENT, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "minute", name="wrong_code_pkey"),
    )


@contextmanager
def _changing(table: str) -> Iterator[BatchOperations]:
    """Change a table; on SQLite by writing it anew, so that it is the one that a new installation gets."""
    how: Literal["always", "never"] = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    kept = {"sqlite_with_rowid": False} if table == "answer" else {"sqlite_autoincrement": True}
    with op.batch_alter_table(table, recreate=how, table_kwargs=kept) as batch:
        yield batch


@contextmanager
def _counters_kept() -> Iterator[None]:
    """Keep SQLite's counters of ids, which begin anew with a table that is written anew."""
    before = _counters()
    yield
    now = _counters()
    for table, count in before.items():
        known = "UPDATE sqlite_sequence SET seq = :count WHERE name = :name"
        absent = "INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :count)"
        statement = sa.text(known if table in now else absent)
        op.get_bind().execute(statement, {"name": table, "count": count})


def _counters() -> Mapping[str, int]:
    if op.get_bind().dialect.name != "sqlite":
        return {}
    rows = op.get_bind().execute(sa.text("SELECT name, seq FROM sqlite_sequence"))
    return {name: count for name, count in rows if name in CHANGED}
