"""Registering whoever is assessed: a name, a place, and what their set must know. Never a child's name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.dialogs import navigation, placing, profile
from bot.dialogs.effects import ChangeSubject, RegisterSubject
from bot.dialogs.facts import (
    Assessment,
    AssessmentState,
    Facts,
    Subject,
)
from bot.dialogs.kinds.parts import keypad, pressed_number
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.path import first_question
from bot.dialogs.places import Place
from bot.dialogs.placing import KEEP, OWN_PLACES, list_word
from bot.dialogs.profile import FactQuestion
from bot.dialogs.screens import Choice, Expects, Layout, Paragraph, Say, Screen, Tone, say
from bot.dialogs.session import AskFact, AskName, AskPlace, Node, Session, SubjectDraft, Summary
from bot.dialogs.understanding import read_choice, read_counted, read_name
from bot.dialogs.village import visiting
from bot.scoring.model import SubjectKind

Registration = AskName | AskPlace | AskFact


def draw(session: Session, node: Registration, facts: Facts) -> Screen:
    """Draw one question of the registration."""
    match node:
        case AskName():
            return _draw_name(session)
        case AskPlace():
            return placing.draw(session, node, facts)
        case AskFact(question_id):
            return _draw_fact(session, node, facts, _question(question_id))


def press(moves: Moves, session: Session, node: Registration, facts: Facts, choice: str) -> Step | None:
    """Take a tapped answer."""
    if choice == KEEP and session.is_editing and not _is_missing(node):
        return _advance(moves, session, node, facts)
    match node:
        case AskName():
            return None
        case AskPlace():
            turned = placing.turned(node, facts, choice)
            if turned is not None:
                return moves.go(session, *turned)
            place = placing.offered(session.draft, facts, choice)
            return None if place is None else _choose_place(moves, session, facts, place)
        case AskFact(question_id):
            asked = _question(question_id)
            answer = choice if choice in asked.options else pressed_number(choice)
            step = None if answer is None else _take_fact(moves, session, node, facts, answer)
            return moves.stay(session, facts, step.why) if isinstance(step, Refusal) else step


def read(moves: Moves, session: Session, node: Registration, facts: Facts, text: str) -> Step | Refusal:
    """Take a typed answer."""
    if session.is_editing and not _is_missing(node) and list_word(text) == KEEP:
        return _advance(moves, session, node, facts)
    match node:
        case AskName():
            name = read_name(text)
            if name is None:
                return Refusal(say(f"name.{session.draft.kind}.not_understood"))
            named = replace(session, draft=replace(session.draft, name=name))
            return _advance(moves, named, node, facts, done=say(f"name.{session.draft.kind}.done", name=name))
        case AskPlace():
            return _read_place(moves, session, node, facts, text)
        case AskFact(question_id):
            return _read_fact(moves, session, node, facts, _question(question_id), text)


def back(moves: Moves, session: Session, node: Registration, facts: Facts) -> Step:
    """Go one question back; at the first there is nowhere to go."""
    if _is_missing(node):
        return (
            visiting.leave(moves, edited(session), facts) if facts.is_visiting else stop_editing(moves, session, facts)
        )
    before = _before(session, node, facts)
    if before is not None:
        return moves.go(session, before, facts)
    if session.is_editing:
        return stop_editing(moves, session, facts)
    return moves.stay(session, facts, say("register.first"))


def is_at_first(session: Session, node: Registration, facts: Facts) -> bool:
    """Whether this is the first question of a subject that is not registered yet."""
    return not session.is_editing and _before(session, node, facts) is None


def begin(session: Session, draft: SubjectDraft) -> tuple[Session, Node]:
    """Start registering: the session with an empty draft and its first question."""
    first: Node = AskPlace() if draft.kind in OWN_PLACES else AskName()
    return replace(session, draft=draft, is_editing=False, postponed=()), first


def accept_invite(moves: Moves, session: Session, node: Registration, facts: Facts, place: Place, code: str) -> Step:
    """Take the hamlet of an invite that was opened in the middle of registering."""
    if not placing.suits(session.draft, place, facts):
        return moves.stay(session, facts, say("place.other_invite"))
    invited = replace(session, draft=replace(session.draft, place_id=place.id, invite=code))
    there = replace(facts, place=place)
    following = _following(invited, node, there) if isinstance(node, AskPlace) else node
    return moves.go(invited, following or node, there, done=placing.done(invited.draft, place))


def start_editing(moves: Moves, session: Session, facts: Facts) -> Step:
    """Walk the registration again to correct a subject; on a visit only what was told, as the roll has the rest."""
    draft, facts = _known(facts)
    subject = facts.subject
    assert subject is not None  # noqa: S101 - only the summary of a subject offers it
    if subject.kind not in OWN_PLACES and not facts.is_visiting:
        return moves.go(replace(session, draft=draft, is_editing=True), AskName(), facts)
    first = _following(session, AskPlace(), facts, draft)
    if first is None:
        return moves.stay(session, facts, say("register.nothing_to_correct"))
    return moves.go(replace(session, draft=draft, is_editing=True), first, facts)


def ask_missing(
    moves: Moves,
    session: Session,
    facts: Facts,
    asked: FactQuestion,
    *,
    done: Say | None = None,
    notice: Say | None = None,
) -> Step:
    """Ask what nobody has told of a subject yet, before its first question."""
    draft, facts = _known(facts)
    asking = replace(session, draft=draft, is_editing=True)
    return moves.go(asking, AskFact(asked.id, is_missing=True), facts, done=done, notice=notice)


def _known(facts: Facts) -> tuple[SubjectDraft, Facts]:
    """What is known of the subject in hand as a draft, with the set that holds for it."""
    subject, assessment = facts.subject, facts.assessment
    assert subject is not None  # noqa: S101 - asked for only with a sheet in hand
    assert assessment is not None  # noqa: S101 - likewise
    draft = SubjectDraft(
        subject.kind, subject.group, assessment.year, subject.name, subject.place.id, dict(subject.told)
    )
    return draft, replace(facts, criteria=facts.current or assessment.criteria)  # until now it was that of a new sheet


def _is_missing(node: Registration) -> bool:
    return isinstance(node, AskFact) and node.is_missing


def stop_editing(moves: Moves, session: Session, facts: Facts) -> Step:
    """Leave the subject as it was."""
    return moves.go(edited(session), Summary(), facts)


def edited(session: Session) -> Session:
    """The session once the subject is no longer being corrected."""
    if not session.is_editing:
        return session
    return replace(session, draft=SubjectDraft(), is_editing=False)


def _question(question_id: str) -> FactQuestion:
    found = profile.question(question_id)
    assert found is not None  # noqa: S101 - `steps` leads elsewhere from a question that is no more
    return found


def _draw_name(session: Session) -> Screen:
    kind = session.draft.kind
    around: tuple[Choice, ...] = (navigation.HELP,)
    if session.is_editing:
        around = _around_correction(session.draft.name)
    elif kind is SubjectKind.HOUSEHOLD:
        around = (navigation.HELP, navigation.OTHER_TITLE)
    else:
        around = (navigation.BACK, navigation.HELP)
    lines = (Paragraph(say(f"name.{kind}.question"), Tone.QUESTION), Paragraph(say(f"name.{kind}.hint"), Tone.QUIET))
    return Screen(session.revision, "name", lines, (), around, Expects.TEXT)


def _draw_fact(session: Session, node: AskFact, facts: Facts, asked: FactQuestion) -> Screen:
    around: tuple[Choice, ...] = (navigation.BACK, navigation.HELP)
    whose = visiting.whose(facts) if session.is_editing else ()
    if node.is_missing:
        around = (visiting.LIST if facts.is_visiting else navigation.SUMMARY, navigation.HELP)
    elif session.is_editing:
        kept = profile.said(session.draft.told, asked)
        value = say(f"fact.{asked.id}.{kept}") if isinstance(kept, str) else kept or 0
        around = _around_correction(value)
    question = profile.wording(asked, session.draft.kind)
    lines = (*whose, Paragraph(say(question), Tone.QUESTION), Paragraph(say(f"{question}.hint"), Tone.QUIET))
    if asked.options:
        choices = tuple(Choice(option, say(f"fact.{asked.id}.{option}")) for option in asked.options)
        return Screen(session.revision, asked.id, lines, choices, around, Expects.CHOICE)
    taps = keypad(*asked.keypad) if asked.keypad else ()
    layout = Layout.KEYPAD if taps else Layout.LIST
    return Screen(session.revision, asked.id, lines, taps, around, Expects.NUMBER, layout)


def _around_correction(kept: str | int | Say) -> tuple[Choice, ...]:
    return Choice(KEEP, say("register.keep", value=kept)), navigation.BACK, navigation.CANCEL


def _read_place(moves: Moves, session: Session, node: AskPlace, facts: Facts, text: str) -> Step | Refusal:
    turned = placing.turned(node, facts, list_word(text) or "")
    if turned is not None:
        return moves.go(session, *turned)
    match placing.read(session.draft, facts, text):
        case Place() as place:
            return _choose_place(moves, session, facts, place, text)
        case AskPlace() as search:
            return moves.go(session, search, replace(facts, places=facts.found))
        case refusal:
            return refusal


def _choose_place(moves: Moves, session: Session, facts: Facts, place: Place, text: str = "") -> Step:
    is_invited = isinstance(facts.invite, Place)
    kept = placing.chosen(session, place, text if is_invited else "")
    done = placing.done(kept.draft, place)
    return _advance(moves, kept, AskPlace(), replace(facts, place=place), done=done)


def _read_fact(
    moves: Moves, session: Session, node: AskFact, facts: Facts, asked: FactQuestion, text: str
) -> Step | Refusal:
    if asked.options:
        at = read_choice(text, ("",) * len(asked.options))
        if at is None:
            return Refusal(say("one_of.not_understood"))
        return _take_fact(moves, session, node, facts, tuple(asked.options)[at])
    value = read_counted(text, asked.id)
    if value is None:
        return Refusal(say("register.count_not_understood"))
    return _take_fact(moves, session, node, facts, int(value))


def _take_fact(moves: Moves, session: Session, node: AskFact, facts: Facts, answer: str | int) -> Step | Refusal:
    asked = _question(node.question)
    if isinstance(answer, int) and not asked.lowest <= answer <= asked.highest:
        why = say("register.count_out_of_range", minimum=asked.lowest, maximum=asked.highest)
        return Refusal(why, is_final=True)
    told = profile.telling(session.draft.told, asked, answer)
    noted = replace(session, draft=replace(session.draft, told=told))
    if isinstance(answer, int):
        done = say(f"{profile.wording(asked, session.draft.kind)}.done", count=answer)
    else:
        done = say("fact.chosen", option=say(f"fact.{asked.id}.{answer}"))
    return _advance(moves, noted, node, facts, done=done)


def _following(session: Session, node: Registration, facts: Facts, draft: SubjectDraft | None = None) -> Node | None:
    """The question after this one; None after the last."""
    draft = draft or session.draft
    if isinstance(node, AskName) and (draft.place_id is None or session.is_editing):
        return AskPlace()
    if facts.criteria is None:
        return None
    if isinstance(node, AskFact) and node.is_missing:
        missing = profile.missing(facts.criteria, draft.told)
        return None if missing is None else AskFact(missing.id, is_missing=True)
    asked = profile.following(facts.criteria, draft.told, node.question if isinstance(node, AskFact) else None)
    return None if asked is None else AskFact(asked.id)


def _before(session: Session, node: Registration, facts: Facts) -> Node | None:
    match node:
        case AskName():
            return None
        case AskPlace():
            return None if session.draft.kind in OWN_PLACES else AskName()
        case AskFact(question_id):
            criteria, told = facts.criteria, session.draft.told
            asked = None if criteria is None else profile.before(criteria, told, question_id)
            if asked is not None:
                return AskFact(asked.id)
            is_first = session.is_editing and (session.draft.kind in OWN_PLACES or facts.is_visiting)
            return None if is_first else AskPlace()


def _advance(moves: Moves, session: Session, node: Registration, facts: Facts, *, done: Say | None = None) -> Step:
    following = _following(session, node, facts)
    if following is not None:
        return moves.go(session, following, facts, done=done)
    return _finish(moves, session, facts, done=done if _is_missing(node) else None)


def _finish(moves: Moves, session: Session, facts: Facts, *, done: Say | None = None) -> Step:
    """Register, or correct; `done`: what was said last of what was missing, before the sheet goes on."""
    draft, criteria = session.draft, facts.criteria
    place = placing.drafted(session, facts)
    if place is None or not draft.name:
        return moves.go(session, begin(session, draft)[1], facts, notice=say("register.again"))
    if criteria is None:
        return moves.stay(session, facts, say("title.no_rules"))
    if criteria.is_structure_only:
        year = str(draft.year or facts.year)
        return moves.stay(session, facts, say("year.structure_only", year=year, title=criteria.title))
    told: Mapping[str, int] = profile.completed(criteria, draft.told)
    known = facts.subject if session.is_editing else None
    number = known.number if known else ""
    subject = Subject(known.id if known else 0, draft.kind, draft.name, place, told, draft.group, number)
    settled = edited(session) if session.is_editing else replace(session, draft=SubjectDraft(), sheet_of=0)
    if session.is_editing:
        change = ChangeSubject(draft.name, place.id, told)
        corrected = replace(facts, subject=subject)
        if known is not None and known.kind in OWN_PLACES and known.place.id != place.id:
            settled = replace(settled, sheet_of=0)  # somebody else may have begun the sheet of that place
        if done is not None:
            there = visiting.beginning(corrected)
            return visiting.go_to(moves, settled, there, corrected, done=done, effects=(change,))
        return moves.go(settled, Summary(), corrected, done=say("register.changed"), effects=(change,))
    register = RegisterSubject(draft.kind, draft.name, place.id, told, draft.group, draft.invite)
    if draft.kind in OWN_PLACES:
        # Somebody may have begun its sheet already: the service shows it once it is taken up.
        unknown = replace(facts, subject=None, assessment=None, is_visiting=False)
        return Step(replace(settled, node=Summary(), revision=session.revision + 1), (register,), unknown)
    assessment = Assessment(0, draft.year or facts.year, criteria, {}, AssessmentState.DRAFT)
    registered = replace(facts, subject=subject, assessment=assessment, is_visiting=False)
    return moves.go(
        settled,
        first_question(assessment, subject),
        registered,
        done=say("register.done", name=draft.name, place=place.name),
        effects=(register,),
    )
