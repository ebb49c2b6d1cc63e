"""What holds wherever a person stands and whatever they do."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogs.codec import (
    decode_answer,
    decode_content,
    decode_event,
    decode_session,
    encode_answer,
    encode_content,
    encode_event,
    encode_session,
)
from bot.dialogs.effects import (
    ChangeSubject,
    CountFailedCode,
    Effect,
    ForgetPerson,
    GiveConsent,
    HandIn,
    IssueLinkCode,
    JoinPerson,
    KeepEvidence,
    OpenAssessment,
    SaveAnswer,
    SendDocument,
    Show,
    TakeBack,
)
from bot.dialogs.events import Event, FileSent, OurOwn, Pressed, Resumed, Typed, UploadRead
from bot.dialogs.facts import Facts
from bot.dialogs.path import open_questions
from bot.dialogs.screens import Expects, Layout, Screen
from bot.dialogs.session import (
    AskFact,
    AskName,
    AskPlace,
    ConfirmJoin,
    EnterCode,
    Node,
    PickQuestion,
    Session,
    Told,
)
from bot.dialogs.understanding import fold
from bot.dialogs.village.nodes import VillageNode
from bot.i18n import LOCALES, translator
from bot.scoring.judging import fits
from tests.dialogs.people import changes, standing, subject
from tests.dialogs.walks import HAPPENS, PROPOSALS, SETS, WORKBOOK, events, fresh, offered, registering, worlds
from tests.support.world import World

BEFORE_CONSENT = (GiveConsent, ForgetPerson, JoinPerson, CountFailedCode)
STEPS = 20
SAID = (
    "có",
    "1",
    "2",
    "2",
    "3",
    "Bà Tư",
    "dong",
    "đồng ý",
    "tóm tắt",
    "nộp",
    "tạm dừng",
    "/language",
    "/delete",
    "/link",
)


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_every_step_of_every_walk_keeps_the_rules(data: st.DataObject) -> None:
    world = data.draw(worlds())
    world.play(Resumed("outage"))
    for _ in range(data.draw(st.integers(1, STEPS), label="steps")):
        if data.draw(st.integers(0, 14), label="happens") == 0:
            data.draw(st.sampled_from(HAPPENS))(world)
        take(world, data.draw(events(world)))


def test_people_who_tap_what_they_see_reach_every_node() -> None:
    """From the first word on, without any help: sixty people who tap and type at random, each the same every time."""
    reached: set[type[Node]] = set()
    for seed in range(60):
        chance = Random(seed)
        world = fresh(chance.choice(SETS))
        world.proposal = chance.choice(PROPOSALS)
        take(world, Typed("/start CBXM26" if seed % 3 == 0 else "/start"))
        for _ in range(80):
            choices = offered(world)
            event: Event
            if world.proposal is not None and chance.random() < 0.1:
                event = chance.choice((FileSent(WORKBOOK), UploadRead(1)))
            elif choices and chance.random() < 0.7:
                event = Pressed(chance.choice(choices).id, world.session.revision)
            else:
                event = Typed(chance.choice(SAID), world.session.revision)
            take(world, event)
            reached.add(type(world.session.node))
    of_one_person = set(get_args(Node)) - {ConfirmJoin, Told, *get_args(VillageNode)}
    assert of_one_person <= reached


def take(world: World, event: Event) -> None:
    session, known = world.session, world.facts
    check_step(session, known, event, world.play(event), world)


def check_step(session: Session, known: Facts, event: Event, effects: tuple[Effect, ...], world: World) -> None:
    has_joined = any(isinstance(e, JoinPerson) for e in effects)
    assert has_joined or world.session.revision >= session.revision
    assert len([e for e in effects if isinstance(e, Show)]) == 1
    check_consent(known, effects)
    check_sheet(known, effects, world)
    check_codec(event, effects, world)
    for effect in effects:
        if isinstance(effect, Show):
            check_screen(effect.screen)
    if not has_joined and world.session.is_begun:
        shown = next(e.screen for e in effects if isinstance(e, Show))
        assert shown.revision == world.session.revision
    if is_stale(session, event):
        check_nothing_done(session, known, effects, world)
    elif isinstance(event, Pressed) and session.is_begun and not has_joined:
        check_repeated(event, world)


def check_consent(known: Facts, effects: tuple[Effect, ...]) -> None:
    """Nothing is kept before consent."""
    if known.consent is None and not any(isinstance(e, GiveConsent) for e in effects):
        assert [e for e in changes(effects) if not isinstance(e, BEFORE_CONSENT)] == []


def check_sheet(known: Facts, effects: tuple[Effect, ...], world: World) -> None:
    """Nothing changes once handed in; nothing is handed in with a question open; every answer kept fits."""
    sheet, family = known.assessment, known.subject
    for effect in effects:
        match effect:
            case SaveAnswer(indicator_id, answer):
                assert sheet is not None
                assert family is not None
                assert sheet.is_open
                indicator = sheet.criteria.indicator(indicator_id)
                assert indicator is not None
                assert fits(indicator, answer, family.profile)
            case KeepEvidence() | ChangeSubject():
                assert sheet is not None
                assert sheet.is_open
            case HandIn():
                assert sheet is not None
                assert family is not None
                assert sheet.is_open
                assert open_questions(sheet, family) == ()
            case TakeBack():
                assert sheet is not None
                assert not sheet.is_reviewed
            case _:
                pass
    after = world.facts.assessment
    if sheet is not None and after is not None and sheet.year == after.year and not sheet.is_open:
        assert after.answers == sheet.answers


def check_codec(event: Event, effects: tuple[Effect, ...], world: World) -> None:
    assert decode_session(encode_session(world.session)) == world.session
    assert decode_event(encode_event(event)) == event
    for effect in effects:
        if isinstance(effect, Show | SendDocument):
            assert decode_content(encode_content(effect)) == effect
        elif isinstance(effect, SaveAnswer):
            assert decode_answer(encode_answer(effect.answer)) == effect.answer


def check_screen(screen: Screen) -> None:
    """A screen can be worded everywhere and answered without doubt which choice is meant."""
    ids = [choice.id for choice in screen.choices + screen.navigation]
    assert len(set(ids)) == len(ids)
    assert all(choice_id.isascii() and 0 < len(choice_id) <= 48 for choice_id in ids)
    assert screen.paragraphs
    for locale in LOCALES:
        drawn = translator(locale).screen(screen)
        texts = [text for _, text in drawn.paragraphs]
        labels = [choice.label for choice in drawn.choices + drawn.navigation]
        assert all(text.strip() for text in texts + labels)
        assert len({fold(label) for label in labels}) == len(labels)
        typed = [str(value) for p in screen.paragraphs for value in getattr(p.text, "params", ())]
        if not any("%(" in value for value in typed):
            assert not any("%(" in text for text in texts + labels)


def is_stale(session: Session, event: Event) -> bool:
    if isinstance(event, OurOwn) or not session.is_begun or event.seen is None or event.seen == session.revision:
        return False
    return not (isinstance(event, Typed) and fold(event.text).startswith("/"))


def check_nothing_done(session: Session, known: Facts, effects: tuple[Effect, ...], world: World) -> None:
    done = changes(effects)
    if done == (OpenAssessment(),):
        return
    assert done == ()
    assert world.facts == known
    if world.session.revision == session.revision:
        assert world.session == session


def check_repeated(event: Pressed, world: World) -> None:
    """The same press again does nothing more."""
    session, known = world.session, world.facts
    again = replace_world(world)
    effects = again.play(event)
    assert [e for e in changes(effects) if not isinstance(e, ForgetPerson | IssueLinkCode)] == []
    assert again.facts == known
    assert again.session.node == session.node or session.revision == event.seen


def replace_world(world: World) -> World:
    """A copy, to try something without consequences."""
    return replace(world, effects=[], links=dict(world.links), used_links=set(world.used_links))


# --- words do what taps do --------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_can_be_tapped_can_be_typed(data: st.DataObject) -> None:
    """So that no screen is a dead end where there are no buttons."""
    world = data.draw(worlds())
    locale = data.draw(st.sampled_from(LOCALES))
    world.session = replace(world.session, locale=locale)
    for _ in range(data.draw(st.integers(1, 8), label="steps")):
        world.play(data.draw(events(world)))
    check_words(world)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("is_editing", [False, True])
@pytest.mark.parametrize(
    "node",
    [
        AskName(),
        AskPlace(),
        AskPlace("thon"),
        AskPlace(page=1),
        AskPlace("x"),
        AskFact("adults"),
        AskFact("school_age_children"),
    ],
    ids=repr,
)
def test_registering_can_be_typed(node: Node, locale: str, *, is_editing: bool) -> None:
    world = registering(node, is_editing=is_editing)
    world.session = replace(world.session, locale=locale)
    check_words(world)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_long_sheet_can_be_picked_from(locale: str) -> None:
    world = standing(PickQuestion(), subject(children=2))
    world.session = replace(world.session, locale=locale)
    check_words(world)


def check_words(world: World) -> None:
    world.play(Resumed("outage"))
    words = translator(world.session.locale)
    screen = world.screen
    assert screen is not None
    are_numbered = screen.expects not in (Expects.NUMBER, Expects.SHARE) and screen.layout is not Layout.KEYPAD
    for choice in offered(world):
        check_same(world, words.say(choice.label), choice.id)
    for number, choice in enumerate(screen.choices, 1):
        if are_numbered and not (screen.name == "hamlet" and f" {number} " in f" {_names(screen, number)} "):
            check_same(world, str(number), choice.id)


def _names(screen: Screen, but: int) -> str:
    """The names of hamlets in other lines, for which a digit might stand."""
    others = [choice for number, choice in enumerate(screen.choices, 1) if number != but]
    return " ".join(translator("vi").say(choice.label) for choice in others)


def check_same(world: World, text: str, choice_id: str) -> None:
    typed, tapped = replace_world(world), replace_world(world)
    revision = world.session.revision
    by_words, by_tap = typed.play(Typed(text, revision)), tapped.play(Pressed(choice_id, revision))
    assert (typed.session, changes(by_words)) == (tapped.session, changes(by_tap)), text


def test_a_code_can_be_left() -> None:
    check_words(registering(EnterCode(AskName())))


def test_the_first_screen_can_be_typed() -> None:
    world = fresh()
    world.play(Typed("/start"))
    check_words(world)
