"""A small HTTP/1.1 server: one request at a time per connection, answers given at once or later, nothing else."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

_HEAD_MAX = 64 * 1024
_HEADERS = re.compile(
    rb"\r\n(content-length|content-type|transfer-encoding|connection|expect):[ \t]*([^\r\n]*)", re.IGNORECASE
)
_HEXADECIMAL = re.compile(rb"[0-9a-fA-F]{1,8}")
_REASONS = {status.value: status.phrase for status in HTTPStatus}


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request, read whole."""

    method: str
    target: str
    content_type: str
    body: bytes
    head: bytes = b""

    def header(self, name: str) -> str:
        """Any header by its name; empty when it did not come."""
        found = re.search(rb"\r\n" + re.escape(name.encode()) + rb":[ \t]*([^\r\n]*)", self.head, re.IGNORECASE)
        return found[1].decode() if found else ""


class Connection(asyncio.Protocol):
    """One client's connection; `handle(request, connection)` answers with `send` or `drop`, now or later."""

    __slots__ = (
        "_body_max", "_buffer", "_busy", "_chunks", "_closed", "_connections", "_handle", "_head", "_keep_alive",
        "_length", "on_closed", "transport",
    )  # fmt: skip

    def __init__(
        self, handle: Callable[[Request, Connection], None], connections: set[Connection], body_max: int
    ) -> None:
        self._handle = handle
        self._connections = connections
        self._body_max = body_max
        self._buffer = b""
        self._head: tuple[str, str, str, bytes] | None = None
        self._length = 0
        self._chunks: list[bytes] | None = None
        self._busy = False
        self._closed = False
        self._keep_alive = True
        self.on_closed: Callable[[], None] | None = None
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._closed = True
        self._connections.discard(self)
        if self.on_closed is not None:
            self.on_closed()

    def data_received(self, data: bytes) -> None:
        self._buffer = self._buffer + data if self._buffer else data
        if not self._busy:
            self._read()

    def _read(self) -> None:
        """Hand over the next whole request, if it is there."""
        if self._head is None and not self._read_head():
            return
        if self._chunks is not None:
            if not self._read_chunks(self._chunks):
                return
            body = b"".join(self._chunks)
        elif len(self._buffer) >= self._length:
            body, self._buffer = self._buffer[: self._length], self._buffer[self._length :]
        else:
            return
        assert self._head is not None
        method, target, content_type, head = self._head
        self._head = self._chunks = None
        self._busy = True
        self._handle(Request(method, target, content_type, body, head), self)

    def _read_head(self) -> bool:
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            if len(self._buffer) > _HEAD_MAX:
                self._refuse(431)
            return False
        head, self._buffer = self._buffer[:end], self._buffer[end + 4 :]
        words = head[: head.find(b"\r\n")].split(b" ") if b"\r\n" in head else head.split(b" ")
        if len(words) != 3:
            self._refuse(400)
            return False
        headers = {name.lower(): value.strip() for name, value in _HEADERS.findall(head)}
        self._keep_alive = headers.get(b"connection", b"").lower() != b"close" and words[2] != b"HTTP/1.0"
        length = headers.get(b"content-length", b"0")
        if not length.isdigit():
            self._refuse(400)
            return False
        self._length = int(length)
        if self._length > self._body_max:
            self._refuse(413)
            return False
        if headers.get(b"transfer-encoding", b"").lower() == b"chunked":
            self._chunks = []
            self._length = 0
        if headers.get(b"expect", b"").lower() == b"100-continue" and self.transport is not None:
            self.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        self._head = words[0].decode(), words[1].decode(), headers.get(b"content-type", b"").decode(), head
        return True

    def _read_chunks(self, chunks: list[bytes]) -> bool:
        """Take the chunks that are there; true when the last one was."""
        while (end := self._buffer.find(b"\r\n")) >= 0:
            digits = self._buffer[:end].partition(b";")[0]
            if not _HEXADECIMAL.fullmatch(digits):
                self._refuse(400)
                return False
            size = int(digits, 16)
            if len(self._buffer) < end + 2 + size + 2:
                return False
            if size == 0:
                self._buffer = self._buffer[end + 4 :]
                return True
            chunks.append(self._buffer[end + 2 : end + 2 + size])
            self._length += size
            self._buffer = self._buffer[end + 2 + size + 2 :]
            if self._length > self._body_max:
                self._refuse(413)
                return False
        return False

    def _refuse(self, status: int) -> None:
        """Answer what cannot be read, and hang up."""
        self._keep_alive = False
        description = "Request Entity Too Large" if status == 413 else _REASONS[status]
        self.send(status, f'{{"ok":false,"error_code":{status},"description":"{description}"}}'.encode())

    def send(self, status: int, body: bytes, *, content_type: str = "application/json", retry_after: int = 0) -> None:
        """Answer the request in hand and go on to the next one."""
        self._busy = False
        self.on_closed = None
        if self._closed or self.transport is None:
            return
        extra = f"Retry-After: {retry_after}\r\n" if retry_after else ""
        keep = "keep-alive" if self._keep_alive else "close"
        head = (
            f"HTTP/1.1 {status} {_REASONS.get(status, 'Unknown')}\r\nServer: nginx\r\nContent-Type: {content_type}\r\n"
            f"Content-Length: {len(body)}\r\nConnection: {keep}\r\n{extra}\r\n"
        )
        self.transport.write(head.encode() + body)
        if not self._keep_alive:
            self._closed = True
            self.transport.close()
        elif self._buffer:
            self._read()

    def drop(self) -> None:
        """Hang up without an answer."""
        self._busy = True
        self.on_closed = None
        if self.transport is not None:
            self.transport.abort()

    @property
    def is_open(self) -> bool:
        """Whether the client is still there."""
        return not self._closed


class HttpServer:
    """Listens on one loopback address; can stop listening and start again on the same port."""

    def __init__(self, handle: Callable[[Request, Connection], None], body_max: int) -> None:
        self._handle = handle
        self._body_max = body_max
        self._connections: set[Connection] = set()
        self._server: asyncio.Server | None = None
        self.host = "127.0.0.1"
        self.port = 0

    async def listen(self, host: str, port: int) -> None:
        """Start listening; port 0 takes a free one, kept from then on."""
        self._server = await asyncio.get_running_loop().create_server(
            lambda: Connection(self._handle, self._connections, self._body_max), host, port, reuse_address=True
        )
        self.host, self.port = host, self._server.sockets[0].getsockname()[1]

    def refuse(self) -> None:
        """Stop listening and hang up on everybody."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for connection in tuple(self._connections):
            connection.drop()

    async def close(self) -> None:
        """Stop for good."""
        server = self._server
        self.refuse()
        if server is not None:
            await server.wait_closed()
