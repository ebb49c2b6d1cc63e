"""The commands beside `run`: criteria files, places, invites, parked updates."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import httpx

from bot.dialogs.codec import VERSION
from bot.i18n import translator
from tests.handlers.web.reader import Person as Visitor
from tests.process.conftest import telegram
from tests.support.fake_telegram import FakeTelegram
from tests.support.process import PATIENCE_S, ROOT, hoctap, program

WORDS = translator("vi")
SOUND = ROOT / "bot" / "scoring" / "criteria" / "gia_dinh_mau.toml"
BROKEN = ROOT / "tests" / "scoring" / "bad" / "unknown_kind.toml"


async def test_a_sound_criteria_file_is_passed(tmp_path: Path) -> None:
    finished = await hoctap("criteria", "check", str(SOUND))
    assert (finished.code, finished.errors) == (0, "")
    assert "no problems" in finished.out


async def test_a_broken_criteria_file_is_refused_with_line_and_mend(tmp_path: Path) -> None:
    """One broken file among several is enough; a file that is not there is one."""
    finished = await hoctap("criteria", "check", str(SOUND), str(BROKEN), str(tmp_path / "nowhere.toml"))
    assert finished.code == 1
    assert re.search(r"unknown_kind\.toml, line \d+: .*yes_no", finished.out)
    assert "nowhere.toml" in finished.out
    assert "Traceback" not in finished.errors


async def test_a_hamlet_is_added_and_families_are_led_to_it_by_an_invite(tmp_path: Path) -> None:
    here = {"HOCTAP_DATA_DIR": str(tmp_path), "HOCTAP_WEB_URL": "https://hoctap.example.vn"}
    listed = await hoctap("admin", "places", **here)
    commune = re.search(r"^ *(\d+) +commune", listed.out, re.MULTILINE)
    assert commune is not None, listed
    added = await hoctap("admin", "add-place", "hamlet", "Buôn Ma Rơng", "--within", commune[1], **here)
    assert added.code == 0, added
    place = re.search(r"id (\d+)", added.out)
    assert place is not None
    assert "Buôn Ma Rơng" in (await hoctap("admin", "places", **here)).out
    made = await hoctap("admin", "invite", place[1], "--uses", "1", **here)
    link = re.search(r"https://hoctap\.example\.vn(/m/\w+)", made.out)
    assert link is not None, made
    async with program(tmp_path) as running:  # without its public address, whose cookies travel by https alone
        await running.start()
        headers = {"Host": "chat.test"}
        async with httpx.AsyncClient(base_url=running.url, headers=headers, timeout=PATIENCE_S) as client:
            page = await Visitor(client).open(link[1])
    assert "Buôn Ma Rơng" in page.text


async def test_what_an_administrator_mistypes_is_said_in_words(tmp_path: Path) -> None:
    for arguments in (("invite", "999"), ("add-place", "hamlet", "Buôn Xa", "--within", "999")):
        finished = await hoctap("admin", *arguments, HOCTAP_DATA_DIR=str(tmp_path))
        assert (finished.code, finished.out) == (1, "")
        assert "Traceback" not in finished.errors
        assert finished.errors


async def test_an_update_nobody_could_handle_is_parked_and_put_back(tmp_path: Path, fake: FakeTelegram) -> None:
    """The person reads a reference, the others go on, the administrator mends and retries while it runs."""
    here = {"HOCTAP_DATA_DIR": str(tmp_path)}
    async with program(tmp_path, **telegram(fake)) as running:
        await running.start()
        lan, minh = fake.person("Lan"), fake.person("Minh")
        await lan.send("/start")
        await lan.until(WORDS.text("consent.question"), PATIENCE_S)
        assert (await hoctap("admin", "parked", **here)).out == "0 parked.\n"
        before = session(tmp_path, lambda session: session.replace(f'"v":{VERSION}', '"v":99'))
        await lan.send("đồng ý")
        await minh.send("/start")
        await minh.until(WORDS.text("consent.question"), PATIENCE_S)
        begins = WORDS.text("failure.reference", {"reference": "?"}).partition("?")[0]
        told = (await lan.until(begins, PATIENCE_S)).removeprefix(begins)
        reference = re.match(r"\w+", told)
        assert reference is not None
        listed = await hoctap("admin", "parked", **here)
        assert listed.out.endswith("1 parked.\n")
        assert f"reference {reference[0]}" in listed.out
        assert "đồng ý" not in listed.out + running.logged()
        session(tmp_path, lambda _: before)
        retried = await hoctap("admin", "parked", "--retry", **here)
        assert retried.out == "1 put back in line.\n"
        await lan.until(WORDS.text("name.household.question"), PATIENCE_S)
        assert (await hoctap("admin", "parked", **here)).out == "0 parked.\n"


def session(data_dir: Path, changed: Callable[[str], str]) -> str:
    """Change the first person's session behind the program's back; returns what it was."""
    with closing(sqlite3.connect(data_dir / "hoctap.db", timeout=15)) as connection, connection:
        before = str(connection.execute("SELECT session FROM person ORDER BY id").fetchone()[0])
        connection.execute("UPDATE person SET session = ? WHERE id = (SELECT min(id) FROM person)", (changed(before),))
    return before
