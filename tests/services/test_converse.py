"""The conversation service: every update once, in order, all of it committed or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.dialogs.effects import JoinPerson, Notice, Show
from bot.dialogs.events import Event, FileKind, FileRef, FileSent, Pressed, Resumed, Typed
from bot.dialogs.facts import AssessmentState, Facts
from bot.dialogs.matching import Word
from bot.dialogs.moves import Step
from bot.dialogs.screens import Say, Screen
from bot.dialogs.session import Question, Session
from bot.dialogs.steps import step
from bot.ports import Account, Claimed, Delivery, Incoming, PersonRecord, Turn, Work
from bot.scoring.model import Share
from bot.services import converse
from bot.services.converse import seen
from tests.services.desk import Desk
from tests.support.clock import START, FakeClock


async def test_a_family_is_registered_and_asked_its_first_question(desk: Desk) -> None:
    screen = await desk.register("may-1")
    assert screen.name == "question"
    person = await desk.person("may-1")
    assert person.subject is not None
    assert person.subject.name == "Bà Tư"
    assert person.assessment is not None
    assert person.assessment.state is AssessmentState.DRAFT


async def test_the_same_update_twice_is_handled_once(desk: Desk) -> None:
    await desk.register("may-1")
    update = desk.update(await desk.press("may-1", "1"), "may-1")
    assert await desk.accept(update) == 1
    assert await desk.accept(update) == 0
    await desk.handle_all()
    assert await desk.accept(update) == 0
    await desk.handle_all()
    person = await desk.person("may-1")
    assert person.assessment is not None
    assert dict(person.assessment.answers) == {"tre_em_di_hoc": Share(1, 1)}


async def test_a_double_press_answers_one_question_and_is_told_so(desk: Desk) -> None:
    await desk.register("may-1")
    press = await desk.press("may-1", "1")
    await desk.accept(desk.update(press, "may-1"), desk.update(press, "may-1"))
    await desk.handle_all()
    person = await desk.person("may-1")
    assert person.assessment is not None
    assert len(person.assessment.answers) == 1
    newest = (await desk.mail("may-1"))[-1]
    assert isinstance(newest, Show)
    assert newest.toast is not None
    assert newest.toast.code == "stale.toast"


async def test_handing_in_stores_the_score_that_the_answers_imply(desk: Desk) -> None:
    await desk.register("may-1", children=0)
    for text in ("2/2", "2", "1", "có", "50", "1", "1", "có", "3"):
        await desk.type("may-1", text)
    screen = await desk.screen("may-1")
    assert screen.name == "summary"
    await desk.tap("may-1", "Nộp phiếu")
    person = await desk.person("may-1")
    assert person.assessment is not None
    assert person.assessment.state is AssessmentState.HANDED_IN
    assert person.assessment.total == 30 + 10 + 10 + 10 + 6 + 8 + 6 + 8 + 6 + 6
    assert person.assessment.title_id == "gia_dinh_hoc_tap"


async def test_many_people_are_handled_in_one_commit(desk: Desk) -> None:
    await desk.accept(*(desk.update(Typed("/start"), f"may-{n}") for n in range(30)))
    handled = await desk.conversation.run_once()
    assert handled.count == 30


async def test_a_typed_double_on_telegram_does_not_answer_the_next_question(desk: Desk) -> None:
    """'hai' sent twice in a hurry: the second was typed before the next question was there."""
    chat = "4711"
    await desk.accept(desk.update(Typed("/start"), chat, "telegram"))
    shown = await desk.handle_all()
    for said in ("đồng ý", "Bà Tư", "1"):
        await desk.accept(desk.update(Typed(said), chat, "telegram"))
        shown = await desk.handle_all()
    assert _screen(shown).name == "adults"
    await desk.accept(desk.update(Typed("hai"), chat, "telegram"), desk.update(Typed("hai"), chat, "telegram"))
    first = await desk.conversation.run_once()
    assert first.count == 1
    assert (await desk.conversation.run_once()).count == 0, "the second waits until it is known what was shown when"
    await desk.settle(first.deliveries)
    second = await desk.conversation.run_once()
    assert second.count == 1
    screen = _screen(second.deliveries)
    assert screen.name == "school_age_children"
    assert getattr(screen.paragraphs[0].text, "code", "") == "stale.typed"


async def test_photos_sent_together_are_all_kept_for_the_question_on_the_screen(desk: Desk) -> None:
    chat = "4711"
    for said in ("/start", "đồng ý", "Bà Tư", "1", "2", "1"):
        await desk.accept(desk.update(Typed(said), chat, "telegram"))
        await desk.handle_all()
    photos = [FileSent(FileRef(f"photo-{n}", FileKind.PHOTO, 300_000, "image/jpeg")) for n in range(3)]
    await desk.accept(*(desk.update(photo, chat, "telegram") for photo in photos))
    await desk.handle_all()
    person = await desk.person(chat, "telegram")
    assert person.assessment is not None
    assert dict(person.assessment.evidence) == {"tre_em_di_hoc": 3}


async def test_a_failing_update_is_parked_after_three_tries_and_the_next_goes_on(
    desk: Desk, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.register("may-1")
    await desk.register("may-2")
    real = step

    def broken(session: Session, event: Event, facts: Facts, word: Word) -> Step:
        if isinstance(event, Typed) and event.text == "làm hỏng":
            raise RuntimeError("what the person wrote: làm hỏng")
        return real(session, event, facts, word)

    monkeypatch.setattr(converse, "step", broken)
    revision = (await desk.screen("may-1")).revision
    await desk.accept(desk.update(Typed("làm hỏng", revision), "may-1"), desk.update(Typed("1", revision), "may-1"))
    await desk.type("may-2", "1")
    for _ in range(4):
        await desk.handle_all()
        clock.advance(10)
    async with desk.storage.work() as work:
        (parked,) = await work.inbox.parked()
    assert parked.attempts == 3
    assert "làm hỏng" not in parked.error
    told = [c for c in await desk.mail("may-1") if isinstance(c, Notice)]
    assert [n.text.code for n in told] == ["failure.reference"]
    for who in ("may-1", "may-2"):
        person = await desk.person(who)
        assert person.assessment is not None
        assert len(person.assessment.answers) == 1, "what came after it, and everybody else, went on"


async def test_a_commit_that_fails_for_one_is_done_for_the_others(
    desk: Desk, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.register("may-1")
    await desk.register("may-2")
    culprit = (await desk.person("may-1")).person_id
    real = converse.Conversation._commit

    async def commit(self: converse.Conversation, work: Work, turns: Sequence[Turn]) -> object:
        if any(turn.claimed.account.person_id == culprit for turn in turns):
            raise RuntimeError("disk says no")
        return await real(self, work, turns)

    monkeypatch.setattr(converse.Conversation, "_commit", commit)
    for who in ("may-1", "may-2"):
        await desk.accept(desk.update(await desk.press(who, "1"), who))
    await desk.handle_all()
    counts = {}
    for who in ("may-1", "may-2"):
        person = await desk.person(who)
        assert person.assessment is not None
        counts[who] = len(person.assessment.answers)
    assert counts == {"may-1": 0, "may-2": 1}
    monkeypatch.undo()
    clock.advance(10)
    await desk.handle_all()
    person = await desk.person("may-1")
    assert person.assessment is not None
    assert len(person.assessment.answers) == 1, "once the fault is gone the update is handled"


async def test_a_second_channel_goes_on_where_the_person_was(desk: Desk) -> None:
    await desk.register("may-1")
    await desk.tap("may-1", "1")
    screen = await desk.type("may-1", "/link")
    said = [p.text for p in screen.paragraphs if isinstance(p.text, Say)]
    code = next(dict(s.params)["code"] for s in said if s.code == "link.code")
    await desk.accept(desk.update(Typed(f"/link {code}"), "may-2"))
    await desk.handle_all()
    joined = await desk.screen("may-2")
    assert joined.name == "question"
    assert joined.progress is not None
    assert joined.progress.number == 2
    assert (await desk.person("may-2")).person_id == (await desk.person("may-1")).person_id
    await desk.accept(desk.update(Typed(f"/link {code}"), "may-3"))
    await desk.handle_all()
    assert (await desk.screen("may-3")).name == "consent", "a code works once"


async def test_declining_keeps_nothing(desk: Desk, clock: FakeClock) -> None:
    await desk.type("may-1", "/start")
    await desk.tap("may-1", "Không đồng ý")
    assert (await desk.screen("may-1")).name == "goodbye"
    clock.advance(7200)
    async with desk.storage.work() as work:
        await work.people.purge(clock.now() - timedelta(hours=1))
        assert await work.people.account("web", "may-1") is None


async def test_whoever_comes_back_after_declining_is_asked_anew(desk: Desk) -> None:
    await desk.type("may-1", "/start")
    await desk.tap("may-1", "Không đồng ý")
    screen = await desk.tap("may-1", "Bắt đầu")
    assert screen.name == "consent"


@pytest.mark.parametrize(
    ("sequence", "sent_after_s", "expected"),
    [
        pytest.param(101, 5, 7, id="after the screen"),
        pytest.param(100, 5, -1, id="the screen's own number"),
        pytest.param(99, 5, -1, id="before the screen was sent"),
        pytest.param(101, -5, -1, id="before the screen was edited"),
    ],
)
def test_a_text_belongs_to_the_screen_it_was_typed_under(sequence: int, sent_after_s: int, expected: int) -> None:
    account = Account(1, "telegram", "1", 1, "100", 100, 7, START)
    update = _incoming(sequence, sent_after_s)
    event = seen(update, account)
    assert isinstance(event, Typed)
    assert event.seen == expected


def test_a_press_says_itself_which_screen_it_was_on() -> None:
    account = Account(1, "telegram", "1", 1, "100", 100, 7, START)
    update = replace(_incoming(101, 5), event=Pressed("yes", 3))
    assert seen(update, account) == Pressed("yes", 3)


async def test_the_joined_screen_is_an_update_of_its_own(desk: Desk) -> None:
    """What joining shows survives a crash: it is stored with the joining, not sent from memory."""
    await desk.register("may-1")
    await desk.type("may-1", "/link")
    item = Claimed(9, desk.update(Typed("/link X"), "may-2"), Account(1, "web", "may-2", 1), 0)
    turn = Turn(item, (await desk.person("may-1")).session, (JoinPerson("X"),))
    assert converse._to_show(turn) == Resumed("joined")
    assert converse._resumed(item, Resumed("joined")).event == Resumed("joined")


async def test_a_question_is_where_it_was_after_days(desk: Desk, clock: FakeClock) -> None:
    await desk.register("may-1")
    before = (await desk.person("may-1")).session.node
    clock.advance(5 * 86400)
    screen = await desk.type("may-1", "/start")
    person: PersonRecord = await desk.person("may-1")
    assert isinstance(before, Question)
    assert person.session.node == before
    assert screen.name == "question"


def _incoming(sequence: int, sent_after_s: int) -> Incoming:
    return Incoming(
        "telegram", "1", 1, "1", Typed("có"), sequence=sequence, sent_at=START + timedelta(seconds=sent_after_s)
    )


def _screen(deliveries: Sequence[Delivery]) -> Screen:
    content = deliveries[-1].content
    assert isinstance(content, Show)
    return content.screen
