"""Opening the chat, going through it without scripts, and finding one's place again."""

from __future__ import annotations

import httpx
from starlette.applications import Starlette

from bot.dialogs.effects import FetchFile, Notice
from bot.dialogs.events import FileKind, FileRef, Pressed, Typed
from bot.dialogs.screens import say
from tests.handlers.web.reader import Person
from tests.support.fake_reception import FakeReception


async def test_a_newcomer_sees_the_first_screen_at_once(person: Person, reception: FakeReception) -> None:
    page = await person.open()
    assert page.labels == ["Đồng ý", "Không đồng ý"]
    assert [update.event for update in reception.accepted] == [Typed("/start")]


async def test_an_invite_reaches_the_conversation(person: Person, reception: FakeReception) -> None:
    await person.open("/m/h-ABCD")
    assert [update.event for update in reception.accepted] == [Typed("/start h-ABCD")]


async def test_an_invite_opened_by_somebody_known_is_said_once_until_something_happens(
    person: Person, reception: FakeReception
) -> None:
    await person.open()
    reception.is_silent = True
    await person.open("/m/h-ABCD")
    await person.open("/m/h-ABCD")
    assert [update.event for update in reception.accepted] == [Typed("/start"), Typed("/start h-ABCD")]


async def test_a_code_that_cannot_be_one_just_opens_the_chat(person: Person, reception: FakeReception) -> None:
    await person.open("/m/%3Cscript%3E")
    assert [update.event for update in reception.accepted] == [Typed("/start")]


async def test_reload_starts_nothing_again(person: Person, reception: FakeReception) -> None:
    await person.open()
    await person.open()
    await person.open("/?m=h-ABCD")
    assert len(reception.accepted) == 1


async def test_reload_while_the_first_screen_is_still_on_its_way_starts_nothing_again(
    person: Person, reception: FakeReception
) -> None:
    reception.is_silent = True
    page = await person.open()
    assert page.all("meta", **{"http-equiv": "refresh"})
    await person.open()
    assert len(reception.accepted) == 1


async def test_a_link_preview_opens_no_conversation(app: Starlette, reception: FakeReception) -> None:
    """Crawlers keep no cookies; nor do some people's browsers, who are told what to do."""
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://chat.test") as crawler:
        first = await crawler.get("/m/h-ABCD")
        crawler.cookies.clear()
        second = await crawler.get(first.headers["location"])
    assert second.status_code == 200
    assert 'property="og:title"' in second.text
    assert 'href="/m/h-ABCD"' in second.text
    assert not reception.accepted


async def test_looking_with_head_opens_no_conversation(client: httpx.AsyncClient, reception: FakeReception) -> None:
    await client.head("/", follow_redirects=True)
    assert not reception.accepted


async def test_the_whole_way_without_scripts(person: Person, reception: FakeReception) -> None:
    await person.open()
    await person.tap("Đồng ý")
    await person.type("Bà Hoa")
    await person.tap("Có")
    await person.tap("3")
    await person.type("2/3")
    await person.tap("Có tủ sách chung")
    page = await person.tap("Nộp phiếu")
    assert "86 điểm" in page.text
    assert [update.event for update in reception.accepted] == [
        Typed("/start"),
        Pressed("agree", 0),
        Typed("Bà Hoa", 1),
        Pressed("yes", 2),
        Pressed("n3", 3),
        Typed("2/3", 4),
        Pressed("b", 5),
        Pressed("hand_in", 6),
    ]


async def test_updates_of_one_account_ascend(person: Person, reception: FakeReception) -> None:
    await person.open()
    await person.tap("Đồng ý")
    await person.type("Bà Hoa")
    orders = [update.order for update in reception.accepted]
    assert orders == sorted(set(orders))
    assert len({update.external_id for update in reception.accepted}) == 1


async def test_reload_keeps_the_place(person: Person) -> None:
    await person.open()
    await person.tap("Đồng ý")
    before = await person.type("Bà Hoa")
    after = await person.open()
    assert after.labels == before.labels
    assert after.rows == before.rows
    assert after.all("progress")[0]["aria-valuetext"] == "Câu 1/4"


async def test_only_the_newest_screen_can_be_answered(person: Person) -> None:
    await person.open()
    page = await person.tap("Đồng ý")
    assert "Đồng ý" not in page.labels
    assert "Gia đình có đồng ý không?" in page.text


async def test_a_slow_answer_is_waited_for_by_the_page_itself(person: Person, reception: FakeReception) -> None:
    await person.open()
    reception.is_silent = True
    page = await person.tap("Đồng ý")
    assert page.all("meta", **{"http-equiv": "refresh"})
    assert "Đã nhận, đang xử lý" in page.text


async def test_a_sentence_outside_the_conversation_leaves_the_buttons(person: Person, reception: FakeReception) -> None:
    await person.open()
    external_id = reception.accepted[0].external_id
    reception.post(external_id, Notice(say("web.still_working")))
    reception.post(external_id, FetchFile(1, FileRef("x", FileKind.PHOTO, 1, "image/png")))
    page = await person.open()
    assert page.labels == ["Đồng ý", "Không đồng ý"]
    assert page.rows == [1, 2]


async def test_the_page_speaks_the_language_of_the_newest_message(person: Person) -> None:
    page = await person.open()
    assert page.all("html")[0]["lang"] == "vi"
    page = await person.type("/en")
    assert page.all("html")[0]["lang"] == "en"
    assert page.labels == ["Agree", "Decline"]


async def test_the_browser_s_language_is_passed_on(person: Person, reception: FakeReception) -> None:
    person.client.headers["Accept-Language"] = "en-GB,en;q=0.9,vi;q=0.8"
    await person.open()
    assert reception.accepted[0].language == "en-GB"


async def test_what_people_wrote_is_never_markup(person: Person, reception: FakeReception) -> None:
    await person.open()
    reception.post(reception.accepted[0].external_id, Notice(say("web.type.label")))
    reception.post(
        reception.accepted[0].external_id,
        Notice(say("web.attach.too_large", megabytes="<img src=x onerror=alert(1)>")),
    )
    page = await person.open()
    assert not page.all("img")
    assert "<img src=x" in page.text


async def test_everything_has_a_label(person: Person) -> None:
    """Fields by label or aria-label, buttons by text, regions by name; one h1; ids are unique."""
    await person.open()
    await person.tap("Đồng ý")
    page = await person.type("Bà Hoa")
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    labelled = {attrs["for"] for attrs in page.all("label")}
    for field in page.all("input"):
        if field.get("type") != "hidden":
            assert field["id"] in labelled
    assert len(page.all("h1")) == 1
    assert page.all("main")
    assert page.all("header")
    assert page.all("div", role="log", **{"aria-live": "polite"})[0]["aria-label"]
    assert page.all("p", role="status")
    assert page.all("section")[0]["aria-label"]
    assert page.all("a", href="#dock")
    assert page.all("meta", name="viewport")[0]["content"].startswith("width=device-width")
    assert "user-scalable" not in person.response.text


async def test_consent_shows_two_buttons_of_one_look(person: Person) -> None:
    page = await person.open()
    agree, decline = page.all("button", name="choice")
    assert agree.keys() == decline.keys()
    assert {agree.get("class"), decline.get("class")} == {None}
    assert page.all("div", class_="choices pair")
