"""The fixed words of printed sheets and picture cards."""

from __future__ import annotations

from bot.messages.markers import N_, Message

MESSAGES: dict[str, Message] = {
    # Whose rules these are; never leave this off a result.
    "report.standing.sample": N_("PHIẾU MẪU - kết quả tạm tính"),
    "report.standing.local": N_("TIÊU CHÍ ĐỊA PHƯƠNG - kết quả tạm tính"),
    "report.standing.official": N_("TIÊU CHÍ CHÍNH THỨC - kết quả tạm tính"),
    "report.standing.sample.means": N_("Tính theo bộ tiêu chí mẫu để làm quen, chưa phải tiêu chí chính thức."),
    "report.standing.local.means": N_("Tính theo bộ tiêu chí địa phương đã quyết định áp dụng."),
    "report.standing.official.means": N_("Tính theo bộ tiêu chí được ban hành chính thức."),
    "report.provisional": N_("Danh hiệu chỉ được công nhận khi có quyết định của cấp có thẩm quyền."),
    # The sheet.
    "report.nation": N_("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    "report.motto": N_("Độc lập - Tự do - Hạnh phúc"),
    "report.heading": N_("PHIẾU TỰ ĐÁNH GIÁ"),
    "report.heading.about": N_("Danh hiệu “%(title)s” năm %(year)s"),
    "report.household": N_("Hộ gia đình: %(name)s"),
    "report.place": N_("Nơi ở: %(place)s"),
    "report.issuing_document": N_("Căn cứ: %(document)s"),
    "report.state.draft": N_("Bản nháp, chưa nộp"),
    "report.state.handed_in": N_("Đã nộp ngày %(date)s"),
    "report.state": N_("Tình trạng: %(state)s"),
    "report.column.number": N_("Số"),
    "report.column.indicator": N_("Chỉ tiêu"),
    "report.column.answer": N_("Trả lời"),
    "report.column.points": N_("Điểm"),
    "report.column.reason": N_("Lý do và căn cứ"),
    "report.total": N_("Tổng cộng"),
    "report.result": N_("Danh hiệu tạm tính: %(title)s"),
    "report.way_up": N_("Cách đạt mức cao hơn"),
    "report.note": N_("Ghi chú"),
    "report.signature.household": N_("ĐẠI DIỆN HỘ GIA ĐÌNH"),
    "report.signature.village_head": N_("TRƯỞNG THÔN"),
    "report.signature.how": N_("(Ký, ghi rõ họ tên)"),
    "report.signature.date": N_("Ngày ..... tháng ..... năm ........"),
    "report.page": N_("Trang %(page)s/%(pages)s"),
    "report.check_code": N_("Mã kiểm tra: %(code)s"),
    "report.printed_on": N_("In ngày %(date)s"),
    # The picture card.
    "report.card.result": N_("Danh hiệu tạm tính"),
    "report.card.heading": N_("Phiếu tự đánh giá năm %(year)s"),
}
