"""Adopting a locality's own set: the workbook goes out, comes back, is looked at as a difference, and begins."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.dialogs import navigation
from bot.dialogs.effects import AdoptCriteria, DocumentKind, SendDocument, SendIn
from bot.dialogs.events import FileKind, FileRef
from bot.dialogs.facts import (
    Facts,
    Proposal,
    ProposalState,
    RoleKind,
)
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.places import Place
from bot.dialogs.screens import Choice, Expects, Paragraph, Say, Screen, Tone, say, stacked
from bot.dialogs.session import Adopt, AwaitProposal, Question, ReadRules, Session, opened_from
from bot.dialogs.understanding import read_day, read_decision_number
from bot.dialogs.village import entering
from bot.dialogs.village.nodes import RollUpload
from bot.scoring.model import CriteriaSet, Text

LARGEST_FILE = 10_000_000
"""Of a roll; how large a criteria workbook may be is said when it is opened."""
PROBLEMS_SHOWN = 8


def officer_places(facts: Facts) -> tuple[Place, ...]:
    """The places for which a person may adopt sets."""
    return tuple(role.place for role in facts.roles if role.kind is RoleKind.OFFICER)


def workbook_choices(facts: Facts) -> tuple[Choice, ...]:
    """Offer a set as a workbook to an officer, one choice for each place."""
    places = officer_places(facts)
    if len(places) == 1:
        return (Choice(f"w-{places[0].id}", say("adopt.get_workbook")),)
    return tuple(Choice(f"w-{place.id}", say("adopt.get_workbook_for", place=place.name)) for place in places)


def send_workbook(
    moves: Moves, session: Session, node: ReadRules, facts: Facts, criteria: CriteriaSet, choice: str
) -> Step | None:
    """Send a set as a workbook; it counts as a new screen, so that a second tap sends nothing twice."""
    place = next((place for place in officer_places(facts) if f"w-{place.id}" == choice), None)
    if place is None:
        return None
    document = SendDocument(DocumentKind.WORKBOOK, f"{criteria.id}/{criteria.version}/{place.id}")
    return moves.go(session, node, facts, done=say("adopt.workbook_coming"), effects=(document,))


def is_workbook(file: FileRef) -> bool:
    """Whether a file calls itself a workbook of any kind; which kinds are read is decided when it is opened."""
    name = file.name.lower()
    return file.kind is FileKind.DOCUMENT and (
        name.endswith((".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")) or "spreadsheet" in file.mime or "excel" in file.mime
    )


def is_list(file: FileRef) -> bool:
    """Whether a file calls itself a text file with columns."""
    is_named = file.name.lower().endswith((".csv", ".tsv"))
    return file.kind is FileKind.DOCUMENT and (is_named or file.mime in ("text/csv", "text/tab-separated-values"))


def is_sent_in(session: Session, facts: Facts, file: FileRef) -> bool:
    """Whether a file is to be read rather than kept as evidence.

    Criteria workbooks are for officers, rolls and answers for village heads too; where a question stands, the file of a
    village head is evidence for it.
    """
    if facts.consent is None:
        return False
    if officer_places(facts) and is_workbook(file):
        return True
    return bool(facts.roles) and not isinstance(session.node, Question) and (is_workbook(file) or is_list(file))


def send_in(moves: Moves, session: Session, facts: Facts, file: FileRef) -> Step:
    """Keep a workbook or a roll and have it read."""
    limit = min(facts.channel.max_file_bytes, LARGEST_FILE)
    if file.size > limit or not file.ref:
        return moves.stay(session, facts, say("import.too_large", limit=limit // 1_000_000))
    back = opened_from(session.node)
    awaiting = AwaitProposal(0, entering.home(session) if isinstance(back, RollUpload) else back)
    return moves.go(session, awaiting, replace(facts, proposal=None), effects=(SendIn(file),))


def arrived(moves: Moves, session: Session, facts: Facts, upload_id: int) -> Step:
    """Show what came of reading it."""
    back, proposal = opened_from(session.node), facts.proposal
    if proposal is None or facts.consent is None:
        return moves.stay(session, facts)  # it was forgotten meanwhile
    if proposal.state is ProposalState.OUTDATED:
        return moves.go(session, back, facts, notice=why_not(facts))
    if proposal.state is ProposalState.SOUND:
        return moves.go(session, Adopt(upload_id, back), facts)
    return moves.go(session, AwaitProposal(upload_id, back), facts)


def draw_awaiting(session: Session, node: AwaitProposal, facts: Facts) -> Screen:
    """Say that it is being read, or what is wrong with it."""
    proposal = facts.proposal
    choices: tuple[Choice, ...] = ()
    if proposal is None or proposal.state not in (ProposalState.REFUSED, ProposalState.UNSOUND):
        lines = [Paragraph(say("adopt.reading"))]
    elif proposal.state is ProposalState.REFUSED:
        lines = [Paragraph(say("adopt.refused"), Tone.HEADING), *(Paragraph(each) for each in proposal.problems)]
        lines.append(Paragraph(say("adopt.send_again"), Tone.QUIET))
    else:
        lines = [Paragraph(say("adopt.unsound", count=proposal.problem_count), Tone.HEADING)]
        lines.append(Paragraph(stacked(*proposal.problems[:PROBLEMS_SHOWN])))
        if proposal.problem_count > PROBLEMS_SHOWN:
            lines.append(Paragraph(say("adopt.more_problems", count=proposal.problem_count - PROBLEMS_SHOWN)))
        lines.append(Paragraph(say("adopt.send_again"), Tone.QUIET))
        choices = (Choice("marked", say("adopt.get_marked")),)
    return Screen(session.revision, "reading", tuple(lines), choices, (navigation.CANCEL,), takes_files=True)


def press_awaiting(moves: Moves, session: Session, node: AwaitProposal, facts: Facts, choice: str) -> Step | None:
    """Send the marked copy."""
    if choice != "marked" or facts.proposal is None or facts.proposal.state is not ProposalState.UNSOUND:
        return None
    document = SendDocument(DocumentKind.MARKED_WORKBOOK, str(node.upload_id))
    return moves.go(session, node, facts, done=say("adopt.marked_coming"), effects=(document,))


def draw(session: Session, node: Adopt, facts: Facts) -> Screen:
    """The difference and what it would change; then the decision's number and date, the first day, and a last look."""
    proposal = _proposal(facts)
    if not node.is_confirmed:
        return _draw_difference(session, proposal)
    if not node.number:
        lines = (Paragraph(say("adopt.number"), Tone.QUESTION), Paragraph(say("adopt.number_hint"), Tone.QUIET))
        return Screen(session.revision, "number", lines, (), _AROUND, Expects.TEXT)
    if node.decided_on is None:
        lines = (Paragraph(say("adopt.decided_on"), Tone.QUESTION), Paragraph(say("adopt.day_hint"), Tone.QUIET))
        offered = (Choice("today", say("adopt.today", day=facts.today)),)
        return Screen(session.revision, "decided", lines, offered, _AROUND, Expects.TEXT)
    if node.valid_from is None:
        lines = (Paragraph(say("adopt.valid_from"), Tone.QUESTION), Paragraph(say("adopt.day_hint"), Tone.QUIET))
        tomorrow = facts.today + timedelta(days=1)
        choices = (
            Choice("today", say("adopt.today", day=facts.today)),
            Choice("tomorrow", say("adopt.tomorrow", day=tomorrow)),
        )
        return Screen(session.revision, "begins", lines, choices, _AROUND, Expects.TEXT)
    return _draw_last_look(session, node, facts)


_AROUND = (navigation.BACK, navigation.CANCEL)


def _draw_difference(session: Session, proposal: Proposal) -> Screen:
    lines = [Paragraph(say("adopt.sound", title=_title(proposal), place=_place(proposal).name), Tone.HEADING)]
    if not proposal.changes:
        lines.append(Paragraph(say("adopt.no_change")))
        return Screen(session.revision, "difference", tuple(lines), (), (navigation.CANCEL,), takes_files=True)
    lines.append(Paragraph(say("adopt.changes"), Tone.QUESTION))
    lines.append(Paragraph(stacked(*proposal.changes)))
    if proposal.tried:
        lines.append(Paragraph(say("adopt.tried"), Tone.QUESTION))
        lines.append(Paragraph(stacked(*proposal.tried)))
    choices = (Choice("adopt", say("adopt.go_on")),)
    return Screen(session.revision, "difference", tuple(lines), choices, (navigation.CANCEL,), takes_files=True)


def _draw_last_look(session: Session, node: Adopt, facts: Facts) -> Screen:
    proposal = _proposal(facts)
    assert node.decided_on is not None  # noqa: S101 - asked before
    assert node.valid_from is not None  # noqa: S101 - likewise
    place = _place(proposal)
    lines = [
        Paragraph(say("adopt.last_look", title=_title(proposal), place=place.name), Tone.QUESTION),
        Paragraph(say("adopt.decision", number=node.number, day=node.decided_on)),
        Paragraph(_validity(node, proposal)),
        Paragraph(say("adopt.what_happens"), Tone.QUIET),
    ]
    choices = (Choice("adopt-now", say("adopt.now")),)
    return Screen(session.revision, "adopt", tuple(lines), choices, _AROUND)


def _validity(node: Adopt, proposal: Proposal) -> Say:
    assert node.valid_from is not None  # noqa: S101 - asked before
    if proposal.valid_until is None:
        return say("adopt.from", day=node.valid_from)
    return say("adopt.from_until", day=node.valid_from, until=proposal.valid_until)


def press(moves: Moves, session: Session, node: Adopt, facts: Facts, choice: str) -> Step | None:
    """Go on to adopting, take an offered day, or put it in force."""
    match choice:
        case "adopt" if not node.is_confirmed and _proposal(facts).changes:
            return moves.go(session, replace(node, is_confirmed=True), facts)
        case "today" | "tomorrow" if node.is_confirmed and node.number and node.valid_from is None:
            step = _take_day(moves, session, node, facts, choice)
            return moves.stay(session, facts, step.why) if isinstance(step, Refusal) else step
        case "adopt-now" if node.valid_from is not None:
            return _adopt(moves, session, node, facts)
        case _:
            return None


def read(moves: Moves, session: Session, node: Adopt, facts: Facts, text: str) -> Step | Refusal:
    """Read the decision's number, or a day."""
    if not node.is_confirmed or node.valid_from is not None:
        return Refusal(say("one_of.not_understood"))
    if not node.number:
        number = read_decision_number(text)
        if number is None:
            return Refusal(say("adopt.number_not_understood"))
        return moves.go(session, replace(node, number=number), facts)
    return _take_day(moves, session, node, facts, text)


def back(moves: Moves, session: Session, node: Adopt, facts: Facts) -> Step:
    """Ask the question before once more."""
    if node.valid_from is not None and not _proposal(facts).is_past:
        return moves.go(session, replace(node, valid_from=None), facts)
    if node.decided_on is not None:
        return moves.go(session, replace(node, decided_on=None, valid_from=None), facts)
    if node.number:
        return moves.go(session, replace(node, number=""), facts)
    if node.is_confirmed:
        return moves.go(session, replace(node, is_confirmed=False), facts)
    return moves.go(session, node.back, facts)


def _take_day(moves: Moves, session: Session, node: Adopt, facts: Facts, said: str) -> Step | Refusal:
    day = read_day(said, facts.today)
    if day is None:
        return Refusal(say("adopt.day_not_understood"))
    proposal = _proposal(facts)
    if node.decided_on is None:
        if day > facts.today:
            return Refusal(say("adopt.decided_later", day=facts.today), is_final=True)
        first = proposal.valid_from if proposal.is_past else None
        return moves.go(session, replace(node, decided_on=day, valid_from=first), facts)
    if day < facts.today:
        return Refusal(say("adopt.begins_earlier", day=facts.today), is_final=True)
    if proposal.valid_until is not None and day > proposal.valid_until:
        return Refusal(say("adopt.begins_after_end", until=proposal.valid_until), is_final=True)
    return moves.go(session, replace(node, valid_from=day), facts)


def _adopt(moves: Moves, session: Session, node: Adopt, facts: Facts) -> Step:
    proposal = _proposal(facts)
    assert node.decided_on is not None  # noqa: S101 - asked before
    assert node.valid_from is not None  # noqa: S101 - likewise
    place = _place(proposal)
    if all(own.id != place.id for own in officer_places(facts)):
        return moves.go(session, node.back, facts, notice=say("adopt.not_any_more"))
    if not proposal.is_past and node.valid_from < facts.today:
        moved = replace(node, valid_from=None)
        return moves.go(session, moved, facts, notice=say("adopt.begins_earlier", day=facts.today))
    effect = AdoptCriteria(node.upload_id, node.number, node.decided_on, node.valid_from, proposal.valid_until)
    done = say("adopt.done", title=_title(proposal), place=place.name, day=node.valid_from)
    return moves.go(session, node.back, replace(facts, proposal=None), done=done, effects=(effect,))


def stands(node: AwaitProposal | Adopt, facts: Facts) -> bool:
    """Whether the workbook that a screen speaks of is still to be decided on."""
    if isinstance(node, AwaitProposal):
        return True
    return facts.proposal is not None and facts.proposal.state is ProposalState.SOUND


def why_not(facts: Facts) -> Say:
    """Say why a workbook is not decided on any more."""
    is_outdated = facts.proposal is not None and facts.proposal.state is ProposalState.OUTDATED
    return say("adopt.outdated" if is_outdated else "adopt.not_any_more")


def _proposal(facts: Facts) -> Proposal:
    assert facts.proposal is not None  # noqa: S101 - `steps.repaired` leads elsewhere without one
    return facts.proposal


def _place(proposal: Proposal) -> Place:
    assert proposal.place is not None  # noqa: S101 - a sound one is for a place
    return proposal.place


def _title(proposal: Proposal) -> Text:
    assert proposal.title is not None  # noqa: S101 - a sound one has one
    return proposal.title
