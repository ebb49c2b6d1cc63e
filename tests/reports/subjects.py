"""One subject of each kind with its sheet, answered under the sets that ship, to be printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from bot.dialogs.facts import (
    Assessment,
    AssessmentState,
    Subject,
)
from bot.dialogs.places import Place
from bot.i18n import translator
from bot.reports.sheet_data import SheetDocument
from bot.reports.sheet_wording import sheet_document
from bot.scoring.applicability import applicable
from bot.scoring.model import (
    Answer,
    Chosen,
    CriteriaSet,
    Derived,
    DerivedRule,
    Indicator,
    NumberRule,
    OneOfRule,
    PointsRule,
    Profile,
    Quantity,
    Share,
    ShareRule,
    SubjectKind,
    YesNo,
    YesNoRule,
)
from tests.reports.records import AT, HANDED_IN_AT, RULEBOOK, TIMEZONE

COMMUNE: Final = "xã Phú Túc, tỉnh Gia Lai"
HAMLET: Final = Place(3, "Buôn Ƀhă", COMMUNE)
OFFICE: Final = Place(2, "Xã Phú Túc", "tỉnh Gia Lai", "commune", is_difficult_area=True)
PROVINCE: Final = Place(1, "Tỉnh Gia Lai", "", "province")
DIFFICULT: Final = "Đặc điểm: vùng khó khăn"
OF_YEARS_PAST: Final = datetime(2025, 2, 1, 3, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Case:
    """A subject, the set that assesses it, and what its papers must say."""

    set_id: str
    subject: Subject
    lines: tuple[str, ...]
    """Who, where and what it told, as the head of the paper says it."""
    signatures: tuple[str, str]
    file: str
    at: datetime = AT

    @property
    def name(self) -> str:
        """The set's id, for the test's name."""
        return self.set_id

    @property
    def criteria(self) -> CriteriaSet:
        """The set."""
        return RULEBOOK.get(self.set_id, "1")


def _subject(
    kind: SubjectKind, name: str, place: Place, told: Mapping[str, int] | None = None, group: str | None = None
) -> Subject:
    return Subject(7, kind, name, place, told or {}, group)


SCHOOL: Final = {"public_agency": 1, "educational_institution": 1, "economic_organisation": 0}
BUSINESS: Final = {"public_agency": 0, "educational_institution": 0, "economic_organisation": 1, "members": 640}
UPPER: Final = {
    "public_kindergarten": 0,
    "general_school": 1,
    "upper_secondary_school": 1,
    "vocational_school": 0,
    "university": 0,
    "assesses_learners": 1,
}
CASES: Final = (
    Case(
        "gia_dinh_mau",
        _subject(SubjectKind.HOUSEHOLD, "Bà Tư", HAMLET, {"adults": 3, "school_age_children": 2}),
        ("Hộ gia đình: Bà Tư", f"Nơi ở: Buôn Ƀhă, {COMMUNE}", "Đặc điểm: 3 người lớn; 2 trẻ trong tuổi đi học"),
        ("ĐẠI DIỆN HỘ GIA ĐÌNH", "TRƯỞNG THÔN"),
        "gia-dinh-hoc-tap-phieu-mau-2026",
    ),
    Case(
        "cong_dan_nong_dan",
        _subject(SubjectKind.CITIZEN, "chị Hoa", replace(HAMLET, is_difficult_area=True), group="nong_dan"),
        ("Công dân: chị Hoa", f"Nơi ở: Buôn Ƀhă, {COMMUNE}", "Đặc điểm: vùng khó khăn"),
        ("NGƯỜI TỰ ĐÁNH GIÁ", "TRƯỞNG THÔN HOẶC THỦ TRƯỞNG ĐƠN VỊ"),
        "cong-dan-hoc-tap-nong-dan-lao-dong-nong-thon-phieu-mau-2026",
    ),
    Case(
        "dong_ho_mau",
        _subject(SubjectKind.CLAN, "Dòng họ Nguyễn Văn", HAMLET, {"households": 21, "members": 96}),
        ("Dòng họ: Dòng họ Nguyễn Văn", f"Địa bàn: Buôn Ƀhă, {COMMUNE}", "Đặc điểm: 96 thành viên; 21 hộ gia đình"),
        ("ĐẠI DIỆN DÒNG HỌ", "TRƯỞNG THÔN"),
        "dong-ho-hoc-tap-phieu-mau-2026",
    ),
    Case(
        "cong_dong_thon_mau",
        _subject(SubjectKind.VILLAGE, "Buôn Ƀhă", HAMLET, {"households": 112, "clans": 6, "citizens": 380}),
        (
            "Cộng đồng dân cư: Buôn Ƀhă",
            f"Thuộc: {COMMUNE}",
            "Đặc điểm: 112 hộ gia đình; 6 dòng họ; 380 công dân",
        ),
        ("NGƯỜI LẬP", "TRƯỞNG THÔN"),
        "cong-dong-hoc-tap-thon-ban-ap-buon-to-dan-pho-phieu-mau-2026",
    ),
    Case(
        "don_vi_co_so_mau",
        _subject(SubjectKind.UNIT, "Trạm Y tế xã Phú Túc", OFFICE, {"members": 12}),
        ("Đơn vị: Trạm Y tế xã Phú Túc", "Địa bàn: Xã Phú Túc, tỉnh Gia Lai", "Đặc điểm: 12 thành viên"),
        ("NGƯỜI LẬP", "THỦ TRƯỞNG ĐƠN VỊ"),
        "don-vi-hoc-tap-o-co-so-thuoc-xa-quan-ly-phieu-mau-2026",
    ),
    Case(
        "don_vi_hoc_tap_huyen",
        _subject(SubjectKind.UNIT, "Công ty Cao su Chư Prông", OFFICE, BUSINESS, "huyen"),
        (
            "Đơn vị: Công ty Cao su Chư Prông",
            "Địa bàn: Xã Phú Túc, tỉnh Gia Lai",
            "Đặc điểm: Doanh nghiệp, hợp tác xã; 640 thành viên",
        ),
        ("NGƯỜI LẬP", "THỦ TRƯỞNG ĐƠN VỊ"),
        "don-vi-hoc-tap-cap-huyen-2026",
    ),
    Case(
        "don_vi_hoc_tap_tinh",
        _subject(
            SubjectKind.UNIT,
            "Trường Trung học phổ thông chuyên Hùng Vương",
            PROVINCE,
            {**SCHOOL, **UPPER, "members": 86, "learners": 1240},
            "tinh",
        ),
        (
            "Đơn vị: Trường Trung học phổ thông chuyên Hùng Vương",
            "Địa bàn: Tỉnh Gia Lai",
            "Đặc điểm: Trường công lập; Trung học phổ thông, GDTX; 86 thành viên; 1.240 người học",
        ),
        ("NGƯỜI LẬP", "THỦ TRƯỞNG ĐƠN VỊ"),
        "don-vi-hoc-tap-cap-tinh-2026",
    ),
    Case(
        "don_vi_tt22_huyen",
        _subject(SubjectKind.UNIT, "Trường Tiểu học Nà Tốc", OFFICE, group="huyen"),
        ("Đơn vị: Trường Tiểu học Nà Tốc", "Địa bàn: Xã Phú Túc, tỉnh Gia Lai"),
        ("NGƯỜI LẬP", "THỦ TRƯỞNG ĐƠN VỊ"),
        "don-vi-hoc-tap-cap-huyen-2020-2024-2023",
        OF_YEARS_PAST,
    ),
    Case(
        "trung_tam_mau",
        _subject(SubjectKind.LEARNING_CENTRE, "Trung tâm học tập cộng đồng xã Phú Túc", OFFICE),
        ("Trung tâm: Trung tâm học tập cộng đồng xã Phú Túc", "Địa bàn: Xã Phú Túc, tỉnh Gia Lai", DIFFICULT),
        ("NGƯỜI LẬP", "GIÁM ĐỐC TRUNG TÂM"),
        "trung-tam-hoc-tap-cong-dong-phieu-mau-2026",
    ),
    Case(
        "cong_dong_hoc_tap_xa",
        _subject(SubjectKind.COMMUNE, "Xã Phú Túc", OFFICE, {"citizens": 5200}),
        ("Cấp xã: Xã Phú Túc", "Thuộc: tỉnh Gia Lai", "Đặc điểm: 5.200 công dân; vùng khó khăn"),
        ("NGƯỜI LẬP", "TM. ỦY BAN NHÂN DÂN"),
        "cong-dong-hoc-tap-cap-xa-2026",
    ),
    Case(
        "cong_dong_hoc_tap_huyen",
        _subject(SubjectKind.DISTRICT, "Huyện Krông Pa", Place(4, "Huyện Krông Pa", "tỉnh Gia Lai", "district")),
        ("Cấp huyện: Huyện Krông Pa", "Thuộc: tỉnh Gia Lai"),
        ("NGƯỜI LẬP", "TM. ỦY BAN NHÂN DÂN"),
        "cong-dong-hoc-tap-cap-huyen-2024",
        OF_YEARS_PAST,
    ),
    Case(
        "cong_dong_hoc_tap_tinh",
        _subject(SubjectKind.PROVINCE, "Tỉnh Gia Lai", PROVINCE, {"citizens": 1_054_000}),
        ("Cấp tỉnh: Tỉnh Gia Lai", "Đặc điểm: 1.054.000 công dân"),
        ("NGƯỜI LẬP", "TM. ỦY BAN NHÂN DÂN"),
        "cong-dong-hoc-tap-cap-tinh-2026",
    ),
)
"""Every kind of subject at least once; points, points given and levels; official and sample sets."""


def best(indicator: Indicator, profile: Profile, on: date) -> Answer:
    """An answer that is worth the most."""
    match indicator.rule:
        case YesNoRule():
            return YesNo(True)
        case OneOfRule(options):
            return Chosen(options[0].id)
        case NumberRule(maximum=most, bands=bands):
            return Quantity(min(most, bands[-1].at_least))
        case ShareRule(whole_fact=fact):
            whole = profile.get(fact, 40) if fact else 40
            return Share(whole, whole)
        case PointsRule(maximum=most):
            return Quantity(most)
        case DerivedRule(whole_fact=fact):
            whole = profile.get(fact, 112) if fact else 112
            return Derived(whole - 1, whole, on)


def assessment_of(case: Case, *, but: Mapping[str, Answer] | None = None, left_open: int = 0) -> Assessment:
    """The sheet of a case, answered as well as can be, but for some answers and the last so many questions."""
    criteria, profile = case.criteria, case.subject.profile
    asked = applicable(criteria, profile)
    on = case.at.astimezone(TIMEZONE).date()
    answers = {i.id: best(i, profile, on) for i in asked[: len(asked) - left_open]} | dict(but or {})
    year = 2026 if criteria.is_in_force(on) and case.at is AT else 2023 if "tt22" in criteria.id else 2024
    state = AssessmentState.DRAFT if left_open else AssessmentState.HANDED_IN
    return Assessment(11, year, criteria, answers, state, handed_in_at=None if left_open else HANDED_IN_AT)


def document_of(
    case: Case, locale: str = "vi", *, but: Mapping[str, Answer] | None = None, left_open: int = 0
) -> SheetDocument:
    """What is printed of a case."""
    assessment = assessment_of(case, but=but, left_open=left_open)
    return sheet_document(assessment, case.subject, translator(locale), TIMEZONE, case.at)


def given(points: str) -> Quantity:
    """Points given outright."""
    return Quantity(Decimal(points))
