"""Alembic's entry: runs the revisions on the connection that storage.migrating hands over."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from storage.tables import metadata
from storage.types import Code, Exact, Moment


def render(kind: str, item: Any, _context: object) -> str | Literal[False]:  # noqa: ANN401 - Alembic's
    """Write our column types as what they are in the database: a revision must outlive them."""
    if kind == "type":
        match item:
            case Moment():
                return "sa.DateTime(timezone=True)"
            case Code():
                return "sa.String(length=40)"
            case Exact():
                return 'sa.Numeric().with_variant(sa.String(length=40), "sqlite")'
            case _:
                pass
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by writing it anew
    render_item=render,
    compare_type=True,
)
context.run_migrations()
