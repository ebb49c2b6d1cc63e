"""A reception with a short scripted conversation, to try channels on realistic screens without the real one."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.dialogs.effects import Content, DocumentKind, Notice, SendDocument, Show
from bot.dialogs.events import FileSent, Pressed, Typed
from bot.dialogs.screens import Choice, Expects, Layout, Paragraph, Progress, Screen, Tone, say
from bot.ports import Document, Incoming, Kept
from bot.scoring.model import Text

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c63389ab7fd3f00070d02e5f7f1ba7e0000000049454e44ae426082"
)
NAVIGATION = (
    Choice("help", Text("Vì sao hỏi?", "Why we ask")),
    Choice("back", Text("Quay lại", "Back")),
    Choice("later", Text("Để sau", "Later")),
    Choice("pause", Text("Tạm dừng", "Pause")),
)


def _say(vi: str, en: str, tone: Tone = Tone.PLAIN) -> Paragraph:
    return Paragraph(Text(vi, en), tone)


def _question(name: str, number: int, vi: str, en: str, **fields: object) -> Screen:
    screen = Screen(
        revision=0,
        name=name,
        paragraphs=(_say(vi, en, Tone.QUESTION),),
        navigation=NAVIGATION,
        progress=Progress(number=number, total=4, answered=number - 1, remaining=5 - number),
    )
    return replace(screen, **fields)  # type: ignore[arg-type]  # the callers below are the only ones


SCRIPT: tuple[Screen, ...] = (
    Screen(
        revision=0,
        name="consent",
        paragraphs=(
            _say("Gia đình học tập", "Learning family", Tone.HEADING),
            _say(
                "Đây là nơi gia đình tự xem mình đã đạt danh hiệu “Gia đình học tập” chưa. Đăng ký để được thôn bình "
                "xét, xã công nhận và biểu dương cuối năm.",
                "Here a family sees for itself whether it has reached the title “Learning family”. Families register "
                "to be reviewed by the village and recognised by the commune at the end of the year.",
            ),
            _say(
                "Chỉ lưu tên gọi người đại diện, số người và các câu trả lời. Trưởng thôn và cán bộ xã được xem. Lúc "
                "nào cũng có thể xem lại hoặc xóa.",
                "Only the representative's name, the number of people and the answers are kept. The village head and "
                "commune officers can see them. They can be seen again or removed at any time.",
            ),
            _say("Gia đình có đồng ý không?", "Does the family agree?", Tone.QUESTION),
        ),
        choices=(Choice("agree", Text("Đồng ý", "Agree")), Choice("decline", Text("Không đồng ý", "Decline"))),
        layout=Layout.PAIR,
    ),
    Screen(
        revision=0,
        name="ask_name",
        paragraphs=(
            _say(
                "Người đại diện muốn được gọi là gì?", "How does the representative like to be called?", Tone.QUESTION
            ),
            _say("Ví dụ: Bà Hoa, anh Nghiêm.", "For example: Mrs Hoa, Nghiêm.", Tone.QUIET),
        ),
        expects=Expects.TEXT,
        navigation=NAVIGATION[1:2],
    ),
    _question(
        "yes_no",
        1,
        "Trong năm qua, mọi trẻ em đến tuổi trong nhà có được đi học đều không?",
        "In the past year, did every child of school age in the home attend school regularly?",
        choices=(Choice("yes", Text("Có", "Yes")), Choice("no", Text("Không", "No"))),
        layout=Layout.PAIR,
        takes_files=True,
    ),
    _question(
        "number",
        2,
        "Có bao nhiêu người lớn đọc sách báo hằng tuần?",
        "How many adults read books or newspapers every week?",
        choices=tuple(Choice(f"n{n}", Text(str(n), str(n))) for n in range(9)),
        layout=Layout.KEYPAD,
        expects=Expects.NUMBER,
    ),
    _question(
        "share",
        3,
        "Mấy người lớn đã học một lớp hay một nghề trong năm, trên tổng số mấy người?",
        "How many adults took a course or learned a trade this year, out of how many?",
        expects=Expects.SHARE,
    ),
    _question(
        "one_of",
        4,
        "Nhà mình có góc học tập hay tủ sách ở mức nào?",
        "What kind of study corner or bookshelf does the home have?",
        choices=(
            Choice("a", Text("Có góc học tập riêng và tủ sách", "A study corner of its own and a bookshelf")),
            Choice("b", Text("Có tủ sách chung", "A shared bookshelf")),
            Choice("c", Text("Có vài cuốn sách", "A few books")),
            Choice("d", Text("Chưa có", "None yet")),
        ),
    ),
    Screen(
        revision=0,
        name="summary",
        paragraphs=(
            _say("Xem lại trước khi nộp", "Look again before handing in", Tone.HEADING),
            _say(
                "1. Trẻ em đi học đều: có\n2. Người lớn đọc sách báo: 3\n3. Người lớn đi học: 2/3\n4. Tủ sách chung",
                "1. Children attend school: yes\n2. Adults who read: 3\n3. Adults who learn: 2/3\n4. Shared bookshelf",
            ),
        ),
        choices=(
            Choice("hand_in", Text("Nộp phiếu", "Hand in")),
            Choice("change", Text("Sửa một câu trả lời", "Change an answer")),
        ),
    ),
    Screen(
        revision=0,
        name="result",
        paragraphs=(
            _say("PHIẾU MẪU - kết quả tạm tính", "SAMPLE - provisional result", Tone.NOTICE),
            _say("Đạt danh hiệu “Gia đình học tập”: 86 điểm", "Title “Learning family”: 86 points", Tone.HEADING),
            _say("Cách đạt mức cao hơn: thêm một người lớn đi học (+4 điểm).", "Way up: one more learner (+4 points)."),
            _say("https://hoctap.example/m/h-ABCD", "https://hoctap.example/m/h-ABCD", Tone.LINK),
        ),
        choices=(
            Choice("card", Text("Thẻ ảnh để chia sẻ", "Picture card")),
            Choice("pdf", Text("Phiếu PDF", "PDF sheet")),
        ),
        navigation=(Choice("again", Text("Làm lại từ đầu", "Start again")),),
        expects=Expects.NOTHING,
    ),
)


@dataclass
class _Person:
    step: int = -1
    revision: int = 0
    locale: str = "vi"
    rows: list[Kept] = field(default_factory=list)


class FakeReception:
    """Accepts, answers from the script and keeps a record. `is_silent`: takes updates in but does not answer them."""

    def __init__(self) -> None:
        self.accepted: list[Incoming] = []
        self.calls = 0
        """How often accept was called, repeats included."""
        self.files: dict[str, bytes] = {}
        self.ready = True
        self.is_silent = False
        self.fails = False
        self.handed_out: list[DocumentKind] = []
        self._ids: set[str] = set()
        self._people: dict[str, _Person] = {}
        self._row_ids = itertools.count(1)
        self._changed: list[asyncio.Event] = []

    async def accept(self, updates: Sequence[Incoming]) -> None:
        self.calls += 1
        if self.fails:
            raise RuntimeError("the database is away")
        for update in updates:
            if update.update_id not in self._ids:
                self._ids.add(update.update_id)
                self.accepted.append(update)
                if not self.is_silent:
                    self._handle(update)

    async def mail(self, channel: str, external_id: str, after: int, wait_s: float = 0) -> tuple[Kept, ...]:
        event = asyncio.Event()
        self._changed.append(event)
        try:
            kept = self._kept(external_id, after)
            if not kept and wait_s > 0:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(event.wait(), wait_s)
                kept = self._kept(external_id, after)
            return kept
        finally:
            self._changed.remove(event)

    async def keep_file(self, data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        self.files[digest] = data
        return f"sha256:{digest}"

    async def document(self, channel: str, external_id: str, kind: DocumentKind, of: str = "") -> Document:
        person = self._people.get(external_id)
        if person is None:
            raise LookupError(external_id)
        if person.step < 3:
            raise ValueError("nothing to print yet")
        self.handed_out.append(kind)
        if kind is DocumentKind.CARD:
            return Document("Thẻ gia đình.png", "image/png", PNG)
        return Document(f"Phiếu tự đánh giá.{kind.value}", "application/pdf", b"%PDF-1.4 fake")

    async def is_ready(self) -> bool:
        return self.ready

    def post(self, external_id: str, content: Content) -> None:
        """Put a message into a mailbox, as a scheduler would."""
        person = self._people.setdefault(external_id, _Person())
        person.rows.append(Kept(next(self._row_ids), content, person.locale, datetime(2026, 11, 22, tzinfo=UTC)))
        for event in self._changed:
            event.set()

    def rows(self, external_id: str) -> tuple[Kept, ...]:
        return self._kept(external_id, 0)

    def _kept(self, external_id: str, after: int) -> tuple[Kept, ...]:
        person = self._people.get(external_id)
        return tuple(row for row in person.rows if row.id > after)[-40:] if person else ()

    def _handle(self, update: Incoming) -> None:
        person = self._people.setdefault(update.external_id, _Person())
        match update.event:
            case Typed(text=text) if text.startswith("/start"):
                person.step = max(person.step, 0)
                person.locale = "en" if update.language.startswith("en") else "vi"
                self._show(update.external_id)
            case Typed(text="/en"):
                person.locale = "en"
                self._show(update.external_id)
            case Pressed(seen=seen) if seen != person.revision:
                self._show(
                    update.external_id,
                    _say("Nút này đã cũ.", "This button is old.", Tone.NOTICE),
                    toast_code="web.stale",
                )
            case Pressed(choice="help" | "later" | "pause"):
                self._show(update.external_id, _say("Vì bộ tiêu chí hỏi điều này.", "The rules ask it.", Tone.NOTICE))
            case Pressed(choice="card"):
                self.post(update.external_id, SendDocument(DocumentKind.CARD))
            case Pressed(choice="pdf"):
                self.post(update.external_id, SendDocument(DocumentKind.PDF))
            case Pressed(choice="back"):
                self._move(update.external_id, -1)
            case Pressed(choice="again"):
                self._move(update.external_id, -person.step)
            case FileSent():
                self._show(update.external_id, _say("Đã nhận tệp.", "File received.", Tone.DONE))
            case Typed(text="/notice"):
                self.post(update.external_id, Notice(say("web.still_working")))
            case _:
                self._move(update.external_id, 1)

    def _move(self, external_id: str, by: int) -> None:
        person = self._people[external_id]
        person.step = max(0, min(len(SCRIPT) - 1, person.step + by))
        person.revision += 1
        done = (_say("Đã ghi câu trả lời.", "Answer recorded.", Tone.DONE),) if by > 0 and person.step > 2 else ()
        self._show(external_id, *done)

    def _show(self, external_id: str, *before: Paragraph, toast_code: str = "") -> None:
        person = self._people[external_id]
        screen = SCRIPT[max(0, person.step)]
        screen = replace(screen, revision=person.revision, paragraphs=before + screen.paragraphs)
        self.post(external_id, Show(screen, say(toast_code) if toast_code else None))


class StillClock:
    """A clock that moves only when told."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> datetime:
        return datetime(2026, 11, 22, 8, tzinfo=UTC) + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds
        await asyncio.sleep(0)


class WallClock:
    """The real clock, for tests that drive a real server."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class CountedIds:
    """Ids that differ and nothing more."""

    def __init__(self) -> None:
        self._count = itertools.count(1)

    def code(self, length: int) -> str:
        return f"{next(self._count):0{length}d}"

    def household_code(self, subject_id: int, serial: int) -> str:
        return f"{subject_id:06d}{serial:04d}"

    def seed(self) -> int:
        return 1

    def token(self) -> str:
        return f"token-{next(self._count):026d}"
