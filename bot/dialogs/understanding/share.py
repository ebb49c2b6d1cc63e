"""How many of how many, as people say it: 2/3, hai trên ba, 3 người thì 2 người, cả nhà."""

from __future__ import annotations

from bot.dialogs.understanding.courtesy import ENDING_PHRASES
from bot.dialogs.understanding.number import NUMBER_OPENINGS, number_in, telling_clauses, whole_number
from bot.dialogs.understanding.number_words import begins_number
from bot.dialogs.understanding.phrases import Phrases, Words, combined, cores, listed
from bot.dialogs.understanding.text import understandable

Share = tuple[int, int]

_OF = Phrases(
    listed(
        "/, \\, trên, trong, of, out of",
        combined("trên, trong", "số, tổng, tổng số, tổng số là, tổng cộng, cả thảy, nhóm"),
    )
)
_HAS = Phrases(
    listed(
        "thì, có, được, =mà, chỉ có, mới có",
        combined("thì, =mà, nhưng, trong đó", "có, được, chỉ có, mới có, chỉ được, mới được"),
    )
)
_AMONG = Phrases(listed("trong, trong số, trong tổng số, trong nhà, trong nhà có, tổng, tổng số, nhà có"))
_ALL = Phrases(
    listed(
        "tất cả, tất, tất tần tật, toàn bộ, cả nhà, cả gia đình, đủ cả, đủ, đủ hết, đủ rồi, đủ cả rồi, hết, hết cả",
        "mọi người, 100 %",
        "tất cả mọi người, toàn bộ mọi người, cả thảy, ai cũng có, ai cũng được, ai cũng đạt",
        "người nào cũng có, đều có",
        "đều có cả, đều có hết, có hết, có đủ cả, có đủ hết, tất cả đều có, cả nhà đều có, tất cả các cháu",
        "một trăm phần trăm",
        "100 phần trăm, all, everyone, everybody, all of us, all of them, đứa nào cũng có, cháu nào cũng có",
        "tất cả đều đạt",
    )
)
_HALF = Phrases(listed("một nửa, nửa, 1 nửa, phân nửa, một nữa, half, half of us, half of them"))
_NOBODY_YET = Phrases(listed("chưa ai, chưa ai cả, chưa ai hết, chưa đứa nào, chưa cháu nào, chưa người nào, 0 ai"))
_EVERY = Phrases(listed("cả, đủ cả, đủ, all"))
_ENDINGS = Phrases(
    ENDING_PHRASES | listed("thôi, mà thôi, có, có rồi, đạt, được, đều có, đều đạt, đều, đều được, =cả, luôn rồi")
)


def read_share(text: str, whole: int | None = None) -> Share | int | None:
    """Understand an answer that says how many of how many.

    Args:
        whole: how many there are, where the question knows it; "cả nhà", "một nửa", "50%" need it.
    Returns: (n, m) as said, even when n > m or m differs from `whole` (the caller says so in its own words); a single
        number n; None for dates, fractions that do not come out even, and everything unclear.
    """
    said = understandable(text)
    if said is None or "?" in said:
        return None
    telling = telling_clauses(said)
    if len(telling) == 1:
        for core in cores(telling[0], NUMBER_OPENINGS, _ENDINGS):
            share = _two_numbers(core) or _everybody(core, whole) or _part_of(core, whole)
            if share is not None:
                return share
    elif len(telling) == 2 and _HAS.opening(telling[1]):
        return _two_numbers(telling[0] + telling[1])  # "3 người, có 2 người"
    number = number_in(said, allow_decimal=False, endings=_ENDINGS)
    if number is None:
        return None
    return (0, whole) if number == 0 and whole is not None else int(number)


def _two_numbers(said: Words) -> Share | None:
    among = _AMONG.opening(said)
    if not among and not begins_number(said[0].typed):
        return None
    for at in range(1, len(said) - 1):
        of = _OF.opening(said[at:])
        if of and not among:
            return _both(said[:at], said[at + of :])
        has = _HAS.opening(said[at:])
        if has and at > among and not _asks_whether(said[at:], has):
            turned = _both(said[among:at], said[at + has :])
            return turned and (turned[1], turned[0])
    return None


def _asks_whether(said: Words, has: int) -> bool:
    """Say whether words go on as a question does: "có không", "được không"."""
    return said[has - 1].folded in {"co", "duoc"} and said[has : has + 1] != () and said[has].folded == "khong"


def _both(first: Words, second: Words) -> Share | None:
    one, other = whole_number(first), whole_number(second)
    return None if one is None or other is None else (one, other)


def _everybody(said: Words, whole: int | None) -> Share | None:
    if _ALL.find(said):
        return None if whole is None else (whole, whole)
    taken = _EVERY.opening(said)
    number = whole_number(said[taken:]) if taken and len(said) > taken else None
    if number and said[-1].folded != "nam":  # "cả năm": the whole year
        return number, number
    return (2, 2) if len(said) == 1 and said[0].typed == "both" else None


def _part_of(said: Words, whole: int | None) -> Share | None:
    if whole is None:
        return None
    if _NOBODY_YET.find(said):
        return 0, whole
    if _HALF.find(said):
        return _fraction(1, 2, whole)
    folded = [word.folded for word in said]
    if folded[-1] == "%" or folded[-2:] == ["phan", "tram"]:
        percent = whole_number(said[: -1 if folded[-1] == "%" else -2])
        return None if percent is None or percent < 0 else _fraction(percent, 100, whole)
    if "phan" in folded:
        at = folded.index("phan")
        of = 4 if folded[at + 1 :] == ["tu"] else whole_number(said[at + 1 :])
        part = whole_number(said[:at])
        return None if part is None or not of else _fraction(part, of, whole)
    return None


def _fraction(part: int, of: int, whole: int) -> Share | None:
    n, rest = divmod(part * whole, of)
    return None if rest else (n, whole)
