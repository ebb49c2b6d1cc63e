"""The chat in a real browser: tapping through, losing the line, coming back, the keyboard, large text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Page, Route, expect

from bot.dialogs.effects import Notice
from bot.dialogs.events import FileSent, Pressed, Typed
from bot.dialogs.screens import say
from tests.browser.conftest import OpenPhone, Phone

pytestmark = pytest.mark.browser

WAYS = ("Đồng ý", "Bà Hoa", "Có", "3", "2/3", "Có tủ sách chung", "Nộp phiếu")


def _presses(phone: Phone) -> list[str]:
    return [update.event.choice for update in phone.reception.accepted if isinstance(update.event, Pressed)]


def _walk(phone: Phone, check: Callable[[Page], None] = lambda _page: None) -> None:
    """Go from consent to the result, calling `check` on every screen."""
    for number, answer in enumerate(WAYS):
        check(phone.page)
        if number in {1, 4}:
            phone.type(answer)
        else:
            phone.tap(answer)
        expect(phone.page.locator("#composer [name=seen]")).to_have_value(str(number + 1))
    check(phone.page)


def test_a_family_taps_through_to_its_result(phone: Phone) -> None:
    _walk(phone)
    phone.sees("86 điểm")
    assert _presses(phone) == ["agree", "yes", "n3", "b", "hand_in"]
    assert not phone.complaints


def test_what_was_tapped_is_shown_at_once(phone: Phone) -> None:
    phone.reception.is_silent = True
    phone.tap("Đồng ý")
    expect(phone.page.locator(".own-text").last).to_have_text("Đồng ý")


def test_a_double_tap_is_one_answer(phone: Phone) -> None:
    phone.page.get_by_role("button", name="Đồng ý", exact=True).dblclick()
    phone.sees("muốn được gọi là gì?")
    assert _presses(phone) == ["agree"]


def test_the_line_is_lost_and_the_answer_arrives_once(phone: Phone) -> None:
    phone.context.set_offline(True)
    phone.tap("Đồng ý")
    expect(phone.page.get_by_role("alert")).to_contain_text("Mất kết nối")
    expect(phone.page.locator(".own-text").last).to_have_text("Đồng ý")
    assert _presses(phone) == []
    phone.context.set_offline(False)
    phone.sees("muốn được gọi là gì?")
    expect(phone.page.get_by_role("alert")).to_contain_text("Đã có kết nối trở lại")
    assert _presses(phone) == ["agree"]


def test_an_acknowledgement_lost_on_the_way_makes_no_second_answer(phone: Phone) -> None:
    lost: list[int] = []

    def lose_first_answer(route: Route) -> None:
        if not lost:
            lost.append(route.fetch().status)
            route.abort("connectionreset")
        else:
            route.continue_()

    phone.page.route("**/send", lose_first_answer)
    phone.tap("Đồng ý")
    phone.sees("muốn được gọi là gì?")
    expect(phone.page.locator(".own-state", has_text="Chờ gửi lại")).to_have_count(0)
    assert lost == [200]
    assert _presses(phone) == ["agree"]
    phone.page.wait_for_function("Object.keys(localStorage).length === 0")
    assert phone.reception.calls == 3


def test_what_could_not_be_sent_survives_a_reload(phone: Phone) -> None:
    phone.page.route("**/send", lambda route: route.abort())
    phone.tap("Đồng ý")
    expect(phone.page.get_by_role("alert")).to_be_visible()
    phone.page.unroute("**/send")
    phone.page.reload()
    phone.sees("muốn được gọi là gì?")
    assert _presses(phone) == ["agree"]
    phone.page.wait_for_function("Object.keys(localStorage).length === 0")


def test_a_page_of_somebody_in_between_is_no_acknowledgement(phone: Phone) -> None:
    """Captive portals answer everything with 200 and a page of their own."""
    pages: list[int] = []

    def portal(route: Route) -> None:
        if len(pages) < 1:
            pages.append(1)
            route.fulfill(status=200, body="<html>Xin đăng nhập wifi</html>")
        else:
            route.continue_()

    phone.page.route("**/send", portal)
    phone.tap("Đồng ý")
    phone.sees("muốn được gọi là gì?")
    assert _presses(phone) == ["agree"]


def test_a_busy_server_is_tried_again(phone: Phone) -> None:
    phone.reception.fails = True
    phone.tap("Đồng ý")
    expect(phone.page.get_by_role("alert")).to_contain_text("Máy chủ đang bận")
    phone.reception.fails = False
    phone.sees("muốn được gọi là gì?")
    assert _presses(phone) == ["agree"]


def test_a_lost_cookie_is_said_and_the_page_can_be_opened_again(phone: Phone) -> None:
    phone.context.clear_cookies()
    phone.tap("Đồng ý")
    expect(phone.page.get_by_role("alert")).to_contain_text("Trang này đã cũ")
    phone.page.get_by_role("link", name="Mở lại trang").click()
    phone.page.get_by_role("button", name="Đồng ý", exact=True).wait_for()
    assert phone.page.evaluate("Object.keys(localStorage).length") == 0


def test_reload_keeps_the_place_and_what_one_said(phone: Phone) -> None:
    phone.to_the_first_question()
    phone.page.reload()
    phone.page.get_by_role("button", name="Không", exact=True).wait_for()
    assert phone.page.locator(".own-text").all_text_contents() == ["Đồng ý", "Bà Hoa"]
    order = phone.page.locator("#log > article, #log > .own").evaluate_all("all => all.map(e => e.tagName)")
    assert order == ["ARTICLE", "DIV", "ARTICLE", "DIV", "ARTICLE"]
    expect(phone.page.get_by_role("progressbar")).to_have_attribute("aria-valuetext", "Câu 1/4")


def test_mail_nobody_asked_for_appears_by_itself(phone: Phone) -> None:
    external_id = phone.reception.accepted[0].external_id
    phone.tap("Đồng ý")
    phone.sees("muốn được gọi là gì?")
    before = phone.page.locator("article").count()
    phone.reception.post(external_id, Notice(say("web.still_working")))
    expect(phone.page.locator("article")).to_have_count(before + 1, timeout=8000)


def test_the_language_changes_with_the_conversation(phone: Phone) -> None:
    phone.type("/en")
    phone.page.get_by_role("button", name="Agree", exact=True).wait_for()
    assert phone.page.evaluate("document.documentElement.lang") == "en"


def test_it_works_without_scripts(open_phone: OpenPhone) -> None:
    phone = open_phone(runs_scripts=False)
    _walk(phone)
    assert "86 điểm" in phone.page.locator("article").last.inner_text()
    assert _presses(phone) == ["agree", "yes", "n3", "b", "hand_in"]


def test_the_keyboard_alone_is_enough(open_phone: OpenPhone) -> None:
    phone = open_phone(has_touch=False)
    page = phone.page

    def tab_to(name: str) -> None:
        for _ in range(30):
            page.keyboard.press("Tab")
            if page.evaluate("(document.activeElement.innerText || '').trim()") == name:
                return
        raise AssertionError(f"no way to {name!r} by keyboard")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    tab_to("Đồng ý")
    page.keyboard.press("Enter")
    phone.sees("muốn được gọi là gì?")
    assert page.evaluate("document.activeElement.id") == "choices"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "text"
    page.keyboard.type("Bà Hoa")
    page.keyboard.press("Enter")
    phone.sees("được đi học đều không?")
    assert page.evaluate("document.activeElement.id") == "text"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.id") == "file"
    outline = page.locator("label.attach").evaluate("e => getComputedStyle(e).outlineStyle")
    assert outline == "solid"
    tab_to("Gửi")
    assert [u.event for u in phone.reception.accepted][1:] == [Pressed("agree", 0), Typed("Bà Hoa", 1)]


def _fits(page: Page) -> None:
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width <= 0, f"the page is {width} pixels too wide"


def test_nothing_is_wider_than_a_small_phone(phone: Phone) -> None:
    _walk(phone, _fits)


def test_nothing_is_wider_than_a_small_phone_at_double_zoom(open_phone: OpenPhone) -> None:
    """A zoom of 200 % on 360 pixels leaves 180."""
    _walk(open_phone(width=180, height=320, scale=2), _fits)


def test_nothing_is_wider_than_a_small_phone_with_letters_of_double_size(phone: Phone) -> None:
    def check(page: Page) -> None:
        page.evaluate("document.documentElement.style.fontSize = '225%'")
        _fits(page)

    _walk(phone, check)


def test_buttons_are_large_enough_for_a_thumb(phone: Phone) -> None:
    def check(page: Page) -> None:
        for box in page.locator(".choices button").all():
            size = box.bounding_box()
            assert size is not None
            assert size["height"] >= 48
            assert size["width"] >= 48

    _walk(phone, check)


def test_consent_buttons_look_and_measure_the_same(phone: Phone) -> None:
    looks = [
        phone.page.get_by_role("button", name=name, exact=True).evaluate(
            "e => { var s = getComputedStyle(e), b = e.getBoundingClientRect();"
            " return [s.color, s.backgroundColor, s.fontSize, s.fontWeight, s.borderColor, b.width, b.height, b.top]; }"
        )
        for name in ("Đồng ý", "Không đồng ý")
    ]
    assert looks[0] == looks[1]


CONTRAST = """() => {
  function parse(c) { var m = c.match(/[\\d.]+/g).map(Number); return m.length < 4 ? m.concat(1) : m; }
  function light(c) {
    var v = c.slice(0, 3).map(x => { x /= 255; return x <= 0.03928 ? x / 12.92 : Math.pow((x + 0.055) / 1.055, 2.4); });
    return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2];
  }
  var bad = [];
  document.querySelectorAll('body *').forEach(e => {
    var own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || !e.offsetParent || e.classList.contains('unseen')) { return; }
    var behind = e, back = [0, 0, 0, 0];
    while (behind && back[3] === 0) {
      back = parse(getComputedStyle(behind).backgroundColor); behind = behind.parentElement;
    }
    var a = light(parse(getComputedStyle(e).color)), b = light(back);
    var ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) { bad.push(e.className + ' ' + e.textContent.trim().slice(0, 20) + ' ' + ratio.toFixed(2)); }
  });
  return bad;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_letters_stand_out_from_what_is_behind_them(open_phone: OpenPhone, scheme: Literal["light", "dark"]) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1."""
    phone = open_phone(color_scheme=scheme)

    def check(page: Page) -> None:
        assert page.evaluate(CONTRAST) == []

    _walk(phone, check)


def test_the_newest_question_is_in_sight_above_its_answers(phone: Phone) -> None:
    phone.to_the_first_question()
    phone.page.wait_for_function(
        """() => {
          var all = document.querySelectorAll('article .question');
          var question = all[all.length - 1].getBoundingClientRect();
          var answer = document.querySelector('button[value=yes]').getBoundingClientRect();
          var typed = document.getElementById('text').getBoundingClientRect();
          return question.top >= 0 && question.bottom <= answer.top && typed.bottom <= window.innerHeight;
        }""",
        timeout=5000,
    )


def test_a_number_brings_the_keyboard_of_numbers(phone: Phone) -> None:
    phone.to_the_first_question()
    phone.tap("Có")
    phone.sees("đọc sách báo hằng tuần?")
    expect(phone.page.get_by_role("textbox")).to_have_attribute("inputmode", "numeric")


def test_a_photo_goes_as_evidence(phone: Phone) -> None:
    phone.to_the_first_question()
    phone.page.get_by_label("Gửi ảnh, giấy tờ").set_input_files(
        {"name": "góc học tập.png", "mimeType": "image/png", "buffer": b"png"}
    )
    expect(phone.page.locator("#picked-name")).to_contain_text("góc học tập.png")
    phone.tap("Gửi")
    phone.sees("Đã nhận tệp.")
    event = phone.reception.accepted[-1].event
    assert isinstance(event, FileSent)
    assert event.file.name == "góc học tập.png"
    assert list(phone.reception.files.values()) == [b"png"]


def test_a_photo_waits_for_the_line_too(phone: Phone) -> None:
    phone.to_the_first_question()
    phone.page.get_by_label("Gửi ảnh, giấy tờ").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": b"png"}
    )
    phone.context.set_offline(True)
    phone.tap("Gửi")
    expect(phone.page.get_by_role("alert")).to_contain_text("Mất kết nối")
    phone.context.set_offline(False)
    phone.sees("Đã nhận tệp.")
    assert len(phone.reception.files) == 1


def test_a_file_too_large_is_said_before_it_travels(phone: Phone) -> None:
    phone.to_the_first_question()
    taken = phone.reception.calls
    phone.page.get_by_label("Gửi ảnh, giấy tờ").set_input_files(
        {"name": "to.pdf", "mimeType": "application/pdf", "buffer": b"x" * 200_000}
    )
    expect(phone.page.get_by_role("status")).to_contain_text("lớn quá")
    assert phone.page.locator("#picked").is_hidden()
    assert phone.reception.calls == taken


def test_a_large_photo_is_made_smaller_on_the_phone(phone: Phone) -> None:
    phone.to_the_first_question()
    phone.page.evaluate(
        """() => new Promise(done => {
          var c = document.createElement('canvas');
          c.width = c.height = 2400;
          c.getContext('2d').fillRect(200, 200, 900, 900);
          c.toBlob(blob => {
            var t = new DataTransfer();
            t.items.add(new File([blob, new Uint8Array(1300000)], 'to.jpg', { type: 'image/jpeg' }));
            document.getElementById('file').files = t.files;
            document.getElementById('file').dispatchEvent(new Event('change', { bubbles: true }));
            done();
          }, 'image/jpeg');
        })"""
    )
    phone.tap("Gửi")
    phone.sees("Đã nhận tệp.")
    event = phone.reception.accepted[-1].event
    assert isinstance(event, FileSent)
    assert 0 < event.file.size <= 100_000
    assert event.file.ref


def test_a_document_can_be_fetched(phone: Phone) -> None:
    _walk(phone)
    phone.tap("Phiếu PDF")
    phone.sees("Phiếu PDF để in")
    with phone.page.expect_download() as download:
        phone.page.get_by_role("link", name="Tải về").click()
    assert download.value.suggested_filename == "Phiếu tự đánh giá.pdf"


def test_less_motion_is_respected(open_phone: OpenPhone) -> None:
    phone = open_phone(reduced_motion="reduce")
    phone.tap("Đồng ý")
    phone.sees("muốn được gọi là gì?")
    assert phone.page.locator("article.new").evaluate("e => getComputedStyle(e).animationName") == "none"
