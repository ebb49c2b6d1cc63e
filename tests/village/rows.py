"""Reading the tables from outside, for tests of what was really kept."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from sqlalchemy import Connection, Table, select, text

from storage.address import parse
from storage.migrating import in_transaction

Rows = Callable[[Table], Awaitable[list[dict[str, Any]]]]


def reader(url: str) -> Rows:
    """Read the rows of a table, oldest first."""

    async def rows(table: Table) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []

        def look(connection: Connection) -> None:
            statement = select(table).order_by(*table.primary_key)
            found.extend(dict(row) for row in connection.execute(statement).mappings())

        await in_transaction(parse(url), look)
        return found

    return rows


class Write(Protocol):
    """Change the database behind the program's back."""

    async def __call__(self, statement: str, **parameters: object) -> None: ...


def writer(url: str) -> Write:
    """Run one statement."""

    async def write(statement: str, **parameters: object) -> None:
        def do(connection: Connection) -> None:
            connection.execute(text(statement), parameters)

        await in_transaction(parse(url), do)

    return write
