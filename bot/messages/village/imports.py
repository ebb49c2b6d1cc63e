"""Texts of rolls and answers sent in as files."""

from __future__ import annotations

from bot.messages.markers import N_, NN_, Message

MESSAGES: dict[str, Message] = {
    # Why a file is not read.
    "import.refused.too_large": N_("Tệp lớn quá: chỉ nhận tệp dưới %(most)s MB. Xin bỏ ảnh trong tệp rồi gửi lại."),
    "import.refused.too_large_inside": N_(
        "Tệp có nhiều ô quá nên không đọc hết được. Xin chia thành vài tệp, mỗi tệp vài thôn, rồi gửi lại."
    ),
    "import.refused.too_far": N_(
        "Có giá trị ở ô quá xa: %(cell)s. Xin xóa ô ấy; chỉ đọc đến dòng %(row)s và cột %(column)s."
    ),
    "import.refused.not_xlsx": N_(
        "Đây không phải tệp Excel dạng .xlsx hay tệp CSV. Xin mở bằng Excel hoặc LibreOffice, chọn Lưu thành, dạng "
        ".xlsx, rồi gửi lại."
    ),
    "import.refused.old_or_locked": N_(
        "Tệp là dạng .xls cũ hoặc có mật khẩu nên không đọc được. Xin mở bằng Excel, bỏ mật khẩu, chọn Lưu thành (Save "
        "As), dạng .xlsx, rồi gửi lại."
    ),
    "import.refused.web_page": N_(
        "Tệp này là trang web mang tên .xls nên không đọc được. Xin mở bằng Excel, chọn Lưu thành (Save As), dạng "
        ".xlsx, rồi gửi lại."
    ),
    "import.refused.broken": N_(
        "Tệp bị hỏng nên không đọc được. Xin mở lại bằng Excel hoặc LibreOffice, lưu dạng .xlsx rồi gửi lại."
    ),
    "import.refused.unsafe": N_(
        "Tệp có phần khai báo không an toàn nên không đọc. Xin chép các ô sang tệp mới rồi gửi lại."
    ),
    "import.refused.macros": N_("Tệp có macro nên không nhận. Xin lưu lại dạng .xlsx (không macro) rồi gửi lại."),
    "import.refused.not_a_table": N_(
        "Tệp này không phải bảng nên không đọc được. Xin gửi danh sách dạng Excel .xlsx hoặc CSV."
    ),
    "import.refused.tcvn3": N_(
        "Chữ trong tệp theo phông cũ TCVN3 (.VnTime) nên không đọc được. Xin chuyển sang Unicode: mở Unikey, bấm "
        "Ctrl + Shift + F6, chọn nguồn TCVN3 (ABC), đích Unicode; hoặc nhờ xã chuyển giúp. Rồi gửi lại."
    ),
    "import.refused.vni": N_(
        "Chữ trong tệp theo phông cũ VNI nên không đọc được. Xin chuyển sang Unicode: mở Unikey, bấm "
        "Ctrl + Shift + F6, chọn nguồn VNI Windows, đích Unicode; hoặc nhờ xã chuyển giúp. Rồi gửi lại."
    ),
    "import.refused.no_header": N_(
        "Không thấy dòng tiêu đề có cột họ tên chủ hộ, nên không biết đây là danh sách gì. Xin ghi “Họ và tên chủ hộ” "
        "trên đầu cột tên rồi gửi lại, hoặc dùng tệp mẫu."
    ),
    "import.refused.no_rows": N_("Dưới dòng tiêu đề không có hộ nào. Xin xem lại tệp rồi gửi lại."),
    "import.refused.no_place": N_("Chỉ trưởng thôn của thôn ấy, hoặc cán bộ phụ trách, mới nhập được danh sách hộ."),
    # What is left out on purpose.
    "import.left_out.private": N_("Không giữ các cột riêng tư: %(columns)s."),
    "import.left_out.columns": N_("Không cần đến các cột: %(columns)s."),
    "import.left_out.persons": N_(
        "Tệp ghi từng người. Chỉ giữ tên chủ hộ của %(households)s hộ; %(persons)s dòng khác chỉ để đếm, không giữ tên."
    ),
    "import.left_out.no_births": N_("Tệp không có năm sinh, nên chưa đếm được người lớn và trẻ em."),
    "import.left_out.sheets": N_("Không đọc các trang không có dòng tiêu đề: %(sheets)s."),
    "import.left_out.hidden": N_("Không đọc các trang bị ẩn: %(sheets)s."),
    # What is wrong in a row, and how to mend it.
    "import.problem.name": N_("“%(value)s” không giống họ tên người. Xin ghi họ tên chủ hộ."),
    "import.problem.long_name": N_("“%(value)s” dài quá. Xin ghi họ tên chủ hộ, không quá %(most)s chữ."),
    "import.problem.no_name": N_("Dòng này thiếu họ tên chủ hộ nên chưa nhập. Xin điền tên."),
    "import.problem.long_number": N_("Số hộ “%(value)s” dài quá. Xin ghi không quá %(most)s chữ."),
    "import.problem.phone": N_("“%(value)s” không giống số điện thoại, nên để trống. Xin ghi 10 số, như 0912345678."),
    "import.problem.count": N_("“%(value)s” không phải số người, nên để trống. Xin ghi một số từ 0 đến %(most)s."),
    "import.problem.repeated": N_("Hộ số %(number)s đã có ở dòng %(line)s, nên bỏ qua dòng này. Xin xóa một dòng."),
    "import.problem.same_number": N_(
        "Số hộ %(number)s đã có ở dòng %(line)s với tên khác, nên chưa nhập dòng này. Xin sửa số."
    ),
    "import.problem.alike": N_(
        "Cùng tên, cùng điện thoại với dòng %(line)s, nên bỏ qua dòng này. Nếu là hai hộ, xin sửa số điện thoại."
    ),
    "import.problem.hamlet": N_(
        "Không thấy thôn “%(named)s” trong địa bàn phụ trách, nên chưa nhập. Xin sửa tên thôn."
    ),
    "import.problem.other_hamlet": N_("Dòng này ghi “%(named)s”, không phải %(place)s, nên không nhập."),
    "import.problem.ambiguous_hamlet": N_(
        "Có nhiều thôn tên “%(named)s”, nên chưa nhập. Xin gửi tệp riêng cho từng xã."
    ),
    # The room.
    "import.reading": N_("Đang đọc tệp. Xong sẽ báo ngay ở đây."),
    "import.refused": N_("Chưa đọc được tệp này"),
    "import.send_again": N_("Sửa xong, gửi lại tệp vào đây."),
    "import.title": N_("Đã đọc tệp: %(place)s"),
    "import.new": NN_("%(count)s hộ mới sẽ được thêm.", "%(count)s hộ mới sẽ được thêm."),
    "import.updated": NN_("%(count)s hộ đã có sẽ được sửa.", "%(count)s hộ đã có sẽ được sửa."),
    "import.unchanged": NN_("%(count)s hộ đã có, không đổi gì.", "%(count)s hộ đã có, không đổi gì."),
    "import.doubles": NN_(
        "%(count)s hộ có thể trùng. Chưa chọn thì chưa nhập hộ ấy.",
        "%(count)s hộ có thể trùng. Chưa chọn thì chưa nhập các hộ ấy.",
    ),
    "import.problems": NN_("%(count)s chỗ trong tệp cần xem lại.", "%(count)s chỗ trong tệp cần xem lại."),
    "import.nothing": N_("Không có hộ nào cần thêm hay sửa."),
    "import.samples": N_("Những hộ đầu tiên, như đã hiểu:"),
    "import.sample.part": N_("%(before)s · %(what)s"),
    "import.sample.number": N_("số %(number)s"),
    "import.sample.adults": NN_("%(count)s người lớn", "%(count)s người lớn"),
    "import.sample.children": NN_("%(count)s trẻ đi học", "%(count)s trẻ đi học"),
    "import.apply": NN_("Nhập %(count)s hộ", "Nhập %(count)s hộ"),
    "import.see_problems": N_("Xem lỗi"),
    "import.see_doubles": N_("Xem hộ có thể trùng"),
    "import.get_marked": N_("Lấy tệp có đánh dấu lỗi"),
    "import.get_template": N_("Lấy tệp mẫu"),
    "import.marked_coming": N_("Đang gửi tệp có đánh dấu. Chỗ cần sửa tô đỏ, có ghi chú."),
    "import.template_coming": N_("Đang gửi tệp mẫu, có sẵn danh sách hiện nay."),
    "import.marked_file": N_("Danh sách có đánh dấu"),
    "import.marked_caption": N_("Chỗ cần sửa tô đỏ. Sửa xong, gửi lại tệp vào đây."),
    "import.template_file": N_("Danh sách hộ %(place)s"),
    "import.template_caption": N_("Sửa hoặc điền thêm vào tệp này, rồi gửi lại vào đây."),
    "import.problem_at": N_("%(where)s: %(what)s"),
    "import.cell": N_("ô %(cell)s"),
    "import.cell_of": N_("%(sheet)s, ô %(cell)s"),
    "import.problems.title": NN_("%(count)s chỗ cần xem lại", "%(count)s chỗ cần xem lại"),
    "import.more": N_("Xem tiếp"),
    "import.earlier": N_("Xem lại phần trước"),
    "import.double.title": N_("Hộ %(number)s trong %(total)s hộ có thể trùng"),
    "import.double.file": N_("Trong tệp, dòng %(line)s: %(entry)s"),
    "import.double.known": N_("Trong danh sách: %(entry)s"),
    "import.double.same_name": N_("Hai bên cùng tên."),
    "import.double.similar_name": N_("Hai tên gần giống nhau."),
    "import.double.same_phone": N_("Hai bên cùng số điện thoại."),
    "import.double.same_number": N_("Hai bên cùng số hộ, nhưng khác tên."),
    "import.double.has_left": N_("Hộ này đã ghi là chuyển đi."),
    "import.double.registered": N_("Hộ này tự đăng ký, chưa có trong danh sách."),
    "import.double.question": N_("Đây là một hộ, hay hai hộ khác nhau?"),
    "import.double.same": N_("Là một hộ"),
    "import.double.different": N_("Hai hộ khác nhau"),
    "import.double.later": N_("Để sau"),
    "import.double.none_left": N_("Đã xem hết các hộ có thể trùng."),
    "import.which_hamlet": N_("Tệp không ghi thôn. Danh sách này của thôn nào?"),
    "import.which_hint": N_("Bấm tên thôn, hoặc gõ vài chữ của tên."),
    "import.no_such_hamlet": N_("Không thấy thôn nào có chữ “%(query)s”. Xin gõ lại."),
    "import.applying": N_("Đang nhập: %(applied)s trong %(total)s dòng."),
    "import.applying_hint": N_("Có thể làm việc khác; danh sách vẫn được nhập tiếp."),
    "import.look_again": N_("Xem đã đến đâu"),
    "import.applied": N_("Đã nhập xong danh sách của %(place)s"),
    "import.added": NN_("Đã thêm %(count)s hộ.", "Đã thêm %(count)s hộ."),
    "import.corrected": NN_("Đã sửa %(count)s hộ.", "Đã sửa %(count)s hộ."),
    "import.left_alone": NN_(
        "%(count)s dòng chưa nhập vì có thể trùng hoặc đã đổi. Gửi lại tệp để xem từng hộ.",
        "%(count)s dòng chưa nhập vì có thể trùng hoặc đã đổi. Gửi lại tệp để xem từng hộ.",
    ),
    "import.finished": N_("Đã nhập xong tệp danh sách."),
    "import.outdated": N_("Tệp này không còn nhập được nữa. Xin gửi lại tệp."),
    "import.too_large": N_("Tệp này lớn quá, chưa nhận được. Tệp phải nhỏ hơn %(limit)s MB."),
    "import.to_list": N_("Xem danh sách hộ"),
    # The template.
    "import.template.roll": N_("Danh sách hộ"),
    "import.template.example": N_("Mẫu đã điền"),
    "import.template.guide": N_("Hướng dẫn"),
    "import.template.lists": N_("Danh mục"),
    "import.template.mending": N_("Cần sửa"),
    "import.mending.number": N_("STT"),
    "import.mending.sheet": N_("Trang"),
    "import.mending.cell": N_("Ô"),
    "import.mending.what": N_("Cần sửa gì"),
    "import.template.title": N_("DANH SÁCH HỘ GIA ĐÌNH"),
    "import.template.place": N_("%(place)s"),
    "import.template.note": N_("Mỗi hộ một dòng. Cột có dấu * phải điền. Không ghi số căn cước, dân tộc, tôn giáo."),
    "import.template.order": N_("STT"),
    "import.template.hamlet": N_("Thôn"),
    "import.template.number": N_("Số hộ (mã hộ)"),
    "import.template.name": N_("Họ và tên chủ hộ *"),
    "import.template.group": N_("Tổ, xóm"),
    "import.template.phone": N_("Số điện thoại"),
    "import.template.adults": N_("Số người lớn (từ 18 tuổi)"),
    "import.template.children": N_("Số trẻ em trong độ tuổi đi học (6-17 tuổi)"),
    "import.template.whole": N_("Xin ghi một số từ 0 đến 30."),
    "import.template.only_hamlets": N_("Xin chọn một thôn trong danh sách."),
    "import.template.guide_1": N_(
        "Điền vào trang “Danh sách hộ”: mỗi hộ một dòng, rồi gửi tệp lại vào cuộc trò chuyện."
    ),
    "import.template.guide_2": N_(
        "Hộ đã có được nhận ra theo số hộ; không có số thì theo họ tên và điện thoại. Gửi lại nhiều lần không bị nhân "
        "đôi."
    ),
    "import.template.guide_3": N_("Xóa một dòng ở đây không xóa hộ ấy. Hộ chuyển đi: bấm vào hộ ấy trong danh sách."),
    "import.template.guide_4": N_(
        "Chỉ cần họ tên chủ hộ. Không giữ số căn cước, dân tộc, tôn giáo, tên con; các cột ấy bị bỏ qua."
    ),
    "import.template.guide_5": N_("Trước khi nhập, mọi thay đổi được cho xem trước."),
}
