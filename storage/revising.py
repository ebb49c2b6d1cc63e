"""Alembic: from one revision of the tables to another."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

from storage import migrations
from storage.errors import StorageError
from storage.migrating import current


def upgrade(connection: Connection) -> None:
    """Go to the newest revision. Raises: StorageError: a newer version of this program has been here."""
    try:
        command.upgrade(configuration(connection), "head")
    except CommandError as error:
        raise StorageError(
            f"The database is at revision {current(connection)}, which this version does not know: a newer version has "
            "been here. Run that version, or go back to a backup."
        ) from error


def downgrade(connection: Connection, revision: str) -> None:
    """Take back the revisions after one, or all for 'base'."""
    command.downgrade(configuration(connection), revision)


def configuration(connection: Connection | None = None) -> Config:
    """Return Alembic's settings; there is no alembic.ini."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
