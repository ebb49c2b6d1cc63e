"""A copy of everything kept about a person, as one text file: first to be read, then every record for machines.

Law: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, the right to see and to have one's data.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.dialogs.codec import encode_answer
from bot.i18n import Translator
from bot.ports import PersonRecord
from bot.reports.copy_lines import CopyLines, Kept
from bot.reports.copy_person import (
    subjects_of,
    write_accounts,
    write_adoptions,
    write_consent,
    write_roles,
    write_subjects,
    write_uploads,
)
from bot.reports.copy_sheets import SheetCopy
from bot.services.rules import Rulebook

__all__ = ["Kept", "my_data", "records_of"]


def my_data(
    person: PersonRecord, kept: Kept | None, rulebook: Rulebook, words: Translator, timezone: ZoneInfo, at: datetime
) -> bytes:
    """Write the copy: UTF-8 with its mark and Windows line ends, so that old programs show Vietnamese, too.

    Args:
        kept: every record; None where they cannot be read, then the copy ends with what `person` tells.
    """
    copy = CopyLines(words, timezone)
    told = kept if kept is not None else records_of(person)
    subjects = subjects_of(person, told)
    copy.write("copy.heading")
    copy.write("copy.made", at=copy.moment(at))
    copy.write("copy.rights")
    copy.write("copy.careful")
    write_subjects(copy, subjects)
    write_consent(copy, person, told)
    write_accounts(copy, told)
    write_roles(copy, person, told)
    SheetCopy(copy, person, told, subjects, rulebook).write(at)
    write_uploads(copy, told)
    write_adoptions(copy, told)
    if kept is not None:
        copy.head("copy.records")
        copy.write("copy.records.what")
        copy.lines.append("")
        copy.lines.extend(json.dumps(kept, ensure_ascii=False, indent=2, default=_plain).split("\n"))
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


def _plain(value: object) -> str:
    """Write what JSON does not know."""
    match value:
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case _:
            raise TypeError(f"no way to write {type(value).__name__} into a copy")
