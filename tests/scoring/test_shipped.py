"""What every shipped set, the official ones, and the family sheet in particular promise."""

from __future__ import annotations

import re
from datetime import date
from importlib import resources
from unicodedata import normalize

import pytest

from bot.scoring.errors import BrokenCriteria
from bot.scoring.model import (
    CriteriaSet,
    Criterion,
    DerivedRule,
    Indicator,
    NumberRule,
    OneOfRule,
    PointsTitle,
    Provenance,
    ShareRule,
    Standing,
    SubjectKind,
    Text,
    WhenNotApplicable,
    YesNoRule,
)
from bot.scoring.parser import parse
from bot.scoring.shipped import load_shipped, read_shipped

SETS = load_shipped()
FAMILY = next(criteria for criteria in SETS if criteria.id == "gia_dinh_mau")
OFFICIAL = [criteria for criteria in SETS if criteria.standing is Standing.OFFICIAL]
FILES = {
    file.name: file.read_text("utf-8")
    for file in resources.files("bot.scoring").joinpath("criteria").iterdir()
    if file.name.endswith(".toml")
}
"""{file name: its text}."""
BUTTON_LIMIT = 28
DOCUMENT_NUMBER = re.compile(r"\d+(?:/\d{4})?/[A-ZĐ]+(?:-[A-ZĐ]+)+")
"""25/2023/TT-BGDĐT, 448/QĐ-KHVN."""


def texts_of(criteria: CriteriaSet) -> list[Text]:
    """Every text of a set that a person may read."""
    texts = [criteria.title, criteria.not_reached, *(t.name for t in criteria.titles)]
    texts += [criteria.note] if criteria.note else []
    for criterion in criteria.criteria:
        texts.append(criterion.title)
        for indicator in criterion.indicators:
            texts += texts_of_indicator(indicator)
    return texts


def texts_of_indicator(indicator: Indicator) -> list[Text]:
    texts = [indicator.question, indicator.why, indicator.example, indicator.short]
    texts += [text for text in (indicator.not_applicable_because, indicator.evidence) if text is not None]
    match indicator.rule:
        case OneOfRule(options):
            texts += [option.label for option in options]
        case NumberRule():
            texts.append(indicator.rule.unit)
        case ShareRule() | DerivedRule():
            texts += [indicator.rule.part_label, indicator.rule.whole_label]
        case _:
            pass
    return texts


@pytest.mark.parametrize("criteria", SETS, ids=lambda criteria: criteria.id)
def test_every_text_is_translated_and_composed(criteria: CriteriaSet) -> None:
    for text in texts_of(criteria):
        assert text.en, text.vi
        assert normalize("NFC", text.vi) == text.vi
        assert text.in_locale("en") != text.vi


@pytest.mark.parametrize("criteria", SETS, ids=lambda criteria: criteria.id)
def test_options_fit_on_a_button_of_a_phone(criteria: CriteriaSet) -> None:
    for indicator in criteria.indicators:
        if isinstance(indicator.rule, OneOfRule):
            assert len(indicator.rule.options) <= 4
            for option in indicator.rule.options:
                assert len(option.label.vi) <= BUTTON_LIMIT, option.label.vi


@pytest.mark.parametrize("criteria", SETS, ids=lambda criteria: criteria.id)
def test_texts_address_nobody_by_age_or_sex(criteria: CriteriaSet) -> None:
    address = re.compile(r"\b(bác|(?<!tiếng )anh|chị|ông|bà(?! con)|bạn|(?<!trẻ )em)\b", re.IGNORECASE)
    for text in texts_of(criteria):
        assert not address.search(text.vi), text.vi


@pytest.mark.parametrize("criteria", SETS, ids=lambda criteria: criteria.id)
def test_questions_are_short_enough_to_read_aloud(criteria: CriteriaSet) -> None:
    for indicator in criteria.indicators:
        sentences = re.split(r"(?<=[.?!])\s+", indicator.question.vi)
        assert len(sentences) <= 2, indicator.question.vi
        assert indicator.question.vi.count("?") == 1, indicator.question.vi
        assert all(len(sentence.split()) <= 24 for sentence in sentences), indicator.question.vi
        assert 2 <= len(indicator.short.vi.split()) <= 5, indicator.short.vi
        assert len(indicator.short.vi) <= BUTTON_LIMIT, indicator.short.vi


def codes_of(text: str) -> set[str]:
    """The codes of what is wrong with a criteria file."""
    result = parse(text, "sua.toml")
    return set() if isinstance(result, CriteriaSet) else {problem.code for problem in result}


@pytest.mark.parametrize("criteria", OFFICIAL, ids=lambda criteria: criteria.id)
def test_every_indicator_of_an_official_set_says_where_it_comes_from(criteria: CriteriaSet) -> None:
    document = DOCUMENT_NUMBER.search(criteria.issuing_document)
    assert document is not None, criteria.issuing_document
    for indicator in criteria.indicators:
        assert document[0] in indicator.article, indicator.id
        assert re.search(r"Điều \d+|[Pp]hụ lục", indicator.article), indicator.article
        assert indicator.provenance is Provenance.VERBATIM, indicator.id
        assert indicator.checked_on is not None, indicator.id
        assert indicator.checked_on >= criteria.valid_from, indicator.id
    for title in criteria.titles:
        assert title.article is not None, title.id
        assert document[0] in title.article, title.id


@pytest.mark.parametrize("criteria", OFFICIAL, ids=lambda criteria: criteria.id)
def test_an_official_set_holds_nothing_but_verbatim_facts(criteria: CriteriaSet) -> None:
    parts: list[Criterion | Indicator] = [*criteria.criteria, *criteria.indicators]

    assert {part.provenance for part in parts} == {Provenance.VERBATIM}


@pytest.mark.parametrize("name", [name for name, text in FILES.items() if 'standing = "official"' in text])
def test_an_official_set_with_one_fact_less_than_verbatim_is_refused(name: str) -> None:
    text = FILES[name]
    marks = list(re.finditer(r'^provenance = "verbatim"$', text, re.MULTILINE))
    assert marks
    assert not codes_of(text)
    for mark in marks:
        for other in Provenance:
            if other is not Provenance.VERBATIM:
                doctored = f'{text[: mark.start()]}provenance = "{other}"{text[mark.end() :]}'
                assert codes_of(doctored) == {"criteria.official_not_verbatim"}


@pytest.mark.parametrize("name", [name for name, text in FILES.items() if 'standing = "official"' in text])
def test_an_official_set_with_an_indicator_never_checked_is_refused(name: str) -> None:
    text = FILES[name]
    for mark in re.finditer(r"^checked_on = .*\n", text, re.MULTILINE):
        assert codes_of(text[: mark.start()] + text[mark.end() :]) == {"criteria.official_not_checked"}


@pytest.mark.parametrize("name", [name for name, text in FILES.items() if 'standing = "sample"' in text])
def test_a_sample_cannot_just_call_itself_official(name: str) -> None:
    doctored = FILES[name].replace('standing = "sample"', 'standing = "official"')

    assert "criteria.official_not_verbatim" in codes_of(doctored)


@pytest.mark.parametrize("criteria", SETS, ids=lambda criteria: criteria.id)
def test_whatever_is_not_official_says_so_in_its_note(criteria: CriteriaSet) -> None:
    if criteria.standing is Standing.SAMPLE:
        assert criteria.note is not None
        assert "phiếu mẫu" in criteria.note.vi.lower()


@pytest.mark.parametrize(
    ("set_id", "last_day"),
    [
        ("cong_dong_hoc_tap_xa", None),
        ("cong_dong_hoc_tap_huyen", date(2025, 6, 30)),
        ("cong_dong_hoc_tap_tinh", None),
    ],
)
def test_the_rules_of_learning_communities_hold_as_long_as_their_level_of_government(
    set_id: str, last_day: date | None
) -> None:
    """Thông tư 25/2023/TT-BGDĐT is in force from 12/02/2024; districts ended on 01/07/2025."""
    criteria = next(criteria for criteria in SETS if criteria.id == set_id)

    assert criteria.standing is Standing.OFFICIAL
    assert (criteria.valid_from, criteria.valid_until) == (date(2024, 2, 12), last_day)
    assert criteria.note is not None
    assert "01/7/2025" in criteria.note.vi


def test_the_family_sheet_is_a_sample_for_2021_to_2030() -> None:
    assert FAMILY.subject is SubjectKind.HOUSEHOLD
    assert FAMILY.standing is Standing.SAMPLE
    assert FAMILY.note is not None
    assert not FAMILY.is_in_force(date(2020, 12, 31))
    assert FAMILY.is_in_force(date(2021, 1, 1))
    assert FAMILY.is_in_force(date(2026, 11, 20))
    assert FAMILY.is_in_force(date(2030, 12, 31))
    assert not FAMILY.is_in_force(date(2031, 1, 1))


def test_the_family_sheet_has_the_frame_of_four_criteria() -> None:
    """QĐ 448/QĐ-KHVN: trẻ em 30 điểm, người lớn 30 điểm; 100 điểm và cách chia còn lại là của phiếu mẫu."""
    assert [criterion.max_points for criterion in FAMILY.criteria] == [30, 30, 20, 20]
    assert FAMILY.max_total == 30 + 30 + 20 + 20
    assert len(FAMILY.indicators) == 12


def test_only_the_four_published_indicators_are_called_verbatim() -> None:
    """QĐ 448/QĐ-KHVN, tiêu chí 1.1, 1.2, 1.3, 2.1: mỗi tiêu chí 10 điểm."""
    verbatim = [i for i in FAMILY.indicators if i.provenance is Provenance.VERBATIM]

    assert [i.id for i in verbatim] == ["tre_em_di_hoc", "tre_em_ket_qua", "tre_em_nep_song", "nguoi_lon_biet_chu"]
    assert [i.max_points for i in verbatim] == [10, 10, 10, 10]
    assert all(i.article.startswith("QĐ 448/QĐ-KHVN, tiêu chí") for i in verbatim)
    others = [i for i in FAMILY.indicators if i not in verbatim]
    assert {i.provenance for i in others} == {Provenance.OWN_SAMPLE}
    assert all("Phiếu mẫu" in i.article for i in others)


def test_the_pass_mark_is_the_samples_and_says_so() -> None:
    (title,) = FAMILY.titles

    assert isinstance(title, PointsTitle)
    assert title.min_total == 80
    assert title.article is None
    assert FAMILY.note is not None
    assert "80 điểm là mức tạm của phiếu mẫu" in FAMILY.note.vi


def test_families_without_school_age_children_get_the_full_points_with_the_reason() -> None:
    for indicator in FAMILY.criteria[0].indicators:
        assert indicator.applies_when is not None
        assert indicator.not_applicable is WhenNotApplicable.FULL_POINTS
        assert indicator.not_applicable_because is not None
        assert "phiếu mẫu" in indicator.not_applicable_because.vi


def test_the_published_exemptions_are_in_the_questions() -> None:
    """QĐ 448/QĐ-KHVN, 1.1: trừ ốm đau, bệnh tật; 2.1: trừ người không có khả năng học tập."""
    at_school, can_read = FAMILY.indicator("tre_em_di_hoc"), FAMILY.indicator("nguoi_lon_biet_chu")
    assert at_school is not None
    assert can_read is not None

    assert "ốm đau, bệnh tật" in at_school.question.vi
    assert "không có khả năng học tập" in can_read.question.vi


def test_the_family_sheet_uses_several_kinds_of_answers_and_asks_for_some_evidence() -> None:
    kinds = {type(indicator.rule) for indicator in FAMILY.indicators}
    wholes = {i.rule.whole_fact for i in FAMILY.indicators if isinstance(i.rule, ShareRule)}

    assert kinds == {YesNoRule, OneOfRule, NumberRule, ShareRule}
    assert wholes == {"adults", "school_age_children", None}
    assert 3 <= sum(i.evidence is not None for i in FAMILY.indicators) <= 4


def test_a_broken_shipped_file_says_all_its_problems() -> None:
    with pytest.raises(BrokenCriteria, match=r"hong.toml, line 1: .*\n.*hong.toml, line 1: "):
        read_shipped("hong.toml", b'id = "hong"\n')
