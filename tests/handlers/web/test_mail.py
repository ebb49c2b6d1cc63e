"""Waiting for mail, documents, files of the page, headers and health."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.dialogs.effects import DocumentKind, Notice, SendDocument
from bot.dialogs.screens import say
from bot.handlers.web.app import create_app
from bot.handlers.web.polls import Polls
from bot.handlers.web.settings import WebSettings
from tests.handlers.web.conftest import SETTINGS
from tests.handlers.web.reader import Person
from tests.support.fake_reception import PNG, CountedIds, FakeReception, StillClock, WallClock
from tests.support.rule_shelf import rule_shelf

SCRIPT = {"X-Requested-With": "XMLHttpRequest"}


async def test_mail_comes_when_there_is_some(person: Person, reception: FakeReception) -> None:
    await person.open()
    empty = await person.client.get("/mail?after=1", headers=SCRIPT)
    assert empty.json() == {"rows": []}
    reception.post(reception.accepted[0].external_id, Notice(say("web.still_working")))
    rows = (await person.client.get("/mail?after=1", headers=SCRIPT)).json()["rows"]
    assert [(row["id"], row["dock"], row["locale"]) for row in rows] == [(2, None, "vi")]


async def test_a_waiting_page_is_answered_when_mail_comes(reception: FakeReception) -> None:
    polls = Polls(reception, WallClock())

    async def is_gone() -> bool:
        return False

    async with asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(polls.wait("somebody", 0, 30, is_gone))
        await asyncio.sleep(0)
        reception.post("somebody", Notice(say("web.still_working")))
    assert [kept.id for kept in waiting.result()] == [1]


class _Slices:
    """Mail that never comes; waiting moves the clock."""

    def __init__(self, clock: StillClock) -> None:
        self._clock = clock
        self.waits: list[float] = []

    async def mail(self, channel: str, external_id: str, after: int, wait_s: float = 0) -> tuple[()]:
        self.waits.append(wait_s)
        await self._clock.sleep(wait_s)
        return ()


async def test_a_page_that_went_away_is_not_waited_for(clock: StillClock) -> None:
    mail = _Slices(clock)

    async def is_gone() -> bool:
        return len(mail.waits) >= 2

    assert await Polls(mail, clock).wait("somebody", 0, 25, is_gone) == ()
    assert mail.waits == [2, 2]


async def test_a_wait_ends_on_time(clock: StillClock) -> None:
    mail = _Slices(clock)

    async def is_gone() -> bool:
        return False

    await Polls(mail, clock).wait("somebody", 0, 5, is_gone)
    assert sum(mail.waits) == 5


async def test_a_stopping_server_lets_nobody_wait(clock: StillClock) -> None:
    mail = _Slices(clock)
    polls = Polls(mail, clock)

    async def is_gone() -> bool:
        polls.close()
        return False

    await polls.wait("somebody", 0, 25, is_gone)
    assert mail.waits == [2, 0]


async def test_one_account_cannot_hold_many_waiting_pages(reception: FakeReception) -> None:
    polls = Polls(reception, WallClock())

    async def is_gone() -> bool:
        return False

    async with asyncio.TaskGroup() as tasks:
        waiting = [tasks.create_task(polls.wait("somebody", 0, 30, is_gone)) for _ in range(4)]
        await asyncio.sleep(0)
        assert await polls.wait("somebody", 0, 30, is_gone) == ()
        reception.post("somebody", Notice(say("web.still_working")))
    assert all(len(task.result()) == 1 for task in waiting)


# --- documents --------------------------------------------------------------------------------------------------------


async def _finish(person: Person) -> None:
    await person.open()
    await person.tap("Đồng ý")
    await person.type("Bà Hoa")
    await person.tap("Có")
    await person.tap("3")


async def test_a_document_is_downloaded_under_its_name(person: Person) -> None:
    await _finish(person)
    response = await person.client.get("/tai/pdf")
    assert response.headers["content-type"] == "application/pdf"
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["content-disposition"] == (
        'attachment; filename="Phiu t nh gi.pdf"; '
        "filename*=UTF-8''Phi%E1%BA%BFu%20t%E1%BB%B1%20%C4%91%C3%A1nh%20gi%C3%A1.pdf"
    )


async def test_the_card_is_shown_and_offered(person: Person, reception: FakeReception) -> None:
    await _finish(person)
    reception.post(reception.accepted[0].external_id, SendDocument(DocumentKind.CARD))
    page = await person.open()
    image = page.all("img")[0]
    assert image["alt"] == "Thẻ ảnh để chia sẻ"
    assert page.all("a", href="/tai/card", class_="download")
    response = await person.client.get(image["src"])
    assert response.content == PNG
    assert response.headers["content-disposition"].startswith("inline;")


async def test_nothing_to_print_yet_is_said(person: Person) -> None:
    await person.open()
    response = await person.client.get("/tai/pdf")
    assert response.status_code == 404
    assert "Chưa có gì để tải" in response.text


async def test_an_unknown_document_is_not_found(person: Person) -> None:
    await person.open()
    assert (await person.client.get("/tai/exe")).status_code == 404


async def test_nobody_s_document_is_not_found(client: httpx.AsyncClient, reception: FakeReception) -> None:
    assert (await client.get("/tai/pdf")).status_code == 404
    assert not reception.handed_out


# --- the page's own files, headers, health ----------------------------------------------------------------------------


async def test_style_and_script_are_kept_for_long_under_names_of_their_content(person: Person) -> None:
    page = await person.open()
    addresses = [attrs["href"] for attrs in page.all("link", rel="stylesheet")]
    addresses += [attrs["src"] for attrs in page.all("script") if "src" in attrs]
    assert len(addresses) == 2
    for address in addresses:
        response = await person.client.get(address)
        assert response.status_code == 200
        assert response.headers["cache-control"] == "public, max-age=31536000, immutable"


async def test_a_page_in_the_middle_weighs_less_than_40_kb(person: Person) -> None:
    await _finish(person)
    page = await person.open()
    weight = len(person.response.content)
    for attrs in page.all("link", rel="stylesheet"):
        weight += len((await person.client.get(attrs["href"])).content)
    for attrs in page.all("script"):
        if "src" in attrs:
            weight += len((await person.client.get(attrs["src"])).content)
    assert weight < 40 * 1024


async def test_every_answer_carries_the_security_headers(person: Person) -> None:
    await person.open()
    for address in ("/", "/healthz", "/nowhere", "/mail?after=0"):
        headers = (await person.client.get(address)).headers
        policy = headers["content-security-policy"]
        for part in ("default-src 'none'", "script-src 'self'", "form-action 'self'", "frame-ancestors 'none'"):
            assert part in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"
        assert "strict-transport-security" not in headers


async def test_no_style_or_handler_stands_in_the_page(person: Person) -> None:
    """The policy would block them."""
    await _finish(person)
    for tag, attrs in (await person.open()).tags:
        assert "style" not in attrs
        assert not [name for name in attrs if name.startswith("on")]
        assert tag != "style"
        assert tag != "script" or "src" in attrs or attrs["type"] == "application/json"


async def test_over_https_cookies_are_secure(reception: FakeReception, clock: StillClock) -> None:
    app = create_app(reception, rule_shelf(), replace(SETTINGS, secure_cookies=True), clock, CountedIds())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="https://chat.test") as client:
        response = await client.get("/")
    cookie = response.headers["set-cookie"]
    assert cookie.startswith("__Host-hoctap=")
    for part in ("Secure", "HttpOnly", "SameSite=lax", "Path=/"):
        assert part in cookie
    assert "strict-transport-security" in response.headers


async def test_the_cookie_is_renewed_with_every_page(person: Person) -> None:
    await person.open()
    await person.open()
    assert "Max-Age=34560000" in person.response.headers["set-cookie"]


async def test_health_and_readiness(client: httpx.AsyncClient, reception: FakeReception) -> None:
    assert (await client.get("/healthz")).text == "ok\n"
    assert (await client.get("/readyz")).status_code == 200
    reception.ready = False
    assert (await client.get("/readyz")).status_code == 503
    assert (await client.get("/healthz")).status_code == 200


async def test_search_engines_stay_away(client: httpx.AsyncClient) -> None:
    assert "Disallow: /" in (await client.get("/robots.txt")).text


async def test_an_address_that_does_not_exist_leads_back(client: httpx.AsyncClient) -> None:
    response = await client.get("/khong-co")
    assert response.status_code == 404
    assert 'href="/"' in response.text
    assert (await client.get("/send")).status_code == 404


async def test_other_channels_can_hang_their_webhook_here(reception: FakeReception, clock: StillClock) -> None:
    async def hook(_request: object) -> PlainTextResponse:
        return PlainTextResponse("taken")

    app: Starlette = create_app(
        reception, rule_shelf(), SETTINGS, clock, CountedIds(), [Route("/telegram", hook, methods=["POST"])]
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://chat.test") as client:
        assert (await client.post("/telegram")).text == "taken"


def test_a_secret_too_short_is_refused() -> None:
    with pytest.raises(ValueError, match="16 characters"):
        WebSettings(secret="short")


def test_settings_do_not_show_their_secret() -> None:
    assert SETTINGS.secret not in repr(SETTINGS)
