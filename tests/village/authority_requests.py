"""Any request that can be made of a village: needs with whether anything may be told, and effects, with any ids."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from bot.dialogs.facts import AssessmentState, RoleKind
from bot.dialogs.screens import say
from bot.dialogs.village import effects as e
from bot.dialogs.village.facts import HouseholdEntry, HouseholdQuery, Side
from bot.scoring.model import SubjectKind, YesNo
from tests.support.clock import START
from tests.village.authority_world import ACTOR, TODAY, YEAR, Row, World

HEAD, OFFICER = RoleKind.VILLAGE_HEAD, RoleKind.OFFICER
Chance = random.Random


class Ids:
    """Any ids, by half of those that the actor answers for, so that much is allowed as well."""

    def __init__(self, world: World, chance: Chance) -> None:
        self.world, self.chance = world, chance

    def place(self) -> int:
        return self._one("place", lambda row: self.world.has_role_for(row["id"]))

    def subject(self) -> int:
        return self._one("subject", lambda row: self.world.heads(row["place_id"]))

    def sheet(self) -> int:
        return self._one("assessment", lambda row: self.world.heads(self.world.place_of(row["subject_id"])))

    def role(self) -> int:
        return self._one("role", lambda row: self.world.is_officer_above(row["place_id"]))

    def code(self) -> int:
        return self._one("invite", lambda row: self.world.has_role_for(row["place_id"]))

    def upload(self) -> int:
        return self._one("upload", lambda row: row["person_id"] == ACTOR)

    def clan(self) -> int:
        clans = [int(row["id"]) for row in self.world.rows("subject") if row["kind"] is SubjectKind.CLAN]
        return self.chance.choice([*clans, self.subject()])

    def of(self, place_id: int, subjects: bool = False) -> tuple[int, ...]:
        """Some sheets of this year, or subjects: by half of one place, else any."""
        if self.chance.random() < 0.5:
            return tuple({self.subject() if subjects else self.sheet() for _ in range(2)})
        there = [row["id"] for row in self.world.rows("subject") if row["place_id"] == place_id]
        sheets = [row for row in self.world.rows("assessment") if row["subject_id"] in there and row["year"] == YEAR]
        own = there if subjects else [row["id"] for row in sheets]
        return tuple(self.chance.sample(own, min(1, len(own))))

    def indicator(self) -> str:
        given = self.world.rows("answer")
        return str(self.chance.choice(given)["indicator"]) if given else "none"

    def _one(self, table: str, is_own: Callable[[Row], bool]) -> int:
        rows = self.world.rows(table)
        own = [row["id"] for row in rows if is_own(row)]
        if own and self.chance.random() < 0.5:
            return int(self.chance.choice(own))
        return int(self.chance.choice([*(row["id"] for row in rows), 0, 999]))


Asked = tuple[Any, bool]
"""(what is asked for, whether anything at all may be told of it)."""


def _households(ids: Ids, world: World) -> Asked:
    place_id = ids.place()
    kind = ids.chance.choice((SubjectKind.HOUSEHOLD, SubjectKind.CLAN))
    return HouseholdQuery(place_id, kind), world.heads(place_id or world.only(HEAD))


def _of_place(ids: Ids, world: World) -> Asked:
    place_id = ids.place()
    return place_id, world.heads(place_id or world.only(HEAD))


def _of_subject(ids: Ids, world: World) -> Asked:
    subject_id = ids.subject()
    return subject_id, world.heads(world.place_of(subject_id))


def _bulk(ids: Ids, world: World) -> Asked:
    place_id, may = _of_place(ids, world)
    return (place_id, ids.indicator()), may


def _people(ids: Ids, world: World) -> Asked:
    place_id = ids.place()
    return (place_id, 0), world.is_officer_for(place_id or world.only(OFFICER))


def _granting(ids: Ids, world: World) -> Asked:
    place_id = ids.place()
    role = ids.chance.choice(list(RoleKind))
    return (place_id, role, "", 0), world.is_officer_for(place_id or world.only(OFFICER))


def _granting_for(ids: Ids, world: World) -> Asked:
    place_id = ids.place()
    return (place_id, ids.chance.choice(list(RoleKind))), world.is_officer_above(place_id)


def _granted(ids: Ids, world: World) -> Asked:
    if ids.chance.random() < 0.5:
        role_id = ids.role()
        row = next((each for each in world.rows("role") if each["id"] == role_id), None)
        may = row is not None and world.is_officer_above(row["place_id"]) and row["person_id"] != ACTOR
        return (role_id, 0), may
    code_id = ids.code()
    row = next((each for each in world.rows("invite") if each["id"] == code_id), None)
    return (0, code_id), row is not None and row["role"] is not None and world.is_officer_above(row["place_id"])


def _reviewed(ids: Ids, world: World) -> Asked:
    sheet = ids.sheet()
    return sheet, world.heads(world.place_of(world.subject_of(sheet)))


def _clan(ids: Ids, world: World) -> Asked:
    return (ids.chance.choice(("", "canary", "c")), 0), world.clan_in_hand() is not None


def _asking(ids: Ids, world: World) -> Asked:
    return ids.clan(), any(world.is_own(row["household_id"]) for row in world.rows("clan_household"))


def _progress(ids: Ids, world: World) -> Asked:
    place_id, may = _of_place(ids, world)
    return (place_id, 0), may


def _last_year(ids: Ids, world: World) -> Asked:
    return True, world.subject_in_hand() is not None


def _earlier_of(ids: Ids, world: World) -> Asked:
    subject_id = ids.subject()
    return subject_id, world.may_see(subject_id)


def _upload(ids: Ids, world: World) -> Asked:
    upload_id = ids.upload()
    row = next((each for each in world.rows("upload") if each["id"] == upload_id), None)
    return upload_id, row is not None and row["person_id"] == ACTOR


def _place(ids: Ids, world: World) -> Asked:
    place_id = ids.place()
    return place_id, world.has_role_for(place_id) or not place_id


def _hamlets(ids: Ids, world: World) -> Asked:
    return (ids.chance.choice(("", "hamlet")), 0), any(world.heads(row["id"]) for row in world.rows("place"))


NEEDS: Mapping[str, Callable[[Ids, World], Asked]] = {
    "households": _households,
    "searched": _households,
    "household": _of_subject,
    "target": _of_subject,
    "bulk": _bulk,
    "people": _people,
    "granting": _granting,
    "granting_for": _granting_for,
    "granted": _granted,
    "review": _of_place,
    "reviewed": _reviewed,
    "meeting": _of_place,
    "clan": _clan,
    "asking": _asking,
    "progress": _progress,
    "last_year": _last_year,
    "earlier_of": _earlier_of,
    "changes": _of_place,
    "upload_id": _upload,
    "upload_hamlets": lambda ids, world: (("", 0), False),
    "place_id": _place,
    "hamlets": _hamlets,
    "found_hamlets": _hamlets,
    "hamlets_of": lambda ids, world: ("officer", False),
}


def _issue_codes(ids: Ids) -> e.IssueHouseholdCodes:
    chance = ids.chance
    subjects = tuple({ids.subject() for _ in range(chance.randint(1, 2))})
    return e.IssueHouseholdCodes(subjects, chance.random() < 0.5, ids.place() if chance.random() < 0.3 else 0)


def _answer_for_many(ids: Ids) -> e.AnswerForMany:
    place_id = ids.place()
    return e.AnswerForMany(place_id, ids.indicator(), YesNo(value=False), ids.of(place_id, subjects=True))


def _hand_in_for_many(ids: Ids) -> e.HandInForMany:
    place_id = ids.place()
    return e.HandInForMany(place_id, ids.of(place_id))


def _confirm(ids: Ids) -> e.Confirm:
    world = ids.world
    differing = {row["assessment_id"] for row in world.rows("difference")}
    waiting = [
        (world.place_of(row["subject_id"]) or 0, row["id"])
        for row in world.rows("assessment")
        if row["state"] is AssessmentState.HANDED_IN and row["year"] == YEAR and row["id"] not in differing
    ]
    own = [each for each in waiting if world.heads(each[0])]
    place_id, sheet = ids.chance.choice(own or waiting or [(ids.place(), ids.sheet())])
    if ids.chance.random() < 0.5:
        place_id, sheet = ids.place(), ids.sheet()
    return e.Confirm(place_id, (sheet,), say("text.plain", text="x"))


def _answer_clan(ids: Ids) -> e.AnswerClan:
    ties = [(row["clan_id"], row["household_id"]) for row in ids.world.rows("clan_household")]
    own = [tie for tie in ties if ids.world.may_see(tie[1])]
    clan_id, household_id = ids.chance.choice(own or ties or [(ids.clan(), ids.subject())])
    if ids.chance.random() < 0.3:
        clan_id, household_id = ids.clan(), ids.subject()
    return e.AnswerClan(clan_id, household_id, ids.chance.random() < 0.5)


EFFECTS: Mapping[type[Any], Callable[[Ids], Any]] = {
    e.AddHousehold: lambda ids: e.AddHousehold(ids.place(), HouseholdEntry("Mới")),
    e.CorrectHousehold: lambda ids: e.CorrectHousehold(ids.subject(), HouseholdEntry("Khác", number="9")),
    e.LeaveRoll: lambda ids: e.LeaveRoll(ids.subject(), ids.chance.choice((None, TODAY))),
    e.MoveHousehold: lambda ids: e.MoveHousehold(ids.subject(), ids.place()),
    e.MergeHouseholds: lambda ids: e.MergeHouseholds(ids.subject(), ids.subject()),
    e.DecideDouble: lambda ids: e.DecideDouble(ids.upload(), 0, ids.chance.random() < 0.5),
    e.PlaceImport: lambda ids: e.PlaceImport(ids.upload(), ids.place()),
    e.DecideConflicts: lambda ids: e.DecideConflicts(ids.upload(), ("1.x",), ids.chance.random() < 0.5),
    e.ApplyImport: lambda ids: e.ApplyImport(ids.upload()),
    e.IssueRoleInvite: lambda ids: e.IssueRoleInvite(
        f"NEW{ids.chance.randint(0, 10**9)}",
        ids.chance.choice(list(RoleKind)),
        ids.place(),
        START + timedelta(days=14),
        None,
    ),
    e.RevokeInvite: lambda ids: e.RevokeInvite(ids.code()),
    e.EndRoleNow: lambda ids: e.EndRoleNow(ids.role()),
    e.IssueHouseholdCodes: _issue_codes,
    e.JoinHousehold: lambda ids: e.JoinHousehold(f"HOUSE{ids.subject():05}"),
    e.Visit: lambda ids: e.Visit(ids.subject()),
    e.AnswerForMany: _answer_for_many,
    e.HandInForMany: _hand_in_for_many,
    e.Confirm: _confirm,
    e.ReturnSheet: lambda ids: e.ReturnSheet(ids.sheet(), ids.indicator(), "x", say("text.plain", text="x")),
    e.DecideDifference: lambda ids: e.DecideDifference(
        ids.sheet(), ids.indicator(), ids.chance.choice(list(Side)), "x", say("text.plain", text="x")
    ),
    e.DrawSample: lambda ids: e.DrawSample(ids.place(), 1, 7),
    e.RecordRecheck: lambda ids: e.RecordRecheck(ids.sheet(), agrees=True),
    e.RecordMeeting: lambda ids: e.RecordMeeting(ids.place(), TODAY, 9, 8, 1),
    e.SetTarget: lambda ids: e.SetTarget(ids.place(), 77),
    e.Nudge: lambda ids: e.Nudge(ids.place(), START, say("text.plain", text="x")),
    e.AskForClan: lambda ids: e.AskForClan(ids.subject(), say("text.plain", text="x")),
    e.AnswerClan: _answer_clan,
    e.DropFromClan: lambda ids: e.DropFromClan(ids.subject()),
}
