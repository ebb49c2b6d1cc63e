"""What Telegram shows of the bot outside the conversation: its command menu and its profile."""

from __future__ import annotations

from bot.messages.markers import N_, Message

MESSAGES: dict[str, Message] = {
    "telegram.command.start": N_("Bắt đầu"),
    "telegram.command.continue": N_("Làm tiếp chỗ đang dở"),
    "telegram.command.rules": N_("Đọc và tìm trong các bộ tiêu chí"),
    "telegram.command.titles": N_("Đánh giá danh hiệu khác"),
    "telegram.command.sheets": N_("Các phiếu của mình"),
    "telegram.command.help": N_("Hướng dẫn trả lời"),
    "telegram.command.cancel": N_("Bỏ việc đang làm dở"),
    "telegram.command.language": N_("Đổi ngôn ngữ"),
    "telegram.command.link": N_("Làm tiếp trên máy hoặc ứng dụng khác"),
    "telegram.command.privacy": N_("Giữ những gì, để làm gì, ai xem được"),
    "telegram.command.mydata": N_("Nhận bản sao dữ liệu của mình"),
    "telegram.command.delete": N_("Xóa dữ liệu của mình"),
    # Shown in an empty chat, above the start button: at most 512 letters.
    "telegram.description": N_(
        "Trợ lý giúp gia đình tự đánh giá danh hiệu “Gia đình học tập”, cũng như dòng họ, đơn vị, thôn, xã với danh "
        "hiệu của mình: trả lời vài câu hỏi ngắn, biết ngay kết quả tạm tính và cách đạt mức cao hơn, rồi nộp "
        "phiếu.\n\nBấm nút bên dưới để bắt đầu."
    ),
    # Shown on the bot's page and beside its link: at most 120 letters.
    "telegram.short_description": N_(
        "Tự đánh giá danh hiệu học tập của gia đình, dòng họ, đơn vị, thôn, xã bằng vài câu hỏi ngắn."
    ),
}
