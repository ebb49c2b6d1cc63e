"""The paths of places: what lies at or below a place has a path that begins with its.

Asked as a range, which is what an index answers: '0' is the sign that follows '/'.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, false, or_

from storage.tables import place
from storage.types import SortText

_FROM: Final[BindParameter[str]] = bindparam("path", type_=SortText)
_TO: Final[BindParameter[str]] = bindparam("path_end", type_=SortText)

AT_OR_BELOW: Final[ColumnElement[bool]] = and_(place.c.path >= _FROM, place.c.path < _TO)
"""Whether a place is another or lies below it; goes with the parameters of `bounds`."""


def bounds(path: str) -> Mapping[str, str]:
    """Return the parameters of AT_OR_BELOW."""
    return {"path": path, "path_end": _end(path)}


def within_any(paths: Sequence[str]) -> ColumnElement[bool]:
    """Return the condition that a place is one of some or lies below one."""
    return or_(false(), *(and_(place.c.path >= path, place.c.path < _end(path)) for path in paths))


def child(parent: str, id_: int) -> str:
    """Return the path of a place in another; '' stands above the topmost."""
    return f"{parent or '/'}{id_}/"


def _end(path: str) -> str:
    return f"{path[:-1]}0"
