"""What is said to a family is not said to an office, and the other way round."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogs.addressing import reviewer, say_state
from bot.dialogs.effects import Show
from bot.dialogs.events import Typed
from bot.dialogs.facts import AssessmentState
from bot.dialogs.session import Result, Session
from bot.i18n import LOCALES, translator
from bot.scoring.model import SubjectKind
from tests.dialogs.people import codes, standing, subject, write
from tests.support.world import NOW, OFFICER, World


@pytest.mark.parametrize("kind", SubjectKind)
def test_a_hamlet_reviews_those_who_live_in_it(kind: SubjectKind) -> None:
    lives_there = kind in (SubjectKind.HOUSEHOLD, SubjectKind.CITIZEN, SubjectKind.CLAN)
    assert reviewer(kind) == ("hamlet" if lives_there else "other")
    assert reviewer(kind, "hamlet") == ("hamlet" if lives_there or kind is SubjectKind.UNIT else "other")


@pytest.mark.parametrize("kind", SubjectKind)
@pytest.mark.parametrize("state", AssessmentState)
@pytest.mark.parametrize("locale", LOCALES)
def test_every_state_can_be_said_of_everybody(kind: SubjectKind, state: AssessmentState, locale: str) -> None:
    said = translator(locale).say(say_state(state, kind, NOW))
    if reviewer(kind) == "other":
        assert not any(word in said for word in ("thôn", "Thôn", "xã", "Xã", "village", "commune"))


@pytest.mark.parametrize(
    ("kind", "ending"),
    [(SubjectKind.CLAN, "hamlet"), (SubjectKind.UNIT, "hamlet"), (SubjectKind.LEARNING_CENTRE, "other")],
)
def test_who_cannot_take_a_sheet_back_is_sent_to_whoever_has_it(kind: SubjectKind, ending: str) -> None:
    whose = replace(subject(), kind=kind)
    world = standing(Result(), whose, state=AssessmentState.CONFIRMED)
    assert f"result.cannot_take_back.{ending}" in codes(write(world, "sửa câu 3"))


def test_who_comes_with_a_role_is_not_greeted_as_a_family() -> None:
    world = World(session=Session())
    greeted = codes(world.play(Typed("/start")))
    assert greeted[:2] == ["welcome.title", "welcome.what"]
    (code,) = [code for code, leads_to in world.invites.items() if leads_to == OFFICER]
    shown = [
        effect.screen for effect in World(session=Session()).play(Typed(f"/start {code}")) if isinstance(effect, Show)
    ]
    words = translator("vi")
    text = " ".join(words.say(paragraph.text) for paragraph in shown[-1].paragraphs)
    assert "Danh hiệu học tập" in text
    assert "ia đình" not in text


def test_who_answers_for_a_place_is_told_what_stays_of_it() -> None:
    family = standing()
    assert "delete.shared_stays" not in codes(write(family, "/delete"))
    officer = standing()
    officer.facts = replace(officer.facts, roles=(OFFICER.role,))
    assert "delete.shared_stays" in codes(write(officer, "/delete"))
