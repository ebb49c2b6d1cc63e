"""What is wrong with a workbook that came back, in the words of its sheets, and how to mend it."""

from __future__ import annotations

from bot.messages.markers import N_, NN_, Message

MESSAGES: dict[str, Message] = {
    "workbook.at": N_("Trang “%(sheet)s”, ô %(cell)s: %(what)s"),
    "workbook.mending.number": N_("Số"),
    "workbook.mending.sheet": N_("Trang"),
    "workbook.mending.cell": N_("Ô"),
    "workbook.mending.what": N_("Cần sửa gì"),
    "workbook.mending.title": N_("Những chỗ cần sửa. Bấm vào tên ô để tới đúng chỗ; sửa xong thì gửi lại tệp này."),
    # Found in a cell before the rules are looked at.
    "workbook.problem.unknown_word": N_("“%(field)s” không có lựa chọn “%(value)s”. Xin chọn một trong: %(allowed)s."),
    "workbook.problem.not_a_number": N_("“%(field)s” phải là số, không phải “%(value)s”. Xin ghi như 10 hoặc 2,5."),
    "workbook.problem.percent": N_(
        "“%(field)s” đang là phần trăm (%(value)s%%), nhưng ở đây cần số thường. Xin đổi định dạng ô và ghi lại số."
    ),
    "workbook.problem.not_a_date": N_("“%(field)s” phải là ngày, không phải “%(value)s”. Xin ghi như 31/01/2026."),
    "workbook.problem.error_value": N_("“%(field)s” đang báo lỗi %(value)s của Excel. Xin xóa rồi ghi lại giá trị."),
    "workbook.problem.too_long": N_("“%(field)s” dài quá %(most)s chữ. Xin viết ngắn lại."),
    "workbook.problem.unknown_heading": N_(
        "Không có cột nào tên là “%(value)s”. Xin ghi lại đúng tên cột như trong mẫu, hoặc xóa cột này."
    ),
    "workbook.problem.repeated_heading": N_("Cột “%(field)s” có hai lần. Xin giữ lại một cột."),
    "workbook.problem.missing_heading": N_(
        "Trang này thiếu cột “%(field)s”. Xin chèn lại cột với đúng tên ấy ở dòng này."
    ),
    "workbook.problem.no_heading": N_(
        "Ô này có “%(value)s”, nhưng cột chưa có tên. Xin chuyển sang đúng cột hoặc xóa đi."
    ),
    "workbook.problem.unknown_row": N_(
        "Không có mục nào tên là “%(value)s”. Xin ghi lại đúng tên mục như trong mẫu, hoặc xóa dòng này."
    ),
    "workbook.problem.repeated_row": N_("Mục “%(field)s” có hai lần. Xin giữ lại một dòng."),
    "workbook.problem.extra_row": N_(
        "Tiêu chí chỉ có một dòng thông tin, dòng này là dòng thừa. Xin chuyển xuống bảng chỉ tiêu hoặc xóa đi."
    ),
    "workbook.problem.unknown_sheet": N_(
        "Trang này không phải là trang tiêu chí: không thấy cột “%(field)s”. Xin chép từ một trang tiêu chí, hoặc xóa "
        "trang."
    ),
    "workbook.problem.repeated_sheet": N_("Có hai trang “%(field)s”. Xin giữ lại một trang."),
    "workbook.problem.answer_without_indicator": N_(
        "Dòng câu trả lời này không thuộc chỉ tiêu nào. Xin điền “Tên ngắn” và “Câu hỏi” ở dòng đầu của chỉ tiêu."
    ),
    "workbook.problem.yes_no_answer": N_(
        "Cách trả lời “Có/Chưa” chỉ có một dòng “Có” và một dòng “Chưa”, không có “%(value)s”. Xin sửa hoặc xóa dòng "
        "này."
    ),
    "workbook.problem.place_missing": N_("Không đọc được số của địa bàn. Xin chép lại ô này từ tệp đã nhận."),
    # The same rules as for the files that come with the program, said for Excel.
    "workbook.criteria.not_utf8": N_("Chữ trong tệp bị hỏng. Xin lưu lại tệp bằng Excel hoặc LibreOffice."),
    "workbook.criteria.toml_syntax": N_("Tệp viết sai cách. Xin lưu lại tệp bằng Excel hoặc LibreOffice."),
    "workbook.criteria.unknown_key": N_(
        "“%(field)s” không dùng ở đây, với cách trả lời hoặc cách xét đã chọn. Xin xóa trống ô này."
    ),
    "workbook.criteria.missing_key": N_("Thiếu “%(field)s”. Xin điền vào đây."),
    "workbook.criteria.wrong_type": N_("“%(field)s” là %(found)s, nhưng ở đây cần %(expected)s. Xin ghi lại."),
    "workbook.criteria.empty_text": N_("“%(field)s” đang trống. Xin điền chữ vào đây."),
    "workbook.criteria.unknown_kind": N_("Không có cách trả lời “%(value)s”. Xin chọn trong danh sách của ô."),
    "workbook.criteria.unknown_choice": N_(
        "“%(field)s” không có lựa chọn “%(value)s”. Xin chọn trong danh sách của ô."
    ),
    "workbook.criteria.out_of_range": N_("“%(field)s” là %(value)s. Xin ghi số từ %(low)s đến %(high)s."),
    "workbook.criteria.too_many_decimals": N_(
        "“%(field)s” là %(value)s, nhưng chỉ tiêu chỉ nhận %(decimals)s chữ số sau dấu phẩy. Xin ghi gọn lại, hoặc "
        "tăng ô “Mấy chữ số sau dấu phẩy”."
    ),
    "workbook.criteria.bad_id": N_(
        "“%(value)s” chưa dùng làm mã được. Mã gồm chữ thường không dấu, chữ số và dấu _, bắt đầu bằng chữ, dài nhất "
        "40 chữ, ví dụ: tre_em_di_hoc. Dòng mới thì xin để trống."
    ),
    "workbook.criteria.repeated_id": N_(
        "Mã “%(value)s” đã có ở ô %(first)s. Mỗi mã chỉ dùng một lần: dòng mới thì xin để trống ô mã."
    ),
    "workbook.criteria.retired_id": N_(
        "Mã “%(value)s” đã thôi dùng (ô %(first)s), nhưng kết quả cũ còn nhắc tới. Xin để trống ô này để nhận mã mới."
    ),
    "workbook.criteria.mixed_judging": N_(
        "“%(field)s” dành cho bộ %(other)s, nhưng bộ này %(judged)s. Cả bộ chỉ dùng một cách: xin xóa ô này, hoặc sửa "
        "trang “Danh hiệu”."
    ),
    "workbook.criteria.best_answer": N_(
        "Câu trả lời tốt nhất được %(best)s điểm, nhưng điểm tối đa ghi %(declared)s. Xin sửa cho bằng nhau, hoặc xóa "
        "trống ô điểm tối đa."
    ),
    "workbook.criteria.criterion_sum": N_(
        "Điểm tối đa của tiêu chí ghi %(declared)s, nhưng các chỉ tiêu cộng lại được %(sum)s (%(parts)s). Xin sửa một "
        "bên, hoặc xóa trống ô này để tự cộng."
    ),
    "workbook.criteria.total_sum": N_(
        "Tổng điểm tối đa ghi %(declared)s, nhưng các tiêu chí cộng lại được %(sum)s (%(parts)s). Xin sửa một bên, "
        "hoặc xóa trống ô này để tự cộng."
    ),
    "workbook.criteria.option_count": NN_(
        "“Chọn một” có %(count)s câu trả lời. Xin ghi từ hai đến sáu câu.",
        "“Chọn một” có %(count)s câu trả lời. Xin ghi từ hai đến sáu câu.",
    ),
    "workbook.criteria.first_band": N_(
        "Mức đầu tiên bắt đầu từ %(at_least)s, nên câu trả lời từ %(start)s có thể không thuộc mức nào. Xin bắt đầu "
        "bằng một mức từ %(start)s, không kèm điều kiện."
    ),
    "workbook.criteria.bands_not_ascending": N_(
        "Mức %(at_least)s đứng sau mức %(before)s. Xin xếp các mức từ thấp lên cao; chỉ mức có điều kiện khác mới được "
        "trùng với mức ngay trên."
    ),
    "workbook.criteria.band_outside": N_(
        "Không câu trả lời nào rơi vào mức %(at_least)s: câu trả lời chỉ từ %(start)s đến %(largest)s và đã có mức "
        "khác. Xin sửa hoặc bỏ mức này."
    ),
    "workbook.criteria.band_overruled": N_(
        "Với nơi có “%(fact)s”, mức này đè lên mức tốt hơn từ %(before)s. Xin ghi lại mức tốt hơn ấy, kèm điều kiện, ở "
        "dòng ngay dưới, từ %(at_least)s."
    ),
    "workbook.criteria.minimum_above_maximum": N_(
        "Số nhỏ nhất là %(minimum)s, lớn hơn số lớn nhất %(maximum)s. Xin đổi chỗ hai số."
    ),
    "workbook.criteria.unknown_fact": N_("Không có đặc điểm “%(value)s”. Xin chọn trong danh sách của ô."),
    "workbook.criteria.condition_without_bounds": N_(
        "Điều kiện “%(fact)s” chưa có số. Xin điền ít nhất hoặc nhiều nhất là bao nhiêu."
    ),
    "workbook.criteria.condition_never_holds": N_(
        "Điều kiện ít nhất %(at_least)s mà nhiều nhất %(at_most)s thì không bao giờ đúng. Xin đổi chỗ hai số."
    ),
    "workbook.criteria.because_missing": N_(
        "Chỉ tiêu này có lúc không hỏi, nhưng thiếu “Lý do không hỏi”. Xin điền câu sẽ in trên phiếu khi đó."
    ),
    "workbook.criteria.title_above_maximum": N_(
        "Danh hiệu đòi %(min_total)s điểm, nhưng cả bộ chỉ có %(maximum)s điểm. Xin hạ xuống."
    ),
    "workbook.criteria.up_to_below_minimum": N_(
        "Danh hiệu ghi đến %(up_to)s điểm, thấp hơn mức bắt đầu %(min_total)s. Xin ghi mức cao nhất mà văn bản nêu."
    ),
    "workbook.criteria.up_to_in_better_title": N_(
        "Danh hiệu ghi đến %(up_to)s điểm, nhưng “%(better)s” bắt đầu từ %(min_total)s. Xin hạ xuống, hoặc xóa trống ô "
        "này nếu văn bản không để khoảng trống."
    ),
    "workbook.criteria.minimum_above_indicator": N_(
        "Mỗi chỉ tiêu phải đạt ít nhất %(minimum)s điểm, nhưng “%(indicator)s” tối đa chỉ %(maximum)s điểm. Xin hạ "
        "xuống."
    ),
    "workbook.criteria.level_unreachable": N_(
        "Không câu trả lời nào của “%(indicator)s” đạt mức độ %(level)s, nên không ai đạt được danh hiệu này. Xin sửa "
        "cột “Đạt mức độ” ở chỉ tiêu ấy, hoặc bỏ danh hiệu."
    ),
    "workbook.criteria.title_never_given": N_(
        "Không ai nhận được danh hiệu này, vì “%(before)s” ở dòng trên luôn đạt cùng lúc. Xin xếp danh hiệu cao nhất "
        "lên trên."
    ),
    "workbook.criteria.validity_reversed": N_(
        "Ngày hết hiệu lực %(until)s đứng trước ngày bắt đầu %(from)s. Xin đổi lại."
    ),
    "workbook.criteria.official_not_verbatim": N_(
        "Bộ ghi là “Chính thức”, nhưng chỗ này ghi “%(provenance)s”. Xin đối chiếu với văn bản rồi chọn “Chép đúng văn "
        "bản”, hoặc đổi cả bộ thành “Của địa phương”."
    ),
    "workbook.criteria.official_not_checked": N_(
        "Bộ ghi là “Chính thức”, nhưng chỉ tiêu này thiếu ngày đối chiếu. Xin điền ngày đã so với văn bản, hoặc đổi cả "
        "bộ thành “Của địa phương”."
    ),
    "workbook.judging.points": N_("chấm điểm"),
    "workbook.judging.levels": N_("xét theo mức độ"),
    "workbook.type.text": N_("chữ"),
    "workbook.type.whole": N_("số nguyên"),
    "workbook.type.number": N_("số"),
    "workbook.type.decimal": N_("số lẻ"),
    "workbook.type.flag": N_("Có hoặc Không"),
    "workbook.type.date": N_("ngày"),
    "workbook.type.table": N_("nhiều ô đi cùng nhau"),
    # Files that are not read at all.
    "workbook.refused.too_large": N_(
        "Tệp lớn quá: chỉ nhận tệp Excel dưới %(most)s MB. Xin gửi lại tệp đã nhận, chỉ sửa các ô, không chèn ảnh."
    ),
    "workbook.refused.too_large_inside": N_(
        "Tệp bung ra lớn bất thường nên không đọc. Xin tải lại mẫu, chép các giá trị sang rồi gửi lại."
    ),
    "workbook.refused.too_far": N_(
        "Có giá trị ở ô quá xa: %(cell)s. Xin xóa ô ấy; mỗi trang chỉ nên có đến dòng %(row)s và cột %(column)s."
    ),
    "workbook.refused.not_xlsx": N_(
        "Đây không phải tệp Excel dạng .xlsx. Xin mở bằng Excel hoặc LibreOffice, chọn Lưu thành, dạng .xlsx, rồi gửi "
        "lại."
    ),
    "workbook.refused.old_or_locked": N_(
        "Tệp là dạng .xls cũ hoặc có mật khẩu nên không đọc được. Xin bỏ mật khẩu, lưu dạng .xlsx rồi gửi lại."
    ),
    "workbook.refused.broken": N_(
        "Tệp bị hỏng nên không đọc được. Xin mở lại bằng Excel hoặc LibreOffice, lưu dạng .xlsx rồi gửi lại."
    ),
    "workbook.refused.unsafe": N_(
        "Tệp có phần khai báo không an toàn nên không đọc. Xin tải lại mẫu, chép các giá trị sang rồi gửi lại."
    ),
    "workbook.refused.macros": N_("Tệp có macro nên không nhận. Xin lưu lại dạng .xlsx (không macro) rồi gửi lại."),
    "workbook.refused.external_links": N_(
        "Tệp có liên kết tới tệp hoặc dữ liệu bên ngoài nên không nhận. Xin bỏ liên kết, chỉ để giá trị, rồi gửi lại."
    ),
    "workbook.refused.hidden_sheets": N_(
        "Tệp có trang bị ẩn: %(sheets)s. Xin cho hiện lại hoặc xóa trang ấy, để người duyệt thấy hết."
    ),
    "workbook.refused.formulas": N_(
        "Tệp có công thức ở %(cells)s. Bộ tiêu chí chỉ nhận giá trị, không nhận công thức: xin chép rồi dán giá trị "
        "vào các ô ấy."
    ),
    "workbook.refused.merged": N_("Tệp có ô bị gộp: %(cells)s. Xin bỏ gộp ô rồi gửi lại."),
    "workbook.refused.wrong_template": N_(
        "Tệp không theo mẫu: không thấy trang “%(sheet)s”. Xin tải mẫu từ cuộc trò chuyện này rồi sửa trên mẫu ấy."
    ),
    "workbook.refused.unknown_set": N_(
        "Tệp được sửa từ bộ “%(id)s”, phiên bản “%(version)s”, nhưng ở đây không có bộ ấy. Xin tải lại mẫu rồi sửa "
        "trên mẫu mới."
    ),
}
