"""Registering a household: a name to be called by, the hamlet, and two counts. Never a child's name."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from bot.dialogs import navigation
from bot.dialogs.effects import ChangeHousehold, RegisterHousehold
from bot.dialogs.facts import Assessment, AssessmentState, CodeState, Facts, Hamlet, Household
from bot.dialogs.kinds.parts import keypad, pressed_number
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.path import first_question
from bot.dialogs.screens import Choice, Expects, Layout, Paragraph, Say, Screen, Tone, say
from bot.dialogs.session import AskAdults, AskChildren, AskHamlet, AskName, HouseholdDraft, Session, Summary
from bot.dialogs.understanding import fold, read_choice, read_code, read_command, read_name, read_number

Registration = AskName | AskHamlet | AskAdults | AskChildren

LONGEST_QUERY = 60
MORE, FROM_FIRST, KEEP = "more", "first", "keep"
_LIST_WORDS = {
    MORE: ("xem them", "them", "them nua", "trang sau", "tiep", "tiep theo", "more", "see more", "show more", "next"),
    FROM_FIRST: ("xem tu dau", "tu dau", "xem lai tu dau", "from the start", "back to the start", "start over"),
    KEEP: ("giu", "giu nguyen", "giu lai", "giu nhu cu", "nhu cu", "khong doi", "keep", "keep it"),
}
_PLACES = ("",) * 9
"""As many nameless labels as a list may have: what is understood among them was said by place alone."""

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
    if choice == KEEP and session.editing_household:
        return _advance(moves, session, node, facts)
    match node:
        case AskHamlet(query, page) if choice == MORE and facts.found is not None:
            return moves.go(session, AskHamlet(query, page + 1), replace(facts, hamlets=facts.found))
        case AskHamlet() if choice == FROM_FIRST and facts.found is not None:
            return moves.go(session, AskHamlet(), replace(facts, hamlets=facts.found))
        case AskHamlet():
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
    if session.editing_household and list_word(text) == KEEP:
        return _advance(moves, session, node, facts)
    match node:
        case AskName():
            name = read_name(text)
            if name is None:
                return Refusal(say("register.name_not_understood"))
            named = replace(session, draft=replace(session.draft, name=name))
            return _advance(moves, named, node, facts, done=say("register.name_done", name=name))
        case AskHamlet():
            return _read_hamlet(moves, session, node, facts, text)
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


def accept_invite(moves: Moves, session: Session, node: Registration, facts: Facts, hamlet: Hamlet, code: str) -> Step:
    """Take the hamlet of an invite that was opened in the middle of registering."""
    invited = replace(session, draft=replace(session.draft, hamlet_id=hamlet.id, invite=code))
    done = say("register.hamlet_done", name=hamlet.name, within=hamlet.within)
    following = AskAdults() if isinstance(node, AskHamlet) else node
    return moves.go(invited, following, replace(facts, hamlet=hamlet), done=done)


def why_not_invited(state: CodeState) -> Say:
    """Say why an invite code leads nowhere, and what to do instead."""
    match state:
        case CodeState.EXPIRED:
            return say("register.invite_expired")
        case CodeState.USED_UP:
            return say("register.invite_used_up")
        case CodeState.TOO_MANY_TRIES:
            return say("code.too_many_tries")
        case CodeState.UNKNOWN:
            return say("register.invite_unknown")
        case _:
            assert_never(state)


def hamlet_id_of(choice: str) -> int | None:
    """Read the hamlet of a choice 'h-7'; None when it is none."""
    head, _, digits = choice.partition("-")
    return int(digits) if head == "h" and digits.isascii() and digits.isdigit() and len(digits) < 10 else None


def list_word(text: str) -> str | None:
    """Read words that turn the list of hamlets or keep what is recorded: the choice they mean."""
    said = fold(text[:LONGEST_QUERY]).strip(" .!")
    return next((choice for choice, words in _LIST_WORDS.items() if said in words), None)


def is_place(text: str) -> bool:
    """Whether a text says a place in the list of hamlets ('2', 'cái thứ hai') rather than a name."""
    return read_choice(text, _PLACES) is not None or text.strip().isdigit()


def start_editing(moves: Moves, session: Session, facts: Facts) -> Step:
    """Walk the registration again to correct a household."""
    household = facts.household
    assert household is not None  # noqa: S101 - only the summary of a household offers it
    draft = HouseholdDraft(household.name, household.hamlet.id, household.adults, household.school_age_children)
    return moves.go(replace(session, draft=draft, editing_household=True), AskName(), facts)


def stop_editing(moves: Moves, session: Session, facts: Facts) -> Step:
    """Leave the household as it was."""
    return moves.go(edited(session), Summary(), facts)


def edited(session: Session) -> Session:
    """The session once the household is no longer being corrected."""
    return replace(session, draft=HouseholdDraft(), editing_household=False)


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
        navigation_choices = (Choice(KEEP, say("register.keep", value=kept)), navigation.BACK, navigation.CANCEL)
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
    turning: tuple[Choice, ...] = ()
    if page and page.has_more:
        turning = (Choice(MORE, say("register.hamlet_more")),)
    elif node.page or node.query:
        turning = (Choice(FROM_FIRST, say("register.hamlet_first")),)
    lines = [Paragraph(say("register.hamlet"), Tone.QUESTION)]
    if node.query and not hamlets:
        lines.append(Paragraph(say("register.hamlet_none", query=node.query), Tone.NOTICE))
    elif node.query:
        lines.append(Paragraph(say("register.hamlet_found", query=node.query, count=page.total if page else 0)))
    lines.append(Paragraph(say("register.hamlet_hint"), Tone.QUIET))
    navigation_choices: tuple[Choice, ...] = (navigation.BACK, navigation.HELP)
    if session.editing_household:
        kept = _drafted_hamlet(session, facts)
        keep = Choice(KEEP, say("register.keep", value=kept.name if kept else ""))
        navigation_choices = (keep, navigation.BACK, navigation.CANCEL)
    return Screen(session.revision, "hamlet", tuple(lines), choices, turning + navigation_choices, Expects.CHOICE)


def _read_hamlet(moves: Moves, session: Session, node: AskHamlet, facts: Facts, text: str) -> Step | Refusal:
    match facts.invite:
        case Hamlet() as hamlet:
            return _choose_hamlet(moves, session, facts, hamlet, read_code(text) or "")
        case CodeState.UNKNOWN | None:
            pass  # some letters of a hamlet's name look like a code
        case CodeState() as state:
            return Refusal(why_not_invited(state), is_final=True)
    turned = press(moves, session, node, facts, list_word(text) or "")
    if turned is not None:
        return turned
    if is_place(text):
        return _check_place(facts, text)
    query, found = text.strip(), facts.found
    if found is None or not 0 < len(query) <= LONGEST_QUERY or read_command(text) is not None:
        return Refusal(say("register.hamlet_not_understood"))
    named = [hamlet for hamlet in found.hamlets if fold(hamlet.name) == fold(query)]
    only = named if len(named) == 1 else found.hamlets
    if len(only) == 1 and not found.has_more:
        return _choose_hamlet(moves, session, facts, only[0])
    return moves.go(session, AskHamlet(query), replace(facts, hamlets=found))


def _check_place(facts: Facts, text: str) -> Refusal:
    """Leave a place to the list on the screen; '3' is none where a hamlet on it that stands elsewhere is called so."""
    place = read_choice(text, _PLACES)
    said = fold(text)
    for index, hamlet in enumerate(facts.hamlets.hamlets if facts.hamlets else ()):
        if index != place and said in fold(hamlet.name).split():
            return Refusal(say("register.hamlet_which", said=text.strip(), name=hamlet.name), is_final=True)
    return Refusal(say("register.hamlet_not_understood"))


def _drafted_hamlet(session: Session, facts: Facts) -> Hamlet | None:
    if facts.hamlet is not None and facts.hamlet.id == session.draft.hamlet_id:
        return facts.hamlet
    return facts.household.hamlet if facts.household is not None else None


def _offered(facts: Facts, choice: str) -> Hamlet | None:
    """The hamlet of a choice: on the page that was loaded, or the one that was asked for by its id."""
    listed = facts.hamlets.hamlets if facts.hamlets else ()
    known = listed if facts.hamlet is None else (facts.hamlet, *listed)
    return next((hamlet for hamlet in known if f"h-{hamlet.id}" == choice), None)


def _choose_hamlet(moves: Moves, session: Session, facts: Facts, hamlet: Hamlet, invite: str = "") -> Step:
    chosen = replace(session, draft=replace(session.draft, hamlet_id=hamlet.id, invite=invite))
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
    hamlet = _drafted_hamlet(session, facts)
    adults, children = draft.adults, draft.school_age_children
    if hamlet is None or adults is None or children is None or not draft.name:
        return moves.go(session, AskName(), facts, notice=say("register.again"))
    household = Household(facts.household.id if facts.household else 0, draft.name, hamlet, adults, children)
    settled = edited(session)
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
        effects=(RegisterHousehold(draft.name, hamlet.id, adults, children, draft.invite),),
    )
