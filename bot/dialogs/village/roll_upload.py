"""A sent-in roll: what it would do, which rows may be a known household, which hamlet it is of."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogs import navigation
from bot.dialogs.facts import Facts
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.placing import FROM_FIRST, MORE, found_by, list_word
from bot.dialogs.screens import Choice, Paragraph, Progress, Say, Screen, Tone, say, stacked
from bot.dialogs.session import Session
from bot.dialogs.understanding import read_command
from bot.dialogs.village.effects import DecideDouble, PlaceImport
from bot.dialogs.village.facts import HouseholdEntry
from bot.dialogs.village.import_facts import Double, Import, ImportState
from bot.dialogs.village.nodes import RollUpload
from bot.scoring.model import Text

_AROUND = (navigation.BACK, navigation.HELP)


def draw(session: Session, node: RollUpload, facts: Facts, found: Import) -> Screen:
    """Draw the preview, a possible double, or the question for the hamlet; and what came of applying."""
    if found.state is ImportState.APPLIED:
        return _draw_applied(session, facts, found)
    if found.wants_place:
        return _draw_place(session, node, facts)
    if node.view == "doubles" and found.undecided:
        return _draw_double(session, node, found)
    return _draw_preview(session, found)


def _draw_preview(session: Session, found: Import) -> Screen:
    lines = [Paragraph(say("import.title", place=found.place), Tone.HEADING)]
    counts = [("new", found.new), ("updated", found.updated), ("unchanged", found.unchanged)]
    counts += [("doubles", len(found.undecided)), ("problems", found.problem_count)]
    said = [say(f"import.{what}", count=count) for what, count in counts if count]
    lines.append(Paragraph(stacked(*said) if said else say("import.nothing")))
    if not found.to_apply and said:
        lines.append(Paragraph(say("import.nothing")))
    if found.samples:
        lines.append(Paragraph(stacked(say("import.samples"), *(entry_words(each) for each in found.samples))))
    if found.left_out:
        lines.append(Paragraph(stacked(*found.left_out), Tone.QUIET))
    choices = []
    if found.to_apply:
        choices.append(Choice("apply", say("import.apply", count=found.to_apply)))
    if found.undecided:
        choices.append(Choice("doubles", say("import.see_doubles")))
    if found.problem_count:
        choices.append(Choice("problems", say("import.see_problems")))
    return Screen(session.revision, "upload_preview", tuple(lines), tuple(choices), _AROUND, takes_files=True)


def _draw_applied(session: Session, facts: Facts, found: Import) -> Screen:
    lines = [Paragraph(say("import.applied", place=found.place), Tone.HEADING)]
    counts = [("added", found.added), ("corrected", found.corrected), ("left_alone", found.left_alone)]
    said = [say(f"import.{what}", count=count) for what, count in counts if count]
    lines.append(Paragraph(stacked(*said) if said else say("import.nothing")))
    choices = [Choice("list", say("import.to_list"))] if facts.village.place is not None else []
    if found.problem_count:
        choices.append(Choice("problems", say("import.see_problems")))
    return Screen(session.revision, "upload_applied", tuple(lines), tuple(choices), _AROUND, takes_files=True)


def _draw_double(session: Session, node: RollUpload, found: Import) -> Screen:
    double = _shown(node, found)
    number = found.doubles.index(double) + 1
    lines = (
        Paragraph(say("import.double.title", number=number, total=len(found.doubles)), Tone.HEADING),
        Paragraph(say("import.double.file", line=double.line, entry=entry_words(double.entry))),
        Paragraph(say("import.double.known", entry=entry_words(double.known))),
        Paragraph(say(f"import.double.{double.why}"), Tone.QUIET),
        Paragraph(say("import.double.question"), Tone.QUESTION),
    )
    choices = (
        Choice(f"same-{double.row}", say("import.double.same")),
        Choice(f"other-{double.row}", say("import.double.different")),
        Choice("later", say("import.double.later")),
    )
    decided = len(found.doubles) - len(found.undecided)
    progress = Progress(number, len(found.doubles), decided, len(found.undecided))
    return Screen(session.revision, "upload_double", lines, choices, _AROUND, progress=progress)


def _shown(node: RollUpload, found: Import) -> Double:
    """The possible double that is asked about: the first undecided one behind those put off."""
    return found.undecided[node.postponed % len(found.undecided)]


def _draw_place(session: Session, node: RollUpload, facts: Facts) -> Screen:
    page = facts.village.hamlets
    places = page.places if page is not None else ()
    lines = [Paragraph(say("import.which_hamlet"), Tone.QUESTION)]
    if node.query and not places:
        lines.append(Paragraph(say("import.no_such_hamlet", query=node.query), Tone.NOTICE))
    lines.append(Paragraph(say("import.which_hint"), Tone.QUIET))
    choices = [
        Choice(f"h-{place.id}", say("register.hamlet_choice", name=place.name, within=place.within)) for place in places
    ]
    around = list(_AROUND)
    if page is not None and page.has_more:
        around.insert(0, Choice(MORE, say("roll.more")))
    if node.page or node.query:
        around.insert(0, Choice(FROM_FIRST, say("roll.first")))
    return Screen(session.revision, "upload_place", tuple(lines), tuple(choices), tuple(around), takes_files=True)


def entry_words(entry: HouseholdEntry) -> Say:
    """A line of the roll in words: 'Nguyễn Văn An · số 17 · Tổ 3 · 0912345678 · 2 người lớn'."""
    parts: list[Say | Text] = []
    if entry.number:
        parts.append(say("import.sample.number", number=entry.number))
    parts += [Text(part) for part in (entry.group, entry.phone) if part]
    if entry.adults is not None:
        parts.append(say("import.sample.adults", count=entry.adults))
    if entry.school_age_children is not None:
        parts.append(say("import.sample.children", count=entry.school_age_children))
    words = say("text.plain", text=entry.name)
    for part in parts:
        words = say("import.sample.part", before=words, what=part)
    return words


def press(moves: Moves, session: Session, node: RollUpload, facts: Facts, found: Import, choice: str) -> Step | None:
    """Decide on a possible double, put it off, or choose the hamlet."""
    if found.state is not ImportState.READ:
        return None
    if found.wants_place:
        return _press_place(moves, session, node, facts, choice)
    if choice == "doubles" and found.undecided:
        return moves.lead(session, RollUpload(node.upload_id, "doubles"), facts)
    if node.view != "doubles" or not found.undecided:
        return None
    if choice == "later":
        return _after(moves, session, node, facts, found, put_off=node.postponed + 1)
    double = _shown(node, found)
    if choice not in (f"same-{double.row}", f"other-{double.row}"):
        return None
    decided = DecideDouble(found.upload_id, double.row, is_same=choice.startswith("same-"))
    return _after(moves, session, node, facts, found, put_off=node.postponed, decided=decided)


def _after(
    moves: Moves,
    session: Session,
    node: RollUpload,
    facts: Facts,
    found: Import,
    *,
    put_off: int,
    decided: DecideDouble | None = None,
) -> Step:
    """The next possible double, or the preview once all were seen."""
    left = len(found.undecided) - (decided is not None)
    effects = () if decided is None else (decided,)
    if put_off >= left:
        done = None if left else say("import.double.none_left")
        return moves.lead(session, RollUpload(node.upload_id), facts, done=done, effects=effects)
    return moves.lead(session, replace(node, postponed=put_off), facts, effects=effects)


def _press_place(moves: Moves, session: Session, node: RollUpload, facts: Facts, choice: str) -> Step | None:
    page = facts.village.hamlets
    match choice:
        case "more" if page is not None and page.has_more:
            return moves.lead(session, replace(node, page=node.page + 1), facts)
        case "first":
            return moves.lead(session, RollUpload(node.upload_id), facts)
        case _:
            places = page.places if page is not None else ()
            place = next((each for each in places if f"h-{each.id}" == choice), None)
            return None if place is None else _place(moves, session, node, facts, place.id)


def _place(moves: Moves, session: Session, node: RollUpload, facts: Facts, place_id: int) -> Step:
    effects = (PlaceImport(node.upload_id, place_id),)
    return moves.lead(session, RollUpload(node.upload_id), facts, effects=effects)


def read(moves: Moves, session: Session, node: RollUpload, facts: Facts, found: Import, text: str) -> Step | Refusal:
    """Read letters of a hamlet's name."""
    turning = list_word(text)
    if turning in (MORE, FROM_FIRST):
        return _press_place(moves, session, node, facts, turning) or Refusal(say("place.not_understood"))
    page = facts.village.found_hamlets
    if page is None or read_command(text) is not None:
        return Refusal(say("place.not_understood"))
    only = found_by(text, page)
    if only is not None:
        return _place(moves, session, node, facts, only.id)
    return moves.lead(session, replace(node, query=text.strip(), page=0), facts)
