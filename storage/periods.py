"""The years in which places assess."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, case, literal_column, select

from storage.places import HAMLET
from storage.rows import insert_new
from storage.tables import period, place
from storage.types import among

# A hamlet takes part in its commune's; every other place has its own.
_WHOSE = select(
    place.c.id, case((place.c.level == literal_column(f"'{HAMLET}'"), place.c.parent_id), else_=place.c.id)
).where(among(place.c.id, "places"))
_PERIODS = select(period.c.year, period.c.place_id, period.c.id).where(
    among(period.c.year, "years"), among(period.c.place_id, "places")
)
_ADD = insert_new(period, "year", "place_id")


def periods(connection: Connection, wanted: Collection[tuple[int, int]]) -> Mapping[tuple[int, int], int]:
    """Return the periods of (year, place), adding what is missing."""
    rows = connection.execute(_WHOSE, {"places": sorted({place_id for _, place_id in wanted})})
    whose: dict[int, int] = {id_: above or id_ for id_, above in rows}
    keys = sorted({(year, whose[place_id]) for year, place_id in wanted})
    parameters = {"years": [year for year, _ in keys], "places": [place_id for _, place_id in keys]}
    found = {(year, place_id): id_ for year, place_id, id_ in connection.execute(_PERIODS, parameters)}
    missing = [key for key in keys if key not in found]
    if missing:
        connection.execute(
            _ADD[connection.dialect.name],
            [{"year": year, "place_id": place_id} for year, place_id in missing],
        )
        found = {(year, place_id): id_ for year, place_id, id_ in connection.execute(_PERIODS, parameters)}
    return {(year, place_id): found[year, whose[place_id]] for year, place_id in wanted}
