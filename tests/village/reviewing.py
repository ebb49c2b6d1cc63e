"""A hamlet with families who hand in, its head at the review, and the job that tells what is due."""

from __future__ import annotations

from bot.dialogs.facts import AssessmentState
from bot.dialogs.screens import Screen
from bot.ports import AssessmentRecord
from bot.services.bells import Bell
from bot.services.village.news import Telling
from tests.services.desk import TIMEZONE, Desk
from tests.services.office import HAMLET, Office
from tests.village.families import WORST, Families, head_of

HEAD = "head"
ROOM = "Bình xét phiếu đã nộp"
SLOWLY_S = 20
"""Between two answers, so that nobody looks hasty."""


class Village:
    """Families of the first hamlet, and its head."""

    def __init__(self, desk: Desk, office: Office) -> None:
        self.desk = desk
        self.office = office
        self.families = Families(desk)
        self.telling = Telling(desk.storage, desk.clock, TIMEZONE, Bell())

    async def head(self, who: str = HEAD, place_id: int = HAMLET) -> None:
        """Somebody becomes village head."""
        await head_of(self.desk, self.office, who, place_id)

    async def handed_in(self, *who: str, but: str = "") -> None:
        """Families answer everything and hand in; nearly the best, so that nothing is worth a look.

        Args:
            but: the answer to the ninth question, else 2 of the 3 meetings of the best.
        """
        for each in who:
            await self.families.register(each)
            for text in ("2/2", "1", "1", "có", "30", "1", "1", "có", but or "2"):
                self.desk.clock.advance(SLOWLY_S)
                await self.families.say(each, text)
            await self.families.say(each, "nộp phiếu")

    async def handed_in_quickly(self, who: str) -> None:
        """A family has the worst answer to everything, each within a second."""
        await self.families.register(who)
        for text in WORST:
            self.desk.clock.advance(1)
            await self.families.say(who, text)
        await self.families.say(who, "nộp phiếu")

    async def review(self, who: str = HEAD) -> str:
        """Go to the review; what stands there."""
        await self.desk.type(who, "/desk")
        return self.words(await self.desk.tap(who, ROOM))

    async def tap(self, *labels: str, who: str = HEAD) -> str:
        """Tap one after the other; what stands on the last screen."""
        screen: Screen | None = None
        for label in labels:
            screen = await self.desk.tap(who, label)
        assert screen is not None
        return self.words(screen)

    async def type(self, text: str, who: str = HEAD) -> str:
        """Type something; what stands on the screen then."""
        return self.words(await self.desk.type(who, text))

    async def seen(self, who: str = HEAD) -> str:
        """What stands on somebody's screen."""
        return self.words(await self.desk.screen(who))

    async def labels(self, who: str = HEAD) -> list[str]:
        """What somebody can tap."""
        return self.office.labels(await self.desk.screen(who))

    async def tick(self) -> int:
        """Let the tick pass that tells what is due; returns how many were told."""
        told = await self.telling.run_once()
        await self.desk.handle_all()
        return told

    async def sheet(self, who: str) -> AssessmentRecord:
        """Somebody's own sheet."""
        record = (await self.desk.person(who)).assessment
        assert record is not None
        return record

    async def state(self, who: str) -> AssessmentState:
        """How far somebody's own sheet is."""
        return (await self.sheet(who)).state

    def words(self, screen: Screen) -> str:
        """What stands on a screen."""
        return self.office.words(screen)
