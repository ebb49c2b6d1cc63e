"""A roll or answers that were sent in: preview, problems, doubles, conflicts, applying."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogs import navigation
from bot.dialogs.effects import DocumentKind, SendDocument
from bot.dialogs.events import Event, Typed
from bot.dialogs.facts import Facts
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.placing import LONGEST_QUERY, is_place
from bot.dialogs.screens import Choice, Paragraph, Screen, Tone, say, stacked
from bot.dialogs.session import Node, Session, opened_from
from bot.dialogs.village import answers_upload, entering, roll_upload
from bot.dialogs.village.effects import ApplyImport
from bot.dialogs.village.import_facts import Import, ImportKind, ImportState
from bot.dialogs.village.needs import VillageNeeds
from bot.dialogs.village.nodes import Households, RollUpload, Walk
from bot.dialogs.village.rooms import Room

PROBLEMS_A_PAGE = 6


def draw(session: Session, node: RollUpload, facts: Facts) -> Screen:
    """Draw where a file is, and what can be done about it."""
    found = facts.village.upload
    if found is None or found.state is ImportState.READING:
        return _screen(session, (Paragraph(say("import.reading")),))
    match found.state:
        case ImportState.REFUSED:
            lines = [Paragraph(say("import.refused"), Tone.HEADING), *(Paragraph(each) for each in found.problems)]
            lines.append(Paragraph(say("import.send_again"), Tone.QUIET))
            template = (Choice("template", say("import.get_template")),) if found.kind is ImportKind.ROLL else ()
            return _screen(session, tuple(lines), template)
        case ImportState.OUTDATED:
            return _screen(session, (Paragraph(say("import.outdated")),))
        case ImportState.APPLYING:
            lines = [Paragraph(say("import.applying", applied=found.applied, total=found.read), Tone.HEADING)]
            lines.append(Paragraph(say("import.applying_hint"), Tone.QUIET))
            return _screen(session, tuple(lines), (Choice("look", say("import.look_again")),))
        case _:
            if node.view == "problems":
                return _draw_problems(session, node, found)
            if found.kind is ImportKind.ROLL:
                return roll_upload.draw(session, node, facts, found)
            return answers_upload.draw(session, node, facts, found)


def _screen(session: Session, lines: tuple[Paragraph, ...], choices: tuple[Choice, ...] = ()) -> Screen:
    return Screen(session.revision, "upload", lines, choices, (navigation.BACK, navigation.HELP), takes_files=True)


def _draw_problems(session: Session, node: RollUpload, found: Import) -> Screen:
    """A page of what is to be mended, each with its cell."""
    first = node.page * PROBLEMS_A_PAGE
    shown = found.problems[first : first + PROBLEMS_A_PAGE]
    lines = [Paragraph(say("import.problems.title", count=found.problem_count), Tone.HEADING)]
    if shown:
        lines.append(Paragraph(stacked(*shown)))
    lines.append(Paragraph(say("import.send_again"), Tone.QUIET))
    choices = [Choice("marked", say("import.get_marked"))] if found.has_file else []
    if first + PROBLEMS_A_PAGE < len(found.problems):
        choices.append(Choice("more", say("import.more")))
    if node.page:
        choices.append(Choice("earlier", say("import.earlier")))
    return Screen(
        session.revision, "upload_problems", tuple(lines), tuple(choices), (navigation.BACK, navigation.HELP),
        takes_files=True,
    )  # fmt: skip


def press(moves: Moves, session: Session, node: RollUpload, facts: Facts, choice: str) -> Step | None:
    """Go into what is to be looked at, have it applied, or get a file."""
    found = facts.village.upload
    if choice == "look":
        return moves.lead(session, node, facts)
    if found is None:
        return None
    is_read, is_shown = found.state is ImportState.READ, found.state in (ImportState.READ, ImportState.APPLIED)
    match choice:
        case "problems" if is_shown and found.problem_count:
            return moves.lead(session, replace(node, view="problems", page=0), facts)
        case "more" | "earlier" if node.view == "problems":
            return _turned(moves, session, node, facts, found, 1 if choice == "more" else -1)
        case "marked" if is_shown and found.problem_count and found.has_file:
            document = SendDocument(DocumentKind.ROLL_MARKED, str(found.upload_id))
            return moves.lead(session, node, facts, done=say("import.marked_coming"), effects=(document,))
        case "template" if found.kind is ImportKind.ROLL:
            document = SendDocument(DocumentKind.ROLL_TEMPLATE, str(found.place_id))
            return moves.lead(session, node, facts, done=say("import.template_coming"), effects=(document,))
        case "apply" if is_read and found.to_apply and not node.view:
            return moves.lead(session, RollUpload(node.upload_id), facts, effects=(ApplyImport(node.upload_id),))
        case "list" if found.state is ImportState.APPLIED and facts.village.place is not None:
            return moves.lead(replace(session, walk=Walk(facts.village.place.id)), Households(), facts)
        case _:
            if found.kind is ImportKind.ROLL:
                return roll_upload.press(moves, session, node, facts, found, choice)
            return answers_upload.press(moves, session, node, facts, found, choice)


def _turned(moves: Moves, session: Session, node: RollUpload, facts: Facts, found: Import, by: int) -> Step | None:
    page = node.page + by
    if not 0 <= page * PROBLEMS_A_PAGE < max(1, len(found.problems)):
        return None
    return moves.lead(session, replace(node, page=page), facts)


def read(moves: Moves, session: Session, node: RollUpload, facts: Facts, text: str) -> Step | Refusal:
    """Read letters of a hamlet, where it is asked for."""
    found = facts.village.upload
    if found is not None and found.state is ImportState.READ and found.wants_place:
        return roll_upload.read(moves, session, node, facts, found, text)
    return Refusal(say("one_of.not_understood"))


def arrived(moves: Moves, session: Session, facts: Facts) -> Step:
    """There is something new about a file: show it to whoever waits for it, tell whoever went on with other things."""
    found = facts.village.upload
    if found is None or facts.consent is None:
        return moves.stay(session, facts)  # it was forgotten meanwhile
    here = session.node
    if isinstance(here, RollUpload) and here.upload_id == found.upload_id:
        view = here if found.state is ImportState.READ else RollUpload(found.upload_id)
        return moves.lead(session, view, facts)
    if found.state is ImportState.APPLYING:
        return Step(session, (), facts)
    if found.state is ImportState.APPLIED:
        if isinstance(here, RollUpload):  # of another file, of which nothing is loaded now
            return moves.lead(session, here, facts, done=say("import.finished"))
        return moves.stay(session, facts, done=say("import.finished"))
    return moves.lead(replace(session, node=opened_from(here)), RollUpload(found.upload_id), facts)


def wants(session: Session, node: RollUpload, event: Event) -> VillageNeeds:
    """Load what came of the file, and hamlets where one may have to be chosen."""
    text = event.text.strip() if isinstance(event, Typed) else ""
    is_sought = 0 < len(text) <= LONGEST_QUERY and not is_place(text) and not text.startswith("/")
    return VillageNeeds(
        upload_id=node.upload_id,
        upload_hamlets=(node.query, node.page),
        found_hamlets=(text, 0) if is_sought else None,
    )


def back(session: Session, node: RollUpload) -> Node:
    """From what is looked at to the file, from the file to the list or the desk."""
    return RollUpload(node.upload_id) if node.view else entering.home(session)


def stands(session: Session, node: RollUpload, facts: Facts) -> bool:
    """Whether the person may import anything at all; of a file that is not theirs nothing is loaded."""
    return bool(facts.roles)


ROOM = Room(draw, press, wants, back, stands, read)
