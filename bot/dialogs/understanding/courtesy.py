"""The polite words around an answer: "dạ ... ạ", who speaks, who is addressed, thanks."""

from __future__ import annotations

from bot.dialogs.understanding.phrases import Phrases, Words, combined, listed

_SPEAKERS = "em, tôi, mình, tui, tớ, con, cháu, chúng tôi, chúng em, chúng tui, chúng mình, tụi em, tụi tôi, tụi tui"
_KIN = "anh, chị, bác, chú, ông, =bà, dì, cậu, mợ, thím, dượng, thầy, bạn, cán bộ"
_YOUNGER = "em, cháu, con"
_HOMES = "nhà, gia đình, hộ, bên, gia đình nhà, hộ gia đình, hộ nhà"

OPENING_PHRASES = listed(
    "dạ, dạ thưa, thưa, à, ạ, xin thưa, vâng, ừ, =ờ, xin trả lời, trả lời là, xin trả lời là, câu trả lời là",
    _SPEAKERS,
    "bọn em, bọn mình, bọn tôi, nhà, gia đình, hộ, bên, gia đình nhà, hộ gia đình, nha em, thì",
    combined(_HOMES, f"{_KIN}, cô, {_YOUNGER}, tôi, mình, tui, chúng tôi, chúng em, ta"),
    combined(f"{_KIN}, {_YOUNGER}, =cô, =o, =mệ, bot, ad, admin", "ơi, à"),
    combined("dạ thưa, thưa, chào, em chào, xin chào", f"{_KIN}, =cô, quý vị"),
    "=cô ơi, =cô à, có ơi, chào, xin chào, chào bot",
    "hiện, hiện tại, hiện nay, hiện giờ, bây giờ, năm nay, lúc này",
)
"""What may come before an answer without changing it."""

OPENINGS = Phrases(OPENING_PHRASES)

ENDING_PHRASES = listed(
    "ạ, á, nhé, nha, =nhá, nhen, nghen, nghe, hen, hén, hỉ, nè, nì, =đó, =đấy, =đây, mà, =chứ, chớ, luôn, dạ, nghen ạ",
    "nha ạ, đó ạ, đấy ạ, nhé ạ, luôn ạ, đó nha, =đó nhé, =đấy nhé, nha nha, hihi, hehe, haha, hì, hì hì",
    "kk, pls, please",
    combined(f"{_KIN}, =cô, ad, admin, bot", "ơi, ạ, à, nhé, nha, nghen, ơi ạ"),
    combined(f"{_YOUNGER}, =o, =mệ", "ơi"),
    combined("nha, nhé, nghen, nghe, hen, hỉ, =á, =đó", f"{_KIN}, =cô"),
    combined(", em, tôi, xin, em xin, cháu, con, mình", "cảm ơn, cám ơn, cảm ơn nhiều"),
    combined("cảm ơn, cám ơn, em cảm ơn, em cám ơn, cảm ơn nhiều, xin cảm ơn", f"{_KIN}, {_YOUNGER}, =cô"),
    "thanks, thank you, thank you very much, tks, thks, thank, many thanks, em cảm ơn ạ, cảm ơn ạ, cám ơn ạ",
)
"""What may come after an answer without changing it."""

ENDINGS = Phrases(ENDING_PHRASES)

BARE_KIN = Phrases(listed("anh, chị, bác, =cô, chú, dì, cậu, thầy, bạn, ad, admin, bot"))
"""Who is addressed, with no word that shows it: "chưa anh"; after "không có" it may be who is missing."""


def is_courtesy(said: Words) -> bool:
    """Say whether words are nothing but courtesy: "dạ", an address, a greeting, thanks."""
    while taken := OPENINGS.opening(said):
        said = said[taken:]
    while taken := ENDINGS.ending(said):
        said = said[:-taken]
    return not said
