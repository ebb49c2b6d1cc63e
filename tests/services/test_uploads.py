"""What is sent in is read once, whatever becomes of the process, and whoever sent it is told what came of it."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest
from structlog.testing import capture_logs

from bot.dialogs.effects import FetchFile, Show
from bot.dialogs.events import FileKind, FileRef, FileSent, Typed, UploadRead
from bot.dialogs.facts import ProposalState
from bot.dialogs.screens import Screen
from bot.ports import Delivery, Settled, Settlement
from bot.scoring.differing import SetDifference, difference
from bot.scoring.model import CriteriaSet
from bot.services import proposals
from tests.services.desk import Desk
from tests.services.office import XLSX, Office, edited

CHAT = "4711"
TODAY = date(2026, 11, 22)


async def test_a_file_read_twice_is_answered_once(office: Office) -> None:
    """By two processes at once, or again after one died before saying so."""
    await office.officer("can-bo")
    await office.sent("can-bo", edited(await office.workbook("can-bo")))
    other = Office(Desk(office.desk.storage, office.desk.clock), office.folder)
    assert sum(await asyncio.gather(office.proposals.run_once(), other.proposals.run_once())) == 2
    before = len(await office.desk.mail("can-bo"))
    await office.desk.handle_all()
    assert len(await office.desk.mail("can-bo")) == before + 1
    assert (await office.desk.screen("can-bo")).name == "difference"
    assert await office.read() == 0


async def test_a_process_that_died_while_reading_leaves_the_file_to_the_next(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await office.officer("can-bo")
    await office.sent("can-bo", edited(await office.workbook("can-bo")))

    async def die(*_: object) -> None:
        raise asyncio.CancelledError

    with monkeypatch.context() as dying:
        dying.setattr(office.proposals, "_finish", die)
        with pytest.raises(asyncio.CancelledError):
            await office.proposals.run_once()
    assert await office.read() == 1
    assert (await office.desk.screen("can-bo")).name == "difference"


async def test_a_file_that_breaks_the_reading_holds_up_no_other(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for who in ("chi-hoa", "anh-nam"):
        await office.officer(who)
        await office.sent(who, edited(await office.workbook(who)))
    compared: list[CriteriaSet] = []

    def break_once(old: CriteriaSet, new: CriteriaSet) -> SetDifference:
        compared.append(new)
        if len(compared) == 1:
            raise RuntimeError
        return difference(old, new)

    monkeypatch.setattr(proposals, "difference", break_once)
    with capture_logs() as logged:
        assert await office.read() == 2
    assert [each["event"] for each in logged] == ["proposals.unexpected"]
    assert "Có trục trặc khi đọc tệp này" in office.words(await office.desk.screen("chi-hoa"))
    assert (await office.desk.screen("anh-nam")).name == "difference"


async def test_whoever_was_forgotten_meanwhile_is_not_asked_about_a_workbook(office: Office) -> None:
    await office.officer("can-bo")
    await office.sent("can-bo", edited(await office.workbook("can-bo")))
    assert await office.proposals.run_once() == 1
    told = office.desk.update(UploadRead(1), "can-bo")
    for text in ("/delete", "Xóa hết"):
        await office.desk.type("can-bo", text)
    await office.desk.accept(told)
    await office.desk.handle_all()
    assert (await office.desk.screen("can-bo")).name == "consent"
    assert await office.read() == 0


# --- from a channel that still holds the file -------------------------------------------------------------------------


async def test_a_file_on_telegram_is_fetched_and_read(office: Office) -> None:
    await office.officer("can-bo")
    data = edited(await office.workbook("can-bo"))
    # The same person on the phone: made for the same place.
    fetch = await _sent_on_telegram(office, data)
    await _settle(office, Settlement(fetch, Settled.SENT, blob=await office.blobs.keep(data)))
    screen = await _read(office)
    assert screen.name == "difference"
    assert "Thẻ thư viện" in office.words(screen)


async def test_a_file_that_is_lost_on_the_way_is_told_of(office: Office) -> None:
    fetch = await _sent_on_telegram(office, b"")
    await _settle(office, Settlement(fetch, Settled.DEAD, error="telegram.file_gone"))
    screen = await _read(office)
    assert screen.name == "reading"
    assert "Không tải được tệp này về. Xin gửi lại." in office.words(screen)
    person = await office.desk.person(CHAT, "telegram")
    async with office.desk.storage.work() as work:
        proposal = await work.uploads.proposal(1, person.person_id)
    assert proposal is not None
    assert proposal.state is ProposalState.REFUSED
    assert await office.proposals.run_once() == 0


async def test_a_file_too_large_is_not_even_fetched(office: Office) -> None:
    await _at_telegram(office)
    file = FileRef("file-id-1", FileKind.DOCUMENT, 10_000_001, XLSX, "Gia đình.xlsx")
    await office.desk.accept(office.desk.update(FileSent(file), CHAT, "telegram"))
    (shown,) = await office.desk.handle_all()
    assert isinstance(shown.content, Show)
    assert "phải nhỏ hơn 10 MB" in office.words(shown.content.screen)


async def _at_telegram(office: Office) -> None:
    """An officer on Telegram."""
    for text in (f"/start {await office.code()}", "đồng ý"):
        await office.desk.accept(office.desk.update(Typed(text), CHAT, "telegram"))
        await office.desk.handle_all()


async def _sent_on_telegram(office: Office, data: bytes) -> Delivery:
    """An officer on Telegram sends a workbook; returns how it is asked for."""
    await _at_telegram(office)
    file = FileRef("file-id-1", FileKind.DOCUMENT, len(data), XLSX, "Gia đình.xlsx")
    await office.desk.accept(office.desk.update(FileSent(file), CHAT, "telegram"))
    handled = await office.desk.conversation.run_once()
    (fetch,) = [each for each in handled.deliveries if isinstance(each.content, FetchFile)]
    await office.desk.settle(tuple(each for each in handled.deliveries if each is not fetch))
    assert await office.proposals.run_once() == 0, "it is not here yet"
    return fetch


async def _settle(office: Office, settlement: Settlement) -> None:
    async with office.desk.storage.work() as work:
        await work.outbox.settle([settlement], office.desk.clock.now())


async def _read(office: Office) -> Screen:
    """Read what waits; returns the screen that tells of it."""
    assert await office.proposals.run_once() == 1
    (shown,) = await office.desk.handle_all()
    assert isinstance(shown.content, Show)
    return shown.content.screen
