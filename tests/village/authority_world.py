"""A random country on an SQLite file, and who may do what in it, worked out straight from its rows."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, NullPool, create_engine, insert, select

from bot.dialogs.codec import encode_answer, encode_event, encode_import, encode_session
from bot.dialogs.events import Typed
from bot.dialogs.facts import AssessmentState, RoleKind
from bot.dialogs.session import Desk, Session
from bot.dialogs.village.facts import ClanTie, HouseholdEntry, Side
from bot.dialogs.village.import_facts import Double, Import, ImportKind, ImportState
from bot.scoring.model import SubjectKind, YesNo, YesNoRule
from bot.scoring.shipped import load_shipped
from bot.services.rules import Rulebook
from storage.linking import hashed
from storage.subject_keys import subject_keys
from storage.tables import (
    UploadState,
    account,
    answer,
    assessment,
    clan_household,
    consent,
    difference,
    inbox,
    invite,
    meeting,
    metadata,
    period,
    person,
    person_subject,
    place,
    role,
    sample,
    sample_sheet,
    subject,
    target,
    upload,
)
from storage.tables.states import InboxState
from tests.support.clock import START

TODAY = START.date()
YEAR = TODAY.year
ACTOR = 1
"""The person whose requests are tried."""

MARK = "canary-{}-"
"""In the name of every subject, so that whatever is told of one can be found in what was told."""

Row = Mapping[str, Any]
Tables = Mapping[str, Mapping[tuple[Any, ...], Row]]


def draw(random_: random.Random, database: Path) -> World:
    """Fill an empty migrated database."""
    engine = create_engine(f"sqlite:///{database}", poolclass=NullPool)
    with engine.begin() as connection:
        _Country(random_, connection).fill()
    return World(engine.connect())


@dataclass
class World:
    """What is in the database, and the plain rules of who may do what."""

    connection: Connection
    _cached: dict[str, Mapping[tuple[Any, ...], Row]] = field(default_factory=dict)

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    def tables(self) -> Tables:
        """Every row of every table, as it is now."""
        self.connection.rollback()
        found: dict[str, Mapping[tuple[Any, ...], Row]] = {}
        for table in metadata.sorted_tables:
            keys = [column.name for column in table.primary_key]
            rows = [dict(row) for row in self.connection.execute(select(table)).mappings()]
            found[table.name] = {tuple(row[key] for key in keys): row for row in rows}
        self.connection.rollback()
        self._cached = found
        return found

    def rows(self, name: str) -> list[Row]:
        """The rows of a table when it was last looked at."""
        return list((self._cached or self.tables())[name].values())

    def path(self, place_id: int | None) -> str:
        """The path of a place."""
        return next((str(row["path"]) for row in self.rows("place") if row["id"] == place_id), "")

    def place_of(self, subject_id: int | None) -> int | None:
        """Where a subject belongs."""
        return next((row["place_id"] for row in self.rows("subject") if row["id"] == subject_id), None)

    def subject_of(self, assessment_id: int | None) -> int | None:
        """Whose sheet it is."""
        return next((row["subject_id"] for row in self.rows("assessment") if row["id"] == assessment_id), None)

    # --- the rules, straight from the rows --------------------------------------------------------------------------

    def _offices(self, kind: RoleKind) -> Iterator[str]:
        """Paths of the places of the actor's roles of a kind that hold today."""
        for row in self.rows("role"):
            holds = row["since"] <= TODAY and (row["until"] is None or row["until"] >= TODAY)
            if row["person_id"] == ACTOR and row["role"] is kind and holds:
                yield self.path(row["place_id"])

    def heads(self, place_id: int | None) -> bool:
        """Whether the actor is village head of a place or of one above it."""
        path = self.path(place_id)
        return bool(path) and any(path.startswith(own) for own in self._offices(RoleKind.VILLAGE_HEAD))

    def is_officer_for(self, place_id: int | None) -> bool:
        """Whether the actor is an officer of a place or of one above it."""
        path = self.path(place_id)
        return bool(path) and any(path.startswith(own) for own in self._offices(RoleKind.OFFICER))

    def is_officer_above(self, place_id: int | None) -> bool:
        """Whether the actor is an officer of a place that holds this one and is another."""
        path = self.path(place_id)
        return bool(path) and any(path.startswith(own) and path != own for own in self._offices(RoleKind.OFFICER))

    def has_role_for(self, place_id: int | None) -> bool:
        """Whether any role of the actor holds a place."""
        return self.heads(place_id) or self.is_officer_for(place_id)

    def is_own(self, subject_id: int | None) -> bool:
        """Whether the actor takes part for a subject."""
        return any(row["person_id"] == ACTOR and row["subject_id"] == subject_id for row in self.rows("person_subject"))

    def may_see(self, subject_id: int | None) -> bool:
        """Whether the actor may see what a subject answers, and work on it."""
        return self.is_own(subject_id) or self.heads(self.place_of(subject_id))

    def subject_in_hand(self) -> int | None:
        """What the actor works on: what they took up, as long as they may; else the newest sheet of their own."""
        (me,) = (row for row in self.rows("person") if row["id"] == ACTOR)
        taken_up = self.subject_of(me["assessment_id"])
        if taken_up is not None and self.may_see(taken_up):
            return taken_up
        own = [row for row in self.rows("assessment") if self.is_own(row["subject_id"])]
        newest = max(own, key=lambda row: (row["year"], row["id"]), default=None)
        return None if newest is None else newest["subject_id"]

    def clan_in_hand(self) -> int | None:
        """The clan that the actor stands for and works on; None where there is none."""
        taken_up = self.subject_in_hand()
        kinds = {row["id"]: row["kind"] for row in self.rows("subject")}
        is_clan = kinds.get(taken_up) is SubjectKind.CLAN
        return taken_up if is_clan and self.is_own(taken_up) else None

    def only(self, kind: RoleKind) -> int | None:
        """The one place of the actor's roles of a kind; it stands for 0 in a need."""
        paths = list(self._offices(kind))
        return int(paths[0].split("/")[-2]) if len(paths) == 1 else None


@dataclass
class _Country:
    """Places, subjects with sheets, persons with roles: little of each, but of every kind."""

    random: random.Random
    connection: Connection
    hamlets: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)

    def fill(self) -> None:
        """Fill the tables."""
        for _ in range(self.random.randint(1, 2)):
            province = self._place(None, "province", "")
            for _ in range(self.random.randint(1, 2)):
                commune = self._place(province, "commune", self._paths[province])
                for _ in range(self.random.randint(1, 3)):
                    self.hamlets.append(self._place(commune, "hamlet", self._paths[commune]))
        for person_id in range(1, 5):
            self._person(person_id)
        for hamlet in self.hamlets:
            self._hamlet(hamlet)
        self._roles()
        self._taken_up()
        for person_id in (ACTOR, ACTOR, 2):
            self._upload(person_id)

    _paths: dict[int, str] = field(default_factory=dict)
    _subjects: list[tuple[int, SubjectKind]] = field(default_factory=list)
    _sheets: dict[int, int] = field(default_factory=dict)

    def _add(self, table: Any, **values: Any) -> int:  # noqa: ANN401 - a table and its columns
        key = self.connection.execute(insert(table).values(**values)).inserted_primary_key
        assert key is not None
        return int(key[0])

    def _place(self, parent: int | None, level: str, above: str) -> int:
        id_ = self._add(
            place, parent_id=parent, level=level, name=f"{level} {len(self.places) + 1}", within="", folded=level,
            sort_key="", valid_from=date(2021, 1, 1), path="",
        )  # fmt: skip
        self._paths[id_] = f"{above or '/'}{id_}/"
        self.connection.execute(place.update().where(place.c.id == id_).values(path=self._paths[id_]))
        self.places.append(id_)
        return id_

    def _person(self, person_id: int) -> None:
        self._add(
            person, id=person_id, session=encode_session(Session(is_begun=True, node=Desk())), revision=1,
            locale="vi", created_at=START, updated_at=START,
        )  # fmt: skip
        account_id = self._add(
            account,
            channel="web" if person_id == ACTOR else "telegram",
            external_id=f"p{person_id}",
            person_id=person_id,
            created_at=START,
        )
        self._add(consent, person_id=person_id, version="1", given_at=START)
        if person_id == ACTOR:
            for number in range(40):  # one for each effect that is tried
                self._add(
                    inbox, channel="web", update_id=f"{number}", account_id=account_id, person_id=person_id,
                    ordinal=number, state=InboxState.PENDING, event=encode_event(Typed("x")),
                    received_at=START,
                )  # fmt: skip

    def _hamlet(self, hamlet: int) -> None:
        for kind in (SubjectKind.HOUSEHOLD, SubjectKind.HOUSEHOLD, SubjectKind.CLAN):
            self._subject(hamlet, kind)
        self._add(
            meeting, place_id=hamlet, year=YEAR, day=TODAY, present=1000 + hamlet, in_favour=1, against=0, at=START
        )
        self.connection.execute(
            insert(target).values(place_id=hamlet, year=YEAR, kind=SubjectKind.HOUSEHOLD, percent=50, at=START)
        )
        drawn = self._add(sample, place_id=hamlet, year=YEAR, size=1, of=2, seed=hamlet, drawn_at=START)
        sheets = [sheet for sheet, owner in self._sheets.items() if self._of[owner] == hamlet]
        if sheets:
            self.connection.execute(insert(sample_sheet).values(sample_id=drawn, assessment_id=sheets[0]))
        for granted in RoleKind:
            self._code(hamlet, granted)

    _of: dict[int, int] = field(default_factory=dict)

    def _subject(self, hamlet: int, kind: SubjectKind) -> None:
        name = MARK.format(len(self._subjects) + 1)
        folded, key = subject_keys(name)
        has_left = self.random.random() < 0.1
        id_ = self._add(
            subject, kind=kind, name=name, place_id=hamlet, created_at=START, told='{"adults":1}', folded=folded,
            sort_key=key, is_on_roll=True, left_on=TODAY if has_left else None,
        )  # fmt: skip
        assert name == MARK.format(id_)
        self._of[id_] = hamlet
        self._subjects.append((id_, kind))
        if self.random.random() < 0.4:
            self._tie(self.random.choice((ACTOR, 2, 3)), id_)
        for year in (YEAR - 1, YEAR):
            if self.random.random() < 0.8:
                self._sheet(id_, kind, hamlet, year)
        if kind is SubjectKind.HOUSEHOLD:
            self._add(
                invite, code_hash=hashed(f"HOUSE{id_:05}"), place_id=hamlet, expires_at=START + timedelta(days=9),
                uses_left=self.random.randint(0, 2), created_at=START, subject_id=id_, serial=1,
            )  # fmt: skip
        else:
            for household, of in self._subjects:
                if of is SubjectKind.HOUSEHOLD and self.random.random() < 0.3:
                    self.connection.execute(
                        insert(clan_household).values(
                            clan_id=id_, household_id=household, tie=self.random.choice(list(ClanTie)), asked_at=START
                        )
                    )

    def _tie(self, person_id: int, subject_id: int) -> None:
        self.connection.execute(
            insert(person_subject).values(person_id=person_id, subject_id=subject_id, tie="member", since=START)
        )

    def _sheet(self, subject_id: int, kind: SubjectKind, hamlet: int, year: int) -> None:
        criteria = BOOK.in_force(kind, None, self._paths[hamlet], TODAY)
        assert criteria is not None
        asked = next(each for each in criteria.indicators if isinstance(each.rule, YesNoRule))
        state = self.random.choice(
            (AssessmentState.DRAFT, AssessmentState.HANDED_IN, AssessmentState.RETURNED, AssessmentState.CONFIRMED)
        )
        was_handed_in = state is not AssessmentState.DRAFT
        found = self.connection.execute(
            select(period.c.id).where(period.c.year == year, period.c.place_id == hamlet)
        ).scalar()
        id_ = self._add(
            assessment, subject_id=subject_id, period_id=found or self._add(period, year=year, place_id=hamlet),
            year=year, set_id=criteria.id, set_version=criteria.version, state=state, created_at=START,
            handed_in_at=START if was_handed_in else None, is_complete=self.random.random() < 0.5,
        )  # fmt: skip
        self._sheets[id_] = subject_id
        given = {
            "assessment_id": id_, "indicator": asked.id, "value": encode_answer(YesNo(True)), "channel": "web",
            "at": START, "side": Side.SUBJECT,
        }  # fmt: skip
        self.connection.execute(insert(answer).values(**given))
        if self.random.random() < 0.5:
            self._add(difference, **(given | {"value": encode_answer(YesNo(False)), "side": Side.HEAD}))

    def _code(self, hamlet: int, kind: RoleKind) -> None:
        commune = int(self._paths[hamlet].split("/")[-3])
        where = hamlet if kind is RoleKind.VILLAGE_HEAD else commune
        self._add(
            invite, code_hash=hashed(f"ROLE{kind}{hamlet}"), place_id=where, expires_at=START + timedelta(days=9),
            uses_left=1, created_at=START, role=kind,
        )  # fmt: skip

    def _roles(self) -> None:
        for person_id in (ACTOR, ACTOR, ACTOR, 2, 3, 4, 4):
            if person_id == ACTOR and self.random.random() < 0.3:
                continue
            kind = self.random.choice(list(RoleKind))
            where = self.random.choice(self.places if self.random.random() < 0.4 else self.hamlets)
            if kind is RoleKind.OFFICER:
                where = self.random.choice([each for each in self.places if each not in self.hamlets])
            since = TODAY + timedelta(days=self.random.choice((-400, -1, 0, 0, 1)))
            until = self.random.choice((None, None, TODAY, TODAY - timedelta(days=1), TODAY + timedelta(days=30)))
            self._add(role, person_id=person_id, role=kind, place_id=where, since=since, until=until)

    def _taken_up(self) -> None:
        """What persons work on: their own sheet, or what was theirs by a role that may be over."""
        for person_id in range(1, 5):
            if self._sheets and self.random.random() < 0.7:
                taken_up = self.random.choice(list(self._sheets))
                self.connection.execute(person.update().where(person.c.id == person_id).values(assessment_id=taken_up))

    def _upload(self, person_id: int) -> None:
        found = Import(
            upload_id=0, kind=self.random.choice(list(ImportKind)), state=ImportState.READ,
            place_id=self.random.choice(self.places), new=1,
            doubles=(Double(0, HouseholdEntry("x"), self._subjects[0][0], "x", "same_name"),),
        )  # fmt: skip
        account_id = self.connection.execute(select(account.c.id).where(account.c.person_id == person_id)).scalar()
        id_ = self._add(
            upload, person_id=person_id, account_id=account_id, ref="x", name="x.xlsx", mime="x", size=1,
            state=UploadState.READ, created_at=START, finished_at=START, blob="0" * 64,
        )  # fmt: skip
        kept = encode_import(replace(found, upload_id=id_))
        self.connection.execute(upload.update().where(upload.c.id == id_).values(imported=kept, rows="[]\n[]"))


BOOK = Rulebook(load_shipped())
MOMENT: datetime = START
