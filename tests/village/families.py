"""Families of the first hamlet without children, and its head, around a desk."""

from __future__ import annotations

from bot.dialogs.effects import Show
from bot.dialogs.events import Event, Typed
from bot.dialogs.facts import RoleKind
from bot.dialogs.screens import Screen
from bot.ports import Delivery
from tests.services.desk import Desk
from tests.services.office import HAMLET, Office

BEST = ("2/2", "2", "1", "có", "50", "1", "1", "có", "3")
"""30 + 10 + 10 + 10 + 8 + 6 + 6 + 8 + 6 + 6 = 100: the title."""
WORST = ("0/2", "0", "3", "chưa", "0", "3", "3", "chưa", "0")
"""30 points for having no children of school age: no title."""


async def head_of(desk: Desk, office: Office, who: str, place_id: int = HAMLET) -> None:
    """Somebody arrives by the code of a village head and agrees."""
    await desk.type(who, f"/start {await office.code(place_id, RoleKind.VILLAGE_HEAD)}")
    await desk.tap(who, "Đồng ý")


class Families:
    """Families, each called like its account; on the web chat, or on the Telegram of these tests."""

    def __init__(self, desk: Desk, channel: str = "web") -> None:
        self.desk = desk
        self.channel = channel
        self.shown: dict[str, list[Screen]] = {}
        """{who: every screen that was sent on a channel that is written to}."""

    async def register(self, who: str) -> None:
        """Register in the first hamlet, up to the first question."""
        await self.say(who, "/start", "đồng ý", who, "Thôn Mẫu 1", "2", "0")

    async def answer(self, who: str, count: int, *, is_best: bool = False) -> None:
        """Answer the first questions."""
        await self.say(who, *(BEST if is_best else WORST)[:count])

    async def hand_in(self, who: str, *, is_best: bool = False) -> None:
        """Answer everything and hand in."""
        await self.answer(who, len(BEST), is_best=is_best)
        await self.say(who, "nộp phiếu")

    async def say(self, who: str, *texts: str) -> None:
        """Type texts one after the other."""
        for text in texts:
            await self.do(who, Typed(text))

    async def do(self, who: str, event: Event) -> None:
        """Let something happen, and see what is sent."""
        await self.desk.accept(self.desk.update(event, who, self.channel))
        self.see(await self.desk.handle_all())

    def see(self, deliveries: tuple[Delivery, ...]) -> None:
        """Note the screens among deliveries."""
        for delivery in deliveries:
            if isinstance(delivery.content, Show):
                self.shown.setdefault(delivery.account.external_id, []).append(delivery.content.screen)
