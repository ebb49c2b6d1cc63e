"""Texts around a question: asking, help, what was not understood."""

from __future__ import annotations

from bot.messages.markers import N_, NN_, Message

MESSAGES: dict[str, Message] = {
    "answer.yes": N_("Có"),
    "answer.no": N_("Chưa"),
    "answer.none": N_("chưa trả lời"),
    "answer.not_applicable": N_("không áp dụng"),
    "answer.unfit": N_("cần trả lời lại"),
    "answer.number": N_("%(value)s"),
    "answer.quantity": N_("%(value)s %(unit)s"),
    "answer.points": N_("%(value)s điểm"),
    "answer.share": N_("%(part)s/%(whole)s (%(percent)s%%)"),
    "text.plain": N_("%(text)s"),
    "text.stacked": N_("%(first)s\n%(rest)s"),
    "question.saved": N_("Đã ghi câu %(number)s: %(answer)s."),
    "question.recorded": N_("Đang ghi: %(answer)s."),
    "question.why": N_("Vì sao hỏi: %(why)s"),
    "question.example": N_("Ví dụ: %(example)s"),
    "question.article": N_("Căn cứ: %(article)s"),
    "question.first": N_("Đây là câu đầu tiên rồi."),
    "question.postponed": N_("Để lại câu “%(short)s”, lát nữa hỏi lại."),
    "question.postponed_again": N_("Câu “%(short)s” chờ ở phần tóm tắt."),
    "question.postponed_now": N_("Bây giờ là những câu đã để lại."),
    "question.all_postponed": N_("Những câu để lại vẫn chờ ở đây, khi nào trả lời cũng được."),
    "question.locked": N_("Phiếu đã nộp. Muốn sửa, xin chọn “Rút lại để sửa” trước."),
    "question.unfit": N_("Câu trả lời này không hợp với câu hỏi. Xin xem lại giúp."),
    "evidence.wanted": N_("Có thể gửi kèm: %(what)s"),
    "evidence.kept": NN_("Đã giữ %(count)s minh chứng cho câu này.", "Đã giữ %(count)s minh chứng cho câu này."),
    "evidence.received": N_("Đã nhận minh chứng cho câu “%(short)s”. Xin trả lời tiếp câu này."),
    "evidence.too_large": N_("Tệp này lớn quá, chưa nhận được. Xin gửi tệp nhỏ hơn %(limit)s MB, hoặc chụp lại ảnh."),
    "evidence.wrong_type": N_("Loại tệp này chưa nhận được. Xin gửi ảnh, tệp PDF hoặc Word."),
    "evidence.enough": N_("Câu này đã đủ %(limit)s minh chứng, nên tệp vừa gửi không lưu."),
    "evidence.not_here": N_("Chỗ này không cần minh chứng, nên tệp vừa gửi không lưu."),
    "yes_no.not_understood": N_("Chưa rõ câu trả lời. Xin bấm Có hoặc Chưa, hoặc gõ “có”, “chưa”."),
    "one_of.not_understood": N_("Chưa rõ lựa chọn nào. Xin bấm một lựa chọn, hoặc gõ số của nó, ví dụ: 1."),
    "one_of.which": N_("Chưa rõ là dòng thứ %(said)s hay “%(label)s”. Xin bấm, hoặc gõ cả chữ."),
    "number.hint": N_("Gõ số %(unit)s, ví dụ: 3."),
    "number.not_understood": N_("Chưa rõ con số. Xin gõ một số, ví dụ: 3, hoặc: ba."),
    "number.out_of_range": N_("Chỉ nhận từ %(minimum)s đến %(maximum)s %(unit)s. Xin xem lại giúp."),
    "number.too_fine": N_("Xin cho số tròn, ví dụ: 3."),
    "number.too_many_decimals": NN_(
        "Chỉ ghi tối đa %(count)s chữ số sau dấu phẩy, ví dụ: 2,5.",
        "Chỉ ghi tối đa %(count)s chữ số sau dấu phẩy, ví dụ: 2,5.",
    ),
    "points.hint": N_("Chấm từ 0 đến %(maximum)s điểm."),
    "points.not_understood": N_("Chưa rõ mấy điểm. Xin gõ một số, ví dụ: 5."),
    "points.out_of_range": N_("Chỉ nhận từ 0 đến %(maximum)s điểm. Xin xem lại giúp."),
    "points.too_fine": N_("Chỗ này chấm điểm tròn, ví dụ: 5."),
    "share.hint_whole": N_(
        "Trước hết, có tất cả mấy %(whole_label)s? Cũng có thể gõ luôn cả hai: 2/3 nghĩa là 2 trong 3."
    ),
    "share.hint_part": N_("Mấy %(part_label)s, trong tổng số %(whole)s?"),
    "share.hint_known": N_("Có tất cả %(whole)s %(whole_label)s."),
    "share.not_understood": N_("Chưa rõ con số. Xin gõ một số như 3, hoặc gõ 2/3 nghĩa là 2 trong 3."),
    "share.not_understood_part": N_("Chưa rõ con số. Xin gõ một số như 2, hoặc “tất cả”, “không ai”."),
    "share.part_above_whole": N_("Ghi %(part)s trong tổng số %(whole)s thì chưa khớp. Xin xem lại giúp."),
    "share.negative": N_("Số này không thể nhỏ hơn 0. Xin xem lại giúp."),
    "share.whole_out_of_range": N_("Tổng số này chưa hợp lý. Xin gõ một số từ 1 đến 10.000.000."),
    "share.other_whole": N_(
        "Lúc đăng ký đã ghi tất cả là %(whole)s, không phải %(stated)s. Nếu số %(whole)s sai, xin sửa thông tin đăng "
        "ký ở phần tóm tắt."
    ),
    "derived.from_records": N_(
        "Theo sổ trong hệ thống ngày %(day)s: %(part)s %(part_label)s, trong tổng số %(whole)s %(whole_label)s "
        "(%(percent)s%%). Số khác thì gõ kèm lý do, ví dụ: 8/10 vì sổ còn ghi thiếu."
    ),
    "derived.no_records": N_(
        "Chưa có số liệu trong hệ thống. Xin gõ số đạt/tổng số và lấy từ đâu, ví dụ: 8/10 theo sổ khuyến học."
    ),
    "derived.accept": N_("Đúng, dùng số này"),
    "derived.reason_wanted": N_("Muốn ghi số khác, xin gõ số đạt/tổng số kèm lý do, ví dụ: 8/10 vì sổ còn ghi thiếu."),
    "derived.reason_missing": N_(
        "Số này khác số trong sổ nên cần lý do. Xin gõ lại cả số và lý do, ví dụ: %(part)s/%(whole)s vì sổ còn ghi "
        "thiếu."
    ),
    "derived.source_missing": N_(
        "Xin gõ lại cả số và cho biết lấy từ đâu, ví dụ: %(part)s/%(whole)s theo sổ khuyến học."
    ),
    "stale.typed": N_("Tin nhắn gửi trước khi thấy màn hình này nên chưa được tính. Xin xem rồi trả lời lại."),
    "stale.pressed": N_("Nút vừa bấm là nút cũ nên không thay đổi gì. Đây là chỗ đang dở."),
    "stale.toast": N_("Nút này đã cũ, không thay đổi gì."),
    "stale.file": N_("Tệp gửi trước khi thấy câu này nên chưa lưu. Nếu là minh chứng cho câu này, xin gửi lại."),
    "text.too_long": N_("Tin nhắn dài quá nên chưa đọc được. Xin trả lời ngắn, dưới %(limit)s chữ."),
    "unsupported.sticker": N_("Cảm ơn hình dán! Trợ lý chỉ đọc được chữ. Xin bấm lựa chọn hoặc gõ chữ giúp."),
    "unsupported.voice": N_("Trợ lý chưa nghe được tin nhắn thoại. Xin bấm lựa chọn hoặc gõ chữ giúp."),
    "unsupported.video": N_("Trợ lý chưa xem được video. Nếu là minh chứng, xin gửi ảnh."),
    "unsupported.location": N_("Trợ lý không cần vị trí và không lưu."),
    "unsupported.contact": N_("Trợ lý không cần danh bạ và không lưu."),
    "unsupported.other": N_("Trợ lý chưa đọc được loại tin nhắn này. Xin bấm lựa chọn hoặc gõ chữ giúp."),
}
