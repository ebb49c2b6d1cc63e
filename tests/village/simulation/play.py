"""The people of the simulated village: each does on the phone what the script says, on whatever screens really come."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from io import BytesIO

from openpyxl import load_workbook
from pypdf import PdfReader

from tests.support.program import RunningClock
from tests.village.simulation.phone import Effort, Phone
from tests.village.simulation.script import HouseholdScript, Way

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
READING_S = 5
"""How long a person reads and thinks about a question, by the program's clock."""
HAND_IN_AND_ON = "Nộp và sang hộ tiếp theo"


class VillageClock(RunningClock):
    """Runs on, and jumps while a person thinks."""

    def __init__(self) -> None:
        super().__init__()
        self._thought = timedelta()

    def now(self) -> datetime:
        """Return the moment reached."""
        return super().now() + self._thought

    def think(self, seconds: float = READING_S) -> None:
        """Let somebody think."""
        self._thought += timedelta(seconds=seconds)


class Somebody:
    """A person of the village with a phone."""

    def __init__(self, phone: Phone, clock: VillageClock) -> None:
        self.phone = phone
        self.clock = clock

    async def give(self, said: str) -> None:
        """Answer the question on the screen after reading it: by a tap where there is such a button, else typed."""
        self.clock.think()
        part, slash, _ = said.partition("/")
        if said in self.phone.labels:
            await self.phone.tap(said)
        elif slash and part in self.phone.labels:
            await self.phone.tap(part)
        else:
            await self.phone.type(said)

    def sees(self, *words: str) -> None:
        """Hold that some words are on the screen."""
        for each in words:
            assert each in self.phone.screen, f"{each!r} is missing. {self.phone.person.phone.describe()}"


class Family(Somebody):
    """A family that comes by its card."""

    def __init__(self, script: HouseholdScript, phone: Phone, clock: VillageClock) -> None:
        super().__init__(phone, clock)
        self.script = script

    async def come(self, code: str) -> None:
        """Follow the QR's link, agree, answer everything, and hand in; who will differ with the head leaves that open.

        A household is asked nothing that the roll says.
        """
        await self.phone.open(code)
        self.sees(f"hộ {self.script.name}")
        await self.phone.tap("Đồng ý")
        for question in self.script.questions:
            await self.give(self.script.answers[question])
        if self.script.conflict is None:
            await self.hand_in()

    async def hand_in(self) -> None:
        """Hand in."""
        await self.phone.tap("Nộp phiếu")
        self.sees("Đã nộp")

    async def correct_returned(self, script: HouseholdScript) -> None:
        """Read that the sheet was returned, answer the question that it leads to, and hand in again."""
        returned = script.returned
        assert returned is not None
        await self.phone.until(returned.reason)
        if any(label.startswith("Sửa câu") for label in self.phone.labels):
            await self.phone.tap("Sửa câu")
        await self.give(returned.corrected)
        await self.hand_in()


class Officer(Somebody):
    """The commune's officer."""

    async def take_role(self, code: str) -> None:
        """Arrive by the code that the administrator gave."""
        await self.phone.open(code)
        await self.phone.tap("Đồng ý")
        self.sees("Đã nhận vai trò: Cán bộ")

    async def invite_head(self, hamlet: str) -> str:
        """Invite a village head; returns the code."""
        await self.phone.tap("Người được giao việc")
        await self.phone.tap("Mời trưởng thôn")
        await self.phone.tap(hamlet)
        await self.phone.tap("Hết năm nay")
        found = re.search(r"start=([A-Z0-9]+)", self.phone.screen)
        assert found is not None, self.phone.person.phone.describe()
        return found[1]


class Head(Somebody):
    """The village head."""

    def __init__(self, phone: Phone, clock: VillageClock, scripts: Sequence[HouseholdScript]) -> None:
        super().__init__(phone, clock)
        self.scripts = {each.name: each for each in scripts}
        self.visits: list[tuple[HouseholdScript, Effort]] = []
        """What each visited household needed, from its first question to the first question of the next."""

    async def take_role(self, code: str) -> None:
        """Arrive by the code that the officer gave."""
        await self.phone.open(code)
        await self.phone.tap("Đồng ý")
        self.sees("Đã nhận vai trò: Trưởng thôn")

    # --- the roll, cards and the workbook of answers ------------------------------------------------------------------

    async def import_roll(self, data: bytes) -> None:
        """Send in the roll, look at what would be done, and have it done."""
        await self.phone.send_file("Danh sách hộ.xlsx", data, XLSX)
        await self.phone.until("Đã đọc tệp")
        self.sees(f"{len(self.scripts)} hộ mới sẽ được thêm")
        await self.phone.tap(f"Nhập {len(self.scripts)} hộ")
        await self.phone.until(f"Đã thêm {len(self.scripts)} hộ.")

    async def print_cards(self) -> bytes:
        """Get the cards of all households to print."""
        return await self._get("In thẻ mời cho cả thôn", ".pdf")

    async def get_workbook(self) -> bytes:
        """Get the workbook of answers."""
        return await self._get("Lấy phiếu trả lời Excel", ".xlsx")

    async def _get(self, label: str, ending: str) -> bytes:
        await self.phone.type("/thon")
        await self.phone.tap("Thêm hộ, thẻ mời, Excel")
        at = self.phone.newest_id
        await self.phone.tap(label)
        return (await self.phone.document(ending, at))[1]

    async def send_answers(self, data: bytes, households: int) -> str:
        """Send in a workbook of answers, look at what would be recorded, and have it recorded."""
        await self.phone.send_file("Câu trả lời.xlsx", data, XLSX)
        preview = await self.phone.until("Đã đọc bảng câu trả lời")
        await self.phone.tap(f"Ghi cho {households} hộ")
        await self.phone.until("Đã ghi")
        return preview

    async def find(self, script: HouseholdScript) -> None:
        """Open a household from the list by its number."""
        await self.phone.type("/thon")
        await self.phone.type(script.entry.number)
        self.sees(script.name)

    # --- visiting -----------------------------------------------------------------------------------------------------

    async def walk(self) -> None:
        """Go from household to household until nobody is unfinished: answer, or differ, or only hand in."""
        await self._enter_next()
        while True:
            script = self._visited()
            before = self.phone.effort.copy()
            if script.conflict is not None:
                await self._differ(script)
                if not await self._enter_next():
                    return
                continue
            if script.way is Way.HEAD:
                for question in script.questions:
                    await self.give(script.answers[question])
            self.sees(f"{script.first_total}/100 điểm")
            is_last = HAND_IN_AND_ON not in self.phone.labels
            await self.phone.tap("Nộp phiếu" if is_last else HAND_IN_AND_ON)
            self.visits.append((script, self.phone.effort.since(before)))
            if is_last:
                return

    async def _enter_next(self) -> bool:
        await self.phone.type("/thon")
        if "Hộ chưa xong tiếp theo" not in self.phone.labels:
            return False
        await self.phone.tap("Hộ chưa xong tiếp theo")
        await self.phone.tap("Vào trả lời")
        return True

    def _visited(self) -> HouseholdScript:
        found = re.search(r"^Hộ \d+: (.+)$", self.phone.screen, re.MULTILINE)
        assert found is not None, self.phone.person.phone.describe()
        return self.scripts[found[1]]

    async def _differ(self, script: HouseholdScript) -> None:
        """Answer a question of a family's own sheet otherwise, and hand in for them."""
        assert script.conflict is not None
        await self.change(script, script.conflict.question, script.conflict.said_by_head)
        self.sees("Cả hai được giữ lại")
        await self.phone.tap("Nộp phiếu")
        self.sees("Đã nộp phiếu")

    async def change(self, script: HouseholdScript, question: str, said: str) -> None:
        """Change an answer of the sheet in hand."""
        await self.phone.type(f"sửa câu {script.number_of(question)}")
        await self.give(said)

    # --- reviewing ----------------------------------------------------------------------------------------------------

    async def give_back(self, script: HouseholdScript) -> None:
        """Return a sheet for a question, with a reason."""
        assert script.returned is not None
        await self.find(script)
        await self.phone.tap("Xem phiếu")
        await self.phone.tap("Trả lại một câu")
        await self.phone.type(str(script.number_of(script.returned.question)))
        await self.phone.type(script.returned.reason)
        self.sees("Đã trả lại", script.name)

    async def correct_returned(self, script: HouseholdScript) -> None:
        """Correct what was returned on the sheet of a household without a phone, and hand it in again."""
        assert script.returned is not None
        await self.find(script)
        await self.phone.tap("Vào trả lời")
        await self.change(script, script.returned.question, script.returned.corrected)
        await self.phone.tap("Nộp phiếu")
        self.sees("Đã nộp phiếu")

    async def decide(self, script: HouseholdScript) -> None:
        """Decide which of two answers stands."""
        assert script.conflict is not None
        await self.find(script)
        await self.phone.tap("Xem phiếu")
        await self.phone.tap("Hai câu trả lời khác nhau")
        keeps_family = script.conflict.keeps_family
        await self.phone.tap("Giữ câu của gia đình" if keeps_family else "Giữ câu của trưởng thôn")
        await self.phone.tap("Đã hỏi lại gia đình" if keeps_family else "Theo sổ của thôn")
        self.sees("Đã giữ cho câu")

    async def to_review(self) -> None:
        """Open the review."""
        await self.phone.type("/desk")
        await self.phone.tap("Bình xét phiếu đã nộp")

    async def recheck(self, count: int) -> list[str]:
        """Draw a sample and look at each of its sheets again; returns whose."""
        await self.to_review()
        await self.phone.tap("Bốc mẫu kiểm tra lại")
        await self.phone.type(str(count))
        self.sees(f"{count} phiếu trong")
        looked_at: list[str] = []
        for done in range(count):
            await self.phone.tap(self._first_sheet())
            looked_at.append(self._reviewed())
            await self.phone.tap("Kiểm tra lại: đúng")
            self.sees(f"đã xong {done + 1}" if done + 1 < count else "Bốc bao nhiêu")
        return looked_at

    async def confirm_clean(self) -> int:
        """Confirm all sheets that nothing waits at; returns how many."""
        await self.to_review()
        found = re.search(r"Xác nhận (\d+) phiếu đã rõ", " ".join(self.phone.labels))
        if found is None:
            return 0
        await self.phone.tap(found[0])
        self.sees(f"Xác nhận {found[1]} phiếu này?", "Gia đình học tập")
        await self.phone.tap(f"Xác nhận {found[1]} phiếu")
        self.sees(f"Đã xác nhận {found[1]} phiếu.")
        return int(found[1])

    async def confirm_looked_at(self) -> list[str]:
        """Look at the sheets that are worth a look, one after the other, and confirm each; returns whose."""
        await self.to_review()
        confirmed: list[str] = []
        while any(label.endswith("phiếu nên xem lại") for label in self.phone.labels):
            await self.phone.tap(next(each for each in self.phone.labels if each.endswith("phiếu nên xem lại")))
            await self.phone.tap(self._first_sheet())
            confirmed.append(self._reviewed())
            await self.phone.tap("Xác nhận")
            self.sees(f"Đã xác nhận phiếu của {confirmed[-1]}.")
            await self.to_review()
        return confirmed

    def _first_sheet(self) -> str:
        return next(each for each in self.phone.labels if re.match(r"\d{3} ", each))

    def _reviewed(self) -> str:
        return next(name for name in self.scripts if name in self.phone.screen)

    async def hold_meeting(self) -> bytes:
        """Record the village meeting; returns its minutes."""
        await self.to_review()
        await self.phone.tap("Họp thôn")
        for said in ("hôm nay", "96", "94", "2"):
            await self.phone.type(said)
        await self.phone.tap("Đúng, ghi vào sổ")
        at = self.phone.newest_id
        await self.phone.tap("Lấy biên bản")
        return (await self.phone.document(".docx", at))[1]


def filled(workbook: bytes, scripts: Sequence[HouseholdScript]) -> bytes:
    """Fill in a workbook of answers as somebody without signal does; of a family's own sheet only what differs."""
    book = load_workbook(BytesIO(workbook))
    sheet = book.worksheets[0]
    columns = {str(cell.value): cell.column for cell in sheet[1] if cell.value}
    rows = {str(sheet.cell(row, 3).value): row for row in range(6, sheet.max_row + 1)}
    for script in scripts:
        answers = script.answers
        if script.conflict is not None:
            answers = {script.conflict.question: script.conflict.said_by_head}
        for question, said in answers.items():
            cell = sheet.cell(rows[script.name], columns[question])
            cell.value = int(said) if said.isdigit() else said
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def codes_on(cards: bytes) -> Mapping[str, str]:
    """Read {household: code} from the printed cards."""
    words = "\n".join(page.extract_text() for page in PdfReader(BytesIO(cards)).pages)
    found = re.findall(r"^Hộ (.+)\nSố [^\n]+\n([A-Z0-9]{5}) ([A-Z0-9]{5})$", words, re.MULTILINE)
    return {name: first + second for name, first, second in found}


async def come_together(families: Sequence[Family], codes: Mapping[str, str], at_once: int = 8) -> None:
    """Let families come, several at the same time."""
    waiting = list(families)

    async def one_after_the_other() -> None:
        while waiting:
            family = waiting.pop(0)
            await family.come(codes[family.script.name])

    async with asyncio.TaskGroup() as tasks:
        for _ in range(at_once):
            tasks.create_task(one_after_the_other())
