"""Texts of the workbook of answers: its sheets, and everything that may be wrong in it."""

from __future__ import annotations

from bot.messages.markers import N_, NN_, Message

MESSAGES: dict[str, Message] = {
    # Its sheets.
    "answers.sheet.answers": N_("Câu trả lời"),
    "answers.sheet.guide": N_("Hướng dẫn"),
    "answers.sheet.choices": N_("Lựa chọn"),
    "answers.file": N_("Câu trả lời %(place)s"),
    "answers.caption": N_("Bảng câu trả lời của %(place)s. Điền xong thì gửi lại tệp này vào đây."),
    "answers.title": N_("%(place)s: câu trả lời năm %(year)s, theo “%(title)s”"),
    "answers.number": N_("Số"),
    "answers.name.household": N_("Chủ hộ"),
    "answers.name.other": N_("Tên"),
    "answers.state": N_("Tình trạng"),
    "answers.state.unanswered": N_("chưa trả lời"),
    "answers.state.answering": N_("đang làm"),
    "answers.state.handed_in": N_("đã nộp"),
    "answers.state.to_check": N_("cần xem lại"),
    "answers.state.confirmed": N_("đã xác nhận"),
    "answers.question": N_("%(number)s. %(short)s"),
    "answers.not_applicable": N_("Không áp dụng"),
    "answers.how.one_of": N_("Chọn một câu ở trang Lựa chọn"),
    "answers.how.number": N_("Ghi số từ %(minimum)s đến %(maximum)s (%(unit)s)"),
    "answers.how.points": N_("Ghi điểm từ 0 đến %(maximum)s"),
    "answers.how.share": N_("Ghi mấy trên mấy, ví dụ 18/24 (%(part_label)s / %(whole_label)s)"),
    "answers.how.share_of": N_("Ghi mấy trên mấy, ví dụ 1/2 (%(part_label)s / %(whole_label)s)"),
    "answers.how.computed": N_("Máy tự tính, không phải ghi"),
    "answers.page": N_("Trang &P/&N"),
    # The sheet of instructions.
    "answers.guide.title": N_("Cách điền bảng câu trả lời"),
    "answers.guide.fill": N_(
        "Mỗi hàng là một hộ, mỗi cột là một câu hỏi. Chỉ điền vào ô trắng. Ô nào chưa biết thì để trống."
    ),
    "answers.guide.choices": N_("Ô có mũi tên thì bấm vào mũi tên để chọn. In ra thì xem trang Lựa chọn rồi ghi tay."),
    "answers.guide.shares": N_("Câu hỏi mấy trên mấy thì ghi như 18/24: 18 người đạt trong 24 người."),
    "answers.guide.grey": N_("Ô xám là câu không hỏi hộ đó. Hàng xám là hộ đã nộp phiếu hoặc đã được xác nhận."),
    "answers.guide.keep": N_(
        "Xóa một ô không xóa câu trả lời đã lưu. Muốn đổi câu trả lời thì ghi câu trả lời mới vào ô."
    ),
    "answers.guide.add": N_(
        "Xin đừng thêm hàng, đừng sửa tên hộ. Hộ chưa có tên thì thêm vào danh sách hộ trước, rồi lấy bảng mới."
    ),
    "answers.guide.send": N_(
        "Điền xong, khi có mạng thì gửi tệp này vào cuộc trò chuyện. Trước khi lưu sẽ thấy những gì sắp thay đổi."
    ),
    "answers.guide.meanwhile": N_(
        "Nếu trong lúc đó gia đình tự trả lời khác đi thì không câu nào bị ghi đè: cả hai câu trả lời đều được giữ."
    ),
    # What a cell says.
    "answers.cell.computed": N_("Câu này máy tự tính từ số liệu, không ghi tay được. Xin xóa ô này."),
    "answers.cell.not_asked": N_("Câu này không hỏi hộ này. Xin xóa ô này."),
    "answers.cell.not_asked_because": N_("Câu này không hỏi hộ này: %(why)s Xin xóa ô này."),
    "answers.cell.became_a_day": N_(
        "Phần mềm đã đổi ô này thành ngày %(day)s. Xin gõ lại với dấu nháy đơn ở trước, ví dụ: '%(example)s."
    ),
    "answers.cell.error_value": N_("Ô này báo lỗi %(value)s. Xin gõ lại câu trả lời, không dùng công thức."),
    "answers.cell.too_long": N_("Ô này dài quá %(limit)s chữ. Xin ghi ngắn lại."),
    "answers.cell.applies": N_("Câu này có áp dụng cho hộ này. Xin trả lời, hoặc để trống nếu chưa biết."),
    "answers.cell.wrong": N_("Ô này ghi “%(value)s”. %(why)s"),
    "answers.cell.yes_no": N_("Chưa rõ “%(value)s” là có hay chưa. Xin ghi Có hoặc Chưa."),
    "answers.cell.one_of": N_("Không có lựa chọn “%(value)s”. Xin chọn một trong các câu này:\n%(allowed)s"),
    "answers.cell.option": N_("- %(label)s"),
    "answers.cell.number": N_(
        "Chưa rõ “%(value)s” là bao nhiêu. Xin ghi một số từ %(minimum)s đến %(maximum)s (%(unit)s)."
    ),
    "answers.cell.points": N_("Chưa rõ “%(value)s” là mấy điểm. Xin ghi điểm từ 0 đến %(maximum)s."),
    "answers.cell.share": N_(
        "Chưa rõ “%(value)s” là mấy trên mấy. Xin ghi hai số như 18/24: %(part_label)s / %(whole_label)s."
    ),
    "answers.cell.share_of": N_(
        "Chưa rõ “%(value)s” là mấy trong %(whole)s. Xin ghi một số từ 0 đến %(whole)s: %(part_label)s."
    ),
    # What a row or a column says.
    "answers.row.by_hand": N_(
        "Hàng “%(name)s” được thêm tay nên không đọc. Xin thêm hộ này vào danh sách hộ trước, rồi lấy bảng mới."
    ),
    "answers.row.twice": N_("Hộ “%(name)s” có hai hàng. Chỉ hàng trên được đọc; xin xóa hàng này."),
    "answers.row.renamed": N_(
        "Hàng này trước là “%(before)s”, nay là “%(name)s”. Xin ghi lại tên cũ; tên hộ chỉ sửa trong danh sách hộ."
    ),
    "answers.row.unknown": N_("Hộ “%(name)s” không còn trong danh sách của thôn, nên hàng này không được lưu."),
    "answers.row.moved_away": N_("Hộ “%(name)s” đã chuyển đi, nên hàng này không được lưu."),
    "answers.row.locked": N_("Phiếu của “%(name)s” %(state)s, nên hàng này được để yên."),
    "answers.row.other_rules": N_(
        "Phiếu của “%(name)s” đang làm theo bộ tiêu chí khác với tệp này. Xin lấy bảng mới rồi điền lại hàng này."
    ),
    "answers.column.unknown": N_("Cột này không có câu hỏi nào nên không được đọc: “%(value)s”."),
    "answers.question.unknown": N_("Câu hỏi này không có trong bộ tiêu chí. Xin lấy bảng mới."),
    # What a file says.
    "answers.refused.broken": N_(
        "Tệp này thiếu phần ẩn do máy ghi, nên không biết hàng nào là hộ nào. Xin lấy bảng mới rồi chép sang."
    ),
    "answers.refused.newer": N_("Tệp này do phiên bản mới hơn làm ra. Xin lấy bảng mới rồi điền lại."),
    "answers.refused.not_yours": N_(
        "Tệp này là của một thôn khác. Chỉ trưởng thôn hoặc chi hội khuyến học của thôn đó gửi được."
    ),
    "answers.refused.other_year": N_(
        "Tệp này là của năm %(year)s, còn bây giờ đang làm năm %(current)s. Xin lấy bảng mới của năm nay."
    ),
    "answers.refused.other_rules": N_(
        "Tệp này theo bộ tiêu chí “%(title)s” đã thay bằng “%(current)s”. Xin lấy bảng mới rồi chép câu trả lời sang."
    ),
    "answers.refused.no_rules": N_("Chưa có bộ tiêu chí nào đang áp dụng cho thôn, nên chưa nhận câu trả lời được."),
    "answers.said": N_("%(answer)s"),
    "answers.refused.no_rows": N_("Trong tệp không còn hàng nào đọc được. Xin lấy bảng mới rồi chép sang."),
    "answers.refused.no_changes": N_("Trong tệp chưa có ô nào khác với những gì đã lưu."),
    # The room of a file that was sent in.
    "answers.upload.title": N_("Đã đọc bảng câu trả lời của %(place)s"),
    "answers.upload.answers": NN_(
        "Sẽ ghi %(count)s câu trả lời của %(households)s hộ.", "Sẽ ghi %(count)s câu trả lời của %(households)s hộ."
    ),
    "answers.upload.nothing": N_("Chưa có câu trả lời nào để ghi."),
    "answers.upload.families": NN_(
        "%(count)s câu khác với câu gia đình đã trả lời: giữ cả hai để bình xét.",
        "%(count)s câu khác với câu gia đình đã trả lời: giữ cả hai để bình xét.",
    ),
    "answers.upload.conflicts": NN_(
        "%(count)s câu đã đổi trong trò chuyện sau khi lấy bảng. Chưa chọn thì giữ câu trong trò chuyện.",
        "%(count)s câu đã đổi trong trò chuyện sau khi lấy bảng. Chưa chọn thì giữ câu trong trò chuyện.",
    ),
    "answers.upload.problems": NN_("%(count)s ô cần xem lại, chưa ghi.", "%(count)s ô cần xem lại, chưa ghi."),
    "answers.upload.apply": NN_("Ghi cho %(count)s hộ", "Ghi cho %(count)s hộ"),
    "answers.upload.see_conflicts": N_("Xem câu đã đổi"),
    "answers.upload.see_families": N_("Xem câu gia đình khác"),
    "answers.upload.applied": N_("Đã ghi xong bảng câu trả lời của %(place)s"),
    "answers.upload.recorded": NN_("Đã ghi câu trả lời của %(count)s hộ.", "Đã ghi câu trả lời của %(count)s hộ."),
    "answers.upload.none": N_("Không có câu trả lời nào được ghi."),
    "answers.upload.left_alone": NN_(
        "%(count)s hàng được để yên vì phiếu đã nộp hoặc đã đổi.",
        "%(count)s hàng được để yên vì phiếu đã nộp hoặc đã đổi.",
    ),
    "answers.upload.ready": NN_(
        "%(count)s phiếu đã đủ câu trả lời, có thể nộp ngay.", "%(count)s phiếu đã đủ câu trả lời, có thể nộp ngay."
    ),
    "answers.upload.hand_in": NN_("Nộp %(count)s phiếu đã đủ", "Nộp %(count)s phiếu đã đủ"),
    "answers.conflict.title": N_("Câu %(number)s trong %(total)s câu đã đổi"),
    "answers.conflict.whose": N_("%(name)s: %(short)s"),
    "answers.conflict.ours": N_("Trong trò chuyện: %(answer)s"),
    "answers.conflict.theirs": N_("Trong Excel: %(answer)s"),
    "answers.conflict.question": N_("Lấy câu nào?"),
    "answers.conflict.take_theirs": N_("Lấy theo Excel"),
    "answers.conflict.keep_ours": N_("Giữ trong trò chuyện"),
    "answers.conflict.take_all": N_("Lấy hết theo Excel"),
    "answers.conflict.keep_all": N_("Giữ hết trong trò chuyện"),
    "answers.conflict.all_decided": N_("Đã chọn xong."),
    "answers.families.title": NN_("%(count)s câu gia đình trả lời khác", "%(count)s câu gia đình trả lời khác"),
    "answers.families.line": N_("%(name)s, %(short)s: gia đình %(ours)s; Excel %(theirs)s"),
    "answers.families.hint": N_("Cả hai câu trả lời đều được giữ; khi bình xét sẽ chọn."),
    # Handing in what is complete.
    "answers.handed_in": NN_("Đã nộp %(count)s phiếu.", "Đã nộp %(count)s phiếu."),
}
