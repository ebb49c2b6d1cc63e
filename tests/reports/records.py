"""A family's records as storage gives them, answered under the shipped set."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from bot.dialogs.codec import encode_answer
from bot.dialogs.events import FileKind
from bot.dialogs.facts import (
    AssessmentState,
    ConsentGiven,
    Subject,
)
from bot.dialogs.places import Place
from bot.dialogs.session import Session
from bot.ports import AssessmentRecord, PersonRecord
from bot.scoring.model import Answer, Chosen, Quantity, Share, SubjectKind, YesNo
from bot.scoring.shipped import load_shipped
from bot.services.rules import Rulebook

RULEBOOK: Final = Rulebook(load_shipped())
TIMEZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
AT: Final = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
"""Half past one of the next day in Việt Nam."""
HANDED_IN_AT: Final = datetime(2026, 10, 12, 17, 5, tzinfo=UTC)

ANSWERS: Final[Mapping[str, Answer]] = {
    "tre_em_di_hoc": Share(2, 2),
    "tre_em_ket_qua": Share(1, 2),
    "tre_em_nep_song": Chosen("ca_hai"),
    "nguoi_lon_biet_chu": Share(3, 3),
    "nguoi_lon_hoc_them": Share(3, 3),
    "nguoi_lon_tim_hieu": Chosen("thuong_xuyen"),
    "dieu_kien_goc_hoc": YesNo(True),
    "dieu_kien_sach_bao": Quantity(Decimal(20)),
    "dieu_kien_quy": Chosen("khi_can"),
    "hieu_qua_doi_song": Chosen("nhieu"),
    "hieu_qua_van_hoa": YesNo(False),
    "hieu_qua_cong_dong": Quantity(Decimal(3)),
}
"""Every question of the sample sheet, for two children and three adults."""

HOUSEHOLD: Final = Subject(
    7,
    SubjectKind.HOUSEHOLD,
    "Nhà bác Rơ Châm H’Bia",
    Place(3, "Buôn Ƀhă", "xã Phú Túc, tỉnh Gia Lai"),
    {"adults": 3, "school_age_children": 2},
)
HANDED_IN: Final = AssessmentRecord(
    id=11,
    year=2026,
    set_id="gia_dinh_mau",
    set_version="1",
    answers=ANSWERS,
    state=AssessmentState.HANDED_IN,
    evidence={"tre_em_ket_qua": 2},
    handed_in_at=HANDED_IN_AT,
    total=Decimal(86),
    title_id="gia_dinh_hoc_tap",
)
FAMILY: Final = PersonRecord(
    5,
    Session(),
    ConsentGiven("2026-11", datetime(2026, 10, 1, 1, 0, tzinfo=UTC)),
    HOUSEHOLD,
    HANDED_IN,
)
DRAFT: Final = replace(
    FAMILY,
    assessment=replace(
        HANDED_IN,
        answers={"tre_em_di_hoc": Share(2, 2), "dieu_kien_goc_hoc": YesNo(True)},
        state=AssessmentState.DRAFT,
        handed_in_at=None,
        evidence={},
        total=Decimal(18),
        title_id=None,
    ),
)
NOT_REGISTERED: Final = PersonRecord(6, Session())


def _stored(answer: Answer) -> object:
    return json.loads(encode_answer(answer))


_AT = datetime(2026, 10, 2, 2, 15, tzinfo=UTC)
_LATER = datetime(2026, 10, 3, 2, 15, tzinfo=UTC)
_FILE = {"assessment_id": 11, "channel": "telegram", "person_id": 5, "at": _LATER}

KEPT: Final[Mapping[str, Sequence[Mapping[str, object]]]] = {
    "person": [{"id": 5, "session": {"v": 1, "revision": 9}, "locale": "vi"}],
    "consent": [
        {
            "id": 1,
            "version": "2025-01",
            "given_at": datetime(2025, 1, 1, tzinfo=UTC),
            "withdrawn_at": datetime(2025, 2, 3, 4, 5, tzinfo=UTC),
        },
        {"id": 2, "version": "2026-11", "given_at": datetime(2026, 10, 1, 1, 0, tzinfo=UTC), "withdrawn_at": None},
    ],
    "account": [
        {"channel": "telegram", "external_id": "123456", "created_at": _AT},
        {"channel": "web", "created_at": _LATER},
        {"channel": "loa-phuong", "created_at": _LATER},
    ],
    "assessment": [
        {
            "id": 8,
            "year": 2025,
            "set_id": "gia_dinh_mau",
            "set_version": "1",
            "state": AssessmentState.RECOGNISED,
            "total": Decimal("82.5"),
            "title_id": "gia_dinh_hoc_tap",
            "handed_in_at": datetime(2025, 10, 1, 3, 0, tzinfo=UTC),
        },
        {
            "id": 11,
            "year": 2026,
            "set_id": "gia_dinh_mau",
            "set_version": "1",
            "state": AssessmentState.HANDED_IN,
            "total": Decimal(86),
            "title_id": "gia_dinh_hoc_tap",
            "handed_in_at": HANDED_IN_AT,
        },
    ],
    "answer": [
        {**_FILE, "assessment_id": 8, "indicator": "dieu_kien_goc_hoc", "value": _stored(YesNo(True))},
        {**_FILE, "indicator": "dieu_kien_goc_hoc", "value": _stored(YesNo(True))},
        {**_FILE, "indicator": "tre_em_ket_qua", "channel": "web", "value": _stored(Share(1, 2))},
        {**_FILE, "indicator": "cau_cu", "value": _stored(YesNo(False))},
    ],
    "answer_history": [
        {**_FILE, "indicator": "dieu_kien_goc_hoc", "at": _AT, "value": _stored(YesNo(False))},
        {**_FILE, "indicator": "dieu_kien_goc_hoc", "value": _stored(YesNo(True))},
    ],
    "evidence": [
        {
            **_FILE,
            "indicator": "tre_em_ket_qua",
            "kind": FileKind.PHOTO,
            "name": "",
            "mime": "image/jpeg",
            "size": 1_234_567,
            "state": "kept",
        },
        {
            **_FILE,
            "indicator": "tre_em_ket_qua",
            "kind": FileKind.DOCUMENT,
            "name": "giấy khen\nnăm 2026.pdf",
            "mime": "application/pdf",
            "size": 0,
            "state": "failed",
        },
    ],
    "review": [
        {"assessment_id": 11, "to_state": AssessmentState.HANDED_IN, "at": _AT, "reason": ""},
        {"assessment_id": 11, "to_state": AssessmentState.RETURNED, "at": _LATER, "reason": "Thiếu giấy khen"},
        {"assessment_id": 11, "to_state": AssessmentState.HANDED_IN, "at": HANDED_IN_AT, "reason": ""},
    ],
}
"""What storage keeps about FAMILY, as ports.People.everything gives it."""
