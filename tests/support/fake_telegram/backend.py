"""The server without its network: takes calls and what people do, keeps the state, tells everybody who listens."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tests.support.fake_telegram.bodies import Parameters
from tests.support.fake_telegram.clock import VirtualClock
from tests.support.fake_telegram.errors import ApiError
from tests.support.fake_telegram.faults import Faults
from tests.support.fake_telegram.limits import RateLimits
from tests.support.fake_telegram.polling import Poller
from tests.support.fake_telegram.settings import Settings
from tests.support.fake_telegram.state import Chat, ServerState, StoredMessage
from tests.support.fake_telegram.updates import Update
from tests.support.fake_telegram.webhooks import Webhook, WebhookTarget

MessageEventKind = Literal["sent", "edited", "deleted"]


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot, as it was recorded; `error` is empty when it succeeded."""

    method: str
    arguments: dict[str, object]
    error: str
    at: float


@dataclass(frozen=True, slots=True)
class Described:
    """A result that comes with a sentence."""

    result: object
    description: str


class Backend:
    """One bot's Telegram."""

    def __init__(
        self, token: str, clock: VirtualClock, settings: Settings, faults: Faults, bot_name: str, bot_username: str
    ) -> None:
        self.token = token
        self.clock = clock
        self.settings = settings
        self.faults = faults
        self.state = ServerState(clock, settings, int(token.partition(":")[0]), bot_name, bot_username)
        self.limits = RateLimits(settings.limits, clock.now)
        self.poller = Poller(self.state.updates, clock, settings, faults)
        self.webhook: Webhook | None = None
        self.calls: deque[Call] = deque(maxlen=settings.calls_kept)
        self.call_counts: Counter[str] = Counter()
        self.on_message: list[Callable[[Chat, StoredMessage, MessageEventKind], None]] = []
        self._closing: set[asyncio.Task[None]] = set()
        self.methods: dict[str, Callable[[Backend, Parameters], object]] = {}
        self.state.updates.on_confirmed = self._confirmed

    def call(self, method: str, parameters: Parameters) -> object:
        """Carry out a method (named in small letters) and give its result.

        Raises: ApiError with the refusal.
        """
        self.call_counts[method] += 1
        error = ""
        try:
            return self._carry_out(method, parameters)
        except ApiError as refusal:
            error = refusal.description
            raise
        finally:
            self.record(method, parameters, error)

    def _carry_out(self, method: str, parameters: Parameters) -> object:
        if (planned := self.faults.refusal(method)) is not None:
            raise planned
        function = self.methods.get(method)
        if function is None:
            raise ApiError(404, "Not Found: method not found")
        return function(self, parameters)

    def record(self, method: str, parameters: Parameters, error: str) -> None:
        """Keep the call for the test to look at."""
        if self.calls.maxlen:
            self.calls.append(Call(method, parameters.recorded(), error, self.clock.now()))
        self.state.changes.notify()

    def deliver(self, update: Update | None) -> None:
        """Take a new update to the bot, the way it asked for."""
        if update is None:
            return
        if self.webhook is not None and not self.webhook.is_closed:
            self.webhook.enqueue(update)
        else:
            self.poller.wake()

    def _confirmed(self, update: Update) -> None:
        if self.faults.happens("duplicate_update"):
            self.state.updates.repeat.append(update)

    def screen_changed(self, chat: Chat, message: StoredMessage, kind: MessageEventKind) -> None:
        """Let people see what the bot did, and let scripted ones react once the bot has its answer."""
        chat.changes.notify()
        if self.on_message:
            loop = asyncio.get_running_loop()
            for callback in self.on_message:
                loop.call_soon(callback, chat, message, kind)

    def set_webhook(self, target: WebhookTarget | None) -> None:
        """Replace the webhook, or take it away."""
        if self.webhook is not None:
            task = asyncio.get_running_loop().create_task(self.webhook.close())
            self.webhook.is_closed = True
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)
            self.webhook = None
        if target is not None:
            self.webhook = Webhook(
                target, self.state.updates, self.clock, self.settings, self.faults, self.call, self.state.changes.notify
            )

    @property
    def active_webhook(self) -> Webhook | None:
        """The webhook that updates go to; None when there is none or it was given up."""
        return self.webhook if self.webhook is not None and not self.webhook.is_closed else None

    async def close(self) -> None:
        """Stop every delivery."""
        self.poller.end(ApiError(500, "Internal Server Error: restart"))
        self.set_webhook(None)
        await asyncio.gather(*self._closing, return_exceptions=True)
        self.clock.close()
