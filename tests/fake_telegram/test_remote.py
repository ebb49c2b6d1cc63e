from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator

import httpx
import pytest

from tests.fake_telegram.conftest import NO_TLS, Api
from tests.support.fake_telegram import FakeTelegram, Limits, Notice, Person, RemoteFake, StoredMessage, VirtualClock

BUTTONS = {"inline_keyboard": [[{"text": "Có", "callback_data": "y"}, {"text": "Không", "callback_data": "n"}]]}


@pytest.fixture
async def remote() -> AsyncIterator[tuple[RemoteFake, Api]]:
    fake = FakeTelegram(clock=VirtualClock(frozen=True))
    await fake.start(control_port=0)
    async with RemoteFake(fake.control_url) as remote, httpx.AsyncClient(trust_env=False, verify=NO_TLS) as http:
        yield remote, Api(fake, http)
    await fake.close()


async def test_a_remote_person_sees_and_taps_the_same(remote: tuple[RemoteFake, Api]) -> None:
    fake, api = remote
    an = await fake.person("An", language_code="en")
    await an.open_link("moi-ABC")
    message = (await api.updates())[0]["message"]
    assert (message["text"], message["from"]["language_code"]) == ("/start moi-ABC", "en")
    wait = asyncio.create_task(an.until("Có không"))
    await api.ok("sendMessage", chat_id=an.chat_id, text="Có không?", reply_markup=BUTTONS)
    assert await wait == "Có không?"
    assert an.keyboard() == (("Có", "Không"),)
    assert an.button("Không").data == "n"
    press_id = await an.tap("Kh")
    assert an.waiting_presses == (press_id,)
    assert (await api.updates())[-1]["callback_query"]["data"] == "n"
    await api.ok("answerCallbackQuery", callback_query_id=press_id, text="Đã ghi")
    await an.until(lambda person: bool(person.notices))
    assert an.notices == (Notice("Đã ghi", is_alert=False, press_id=press_id),)


async def test_what_a_remote_person_cannot_do_fails_the_test(remote: tuple[RemoteFake, Api]) -> None:
    fake, _ = remote
    an = await fake.person("An")
    await an.send("/start")
    with pytest.raises(AssertionError, match=r"No button 'Có'\. On the screen of An:\n  #1 me: /start"):
        await an.tap("Có")
    with pytest.raises(AssertionError, match="No button"):
        an.button("Có")
    with pytest.raises(AssertionError, match="did not come within"):
        await an.until("x", timeout_s=0.01)


async def test_every_other_verb_works_from_afar(remote: tuple[RemoteFake, Api]) -> None:
    fake, api = remote
    an = await fake.person("An")
    await an.send_document("a.txt", "text/plain", content=b"abc", caption="đây")
    assert await an.content(an.messages[-1].file_id) == b"abc"
    await an.send_photo(size=5000)
    await an.send_sticker()
    await an.send_voice()
    assert [message.kind for message in an.messages] == ["document", "photo", "sticker", "voice"]
    message = await api.ok("sendMessage", chat_id=an.chat_id, text="?", reply_markup=BUTTONS)
    await an.refresh()
    assert an.screen() == "?"
    first, second = await an.double_tap("Có")
    third = await an.tap_data(message["message_id"], "n")
    assert len({first, second, third}) == 3
    await an.block()
    assert (await api("sendMessage", chat_id=an.chat_id, text="x"))["error_code"] == 403
    await an.unblock()
    await an.deactivate()
    assert (await api("sendMessage", chat_id=an.chat_id, text="x"))["description"] == "Forbidden: user is deactivated"


async def test_clock_limits_and_faults_are_switched_from_afar(remote: tuple[RemoteFake, Api]) -> None:
    fake, api = remote
    an = await fake.person("An")
    await an.send("/start")
    before = (await fake.state())["now"]
    assert await fake.advance(86_401) == before + 86_401
    assert await api.updates() == []
    await fake.change_limits(Limits(chat_burst=1))
    await api.ok("sendMessage", chat_id=an.chat_id, text="x")
    assert (await api("sendMessage", chat_id=an.chat_id, text="x"))["error_code"] == 429
    await fake.once("lose_answer", "getMe")
    with pytest.raises(httpx.RemoteProtocolError):
        await api("getMe")
    await fake.change_faults(lose_request=1.0)
    with pytest.raises(httpx.RemoteProtocolError):
        await api("getMe")
    await fake.change_faults(lose_request=0.0)
    assert (await fake.state())["calls"]["sendmessage"] == 2


async def test_control_survives_an_outage(remote: tuple[RemoteFake, Api]) -> None:
    fake, api = remote
    await fake.begin_outage("refuse")
    with pytest.raises(httpx.ConnectError):
        await api("getMe")
    await fake.end_outage()
    await api.ok("getMe")


async def test_a_wrong_control_request_is_explained(remote: tuple[RemoteFake, Api]) -> None:
    fake, _ = remote
    for path, body in (("nonsense", {}), ("person", {"name": "An"}), ("person/77/send", {"text": "x"})):
        with pytest.raises(RuntimeError, match=f"control request {path}"):
            await fake.request(path, dict(body))


def react_to_everything(fake: FakeTelegram) -> None:
    """A driver: whoever gets a message with buttons taps "Có"."""
    fake.person("Máy", user_id=77).phone.send("/start")

    def tap(person: Person, message: StoredMessage, _kind: str) -> None:
        if message.markup is not None:
            person.phone.tap("Có")

    fake.on_bot_message(tap)


async def test_the_fake_runs_by_itself_with_a_driver() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.support.fake_telegram", "--no-limits", "--token", "42:abc", "--frozen",
        "--driver", "tests.fake_telegram.test_remote:react_to_everything", stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    started = json.loads(await process.stdout.readline())
    async with RemoteFake(started["control_url"]) as fake, httpx.AsyncClient(trust_env=False, verify=NO_TLS) as http:
        assert (await fake.state())["url"] == started["url"]
        url = f"{started['url']}/bot{started['token']}"
        await http.post(f"{url}/sendMessage", json={"chat_id": 77, "text": "?", "reply_markup": BUTTONS})
        updates = (await http.get(f"{url}/getUpdates")).json()["result"]
        assert [update.get("callback_query", {}).get("data") for update in updates] == [None, "y"]
    process.terminate()
    assert await process.wait() == 0
