"""Reading the rules: from anywhere and before consent, by lists, pages and words, and back where one was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.dialogs.effects import SendDocument
from bot.dialogs.events import Resumed, Typed
from bot.dialogs.facts import AssessmentState, Role, RoleKind
from bot.dialogs.finding import LONGEST_QUERY
from bot.dialogs.screens import Screen
from bot.dialogs.session import AskPlace, Consent, Node, Paused, PickDocument, Question, ReadRules, Result, Summary
from bot.i18n import LOCALES, translator
from bot.scoring.model import CriteriaSet, Standing, SubjectKind, Text
from bot.scoring.shipped import load_shipped
from tests.dialogs.people import changes, codes, standing, tap, write
from tests.dialogs.test_walks import check_screen, check_words
from tests.dialogs.walks import fresh, registering
from tests.support.world import COMMUNE, PROVINCE, World

SHIPPED = load_shipped()
HERE = Question("tre_em_di_hoc")


def world_of(sets: Sequence[CriteriaSet] = SHIPPED, node: Node = HERE) -> World:
    """Somebody who stands at a question, where some sets are in force."""
    world = standing(node)
    world.sets = tuple(sets)
    world.facts = replace(world.facts, criteria=None)
    return world


def screen_of(world: World) -> Screen:
    assert world.screen is not None
    return world.screen


def labels(world: World) -> list[str]:
    words = translator(world.session.locale)
    return [words.say(choice.label) for choice in screen_of(world).choices]


def where(world: World) -> Node:
    return world.session.node


def texts(world: World) -> str:
    words = translator(world.session.locale)
    return "\n".join(words.say(paragraph.text) for paragraph in screen_of(world).paragraphs)


# --- from anywhere, and back ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "node",
    [HERE, Question("tre_em_di_hoc", whole=3), Summary(), Paused(HERE)],
    ids=repr,
)
def test_reading_is_opened_anywhere_and_leads_back_there(node: Node) -> None:
    world = world_of(node=node)
    write(world, "/tieuchi")
    assert world.session.node == ReadRules(node)
    tap(world, "back")
    assert world.session.node == node


@pytest.mark.parametrize("node", [Consent(), AskPlace("thon", 1)], ids=repr)
def test_reading_is_open_to_those_who_register_or_have_not_agreed(node: Node) -> None:
    world = fresh() if isinstance(node, Consent) else registering(node)
    world.session = replace(world.session, is_begun=True, node=node)
    assert changes(write(world, "/tieuchi tủ sách")) == ()
    assert changes(write(world, "1")) == ()
    assert changes(tap(world, "leave")) == ()
    assert world.session.node == node


def test_reading_over_another_aside_leads_back_below_it() -> None:
    world = standing(PickDocument(Result()), state=AssessmentState.HANDED_IN)
    write(world, "/ngonngu")
    write(world, "/tieuchi")
    write(world, "/tieuchi phổ cập")
    assert world.session.node == ReadRules(PickDocument(Result()), query="phổ cập")


def test_back_goes_up_step_by_step_and_leaving_goes_at_once() -> None:
    world = world_of()
    write(world, "/tieuchi")
    tap(world, "more")
    tap(world, "s-5")
    tap(world, "next")
    tap(world, "back")
    assert world.session.node == ReadRules(HERE, page=1)
    tap(world, "back")
    assert world.session.node == ReadRules(HERE)
    tap(world, "s-0")
    tap(world, "leave")
    assert where(world) == HERE


def test_back_from_what_was_found_leads_to_the_page_it_was_on() -> None:
    world = world_of()
    write(world, "/tieuchi tu sach")
    tap(world, "more")
    found = world.session.node
    tap(world, "h-6")
    tap(world, "back")
    assert world.session.node == found


def test_asking_for_the_list_on_the_list_changes_nothing() -> None:
    world = world_of()
    write(world, "/tieuchi")
    session = world.session
    write(world, "/tieuchi")
    assert world.session == session


# --- the list ---------------------------------------------------------------------------------------------------------


def test_all_sets_are_listed_four_a_screen_with_their_standing_families_first() -> None:
    world = world_of()
    write(world, "/tieuchi")
    listed = labels(world)[:4]
    while "more" in [choice.id for choice in screen_of(world).choices]:
        tap(world, "more")
        shown = [label for label in labels(world) if label != "Xem thêm"]
        assert len(shown) <= 4
        listed += shown
    assert len(listed) == len(set(listed)) == len(SHIPPED), "those of past years come last"
    assert "Cộng đồng học tập cấp xã (Thông tư 44/2014) (chính thức, đến 11/02/2024)" in listed[-4:]
    assert listed[0] == "Gia đình học tập (phiếu mẫu)"
    assert "Cộng đồng học tập cấp xã (chính thức)" in listed
    assert all(label.endswith(("(chính thức)", "(phiếu mẫu)")) or "(chính thức, đến " in label for label in listed)


def test_without_rules_it_is_said() -> None:
    world = world_of()
    write(world, "/tieuchi")
    world.sets = ()
    world.play(Resumed("outage"))
    assert codes_of(world)[-1] == "rules.none"
    write(world, "tủ sách")
    assert codes_of(world)[0] == "rules.none"


def codes_of(world: World) -> list[str]:
    return [getattr(paragraph.text, "code", "") for paragraph in screen_of(world).paragraphs]


# --- a set ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("criteria", SHIPPED, ids=lambda criteria: criteria.id)
def test_every_page_of_every_set_can_be_read_and_typed(criteria: CriteriaSet, locale: str) -> None:
    own = replace(criteria, valid_until=None)
    world = world_of((own,))
    world.session = replace(world.session, locale=locale, node=ReadRules(HERE, own.id, own.version))
    world.play(Resumed("outage"))
    read = [texts(world)]
    check_screen(screen_of(world))
    check_words(world)
    while "next" in [choice.id for choice in screen_of(world).choices]:
        tap(world, "next")
        check_screen(screen_of(world))
        read.append(texts(world))
    check_words(world)
    everything = "\n".join(read)
    for indicator in own.indicators:
        assert indicator.question.in_locale(locale) in everything
        assert indicator.article in everything
    for criterion in own.criteria:
        assert criterion.title.in_locale(locale) in everything
    assert own.issuing_document in everything
    assert own.note is None or own.note.in_locale(locale) in everything


def test_each_page_says_the_standing() -> None:
    world = world_of()
    write(world, "/tieuchi cộng đồng học tập cấp xã")
    write(world, "1")
    assert "Đây là bộ tiêu chí chính thức." in texts(world)
    write(world, "tiêu chí 4")
    assert "Cộng đồng học tập cấp xã (chính thức)" in texts(world)


def test_pages_are_turned_by_words_and_by_number() -> None:
    world = world_of()
    world.session = replace(world.session, node=ReadRules(HERE, "gia_dinh_mau", "1"))
    write(world, "tiếp tục")
    assert world.session.node == ReadRules(HERE, "gia_dinh_mau", "1", 1)
    write(world, "tiêu chí 4")
    assert world.session.node == ReadRules(HERE, "gia_dinh_mau", "1", 4)
    write(world, "/tieptuc")
    assert world.session.node == ReadRules(HERE, "gia_dinh_mau", "1", 4)
    write(world, "trang trước")
    assert world.session.node == ReadRules(HERE, "gia_dinh_mau", "1", 3)


def test_a_structure_alone_says_that_its_points_are_not_known() -> None:
    bare = replace(next(s for s in SHIPPED if s.is_structure_only), valid_until=None)
    world = world_of((bare,))
    write(world, "/tieuchi bình đẳng giới")
    write(world, "1")
    assert "chưa biết cách cho điểm" in texts(world)
    assert "12. Thực hiện bình đẳng giới" in texts(world)
    assert screen_of(world).choices == ()


def test_an_officer_may_take_the_set_as_a_workbook() -> None:
    world = world_of()
    roles = tuple(Role(RoleKind.OFFICER, place) for place in (COMMUNE, PROVINCE))
    world.facts = replace(world.facts, roles=roles)
    world.session = replace(world.session, node=ReadRules(HERE, "gia_dinh_mau", "1"))
    world.play(Resumed("outage"))
    check_words(world)
    sent = changes(tap(world, f"w-{COMMUNE.id}"))
    assert [effect.of for effect in sent if isinstance(effect, SendDocument)] == [f"gia_dinh_mau/1/{COMMUNE.id}"]


def test_nobody_else_is_offered_a_workbook() -> None:
    world = world_of()
    world.session = replace(world.session, node=ReadRules(HERE, "gia_dinh_mau", "1"))
    world.play(Resumed("outage"))
    assert [choice.id for choice in screen_of(world).choices] == ["next"]
    assert changes(tap(world, f"w-{COMMUNE.id}")) == ()


def test_a_set_that_is_no_longer_in_force_gives_way_to_the_list() -> None:
    world = world_of()
    world.session = replace(world.session, node=ReadRules(HERE, "gia_dinh_mau", "older", 3))
    world.play(Resumed("outage"))
    assert codes_of(world)[-2] == "rules.title"
    check_words(world)


# --- by words ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["tủ sách", "tu sach"])
def test_words_find_indicators_and_a_hit_opens_its_page(words: str) -> None:
    world = world_of()
    write(world, "/tieuchi")
    write(world, words)
    assert labels(world)[0] == "Tủ sách chung – Cộng đồng học tập: thôn, bản, ấp, buôn, tổ dân phố (phiếu mẫu)"
    check_words(world)
    tap(world, "h-0")
    assert "2.2 Tủ sách chung (4 điểm)" in texts(world)


def test_what_is_not_there_is_said_with_an_example_that_is() -> None:
    world = world_of()
    write(world, "/tieuchi dưa hấu")
    assert codes_of(world)[0] == "rules.not_found"
    assert "Trẻ em đi học" in texts(world)
    session = world.session
    write(world, "bí đao")
    assert codes_of(world)[0] == "rules.not_found"
    assert world.session == session
    write(world, "trẻ em đi học")
    assert labels(world)[0] == "Trẻ em đi học – Gia đình học tập (phiếu mẫu)"


@pytest.mark.parametrize("text", ["🍉", "?!", "9", "có", "chưa", "số 8"])
def test_what_is_no_word_to_look_for_finds_nothing(text: str) -> None:
    world = world_of()
    write(world, "/tieuchi")
    node = world.session.node
    write(world, text)
    assert world.session.node == node


def test_a_long_text_is_looked_for_by_its_beginning() -> None:
    world = world_of()
    write(world, "/tieuchi")
    write(world, "tủ sách" + " " * 100 + "chung " * 100)
    assert isinstance(world.session.node, ReadRules)
    assert len(world.session.node.query) <= LONGEST_QUERY
    assert labels(world)[0].startswith("Tủ sách chung")


def test_words_are_kept_only_while_they_are_read() -> None:
    world = fresh()
    world.play(Typed("/start"))
    write(world, "/tieuchi tủ sách")
    tap(world, "leave")
    assert world.session.node == Consent()


def test_what_is_called_the_same_is_told_apart() -> None:
    """Two sets of one title, and two indicators of one name in one of them."""
    family = next(s for s in SHIPPED if s.subject is SubjectKind.HOUSEHOLD)
    first = family.criteria[0]
    twice = replace(first, indicators=tuple(replace(i, short=Text("Việc học")) for i in first.indicators))
    own = replace(family, criteria=(twice, *family.criteria[1:]), standing=Standing.LOCAL, title=Text("Gia đình"))
    other = replace(own, id="gia_dinh_khac", criteria=family.criteria)
    world = world_of((own, other))
    write(world, "/tieuchi")
    check_screen(screen_of(world))
    check_words(world)
    write(world, "việc học")
    assert labels(world)[:3] == [
        "1.1 Việc học – Gia đình (của địa phương) [gia_dinh_mau, bản 1]",
        "1.2 Việc học – Gia đình (của địa phương) [gia_dinh_mau, bản 1]",
        "1.3 Việc học – Gia đình (của địa phương) [gia_dinh_mau, bản 1]",
    ]
    check_screen(screen_of(world))
    check_words(world)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_page_of_a_list_can_be_typed(locale: str) -> None:
    for query in ("", "học"):
        world = world_of()
        world.session = replace(world.session, locale=locale)
        write(world, f"/tieuchi {query}")
        for _ in range(3):
            check_screen(screen_of(world))
            check_words(world)
            tap(world, "more")


def test_a_hit_that_is_no_more_leads_nowhere() -> None:
    world = world_of()
    write(world, "/tieuchi tủ sách")
    session = world.session
    for choice in ("h-99", "h-x", "h-", "h-²", "s-0", "next", "previous", "w-2"):
        tap(world, choice)
        assert world.session == session


def test_more_at_the_end_is_refused() -> None:
    world = world_of()
    write(world, "/tieuchi tủ sách")
    session = world.session
    assert codes(tap(world, "more"))[0] == "stale.pressed"
    assert world.session == session
