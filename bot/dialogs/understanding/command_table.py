"""The commands and every way to say one: names after a slash, and words."""

from __future__ import annotations

from enum import StrEnum

from bot.dialogs.understanding.phrases import Phrases, combined, listed


class Command(StrEnum):
    """What a person may ask for in the middle of any question."""

    START = "start"
    HELP = "help"
    WHY = "why"
    BACK = "back"
    LATER = "later"
    PAUSE = "pause"
    CONTINUE = "continue"
    CANCEL = "cancel"
    SUMMARY = "summary"
    HAND_IN = "hand_in"
    PRIVACY = "privacy"
    MY_DATA = "my_data"
    DELETE = "delete"
    LANGUAGE = "language"
    LINK = "link"
    RULES = "rules"
    TITLES = "titles"
    SHEETS = "sheets"
    DESK = "desk"
    VILLAGE = "village"
    PROGRESS = "progress"
    LAST_YEAR = "last_year"
    CLAN = "clan"


_SLASH_NAMES = {
    Command.START: "start batdau",
    Command.HELP: "help trogiup huongdan giup menu",
    Command.WHY: "why visao taisao",
    Command.BACK: "back quaylai trolai",
    Command.LATER: "later desau skip boqua",
    Command.PAUSE: "pause tamdung stop dung thoat",
    Command.CONTINUE: "continue tieptuc resume tiep",
    Command.CANCEL: "cancel huy",
    Command.SUMMARY: "summary tomtat xemlai",
    Command.HAND_IN: "submit nop handin nopphieu",
    Command.PRIVACY: "privacy riengtu quyenriengtu",
    Command.MY_DATA: "mydata dulieu dulieucuatoi",
    Command.DELETE: "delete xoa xoadulieu",
    Command.LANGUAGE: "language ngonngu",
    Command.LINK: "link lienket",
    Command.RULES: "rules tieuchi botieuchi criteria",
    Command.TITLES: "titles danhhieu title",
    Command.SHEETS: "sheets phieu phieucuatoi",
    Command.DESK: "desk banlamviec canbo",
    Command.VILLAGE: "village thon danhsach danhsachho cacho roll",
    Command.PROGRESS: "progress tiendo",
    Command.LAST_YEAR: "lastyear namngoai namtruoc",
    Command.CLAN: "clan dongho hothanhvien",
}
BY_SLASH = {name: command for command, names in _SLASH_NAMES.items() for name in names.split()}
"""{name after the slash, folded: command}"""

_I = "em, tôi, mình, tui, con, cháu"
_IN_A_WHILE = "lát, lát nữa, lát hồi, chút nữa, chút xíu nữa, xíu nữa, tí nữa, tẹo nữa, hồi nữa, chốc nữa"
_ANOTHER_TIME = "lúc khác, khi khác, bữa khác, bữa sau, hôm khác, ngày mai, mai mốt, tối nay, chiều nay"
_ANSWERING = "trả lời, trả lời sau, trả lời tiếp, làm, làm tiếp, làm sau, tính, nói, điền"
_A_MOMENT = "đi, đã, chút, một chút, chút đã, tí, xíu, một lát, lát, ở đây, tại đây, nha"

_WORDED = {
    Command.START: listed("bắt đầu, bắt đầu đi, bắt đầu nào, bắt đầu thôi, start, begin"),
    Command.HELP: listed(
        combined("giúp, giúp đỡ, trợ giúp, cứu", f", với, đỡ, {_I}"),
        combined("giúp, giúp đỡ, trợ giúp, cứu, hướng dẫn, chỉ, giải thích", _I, "với"),
        combined("không hiểu, chưa hiểu", ", gì, lắm, câu hỏi, gì hết", ", câu này, phần này, cái này"),
        combined("", "trả lời, phải làm, làm", "sao, thế nào, như thế nào, răng"),
        combined("không biết", "trả lời, làm", ", sao, thế nào, như thế nào"),
        "hướng dẫn, hướng dẫn thêm, giải thích, giải thích thêm, cần giúp, cần giúp đỡ, cách trả lời, chỉ cách làm",
        "là sao, là gì, nghĩa là sao, nghĩa là gì, ví dụ, cho ví dụ, menu, ?",
        "help, help me, help please, i dont understand, i do not understand, what does it mean, what, how",
    ),
    Command.WHY: listed(
        combined(
            "vì sao, tại sao, sao, sao lại, vì sao lại, tại sao lại", "hỏi, phải hỏi, hỏi vậy, hỏi thế, hỏi câu này"
        ),
        "vì sao, vì sao vậy, tại sao, tại sao vậy, hỏi làm gì, hỏi để làm gì, hỏi cái này làm gì, để làm gì",
        "hỏi chi, hỏi chi rứa, hỏi làm chi, vì răng, tại răng, răng hỏi, why, why ask, why do you ask",
    ),
    Command.BACK: listed(
        combined("quay lại, trở lại, lùi lại, về, quay về, trở về, xem, sửa", "câu trước, câu vừa rồi, câu hồi nãy"),
        "quay lại, trở lại, quay trở lại, quay ngược lại, lùi, lùi lại, quay về, trở về, trở ra, về trước, câu trước",
        "quay lui, lui, lui lại, trở lui, nhầm rồi quay lại, back, go back, previous, previous question",
    ),
    Command.LATER: listed(
        combined(", để", f"{_IN_A_WHILE}, {_ANOTHER_TIME}"),
        combined(", để", f"{_IN_A_WHILE}, {_ANOTHER_TIME}, mai, mốt, tối, chiều", f", {_I}", _ANSWERING),
        combined("để", "sau, sau đi, sau đã, mai, mai mốt, tối, chiều, =đó, =đó đã, sau trả lời"),
        combined("để", f", {_I}", "hỏi lại, hỏi lại đã, xem lại đã, trả lời sau"),
        "trả lời sau, làm sau, nói sau, bỏ qua, bỏ qua câu này, bỏ câu này, câu khác, qua câu khác, chưa trả lời được",
        "=chờ chút, chờ xíu, skip, skip it, later, answer later, not now, pass",
    ),
    Command.PAUSE: listed(
        combined("tạm dừng, tạm nghỉ, tạm ngưng, nghỉ, nghỉ tay, dừng, dừng lại, ngưng, ngừng", _A_MOMENT),
        "tạm dừng, tạm nghỉ, tạm ngưng, nghỉ, nghỉ tay, =dừng, dừng lại, ngưng, ngừng, dừng cuộc trò chuyện",
        "thôi, thôi thôi, =thôi vậy, thôi dừng, thôi nghỉ, thôi không làm nữa, không làm nữa, không trả lời nữa",
        "=bận, bận rồi, bận quá, đang bận, giờ bận rồi, mệt rồi, mệt quá, có việc rồi, có việc bận, mắc việc rồi",
        "mắc công chuyện, thoát, tạm biệt, đi ngủ đây, stop, pause, quit, exit, bye, bye bye, im busy, i am busy",
        "take a break",
    ),
    Command.CONTINUE: listed(
        combined("tiếp, tiếp tục, làm tiếp, hỏi tiếp, trả lời tiếp, mần tiếp", ", đi, nào, thôi"),
        "đi tiếp, tiếp theo, câu tiếp, câu tiếp theo, quay lại làm tiếp, continue, resume, go on",
    ),
    Command.CANCEL: listed(
        "hủy, hủy bỏ, hủy đi, =hủy hết, hủy phiếu, hủy thao tác, bỏ hết, không làm phiếu nữa, cancel"
    ),
    Command.SUMMARY: listed(
        combined("xem lại, kiểm tra lại", ", phiếu, câu trả lời, các câu trả lời, hết, tất cả"),
        "tóm tắt, tổng kết, xem phiếu, xem tóm tắt, xem tổng kết, xem các câu trả lời, cho xem lại, summary, review",
    ),
    Command.HAND_IN: listed(
        "nộp, =nộp luôn, nộp đi, =nộp bài, nộp phiếu, nộp phiếu đi, nộp phiếu luôn, nộp luôn phiếu, nộp hồ sơ",
        "nộp kết quả, gửi phiếu, gửi phiếu đi, submit, hand in",
    ),
    Command.PRIVACY: listed("quyền riêng tư, riêng tư, bảo mật, dữ liệu dùng làm gì, ai xem được, privacy"),
    Command.MY_DATA: listed(
        combined(", xem, tải, gửi", f"dữ liệu của {_I.replace(', ', ', dữ liệu của ')}"),
        "xem dữ liệu, tải dữ liệu, my data",
    ),
    Command.DELETE: listed(
        combined(
            "xóa, xóa hết", "dữ liệu, dữ liệu của tôi, dữ liệu của em, thông tin, thông tin của tôi, thông tin của em"
        ),
        "delete my data, delete data",
    ),
    Command.LANGUAGE: listed(
        "ngôn ngữ, đổi ngôn ngữ, đổi tiếng, tiếng anh, tiếng việt, language, change language, english, vietnamese",
    ),
    Command.LINK: listed(
        "liên kết, liên kết máy khác, liên kết điện thoại khác, =nối máy, đổi máy, đổi điện thoại, link, link account",
    ),
    Command.RULES: listed(
        combined(", xem, đọc, tra, tra cứu, tìm", "tiêu chí, các tiêu chí, bộ tiêu chí, các bộ tiêu chí"),
        "rules, read the rules, criteria, the criteria",
    ),
    Command.TITLES: listed(
        combined(", chọn, đánh giá, đổi", "danh hiệu khác, đánh giá danh hiệu khác"),
        "other title, another title, titles",
    ),
    Command.SHEETS: listed(
        combined(", xem, chọn", "phiếu của tôi, phiếu của mình, các phiếu, các phiếu của tôi, phiếu khác, đổi phiếu"),
        "my sheets, other sheet, another sheet",
    ),
    Command.VILLAGE: listed("danh sách hộ, danh sách các hộ, cả thôn, danh sách thôn, list of households, village"),
    Command.PROGRESS: listed("tiến độ, xem tiến độ, progress, show progress"),
    Command.LAST_YEAR: listed(
        "năm ngoái, so với năm ngoái, năm trước, so với năm trước, last year, compare with last year"
    ),
    Command.CLAN: listed(
        combined(", các, xem, xem các", "hộ thành viên, nhà thành viên, nhà trong họ, hộ trong họ"),
        "dòng họ nhà mình, dòng họ của mình, dòng họ của tôi, member households, my clan",
    ),
    Command.DESK: listed("bàn làm việc, về bàn làm việc, việc của cán bộ, desk, my desk"),
}
BY_WORDS = Phrases({phrase: command for command, phrases in _WORDED.items() for phrase in phrases})
"""Commands in words; a phrase has one meaning."""
