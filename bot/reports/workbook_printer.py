"""Criteria workbooks for an officer: a set to be edited, and a copy of what was sent in with its problems marked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date

from bot.dialogs.facts import RoleKind
from bot.dialogs.places import Place
from bot.i18n import Translator
from bot.ports import PersonRecord
from bot.reports.criteria_workbook import Unsound, mark_workbook, read_workbook, write_workbook
from bot.scoring.model import CriteriaSet, Standing
from bot.services.rules import Rulebook

LONGEST_UPLOAD_ID = 19

Bring = Callable[[int, int], Awaitable[bytes | None]]
"""(upload id, person id) -> the bytes of the person's own upload."""

Refresh = Callable[[], Awaitable[None]]
"""Learns what was adopted by other processes."""


class WorkbookPrinter:
    """Writes and marks workbooks."""

    def __init__(self, rulebook: Rulebook, bring: Bring, refresh: Refresh) -> None:
        self._rulebook = rulebook
        self._bring = bring
        self._refresh = refresh

    async def written(self, person: PersonRecord, of: str, words: Translator, on: date) -> tuple[str, bytes]:
        """Write a set as a workbook for a place of the person; returns the set's title too.

        An officer who reads the rules of their own family's commune still gets the set that holds in the office's. What
        comes back is a local set, so it says so from the start: nobody is asked to prove each word of an official one.

        Args:
            of: 'gia_dinh_mau/1/2', the set's id and version and the place.
            on: the local day.
        Raises: ValueError: there is no such set, or the person is no officer there.
        """
        set_id, version, place_id = [*of.split("/"), "", "", ""][:3]
        await self._refresh()
        criteria, place = self._rulebook.find(set_id, version), _office(person, place_id)
        if criteria is None or place is None:
            raise ValueError(f"no workbook of {of!r} for person {person.person_id}")
        criteria = replace(self._there(criteria, place, on), standing=Standing.LOCAL)
        name = ", ".join(part for part in (place.name, place.within) if part)
        data = await asyncio.to_thread(write_workbook, criteria, name, place.id, words)
        return words.say(criteria.title), data

    def _there(self, criteria: CriteriaSet, place: Place, on: date) -> CriteriaSet:
        """The set that stands at a place where another one stands elsewhere."""
        until = criteria.valid_until
        day = on if until is None or until >= on else until
        return self._rulebook.in_force(criteria.subject, criteria.group, place.path, day) or criteria

    async def marked(self, person: PersonRecord, of: str, words: Translator) -> bytes:
        """Mark every problem in a copy of what the person sent in.

        Raises: ValueError: it is not there any more, is not the person's, or has no problems.
        """
        is_number = of.isascii() and of.isdigit() and len(of) < LONGEST_UPLOAD_ID
        data = await self._bring(int(of), person.person_id) if is_number else None
        if data is None:
            raise ValueError(f"no upload {of!r} of person {person.person_id}")
        await self._refresh()
        return await asyncio.to_thread(self._mark, data, words)

    def _mark(self, data: bytes, words: Translator) -> bytes:
        read = read_workbook(data, self._rulebook.find)
        if not isinstance(read, Unsound):
            raise ValueError("nothing to mark")  # noqa: TRY004 - the file is at fault, not its type
        return mark_workbook(data, read.problems, words)


def _office(person: PersonRecord, place_id: str) -> Place | None:
    places = (role.place for role in person.roles if role.kind is RoleKind.OFFICER)
    return next((place for place in places if str(place.id) == place_id), None)
