"""Parts of published rules, to show that the model holds them: levels, conditional limits, minimum per indicator."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.scoring.model import (
    Band,
    Condition,
    CriteriaSet,
    Criterion,
    DerivedRule,
    Indicator,
    LevelTitle,
    OneOfRule,
    Option,
    PointsTitle,
    Provenance,
    Rule,
    ShareRule,
    Standing,
    SubjectKind,
    Text,
    Worth,
    YesNoRule,
)

IN_2026 = date(2026, 11, 20)
_CHECKED = date(2026, 11, 22)
DIFFICULT = Condition("difficult_area", at_least=1)


def _passes(level: int) -> Worth:
    return Worth(passes_level=level)


def _points(points: int) -> Worth:
    return Worth(points=Decimal(points))


def _indicator(identifier: str, article: str, rule: Rule, max_points: int | None = None) -> Indicator:
    return Indicator(
        id=identifier,
        question=Text(f"Câu hỏi {identifier}?"),
        why=Text("Để biết."),
        example=Text("Có: trả lời Có."),
        short=Text(identifier),
        article=article,
        provenance=Provenance.VERBATIM,
        rule=rule,
        max_points=None if max_points is None else Decimal(max_points),
        checked_on=_CHECKED,
    )


def _criterion(identifier: str, *indicators: Indicator) -> Criterion:
    maxima = [i.max_points for i in indicators if i.max_points is not None]
    most = sum(maxima, Decimal(0)) if maxima else None
    return Criterion(identifier, Text(f"Tiêu chí {identifier}"), indicators, most, Provenance.VERBATIM)


def _share(*bands: Band) -> ShareRule:
    return ShareRule(Text("công dân đạt"), Text("công dân trong xã"), bands, "citizens")


def _limits(first: int, second: int, difficult_first: int, difficult_second: int) -> ShareRule:
    """Level 1 and 2 limits, and the lower ones of difficult areas."""
    bands = [
        Band(Decimal(0), _passes(0)),
        Band(Decimal(first), _passes(1)),
        Band(Decimal(second), _passes(2)),
        Band(Decimal(difficult_first), _passes(1), DIFFICULT),
        Band(Decimal(difficult_second), _passes(2), DIFFICULT),
    ]
    return _share(*sorted(bands, key=lambda band: (band.at_least, band.when is not None)))


COMMUNE = CriteriaSet(
    id="cong_dong_xa",
    version="1",
    subject=SubjectKind.COMMUNE,
    title=Text("Cộng đồng học tập cấp xã"),
    issuing_document="Thông tư 25/2023/TT-BGDĐT",
    standing=Standing.OFFICIAL,
    valid_from=date(2024, 2, 12),
    valid_until=None,
    criteria=(
        _criterion(
            "tc1", _indicator("tc1_ct1", "TT 25/2023, Điều 6 khoản 1 điểm a", YesNoRule(_passes(2), _passes(0)))
        ),
        _criterion(
            "tc4",
            _indicator(
                "tc4_ct2",
                "TT 25/2023, Điều 6 khoản 4 điểm b; Điều 7 khoản 4 điểm b",
                OneOfRule(
                    (
                        Option("muc_3", Text("Mức độ 3"), _passes(2)),
                        Option("muc_2", Text("Mức độ 2"), _passes(1)),
                        Option("chua", Text("Chưa đạt mức độ 2"), _passes(0)),
                    )
                ),
            ),
        ),
        _criterion(
            "tc5",
            _indicator(
                "tc5_ct1",
                "TT 25/2023, Điều 6 khoản 5 điểm a; Điều 7 khoản 5 điểm a",
                DerivedRule(
                    SubjectKind.CITIZEN,
                    Text("công dân đạt danh hiệu"),
                    Text("công dân trong xã"),
                    (
                        Band(Decimal(0), _passes(0)),
                        Band(Decimal(60), _passes(1)),
                        Band(Decimal(80), _passes(2)),
                    ),
                ),
            ),
            _indicator("tc5_ct2_dao_tao", "TT 25/2023, Điều 6 khoản 5 điểm b", _limits(50, 60, 40, 50)),
            _indicator("tc5_ct2_dai_hoc", "TT 25/2023, Điều 6 khoản 5 điểm b", _limits(12, 15, 10, 12)),
        ),
    ),
    titles=(
        LevelTitle("muc_do_2", Text("Mức độ 2"), 2, "TT 25/2023, Điều 7"),
        LevelTitle("muc_do_1", Text("Mức độ 1"), 1, "TT 25/2023, Điều 6"),
    ),
    not_reached=Text("Chưa đạt"),
)
"""Five of the indicators of Thông tư 25/2023, Điều 6 and 7."""

_GRADED = OneOfRule(
    (
        Option("tot", Text("Tốt"), _points(10)),
        Option("kha", Text("Khá"), _points(7)),
        Option("dat", Text("Đạt"), _points(5)),
        Option("chua", Text("Chưa đạt"), _points(0)),
    )
)

CITIZEN = CriteriaSet(
    id="cong_dan",
    version="1",
    subject=SubjectKind.CITIZEN,
    title=Text("Công dân học tập"),
    issuing_document="Quyết định 324/QĐ-KHVN",
    standing=Standing.OFFICIAL,
    valid_from=date(2023, 10, 25),
    valid_until=date(2030, 12, 31),
    criteria=(
        _criterion("nl1", *(_indicator(f"cs{n}", f"QĐ 324, chỉ số {n}", _GRADED, 10) for n in range(1, 5))),
        _criterion("nl2", *(_indicator(f"cs{n}", f"QĐ 324, chỉ số {n}", _GRADED, 10) for n in range(5, 9))),
        _criterion("nl3", *(_indicator(f"cs{n}", f"QĐ 324, chỉ số {n}", _GRADED, 10) for n in range(9, 11))),
    ),
    titles=(
        PointsTitle("cong_dan", Text("Công dân học tập"), Decimal(80), Decimal(5)),
        PointsTitle("cong_dan_kho_khan", Text("Công dân học tập"), Decimal(70), Decimal(5), when=DIFFICULT),
    ),
    not_reached=Text("Chưa đạt"),
)
"""The frame of Công dân học tập; its grades are made up, its thresholds are published."""
