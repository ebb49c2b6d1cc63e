"""Commands, typed with a slash or in words that are nothing but the command."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from bot.dialogs.understanding.courtesy import BARE_KIN, ENDINGS, OPENING_PHRASES
from bot.dialogs.understanding.phrases import Phrases, combined, cores, listed, words
from bot.dialogs.understanding.text import fold, understandable, visible
from bot.dialogs.understanding.yes_no import SPELLINGS


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


_SLASH = {
    Command.START: "start batdau",
    Command.HELP: "help trogiup huongdan giup menu",
    Command.WHY: "why visao taisao",
    Command.BACK: "back quaylai trolai",
    Command.LATER: "later desau skip boqua",
    Command.PAUSE: "pause tamdung stop dung",
    Command.CONTINUE: "continue tieptuc resume tiep",
    Command.CANCEL: "cancel huy",
    Command.SUMMARY: "summary tomtat xemlai",
    Command.HAND_IN: "submit nop handin nopphieu",
    Command.PRIVACY: "privacy riengtu quyenriengtu",
    Command.MY_DATA: "mydata dulieu dulieucuatoi",
    Command.DELETE: "delete xoa xoadulieu",
    Command.LANGUAGE: "language ngonngu",
    Command.LINK: "link lienket",
}
_BY_SLASH = {name: command for command, names in _SLASH.items() for name in names.split()}

_HELPED = ("", "với", "em với", "tôi với", "mình với", "em", "tôi", "mình", "đỡ", "tui với", "con với", "cháu với")
_THIS = ("", "câu này", "phần này", "cái này")
_NOT_UNDERSTOOD = ("không hiểu", "chưa hiểu", "không hiểu gì", "không hiểu lắm", "chưa hiểu lắm", "không hiểu câu hỏi")
_WORDED = {
    Command.START: ("bắt đầu, start, bắt đầu đi, bắt đầu nào, bắt đầu thôi, begin",),
    Command.HELP: (
        combined(("giúp", "giúp đỡ", "trợ giúp", "cứu"), _HELPED),
        combined(("hướng dẫn", "chỉ", "giải thích"), ("em với", "tôi với", "mình với", "giúp", "thêm", "tui với")),
        combined(_NOT_UNDERSTOOD, _THIS),
        "hướng dẫn, giải thích, ?, help, help me, help please, menu, làm sao, làm thế nào, làm như thế nào",
        "phải làm sao",
        "trả lời sao, trả lời thế nào, trả lời như thế nào, là sao, nghĩa là sao, nghĩa là gì, là gì, ví dụ, cho ví dụ",
        "i dont understand, what does it mean, what, how, cách trả lời, cần giúp, cần giúp đỡ, chỉ cách làm",
        "không biết trả lời sao, không biết trả lời thế nào, không biết làm, không biết làm sao",
    ),
    Command.WHY: (
        combined(
            ("vì sao", "tại sao", "sao lại", "sao", "làm sao"),
            ("hỏi", "lại hỏi", "phải hỏi", "hỏi vậy", "hỏi thế", "hỏi câu này"),
        ),
        "vì sao, tại sao, tại sao vậy, vì sao vậy, hỏi làm gì, hỏi để làm gì, để làm gì, why, why do you ask, why ask",
        "hỏi cái này làm gì, hỏi chi, hỏi chi rứa, hỏi làm chi, vì răng, tại răng, răng hỏi, vì sao lại hỏi câu này",
    ),
    Command.BACK: (
        combined(
            ("quay lại", "trở lại", "lùi lại", "về", "quay về", "trở về", "xem", "sửa"),
            ("câu trước", "câu vừa rồi", "câu hồi nãy"),
        ),
        "quay lại, trở lại, lùi, lùi lại, quay về, quay lui, lui lại, trở lui, back, go back, câu trước",
        "previous, về trước",
        "quay trở lại, trở về, trở ra, sửa câu trước, =lui, nhầm rồi quay lại, quay ngược lại, previous question",
    ),
    Command.LATER: (
        combined(
            (
                "để sau",
                "để lát",
                "để lát nữa",
                "lát nữa",
                "lát",
                "chút nữa",
                "tí nữa",
                "lúc khác",
                "khi khác",
                "bữa khác",
                "hôm khác",
                "mai",
                "ngày mai",
                "mốt",
                "tối",
                "chiều",
                "sau",
            ),
            ("trả lời", "trả lời sau", "làm", "tính", "nói", "trả lời tiếp", "làm tiếp", "điền"),
        ),
        "để sau, để sau đi, lát nữa, lát, chút nữa, tí nữa, lúc khác, khi khác, bữa khác, hôm khác",
        "để lát nữa, để lát, để mai",
        "để mai mốt, để khi khác, để lúc khác, để bữa khác, để bữa sau, trả lời sau, làm sau, nói sau, bỏ qua",
        "bỏ qua câu này",
        "bỏ câu này, qua câu khác, câu khác, skip, skip it, later, answer later, not now, để đó, để đó đã",
        "=chờ chút, chờ xíu",
        "chút xíu nữa, xíu nữa, lát hồi, hồi nữa, để hồi nữa, chốc nữa, để chốc nữa, tẹo nữa, để tối",
        "để chiều, để sau đã",
        "để em hỏi lại, để tôi hỏi lại, để hỏi lại, để hỏi lại đã, để mình hỏi lại, để xem lại đã",
        "chưa trả lời được, pass",
    ),
    Command.PAUSE: (
        combined(
            ("tạm dừng", "tạm nghỉ", "nghỉ", "nghỉ tay", "dừng", "dừng lại", "tạm ngưng", "ngưng", "ngừng"),
            ("đi", "đã", "chút", "một chút", "chút đã", "tí", "xíu", "một lát", "lát", "ở đây", "tại đây"),
        ),
        "tạm dừng, tạm nghỉ, =nghỉ, nghỉ tay, =dừng, tạm ngưng, ngưng, ngừng, dừng lại",
        "=thôi, thôi dừng, thôi nghỉ, =thôi vậy, thôi thôi, thôi không làm nữa, không làm nữa",
        "không trả lời nữa, =thôi nghen",
        "bận rồi, =bận, đang bận, em đang bận, tôi đang bận, giờ bận rồi, bận quá, mệt rồi, mệt quá, stop",
        "pause, quit, exit, thoát",
        "có việc rồi, có việc bận, mắc việc rồi, mắc công chuyện, im busy, i am busy, take a break",
        "dừng cuộc trò chuyện",
    ),
    Command.CONTINUE: (
        "tiếp tục, tiếp, làm tiếp, tiếp đi, tiếp tục đi, tiếp nào, tiếp tục nào, đi tiếp, trả lời tiếp",
        "hỏi tiếp, hỏi tiếp đi",
        "tiếp theo, câu tiếp, câu tiếp theo, làm tiếp đi, mần tiếp, quay lại làm tiếp, continue, resume",
        "go on, tiếp tục thôi",
    ),
    Command.CANCEL: ("hủy, hủy bỏ, hủy đi, =hủy hết, cancel, bỏ hết, hủy phiếu, không làm phiếu nữa, hủy thao tác",),
    Command.SUMMARY: (
        "tóm tắt, xem lại, xem lại phiếu, xem phiếu, xem lại câu trả lời, xem các câu trả lời, xem tóm tắt",
        "summary, review",
        "xem tổng kết, tổng kết, kiểm tra lại, cho xem lại, xem lại hết, xem lại tất cả, cho em xem lại",
        "cho tôi xem lại",
    ),
    Command.HAND_IN: (
        "=nộp, nộp phiếu, nộp phiếu đi, nộp đi, =nộp luôn, =nộp bài, gửi phiếu, nộp luôn phiếu, nộp hồ sơ",
        "submit, hand in",
        "em muốn nộp, tôi muốn nộp, em nộp phiếu, tôi nộp phiếu, gửi phiếu đi, nộp phiếu luôn, nộp kết quả",
    ),
    Command.PRIVACY: ("quyền riêng tư, riêng tư, bảo mật, privacy, dữ liệu dùng làm gì, ai xem được",),
    Command.MY_DATA: (
        "dữ liệu của tôi, dữ liệu của em, xem dữ liệu, tải dữ liệu, xem dữ liệu của tôi, my data, gửi dữ liệu của tôi",
    ),
    Command.DELETE: (
        "xóa dữ liệu, xóa hết dữ liệu, xóa dữ liệu của tôi, xóa thông tin của tôi, xóa thông tin",
        "delete my data, delete data",
    ),
    Command.LANGUAGE: (
        "ngôn ngữ, đổi ngôn ngữ, đổi tiếng, tiếng anh, tiếng việt, english, vietnamese, language, change language",
    ),
    Command.LINK: (
        "liên kết, =nối máy, liên kết máy khác, liên kết điện thoại khác, link, link account, đổi máy, đổi điện thoại",
    ),
}
_BY_WORDS = Phrases(
    {
        phrase.strip(): command
        for command, written in _WORDED.items()
        for text in written
        for phrase in text.split(",")
        if phrase.strip()
    }
)
_OPENINGS = Phrases(
    OPENING_PHRASES
    | listed(
        combined(("cho", "để"), ("em", "tôi", "mình", "tui", "con", "cháu")),
        "muốn, xin, làm ơn, vui lòng, hãy, xin hãy, please, let me, i want to, lets",
    )
)

_SLASHED = re.compile(r"/\s?([^\s@/?&=.,:;]{1,32})(?:@\w{1,64})?(?:\s+(.*))?", re.DOTALL)


def read_command(text: str) -> Command | None:
    """Understand a command with a slash, or words that are a command and nothing else.

    An answer that the question's own reader understands comes before a command in words; the caller sees to it.
    """
    return split_command(text)[0]


def split_command(text: str) -> tuple[Command | None, str]:
    """Return the command and the argument after a slash command ("/start ABC"), in the letters it was typed in."""
    said = understandable(text)
    if said is None:
        return None, ""
    if said.startswith("/"):
        return _slashed(text)
    return _in_words(said), ""


def is_in_words(said: str) -> bool:
    """Say whether a text in normal form is a command in words."""
    return _in_words(said) is not None


def _slashed(text: str) -> tuple[Command | None, str]:
    written = unicodedata.normalize("NFKC", visible(text)).strip()
    found = _SLASHED.fullmatch(written)
    if found is None:
        return None, ""
    command = _BY_SLASH.get(fold(found[1]).replace(" ", ""))
    return command, (found[2] or "").strip() if command else ""


def _in_words(said: str) -> Command | None:
    if said == "?":
        return Command.HELP
    said = said.rstrip("?!. ").replace(",", " ")
    for core in cores(words(said, SPELLINGS), _OPENINGS, ENDINGS):
        command = _BY_WORDS.find(core)
        if command is None and BARE_KIN.ending(core):
            command = _BY_WORDS.find(core[:-1])
        if command is not None:
            return command
    return None
