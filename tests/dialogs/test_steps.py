"""What a step does that a transcript shows badly: what is stale, what is led on, what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.dialogs.effects import (
    ChangeSubject,
    ForgetPerson,
    GiveConsent,
    HandIn,
    OpenAssessment,
    RegisterSubject,
    SaveAnswer,
    SendDocument,
    Show,
)
from bot.dialogs.events import Event, FileKind, FileRef, FileSent, Pressed, Resumed, Typed, Unsupported
from bot.dialogs.facts import AssessmentState
from bot.dialogs.session import (
    AskFact,
    AskName,
    AskPlace,
    ChooseLanguage,
    ConfirmDelete,
    Consent,
    EnterCode,
    Node,
    Paused,
    PickDocument,
    PickQuestion,
    Question,
    Result,
    Session,
    SheetPage,
    SubjectDraft,
    Summary,
    opened_from,
)
from bot.dialogs.steps import step
from bot.dialogs.verdict import judged_on
from bot.dialogs.village.nodes import OfferLastYear
from bot.dialogs.welcome import CONSENT_VERSION
from bot.i18n import translator
from bot.scoring.model import SubjectKind
from tests.dialogs.people import assessment, changes, codes, standing, subject, tap, write
from tests.support.world import MANY_HAMLETS, World

FIRST = "tre_em_di_hoc"
YES_NO = "dieu_kien_goc_hoc"
PHOTO = FileRef("ref", FileKind.PHOTO, 1000, "image/jpeg")
HANDED_IN = AssessmentState.HANDED_IN


def registered(place_id: int, invite: str = "") -> RegisterSubject:
    told = {"adults": 2, "school_age_children": 0}
    return RegisterSubject(SubjectKind.HOUSEHOLD, "Bà Tư", place_id, told, invite=invite)


STALE: tuple[Event, ...] = (
    Pressed("yes", 6),
    Pressed("why", 6),
    Pressed("yes", 8),  # from a life that this person does not know
    Typed("có", 6),
    Typed("để sau", 6),
    Typed("tóm tắt", 6),
    Typed("xóa dữ liệu", 6),
    Typed("1", -1),
    FileSent(PHOTO, seen=6),
)


@pytest.mark.parametrize("event", STALE, ids=repr)
def test_what_was_meant_for_another_screen_changes_nothing(event: Event) -> None:
    world = standing(Question(YES_NO), open_ids=(YES_NO,))
    before, known = world.session, world.facts
    effects = world.play(event)
    assert changes(effects) == ()
    assert world.session == before
    assert world.facts == known
    assert codes(effects)[0].startswith("stale.")


@pytest.mark.parametrize("text", ["/later", "/summary", "/pause", "/delete", "/language"])
def test_a_slash_command_means_the_same_on_every_screen(text: str) -> None:
    world = standing(Question(YES_NO), open_ids=(YES_NO,))
    world.play(Typed(text, 3))
    assert world.session.node != Question(YES_NO)


def test_the_second_of_two_quick_taps_answers_nothing() -> None:
    world = standing(Question(YES_NO), open_ids=(YES_NO, "hieu_qua_van_hoa"))
    press = Pressed("yes", world.session.revision)
    assert [type(e) for e in changes(world.play(press))] == [SaveAnswer]
    assert world.session.node == Question("hieu_qua_van_hoa")
    assert changes(world.play(press)) == ()
    assert world.session.node == Question("hieu_qua_van_hoa")


def test_two_quick_taps_send_one_document() -> None:
    world = standing(PickDocument(Result()), state=HANDED_IN)
    press = Pressed("pdf", world.session.revision)
    assert [type(e) for e in changes(world.play(press))] == [SendDocument]
    assert changes(world.play(press)) == ()


@pytest.mark.parametrize(
    "event", [Pressed("stop", 7), Pressed("", 7), Pressed("n-1", 7), Pressed("o-x", 7), Pressed("h-1", 7)], ids=repr
)
def test_a_choice_that_is_not_on_the_screen_changes_nothing(event: Event) -> None:
    world = standing(Question(YES_NO), open_ids=(YES_NO,))
    assert changes(world.play(event)) == ()
    assert world.session.revision == 7


# --- led on, where the place is no more -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("node", "state", "expected"),
    [
        (Question(FIRST), HANDED_IN, Result()),
        (Summary(), HANDED_IN, Result()),
        (PickQuestion(), AssessmentState.CONFIRMED, Result()),
        (Paused(Question(FIRST)), HANDED_IN, Result()),
        (ChooseLanguage(Summary()), HANDED_IN, Result()),
        (Result(), AssessmentState.RETURNED, Summary()),
        (Result(), AssessmentState.DRAFT, Summary()),
        (SheetPage(2), AssessmentState.RETURNED, Summary()),
        (PickDocument(Result()), AssessmentState.RETURNED, Summary()),
        (Paused(Result()), AssessmentState.RETURNED, Summary()),
        (Question("retired"), AssessmentState.DRAFT, Summary()),
        (Question("retired", whole=3), AssessmentState.RETURNED, Summary()),
    ],
    ids=repr,
)
def test_a_place_that_no_longer_fits_leads_on(node: Node, state: AssessmentState, expected: Node) -> None:
    world = standing(node, state=state)
    before = world.session.revision
    effects = world.play(Typed("1"))  # said without knowing the screen that is shown now
    assert world.session.node == expected
    assert world.session.revision == before + 1
    assert changes(effects) == ()


@pytest.mark.parametrize(
    ("node", "state"),
    [
        (Question(FIRST), AssessmentState.DRAFT),
        (Question(FIRST), AssessmentState.RETURNED),
        (Result(), HANDED_IN),
        (SheetPage(3), AssessmentState.RECOGNISED),
        (PickDocument(Result()), AssessmentState.CONFIRMED),
        (Paused(Summary()), AssessmentState.DRAFT),
    ],
    ids=repr,
)
def test_a_place_that_fits_stays(node: Node, state: AssessmentState) -> None:
    world = standing(node, state=state)
    world.play(Resumed("outage"))
    assert (world.session.node, world.session.revision) == (node, 7)


def test_a_question_that_no_longer_applies_leads_to_the_summary() -> None:
    world = standing(Question(FIRST), subject(children=0))
    world.play(Resumed("outage"))
    assert world.session.node == Summary()


def test_without_consent_everything_leads_to_consent() -> None:
    world = standing(Question(FIRST))
    world.facts = replace(world.facts, consent=None)
    effects = world.play(Typed("1"))
    assert world.session.node == Consent()
    assert changes(effects) == ()


def test_without_a_household_one_registers_again() -> None:
    world = standing(Question(FIRST))
    world.facts = replace(world.facts, subject=None, assessment=None)
    assert codes(world.play(Typed("1")))[0] == "register.again"
    assert world.session.node == AskName()


def test_a_correction_of_the_household_ends_when_the_sheet_is_handed_in_elsewhere() -> None:
    world = standing(AskFact("school_age_children"), state=HANDED_IN)
    draft = SubjectDraft(name="Bà Tư", place_id=1, told={"adults": 2})
    world.session = replace(world.session, is_editing=True, draft=draft)
    effects = world.play(Typed("3"))
    assert changes(effects) == ()
    assert world.session.node == Result()
    assert (world.session.is_editing, world.session.draft) == (False, SubjectDraft())


@pytest.mark.parametrize("event", [Typed("có"), Pressed("yes", 7), Unsupported("sticker"), Typed("/start")], ids=repr)
def test_a_new_year_opens_a_sheet_once_and_says_so(event: Event) -> None:
    world = standing(Question(YES_NO), open_ids=(YES_NO,))
    world.start_next_year()
    effects = world.play(event)
    assert changes(effects) == (OpenAssessment(),)
    assert codes(effects)[0] == "year.new"
    assert world.session.node == OfferLastYear()
    assert world.facts.assessment is not None
    assert (world.facts.assessment.year, dict(world.facts.assessment.answers)) == (2027, {})
    assert OpenAssessment() not in world.play(Resumed("outage"))


def test_the_current_screen_is_the_one_a_step_would_lead_to() -> None:
    world = standing(Result(), state=AssessmentState.RETURNED)
    world.play(Resumed("outage"))
    assert world.screen is not None
    assert world.screen.name == "summary"


def test_a_set_that_is_not_in_force_today_is_judged_by_its_nearest_day() -> None:
    sheet = assessment(subject())
    open_ended = replace(sheet.criteria, valid_until=None)
    assert judged_on(sheet, date(2040, 1, 1)) == sheet.criteria.valid_until
    assert judged_on(sheet, date(2020, 1, 1)) == sheet.criteria.valid_from
    assert judged_on(replace(sheet, criteria=open_ended), date(2020, 1, 1)) == sheet.criteria.valid_from
    assert judged_on(replace(sheet, criteria=open_ended), date(2040, 1, 1)) == date(2040, 1, 1)


# --- handing in and taking back ---------------------------------------------------------------------------------------


def test_taking_back_makes_it_a_draft() -> None:
    world = standing(Result(), state=HANDED_IN)
    tap(world, "take_back")
    assert world.facts.assessment is not None
    assert (world.facts.assessment.state, world.facts.assessment.handed_in_at) == (AssessmentState.DRAFT, None)
    assert world.session.node == Summary()


@pytest.mark.parametrize("how", ["press", "words"])
def test_taking_back_is_refused_once_somebody_reviews(how: str) -> None:
    """The screen was drawn before the review began."""
    world = standing(Result(), state=HANDED_IN)
    assert world.facts.assessment is not None
    world.facts = replace(world.facts, assessment=replace(world.facts.assessment, is_reviewed=True))
    effects = tap(world, "take_back") if how == "press" else write(world, "rút lại để sửa")
    assert changes(effects) == ()
    assert world.facts.assessment is not None
    assert world.facts.assessment.state is HANDED_IN


def test_nothing_is_handed_in_while_a_question_is_open() -> None:
    world = standing(open_ids=(FIRST,))
    for effects in (tap(world, "submit"), write(world, "nộp phiếu"), write(world, "/submit")):
        assert changes(effects) == ()
        assert codes(effects)[0] == "summary.missing"


def test_handing_in_twice_hands_in_once() -> None:
    world = standing()
    press = Pressed("submit", world.session.revision)
    assert changes(world.play(press)) == (HandIn(),)
    assert changes(world.play(press)) == ()


# --- registering ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["Huy", "Nghi", "Mai", "Bà Có", "thôn nữ", "Giữ"])
def test_a_name_that_looks_like_a_command_is_a_name(text: str) -> None:
    world = standing(AskName())
    world.facts = replace(world.facts, subject=None, assessment=None)
    write(world, text)
    assert world.session.draft.name == text


@pytest.mark.parametrize("text", ["giữ", "Giữ: Bà Tư", "giu nguyen", "keep"])
def test_keeping_the_name_is_not_a_new_name(text: str) -> None:
    world = standing()
    tap(world, "household")
    write(world, text)
    assert (world.session.node, world.session.draft.name) == (AskPlace(), "Bà Tư")


@pytest.mark.parametrize("text", ["hủy bỏ", "Hủy bỏ", "/cancel", "tóm tắt", "/summary", "nộp phiếu"])
@pytest.mark.parametrize("node", [AskName(), AskPlace(), AskFact("adults"), AskFact("school_age_children")], ids=repr)
def test_a_correction_can_be_left_from_everywhere(node: Node, text: str) -> None:
    world = standing()
    tap(world, "household")
    world.session = replace(world.session, node=node)
    effects = write(world, text)
    assert changes(effects) == ()
    assert world.session.node == Summary()
    assert (world.session.is_editing, world.session.draft) == (False, SubjectDraft())


def test_a_digit_chooses_the_hamlet_of_that_line_not_the_one_recorded() -> None:
    world = standing()
    tap(world, "household")
    write(world, "giữ")
    write(world, "3")
    write(world, "giữ")
    (changed,) = changes(write(world, "giữ"))
    assert changed == ChangeSubject("Bà Tư", 3, {"adults": 2, "school_age_children": 1})


def test_a_digit_on_the_second_page_chooses_from_the_second_page() -> None:
    world = World(places=MANY_HAMLETS, session=Session(7, is_begun=True, node=AskPlace(page=1)))
    world.facts = replace(world.facts, consent=standing().facts.consent)
    write(world, "1")
    assert world.session.draft.place_id == MANY_HAMLETS[4].id


@pytest.mark.parametrize("locale", ["vi", "en"])
@pytest.mark.parametrize(("node", "expected"), [(AskPlace(), AskPlace(page=1)), (AskPlace(page=1), AskPlace())])
def test_the_list_is_turned_by_the_words_on_the_screen(locale: str, node: Node, expected: Node) -> None:
    world = World(places=MANY_HAMLETS, session=Session(7, is_begun=True, node=node, locale=locale))
    world.facts = replace(world.facts, consent=standing().facts.consent)
    world.play(Resumed("outage"))
    assert world.screen is not None
    write(world, translator(locale).say(world.screen.navigation[0].label))
    assert world.session.node == expected


def test_a_refusal_shows_the_same_list_again() -> None:
    world = World(places=MANY_HAMLETS, session=Session(7, is_begun=True, node=AskPlace("dong")))
    world.facts = replace(world.facts, consent=standing().facts.consent)
    world.play(Typed("Thôn 2", seen=3))
    assert world.screen is not None
    assert [c.id for c in world.screen.choices] == ["h-14", "h-15"]


def test_the_invite_that_led_to_the_hamlet_is_spent_with_the_registration() -> None:
    world = World()
    for text in ("/start KHXM26", "có", "Bà Tư", "2"):
        write(world, text)
    assert registered(1, invite="KHXM26") in write(world, "0")


def test_an_invite_is_not_spent_where_another_hamlet_was_chosen() -> None:
    world = World()
    for text in ("/start KHXM26", "có", "Bà Tư", "quay lại", "2", "2"):
        write(world, text)
    assert registered(2) in write(world, "0")


def test_an_invite_that_ran_out_before_consent_leaves_the_hamlet_to_be_asked() -> None:
    world = World()
    write(world, "/start KHXM26")
    world.invites.clear()
    write(world, "có")
    write(world, "Bà Tư")
    assert world.session.node == AskPlace()


# --- asides -----------------------------------------------------------------------------------------------------------


def test_what_is_opened_aside_does_not_pile_up() -> None:
    world = standing(Question(FIRST), open_ids=(FIRST,))
    for _ in range(500):
        write(world, "/language")
        write(world, "/delete")
    assert world.session.node == ConfirmDelete(Question(FIRST))
    assert opened_from(world.session.node) == Question(FIRST)


@pytest.mark.parametrize("text", ["quay lại", "thôi", "hủy", "để sau", "/back", "/cancel"])
@pytest.mark.parametrize("aside", [ChooseLanguage, ConfirmDelete, EnterCode], ids=lambda aside: aside.__name__)
@pytest.mark.parametrize("back", [Consent(), Summary(), Paused(Summary())], ids=repr)
def test_every_aside_leads_back_by_words(aside: type[ChooseLanguage], back: Node, text: str) -> None:
    world = standing(aside(back))
    if back == Consent():
        world.facts = replace(world.facts, consent=None, subject=None, assessment=None)
    assert changes(write(world, text)) == ()
    assert world.session.node == back


def test_start_leads_from_an_aside_to_the_main_way() -> None:
    world = standing(ConfirmDelete(Paused(Question(FIRST))), open_ids=(FIRST,))
    write(world, "/start")
    assert world.session.node == Question(FIRST)


@pytest.mark.parametrize("text", ["có", "dạ có ạ", "ừ", "đồng ý", "yes", "chắc chắn rồi"])
def test_no_plain_yes_deletes_anything(text: str) -> None:
    world = standing(ConfirmDelete(Summary()))
    assert not any(isinstance(e, ForgetPerson) for e in write(world, text))


def test_after_deleting_no_old_button_fits() -> None:
    world = standing(ConfirmDelete(Summary()))
    before = world.session.revision
    effects = tap(world, "delete-all")
    shown = next(e.screen for e in effects if isinstance(e, Show))
    assert world.session == Session(before + 1)
    assert shown.revision == before + 1
    world.play(Pressed("start", shown.revision))
    assert world.session.revision == before + 2


def test_declining_twice_says_goodbye_twice() -> None:
    world = World()
    write(world, "/start")
    press = Pressed("decline", world.session.revision)
    for _ in range(2):
        effects = world.play(press)
        assert codes(effects)[0] == "consent.declined"
    assert not world.session.is_begun


# --- other ------------------------------------------------------------------------------------------------------------


def test_an_answer_that_would_never_fit_is_refused_rather_than_asked_for_ever() -> None:
    """0 of 0 where the household is known to have what is asked about."""
    world = standing(Question("nguoi_lon_biet_chu"), open_ids=("nguoi_lon_biet_chu",))
    assert world.facts.assessment is not None
    indicator = world.facts.assessment.criteria.indicator("nguoi_lon_biet_chu")
    condition = world.facts.assessment.criteria.indicators[0].applies_when
    assert indicator is not None
    held = replace(indicator, applies_when=condition)
    criteria = world.facts.assessment.criteria
    of_adults = replace(criteria.criteria[1], indicators=(held, *criteria.criteria[1].indicators[1:]))
    changed = replace(criteria, criteria=(criteria.criteria[0], of_adults, *criteria.criteria[2:]))
    world.facts = replace(world.facts, assessment=replace(world.facts.assessment, criteria=changed))
    effects = write(world, "0")
    assert changes(effects) == ()
    assert codes(effects)[0] == "question.unfit"


def test_a_step_does_not_look_at_the_clock() -> None:
    """The same session, event and facts give the same step, but for what the facts say of the time."""
    world = standing(Question(YES_NO), open_ids=(YES_NO,))
    later = replace(world.facts, now=world.facts.now + timedelta(days=3))
    word = translator("vi").say
    one, other = (step(world.session, Pressed("yes", 7), known, word) for known in (world.facts, later))
    assert one.effects == other.effects


# --- consent ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["có", "dạ đồng ý ạ", "1", "ừ", "ok", "tôi đồng ý", "Đồng ý", "dong y"])
def test_consent_is_given_in_plain_words(text: str) -> None:
    world = World()
    write(world, "/start")
    assert changes(write(world, text)) == (GiveConsent(CONSENT_VERSION),)


@pytest.mark.parametrize(
    "text",
    [
        "có ai xem được không",
        "có mất tiền không",
        "ok?",
        "đồng ý cái gì",
        "không biết có nên không",
        "để tôi hỏi con đã",
        "hình như có",
        "3",
        "thôi",
        "/start",
        "tiếp tục",
        "Bà Tư",
    ],
)
def test_doubt_is_neither_consent_nor_refusal(text: str) -> None:
    world = World()
    write(world, "/start")
    assert changes(write(world, text)) == ()
    assert world.session.node == Consent()


@pytest.mark.parametrize("text", ["không", "ko", "2", "không đồng ý", "dạ không ạ", "no"])
def test_declining_in_words_keeps_nothing(text: str) -> None:
    world = World()
    write(world, "/start")
    effects = write(world, text)
    assert ForgetPerson() in effects
    assert not any(isinstance(e, GiveConsent) for e in effects)


def test_a_long_sheet_is_a_few_paragraphs() -> None:
    """A list that is one paragraph a line falls apart where paragraphs are set off by empty lines."""
    world = standing()
    world.play(Resumed("outage"))
    assert world.screen is not None
    assert len(world.screen.paragraphs) <= 1 + 2 * 4 + 3 + 1  # heading, criteria, result, notice
