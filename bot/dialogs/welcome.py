"""What this is, and consent: asked before anything is kept (Luật 91/2025/QH15, Điều 9, 11)."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeGuard

from bot.dialogs import desk, navigation, placing
from bot.dialogs.effects import ForgetPerson, GiveConsent, Show
from bot.dialogs.facts import (
    CodeState,
    ConsentGiven,
    Facts,
    HouseholdInvite,
    RoleInvite,
)
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.places import Place
from bot.dialogs.screens import Choice, Layout, Paragraph, Say, Screen, Tone, say
from bot.dialogs.session import AskName, Consent, Session, SubjectDraft
from bot.dialogs.understanding import read_yes_no
from bot.dialogs.village import arriving

CONSENT_VERSION = "2026-11"
"""Raise it when the text of `consent.*` changes in meaning; what each person agreed to stays on record."""


def draw(session: Session, node: Consent, facts: Facts) -> Screen:
    """One short paragraph of what this is, then what is kept, why, who sees it, and two equal choices."""
    arrived: tuple[Paragraph, ...] = ()
    if isinstance(facts.invite, Place):
        invited = say("welcome.invited", place=facts.invite.name, within=facts.invite.within)
        arrived = (Paragraph(invited, Tone.NOTICE),)
    elif _grants(facts.invite):
        arrived = (Paragraph(say("welcome.role", role=desk.role_words(facts.invite.role)), Tone.NOTICE),)
    elif _leads_home(facts.invite):
        arrived = (Paragraph(say("welcome.household", household=arriving.household(facts.invite)), Tone.NOTICE),)
    return Screen(
        session.revision,
        "consent",
        (
            *_what(facts),
            *arrived,
            Paragraph(say("consent.kept")),
            Paragraph(say("consent.seen_by")),
            Paragraph(say("consent.question"), Tone.QUESTION),
        ),
        (Choice("agree", say("consent.agree")), Choice("decline", say("consent.decline"))),
        (navigation.PRIVACY, navigation.LINK, navigation.RULES, navigation.LANGUAGE),
        layout=Layout.PAIR,
    )


def _what(facts: Facts) -> tuple[Paragraph, ...]:
    """What this is: for a family, as most who come are one; for whoever was given a role, what they will do here."""
    if _grants(facts.invite):
        return Paragraph(say("welcome.title.role"), Tone.HEADING), Paragraph(say("welcome.what.role"))
    questions = len(facts.criteria.indicators) if facts.criteria else 0
    return Paragraph(say("welcome.title"), Tone.HEADING), Paragraph(say("welcome.what", questions=questions))


def press(moves: Moves, session: Session, node: Consent, facts: Facts, choice: str) -> Step | None:
    """Take the decision."""
    match choice:
        case "agree":
            agreed = replace(facts, consent=ConsentGiven(CONSENT_VERSION, facts.now))
            if _grants(facts.invite):
                step = desk.take_role(moves, session, agreed, facts.invite, node.invite)
                return replace(step, effects=(GiveConsent(CONSENT_VERSION), *step.effects))
            if _leads_home(facts.invite):
                step = arriving.join(session, agreed, node.invite)
                return replace(step, effects=(GiveConsent(CONSENT_VERSION), *step.effects))
            place = facts.invite if isinstance(facts.invite, Place) else None
            draft = SubjectDraft(place_id=place.id, invite=node.invite) if place else SubjectDraft()
            agreed = replace(agreed, place=place)
            return moves.go(
                replace(session, draft=draft),
                AskName(),
                agreed,
                done=say("consent.thanks"),
                notice=why_not_invited(facts),
                effects=(GiveConsent(CONSENT_VERSION),),
            )
        case "decline":
            return goodbye(session, facts, "consent.declined")
        case _:
            return None


def read(moves: Moves, session: Session, node: Consent, facts: Facts, text: str) -> Step | Refusal:
    """Read a decision in words; silence or doubt is never consent."""
    match read_yes_no(text):
        case None:
            return Refusal(say("consent.not_understood"))
        case True:
            step = press(moves, session, node, facts, "agree")
        case False:
            step = press(moves, session, node, facts, "decline")
    return step or Refusal(say("consent.not_understood"))


def why_not_invited(facts: Facts) -> Say | None:
    """Say why the code that somebody arrived with leads nowhere; None where it leads somewhere, or there is none."""
    match facts.invite:
        case CodeState() as state:
            return placing.why_not_invited(state, facts.wait_minutes)
        case RoleInvite(state=CodeState() as state):
            return desk.why_not_granted(state)
        case HouseholdInvite(state=CodeState() as state, is_member=False):
            return arriving.why_not(state)
        case _:
            return None


def _grants(invite: Place | RoleInvite | HouseholdInvite | CodeState | None) -> TypeGuard[RoleInvite]:
    return isinstance(invite, RoleInvite) and invite.state is None


def _leads_home(invite: Place | RoleInvite | HouseholdInvite | CodeState | None) -> TypeGuard[HouseholdInvite]:
    return isinstance(invite, HouseholdInvite) and (invite.state is None or invite.is_member)


def goodbye(session: Session, facts: Facts, code: str) -> Step:
    """Forget the person and say how to come back. What follows is a new beginning, but no old button fits it."""
    screen = Screen(
        session.revision + 1,
        "goodbye",
        (Paragraph(say(code), Tone.PLAIN), Paragraph(say("goodbye.come_back"), Tone.QUIET)),
        (Choice("start", say("goodbye.start")),),
    )
    forgotten = replace(facts, consent=None, subject=None, assessment=None, roles=())
    afresh = Session(revision=session.revision + 1, locale=session.locale)
    return Step(afresh, (ForgetPerson(), Show(screen)), forgotten)
