"""After handing in: the score sheet line by line, documents, taking it back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bot.dialogs import navigation
from bot.dialogs.addressing import reviewer, say_state
from bot.dialogs.effects import DocumentKind, SendDocument, TakeBack
from bot.dialogs.facts import AssessmentState, Facts
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.reviewing import standing as standing_at
from bot.dialogs.reviewing import wants_change
from bot.dialogs.screens import Choice, Paragraph, Say, Screen, Tone, say, stacked
from bot.dialogs.session import PickDocument, Result, Session, SheetPage, Summary
from bot.dialogs.verdict import because, provisional, sheet_of, worth
from bot.dialogs.village import clan_ways, visiting
from bot.scoring.model import WhenNotApplicable
from bot.scoring.sheet import LineState, ScoreLine

ZERO = Decimal(0)
_AROUND = (navigation.OTHER_TITLE, navigation.HELP, navigation.PRIVACY)
DOCUMENTS = {kind.value: kind for kind in (DocumentKind.CARD, DocumentKind.PDF, DocumentKind.DOCX)}


def draw(session: Session, node: Result, facts: Facts) -> Screen:
    """The result in one look, where it is on its way, and what can be done now."""
    assessment, subject = standing_at(facts)
    sheet = sheet_of(facts)
    lines = [*visiting.whose(facts)]
    lines.append(Paragraph(say("result.title", name=subject.name, year=str(assessment.year)), Tone.QUIET))
    lines.extend(provisional(sheet))
    if assessment.handed_in_at is not None:
        lines.append(Paragraph(say_state(assessment.state, subject.kind, assessment.handed_in_at, subject.place.level)))
    choices: tuple[Choice, ...] = (
        Choice("sheet", say("result.see_sheet")),
        Choice("document", say("result.get_document")),
    )
    if can_take_back(facts):
        choices += (Choice("take_back", say("result.take_back")),)
    choices += clan_ways.offered(facts)
    around = (visiting.LIST, navigation.HELP) if facts.is_visiting else _AROUND
    return Screen(session.revision, "result", tuple(lines), choices, around)


def press(moves: Moves, session: Session, node: Result, facts: Facts, choice: str) -> Step | None:
    """See the sheet, have it as a file, or take it back."""
    match choice:
        case "sheet":
            return moves.go(session, SheetPage(0), facts)
        case "document":
            return moves.go(session, PickDocument(Result()), facts)
        case "take_back":
            return take_back(moves, session, facts)
        case _:
            return None


def read(moves: Moves, session: Session, node: Result, facts: Facts, text: str) -> Step | Refusal:
    """Say why 'sửa câu 3' does nothing here; the rest are the labels on the screen."""
    if wants_change(text):
        return Refusal(say("question.locked") if can_take_back(facts) else _cannot_take_back(facts), is_final=True)
    return Refusal(say("result.not_understood"))


def can_take_back(facts: Facts) -> bool:
    """Handed in, and nobody has begun to review it."""
    assessment = facts.assessment
    return assessment is not None and assessment.state is AssessmentState.HANDED_IN and not assessment.is_reviewed


def take_back(moves: Moves, session: Session, facts: Facts) -> Step:
    """Make it a draft again."""
    assessment, _ = standing_at(facts)
    if not can_take_back(facts):
        return moves.stay(session, facts, _cannot_take_back(facts))
    draft = replace(assessment, state=AssessmentState.DRAFT, handed_in_at=None)
    taken = replace(facts, assessment=draft)
    return moves.go(session, Summary(), taken, done=say("result.taken_back"), effects=(TakeBack(),))


def _cannot_take_back(facts: Facts) -> Say:
    if facts.is_visiting:
        return say("visit.cannot_take_back")
    subject = standing_at(facts)[1]
    return say(f"result.cannot_take_back.{reviewer(subject.kind, subject.place.level)}")


def draw_page(session: Session, node: SheetPage, facts: Facts) -> Screen:
    """One criterion of the sheet: each indicator with its points, the reason and the article."""
    sheet = sheet_of(facts)
    criteria = sheet.criteria.criteria
    at = min(node.criterion, len(criteria) - 1)
    criterion = criteria[at]
    on_page = [line for line in sheet.lines if line.criterion.id == criterion.id]
    lines = [Paragraph(say("sheet.page", number=at + 1, total=len(criteria), title=criterion.title), Tone.HEADING)]
    if sheet.criteria.is_by_points:
        maximum = sum((x.indicator.max_points or ZERO for x in on_page if _counts(x)), ZERO)
        points = sheet.criterion_points(criterion.id)
        lines.append(Paragraph(say("sheet.criterion_points", points=points, max=maximum)))
    for line in on_page:
        head = say("sheet.line", short=line.indicator.short, worth=worth(line))
        article = say("sheet.article", article=line.indicator.article)
        lines.append(Paragraph(head, Tone.QUESTION))
        lines.append(Paragraph(stacked(because(line), article)))
    choices: tuple[Choice, ...] = ()
    if at + 1 < len(criteria):
        choices += (Choice("next", say("sheet.next")),)
    if at:
        choices += (Choice("previous", say("sheet.previous")),)
    return Screen(session.revision, "sheet", tuple(lines), choices, (Choice("back", say("sheet.to_result")),))


def _counts(line: ScoreLine) -> bool:
    is_left_out = line.indicator.not_applicable is WhenNotApplicable.EXCLUDED
    return line.state is not LineState.NOT_APPLICABLE or not is_left_out


def turn(moves: Moves, session: Session, node: SheetPage, facts: Facts) -> Step:
    """Go to the next page; from the last one back to the result."""
    is_last = node.criterion + 1 >= len(standing_at(facts)[0].criteria.criteria)
    return moves.go(session, Result() if is_last else SheetPage(node.criterion + 1), facts)


def press_page(moves: Moves, session: Session, node: SheetPage, facts: Facts, choice: str) -> Step | None:
    """Turn the page."""
    last = len(standing_at(facts)[0].criteria.criteria) - 1
    match choice:
        case "next":
            return moves.go(session, SheetPage(min(node.criterion + 1, last)), facts)
        case "previous":
            return moves.go(session, SheetPage(max(node.criterion - 1, 0)), facts)
        case _:
            return None


def draw_documents(session: Session, node: PickDocument, facts: Facts) -> Screen:
    """Offer the sheet as a picture, for printing, or for editing."""
    return Screen(
        session.revision,
        "document",
        (Paragraph(say("document.question"), Tone.QUESTION),),
        tuple(Choice(kind, say(f"document.{kind}")) for kind in DOCUMENTS),
        (navigation.BACK,),
    )


def press_documents(moves: Moves, session: Session, node: PickDocument, facts: Facts, choice: str) -> Step | None:
    """Make and send it; the screen counts as a new one, so that a second tap sends nothing twice."""
    kind = DOCUMENTS.get(choice)
    if kind is None:
        return None
    return moves.go(session, node, facts, done=say("document.coming"), effects=(SendDocument(kind),))
