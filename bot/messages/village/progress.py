"""Texts of progress and reminders."""

from __future__ import annotations

from bot.messages.markers import N_, NN_, Message

MESSAGES: dict[str, Message] = {
    # How far the village is.
    "progress.title": N_("Tiến độ %(place)s, năm %(year)s"),
    "progress.counted": N_("%(handed_in)s / %(households)s hộ đã nộp · %(confirmed)s đã xác nhận"),
    "progress.state.unanswered": NN_("Chưa trả lời: %(count)s hộ", "Chưa trả lời: %(count)s hộ"),
    "progress.state.answering": NN_("Đang làm: %(count)s hộ", "Đang làm: %(count)s hộ"),
    "progress.state.handed_in": NN_("Chờ bình xét: %(count)s hộ", "Chờ bình xét: %(count)s hộ"),
    "progress.state.to_check": NN_("Cần xem lại: %(count)s hộ", "Cần xem lại: %(count)s hộ"),
    "progress.state.confirmed": NN_("Đã xác nhận: %(count)s hộ", "Đã xác nhận: %(count)s hộ"),
    "progress.with_title": NN_(
        "%(title)s (tạm tính): %(count)s phiếu đã nộp", "%(title)s (tạm tính): %(count)s phiếu đã nộp"
    ),
    "progress.without_title": NN_("Chưa đạt danh hiệu: %(count)s phiếu", "Chưa đạt danh hiệu: %(count)s phiếu"),
    "progress.no_target": N_("Năm nay chưa đặt chỉ tiêu: bao nhiêu phần trăm số hộ đạt danh hiệu?"),
    "progress.target_short": NN_(
        "Chỉ tiêu %(percent)s%% số hộ, tức %(wanted)s hộ: còn thiếu %(count)s hộ.",
        "Chỉ tiêu %(percent)s%% số hộ, tức %(wanted)s hộ: còn thiếu %(count)s hộ.",
    ),
    "progress.target_reached": N_("Đã đủ chỉ tiêu %(percent)s%% số hộ, tức %(wanted)s hộ."),
    "progress.this_week": NN_("7 ngày qua: thêm %(count)s hộ nộp.", "7 ngày qua: thêm %(count)s hộ nộp."),
    "progress.picture": N_("Xem bằng hình"),
    "progress.picture_comes": N_("Đang vẽ hình. Hình sẽ đến ngay sau tin này."),
    "progress.missing": NN_("Hộ còn thiếu: %(count)s", "Hộ còn thiếu: %(count)s"),
    "progress.set_target": N_("Đặt chỉ tiêu"),
    "progress.change_target": N_("Đổi chỉ tiêu"),
    "progress.empty": N_("Danh sách hộ còn trống. Có danh sách rồi mới tính được tiến độ."),
    # The picture.
    "progress.card.heading": N_("Tiến độ năm %(year)s"),
    "progress.card.as_of": NN_(
        "Đến ngày %(day)s · %(count)s hộ trong danh sách", "Đến ngày %(day)s · %(count)s hộ trong danh sách"
    ),
    "progress.card.answered": N_("hộ đã trả lời"),
    "progress.card.handed_in": N_("hộ đã nộp"),
    "progress.card.confirmed": N_("hộ đã xác nhận"),
    "progress.card.state.unanswered": N_("Chưa trả lời"),
    "progress.card.state.answering": N_("Đang làm"),
    "progress.card.state.handed_in": N_("Chờ bình xét"),
    "progress.card.state.to_check": N_("Cần xem lại"),
    "progress.card.state.confirmed": N_("Đã xác nhận"),
    "progress.card.titled": N_("Đạt danh hiệu (tạm tính)"),
    "progress.card.target": N_("Vạch đậm: chỉ tiêu %(percent)s%% số hộ, tức %(wanted)s hộ"),
    "progress.card.title": N_("%(title)s: %(number)s"),
    "progress.card.no_title": NN_(
        "Phiếu đã nộp chưa đạt danh hiệu: %(count)s", "Phiếu đã nộp chưa đạt danh hiệu: %(count)s"
    ),
    "progress.card.weeks": N_("Từng tuần, 12 tuần qua"),
    "progress.card.line.answered": N_("%(number)s trả lời"),
    "progress.card.line.handed_in": N_("%(number)s đã nộp"),
    "progress.card.line.confirmed": N_("%(number)s xác nhận"),
    "progress.card.file": N_("Tiến độ %(place)s"),
    "progress.card.caption": N_("Tiến độ %(place)s, đến ngày %(day)s"),
    # Who is missing.
    "progress.missing_title": NN_("%(count)s hộ chưa nộp phiếu", "%(count)s hộ chưa nộp phiếu"),
    "progress.missing_reach": N_("Nhắn tin được: %(reachable)s hộ. Chưa có kênh nhắn: %(unreachable)s hộ."),
    "progress.name.reachable": N_("%(name)s · nhắn được"),
    "progress.name.unreachable": N_("%(name)s · chưa có kênh"),
    # The target.
    "progress.target_question": N_("Năm %(year)s phấn đấu bao nhiêu phần trăm số hộ đạt danh hiệu?"),
    "progress.target_hint": NN_(
        "Trong danh sách có %(count)s hộ. Bấm một số, hoặc gõ, ví dụ: 85.",
        "Trong danh sách có %(count)s hộ. Bấm một số, hoặc gõ, ví dụ: 85.",
    ),
    "progress.percent": N_("%(percent)s%%"),
    "progress.target_set": N_("Đã đặt chỉ tiêu: %(percent)s%% số hộ."),
    "progress.target_not_understood": N_("Chưa rõ con số. Xin gõ một số từ 1 đến 100, ví dụ: 80."),
    "progress.target_out_of_range": N_("Phần trăm chỉ từ 1 đến 100. Xin gõ lại, ví dụ: 80."),
    # Reminding.
    "nudge.offer": NN_("Nhắc %(count)s hộ", "Nhắc %(count)s hộ"),
    "nudge.done": NN_("Đã gửi lời nhắc cho %(count)s hộ.", "Đã gửi lời nhắc cho %(count)s hộ."),
    "nudge.in_the_morning": NN_(
        "Ban đêm không nhắn. %(count)s hộ sẽ nhận lời nhắc lúc 7 giờ sáng ngày %(day)s, trừ hộ nào nộp trước giờ đó.",
        "Ban đêm không nhắn. %(count)s hộ sẽ nhận lời nhắc lúc 7 giờ sáng ngày %(day)s, trừ hộ nào nộp trước giờ đó.",
    ),
    "nudge.already": NN_(
        "Đã nhắc %(count)s hộ còn thiếu. Mỗi ngày chỉ nhắc một lần.",
        "Đã nhắc %(count)s hộ còn thiếu. Mỗi ngày chỉ nhắc một lần.",
    ),
    "nudge.told": N_(
        "%(place)s nhắc nhẹ: phiếu học tập năm %(year)s của nhà mình chưa nộp. Mời nhà mình làm tiếp, lúc nào cũng "
        "được."
    ),
    # Messages to forward.
    "forward.offer": NN_("Nhắn giúp %(count)s hộ", "Nhắn giúp %(count)s hộ"),
    "forward.how": N_(
        "Hộ %(number)s trong %(total)s hộ chưa có kênh nhắn. Chép tin dưới đây, gửi vào nhóm Zalo của thôn hoặc nhắn "
        "SMS:"
    ),
    "forward.message": N_(
        "Kính gửi gia đình %(name)s: phiếu học tập năm %(year)s của nhà mình ở %(place)s chưa nộp. Mở liên kết dưới "
        "đây để trả lời, chừng mười phút là xong. Nếu được hỏi mã thì gõ: %(code)s"
    ),
    "forward.message_without_link": N_(
        "Kính gửi gia đình %(name)s: phiếu học tập năm %(year)s của nhà mình ở %(place)s chưa nộp. Nhắn cho trợ lý "
        "học tập của xã, rồi gõ mã: %(code)s. Chừng mười phút là xong."
    ),
    "forward.link": N_("%(address)s"),
    "forward.no_code": N_("Chưa có mã cho gia đình %(name)s. Xin mở lại hộ này sau một lát."),
    "forward.none": N_("Hộ nào còn thiếu cũng nhắn được rồi."),
    "forward.next": N_("Hộ tiếp theo"),
    "forward.card": N_("Lấy ảnh thẻ để gửi"),
    "progress.card_comes": N_("Ảnh thẻ của hộ sẽ đến ngay sau tin này."),
}
