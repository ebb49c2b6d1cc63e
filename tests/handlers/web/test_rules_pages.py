"""The rules as pages: listed, searched, whole and printable, for anybody, without scripts and without a cookie."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx
import pytest
from starlette.responses import Response

from bot.dialogs.places import Place
from bot.handlers.web.app import create_app
from bot.handlers.web.assets import FOLDER
from bot.handlers.web.cookies import Cookies
from bot.handlers.web.limits import Rate
from bot.handlers.web.security import HEADERS
from bot.handlers.web.settings import WebSettings
from bot.ports import PersonRecord
from bot.scoring.model import CriteriaSet, Standing, Text
from tests.handlers.web.conftest import SETTINGS
from tests.handlers.web.reader import PageReader, Person
from tests.support.fake_reception import CountedIds, FakeReception, StillClock
from tests.support.rule_shelf import COMMUNE, HAMLET, family_at, officer_of, rule_shelf, shipped

SETS = {criteria.id: criteria for criteria in shipped()}
ENGLISH = {"Accept-Language": "en-GB,en;q=0.9,vi;q=0.8"}
PRINTED = (FOLDER / "rules.css").read_text(encoding="utf-8")


def own_set() -> CriteriaSet:
    """What the commune adopted for families."""
    family = SETS["gia_dinh_mau"]
    return replace(
        family,
        id="gia_dinh_mau_p2",
        standing=Standing.LOCAL,
        title=Text("Gia đình học tập xã Mẫu", "Learning family of Xã Mẫu"),
        issuing_document="Quyết định số 12/QĐ-UBND ngày 01/02/2026 (Xã Mẫu)",
    )


@asynccontextmanager
async def browser(
    person: PersonRecord | None = None,
    adopted: Sequence[tuple[Place, CriteriaSet]] = (),
    settings: WebSettings = SETTINGS,
) -> AsyncIterator[httpx.AsyncClient]:
    """A browser with the cookie of a person, or without one."""
    ids = CountedIds()
    cookies, given = Cookies(settings, ids), Response()
    visitor = cookies.new()
    cookies.write(given, visitor)
    people = {visitor.external_id: person} if person else {}
    app = create_app(FakeReception(), rule_shelf(people, adopted), settings, StillClock(), ids)
    headers = {"Cookie": given.headers["set-cookie"].partition(";")[0]} if person else {}
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://chat.test", headers=headers) as client:
        yield client


def links(page: PageReader) -> list[str]:
    return [attrs["href"] for attrs in page.all("a") if attrs.get("href", "").startswith("/tieuchi/")]


# --- the list ---------------------------------------------------------------------------------------------------------


async def test_a_stranger_reads_the_shipped_rules_without_beginning_a_conversation(
    client: httpx.AsyncClient, reception: FakeReception
) -> None:
    response = await client.get("/tieuchi")
    page = PageReader(response.text)
    assert response.status_code == 200
    assert "set-cookie" not in response.headers
    assert not reception.accepted
    assert links(page)[0] == "/tieuchi/gia_dinh_mau/1"
    assert "/tieuchi/cong_dong_hoc_tap_xa/1" in links(page)
    assert "/tieuchi/cong_dong_hoc_tap_xa_tt44/1" in links(page)[-4:], "past sets come last"
    assert "Cộng đồng học tập cấp xã (chính thức)" in page.text
    assert "Gia đình học tập (phiếu mẫu)" in page.text


@pytest.mark.parametrize("person", [family_at(HAMLET), officer_of(COMMUNE)], ids=["family", "officer"])
async def test_people_read_what_is_in_force_where_they_are(person: PersonRecord) -> None:
    async with browser(person, [(COMMUNE, own_set())]) as client:
        page = PageReader((await client.get("/tieuchi")).text)
    assert links(page)[0] == "/tieuchi/gia_dinh_mau_p2/1"
    assert "/tieuchi/gia_dinh_mau/1" not in links(page)
    assert "Gia đình học tập xã Mẫu (của địa phương)" in page.text
    assert "Quyết định số 12/QĐ-UBND" in page.text


@pytest.mark.parametrize("person", [None, family_at(Place(9, "Xã Khác", "", "commune", "/1/9/"))], ids=["none", "far"])
async def test_others_do_not(person: PersonRecord | None) -> None:
    async with browser(person, [(COMMUNE, own_set())]) as client:
        page = PageReader((await client.get("/tieuchi")).text)
    assert links(page)[0] == "/tieuchi/gia_dinh_mau/1"


@pytest.mark.parametrize("words", ["tủ sách", "tu sach"])
async def test_words_lead_to_the_very_place(client: httpx.AsyncClient, words: str) -> None:
    page = PageReader((await client.get("/tieuchi", params={"q": words})).text)
    assert links(page)[0] == "/tieuchi/cong_dong_thon_mau/1#i-thon_tu_sach"
    assert page.all("input", name="q")[0]["value"] == words
    there = PageReader((await client.get(links(page)[0].partition("#")[0])).text)
    assert there.all("div", id="i-thon_tu_sach")


async def test_what_is_found_of_a_set_leads_to_the_set(client: httpx.AsyncClient) -> None:
    page = PageReader((await client.get("/tieuchi?q=dòng+họ+học+tập")).text)
    assert links(page)[0] == "/tieuchi/dong_ho_mau/1"


async def test_a_criterion_without_indicators_is_found_in_the_contents() -> None:
    bare = replace(SETS["cong_dong_hoc_tap_xa_tt44"], id="khung", valid_until=None)
    async with browser(family_at(HAMLET), [(COMMUNE, bare)]) as client:
        page = PageReader((await client.get("/tieuchi?q=binh+dang+gioi")).text)
        there = PageReader((await client.get("/tieuchi/khung/1")).text)
    assert links(page)[0] == "/tieuchi/khung/1#c-12"
    assert there.all("p", id="c-12")
    assert "chưa biết cách cho điểm" in there.text


async def test_of_very_much_the_best_is_shown_and_the_rest_counted(client: httpx.AsyncClient) -> None:
    page = PageReader((await client.get("/tieuchi?q=học")).text)
    found = int(re.findall(r"Có (\d+) chỗ nói về “học”", page.text)[0])
    more = int(re.findall(r"Còn (\d+) chỗ nữa", page.text)[0])
    assert len(links(page)) == found - more + len(SETS)


async def test_nothing_found_is_said_with_an_example(client: httpx.AsyncClient) -> None:
    page = PageReader((await client.get("/tieuchi?q=dưa+hấu")).text)
    assert "Chưa thấy chỗ nào nói về “dưa hấu”" in page.text
    assert "ví dụ: Trẻ em đi học" in page.text


@pytest.mark.parametrize("query", ["", "+", "🍉", "%ff%00", "%ed%a0%80", "x" * 5000, "%25(query)s", "'%22%3Cb%3E"])
async def test_any_query_is_answered(client: httpx.AsyncClient, query: str) -> None:
    response = await client.get(f"/tieuchi?q={query}")
    assert response.status_code == 200
    assert "<b>" not in response.text


# --- a set ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("criteria", shipped(), ids=lambda criteria: criteria.id)
async def test_a_set_is_whole_on_one_page(client: httpx.AsyncClient, criteria: CriteriaSet) -> None:
    response = await client.get(f"/tieuchi/{criteria.id}/{criteria.version}")
    page = PageReader(response.text)
    assert criteria.issuing_document in page.text
    for criterion in criteria.criteria:
        assert criterion.title.vi in page.text
    for indicator in criteria.indicators:
        assert indicator.question.vi in page.text
        assert indicator.article in page.text
        assert indicator.evidence is None or indicator.evidence.vi in page.text
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {attrs["href"][1:] for attrs in page.all("a") if attrs["href"].startswith("#")} <= set(ids)
    assert len(page.all("h1")) == 1


async def test_the_standing_stands_on_top_and_on_every_printed_page(client: httpx.AsyncClient) -> None:
    response = await client.get("/tieuchi/gia_dinh_mau/1")
    body = response.text[response.text.index("<main") :]
    assert body.index("PHIẾU MẪU: chưa phải bộ tiêu chí chính thức") < body.index("<h1>")
    assert body.count('<section class="criterion">\n<p class="of">Gia đình học tập (phiếu mẫu)</p>') == 4
    assert PageReader(response.text).text.strip().startswith("Gia đình học tập (phiếu mẫu)")  # the title of the page


async def test_a_set_of_another_place_or_time_can_be_read_by_its_address() -> None:
    """The chat gives such addresses to people who have no cookie here, and old results name old sets."""
    async with browser(None, [(COMMUNE, own_set())]) as client:
        own = await client.get("/tieuchi/gia_dinh_mau_p2/1")
        past = await client.get("/tieuchi/don_vi_tt22_tinh/1")
    assert "Đây là bộ tiêu chí của địa phương." in own.text
    assert "Hôm nay bộ này không áp dụng." in past.text


@pytest.mark.parametrize("address", ["/tieuchi/khong_co/1", "/tieuchi/gia_dinh_mau/9", "/tieuchi/%00/%f0%9f%8d%89"])
async def test_a_set_that_is_not_there_leads_back_to_the_list(client: httpx.AsyncClient, address: str) -> None:
    response = await client.get(address)
    assert response.status_code == 404
    assert 'href="/tieuchi"' in response.text


async def test_what_a_locality_wrote_is_never_markup() -> None:
    text = Text("<img src=x onerror=alert(1)> 50%(x)s")
    own = replace(own_set(), title=text, note=text, issuing_document=text.vi)
    async with browser(family_at(HAMLET), [(COMMUNE, own)]) as client:
        pages = [PageReader((await client.get(a)).text) for a in ("/tieuchi", "/tieuchi/gia_dinh_mau_p2/1")]
    for page in pages:
        assert not page.all("img")
        assert text.vi in page.text


# --- for every browser ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/tieuchi?q=sách", "/tieuchi/cong_dong_hoc_tap_xa/1"])
async def test_pages_need_no_script_and_keep_to_the_policy(client: httpx.AsyncClient, address: str) -> None:
    response = await client.get(address)
    page = PageReader(response.text)
    assert response.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
    assert not page.all("script")
    assert not [attrs for _, attrs in page.tags if any(name == "style" or name.startswith("on") for name in attrs)]
    labelled = {attrs["for"] for attrs in page.all("label")}
    assert all(field["id"] in labelled for field in page.all("input"))
    for sheet in page.all("link", rel="stylesheet"):
        assert (await client.get(sheet["href"])).headers["content-type"].startswith("text/css")


def test_what_prints_well_does_so_in_old_browsers_too() -> None:
    printed = PRINTED[PRINTED.index("@media print") :]
    assert "@page { size: A4;" in PRINTED
    assert re.search(r"\.criterion \{[^}]*page-break-before: always;", printed)
    assert re.search(r"\.indicator \{[^}]*page-break-inside: avoid;", printed)
    assert re.search(r"body, main\.rules \{ display: block;", printed), "pages do not break inside flex boxes"
    assert re.search(r"\.paperless \{ display: none; \}", printed)


async def test_the_chat_leads_to_the_rules_and_back(person: Person) -> None:
    page = await person.open()
    assert page.all("a", href="/tieuchi")
    page = await person.open("/tieuchi")
    assert page.all("a", href="/")
    page = await person.open("/tieuchi/gia_dinh_mau/1")
    assert page.all("a", href="/tieuchi")


async def test_a_stranger_s_browser_says_the_language(client: httpx.AsyncClient) -> None:
    page = PageReader((await client.get("/tieuchi/gia_dinh_mau/1", headers=ENGLISH)).text)
    assert page.all("html")[0]["lang"] == "en"
    assert "Learning family (sample sheet)" in page.text
    assert "Children at school" in page.text


async def test_of_somebody_known_the_conversation_says_it() -> None:
    async with browser(family_at(HAMLET, locale="en")) as client:
        page = PageReader((await client.get("/tieuchi")).text)
    assert page.all("html")[0]["lang"] == "en"
    async with browser(family_at(HAMLET)) as client:
        page = PageReader((await client.get("/tieuchi", headers=ENGLISH)).text)
    assert page.all("html")[0]["lang"] == "vi"


async def test_too_much_reading_waits() -> None:
    settings = replace(SETTINGS, posts_of_address=Rate(burst=2, per_s=1))
    async with browser(settings=settings) as client:
        codes = [(await client.get(a)).status_code for a in ("/tieuchi", "/tieuchi/gia_dinh_mau/1", "/tieuchi")]
        late = await client.get("/tieuchi/gia_dinh_mau/1")
    assert codes == [200, 200, 429]
    assert int(late.headers["retry-after"]) >= 1
