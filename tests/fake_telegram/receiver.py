"""A bot's side of a webhook: keeps what comes and answers as it is told."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.support.fake_telegram.changes import Changes
from tests.support.fake_telegram.http_server import Connection, HttpServer, Request


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot says to one delivery; status 0 hangs up, no answer at all leaves the server waiting."""

    status: int = 200
    retry_after: int = 0
    body: bytes = b""
    content_type: str = "application/json"


class Receiver:
    """Listens for updates."""

    def __init__(self) -> None:
        self._http = HttpServer(self._handle, 1 << 20)
        self.updates: list[dict[str, Any]] = []
        self.secrets: list[str] = []
        self.planned: deque[Answer | None] = deque()
        self.waiting: list[Connection] = []
        self.changes = Changes()

    async def start(self) -> None:
        await self._http.listen("127.0.0.1", self._http.port)

    async def close(self) -> None:
        await self._http.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.port}/hook?a=1"

    def plan(self, *answers: Answer | None) -> None:
        """Answer the next deliveries so, later ones with 200; None leaves one waiting."""
        self.planned.extend(answers)

    def _handle(self, request: Request, connection: Connection) -> None:
        assert (request.method, request.target, request.content_type) == ("POST", "/hook?a=1", "application/json")
        self.updates.append(json.loads(request.body))
        self.secrets.append(request.header("X-Telegram-Bot-Api-Secret-Token"))
        answer = self.planned.popleft() if self.planned else Answer()
        match answer:
            case None:
                self.waiting.append(connection)
            case Answer(status=0):
                connection.drop()
            case Answer():
                connection.send(
                    answer.status, answer.body, content_type=answer.content_type, retry_after=answer.retry_after
                )
        self.changes.notify()

    def release(self) -> None:
        """Say 200 to every delivery left waiting."""
        waiting, self.waiting = self.waiting, []
        for connection in waiting:
            connection.send(200, b"")

    def texts(self) -> list[str]:
        """Texts of messages and data of presses, as they came."""
        return [u["message"]["text"] if "message" in u else u["callback_query"]["data"] for u in self.updates]

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something a delivery brings about."""
        assert await self.changes.until(condition, 10), f"came so far: {self.updates}"

    async def until_count(self, count: int) -> None:
        """Wait for so many deliveries."""
        await self.until(lambda: len(self.updates) >= count)
