"""Texts of the review: waiting sheets, differences, samples, meetings, and what members are told."""

from __future__ import annotations

from bot.messages.markers import N_, NN_, Message

MESSAGES: dict[str, Message] = {
    # What waits.
    "review.title": N_("Bình xét năm %(year)s: %(place)s"),
    "review.waiting": NN_("Có %(count)s phiếu đang chờ bình xét:", "Có %(count)s phiếu đang chờ bình xét:"),
    "review.none": N_("Hiện không có phiếu nào chờ bình xét."),
    "review.confirmed": NN_("Đã xác nhận %(count)s phiếu.", "Đã xác nhận %(count)s phiếu."),
    "review.by_title": NN_("%(kind)s – %(title)s: %(count)s phiếu", "%(kind)s – %(title)s: %(count)s phiếu"),
    "review.not_complete": N_("còn câu chưa trả lời"),
    "review.no_title": N_("chưa xếp loại"),
    "review.see_each": N_("Xem từng phiếu"),
    "review.confirm_clean": NN_("Xác nhận %(count)s phiếu đã rõ", "Xác nhận %(count)s phiếu đã rõ"),
    "review.see_signals": NN_("Xem %(count)s phiếu nên xem lại", "Xem %(count)s phiếu nên xem lại"),
    "review.draw_sample": N_("Bốc mẫu kiểm tra lại"),
    "review.see_sample": N_("Xem mẫu kiểm tra lại"),
    "review.meeting": N_("Họp thôn"),
    "review.list_title": NN_("%(count)s phiếu chờ bình xét", "%(count)s phiếu chờ bình xét"),
    "review.signals_title": NN_("%(count)s phiếu nên xem lại", "%(count)s phiếu nên xem lại"),
    "review.signals_mean": N_("Phiếu ở đây không có gì sai. Chỉ là nên hỏi thêm một câu trước khi xác nhận."),
    "review.name": N_("%(name)s"),
    "review.numbered_name": N_("%(number)s %(name)s"),
    "review.line": N_("%(number)s. %(name)s: %(title)s"),
    "review.marked": N_("%(line)s; %(mark)s"),
    "review.more": N_("Xem thêm"),
    "review.first": N_("Xem từ đầu"),
    "review.mark.differences": NN_(
        "%(count)s câu có hai câu trả lời khác nhau", "%(count)s câu có hai câu trả lời khác nhau"
    ),
    "review.mark.changed": N_("đã sửa sau khi được trả lại"),
    "review.mark.incomplete": N_("còn câu chưa trả lời"),
    "review.mark.sampled": N_("trong mẫu kiểm tra lại"),
    "review.mark.in_seconds": N_("trả lời rất nhanh"),
    "review.mark.all_best": N_("câu nào cũng ở mức cao nhất"),
    "review.mark.same_in_a_row": N_("giống nhiều hộ liền nhau"),
    # Confirming many.
    "review.confirm_question": NN_("Xác nhận %(count)s phiếu này?", "Xác nhận %(count)s phiếu này?"),
    "review.confirm_leaves": NN_(
        "Còn %(count)s phiếu khác ở lại danh sách để xem từng phiếu.",
        "Còn %(count)s phiếu khác ở lại danh sách để xem từng phiếu.",
    ),
    "review.confirm_means": N_("Xác nhận xong, phiếu chuyển lên xã. Xã chưa xét thì vẫn trả lại được."),
    "review.confirm_all": NN_("Xác nhận %(count)s phiếu", "Xác nhận %(count)s phiếu"),
    "review.not_yet": N_("Để sau"),
    "review.confirmed_now": NN_("Đã xác nhận %(count)s phiếu.", "Đã xác nhận %(count)s phiếu."),
    "review.changed_meanwhile": NN_(
        "%(count)s phiếu vừa thay đổi nên chưa xác nhận.", "%(count)s phiếu vừa thay đổi nên chưa xác nhận."
    ),
    "review.nothing_to_confirm": N_("Các phiếu vừa thay đổi, nên chưa xác nhận phiếu nào. Xin xem lại danh sách."),
    # The sample.
    "review.sample_question": NN_(
        "Bốc bao nhiêu phiếu để kiểm tra lại, trong %(count)s phiếu hộ đã nộp?",
        "Bốc bao nhiêu phiếu để kiểm tra lại, trong %(count)s phiếu hộ đã nộp?",
    ),
    "review.sample_hint": N_("Bấm một lựa chọn, hoặc gõ: 12, 12 phiếu, 8 %%."),
    "review.sample_percent": N_("Lấy %(value)s phần trăm"),
    "review.sample_count": N_("Lấy %(value)s phiếu"),
    "review.sample_not_understood": N_("Chưa rõ bao nhiêu phiếu. Xin gõ một số, ví dụ: 10, hoặc: 5 %%."),
    "review.sample_of_none": N_("Chưa có phiếu hộ nào đã nộp để bốc mẫu."),
    "review.sample_drawn": NN_(
        "Đã bốc %(count)s phiếu trong %(of)s phiếu.", "Đã bốc %(count)s phiếu trong %(of)s phiếu."
    ),
    "review.sample_open": NN_(
        "Còn %(count)s phiếu trong mẫu chưa kiểm tra lại.", "Còn %(count)s phiếu trong mẫu chưa kiểm tra lại."
    ),
    "review.sample_title": N_("Mẫu kiểm tra lại: %(size)s phiếu trong %(of)s phiếu, đã xong %(done)s."),
    "review.sample_seed": N_("Bốc lúc %(at)s, số bốc %(seed)s. Ai có số này đều bốc lại được đúng các phiếu này."),
    # One sheet.
    "review.sheet": N_("%(kind)s: %(name)s, năm %(year)s"),
    "review.state.draft": N_("Phiếu này đang được lấy về để sửa, chưa nộp lại. Nộp lại rồi mới xác nhận được."),
    "review.state.handed_in": N_("Phiếu này đã nộp, đang chờ bình xét."),
    "review.state.returned": N_("Phiếu này đã trả lại, đang chờ sửa và nộp lại."),
    "review.state.confirmed": N_("Phiếu này thôn đã xác nhận rồi."),
    "review.state.appraised": N_("Phiếu này xã đã thẩm định, thôn không đổi được nữa."),
    "review.state.recognised": N_("Phiếu này đã có quyết định công nhận, thôn không đổi được nữa."),
    "review.state.not_recognised": N_("Phiếu này đã có kết quả của cấp trên, thôn không đổi được nữa."),
    "review.has_differences": NN_(
        "Có %(count)s câu mà gia đình và trưởng thôn trả lời khác nhau.",
        "Có %(count)s câu mà gia đình và trưởng thôn trả lời khác nhau.",
    ),
    "review.is_incomplete": N_("Phiếu còn câu chưa trả lời. Xin trả lại câu đó để bổ sung."),
    "review.returned_for": N_("Lần trước trả lại vì %(what)s: %(reason)s"),
    "review.changed_since": NN_(
        "Từ lúc trả lại đã sửa %(count)s câu: %(numbers)s.", "Từ lúc trả lại đã sửa %(count)s câu: %(numbers)s."
    ),
    "review.unchanged_since": N_("Từ lúc trả lại không có câu nào được sửa."),
    "review.signal.in_seconds": N_(
        "Các câu được trả lời rất nhanh. Có thể nhà đã chuẩn bị sẵn. Nếu tiện, xin hỏi lại một hai câu."
    ),
    "review.signal.all_best": N_("Câu nào cũng ở mức cao nhất. Nếu đúng như vậy thì thật đáng mừng."),
    "review.signal.same_in_a_row": N_(
        "Các câu trả lời giống hệt nhiều hộ liền nhau. Nếu tiện, xin xem lại một câu riêng của nhà này."
    ),
    "review.is_sampled": N_("Phiếu này được bốc vào mẫu kiểm tra lại."),
    "review.recheck_agrees": N_("Kiểm tra lại: đúng"),
    "review.recheck_done": N_("Đã ghi: phiếu của %(name)s kiểm tra lại thấy đúng."),
    "review.confirm": N_("Xác nhận"),
    "review.see_differences": N_("Hai câu trả lời khác nhau"),
    "review.see_answers": N_("Xem từng câu"),
    "review.next_criterion": N_("Xem tiêu chí sau"),
    "review.see_result": N_("Về kết quả"),
    "review.return": N_("Trả lại một câu"),
    "review.next_sheet": N_("Phiếu tiếp theo"),
    "review.confirmed_one": N_("Đã xác nhận phiếu của %(name)s."),
    "review.decide_first": NN_(
        "Còn %(count)s câu có hai câu trả lời khác nhau. Xin quyết định câu đó trước, rồi xác nhận.",
        "Còn %(count)s câu có hai câu trả lời khác nhau. Xin quyết định các câu đó trước, rồi xác nhận.",
    ),
    "review.cannot_incomplete": N_("Phiếu còn câu chưa trả lời nên chưa xác nhận được. Xin trả lại câu đó."),
    "review.by.subject": N_("%(person)s trả lời, %(channel)s, %(at)s"),
    "review.by.head": N_("Trưởng thôn trả lời (%(person)s), %(channel)s, %(at)s"),
    "review.channel.telegram": N_("qua Telegram"),
    "review.channel.web": N_("qua trang web"),
    "review.channel.zalo": N_("qua Zalo"),
    "review.channel.terminal": N_("tại máy của thôn"),
    "review.channel.excel": N_("qua tệp Excel"),
    "review.channel.other": N_("qua kênh khác"),
    "review.other_answer": N_("Câu trả lời kia: %(answer)s. %(author)s"),
    "review.was_changed": N_("Đã sửa sau khi được trả lại."),
    "review.evidence": NN_("Có %(count)s minh chứng.", "Có %(count)s minh chứng."),
    "review.question": N_("câu %(number)s (%(short)s)"),
    "review.question_gone": N_("một câu không còn hỏi nữa"),
    # Returning a question.
    "review.return_which": N_("Trả lại câu số mấy?"),
    "review.return_title": N_("Trả lại %(what)s của %(name)s"),
    "review.return_answer": N_("Đang ghi: %(answer)s."),
    "review.return_question": N_("Nhờ xem lại điều gì?"),
    "review.return_hint": N_("Bấm một lý do, hoặc gõ lý do bằng vài chữ. Gia đình sẽ đọc lý do này."),
    "review.reason_too_long": N_("Lý do dài quá. Xin viết gọn trong một hai câu."),
    "review.reason.check": N_("Xin xem lại giúp câu này, có thể bấm nhầm."),
    "review.reason.check.label": N_("Xem lại, có thể bấm nhầm"),
    "review.reason.evidence": N_("Xin gửi thêm ảnh hoặc giấy tờ cho câu này."),
    "review.reason.evidence.label": N_("Gửi thêm ảnh, giấy tờ"),
    "review.reason.changed": N_("Tình hình trong năm có thể đã khác, xin trả lời lại theo hiện nay."),
    "review.reason.changed.label": N_("Trả lời theo hiện nay"),
    "review.returned": N_("Đã trả lại %(what)s của %(name)s. Sửa xong, phiếu sẽ trở lại danh sách này."),
    # Two answers.
    "differing.question": N_("Câu %(number)s: %(question)s"),
    "differing.answer": N_("%(answer)s\n%(author)s"),
    "differing.which": N_("Giữ câu trả lời nào?"),
    "differing.keep_subject": N_("Giữ câu của gia đình"),
    "differing.keep_head": N_("Giữ câu của trưởng thôn"),
    "differing.kept": N_("Sẽ giữ: %(answer)s."),
    "differing.why": N_("Vì sao giữ câu này?"),
    "differing.hint": N_("Bấm một lý do, hoặc gõ lý do bằng vài chữ. Bên kia sẽ đọc lý do này."),
    "differing.reason.asked": N_("Đã hỏi lại gia đình."),
    "differing.reason.asked.label": N_("Đã hỏi lại gia đình"),
    "differing.reason.papers": N_("Đã xem ảnh, giấy tờ."),
    "differing.reason.papers.label": N_("Đã xem ảnh, giấy tờ"),
    "differing.reason.records": N_("Theo sổ của thôn."),
    "differing.reason.records.label": N_("Theo sổ của thôn"),
    "differing.done": N_("Đã giữ cho câu “%(short)s”: %(answer)s. Lý do: %(reason)s"),
    "differing.settled": N_("Câu này đã được quyết định rồi."),
    "differing.see_sheet": N_("Xem phiếu"),
    # The meeting.
    "meeting.title": N_("Họp bình xét năm %(year)s: %(place)s"),
    "meeting.newest": N_("Đã ghi cuộc họp ngày %(day)s. Ghi thêm cuộc họp khác ở dưới."),
    "meeting.still_waiting": NN_(
        "Còn %(count)s phiếu chưa xác nhận để đưa ra họp:", "Còn %(count)s phiếu chưa xác nhận để đưa ra họp:"
    ),
    "meeting.day": N_("Họp ngày nào?"),
    "meeting.day_hint": N_("Bấm hôm nay, hoặc gõ ngày, ví dụ: 15/11, hôm qua."),
    "meeting.today": N_("Hôm nay, %(day)s"),
    "meeting.day_not_understood": N_("Chưa rõ ngày nào. Xin gõ ngày và tháng, ví dụ: 15/11."),
    "meeting.day_ahead": N_("Ngày %(day)s chưa đến. Họp xong, xin ghi lại."),
    "meeting.other_year": N_("Chỉ ghi cuộc họp của năm %(year)s. Xin xem lại ngày."),
    "meeting.present": N_("Có bao nhiêu người dự họp?"),
    "meeting.in_favour": N_("Bao nhiêu người đồng ý?"),
    "meeting.against": N_("Bao nhiêu người không đồng ý?"),
    "meeting.number_hint": N_("Gõ một số, ví dụ: 45."),
    "meeting.out_of_range": N_("Số người dự họp từ 1 đến %(most)s. Xin xem lại giúp."),
    "meeting.too_many": N_("Ghi %(number)s người thì nhiều hơn số người dự họp còn lại (%(left)s). Xin xem lại giúp."),
    "meeting.everybody": N_("Tất cả %(value)s người"),
    "meeting.nobody": N_("Không ai"),
    "meeting.check": N_("Ghi như vậy đúng chưa?"),
    "meeting.record": N_("Đúng, ghi vào sổ"),
    "meeting.again": N_("Ghi lại từ đầu"),
    "meeting.another": N_("Ghi cuộc họp khác"),
    "meeting.recorded": N_("Đã ghi cuộc họp."),
    "meeting.none": N_("Năm nay chưa ghi cuộc họp nào."),
    "meeting.said.day": N_("Ngày họp: %(value)s"),
    "meeting.said.present": N_("Dự họp: %(value)s người"),
    "meeting.said.in_favour": N_("Đồng ý: %(value)s người"),
    "meeting.said.against": N_("Không đồng ý: %(value)s người"),
    "meeting.said.abstained": N_("Không có ý kiến: %(value)s người"),
    "meeting.minutes_mean": N_("Biên bản là bản nháp, có danh sách hộ theo từng danh hiệu. Xem lại, in ra rồi ký."),
    "meeting.get_minutes": N_("Lấy biên bản (Word)"),
    "meeting.to_review": N_("Về phần bình xét"),
    # What those are told whom it concerns.
    "told.confirmed": N_(
        "%(place)s đã xác nhận phiếu năm %(year)s ở bước bình xét. Danh hiệu chỉ có khi cấp trên công nhận."
    ),
    "told.confirmed_one": N_(
        "%(place)s đã xác nhận phiếu năm %(year)s của %(name)s, tạm tính: %(title)s. Danh hiệu chỉ có khi cấp trên "
        "công nhận."
    ),
    "told.returned": N_("%(place)s nhờ %(name)s xem lại %(what)s trong phiếu năm %(year)s: %(reason)s"),
    "told.decided": N_(
        "Câu %(number)s (%(short)s) của %(name)s có hai câu trả lời khác nhau. Thôn đã giữ: %(answer)s. Lý do: "
        "%(reason)s"
    ),
    "told.correct": N_("Sửa câu %(number)s"),
    "told.see_sheet": N_("Xem phiếu"),
    "told.later": N_("Để sau"),
    "told.gone": N_("Phiếu đó không còn ở đây nữa."),
    # The minutes, as they are printed.
    "minutes.file": N_("Biên bản họp bình xét %(place)s %(year)s"),
    "minutes.caption": N_("Biên bản họp thôn (bản nháp). Xin xem lại, điền chỗ trống rồi in."),
    "minutes.draft": N_("DỰ THẢO"),
    "minutes.number": N_("Số: ...../BB"),
    "minutes.date": N_("%(place)s, ngày %(day)s tháng %(month)s năm %(year)s"),
    "minutes.heading": N_("BIÊN BẢN"),
    "minutes.about": N_("Họp bình xét các danh hiệu học tập năm %(year)s"),
    "minutes.when": N_("1. Thời gian: ..... giờ ....., ngày %(day)s."),
    "minutes.where": N_("2. Địa điểm: ........................................"),
    "minutes.who": N_("3. Thành phần: %(present)s người dự họp."),
    "minutes.chair": N_(
        "Chủ trì: ........................................ Thư ký: ........................................"
    ),
    "minutes.contents": N_("4. Nội dung: Xem xét phiếu tự đánh giá năm %(year)s của %(place)s."),
    "minutes.votes": N_(
        "5. Biểu quyết: %(in_favour)s người đồng ý, %(against)s người không đồng ý, %(abstained)s người không có ý "
        "kiến."
    ),
    "minutes.result": N_("6. Kết quả bình xét"),
    "minutes.group": NN_("%(kind)s – %(title)s: %(count)s phiếu", "%(kind)s – %(title)s: %(count)s phiếu"),
    "minutes.nobody": N_("Chưa có phiếu nào được nộp."),
    "minutes.column.number": N_("STT"),
    "minutes.column.roll": N_("Hộ số"),
    "minutes.column.name": N_("Họ và tên"),
    "minutes.column.total": N_("Điểm"),
    "minutes.column.state": N_("Tình trạng"),
    "minutes.state.handed_in": N_("Đã nộp"),
    "minutes.state.confirmed": N_("Thôn đã xác nhận"),
    "minutes.state.appraised": N_("Xã đã thẩm định"),
    "minutes.state.recognised": N_("Đã công nhận"),
    "minutes.state.not_recognised": N_("Chưa công nhận"),
    "minutes.total": NN_("Cộng: %(count)s phiếu", "Cộng: %(count)s phiếu"),
    "minutes.left_open": NN_(
        "Còn %(count)s hộ trong danh sách chưa nộp phiếu.", "Còn %(count)s hộ trong danh sách chưa nộp phiếu."
    ),
    "minutes.standing.sample": N_(
        "Danh hiệu trong biên bản này tạm tính theo bộ tiêu chí mẫu, chưa phải tiêu chí chính thức."
    ),
    "minutes.standing.local": N_("Danh hiệu trong biên bản này tạm tính theo bộ tiêu chí địa phương đã ban hành."),
    "minutes.standing.official": N_("Danh hiệu trong biên bản này tạm tính theo bộ tiêu chí được ban hành chính thức."),
    "minutes.end": N_(
        "Biên bản kết thúc hồi ..... giờ ..... cùng ngày, đã đọc lại cho mọi người nghe và nhất trí ký tên."
    ),
    "minutes.secretary": N_("THƯ KÝ"),
    "minutes.chairman": N_("CHỦ TRÌ"),
    "minutes.people": N_("ĐẠI DIỆN CÁC HỘ"),
    "minutes.sign": N_("(Ký, ghi rõ họ tên)"),
}
