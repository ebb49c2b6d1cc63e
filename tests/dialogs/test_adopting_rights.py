"""Nobody adopts, sends in or gets a workbook for a place without being its officer, whatever they press or type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogs.effects import AdoptCriteria, DocumentKind, Effect, SendDocument, SendIn
from bot.dialogs.events import Event, FileSent, Pressed, Typed, UploadRead
from bot.dialogs.facts import (
    Facts,
    ProposalState,
    Role,
    RoleKind,
)
from bot.dialogs.places import Place
from bot.dialogs.screens import Say
from bot.dialogs.session import Adopt, Desk
from tests.dialogs.walks import DAY, OFFICERS_AT, PROPOSALS, WORKBOOK, events, officer
from tests.support.world import COMMUNE, DISTRICT, HAMLETS, PROVINCE, World

BESIDE = Place(40, "Xã Bên", "tỉnh Mẫu", "commune", "/1/40/")
ROLES: tuple[tuple[Role, ...], ...] = (
    (),
    (Role(RoleKind.VILLAGE_HEAD, HAMLETS[0]),),
    (Role(RoleKind.VILLAGE_HEAD, COMMUNE),),
    (Role(RoleKind.OFFICER, BESIDE),),
    (Role(RoleKind.OFFICER, PROVINCE),),
    (Role(RoleKind.OFFICER, DISTRICT), Role(RoleKind.OFFICER, BESIDE)),
    (Role(RoleKind.OFFICER, COMMUNE),),
    (Role(RoleKind.OFFICER, PROVINCE), Role(RoleKind.OFFICER, COMMUNE)),
)
SOUND = tuple(each for each in PROPOSALS if each is not None and each.state is ProposalState.SOUND)
READY = Adopt(
    1, Desk(), is_confirmed=True, number="12/QĐ-UBND", decided_on=DAY, valid_from=date(2026, 12, 1)
)  # fmt: skip
PRESSED = "adopt adopt-now today tomorrow marked w-1 w-2 w-30 w-40 rules s-0 next back cancel desk".split()
TYPED = ("12/QĐ-UBND", "hôm nay", "mai", "1/12/2026", "Ban hành", "Ban hành bộ này", "/tieuchi", "có", "1", "thôi")
HAPPENS: tuple[Callable[[World], None], ...] = (
    lambda world: _hold(world, ()),
    lambda world: _hold(world, ROLES[3]),
    lambda world: _hold(world, ROLES[6]),
    lambda world: world.wait(600),
    World.start_next_year,
)


def _hold(world: World, roles: tuple[Role, ...]) -> None:
    """Let somebody's roles be these from now on, as where one ends or another begins."""
    world.facts = replace(world.facts, roles=roles)


def officer_of(facts: Facts) -> set[int]:
    """The ids of the places for which a person may adopt."""
    return {role.place.id for role in facts.roles if role.kind is RoleKind.OFFICER}


def check(known: Facts, world: World, effects: tuple[Effect, ...]) -> None:
    """Whatever was done was the right of who did it."""
    for effect in effects:
        match effect:
            case SendIn():
                assert known.consent is not None
                assert known.roles
            case AdoptCriteria():
                assert world.proposal is not None
                assert world.proposal.state is ProposalState.SOUND
                assert world.proposal.place is not None
                assert world.proposal.place.id in officer_of(known)
            case SendDocument(DocumentKind.WORKBOOK, of):
                assert int(of.rsplit("/", 1)[1]) in officer_of(known)
            case SendDocument(DocumentKind.MARKED_WORKBOOK):
                assert world.proposal is not None
                assert world.proposal.state is ProposalState.UNSOUND
            case _:
                pass


@st.composite
def tries(draw: st.DrawFn, world: World) -> Event:
    """What somebody might try: whatever the screen offers, and what another's screen would."""
    now = world.session.revision
    match draw(st.sampled_from(("any", "press", "type", "file", "read"))):
        case "press":
            return Pressed(draw(st.sampled_from(PRESSED)), now)
        case "type":
            return Typed(draw(st.sampled_from(TYPED)), now)
        case "file":
            return FileSent(WORKBOOK, seen=now)
        case "read":
            return UploadRead(1)
        case _:
            return draw(events(world))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_only_the_officer_of_a_place_does_anything_for_it(data: st.DataObject) -> None:
    node = data.draw(st.sampled_from((*OFFICERS_AT, READY, READY)), label="stands at")
    world = officer(node, data.draw(st.sampled_from((*PROPOSALS, *SOUND)), label="sent in"))
    _hold(world, data.draw(st.sampled_from(ROLES), label="roles"))
    for _ in range(data.draw(st.integers(1, 12), label="steps")):
        if data.draw(st.integers(0, 9), label="happens") == 0:
            data.draw(st.sampled_from(HAPPENS))(world)
        known, event = world.facts, data.draw(tries(world))
        check(known, world, world.play(event))


@pytest.mark.parametrize(
    "roles", ROLES, ids=lambda roles: " ".join(f"{r.kind}-{r.place.id}" for r in roles) or "nobody"
)
def test_the_last_press_adopts_only_for_the_officer_of_that_very_place(roles: tuple[Role, ...]) -> None:
    world = officer(READY, SOUND[0])
    _hold(world, roles)
    effects = world.play(Pressed("adopt-now", world.session.revision))
    adopted = [each for each in effects if isinstance(each, AdoptCriteria)]
    if COMMUNE.id in officer_of(world.facts):
        assert adopted == [AdoptCriteria(1, "12/QĐ-UBND", DAY, date(2026, 12, 1), None)]
        return
    assert adopted == []
    assert world.session.node != READY
    assert world.screen is not None
    if not roles:
        assert world.screen.name != "adopt"
        return
    assert any(isinstance(p.text, Say) and p.text.code == "adopt.not_any_more" for p in world.screen.paragraphs)
