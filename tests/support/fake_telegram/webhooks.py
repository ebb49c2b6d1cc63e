"""Delivery to a webhook: in order per chat, presses beside messages, again and again until it is accepted."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import aiohttp

from tests.support.fake_telegram.bodies import Parameters, read_parameters
from tests.support.fake_telegram.clock import VirtualClock
from tests.support.fake_telegram.errors import ApiError
from tests.support.fake_telegram.faults import Faults
from tests.support.fake_telegram.settings import Settings
from tests.support.fake_telegram.updates import Update, UpdateQueue
from tests.support.fake_telegram.wire import JsonObject

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_UNCALLABLE = frozenset({"deletewebhook", "setwebhook", "close", "logout"})


@dataclass(frozen=True, slots=True)
class WebhookTarget:
    """What setWebhook said."""

    url: str
    secret_token: str = ""
    max_connections: int = 40
    ip_address: str = ""
    has_certificate: bool = False


@dataclass(frozen=True, slots=True)
class _Failure:
    message: str
    retry_after_s: float = 0.0


@dataclass(slots=True)
class _Queue:
    """Updates that must be accepted one after another."""

    updates: deque[Update] = field(default_factory=deque)
    failures: int = 0


class Webhook:
    """Sends every update of the queue to one address until told to stop."""

    def __init__(
        self, target: WebhookTarget, updates: UpdateQueue, clock: VirtualClock, settings: Settings, faults: Faults,
        call: Callable[[str, Parameters], object], notify: Callable[[], None],
    ) -> None:  # fmt: skip
        self.target = target
        self.attempts = 0
        self.last_error: tuple[int, str] | None = None
        self._updates = updates
        self._clock = clock
        self._settings = settings
        self._faults = faults
        self._call = call
        self._notify = notify
        self._queues: dict[int, _Queue] = {}
        self._ready: deque[int] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=None), raise_for_status=False
        )
        self._gone_since: float | None = None
        self.is_closed = False
        for update in updates.waiting():
            self.enqueue(update)

    def enqueue(self, update: Update) -> None:
        """Deliver this update after those of its own queue."""
        queue = self._queues.get(update.queue_id)
        if queue is None:
            queue = self._queues[update.queue_id] = _Queue()
            self._ready.append(update.queue_id)
        queue.updates.append(update)
        self._pump()

    def _pump(self) -> None:
        """Start on queues that may be sent, as many at once as connections are allowed."""
        while self._ready and len(self._tasks) < self.target.max_connections and not self.is_closed:
            task = asyncio.get_running_loop().create_task(self._drain(self._ready.popleft()))
            self._tasks.add(task)
            task.add_done_callback(self._drained)

    def _drained(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._pump()
        self._notify()

    @property
    def is_resting(self) -> bool:
        """Whether no delivery is under way; some may wait for their next try."""
        return not self._tasks

    async def _drain(self, queue_id: int) -> None:
        """Send a queue's updates until it is empty or one fails."""
        queue = self._queues[queue_id]
        while queue.updates:
            if len(queue.updates) > 1 and not queue.failures and self._faults.happens("reorder_updates"):
                queue.updates[0], queue.updates[1] = queue.updates[1], queue.updates[0]
            update = queue.updates[0]
            if not self._updates.has(update):
                queue.updates.popleft()
                continue
            failure = await self._send(update)
            if self.is_closed:
                return
            if failure is None:
                queue.failures = 0
                if not self._faults.happens("duplicate_update"):
                    queue.updates.popleft()
                    self._updates.forget(update)
            elif self._put_off(queue_id, queue, update, failure):
                return
        del self._queues[queue_id]

    def _put_off(self, queue_id: int, queue: _Queue, update: Update, failure: _Failure) -> bool:
        """Plan the next try; false when the update would have expired by then and was dropped."""
        self.last_error = (self._clock.date(), failure.message)
        delay_s = min(failure.retry_after_s, self._settings.webhook_retry_after_max_s)
        if not delay_s:
            delay_s = min(self._settings.webhook_retry_max_s, self._settings.webhook_retry_s * 2**queue.failures)
        queue.failures += 1
        if self._clock.now() + delay_s > update.expires_at:
            queue.updates.popleft()
            queue.failures = 0
            self._updates.forget(update)
            return False
        self._clock.call_later(delay_s, partial(self._resume, queue_id))
        return True

    def _resume(self, queue_id: int) -> None:
        if not self.is_closed:
            self._ready.append(queue_id)
            self._pump()

    async def _send(self, update: Update) -> _Failure | None:
        """One try; what the bot asks for in its answer is done at once."""
        headers = {"Content-Type": "application/json", "Accept-Encoding": "gzip, deflate"}
        if self.target.secret_token:
            headers[SECRET_HEADER] = self.target.secret_token
        self.attempts += 1
        try:
            async with asyncio.timeout(None) as patience:
                timer = self._clock.call_later(self._settings.webhook_timeout_s, partial(patience.reschedule, 0.0))
                try:
                    return self._judge(*await self._post(update.body(), headers))
                finally:
                    timer.cancel()
        except TimeoutError:
            return _Failure("Read timeout expired")
        except aiohttp.ClientConnectorError:
            return _Failure("Connection refused")
        except (aiohttp.ClientError, OSError):
            return _Failure("Webhook connection closed")

    async def _post(self, body: bytes, headers: dict[str, str]) -> tuple[int, str, float, str, bytes]:
        async with self._session.post(self.target.url, data=body, headers=headers, allow_redirects=False) as response:
            seconds = response.headers.get("Retry-After", "")
            content = await response.read()
            retry_after_s = float(seconds) if seconds.isdigit() else 0.0
            return (
                response.status,
                response.reason or "",
                retry_after_s,
                response.headers.get("Content-Type", ""),
                content,
            )

    def _judge(self, status: int, reason: str, retry_after_s: float, content_type: str, body: bytes) -> _Failure | None:
        if 200 <= status <= 299:
            self._gone_since = None
            self._obey(content_type, body)
            return None
        now = self._clock.now()
        self._gone_since = (self._gone_since or now) if status == 410 else None
        if self._gone_since is not None and now > self._gone_since + self._settings.webhook_gone_s:
            self.is_closed = True
        return _Failure(f"Wrong response from the webhook: {status} {reason}", retry_after_s)

    def _obey(self, content_type: str, body: bytes) -> None:
        """Carry out the method a bot may name in its answer; the result is told to nobody."""
        try:
            parameters = read_parameters("", content_type, body)
            method = parameters.text("method").lower()
            if method and method not in _UNCALLABLE and not method.startswith("get"):
                self._call(method, parameters)
        except ApiError:
            return

    def info(self) -> JsonObject:
        """The part of getWebhookInfo that is about this webhook."""
        info: JsonObject = {
            "url": self.target.url,
            "has_custom_certificate": self.target.has_certificate,
            "max_connections": self.target.max_connections,
            "ip_address": self.target.ip_address or "127.0.0.1",
        }
        if self.last_error is not None:
            info["last_error_date"], info["last_error_message"] = self.last_error
        return info

    async def close(self) -> None:
        """Stop sending; what was not accepted stays in the queue."""
        self.is_closed = True
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._session.close()
