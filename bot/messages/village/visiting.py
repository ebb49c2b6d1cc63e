"""Texts of visits, answers of two sides, last year's answers."""

from __future__ import annotations

from bot.messages.markers import N_, NN_, Message

MESSAGES: dict[str, Message] = {
    # Whose sheet it is, on top of every screen of a visit.
    "visit.whose": N_("%(name)s"),
    "visit.whose.household": N_("Hộ %(name)s"),
    "visit.whose.household_numbered": N_("Hộ %(number)s: %(name)s"),
    "visit.to_list": N_("Về danh sách"),
    "visit.kept": N_("Phiếu đang làm được giữ nguyên."),
    "visit.cannot_take_back": N_(
        "Phiếu đã có người xem xét nên không rút lại được. Cần sửa thì trả lại phiếu kèm lý do, ở phần bình xét."
    ),
    "visit.link_here": N_(
        "Ở đây đang làm việc của thôn nên không nối sang người khác được. Muốn dùng thêm máy: nhắn /link ở đây để lấy "
        "mã, rồi gõ mã đó ở máy kia."
    ),
    "sheet.gone": N_("Phiếu vừa làm không còn ở đây nữa. Đây là chỗ làm tiếp được."),
    # The end of a visit.
    "visited.next.household": N_("Nộp và sang hộ tiếp theo"),
    "visited.next.other": N_("Nộp và sang phiếu tiếp"),
    "visited.look_again": N_("Xem lại"),
    "visited.last": N_("Trong danh sách không còn phiếu nào dở."),
    "visited.handed_in": N_("Đã nộp phiếu của %(name)s."),
    # Two sides.
    "question.differs.subject": N_(
        "Câu %(number)s đã có câu trả lời khác, do trưởng thôn ghi: %(answer)s. Cả hai được giữ lại, trưởng thôn sẽ "
        "xem và quyết định."
    ),
    "question.differs.head": N_(
        "Câu %(number)s đã có câu trả lời khác, do người làm phiếu tự ghi: %(answer)s. Cả hai được giữ lại, sẽ quyết "
        "định khi bình xét."
    ),
    "question.two_answers": N_("Đang có hai câu trả lời, chờ quyết định: %(answer)s; %(other)s."),
    "summary.differing": NN_(
        "Có %(count)s câu được trả lời hai cách, chờ trưởng thôn quyết định.",
        "Có %(count)s câu được trả lời hai cách, chờ trưởng thôn quyết định.",
    ),
    # Last year's answers.
    "question.last_year": N_("Năm %(year)s: %(answer)s."),
    "last_year_offer.title": NN_(
        "Năm %(year)s đã trả lời %(count)s câu, nay vẫn dùng được",
        "Năm %(year)s đã trả lời %(count)s câu, nay vẫn dùng được",
    ),
    "last_year_offer.left": NN_("Còn %(count)s câu sẽ hỏi sau.", "Còn %(count)s câu sẽ hỏi sau."),
    "last_year_offer.question": N_("Năm %(year)s vẫn như vậy chứ?"),
    "last_year_offer.keep": N_("Giữ tất cả"),
    "last_year_offer.ask": N_("Hỏi từng câu"),
    "last_year_offer.kept": NN_("Đã ghi %(count)s câu như năm trước.", "Đã ghi %(count)s câu như năm trước."),
}
