"""Column types and one expression that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Self, TypeVar

from sqlalchemy import BigInteger, Boolean, ColumnElement, DateTime, Dialect, Integer, Numeric, String, Text, bindparam
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeDecorator, TypeEngine

E = TypeVar("E", bound=StrEnum)

Id = BigInteger().with_variant(Integer(), "sqlite")
"""An identity; on SQLite INTEGER, which alone can count by itself there."""

SortText = String().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")
"""Text ordered by its bytes on every database."""


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Write as UTC; SQLite keeps no zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone; moments are aware")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Read as aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Exact(TypeDecorator[Decimal]):
    """A decimal number, digit for digit: NUMERIC on PostgreSQL, text on SQLite, which would make it a float."""

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column type."""
        return dialect.type_descriptor(String(40) if dialect.name == "sqlite" else Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:  # noqa: ANN401 - str or Decimal
        """Write."""
        return str(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:  # noqa: ANN401 - str or Decimal
        """Read."""
        return None if value is None else Decimal(value)


class Code(TypeDecorator[E]):
    """One of a closed set of codes, stored as its text."""

    impl = String(40)
    cache_ok = True

    def __init__(self, kind: type[E]) -> None:
        super().__init__()
        self.kind = kind
        self._members = {str(member): member for member in kind}

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:
        """Write."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:
        """Read."""
        return None if value is None else self._members[value]


class _Listed(TypeDecorator[Sequence[Any]]):
    """A list as one parameter: an array on PostgreSQL, JSON on SQLite."""

    impl = Text
    cache_ok = True

    def __init__(self, item: TypeEngine[Any]) -> None:
        super().__init__()
        self.item = item

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the parameter type."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.ARRAY(self.item))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> Any:  # noqa: ANN401 - list or str
        """Write."""
        return list(value or ()) if dialect.name == "postgresql" else json.dumps(list(value or ()))


class _Among(FunctionElement[bool]):
    """`column` is one of a listed parameter; unlike IN it is the same statement for any number of values."""

    name = "among"
    inherit_cache = True
    type = Boolean()

    def self_group(self, against: OperatorType | None = None) -> Self:
        """Stay as it is: "x IN (...) = 1", as a database without booleans would get it, uses no index."""
        return self


@compiles(_Among, "postgresql")
def _among_postgresql(element: _Among, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    column, values = element.clauses
    return f"{compiler.process(column, **kw)} = ANY ({compiler.process(values, **kw)})"


@compiles(_Among, "sqlite")
def _among_sqlite(element: _Among, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    column, values = element.clauses
    items = f"SELECT value FROM json_each({compiler.process(values, **kw)})"  # noqa: S608 - made of parts by SQLAlchemy
    return f"{compiler.process(column, **kw)} IN ({items})"


def among(column: ColumnElement[Any], parameter: str) -> ColumnElement[bool]:
    """Return the condition that a column equals one of the values given as `parameter`, a list of ids or texts."""
    item: TypeEngine[Any] = BigInteger() if isinstance(column.type, (BigInteger, Integer)) else Text()
    return _Among(column, bindparam(parameter, type_=_Listed(item)))
