"""The whole program in a real browser on a small phone: from the first page to the score sheet and its picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect

from tests.support.browser import ARGUMENTS, chromium_or_skip
from tests.support.program import program

pytestmark = pytest.mark.browser

PATIENCE_MS = 30_000
"""How long a busy machine may take for a screen."""

ANSWERS = ("1", "1", "1", "2/2", "2", "2", "có", "50", "1", "1", "có", "3")
"""One typed answer for each of the twelve questions of the sample sheet."""


async def test_a_family_goes_from_the_first_page_to_its_score_sheet(tmp_path: Path) -> None:
    executable = chromium_or_skip()
    expect.set_options(timeout=PATIENCE_MS)
    async with program(tmp_path) as url, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        page = await browser.new_page(viewport={"width": 360, "height": 640}, locale="vi-VN")
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        await page.goto(url)
        await _tap(page, "Đồng ý")
        await expect(page.get_by_text("muốn được gọi là gì?").last).to_be_visible()
        await _type(page, "Bà Tư", "Gia đình ở thôn nào?")
        await _type(page, "1", "Nhà có mấy người lớn")
        await _tap(page, "2")
        await expect(page.get_by_text("Nhà có mấy trẻ").last).to_be_visible()
        await _tap(page, "1")
        for number, answer in enumerate(ANSWERS, 1):
            await expect(page.locator("#progress")).to_contain_text(f"Câu {number}/12")
            await page.reload()  # the place is kept, whatever the phone does
            await _type(page, answer, f"Đã ghi câu {number}:")
            assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        await _tap(page, "Nộp phiếu")
        await expect(page.get_by_text("95/100 điểm. Tạm tính: Gia đình học tập").last).to_be_visible()
        await expect(page.get_by_text("PHIẾU MẪU").last).to_be_visible()
        await _tap(page, "Lấy ảnh hoặc bản in")
        await _tap(page, "Ảnh để chia sẻ")
        card = page.locator("img.card").last
        await card.scroll_into_view_if_needed()
        await expect(card).to_have_js_property("complete", True)
        assert await card.evaluate("image => image.naturalWidth") == 1080
        await browser.close()
    assert faults == []


async def _tap(page: Page, label: str) -> None:
    await page.get_by_role("button", name=label, exact=True).last.click()


async def _type(page: Page, text: str, then: str) -> None:
    await page.locator("[name=text]").fill(text)
    await page.keyboard.press("Enter")
    await expect(page.get_by_text(then).last).to_be_visible()
