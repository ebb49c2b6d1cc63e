"""Choosing a title, a year, a place and a sheet: who may assess what, and one subject after another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogs.asks import needs
from bot.dialogs.choosing import SHEETS_A_PAGE, kinds_open_to, year_meant
from bot.dialogs.effects import ChangeSubject, RegisterSubject, TakeUp
from bot.dialogs.events import Event, Pressed, Typed
from bot.dialogs.facts import (
    Role,
    RoleKind,
)
from bot.dialogs.places import Place
from bot.dialogs.session import (
    AskFact,
    AskName,
    AskPlace,
    AskYear,
    ChooseTitle,
    Desk,
    MySheets,
    Question,
    Session,
    SubjectDraft,
    Summary,
)
from bot.scoring.model import SubjectKind
from tests.dialogs.people import changes, codes, standing, subject, tap, write
from tests.support.world import COMMUNE, DISTRICT, HAMLETS, PROVINCE, World

HEAD = Role(RoleKind.VILLAGE_HEAD, HAMLETS[0])
OFFICER = Role(RoleKind.OFFICER, COMMUNE)
ELSEWHERE = Place(77, "Thôn Khác", "xã Khác, tỉnh Mẫu", path="/1/7/77/")
FOR_ALL = {
    SubjectKind.HOUSEHOLD,
    SubjectKind.CITIZEN,
    SubjectKind.CLAN,
    SubjectKind.UNIT,
    SubjectKind.LEARNING_CENTRE,
}


def office(*roles: Role, node: Desk | ChooseTitle | AskYear | None = None) -> World:
    """Somebody with roles and no sheet, at the desk unless told."""
    world = standing(node or Desk())
    world.facts = replace(world.facts, subject=None, assessment=None, roles=roles)
    return world


def beginning(*inputs: str) -> World:
    """A newcomer who agreed and then typed or, in brackets, tapped."""
    world = World()
    world.play(Typed("/start", 0))
    tap(world, "agree")
    for said in inputs:
        tap(world, said[1:-1]) if said.startswith("[") else write(world, said)
    return world


# --- who may assess what --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("roles", "more"),
    [
        ((), set()),
        ((HEAD,), {SubjectKind.VILLAGE}),
        ((OFFICER,), {SubjectKind.VILLAGE, SubjectKind.COMMUNE}),
        ((Role(RoleKind.OFFICER, DISTRICT),), {SubjectKind.COMMUNE, SubjectKind.DISTRICT}),
        (
            (Role(RoleKind.OFFICER, PROVINCE),),
            {SubjectKind.VILLAGE, SubjectKind.COMMUNE, SubjectKind.DISTRICT, SubjectKind.PROVINCE},
        ),
    ],
)
def test_a_role_opens_the_places_of_its_level_and_below(roles: tuple[Role, ...], more: set[SubjectKind]) -> None:
    assert set(kinds_open_to(replace(World().facts, roles=roles))) == FOR_ALL | more


@pytest.mark.parametrize("kind", ["village", "commune", "district", "province"])
def test_a_place_is_not_assessed_without_a_role_even_by_an_old_button(kind: str) -> None:
    world = standing(ChooseTitle(Summary()))
    assert changes(tap(world, f"k-{kind}")) == ()
    assert world.session.node == ChooseTitle(Summary())


@pytest.mark.parametrize("said", [Pressed("k-village", 7), Typed("thôn", 7)])
def test_a_village_head_is_offered_the_own_hamlet_alone(said: Event) -> None:
    world = office(HEAD, node=ChooseTitle(Desk()))
    world.play(said)
    assert world.session.node == AskPlace()
    assert world.screen is not None
    assert [choice.id for choice in world.screen.choices] == ["h-1"]


@pytest.mark.parametrize("other", ["h-2", "h-77", "h-30", "h-999"])
def test_no_press_leads_to_a_place_that_is_not_of_the_role(other: str) -> None:
    world = office(HEAD)
    world.places = (*HAMLETS, ELSEWHERE)
    tap(world, "assess")
    tap(world, "k-village")

    tap(world, other)

    assert world.session.node == AskPlace()
    assert world.session.draft.place_id is None


@pytest.mark.parametrize("typed", ["Thôn Mẫu 2", "mẫu 2", "Thôn Khác", "KHXM27"])
def test_no_name_and_no_invite_leads_there_either(typed: str) -> None:
    world = office(HEAD)
    world.places = (*HAMLETS, ELSEWHERE)
    tap(world, "assess")
    tap(world, "k-village")

    done = write(world, typed)

    assert world.session.draft.place_id is None
    assert [effect for effect in done if isinstance(effect, RegisterSubject)] == []


def test_an_officer_assesses_a_hamlet_of_the_own_commune() -> None:
    world = office(OFFICER)
    tap(world, "assess")
    tap(world, "k-village")
    tap(world, "h-2")
    assert world.session.draft.place_id == 2
    assert world.session.draft.name == "Thôn Mẫu 2"


def test_a_family_does_not_live_in_a_commune() -> None:
    """A press may name any place; the level is the question's."""
    world = beginning("Bà Tư")
    tap(world, "h-2")
    assert isinstance(world.session.node, AskFact)
    world = beginning("Bà Tư")
    world.places = (replace(HAMLETS[1], level="commune"),)
    tap(world, "h-2")
    assert world.session.node == AskPlace()


def test_an_invite_to_a_hamlet_is_no_answer_to_which_commune() -> None:
    world = beginning("/danhhieu", "[k-learning_centre]", "Trung tâm Mẫu")
    assert codes(write(world, "KHXM26"))[0] == "place.other_invite"
    assert codes(write(world, "/start KHXM26"))[0] == "place.other_invite"
    assert world.session.draft.place_id is None


# --- years ----------------------------------------------------------------------------------------------------------

YEARS = (2026, 2025, 2024, 2023)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2025", 2025),
        ("năm 2025", 2025),
        ("nam 2025 a", 2025),
        ("năm nay", 2026),
        ("dạ năm ngoái ạ", 2025),
        ("năm kia", 2024),
        ("last year", 2025),
        ("cái thứ hai", 2025),
        ("đầu tiên", 2026),
        ("2019", 2019),
        ("2", None),
        ("năm", None),
        ("2024 hay 2025", None),
        ("20255", None),
        ("không biết", None),
        ("", None),
    ],
)
def test_a_year_is_understood_by_its_figures_or_from_this_year(text: str, year: int | None) -> None:
    assert year_meant(text, YEARS) == year


def test_a_year_that_is_not_offered_is_refused() -> None:
    world = office(OFFICER, node=AskYear(Desk(), YEARS))
    assert codes(write(world, "2019"))[0] == "year.not_offered"
    assert codes(write(world, "sang năm"))[0] == "year.not_understood"
    assert codes(write(world, "2023"))[0] == "year.structure_only"
    assert world.session.node == AskYear(Desk(), YEARS)
    for stray in ("y-2019", "y-", "y-20255", "y-²025", "h-2"):
        tap(world, stray)
        assert world.session.node == AskYear(Desk(), YEARS)


def test_a_year_without_rules_is_refused() -> None:
    at = AskYear(Desk(), YEARS, SubjectKind.DISTRICT)
    world = office(Role(RoleKind.OFFICER, DISTRICT), node=at)
    for year in (2026, 2025, 2023):
        assert codes(tap(world, f"y-{year}"))[0] == "year.no_rules"
    tap(world, "y-2024")
    assert world.session.draft == SubjectDraft(SubjectKind.DISTRICT, None, 2024)


def test_no_year_at_all_is_nobodys_answer() -> None:
    world = office(OFFICER, node=AskYear(Desk()))
    assert codes(write(world, "2025"))[0] == "year.not_offered"
    assert codes(write(world, "đầu tiên"))[0] == "year.not_understood"


# --- one subject after another ----------------------------------------------------------------------------------------


def test_what_was_told_of_one_subject_is_not_told_of_the_next() -> None:
    world = beginning("/danhhieu", "[k-clan]", "họ Lò", "1", "30", "/danhhieu", "[k-learning_centre]")
    assert world.session.draft == SubjectDraft(SubjectKind.LEARNING_CENTRE)


@pytest.mark.parametrize("kind", ["clan", "learning_centre"])
def test_back_from_the_first_question_leads_to_the_titles(kind: str) -> None:
    world = beginning("/danhhieu", f"[k-{kind}]", "quay lại")
    assert world.session.node == ChooseTitle(AskName())
    assert world.session.draft == SubjectDraft()


def test_back_from_a_citizens_name_leads_to_the_groups() -> None:
    world = beginning("/danhhieu", "[k-citizen]", "[g-hoc_sinh]", "quay lại")
    assert world.session.node == ChooseTitle(AskName(), SubjectKind.CITIZEN)


def test_back_from_an_own_family_leads_to_the_desk() -> None:
    world = office(OFFICER)
    tap(world, "family")
    tap(world, "back")
    assert world.session.node == Desk()


def test_back_at_the_very_first_question_stays() -> None:
    world = beginning()
    assert codes(write(world, "quay lại"))[0] == "register.first"
    assert world.session.node == AskName()


def test_nobody_has_two_sheets_of_a_family_or_of_a_citizen() -> None:
    world = beginning("Bà Tư", "1", "2", "0", "/danhhieu")
    assert TakeUp(1) in tap(world, "k-household")
    for said in ("/danhhieu", "[k-citizen]", "[g-can_bo]", "Bà Tư", "1", "/danhhieu"):
        tap(world, said[1:-1]) if said.startswith("[") else write(world, said)
    assert TakeUp(2) in tap(world, "k-citizen")
    assert len(world.sheets) == 2


def test_several_clans_are_no_problem() -> None:
    world = beginning("Bà Tư", "1", "2", "0")
    for name in ("họ Lò", "họ Vi"):
        for said in ("/danhhieu", "[k-clan]", name, "1", "30", "9"):
            tap(world, said[1:-1]) if said.startswith("[") else write(world, said)
    assert [own.name for own, _ in world.sheets.values()] == ["Bà Tư", "họ Lò", "họ Vi"]


def test_nobody_takes_up_a_sheet_that_is_not_theirs() -> None:
    world = beginning("Bà Tư", "1", "2", "0", "/phieu")
    assert [each for each in tap(world, "a-99") if isinstance(each, TakeUp)] == []
    assert isinstance(world.session.node, MySheets)
    assert TakeUp(1) in tap(world, "a-1")


def test_the_list_of_sheets_ends_where_the_sheets_end() -> None:
    world = beginning("Bà Tư", "1", "2", "0")
    for number in range(SHEETS_A_PAGE):
        for said in ("/danhhieu", "[k-clan]", f"họ {'ABCD'[number]}", "1", "30", "9"):
            tap(world, said[1:-1]) if said.startswith("[") else write(world, said)
    write(world, "/phieu")
    tap(world, "more")
    assert world.session.node == MySheets(Question("ho_gia_dinh_hoc_tap"), 1)
    tap(world, "more")
    assert world.session.node == MySheets(Question("ho_gia_dinh_hoc_tap"), 1)
    tap(world, "first")
    assert world.session.node == MySheets(Question("ho_gia_dinh_hoc_tap"), 0)


def test_correcting_a_place_asks_what_its_own_set_asks() -> None:
    """Not what a family is asked, whose set is the one that a new sheet would open under."""
    world = office(HEAD)
    for said in ("[assess]", "[k-village]", "[h-1]", "112", "6", "300", "/summary", "[household]"):
        tap(world, said[1:-1]) if said.startswith("[") else write(world, said)
    assert world.session.node == AskFact("households")
    for said in ("113", "giữ"):
        write(world, said)
    done = write(world, "giữ")
    assert changes(done) == (ChangeSubject("Thôn Mẫu 1", 1, {"households": 113, "clans": 6, "citizens": 300}),)


def test_the_list_of_the_titles_wants_no_hamlets_but_the_own() -> None:
    wanted = needs(Session(node=ChooseTitle(Desk())), Pressed("k-village", 0))
    assert (wanted.level, wanted.only_own) == ("hamlet", True)
    back = needs(Session(node=ChooseTitle(AskPlace())), Typed("quay lại", 0))
    assert (back.level, back.only_own) == ("hamlet", False)


def test_a_family_knows_no_desk() -> None:
    world = standing(of=subject())
    assert codes(write(world, "/desk"))[0] == "desk.no_role"
