"""Yes and no, as people say it; whatever is not surely one of them is neither."""

from __future__ import annotations

from bot.dialogs.understanding.courtesy import BARE_KIN, ENDINGS, OPENINGS, is_courtesy
from bot.dialogs.understanding.phrases import Phrases, Words, clauses, combined, cores, listed
from bot.dialogs.understanding.text import understandable

SPELLINGS = {
    typed: meant
    for meant, spelled in (
        ("không", "ko k kg kh hk hok hong hông hổng hôg hem khum khg khog khôg hog kô khoong hoong nỏ"),
        ("rồi", "r rùi roài rồy roy roif roofi"),
        ("có", "cos coá cóa"),
        ("chưa", "chửa chuwa"),
        ("chẳng", "chả"),
        ("ok", "oke okie oki okela okê okay okla ôkê okey"),
        ("vâng", "vg vag zâng dzâng vầng vâg"),
        ("dạ", "dzạ zạ daj dạk"),
        ("ừ", "uh uk ừh ừa ừm uhm um ùm ukm umk uhuh"),
        ("được", "dc đc đuợc"),
        ("à", "ak"),
        ("vậy", "z dz zậy dzậy"),
        ("nhiều", "nhìu"),
    )
    for typed in spelled.split()
}
"""{as typed in messages and dialects: the word meant}; shared by the readers."""

_AS_TYPED = SPELLINGS | {"0": "không"}
_SIGNS = ("yes", "no")
_SURELY = ", đã, vẫn, đều, luôn, luôn luôn, chắc chắn, tất nhiên là, tất nhiên, dĩ nhiên là, dĩ nhiên"
_FULLY = ", rồi, hết, cả, hết rồi, cả rồi, hết cả, đủ, đủ cả, đầy đủ, đủ rồi, đầy đủ rồi"
_NOT = "không, chưa, =chẳng, vẫn chưa, vẫn không, đều không, đều chưa, hoàn toàn không"

_YES = listed(
    combined(_SURELY, "có", _FULLY),
    combined(", đã, có, đều", "đạt, đủ, đầy đủ", ", rồi, cả, hết, hết rồi, cả rồi"),
    "=đúng, đúng rồi, đúng vậy, đúng thế, đúng rứa, đúng như vậy, đúng như thế, đúng là vậy, đúng là có, chính xác",
    "chuẩn, chuẩn rồi, chuẩn luôn, phải, phải rồi, phải =đó, =rứa, =rứa đó, =rứa rồi, rồi, đồng ý, nhất trí, đã đồng ý",
    "được, được chứ, có chứ, có chớ, tất nhiên, tất nhiên rồi, dĩ nhiên, dĩ nhiên rồi, đương nhiên, đương nhiên rồi",
    "đương nhiên là có, đương nhiên có, chắc chắn, chắc chắn rồi, chắc chắn là có, có chắc chắn, có thường xuyên",
    "thường xuyên có, có nhiều, có rất nhiều, có nhiều rồi, có mỗi ngày, có hằng ngày, có hàng ngày, ngày nào cũng có",
    "ai cũng có, có thật, có anh, có chị, có bác, có chú, dạ có ah",
    "yes, y, yes sir, yep, yeah, yup, ok, sure, of course, correct, right, true, we do, i do, we have, i have, agree",
    "there is, there are, i agree, we agree, certainly, definitely, it is, yes sure",
)
_NO = listed(
    combined(_NOT, ", có, =phải, đạt, đủ, được, =đúng, đồng ý, có ai, có ai cả, có ai hết"),
    combined("không, chưa", "hề, hề có, bao giờ, bao giờ có, ai, ai cả, ai hết, =đâu, có =đâu, =chứ"),
    "chưa từng, chưa từng có, không =phải đâu, không được đâu, không =đúng đâu, không phải, chẳng có, chẳng phải",
    "có =đâu, có =mô, =mô có, =đâu có, =đâu có =đâu, làm =gì có, =lấy =đâu ra, =sai, sai rồi, =hỏng có, =hỏng phải, kp",
    combined("tất nhiên, dĩ nhiên, chắc chắn, đương nhiên", "không, là không, chưa, là chưa"),
    "no, n, nope, nah, no sir, not yet, never, none, we dont, i dont, we do not, i do not, there isnt, there arent",
    "of course not, no way, we havent, i havent, we have not, not at all, incorrect, false, disagree, it isnt",
)
_ANSWERS = Phrases(dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False))
_ACKNOWLEDGED = Phrases(listed("vâng, ừ, =ờ, dạ vâng, vâng dạ, dạ ừ, ừ ừ, vâng vâng"))
"""Yes when alone; before another clause they only say "I heard": "ừ, chưa có" is no."""


def read_yes_no(text: str) -> bool | None:
    """Understand an answer that is surely yes or surely no.

    Returns: None for questions, doubts, partial answers and statements with words of their own ("không có con nhỏ",
        "có 2 cháu"): one more question is better than a wrong record. "0" is no, as in messages; other digits, which
        may choose from a list, are left to `read_choice`.
    """
    said = understandable(text)
    if said is None or "?" in said:
        return None
    answers: set[bool] = set()
    acknowledged = False
    for clause in clauses(said, _AS_TYPED):
        for part in _signs_apart(_once(clause)):
            candidates = tuple(cores(part, OPENINGS, ENDINGS))
            answer = _answer(candidates)
            if answer is not None:
                answers.add(answer)
            elif any(map(_ACKNOWLEDGED.find, candidates)):
                acknowledged = True
            elif not is_courtesy(part):
                return None
    if len(answers) == 1:
        return answers.pop()
    return True if acknowledged and not answers else None


def _answer(candidates: tuple[Words, ...]) -> bool | None:
    for core in candidates:
        answer = _ANSWERS.find(core)
        if answer is None and BARE_KIN.ending(core):
            answer = _ANSWERS.find(core[:-1])
            if answer is False and core[-2].folded == "co":
                return None  # "không có anh": an address, or who is missing?
        if answer is not None:
            return answer
    return None


def _once(said: Words) -> Words:
    """Say a repeated word once: "có có", "không không có"."""
    return tuple(word for i, word in enumerate(said) if i == 0 or word != said[i - 1])


def _signs_apart(said: Words) -> tuple[Words, ...]:
    """Part a thumb or "yes" from the words beside it."""
    if len(said) > 1 and said[-1].typed in _SIGNS:
        return (said[:-1], said[-1:])
    if len(said) > 1 and said[0].typed in _SIGNS and _ANSWERS.find(said) is None:
        return (said[:1], said[1:])
    return (said,)
