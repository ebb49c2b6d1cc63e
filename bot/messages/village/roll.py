"""Texts of the roll: lists, households, adding, correcting, leaving."""

from __future__ import annotations

from bot.messages.markers import N_, Message

MESSAGES: dict[str, Message] = {
    # On the desk.
    "desk.households": N_("Danh sách hộ trong thôn"),
    "desk.review": N_("Bình xét phiếu đã nộp"),
    "desk.bulk": N_("Trả lời một câu cho nhiều hộ"),
    "desk.progress": N_("Xem tiến độ"),
    "desk.people": N_("Người được giao việc"),
    "village.gone": N_("Việc này không còn ở đây nữa."),
}
