"""Cards of codes: what they say, that everything fits, and that the QR leads where the channels understand."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pypdf
import pytest
import segno
from PIL import Image

from bot.dialogs.events import Typed
from bot.dialogs.facts import (
    Role,
    RoleKind,
)
from bot.dialogs.places import Place
from bot.dialogs.understanding import read_code, read_linked_code, split_command
from bot.handlers.web.translate import Arrival, read_invite, start
from bot.i18n import translator
from bot.ports.village.invitations import HouseholdCard
from bot.reports.cards import qr
from bot.reports.cards.content import Addresses, CardContent, household_card, qr_text, role_card
from bot.reports.cards.picture import card_png
from bot.reports.cards.sheet import A_PAGE, cards_pdf

WORDS = translator("vi")
HAMLET = Place(3, "Thôn Mẫu 1", "xã Mẫu, tỉnh Mẫu", "hamlet", "/1/2/3/")
LONG = Place(4, "Tổ dân phố Nguyễn Thị Minh Khai nối dài số 12", "phường Nam Nha Trang, tỉnh Khánh Hòa", "hamlet")
WEB = Addresses("https://hoctap.example", "hoctap_bot")
TELEGRAM = Addresses("", "hoctap_bot")
NOWHERE = Addresses("", "")
CODE = "ABCDE12345"
DAY = date(2026, 11, 22)


def card(name: str = "Nguyễn Văn An", place: Place = HAMLET, to: Addresses = WEB, code: str = CODE) -> CardContent:
    return household_card(HouseholdCard(7, name, "017", "Tổ 3", place, 1), code, 2026, to, WORDS)


def text_of(data: bytes) -> list[str]:
    pages = pypdf.PdfReader(BytesIO(data)).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def printed(*cards: CardContent) -> bytes:
    return cards_pdf(cards, "Thẻ mời", "vi", DAY)


def test_a_card_names_the_household_the_hamlet_and_the_code_in_groups() -> None:
    (page,) = text_of(printed(card()))
    for said in (
        "Gia đình học tập 2026", "Hộ Nguyễn Văn An", "Số 017, Tổ 3, Thôn Mẫu 1, xã Mẫu, tỉnh Mẫu", "ABCDE 12345",
        "hoctap.example",
    ):  # fmt: skip
        assert said in page


def test_eight_cards_stand_on_a_page() -> None:
    names = [f"Nguyễn Văn {letter}" for letter in "ABCDEGHIK"]
    first, second = text_of(printed(*(card(name) for name in names)))
    assert all(f"Hộ {name}" in first for name in names[:A_PAGE])
    assert f"Hộ {names[8]}" in second


def test_the_same_cards_give_the_same_bytes() -> None:
    assert printed(card()) == printed(card())


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Phước Vĩnh Bảo Quỳnh Như Hoàng Công Tằng Tôn Nữ Thị Kim Phượng",
        "Ằ" * 60,
        "Rơ Châm H’Bŭt Ê̆",
        "An",
    ],
)
def test_names_of_any_length_leave_room_for_the_code(name: str) -> None:
    """The text above ends before the code begins, on the sheet; and the picture grows with it."""
    heights = {}

    def look(text: str, _cm: object, tm: list[float], *_rest: object) -> None:
        if text.strip():
            heights[text.strip()] = tm[5]

    reader = pypdf.PdfReader(BytesIO(printed(card(name, LONG))))
    reader.pages[0].extract_text(visitor_text=look)
    code_at = next(at for text, at in heights.items() if "ABCDE 12345" in text)
    above = [at for text, at in heights.items() if "Khánh Hòa" in text or text.startswith("Hộ")]
    assert above
    assert min(above) > code_at
    assert Image.open(BytesIO(card_png(card(name, LONG)))).width == 1080


@pytest.mark.parametrize(
    ("to", "leads_to"),
    [
        (WEB, "https://hoctap.example/m/ABCDE12345"),
        (TELEGRAM, "https://t.me/hoctap_bot?start=ABCDE12345"),
        (NOWHERE, "ABCDE12345"),
    ],
)
def test_the_qr_leads_to_what_there_is(to: Addresses, leads_to: str) -> None:
    assert card(to=to).qr == leads_to
    assert read_code(leads_to) == CODE


def test_how_it_is_used_is_said_for_what_there_is() -> None:
    assert "hoctap.example" in card(to=WEB).how[1]
    assert "@hoctap_bot" in card(to=TELEGRAM).how[1]
    assert "Gõ mã" in card(to=NOWHERE).how[1]


def test_the_web_channel_understands_the_address_of_the_qr() -> None:
    """Its route /m/{code} makes of it what Telegram's deep link is: '/start CODE'."""
    path = qr_text(CODE, WEB).removeprefix("https://hoctap.example/m/")
    event = start("visitor", read_invite(path), 0, Arrival(1, "vi")).event
    assert isinstance(event, Typed)
    assert read_code(split_command(event.text)[1]) == CODE
    assert read_linked_code(qr_text(CODE, WEB)) == CODE


def test_telegram_understands_the_address_of_the_qr() -> None:
    payload = qr_text(CODE, TELEGRAM).partition("?start=")[2]
    assert read_code(split_command(f"/start {payload}")[1]) == CODE
    assert len(payload) <= 64
    assert all(sign.isalnum() for sign in payload)


@pytest.mark.parametrize("to", [WEB, TELEGRAM, NOWHERE])
def test_the_dots_in_the_picture_are_those_of_the_qr(to: Addresses) -> None:
    content = card(to=to)
    image = Image.open(BytesIO(card_png(content))).convert("RGB")
    assert dots_in(image, len(qr.matrix(content.qr))) == qr.matrix(content.qr)


def test_the_dots_are_those_of_the_library() -> None:
    text = qr_text(CODE, WEB)
    assert qr.matrix(text) == tuple(tuple(map(bool, row)) for row in segno.make_qr(text, error="m").matrix)


def test_strips_are_the_dots() -> None:
    dots = qr.matrix(qr_text(CODE, WEB))
    dark = {(column + more, row) for column, row, length in qr.strips(dots) for more in range(length)}
    assert dark == {(x, y) for y, line in enumerate(dots) for x, is_dark in enumerate(line) if is_dark}


def test_the_card_of_a_role_says_which_until_when_and_how_often() -> None:
    content = role_card(Role(RoleKind.VILLAGE_HEAD, HAMLET), "ABCD2345", date(2027, 6, 30), TELEGRAM, WORDS)
    assert (content.name, content.place, content.code) == ("Trưởng thôn", "Thôn Mẫu 1, xã Mẫu, tỉnh Mẫu", "ABCD 2345")
    assert "một người" in content.note
    assert "30/06/2027" in content.note
    assert card_png(content)


def dots_in(image: Image.Image, size: int) -> qr.Matrix:
    """Read the dots back: the black ones fill whole squares of pure black, which nothing else on the card is."""
    black = [(x, y) for y in range(image.height) for x in range(image.width) if image.getpixel((x, y)) == (0, 0, 0)]
    left, top = min(x for x, _ in black), min(y for _, y in black)
    dot = (max(x for x, _ in black) - left + 1) // size
    return tuple(
        tuple(
            image.getpixel((left + column * dot + dot // 2, top + row * dot + dot // 2)) == (0, 0, 0)
            for column in range(size)
        )
        for row in range(size)
    )
