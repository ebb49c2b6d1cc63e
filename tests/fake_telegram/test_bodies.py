from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import pytest

from tests.fake_telegram.conftest import Api
from tests.support.fake_telegram import Person
from tests.support.fake_telegram.backend import Backend
from tests.support.fake_telegram.bodies import Parameters, read_parameters

BUTTONS = {"inline_keyboard": [[{"text": "Có", "callback_data": "y"}]]}


@pytest.mark.parametrize("shape", ["form", "json", "json with text in text", "multipart", "query"])
async def test_every_kind_of_body_says_the_same(api: Api, an: Person, shape: str) -> None:
    fields = {"chat_id": str(an.chat_id), "text": "Dạ 50% & có = ừ+\nà", "reply_markup": json.dumps(BUTTONS)}
    url = f"{api.url}/sendMessage"
    match shape:
        case "form":
            response = await api.http.post(url, data=fields)
        case "json":
            response = await api.http.post(url, json=fields | {"chat_id": an.chat_id, "reply_markup": BUTTONS})
        case "json with text in text":
            response = await api.http.post(url, json=fields)
        case "multipart":
            response = await api.http.post(url, files={name: (None, value) for name, value in fields.items()})
        case _:
            response = await api.http.get(url, params=fields)
    message = api.answer(response)["result"]
    assert message["text"] == "Dạ 50% & có = ừ+\nà"
    assert message["reply_markup"] == BUTTONS
    assert an.keyboard() == (("Có",),)


async def test_a_body_may_come_in_chunks(api: Api, an: Person) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for piece in (f"chat_id={an.chat_id}&te", "xt=M%E1", "%BB%99t"):
            yield piece.encode()

    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    response = await api.http.post(f"{api.url}/sendMessage", content=pieces(), headers=headers)
    assert api.answer(response)["result"]["text"] == "Một"


@pytest.mark.parametrize(
    "text", ["a=b=c", "50%", "100%25", "x y+z", " \n\r\n\t ", "=", "==3D", "%%=", "á" * 300, "tên & họ", "cuối \n"]
)
def test_a_form_gives_back_every_letter(text: str) -> None:
    from urllib.parse import urlencode  # noqa: PLC0415

    body = urlencode({"khoá": text, "k": "1"}).encode()
    assert read_parameters("", "application/x-www-form-urlencoded", body).values == {"khoá": text, "k": "1"}


@pytest.mark.parametrize(
    "head",
    ["nonsense", "POST / HTTP/1.1\r\nContent-Length: x", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nx"],
)
async def test_what_is_no_http_is_refused(api: Api, head: str) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(api.fake.url.rpartition(":")[2]))
    writer.write(f"{head}\r\n\r\n".encode())
    assert (await reader.readline()).startswith(b"HTTP/1.1 400 ")
    await reader.read()
    writer.close()


async def test_requests_that_come_together_are_answered_in_order(api: Api) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(api.fake.url.rpartition(":")[2]))
    prefix = f"GET /bot{api.fake.token}"
    writer.write(f"{prefix}/getMe HTTP/1.1\r\n\r\n{prefix}/nothing HTTP/1.1\r\nConnection: close\r\n\r\n".encode())
    answers = (await reader.read()).decode()
    assert answers.index("hoctap_bot") < answers.index("method not found")
    writer.close()


async def test_a_failure_of_the_fake_itself_is_500(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    def fail(_backend: Backend, _parameters: Parameters) -> object:
        raise KeyError("oh")

    api.fake.backend.methods = {"getme": fail}
    assert (await api("getMe"))["error_code"] == 500
    assert "the fake failed in getme" in caplog.text


async def test_json_that_is_no_object_is_refused(api: Api) -> None:
    for content in (b"[1]", b"{"):
        headers = {"Content-Type": "application/json"}
        response = await api.http.post(f"{api.url}/getMe", content=content, headers=headers)
        assert "can't parse request body as JSON object" in api.answer(response)["description"]


async def test_names_of_methods_may_be_written_in_any_case(api: Api) -> None:
    assert await api.ok("GETME") == await api.ok("getme") == await api.ok("getMe")


async def test_an_unknown_method_is_404(api: Api) -> None:
    assert await api("sendKiss") == {"ok": False, "error_code": 404, "description": "Not Found: method not found"}


@pytest.mark.parametrize(
    ("token", "description"),
    [("123456789:wrong", "Unauthorized"), ("nonsense", "Unauthorized: invalid token specified")],
)
async def test_a_wrong_token_is_401(api: Api, token: str, description: str) -> None:
    response = await api.http.get(f"{api.fake.url}/bot{token}/getMe")
    assert api.answer(response) == {"ok": False, "error_code": 401, "description": description}


@pytest.mark.parametrize("path", ["/", "/bot", "/robots.txt", "/bot123456789:x"])
async def test_an_address_without_bot_and_method_is_404(api: Api, path: str) -> None:
    assert api.answer(await api.http.get(api.fake.url + path))["error_code"] == 404


@pytest.mark.parametrize(
    ("arguments", "description"),
    [
        ({"text": "x"}, "Bad Request: chat_id is empty"),
        ({"chat_id": 5_000_000_001}, "Bad Request: message text is empty"),
        ({"chat_id": 5_000_000_001, "text": "  \n"}, "Bad Request: text must be non-empty"),
        ({"chat_id": "@nobody", "text": "x"}, "Bad Request: chat not found"),
        ({"chat_id": 42, "text": "x"}, "Bad Request: chat not found"),
        ({"chat_id": 5_000_000_001, "text": "x", "parse_mode": "rtf"}, "Bad Request: unsupported parse_mode"),
        (
            {"chat_id": 5_000_000_001, "text": "x", "reply_markup": "{"},
            "Bad Request: can't parse reply keyboard markup JSON object",
        ),
        (
            {"chat_id": 5_000_000_001, "text": "x", "reply_parameters": {"message_id": 77}},
            "Bad Request: message to be replied not found",
        ),
    ],
)
async def test_missing_and_wrong_parameters_are_named(
    api: Api, an: Person, arguments: dict[str, object], description: str
) -> None:
    assert an.user_id == 5_000_000_001
    assert await api.error("sendMessage", **arguments) == description
