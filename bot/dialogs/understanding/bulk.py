"""One answer for many in one sentence: "câu 7: tất cả có, trừ hộ 12, ông Ba"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.dialogs.understanding.text import fold_normal, normal

LONGEST_SENTENCE = 1000
"""Letters that are looked at; a list of exceptions may be long."""

_QUESTION = re.compile(r"(?:(?:cau|question|q)(?: hoi)?(?: so)?) ?(\d{1,3})(?!\w)[ :.,;=-]*|(\d{1,3}) ?: *")
_WORDS = re.compile(r"([^:,;\d]{2,60}?) ?: *")
_BUT = re.compile(
    r"(?:^|(?<=[ ,;.:-]))(?:(?:ngoai |chi )?tru|chua ke|khong ke|tinh rieng|except(?: for)?|but not)"
    r"(?: ra)?(?:$|[ :,]+)"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_EVERYBODY = re.compile(
    r"(?:(?:tat ca|toan bo|ca (?:thon|ban|ap|buon|xom|lang|to|khu)|(?:moi|cac|nhung) (?:ho|nha|gia dinh)|"
    r"(?:ho|nha|ai) nao cung|ai cung|deu|cung|la|thi|tra loi|all(?: households)?|every(?:one|body| household))"
    r"(?:$|[ :,]+))+"
)
_AND = re.compile(r"[ ,;+&]*(?:[,;+&]|(?<![^ ,;])(?:và|va|với|voi|and)(?![^ ,;]))[ ,;+&]*")
_NUMBERS = re.compile(r"\d+(?: \d+)+")
_NOBODY = frozenset(("", "ai", "khong", "khong ai", "khong co ai", "khong co", "none", "nobody", "no one"))


@dataclass(frozen=True, slots=True)
class BulkSaid:
    """What a sentence says of one question for many; each part in normal form, '' where it is not said."""

    number: int | None = None
    """Of the question, as the whole sheet counts."""
    words: str = ""
    """That name the question instead of its number."""
    answer: str = ""
    says_all: bool = False
    """Whether 'all' was said before the answer."""
    excepted: tuple[str, ...] = ()
    """Who is different: names or numbers of households, one each."""


def read_bulk(text: str) -> BulkSaid | None:
    """Take a sentence apart that names a question; None when it names none, so that it is something else.

    "câu 7", "cau 7 tat ca co tru 12", "7: có", "sách báo: tất cả 10 quyển, trừ bà Tư và 017".
    """
    said = _said(text)
    folded = _folded(said)
    named = _QUESTION.match(folded) or _WORDS.match(folded)
    if named is None or _BUT.match(folded):
        return None
    number = next((int(digits) for digits in named.groups() if digits and digits.isdecimal()), None)
    words = said[: named.end(1)].strip() if number is None else ""
    return replace(_answered(said[named.end() :]), number=number, words=words)


def read_answered(text: str) -> BulkSaid:
    """Take an answer and its exceptions apart, where the question is known: "tất cả có, trừ hộ 12"."""
    return _answered(_said(text))


def _answered(said: str) -> BulkSaid:
    answer, excepted = _parted(said)
    everybody = _EVERYBODY.match(_folded(answer))
    start = everybody.end() if everybody else 0
    return BulkSaid(None, "", answer[start:].strip(" ,;.:-"), everybody is not None, excepted)


def read_excepted(text: str) -> tuple[str, ...]:
    """Return who is different, one name or number each: "trừ An, 017 và bà Tư" is ("an", "017", "bà tư")."""
    said = _said(text)
    before, excepted = _parted(said)
    return excepted if not before else _each(said)


def says_excepted(text: str) -> bool:
    """Whether a text begins with "trừ", so that what follows surely names households."""
    said = _said(text)
    return _but(said, _folded(said)) == 0


def _said(text: str) -> str:
    return normal(text[:LONGEST_SENTENCE].strip().replace("\n", " , "))


def _folded(said: str) -> str:
    """Without diacritics and of the same length, so that places in one are places in the other."""
    folded = fold_normal(said)
    return folded if len(folded) == len(said) else said


def _parted(said: str) -> tuple[str, tuple[str, ...]]:
    """What stands before "trừ", and who is named behind it."""
    folded = _folded(said)
    at = _but(said, folded)
    if at is None:
        return said.strip(" ,;.:-"), ()
    found = _BUT.match(folded, at)
    end = found.end() if found else at
    return said[:at].strip(" ,;.:-"), _each(said[end:])


def _but(said: str, folded: str) -> int | None:
    """Where "trừ" stands; a name such as "Trụ" is none."""
    for found in _BUT.finditer(folded):
        typed = _LETTERS.findall(said[found.start() : found.end()])
        if all(word in ("trừ", "tru") for word in typed if fold_normal(word) == "tru"):
            return found.start()
    return None


def _each(said: str) -> tuple[str, ...]:
    parts: list[str] = []
    for part in _AND.split(said):
        trimmed = part.strip(" ,;.:-!")
        bare = re.sub(r"^(?:hộ|nhà|số|ho|nha|so) (?=\d+(?: \d+)+$)", "", trimmed)
        parts.extend(bare.split() if _NUMBERS.fullmatch(bare) else [trimmed])
    return tuple(dict.fromkeys(part for part in parts if _folded(part) not in _NOBODY))
