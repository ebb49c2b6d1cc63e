"""A person's copy holds every record about them, nothing about others, and no secret."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal

from bot.dialogs.effects import (
    GiveConsent,
    HandIn,
    IssueLinkCode,
    KeepEvidence,
    RegisterSubject,
    SaveAnswer,
    Show,
    TakeRole,
)
from bot.dialogs.events import FileKind, FileRef
from bot.dialogs.facts import AssessmentState, RoleKind
from bot.dialogs.screens import Paragraph, Screen, say
from bot.dialogs.session import Consent, Session
from bot.ports import Outcome
from bot.scoring.model import Derived, SubjectKind, YesNo
from storage import SqlStorage
from storage.copying import ABOUT
from storage.tables import metadata
from tests.storage.conftest import Execute
from tests.storage.test_rules import adopt, sent_in
from tests.support.turns import ALL_ARE_OFFICERS, NOW, TODAY, person_of, show, take, update
from tests.support.turns import subject as household

PHOTO = FileRef("telegram-file-id", FileKind.PHOTO, 120_000, "image/jpeg")
WEB_ID = "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8"
CODE = "K7PM42QD"


def columns_about_people() -> set[str]:
    """Tables that point at a person or what is theirs."""
    pointing = {"person_id", "subject_id", "assessment_id", "account_id"}
    return {table.name for table in metadata.sorted_tables if pointing & {column.name for column in table.columns}}


def test_every_table_that_points_at_a_person_is_copied() -> None:
    assert columns_about_people() <= {table.name for table in ABOUT}


async def test_everything_a_family_said_and_sent_is_there(store: SqlStorage) -> None:
    await take(store, update(1), GiveConsent("2026-11"), household("Bà Tư"))
    await take(store, update(2), SaveAnswer("goc_hoc", YesNo(False)), now=NOW + timedelta(minutes=1))
    await take(
        store,
        update(3),
        SaveAnswer("goc_hoc", YesNo(True)),
        KeepEvidence("goc_hoc", PHOTO),
        outcome=Outcome(Decimal("7.5"), None, is_complete=False),
        now=NOW + timedelta(minutes=2),
    )
    await take(store, update(4), HandIn(), show(), now=NOW + timedelta(minutes=3))
    person_id = (await person_of(store)).person_id
    async with store.work() as work:
        copy = await work.people.everything(person_id, TODAY)
    assert [row["version"] for row in copy["consent"]] == ["2026-11"]
    (family,) = copy["subject"]
    assert (family["name"], family["told"]) == ("Bà Tư", {"adults": 2, "school_age_children": 1})
    assert [row["name"] for row in copy["place"]] == ["Thôn Mẫu 1"]
    assert [(row["channel"], row["external_id"]) for row in copy["account"]] == [("telegram", "zalo-chi-Hoa")]
    (sheet,) = copy["assessment"]
    assert (sheet["state"], sheet["total"]) == (AssessmentState.HANDED_IN, Decimal("7.5"))
    (answer,) = copy["answer"]
    assert answer["value"] == {"type": "YesNo", "value": True}
    assert (answer["channel"], answer["at"]) == ("telegram", NOW + timedelta(minutes=2))
    assert [row["value"] for row in copy["answer_history"]] == [
        {"type": "YesNo", "value": False},
        {"type": "YesNo", "value": True},
    ]
    (photo,) = copy["evidence"]
    assert (photo["mime"], photo["size"], photo["at"]) == ("image/jpeg", 120_000, NOW + timedelta(minutes=2))
    assert [row["to_state"] for row in copy["review"]] == [AssessmentState.HANDED_IN]
    assert {row["what"] for row in copy["audit"]} >= {"subject.registered", "assessment.handed_in"}
    assert copy["person"][0]["session"]
    assert copy["outbox"]


async def test_nothing_of_another_family_is_in_it(store: SqlStorage) -> None:
    await take(store, update(1), GiveConsent("2026-11"), household("Bà Tư"))
    reason = Derived(1, 2, override_reason="vì một hộ mới chuyển đến")
    await take(
        store,
        update(2, who="anh-Nam"),
        GiveConsent("2026-11"),
        household("Anh Nam"),
        SaveAnswer("goc_hoc", reason),
        KeepEvidence("goc_hoc", PHOTO),
        HandIn(),
        show(),
        IssueLinkCode(CODE),
    )
    tu, nam = await person_of(store), await person_of(store, "anh-Nam")
    async with store.work() as work:
        copy = await work.people.everything(tu.person_id, TODAY)
        other = await work.people.everything(nam.person_id, TODAY)
    text = json.dumps(copy, default=str, ensure_ascii=False)
    assert "Anh Nam" not in text
    assert "anh-Nam" not in text
    assert "chuyển đến" not in text
    assert not copy["answer"]
    assert not copy["evidence"]
    assert not copy["link_code"]
    mine = json.dumps(other, default=str, ensure_ascii=False)
    assert "Anh Nam" in mine
    assert "chuyển đến" in mine


async def test_no_code_hash_or_file_reference_is_in_it(store: SqlStorage) -> None:
    arrived = Session(revision=7, node=Consent(invite="H-SECRET"))
    await take(store, update(1, who=WEB_ID, channel="web"), GiveConsent("2026-11"), household("Bà Tư"))
    kept = FileRef("sha256:" + "ab" * 32, FileKind.PHOTO, 1, "image/png")
    screen = Screen(1, "summary", (Paragraph(say("link.code", code=CODE)),))
    await take(
        store,
        update(2, who=WEB_ID, channel="web", press_ref="press-secret"),
        KeepEvidence("goc_hoc", kept),
        IssueLinkCode(CODE),
        Show(screen),
        session=arrived,
    )
    person = await person_of(store, WEB_ID, "web")
    async with store.work() as work:
        copy = await work.people.everything(person.person_id, TODAY)
    assert len(copy["evidence"]) == len(copy["link_code"]) == 1
    assert any("link.code" in json.dumps(row, default=str) for row in copy["outbox"])
    text = json.dumps(copy, default=str, ensure_ascii=False)
    for secret in (WEB_ID, CODE, "ab" * 32, "H-SECRET", "press-secret"):
        assert secret not in text


async def test_nothing_is_kept_about_somebody_unknown(store: SqlStorage) -> None:
    async with store.work() as work:
        copy = await work.people.everything(12345, TODAY)
    assert set(copy) == {table.name for table in ABOUT}
    assert not any(copy.values())


async def test_subjects_roles_and_what_was_sent_in_and_adopted_are_there(store: SqlStorage) -> None:
    async with store.work() as work:
        await work.records.add_invite("r-OFFICER2", 1, NOW + timedelta(days=1), 1, NOW, RoleKind.OFFICER)
    await take(store, update(1), GiveConsent("2026-11"), household("Bà Tư"))
    await take(store, update(2), RegisterSubject(SubjectKind.COMMUNE, "Xã Mẫu", 2, {"citizens": 900}))
    await take(store, update(3), TakeRole("r-OFFICER2"))
    upload_id = await sent_in(store, 4)
    await adopt(store, upload_id)
    person_id = (await person_of(store)).person_id
    async with store.work() as work:
        copy = await work.people.everything(person_id, TODAY)
    assert [(row["kind"], row["told"]) for row in copy["subject"]] == [
        (SubjectKind.HOUSEHOLD, {"adults": 2, "school_age_children": 1}),
        (SubjectKind.COMMUNE, {"citizens": 900}),
    ]
    assert [row["name"] for row in copy["place"]] == ["Tỉnh Mẫu", "Xã Mẫu", "Thôn Mẫu 1"]
    assert [(row["role"], row["place_id"]) for row in copy["role"]] == [
        (RoleKind.OFFICER, 1),
        (RoleKind.OFFICER, 2),
    ]
    (sent,) = copy["upload"]
    assert (sent["name"], sent["state"]) == ("gia đình.xlsx", "read")
    assert isinstance(sent["proposal"], dict)
    assert sent["proposal"]["state"] == "adopted"
    assert not {"blob", "ref", "text"} & set(sent)
    (adopted,) = copy["adoption"]
    assert (adopted["set_id"], adopted["decision_number"]) == ("gia_dinh_xa_2", "12/QĐ-UBND")
    assert "text" not in adopted


async def test_what_others_wrote_on_a_shared_sheet_is_not_in_it(store: SqlStorage, execute: Execute) -> None:
    commune = RegisterSubject(SubjectKind.COMMUNE, "Xã Mẫu", 2, {"citizens": 900})
    photo = FileRef("telegram-file-id", FileKind.PHOTO, 1, "image/jpeg", "ảnh chị Năm.jpg")
    await take(store, update(1, who="nam"), commune)
    await execute(ALL_ARE_OFFICERS)
    reason = Derived(1, 2, override_reason="theo sổ của chị Năm")
    await take(store, update(2, who="nam"), SaveAnswer("one", reason), KeepEvidence("one", photo))
    await take(store, update(3), commune)
    await execute(ALL_ARE_OFFICERS)
    await take(store, update(4), SaveAnswer("two", Derived(3, 4, override_reason="theo sổ của tôi")))
    person_id = (await person_of(store)).person_id
    async with store.work() as work:
        copy = await work.people.everything(person_id, TODAY)
    text = json.dumps(copy, default=str, ensure_ascii=False)
    assert "chị Năm" not in text
    assert "theo sổ của tôi" in text
    assert copy["answer"][0]["value"] == {"part": 1, "whole": 2, "type": "Derived"}


async def test_the_sheet_of_a_place_is_theirs_only_while_the_role_is(store: SqlStorage, execute: Execute) -> None:
    await take(store, update(1), GiveConsent("2026-11"), RegisterSubject(SubjectKind.VILLAGE, "Thôn Mẫu 1", 3, {}))
    person_id = (await person_of(store)).person_id
    await execute(
        "INSERT INTO role (person_id, role, place_id, since, until) VALUES (:person, 'village_head', 3, :day, :day)",
        person=person_id,
        day=TODAY,
    )
    async with store.work() as work:
        held = await work.people.everything(person_id, TODAY)
        ended = await work.people.everything(person_id, TODAY + timedelta(days=1))
    assert [row["name"] for row in held["subject"]] == ["Thôn Mẫu 1"]
    assert ended["subject"] == ended["assessment"] == ended["answer"] == ()
    assert ended["role"]
