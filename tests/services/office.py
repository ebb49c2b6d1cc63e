"""Officers around a conversation on a real SQLite file: codes, workbooks out and in, adopting."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from bot.dialogs.effects import DocumentKind, SendDocument
from bot.dialogs.events import FileKind, FileRef, FileSent
from bot.dialogs.facts import RoleKind
from bot.dialogs.screens import Screen
from bot.i18n import translator
from bot.ports import Adoption, Document
from bot.reports.answers_workbook import AnswersFiles
from bot.reports.printer import SheetPrinter
from bot.reports.roll_files.files import RollFiles
from bot.reports.village_printer import VillagePrinter
from bot.reports.village_source import VillageSource
from bot.reports.workbook_printer import WorkbookPrinter
from bot.reports.workbooks import CriteriaWorkbooks
from bot.scoring.model import CriteriaSet
from bot.services import administer
from bot.services.bells import Bell
from bot.services.proposals import Proposals
from bot.services.village.answers_import import FiledAnswersKind
from bot.services.village.importing import Importing
from bot.services.village.roll_import import RollKind
from storage.blobs import FolderBlobs
from tests.reports.criteria_workbook.editing import Editor
from tests.services.desk import TIMEZONE, Desk
from tests.support.clock import FakeIds

PROVINCE, COMMUNE, HAMLET = 1, 2, 3
"""Ids of the sample places."""
FAMILY = "Gia đình học tập (phiếu mẫu)"
"""The set for families as it is listed."""
ADULTS, MEANS = "2 Học tập của người lớn trong g", "3 Điều kiện học tập của gia đìn"
"""Two of its sheets."""
OWN = "Gia đình học tập (của địa phương)"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IDS = FakeIds()
WEB = "https://hoctap.example"
"""Address of the web chat, as it stands on cards."""


class Office:
    """A desk with a blob store, the reading of workbooks, and the printing of them."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk = desk
        self.folder = folder
        self.blobs = FolderBlobs(folder)
        kinds = (FiledAnswersKind(AnswersFiles()), RollKind(RollFiles(lambda: self.today)))
        self.imports = Importing(desk.storage, desk.clock, self.blobs, kinds, desk.rulebook, IDS, TIMEZONE, Bell())
        self.proposals = Proposals(
            desk.storage, desk.clock, self.blobs, CriteriaWorkbooks(), desk.rulebook, TIMEZONE, Bell(), self.imports
        )

        async def bring(upload_id: int, person_id: int) -> bytes | None:
            async with desk.storage.work() as work:
                blob = await work.uploads.blob(upload_id, person_id)
            return await self.blobs.read(blob) if blob else None

        async def refresh() -> None:
            async with desk.storage.work() as work:
                await desk.rulebook.refresh(work)

        workbooks = WorkbookPrinter(desk.rulebook, bring, refresh)
        village = VillagePrinter(VillageSource(desk.storage.work, desk.rulebook, IDS, self.blobs, TIMEZONE, WEB))
        self.printer = SheetPrinter(desk.rulebook, TIMEZONE, None, workbooks, village)

    # --- roles --------------------------------------------------------------------------------------------------------

    async def code(self, place_id: int = COMMUNE, role: RoleKind = RoleKind.OFFICER, days: int = 30) -> str:
        """A code of the administrator."""
        return (await administer.grant(self.desk.storage, self.desk.clock, IDS, role, place_id, days)).code

    async def officer(self, who: str, place_id: int = COMMUNE) -> Screen:
        """Somebody arrives by the code of a role and agrees."""
        await self.desk.type(who, f"/start {await self.code(place_id)}")
        return await self.desk.tap(who, "Đồng ý")

    # --- workbooks ----------------------------------------------------------------------------------------------------

    async def workbook(self, who: str, listed: str = FAMILY, label: str = "Lấy tệp Excel để sửa") -> bytes:
        """Read the rules, open a set and get it as a workbook."""
        await self.desk.type(who, "/tieuchi")
        while listed not in self.labels(await self.desk.screen(who)):
            await self.desk.tap(who, "Xem thêm")
        await self.desk.tap(who, listed)
        await self.desk.tap(who, label)
        return (await self.document(who)).data

    async def document(self, who: str, channel: str = "web") -> Document:
        """The newest document in a mailbox, made as it is when somebody fetches it."""
        asked = [each for each in await self.desk.mail(who, channel) if isinstance(each, SendDocument)][-1]
        return await self.made(who, asked.kind, asked.of, channel)

    async def made(self, who: str, kind: DocumentKind, of: str = "", channel: str = "web") -> Document:
        """A document as the printer makes it. Raises: ValueError."""
        return await self.printer.make(kind, await self.desk.person(who, channel), "vi", self.desk.clock.now(), of)

    async def sent(self, who: str, data: bytes, name: str = "Gia đình.xlsx") -> Screen:
        """Send a file into the web chat; it is not read yet."""
        file = FileRef(f"sha256:{await self.blobs.keep(data)}", FileKind.DOCUMENT, len(data), XLSX, name)
        await self.desk.accept(self.desk.update(FileSent(file, seen=(await self.desk.screen(who)).revision), who))
        await self.desk.handle_all()
        return await self.desk.screen(who)

    async def read(self) -> int:
        """Read what was sent in and tell who sent it; returns how many."""
        count = await self.proposals.run_once()
        await self.desk.handle_all()
        return count

    async def apply(self) -> int:
        """Write the rows of what was sent in and is to be applied; returns how many."""
        count = await self.imports.run_once()
        await self.desk.handle_all()
        return count

    async def send(self, who: str, data: bytes, name: str = "Gia đình.xlsx") -> Screen:
        """Send a file into the web chat and see what comes of it."""
        await self.sent(who, data, name)
        assert await self.read() == 1
        return await self.desk.screen(who)

    # --- adopting -----------------------------------------------------------------------------------------------------

    async def decide(self, who: str, number: str, decided_on: date, valid_from: date | None) -> Screen:
        """From the difference to the last look; without a first day where it is given."""
        await self.desk.tap(who, "Ban hành bộ này")
        await self.desk.type(who, number)
        screen = await self.desk.type(who, f"{decided_on:%d/%m/%Y}")
        return screen if valid_from is None else await self.desk.type(who, f"{valid_from:%d/%m/%Y}")

    async def adopt(self, who: str, data: bytes, number: str = "12/QĐ-UBND", begins: date | None = None) -> Screen:
        """Send a workbook and put it in force, from today unless told."""
        await self.send(who, data)
        await self.decide(who, number, self.today, begins or self.today)
        return await self.desk.tap(who, "Ban hành")

    async def adopted(self) -> tuple[Adoption, ...]:
        """Everything adopted so far."""
        async with self.desk.storage.work() as work:
            return await work.rules.adopted(0)

    # --- what is seen -------------------------------------------------------------------------------------------------

    @property
    def today(self) -> date:
        """The local day."""
        return self.desk.clock.now().astimezone(TIMEZONE).date()

    def be_on(self, day: date) -> None:
        """Move the clock to nine in the morning of a day."""
        then = datetime(day.year, day.month, day.day, 9, tzinfo=TIMEZONE)
        self.desk.clock.advance((then - self.desk.clock.now()) / timedelta(seconds=1))

    async def criteria(self, who: str) -> CriteriaSet:
        """The rules that somebody's sheet is answered under."""
        record = (await self.desk.person(who)).assessment
        assert record is not None
        return self.desk.rulebook.get(record.set_id, record.set_version)

    def labels(self, screen: Screen) -> list[str]:
        """What can be tapped."""
        return [translator("vi").say(choice.label) for choice in screen.choices + screen.navigation]

    def words(self, screen: Screen) -> str:
        """What stands on a screen."""
        return "\n".join(text for _, text in translator("vi").screen(screen).paragraphs)


def editing(data: bytes) -> Editor:
    """A workbook open for editing."""
    return Editor(data=data)


def edited(data: bytes, least: int = 81) -> bytes:
    """What an officer makes of the family sheet.

    The title asks for 81 points of 100 rather than 80; a place to learn is worth 10 rather than 8; savings (6 points)
    are asked no more, but a library card (4 points) is.
    """
    editor = editing(data)
    editor.cell("Danh hiệu", 2, "Từ tổng điểm").value = least
    seat = editor.row_of(MEANS, "Chỗ ngồi học")
    for heading in ("Điểm tối đa", "Điểm"):
        editor.cell(MEANS, seat, heading).value = 10
    gone = editor.row_of(MEANS, "Tiền dành cho việc học")
    editor.sheet(MEANS).delete_rows(gone, 3)
    add_yes_no(editor, MEANS, gone, "Thẻ thư viện", 4)
    return editor.saved()


def edited_again(data: bytes, least: int = 85) -> bytes:
    """What an officer makes of the commune's own sheet: only the title asks for more."""
    editor = editing(data)
    editor.cell("Danh hiệu", 2, "Từ tổng điểm").value = least
    return editor.saved()


def add_yes_no(editor: Editor, sheet: str, row: int, short: str, points: int) -> None:
    """Ask for something more, on two rows of a sheet."""
    texts = {"Tên ngắn": short, "Câu hỏi": f"Nhà mình có {short.lower()} không?", "Cách trả lời": "Có/Chưa"}
    texts |= {"Căn cứ": "Hướng dẫn của xã", "Vì sao hỏi": "Vì xã có thư viện.", "Ví dụ": "Có một thẻ: trả lời có."}
    texts |= {"Nguồn của câu chữ": "Tự soạn"}
    for heading, text in texts.items():
        editor.cell(sheet, row, heading).value = text
    editor.cell(sheet, row, "Điểm tối đa").value = points
    for answer, (label, worth) in enumerate((("Có", points), ("Chưa", 0))):
        editor.cell(sheet, row + answer, "Câu trả lời").value = label
        editor.cell(sheet, row + answer, "Điểm").value = worth
