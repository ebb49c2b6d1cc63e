"""One number, typed in digits or words, with or without what is counted."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from bot.dialogs.understanding.courtesy import BARE_KIN, ENDING_PHRASES, OPENING_PHRASES, is_courtesy
from bot.dialogs.understanding.number_words import begins_number, parse_number
from bot.dialogs.understanding.phrases import Phrases, Words, clauses, cores, listed
from bot.dialogs.understanding.text import fold, normal, understandable
from bot.dialogs.understanding.yes_no import SPELLINGS

_COUNTED = (
    "đứa, cháu, người, con, bé, em, ng, ngừi, nguoi, nhân khẩu, khẩu, thành viên, trẻ, trẻ em, học sinh, hs, hộ, "
    "gia đình, quyển, cuốn, quyển sách, cuốn sách, đầu sách, sách, lần, buổi, bài, lớp học, cái, chiếc, suất, "
    "cháu học sinh, đứa con, đứa cháu, đứa nhỏ, đứa trẻ, em bé, người con, thằng con, vợ chồng, bạn, khóa, khóa học"
)
_GROWN = "người lớn, người trưởng thành, cháu đi học, đứa đi học, bé đi học, con đi học, em đi học, cháu đang đi học"
_SCHOOL = "cháu tuổi đi học, cháu trong tuổi đi học, đứa đang đi học, đứa tuổi đi học, con đang đi học"
_ENGLISH = "people, persons, person, child, children, kids, kid, adults, adult, books, book, times, of us, members"

COUNTED = Phrases(listed(_COUNTED, _GROWN, _SCHOOL, _ENGLISH))
"""What questions count: people and things; other units ("giờ", "tuổi") only where a question names them."""

NUMBER_OPENINGS = Phrases(
    OPENING_PHRASES
    | listed(
        "có, được, là, tổng cộng, tổng cộng là, tất cả là, tất cả có, cả thảy, cả thảy có, gồm, gồm có, chỉ có, có mỗi",
        "chỉ, mới có, =đúng, hiện có, thì có, có tất cả, có tổng cộng, được tổng cộng, là có, i have, we have",
        "there are",
    )
)
_ENDINGS = Phrases(ENDING_PHRASES | listed("thôi, mà thôi, thôi ạ, tất cả, cả thảy, trong nhà, in total"))
_NOT_ANY = Phrases(
    listed("không, không có, chẳng có, =đâu có, =mô có, chưa có, 0 có, không một, không có một, chẳng có một")
    | dict.fromkeys(("=chẳng", "no"), False)
)
"""{how "not any" begins: whether it says so alone}"""
_BEGINS_NOT_ANY = frozenset(("khong", "chang", "chua"))
_ASKING_WITH_NOT = frozenset(("co", "duoc", "dung", "la", "chi"))
_NAMED_BY_NUMBER = frozenset(("em", "con", "chau", "nha", "ho", "ben", "minh", "toi", "tui"))
_WHOM = Phrases(listed("ai"))
_AT_ALL = Phrases(listed("nào, nào cả, nào hết, cả, hết, nào =đâu, =đâu"))
_IN_WORDS = Phrases(
    dict.fromkeys(listed("none, nobody, no one, not any"), Decimal(0))
    | dict.fromkeys(listed("một mình, một mình em, một mình tôi, một mình tui, mỗi mình em, mỗi mình tôi"), Decimal(1))
)


def read_number(text: str, allow_decimal: bool = False, units: Collection[str] = ()) -> Decimal | None:
    """Understand an answer that says exactly one number.

    Args:
        allow_decimal: whether the question takes fractions ("2,5", "hai rưỡi"); "1.234" is then nobody's guess.
        units: what this question counts beyond people and things, such as "giờ"; "2 giờ" is not understood without.
    Returns: the number, out of range or negative if that was typed ("-2"), so that the caller can say so; None for
        ranges, two numbers, estimates ("khoảng 5") and everything else.
    """
    said = understandable(text)
    return None if said is None or "?" in said else number_in(said, allow_decimal=allow_decimal, units=units)


def read_points(text: str) -> Decimal | None:
    """Read a number of points: '7', '7,5 điểm', 'bảy rưỡi'."""
    return read_number(text, allow_decimal=True, units=("điểm", "points", "point"))


def number_in(
    said: str, *, allow_decimal: bool, units: Collection[str] = (), endings: Phrases[bool] | None = None
) -> Decimal | None:
    """Do as `read_number` for a text in normal form; `endings` are what may follow instead of polite words."""
    telling = telling_clauses(said)
    if len(telling) != 1:
        return None
    for core in cores(telling[0], NUMBER_OPENINGS, endings or _ENDINGS):
        value = _number(core, units, allow_decimal=allow_decimal)
        if value is None and BARE_KIN.ending(core):
            value = _number(core[:-1], units, allow_decimal=allow_decimal)
        if value is not None:
            return None if _is_doubtful(core, telling[0]) else value
    return None


def _is_doubtful(core: Words, said: Words) -> bool:
    """Say whether the word before a number makes another sense of it.

    "có không" and "được không" ask; "em hai" and "nhà ba" are people.
    """
    word = core[0]
    if word == said[0] or word.typed[-1].isdigit():
        return False
    before = said[said.index(word) - 1].folded
    if word.folded in _BEGINS_NOT_ANY:
        return before in _ASKING_WITH_NOT
    return len(core) == 1 and before in _NAMED_BY_NUMBER


def telling_clauses(said: str) -> tuple[Words, ...]:
    """Return the clauses of a text in normal form, without those that are only polite."""
    parts = clauses(said, SPELLINGS)
    return parts if len(parts) == 1 else tuple(part for part in parts if not is_courtesy(part))


def whole_number(said: Words) -> int | None:
    """Return the whole number that words say, with or without what is counted, and nothing else."""
    value = _number(said, (), allow_decimal=False)
    return None if value is None else int(value)


def says_none(said: Words, units: Collection[str] = ()) -> bool:
    """Say whether words mean "not any": "không có ai", "chưa có cháu nào"; `units` are as of `read_number`."""
    if _IN_WORDS.find(said) == 0:
        return True
    taken = _NOT_ANY.opening(said)
    if not taken:
        return False
    rest = said[taken:]
    counted = _WHOM.opening(rest) or COUNTED.opening(rest) or _unit_opening(rest, units)
    if not counted:
        return not rest and _NOT_ANY.find(said) is True
    rest = rest[counted:]
    return not rest or _AT_ALL.find(rest) is not None


def _number(said: Words, units: Collection[str], *, allow_decimal: bool) -> Decimal | None:
    if not said or not (begins_number(said[0].typed) or _NOT_ANY.may_begin(said[0]) or _IN_WORDS.may_begin(said[0])):
        return None
    if says_none(said, units):
        return Decimal(0)
    in_words = _IN_WORDS.find(said)
    if in_words is not None:
        return in_words

    def is_counted(rest: Words) -> bool:
        return bool(COUNTED.opening(rest)) or (bool(rest) and _is_unit(rest[:1], units))

    if not begins_number(said[0].typed):
        return None
    parsed = parse_number(said, is_counted, allow_decimal=allow_decimal)
    if parsed is None:
        return None
    value, at = parsed
    rest = said[at:]
    if allow_decimal and len(rest) > 1 and rest[-1].folded == "ruoi":
        value, rest = value + Decimal("0.5"), rest[:-1]
    if rest and COUNTED.find(rest) is None and not _is_unit(rest, units):
        return None
    if not allow_decimal and value != value.to_integral_value():
        return None
    return value if allow_decimal else value.quantize(Decimal(1)) if value.as_tuple().exponent else value


def _unit_opening(said: Words, units: Collection[str]) -> int:
    """Return how many words at the start are one of the units; 0 if none is."""
    lengths = (len(unit.split()) for unit in units if _is_unit(said[: len(unit.split())], (unit,)))
    return max(lengths, default=0)


def _is_unit(said: Words, units: Collection[str]) -> bool:
    if not units:
        return False
    typed = " ".join(word.typed for word in said)
    return any(typed in {normal(unit), fold(unit)} for unit in units)
