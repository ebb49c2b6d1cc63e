"""Texts of the web page around the conversation: labels, placeholders, the line's state, uploads, page errors."""

from __future__ import annotations

from bot.messages.markers import N_, Message

MESSAGES: dict[str, Message] = {
    # The page.
    "web.name": N_("Trợ lý học tập"),
    "web.about": N_("Tự đánh giá danh hiệu học tập ngay trên điện thoại, không cần tài khoản."),
    "web.skip": N_("Đến phần trả lời"),
    "web.log": N_("Cuộc trò chuyện"),
    "web.answer": N_("Trả lời"),
    "web.choices": N_("Chọn câu trả lời"),
    "web.navigation": N_("Việc khác"),
    "web.you": N_("Quý vị:"),
    "web.opening": N_("Đang mở cuộc trò chuyện..."),
    "web.still_working": N_("Đã nhận, đang xử lý. Xin chờ một chút."),
    # Typing.
    "web.type.label": N_("Câu trả lời gõ bằng chữ hoặc số"),
    "web.type.choice": N_("Hoặc gõ ở đây"),
    "web.type.number": N_("Gõ một số"),
    "web.type.share": N_("Ví dụ: 2/3"),
    "web.type.text": N_("Gõ câu trả lời"),
    "web.type.nothing": N_("Nhắn tin"),
    "web.send": N_("Gửi"),
    # Files.
    "web.attach": N_("Ảnh"),
    "web.attach.file": N_("Tệp"),
    "web.attach.label": N_("Gửi ảnh, giấy tờ minh chứng hoặc tệp Excel"),
    "web.attach.remove": N_("Bỏ tệp này"),
    "web.attach.too_large": N_("Tệp này lớn quá %(megabytes)s MB. Xin chụp lại nhỏ hơn hoặc chọn tệp khác."),
    "web.attach.lost": N_("Tệp chưa gửi được vì trang đã đóng. Xin chọn lại tệp."),
    # How sending goes.
    "web.sending": N_("Đang gửi"),
    "web.sent": N_("Đã gửi"),
    "web.waiting": N_("Chờ gửi lại"),
    "web.not_sent": N_("Chưa gửi được"),
    "web.offline": N_("Mất kết nối. Câu trả lời được giữ lại và sẽ tự gửi khi có mạng."),
    "web.busy": N_("Máy chủ đang bận. Câu trả lời được giữ lại và sẽ tự gửi."),
    "web.back_online": N_("Đã có kết nối trở lại."),
    "web.stale": N_("Trang này đã cũ."),
    "web.reload": N_("Mở lại trang"),
    # What came.
    "web.copy": N_("Chép địa chỉ"),
    "web.copied": N_("Đã chép."),
    "web.document.card": N_("Thẻ ảnh để chia sẻ"),
    "web.document.pdf": N_("Phiếu PDF để in"),
    "web.document.docx": N_("Phiếu Word để sửa và in"),
    "web.document.my_data": N_("Bản sao dữ liệu đã lưu"),
    "web.document.workbook": N_("Tệp Excel của bộ tiêu chí"),
    "web.document.marked_workbook": N_("Tệp Excel có đánh dấu chỗ cần sửa"),
    "web.document.cards": N_("Thẻ mời để in"),
    "web.document.invite_card": N_("Thẻ mời để chuyển tiếp"),
    "web.document.role_card": N_("Thẻ có mã mời nhận việc"),
    "web.document.roll_template": N_("Mẫu Excel danh sách hộ"),
    "web.document.roll_marked": N_("Tệp Excel có đánh dấu chỗ cần xem"),
    "web.document.answers_workbook": N_("Tệp Excel câu trả lời của thôn"),
    "web.document.minutes": N_("Biên bản họp thôn (bản nháp)"),
    "web.document.progress": N_("Ảnh tiến độ của thôn"),
    "web.document.get": N_("Tải về"),
    "web.document.hint": N_("Nếu không tải được, giữ ngón tay trên ảnh rồi chọn lưu ảnh."),
    "web.document.hint_file": N_("Nếu ứng dụng này không cho tải tệp, xin dùng thẻ ảnh."),
    # Pages instead of the conversation.
    "web.welcome.title": N_("Trợ lý học tập"),
    "web.welcome.text": N_(
        "Nơi tự đánh giá danh hiệu học tập, từng câu một, không cần tài khoản. "
        "Nếu bấm nút mà vẫn trở lại đây, xin bật cookie trong trình duyệt."
    ),
    "web.welcome.go": N_("Vào cuộc trò chuyện"),
    "web.error.not_found": N_("Không có trang này. Có thể địa chỉ bị thiếu một đoạn."),
    "web.error.nothing_to_print": N_("Chưa có gì để tải. Xin trả lời các câu hỏi trước."),
    "web.error.refused": N_("Trang này đã cũ nên câu trả lời chưa được gửi. Xin mở lại trang và gửi lại."),
    "web.error.too_large": N_("Tệp lớn quá nên chưa gửi được. Xin chọn tệp nhỏ hơn."),
    "web.error.too_many": N_("Đang có nhiều người cùng gửi. Xin chờ nửa phút rồi thử lại."),
    "web.error.failed": N_("Có trục trặc. Những gì đã trả lời vẫn còn. Xin mở lại trang sau một phút."),
    "web.error.back": N_("Về cuộc trò chuyện"),
}
