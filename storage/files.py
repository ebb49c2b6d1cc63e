"""Files in the blob store: which are wanted, and which may be no longer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete

from bot.dialogs.events import FileRef
from storage.rows import insert_new
from storage.tables import blob_garbage
from storage.types import among

_KEPT_PREFIX: Final = "sha256:"

_STILL_WANTED = delete(blob_garbage).where(among(blob_garbage.c.blob, "blobs"))
_ADD_GARBAGE = insert_new(blob_garbage, "blob")


def kept_blob(file: FileRef) -> str | None:
    """Return the hash of a file that is in the blob store already; None while it is with its channel."""
    return file.ref.removeprefix(_KEPT_PREFIX) if file.ref.startswith(_KEPT_PREFIX) else None


def want(connection: Connection, files: Sequence[FileRef]) -> None:
    """Note that files are referred to again."""
    blobs = [blob for file in files if (blob := kept_blob(file))]
    if blobs:
        connection.execute(_STILL_WANTED, {"blobs": blobs})


def throw_away(connection: Connection, blobs: Collection[str], now: datetime) -> None:
    """Note files that may not be wanted any more; whether something still refers to them is asked at the end."""
    if blobs:
        connection.execute(
            _ADD_GARBAGE[connection.dialect.name], [{"blob": blob, "since": now} for blob in sorted(blobs)]
        )
