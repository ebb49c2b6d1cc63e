"""The cards that somebody gets are of households they may give out codes for, with the codes that work."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pytest

from bot.dialogs.effects import DocumentKind
from bot.dialogs.facts import RoleKind
from tests.services.office import HAMLET, Office
from tests.village.roll import HEAD, NAMES, become_head, code_of, enter, hamlet, ids
from tests.village.rows import Rows, Write


@pytest.fixture
async def village(office: Office) -> Office:
    """A village head with three households that all have a code."""
    await hamlet(office)
    return office


def words_of(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(BytesIO(data)).pages)


def grouped(code: str) -> str:
    return f"{code[:5]} {code[5:]}"


async def test_the_sheet_of_the_hamlet_has_every_household_with_its_code(village: Office, rows: Rows) -> None:
    document = await village.document(HEAD)
    said = words_of(document.data)
    for name, id_ in (await ids(rows)).items():
        assert f"Hộ {name}" in said
        assert grouped(code_of(id_)) in said
    assert document.name == "the-moi-thon-mau-1-2026.pdf"


async def test_a_household_added_later_gets_its_code_when_cards_are_printed_again(village: Office, rows: Rows) -> None:
    await enter_more(village, "Phạm Thị Dung")
    await village.desk.tap(HEAD, "Thêm hộ, thẻ mời, Excel")
    await village.desk.tap(HEAD, "In thẻ mời cho cả thôn")
    said = words_of((await village.document(HEAD)).data)
    assert all(grouped(code_of(id_)) in said for id_ in (await ids(rows)).values())


async def enter_more(office: Office, name: str) -> None:
    await office.desk.type(HEAD, "/canbo")
    await enter(office, name)


async def test_the_card_of_one_household_is_a_picture_of_its_code(village: Office, rows: Rows) -> None:
    document = await village.made(HEAD, DocumentKind.INVITE_CARD, str((await ids(rows))[NAMES[0]]))
    assert document.data.startswith(b"\x89PNG")
    assert document.name == "ho-nguyen-van-an-2026.png"


async def test_who_left_is_on_no_card(village: Office, rows: Rows, write: Write) -> None:
    gone = (await ids(rows))[NAMES[0]]
    await write("UPDATE subject SET left_on = '2026-11-22' WHERE id = :gone", gone=gone)
    assert NAMES[0] not in words_of((await village.document(HEAD)).data)
    with pytest.raises(ValueError, match="no card"):
        await village.made(HEAD, DocumentKind.INVITE_CARD, str(gone))


@pytest.mark.parametrize(
    ("kind", "of"),
    [
        (DocumentKind.CARDS, "place/3"),
        (DocumentKind.CARDS, "subject/1"),
        (DocumentKind.INVITE_CARD, "1"),
        (DocumentKind.CARDS, "place/"),
        (DocumentKind.CARDS, "everything/3"),
        (DocumentKind.INVITE_CARD, "x"),
        (DocumentKind.INVITE_CARD, ""),
    ],
)
async def test_nobody_else_gets_a_card(village: Office, kind: DocumentKind, of: str) -> None:
    """The web page hands out whatever document is asked for, so that the makers themselves must refuse."""
    await become_head(village, "other", HAMLET + 1)
    await village.desk.register("family")
    for who in ("other", "family"):
        with pytest.raises(ValueError, match="no card"):
            await village.made(who, kind, of)


async def test_an_officer_above_gets_them(village: Office) -> None:
    await village.officer("officer")
    assert words_of((await village.made("officer", DocumentKind.CARDS, f"place/{HAMLET}")).data)


async def test_the_card_of_a_role_is_for_who_may_grant_it_while_the_code_works(village: Office) -> None:
    await village.officer("officer")
    code = await village.code(HAMLET, RoleKind.VILLAGE_HEAD)
    of = f"{code}/village_head/{HAMLET}"
    assert (await village.made("officer", DocumentKind.ROLE_CARD, of)).data.startswith(b"\x89PNG")
    for wrong in (f"{code}/village_head/4", f"{code}/officer/2", "ABCD2345/village_head/3", f"{code}/x/3", code, ""):
        with pytest.raises(ValueError, match="no such code"):
            await village.made("officer", DocumentKind.ROLE_CARD, wrong)
    with pytest.raises(ValueError, match="no such code"):
        await village.made(HEAD, DocumentKind.ROLE_CARD, of)
    await village.desk.type("next", f"/start {code}")
    await village.desk.tap("next", "Đồng ý")
    with pytest.raises(ValueError, match="no such code"):
        await village.made("officer", DocumentKind.ROLE_CARD, of)


async def test_a_lost_card_is_made_void_by_a_new_code(village: Office, rows: Rows) -> None:
    an = (await ids(rows))[NAMES[0]]
    await village.desk.type(HEAD, f"/start {code_of(an)}")
    screen = await village.desk.tap(HEAD, "Đổi mã mới")
    assert "thẻ cũ không dùng được nữa" in village.words(screen)
    assert (await village.document(HEAD)).data.startswith(b"\x89PNG")
    assert "thay bằng mã khác" in village.words(await village.desk.type("an", f"/start {code_of(an)}"))
    assert "hộ Nguyễn Văn An" in village.words(await village.desk.type("bình", f"/start {code_of(an, 2)}"))
