"""Texts of one question for many households."""

from __future__ import annotations

from bot.messages.markers import N_, NN_, Message

MESSAGES: dict[str, Message] = {
    # Which question.
    "bulk.title": N_("Một câu cho nhiều hộ: %(place)s"),
    "bulk.no_households": N_("Danh sách chưa có hộ nào. Xin thêm hộ vào danh sách trước."),
    "bulk.no_rules": N_("Hiện chưa có bộ tiêu chí gia đình nào chấm được ở đây."),
    "bulk.pick": N_("Ghi câu nào?"),
    "bulk.pick_hint": N_("Có thể gõ cả câu một lần, ví dụ: câu 7: tất cả có, trừ 12, ông Ba."),
    "bulk.question": N_("Câu %(number)s. %(short)s"),
    "bulk.found": N_("Những câu có chữ “%(query)s”:"),
    "bulk.more_questions": N_("Xem nhóm câu sau"),
    "bulk.first_questions": N_("Xem từ câu đầu"),
    "bulk.no_such_question": N_("Phiếu chỉ có câu 1 đến câu %(total)s. Xin chọn một câu trong đó."),
    "bulk.which_question": N_(
        "Dòng %(number)s hay câu %(number)s (%(short)s)? Xin gõ: dòng %(number)s, hoặc: câu %(number)s."
    ),
    "bulk.not_understood": N_("Chưa rõ câu nào. Xin bấm một câu, hoặc gõ số câu, ví dụ: câu 7."),
    # Its answer.
    "bulk.ask_hint": N_("Trả lời chung cho các hộ. Hộ nào khác thì sẽ nêu sau."),
    "bulk.own_hint": N_("Mỗi hộ một số người riêng nên ghi chung: tất cả, hoặc chưa có ai."),
    "bulk.own-all": N_("Tất cả, trong từng nhà"),
    "bulk.own-none": N_("Chưa có ai"),
    "bulk.own_wanted": N_("Xin chọn tất cả hoặc chưa có ai; hoặc gõ cả hai số, ví dụ: 1/2."),
    "bulk.answer_wanted": N_("Trả lời thế nào cho các hộ? Xin chọn bên dưới."),
    # Who is different.
    "bulk.answered": N_("Câu %(number)s. %(short)s: %(answer)s"),
    "bulk.meant": NN_("Ghi cho %(count)s hộ.", "Ghi cho %(count)s hộ."),
    "bulk.excepted": NN_("Trừ %(count)s hộ: %(names)s.", "Trừ %(count)s hộ: %(names)s."),
    "bulk.who_differs": N_("Hộ nào khác?"),
    "bulk.who_differs_hint": N_("Bấm tên hộ, hoặc gõ: trừ An, 017, bà Tư. Bấm lần nữa là ghi lại cả hộ đó."),
    "bulk.to_preview": N_("Xem trước khi ghi"),
    "bulk.household": N_("%(name)s"),
    "bulk.is_excepted": N_("✗ Trừ %(name)s"),
    "bulk.more_households": N_("Xem thêm hộ"),
    "bulk.first_households": N_("Xem từ hộ đầu"),
    "bulk.names": N_("%(names)s"),
    "bulk.names_more": NN_("%(names)s và %(count)s hộ nữa", "%(names)s và %(count)s hộ nữa"),
    "bulk.ambiguous": N_("“%(said)s” có thể là nhiều hộ: %(names)s. Xin bấm đúng hộ, hoặc gõ số hộ."),
    "bulk.unknown": N_("Không thấy hộ nào là “%(said)s”. Xin gõ số hộ hoặc cả họ tên, hoặc bấm tên bên dưới."),
    "bulk.names_wanted": N_("Hộ nào khác thì gõ: trừ An, 017. Không có hộ nào khác thì bấm Xem trước khi ghi."),
    "bulk.which_number": N_("Dòng %(number)s hay hộ số %(number)s? Xin gõ: dòng %(number)s, hoặc: trừ %(number)s."),
    # Before and after recording.
    "bulk.will_record": NN_("Ghi cho %(count)s hộ?", "Ghi cho %(count)s hộ?"),
    "bulk.nothing": N_("Không có gì để ghi: không hộ nào thay đổi."),
    "bulk.changed": NN_(
        "%(count)s hộ đổi câu trả lời đã ghi trước: %(names)s.", "%(count)s hộ đổi câu trả lời đã ghi trước: %(names)s."
    ),
    "bulk.differing": NN_(
        "%(count)s hộ đã tự trả lời khác: %(names)s. Câu của hộ được giữ nguyên, chỗ khác nhau để bình xét.",
        "%(count)s hộ đã tự trả lời khác: %(names)s. Câu của hộ được giữ nguyên, chỗ khác nhau để bình xét.",
    ),
    "bulk.same": NN_("%(count)s hộ đã ghi đúng như vậy.", "%(count)s hộ đã ghi đúng như vậy."),
    "bulk.locked": NN_("%(count)s hộ đã nộp phiếu, để nguyên.", "%(count)s hộ đã nộp phiếu, để nguyên."),
    "bulk.unasked": NN_("%(count)s hộ không có câu này.", "%(count)s hộ không có câu này."),
    "bulk.unfit": NN_(
        "%(count)s hộ cần hỏi riêng vì số người ghi trong danh sách không khớp: %(names)s.",
        "%(count)s hộ cần hỏi riêng vì số người ghi trong danh sách không khớp: %(names)s.",
    ),
    "bulk.record": NN_("Ghi cho %(count)s hộ", "Ghi cho %(count)s hộ"),
    "bulk.to_excepting": N_("Sửa hộ nào khác"),
    "bulk.done": NN_("Đã ghi câu %(number)s cho %(count)s hộ.", "Đã ghi câu %(number)s cho %(count)s hộ."),
    "bulk.done_differing": NN_(
        "%(count)s hộ tự trả lời khác, chờ bình xét.", "%(count)s hộ tự trả lời khác, chờ bình xét."
    ),
    # Handing in what is finished.
    "bulk.hand_in": NN_("Nộp %(count)s phiếu đã đủ câu", "Nộp %(count)s phiếu đã đủ câu"),
    "bulk.ready": NN_("Nộp thay %(count)s hộ đã đủ câu: %(names)s?", "Nộp thay %(count)s hộ đã đủ câu: %(names)s?"),
    "bulk.ready_hint": N_("Chỉ gồm phiếu do trưởng thôn ghi. Hộ tự trả lời thì tự nộp."),
    "bulk.none_ready": N_("Chưa có phiếu nào đủ câu để nộp."),
    "bulk.handed_in": NN_("Đã nộp %(count)s phiếu.", "Đã nộp %(count)s phiếu."),
}
