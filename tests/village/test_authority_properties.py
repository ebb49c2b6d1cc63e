"""Nobody ever reads or changes anything outside the places and times of their roles, whatever is asked or decided.

A country is drawn by chance; every need and every effect of the village is tried in it with any ids, straight against
the services and the storage, behind the conversation's back. `authority_world` says from the rows who may do what.
A need or effect that is not tried here fails the first two tests.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import fields, is_dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import storage
from bot.dialogs.places import Place, PlacePage
from bot.dialogs.session import Desk, Session
from bot.dialogs.village import effects as e
from bot.dialogs.village.needs import VillageFacts, VillageNeeds
from bot.ports import Conflict, HouseholdCode, Storage, Turn
from bot.scoring.model import SubjectKind
from bot.services.village.asker import Asker
from bot.services.village.knowing import know
from tests.storage.conftest import run_apart
from tests.support.clock import START, FakeIds
from tests.village.authority_requests import EFFECTS, NEEDS, Chance, Ids
from tests.village.authority_world import ACTOR, BOOK, TODAY, YEAR, Row, Tables, World, draw

_NAMED = re.compile(r"canary-(\d+)-")


# --- reading ----------------------------------------------------------------------------------------------------------


def test_every_need_is_tried() -> None:
    assert {each.name for each in fields(VillageNeeds)} == set(NEEDS)


def may_be_named(world: World, subject_id: int, need: str) -> bool:
    """Whether a subject may be named: seen itself, a clan that asks one that may be seen, or for the clan in hand."""
    if world.may_see(subject_id):
        return True
    ties = world.rows("clan_household")
    if any(row["clan_id"] == subject_id and world.may_see(row["household_id"]) for row in ties):
        return True
    clan = world.clan_in_hand()
    if need != "clan" or clan is None:
        return False
    is_tied = any(row["clan_id"] == clan and row["household_id"] == subject_id for row in ties)
    return is_tied or world.place_of(subject_id) == world.place_of(clan)


def places_in(told: object) -> Iterator[int]:
    """Every place that is named by its id anywhere in what was told."""
    if isinstance(told, Place):
        yield told.id
    elif isinstance(told, tuple | list | frozenset):
        for each in told:
            yield from places_in(each)
    elif is_dataclass(told):
        for each in fields(told):
            value = getattr(told, each.name)
            if each.name == "place_id" and isinstance(value, int) and value:
                yield value
            yield from places_in(value)


async def read_everything(store: Storage, world: World, chance: Chance) -> Counter[str]:
    """Ask for everything with any ids; returns what was told of."""
    told: Counter[str] = Counter()
    ids = Ids(world, chance)
    world.tables()
    async with store.work() as work:
        person = (await work.people.load([ACTOR], TODAY))[ACTOR]
        asker = Asker(work, person, BOOK, FakeIds(), START, TODAY)
        for need, ask in NEEDS.items():
            for _ in range(4):
                wanted, may = ask(ids, world)
                found = await know(asker, VillageNeeds(**{need: wanted}))
                about = f"{need}={wanted!r}"
                if not may:
                    assert tells_nothing(found), about
                    continue
                told[need] += not tells_nothing(found)
                for subject_id in map(int, _NAMED.findall(repr(found))):
                    assert may_be_named(world, subject_id, need), (about, subject_id)
                for place_id in places_in(found):
                    assert world.has_role_for(place_id) or need == "upload_id", (about, place_id)
                if found.meeting is not None:
                    assert world.heads(found.meeting.present - 1000), about
    return told


def tells_nothing(found: VillageFacts) -> bool:
    """Whether nothing was told; an empty page is nothing."""
    values = [getattr(found, each.name) for each in fields(found)]
    return all(value is None or (isinstance(value, PlacePage) and not value.places) for value in values)


# --- changing ---------------------------------------------------------------------------------------------------------


def test_every_effect_is_tried() -> None:
    assert set(get_args(e.VillageEffect)) == set(EFFECTS)


NO_HEADS_WORK = (e.JoinHousehold, e.AskForClan, e.AnswerClan, e.DropFromClan)
"""What members of a household or a clan decide themselves; everything else takes a role."""

OUR_OWN = ("audit", "inbox", "outbox", "account", "heartbeat", "wrong_code")
"""Tables of the machine room, and what happened to the actor's own update."""


class Judge:
    """Says of every changed row whether the actor may change it by an effect."""

    def __init__(self, world: World, before: Tables, after: Tables, effect: object) -> None:
        self.world, self.before, self.after, self.effect = world, before, after, effect
        self.joined = self._joined()

    def _joined(self) -> int | None:
        """The household whose code was presented."""
        if not isinstance(self.effect, e.JoinHousehold):
            return None
        household: int | None = int(self.effect.code.removeprefix("HOUSE"))
        while merged := self._row("subject", household).get("merged_into"):
            household = merged
        return household

    def _row(self, table: str, id_: int | None) -> Row:
        return self.before[table].get((id_,)) or self.after[table].get((id_,)) or {}

    def _place(self, subject_id: int | None) -> int | None:
        return self._row("subject", subject_id).get("place_id")

    def works_on(self, subject_id: int | None) -> bool:
        """Whether the actor may do this for a subject."""
        if self.world.heads(self._place(subject_id)):
            return True
        is_own = self.world.is_own(subject_id) or subject_id == self.joined
        return isinstance(self.effect, NO_HEADS_WORK) and subject_id is not None and is_own

    def _sheet(self, assessment_id: int | None) -> bool:
        return self.works_on(self._row("assessment", assessment_id).get("subject_id"))

    def allows(self, table: str, row: Row) -> bool:  # noqa: C901 - a flat table
        """Whether a row, as it was or as it became, may be changed."""
        world = self.world
        match table:
            case "subject":
                return world.heads(row["place_id"])
            case "assessment" | "person_subject":
                return self.works_on(row["subject_id"])
            case "answer" | "answer_history" | "difference" | "review" | "evidence" | "sample_sheet":
                return self._sheet(row["assessment_id"])
            case "meeting" | "target" | "sample":
                return world.heads(row["place_id"])
            case "nudge":
                return world.heads(self._place(row["subject_id"]))
            case "period":
                return self._is_period_of_theirs(row)
            case "role":
                return world.is_officer_above(row["place_id"]) and row["person_id"] != ACTOR
            case "invite":
                return self._code(row)
            case "clan_household":
                return row["clan_id"] == world.clan_in_hand() or self.works_on(row["household_id"])
            case "upload":
                return bool(row["person_id"] == ACTOR)
            case "news":
                return self._news(row)
            case "person":
                return row["id"] == ACTOR or self._sheet(row["assessment_id"])
            case _:
                return False

    def _news(self, row: Row) -> bool:
        """Who is told of a sheet, or reminded to begin one, is of a household that the actor works for."""
        if row["assessment_id"]:
            return self._sheet(row["assessment_id"])
        if isinstance(self.effect, e.EndRoleNow | e.AskForClan | e.AnswerClan):
            return True
        ties = self.before["person_subject"].values()
        return any(each["person_id"] == row["person_id"] and self.works_on(each["subject_id"]) for each in ties)

    def _is_period_of_theirs(self, row: Row) -> bool:
        """A year is opened for a commune as soon as a sheet of one of its hamlets is."""
        above = self.world.path(row["place_id"])
        theirs = [place for place in self.world.rows("place") if self.world.heads(place["id"])]
        paths = [place["path"] for place in theirs] + [self.world.path(self._place(self.joined))]
        return any(path.startswith(above) for path in paths)

    def _code(self, row: Row) -> bool:
        if row["role"] is not None:
            return self.world.is_officer_above(row["place_id"])
        if row["subject_id"] is None:
            return self.world.is_officer_for(row["place_id"])
        return row["subject_id"] == self.joined or self.world.has_role_for(self._place(row["subject_id"]))


async def change_everything(
    store: Storage, world: World, chance: Chance, kinds: Collection[type[Any]] = tuple(EFFECTS)
) -> Counter[str]:
    """Decide everything with any ids; returns which effects were let through and changed something."""
    done: Counter[str] = Counter()
    ids = Ids(world, chance)
    for kind in chance.sample([each for each in EFFECTS if each in kinds], len(kinds)):
        for _ in range(2):
            before = world.tables()
            effect = EFFECTS[kind](ids)
            try:
                await decide(store, effect)
            except Conflict:
                continue
            after = World(world.connection).tables()
            judge = Judge(world, before, after, effect)
            for table, row in changed(before, after):
                assert judge.allows(table, row), (effect, table, dict(row))
                done[kind.__name__] = 1
    return done


async def decide(store: Storage, effect: Any) -> None:  # noqa: ANN401 - any effect
    """One turn of the actor with an effect that no conversation looked at."""
    codes: tuple[HouseholdCode, ...] = ()
    if isinstance(effect, e.IssueHouseholdCodes):
        codes = tuple(HouseholdCode(each, 9, f"FRESH{each}", START + timedelta(days=9)) for each in effect.subject_ids)
    criteria = BOOK.in_force(SubjectKind.HOUSEHOLD, None, "/1/", TODAY)
    assert criteria is not None
    async with store.work() as work:
        (claimed,) = await work.inbox.claim(1, START)
        await work.people.load([ACTOR], TODAY)
        turn = Turn(
            claimed, Session(is_begun=True, revision=2, node=Desk()), (effect,), set_id=criteria.id,
            set_version=criteria.version, year=YEAR, household_codes=codes,
        )  # fmt: skip
        await work.people.apply([turn], START, START + timedelta(minutes=1))


def changed(before: Tables, after: Tables) -> Iterator[tuple[str, Row]]:
    """Every row that is new, gone or different, as it was and as it became."""
    for table, rows in after.items():
        if table in OUR_OWN:
            continue
        old = before[table]
        for key in rows.keys() | old.keys():
            if rows.get(key) != old.get(key):
                yield from ((table, row) for row in (old.get(key), rows.get(key)) if row is not None)


# --- in many countries ------------------------------------------------------------------------------------------------

Try = Callable[[Storage, World, Chance], Any]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("country") / "empty.db"
    run_apart(storage.migrate(f"sqlite:///{path}"))
    return path


def in_a_country(template: Path, seed: int, do: Try) -> Counter[str]:
    """Do something in a country of its own."""
    chance = Chance(seed)
    found: list[Counter[str]] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "country.db"
        shutil.copy(template, path)
        world = draw(chance, path)

        async def run() -> None:
            store = storage.open(f"sqlite:///{path}")
            try:
                found.append(await do(store, world, chance))
            finally:
                await store.close()

        try:
            run_apart(run())
        finally:
            world.close()
    return found[0]


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_nobody_reads_outside(template: Path, seed: int) -> None:
    in_a_country(template, seed, read_everything)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_nobody_changes_anything_outside(template: Path, seed: int) -> None:
    in_a_country(template, seed, change_everything)


def test_what_is_allowed_is_told(template: Path) -> None:
    """Else the tests above would hold as well for a program that tells nothing."""
    missing = set(NEEDS) - {"upload_hamlets", "hamlets_of"}
    for seed in range(30):
        missing -= set(in_a_country(template, seed, read_everything))
        if not missing:
            return
    assert missing == set()


def test_what_is_allowed_is_done(template: Path) -> None:
    """Likewise for one that does nothing."""
    missing = set(EFFECTS)
    for seed in range(30):
        done = in_a_country(template, seed, partial(change_everything, kinds=missing))
        missing = {kind for kind in missing if kind.__name__ not in done}
        if not missing:
            return
    assert missing == set()
