"""Texts of the rules' own words: reasons, worth, results, ways up (the codes of bot.scoring.explain)."""

from __future__ import annotations

from bot.messages.markers import N_, NN_, Message

MESSAGES: dict[str, Message] = {
    "scoring.reason.not_answered": N_("Chưa trả lời."),
    "scoring.reason.answer_unfit": N_("Câu trả lời cũ không còn hợp, cần trả lời lại."),
    "scoring.reason.not_applicable": N_("Không áp dụng cho gia đình."),
    "scoring.reason.not_applicable_because": N_("Không áp dụng: %(because)s"),
    "scoring.reason.yes": N_("Trả lời: có."),
    "scoring.reason.no": N_("Trả lời: chưa."),
    "scoring.reason.option": N_("Trả lời: %(label)s."),
    "scoring.reason.number_band": N_("Trả lời: %(number)s %(unit)s, thuộc mức từ %(at_least)s %(unit)s trở lên."),
    "scoring.reason.share_band": N_(
        "Trả lời: %(part)s/%(whole)s, bằng %(percent)s%%, thuộc mức từ %(at_least)s%% trở lên."
    ),
    "scoring.reason.derived_band": N_(
        "Tính từ sổ ghi ngày %(day)s: %(part)s/%(whole)s, bằng %(percent)s%%, thuộc mức từ %(at_least)s%% trở lên."
    ),
    "scoring.reason.derived_overridden": N_(
        "Ghi thay số liệu: %(part)s/%(whole)s, bằng %(percent)s%%, thuộc mức từ %(at_least)s%% trở lên. Lý do: "
        "%(reason)s. Sổ ghi ngày %(day)s là %(counted_part)s/%(counted_whole)s."
    ),
    "scoring.reason.derived_stated": N_(
        "Tự khai khi chưa có sổ ghi: %(part)s/%(whole)s, bằng %(percent)s%%, thuộc mức từ %(at_least)s%% trở lên. "
        "Lý do: %(reason)s."
    ),
    "scoring.reason.points_given": N_("Điểm được chấm: %(points)s."),
    "scoring.worth.points": N_("%(points)s/%(max_points)s điểm"),
    "scoring.worth.full_points": N_("%(points)s điểm, tính đủ"),
    "scoring.worth.excluded": N_("không tính vào tổng"),
    "scoring.worth.level": N_("đạt mức %(level)s"),
    "scoring.worth.no_level": N_("chưa đạt"),
    "scoring.worth.every_level": N_("không xét, coi như đạt"),
    "scoring.result.title": N_("%(total)s/%(max_total)s điểm. Tạm tính: %(title)s"),
    "scoring.result.not_reached": N_("%(total)s/%(max_total)s điểm. Tạm tính: %(not_reached)s"),
    "scoring.result.title_by_level": N_("Tạm tính: %(title)s, mức %(level)s"),
    "scoring.result.not_reached_by_level": N_("Tạm tính: %(not_reached)s"),
    "scoring.result.incomplete": NN_("Còn %(count)s câu chưa trả lời.", "Còn %(count)s câu chưa trả lời."),
    "scoring.result.official": N_("Theo bộ tiêu chí chính thức: %(document)s."),
    "scoring.result.local": N_("Theo bộ tiêu chí của địa phương: %(document)s."),
    "scoring.result.sample": N_("PHIẾU MẪU: chưa phải bộ tiêu chí chính thức, kết quả chỉ để tham khảo."),
    "scoring.obstacle.total": N_("• Thêm %(missing)s điểm: cần từ %(min_total)s điểm"),
    "scoring.obstacle.indicator_minimum": N_("• %(indicator)s: cần ít nhất %(minimum)s điểm"),
    "scoring.obstacle.zero_indicator": N_("• %(indicator)s: không được bằng 0 điểm"),
    "scoring.obstacle.zero_criterion": N_("• Tiêu chí “%(criterion)s”: không được bằng 0 điểm"),
    "scoring.obstacle.level": N_("• %(indicator)s: cần đạt mức %(level)s"),
    "scoring.way_up.points": NN_(
        "Còn thiếu %(missing)s điểm để đạt “%(title)s”. Gần nhất là %(count)s việc:",
        "Còn thiếu %(missing)s điểm để đạt “%(title)s”. Gần nhất là %(count)s việc:",
    ),
    "scoring.way_up.level": NN_("Để đạt “%(title)s” còn %(count)s việc:", "Để đạt “%(title)s” còn %(count)s việc:"),
    "scoring.way_up.gain": N_("• %(indicator)s: thêm được %(gain)s điểm"),
    "scoring.way_up.pass": N_("• %(indicator)s: cần đạt mức %(level)s"),
}
