"""Texts of clans and their households."""

from __future__ import annotations

from bot.messages.markers import N_, NN_, Message

MESSAGES: dict[str, Message] = {
    # The clan's side.
    "clan.open": N_("Hộ thành viên"),
    "clan.title": N_("Hộ thành viên: %(clan)s"),
    "clan.none": N_("Chưa có hộ nào. Hộ nào đồng ý thì tỷ lệ của dòng họ được tính sẵn."),
    "clan.count.asked": NN_("%(count)s hộ chưa trả lời", "%(count)s hộ chưa trả lời"),
    "clan.count.agreed": NN_("%(count)s hộ đồng ý", "%(count)s hộ đồng ý"),
    "clan.count.declined": NN_("%(count)s hộ không đồng ý", "%(count)s hộ không đồng ý"),
    "clan.hint": N_("Thêm hộ trong thôn: gõ vài chữ của tên. Hộ ở thôn khác: gõ mã trên thẻ của hộ."),
    "clan.found": N_("Hộ có chữ “%(query)s”. Bấm tên để hỏi hộ đó:"),
    "clan.found_none": N_("Trong thôn không có hộ nào có chữ “%(query)s”."),
    "clan.more": N_("Xem thêm hộ"),
    "clan.all": N_("Xem tất cả hộ"),
    "clan.choice.new": N_("Hỏi %(name)s"),
    "clan.choice.asked": N_("%(name)s (chờ trả lời)"),
    "clan.choice.agreed": N_("%(name)s (đồng ý)"),
    "clan.choice.declined": N_("%(name)s (không đồng ý)"),
    "clan.household": N_("%(name)s, %(place)s"),
    "clan.tie.asked": N_("Hộ này chưa trả lời. Hộ không dùng máy thì trưởng thôn hỏi giúp."),
    "clan.tie.agreed": N_("Hộ này đồng ý cho dòng họ tính vào."),
    "clan.tie.declined": N_("Hộ này không đồng ý. Hộ có thể tự đổi ý bất cứ lúc nào."),
    "clan.drop": N_("Bỏ khỏi dòng họ"),
    "clan.dropped": N_("Đã bỏ %(name)s khỏi danh sách của dòng họ."),
    "clan.asked": N_("Đã hỏi %(name)s, %(place)s. Hộ đồng ý thì mới được tính."),
    "clan.asked_already": N_("%(name)s đã được hỏi rồi."),
    "clan.code_no_more": N_("Mã này không còn dùng được. Xin hộ đó lấy mã mới ở trưởng thôn."),
    "clan.code_unknown": N_("Không có hộ nào mang mã này. Xin xem lại từng chữ trên thẻ."),
    "clan.not_understood": N_("Xin gõ vài chữ trong tên hộ, ví dụ: Văn An; hoặc gõ mã trên thẻ của hộ."),
    # The household's side.
    "clan.asks": N_("%(clan)s muốn tính hộ %(household)s là một nhà trong họ. Gia đình có đồng ý không?"),
    "clan.asks_what": N_(
        "Đồng ý thì dòng họ chỉ đếm hộ này có đạt danh hiệu hay không, không xem câu trả lời. "
        "Muốn đổi ý, gõ: dòng họ nhà mình."
    ),
    "clan.agree": N_("Đồng ý"),
    "clan.decline": N_("Không đồng ý"),
    "clan.said.agreed": N_("Gia đình đã đồng ý. Có thể đổi ý bên dưới."),
    "clan.said.declined": N_("Gia đình đã không đồng ý. Có thể đổi ý bên dưới."),
    "clan.agreed": N_("Đã đồng ý cho %(clan)s tính hộ này."),
    "clan.declined": N_("Đã ghi: không đồng ý cho %(clan)s tính hộ này."),
    "clan.other": N_("Xem %(clan)s"),
    "clan.nobody_asks": N_(
        "Chưa có dòng họ nào hỏi. Đại diện dòng họ mở phiếu của dòng họ thì thấy hộ thành viên ở đó."
    ),
    # How shares are counted.
    "derived.from_village": N_(
        "Theo sổ trong hệ thống ngày %(day)s: %(part)s %(part_label)s, trong tổng số %(whole)s %(whole_label)s "
        "(%(percent)s%%). Tính cả phiếu mà thôn đã xác nhận đạt danh hiệu. Số khác thì gõ kèm lý do, ví dụ: 8/10 vì sổ "
        "còn ghi thiếu."
    ),
    "derived.from_clan": N_(
        "Theo sổ trong hệ thống ngày %(day)s: %(part)s %(part_label)s, trong tổng số %(whole)s %(whole_label)s "
        "(%(percent)s%%). Chỉ tính nhà đã đồng ý, có danh hiệu được thôn xác nhận hoặc đã công nhận. Số khác thì gõ "
        "kèm lý do, ví dụ: 8/10 vì có nhà chưa liên kết."
    ),
}
