"""The HTTP under the client: proxies, silence, nonsense, and what is never told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest

from bot.handlers.telegram.client import AiohttpRequest, SocksRequest, connect
from bot.handlers.telegram.settings import TelegramSettings
from tests.support.fake_telegram import FakeTelegram, Person, too_many_requests

Conversation = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def server(conversation: Conversation) -> AsyncIterator[str]:
    """A server on a free port; its host and port."""

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await conversation(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    listening = await asyncio.start_server(converse, "127.0.0.1", 0)
    async with listening:
        host, port = listening.sockets[0].getsockname()
        yield f"{host}:{port}"


async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()


async def join(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, port: int, already_read: bytes = b""
) -> None:
    """Carry both ways between a client and whom it wants to reach."""
    there_reader, there_writer = await asyncio.open_connection(host, port)
    there_writer.write(already_read)
    await asyncio.gather(pipe(reader, there_writer), pipe(there_reader, writer), return_exceptions=True)


async def test_calls_go_through_an_http_proxy(settings: TelegramSettings, fake: FakeTelegram) -> None:
    asked: list[bytes] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        asked.append(head)
        method, url, rest = head.split(b" ", 2)
        root = fake.url.encode()
        assert url.startswith(root)
        host, port = fake.url.removeprefix("http://").split(":")
        await join(reader, writer, host, int(port), b" ".join((method, url.removeprefix(root), rest)))

    async with server(proxy) as address:
        through = replace(settings, proxy=f"http://an:mat-khau@{address}")
        async with connect(through) as client:
            assert (await client.get_me()).username == "hoctap_bot"
    assert b"proxy-authorization: basic" in asked[0].lower()


async def test_calls_go_through_a_socks_proxy(settings: TelegramSettings, fake: FakeTelegram, lan: Person) -> None:
    reached: list[tuple[str, int]] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, methods = await reader.readexactly(2)
        await reader.readexactly(methods)
        writer.write(b"\x05\x00")
        _, _, _, kind = await reader.readexactly(4)
        length = 4 if kind == 1 else (await reader.readexactly(1))[0]
        where = await reader.readexactly(length)
        host = ".".join(map(str, where)) if kind == 1 else where.decode()
        port = int.from_bytes(await reader.readexactly(2))
        reached.append((host, port))
        writer.write(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
        await join(reader, writer, host, port)

    async with server(proxy) as address, connect(replace(settings, proxy=f"socks5://{address}")) as client:
        await client.call("sendMessage", {"chat_id": lan.user_id, "text": "chào", "parse_mode": "HTML"})
        await client.send_document(lan.user_id, b"%PDF", filename="phiếu.pdf")
    assert lan.messages[-2].text == "chào"
    assert lan.messages[-1].file_name == "phiếu.pdf"
    assert reached[0][1] == int(fake.url.rsplit(":", 1)[1])


async def test_a_proxy_that_is_away_is_a_bad_line(settings: TelegramSettings) -> None:
    for scheme in ("http", "socks5"):
        async with connect(replace(settings, proxy=f"{scheme}://127.0.0.1:9")) as client:
            with pytest.raises(NetworkError):
                await client.call("getMe", {})


async def test_silence_is_not_waited_out() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async with (
        server(silent) as address,
        connect(TelegramSettings("1:a", f"http://{address}", timeout_s=0.05)) as client,
    ):
        with pytest.raises(TimedOut):
            await client.call("getMe", {})


async def test_a_call_may_ask_for_more_patience(fake: FakeTelegram, settings: TelegramSettings) -> None:
    async with connect(replace(settings, timeout_s=0.05)) as client:
        polling = asyncio.create_task(client.call("getUpdates", {"timeout": 50}, read_timeout_s=5))
        await asyncio.sleep(0.1)
        fake.clock.advance(50)
        assert await polling == []


@pytest.mark.parametrize(
    "answer", [b"", b"{}", b"[]", b"null", b'{"ok":false}', b'"result"', b"<p>Log in</p>", b"\xff"]
)
@pytest.mark.parametrize("request_class", [AiohttpRequest, SocksRequest])
def test_nonsense_is_an_error_of_telegrams(request_class: type[BaseRequest], answer: bytes) -> None:
    with pytest.raises(TelegramError, match="Invalid server response"):
        request_class.parse_json_payload(answer)["result"]


@pytest.mark.parametrize("status", [200, 502])
async def test_an_answer_that_is_not_telegrams_is_not_logged(status: int, caplog: pytest.LogCaptureFixture) -> None:
    async def portal(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 %d OK\r\nContent-Length: 13\r\n\r\n<p>Log in</p>" % status)
        await writer.drain()

    caplog.set_level(logging.DEBUG)
    async with server(portal) as address, connect(TelegramSettings("1:a", f"http://{address}")) as client:
        with pytest.raises(TelegramError) as caught:
            await client.call("getMe", {})
    assert "Log in" not in caplog.text
    assert isinstance(caught.value, NetworkError) == (status == 502)


async def test_a_wait_asked_for_warns_nobody(fake: FakeTelegram, settings: TelegramSettings) -> None:
    """python-telegram-bot warns of its own attribute when it makes the error; here warnings are errors."""
    fake.faults.fail_next("getMe", too_many_requests(3))
    async with connect(settings) as client:
        with pytest.raises(TelegramError, match="Flood control"):
            await client.call("getMe", {})


async def test_nothing_is_logged_of_what_people_wrote_or_of_the_token(
    fake: FakeTelegram, settings: TelegramSettings, lan: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with connect(settings) as client, connect(replace(settings, proxy="socks5://127.0.0.1:9")) as other:
        await client.call("sendMessage", {"chat_id": lan.user_id, "text": "bí mật"})
        with pytest.raises(NetworkError):
            await other.call("sendMessage", {"chat_id": lan.user_id, "text": "bí mật"})
    assert "bí mật" not in caplog.text
    assert fake.token not in caplog.text


async def test_a_closed_client_says_so() -> None:
    request = AiohttpRequest(1, 1)
    await request.shutdown()
    with pytest.raises(NetworkError, match="not open"):
        await request.post("http://127.0.0.1:9/")


async def test_a_files_name_travels_as_it_is() -> None:
    """The Bot API server reads names of files as UTF-8 and undoes no percent signs."""
    sent = b""

    async def api(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        sent = await reader.readuntil(b"%PDF")
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 12\r\nConnection: close\r\n\r\n{"ok":false}')
        await writer.drain()

    async with server(api) as address, connect(TelegramSettings("1:a", f"http://{address}")) as client:
        with pytest.raises(TelegramError):
            await client.send_document(1, b"%PDF", filename="Phiếu 2026.pdf")
    assert 'filename="Phiếu 2026.pdf"'.encode() in sent
