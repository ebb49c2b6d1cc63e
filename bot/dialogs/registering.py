"""Registering a household: a name to be called by, the hamlet, and two counts. Never a child's name."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogs import navigation
from bot.dialogs.effects import ChangeHousehold, RegisterHousehold
from bot.dialogs.facts import Assessment, AssessmentState, CodeState, Facts, Hamlet, Household
from bot.dialogs.kinds.parts import keypad, pressed_number
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.path import first_question
from bot.dialogs.screens import Choice, Expects, Layout, Paragraph, Say, Screen, Tone, say
from bot.dialogs.session import AskAdults, AskChildren, AskHamlet, AskName, HouseholdDraft, Session, Summary
from bot.dialogs.understanding import read_command, read_name, read_number

Registration = AskName | AskHamlet | AskAdults | AskChildren

HAMLETS_A_PAGE = 4
ADULTS = (1, 30)
CHILDREN = (0, 20)
KEYPAD_TO = 6


def draw(session: Session, node: Registration, facts: Facts) -> Screen:
    """Draw one question of the registration."""
    match node:
        case AskName():
            return _screen(session, "name", say("register.name"), say("register.name_hint"), Expects.TEXT)
        case AskHamlet():
            return _draw_hamlets(session, node, facts)
        case AskAdults():
            question, hint = say("register.adults"), say("register.adults_hint")
            return _screen(session, "adults", question, hint, Expects.NUMBER, keypad(1, KEYPAD_TO))
        case AskChildren():
            question, hint = say("register.children"), say("register.children_hint")
            return _screen(session, "children", question, hint, Expects.NUMBER, keypad(0, KEYPAD_TO - 1))


def press(moves: Moves, session: Session, node: Registration, facts: Facts, choice: str) -> Step | None:
    """Take a tapped answer."""
    if choice == "keep" and session.editing_household:
        return _advance(moves, session, node, facts)
    match node:
        case AskHamlet(query, page) if choice == "more":
            return moves.go(session, AskHamlet(query, page + 1), facts)
        case AskHamlet() if choice == "first":
            return moves.go(session, AskHamlet(), facts)
        case AskHamlet() if choice.startswith("h-"):
            hamlet = _offered(facts, choice)
            return None if hamlet is None else _choose_hamlet(moves, session, facts, hamlet)
        case AskAdults() | AskChildren():
            value = pressed_number(choice)
            step = None if value is None else _take_count(moves, session, node, facts, value)
            return moves.stay(session, facts, step.why) if isinstance(step, Refusal) else step
        case _:
            return None


def read(moves: Moves, session: Session, node: Registration, facts: Facts, text: str) -> Step | Refusal:
    """Take a typed answer."""
    match node:
        case AskName():
            name = None if read_command(text) else read_name(text)
            if name is None:
                return Refusal(say("register.name_not_understood"))
            named = replace(session, draft=replace(session.draft, name=name))
            return _advance(moves, named, node, facts, done=say("register.name_done", name=name))
        case AskHamlet():
            return _read_hamlet(moves, session, facts, text)
        case AskAdults() | AskChildren():
            value = read_number(text)
            if value is None:
                return Refusal(say("register.count_not_understood"))
            return _take_count(moves, session, node, facts, int(value))


def back(moves: Moves, session: Session, node: Registration, facts: Facts) -> Step:
    """Go one question back; at the first there is nowhere to go."""
    match node:
        case AskHamlet():
            return moves.go(session, AskName(), facts)
        case AskAdults():
            return moves.go(session, AskHamlet(), facts)
        case AskChildren():
            return moves.go(session, AskAdults(), facts)
        case AskName() if session.editing_household:
            return stop_editing(moves, session, facts)
        case AskName():
            return moves.stay(session, facts, say("register.first"))


def accept_invite(moves: Moves, session: Session, facts: Facts, hamlet: Hamlet) -> Step:
    """Take the hamlet of an invite that was opened in the middle of registering."""
    invited = replace(session, draft=replace(session.draft, hamlet_id=hamlet.id))
    done = say("register.hamlet_done", name=hamlet.name, within=hamlet.within)
    following = AskAdults() if session.draft.name else AskName()
    return moves.go(invited, following, replace(facts, hamlet=hamlet), done=done)


def start_editing(moves: Moves, session: Session, facts: Facts) -> Step:
    """Walk the registration again to correct a household."""
    household = facts.household
    assert household is not None  # noqa: S101 - only the summary of a household offers it
    draft = HouseholdDraft(household.name, household.hamlet.id, household.adults, household.school_age_children)
    return moves.go(replace(session, draft=draft, editing_household=True), AskName(), facts)


def stop_editing(moves: Moves, session: Session, facts: Facts) -> Step:
    """Leave the household as it was."""
    return moves.go(replace(session, draft=HouseholdDraft(), editing_household=False), Summary(), facts)


def _screen(
    session: Session,
    name: str,
    question: Say,
    hint: Say,
    expects: Expects,
    choices: tuple[Choice, ...] = (),
) -> Screen:
    kept = _kept(session, name)
    navigation_choices: tuple[Choice, ...] = (
        (navigation.BACK, navigation.HELP) if name != "name" else (navigation.HELP,)
    )
    if session.editing_household:
        navigation_choices = (Choice("keep", say("register.keep", value=kept)), navigation.BACK, navigation.CANCEL)
    return Screen(
        session.revision,
        name,
        (Paragraph(question, Tone.QUESTION), Paragraph(hint, Tone.QUIET)),
        choices,
        navigation_choices,
        expects,
        Layout.KEYPAD if choices else Layout.LIST,
    )


def _kept(session: Session, name: str) -> str | int:
    draft = session.draft
    match name:
        case "name":
            return draft.name
        case "adults":
            return draft.adults or 0
        case _:
            return draft.school_age_children or 0


def _draw_hamlets(session: Session, node: AskHamlet, facts: Facts) -> Screen:
    page = facts.hamlets
    hamlets = page.hamlets if page else ()
    choices = tuple(
        Choice(f"h-{hamlet.id}", say("register.hamlet_choice", name=hamlet.name, within=hamlet.within))
        for hamlet in hamlets
    )
    if page and page.has_more:
        choices += (Choice("more", say("register.hamlet_more")),)
    elif node.page or node.query:
        choices += (Choice("first", say("register.hamlet_first")),)
    lines = [Paragraph(say("register.hamlet"), Tone.QUESTION)]
    if node.query and not hamlets:
        lines.append(Paragraph(say("register.hamlet_none", query=node.query), Tone.NOTICE))
    elif node.query:
        lines.append(Paragraph(say("register.hamlet_found", query=node.query, count=page.total if page else 0)))
    lines.append(Paragraph(say("register.hamlet_hint"), Tone.QUIET))
    navigation_choices: tuple[Choice, ...] = (navigation.BACK, navigation.HELP)
    if session.editing_household:
        kept = facts.household.hamlet.name if facts.household else ""
        keep = Choice("keep", say("register.keep", value=kept))
        navigation_choices = (keep, navigation.BACK, navigation.CANCEL)
    return Screen(session.revision, "hamlet", tuple(lines), choices, navigation_choices, Expects.CHOICE)


def _read_hamlet(moves: Moves, session: Session, facts: Facts, text: str) -> Step | Refusal:
    match facts.invite:
        case Hamlet() as hamlet:
            return _choose_hamlet(moves, session, facts, hamlet)
        case CodeState.EXPIRED:
            return Refusal(say("register.invite_expired"), is_final=True)
        case CodeState.USED_UP:
            return Refusal(say("register.invite_used_up"), is_final=True)
        case CodeState.TOO_MANY_TRIES:
            return Refusal(say("code.too_many_tries"), is_final=True)
        case _:
            pass
    query = text.strip()
    if facts.hamlets is None or not 0 < len(query) <= 60 or read_command(text) is not None or query.isdigit():
        return Refusal(say("register.hamlet_not_understood"))
    if len(facts.hamlets.hamlets) == 1 and not facts.hamlets.has_more:
        return _choose_hamlet(moves, session, facts, facts.hamlets.hamlets[0])
    return moves.go(session, AskHamlet(query), facts)


def _offered(facts: Facts, choice: str) -> Hamlet | None:
    """The hamlet of a choice: on the page that was loaded, or the one that was asked for by its id."""
    listed = facts.hamlets.hamlets if facts.hamlets else ()
    known = listed if facts.hamlet is None else (facts.hamlet, *listed)
    return next((hamlet for hamlet in known if f"h-{hamlet.id}" == choice), None)


def _choose_hamlet(moves: Moves, session: Session, facts: Facts, hamlet: Hamlet) -> Step:
    chosen = replace(session, draft=replace(session.draft, hamlet_id=hamlet.id))
    done = say("register.hamlet_done", name=hamlet.name, within=hamlet.within)
    return _advance(moves, chosen, AskHamlet(), replace(facts, hamlet=hamlet), done=done)


def _take_count(
    moves: Moves, session: Session, node: AskAdults | AskChildren, facts: Facts, value: int
) -> Step | Refusal:
    low, high = ADULTS if isinstance(node, AskAdults) else CHILDREN
    if not low <= value <= high:
        return Refusal(say("register.count_out_of_range", minimum=low, maximum=high), is_final=True)
    if isinstance(node, AskAdults):
        counted = replace(session, draft=replace(session.draft, adults=value))
        return _advance(moves, counted, node, facts, done=say("register.adults_done", count=value))
    counted = replace(session, draft=replace(session.draft, school_age_children=value))
    return _advance(moves, counted, node, facts, done=say("register.children_done", count=value))


def _advance(moves: Moves, session: Session, node: Registration, facts: Facts, *, done: Say | None = None) -> Step:
    match node:
        case AskName() if session.draft.hamlet_id is not None and not session.editing_household:
            return moves.go(session, AskAdults(), facts, done=done)
        case AskName():
            return moves.go(session, AskHamlet(), facts, done=done)
        case AskHamlet():
            return moves.go(session, AskAdults(), facts, done=done)
        case AskAdults():
            return moves.go(session, AskChildren(), facts, done=done)
        case AskChildren():
            return _finish(moves, session, facts, done)


def _finish(moves: Moves, session: Session, facts: Facts, done: Say | None) -> Step:
    draft = session.draft
    hamlet = facts.hamlet if facts.hamlet and facts.hamlet.id == draft.hamlet_id else None
    if hamlet is None and facts.household is not None:
        hamlet = facts.household.hamlet
    adults, children = draft.adults, draft.school_age_children
    if hamlet is None or adults is None or children is None or not draft.name:
        return moves.go(session, AskName(), facts, notice=say("register.again"))
    household = Household(facts.household.id if facts.household else 0, draft.name, hamlet, adults, children)
    settled = replace(session, draft=HouseholdDraft(), editing_household=False)
    if session.editing_household:
        change = ChangeHousehold(draft.name, hamlet.id, adults, children)
        changed = replace(facts, household=household)
        return moves.go(settled, Summary(), changed, done=say("register.changed"), effects=(change,))
    assessment = Assessment(0, facts.year, facts.criteria, {}, AssessmentState.DRAFT)
    registered = replace(facts, household=household, assessment=assessment)
    return moves.go(
        settled,
        first_question(assessment, household),
        registered,
        done=say("register.done", name=draft.name, hamlet=hamlet.name),
        effects=(RegisterHousehold(draft.name, hamlet.id, adults, children),),
    )
