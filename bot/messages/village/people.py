"""Texts of roles, codes, cards and arriving by a household's code."""

from __future__ import annotations

from bot.messages.markers import N_, NN_, Message

MESSAGES: dict[str, Message] = {
    # Arriving by the code of a household.
    "welcome.household": N_("Mã này dẫn tới phiếu của %(household)s."),
    "arriving.household": N_("hộ %(name)s, %(place)s"),
    "arriving.expired": N_("Mã của hộ này đã hết hạn. Xin trưởng thôn cấp mã mới."),
    "arriving.used_up": N_("Mã của hộ này đã dùng hết số lần. Xin trưởng thôn cấp mã mới."),
    "arriving.revoked": N_("Mã này đã được thay bằng mã khác. Xin trưởng thôn cấp mã mới."),
    "arriving.left_roll": N_("Hộ của mã này không còn trong danh sách của thôn. Xin hỏi lại trưởng thôn."),
    "arriving.question": N_("Mã này dẫn tới phiếu của %(household)s. Làm cả phiếu của hộ này?"),
    "arriving.keeps": N_("Phiếu của %(name)s vẫn còn nguyên, lúc nào cũng mở lại được."),
    "arriving.join": N_("Làm phiếu hộ này"),
    "arriving.stay": N_("Thôi"),
    "arriving.not_understood": N_("Xin chọn “Làm phiếu hộ này”, hoặc “Thôi”."),
    # Who has a role, and open codes.
    "people.title": N_("Người được giao việc: %(place)s"),
    "people.nobody": N_("Chưa có ai được giao việc ở đây."),
    "people.role": N_("%(role)s: %(place)s"),
    "people.role_until": N_("%(role)s: %(place)s, đến %(until)s"),
    "people.code": N_("Mã chưa dùng: %(role)s, %(place)s"),
    "people.own": N_("%(line)s (là mình)"),
    "people.again": N_("%(line)s (%(number)s)"),
    "people.kind.officer": N_("Cán bộ"),
    "people.kind.village_head": N_("Trưởng thôn"),
    "people.how": N_("Bấm vào một dòng để kết thúc việc hoặc thu hồi mã."),
    "people.invite.village_head": N_("Mời trưởng thôn"),
    "people.invite.officer": N_("Mời cán bộ"),
    # Inviting somebody to a role.
    "inviting.place.village_head": N_("Mời trưởng thôn của thôn nào?"),
    "inviting.place.officer": N_("Mời cán bộ phụ trách nơi nào?"),
    "inviting.hint": N_("Chọn trong danh sách, hoặc gõ vài chữ của tên, không cần dấu."),
    "inviting.none": N_("Chưa thấy nơi nào có chữ “%(query)s”. Xin thử vài chữ khác."),
    "inviting.until.village_head": N_("Giao việc trưởng thôn của %(place)s đến bao giờ?"),
    "inviting.until.officer": N_("Giao việc cán bộ phụ trách %(place)s đến bao giờ?"),
    "inviting.until.hint": N_("Hết nhiệm kỳ thì gõ ngày cuối, ví dụ: 30/6/2027."),
    "inviting.this_year": N_("Hết năm nay"),
    "inviting.no_end": N_("Không đặt ngày cuối"),
    "inviting.not_a_day": N_("Chưa rõ ngày nào. Xin gõ như: 30/6/2027."),
    "inviting.day_passed": N_("Ngày %(day)s đã qua. Xin gõ một ngày từ hôm nay trở đi."),
    "inviting.day_too_far": N_("Ngày %(day)s quá xa. Xin gõ một ngày trong vòng 10 năm."),
    "inviting.code": N_("Mã mời: %(code)s"),
    "inviting.for": N_("%(role)s: %(place)s."),
    "inviting.how": N_("Đọc mã này qua điện thoại. Ai nhận thì mở trò chuyện và gõ mã vào."),
    "inviting.once": NN_(
        "Mã dùng cho một người, trong %(count)s ngày. Xin chép lại ngay: mã chỉ hiện một lần.",
        "Mã dùng cho một người, trong %(count)s ngày. Xin chép lại ngay: mã chỉ hiện một lần.",
    ),
    "inviting.link": N_("Hoặc gửi đường dẫn này cho đúng người đó:"),
    "inviting.address": N_("%(address)s"),
    "inviting.issued": N_("Mã mời cho %(place)s đã được cấp. Ảnh có mã QR gửi kèm, để chuyển tiếp cho đúng người đó."),
    "inviting.another": N_("Mời thêm người"),
    "inviting.list": N_("Xem người được giao việc"),
    # Ending a role, revoking a code.
    "ending.role": N_("Kết thúc việc này: %(line)s?"),
    "ending.role.means": N_("Người đó không còn xem hay làm gì ở đây nữa. Phiếu và câu trả lời đã có vẫn giữ nguyên."),
    "ending.code": N_("Thu hồi mã này: %(line)s?"),
    "ending.code.means": N_("Mã không dùng được nữa. Cần thì cấp mã khác."),
    "ending.end": N_("Kết thúc việc"),
    "ending.revoke": N_("Thu hồi mã"),
    "ending.keep": N_("Thôi"),
    "ending.not_understood": N_("Xin bấm một trong hai nút."),
    "ending.role.done": N_("Đã kết thúc: %(line)s."),
    "ending.code.done": N_("Đã thu hồi mã: %(line)s."),
    "role.ended": N_("Việc này đã kết thúc: %(role)s. Có gì chưa rõ, xin hỏi cán bộ phụ trách."),
    # Cards.
    "cards.heading": N_("Gia đình học tập %(year)s"),
    "cards.role_heading": N_("Mời nhận việc"),
    "cards.household": N_("Hộ %(name)s"),
    "cards.number": N_("Số %(number)s"),
    "cards.how.scan": N_("Mở máy ảnh, soi ô vuông, bấm vào dòng hiện ra."),
    "cards.how.web": N_("Không soi được thì vào %(address)s rồi gõ mã."),
    "cards.how.telegram": N_("Không soi được thì mở Telegram, tìm %(bot)s rồi gõ mã."),
    "cards.how.chat": N_("Mở nơi trò chuyện mà người phát thẻ đã chỉ."),
    "cards.how.code": N_("Gõ mã này vào đó."),
    "cards.own": N_("Mã riêng của nhà mình, xin giữ kỹ."),
    "cards.once": N_("Mã dùng cho một người, trong 14 ngày."),
    "cards.once_until": N_("Mã dùng cho một người, trong 14 ngày. Nhận việc đến hết ngày %(day)s."),
    "cards.renew": N_("Đổi mã mới"),
    "cards.renewed": N_("Đã đổi mã: thẻ cũ không dùng được nữa. Thẻ mới đang được gửi."),
    "cards.file": N_("Thẻ mời %(place)s"),
    "cards.caption": NN_(
        "%(count)s thẻ mời của %(place)s. In ra giấy A4, cắt theo đường chấm, phát cho từng nhà.",
        "%(count)s thẻ mời của %(place)s. In ra giấy A4, cắt theo đường chấm, phát cho từng nhà.",
    ),
    "cards.invite_caption": N_("Thẻ mời của %(name)s. Mã: %(code)s"),
    "cards.role_caption": N_("%(role)s, %(place)s. Mã: %(code)s. Chỉ gửi cho đúng người được mời."),
    # Wrong codes.
    "codes.many_wrong": NN_(
        "Trong một giờ qua có %(count)s lần gõ sai mã. Mã vẫn an toàn, không cần làm gì. Nếu có người hỏi vì mã không "
        "dùng được, xin cấp mã mới.",
        "Trong một giờ qua có %(count)s lần gõ sai mã. Mã vẫn an toàn, không cần làm gì. Nếu có người hỏi vì mã không "
        "dùng được, xin cấp mã mới.",
    ),
}
