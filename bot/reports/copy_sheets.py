"""In a copy of somebody's data: every sheet with its result, its answers and what they were before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bot.dialogs.addressing import say_state
from bot.dialogs.codec import CodecError, decode_answer
from bot.dialogs.facts import AssessmentState
from bot.dialogs.kinds import answer_words
from bot.dialogs.screens import Param
from bot.dialogs.verdict import scored, worded
from bot.dialogs.village.review_words import reason_words
from bot.ports import PersonRecord
from bot.reports.copy_lines import CopyLines, Kept, Row, text_in
from bot.reports.copy_person import CopiedSubject
from bot.reports.sheet_wording import numbers_of
from bot.scoring.explain import explain_result
from bot.scoring.model import CriteriaSet, Indicator, PointsTitle, SubjectKind
from bot.services.rules import Rulebook, RulesMissingError


@dataclass(frozen=True, slots=True)
class SheetCopy:
    """Writes the sheets of one person."""

    copy: CopyLines
    person: PersonRecord
    kept: Kept
    subjects: tuple[CopiedSubject, ...]
    rulebook: Rulebook

    def write(self, at: datetime) -> None:
        """Write every year's sheets, the newest first."""
        copy = self.copy
        rows = sorted(self.kept.get("assessment", ()), key=lambda row: text_in(row, "year"), reverse=True)
        for row in rows:
            copy.head("copy.assessment", year=text_in(row, "year"))
            subject = self._subject(row)
            if len(self.subjects) > 1 and subject is not None:
                copy.write("copy.assessment.of", name=subject.name)
            self._write_state(row, SubjectKind.HOUSEHOLD if subject is None else subject.kind)
            try:
                criteria = self.rulebook.get(text_in(row, "set_id"), text_in(row, "set_version"))
            except RulesMissingError:
                copy.write("copy.rules_missing", id=text_in(row, "set_id"), version=text_in(row, "set_version"))
                continue
            self._write_result(row, criteria, at)
            self._write_answers(row, criteria)
        if not rows:
            copy.head("copy.assessment", year=str(at.astimezone(copy.timezone).year))
            copy.write("copy.assessment.none")

    def _subject(self, row: Row) -> CopiedSubject | None:
        if "subject_id" not in row:
            return self.subjects[0] if self.subjects else None
        return next((subject for subject in self.subjects if subject.id == row["subject_id"]), None)

    def _write_state(self, row: Row, kind: SubjectKind) -> None:
        copy, now = self.copy, AssessmentState(text_in(row, "state"))
        copy.write("report.state", state=say_state(now, kind, copy.at(row, "handed_in_at")))
        steps = self._of("review", row)
        if steps:
            copy.write("copy.steps")
        for step in steps:
            copy.write(f"copy.step.{text_in(step, 'to_state')}", "  - ", at=copy.at(step, "at"))
            if step.get("reason"):
                copy.write("copy.reason", "    ", reason=reason_words(text_in(step, "reason")))

    def _write_result(self, row: Row, criteria: CriteriaSet, at: datetime) -> None:
        """Write the score: of the sheet in hand as it stands, of others as it was kept."""
        copy, in_hand, subject = self.copy, self.person.assessment, self.person.subject
        if in_hand is not None and in_hand.id == row["id"] and subject is not None:
            sheet = scored(self.rulebook.assessment(in_hand), subject, at.astimezone(copy.timezone).date())
            for reason in explain_result(sheet):
                copy.add(worded(reason))
            return
        total, title_id = row.get("total"), row.get("title_id")
        title = next((title.name for title in criteria.titles if title.id == title_id), criteria.not_reached)
        if isinstance(total, Decimal) and title_id is None and is_between(criteria, total):
            copy.write("copy.total", total=total, max_total=criteria.max_total)
        elif isinstance(total, Decimal) and criteria.is_by_points:
            copy.write("scoring.result.title", total=total, max_total=criteria.max_total, title=title)
        elif total is None and title_id is None:
            copy.write("copy.no_score")
        else:
            copy.write("scoring.result.not_reached_by_level", not_reached=title)
        copy.write(f"scoring.result.{criteria.standing.value}", document=criteria.issuing_document)

    def _write_answers(self, sheet: Row, criteria: CriteriaSet) -> None:
        copy = self.copy
        answers = {text_in(row, "indicator"): row for row in self._of("answer", sheet)}
        files = self._by_indicator("evidence", sheet)
        history = self._by_indicator("answer_history", sheet)
        numbers = numbers_of(criteria)
        touched = {*answers, *files, *history}
        if not touched:
            copy.write("copy.no_answer")
        for indicator_id in (*(i for i in numbers if i in touched), *sorted(touched - numbers.keys())):
            indicator = criteria.indicator(indicator_id)
            copy.add("")
            if indicator is None:
                copy.write("copy.retired", id=indicator_id)
            else:
                copy.add(f"{numbers[indicator_id]}. {copy.words.say(indicator.question)}")
            now = answers.get(indicator_id)
            if now is not None:
                copy.write("copy.answer", "  ", answer=self._said(indicator, now))
            earlier = [row for row in history.get(indicator_id, ()) if now is None or row.get("at") != now.get("at")]
            for row in earlier:
                copy.write("copy.answer.earlier", "  ", answer=self._said(indicator, row))
            self._write_files(files.get(indicator_id, ()))

    def _write_files(self, files: Sequence[Row]) -> None:
        copy = self.copy
        if files:
            copy.write("copy.evidence", "  ", count=len(files))
        for row in files:
            if "kind" not in row:
                continue
            code = f"copy.evidence.{text_in(row, 'kind')}"
            copy.write(code, "  - ", type=text_in(row, "mime"), size=copy.size(row), at=copy.at(row, "at"))
            if row.get("name"):
                copy.add(text_in(row, "name"), "    ")
            if row.get("state") != "kept":
                copy.write(f"copy.evidence.{text_in(row, 'state')}", "    ")

    def _said(self, indicator: Indicator | None, row: Row) -> str:
        """An answer in words, with when and through which channel, where that is known."""
        answer = self._in_words(indicator, json.dumps(row["value"], ensure_ascii=False))
        if "at" not in row:
            return answer
        copy = self.copy
        said: dict[str, Param] = {"answer": answer, "at": copy.at(row, "at"), "channel": copy.channel(row)}
        return copy.words.text("copy.said", said)

    def _in_words(self, indicator: Indicator | None, value: str) -> str:
        """A stored answer in words, or as it is stored where its question or its form is gone."""
        if indicator is None:
            return value
        try:
            return self.copy.words.say(answer_words(indicator.rule, decode_answer(value)))
        except CodecError:
            return value

    def _of(self, table: str, sheet: Row) -> list[Row]:
        return [row for row in self.kept.get(table, ()) if row["assessment_id"] == sheet["id"]]

    def _by_indicator(self, table: str, sheet: Row) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in self._of(table, sheet):
            found.setdefault(text_in(row, "indicator"), []).append(row)
        return found


def is_between(criteria: CriteriaSet, total: Decimal) -> bool:
    """Whether the text of a set leaves a total out between two of its titles; then it cannot be called not reached."""
    points = [title for title in criteria.titles if isinstance(title, PointsTitle)]
    return any(
        lower.up_to is not None and lower.up_to < total < upper.min_total
        for lower, upper in zip(points[1:], points, strict=False)
    )
