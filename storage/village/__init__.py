"""The village's slices in the tables; each writes its own effects and answers its own questions."""

from __future__ import annotations

from sqlalchemy import Connection

from storage.batch import Batch
from storage.village import bulk, clans, imports, invitations, reviews, roll, visits, watch


def write_village(connection: Connection, batch: Batch) -> None:
    """Write what the turns decided about villages; every slice checks the person's roles itself.

    Raises: Conflict: a role does not allow it, or what it was decided on is no more.
    """
    for part in (roll, invitations, visits, bulk, reviews, watch, clans, imports):
        part.write(connection, batch)
