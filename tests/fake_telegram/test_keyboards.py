from __future__ import annotations

from typing import Any

import pytest

from tests.fake_telegram.conftest import Api
from tests.support.fake_telegram import Person

PARSE = "can't parse inline keyboard button: "


def keyboard(*rows: list[dict[str, object]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def button(data: object = "y", text: object = "Có") -> dict[str, object]:
    return {"text": text, "callback_data": data}


@pytest.mark.parametrize("data", ["y", "x" * 64, "ế" * 21])
async def test_button_data_up_to_64_bytes_passes(api: Api, an: Person, data: str) -> None:
    await api.ok("sendMessage", chat_id=an.chat_id, text="?", reply_markup=keyboard([button(data)]))
    assert an.button("Có").data == data


@pytest.mark.parametrize(
    ("markup", "description"),
    [
        (keyboard([button("x" * 65)]), "BUTTON_DATA_INVALID"),
        (keyboard([button("ế" * 22)]), "BUTTON_DATA_INVALID"),
        (keyboard([button("")]), f"{PARSE}Text buttons are unallowed in the inline keyboard"),
        (keyboard([{"text": "x"}]), f"{PARSE}Text buttons are unallowed in the inline keyboard"),
        (keyboard([{"callback_data": "x"}]), f'{PARSE}Can\'t find field "text"'),
        (keyboard([button(text=5)]), f'{PARSE}Field "text" must be of type String'),
        (keyboard([button(data=5)]), f'{PARSE}Field "callback_data" must be of type String'),
        (keyboard([button(text="")]), "inline keyboard button text must be non-empty"),
        (
            keyboard([{"text": "x", "url": "localhost"}]),
            "inline keyboard button URL 'localhost' is invalid: Wrong HTTP URL",
        ),
        ({"inline_keyboard": ["x"]}, 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'),
        ({"inline_keyboard": [["x"]]}, f"{PARSE}InlineKeyboardButton must be an Object"),
        ([], "object expected as reply markup"),
        (keyboard(*[[button()]] * 101), "reply markup is too long"),
        (keyboard([button()] * 9), "reply markup is too long"),
        (keyboard(*[[button(text="ế" * 60)]] * 80), "reply markup is too long"),
        ({"keyboard": [[5]]}, "can't parse keyboard button: KeyboardButton must be a String or an Object"),
        ({"keyboard": [{}]}, 'field "keyboard" must be an Array of Arrays'),
    ],
)
async def test_a_wrong_keyboard_is_refused(api: Api, an: Person, markup: object, description: str) -> None:
    answer = await api.error("sendMessage", chat_id=an.chat_id, text="?", reply_markup=markup)
    assert answer == f"Bad Request: {description}"
    assert an.screen() == ""


async def test_100_buttons_in_rows_of_8_pass(api: Api, an: Person) -> None:
    rows = [[button()] * 8] * 12 + [[button()] * 4]
    await api.ok("sendMessage", chat_id=an.chat_id, text="?", reply_markup=keyboard(*rows))
    assert sum(map(len, an.keyboard())) == 100


async def test_empty_rows_are_passed_over(api: Api, an: Person) -> None:
    message = await api.ok("sendMessage", chat_id=an.chat_id, text="?", reply_markup=keyboard([], [button()], []))
    assert message["reply_markup"] == keyboard([button()])
    assert "reply_markup" not in await api.ok("sendMessage", chat_id=an.chat_id, text="?", reply_markup=keyboard())


async def test_a_reply_keyboard_writes_what_it_says_until_it_is_removed(api: Api, an: Person) -> None:
    markup = {"keyboard": [["Có", {"text": "Không"}]], "resize_keyboard": True}
    message = await api.ok("sendMessage", chat_id=an.chat_id, text="?", reply_markup=markup)
    assert "reply_markup" not in message
    assert await an.tap("Không") == ""
    assert an.messages[-1].text == "Không"
    await api.ok("sendMessage", chat_id=an.chat_id, text="!", reply_markup={"remove_keyboard": True})
    with pytest.raises(AssertionError, match="No button 'Không'"):
        await an.tap("Không")


async def test_a_link_only_opens(api: Api, an: Person) -> None:
    await api.ok(
        "sendMessage", chat_id=an.chat_id, text="?", reply_markup=keyboard([{"text": "Xem", "url": "https://hoc.vn/"}])
    )
    pending = an._backend.state.updates.waiting()
    assert await an.tap("Xem") == ""
    assert an.button("Xem").url == "https://hoc.vn/"
    assert an._backend.state.updates.waiting() == pending
