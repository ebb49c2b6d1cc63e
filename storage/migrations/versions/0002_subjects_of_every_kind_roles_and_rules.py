"""Subjects of every kind, roles, and criteria sets that places adopt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Literal

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
SORT_TEXT = sa.String().with_variant(sa.VARCHAR(collation="C"), "postgresql")

PLACE_KINDS = "kind IN ('village', 'commune', 'district', 'province')"
CHANGED = ("place", "subject", "person", "invite")

FILL_PATHS = """
    WITH RECURSIVE tree (id, path) AS (
        SELECT id, '/' || id || '/' FROM place WHERE parent_id IS NULL
        UNION ALL
        SELECT place.id, tree.path || place.id || '/' FROM place JOIN tree ON place.parent_id = tree.id
    )
    UPDATE place SET path = tree.path FROM tree WHERE tree.id = place.id
"""
FILL_TOLD = """
    UPDATE subject SET told = '{"adults":' || coalesce(adults, 0)
        || ',"school_age_children":' || coalesce(school_age_children, 0) || '}'
"""
TAKE_UP_THE_NEWEST = """
    UPDATE person SET assessment_id = (
        SELECT assessment.id FROM assessment
        JOIN person_subject ON person_subject.subject_id = assessment.subject_id
        WHERE person_subject.person_id = person.id
        ORDER BY assessment.year DESC, assessment.id DESC LIMIT 1
    )
"""
TELL_AGAIN = {
    "sqlite": """
        UPDATE subject SET adults = json_extract(told, '$.adults'),
            school_age_children = json_extract(told, '$.school_age_children')
    """,
    "postgresql": """
        UPDATE subject SET adults = (told::json ->> 'adults')::integer,
            school_age_children = (told::json ->> 'school_age_children')::integer
    """,
}
OTHERS = "SELECT id FROM subject WHERE kind <> 'household'"
SHEETS_OF_OTHERS = f"SELECT id FROM assessment WHERE subject_id IN ({OTHERS})"  # noqa: S608 - of constants
WHAT_ONLY_THE_NEWER_TABLES_HOLD = (
    *(
        f"DELETE FROM {table} WHERE assessment_id IN ({SHEETS_OF_OTHERS})"  # noqa: S608 - of constants
        for table in ("answer", "answer_history", "evidence", "review")
    ),
    f"DELETE FROM assessment WHERE subject_id IN ({OTHERS})",  # noqa: S608 - of constants
    f"DELETE FROM person_subject WHERE subject_id IN ({OTHERS})",  # noqa: S608 - of constants
    "DELETE FROM subject WHERE kind <> 'household'",
    "DELETE FROM invite WHERE role IS NOT NULL",
)


def upgrade() -> None:
    with _counters_kept():
        with _changing("place") as place:
            place.add_column(sa.Column("path", SORT_TEXT, server_default="", nullable=False))
            place.add_column(sa.Column("difficult_area_source", sa.Text(), server_default="", nullable=False))
        op.execute(FILL_PATHS)
        op.create_index("place_path", "place", ["path"])

        with _changing("subject") as subject:
            subject.add_column(sa.Column("told", sa.Text(), server_default="{}", nullable=False))
            subject.add_column(sa.Column("subject_group", sa.String(length=40), nullable=True))
        op.execute(FILL_TOLD)
        with _changing("subject") as subject:
            subject.drop_column("adults")
            subject.drop_column("school_age_children")
        op.create_index(
            "subject_of_place",
            "subject",
            ["place_id", "kind"],
            unique=True,
            sqlite_where=sa.text(PLACE_KINDS),
            postgresql_where=sa.text(PLACE_KINDS),
        )

        with _changing("person") as person:
            person.add_column(sa.Column("assessment_id", ID, nullable=True))
            person.create_foreign_key(
                "person_assessment_id_fkey", "assessment", ["assessment_id"], ["id"], ondelete="SET NULL"
            )
        op.execute(TAKE_UP_THE_NEWEST)
        op.create_index("person_assessment_id", "person", ["assessment_id"])

        with _changing("invite") as invite:
            invite.add_column(sa.Column("role", sa.String(length=40), nullable=True))
    _create_role()
    _create_upload()
    _create_adoption()


def downgrade() -> None:
    for table in ("adoption", "upload", "role"):
        op.drop_table(table)
    for statement in WHAT_ONLY_THE_NEWER_TABLES_HOLD:
        op.execute(statement)
    with _counters_kept():
        with _changing("invite") as invite:
            invite.drop_column("role")
        op.drop_index("person_assessment_id", "person")
        with _changing("person") as person:
            person.drop_constraint("person_assessment_id_fkey", type_="foreignkey")
            person.drop_column("assessment_id")
        op.drop_index("subject_of_place", "subject")
        with _changing("subject") as subject:
            subject.add_column(sa.Column("adults", sa.Integer(), nullable=True))
            subject.add_column(sa.Column("school_age_children", sa.Integer(), nullable=True))
        op.execute(TELL_AGAIN[op.get_bind().dialect.name])
        with _changing("subject") as subject:
            subject.drop_column("told")
            subject.drop_column("subject_group")
        op.drop_index("place_path", "place")
        with _changing("place") as place:
            place.drop_column("path")
            place.drop_column("difficult_area_source")


def _create_role() -> None:
    op.create_table(
        "role",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("place_id", ID, nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("invite_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="role_person_id_fkey", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name="role_place_id_fkey"),
        sa.ForeignKeyConstraint(["invite_id"], ["invite.id"], name="role_invite_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="role_pkey"),
        sqlite_autoincrement=True,
    )
    for column in ("person_id", "place_id", "invite_id"):
        op.create_index(f"role_{column}", "role", [column])


def _create_upload() -> None:
    op.create_table(
        "upload",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("blob", sa.String(length=64), nullable=True),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("mime", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="upload_account_id_fkey", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="upload_person_id_fkey", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="upload_pkey"),
        sqlite_autoincrement=True,
    )
    for column in ("account_id", "person_id", "blob"):
        op.create_index(f"upload_{column}", "upload", [column])
    op.create_index(
        "upload_unfinished",
        "upload",
        ["state", "id"],
        sqlite_where=sa.text("finished_at IS NULL"),
        postgresql_where=sa.text("finished_at IS NULL"),
    )


def _create_adoption() -> None:
    op.create_table(
        "adoption",
        sa.Column("id", ID, nullable=False),
        sa.Column("set_id", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject_group", sa.String(length=40), nullable=True),
        sa.Column("place_id", ID, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("decision_number", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("upload_id", ID, nullable=True),
        sa.Column("adopted_at", MOMENT, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name="adoption_place_id_fkey"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="adoption_person_id_fkey", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["upload_id"], ["upload.id"], name="adoption_upload_id_fkey", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="adoption_pkey"),
        sa.UniqueConstraint("set_id", "version", name="adoption_set_id_version_key"),
        sqlite_autoincrement=True,
    )
    for column in ("place_id", "person_id", "upload_id"):
        op.create_index(f"adoption_{column}", "adoption", [column])


@contextmanager
def _changing(table: str) -> Iterator[BatchOperations]:
    """Change a table; on SQLite by writing it anew, so that it is the one that a new installation gets."""
    how: Literal["always", "never"] = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    with op.batch_alter_table(table, recreate=how, table_kwargs={"sqlite_autoincrement": True}) as batch:
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
