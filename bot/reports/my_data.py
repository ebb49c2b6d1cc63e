"""A copy of everything kept about a person, as one text file: first to be read, then every record for machines.

Law: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, the right to see and to have one's data.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.dialogs.codec import CodecError, decode_answer, encode_answer
from bot.dialogs.kinds import answer_words
from bot.dialogs.screens import Param
from bot.dialogs.verdict import scored, worded
from bot.i18n import Translator
from bot.messages import MESSAGES
from bot.ports import PersonRecord
from bot.reports.sheet_wording import numbers_of, place_of
from bot.scoring.explain import explain_result
from bot.scoring.model import CriteriaSet, Indicator
from bot.services.rules import Rulebook, RulesMissingError

Row = Mapping[str, object]
Kept = Mapping[str, Sequence[Row]]
"""{table: records}, as ports.People.everything gives them."""

KB, MB = 1_000, 1_000_000


def my_data(
    person: PersonRecord, kept: Kept | None, rulebook: Rulebook, words: Translator, timezone: ZoneInfo, at: datetime
) -> bytes:
    """Write the copy: UTF-8 with its mark and Windows line ends, so that old programs show Vietnamese, too.

    Args:
        kept: every record; None where they cannot be read, then the copy ends with what `person` tells.
    """
    copy = _Copy(person, kept if kept is not None else records_of(person), rulebook, words, timezone)
    copy.write_head(at)
    copy.write_household()
    copy.write_consent()
    copy.write_accounts()
    copy.write_assessments(at)
    if kept is not None:
        copy.write_records()
    return "\r\n".join((*copy.lines, "")).encode("utf-8-sig", "replace")


def records_of(person: PersonRecord) -> Kept:
    """Return the records that a person's record tells of, for those who have nothing else."""
    given, sheet = person.consent, person.assessment
    consents = [] if given is None else [{"version": given.version, "given_at": given.at}]
    if sheet is None:
        return {"consent": consents}
    here = {"assessment_id": sheet.id}
    stored = {
        "id": sheet.id,
        "year": sheet.year,
        "set_id": sheet.set_id,
        "set_version": sheet.set_version,
        "state": sheet.state,
        "total": sheet.total,
        "title_id": sheet.title_id,
        "handed_in_at": sheet.handed_in_at,
    }
    answers = [{**here, "indicator": i, "value": json.loads(encode_answer(a))} for i, a in sheet.answers.items()]
    files = [{**here, "indicator": i} for i, count in sheet.evidence.items() for _ in range(count)]
    return {"consent": consents, "assessment": [stored], "answer": answers, "evidence": files}


@dataclass(slots=True)
class _Copy:
    """The lines written so far, and what they are written from."""

    person: PersonRecord
    kept: Kept
    rulebook: Rulebook
    words: Translator
    timezone: ZoneInfo
    lines: list[str] = field(default_factory=list)
    headings: int = 0

    def write_head(self, at: datetime) -> None:
        """Say what this is."""
        self._write("copy.heading")
        self._write("copy.made", at=self._moment(at))
        self._write("copy.rights")
        self._write("copy.careful")

    def write_household(self) -> None:
        """Say who and where, and how many: counts, never names of children."""
        self._head("copy.household")
        household = self.person.household
        if household is None:
            self._write("copy.household.none")
            return
        self._write("copy.household.name", name=household.name)
        self._write("report.place", place=place_of(household))
        self._write("copy.household.adults", number=household.adults)
        self._write("copy.household.children", number=household.school_age_children)

    def write_consent(self) -> None:
        """Say what was agreed to and when, and what was withdrawn."""
        self._head("copy.consent")
        given = self.person.consent
        rows = self.kept.get("consent") or (
            () if given is None else ({"version": given.version, "given_at": given.at},)
        )
        if not rows:
            self._write("copy.consent.none")
        for row in rows:
            self._write("privacy.consent_given", version=_text(row, "version"), at=self._at(row, "given_at"))
            if row.get("withdrawn_at") is not None:
                self._write("copy.consent.withdrawn", at=self._at(row, "withdrawn_at"))

    def write_accounts(self) -> None:
        """Name the channels; how a channel calls the account is among the records."""
        rows = self.kept.get("account", ())
        if rows:
            self._head("copy.accounts")
        for row in rows:
            self._write("copy.account", channel=self._channel(row), at=self._at(row, "created_at"))

    def write_assessments(self, at: datetime) -> None:
        """Write every year's sheet, the newest first."""
        rows = sorted(self.kept.get("assessment", ()), key=lambda row: _text(row, "year"), reverse=True)
        for row in rows:
            self._head("copy.assessment", year=_text(row, "year"))
            self._write_state(row)
            try:
                criteria = self.rulebook.get(_text(row, "set_id"), _text(row, "set_version"))
            except RulesMissingError:
                self._write("copy.rules_missing", id=_text(row, "set_id"), version=_text(row, "set_version"))
                continue
            self._write_result(row, criteria, at)
            self._write_answers(row, criteria)
        if not rows:
            self._head("copy.assessment", year=str(at.astimezone(self.timezone).year))
            self._write("copy.assessment.none")

    def write_records(self) -> None:
        """Write every record as JSON, to the end of the file."""
        self._head("copy.records")
        self._write("copy.records.what")
        self.lines.append("")
        self.lines.extend(json.dumps(self.kept, ensure_ascii=False, indent=2, default=_plain).split("\n"))

    def _write_state(self, row: Row) -> None:
        state = self.words.text(f"state.{_text(row, 'state')}", {"at": self._at(row, "handed_in_at")})
        self._write("report.state", state=state)
        steps = self._of("review", row)
        if steps:
            self._write("copy.steps")
        for step in steps:
            self._write(f"copy.step.{_text(step, 'to_state')}", "  - ", at=self._at(step, "at"))
            if step.get("reason"):
                self._write("copy.reason", "    ", reason=_text(step, "reason"))

    def _write_result(self, row: Row, criteria: CriteriaSet, at: datetime) -> None:
        """Write the score: of the sheet in hand as it stands, of older ones as it was kept."""
        newest, household = self.person.assessment, self.person.household
        if newest is not None and newest.id == row["id"] and household is not None:
            sheet = scored(self.rulebook.assessment(newest), household, at.astimezone(self.timezone).date())
            self.lines.extend(_line(self.words.say(worded(reason))) for reason in explain_result(sheet))
            return
        total, title_id = row.get("total"), row.get("title_id")
        title = next((title.name for title in criteria.titles if title.id == title_id), criteria.not_reached)
        if isinstance(total, Decimal) and criteria.is_by_points:
            self._write("scoring.result.title", total=total, max_total=criteria.max_total, title=title)
        elif total is None and title_id is None:
            self._write("copy.no_score")
        else:
            self._write("scoring.result.not_reached_by_level", not_reached=title)
        self._write(f"scoring.result.{criteria.standing.value}", document=criteria.issuing_document)

    def _write_answers(self, sheet: Row, criteria: CriteriaSet) -> None:
        answers = {_text(row, "indicator"): row for row in self._of("answer", sheet)}
        files = self._by_indicator("evidence", sheet)
        history = self._by_indicator("answer_history", sheet)
        numbers = numbers_of(criteria)
        touched = {*answers, *files, *history}
        if not touched:
            self._write("copy.no_answer")
        for indicator_id in (*(i for i in numbers if i in touched), *sorted(touched - numbers.keys())):
            indicator = criteria.indicator(indicator_id)
            self.lines.append("")
            if indicator is None:
                self._write("copy.retired", id=indicator_id)
            else:
                self.lines.append(f"{numbers[indicator_id]}. {_line(self.words.say(indicator.question))}")
            now = answers.get(indicator_id)
            if now is not None:
                self._write("copy.answer", "  ", answer=self._said(indicator, now))
            earlier = [row for row in history.get(indicator_id, ()) if now is None or row.get("at") != now.get("at")]
            for row in earlier:
                self._write("copy.answer.earlier", "  ", answer=self._said(indicator, row))
            self._write_files(files.get(indicator_id, ()))

    def _write_files(self, files: Sequence[Row]) -> None:
        if not files:
            return
        self.lines.append("  " + self.words.text("copy.evidence", count=len(files)))
        for row in files:
            if "kind" not in row:
                continue
            code = f"copy.evidence.{_text(row, 'kind')}"
            self._write(code, "  - ", type=_text(row, "mime"), size=self._size(row), at=self._at(row, "at"))
            if row.get("name"):
                self.lines.append("    " + _line(_text(row, "name")))
            if row.get("state") != "kept":
                self._write(f"copy.evidence.{_text(row, 'state')}", "    ")

    def _said(self, indicator: Indicator | None, row: Row) -> str:
        """An answer in words, with when and through which channel, where that is known."""
        answer = self._in_words(indicator, json.dumps(row["value"], ensure_ascii=False))
        if "at" not in row:
            return answer
        said: dict[str, Param] = {"answer": answer, "at": self._at(row, "at"), "channel": self._channel(row)}
        return self.words.text("copy.said", said)

    def _in_words(self, indicator: Indicator | None, value: str) -> str:
        """A stored answer in words, or as it is stored where its question or its form is gone."""
        if indicator is None:
            return value
        try:
            return self.words.say(answer_words(indicator.rule, decode_answer(value)))
        except CodecError:
            return value

    def _of(self, table: str, sheet: Row) -> list[Row]:
        return [row for row in self.kept.get(table, ()) if row["assessment_id"] == sheet["id"]]

    def _by_indicator(self, table: str, sheet: Row) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in self._of(table, sheet):
            found.setdefault(_text(row, "indicator"), []).append(row)
        return found

    def _channel(self, row: Row) -> str:
        name = _text(row, "channel")
        code = f"copy.channel.{name}"
        return self.words.text(code) if code in MESSAGES else name

    def _size(self, row: Row) -> str:
        size = row.get("size")
        if not isinstance(size, int) or size <= 0:
            return self.words.text("copy.size_unknown")
        if size < MB:
            return f"{-(-size // KB)} KB"
        return f"{self.words.param((Decimal(size) / MB).quantize(Decimal('0.1')))} MB"

    def _at(self, row: Row, name: str) -> str:
        value = row.get(name)
        return self._moment(value) if isinstance(value, datetime) else ""

    def _moment(self, at: datetime) -> str:
        return f"{at.astimezone(self.timezone):%H:%M %d/%m/%Y}"

    def _head(self, code: str, **params: Param) -> None:
        self.headings += 1
        self.lines.extend(("", f"{self.headings}. {self.words.text(code, params)}"))

    def _write(self, code: str, indent: str = "", /, **params: Param) -> None:
        self.lines.append(indent + _line(self.words.text(code, params)))


def _line(text: str) -> str:
    """One line of what may have been typed as several."""
    return " ".join(text.split())


def _text(row: Row, name: str) -> str:
    return str(row.get(name, ""))


def _plain(value: object) -> str:
    """Write what JSON does not know."""
    match value:
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case _:
            raise TypeError(f"no way to write {type(value).__name__} into a copy")
