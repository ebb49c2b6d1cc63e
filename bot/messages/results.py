"""Texts of the summary, the score sheet, titles and reasons."""

from __future__ import annotations

from bot.messages.markers import N_, NN_, Message

MESSAGES: dict[str, Message] = {
    "summary.title": N_("Phiếu tự đánh giá năm %(year)s: %(name)s"),
    "summary.line": N_("%(number)s. %(short)s: %(answer)s"),
    "summary.not_asked": N_("– %(short)s: không hỏi"),
    "summary.missing": NN_(
        "Còn %(count)s câu chưa trả lời, nên chưa nộp được.", "Còn %(count)s câu chưa trả lời, nên chưa nộp được."
    ),
    "summary.returned": N_("Phiếu được trả lại để bổ sung. Sửa xong, nhớ nộp lại."),
    "summary.go_on": NN_("Trả lời tiếp (%(count)s câu)", "Trả lời tiếp (%(count)s câu)"),
    "summary.hand_in": N_("Nộp phiếu"),
    "summary.change": N_("Sửa một câu"),
    "summary.household": N_("Sửa thông tin đăng ký"),
    "summary.not_understood": N_("Xin bấm một lựa chọn bên dưới, hoặc gõ số của nó. Muốn sửa câu 3, gõ: sửa câu 3."),
    "summary.not_yet": N_("Chưa có phiếu để xem. Xin đăng ký trước."),
    "pick.title": N_("Muốn sửa câu số mấy?"),
    "pick.not_understood": N_("Xin bấm hoặc gõ số của câu muốn sửa, ví dụ: 3."),
    "pick.no_such": N_("Phiếu này có các câu từ 1 đến %(total)s. Xin gõ lại số câu."),
    "result.title": N_("Phiếu tự đánh giá năm %(year)s của %(name)s"),
    "result.handed_in_done": N_("Đã nộp phiếu. Xin cảm ơn!"),
    "result.already_handed_in": N_("Phiếu này đã nộp rồi."),
    "result.see_sheet": N_("Xem điểm từng câu"),
    "result.get_document": N_("Lấy ảnh hoặc bản in"),
    "result.take_back": N_("Rút lại để sửa"),
    "result.taken_back": N_("Đã rút lại phiếu. Sửa xong, nhớ nộp lại."),
    "result.cannot_take_back.hamlet": N_(
        "Phiếu đã có người xem xét nên không rút lại được. Cần sửa gì, xin nói với trưởng thôn."
    ),
    "result.cannot_take_back.other": N_(
        "Phiếu đã có người xem xét nên không rút lại được. Cần sửa gì, xin nói với người đang xem xét."
    ),
    "result.not_understood": N_("Xin bấm một lựa chọn bên dưới, hoặc gõ số của nó."),
    "result.total_is_enough": N_("Tổng điểm đã đủ. Muốn đạt “%(title)s”, còn phải:"),
    "state.draft": N_("Đang làm."),
    "state.handed_in.hamlet": N_("Đã nộp lúc %(at)s, đang chờ thôn bình xét. Danh hiệu chỉ có khi được công nhận."),
    "state.handed_in.other": N_("Đã nộp lúc %(at)s, đang chờ xem xét. Kết quả chỉ chính thức khi được công nhận."),
    "state.returned": N_("Phiếu được trả lại để bổ sung."),
    "state.confirmed.hamlet": N_("Thôn đã xác nhận, đang chờ xã thẩm định."),
    "state.confirmed.other": N_("Đã được xác nhận, đang chờ thẩm định."),
    "state.appraised.hamlet": N_("Xã đã thẩm định, đang chờ công nhận."),
    "state.appraised.other": N_("Đã được thẩm định, đang chờ công nhận."),
    "state.recognised": N_("Đã được công nhận danh hiệu."),
    "state.not_recognised": N_("Năm nay chưa được công nhận."),
    "sheet.page": N_("Tiêu chí %(number)s/%(total)s: %(title)s"),
    "sheet.criterion_points": N_("Được %(points)s/%(max)s điểm."),
    "sheet.line": N_("%(short)s: %(worth)s"),
    "sheet.article": N_("Căn cứ: %(article)s"),
    "sheet.next": N_("Trang sau"),
    "sheet.previous": N_("Trang trước"),
    "sheet.to_result": N_("Về kết quả"),
    "document.question": N_("Muốn lấy phiếu dạng nào?"),
    "document.card": N_("Ảnh để chia sẻ"),
    "document.pdf": N_("Bản in PDF"),
    "document.docx": N_("Bản Word"),
    "document.coming": N_("Đang gửi, xin đợi một chút."),
    "document.failed": N_("Chưa làm được tệp này. Xin thử lại sau."),
}
