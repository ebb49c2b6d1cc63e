"""In a copy of somebody's data: whom they assess, what they agreed to, where they write, what they answer for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.dialogs.desk import role_words
from bot.dialogs.facts import (
    Role,
    RoleKind,
)
from bot.dialogs.places import Place
from bot.ports import PersonRecord
from bot.reports.copy_lines import CopyLines, Kept, Row, day_in, text_in
from bot.reports.labels import place_code
from bot.reports.subject_wording import place_line, told_of
from bot.scoring.model import SubjectKind


@dataclass(frozen=True, slots=True)
class CopiedSubject:
    """A subject as the records tell of it."""

    id: object
    kind: SubjectKind
    name: str
    place: str
    told: Mapping[str, int]


def subjects_of(person: PersonRecord, kept: Kept) -> tuple[CopiedSubject, ...]:
    """Whom a person takes part in assessing, from the records; without those, whom they have in hand."""
    rows = kept.get("subject", ())
    if rows:
        places = _places(kept)
        return tuple(_subject(row, places.get(row.get("place_id"), {})) for row in rows)
    subject = person.subject
    if subject is None:
        return ()
    place = place_line(subject.kind, subject.place.name, subject.place.within)
    return (CopiedSubject(subject.id, subject.kind, subject.name, place, subject.told),)


def _subject(row: Row, place: Row) -> CopiedSubject:
    kind, told = SubjectKind(text_in(row, "kind")), row.get("told")
    where = place_line(kind, text_in(place, "name"), text_in(place, "within"))
    counts = told.items() if isinstance(told, Mapping) else ()
    numbers = {str(fact): value for fact, value in counts if isinstance(value, int)}
    return CopiedSubject(row.get("id"), kind, text_in(row, "name"), where, numbers)


def write_subjects(copy: CopyLines, subjects: tuple[CopiedSubject, ...]) -> None:
    """Say who and where, and how many: counts, never names of children."""
    if not subjects:
        copy.head("copy.subject")
        copy.write("copy.none")
    for subject in subjects:
        copy.head(f"copy.subject.{subject.kind}")
        copy.write("copy.name", name=subject.name)
        if subject.place:
            copy.write(place_code(subject.kind), place=subject.place)
        told = told_of(subject.told, copy.words)
        if told:
            copy.write("report.told", facts="; ".join(told))


def write_consent(copy: CopyLines, person: PersonRecord, kept: Kept) -> None:
    """Say what was agreed to and when, and what was withdrawn."""
    copy.head("copy.consent")
    given = person.consent
    rows = kept.get("consent") or (() if given is None else ({"version": given.version, "given_at": given.at},))
    if not rows:
        copy.write("copy.consent.none")
    for row in rows:
        copy.write("privacy.consent_given", version=text_in(row, "version"), at=copy.at(row, "given_at"))
        if row.get("withdrawn_at") is not None:
            copy.write("copy.consent.withdrawn", at=copy.at(row, "withdrawn_at"))


def write_accounts(copy: CopyLines, kept: Kept) -> None:
    """Name the channels; how a channel calls the account is among the records."""
    rows = kept.get("account", ())
    if rows:
        copy.head("copy.accounts")
    for row in rows:
        copy.write("copy.account", channel=copy.channel(row), at=copy.at(row, "created_at"))


def write_roles(copy: CopyLines, person: PersonRecord, kept: Kept) -> None:
    """Say what the person answers for, and since when."""
    rows = tuple(_roles(person, kept))
    if rows:
        copy.head("copy.roles")
    for role, row in rows:
        copy.add(role_words(role))
        if day_in(row, "until"):
            copy.write("copy.role.between", "  ", first=day_in(row, "since"), last=day_in(row, "until"))
        elif day_in(row, "since"):
            copy.write("copy.role.since", "  ", first=day_in(row, "since"))


def _roles(person: PersonRecord, kept: Kept) -> Iterator[tuple[Role, Row]]:
    rows, places = kept.get("role", ()), _places(kept)
    if not rows:
        yield from ((role, {}) for role in person.roles)
    for row in rows:
        place = places.get(row.get("place_id"), {})
        yield Role(RoleKind(text_in(row, "role")), Place(0, text_in(place, "name"), text_in(place, "within"))), row


def write_uploads(copy: CopyLines, kept: Kept) -> None:
    """List the criteria workbooks that were sent in."""
    rows = kept.get("upload", ())
    if rows:
        copy.head("copy.uploads")
    for row in rows:
        copy.write("copy.upload", type=text_in(row, "mime"), size=copy.size(row), at=copy.at(row, "created_at"))
        if row.get("name"):
            copy.add(text_in(row, "name"), "  ")
        if text_in(row, "state") in ("awaited", "failed"):
            copy.write(f"copy.evidence.{text_in(row, 'state')}", "  ")


def write_adoptions(copy: CopyLines, kept: Kept) -> None:
    """List the criteria sets that were put in force, by which decisions."""
    rows = kept.get("adoption", ())
    if rows:
        copy.head("copy.adoptions")
    for row in rows:
        number, day = text_in(row, "decision_number"), day_in(row, "decided_on")
        copy.write("copy.adoption", number=number, day=day, at=copy.at(row, "adopted_at"))
        copy.write("copy.adoption.set", "  ", id=text_in(row, "set_id"), version=text_in(row, "version"))
        first, last = day_in(row, "valid_from"), day_in(row, "valid_until")
        if last:
            copy.write("report.in_force_until", "  ", first=first, last=last)
        else:
            copy.write("report.in_force", "  ", first=first)


def _places(kept: Kept) -> Mapping[object, Row]:
    return {row.get("id"): row for row in kept.get("place", ())}
