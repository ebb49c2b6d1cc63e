"""Words of the Excel view of a criteria set: sheets, headings, notes and the words of its closed lists.

Headings and listed words are read back from workbooks of any age: change one and old ones are not understood.
"""

from __future__ import annotations

from bot.messages.markers import N_, Message

MESSAGES: dict[str, Message] = {
    # Names of sheets: 31 letters at most, and none of [ ] : * ? / \
    "workbook.sheet.guide": N_("Hướng dẫn"),
    "workbook.sheet.info": N_("Thông tin"),
    "workbook.sheet.titles": N_("Danh hiệu"),
    "workbook.sheet.lists": N_("Danh mục"),
    "workbook.sheet.mending": N_("Cần sửa"),
    "workbook.about": N_("Bộ tiêu chí: %(title)s"),
    "workbook.page": N_("Trang &P/&N"),
    # The guide.
    "workbook.guide.title": N_("CÁCH SỬA BỘ TIÊU CHÍ TRONG TỆP NÀY"),
    "workbook.guide.sheets": N_(
        "Trang “Thông tin” có tên, văn bản ban hành và ngày hiệu lực. Trang “Danh hiệu” có mức đạt. Sau đó, mỗi tiêu "
        "chí là một trang."
    ),
    "workbook.guide.rows": N_(
        "Mỗi chỉ tiêu bắt đầu ở dòng có “Tên ngắn” và “Câu hỏi”. Câu trả lời đầu tiên nằm ngay trên dòng đó, các câu "
        "trả lời còn lại ở những dòng liền dưới, mỗi dòng một câu trả lời hoặc một mức."
    ),
    "workbook.guide.lists": N_(
        "Ô có mũi tên thì chọn trong danh sách. Đưa chuột lên ô tiêu đề để xem cách điền của từng cột."
    ),
    "workbook.guide.numbers": N_(
        "Số lẻ viết như 2,5. Ngày viết như 31/01/2026. Ô “Điểm tối đa” và “Tổng điểm tối đa” để trống thì tự cộng."
    ),
    "workbook.guide.add": N_(
        "Thêm chỉ tiêu: chèn dòng mới rồi điền, để trống các cột “Mã”. Thêm tiêu chí: chép cả một trang tiêu chí, sửa "
        "nội dung, xóa trống các ô “Mã”."
    ),
    "workbook.guide.remove": N_("Bỏ chỉ tiêu: xóa mọi dòng của chỉ tiêu đó. Bỏ tiêu chí: xóa cả trang."),
    "workbook.guide.ids": N_(
        "Không sửa “Mã” của chỉ tiêu đã có. Nhờ mã mà những câu đã trả lời không bị mất khi đổi bộ tiêu chí."
    ),
    "workbook.guide.right": N_(
        "Các cột bên phải, gom thành nhóm, ít khi phải sửa. Có thể thu gọn nhóm, nhưng đừng xóa cột."
    ),
    "workbook.guide.plain": N_(
        "Chỉ điền giá trị: không dùng công thức, không gộp ô, không ẩn trang, không dùng macro."
    ),
    "workbook.guide.send": N_(
        "Xong thì lưu dạng .xlsx và gửi lại vào cuộc trò chuyện. Nếu có chỗ cần sửa, mọi chỗ sẽ được đánh dấu đỏ trong "
        "một bản chép của tệp này."
    ),
    # The sheet of information: one row each.
    "workbook.info": N_("Mục"),
    "workbook.info.value": N_("Nội dung"),
    "workbook.info.english": N_("Nội dung tiếng Anh"),
    "workbook.info.how": N_("Cách điền"),
    "workbook.info.note": N_("Tên mục, xin giữ nguyên."),
    "workbook.info.value.note": N_("Điền ở cột này."),
    "workbook.info.english.note": N_("Bản dịch tiếng Anh; có thể để trống."),
    "workbook.info.how.note": N_("Chỉ để đọc, không cần sửa."),
    "workbook.info.base_id": N_("Sửa từ bộ"),
    "workbook.info.base_id.note": N_("Xin giữ nguyên: nhờ ô này mà biết tệp được sửa từ bộ tiêu chí nào."),
    "workbook.info.base_version": N_("Sửa từ phiên bản"),
    "workbook.info.base_version.note": N_("Xin giữ nguyên."),
    "workbook.info.place_id": N_("Số của địa bàn"),
    "workbook.info.place_id.note": N_("Xin giữ nguyên: bộ tiêu chí sẽ dùng cho địa bàn này."),
    "workbook.info.place": N_("Địa bàn"),
    "workbook.info.place.note": N_("Chỉ để đọc."),
    "workbook.info.id": N_("Mã bộ tiêu chí"),
    "workbook.info.id.note": N_("Xin giữ nguyên. Chỉ gồm chữ thường không dấu, chữ số và dấu _."),
    "workbook.info.version": N_("Phiên bản"),
    "workbook.info.version.note": N_("Ví dụ: 1. Khi địa phương áp dụng, phiên bản mới sẽ được ghi thay."),
    "workbook.info.subject": N_("Dùng để đánh giá"),
    "workbook.info.subject.note": N_("Chọn trong danh sách."),
    "workbook.info.group": N_("Nhóm"),
    "workbook.info.group.note": N_(
        "Chỉ cần khi một loại đối tượng có nhiều bộ tiêu chí, ví dụ: nong_dan. Thường để trống."
    ),
    "workbook.info.title": N_("Tên bộ tiêu chí"),
    "workbook.info.title.note": N_("Tên đầy đủ, in trên phiếu và trên mọi kết quả."),
    "workbook.info.issuing_document": N_("Văn bản ban hành"),
    "workbook.info.issuing_document.note": N_(
        "Tên, số, ngày của văn bản, ví dụ: Quyết định 12/QĐ-UBND ngày 05/01/2026."
    ),
    "workbook.info.standing": N_("Bộ tiêu chí này là"),
    "workbook.info.standing.note": N_("Bộ do địa phương tự điều chỉnh thì chọn “Của địa phương”."),
    "workbook.info.valid_from": N_("Có hiệu lực từ ngày"),
    "workbook.info.valid_from.note": N_("Ví dụ: 01/01/2026."),
    "workbook.info.valid_until": N_("Có hiệu lực đến hết ngày"),
    "workbook.info.valid_until.note": N_("Để trống nếu chưa biết ngày hết hiệu lực."),
    "workbook.info.structure_only": N_("Chỉ có khung, chưa có điểm"),
    "workbook.info.structure_only.note": N_("Chọn “Có” thì bộ tiêu chí chỉ để đọc, chưa chấm được. Thường để trống."),
    "workbook.info.max_total": N_("Tổng điểm tối đa"),
    "workbook.info.max_total.note": N_("Để trống thì tự cộng. Bộ xét theo mức độ thì để trống."),
    "workbook.info.not_reached": N_("Chưa đạt thì gọi là"),
    "workbook.info.not_reached.note": N_("Ví dụ: Chưa đạt."),
    "workbook.info.about": N_("Ghi chú"),
    "workbook.info.about.note": N_("Điều người dùng cần biết về bộ tiêu chí này; in kèm kết quả. Có thể để trống."),
    "workbook.info.retired_ids": N_("Mã đã thôi dùng"),
    "workbook.info.retired_ids.note": N_("Mỗi dòng một mã. Xin giữ nguyên: mã của chỉ tiêu bị bỏ sẽ được tự thêm vào."),
    # Titles: one row each.
    "workbook.title.name": N_("Danh hiệu"),
    "workbook.title.name.note": N_("Mỗi danh hiệu một dòng, danh hiệu cao nhất ở trên cùng."),
    "workbook.title.min_total": N_("Từ tổng điểm"),
    "workbook.title.min_total.note": N_("Tổng điểm thấp nhất để đạt danh hiệu. Bộ xét theo mức độ thì để trống."),
    "workbook.title.up_to": N_("Đến tổng điểm"),
    "workbook.title.up_to.note": N_(
        "Chỉ điền khi văn bản ghi mức cao nhất mà còn khoảng trống dưới danh hiệu trên, như “70 đến 84” và “85 đến "
        "100”."
    ),
    "workbook.title.level": N_("Mức độ"),
    "workbook.title.level.note": N_("Mọi chỉ tiêu phải đạt mức độ này. Bộ chấm điểm thì để trống."),
    "workbook.title.min_per_indicator": N_("Mỗi chỉ tiêu ít nhất"),
    "workbook.title.min_per_indicator.note": N_("Số điểm mà chỉ tiêu nào cũng phải đạt. Không có thì để trống."),
    "workbook.title.no_zero_indicator": N_("Không chỉ tiêu nào 0 điểm"),
    "workbook.title.no_zero_indicator.note": N_("Chọn “Có” nếu chỉ một chỉ tiêu 0 điểm cũng không đạt."),
    "workbook.title.no_zero_criterion": N_("Không tiêu chí nào 0 điểm"),
    "workbook.title.no_zero_criterion.note": N_("Chọn “Có” nếu chỉ một tiêu chí 0 điểm cũng không đạt."),
    "workbook.title.article": N_("Căn cứ"),
    "workbook.title.article.note": N_("Điều, khoản quy định danh hiệu này. Có thể để trống."),
    "workbook.title.when.fact": N_("Chỉ dành cho nơi có"),
    "workbook.title.when.at_least": N_("Chỉ dành cho: ít nhất"),
    "workbook.title.when.at_most": N_("Chỉ dành cho: nhiều nhất"),
    "workbook.title.id": N_("Mã danh hiệu"),
    # A criterion: the row at the top of its sheet.
    "workbook.criterion.id": N_("Mã tiêu chí"),
    "workbook.criterion.title": N_("Tên tiêu chí"),
    "workbook.criterion.title.note": N_("Tên đầy đủ của tiêu chí. Tên trang chỉ để dễ tìm."),
    "workbook.criterion.max_points": N_("Điểm tối đa của tiêu chí"),
    "workbook.criterion.max_points.note": N_("Bằng tổng điểm tối đa của các chỉ tiêu; để trống thì tự cộng."),
    "workbook.criterion.provenance": N_("Nguồn của tên tiêu chí"),
    # An indicator: its first row.
    "workbook.indicator.number": N_("Số"),
    "workbook.indicator.number.note": N_("Chỉ để dễ đọc, không cần sửa."),
    "workbook.indicator.short": N_("Tên ngắn"),
    "workbook.indicator.short.note": N_(
        "Vài chữ để gọi tên chỉ tiêu trong danh sách. Dòng có tên ngắn mở đầu một chỉ tiêu."
    ),
    "workbook.indicator.question": N_("Câu hỏi"),
    "workbook.indicator.question.note": N_("Lời hỏi ngắn, dễ hiểu, mỗi câu một ý."),
    "workbook.indicator.kind": N_("Cách trả lời"),
    "workbook.indicator.kind.note": N_(
        "Có/Chưa: hai dòng “Có” và “Chưa”. Chọn một: hai đến sáu dòng. Con số, Tỉ lệ, Tính sẵn: mỗi mức một dòng, từ "
        "thấp lên cao. Cho điểm: không có dòng câu trả lời."
    ),
    "workbook.indicator.max_points": N_("Điểm tối đa"),
    "workbook.indicator.max_points.note": N_(
        "Bằng điểm của câu trả lời tốt nhất; để trống thì tự lấy. “Cho điểm” phải điền."
    ),
    "workbook.indicator.article": N_("Căn cứ"),
    "workbook.indicator.article.note": N_("Văn bản, điều, khoản, ví dụ: TT 25/2023/TT-BGDĐT, Điều 6 khoản 1."),
    "workbook.indicator.why": N_("Vì sao hỏi"),
    "workbook.indicator.why.note": N_("Một câu giải thích cho người trả lời."),
    "workbook.indicator.example": N_("Ví dụ"),
    "workbook.indicator.example.note": N_("Một ví dụ cụ thể về cách trả lời."),
    "workbook.indicator.evidence": N_("Minh chứng"),
    "workbook.indicator.evidence.note": N_("Nên chụp hoặc gửi kèm gì. Không cần thì để trống."),
    "workbook.indicator.provenance": N_("Nguồn của câu chữ"),
    "workbook.provenance.note": N_("Chọn trong danh sách: chép đúng văn bản, viết lại theo văn bản, hay tự soạn."),
    "workbook.indicator.checked_on": N_("Ngày đối chiếu"),
    "workbook.indicator.checked_on.note": N_("Ngày so chỉ tiêu với văn bản, ví dụ: 31/01/2026. Có thể để trống."),
    "workbook.indicator.applies_when.fact": N_("Chỉ hỏi nơi có"),
    "workbook.indicator.applies_when.at_least": N_("Chỉ hỏi: ít nhất"),
    "workbook.indicator.applies_when.at_most": N_("Chỉ hỏi: nhiều nhất"),
    "workbook.when.note": N_(
        "Điều kiện gồm ba ô: đặc điểm, ít nhất và nhiều nhất. Ví dụ “Vùng khó khăn”, ít nhất 1. Không có thì để trống "
        "cả ba."
    ),
    "workbook.indicator.not_applicable": N_("Nếu không hỏi thì"),
    "workbook.indicator.not_applicable.note": N_("Để trống thì tính đủ điểm."),
    "workbook.indicator.not_applicable_because": N_("Lý do không hỏi"),
    "workbook.indicator.not_applicable_because.note": N_("Câu in trên phiếu khi chỉ tiêu không áp dụng."),
    "workbook.indicator.part_label": N_("Đếm được"),
    "workbook.indicator.part_label.note": N_("Dùng cho “Tỉ lệ” và “Tính sẵn”: đếm cái gì, ví dụ: cháu đang đi học."),
    "workbook.indicator.whole_label": N_("Trên tổng số"),
    "workbook.indicator.whole_label.note": N_("Dùng cho “Tỉ lệ” và “Tính sẵn”: ví dụ: cháu trong tuổi đi học."),
    "workbook.indicator.whole_fact": N_("Tổng số đã khai là"),
    "workbook.indicator.whole_fact.note": N_(
        "Chọn nếu tổng số đã khai lúc đăng ký thì không hỏi lại. Có thể để trống."
    ),
    "workbook.indicator.of": N_("Tính từ danh hiệu của"),
    "workbook.indicator.of.note": N_("Chỉ dùng cho “Tính sẵn”: đếm những nơi hoặc người đã được công nhận."),
    "workbook.indicator.minimum": N_("Số nhỏ nhất"),
    "workbook.indicator.maximum": N_("Số lớn nhất"),
    "workbook.indicator.bounds.note": N_("Chỉ dùng cho “Con số”: câu trả lời nằm trong khoảng nào."),
    "workbook.indicator.decimals": N_("Mấy chữ số sau dấu phẩy"),
    "workbook.indicator.decimals.note": N_("Dùng cho “Con số” và “Cho điểm”. Để trống là số nguyên."),
    "workbook.indicator.unit": N_("Đơn vị tính"),
    "workbook.indicator.unit.note": N_("Chỉ dùng cho “Con số”, ví dụ: quyển sách."),
    "workbook.indicator.id": N_("Mã chỉ tiêu"),
    "workbook.id.note": N_("Mã của dòng đã có: xin giữ nguyên. Dòng mới: để trống, mã sẽ được tự đặt."),
    "workbook.english": N_("%(heading)s (tiếng Anh)"),
    "workbook.english.note": N_("Bản dịch tiếng Anh của cột “%(heading)s”; có thể để trống."),
    # An answer of an indicator: its first row and the rows under it.
    "workbook.answer.label": N_("Câu trả lời"),
    "workbook.answer.label.note": N_("“Có” và “Chưa”, hoặc lời của từng lựa chọn. “Con số” và “Tỉ lệ” thì để trống."),
    "workbook.answer.at_least": N_("Từ mức"),
    "workbook.answer.at_least.note": N_(
        "Dùng cho “Con số”, “Tỉ lệ”, “Tính sẵn”: kể từ mức này trở lên. Tỉ lệ tính bằng phần trăm, ghi 60 cho 60%%. "
        "Dòng đầu là mức thấp nhất."
    ),
    "workbook.answer.points": N_("Điểm"),
    "workbook.answer.points.note": N_("Điểm của câu trả lời hoặc của mức này. Bộ xét theo mức độ thì để trống."),
    "workbook.answer.passes_level": N_("Đạt mức độ"),
    "workbook.answer.passes_level.note": N_(
        "Mức độ cao nhất mà câu trả lời này đạt; 0 là chưa đạt. Bộ chấm điểm thì để trống."
    ),
    "workbook.answer.when.fact": N_("Mức chỉ dành cho nơi có"),
    "workbook.answer.when.at_least": N_("Mức chỉ dành cho: ít nhất"),
    "workbook.answer.when.at_most": N_("Mức chỉ dành cho: nhiều nhất"),
    "workbook.answer.id": N_("Mã câu trả lời"),
    # What belongs together and has no heading of its own.
    "workbook.part.criteria": N_("trang tiêu chí"),
    "workbook.part.indicators": N_("các chỉ tiêu"),
    "workbook.part.titles": N_("các danh hiệu"),
    "workbook.part.options": N_("các câu trả lời"),
    "workbook.part.bands": N_("các mức"),
    "workbook.part.yes": N_("dòng trả lời “Có”"),
    "workbook.part.no": N_("dòng trả lời “Chưa”"),
    # Closed lists.
    "workbook.kind": N_("Cách trả lời"),
    "workbook.kind.yes_no": N_("Có/Chưa"),
    "workbook.kind.one_of": N_("Chọn một"),
    "workbook.kind.number": N_("Con số"),
    "workbook.kind.share": N_("Tỉ lệ"),
    "workbook.kind.derived": N_("Tính sẵn"),
    "workbook.kind.points": N_("Cho điểm"),
    "workbook.provenance": N_("Nguồn của câu chữ"),
    "workbook.provenance.verbatim": N_("Chép đúng văn bản"),
    "workbook.provenance.paraphrased": N_("Viết lại theo văn bản"),
    "workbook.provenance.from_memory": N_("Theo trí nhớ, chưa đối chiếu"),
    "workbook.provenance.own_sample": N_("Tự soạn"),
    "workbook.subject": N_("Đối tượng"),
    "workbook.subject.household": N_("Gia đình"),
    "workbook.subject.clan": N_("Dòng họ"),
    "workbook.subject.village": N_("Thôn, tổ dân phố"),
    "workbook.subject.unit": N_("Đơn vị"),
    "workbook.subject.commune": N_("Xã, phường"),
    "workbook.subject.district": N_("Huyện"),
    "workbook.subject.province": N_("Tỉnh, thành phố"),
    "workbook.subject.citizen": N_("Công dân"),
    "workbook.subject.learning_centre": N_("Trung tâm học tập cộng đồng"),
    "workbook.standing": N_("Bộ tiêu chí này là"),
    "workbook.standing.official": N_("Chính thức"),
    "workbook.standing.local": N_("Của địa phương"),
    "workbook.standing.sample": N_("Mẫu"),
    "workbook.not_applicable": N_("Nếu không hỏi thì"),
    "workbook.not_applicable.full_points": N_("Tính đủ điểm"),
    "workbook.not_applicable.excluded": N_("Không tính vào tổng"),
    "workbook.flag": N_("Có hay không"),
    "workbook.flag.yes": N_("Có"),
    "workbook.flag.no": N_("Không"),
    "workbook.yes_no": N_("Câu trả lời"),
    "workbook.yes_no.yes": N_("Có"),
    "workbook.yes_no.no": N_("Chưa"),
    "workbook.fact": N_("Đặc điểm"),
    "workbook.fact.adults": N_("Số người lớn trong nhà"),
    "workbook.fact.school_age_children": N_("Số trẻ trong tuổi đi học"),
    "workbook.fact.members": N_("Số thành viên"),
    "workbook.fact.households": N_("Số hộ"),
    "workbook.fact.clans": N_("Số dòng họ"),
    "workbook.fact.citizens": N_("Số công dân"),
    "workbook.fact.communes": N_("Số xã, phường"),
    "workbook.fact.districts": N_("Số huyện"),
    "workbook.fact.learners": N_("Số người học"),
    "workbook.fact.difficult_area": N_("Vùng khó khăn (1 là có)"),
    "workbook.fact.public_agency": N_("Cơ quan, đơn vị công lập (1 là có)"),
    "workbook.fact.economic_organisation": N_("Doanh nghiệp, hợp tác xã (1 là có)"),
    "workbook.fact.public_kindergarten": N_("Trường mầm non công lập (1 là có)"),
    "workbook.fact.general_school": N_("Trường phổ thông (1 là có)"),
    "workbook.fact.upper_secondary_school": N_("Trường có cấp THPT, GDTX (1 là có)"),
    "workbook.fact.vocational_school": N_("Cơ sở giáo dục nghề nghiệp (1 là có)"),
    "workbook.fact.university": N_("Cơ sở giáo dục đại học (1 là có)"),
    "workbook.fact.educational_institution": N_("Cơ sở giáo dục (1 là có)"),
    "workbook.fact.assesses_learners": N_("Cơ sở giáo dục trên cấp THCS (1 là có)"),
}
