from __future__ import annotations

import asyncio
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from tests.fake_telegram.conftest import Api
from tests.support.fake_telegram import FakeTelegram, Person, Settings, VirtualClock
from tests.support.fake_telegram.settings import MEGABYTE


def picture(width: int = 8, height: int = 6) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), "red").save(out, "PNG")
    return out.getvalue()


async def upload(api: Api, method: str, chat_id: int, file: tuple[Any, ...], **fields: str) -> dict[str, Any]:
    name = method.removeprefix("send").lower()
    data = {"chat_id": str(chat_id)} | fields
    return api.answer(await api.http.post(f"{api.url}/{method}", data=data, files={name: file}))


async def test_a_document_arrives_with_name_type_and_caption(api: Api, an: Person) -> None:
    file = ("Phiếu tự đánh giá.pdf", b"%PDF-1.7", "application/pdf")
    message = (await upload(api, "sendDocument", an.chat_id, file, caption="<b>Phiếu</b>", parse_mode="HTML"))["result"]
    document = message["document"]
    assert (document["file_name"], document["mime_type"], document["file_size"]) == (*file[::2], 8)
    assert (message["caption"], message["caption_entities"][0]["type"]) == ("Phiếu", "bold")
    seen = an.messages[-1]
    assert (seen.kind, seen.file_name, seen.text) == ("document", file[0], "Phiếu")
    assert an.content(seen.file_id) == b"%PDF-1.7"


async def test_a_file_can_be_attached_by_name(api: Api, an: Person) -> None:
    data = {"chat_id": str(an.chat_id), "document": "attach://mine"}
    files = {"mine": ("a.txt", b"abc", "text/plain")}
    answer = api.answer(await api.http.post(f"{api.url}/sendDocument", data=data, files=files))
    assert answer["result"]["document"]["file_name"] == "a.txt"


async def test_a_known_file_is_sent_again_by_its_id(api: Api, an: Person) -> None:
    first = await upload(api, "sendDocument", an.chat_id, ("a.txt", b"abc"))
    file_id = first["result"]["document"]["file_id"]
    again = await api.ok("sendDocument", chat_id=an.chat_id, document=file_id)
    assert again["document"] == first["result"]["document"]
    description = await api.error("sendPhoto", chat_id=an.chat_id, photo=file_id)
    assert description == "Bad Request: can't use file of type Document as Photo"


async def test_a_photo_comes_in_sizes(api: Api, an: Person) -> None:
    message = (await upload(api, "sendPhoto", an.chat_id, ("card.png", picture(800, 600))))["result"]
    assert [(size["width"], size["height"]) for size in message["photo"]] == [(90, 68), (800, 600)]
    assert an.messages[-1].kind == "photo"


@pytest.mark.parametrize(
    ("content", "description"),
    [
        (b"not a picture", "Bad Request: IMAGE_PROCESS_FAILED"),
        (b"", "Bad Request: file must be non-empty"),
        (picture(210, 10), "Bad Request: PHOTO_INVALID_DIMENSIONS"),
    ],
)
async def test_what_is_no_photo_is_refused(api: Api, an: Person, content: bytes, description: str) -> None:
    assert (await upload(api, "sendPhoto", an.chat_id, ("x.png", content)))["description"] == description


@pytest.mark.parametrize(
    ("document", "description"),
    [
        ("", "there is no document in the request"),
        ("attach://nothing", "there is no document in the request"),
        ("nonsense", "wrong remote file identifier specified: can't unserialize it. Wrong last symbol"),
        ("https://hoc.vn/a.pdf", "failed to get HTTP URL content"),
    ],
)
async def test_a_document_that_is_not_there_is_refused(api: Api, an: Person, document: str, description: str) -> None:
    answer = await api.error("sendDocument", chat_id=an.chat_id, document=document)
    assert answer == f"Bad Request: {description}"


async def test_a_caption_has_1024_utf16_units_at_most(api: Api, an: Person) -> None:
    file = ("a.txt", b"abc")
    too_long = await upload(api, "sendDocument", an.chat_id, file, caption="😀" * 512 + "x")
    assert too_long["description"] == "Bad Request: message caption is too long"
    message = (await upload(api, "sendDocument", an.chat_id, file, caption="😀" * 512))["result"]
    named = {"chat_id": an.chat_id, "message_id": message["message_id"]}
    assert await api.error("editMessageCaption", **named, caption="x" * 1025) == "Bad Request: MEDIA_CAPTION_TOO_LONG"


async def test_a_caption_is_edited_and_taken_away(api: Api, an: Person) -> None:
    markup = '{"inline_keyboard":[[{"text":"Có","callback_data":"y"}]]}'
    message = (await upload(api, "sendDocument", an.chat_id, ("a.txt", b"a"), caption="x", reply_markup=markup))[
        "result"
    ]
    named = {"chat_id": an.chat_id, "message_id": message["message_id"]}
    assert (
        await api.error("editMessageText", **named, text="y") == "Bad Request: there is no text in the message to edit"
    )
    edited = await api.ok("editMessageCaption", **named, caption="y")
    assert edited["caption"] == "y"
    assert "reply_markup" not in edited
    assert "caption" not in await api.ok("editMessageCaption", **named)
    assert "message is not modified" in await api.error("editMessageCaption", **named)


async def test_uploads_and_photos_have_a_limit(an: Person, api: Api) -> None:
    settings = Settings(upload_max=3000, photo_max=2000)
    async with FakeTelegram(clock=VirtualClock(frozen=True), settings=settings) as small:
        there = Api(small, api.http)
        small.person("An", user_id=an.user_id).phone.send("/start")
        too_large = await upload(there, "sendDocument", an.chat_id, ("a", b"x" * 3001))
        assert too_large == {"ok": False, "error_code": 413, "description": "Request Entity Too Large"}
        await upload(there, "sendDocument", an.chat_id, ("a", b"x" * 3000))
        answer = await upload(there, "sendPhoto", an.chat_id, ("a", b"x" * 2001))
        assert "too big for a photo; the maximum size is 2000 bytes" in answer["description"]


async def test_a_body_far_over_the_limit_is_refused_before_it_is_read(fake: FakeTelegram) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(fake.url.rpartition(":")[2]))
    head = f"POST /bot{fake.token}/sendDocument HTTP/1.1\r\nHost: x\r\nContent-Length: {60 * MEGABYTE}\r\n\r\n"
    writer.write(head.encode())
    assert (await reader.readline()).startswith(b"HTTP/1.1 413 ")
    assert b"Request Entity Too Large" in await reader.read()
    writer.close()


async def test_a_persons_file_is_fetched_in_two_steps(api: Api, an: Person) -> None:
    await an.send_document("minh chứng.txt", "text/plain", content="giấy khen".encode(), caption="đây ạ")
    document = (await api.updates())[-1]["message"]["document"]
    link = await api.ok("getFile", file_id=document["file_id"])
    assert link["file_size"] == document["file_size"] == len("giấy khen".encode())
    response = await api.http.get(f"{api.fake.url}/file/bot{api.fake.token}/{link['file_path']}")
    assert response.content.decode() == "giấy khen"


async def test_photos_stickers_and_voices_come_as_telegram_sends_them(api: Api, an: Person) -> None:
    await an.send_photo(size=300_000, caption="ảnh")
    await an.send_sticker()
    await an.send_voice(5)
    photo, sticker, voice = [update["message"] for update in await api.updates()][-3:]
    assert (photo["photo"][-1]["file_size"], photo["caption"]) == (300_000, "ảnh")
    assert sticker["sticker"]["emoji"] == "👍"
    assert voice["voice"]["duration"] == 5
    link = await api.ok("getFile", file_id=photo["photo"][-1]["file_id"])
    response = await api.http.get(f"{api.fake.url}/file/bot{api.fake.token}/{link['file_path']}")
    assert len(response.content) == 300_000


async def test_a_file_above_20_megabytes_cannot_be_fetched(api: Api, an: Person) -> None:
    await an.send_document("phim.mp4", "video/mp4", size=20 * MEGABYTE + 1)
    await an.send_document("vừa.mp4", "video/mp4", size=20 * MEGABYTE)
    too_big, fits = [update["message"]["document"]["file_id"] for update in (await api.updates())[-2:]]
    assert await api.error("getFile", file_id=too_big) == "Bad Request: file is too big"
    await api.ok("getFile", file_id=fits)


async def test_a_link_works_for_an_hour(api: Api, an: Person, fake: FakeTelegram) -> None:
    await an.send_document("a.txt", "text/plain", content=b"abc")
    file_id = an.messages[-1].file_id
    path = (await api.ok("getFile", file_id=file_id))["file_path"]
    url = f"{fake.url}/file/bot{fake.token}/{path}"
    fake.clock.advance(3600)
    assert (await api.http.get(url)).content == b"abc"
    fake.clock.advance(1)
    assert (await api.http.get(url)).json() == {"ok": False, "error_code": 404, "description": "Not Found"}
    await api.ok("getFile", file_id=file_id)
    assert (await api.http.get(url)).status_code == 200


async def test_files_need_the_token_and_an_id(api: Api, an: Person, fake: FakeTelegram) -> None:
    assert await api.error("getFile") == "Bad Request: file_id not specified"
    assert await api.error("getFile", file_id="x") == "Bad Request: invalid file_id"
    await an.send_document("a.txt", "text/plain", content=b"abc")
    path = (await api.ok("getFile", file_id=an.messages[-1].file_id))["file_path"]
    assert (await api.http.get(f"{fake.url}/file/bot1:x/{path}")).status_code == 404
