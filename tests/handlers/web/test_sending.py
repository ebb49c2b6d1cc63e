"""Posting answers: once each, only from our own pages, within limits."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from types import MappingProxyType

import httpx
import pytest
from starlette.applications import Starlette

from bot.dialogs.events import FileKind, FileRef, FileSent, Pressed, Typed, Unsupported
from bot.handlers.web.app import create_app
from bot.handlers.web.limits import Rate
from tests.handlers.web.conftest import SETTINGS
from tests.handlers.web.reader import Person
from tests.support.fake_reception import CountedIds, FakeReception, StillClock
from tests.support.rule_shelf import rule_shelf

SCRIPT = {"X-Requested-With": "XMLHttpRequest"}


async def post(person: Person, headers: Mapping[str, str] = MappingProxyType({}), **fields: str) -> httpx.Response:
    """Post as the page's script does."""
    form = {"form": person.composer["form"], "id": "a" * 32, "last": "0", "seen": "0"} | fields
    return await person.client.post("/send", data=form, headers=SCRIPT | dict(headers))


async def test_the_same_client_id_twice_is_one_update(person: Person, reception: FakeReception) -> None:
    await person.open()
    first = await post(person, choice="agree")
    second = await post(person, choice="agree")
    assert first.status_code == second.status_code == 200
    assert [u.event for u in reception.accepted] == [Typed("/start"), Pressed("agree", 0)]
    assert reception.calls == 3


async def test_the_same_client_id_of_two_people_is_two_updates(
    person: Person, reception: FakeReception, app: Starlette
) -> None:
    await person.open()
    await post(person, choice="agree")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://chat.test") as client:
        other = Person(client)
        await other.open()
        await post(other, choice="agree")
    presses = [u for u in reception.accepted if isinstance(u.event, Pressed)]
    assert len({u.update_id for u in presses}) == 2
    assert len({u.external_id for u in presses}) == 2


async def test_a_form_sent_twice_by_the_back_button_is_one_update(person: Person, reception: FakeReception) -> None:
    await person.open()
    fields = person.page.forms[0].fields | {"choice": "agree"}
    await person.submit(fields)
    await person.submit(fields)
    assert len(reception.accepted) == 2


async def test_the_answer_comes_with_the_acknowledgement(person: Person) -> None:
    await person.open()
    rows = (await post(person, choice="agree", last="1")).json()["rows"]
    assert [row["id"] for row in rows] == [2]
    assert "Người đại diện" in rows[0]["html"]
    assert rows[0]["dock"]["seen"] == 1
    assert rows[0]["dock"]["placeholder"] == "Gõ câu trả lời"


async def test_an_update_that_could_not_be_stored_is_not_acknowledged(
    person: Person, reception: FakeReception, app: Starlette
) -> None:
    await person.open()
    reception.fails = True
    with pytest.raises(RuntimeError):
        await post(person, choice="agree")
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    cookies = person.client.cookies
    async with httpx.AsyncClient(transport=transport, base_url="http://chat.test", cookies=cookies) as client:
        person.client = client
        response = await post(person, choice="agree")
    assert response.status_code == 500
    assert response.json()["error"] == "failed"
    assert "Content-Security-Policy" in response.headers


async def test_text_is_passed_on_as_it_is(person: Person, reception: FakeReception) -> None:
    await person.open()
    text = "hai trên ba " * 1000
    assert (await post(person, text=text)).status_code == 200
    assert reception.accepted[-1].event == Typed(text, 0)


async def test_what_no_database_takes_is_dropped_from_text(person: Person, reception: FakeReception) -> None:
    await person.open()
    await post(person, text="a\x00b")
    assert reception.accepted[-1].event == Typed("ab", 0)


async def test_nothing_said_is_nothing_sent(person: Person, reception: FakeReception) -> None:
    await person.open()
    assert (await post(person, text="  ")).json() == {"rows": []}
    await person.type("")
    assert person.response.status_code == 200
    assert len(reception.accepted) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"id": "short", "text": "x"},
        {"id": "a" * 65, "text": "x"},
        {"id": "a" * 31 + "!", "text": "x"},
        {"choice": "c" * 49},
        {"choice": "có"},
        {"choice": "agree", "seen": ""},
        {"choice": "agree", "seen": "-1"},
        {"text": "x", "seen": "1e3"},
    ],
)
async def test_a_form_no_page_makes_is_refused(
    person: Person, reception: FakeReception, fields: dict[str, str]
) -> None:
    await person.open()
    assert (await post(person, {}, **fields)).status_code == 400
    assert len(reception.accepted) == 1


# --- other people's pages ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
async def test_a_post_of_another_page_is_refused(
    person: Person, reception: FakeReception, headers: dict[str, str]
) -> None:
    await person.open()
    assert (await post(person, headers, choice="agree")).status_code == 403
    assert len(reception.accepted) == 1


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://chat.test"}, {}])
async def test_a_post_of_our_page_is_taken(person: Person, headers: dict[str, str]) -> None:
    await person.open()
    assert (await post(person, headers, choice="agree")).status_code == 200


async def test_a_form_without_its_token_is_refused(person: Person, reception: FakeReception) -> None:
    await person.open()
    assert (await post(person, form="", choice="agree")).status_code == 403
    assert (await post(person, form="x" * 43, choice="agree")).status_code == 403
    assert len(reception.accepted) == 1


async def test_a_tampered_cookie_is_nobody(person: Person, reception: FakeReception) -> None:
    await person.open()
    token, _, signature = person.client.cookies["hoctap"].rpartition(".")
    person.client.cookies = httpx.Cookies({"hoctap": f"{token}x.{signature}"})
    assert (await post(person, choice="agree")).status_code == 403
    assert (await person.client.get("/mail?after=0", headers=SCRIPT)).status_code == 403
    assert len(reception.accepted) == 1


async def test_what_is_stored_does_not_open_the_chat(person: Person, reception: FakeReception) -> None:
    await person.open()
    token = person.client.cookies["hoctap"].rpartition(".")[0]
    update = reception.accepted[0]
    assert token not in update.external_id + update.update_id
    assert len(update.external_id) == 64


# --- limits -----------------------------------------------------------------------------------------------------------


async def test_too_many_posts_wait(person: Person, clock: StillClock) -> None:
    await person.open()
    for number in range(SETTINGS.posts_of_account.burst):
        assert (await post(person, id=f"{number:032d}", text="x")).status_code == 200
    refused = await post(person, id="z" * 32, text="x")
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) >= 1
    clock.seconds += 1
    assert (await post(person, id="z" * 32, text="x")).status_code == 200


async def test_one_address_cannot_open_conversations_without_end(reception: FakeReception, clock: StillClock) -> None:
    settings = type(SETTINGS)(secret="s" * 20, new_accounts=Rate(burst=2, per_s=0.1), opening_wait_s=0.01)
    app = create_app(reception, rule_shelf(), settings, clock, CountedIds())
    codes = []
    for _ in range(3):
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://chat.test") as client:
            codes.append((await client.get("/", follow_redirects=True)).status_code)
    assert codes == [200, 200, 429]
    assert len(reception.accepted) == 2


# --- files ------------------------------------------------------------------------------------------------------------


async def test_a_photo_is_kept_and_named(person: Person, reception: FakeReception) -> None:
    await person.open()
    await person.attach("C:\\ảnh\\tủ sách.jpg", b"jpeg", "image/jpeg", text="tủ sách")
    event = reception.accepted[-1].event
    assert isinstance(event, FileSent)
    ref = f"sha256:{next(iter(reception.files))}"
    assert event == FileSent(FileRef(ref, FileKind.PHOTO, 4, "image/jpeg", "tủ sách.jpg"), "tủ sách", 0)
    assert list(reception.files.values()) == [b"jpeg"]


async def test_a_file_too_large_is_told_to_the_conversation_and_not_kept(
    person: Person, reception: FakeReception
) -> None:
    await person.open()
    size = SETTINGS.max_upload_bytes + 1
    await person.attach("to.pdf", b"x" * size, "application/pdf")
    event = reception.accepted[-1].event
    assert isinstance(event, FileSent)
    assert (event.file.ref, event.file.size, event.file.kind) == ("", size, FileKind.DOCUMENT)
    assert not reception.files


@pytest.mark.parametrize("declares_length", [True, False])
async def test_a_body_beyond_reading_is_refused(
    person: Person, reception: FakeReception, declares_length: bool
) -> None:
    await person.open()
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n'
    chunk, count = b"x" * 50_000, 6
    sent = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal sent
        yield head
        for _ in range(count):
            sent += 1
            yield chunk

    headers = SCRIPT | {"Content-Type": "multipart/form-data; boundary=b"}
    if declares_length:
        headers["Content-Length"] = str(len(head) + count * len(chunk))
    response = await person.client.post("/send", content=body(), headers=headers)
    assert response.status_code == 413
    assert response.json()["error"] == "too_large"
    assert not reception.files


async def test_a_text_form_beyond_reading_is_refused(person: Person) -> None:
    await person.open()
    assert (await post(person, text="x" * 2_000_000)).status_code == 413


@pytest.mark.parametrize(
    ("name", "data", "mime", "kind"),
    [
        ("a.mp4", b"x", "video/mp4", "video"),
        ("a.ogg", b"x", "audio/ogg", "voice"),
        ("a.png", b"", "image/png", "other"),
    ],
)
async def test_what_cannot_be_evidence_is_named(
    person: Person, reception: FakeReception, name: str, data: bytes, mime: str, kind: str
) -> None:
    await person.open()
    await person.attach(name, data, mime)
    assert reception.accepted[-1].event == Unsupported(kind, 0)


async def test_a_broken_multipart_form_is_refused(person: Person) -> None:
    await person.open()
    headers = SCRIPT | {"Content-Type": "multipart/form-data"}
    response = await person.client.post("/send", content=b"--b\r\nnonsense", headers=headers)
    assert response.status_code == 400
