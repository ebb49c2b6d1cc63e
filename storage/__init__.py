"""Tables, mapping, unit of work and migrations: the only place with SQLAlchemy."""

from storage.backup import backup
from storage.errors import StorageError
from storage.migrating import migrate
from storage.work import SqlStorage
from storage.work import open_storage as open  # noqa: A004 - read as storage.open

__all__ = ["SqlStorage", "StorageError", "backup", "migrate", "open"]
