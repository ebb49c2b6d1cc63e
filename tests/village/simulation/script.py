"""What happens in the simulated village: who lives there, what is asked and said, and what must come of it.

Everything that is expected is worked out here by plain arithmetic from the script and the sample sheet's points, which
are written down once more by hand; nothing of the program's scoring or storing is used.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from bot.dialogs.village.facts import HouseholdEntry

HOUSEHOLDS: Final = 120
BY_QR, BY_HEAD, BY_EXCEL = 40, 60, 20
CONFLICTS, RETURNS, RECHECKS = 8, 10, 10
CONFLICTS_BY_EXCEL = 3
TITLE_FROM: Final = 80
"""Points of 100 from which the sample sheet gives the title."""
WITHOUT_CHILDREN: Final = 30
"""Points that a family without children of school age is given for its children."""

CHILDREN = ("tre_em_di_hoc", "tre_em_ket_qua", "tre_em_nep_song")
GROWN = (
    "nguoi_lon_biet_chu",
    "nguoi_lon_hoc_them",
    "nguoi_lon_tim_hieu",
    "dieu_kien_goc_hoc",
    "dieu_kien_sach_bao",
    "dieu_kien_quy",
    "hieu_qua_doi_song",
    "hieu_qua_van_hoa",
    "hieu_qua_cong_dong",
)
"""Questions in their order."""

CHOICES: Final[Mapping[str, Mapping[str, int]]] = {
    "tre_em_nep_song": {"Được cả hai điều": 10, "Mới được một điều": 5, "Chưa được": 0},
    "nguoi_lon_tim_hieu": {"Thường xuyên": 10, "Thỉnh thoảng": 5, "Hầu như chưa": 0},
    "dieu_kien_goc_hoc": {"Có": 8, "Chưa": 0},
    "dieu_kien_quy": {"Có, để dành đều": 6, "Khi cần mới lo": 3, "Chưa có": 0},
    "hieu_qua_doi_song": {"Giúp nhiều": 8, "Giúp một ít": 4, "Chưa thấy giúp": 0},
    "hieu_qua_van_hoa": {"Có": 6, "Chưa": 0},
}
"""{question: {what is tapped: points}}"""
COUNTS: Final[Mapping[str, tuple[tuple[int, int], ...]]] = {
    "dieu_kien_sach_bao": ((10, 6), (1, 3)),
    "hieu_qua_cong_dong": ((3, 6), (1, 3)),
}
"""{question: (at least so many, points), the most first}"""
SHARES: Final = ("tre_em_di_hoc", "tre_em_ket_qua", "nguoi_lon_biet_chu", "nguoi_lon_hoc_them")
"""Questions for so many of so many: all 10 points, half 5."""


class Way(Enum):
    """How a household's answers come."""

    QR = "qr"
    HEAD = "head"
    EXCEL = "excel"


Answers = Mapping[str, str]
"""{question: as it is said: 'Có', '12', '2/3'}"""


@dataclass(frozen=True)
class Conflict:
    """The head answers a question of a family's own sheet otherwise, and later decides."""

    question: str
    said_by_head: str
    keeps_family: bool
    is_by_excel: bool
    """Whether the head's answer comes by Excel; else on a visit."""


@dataclass(frozen=True)
class Return:
    """A sheet is returned for a question, and corrected."""

    question: str
    corrected: str
    reason: str = "Xin xem lại con số này"


@dataclass
class HouseholdScript:
    """One household and everything that happens to its sheet."""

    entry: HouseholdEntry
    way: Way
    answers: dict[str, str]
    conflict: Conflict | None = None
    returned: Return | None = None

    @property
    def name(self) -> str:
        """The household's head."""
        return self.entry.name

    @property
    def questions(self) -> tuple[str, ...]:
        """What it is asked, in order."""
        return (*CHILDREN, *GROWN) if self.entry.school_age_children else GROWN

    def number_of(self, question: str) -> int:
        """The number of a question as it is called on the screen."""
        return self.questions.index(question) + 1

    @property
    def final(self) -> dict[str, str]:
        """What must stand on its sheet in the end."""
        final = dict(self.answers)
        if self.conflict is not None and not self.conflict.keeps_family:
            final[self.conflict.question] = self.conflict.said_by_head
        if self.returned is not None:
            final[self.returned.question] = self.returned.corrected
        return final

    @property
    def sides(self) -> dict[str, str]:
        """Who must stand as the author of each answer in the end: 'subject' or 'head'."""
        by_family = self.way is Way.QR
        sides = dict.fromkeys(self.questions, "subject" if by_family else "head")
        if self.conflict is not None and not self.conflict.keeps_family:
            sides[self.conflict.question] = "head"
        return sides

    @property
    def total(self) -> int:
        """The points of its final answers."""
        return self._points(self.final)

    @property
    def first_total(self) -> int:
        """The points of what was answered first."""
        return self._points(self.answers)

    def _points(self, answers: Mapping[str, str]) -> int:
        points = sum(worth(question, said) for question, said in answers.items())
        return points if self.entry.school_age_children else points + WITHOUT_CHILDREN

    @property
    def has_title(self) -> bool:
        """Whether it is a learning family."""
        return self.total >= TITLE_FROM


def worth(question: str, said: str) -> int:
    """The points of an answer by the sample sheet."""
    if question in CHOICES:
        return CHOICES[question][said]
    if question in COUNTS:
        return next((points for least, points in COUNTS[question] if int(said) >= least), 0)
    part, whole = (int(number) for number in said.split("/"))
    return 10 if part == whole else 5 if 2 * part >= whole else 0


@dataclass(frozen=True)
class VillageScript:
    """The whole village."""

    seed: int
    households: tuple[HouseholdScript, ...] = field(default=())

    def by(self, way: Way) -> tuple[HouseholdScript, ...]:
        """Those whose answers come in a way."""
        return tuple(each for each in self.households if each.way is way)


_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Lò", "Vàng", "Giàng", "Hà", "Đặng", "Bùi", "Ksor")
_MIDDLE = ("Văn", "Thị", "Đức", "Minh", "Quốc", "Thanh")
_GIVEN = ("An", "Bình", "Chung", "Dũng", "Én", "Giang", "Hoa", "Khánh", "Lan", "Mận", "Ngọc", "Phúc", "Quyên", "Sáu",
          "Tâm", "Út", "Vinh", "Xuân", "Yến", "Đào")  # fmt: skip


def write_script(seed: int) -> VillageScript:
    """Write the script of a village."""
    chance = random.Random(seed)
    names = [f"{a} {b} {c}" for a in _FAMILY for b in _MIDDLE for c in _GIVEN]
    ways = [Way.QR] * BY_QR + [Way.HEAD] * BY_HEAD + [Way.EXCEL] * BY_EXCEL
    chance.shuffle(ways)
    households = [
        _household(number, name, way, chance)
        for number, (name, way) in enumerate(zip(chance.sample(names, HOUSEHOLDS), ways, strict=True), 1)
    ]
    families = [each for each in households if each.way is Way.QR]
    for number, each in enumerate(chance.sample(families, CONFLICTS)):
        question = chance.choice(each.questions)
        other = _otherwise(question, each.answers[question], each.entry, chance)
        each.conflict = Conflict(question, other, number % 2 == 0, number < CONFLICTS_BY_EXCEL)
    calm = [each for each in families if each.conflict is None]
    visited = [each for each in households if each.way is Way.HEAD]
    for each in (*chance.sample(calm, RETURNS - 4), *chance.sample(visited, 4)):
        question = chance.choice(each.questions)
        each.returned = Return(question, _otherwise(question, each.answers[question], each.entry, chance))
    return VillageScript(seed, tuple(households))


def _household(number: int, name: str, way: Way, chance: random.Random) -> HouseholdScript:
    entry = HouseholdEntry(
        name=name,
        number=f"{number:03}",
        group=f"Tổ {(number - 1) // 30 + 1}",
        phone=f"09{chance.randrange(10**8):08}" if chance.random() < 0.7 else "",
        adults=chance.randint(1, 5),
        school_age_children=chance.choice((0, 0, 1, 1, 2, 3)),
    )
    made = HouseholdScript(entry, way, {})
    # Most families do well, so that the title divides the village about in the middle.
    made.answers.update({question: _answer(question, entry, chance) for question in made.questions})
    return made


def _answer(question: str, entry: HouseholdEntry, chance: random.Random) -> str:
    if question in CHOICES:
        said = tuple(CHOICES[question])
        return chance.choice((said[0], said[0], said[0], *said[1:]))
    if question in COUNTS:
        return str(chance.choice((0, 2, 3, 10, 12, 40)))
    whole = _whole(question, entry) or chance.randint(1, 5)
    return f"{whole if chance.random() < 0.75 else chance.randint(0, whole)}/{whole}"


def _whole(question: str, entry: HouseholdEntry) -> int | None:
    """Of how many a share is, where the roll says so."""
    if question in CHILDREN:
        return entry.school_age_children
    return entry.adults if question == "nguoi_lon_hoc_them" else None


def _otherwise(question: str, said: str, entry: HouseholdEntry, chance: random.Random) -> str:
    """Another answer to a question."""
    for _ in range(100):
        other = _answer(question, entry, chance)
        if other != said:
            return other
    if question in SHARES:
        part, whole = said.split("/")
        return f"{0 if part == whole else whole}/{whole}"
    raise AssertionError(f"{question} has no other answer than {said!r}")
