from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from tests.fake_telegram.conftest import Api
from tests.fake_telegram.receiver import Answer, Receiver
from tests.support.fake_telegram import FakeTelegram, Limits, Person, Settings, VirtualClock

BUTTONS = {"inline_keyboard": [[{"text": "Có", "callback_data": "y"}]]}


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    await receiver.start()
    yield receiver
    await receiver.close()


@pytest.fixture
async def hooked(api: Api, fake: FakeTelegram, receiver: Receiver) -> FakeTelegram:
    """The fake delivering to the receiver, without rate limits."""
    fake.change_limits(Limits.off())
    await api.ok("setWebhook", url=receiver.url)
    return fake


def is_resting(fake: FakeTelegram) -> bool:
    return fake.backend.webhook is not None and fake.backend.webhook.is_resting


def is_empty(fake: FakeTelegram) -> bool:
    return fake.pending_updates == 0


async def until_error(fake: FakeTelegram, message: str) -> None:
    """Wait until the fake has taken note of a failed delivery."""

    def noted(fake: FakeTelegram) -> bool:
        webhook = fake.backend.webhook
        return webhook is not None and webhook.last_error is not None and webhook.last_error[1] == message

    await fake.until(noted)


async def test_updates_are_delivered_and_confirmed_by_200(hooked: FakeTelegram, receiver: Receiver) -> None:
    hooked.person("An").phone.send("chào")
    await receiver.until_count(1)
    assert receiver.texts() == ["chào"]
    await hooked.until(is_empty)


async def test_what_waited_is_delivered_once_a_webhook_is_set(api: Api, an: Person, receiver: Receiver) -> None:
    an.phone.send("hai")
    await api.ok("setWebhook", url=receiver.url)
    await receiver.until_count(2)
    assert receiver.texts() == ["/start", "hai"]


async def test_pending_updates_can_be_dropped(api: Api, an: Person, receiver: Receiver) -> None:
    await api.ok("setWebhook", url=receiver.url, drop_pending_updates=True)
    an.phone.send("hai")
    await receiver.until_count(1)
    assert receiver.texts() == ["hai"]


async def test_the_secret_comes_back_in_a_header(api: Api, hooked: FakeTelegram, receiver: Receiver) -> None:
    an = hooked.person("An")
    an.phone.send("không")
    await receiver.until_count(1)
    await api.ok("setWebhook", url=receiver.url, secret_token="s3cret_-A")
    an.phone.send("có")
    await receiver.until_count(2)
    assert receiver.secrets == ["", "s3cret_-A"]


@pytest.mark.parametrize(
    ("secret", "description"),
    [
        ("x" * 256, ""),
        ("x" * 257, "Bad Request: secret token is too long"),
        ("a b", "Bad Request: secret token contains unallowed characters"),
        ("bí mật", "Bad Request: secret token contains unallowed characters"),
    ],
)
async def test_a_secret_is_1_to_256_of_its_letters(api: Api, secret: str, description: str) -> None:
    answer = await api("setWebhook", url="http://127.0.0.1:9/", secret_token=secret)
    assert answer.get("description", "").replace("Webhook was set", "") == description


async def test_one_chat_waits_for_its_own_message_only(hooked: FakeTelegram, receiver: Receiver) -> None:
    receiver.plan(None)
    an, binh = hooked.person("An"), hooked.person("Bình")
    an.phone.send("An 1")
    await receiver.until_count(1)
    an.phone.send("An 2")
    binh.phone.send("Bình 1")
    await receiver.until_count(2)
    assert receiver.texts() == ["An 1", "Bình 1"]
    receiver.release()
    await receiver.until_count(3)
    assert receiver.texts() == ["An 1", "Bình 1", "An 2"]


async def test_presses_have_a_queue_beside_the_messages(api: Api, hooked: FakeTelegram, receiver: Receiver) -> None:
    an = hooked.person("An")
    an.phone.send("/start")
    await receiver.until_count(1)
    await api.ok("sendMessage", chat_id=an.chat_id, text="?", reply_markup=BUTTONS)
    receiver.plan(None)
    an.phone.send("một")
    await receiver.until_count(2)
    await an.double_tap("Có")
    await receiver.until_count(4)
    an.phone.send("hai")
    assert receiver.texts() == ["/start", "một", "y", "y"]
    receiver.release()
    await receiver.until_count(5)
    assert receiver.texts()[-1] == "hai"


async def test_a_refused_update_comes_again_after_1_2_4_8_seconds(hooked: FakeTelegram, receiver: Receiver) -> None:
    receiver.plan(*[Answer(500)] * 4)
    hooked.person("An").phone.send("chào")
    for tries, delay_s in enumerate((1, 2, 4, 8), start=1):
        await receiver.until_count(tries)
        await hooked.until(is_resting)
        hooked.clock.advance(delay_s - 0.01)
        assert is_resting(hooked)
        assert len(receiver.updates) == tries
        hooked.clock.advance(0.01)
        assert not is_resting(hooked)
    await receiver.until_count(5)
    assert len({update["update_id"] for update in receiver.updates}) == 1


async def test_retry_after_is_honoured(hooked: FakeTelegram, receiver: Receiver) -> None:
    receiver.plan(Answer(503, retry_after=30))
    hooked.person("An").phone.send("chào")
    await until_error(hooked, "Wrong response from the webhook: 503 Service Unavailable")
    hooked.clock.advance(29.9)
    assert hooked.backend.webhook is not None
    assert hooked.backend.webhook.attempts == 1
    hooked.clock.advance(0.1)
    await receiver.until_count(2)


async def test_a_dead_bot_gets_its_updates_when_it_is_back(hooked: FakeTelegram, receiver: Receiver) -> None:
    await receiver.close()
    hooked.person("An").phone.send("chào")
    await until_error(hooked, "Connection refused")
    await receiver.start()
    hooked.clock.advance(1)
    await receiver.until_count(1)
    assert receiver.texts() == ["chào"]


async def test_a_bot_that_hangs_up_gets_the_update_again(hooked: FakeTelegram, receiver: Receiver) -> None:
    receiver.plan(Answer(0))
    hooked.person("An").phone.send("chào")
    await until_error(hooked, "Webhook connection closed")
    hooked.clock.advance(1)
    await receiver.until_count(2)


async def test_a_bot_has_60_seconds_to_answer(hooked: FakeTelegram, receiver: Receiver) -> None:
    receiver.plan(None)
    hooked.person("An").phone.send("chào")
    await receiver.until_count(1)
    hooked.clock.advance(59.9)
    assert hooked.backend.webhook is not None
    assert hooked.backend.webhook.last_error is None
    hooked.clock.advance(0.1)
    await until_error(hooked, "Read timeout expired")
    hooked.clock.advance(1)
    await receiver.until_count(2)
    assert receiver.texts() == ["chào", "chào"]


async def test_a_press_that_is_never_accepted_expires(api: Api, hooked: FakeTelegram, receiver: Receiver) -> None:
    an = hooked.person("An")
    an.phone.send("/start")
    await receiver.until_count(1)
    await api.ok("sendMessage", chat_id=an.chat_id, text="?", reply_markup=BUTTONS)
    receiver.plan(Answer(503, retry_after=200))
    an.phone.tap("Có")
    await receiver.until_count(2)
    await hooked.until(is_empty)


@pytest.mark.parametrize("shape", ["json", "form", "multipart"])
async def test_the_answer_may_carry_a_method(hooked: FakeTelegram, receiver: Receiver, shape: str) -> None:
    an = hooked.person("An")
    fields = {"method": "sendMessage", "chat_id": str(an.chat_id), "text": "chào bác"}
    if shape == "form":
        receiver.plan(Answer(body=urlencode(fields).encode(), content_type="application/x-www-form-urlencoded"))
    else:
        files: Any = {name: (None, value) for name, value in fields.items()}
        request = httpx.Request("POST", "http://x", **({"json": fields} if shape == "json" else {"files": files}))
        receiver.plan(Answer(body=request.read(), content_type=request.headers["Content-Type"]))
    an.phone.send("chào")
    assert await an.until("chào bác") == "chào bác"


async def test_a_wrong_method_in_the_answer_is_passed_over(hooked: FakeTelegram, receiver: Receiver) -> None:
    an = hooked.person("An")
    receiver.plan(
        Answer(body=b'{"method":"sendMessage"}'), Answer(body=b'{"method":"deleteWebhook"}'), Answer(body=b"{")
    )
    for word in ("một", "hai", "ba"):
        an.phone.send(word)
    await receiver.until_count(3)
    await hooked.until(is_empty)
    assert hooked.backend.webhook is not None


async def test_deleting_the_webhook_keeps_what_was_not_accepted(
    api: Api, hooked: FakeTelegram, receiver: Receiver
) -> None:
    receiver.plan(Answer(500))
    hooked.person("An").phone.send("chào")
    await until_error(hooked, "Wrong response from the webhook: 500 Internal Server Error")
    assert (await api("deleteWebhook"))["description"] == "Webhook was deleted"
    assert [update["message"]["text"] for update in await api.updates()] == ["chào"]
    assert (await api("deleteWebhook"))["description"] == "Webhook is already deleted"
    await api.ok("deleteWebhook", drop_pending_updates=True)
    assert await api.updates() == []


async def test_no_more_connections_than_allowed(api: Api, fake: FakeTelegram, receiver: Receiver) -> None:
    await api.ok("setWebhook", url=receiver.url, max_connections=2)
    receiver.plan(None, None)
    for number in range(3):
        fake.person(f"Người {number}").phone.send(str(number))
    await receiver.until_count(2)
    assert fake.backend.webhook is not None
    assert fake.backend.webhook.attempts == 2
    receiver.release()
    await receiver.until_count(3)


async def test_webhook_info_tells_all(api: Api, hooked: FakeTelegram, receiver: Receiver) -> None:
    assert await api.ok("getWebhookInfo") == {
        "url": receiver.url,
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "max_connections": 40,
        "ip_address": "127.0.0.1",
    }
    receiver.plan(Answer(500))
    hooked.person("An").phone.send("chào")
    await until_error(hooked, "Wrong response from the webhook: 500 Internal Server Error")
    await api.ok("setWebhook", url=receiver.url, allowed_updates=["message", "callback_query"])
    info = await api.ok("getWebhookInfo")
    assert info["pending_update_count"] == 1
    assert info["last_error_date"] == hooked.clock.date()
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    assert info["allowed_updates"] == ["message", "callback_query"]
    await api.ok("deleteWebhook")
    assert (await api.ok("getWebhookInfo"))["url"] == ""


async def test_the_same_webhook_is_set_once(api: Api, hooked: FakeTelegram, receiver: Receiver) -> None:
    webhook = hooked.backend.webhook
    assert (await api("setWebhook", url=receiver.url))["description"] == "Webhook is already set"
    assert hooked.backend.webhook is webhook
    assert (await api("setWebhook", url=receiver.url, secret_token="x"))["description"] == "Webhook was set"
    assert (await api("setWebhook", url=""))["description"] == "Webhook was deleted"


@pytest.mark.parametrize("url", ["ftp://a.vn", "http://", "http://a.vn:99999/"])
async def test_a_wrong_address_is_refused_and_the_old_webhook_gone(api: Api, hooked: FakeTelegram, url: str) -> None:
    assert await api.error("setWebhook", url=url) == "Bad Request: invalid webhook URL specified"
    assert hooked.backend.webhook is None


async def test_the_public_server_wants_https_and_its_ports(api: Api) -> None:
    settings = Settings(webhook_https_only=True, limits=Limits.off())
    async with FakeTelegram(clock=VirtualClock(frozen=True), settings=settings) as public:
        there = Api(public, api.http)
        description = await there.error("setWebhook", url="http://a.vn/")
        assert description == "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
        description = await there.error("setWebhook", url="https://a.vn:1234/")
        assert description.endswith("Webhook can be set up only on ports 80, 88, 443 or 8443")
        await there.ok("setWebhook", url="https://a.vn:8443/")


async def test_a_webhook_that_is_gone_for_a_day_is_taken_away(
    api: Api, hooked: FakeTelegram, receiver: Receiver
) -> None:
    receiver.plan(*[Answer(410, retry_after=3600)] * 30)
    an = hooked.person("An")
    an.phone.send("chào")
    for tries in range(1, 25):
        await receiver.until_count(tries)
        await hooked.until(is_resting)
        hooked.clock.advance(3600)
    await receiver.until_count(25)
    await hooked.until(lambda fake: fake.backend.active_webhook is None)
    assert (await api.ok("getWebhookInfo"))["url"] == ""
