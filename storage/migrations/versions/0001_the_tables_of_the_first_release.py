"""The tables of the first release."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("what", sa.String(length=80), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("subject_id", ID, nullable=True),
        sa.Column("assessment_id", ID, nullable=True),
        sa.PrimaryKeyConstraint("id", name="audit_pkey"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "blob_garbage",
        sa.Column("blob", sa.String(length=64), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("blob", name="blob_garbage_pkey"),
    )
    op.create_table(
        "heartbeat",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="heartbeat_pkey"),
    )
    op.create_table(
        "person",
        sa.Column("id", ID, nullable=False),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="person_pkey"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "place",
        sa.Column("id", ID, nullable=False),
        sa.Column("parent_id", ID, nullable=True),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("within", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.String().with_variant(sa.VARCHAR(collation="C"), "postgresql"), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["place.id"], name="place_parent_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="place_pkey"),
        sqlite_autoincrement=True,
    )
    op.create_index("place_level_sort_key", "place", ["level", "sort_key"])
    op.create_index("place_parent_id", "place", ["parent_id"])

    op.create_table(
        "account",
        sa.Column("id", ID, nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("screen_ref", sa.Text(), server_default="", nullable=False),
        sa.Column("screen_sequence", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("screen_revision", sa.BigInteger(), server_default="-1", nullable=False),
        sa.Column("screen_shown_at", MOMENT, nullable=True),
        sa.Column("blocked_at", MOMENT, nullable=True),
        sa.Column("forgotten_at", MOMENT, nullable=True),
        sa.Column("failed_codes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("failed_code_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="account_person_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="account_pkey"),
        sa.UniqueConstraint("channel", "external_id", name="account_channel_external_id_key"),
        sa.UniqueConstraint("id", "person_id", name="account_id_person_id_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("account_person_id", "account", ["person_id"])

    op.create_table(
        "consent",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="consent_person_id_fkey", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="consent_pkey"),
        sqlite_autoincrement=True,
    )
    op.create_index("consent_person_id", "consent", ["person_id"])

    op.create_table(
        "invite",
        sa.Column("id", ID, nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("place_id", ID, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("uses_left", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint("uses_left >= 0", name=op.f("invite_uses_left")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name="invite_place_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="invite_pkey"),
        sa.UniqueConstraint("code_hash", name="invite_code_hash_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("invite_place_id", "invite", ["place_id"])

    op.create_table(
        "link_code",
        sa.Column("id", ID, nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="link_code_person_id_fkey", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="link_code_pkey"),
        sa.UniqueConstraint("code_hash", name="link_code_code_hash_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("link_code_person_id", "link_code", ["person_id"])

    op.create_table(
        "period",
        sa.Column("id", ID, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("place_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name="period_place_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="period_pkey"),
        sa.UniqueConstraint("year", "place_id", name="period_year_place_id_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("period_place_id", "period", ["place_id"])

    op.create_table(
        "subject",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("place_id", ID, nullable=False),
        sa.Column("adults", sa.Integer(), nullable=True),
        sa.Column("school_age_children", sa.Integer(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name="subject_place_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="subject_pkey"),
        sqlite_autoincrement=True,
    )
    op.create_index("subject_place_id", "subject", ["place_id"])

    op.create_table(
        "assessment",
        sa.Column("id", ID, nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("period_id", ID, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.String(length=80), nullable=False),
        sa.Column("set_version", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("total", sa.Numeric().with_variant(sa.String(length=40), "sqlite"), nullable=True),
        sa.Column("title_id", sa.String(length=80), nullable=True),
        sa.Column("is_complete", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("handed_in_at", MOMENT, nullable=True),
        sa.Column("reviewed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name="assessment_period_id_fkey"),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name="assessment_subject_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="assessment_pkey"),
        sa.UniqueConstraint("subject_id", "year", "set_id", name="assessment_subject_id_year_set_id_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("assessment_period_id", "assessment", ["period_id"])

    op.create_table(
        "inbox",
        sa.Column("id", ID, nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("update_id", sa.Text(), nullable=False),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("event", sa.Text(), nullable=True),
        sa.Column("language", sa.String(length=40), server_default="", nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("press_ref", sa.Text(), server_default="", nullable=False),
        sa.Column("message_ref", sa.Text(), server_default="", nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("not_before", MOMENT, nullable=True),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.Column("reference", sa.String(length=80), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "person_id"],
            ["account.id", "account.person_id"],
            name="inbox_account_id_person_id_fkey",
            onupdate="CASCADE",
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name="inbox_pkey"),
        sa.UniqueConstraint("channel", "update_id", name="inbox_channel_update_id_key"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "inbox_account",
        "inbox",
        ["account_id", "person_id"],
        sqlite_where=sa.text("account_id IS NOT NULL"),
        postgresql_where=sa.text("account_id IS NOT NULL"),
    )
    op.create_index(
        "inbox_line",
        "inbox",
        ["person_id", "ordinal", "id"],
        sqlite_where=sa.text("person_id IS NOT NULL"),
        postgresql_where=sa.text("person_id IS NOT NULL"),
    )
    op.create_index(
        "inbox_pending",
        "inbox",
        ["id"],
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )

    op.create_table(
        "outbox",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("not_before", MOMENT, nullable=True),
        sa.Column("lease_until", MOMENT, nullable=True),
        sa.Column("in_place", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("press_ref", sa.Text(), server_default="", nullable=False),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="outbox_account_id_fkey", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="outbox_pkey"),
        sqlite_autoincrement=True,
    )
    op.create_index("outbox_account_id_id", "outbox", ["account_id", "id"])
    op.create_index(
        "outbox_sending",
        "outbox",
        ["account_id"],
        sqlite_where=sa.text("state = 'sending'"),
        postgresql_where=sa.text("state = 'sending'"),
    )
    op.create_index(
        "outbox_unsent",
        "outbox",
        ["priority", "id"],
        sqlite_where=sa.text("state IN ('queued', 'sending')"),
        postgresql_where=sa.text("state IN ('queued', 'sending')"),
    )

    op.create_table(
        "person_subject",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("tie", sa.String(length=40), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="person_subject_person_id_fkey", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name="person_subject_subject_id_fkey", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "subject_id", "tie", name="person_subject_pkey"),
    )
    op.create_index("person_subject_subject_id", "person_subject", ["subject_id"])

    op.create_table(
        "answer",
        sa.Column("assessment_id", ID, nullable=False),
        sa.Column("indicator", sa.String(length=80), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name="answer_assessment_id_fkey", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="answer_person_id_fkey", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("assessment_id", "indicator", name="answer_pkey"),
        sqlite_with_rowid=False,
    )
    op.create_index("answer_person_id", "answer", ["person_id"])

    op.create_table(
        "answer_history",
        sa.Column("id", ID, nullable=False),
        sa.Column("assessment_id", ID, nullable=False),
        sa.Column("indicator", sa.String(length=80), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name="answer_history_assessment_id_fkey", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="answer_history_person_id_fkey", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="answer_history_pkey"),
        sqlite_autoincrement=True,
    )
    op.create_index("answer_history_assessment_id", "answer_history", ["assessment_id"])
    op.create_index("answer_history_person_id", "answer_history", ["person_id"])

    op.create_table(
        "evidence",
        sa.Column("id", ID, nullable=False),
        sa.Column("assessment_id", ID, nullable=False),
        sa.Column("indicator", sa.String(length=80), nullable=False),
        sa.Column("blob", sa.String(length=64), nullable=True),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("mime", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name="evidence_assessment_id_fkey", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="evidence_person_id_fkey", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="evidence_pkey"),
        sqlite_autoincrement=True,
    )
    op.create_index("evidence_assessment_id", "evidence", ["assessment_id"])
    op.create_index("evidence_blob", "evidence", ["blob"])
    op.create_index("evidence_person_id", "evidence", ["person_id"])

    op.create_table(
        "review",
        sa.Column("id", ID, nullable=False),
        sa.Column("assessment_id", ID, nullable=False),
        sa.Column("from_state", sa.String(length=40), nullable=False),
        sa.Column("to_state", sa.String(length=40), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name="review_assessment_id_fkey", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="review_person_id_fkey", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="review_pkey"),
        sqlite_autoincrement=True,
    )
    op.create_index("review_assessment_id", "review", ["assessment_id"])
    op.create_index("review_person_id", "review", ["person_id"])


def downgrade() -> None:
    for table in (
        "review",
        "evidence",
        "answer_history",
        "answer",
        "person_subject",
        "outbox",
        "inbox",
        "assessment",
        "subject",
        "period",
        "link_code",
        "invite",
        "consent",
        "account",
        "place",
        "person",
        "heartbeat",
        "blob_garbage",
        "audit",
    ):
        op.drop_table(table)
