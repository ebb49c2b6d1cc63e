"""A line that the village keeps on its roll stays when its people go; what they said and sent goes with them."""

from __future__ import annotations

import pytest

from bot.dialogs.effects import ForgetPerson, GiveConsent, HandIn, KeepEvidence, SaveAnswer
from bot.dialogs.events import FileKind, FileRef
from bot.scoring.model import YesNo
from storage import SqlStorage
from storage.tables import answer, answer_history, assessment, blob_garbage, evidence, subject
from tests.storage.conftest import Execute, Rows
from tests.support.turns import show, take
from tests.support.turns import subject as household
from tests.support.turns import update as incoming

BLOB = "cd" * 32
PHOTO = FileRef(f"sha256:{BLOB}", FileKind.PHOTO, 9, "image/jpeg")


@pytest.mark.parametrize("is_handed_in", [False, True])
async def test_a_line_of_the_roll_stays_and_what_was_said_goes(
    store: SqlStorage, execute: Execute, rows: Rows, is_handed_in: bool
) -> None:
    await take(store, incoming(1), GiveConsent("2026-11"), household("Nguyễn Văn An"))
    await execute("UPDATE subject SET is_on_roll = true, phone = '0912345678', roll_number = '017'")
    await take(store, incoming(2), SaveAnswer("goc_hoc", YesNo(True)), KeepEvidence("goc_hoc", PHOTO))
    if is_handed_in:
        await take(store, incoming(3), HandIn())

    await take(store, incoming(4), ForgetPerson(), show())

    (line,) = await rows(subject)
    assert (line["name"], line["roll_number"]) == ("Nguyễn Văn An", "017")
    kept = 1 if is_handed_in else 0
    for table in (answer, answer_history):
        said = await rows(table)
        assert [row["person_id"] for row in said] == [None] * kept
    assert len(await rows(evidence)) == kept
    assert len(await rows(blob_garbage)) == 1 - kept
    assert [row["is_scored"] for row in await rows(assessment)] == [is_handed_in]
