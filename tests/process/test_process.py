"""The program as an administrator meets it: started, stopped, misconfigured, cut off, backed up."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import stat
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import httpx

from bot.i18n import translator
from bot.scoring.model import CriteriaSet
from tests.handlers.web.reader import Person as Visitor
from tests.process.conftest import telegram, until_finished
from tests.process.ledger import Ledger, SqliteFile, confirmed, lost, wrong
from tests.support.fake_telegram import FakeTelegram, Person
from tests.support.families import Crowd
from tests.support.family_scripts import write_scripts
from tests.support.process import PATIENCE_S, Program, free_port, hoctap, program

TOKEN_NOBODY_GAVE = "987654321:AAwrongwrongwrongwrongwrongwrongwro"
WORDS = translator("vi")
LISTENING = re.compile(r"Trò chuyện tại http://127\.0\.0\.1:\d+")


@asynccontextmanager
async def visitor(running: Program) -> AsyncIterator[Visitor]:
    """Somebody in a browser without scripts, at the program's web chat."""
    async with httpx.AsyncClient(base_url=running.url, headers={"Host": "chat.test"}, timeout=PATIENCE_S) as client:
        yield Visitor(client)


async def registers(person: Visitor, name: str) -> None:
    """Walk to the first question on the web."""
    await person.open()
    await person.tap(WORDS.text("consent.agree"))
    await person.type(name)
    await person.type("1")
    await person.type("2")
    page = await person.type("0")
    assert "Câu 1/9" in page.text


# --- starting ---------------------------------------------------------------------------------------------------------


async def test_it_starts_with_nothing_but_a_place_for_its_data(tmp_path: Path) -> None:
    async with program(tmp_path / "var") as running:
        began = time.monotonic()
        line = await running.start()
        assert time.monotonic() - began < 30
        assert LISTENING.fullmatch(line)
        async with httpx.AsyncClient(base_url=running.url) as client:
            for address in ("/healthz", "/readyz"):
                assert (await client.get(address)).status_code == 200
        async with visitor(running) as person:
            await registers(person, "Bà Tư")
        assert (await running.stop())[0] == 0


async def test_what_people_tell_is_readable_by_nobody_else_on_the_machine(tmp_path: Path) -> None:
    async with program(tmp_path / "var") as running:
        await running.start()
        found = [running.data_dir, *running.data_dir.rglob("*")]
        assert len(found) >= 3
        assert [
            path.name for path in found if stat.S_IMODE(path.stat().st_mode) & 0o077 and path.parent == tmp_path
        ] == []
        assert stat.S_IMODE((running.data_dir / "hoctap.db").stat().st_mode) == 0o600


async def test_settings_that_cannot_work_are_all_named_at_once(tmp_path: Path) -> None:
    finished = await hoctap(
        "run",
        HOCTAP_DATA_DIR=str(tmp_path),
        HOCTAP_WEB_LISTEN="everywhere",
        HOCTAP_TELEGRAM_TOKEN="no-token",
        HOCTAP_TIMEZONE="Mars/Olympus",
        HOCTAP_COLOUR="red",
    )
    assert finished.code == 2
    for name in ("HOCTAP_WEB_LISTEN", "HOCTAP_TELEGRAM_TOKEN", "HOCTAP_TIMEZONE", "HOCTAP_COLOUR"):
        assert name in finished.errors
    assert "no-token" not in finished.errors
    assert "Traceback" not in finished.errors


async def test_a_port_somebody_else_has_is_said_in_words(tmp_path: Path) -> None:
    listen = f"127.0.0.1:{free_port()}"
    async with program(tmp_path / "first", HOCTAP_WEB_LISTEN=listen) as first:
        await first.start()
        finished = await hoctap("run", HOCTAP_DATA_DIR=str(tmp_path / "second"), HOCTAP_WEB_LISTEN=listen)
    assert (finished.code, finished.out) == (1, "")
    assert "HOCTAP_WEB_LISTEN" in finished.errors
    assert listen in finished.errors
    assert "Traceback" not in finished.errors
    assert not (tmp_path / "second").exists(), "nothing was touched"


async def test_the_data_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    """Going back to an older version is a backup's business; nothing is lost by trying."""
    database = tmp_path / "hoctap.db"
    assert (await hoctap("admin", "places", HOCTAP_DATA_DIR=str(tmp_path))).code == 0
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    finished = await hoctap("run", HOCTAP_DATA_DIR=str(tmp_path), HOCTAP_WEB_LISTEN=f"127.0.0.1:{free_port()}")
    assert finished.code == 1
    assert "9999" in finished.errors
    assert "Traceback" not in finished.errors


# --- stopping ---------------------------------------------------------------------------------------------------------


async def test_it_stops_in_the_middle_of_thirty_families_and_loses_nothing(
    tmp_path: Path, fake: FakeTelegram, family_set: CriteriaSet
) -> None:
    crowd = Crowd(fake, write_scripts(30, family_set, 7), 7)
    database = SqliteFile(tmp_path / "var" / "hoctap.db")
    async with program(tmp_path / "var", **telegram(fake)) as running:
        await running.start()
        crowd.begin()
        try:
            await crowd.until_answered(crowd.questions // 3)
            code, seconds = await running.stop()
            assert code == 0
            assert seconds < 10
            assert lost(await Ledger.read(database), crowd) == []
            await running.start()
            await crowd.until_done()
        finally:
            crowd.close()
        await until_finished(database, fake)
        await running.stop()
    problems = wrong(await Ledger.read(database), crowd)
    assert not problems, "\n".join(problems)


# --- Telegram is wrong, away, back ------------------------------------------------------------------------------------


async def test_a_wrong_token_stops_telegram_alone(tmp_path: Path, fake: FakeTelegram) -> None:
    settings = telegram(fake) | {"HOCTAP_TELEGRAM_TOKEN": TOKEN_NOBODY_GAVE}
    async with program(tmp_path / "var", **settings) as running:
        await running.start()
        async with visitor(running) as person:
            await registers(person, "Bà Tư")
            async with asyncio.timeout(PATIENCE_S):
                while "telegram.stopped" not in running.logged():
                    await asyncio.sleep(0.1)
            page = await person.type("2/3")
            assert "Câu 2/9" in page.text
        assert (await running.stop())[0] == 0
        assert "HOCTAP_TELEGRAM_TOKEN" in running.logged()
        assert TOKEN_NOBODY_GAVE not in running.logged()


async def test_telegram_may_be_away_at_the_start(tmp_path: Path, fake: FakeTelegram) -> None:
    await fake.begin_outage()
    async with program(tmp_path / "var", **telegram(fake)) as running:
        await running.start()
        async with visitor(running) as person:
            await registers(person, "Bà Tư")
        lan = fake.person("Lan")
        await lan.send("/start")
        await fake.end_outage()
        await lan.until(WORDS.text("consent.question"), PATIENCE_S)
        await lan.tap(WORDS.text("consent.agree"))
        await lan.until(WORDS.text("name.household.question"), PATIENCE_S)


async def test_after_an_outage_whoever_was_in_the_middle_is_asked_again(tmp_path: Path, fake: FakeTelegram) -> None:
    """Telegram forgets a press after 150 seconds; a person who pressed meanwhile would wait for ever."""
    database = tmp_path / "var" / "hoctap.db"
    async with program(tmp_path / "var", **telegram(fake)) as running:
        await running.start()
        lan, minh = fake.person("Lan"), fake.person("Minh")
        await to_the_first_question(fake, lan)
        await minh.send("/start")
        await minh.until(WORDS.text("consent.question"), PATIENCE_S)
        await until_finished(SqliteFile(database), fake)
        await running.stop()
        await lan.tap("2")
        minutes_pass(database, 10)
        fake.clock.advance(600)
        assert fake.pending_updates == 0, "the press is forgotten"
        before = lan.screen()
        await running.start()
        await lan.until(WORDS.text("resumed.outage"), PATIENCE_S)
        await minh.until(WORDS.text("resumed.outage"), PATIENCE_S)
        assert before.splitlines()[-1] in lan.screen()
        await lan.tap("2")
        await lan.until("Câu 2/12", PATIENCE_S)


async def test_after_a_short_absence_nobody_is_disturbed(tmp_path: Path, fake: FakeTelegram) -> None:
    database = tmp_path / "var" / "hoctap.db"
    async with program(tmp_path / "var", **telegram(fake)) as running:
        await running.start()
        lan = fake.person("Lan")
        await to_the_first_question(fake, lan)
        await until_finished(SqliteFile(database), fake)
        await running.stop()
        minutes_pass(database, 1)
        fake.clock.advance(60)
        await running.start()
        await lan.tap("2")
        await lan.until("Câu 2/12", PATIENCE_S)
        assert WORDS.text("resumed.outage") not in str([message.text for message in lan.messages])


async def to_the_first_question(fake: FakeTelegram, person: Person) -> None:
    """Register a household of two adults and two children on Telegram."""
    await person.send("/start")
    await person.until(WORDS.text("consent.question"), PATIENCE_S)
    await person.tap(WORDS.text("consent.agree"))
    await person.until(WORDS.text("name.household.question"), PATIENCE_S)
    fake.clock.advance(1)  # nobody reads and types within the second in which a screen changes
    await person.send("Bà Tư")
    for question, answer in (
        ("place.hamlet.household", "Thôn Mẫu 1"),
        ("fact.adults", "2"),
        ("fact.school_age_children", "2"),
    ):
        await person.until(WORDS.text(question), PATIENCE_S)
        await person.tap(answer)
    await person.until("Câu 1/12", PATIENCE_S)


def minutes_pass(database: Path, minutes: int) -> None:
    """Let every moment on record be so much longer ago, as if the program had been stopped for that time."""
    with closing(sqlite3.connect(database)) as connection, connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for _, column, kind, *_ in connection.execute(f"PRAGMA table_info({table})").fetchall():
                if kind == "DATETIME":
                    moved = f"strftime('%Y-%m-%d %H:%M:%f', {column}, '-{minutes} minutes') || '000'"
                    connection.execute(f"UPDATE {table} SET {column} = {moved}")  # noqa: S608 - names of our own


# --- privacy ----------------------------------------------------------------------------------------------------------


async def test_logs_hold_nothing_that_people_said_and_no_secret(
    tmp_path: Path, fake: FakeTelegram, family_set: CriteriaSet
) -> None:
    """Also when asked to be talkative, also of what fails."""
    crowd = Crowd(fake, write_scripts(6, family_set, 3), 3)
    secret = "mot-bi-mat-cua-bai-thu"
    listen = f"127.0.0.1:{free_port()}"
    settings = telegram(fake) | {
        "HOCTAP_LOG": "debug",
        "HOCTAP_WEB_LISTEN": listen,
        "HOCTAP_TELEGRAM_WEBHOOK_URL": f"http://{listen}",
        "HOCTAP_TELEGRAM_WEBHOOK_SECRET": secret,
    }
    said = ("Bà Nguyễn Thị Kín", "0912 345 678", "đây là điều riêng của nhà tôi")
    async with program(tmp_path / "var", **settings) as running:
        await running.start()
        fake.faults.lose_answer = 0.05
        crowd.begin()
        async with visitor(running) as person:
            await registers(person, said[0])
            for text in said[1:]:
                await person.type(text)
            person.client.headers["Origin"] = "http://elsewhere.test"
            await person.client.post("/send", data={"text": said[2]})
        lan = fake.person("Lan Người Thật")
        await lan.send(said[2])
        await lan.send_document("so-ho-khau-nha-toi.pdf", "application/pdf", content=b"x", caption=said[1])
        await lan.block()
        try:
            await crowd.until_done()
        finally:
            crowd.close()
        await running.stop()
        key = (running.data_dir / "web.key").read_text()
        logged = running.logged()
    assert logged
    private = {*said, "so-ho-khau-nha-toi", "Lan Người Thật", fake.token, fake.token.partition(":")[2], secret, key}
    private |= {family.script.name for family in crowd.families} | {
        family.person.first_name for family in crowd.families
    }
    private |= {text for family in crowd.families for text in family.typed if len(text) > 5}
    assert [text for text in private if text in logged] == []


# --- looking after it -------------------------------------------------------------------------------------------------


async def test_a_backup_made_while_families_answer_can_be_gone_on_with(
    tmp_path: Path, fake: FakeTelegram, family_set: CriteriaSet
) -> None:
    crowd = Crowd(fake, write_scripts(10, family_set, 5), 5)
    copy = tmp_path / "copy" / "hoctap.db"
    data_dir = str(tmp_path / "var")
    async with program(tmp_path / "var", **telegram(fake)) as running:
        await running.start()
        crowd.begin()
        try:
            await crowd.until_answered(crowd.questions // 4)
            taken_in, acknowledged = confirmed(fake), {f.account: dict(f.acknowledged) for f in crowd.families}
            finished = await hoctap("backup", str(copy), HOCTAP_DATA_DIR=data_dir)
            assert (finished.code, finished.errors) == (0, "")
            assert str(copy) in finished.out
            backed_up = await Ledger.read(SqliteFile(copy))
            assert taken_in <= backed_up.updates
            assert all(
                set(acknowledged[account]) <= set(subject.answers) for account, subject in backed_up.households.items()
            )
            await crowd.until_answered(crowd.questions // 2)
            crowd.rest()
            await until_finished(SqliteFile(tmp_path / "var" / "hoctap.db"), fake)
            finished = await hoctap("backup", str(copy), HOCTAP_DATA_DIR=data_dir)
            assert finished.code == 0
            await running.kill()
            async with program(tmp_path / "copy", **telegram(fake)) as restored:
                await restored.start()
                crowd.wake()
                await crowd.until_done()
                await until_finished(SqliteFile(copy), fake)
                assert (await restored.stop())[0] == 0
        finally:
            crowd.close()
    problems = wrong(await Ledger.read(SqliteFile(copy)), crowd)
    assert not problems, "\n".join(problems)


async def test_a_backup_of_nothing_says_what_to_look_at(tmp_path: Path) -> None:
    finished = await hoctap("backup", str(tmp_path / "copy.db"), HOCTAP_DATA_DIR=str(tmp_path / "nowhere"))
    assert finished.code == 1
    assert "HOCTAP_DATA_DIR" in finished.errors
    assert not (tmp_path / "copy.db").exists()
