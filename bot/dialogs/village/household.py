"""One household and what can be done about it."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogs import navigation
from bot.dialogs.effects import DocumentKind, SendDocument
from bot.dialogs.events import Event
from bot.dialogs.facts import Facts
from bot.dialogs.moves import Moves, Step
from bot.dialogs.screens import Choice, Paragraph, Say, Screen, Tone, say, stacked
from bot.dialogs.session import Node, Session
from bot.dialogs.understanding.phone import spaced
from bot.dialogs.village.effects import AnswerClan, IssueHouseholdCodes, LeaveRoll, Visit
from bot.dialogs.village.facts import HouseholdDetail, HouseholdQuery, HouseholdState
from bot.dialogs.village.finding import called, state_of
from bot.dialogs.village.needs import VillageNeeds
from bot.dialogs.village.nodes import Household, HouseholdForm, LastYear, LeavingRoll, ReviewSheet
from bot.dialogs.village.rooms import Room
from bot.dialogs.village.visiting import home
from bot.scoring.model import SubjectKind, Text


def draw(session: Session, node: Household, facts: Facts) -> Screen:
    """Say who it is and how far it is, then what can be done now."""
    detail = facts.village.household
    if detail is None:
        return Screen(session.revision, "household", (), (), (navigation.BACK,))
    lines = [Paragraph(_name(detail), Tone.HEADING)]
    about = _about(detail)
    if about:
        lines.append(Paragraph(stacked(*about)))
    lines += _standing(detail)
    lines += _asked(detail)
    around = [navigation.BACK, navigation.HELP]
    if _next(node, facts):
        around.insert(0, Choice("next", say("roll.next")))
    return Screen(session.revision, "household", tuple(lines), tuple(_choices(detail)), tuple(around))


def _name(detail: HouseholdDetail) -> Say:
    if detail.line.number:
        return say("roll.household.title", number=detail.line.number, name=called(detail.line))
    return say("roll.household.title_alone", name=called(detail.line))


def _about(detail: HouseholdDetail) -> list[Say | Text]:
    entry = detail.entry
    about: list[Say | Text] = []
    if entry.group:
        about.append(say("roll.household.group", group=entry.group))
    if entry.phone:
        about.append(say("roll.household.phone", phone=spaced(entry.phone)))
    if detail.kind is SubjectKind.HOUSEHOLD and entry.adults is not None:
        about.append(say("roll.household.adults", count=entry.adults))
    if detail.kind is SubjectKind.HOUSEHOLD and entry.school_age_children is not None:
        about.append(say("roll.household.children", count=entry.school_age_children))
    if detail.members:
        about.append(say("roll.household.members", count=detail.members))
    else:
        about.append(say("roll.household.no_members"))
    return about


def _standing(detail: HouseholdDetail) -> list[Paragraph]:
    """How far it is this year."""
    if detail.moved_on is not None:
        return [Paragraph(say("roll.household.left", day=detail.moved_on), Tone.NOTICE)]
    line = detail.line
    if not detail.questions:
        return [Paragraph(say("roll.household.no_rules"), Tone.NOTICE)]
    standing = [Paragraph(say("roll.household.state", state=state_of(line)))]
    if line.state is not HouseholdState.UNANSWERED:
        answered = say("roll.household.answered", answered=detail.answered, questions=detail.questions)
        standing = [Paragraph(stacked(say("roll.household.state", state=state_of(line)), answered))]
    if detail.title is not None:
        standing.append(Paragraph(say("roll.household.reached", title=detail.title)))
    if line.differences:
        standing.append(Paragraph(say("roll.household.differences", count=line.differences), Tone.NOTICE))
    if detail.returned_because:
        standing.append(Paragraph(say("roll.household.returned", reason=detail.returned_because), Tone.NOTICE))
    return standing


def _asked(detail: HouseholdDetail) -> list[Paragraph]:
    """Which clans ask to count it."""
    by = "household" if detail.members else "head"
    return [Paragraph(say(f"roll.clan.asked_{by}", clan=name)) for _, name in detail.clan_requests]


def _choices(detail: HouseholdDetail) -> list[Choice]:
    if detail.moved_on is not None:
        return [Choice("back-on", say("roll.back_on"))]
    choices: list[Choice] = []
    if detail.questions and detail.is_open:
        choices.append(Choice("visit", say("roll.visit" if detail.answered == 0 else "roll.visit_on")))
    if detail.line.assessment_id and (detail.answered or not detail.is_open):
        choices.append(Choice("sheet", say("roll.sheet")))
    if detail.has_last_year:
        choices.append(Choice("last", say("roll.last_year")))
    if not detail.members:
        for clan_id, name in detail.clan_requests:
            choices.append(Choice(f"y-{clan_id}", say("roll.clan.agree", clan=name)))
            choices.append(Choice(f"n-{clan_id}", say("roll.clan.decline", clan=name)))
    if detail.kind is SubjectKind.HOUSEHOLD:
        choices.append(Choice("card", say("roll.card")))
        if detail.has_code:
            choices.append(Choice("new-code", say("cards.renew")))
    choices += [Choice("edit", say("roll.edit")), Choice("leave", say("roll.leave"))]
    return choices


def press(moves: Moves, session: Session, node: Household, facts: Facts, choice: str) -> Step | None:
    """Do what was chosen, of what is offered."""
    detail = facts.village.household
    if detail is None:
        return None
    if choice == "next" and _next(node, facts):
        return moves.lead(session, Household(_next(node, facts)), facts)
    if all(choice != each.id for each in _choices(detail)):
        return None
    subject_id = node.subject_id
    match choice:
        case "visit":
            waiting = replace(session, node=Household(subject_id), revision=session.revision + 1)
            return Step(waiting, (Visit(subject_id),), facts)
        case "sheet":
            return moves.lead(session, ReviewSheet(detail.line.assessment_id), facts)
        case "last":
            return moves.lead(session, LastYear(subject_id), facts)
        case "card":
            card = SendDocument(DocumentKind.INVITE_CARD, str(subject_id))
            effects = (IssueHouseholdCodes((subject_id,)), card)
            return moves.lead(session, node, facts, done=say("roll.card_coming"), effects=effects)
        case "new-code":
            card = SendDocument(DocumentKind.INVITE_CARD, str(subject_id))
            effects = (IssueHouseholdCodes((subject_id,), renew=True), card)
            return moves.lead(session, node, facts, done=say("cards.renewed"), effects=effects)
        case "edit":
            return moves.lead(session, HouseholdForm(subject_id), facts)
        case "leave":
            return moves.lead(session, LeavingRoll(subject_id), facts)
        case "back-on":
            done = say("roll.is_back_on", name=called(detail.line))
            return moves.lead(session, node, facts, done=done, effects=(LeaveRoll(subject_id, None),))
        case _:
            return _answer_clan(moves, session, node, facts, detail, choice)


def _answer_clan(
    moves: Moves, session: Session, node: Household, facts: Facts, detail: HouseholdDetail, choice: str
) -> Step | None:
    """Answer for a household that no channel reaches, as it said to the village head."""
    said, _, digits = choice.partition("-")
    clan = next(((id_, name) for id_, name in detail.clan_requests if str(id_) == digits), None)
    if clan is None:
        return None
    effect = AnswerClan(clan[0], node.subject_id, agrees=said == "y")
    done = say("roll.clan.agreed" if effect.agrees else "roll.clan.declined", clan=clan[1])
    return moves.lead(session, node, facts, done=done, effects=(effect,))


def _next(node: Household, facts: Facts) -> int:
    """The next household that is not finished; 0 when there is no other."""
    page = facts.village.households
    return page.next_unfinished if page is not None and page.next_unfinished != node.subject_id else 0


def wants(session: Session, node: Household, event: Event) -> VillageNeeds:
    """Load it, and who comes next."""
    walk = session.walk
    following = None
    if walk is not None:
        following = HouseholdQuery(walk.place_id, walk.kind, page_size=1, after=node.subject_id)
    return VillageNeeds(household=node.subject_id, households=following)


def back(session: Session, node: Household) -> Node:
    """Back to the list."""
    return home(session)


def stands(session: Session, node: Household, facts: Facts) -> bool:
    """Whether it is there and of the person's hamlet."""
    return facts.village.household is not None


ROOM = Room(draw, press, wants, back, stands)
