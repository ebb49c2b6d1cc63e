"""A conversation on a real SQLite file with scripted people; for tests of the services."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.bootstrap import CHANNELS
from bot.dialogs.effects import Content, Show
from bot.dialogs.events import Event, Pressed, Typed
from bot.dialogs.screens import Screen
from bot.i18n import translator
from bot.ports import Delivery, Incoming, PersonRecord, Sent, Settled, Settlement, Storage
from bot.scoring.shipped import load_shipped
from bot.services.converse import Conversation
from bot.services.knowledge import Installation
from bot.services.rules import Rulebook
from tests.support.clock import FakeClock, FakeIds

TIMEZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class Desk:
    """The conversation service with everything around it in the test's hands."""

    def __init__(self, storage: Storage, clock: FakeClock, first_update: int = 0) -> None:
        self.storage = storage
        self.clock = clock
        self.rulebook = Rulebook(load_shipped())
        self.conversation = Conversation(
            storage, clock, FakeIds(), Installation(self.rulebook, dict(CHANNELS), TIMEZONE)
        )
        self._messages = 1000
        self._update = first_update

    async def accept(self, *updates: Incoming) -> int:
        """Store updates as a channel does."""
        async with self.storage.work() as work:
            return await work.inbox.add(updates, self.clock.now())

    def update(self, event: Event, who: str, channel: str = "web") -> Incoming:
        """Build the next update of a channel."""
        self._update += 1
        self._messages += 1
        is_telegram = channel == "telegram"
        return Incoming(
            channel,
            str(self._update),
            self._update,
            who,
            event,
            sequence=self._messages if is_telegram else None,
            sent_at=self.clock.now() if is_telegram else None,
            press_ref=f"press-{self._update}" if is_telegram and isinstance(event, Pressed) else "",
        )

    async def handle_all(self) -> tuple[Delivery, ...]:
        """Handle until nothing can be claimed; deliveries are settled as a well-behaved channel would."""
        deliveries: tuple[Delivery, ...] = ()
        while (handled := await self.conversation.run_once()).count:
            deliveries += handled.deliveries
            await self.settle(handled.deliveries)
        return deliveries

    async def settle(self, deliveries: tuple[Delivery, ...]) -> None:
        """Say that deliveries were sent, each as a message with the next number."""
        settlements = []
        for delivery in deliveries:
            self._messages += 1
            sent = Sent(str(self._messages), self._messages, self.clock.now())
            settlements.append(Settlement(delivery, Settled.SENT, sent))
        async with self.storage.work() as work:
            await work.outbox.settle(settlements, self.clock.now())

    async def mail(self, who: str, channel: str = "web") -> tuple[Content, ...]:
        """Everything in a pull channel's mailbox."""
        async with self.storage.work() as work:
            account = await work.people.account(channel, who)
            kept = await work.outbox.mailbox(account.id, 0, 100) if account else ()
        return tuple(each.content for each in kept)

    async def screen(self, who: str, channel: str = "web") -> Screen:
        """The newest screen of a pull channel's account."""
        return next(c.screen for c in reversed(await self.mail(who, channel)) if isinstance(c, Show))

    async def type(self, who: str, text: str) -> Screen:
        """Type under the newest screen and see what comes."""
        seen = (await self.screen(who)).revision if await self.mail(who) else None
        await self.accept(self.update(Typed(text, seen), who))
        await self.handle_all()
        return await self.screen(who)

    async def tap(self, who: str, label: str) -> Screen:
        """Tap what is on the newest screen and see what comes."""
        await self.accept(self.update(await self.press(who, label), who))
        await self.handle_all()
        return await self.screen(who)

    async def press(self, who: str, label: str) -> Pressed:
        """The press of a label on the newest screen."""
        screen = await self.screen(who)
        say = translator("vi").say
        found = next((c for c in screen.choices + screen.navigation if say(c.label) == label), None)
        assert found is not None, f"{label!r} is not among {[say(c.label) for c in screen.choices + screen.navigation]}"
        return Pressed(found.id, screen.revision)

    async def person(self, who: str, channel: str = "web") -> PersonRecord:
        """All that is stored of the person behind an account."""
        async with self.storage.work() as work:
            account = await work.people.account(channel, who)
            assert account is not None
            today = self.clock.now().astimezone(TIMEZONE).date()
            return (await work.people.load([account.person_id], today))[account.person_id]

    async def register(self, who: str, children: int = 1) -> Screen:
        """Walk to the first question."""
        await self.type(who, "/start")
        await self.tap(who, "Đồng ý")
        await self.type(who, "Bà Tư")
        await self.type(who, "1")
        await self.type(who, "2")
        return await self.type(who, str(children))


def as_telegram(update: Incoming) -> Incoming:
    """The same update as Telegram brings it: it does not say under which screen a text was typed."""
    event = update.event
    return replace(update, event=Typed(event.text)) if isinstance(event, Typed) else update
