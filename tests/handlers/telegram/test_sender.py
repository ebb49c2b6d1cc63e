"""The sender against a real HTTP server that answers as Telegram does."""

from __future__ import annotations

import asyncio
import logging
import traceback
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image
from structlog.testing import capture_logs

from bot.dialogs.effects import DocumentKind, Notice, SendDocument, Show
from bot.dialogs.events import FileKind, FileRef
from bot.dialogs.screens import Choice, Say, say
from bot.handlers.telegram import quirks
from bot.handlers.telegram.client import Client
from bot.handlers.telegram.sender import TelegramSender
from bot.ports import Delivery, Document, SendError, Sent
from tests.handlers.telegram.fakes import START, SteppedClock, delivery, screen, show, words
from tests.support.fake_telegram import (
    FakeTelegram,
    Limits,
    Person,
    bad_request,
    forbidden,
    too_many_requests,
)

QUESTION = "Câu 3/12 ▰▱▱▱▱▱▱▱▱▱\n\nNhà mình có góc học tập không?"


def picture() -> bytes:
    """A small PNG."""
    held = BytesIO()
    Image.new("RGB", (40, 50)).save(held, "PNG")
    return held.getvalue()


PNG = picture()


def shown_on(first: Delivery, sent: Sent, revision: int = 7) -> Delivery:
    """The next delivery to the same account, once `sent` is its live message."""
    account = replace(
        first.account,
        screen_ref=sent.ref,
        screen_sequence=sent.sequence,
        screen_revision=revision,
        screen_shown_at=sent.shown_at,
    )
    return replace(first, account=account)


def pressed(after: Delivery, press_ref: str) -> Delivery:
    return replace(after, in_place=True, press_ref=press_ref)


async def first_screen(sender: TelegramSender, person: Person) -> tuple[Delivery, Sent]:
    first = delivery(show(), person.user_id)
    sent = await sender.send_screen(first, show())
    return shown_on(first, sent), sent


# --- screens ----------------------------------------------------------------------------------------------------------


async def test_a_screen_is_sent_with_its_buttons(sender: TelegramSender, lan: Person) -> None:
    _, sent = await first_screen(sender, lan)
    newest = lan.messages[-1]
    assert lan.screen() == QUESTION
    assert lan.keyboard() == (("Có", "Không"), ("Vì sao hỏi?", "Quay lại"))
    assert sent == Sent(str(newest.message_id), newest.message_id, datetime.fromtimestamp(newest.date, UTC))


async def test_it_is_sent_as_html_without_link_previews(
    sender: TelegramSender, fake: FakeTelegram, lan: Person
) -> None:
    await first_screen(sender, lan)
    (call,) = fake.calls("sendMessage")
    assert call.arguments["parse_mode"] == "HTML"
    assert "is_disabled" in str(call.arguments["link_preview_options"])


async def test_a_press_edits_the_live_message_and_is_answered(
    sender: TelegramSender, fake: FakeTelegram, lan: Person
) -> None:
    live, sent = await first_screen(sender, lan)
    press = await lan.tap("Có")
    fake.clock.advance(40)
    again = await sender.send_screen(pressed(live, press), show("Nhà mình có mấy quyển sách?", 8))
    assert lan.messages[-1].text.endswith("Nhà mình có mấy quyển sách?")
    assert lan.messages[-1].message_id == sent.sequence
    assert (again.ref, again.sequence) == (sent.ref, sent.sequence)
    assert sent.shown_at is not None
    assert again.shown_at is not None
    assert again.shown_at >= sent.shown_at + timedelta(seconds=40)
    assert lan.waiting_presses == ()
    assert lan.notices == ()
    assert [call.method for call in fake.calls()].count("editmessagetext") == 1
    assert len(fake.calls()) == 3


async def test_what_is_written_in_the_second_of_an_edit_counts_as_written_before_it(
    sender: TelegramSender, lan: Person
) -> None:
    """Telegram tells whole seconds, and a message written before an edit may have the same one."""
    live, _ = await first_screen(sender, lan)
    press = await lan.tap("Có")
    edited = await sender.send_screen(pressed(live, press), show("Nhà mình có mấy quyển sách?", 8))
    await lan.send("có")
    assert lan.messages[1].is_edited
    assert edited.shown_at is not None
    assert edited.shown_at > datetime.fromtimestamp(lan.messages[-1].date, UTC)


async def test_a_toast_is_shown_with_the_answer_cut_to_what_telegram_takes(sender: TelegramSender, lan: Person) -> None:
    live, _ = await first_screen(sender, lan)
    press = await lan.tap("Có")
    toast = say("answer.quantity", value="1.", unit="ă" * 300)
    await sender.send_screen(pressed(live, press), replace(show(revision=8), toast=toast))
    (notice,) = lan.notices
    assert len(notice.text) == 200
    assert notice.text.endswith("ă…")


async def test_the_same_screen_again_keeps_the_time_it_was_shown(
    sender: TelegramSender, fake: FakeTelegram, lan: Person
) -> None:
    live, sent = await first_screen(sender, lan)
    fake.clock.advance(60)
    again = await sender.send_screen(pressed(live, await lan.tap("Có")), show())
    assert again == sent
    assert lan.waiting_presses == ()


async def test_an_edit_whose_answer_was_lost_succeeds_when_tried_again(
    sender: TelegramSender, fake: FakeTelegram, clock: SteppedClock, lan: Person
) -> None:
    live, sent = await first_screen(sender, lan)
    second = pressed(live, await lan.tap("Có"))
    fake.faults.once("lose_answer", "editMessageText")
    with pytest.raises(SendError) as caught:
        await sender.send_screen(second, show(revision=8))
    assert caught.value.retryable
    assert lan.waiting_presses == ()
    clock.advance(3)
    again = await sender.send_screen(second, show(revision=8))
    assert again == Sent(sent.ref, sent.sequence, START + timedelta(seconds=3))


async def test_a_deleted_live_message_is_replaced_by_a_new_one(
    sender: TelegramSender, client: Client, lan: Person
) -> None:
    live, sent = await first_screen(sender, lan)
    press = await lan.tap("Có")
    await client.delete_message(lan.user_id, sent.sequence)
    again = await sender.send_screen(pressed(live, press), show(revision=8))
    assert again.sequence > sent.sequence
    assert lan.messages[-1].message_id == again.sequence
    assert lan.waiting_presses == ()


async def test_a_message_that_cannot_be_edited_is_replaced_by_a_new_one(
    sender: TelegramSender, fake: FakeTelegram, lan: Person
) -> None:
    live, sent = await first_screen(sender, lan)
    fake.faults.fail_next("editMessageText", bad_request("message can't be edited"))
    again = await sender.send_screen(pressed(live, await lan.tap("Có")), show(revision=8))
    assert again.sequence > sent.sequence


async def test_a_press_too_old_to_be_answered_does_not_matter(
    sender: TelegramSender, fake: FakeTelegram, lan: Person
) -> None:
    live, _ = await first_screen(sender, lan)
    press = await lan.tap("Có")
    fake.clock.advance(151)
    with capture_logs() as logs:
        await sender.send_screen(pressed(live, press), show("Sau", 8))
    assert lan.screen().endswith("Sau")
    assert "query is too old" in fake.calls("answerCallbackQuery")[-1].error
    assert logs == []


async def test_a_failing_answer_to_a_press_does_not_fail_the_delivery(
    sender: TelegramSender, fake: FakeTelegram, lan: Person
) -> None:
    live, _ = await first_screen(sender, lan)
    fake.faults.once("lose_request", "answerCallbackQuery")
    with capture_logs() as logs:
        await sender.send_screen(pressed(live, await lan.tap("Có")), show("Sau", 8))
    assert lan.screen().endswith("Sau")
    assert [entry["event"] for entry in logs] == ["telegram.courtesy_failed"]


async def test_a_press_is_answered_even_when_the_edit_fails(
    sender: TelegramSender, fake: FakeTelegram, lan: Person
) -> None:
    live, _ = await first_screen(sender, lan)
    press = await lan.tap("Có")
    fake.faults.fail_next("editMessageText", too_many_requests(7))
    with pytest.raises(SendError) as caught:
        await sender.send_screen(pressed(live, press), show("Sau", 8))
    assert caught.value.retry_after_s == 7
    assert lan.waiting_presses == ()


async def test_a_typed_answer_brings_a_new_message_and_the_old_one_loses_its_buttons(
    sender: TelegramSender, lan: Person
) -> None:
    live, sent = await first_screen(sender, lan)
    await lan.send("có")
    again = await sender.send_screen(live, show("Nhà mình có mấy quyển sách?", 8))
    assert again.sequence > sent.sequence
    old = next(message for message in lan.messages if message.message_id == sent.sequence)
    assert old.text == QUESTION
    assert old.keyboard == ()
    assert lan.messages[-1].keyboard != ()


async def test_an_old_message_that_is_gone_does_not_matter(sender: TelegramSender, client: Client, lan: Person) -> None:
    live, sent = await first_screen(sender, lan)
    await client.delete_message(lan.user_id, sent.sequence)
    with capture_logs() as logs:
        assert await sender.send_screen(live, show(revision=8)) != sent
    assert logs == []


async def test_a_press_on_another_message_is_answered_beside_the_new_one(sender: TelegramSender, lan: Person) -> None:
    live, sent = await first_screen(sender, lan)
    press = await lan.tap("Có")
    again = await sender.send_screen(replace(live, press_ref=press), show(revision=8))
    assert again.sequence > sent.sequence
    assert lan.waiting_presses == ()


async def test_a_screen_too_long_for_one_message_is_sent_in_order_with_the_buttons_last(
    sender: TelegramSender, lan: Person
) -> None:
    live, sent = await first_screen(sender, lan)
    long = Show(screen("a" * 4000, "b" * 4000, "c", revision=8, choices=(Choice("yes", words("Có")),)))
    again = await sender.send_screen(pressed(live, await lan.tap("Có")), long)
    texts = [message for message in lan.messages if message.is_from_bot][1:]
    assert [message.text for message in texts] == ["a" * 4000, "b" * 4000 + "\n\nc"]
    assert [len(message.keyboard) for message in texts] == [0, 1]
    assert again.sequence == texts[-1].message_id > sent.sequence
    assert lan.messages[1].keyboard == ()
    assert lan.waiting_presses == ()


# --- refusals ---------------------------------------------------------------------------------------------------------


async def send_refused(sender: TelegramSender, person: Person) -> SendError:
    with pytest.raises(SendError) as caught:
        await sender.send_screen(delivery(show(), person.user_id), show())
    return caught.value


async def test_somebody_who_blocked_the_bot(sender: TelegramSender, lan: Person) -> None:
    await lan.block()
    error = await send_refused(sender, lan)
    assert (error.code, error.blocked, error.retryable) == ("telegram.blocked", True, False)


async def test_somebody_who_left_telegram(sender: TelegramSender, lan: Person) -> None:
    await lan.deactivate()
    assert (await send_refused(sender, lan)).blocked


async def test_somebody_nobody_knows(sender: TelegramSender) -> None:
    with pytest.raises(SendError) as caught:
        await sender.send_screen(delivery(show(), 999), show())
    assert (caught.value.code, caught.value.blocked) == ("telegram.chat_not_found", True)


async def test_too_fast(sender: TelegramSender, fake: FakeTelegram, lan: Person) -> None:
    fake.change_limits(Limits(chat_burst=1))
    await first_screen(sender, lan)
    error = await send_refused(sender, lan)
    assert (error.code, error.retryable, error.blocked) == ("telegram.too_many_requests", True, False)
    assert error.retry_after_s >= 1
    assert error.chat_only


@pytest.mark.parametrize("outage", ["refuse", "bad_gateway"])
async def test_an_outage(sender: TelegramSender, fake: FakeTelegram, lan: Person, outage: str) -> None:
    await fake.begin_outage("refuse" if outage == "refuse" else "bad_gateway")
    error = await send_refused(sender, lan)
    assert (error.code, error.retryable) == ("telegram.unreachable", True)
    await fake.end_outage()
    await first_screen(sender, lan)


async def test_what_only_an_administrator_can_mend_is_not_tried_again(sender: TelegramSender, lan: Person) -> None:
    wrong = Show(screen("?", choices=(Choice("x" * 70, words("Có")),)))
    with pytest.raises(SendError) as caught:
        await sender.send_screen(delivery(wrong, lan.user_id), wrong)
    assert caught.value.code == "telegram.bad_request: Button_data_invalid"
    assert (caught.value.retryable, caught.value.blocked) == (False, False)


async def test_the_token_shows_in_no_log_and_no_traceback(
    sender: TelegramSender, client: Client, fake: FakeTelegram, lan: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await first_screen(sender, lan)
    await fake.begin_outage()
    error = await send_refused(sender, lan)
    told = "".join(traceback.format_exception(error)) + caplog.text + repr(client) + repr(error)
    assert fake.token not in told
    assert fake.token.split(":")[1] not in told


# --- notices, documents, files ----------------------------------------------------------------------------------------


async def test_a_notice_leaves_the_live_message_alone(sender: TelegramSender, lan: Person) -> None:
    live, sent = await first_screen(sender, lan)
    notice = Notice(say("answer.quantity", value="1.", unit="<b>a</b> & b"))
    await sender.send_notice(replace(live, press_ref=await lan.tap("Có")), notice)
    assert lan.screen() == "1. <b>a</b> & b"
    assert lan.messages[-1].keyboard == ()
    assert next(m for m in lan.messages if m.message_id == sent.sequence).keyboard != ()
    assert lan.waiting_presses == ()


def card(**fields: object) -> Document:
    caption = say("answer.quantity", value="1.", unit="Gia đình học tập")
    return replace(Document("phieu.png", "image/png", PNG, caption), **fields)  # type: ignore[arg-type]  # by name


def to_send(person: Person) -> Delivery:
    return delivery(SendDocument(DocumentKind.CARD), person.user_id)


async def test_a_card_is_sent_as_a_photo(sender: TelegramSender, lan: Person) -> None:
    await sender.send_document(to_send(lan), card())
    newest = lan.messages[-1]
    assert (newest.kind, newest.text) == ("photo", "1. Gia đình học tập")
    assert lan.content(newest.file_id) == PNG


async def test_a_sheet_is_sent_as_a_file_with_its_name(sender: TelegramSender, lan: Person) -> None:
    sheet = Document('Phiếu "tự" đánh giá 2026.pdf', "application/pdf", b"%PDF-1.7 ...")
    await sender.send_document(to_send(lan), sheet)
    newest = lan.messages[-1]
    assert (newest.kind, newest.text) == ("document", "")
    assert newest.file_name.startswith("Phiếu")
    assert newest.file_name.endswith("đánh giá 2026.pdf")
    assert lan.content(newest.file_id) == b"%PDF-1.7 ..."


async def test_a_card_telegram_does_not_take_as_a_photo_is_sent_as_a_file(
    sender: TelegramSender, fake: FakeTelegram, lan: Person
) -> None:
    fake.faults.fail_next("sendPhoto", bad_request("PHOTO_INVALID_DIMENSIONS"))
    await sender.send_document(to_send(lan), card())
    assert (lan.messages[-1].kind, lan.messages[-1].file_name) == ("document", "phieu.png")


async def test_another_refusal_of_a_photo_is_no_reason_to_send_it_as_a_file(
    sender: TelegramSender, fake: FakeTelegram, lan: Person
) -> None:
    fake.faults.fail_next("sendPhoto", forbidden("bot was blocked by the user"))
    with pytest.raises(SendError) as caught:
        await sender.send_document(to_send(lan), card())
    assert caught.value.blocked
    assert not fake.calls("sendDocument")


async def test_a_caption_too_long_follows_as_a_message(sender: TelegramSender, lan: Person) -> None:
    caption = Say("answer.quantity", (("value", "1."), ("unit", "ă" * 1100)))
    await sender.send_document(to_send(lan), card(caption=caption))
    photo, text = lan.messages[-2:]
    assert (photo.kind, photo.text, text.text) == ("photo", "", "1. " + "ă" * 1100)


async def test_a_document_beyond_50_mb_is_not_even_tried(
    sender: TelegramSender, fake: FakeTelegram, lan: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quirks, "UPLOAD_MAX_BYTES", len(PNG) - 1)
    with pytest.raises(SendError) as caught:
        await sender.send_document(to_send(lan), card())
    assert (caught.value.code, caught.value.retryable) == ("telegram.file_too_large", False)
    assert fake.calls() == []


def received(person: Person) -> FileRef:
    """The file a person sent last."""
    return FileRef(person.messages[-1].file_id, FileKind.DOCUMENT, 0, "application/pdf")


async def test_a_file_is_fetched(sender: TelegramSender, lan: Person) -> None:
    content = bytes(range(256)) * 400
    await lan.send_document("giấy khen.pdf", "application/pdf", content=content)
    assert await sender.fetch(received(lan)) == content


async def test_a_file_declared_too_large_is_not_asked_for(sender: TelegramSender, fake: FakeTelegram) -> None:
    too_large = FileRef("any", FileKind.DOCUMENT, 20 * 1024 * 1024 + 1, "application/pdf")
    with pytest.raises(SendError) as caught:
        await sender.fetch(too_large)
    assert (caught.value.code, caught.value.retryable) == ("telegram.file_too_large", False)
    assert fake.calls() == []


async def test_a_file_that_turns_out_too_large_is_refused(sender: TelegramSender, lan: Person) -> None:
    await lan.send_document("phim.mp4", "video/mp4", size=21 * 1024 * 1024)
    with pytest.raises(SendError) as caught:
        await sender.fetch(received(lan))
    assert caught.value.code == "telegram.file_too_large"


async def test_a_file_telegram_does_not_know(sender: TelegramSender) -> None:
    with pytest.raises(SendError) as caught:
        await sender.fetch(FileRef("nonsense", FileKind.DOCUMENT, 0, "application/pdf"))
    assert caught.value.code in {"telegram.file_gone", "telegram.unavailable"}


async def test_a_link_to_a_file_that_is_over_is_not_taken_for_a_wrong_token(
    sender: TelegramSender, fake: FakeTelegram, lan: Person
) -> None:
    await lan.send_document("a.pdf", "application/pdf", content=b"a")
    fake.backend.state.files.download = lambda path: None  # type: ignore[method-assign]  # the link is over
    with pytest.raises(SendError) as caught:
        await sender.fetch(received(lan))
    assert caught.value.code == "telegram.file_gone"


async def test_many_deliveries_at_once_share_the_pool(sender: TelegramSender, fake: FakeTelegram) -> None:
    people = [fake.person(f"Nhà {number}") for number in range(60)]
    for person in people:
        await person.open_link()
    await asyncio.gather(*(first_screen(sender, person) for person in people))
    assert all(person.screen() == QUESTION for person in people)
