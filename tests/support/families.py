"""Simulated families on the fake Telegram: each has a script of answers and follows it over whatever screen comes.

A family reads the bot's newest message and answers what stands there by its script, by a tap on what is really on the
screen or in words. Now and then it behaves as people do: presses twice, presses an old button, types what it has just
pressed, asks why, sends a sticker, puts a question off, corrects an answer at the end. When nothing comes for a while
it presses or types again. All of it is decided by a seed.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.dialogs.kinds import answer_words
from bot.dialogs.screens import say
from bot.i18n import translator
from bot.scoring.model import (
    Answer,
    Chosen,
    Indicator,
    NotApplicable,
    OneOfRule,
    Quantity,
    Share,
    ShareRule,
    YesNo,
)
from tests.support.fake_telegram import Button, FakeTelegram, Person, ScreenMessage, StoredMessage
from tests.support.fake_telegram.backend import MessageEventKind
from tests.support.family_scripts import Script

_WORDS = translator("vi")
_YES: Final = ("có", "Dạ có", "co", "rồi", "vâng ạ", "có rồi")
_NO: Final = ("chưa", "Không", "chua", "ko", "dạ chưa", "không ạ")
_LOOK_S: Final = 0.25


class Family:
    """One family at its phone."""

    def __init__(self, script: Script, person: Person, chance: random.Random) -> None:
        self.script = script
        self.person = person
        self.chance = chance
        self.acknowledged: dict[str, Answer] = {}
        """{indicator: the newest value the bot said it has recorded}."""
        self.answered: set[str] = set()
        """The questions it has answered, whether or not that has reached anybody."""
        self.typed: set[str] = set()
        """Every text it wrote."""
        self.surprises: list[str] = []
        """What the bot should never have said."""
        self.acts = 0
        self.is_done = False
        self.acted_at = 0.0
        self.patience_s = chance.uniform(2.5, 4.0)
        self._unanswered = 0
        self._is_correcting = False
        self._put_off: set[str] = set()
        self._old_buttons: list[tuple[int, str]] = []
        self._confirmations = {
            sentence: (indicator.id, value)
            for number, indicator in enumerate(script.asked, 1)
            for value in script.given(indicator.id)
            for sentence in [_confirmation(number, indicator, value)]
        }

    @property
    def account(self) -> str:
        """What the channel calls it."""
        return str(self.person.chat_id)

    def begin(self) -> None:
        """Write the first word."""
        self._send("/start")

    def sees(self, message: StoredMessage) -> bool:
        """Notice a message; returns whether it is the family's turn now."""
        if "reply_markup" not in message.wire:
            return False
        self._unanswered = max(0, self._unanswered - 1)
        self._read_confirmations(str(message.wire.get("text", "")))
        return self._unanswered == 0 and not self.is_done

    def thinks_s(self, message: StoredMessage) -> float:
        """How long it takes to answer: longer when told that something did not count, or two answers at once never end.

        Somebody who answers each such notice at the moment it comes always has another answer on the way.
        """
        text = str(message.wire.get("text", ""))
        is_stale = any(_WORDS.text(code) in text for code in ("stale.typed", "stale.pressed"))
        return self.chance.uniform(0.2, 0.6) if is_stale else self.chance.uniform(0, 0.03)

    def acts_again(self) -> None:
        """Nothing came for a while: press or type again."""
        self._unanswered = 0
        self.act()

    def act(self) -> None:
        """Answer the newest screen."""
        screen = self.person.phone.newest()
        if screen is None:
            self.begin()
        elif self._is_mischievous(screen):
            self.acts += 1
        else:
            self._answer(screen)
            self._old_buttons += [(screen.message_id, button.data) for button in _buttons(screen)]

    def _answer(self, screen: ScreenMessage) -> None:
        if _labelled(screen, _WORDS.text("result.see_sheet")):
            self.is_done = True
        elif _labelled(screen, _WORDS.text("summary.household")):
            self._review(screen)
        elif _WORDS.text("pick.title") in screen.text:
            self._pick(screen)
        elif resume := _labelled(screen, _WORDS.text("nav.continue")):
            self._tap_or_type(screen, resume.label, (resume.label.lower(),))
        elif (indicator := self._question(screen)) is not None:
            self._answer_question(screen, indicator)
        elif not self._register(screen):
            self.surprises.append(f"no idea what to do with: {screen}")
            self._send("/start")

    def _register(self, screen: ScreenMessage) -> bool:
        """Answer one of the first questions."""
        script = self.script
        if _WORDS.text("consent.question") in screen.text:
            self._tap_or_type(screen, _WORDS.text("consent.agree"), ("đồng ý", "Dạ đồng ý", "có"))
        elif _WORDS.text("name.household.question") in screen.text:
            self._send(script.name)
        elif _WORDS.text("place.hamlet.household") in screen.text:
            self._tap_or_type(screen, script.place, (script.place,))
        elif _WORDS.text("fact.adults") in screen.text:
            self._tap_or_type(screen, str(script.adults), (str(script.adults), f"{script.adults} người"))
        elif _WORDS.text("fact.school_age_children") in screen.text:
            self._tap_or_type(screen, str(script.children), (str(script.children), f"{script.children} cháu"))
        else:
            return False
        return True

    def _question(self, screen: ScreenMessage) -> Indicator | None:
        return next((i for i in self.script.criteria.indicators if i.question.vi.strip() in screen.text), None)

    def _answer_question(self, screen: ScreenMessage, indicator: Indicator) -> None:
        later = _WORDS.text("nav.later")
        if indicator.id not in self.script.answers:
            self.surprises.append(f"asked {indicator.id}, which does not apply")
        elif indicator.id in self.script.postpones - self._put_off and _labelled(screen, later):
            self._put_off.add(indicator.id)
            self._tap_or_type(screen, later, (later.lower(),))
        else:
            # What is corrected is corrected from the summary; only that way back says so.
            is_corrected = self._is_correcting and _labelled(screen, _WORDS.text("nav.summary")) is not None
            value = self.script.given(indicator.id)[-1 if is_corrected else 0]
            self._give(screen, indicator, value)

    def _give(self, screen: ScreenMessage, indicator: Indicator, value: Answer) -> None:
        self.answered.add(indicator.id)
        rule = indicator.rule
        match value, rule:
            case YesNo(is_yes), _:
                words = _YES if is_yes else _NO
                self._tap_or_type(screen, _WORDS.text("answer.yes" if is_yes else "answer.no"), words)
            case Chosen(option_id), OneOfRule(options):
                place, option = next((n, o) for n, o in enumerate(options, 1) if o.id == option_id)
                self._tap_or_type(screen, option.label.vi, (str(place), option.label.vi.lower()))
            case Quantity(number), _:
                self._tap_or_type(screen, str(number), (str(number),))
            case Share(part, whole), ShareRule(whole_label=label):
                asks_whole = _WORDS.text("share.hint_whole", {"whole_label": label}) in screen.text
                both = f"{part}/{whole}"
                self._tap_or_type(screen, "" if asks_whole else str(part), (both, str(whole if asks_whole else part)))
            case NotApplicable(), _:
                self._send("0")
            case _:
                raise AssertionError(f"{value} is no answer to {indicator.id}")

    def _review(self, screen: ScreenMessage) -> None:
        """Correct what the script wants corrected, then hand in."""
        go_on = _WORDS.text("summary.go_on", {}, 1).partition("(")[0].strip()
        if _labelled(screen, go_on):
            self._tap_or_type(screen, go_on, ("tiếp tục",))
            return
        self._is_correcting = True
        wrong = self._to_correct(screen)
        if wrong is None:
            hand_in = _WORDS.text("summary.hand_in")
            self._tap_or_type(screen, hand_in, (hand_in.lower(),))
        else:
            self._tap_or_type(screen, _WORDS.text("summary.change"), (f"sửa câu {wrong}",))

    def _pick(self, screen: ScreenMessage) -> None:
        wrong = self._to_correct(screen)
        summary = _WORDS.text("nav.summary")
        wanted = summary if wrong is None else str(wrong)
        self._tap_or_type(screen, wanted, (wanted.lower(),))

    def _to_correct(self, screen: ScreenMessage) -> int | None:
        """The number of a question that the script still wants corrected, by what the screen lists."""
        for number, indicator in enumerate(self.script.asked, 1):
            if indicator.id in self.script.corrections:
                words = answer_words(indicator.rule, self.script.corrections[indicator.id])
                line = say("summary.line", number=number, short=indicator.short, answer=words)
                if _WORDS.say(line) not in screen.text.splitlines():
                    return number
        return None

    def _is_mischievous(self, screen: ScreenMessage) -> bool:
        """Do something beside the point, sometimes; the answer follows when the bot has said what it thinks of it."""
        if self.chance.random() > 0.12:
            return False
        question = self._question(screen)
        match self.chance.randrange(4):
            case 0 if old := self._old(screen):
                self._press(*self.chance.choice(old))
            case 1:
                self._said()
                self.person.phone.send_sticker()
            case 2:
                self._send(self.chance.choice(("/help", "Trợ giúp")))
            case 3 if question is not None:
                self._send("Vì sao hỏi?")
            case _:
                return False
        return True

    def _old(self, screen: ScreenMessage) -> list[tuple[int, str]]:
        """Buttons of screens that this one followed, wherever they stand."""
        now = {button.data.partition(":")[0] for button in _buttons(screen)}
        return [(message_id, data) for message_id, data in self._old_buttons if data.partition(":")[0] not in now]

    def _tap_or_type(self, screen: ScreenMessage, label: str, words: Sequence[str]) -> None:
        """Answer by tap where there is such a button, or in words; some people do it twice, or both ways."""
        self.acts += 1
        button = _labelled(screen, label) if label else None
        if button is None or self.chance.random() < 0.35:
            text = self.chance.choice(words)
            self._send(text)
            if self.chance.random() < 0.04:
                self._send(text)
            return
        self._press(screen.message_id, button.data)
        if self.chance.random() < 0.05:
            self._press(screen.message_id, button.data)
        elif self.chance.random() < 0.05:
            self._send(self.chance.choice(words))

    def _press(self, message_id: int, data: str) -> None:
        self._said()
        self.person.phone.tap_data(message_id, data)

    def _send(self, text: str) -> None:
        self._said()
        self.typed.add(text)
        self.person.phone.send(text)

    def _said(self) -> None:
        self._unanswered += 1
        self.acted_at = asyncio.get_running_loop().time()

    def _read_confirmations(self, text: str) -> None:
        begins = _WORDS.text("question.saved", {"number": 1, "answer": ""}).partition("1")[0]
        for line in text.splitlines():
            if begins not in line:
                continue
            said = begins + line.partition(begins)[2]
            if said in self._confirmations:
                indicator, value = self._confirmations[said]
                self.acknowledged[indicator] = value
            else:
                self.surprises.append(f"{self.script.name}: recorded what was never said: {line}")


def _confirmation(number: int, indicator: Indicator, value: Answer) -> str:
    return _WORDS.say(say("question.saved", number=number, answer=answer_words(indicator.rule, value)))


def _buttons(screen: ScreenMessage) -> list[Button]:
    return [button for row in screen.keyboard for button in row]


def _labelled(screen: ScreenMessage, label: str) -> Button | None:
    """The button with this label: exactly, behind its number, or beginning so."""
    buttons = _buttons(screen)
    exact = (b for b in buttons if label in (b.label, b.label.partition(". ")[2]))
    beginning = (b for b in buttons if len(label) > 2 and b.label.startswith(label))
    return next(exact, None) or next(beginning, None)


@dataclass
class Crowd:
    """All families at once, in the fake's own process."""

    fake: FakeTelegram
    scripts: tuple[Script, ...]
    seed: int
    families: tuple[Family, ...] = field(init=False)
    is_resting: bool = False
    """While it rests nobody writes anything."""
    _of: dict[int, Family] = field(init=False)
    _looking: asyncio.TimerHandle | None = None
    _thinking: set[int] = field(default_factory=set)
    _faults: list[BaseException] = field(default_factory=list)

    def __post_init__(self) -> None:
        chance = random.Random(self.seed)
        self.families = tuple(
            Family(script, self.fake.person(f"Người {script.number}"), random.Random(chance.random()))
            for script in self.scripts
        )
        self._of = {family.person.user_id: family for family in self.families}
        self.fake.on_bot_message(self._heard)

    def begin(self) -> None:
        """Let everybody write their first word."""
        for family in self.families:
            family.begin()
        self._look()

    def rest(self) -> None:
        """Let nobody write anything for a while."""
        self.is_resting = True

    def wake(self) -> None:
        """Let everybody go on."""
        self.is_resting = False

    def close(self) -> None:
        """Let everybody put the phone away for good."""
        self.is_resting = True
        if self._looking is not None:
            self._looking.cancel()

    @property
    def answered(self) -> int:
        """How many questions were answered so far; a confirmation may be lost, and with it the sight of it."""
        return sum(len(family.answered) for family in self.families)

    @property
    def questions(self) -> int:
        """How many questions are to be answered."""
        return sum(len(family.script.asked) for family in self.families)

    @property
    def acts(self) -> int:
        """How often anybody answered a screen."""
        return sum(family.acts for family in self.families)

    async def until_answered(self, count: int, timeout_s: float = 60.0) -> None:
        """Wait until so many questions were answered."""
        await self._until(lambda: self.answered >= count, f"{count} answers", timeout_s)

    async def until_done(self, timeout_s: float = 120.0) -> None:
        """Wait until every family has handed in."""
        await self._until(lambda: all(family.is_done for family in self.families), "everybody", timeout_s)

    async def _until(self, holds: Callable[[], bool], what: str, timeout_s: float) -> None:
        changes = self.fake.backend.state.changes
        is_there = await changes.until(lambda: bool(self._faults) or holds(), timeout_s)
        if self._faults:
            raise self._faults[0]
        if not is_there:
            late = [family for family in self.families if not family.is_done]
            shown = "\n".join(family.person.phone.describe() for family in late[:3])
            raise AssertionError(
                f"{what} within {timeout_s} s: {self.answered} of {self.questions} questions are answered, "
                f"{len(late)} families are not done. {shown}"
            )

    def _heard(self, person: Person, message: StoredMessage, kind: MessageEventKind) -> None:
        family = self._of.get(person.user_id)
        if family is None or kind == "deleted" or not family.sees(message) or self.is_resting:
            return
        if person.user_id not in self._thinking:
            self._thinking.add(person.user_id)
            asyncio.get_running_loop().call_later(family.thinks_s(message), self._act, family)

    def _act(self, family: Family) -> None:
        self._thinking.discard(family.person.user_id)
        if self.is_resting or family.is_done:
            return
        try:
            family.act()
        except Exception as fault:  # noqa: BLE001 - it must reach the test, not the event loop
            self._faults.append(fault)
        self.fake.backend.state.changes.notify()

    def _look(self) -> None:
        """See who has waited long enough."""
        loop = asyncio.get_running_loop()
        if not self.is_resting:
            for family in self.families:
                if not family.is_done and loop.time() - family.acted_at > family.patience_s:
                    family.acts_again()
        self._looking = loop.call_later(_LOOK_S, self._look)
