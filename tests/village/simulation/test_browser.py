"""One household of a village on the web chat, in a real browser on two small phones: the family's and the head's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.support.browser import ARGUMENTS, chromium_or_skip
from tests.support.process import hoctap
from tests.support.program import free_port, program

pytestmark = pytest.mark.browser

PATIENCE_MS = 30_000
"""How long a busy machine may take for a screen."""
HAMLET = "3"
ANSWERS = ("1", "1", "1", "2/2", "2", "2", "có", "50", "1", "1", "có", "3")
"""One typed answer for each of the twelve questions of the sample sheet."""
REASON = "Xin đếm lại số sách"


class Phone:
    """A person with a browser, 360 pixels wide; every step is kept as a picture."""

    def __init__(self, name: str, page: Page, folder: Path) -> None:
        self.name = name
        self.page = page
        self._folder = folder
        self._step = 0
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda message: self.faults.append(message.text) if message.type == "error" else None)

    @classmethod
    async def opened(cls, browser: Browser, name: str, folder: Path) -> Phone:
        """Open a browser of its own, so that nobody shares a cookie."""
        context = await browser.new_context(
            viewport={"width": 360, "height": 640},
            device_scale_factor=2,
            has_touch=True,
            locale="vi-VN",
            reduced_motion="reduce",
        )
        return cls(name, await context.new_page(), folder)

    async def tap(self, label: str, then: str) -> None:
        """Tap a button and wait for what follows."""
        await self.page.get_by_role("button", name=label, exact=True).last.click()
        await self.sees(then)

    async def type(self, text: str, then: str) -> None:
        """Type a text and wait for what follows."""
        await self.page.locator("[name=text]").fill(text)
        await self.page.keyboard.press("Enter")
        await self.sees(then)

    async def sees(self, text: str) -> str:
        """Wait until the newest message has some words; returns it. Nothing may stand out at the side."""
        newest = self.page.locator("article").last
        await expect(newest).to_contain_text(text)
        assert await self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        self._step += 1
        await self.page.screenshot(path=self._folder / f"{self.name}-{self._step:02}.png")
        return await newest.inner_text()


async def test_a_family_and_its_head_meet_on_the_web(tmp_path: Path) -> None:
    executable = chromium_or_skip()
    expect.set_options(timeout=PATIENCE_MS)
    address = f"127.0.0.1:{free_port()}"
    where = {"HOCTAP_WEB_LISTEN": address, "HOCTAP_WEB_URL": f"http://{address}"}
    async with program(tmp_path, **where) as url, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        head = await Phone.opened(browser, "truong-thon", tmp_path)
        family = await Phone.opened(browser, "gia-dinh", tmp_path)
        made = await hoctap("admin", "grant", "village_head", HAMLET, HOCTAP_DATA_DIR=str(tmp_path))
        await head.page.goto(f"{url}/m/{made.out.splitlines()[0].rsplit(' ', 1)[1]}")
        await head.tap("Đồng ý", "Bàn làm việc")
        link = await _on_the_roll(head)

        await family.page.goto(link)
        await family.sees("Nguyễn Thị Hoa")
        await family.tap("Đồng ý", "Mấy cháu trong tuổi đi học")
        for number, answer in enumerate(ANSWERS, 1):
            await family.type(answer, f"Đã ghi câu {number}:")
        await family.tap("Nộp phiếu", "Đã nộp")

        await head.type("/desk", "Bàn làm việc")
        await head.tap("Bình xét phiếu đã nộp", "đang chờ bình xét")
        await head.tap("Xem từng phiếu", "017 Nguyễn Thị Hoa")
        await head.tap("017 Nguyễn Thị Hoa", "95/100 điểm")
        await head.tap("Trả lại một câu", "Trả lại câu số mấy?")
        await head.type("8", "Nhờ xem lại điều gì?")
        await head.type(REASON, "Đã trả lại")

        told = await family.sees(REASON)
        assert "câu 8" in told
        await family.type("9", "Đã ghi câu 8: 9 cuốn")
        await family.tap("Nộp phiếu", "Đã nộp")

        await head.type("/desk", "Bàn làm việc")
        await head.tap("Bình xét phiếu đã nộp", "đang chờ bình xét")
        await head.tap("Xem 1 phiếu nên xem lại", "đã sửa sau khi được trả lại")
        await head.tap("017 Nguyễn Thị Hoa", "Từ lúc trả lại")
        await head.tap("Xác nhận", "Đã xác nhận phiếu của Nguyễn Thị Hoa")
        await family.sees("đã xác nhận")
        await head.type("/tiendo", "1 / 1 hộ đã nộp · 1 đã xác nhận")
        await head.page.get_by_role("button", name="Xem bằng hình", exact=True).last.click()
        picture = head.page.locator("img.card").last
        await expect(picture).to_have_js_property("complete", True)
        assert await picture.evaluate("image => image.naturalWidth") == 1080
        await browser.close()
    assert head.faults == []
    assert family.faults == []


async def _on_the_roll(head: Phone) -> str:
    """Put a household on the roll from the chat; returns the link of the message that is forwarded to it."""
    await head.tap("Danh sách hộ trong thôn", "Danh sách hộ")
    await head.tap("Thêm hộ", "Họ và tên chủ hộ?")
    for said, then in (
        ("Nguyễn Thị Hoa", "Số thứ tự của hộ"),
        ("017", "Ở tổ, xóm nào"),
        ("Tổ 2", "Số điện thoại"),
        ("0912345678", "mấy người lớn"),
        ("2", "mấy trẻ trong tuổi đi học"),
        ("1", "Đã thêm hộ Nguyễn Thị Hoa"),
    ):
        await head.type(said, then)
    await head.type("/tiendo", "0 / 1 hộ đã nộp")
    await head.tap("Nhắn giúp 1 hộ", "Kính gửi gia đình Nguyễn Thị Hoa")
    found = re.search(r"http\S+/m/[A-Z0-9]+", await head.page.locator("article").last.inner_text())
    assert found is not None
    return found[0]
