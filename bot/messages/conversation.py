"""Texts of the conversation: welcome, consent, registration, pauses, privacy, languages, links."""

from __future__ import annotations

from bot.messages.markers import N_, NN_, Message

MESSAGES: dict[str, Message] = {
    "welcome.title": N_("Gia đình học tập"),
    "welcome.what": N_(
        "Trợ lý này giúp gia đình tự đánh giá danh hiệu “Gia đình học tập” qua khoảng %(questions)s câu ngắn. Trả "
        "lời xong là biết được bao nhiêu điểm, còn thiếu gì, rồi gửi phiếu về thôn để bình xét. Được công nhận là "
        "niềm vui chung, và cả nhà có thêm dịp cùng học."
    ),
    "welcome.title.role": N_("Danh hiệu học tập"),
    "welcome.what.role": N_(
        "Trợ lý này giúp đánh giá các danh hiệu học tập của địa bàn: trưởng thôn lập danh sách hộ, thu phiếu, bình "
        "xét; cán bộ giao việc, đọc và ban hành bộ tiêu chí. Làm được ngay trên điện thoại này."
    ),
    "welcome.invited": N_("Gia đình được mời từ %(place)s (%(within)s)."),
    "welcome.role": N_("Mã này giao vai trò: %(role)s."),
    "welcome.back": N_("Chào mừng trở lại! Mọi câu đã trả lời vẫn còn nguyên. Xin làm tiếp từ đây."),
    "welcome.back_handed_in": N_("Xin chào! Phiếu năm nay đã nộp rồi."),
    "year.new": N_("Đã sang năm %(year)s. Phiếu năm %(last)s vẫn được giữ, còn đây là phiếu mới."),
    "consent.kept": N_(
        "Trợ lý lưu: tên gọi của người đại diện, thôn, số người lớn, số trẻ trong tuổi đi học, các câu trả lời, và "
        "ảnh minh chứng nếu có gửi. Làm cho dòng họ, đơn vị, địa bàn thì lưu tên, số liệu của nơi đó và vai trò được "
        "giao. Không hỏi tên trẻ em, số căn cước, dân tộc hay tôn giáo."
    ),
    "consent.seen_by": N_(
        "Chỉ dùng để xét danh hiệu học tập. Trưởng thôn, chi hội khuyến học và cán bộ xã phụ trách được xem; phiếu của "
        "đơn vị, địa bàn thì thêm cấp xét danh hiệu. Lúc nào cũng xem lại, lấy bản sao hoặc xóa phần của mình được."
    ),
    "consent.question": N_("Có đồng ý cho lưu và dùng như vậy không?"),
    "consent.agree": N_("Đồng ý"),
    "consent.decline": N_("Không đồng ý"),
    "consent.thanks": N_("Đã ghi nhận đồng ý. Xin cảm ơn!"),
    "consent.first": N_("Xin chọn Đồng ý hoặc Không đồng ý trước đã."),
    "consent.declined": N_("Vâng, trợ lý không lưu gì cả."),
    "consent.not_understood": N_("Xin chọn Đồng ý hoặc Không đồng ý. Chưa chọn thì trợ lý chưa lưu gì."),
    "goodbye.come_back": N_("Khi nào muốn làm, xin nhắn “bắt đầu” là được."),
    "goodbye.start": N_("Bắt đầu"),
    "name.household.question": N_("Người đại diện gia đình muốn được gọi là gì?"),
    "name.household.hint": N_("Gõ tên gọi, ví dụ: Bà Tư, anh Nam, nhà cô Hoa."),
    "name.household.done": N_("Xin chào %(name)s!"),
    "name.household.not_understood": N_("Xin gõ một tên gọi, ví dụ: Bà Tư. Dài nhất là 60 chữ cái."),
    "place.hamlet.household": N_("Gia đình ở thôn nào?"),
    "register.hamlet_choice": N_("%(name)s (%(within)s)"),
    "place.hamlet.hint": N_("Chọn trong danh sách, gõ vài chữ của tên thôn để tìm, hoặc gõ mã mời nếu có."),
    "place.found": NN_("Có %(count)s nơi khớp với “%(query)s”:", "Có %(count)s nơi khớp với “%(query)s”:"),
    "place.none": N_("Chưa thấy nơi nào có chữ “%(query)s”. Xin thử vài chữ khác, không cần dấu."),
    "register.hamlet_more": N_("Xem thêm"),
    "register.hamlet_first": N_("Xem từ đầu"),
    "register.hamlet_done": N_("Thôn: %(name)s, %(within)s."),
    "place.not_understood": N_("Xin chọn một nơi trong danh sách, hoặc gõ vài chữ của tên, ví dụ: thôn 3."),
    "place.which": N_("Chưa rõ là dòng thứ %(said)s hay “%(name)s”. Xin gõ cả tên."),
    "register.other_hamlet": N_(
        "Đã đăng ký ở %(place)s rồi. Muốn đổi nơi, xin vào phần tóm tắt, chọn “Sửa thông tin đăng ký”."
    ),
    "register.invite_unknown": N_("Không thấy mã mời này. Không sao, chọn trong danh sách là được."),
    "register.invite_expired": N_("Mã mời này đã hết hạn. Không sao, chọn trong danh sách là được."),
    "register.invite_revoked": N_("Mã mời này đã được thu hồi. Không sao, chọn trong danh sách là được."),
    "register.invite_used_up": N_("Mã mời này đã dùng hết lượt. Không sao, chọn trong danh sách là được."),
    "fact.adults": N_("Nhà có mấy người lớn, từ 18 tuổi trở lên?"),
    "fact.adults.hint": N_("Đếm cả người đại diện. Bấm số, hoặc gõ: 2, hai người."),
    "fact.adults.done": NN_("Nhà có %(count)s người lớn.", "Nhà có %(count)s người lớn."),
    "fact.school_age_children": N_("Nhà có mấy trẻ trong tuổi đi học, từ 6 đến dưới 18 tuổi?"),
    "fact.school_age_children.hint": N_("Chỉ cần số, không cần tên. Không có thì chọn 0."),
    "fact.school_age_children.done": NN_(
        "Nhà có %(count)s trẻ trong tuổi đi học.", "Nhà có %(count)s trẻ trong tuổi đi học."
    ),
    "register.count_not_understood": N_("Chưa rõ con số. Xin gõ một số, ví dụ: 2, hoặc: hai."),
    "register.count_out_of_range": N_("Chỉ nhận số từ %(minimum)s đến %(maximum)s. Xin xem lại giúp."),
    "register.first": N_("Đây là câu đầu tiên rồi."),
    "register.keep": N_("Giữ: %(value)s"),
    "register.again": N_("Còn thiếu vài điều. Xin trả lời lại từ đầu, rất ngắn."),
    "register.done": N_("Đã đăng ký: %(name)s, %(place)s. Mời trả lời câu đầu tiên."),
    "register.changed": N_("Đã sửa thông tin đăng ký."),
    "nav.why": N_("Vì sao hỏi?"),
    "nav.help": N_("Trợ giúp"),
    "nav.back": N_("Quay lại"),
    "nav.later": N_("Để sau"),
    "nav.pause": N_("Tạm dừng"),
    "nav.cancel": N_("Hủy bỏ"),
    "nav.continue": N_("Tiếp tục"),
    "nav.summary": N_("Xem tóm tắt"),
    "nav.language": N_("English / Tiếng Việt"),
    "nav.privacy": N_("Quyền riêng tư"),
    "nav.other_title": N_("Đánh giá danh hiệu khác"),
    "nav.my_sheets": N_("Các phiếu của tôi"),
    "nav.rules": N_("Đọc tiêu chí"),
    "nav.desk": N_("Bàn làm việc"),
    "nav.link": N_("Tôi có mã liên kết"),
    "help.title": N_("Cách trả lời"),
    "help.answer": N_(
        "Bấm một lựa chọn, gõ số của nó, hoặc gõ lời như “có”, “chưa”, “hai người”, “2/3”. Có dấu hay không dấu đều "
        "được."
    ),
    "help.words": N_("Lúc nào cũng có thể nhắn: “vì sao hỏi”, “quay lại”, “để sau”, “tạm dừng”."),
    "help.kept": N_("Câu trả lời được lưu ngay. Nghỉ vài ngày rồi làm tiếp cũng không mất."),
    "help.commands": N_(
        "Các lệnh:\n"
        "/privacy quyền riêng tư\n"
        "/mydata lấy bản sao dữ liệu\n"
        "/delete xóa dữ liệu\n"
        "/language đổi ngôn ngữ\n"
        "/link làm tiếp trên máy khác\n"
        "/tieuchi đọc các bộ tiêu chí\n"
        "/danhhieu đánh giá danh hiệu khác\n"
        "/phieu các phiếu của mình\n"
        "/cancel bỏ việc đang làm dở"
    ),
    "cancel.nothing": N_("Không có gì để hủy. Mọi câu đã trả lời vẫn còn nguyên."),
    "back.nothing": N_("Không còn bước nào trước đó."),
    "command.unknown": N_("Trợ lý không có lệnh này. Gõ /help để xem cách trả lời."),
    "paused.kept": N_(
        "Đã tạm dừng. Mọi câu trả lời đã được lưu. Khi nào rảnh, nhắn “tiếp tục” là làm tiếp đúng chỗ này."
    ),
    "paused.missing": NN_("Còn %(count)s câu chưa trả lời.", "Còn %(count)s câu chưa trả lời."),
    "paused.back": N_("Mình làm tiếp nhé. Đây là chỗ đang dở."),
    "paused.not_answered": N_("Đang tạm dừng nên chưa ghi tin này. Bấm hoặc gõ “Tiếp tục” để làm tiếp."),
    "resumed.outage": N_("Xin lỗi, trợ lý vừa bị gián đoạn, nút bấm lúc đó có thể chưa được ghi. Đây là chỗ đang dở."),
    "resumed.joined": N_("Đã liên kết. Từ nay làm tiếp ở đây cũng được."),
    "resumed.failed": N_("Có trục trặc khi ghi tin nhắn vừa rồi, nên tin đó chưa được tính. Mời trả lời lại."),
    "failure.reference": N_(
        "Trợ lý gặp trục trặc với tin nhắn vừa rồi, mã sự cố %(reference)s. Những gì đã lưu vẫn còn. Nếu còn gặp lại, "
        "xin báo mã này cho người phụ trách."
    ),
    "language.question": N_("Chọn ngôn ngữ / Choose a language"),
    "language.done": N_("Từ bây giờ trợ lý dùng tiếng Việt."),
    "language.not_understood": N_("Xin chọn một trong hai ngôn ngữ."),
    "privacy.title": N_("Quyền riêng tư"),
    "privacy.kept": N_(
        "Lưu những gì: tên gọi của người đại diện, nơi ở hoặc địa bàn, các con số đã khai (như số người lớn, số trẻ "
        "trong tuổi đi học, số hộ), vai trò được giao, câu trả lời, tệp đã gửi, ai trả lời và lúc nào. Thôn còn lập "
        "danh sách hộ: tên chủ hộ, số hộ, tổ, điện thoại, số người. Không lưu tên trẻ em, số căn cước, dân tộc, "
        "tôn giáo."
    ),
    "privacy.why": N_("Để làm gì: chỉ để tự đánh giá, bình xét và công nhận danh hiệu học tập."),
    "privacy.seen_by": N_(
        "Ai được xem: người làm phiếu, trưởng thôn hoặc chi hội khuyến học, và cán bộ xã phụ trách; phiếu của đơn vị, "
        "địa bàn thì thêm cấp xét danh hiệu. Trưởng thôn được ghi câu trả lời giúp hộ trong thôn; dòng họ chỉ được "
        "tính hộ nào đã đồng ý."
    ),
    "privacy.how_long": N_(
        "Giữ bao lâu: phiếu chưa nộp bị xóa ngay khi có yêu cầu. Phiếu đã nộp là hồ sơ xét danh hiệu; khi có yêu cầu "
        "xóa, kết quả được giữ lại không kèm tên. Phiếu của địa bàn và bộ tiêu chí đã ban hành là của chung nên ở lại, "
        "không kèm tên người làm. Danh sách hộ do thôn giữ: muốn sửa hay bỏ tên, xin hỏi trưởng thôn."
    ),
    "privacy.rights": N_(
        "Lúc nào cũng có thể: lấy bản sao (/mydata), sửa câu trả lời, rút lại đồng ý và xóa (/delete)."
    ),
    "privacy.contact": N_("Người phụ trách dữ liệu: %(contact)s."),
    "privacy.consent_given": N_("Đã đồng ý với bản %(version)s lúc %(at)s."),
    "mydata.coming": N_("Bản sao dữ liệu đang được gửi."),
    "mydata.nothing": N_("Trợ lý chưa lưu gì."),
    "delete.question": N_("Xóa dữ liệu và rút lại đồng ý?"),
    "delete.goes": N_("Sẽ xóa: tên gọi, tài khoản, ảnh minh chứng, và các câu trả lời chưa nộp."),
    "delete.stays": N_(
        "Phiếu đã nộp là hồ sơ xét danh hiệu nên điểm và kết quả được giữ lại, nhưng không còn tên và minh chứng."
    ),
    "delete.nothing_stays": N_("Phiếu chưa nộp thì không giữ lại gì."),
    "delete.shared_stays": N_(
        "Vai trò được giao cũng xóa. Phiếu của địa bàn và bộ tiêu chí đã ban hành là của chung nên ở lại, không kèm "
        "tên người làm."
    ),
    "delete.yes": N_("Xóa hết"),
    "delete.no": N_("Giữ lại"),
    "delete.not_understood": N_("Chưa xóa gì. Muốn xóa, bấm hoặc gõ “Xóa hết”. Muốn thôi, bấm hoặc gõ “Giữ lại”."),
    "delete.done": N_("Đã xóa dữ liệu. Cảm ơn đã tham gia."),
    "link.code": N_("Mã liên kết: %(code)s"),
    "link.how": N_("Trên máy kia, nhắn: /link %(code)s. Mã dùng một lần, trong %(minutes)s phút."),
    "link.web": N_("Hoặc mở trang này trên máy kia rồi gõ mã:"),
    "link.address": N_("%(address)s"),
    "link.enter": N_("Gõ mã liên kết."),
    "link.enter_hint": N_("Muốn có mã: nhắn /link trên máy đang dùng."),
    "link.not_a_code": N_("Đây chưa phải mã liên kết. Mã có 8 chữ và số, ví dụ: K7QM 2XPA."),
    "link.unknown": N_("Mã này không đúng. Xin xem lại từng chữ, hoặc lấy mã mới."),
    "link.expired": N_("Mã này đã hết hạn hoặc đã dùng rồi. Xin lấy mã mới: nhắn /link trên máy kia."),
    "link.has_own_household": N_(
        "Ở đây đã có một phiếu riêng nên không nối được. Muốn dùng phiếu ở máy kia, xin xóa phiếu ở đây trước, bằng "
        "/delete."
    ),
    "code.too_many_tries": N_("Đã gõ sai mã nhiều lần. Xin đợi %(minutes)s phút rồi gõ lại mã."),
}
