"""The fake itself: a Bot API server on loopback, the people who use it, and the switches for what goes wrong."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from functools import partial
from types import TracebackType
from typing import Self
from urllib.parse import unquote

from tests.support.fake_telegram.backend import Backend, Call, Described, MessageEventKind
from tests.support.fake_telegram.bodies import Parameters, read_parameters
from tests.support.fake_telegram.clock import VirtualClock
from tests.support.fake_telegram.control import Control
from tests.support.fake_telegram.errors import ApiError
from tests.support.fake_telegram.faults import Faults, Outage
from tests.support.fake_telegram.http_server import Connection, HttpServer, Request
from tests.support.fake_telegram.methods import METHODS
from tests.support.fake_telegram.people import Person
from tests.support.fake_telegram.polling import Respond
from tests.support.fake_telegram.settings import Limits, Settings
from tests.support.fake_telegram.state import Chat, StoredMessage
from tests.support.fake_telegram.updates import Update
from tests.support.fake_telegram.wire import to_json

DEFAULT_TOKEN = "123456789:AAFakeTokenOfTheFakeTelegramServer00"
_log = logging.getLogger("fake_telegram")
_BODY_OVERHEAD = 1 << 20


class FakeTelegram:
    """One bot's Telegram; see the package for how to use it."""

    def __init__(
        self, *, token: str = DEFAULT_TOKEN, settings: Settings | None = None, clock: VirtualClock | None = None,
        faults: Faults | None = None, bot_name: str = "Học Tập", bot_username: str = "hoctap_bot",
    ) -> None:  # fmt: skip
        self.token = token
        self.settings = settings or Settings()
        self.clock = clock or VirtualClock()
        self.faults = faults or Faults()
        self.backend = Backend(token, self.clock, self.settings, self.faults, bot_name, bot_username)
        self.backend.methods = METHODS
        self._people: dict[int, Person] = {}
        self._http = HttpServer(self._handle, self.settings.upload_max + _BODY_OVERHEAD)
        self._control = Control(self)
        self._control_http = HttpServer(self._control.handle, self.settings.upload_max * 2)

    async def start(self, host: str = "127.0.0.1", port: int = 0, *, control_port: int | None = None) -> None:
        """Begin to listen; port 0 takes a free one. With a control port the fake can be driven from elsewhere too."""
        await self._http.listen(host, port)
        if control_port is not None:
            await self._control_http.listen(host, control_port)

    async def close(self) -> None:
        """Hang up on everybody."""
        await self.backend.close()
        await self._control.close()
        await self._http.close()
        await self._control_http.close()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def url(self) -> str:
        """The root to give to a Bot API client instead of https://api.telegram.org."""
        return f"http://{self._http.host}:{self._http.port}"

    @property
    def control_url(self) -> str:
        """Where `RemoteFake` finds this fake, if it was started with a control port."""
        return f"http://{self._control_http.host}:{self._control_http.port}"

    # People

    def person(
        self, first_name: str, *, last_name: str = "", username: str = "", language_code: str = "vi", user_id: int = 0
    ) -> Person:
        """Somebody who has not written to the bot yet."""
        user = self.backend.state.add_person(
            {
                "id": user_id, "first_name": first_name, "last_name": last_name, "username": username,
                "language_code": language_code,
            }
        )  # fmt: skip
        person = Person(self.backend, user, self.backend.state.chats[user.user_id])
        self._people[person.user_id] = person
        return person

    def find_person(self, user_id: int) -> Person | None:
        """The person with this number."""
        return self._people.get(user_id)

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody."""
        return tuple(self._people.values())

    def group(self, title: str, members: Iterable[Person]) -> tuple[Person, ...]:
        """A group with the bot in it; the same people again, each looking at the group."""
        users = [member.phone.user for member in members]
        chat = self.backend.state.add_group(title, users)
        return tuple(Person(self.backend, user, chat) for user in users)

    def on_bot_message(self, callback: Callable[[Person, StoredMessage, MessageEventKind], None]) -> None:
        """Call back for each message the bot sends, edits or deletes in a private chat, once it has its answer.

        The callback acts through `person.phone`, at once and without any request: a crowd of scripted people.
        """
        people = self._people

        def forward(chat: Chat, message: StoredMessage, kind: MessageEventKind) -> None:
            if (person := people.get(chat.chat_id)) is not None:
                callback(person, message, kind)

        self.backend.on_message.append(forward)

    # What the test wants to know

    def calls(self, method: str = "") -> list[Call]:
        """The bot's calls so far, all or of one method."""
        return [call for call in self.backend.calls if method.lower() in {"", call.method}]

    async def until(self, condition: Callable[[FakeTelegram], bool], timeout_s: float = 10.0) -> None:
        """Wait for something the bot's calls bring about."""
        if not await self.backend.state.changes.until(lambda: condition(self), timeout_s):
            recent = [f"{call.method}{f' -> {call.error}' * bool(call.error)}" for call in self.calls()[-10:]]
            raise AssertionError(f"It did not come true within {timeout_s} s; the bot's last calls: {recent}")

    async def until_call(self, method: str, timeout_s: float = 10.0) -> Call:
        """Wait until the bot has called a method; the latest such call."""
        await self.until(lambda fake: bool(fake.calls(method)), timeout_s)
        return self.calls(method)[-1]

    @property
    def pending_updates(self) -> int:
        """Updates the bot has not confirmed."""
        return len(self.backend.state.updates.waiting())

    # What goes wrong

    def change_limits(self, limits: Limits) -> None:
        """Other rate limits from now on."""
        self.backend.limits.change(limits)

    async def begin_outage(self, outage: Outage = "refuse") -> None:
        """Telegram cannot be reached: connections are refused, or everything is answered with 502."""
        self.faults.outage = outage
        if outage == "refuse":
            self._http.refuse()
            await asyncio.sleep(0)

    async def end_outage(self) -> None:
        """Telegram is back, at the same address."""
        if self.faults.outage == "refuse":
            await self._http.listen(self._http.host, self._http.port)
        self.faults.outage = None

    # Requests

    def _handle(self, request: Request, connection: Connection) -> None:
        path, _, query = request.target.partition("?")
        if "%" in path:
            path = unquote(path)
        if self.faults.outage is not None:
            connection.send(502, b"<html><h1>502 Bad Gateway</h1></html>", content_type="text/html")
        elif path.startswith("/file/bot"):
            self._download(path.removeprefix("/file/bot"), connection)
        elif path.startswith("/bot"):
            token, slash, method = path.removeprefix("/bot").partition("/")
            if slash:
                self._call(token, method.lower(), query, request, connection)
            else:
                _refuse(connection, ApiError(404, "Not Found"))
        else:
            _refuse(connection, ApiError(404, "Not Found"))

    def _call(self, token: str, method: str, query: str, request: Request, connection: Connection) -> None:
        if token != self.token:
            number, colon, _ = token.partition(":")
            is_formed = bool(colon) and number.isdigit() and not number.startswith("0") and len(token) <= 80
            _refuse(connection, ApiError(401, "Unauthorized" if is_formed else "Unauthorized: invalid token specified"))
            return
        if self.faults.happens("lose_request", method):
            connection.drop()
            return
        try:
            parameters = read_parameters(query, request.content_type, request.body)
            if method == "getupdates":
                self._poll(parameters, connection)
                return
            result: object = self.backend.call(method, parameters)
        except ApiError as error:
            result = error
        except Exception:  # noqa: BLE001  # any failure of the fake must reach the test as an answer
            _log.exception("the fake failed in %s", method)
            result = ApiError(500, f"Internal Server Error: the fake failed in {method}; its log says why")
        self._answer(connection, method, result)

    def _poll(self, parameters: Parameters, connection: Connection) -> None:
        backend = self.backend
        backend.call_counts["getupdates"] += 1
        if (planned := self.faults.refusal("getupdates")) is not None:
            raise planned
        if backend.active_webhook is not None:
            raise ApiError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the "
                "webhook first",
            )
        respond = partial(self._answer_poll, connection)
        connection.on_closed = partial(self._hung_up, respond)
        backend.poller.poll(parameters, respond)
        backend.state.changes.notify()

    def _hung_up(self, respond: Respond) -> None:
        self.backend.poller.abandon(respond)
        self.backend.state.changes.notify()

    def _answer_poll(self, connection: Connection, found: list[Update] | ApiError) -> None:
        if isinstance(found, ApiError):
            self._answer(connection, "getupdates", found)
        else:
            self._write(connection, "getupdates", f'{{"ok":true,"result":[{",".join(u.text for u in found)}]}}')

    def _answer(self, connection: Connection, method: str, result: object) -> None:
        match result:
            case ApiError():
                if self.faults.latency_s:
                    self._later(partial(_refuse, connection, result))
                else:
                    _refuse(connection, result)
            case Described(value, description):
                self._write(connection, method, to_json({"ok": True, "result": value, "description": description}))
            case _:
                self._write(connection, method, f'{{"ok":true,"result":{to_json(result)}}}')

    def _write(self, connection: Connection, method: str, text: str) -> None:
        if self.faults.happens("lose_answer", method):
            connection.drop()
        elif self.faults.latency_s:
            self._later(partial(connection.send, 200, text.encode()))
        else:
            connection.send(200, text.encode())

    def _later(self, answer: Callable[[], None]) -> None:
        delay_s = self.faults.random.uniform(0, self.faults.latency_s)
        asyncio.get_running_loop().call_later(delay_s, answer)

    def _download(self, rest: str, connection: Connection) -> None:
        token, _, path = rest.partition("/")
        file = self.backend.state.files.download(path) if token == self.token else None
        if file is None:
            _refuse(connection, ApiError(404, "Not Found"))
        else:
            connection.send(200, file.bytes(), content_type="application/octet-stream")


def _refuse(connection: Connection, error: ApiError) -> None:
    connection.send(error.code, to_json(error.body()).encode(), retry_after=error.retry_after)
