"""What the columns of a roll hold, by their headings as communes write them."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final

from bot.dialogs.understanding import fold

LONGEST_HEADING: Final = 120


class Field(StrEnum):
    """What a column holds."""

    ORDER = "order"
    """Counted from 1; says nothing of the household."""
    NUMBER = "number"
    HEAD = "head"
    """The head of the household."""
    NAME = "name"
    """A full name: the head's, or of whoever the row is about."""
    SURNAME = "surname"
    GIVEN = "given"
    RELATION = "relation"
    BIRTH = "birth"
    AGE = "age"
    PHONE = "phone"
    HAMLET = "hamlet"
    GROUP = "group"
    ADULTS = "adults"
    CHILDREN = "children"
    MEMBERS = "members"
    """All persons; not kept."""
    PRIVATE_ID = "private_id"
    RELIGION = "religion"
    ETHNICITY = "ethnicity"
    CHILD_NAMES = "child_names"
    OTHER = "other"
    """Nothing that a roll keeps."""


PRIVATE: Final = (Field.PRIVATE_ID, Field.RELIGION, Field.ETHNICITY, Field.CHILD_NAMES)

_PATTERNS: Final[tuple[tuple[Field, re.Pattern[str]], ...]] = tuple(
    (field, re.compile("|".join(patterns)))
    for field, patterns in (
        (Field.PRIVATE_ID, (r"\b(cccd|cmnd|cmt|cmtnd|can cuoc|chung minh|dinh danh|ho chieu|id card|national id)\b",)),
        (Field.RELIGION, (r"\bton giao\b", r"\breligion\b")),
        (Field.ETHNICITY, (r"\bdan toc\b", r"\bethnic")),
        (Field.PHONE, (r"\b(dien thoai|sdt|so dt|dtdd|di dong|zalo|mobile|phone|telephone)\b", "^(dt|tel)$")),
        (Field.RELATION, (r"\bquan he\b", r"\bqh\b.*\bchu ho\b", r"\brelation")),
        (Field.CHILD_NAMES, (r"\bten (cac )?(con|chau|tre|hoc sinh)\b", r"\bnames? of (the )?child")),
        (Field.BIRTH, (r"\b(nam|ngay|thang) (thang )?(nam )?sinh\b", "^(sinh|ns|birth)$", r"\byear of birth\b")),
        (Field.AGE, ("^(tuoi|so tuoi|age)$",)),
        (Field.OTHER, (r"\b(ho khau|vo|chong|con dau|bo|me|ngheo|bao hiem|bhyt)\b",)),
        (Field.OTHER, (r"\b(dien tich|thu nhap|gioi tinh|ghi chu|ky ten)\b",)),
        (Field.CHILDREN, (r"\b(tre|con|chau|hoc sinh)\b.*\b(di hoc|dang hoc|tuoi hoc|6|den truong)\b",)),
        (Field.CHILDREN, (r"\b(tuoi hoc|tuoi di hoc)\b", r"\bso (chau|hoc sinh|tre|tre em)\b")),
        (Field.CHILDREN, ("^(tre em|hoc sinh)$", r"\b(khau|nguoi) tre em$", r"\bschool.age\b", r"\bchildren\b")),
        (Field.ADULTS, (r"\bnguoi lon\b", r"\b(tu|tren|du) 18\b", r"\btruong thanh\b", r"\badults?\b")),
        (Field.MEMBERS, (r"\b(nhan )?khau\b", r"\bso (nguoi|thanh vien)\b", r"\btong so\b", r"\bmembers\b")),
        (Field.HAMLET, ("^(ten )?(thon|ban|ap|buon|lang|to dan pho|tdp|khu pho|khoi pho|khom|phum|soc|hamlet)\\b",)),
        (Field.NUMBER, (r"\b(ma|so) (so )?(cua )?(ho|hgd|ho gd|ho gia dinh)\b", "^(ho so|so hieu)$")),
        (Field.NUMBER, (r"\bhousehold (no|number|code)\b",)),
        (Field.HEAD, (r"\bchu ho\b", r"\bdai dien\b", "^ten ho$", r"\bhead of (the )?household\b", "household head")),
        (Field.GIVEN, ("^(ten goi|ten)$",)),
        (Field.SURNAME, ("^ho( va)?( ten)? (dem|lot|dem lot)$", "^ho$")),
        (Field.NAME, (r"\bho (va |& )?ten\b", r"\bhoten\b", "^(full )?name$")),
        (Field.GROUP, (r"^(to|xom|cum|nhom|ngo|khu|khoi|to so|thuoc to|group)\b", r"\bto tu quan\b")),
        (Field.ORDER, ("^(stt|tt|so tt|so thu tu|thu tu|no|so)$",)),
    )
)
_SIGNS: Final = re.compile(r"[^\w&']+")


@lru_cache(maxsize=10_000)
def plain(heading: str) -> str:
    """A heading without signs and diacritics."""
    return _SIGNS.sub(" ", fold(heading[:LONGEST_HEADING])).strip()


def field_of(heading: str) -> Field | None:
    """What a heading says its column holds; None where it is nothing that is known here."""
    folded = plain(heading)
    if not folded:
        return None
    return next((field for field, pattern in _PATTERNS if pattern.search(folded)), None)
