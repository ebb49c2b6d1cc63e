"""Documents for a person: the score sheet as picture, PDF or DOCX, and the copy of everything kept about them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final, ParamSpec
from zoneinfo import ZoneInfo

from bot.dialogs.effects import DocumentKind
from bot.dialogs.screens import say
from bot.i18n import Translator, translator
from bot.ports import Document, PersonRecord
from bot.reports.file_names import file_name
from bot.reports.my_data import Kept, my_data
from bot.reports.sheet_data import SheetDocument
from bot.reports.sheet_wording import sheet_document
from bot.reports.village_printer import MAKERS, VillagePrinter
from bot.reports.workbook_printer import WorkbookPrinter
from bot.services.rules import Rulebook

P = ParamSpec("P")

Export = Callable[[int], Awaitable[Kept]]
"""person id -> every record about them, as ports.People.everything."""

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMS: Final = {
    DocumentKind.CARD: ("png", "image/png"),
    DocumentKind.PDF: ("pdf", "application/pdf"),
    DocumentKind.DOCX: ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    DocumentKind.MY_DATA: ("txt", "text/plain; charset=utf-8"),
    DocumentKind.WORKBOOK: ("xlsx", _XLSX),
    DocumentKind.MARKED_WORKBOOK: ("xlsx", _XLSX),
}
"""kind -> ending of the file's name, type."""


class SheetPrinter:
    """Makes documents; see ports.Printer.

    Args:
        export: reads everything kept about a person; without it a copy holds what the record tells.
        workbooks: writes and marks criteria workbooks; without it there are none.
        village: makes the documents of villages; without it there are none.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        timezone: ZoneInfo,
        export: Export | None = None,
        workbooks: WorkbookPrinter | None = None,
        village: VillagePrinter | None = None,
    ) -> None:
        self._rulebook = rulebook
        self._timezone = timezone
        self._export = export
        self._workbooks = workbooks
        self._village = village
        # Threads share the interpreter: printing several at once would only hold up the conversations.
        self._press = asyncio.Lock()

    async def make(self, kind: DocumentKind, person: PersonRecord, locale: str, at: datetime, of: str = "") -> Document:
        """Make a document of the records; see ports.Printer.

        Raises: ValueError: there is no such thing to print. RulesMissingError: its rules are not installed.
        """
        words = translator(locale)
        if kind in MAKERS:
            if self._village is None:
                raise ValueError("no documents of villages here")
            return await self._village.made(kind, person, of, words, at)
        ending, mime = _FORMS[kind]
        if kind in (DocumentKind.WORKBOOK, DocumentKind.MARKED_WORKBOOK):
            if self._workbooks is None:
                raise ValueError("no workbooks here")
            async with self._press:
                if kind is DocumentKind.WORKBOOK:
                    on = at.astimezone(self._timezone).date()
                    title, data = await self._workbooks.written(person, of, words, on)
                    name = file_name(title, ending)
                    return Document(name, mime, data, say("adopt.workbook_caption", title=title))
                marked = await self._workbooks.marked(person, of, words)
            return Document(
                file_name(words.text("adopt.marked_file"), ending), mime, marked, say("adopt.marked_caption")
            )
        if kind is DocumentKind.MY_DATA:
            kept = None if self._export is None else await self._export(person.person_id)
            data = await self._in_thread(my_data, person, kept, self._rulebook, words, self._timezone, at)
            day = at.astimezone(self._timezone).date().isoformat()
            return Document(file_name(words.text("copy.file", {"day": day}), ending), mime, data, say("copy.caption"))
        if person.assessment is None or person.subject is None:
            raise ValueError("no assessment to print")
        assessment, subject = self._rulebook.assessment(person.assessment), person.subject
        document = sheet_document(assessment, subject, words, self._timezone, at)
        data = await self._in_thread(print_sheet, kind, document, words)
        year = str(assessment.year)
        caption = say("result.title", name=subject.name, year=year)
        return Document(file_name(document.title, ending, year), mime, data, caption)

    async def _in_thread(self, do: Callable[P, bytes], *args: P.args, **kwargs: P.kwargs) -> bytes:
        async with self._press:
            return await asyncio.to_thread(do, *args, **kwargs)


def print_sheet(kind: DocumentKind, document: SheetDocument, words: Translator) -> bytes:
    """Print a sheet. The libraries are loaded by the first that needs them: most processes print nothing."""
    match kind:
        case DocumentKind.CARD:
            from bot.reports.card import card_png  # noqa: PLC0415 - see above

            return card_png(document, words.text)
        case DocumentKind.PDF:
            from bot.reports.pdf import sheet_pdf  # noqa: PLC0415 - see above

            return sheet_pdf(document, words.text)
        case DocumentKind.DOCX:
            from bot.reports.docx import sheet_docx  # noqa: PLC0415 - see above

            return sheet_docx(document, words.text)
        case _:
            raise ValueError(f"{kind} is not a sheet")
