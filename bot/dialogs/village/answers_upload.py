"""A sent-in workbook of answers: what it would record, and answers that differ from those given meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.dialogs import navigation
from bot.dialogs.facts import Facts
from bot.dialogs.moves import Moves, Step
from bot.dialogs.screens import Choice, Paragraph, Progress, Say, Screen, Tone, say, stacked
from bot.dialogs.session import Session
from bot.dialogs.village.effects import DecideConflicts, HandInForMany
from bot.dialogs.village.import_facts import Import, ImportConflict, ImportState
from bot.dialogs.village.nodes import RollUpload

FAMILIES_A_PAGE = 5
_AROUND = (navigation.BACK, navigation.HELP)


def draw(session: Session, node: RollUpload, facts: Facts, found: Import) -> Screen:
    """Draw the preview, what differs, or what came of applying."""
    if found.state is ImportState.APPLIED:
        return _draw_applied(session, facts, found)
    if node.view == "conflicts" and node.page < len(found.asked_about):
        return _draw_conflict(session, node, found)
    if node.view == "families" and found.kept_beside:
        return _draw_families(session, node, found)
    return _draw_preview(session, found)


def _draw_preview(session: Session, found: Import) -> Screen:
    lines = [Paragraph(say("answers.upload.title", place=found.place), Tone.HEADING)]
    if found.answers:
        lines.append(Paragraph(say("answers.upload.answers", count=found.answers, households=found.to_apply)))
    else:
        lines.append(Paragraph(say("answers.upload.nothing")))
    undecided = sum(each.is_taken is None for each in found.asked_about)
    counts = [("families", len(found.kept_beside)), ("conflicts", undecided), ("problems", found.problem_count)]
    told = [say(f"answers.upload.{what}", count=count) for what, count in counts if count]
    if told:
        lines.append(Paragraph(stacked(*told), Tone.NOTICE))
    choices = []
    if found.to_apply:
        choices.append(Choice("apply", say("answers.upload.apply", count=found.to_apply)))
    if found.asked_about:
        choices.append(Choice("conflicts", say("answers.upload.see_conflicts")))
    if found.kept_beside:
        choices.append(Choice("families", say("answers.upload.see_families")))
    if found.problem_count:
        choices.append(Choice("problems", say("import.see_problems")))
    return Screen(session.revision, "upload_answers", tuple(lines), tuple(choices), _AROUND, takes_files=True)


def _draw_applied(session: Session, facts: Facts, found: Import) -> Screen:
    lines = [Paragraph(say("answers.upload.applied", place=found.place), Tone.HEADING)]
    recorded = found.added + found.corrected
    lines.append(Paragraph(say("answers.upload.recorded", count=recorded) if recorded else say("answers.upload.none")))
    if found.left_alone:
        lines.append(Paragraph(say("answers.upload.left_alone", count=found.left_alone), Tone.NOTICE))
    choices = []
    if found.ready:
        lines.append(Paragraph(say("answers.upload.ready", count=len(found.ready))))
        choices.append(Choice("hand-in", say("answers.upload.hand_in", count=len(found.ready))))
    if facts.village.place is not None:
        choices.append(Choice("list", say("import.to_list")))
    if found.problem_count:
        choices.append(Choice("problems", say("import.see_problems")))
    return Screen(session.revision, "upload_answers", tuple(lines), tuple(choices), _AROUND, takes_files=True)


def _draw_conflict(session: Session, node: RollUpload, found: Import) -> Screen:
    """One answer of one's own that was given otherwise meanwhile: ours, theirs, and which is kept."""
    asked = found.asked_about
    conflict = asked[node.page]
    lines = [
        Paragraph(say("answers.conflict.title", number=node.page + 1, total=len(asked)), Tone.HEADING),
        Paragraph(say("answers.conflict.whose", name=conflict.name, short=conflict.short)),
        Paragraph(
            stacked(
                say("answers.conflict.ours", answer=conflict.ours_said),
                say("answers.conflict.theirs", answer=conflict.theirs_said),
            )
        ),
        Paragraph(say("answers.conflict.question"), Tone.QUESTION),
    ]
    choices = [Choice("theirs", say("answers.conflict.take_theirs")), Choice("ours", say("answers.conflict.keep_ours"))]
    if len(asked) - node.page > 1:
        choices.append(Choice("all-theirs", say("answers.conflict.take_all")))
        choices.append(Choice("all-ours", say("answers.conflict.keep_all")))
    progress = Progress(node.page + 1, len(asked), node.page, len(asked) - node.page)
    return Screen(session.revision, "upload_conflict", tuple(lines), tuple(choices), _AROUND, progress=progress)


def _draw_families(session: Session, node: RollUpload, found: Import) -> Screen:
    """Answers of families that stay, with the workbook's beside them for the review."""
    first = node.page * FAMILIES_A_PAGE
    shown = found.kept_beside[first : first + FAMILIES_A_PAGE]
    lines = [Paragraph(say("answers.families.title", count=len(found.kept_beside)), Tone.HEADING)]
    lines += [Paragraph(_beside(each)) for each in shown]
    lines.append(Paragraph(say("answers.families.hint"), Tone.QUIET))
    return Screen(session.revision, "upload_families", tuple(lines), tuple(_turning(node, found)), _AROUND)


def _beside(conflict: ImportConflict) -> Say:
    return say(
        "answers.families.line",
        name=conflict.name,
        short=conflict.short,
        ours=conflict.ours_said,
        theirs=conflict.theirs_said,
    )


def _turning(node: RollUpload, found: Import) -> Iterator[Choice]:
    if (node.page + 1) * FAMILIES_A_PAGE < len(found.kept_beside):
        yield Choice("next-families", say("import.more"))
    if node.page:
        yield Choice("earlier-families", say("import.earlier"))


def press(moves: Moves, session: Session, node: RollUpload, facts: Facts, found: Import, choice: str) -> Step | None:
    """Look at what differs, decide, or hand in what is complete."""
    if found.state is ImportState.APPLIED:
        return _hand_in(moves, session, facts, found) if choice == "hand-in" and found.ready else None
    if found.state is not ImportState.READ:
        return None
    if node.view == "conflicts" and node.page < len(found.asked_about):
        return _decide(moves, session, node, facts, found, choice)
    if node.view == "families":
        by = {each.id: 1 if each.id.startswith("next") else -1 for each in _turning(node, found)}.get(choice)
        return None if by is None else moves.lead(session, replace(node, page=node.page + by), facts)
    if (choice == "conflicts" and found.asked_about) or (choice == "families" and found.kept_beside):
        return moves.lead(session, RollUpload(node.upload_id, choice), facts)
    return None


def _decide(moves: Moves, session: Session, node: RollUpload, facts: Facts, found: Import, choice: str) -> Step | None:
    """Keep one of the two, or one side's of all that are left."""
    rest = found.asked_about[node.page :]
    if choice not in ("theirs", "ours", "all-theirs", "all-ours"):
        return None
    decided = rest if choice.startswith("all-") else rest[:1]
    effect = DecideConflicts(found.upload_id, tuple(each.key for each in decided), choice.endswith("theirs"))
    is_last = len(decided) == len(rest)
    there = RollUpload(node.upload_id) if is_last else replace(node, page=node.page + 1)
    done = say("answers.conflict.all_decided") if is_last else None
    return moves.lead(session, there, facts, done=done, effects=(effect,))


def _hand_in(moves: Moves, session: Session, facts: Facts, found: Import) -> Step:
    effect = HandInForMany(found.place_id, found.ready)
    done = say("answers.handed_in", count=len(found.ready))
    return moves.lead(session, RollUpload(found.upload_id), facts, done=done, effects=(effect,))
