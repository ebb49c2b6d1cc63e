"""Texts of this year beside the last."""

from __future__ import annotations

from bot.messages.markers import N_, NN_, Message

MESSAGES: dict[str, Message] = {
    # One household.
    "years.title": N_("%(name)s: năm nay so với năm trước"),
    "years.none": N_("Chưa có phiếu nào của năm trước để so."),
    "years.none_now": N_("Năm nay chưa có phiếu nào để so."),
    "years.result": N_("Năm %(year)s: %(verdict)s"),
    "years.result_points": N_("Năm %(year)s: %(verdict)s, %(total)s trên %(max_total)s điểm"),
    "years.recognised": N_("%(result)s (đã được công nhận)"),
    "years.provisional": N_("%(result)s (tạm tính)"),
    "years.unfinished": N_("%(result)s (chưa xong)"),
    "years.other_rules": N_("Bộ tiêu chí hai năm khác nhau, nên điểm mỗi năm tính theo bộ tiêu chí của năm đó."),
    "years.computed_otherwise": N_(
        "Số người trong nhà đã đổi, nên điểm từng câu của năm trước dưới đây có thể khác với kết quả đã lưu."
    ),
    "years.gained": N_("Năm nay có thêm danh hiệu, nhờ: %(names)s."),
    "years.lost": N_("Năm nay không còn danh hiệu, do: %(names)s."),
    "years.gained_by_rules": N_("Năm nay có thêm danh hiệu vì bộ tiêu chí đã đổi."),
    "years.lost_by_rules": N_("Năm nay không còn danh hiệu vì bộ tiêu chí đã đổi."),
    "years.gained_by_facts": N_("Năm nay có thêm danh hiệu, không phải do câu trả lời nào thay đổi."),
    "years.lost_by_facts": N_("Năm nay không còn danh hiệu, không phải do câu trả lời nào thay đổi."),
    "years.kept": N_("Vẫn giữ được danh hiệu."),
    "years.never": N_("Cả hai năm đều chưa đạt danh hiệu."),
    "years.and": N_("%(first)s; %(rest)s"),
    "years.line": N_("%(short)s: %(before)s → %(after)s"),
    "years.line_points": N_("%(short)s: %(before)s → %(after)s (%(points_before)s → %(points_after)s điểm)"),
    "years.line_new": N_("%(short)s (câu mới): %(after)s"),
    "years.line_gone": N_("%(short)s (nay không hỏi nữa): %(before)s"),
    "years.not_asked": N_("không phải trả lời"),
    "years.unchanged": NN_("%(count)s câu giữ nguyên.", "%(count)s câu giữ nguyên."),
    "years.open": NN_("%(count)s câu năm nay chưa trả lời.", "%(count)s câu năm nay chưa trả lời."),
    "years.nothing_changed": N_("Không câu trả lời nào thay đổi."),
    "years.more": N_("Xem thêm thay đổi"),
    "years.from_first": N_("Xem lại từ đầu"),
    # A hamlet.
    "years.village.title": N_("%(place)s: năm %(year)s so với năm %(before)s"),
    "years.village.compared": NN_(
        "So được %(count)s hộ có phiếu cả hai năm.", "So được %(count)s hộ có phiếu cả hai năm."
    ),
    "years.village.none": N_("Chưa hộ nào có phiếu của cả hai năm để so."),
    "years.village.kept": NN_("Giữ được danh hiệu: %(count)s hộ", "Giữ được danh hiệu: %(count)s hộ"),
    "years.village.gained": NN_("Có thêm danh hiệu: %(count)s hộ", "Có thêm danh hiệu: %(count)s hộ"),
    "years.village.lost": NN_("Không còn danh hiệu: %(count)s hộ", "Không còn danh hiệu: %(count)s hộ"),
    "years.village.never": NN_("Hai năm đều chưa đạt: %(count)s hộ", "Hai năm đều chưa đạt: %(count)s hộ"),
    "years.village.unfinished": NN_(
        "%(count)s hộ có phiếu năm trước nhưng năm nay chưa xong.",
        "%(count)s hộ có phiếu năm trước nhưng năm nay chưa xong.",
    ),
    "years.village.new": NN_(
        "%(count)s hộ năm nay mới có phiếu.",
        "%(count)s hộ năm nay mới có phiếu.",
    ),
    "years.village.other_rules": N_("Bộ tiêu chí hai năm khác nhau: mỗi năm tính theo bộ tiêu chí của năm đó."),
    "years.village.see_gained": N_("Xem hộ có thêm"),
    "years.village.see_lost": N_("Xem hộ không còn"),
    "years.village.whose_gained": N_("Hộ năm nay có thêm danh hiệu. Chọn một hộ để xem nhờ đâu."),
    "years.village.whose_lost": N_("Hộ năm nay không còn danh hiệu. Chọn một hộ để xem do đâu."),
    "years.village.household": N_("%(name)s"),
    "years.village.household_points": N_("%(name)s: %(before)s → %(after)s"),
    "years.village.more": N_("Xem thêm hộ"),
}
