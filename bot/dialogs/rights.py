"""What the law lets a person do with their data: see it, have it, remove it (Luật 91/2025/QH15)."""

from __future__ import annotations

from bot.dialogs.effects import DocumentKind, SendDocument
from bot.dialogs.facts import AssessmentState, Facts
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.placing import OWN_PLACES
from bot.dialogs.screens import Choice, Layout, Paragraph, Screen, Tone, say
from bot.dialogs.session import ConfirmDelete, Session, opened_from
from bot.dialogs.understanding import read_yes_no
from bot.dialogs.welcome import goodbye


def privacy(moves: Moves, session: Session, facts: Facts) -> Step:
    """Say what is kept, why, who sees it, for how long, how to withdraw; then the current screen again."""
    lines = [
        Paragraph(say("privacy.title"), Tone.HEADING),
        Paragraph(say("privacy.kept")),
        Paragraph(say("privacy.why")),
        Paragraph(say("privacy.seen_by")),
        Paragraph(say("privacy.how_long")),
        Paragraph(say("privacy.rights")),
    ]
    if facts.contact:
        lines.append(Paragraph(say("privacy.contact", contact=facts.contact)))
    if facts.consent is not None:
        given = say("privacy.consent_given", version=facts.consent.version, at=facts.consent.at)
        lines.append(Paragraph(given, Tone.QUIET))
    return moves.stay(session, facts, tuple(lines))


def my_data(moves: Moves, session: Session, facts: Facts) -> Step:
    """Send a copy of everything kept about the person."""
    if facts.consent is None:
        return moves.stay(session, facts, say("mydata.nothing"))
    return moves.stay(session, facts, say("mydata.coming"), effects=(SendDocument(DocumentKind.MY_DATA),))


def ask_delete(moves: Moves, session: Session, facts: Facts) -> Step:
    """Ask before removing everything."""
    if facts.consent is None:
        return moves.stay(session, facts, say("mydata.nothing"))
    if isinstance(session.node, ConfirmDelete):
        return moves.stay(session, facts)
    return moves.go(session, ConfirmDelete(opened_from(session.node)), facts)


def draw_delete(session: Session, node: ConfirmDelete, facts: Facts) -> Screen:
    """Say what goes and what stays and why; two equal choices."""
    handed_in = _has_handed_in(facts)
    lines = [
        Paragraph(say("delete.question"), Tone.QUESTION),
        Paragraph(say("delete.goes")),
        Paragraph(say("delete.stays" if handed_in else "delete.nothing_stays")),
    ]
    own = facts.subject if not facts.is_visiting else None
    if facts.roles or (own is not None and own.kind in OWN_PLACES):
        lines.append(Paragraph(say("delete.shared_stays")))
    choices = (Choice("delete-all", say("delete.yes")), Choice("cancel", say("delete.no")))
    return Screen(session.revision, "delete", tuple(lines), choices, layout=Layout.PAIR)


def _has_handed_in(facts: Facts) -> bool:
    """Whether a sheet of one's own is with the reviewers; one that is visited is nobody's to remove."""
    if facts.is_visiting:
        return any(sheet.state not in (AssessmentState.DRAFT, AssessmentState.RETURNED) for sheet in facts.sheets)
    return facts.assessment is not None and not facts.assessment.is_open


def press_delete(moves: Moves, session: Session, node: ConfirmDelete, facts: Facts, choice: str) -> Step | None:
    """Remove everything; keeping it is 'cancel', as everywhere."""
    return goodbye(session, facts, "delete.done") if choice == "delete-all" else None


def read_delete(moves: Moves, session: Session, node: ConfirmDelete, facts: Facts, text: str) -> Step | Refusal:
    """Only a plain no is read; removing takes its own words or a tap."""
    if read_yes_no(text) is False:
        return moves.go(session, node.back, facts)
    return Refusal(say("delete.not_understood"))
