"""A faithful fake of the Telegram Bot API: a real HTTP server on loopback that any Bot API client can be pointed at.

    async with FakeTelegram() as fake:
        bot = Bot(fake.token, base_url=f"{fake.url}/bot", base_file_url=f"{fake.url}/file/bot")  # python-telegram-bot
        an = fake.person("An")
        await an.open_link("moi-ABC")            # sends "/start moi-ABC"
        await an.until("Bác có đồng ý")          # waits for the bot's newest message, no sleeping
        await an.tap("Đồng ý")                   # a button that is really on the screen, or an AssertionError
        assert an.screen() == "Câu 1/12 ..."

aiogram takes `session=AiohttpSession(api=TelegramAPIServer.from_base(fake.url))`. A person can `send`, `send_photo`,
`send_document`, `send_sticker`, `send_voice`, `tap`, `double_tap`, `tap_data` (a press from a message of long ago),
`block`, `unblock`, `deactivate`; and looks at `screen()`, `keyboard()`, `messages`, `notices`, `waiting_presses`.

Time is virtual: `fake.clock.advance(86_400)` lets a day pass; with `FakeTelegram(clock=VirtualClock(frozen=True))` none
passes otherwise. Rate limits are on, as on the real server: `Settings(limits=Limits.off())` switches them off.

Faults: `fake.faults.lose_answer = 0.05` (also `duplicate_update`, `reorder_updates`, `lose_request`, `latency_s`),
`fake.faults.once("lose_answer", "sendMessage")`, `fake.faults.fail_next("sendMessage", too_many_requests(3))`,
`await fake.begin_outage("refuse")` or `("bad_gateway")`, `await fake.end_outage()`.

What the bot did: `fake.calls("sendMessage")`, `await fake.until_call("setMyCommands")`, `fake.pending_updates`.

In a process of its own: `python -m tests.support.fake_telegram --listen 127.0.0.1:8081` prints a JSON line with `url`,
`control_url` and `token`; `RemoteFake(control_url)` has the same people. A crowd costs least inside the fake's process:
`--driver module:function` calls `function(fake)`, which registers `fake.on_bot_message(react)` and acts through
`person.phone`.

Left out: the Markdown parse modes (refused with 501), everything about channels, inline mode, payments, and the real
server's slowing down of clients that poll in a tight loop.
"""

from __future__ import annotations

from tests.support.fake_telegram.backend import Call
from tests.support.fake_telegram.clock import VirtualClock
from tests.support.fake_telegram.errors import ApiError, bad_request, conflict, forbidden, too_many_requests
from tests.support.fake_telegram.faults import Faults
from tests.support.fake_telegram.people import Person, Phone
from tests.support.fake_telegram.remote import RemoteFake, RemotePerson
from tests.support.fake_telegram.screen import Button, ScreenMessage
from tests.support.fake_telegram.server import DEFAULT_TOKEN, FakeTelegram
from tests.support.fake_telegram.settings import Limits, Settings
from tests.support.fake_telegram.state import Notice, StoredMessage

__all__ = [
    "DEFAULT_TOKEN",
    "ApiError",
    "Button",
    "Call",
    "FakeTelegram",
    "Faults",
    "Limits",
    "Notice",
    "Person",
    "Phone",
    "RemoteFake",
    "RemotePerson",
    "ScreenMessage",
    "Settings",
    "StoredMessage",
    "VirtualClock",
    "bad_request",
    "conflict",
    "forbidden",
    "too_many_requests",
]
