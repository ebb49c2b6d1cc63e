"""A roll is sent in as a commune keeps it: looked at, decided on, applied once, and again without doubling."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.dialogs.effects import Show
from bot.dialogs.facts import RoleKind
from bot.dialogs.screens import Screen
from bot.dialogs.village.facts import HouseholdEntry
from bot.ports.village.imports import Applying, KnownHousehold
from bot.services.village import importing
from tests.services.desk import Desk
from tests.services.office import COMMUNE, HAMLET, Office
from tests.support.messy_roll import messy_workbook

HEAD, OFFICER = "truong-thon", "can-bo"
SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Bùi", "Đặng", "Võ", "Hồ")
GIVEN = ("An", "Bình", "Cường", "Dũng", "Giang", "Hạnh", "Khánh", "Lan", "Mỹ", "Oanh", "Quý", "Sơn", "Thủy", "Ước")


def village(count: int = 30) -> tuple[HouseholdEntry, ...]:
    """Households with numbers, groups, telephones and counts."""
    return tuple(
        HouseholdEntry(
            f"{SURNAMES[at % 8]} Văn {GIVEN[at // 8 % 14]}",
            f"{at + 1:03}",
            f"Tổ {at // 20 + 1}",
            f"09{at:08}" if at % 3 else "",
            at % 4 + 1,
            at % 3,
        )
        for at in range(count)
    )


def as_csv(rows: Sequence[Sequence[object]], encoding: str = "utf-8") -> bytes:
    """A text file with columns."""
    written = io.StringIO()
    csv.writer(written, delimiter=";").writerows(rows)
    return written.getvalue().encode(encoding)


async def head(office: Office, who: str = HEAD, place_id: int = HAMLET) -> Screen:
    """Somebody becomes village head."""
    code = await office.code(place_id, RoleKind.VILLAGE_HEAD)
    await office.desk.type(who, f"/start {code}")
    return await office.desk.tap(who, "Đồng ý")


async def known(desk: Desk, *places: int) -> tuple[KnownHousehold, ...]:
    """The rolls of hamlets."""
    async with desk.storage.work() as work:
        return await work.imports.roll(places or (3, 4, 5))


async def entries(desk: Desk, *places: int) -> list[HouseholdEntry]:
    """What stands on rolls."""
    return [each.entry for each in await known(desk, *places)]


async def imported(office: Office, who: str, data: bytes, name: str = "Danh sách.xlsx") -> Screen:
    """Send a file and have it applied."""
    await office.send(who, data, name)
    screen = await office.desk.screen(who)
    apply = next(label for label in office.labels(screen) if label.startswith("Nhập "))
    await office.desk.tap(who, apply)
    await office.apply()
    return await office.desk.screen(who)


async def test_a_messy_roll_is_previewed_and_then_applied(office: Office, desk: Desk) -> None:
    await head(office)
    screen = await office.send(HEAD, messy_workbook(village()), "DS hộ thôn.xlsx")
    words = office.words(screen)

    assert screen.name == "upload_preview"
    assert "30 hộ mới sẽ được thêm." in words
    assert "Nguyễn Văn An · số 001 · Tổ 1 · 1 người lớn · 0 trẻ đi học" in words
    assert "Không giữ các cột riêng tư: “Số CCCD”; “Dân tộc”." in words
    assert await known(desk) == ()

    screen = await desk.tap(HEAD, "Nhập 30 hộ")
    assert "Đang nhập: 0 trong 30 dòng." in office.words(screen)
    assert await office.apply() == 30
    screen = await desk.screen(HEAD)
    assert "Đã nhập xong danh sách của Thôn Mẫu 1" in office.words(screen)
    assert "Đã thêm 30 hộ." in office.words(screen)
    assert await entries(desk, HAMLET) == list(village())
    assert await entries(desk, 4, 5) == []
    screen = await desk.tap(HEAD, "Xem danh sách hộ")
    assert screen.name == "households"


async def test_importing_again_changes_nothing_and_a_changed_row_updates(office: Office, desk: Desk) -> None:
    await head(office)
    await imported(office, HEAD, messy_workbook(village()))
    screen = await office.send(HEAD, messy_workbook(village()))
    assert "30 hộ đã có, không đổi gì." in office.words(screen)
    assert not any(label.startswith("Nhập") for label in office.labels(screen))

    changed = (replace(village()[0], phone="0999999999", adults=5), *village()[1:])
    screen = await office.send(HEAD, messy_workbook(changed))
    assert "1 hộ đã có sẽ được sửa." in office.words(screen)
    await desk.tap(HEAD, "Nhập 1 hộ")
    await office.apply()
    assert await entries(desk) == list(changed)


async def test_likely_doubles_are_decided_one_by_one(office: Office, desk: Desk) -> None:
    await head(office)
    first = (
        HouseholdEntry("Nguyễn Văn An", "1"),
        HouseholdEntry("Trần Thị Hoa", "2"),
        HouseholdEntry("Lê Văn Ba", "3", phone="0912345678"),
    )
    await imported(office, HEAD, messy_workbook(first))
    again = (
        HouseholdEntry("Nguyễn Văn Ân", "9"),
        HouseholdEntry("Phạm Thị Mai", "2"),
        HouseholdEntry("Lê Thị Tư", "8", phone="0912345678"),
        HouseholdEntry("Võ Văn Mới", "10"),
    )
    screen = await office.send(HEAD, messy_workbook(again))
    assert "3 hộ có thể trùng." in office.words(screen)
    assert "1 hộ mới sẽ được thêm." in office.words(screen)

    screen = await desk.tap(HEAD, "Xem hộ có thể trùng")
    assert "Hai bên cùng tên." in office.words(screen)
    screen = await desk.tap(HEAD, "Hai hộ khác nhau")
    assert "Hai bên cùng số hộ, nhưng khác tên." in office.words(screen)
    screen = await desk.tap(HEAD, "Là một hộ")
    assert "Hai bên cùng số điện thoại." in office.words(screen)
    screen = await desk.tap(HEAD, "Để sau")

    assert screen.name == "upload_preview"
    await desk.tap(HEAD, "Nhập 3 hộ")
    await office.apply()
    assert "1 dòng chưa nhập" in office.words(await desk.screen(HEAD))
    names = [(each.number, each.name) for each in await entries(desk)]
    assert names == [
        ("1", "Nguyễn Văn An"),
        ("2", "Phạm Thị Mai"),
        ("3", "Lê Văn Ba"),
        ("9", "Nguyễn Văn Ân"),
        ("10", "Võ Văn Mới"),
    ]


async def test_a_family_that_registered_itself_is_shown_before_it_is_doubled(office: Office, desk: Desk) -> None:
    await desk.register("gia-dinh")
    (family,) = await known(desk)
    await head(office, place_id=family.place_id)
    await office.send(HEAD, as_csv([["Họ tên", "Số hộ"], [family.entry.name, "5"]]), "a.csv")
    screen = await desk.tap(HEAD, "Xem hộ có thể trùng")
    assert "tự đăng ký" in office.words(screen)
    await desk.tap(HEAD, "Là một hộ")
    await desk.tap(HEAD, "Nhập 1 hộ")
    await office.apply()
    (after,) = await known(desk)
    assert (after.subject_id, after.entry.number, after.is_listed) == (family.subject_id, "5", True)


async def test_problems_are_told_by_cell_page_by_page(office: Office) -> None:
    await head(office)
    rows = [["Số hộ", "Chủ hộ", "SĐT", "Người lớn"]]
    rows += [[str(at), f"Hộ Số {at}", "12", "2"] for at in range(1, 9)]
    rows += [["9", "", "0912345678", "2"], ["10", "Lê Văn Đủ", "0912345678", "nhiều"]]
    screen = await office.send(HEAD, as_csv(rows), "ds.csv")
    assert "chỗ trong tệp cần xem lại" in office.words(screen)
    screen = await office.desk.tap(HEAD, "Xem lỗi")
    assert "ô B2: “Hộ Số 1” không giống họ tên người." in office.words(screen)
    screen = await office.desk.tap(HEAD, "Xem tiếp")
    assert "ô B10: Dòng này thiếu họ tên chủ hộ" in office.words(screen)
    assert "ô D11: “nhiều” không phải số người" in office.words(screen)
    screen = await office.desk.tap(HEAD, "Quay lại")
    assert screen.name == "upload_preview"


async def test_an_officer_s_file_is_placed_by_its_hamlets(office: Office, desk: Desk) -> None:
    await office.officer(OFFICER)
    rows = [["Thôn", "Họ và tên chủ hộ"], ["MẪU 1", "Lê Văn Một"], ["thôn mẫu 02", "Lê Văn Hai"], ["Lạ", "Lê Văn Ba"]]
    screen = await office.send(OFFICER, as_csv(rows), "xa.csv")
    assert "2 hộ mới sẽ được thêm." in office.words(screen)
    assert "1 chỗ trong tệp cần xem lại." in office.words(screen)
    await desk.tap(OFFICER, "Nhập 2 hộ")
    await office.apply()
    assert [each.name for each in await entries(desk, 3)] == ["Lê Văn Một"]
    assert [each.name for each in await entries(desk, 4)] == ["Lê Văn Hai"]


async def test_an_officer_is_asked_for_the_hamlet_that_a_file_does_not_name(office: Office, desk: Desk) -> None:
    await office.officer(OFFICER, COMMUNE)
    screen = await office.send(OFFICER, as_csv([["Họ và tên chủ hộ"], ["Lê Văn Một"], ["Lê Văn Hai"]]), "xa.csv")
    assert screen.name == "upload_place"
    screen = await desk.type(OFFICER, "mẫu 2")
    if screen.name == "upload_place":
        await desk.tap(OFFICER, next(label for label in office.labels(screen) if "Mẫu 2" in label))
    assert await office.read() == 1
    screen = await desk.screen(OFFICER)
    assert "Đã đọc tệp: Thôn Mẫu 2" in office.words(screen)
    await desk.tap(OFFICER, "Nhập 2 hộ")
    await office.apply()
    assert len(await known(desk, 4)) == 2


async def test_a_village_head_imports_nothing_of_another_hamlet(office: Office, desk: Desk) -> None:
    await head(office)
    rows = [["Thôn", "Họ và tên chủ hộ"], ["Thôn Mẫu 2", "Lê Văn Hai"], ["Thôn Mẫu 1", "Lê Văn Một"]]
    screen = await office.send(HEAD, as_csv(rows), "xa.csv")
    await desk.tap(HEAD, "Xem lỗi")
    assert "không phải Thôn Mẫu 1" in office.words(await desk.screen(HEAD))
    await desk.tap(HEAD, "Quay lại")
    await desk.tap(HEAD, "Nhập 1 hộ")
    await office.apply()
    assert [(each.place_id, each.entry.name) for each in await known(desk)] == [(3, "Lê Văn Một")]
    assert screen.name == "upload_preview"


async def test_a_head_whose_role_ended_meanwhile_changes_nothing(office: Office, desk: Desk) -> None:
    await head(office)
    await office.send(HEAD, messy_workbook(village(5)))
    await desk.tap(HEAD, "Nhập 5 hộ")
    person = await desk.person(HEAD)

    class NoRoles(type(office.imports)):  # type: ignore[misc]  # the class of the job under test
        async def _asker(self, work: object, upload: object) -> object:
            asker = await super()._asker(work, upload)
            return replace(asker, person=replace(asker.person, roles=()))

    office.imports.__class__ = NoRoles
    await office.apply()
    assert await known(desk) == ()
    assert person.roles


async def test_a_crash_in_the_middle_goes_on_where_it_was(
    office: Office, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "CHUNK", 10)
    await head(office)
    await office.send(HEAD, messy_workbook(village(35)))
    await desk.tap(HEAD, "Nhập 35 hộ")
    chunks = 0
    kind = office.imports._kinds[-1]
    whole = kind.apply

    async def die_in_the_third(*args: object) -> object:
        nonlocal chunks
        chunks += 1
        done = await whole(*args)  # type: ignore[arg-type]  # handed through
        if chunks == 3:
            raise asyncio.CancelledError
        return done

    with monkeypatch.context() as dying:
        dying.setattr(kind, "apply", die_in_the_third)
        with pytest.raises(asyncio.CancelledError):
            await office.imports.run_once()
    assert len(await known(desk)) == 20
    assert "Đang nhập: 20 trong 35 dòng." in office.words(await desk.tap(HEAD, "Xem đã đến đâu"))

    other = Office(Desk(desk.storage, desk.clock, first_update=9000), office.folder)
    assert sum(await asyncio.gather(other.imports.run_once(), office.imports.run_once())) == 15
    await desk.handle_all()
    assert await entries(desk) == list(village(35))
    assert "Đã thêm 35 hộ." in office.words(await desk.screen(HEAD))
    assert await office.apply() == 0


async def test_an_import_that_cannot_be_written_is_given_up_and_told(
    office: Office, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await head(office)
    await office.send(HEAD, messy_workbook(village(3)))
    await desk.tap(HEAD, "Nhập 3 hộ")

    async def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(office.imports._kinds[-1], "apply", fail)
    for _ in range(importing.ATTEMPTS):
        await office.apply()
    assert "không còn nhập được nữa" in office.words(await desk.screen(HEAD))


async def test_what_came_meanwhile_is_matched_again_when_applying(office: Office, desk: Desk) -> None:
    await head(office)
    await head(office, "chi-hoi")
    await office.send(HEAD, messy_workbook(village(12)))
    await imported(office, "chi-hoi", messy_workbook(village(10)))
    await desk.tap(HEAD, "Nhập 12 hộ")
    await office.apply()
    assert await entries(desk) == list(village(12))
    assert "Đã thêm 2 hộ." in office.words(await desk.screen(HEAD))


async def test_who_went_on_with_other_things_is_told_without_being_led_away(office: Office, desk: Desk) -> None:
    await head(office)
    await office.send(HEAD, messy_workbook(village(4)))
    await desk.tap(HEAD, "Nhập 4 hộ")
    await desk.tap(HEAD, "Quay lại")
    before = (await desk.screen(HEAD)).name
    await office.apply()
    screen = await desk.screen(HEAD)
    assert screen.name == before
    assert "Đã nhập xong tệp danh sách." in office.words(screen)


async def test_old_files_and_old_fonts_are_refused_with_advice(office: Office) -> None:
    await head(office)
    screen = await office.send(HEAD, bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "ds.xls")
    assert ".xls cũ" in office.words(screen)
    tcvn3 = as_csv([["Hä vµ tªn chñ hé", "§iÖn tho¹i"], ["NguyÔn V¨n §øc", "1"], ["TrÇn ThÞ H­¬ng", "2"]], "cp1252")
    assert "Unikey" in office.words(await office.send(HEAD, tcvn3, "ds.csv"))
    assert "Lấy tệp mẫu" in office.labels(await office.desk.screen(HEAD))


async def test_a_family_cannot_send_in_a_roll(office: Office, desk: Desk) -> None:
    await desk.register("gia-dinh")
    await desk.tap("gia-dinh", "Để sau")
    await office.sent("gia-dinh", messy_workbook(village(2)))
    assert await office.proposals.run_once() == 0
    assert len(await known(desk)) == 1


async def test_the_sender_sees_how_far_it_is(office: Office, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "CHUNK", 10)
    monkeypatch.setattr(importing, "TOLD_EVERY_S", 0.0)
    await head(office)
    await office.send(HEAD, messy_workbook(village(25)))
    await desk.tap(HEAD, "Nhập 25 hộ")
    kind = office.imports._kinds[-1]
    whole, seen = kind.apply, []

    async def look(*args: object) -> object:
        if applying_of(args).applied:
            seen.append(applying_of(args).applied)
        return await whole(*args)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(kind, "apply", look)
    assert await office.imports.run_once() == 25
    async with desk.storage.work() as work:
        assert await work.inbox.has_pending(desk.clock.now())
    before = len(await desk.mail(HEAD))
    await desk.handle_all()
    shown = [office.words(each.screen) for each in (await desk.mail(HEAD))[before:] if isinstance(each, Show)]
    assert seen == [10, 20]
    assert "Đã nhập xong danh sách" in shown[-1]


def applying_of(args: tuple[object, ...]) -> Applying:
    """The file that is applied."""
    (found,) = (each for each in args if isinstance(each, Applying))
    return found
