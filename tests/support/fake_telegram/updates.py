"""The queue of updates a bot has not confirmed yet."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from tests.support.fake_telegram.wire import JsonObject, to_json

UPDATE_KINDS = (
    "message", "edited_message", "channel_post", "edited_channel_post", "business_connection", "business_message",
    "edited_business_message", "deleted_business_messages", "message_reaction", "message_reaction_count",
    "inline_query", "chosen_inline_result", "callback_query", "shipping_query", "pre_checkout_query",
    "purchased_paid_media", "poll", "poll_answer", "my_chat_member", "chat_member", "chat_join_request", "chat_boost",
    "removed_chat_boost",
)  # fmt: skip
DEFAULT_KINDS = frozenset(UPDATE_KINDS) - {"chat_member", "message_reaction", "message_reaction_count"}
_FUTURE_TOLERANCE = 10
FIRST_UPDATE_ID = 100_000_001


@dataclass(slots=True)
class Update:
    """One update, written once; `queue_id` says which others a webhook must deliver it after."""

    update_id: int
    kind: str
    text: str
    expires_at: float
    queue_id: int

    def body(self) -> bytes:
        """The JSON object a client receives."""
        return self.text.encode()


class UpdateQueue:
    """Updates in ascending order of their ids; an expired one is gone as if it had never been."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._updates: OrderedDict[int, Update] = OrderedDict()
        self._next_id = FIRST_UPDATE_ID
        self.allowed = DEFAULT_KINDS
        self.repeat: list[Update] = []
        """Confirmed updates that come once more all the same: an injected fault."""
        self.on_confirmed: Callable[[Update], None] = self._ignore

    def allow(self, kinds: object) -> None:
        """What `allowed_updates` says, for updates from now on; absent or unreadable changes nothing."""
        if isinstance(kinds, list) and all(isinstance(kind, str) for kind in kinds):
            self.allowed = frozenset(kinds) & frozenset(UPDATE_KINDS) or DEFAULT_KINDS

    def push(self, kind: str, content: JsonObject, expires_in_s: float, queue_id: int) -> Update | None:
        """Queue an update; None when the bot does not want its kind."""
        if kind not in self.allowed:
            return None
        text = f'{{"update_id":{self._next_id},"{kind}":{to_json(content)}}}'
        update = Update(self._next_id, kind, text, self._now() + expires_in_s, queue_id)
        self._next_id += 1
        self._updates[update.update_id] = update
        return update

    def get(self, offset: int, limit: int) -> list[Update]:
        """What getUpdates sees: a positive offset forgets everything before it, a negative one all but the last.

        An offset more than ten past the newest update is taken for a mistake and ignored.
        """
        if offset < 0:
            while len(self._updates) > -offset:
                self._updates.popitem(last=False)
        elif offset <= self._next_id + _FUTURE_TOLERANCE:
            while self._updates and next(iter(self._updates)) < offset:
                self.on_confirmed(self._updates.popitem(last=False)[1])
        found, self.repeat = self.repeat[:limit], self.repeat[limit:]
        expired: list[int] = []
        now = self._now()
        for update in self._updates.values():
            if len(found) == limit:
                break
            if update.expires_at < now:
                expired.append(update.update_id)
            else:
                found.append(update)
        for update_id in expired:
            del self._updates[update_id]
        return found

    @staticmethod
    def _ignore(_update: Update) -> None:
        """Nothing else happens to an update that was confirmed."""

    def forget(self, update: Update) -> None:
        """It was delivered."""
        self._updates.pop(update.update_id, None)

    def has(self, update: Update) -> bool:
        """Whether it still waits and has not expired."""
        return update.update_id in self._updates and update.expires_at >= self._now()

    def waiting(self) -> list[Update]:
        """Everything not confirmed and not expired."""
        now = self._now()
        for update in [update for update in self._updates.values() if update.expires_at < now]:
            del self._updates[update.update_id]
        return list(self._updates.values())

    def clear(self) -> None:
        """Drop everything that waits."""
        self._updates.clear()
        self.repeat.clear()


def with_neighbours_swapped(updates: list[Update], strikes: Callable[[], bool]) -> list[Update]:
    """The same updates, where a pair of neighbours changes places whenever the fault strikes."""
    swapped, index = list(updates), 0
    while index < len(swapped) - 1:
        if strikes():
            swapped[index], swapped[index + 1] = swapped[index + 1], swapped[index]
            index += 1
        index += 1
    return swapped
