"""The copy of a family's data can be read aloud, and read by a machine; everything kept is in it."""

from __future__ import annotations

import codecs
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from bot.dialogs.facts import (
    AssessmentState,
    Role,
    RoleKind,
)
from bot.dialogs.places import Place
from bot.i18n import LOCALES, translator
from bot.messages import MESSAGES
from bot.ports import PersonRecord
from bot.reports.my_data import Kept, my_data
from bot.scoring.model import PointsTitle, SubjectKind, Text
from bot.scoring.shipped import load_shipped
from bot.services.rules import Rulebook
from tests.reports.records import AT, DRAFT, FAMILY, HANDED_IN, HOUSEHOLD, KEPT, NOT_REGISTERED, RULEBOOK, TIMEZONE


def copy_of(person: PersonRecord = FAMILY, kept: Kept | None = KEPT, locale: str = "vi") -> bytes:
    return my_data(person, kept, RULEBOOK, translator(locale), TIMEZONE, AT)


def lines_of(person: PersonRecord = FAMILY, kept: Kept | None = KEPT, locale: str = "vi") -> list[str]:
    return copy_of(person, kept, locale).decode("utf-8-sig").split("\r\n")


def records_in(copy: bytes) -> Any:  # noqa: ANN401 - JSON
    text = copy.decode("utf-8-sig")
    return json.loads(text[text.index("\r\n{\r\n") :])


def after(lines: list[str], start: str) -> list[str]:
    """The lines from the one that begins so to the next empty one."""
    (first,) = [number for number, line in enumerate(lines) if line.startswith(start)]
    return lines[first : lines.index("", first)]


def with_rows(table: str, *rows: Mapping[str, object]) -> Kept:
    return {**KEPT, table: rows}


def test_old_programs_see_that_it_is_unicode_and_where_lines_end() -> None:
    copy = copy_of()
    assert copy.startswith(codecs.BOM_UTF8 + "BẢN SAO DỮ LIỆU".encode())
    assert copy.count(b"\n") == copy.count(b"\r\n")


def test_who_where_and_how_many() -> None:
    assert after(lines_of(), "1. ") == [
        "1. GIA ĐÌNH",
        "Tên gọi: Nhà bác Rơ Châm H’Bia",
        "Nơi ở: Buôn Ƀhă, xã Phú Túc, tỉnh Gia Lai",
        "Đặc điểm: 3 người lớn; 2 trẻ trong tuổi đi học",
    ]


def test_every_consent_with_version_and_local_time_also_withdrawn_ones() -> None:
    assert after(lines_of(), "2. ")[1:] == [
        "Đã đồng ý với bản 2025-01 lúc 07:00 01/01/2025.",
        "Đã rút lại lúc 11:05 03/02/2025.",
        "Đã đồng ý với bản 2026-11 lúc 08:00 01/10/2026.",
    ]


def test_channels_are_named_and_unknown_ones_by_their_code() -> None:
    assert after(lines_of(), "3. ")[1:] == [
        "Telegram, từ lúc 09:15 02/10/2026",
        "trang web, từ lúc 09:15 03/10/2026",
        "loa-phuong, từ lúc 09:15 03/10/2026",
    ]


def test_the_state_its_steps_and_the_score() -> None:
    assert after(lines_of(), "4. ") == [
        "4. PHIẾU TỰ ĐÁNH GIÁ NĂM 2026",
        "Tình trạng: Đã nộp lúc 00:05 13/10/2026, đang chờ thôn bình xét. Danh hiệu chỉ có khi được công nhận.",
        "Các bước đã qua:",
        "  - 09:15 02/10/2026: nộp phiếu",
        "  - 09:15 03/10/2026: được trả lại để bổ sung",
        "    Lý do: Thiếu giấy khen",
        "  - 00:05 13/10/2026: nộp phiếu",
        "86/100 điểm. Tạm tính: Gia đình học tập",
        "PHIẾU MẪU: chưa phải bộ tiêu chí chính thức, kết quả chỉ để tham khảo.",
    ]


def test_an_older_year_keeps_its_result() -> None:
    assert after(lines_of(), "5. ")[:3] == [
        "5. PHIẾU TỰ ĐÁNH GIÁ NĂM 2025",
        "Tình trạng: Đã được công nhận danh hiệu.",
        "82,5/100 điểm. Tạm tính: Gia đình học tập",
    ]


@pytest.mark.parametrize(
    ("total", "title_id", "words"),
    [
        (Decimal("12.5"), None, "12,5/100 điểm. Tạm tính: Chưa đạt"),
        (None, None, "Chưa có điểm."),
        (None, "gia_dinh_hoc_tap", "Tạm tính: Gia đình học tập"),
    ],
)
def test_an_older_result_is_said_as_far_as_it_was_kept(total: Decimal | None, title_id: str | None, words: str) -> None:
    older = {**KEPT["assessment"][0], "total": total, "title_id": title_id}
    assert words in after(lines_of(kept=with_rows("assessment", older)), "4. ")


def test_an_answer_says_when_and_through_which_channel_and_what_was_said_before() -> None:
    lines = lines_of()
    first = lines.index("3.1. Nhà mình có chỗ ngồi học đủ sáng không?")
    assert lines[first + 1 : first + 3] == [
        "  Trả lời: Có (lúc 09:15 03/10/2026, qua Telegram)",
        "  Trước đó: Chưa (lúc 09:15 02/10/2026, qua Telegram)",
    ]


def test_files_say_type_size_and_when() -> None:
    assert after(lines_of(), "1.2. ")[1:] == [
        "  Trả lời: 1/2 (50%) (lúc 09:15 03/10/2026, qua trang web)",
        "  Minh chứng: 2 tệp",
        "  - Ảnh (image/jpeg, 1,2 MB), gửi lúc 09:15 03/10/2026",
        "  - Tài liệu (application/pdf, không rõ cỡ), gửi lúc 09:15 03/10/2026",
        "    giấy khen năm 2026.pdf",
        "    Tệp này không tải về được.",
    ]


@pytest.mark.parametrize(
    ("size", "words"), [(1, "1 KB"), (1_001, "2 KB"), (999_001, "1000 KB"), (2_000_000, "2 MB"), (0, "không rõ cỡ")]
)
def test_sizes_are_rounded_for_people(size: int, words: str) -> None:
    photo = {**KEPT["evidence"][0], "size": size}
    assert f"(image/jpeg, {words})" in "\n".join(lines_of(kept=with_rows("evidence", photo)))


def test_an_answer_to_a_retired_question_is_not_lost() -> None:
    stored = json.dumps(KEPT["answer"][3]["value"])
    assert after(lines_of(), "Câu cũ, nay không còn trong bộ tiêu chí: cau_cu")[1] == (
        f"  Trả lời: {stored} (lúc 09:15 03/10/2026, qua Telegram)"
    )


def test_a_stored_value_that_cannot_be_read_any_more_is_shown_as_it_is() -> None:
    odd = {**KEPT["answer"][1], "value": {"of": "long ago"}}
    assert '  Trả lời: {"of": "long ago"} (lúc 09:15 03/10/2026, qua Telegram)' in lines_of(
        kept=with_rows("answer", odd)
    )


def test_rules_that_are_gone_do_not_keep_the_copy_back() -> None:
    gone = {**KEPT["assessment"][1], "set_id": "bo_cu"}
    person = replace(FAMILY, assessment=replace(HANDED_IN, set_id="bo_cu"))
    copy = copy_of(person, with_rows("assessment", gone))
    assert "Bộ tiêu chí bo_cu, bản 1, không còn ở đây." in copy.decode()
    assert records_in(copy)["answer"] == records_in(copy_of())["answer"]


def test_every_record_is_there_for_machines() -> None:
    records = records_in(copy_of())
    assert set(records) == set(KEPT)
    for table, rows in KEPT.items():
        assert len(records[table]) == len(rows)
        for record, row in zip(records[table], rows, strict=True):
            for name, value in row.items():
                shown = value.isoformat() if isinstance(value, datetime) else value
                assert record[name] == (str(shown) if isinstance(shown, Decimal) else shown), (table, name)


def test_typed_line_ends_do_not_forge_lines_nor_break_the_records() -> None:
    sly = replace(FAMILY, subject=replace(HOUSEHOLD, name='Bà Tư\r\n{\r\n"6. GIẢ'))
    kept = with_rows("review", {**KEPT["review"][1], "reason": "dòng một\ndòng hai"})
    copy = copy_of(sly, kept)
    assert 'Tên gọi: Bà Tư { "6. GIẢ\r\n' in copy.decode()
    assert "Lý do: dòng một dòng hai\r\n" in copy.decode()
    assert records_in(copy)["review"][0]["reason"] == "dòng một\ndòng hai"


def test_half_a_character_does_not_keep_the_copy_back() -> None:
    broken = replace(FAMILY, subject=replace(HOUSEHOLD, name="Bà \ud83d Tư"))
    assert "Tên gọi: Bà ? Tư" in copy_of(broken).decode()


def test_a_value_of_an_unknown_type_is_a_fault() -> None:
    with pytest.raises(TypeError, match="object"):
        copy_of(kept={"person": [{"id": object()}]})


# --- without the export, and for people who have little ---------------------------------------------------------------


def test_without_the_export_the_record_tells_what_it_can() -> None:
    lines = lines_of(kept=None)
    assert "86/100 điểm. Tạm tính: Gia đình học tập" in lines
    assert "Đã đồng ý với bản 2026-11 lúc 08:00 01/10/2026." in lines
    assert after(lines, "1.2. ")[1:] == ["  Trả lời: 1/2 (50%)", "  Minh chứng: 2 tệp"]
    assert sum(line.startswith("  Trả lời: ") for line in lines) == len(HANDED_IN.answers)
    assert not any("JSON" in line for line in lines)


def test_a_draft_says_what_is_open() -> None:
    assert after(lines_of(DRAFT, None), "3. ")[1:] == [
        "Tình trạng: Đang làm.",
        "18/100 điểm. Tạm tính: Chưa đạt",
        "PHIẾU MẪU: chưa phải bộ tiêu chí chính thức, kết quả chỉ để tham khảo.",
        "Còn 10 câu chưa trả lời.",
    ]


def test_a_sheet_without_answers_says_so() -> None:
    empty = replace(FAMILY, assessment=replace(HANDED_IN, answers={}, evidence={}, state=AssessmentState.DRAFT))
    assert "Chưa trả lời câu nào." in lines_of(empty, None)


@pytest.mark.parametrize("kept", [None, {}, {"person": [{"id": 6}]}])
def test_who_has_not_registered_gets_a_copy_too(kept: Kept | None) -> None:
    lines = lines_of(NOT_REGISTERED, kept)
    assert "Chưa đăng ký." in lines
    assert "Chưa đồng ý lần nào." in lines
    assert "Chưa có phiếu nào." in lines


@pytest.mark.parametrize("person", [FAMILY, DRAFT, NOT_REGISTERED], ids=["handed in", "draft", "nobody"])
@pytest.mark.parametrize("locale", LOCALES)
def test_the_same_records_in_every_language(person: PersonRecord, locale: str) -> None:
    copy = copy_of(person, locale=locale)
    assert "%(" not in copy.decode()
    assert records_in(copy) == records_in(copy_of())


def test_english_readers_get_questions_and_answers_in_english() -> None:
    text = copy_of(kept=None, locale="en").decode()
    assert "2.3. Do the adults often read" in text
    assert "Learning family" in text
    assert "Nhà mình có chỗ" not in text


@pytest.mark.parametrize("state", AssessmentState)
def test_every_state_and_step_has_words(state: AssessmentState) -> None:
    assert f"copy.step.{state.value}" in MESSAGES
    sheet = {**KEPT["assessment"][1], "state": state}
    step = {"assessment_id": 11, "to_state": state, "at": datetime(2026, 10, 2, tzinfo=UTC), "reason": ""}
    kept: Kept = {"assessment": [sheet], "review": [step]}
    assert any(line.startswith("  - 07:00 02/10/2026: ") for line in lines_of(kept=kept))


# --- people who assess more than a family, or answer for a place ------------------------------------------------------

_DAY = date(2026, 1, 5)
OFFICE: Kept = {
    "person": [{"id": 5}],
    "consent": [],
    "account": [],
    "subject": [
        {"id": 7, "kind": SubjectKind.HOUSEHOLD, "name": "Bà Tư", "place_id": 3, "told": {"adults": 1}},
        {"id": 8, "kind": SubjectKind.COMMUNE, "name": "Xã Phú Túc", "place_id": 2, "told": {"citizens": 5200}},
        {"id": 9, "kind": SubjectKind.PROVINCE, "name": "Tỉnh Gia Lai", "place_id": 1, "told": {}},
    ],
    "place": [
        {"id": 1, "name": "Tỉnh Gia Lai", "within": ""},
        {"id": 2, "name": "Xã Phú Túc", "within": "tỉnh Gia Lai"},
        {"id": 3, "name": "Buôn Ƀhă", "within": "xã Phú Túc, tỉnh Gia Lai"},
    ],
    "role": [
        {"role": RoleKind.OFFICER, "place_id": 2, "since": _DAY, "until": None},
        {"role": RoleKind.VILLAGE_HEAD, "place_id": 3, "since": _DAY, "until": date(2026, 6, 30)},
    ],
    "assessment": [
        {**KEPT["assessment"][1], "subject_id": 7},
        {
            **KEPT["assessment"][1],
            "id": 12,
            "year": 2025,
            "subject_id": 8,
            "set_id": "cong_dong_hoc_tap_xa",
            "total": Decimal(0),
            "title_id": "muc_do_1",
            "state": AssessmentState.CONFIRMED,
        },
    ],
    "upload": [
        {"name": "tieu chi.xlsx", "mime": "application/xlsx", "size": 20_500, "state": "read", "created_at": AT},
        {"name": "", "mime": "application/xlsx", "size": 9, "state": "failed", "created_at": AT},
    ],
    "adoption": [
        {
            "set_id": "gia_dinh_xa",
            "version": "2",
            "decision_number": "12/QĐ-UBND",
            "decided_on": _DAY,
            "adopted_at": AT,
            "valid_from": date(2026, 12, 1),
            "valid_until": None,
        },
        {
            "set_id": "xa_tt44",
            "version": "3",
            "decision_number": "1903/QĐ-UBND",
            "decided_on": _DAY,
            "adopted_at": AT,
            "valid_from": date(2015, 1, 25),
            "valid_until": date(2024, 2, 11),
        },
    ],
}
"""What is kept about somebody who fills in sheets of a family and of two places, and has adopted criteria."""


def test_everything_that_somebody_assesses_is_named_with_its_place_and_numbers() -> None:
    lines = lines_of(kept=OFFICE)
    assert after(lines, "1. ") == [
        "1. GIA ĐÌNH",
        "Tên gọi: Bà Tư",
        "Nơi ở: Buôn Ƀhă, xã Phú Túc, tỉnh Gia Lai",
        "Đặc điểm: 1 người lớn",
    ]
    assert after(lines, "2. ") == [
        "2. CẤP XÃ",
        "Tên gọi: Xã Phú Túc",
        "Thuộc: tỉnh Gia Lai",
        "Đặc điểm: 5.200 công dân",
    ]
    assert after(lines, "3. ") == ["3. CẤP TỈNH", "Tên gọi: Tỉnh Gia Lai"]


def test_roles_are_said_with_their_days() -> None:
    assert after(lines_of(kept=OFFICE), "5. ") == [
        "5. VAI TRÒ",
        "Cán bộ phụ trách Xã Phú Túc, tỉnh Gia Lai",
        "  Từ ngày 05/01/2026.",
        "Trưởng thôn, chi hội khuyến học: Buôn Ƀhă, xã Phú Túc, tỉnh Gia Lai",
        "  Từ ngày 05/01/2026 đến hết ngày 30/06/2026.",
    ]


def test_each_of_several_sheets_says_whose_it_is_and_what_was_reached() -> None:
    lines = lines_of(kept=OFFICE)
    assert after(lines, "6. ")[:2] == ["6. PHIẾU TỰ ĐÁNH GIÁ NĂM 2026", "Của: Bà Tư"]
    assert after(lines, "7. ") == [
        "7. PHIẾU TỰ ĐÁNH GIÁ NĂM 2025",
        "Của: Xã Phú Túc",
        "Tình trạng: Đã được xác nhận, đang chờ thẩm định.",
        "Tạm tính: Cộng đồng học tập cấp xã, mức độ 1",
        "Theo bộ tiêu chí chính thức: Thông tư 25/2023/TT-BGDĐT ngày 27/12/2023 của Bộ Giáo dục và Đào tạo.",
        "Chưa trả lời câu nào.",
    ]


def test_files_sent_in_and_criteria_adopted_are_listed() -> None:
    lines = lines_of(kept=OFFICE)
    assert after(lines, "8. ") == [
        "8. TỆP TIÊU CHÍ ĐÃ GỬI",
        "Tệp (application/xlsx, 21 KB), gửi lúc 01:30 22/11/2026",
        "  tieu chi.xlsx",
        "Tệp (application/xlsx, 1 KB), gửi lúc 01:30 22/11/2026",
        "  Tệp này không tải về được.",
    ]
    assert after(lines, "9. ") == [
        "9. BỘ TIÊU CHÍ ĐÃ BAN HÀNH",
        "Quyết định số 12/QĐ-UBND, ký ngày 05/01/2026, ban hành lúc 01:30 22/11/2026",
        "  Bộ tiêu chí gia_dinh_xa, bản 2",
        "  Bộ tiêu chí áp dụng từ ngày 01/12/2026",
        "Quyết định số 1903/QĐ-UBND, ký ngày 05/01/2026, ban hành lúc 01:30 22/11/2026",
        "  Bộ tiêu chí xa_tt44, bản 3",
        "  Bộ tiêu chí áp dụng từ ngày 25/01/2015 đến hết ngày 11/02/2024",
    ]
    assert lines.index("9. BỘ TIÊU CHÍ ĐÃ BAN HÀNH") < next(
        n for n, x in enumerate(lines) if x.startswith("10. TOÀN BỘ")
    )


@pytest.mark.parametrize("locale", LOCALES)
def test_a_copy_of_everything_has_no_gap_in_any_language(locale: str) -> None:
    text = copy_of(kept=OFFICE, locale=locale).decode()
    assert "%(" not in text
    assert ("VAI TRÒ" in text, "ROLES" in text) == (locale == "vi", locale == "en")


def test_roles_are_known_without_the_export_too() -> None:
    officer = replace(NOT_REGISTERED, roles=(Role(RoleKind.OFFICER, Place(1, "Tỉnh Gia Lai", "", "province")),))
    lines = lines_of(officer, None)
    assert after(lines, "3. ") == ["3. VAI TRÒ", "Cán bộ phụ trách Tỉnh Gia Lai"]


def test_an_older_total_between_two_titles_is_not_called_not_reached() -> None:
    """TT 44/2014/TT-BGDĐT names 'Khá' to 84 and 'Tốt' from 85: 84.5 was no 'Chưa đạt'."""
    (shipped,) = [s for s in load_shipped() if s.id == "gia_dinh_mau"]
    titles = (
        PointsTitle("tot", Text("Tốt"), Decimal(85)),
        PointsTitle("kha", Text("Khá"), Decimal(70), up_to=Decimal(84)),
    )
    rulebook = Rulebook([replace(shipped, titles=titles)])

    def said(total: str, title_id: str | None) -> str:
        row = {**KEPT["assessment"][0], "total": Decimal(total), "title_id": title_id}
        text = my_data(FAMILY, {"assessment": [row]}, rulebook, translator("vi"), TIMEZONE, AT).decode("utf-8-sig")
        return after(text.split("\r\n"), "3. ")[2]

    assert said("84.5", None) == "84,5/100 điểm."
    assert said("84", "kha") == "84/100 điểm. Tạm tính: Khá"
    assert said("69", None) == "69/100 điểm. Tạm tính: Chưa đạt"
