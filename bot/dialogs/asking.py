"""One question at a time: asked, explained, answered, postponed, with evidence if there is some."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.dialogs import kinds, navigation
from bot.dialogs.effects import KeepEvidence, SaveAnswer
from bot.dialogs.events import FileKind, FileRef
from bot.dialogs.facts import Assessment, Facts, Subject
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.path import asked, next_question, previous_question, progress
from bot.dialogs.screens import Paragraph, Say, Screen, Tone, say
from bot.dialogs.session import PickQuestion, Question, Session, Summary
from bot.dialogs.village import clan_ways, earlier, visiting
from bot.dialogs.village.facts import Side
from bot.dialogs.village.sides import Given, Settled, settle
from bot.scoring.judging import fits
from bot.scoring.model import Answer, Indicator, Text

EVIDENCE_TYPES = frozenset(
    {
        "image/jpeg",
        "image/png",
        "image/webp",
        "image/heic",
        "image/heif",
        "application/pdf",
        "application/msword",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)
EVIDENCE_PER_QUESTION = 10


def draw(session: Session, node: Question, facts: Facts) -> Screen:
    """Draw the question with what it wants and where the person is."""
    assessment, subject, indicator = _standing_at(node, facts)
    asking = _asking(node, assessment, subject)
    laid_out = kinds.ask(indicator.rule, asking)
    criterion = next(c for c in assessment.criteria.criteria if indicator in c.indicators)
    lines = [*visiting.whose(facts)]
    lines += [Paragraph(criterion.title, Tone.QUIET), Paragraph(indicator.question, Tone.QUESTION)]
    if laid_out.hint is not None:
        lines.append(Paragraph(laid_out.hint))
    if node.whole is None:
        lines.extend(_known(facts, assessment, subject, indicator))
    kept = assessment.evidence.get(indicator.id, 0)
    if kept:
        lines.append(Paragraph(say("evidence.kept", count=kept), Tone.QUIET))
    elif indicator.evidence is not None and node.whole is None:
        lines.append(Paragraph(say("evidence.wanted", what=indicator.evidence), Tone.QUIET))
    putting_off = navigation.SUMMARY if node.from_summary else navigation.LATER
    leaving = visiting.LIST if facts.is_visiting else navigation.PAUSE
    return Screen(
        session.revision,
        "question",
        tuple(lines),
        laid_out.choices,
        (*clan_ways.offered(facts, indicator), navigation.WHY, navigation.BACK, putting_off, leaving),
        laid_out.expects,
        laid_out.layout,
        progress(assessment, subject, indicator.id),
        takes_files=True,
    )


def _known(facts: Facts, assessment: Assessment, subject: Subject, indicator: Indicator) -> Iterator[Paragraph]:
    """What is recorded already, by one side or by both; else what was answered last year."""
    if is_answered(assessment, subject, indicator):
        recorded = kinds.answer_words(indicator.rule, assessment.answers[indicator.id])
        other = assessment.differences.get(indicator.id)
        if other is None:
            yield Paragraph(say("question.recorded", answer=recorded), Tone.QUIET)
        else:
            words = kinds.answer_words(indicator.rule, other.answer)
            yield Paragraph(say("question.two_answers", answer=recorded, other=words), Tone.QUIET)
        return
    before = facts.village.last_year
    said = None if before is None else earlier.answer(before, indicator, subject)
    if before is not None and said is not None:
        words = kinds.answer_words(indicator.rule, said)
        yield Paragraph(say("question.last_year", year=str(before.year), answer=words), Tone.QUIET)


def press(moves: Moves, session: Session, node: Question, facts: Facts, choice: str) -> Step | None:
    """Take a tapped answer."""
    assessment, subject, indicator = _standing_at(node, facts)
    reading = kinds.press(indicator.rule, _asking(node, assessment, subject), choice)
    step = None if reading is None else _take(moves, session, node, facts, reading)
    return moves.stay(session, facts, step.why) if isinstance(step, Refusal) else step


def read(moves: Moves, session: Session, node: Question, facts: Facts, text: str) -> Step | Refusal:
    """Take a typed answer."""
    assessment, subject, indicator = _standing_at(node, facts)
    return _take(moves, session, node, facts, kinds.read(indicator.rule, _asking(node, assessment, subject), text))


def attach(moves: Moves, session: Session, node: Question, facts: Facts, file: FileRef) -> Step:
    """Keep a photo or document as evidence for the question on the screen, or say why not."""
    assessment, _, indicator = _standing_at(node, facts)
    limit = facts.channel.max_file_bytes
    if file.size > limit or not file.ref:
        return moves.stay(session, facts, say("evidence.too_large", limit=limit // 1_000_000))
    if file.kind is not FileKind.PHOTO and file.mime not in EVIDENCE_TYPES:
        return moves.stay(session, facts, say("evidence.wrong_type"))
    kept = assessment.evidence.get(indicator.id, 0)
    if kept >= EVIDENCE_PER_QUESTION:
        return moves.stay(session, facts, say("evidence.enough", limit=EVIDENCE_PER_QUESTION))
    more = _with(facts, replace(assessment, evidence={**assessment.evidence, indicator.id: kept + 1}))
    notice = say("evidence.received", short=indicator.short)
    return moves.stay(session, more, notice, effects=(KeepEvidence(indicator.id, file),))


def why(moves: Moves, session: Session, node: Question, facts: Facts) -> Step:
    """Explain why it is asked, with an example and the article, and ask again."""
    _, _, indicator = _standing_at(node, facts)
    explanation = (
        Paragraph(say("question.why", why=indicator.why)),
        Paragraph(say("question.example", example=indicator.example)),
        Paragraph(say("question.article", article=indicator.article), Tone.QUIET),
    )
    return moves.stay(session, facts, explanation)


def back(moves: Moves, session: Session, node: Question, facts: Facts) -> Step:
    """Go to the question before, or to where a change was begun."""
    assessment, subject, indicator = _standing_at(node, facts)
    if node.whole is not None:
        return moves.go(session, replace(node, whole=None), facts)
    if node.from_summary:
        return moves.go(session, PickQuestion(), facts)
    before = previous_question(assessment, subject, indicator.id)
    if before is None:
        return moves.stay(session, facts, say("question.first"))
    return moves.go(session, Question(before.id), facts)


def later(moves: Moves, session: Session, node: Question, facts: Facts) -> Step:
    """Put the question off to the end of the walk; put off twice, it waits in the summary.

    A question put off again keeps its place among the others, so that each is asked once more and none goes round.
    """
    assessment, subject, indicator = _standing_at(node, facts)
    if node.from_summary or is_answered(assessment, subject, indicator):
        return go_on(moves, session, node, facts)
    following = next_question(assessment, subject, indicator.id, session.postponed)
    is_again = indicator.id in session.postponed
    waiting = session if is_again else replace(session, postponed=(*session.postponed, indicator.id))
    if following is None:
        return moves.go(waiting, Summary(), facts, notice=say("question.all_postponed"))
    done = say("question.postponed_again" if is_again else "question.postponed", short=indicator.short)
    return moves.go(waiting, Question(following.id), facts, done=done, notice=_coming_back(session, node, following))


def go_on(moves: Moves, session: Session, node: Question, facts: Facts) -> Step:
    """Leave a question that is answered already, for the next open one; an open one is asked again."""
    assessment, subject, indicator = _standing_at(node, facts)
    if node.from_summary:
        return moves.go(session, Summary(), facts)
    if not is_answered(assessment, subject, indicator):
        return moves.stay(session, facts)
    following = next_question(assessment, subject, indicator.id, session.postponed)
    return visiting.go_to(moves, session, visiting.end(facts) if following is None else Question(following.id), facts)


def _take(moves: Moves, session: Session, node: Question, facts: Facts, reading: kinds.Reading) -> Step | Refusal:
    assessment, subject, indicator = _standing_at(node, facts)
    if isinstance(reading, Refusal):
        return reading
    if isinstance(reading, kinds.More):
        return moves.go(session, replace(node, whole=reading.whole), facts)
    if not assessment.is_open:
        return Refusal(say("question.locked"), is_final=True)
    if not fits(indicator, reading, subject.profile):
        return Refusal(say("question.unfit"), is_final=True)
    given, over = Given(reading, visiting.side(facts)), _giving_way(assessment, subject, indicator)
    settled = settle(_standing(assessment, indicator), assessment.differences.get(indicator.id), given, over)
    answered = _settled(assessment, indicator, settled)
    after = _with(facts, answered)
    moved_on = replace(session, postponed=tuple(i for i in session.postponed if i != indicator.id))
    if settled.other == given:
        done = _differing(facts, assessment, subject, indicator, settled.standing.answer)
    else:
        done = _recorded(assessment, subject, indicator, reading)
    effects = (SaveAnswer(indicator.id, reading, over),)
    if node.from_summary:
        return moves.go(moved_on, Summary(), after, done=done, effects=effects)
    following = next_question(answered, subject, indicator.id, session.postponed)
    if following is None:
        return visiting.go_to(moves, moved_on, visiting.end(facts), after, done=done, effects=effects)
    notice = _coming_back(session, node, following)
    return moves.go(moved_on, Question(following.id), after, done=done, notice=notice, effects=effects)


def _coming_back(session: Session, node: Question, following: Indicator) -> Say | None:
    """Announce the first of the questions that were put off."""
    is_first = following.id in session.postponed and node.indicator not in session.postponed
    return say("question.postponed_now") if is_first else None


def is_answered(assessment: Assessment, subject: Subject, indicator: Indicator) -> bool:
    """Whether an answer stands that still fits."""
    answer = assessment.answers.get(indicator.id)
    return answer is not None and fits(indicator, answer, subject.profile)


def answer_words(assessment: Assessment, subject: Subject, indicator: Indicator) -> Say | Text:
    """Say the recorded answer in words, or that there is none that counts."""
    answer = assessment.answers.get(indicator.id)
    if answer is not None and not is_answered(assessment, subject, indicator):
        return say("answer.unfit")
    return kinds.answer_words(indicator.rule, answer)


def _recorded(assessment: Assessment, subject: Subject, indicator: Indicator, answer: Answer) -> Say:
    number = progress(assessment, subject, indicator.id).number
    return say("question.saved", number=number, answer=kinds.answer_words(indicator.rule, answer))


def _differing(facts: Facts, assessment: Assessment, subject: Subject, indicator: Indicator, standing: Answer) -> Say:
    number = progress(assessment, subject, indicator.id).number
    words = kinds.answer_words(indicator.rule, standing)
    return say(f"question.differs.{visiting.side(facts)}", number=number, answer=words)


def _standing(assessment: Assessment, indicator: Indicator) -> Given | None:
    answer = assessment.answers.get(indicator.id)
    return None if answer is None else Given(answer, assessment.sides.get(indicator.id, Side.SUBJECT))


def _giving_way(assessment: Assessment, subject: Subject, indicator: Indicator) -> Answer | None:
    """The recorded answer, where it no longer fits."""
    return None if is_answered(assessment, subject, indicator) else assessment.answers.get(indicator.id)


def _settled(assessment: Assessment, indicator: Indicator, to: Settled) -> Assessment:
    differences = {i: other for i, other in assessment.differences.items() if i != indicator.id}
    if to.other is not None:
        differences[indicator.id] = to.other
    return replace(
        assessment,
        answers={**assessment.answers, indicator.id: to.standing.answer},
        sides={**assessment.sides, indicator.id: to.standing.side},
        differences=differences,
    )


def _standing_at(node: Question, facts: Facts) -> tuple[Assessment, Subject, Indicator]:
    assessment, subject = facts.assessment, facts.subject
    assert assessment is not None  # noqa: S101 - `steps.repaired` leads elsewhere without one
    assert subject is not None  # noqa: S101 - likewise
    indicator = assessment.criteria.indicator(node.indicator)
    assert indicator is not None  # noqa: S101 - likewise
    return assessment, subject, indicator


def is_asked(node: Question, facts: Facts) -> bool:
    """Whether the question exists and applies to the household as it is now."""
    if facts.assessment is None or facts.subject is None:
        return False
    return any(i.id == node.indicator for i in asked(facts.assessment, facts.subject))


def _asking(node: Question, assessment: Assessment, subject: Subject) -> kinds.Asking:
    derived = assessment.derived.get(node.indicator)
    return kinds.Asking(subject.profile, node.whole, derived, clan_ways.source(subject.kind))


def _with(facts: Facts, assessment: Assessment) -> Facts:
    return replace(facts, assessment=assessment)


def numbered(assessment: Assessment, subject: Subject) -> Mapping[int, Indicator]:
    """{number on the screen: indicator}, as the progress counts them."""
    return dict(enumerate(asked(assessment, subject), 1))
