"""A household's sheet by hand, in both languages."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

from bot.i18n import translator
from bot.reports.sheet_data import SheetCriterion, SheetDocument, SheetLine, Translate
from bot.scoring.model import Standing, SubjectKind

vietnamese: Final[Translate] = translator("vi").text
english: Final[Translate] = translator("en").text


def line(
    number: str, name: str, question: str, answer: str, points: str, reason: str, article: str, of: str = "10"
) -> SheetLine:
    return SheetLine(number, name, question, answer, points, of, reason, article)


FAMILY: Final = SheetDocument(
    locale="vi",
    kind=SubjectKind.HOUSEHOLD,
    title="Gia đình học tập",
    subject_name="Nhà bác Rơ Châm H’Bia",
    place="Buôn Ƀhă, xã Phú Túc, tỉnh Gia Lai",
    year=2026,
    standing=Standing.SAMPLE,
    issuing_document="Khung Quyết định 448/QĐ-KHVN ngày 01/12/2015 của Hội Khuyến học Việt Nam",
    valid_from=date(2021, 1, 1),
    valid_until=date(2030, 12, 31),
    criteria=(
        SheetCriterion(
            "1",
            "Việc học của trẻ em trong gia đình",
            "25",
            "30",
            Fraction(25, 30),
            (
                line(
                    "1.1",
                    "Trẻ em đi học đúng tuổi",
                    "Các con trong tuổi đi học của gia đình có đang đi học không?",
                    "2/2 (100%)",
                    "10",
                    "Tất cả trẻ trong tuổi đều đi học.",
                    "QĐ 448/QĐ-KHVN, tiêu chí 1.1",
                ),
                line(
                    "1.2",
                    "Kết quả học tập và rèn luyện",
                    "Năm học vừa rồi, bao nhiêu con đạt kết quả từ trung bình trở lên và hạnh kiểm từ khá trở lên?",
                    "1/2 (50%)",
                    "5",
                    "Từ 50% đến dưới 100% được 5 điểm.",
                    "QĐ 448/QĐ-KHVN, tiêu chí 1.2",
                ),
                line(
                    "1.3",
                    "Lễ phép, tham gia hoạt động chung",
                    "Các con có lễ phép và tham gia hoạt động chung ở địa phương không?",
                    "Có",
                    "10",
                    "Trả lời “Có” được 10 điểm.",
                    "QĐ 448/QĐ-KHVN, tiêu chí 1.3",
                ),
            ),
        ),
        SheetCriterion(
            "2",
            "Việc học của người lớn",
            "30",
            "30",
            Fraction(1),
            (
                line(
                    "2.1",
                    "Người lớn biết chữ",
                    "Trong số người từ 19 đến 60 tuổi, bao nhiêu người đọc thông viết thạo (từ lớp 3 trở lên)?",
                    "3/3 (100%)",
                    "15",
                    "Tất cả người lớn biết chữ từ bậc 1 trở lên.",
                    "QĐ 448/QĐ-KHVN, tiêu chí 2.1",
                    "15",
                ),
                line(
                    "2.2",
                    "Người lớn học trong năm",
                    "Trong năm, bao nhiêu người lớn có học ít nhất một nội dung?",
                    "3/3 (100%)",
                    "15",
                    "Từ 80% trở lên được 15 điểm.",
                    "Phiếu mẫu, tiêu chí 2.2",
                    "15",
                ),
            ),
        ),
        SheetCriterion(
            "3",
            "Điều kiện học tập của gia đình",
            "20",
            "20",
            Fraction(1),
            (
                line(
                    "3.1",
                    "Góc học tập, sách báo",
                    "Nhà mình có chỗ ngồi học, sách báo hoặc điện thoại, máy tính dùng để học không?",
                    "Có đủ chỗ học và sách báo",
                    "10",
                    "Chọn mức cao nhất được 10 điểm.",
                    "Phiếu mẫu, tiêu chí 3.1",
                ),
                line(
                    "3.2",
                    "Quỹ khuyến học",
                    "Gia đình có để dành tiền cho việc học không?",
                    "Không áp dụng",
                    "10",
                    "Gia đình thuộc diện hộ nghèo nên câu này không tính; được tính đủ điểm.",
                    "Phiếu mẫu, tiêu chí 3.2",
                ),
            ),
        ),
        SheetCriterion(
            "4",
            "Tác động, hiệu quả học tập của các thành viên",
            "12",
            "20",
            Fraction(12, 20),
            (
                line(
                    "4.1",
                    "Áp dụng điều đã học vào làm ăn",
                    "Điều học được có giúp việc làm ăn, chăm sóc sức khỏe của gia đình tốt hơn không?",
                    "Có phần nào",
                    "7",
                    "Chọn mức “Có phần nào” được 7 điểm.",
                    "Phiếu mẫu, tiêu chí 4.1",
                ),
                line(
                    "4.2",
                    "Gia đình văn hóa",
                    "Gia đình có được công nhận “Gia đình văn hóa” trong năm không?",
                    "Đang chờ xét",
                    "5",
                    "Năm trước đạt, năm nay đang chờ xét: 5 điểm.",
                    "Phiếu mẫu, tiêu chí 4.2",
                ),
            ),
        ),
    ),
    total="87",
    max_total="100",
    total_text="87/100 điểm",
    reached=Fraction(87, 100),
    result="Gia đình học tập",
    is_title_reached=True,
    way_up=(
        "Để đạt danh hiệu “Gia đình học tập xuất sắc” cần thêm 3 điểm.",
        "1.2 Kết quả học tập và rèn luyện: có thể thêm 5 điểm.",
    ),
    handed_in_on=date(2026, 10, 12),
    printed_on=date(2026, 10, 13),
    told=("3 người lớn", "2 trẻ trong tuổi đi học"),
    check_code="K7PM-42QD",
    note="Một số câu của bộ mẫu là đề xuất; địa phương xem lại trước khi áp dụng.",
)
"""A realistic sheet, 25 + 30 + 20 + 12 = 87 points."""

FAMILY_IN_ENGLISH: Final = SheetDocument(
    locale="en",
    kind=SubjectKind.HOUSEHOLD,
    title="Learning Family",
    subject_name="Rơ Châm H’Bia’s family",
    place="Buôn Ƀhă, Phú Túc commune, Gia Lai province",
    year=2026,
    standing=Standing.LOCAL,
    issuing_document="Decision 448/QĐ-KHVN of 1 December 2015, as adopted by Decision 12/QĐ-UBND",
    valid_from=date(2026, 1, 1),
    valid_until=None,
    criteria=(
        SheetCriterion(
            "1",
            "Learning of the children",
            "25",
            "30",
            Fraction(25, 30),
            (
                line(
                    "1.1",
                    "Children at school",
                    "Do all children of school age in the family go to school?",
                    "2/2 (100%)",
                    "10",
                    "All children of school age go to school.",
                    "Decision 448, criterion 1.1",
                ),
                line(
                    "1.2",
                    "Results at school",
                    "How many children reached average results or better last school year?",
                    "1/2 (50%)",
                    "5",
                    "From 50% to under 100% is worth 5 points.",
                    "Decision 448, criterion 1.2",
                ),
                line(
                    "1.3",
                    "Good manners",
                    "Are the children polite?",
                    "Yes",
                    "10",
                    "Yes is worth 10 points.",
                    "own sample",
                ),
            ),
        ),
        SheetCriterion(
            "2",
            "Learning of the adults",
            "0",
            "30",
            Fraction(0),
            (
                line(
                    "2.1",
                    "Adults can read and write",
                    "How many of the adults between 19 and 60 can read and write well?",
                    "Not answered",
                    "0",
                    "Not answered yet.",
                    "Decision 448, criterion 2.1",
                    "30",
                ),
            ),
        ),
    ),
    total="25",
    max_total="60",
    total_text="25 of 60 points",
    reached=Fraction(25, 60),
    result="Not reached yet",
    is_title_reached=False,
    way_up=("23 more points would reach “Learning Family”.", "2.1 Adults can read and write: up to 30 points more."),
    handed_in_on=None,
    printed_on=date(2026, 10, 13),
    told=("1 adult", "2 children of school age"),
)
"""A draft, 25 + 0 = 25 points."""
