"""Control over HTTP, for a fake that lives in another process: JSON requests under /_fake/, used by `RemoteFake`.

Control has its own port, so that it still answers while the Bot API itself plays dead.

| request | body | answer |
|---|---|---|
| POST /_fake/person | first_name, last_name, username, language_code, user_id | the person |
| POST /_fake/person/ID/VERB | the arguments of `Phone.VERB` by name; bytes in base64 | `result` and the person |
| POST /_fake/person/ID/wait | version, timeout_s | the person, once changed |
| GET /_fake/file/FILE_ID | | the bytes |
| POST /_fake/advance | seconds | `now` |
| POST /_fake/faults | probabilities by name; `once`: [fault, method]; `outage`: refuse, bad_gateway or null | {} |
| POST /_fake/limits | fields of `Limits` | {} |
| GET /_fake/state | | `url`, `token`, `now`, `calls` by method, `pending_updates`, `has_poller` |

A person is `{"user_id", "version", "messages", "notices", "actions", "waiting_presses"}`. What a person cannot do (no
such button) is answered with 409 and `{"assertion": text}`; a malformed request with 400.
"""

from __future__ import annotations

import asyncio
import base64
import dataclasses
import json
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING

from tests.support.fake_telegram.http_server import Connection, Request
from tests.support.fake_telegram.people import Person
from tests.support.fake_telegram.settings import Limits
from tests.support.fake_telegram.wire import JsonObject, to_json

if TYPE_CHECKING:
    from tests.support.fake_telegram.server import FakeTelegram

_VERBS = frozenset({
    "send", "send_document", "send_photo", "send_sticker", "send_voice", "tap", "tap_data", "double_tap", "block",
    "unblock", "deactivate",
})  # fmt: skip
_PROBABILITIES = ("duplicate_update", "reorder_updates", "lose_answer", "lose_request", "latency_s")


class Control:
    """Carries out control requests."""

    def __init__(self, fake: FakeTelegram) -> None:
        self._fake = fake
        self._tasks: set[asyncio.Task[None]] = set()

    def handle(self, request: Request, connection: Connection) -> None:
        """Answer one request, or later if it has to wait."""
        words = request.target.removeprefix("/_fake/").split("/")
        try:
            body: JsonObject = json.loads(request.body) if request.body else {}
            self._route(words, body, connection)
        except AssertionError as error:
            _answer(connection, {"assertion": str(error)}, 409)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            _answer(connection, {"error": f"{type(error).__name__}: {error}"}, 400)

    def _route(self, words: list[str], body: JsonObject, connection: Connection) -> None:
        match words:
            case ["person"]:
                _answer(connection, person_snapshot(self._fake.person(**body)))
            case ["person", user_id, "wait"]:
                self._spawn(self._wait(self._person(user_id), body, connection))
            case ["person", user_id, verb] if verb in _VERBS:
                self._act(self._person(user_id), verb, body, connection)
            case ["file", file_id]:
                file = self._fake.backend.state.files.find(file_id)
                connection.send(404 if file is None else 200, file.bytes() if file else b"", content_type="*/*")
            case ["faults"]:
                self._spawn(self._change_faults(body, connection))
            case ["advance" | "limits" | "state" as name]:
                actions: dict[str, Callable[[JsonObject], JsonObject]] = {
                    "advance": self._advance, "limits": self._limit, "state": self._state,
                }  # fmt: skip
                _answer(connection, actions[name](body))
            case _:
                _answer(connection, {"error": f"unknown control request {'/'.join(words)}"}, 404)

    def _person(self, user_id: str) -> Person:
        person = self._fake.find_person(int(user_id))
        if person is None:
            raise KeyError(user_id)
        return person

    @staticmethod
    def _act(person: Person, verb: str, body: JsonObject, connection: Connection) -> None:
        if isinstance(body.get("content"), str):
            body["content"] = base64.b64decode(body["content"])
        result = getattr(person.phone, verb)(**body)
        _answer(connection, {"result": result} | person_snapshot(person))

    async def _wait(self, person: Person, body: JsonObject, connection: Connection) -> None:
        changes = person.phone.chat.changes
        await changes.until(lambda: changes.version != body["version"], min(60.0, float(body["timeout_s"])))
        _answer(connection, person_snapshot(person))

    async def _change_faults(self, body: JsonObject, connection: Connection) -> None:
        faults = self._fake.faults
        for name in _PROBABILITIES:
            if name in body:
                setattr(faults, name, float(body[name]))
        if once := body.get("once"):
            faults.once(*once)
        if "outage" in body:
            await (self._fake.begin_outage(body["outage"]) if body["outage"] else self._fake.end_outage())
        _answer(connection, {})

    def _advance(self, body: JsonObject) -> JsonObject:
        self._fake.clock.advance(float(body["seconds"]))
        return {"now": self._fake.clock.now()}

    def _limit(self, body: JsonObject) -> JsonObject:
        self._fake.change_limits(Limits(**body))
        return {}

    def _state(self, _body: JsonObject) -> JsonObject:
        backend = self._fake.backend
        return {
            "url": self._fake.url,
            "token": self._fake.token,
            "now": self._fake.clock.now(),
            "calls": dict(backend.call_counts),
            "pending_updates": self._fake.pending_updates,
            "has_poller": backend.poller.is_waiting,
        }

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Give up requests that still wait."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def person_snapshot(person: Person) -> JsonObject:
    """Everything about a person that travels."""
    return {
        "user_id": person.user_id,
        "version": person.phone.chat.changes.version,
        "messages": [dataclasses.asdict(message) for message in person.messages],
        "notices": [dataclasses.asdict(notice) for notice in person.notices],
        "actions": list(person.actions),
        "waiting_presses": list(person.waiting_presses),
    }


def _answer(connection: Connection, body: JsonObject, status: int = 200) -> None:
    connection.send(status, to_json(body).encode())
