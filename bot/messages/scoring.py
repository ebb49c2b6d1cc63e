"""Texts of the rules' own words: reasons, worth, results, ways up (the codes of bot.scoring.explain)."""

from __future__ import annotations

from bot.messages.markers import N_, NN_, Message

MESSAGES: dict[str, Message] = {
    "scoring.reason.not_answered": N_("Chưa trả lời."),
    "scoring.reason.answer_unfit": N_("Câu trả lời cũ không còn hợp, cần trả lời lại."),
    "scoring.reason.not_applicable": N_("Không áp dụng."),
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
    "scoring.reason.in_difficult_area": N_("%(reason)s Tính theo mức của vùng khó khăn."),
    "scoring.reason.by_condition": N_("%(reason)s Tính theo mức riêng cho trường hợp này."),
    "scoring.worth.points": N_("%(points)s/%(max_points)s điểm"),
    "scoring.worth.full_points": N_("%(points)s điểm, tính đủ"),
    "scoring.worth.excluded": N_("không tính vào tổng"),
    "scoring.worth.level": N_("đạt mức %(level)s"),
    "scoring.worth.no_level": N_("chưa đạt"),
    "scoring.worth.every_level": N_("không xét, coi như đạt"),
    "scoring.result.title": N_("%(total)s/%(max_total)s điểm. Tạm tính: %(title)s"),
    "scoring.result.between_titles": N_(
        "%(total)s/%(max_total)s điểm. Chưa xếp được mức: văn bản nêu %(lower)s đến %(lower_up_to)s và %(upper)s từ "
        "%(upper_min)s, không nêu mức cho số điểm ở giữa. Người xét quyết định."
    ),
    "scoring.result.not_reached": N_("%(total)s/%(max_total)s điểm. Tạm tính: %(not_reached)s"),
    "scoring.result.title_by_level": N_("Tạm tính: %(title)s, mức %(level)s"),
    "scoring.result.not_reached_by_level": N_("Tạm tính: %(not_reached)s"),
    "scoring.result.incomplete": NN_("Còn %(count)s câu chưa trả lời.", "Còn %(count)s câu chưa trả lời."),
    "scoring.result.official": N_("Theo bộ tiêu chí chính thức: %(document)s."),
    "scoring.result.local": N_("Theo bộ tiêu chí của địa phương: %(document)s."),
    "scoring.result.sample": N_("PHIẾU MẪU: chưa phải bộ tiêu chí chính thức, kết quả chỉ để tham khảo."),
    "scoring.obstacle.total": N_("• Thêm %(missing)s điểm: cần từ %(min_total)s điểm"),
    "scoring.obstacle.indicator_minimum": N_("• %(indicator)s: cần ít nhất %(minimum)s điểm"),
    "scoring.obstacle.indicator_minimum_needs": N_("• %(indicator)s: cần ít nhất %(minimum)s điểm; %(need)s"),
    "scoring.obstacle.zero_indicator": N_("• %(indicator)s: không được bằng 0 điểm"),
    "scoring.obstacle.zero_indicator_needs": N_("• %(indicator)s: không được bằng 0 điểm; %(need)s"),
    "scoring.obstacle.zero_criterion": N_("• Tiêu chí “%(criterion)s”: không được bằng 0 điểm"),
    "scoring.obstacle.level": N_("• %(indicator)s: cần đạt mức %(level)s"),
    "scoring.obstacle.level_needs": N_("• %(indicator)s: %(need)s"),
    "scoring.way_up.points": NN_(
        "Còn thiếu %(missing)s điểm để đạt “%(title)s”. Gần nhất là %(count)s việc:",
        "Còn thiếu %(missing)s điểm để đạt “%(title)s”. Gần nhất là %(count)s việc:",
    ),
    "scoring.way_up.level": NN_("Để đạt “%(title)s” còn %(count)s việc:", "Để đạt “%(title)s” còn %(count)s việc:"),
    "scoring.way_up.gain": N_("• %(indicator)s: thêm được %(gain)s điểm"),
    "scoring.way_up.pass": N_("• %(indicator)s: cần đạt mức %(level)s"),
    "scoring.way_up.pass_needs": N_("• %(indicator)s: %(need)s"),
    "scoring.need.yes": N_("cần “Có”"),
    "scoring.need.no": N_("cần “Chưa”"),
    "scoring.need.option_only": N_("cần “%(option)s”"),
    "scoring.need.option_from": N_("cần từ “%(option)s” trở lên"),
    "scoring.need.number_at_least": N_("cần ít nhất %(at_least)s %(unit)s"),
    "scoring.need.number_at_most": N_("cần nhiều nhất %(at_most)s %(unit)s"),
    "scoring.need.number_between": N_("cần từ %(at_least)s đến %(at_most)s %(unit)s"),
    "scoring.need.any_number": N_("cần cho biết số %(unit)s"),
    "scoring.need.share_missing": NN_(
        "còn thiếu %(count)s %(part_label)s để đủ %(percent)s%%",
        "còn thiếu %(count)s %(part_label)s để đủ %(percent)s%%",
    ),
    "scoring.need.share_excess": NN_(
        "cần bớt %(count)s %(part_label)s để còn dưới %(percent)s%%",
        "cần bớt %(count)s %(part_label)s để còn dưới %(percent)s%%",
    ),
    "scoring.need.share_of": N_("cần ít nhất %(fewest)s/%(whole)s %(part_label)s để đủ %(percent)s%%"),
    "scoring.need.share_of_at_most": N_("cần nhiều nhất %(most)s/%(whole)s %(part_label)s để còn dưới %(percent)s%%"),
    "scoring.need.share_at_least": N_("cần ít nhất %(percent)s%% (%(part_label)s trên tổng số %(whole_label)s)"),
    "scoring.need.share_below": N_("cần dưới %(percent)s%% (%(part_label)s trên tổng số %(whole_label)s)"),
    "scoring.need.share_between": N_(
        "cần từ %(percent)s%% đến dưới %(below)s%% (%(part_label)s trên tổng số %(whole_label)s)"
    ),
    "scoring.need.any_share": N_("cần cho biết số %(part_label)s trên tổng số %(whole_label)s"),
    "scoring.need.not_answered": N_("chưa trả lời; %(need)s"),
    "scoring.need.answer_again": N_("cần trả lời lại; %(need)s"),
    "scoring.need.in_difficult_area": N_("%(need)s (theo mức của vùng khó khăn)"),
    "scoring.need.by_condition": N_("%(need)s (theo mức riêng cho trường hợp này)"),
}
