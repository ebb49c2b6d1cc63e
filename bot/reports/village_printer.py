"""Documents of a village: each kind has its maker in a module of its own, loaded by the first that needs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from bot.dialogs.effects import DocumentKind
from bot.i18n import Translator
from bot.ports import Document, PersonRecord
from bot.reports.village_source import Maker, VillageSource


def _progress() -> Maker:
    from bot.reports.progress_picture import made  # noqa: PLC0415 - most processes print nothing

    return made


def _answers_workbook() -> Maker:
    from bot.reports.answers_workbook.printing import made  # noqa: PLC0415 - most processes print nothing

    return made


def _minutes() -> Maker:
    from bot.reports.minutes import made  # noqa: PLC0415 - most processes print nothing

    return made


def _cards() -> Maker:
    from bot.reports.cards.printing import cards  # noqa: PLC0415 - most processes print nothing

    return cards


def _invite_card() -> Maker:
    from bot.reports.cards.printing import invite_card  # noqa: PLC0415 - most processes print nothing

    return invite_card


def _role_card() -> Maker:
    from bot.reports.cards.printing import role  # noqa: PLC0415 - most processes print nothing

    return role


def _roll_template() -> Maker:
    from bot.reports.roll_files.printing import template  # noqa: PLC0415 - most processes print nothing

    return template


def _roll_marked() -> Maker:
    from bot.reports.roll_files.printing import marked  # noqa: PLC0415 - most processes print nothing

    return marked


MAKERS: Final[Mapping[DocumentKind, Callable[[], Maker]]] = MappingProxyType(
    {
        DocumentKind.CARDS: _cards,
        DocumentKind.INVITE_CARD: _invite_card,
        DocumentKind.ROLE_CARD: _role_card,
        DocumentKind.ROLL_TEMPLATE: _roll_template,
        DocumentKind.ROLL_MARKED: _roll_marked,
        DocumentKind.MINUTES: _minutes,
        DocumentKind.PROGRESS: _progress,
        DocumentKind.ANSWERS_WORKBOOK: _answers_workbook,
    }
)
"""kind -> what loads its maker: a function with the import inside, as most processes print nothing.

    def _x() -> Maker:
        from bot.reports.x import made  # noqa: PLC0415 - most processes print nothing

        return made
"""


class VillagePrinter:
    """Makes documents of villages; every maker checks the person's roles as they are now."""

    def __init__(self, source: VillageSource) -> None:
        self._source = source

    async def made(
        self, kind: DocumentKind, person: PersonRecord, of: str, words: Translator, at: datetime
    ) -> Document:
        """Make a document.

        Raises: ValueError: there is no such thing, or it is none of this person's business.
        """
        maker = MAKERS.get(kind)
        if maker is None:
            raise ValueError(f"no {kind} of a village here")
        return await maker()(self._source, person, of, words, at)
