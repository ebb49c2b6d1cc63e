"""Texts of reading the rules and of adopting a locality's own."""

from __future__ import annotations

from bot.messages.markers import N_, NN_, Message

MESSAGES: dict[str, Message] = {
    "rules.title": N_("Các bộ tiêu chí đang áp dụng ở đây"),
    "rules.changed": N_("Từ %(day)s áp dụng bộ tiêu chí “%(title)s”. Các câu trả lời còn phù hợp vẫn được giữ."),
    "rules.changed_ask_again": NN_(
        "Từ %(day)s áp dụng bộ tiêu chí “%(title)s”. Các câu trả lời còn phù hợp vẫn được giữ; có %(count)s câu cần "
        "trả lời.",
        "Từ %(day)s áp dụng bộ tiêu chí “%(title)s”. Các câu trả lời còn phù hợp vẫn được giữ; có %(count)s câu cần "
        "trả lời.",
    ),
    "adopt.get_workbook": N_("Lấy tệp Excel để sửa"),
    "adopt.get_workbook_for": N_("Tệp Excel cho %(place)s"),
    "adopt.workbook_coming": N_("Đang gửi tệp Excel. Sửa xong, gửi lại tệp vào đây."),
    "adopt.too_large": N_("Tệp này lớn quá, chưa nhận được. Tệp tiêu chí phải nhỏ hơn %(limit)s MB."),
    "adopt.reading": N_("Đã nhận tệp, đang đọc. Xong sẽ báo ngay ở đây."),
    "adopt.refused": N_("Chưa đọc được tệp này"),
    "adopt.send_again": N_("Sửa xong, gửi lại tệp vào đây."),
    "adopt.unsound": NN_("Tệp còn %(count)s chỗ cần sửa:", "Tệp còn %(count)s chỗ cần sửa:"),
    "adopt.more_problems": NN_("và %(count)s chỗ nữa.", "và %(count)s chỗ nữa."),
    "adopt.get_marked": N_("Lấy tệp có đánh dấu chỗ sai"),
    "adopt.marked_coming": N_("Đang gửi tệp có đánh dấu."),
    "adopt.sound": N_("Tệp đọc được: “%(title)s”, cho %(place)s"),
    "adopt.no_change": N_("Tệp này giống hệt bộ tiêu chí đang áp dụng, nên không có gì để ban hành."),
    "adopt.changes": N_("Khác với bộ đang áp dụng:"),
    "adopt.tried": N_("Thử trên các phiếu năm nay:"),
    "adopt.go_on": N_("Ban hành bộ này"),
    "adopt.number": N_("Số của quyết định ban hành là gì?"),
    "adopt.number_hint": N_("Ví dụ: 12/QĐ-UBND."),
    "adopt.number_not_understood": N_("Chưa rõ số quyết định. Xin gõ như trên văn bản, ví dụ: 12/QĐ-UBND."),
    "adopt.decided_on": N_("Quyết định ký ngày nào?"),
    "adopt.valid_from": N_("Áp dụng từ ngày nào?"),
    "adopt.day_hint": N_("Gõ ngày, ví dụ: 01/12/2026."),
    "adopt.today": N_("Hôm nay, %(day)s"),
    "adopt.tomorrow": N_("Ngày mai, %(day)s"),
    "adopt.day_not_understood": N_("Chưa rõ ngày nào. Xin gõ ngày/tháng/năm, ví dụ: 01/12/2026."),
    "adopt.decided_later": N_("Ngày ký không thể sau hôm nay, %(day)s."),
    "adopt.begins_earlier": N_("Bộ mới chỉ áp dụng từ hôm nay, %(day)s, trở đi: điều đã qua không sửa được."),
    "adopt.begins_after_end": N_("Tệp ghi hết hiệu lực ngày %(until)s, nên ngày bắt đầu phải trước đó."),
    "adopt.last_look": N_("Ban hành “%(title)s” cho %(place)s và mọi nơi bên trong?"),
    "adopt.decision": N_("Quyết định số %(number)s, ký ngày %(day)s."),
    "adopt.from": N_("Áp dụng từ ngày %(day)s."),
    "adopt.from_until": N_("Áp dụng từ ngày %(day)s đến hết ngày %(until)s."),
    "adopt.what_happens": N_(
        "Phiếu đã nộp giữ nguyên bộ cũ. Phiếu đang làm chuyển sang bộ mới, câu nào còn phù hợp thì giữ. Nơi nào bên "
        "trong đã có bộ riêng thì vẫn theo bộ riêng."
    ),
    "adopt.now": N_("Ban hành"),
    "adopt.done": N_("Đã ban hành “%(title)s” cho %(place)s, áp dụng từ ngày %(day)s."),
    "adopt.not_any_more": N_("Tệp này không còn dùng để ban hành được. Muốn sửa tiếp, xin lấy tệp mới."),
}
