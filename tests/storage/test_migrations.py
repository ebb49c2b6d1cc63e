"""The tables of the migrations are the tables of the program, up and down."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, inspect, text

import storage
from bot.dialogs.facts import Subject
from bot.dialogs.places import Place
from bot.scoring.model import SubjectKind, YesNo
from storage.address import parse
from storage.migrating import current, in_transaction, migrate_down, newest
from storage.revising import configuration
from storage.tables import metadata
from tests.storage.conftest import ON_BOTH, empty_postgresql, run_apart
from tests.support.turns import NOW, TODAY, update


@pytest.fixture(params=ON_BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of a database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/new/hoctap.db"
        return
    url: str = request.getfixturevalue("postgresql_migrated")
    run_apart(empty_postgresql(url))
    yield url
    run_apart(empty_postgresql(url))
    run_apart(storage.migrate(url))


async def tables(url: str) -> set[str]:
    found: set[str] = set()
    await in_transaction(parse(url), lambda connection: found.update(inspect(connection).get_table_names()))
    return found - {"alembic_version"}


HERE = Path(__file__).parent


def rows_of(revision: str) -> list[str]:
    """The statements that fill the tables of a revision."""
    return (HERE / f"kept_by_{revision}.sql").read_text(encoding="utf-8").split(";\n")[:-1]


async def run_each(url: str, statements: list[str]) -> None:
    def do(connection: Connection) -> None:
        for statement in statements:
            connection.exec_driver_sql(statement)

    await in_transaction(parse(url), do)


async def read(url: str, query: str) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    await in_transaction(
        parse(url), lambda connection: found.extend(tuple(row) for row in connection.execute(text(query)))
    )
    return found


async def test_what_is_migrated_is_what_the_program_expects(empty_url: str) -> None:
    await storage.migrate(empty_url)
    differences: list[object] = []

    def compare(connection: Connection) -> None:
        # Of SQLite, Alembic cannot tell an empty default from none; the statements are compared below.
        defaults = connection.dialect.name == "postgresql"
        context = MigrationContext.configure(connection, opts={"compare_server_default": defaults})
        differences.extend(compare_metadata(context, metadata))

    await in_transaction(parse(empty_url), compare)
    assert differences == []


def test_the_newest_revision_is_the_one_that_alembic_leads_to() -> None:
    assert newest() == ScriptDirectory.from_config(configuration()).get_current_head()


def test_a_start_with_nothing_to_migrate_loads_no_alembic(sqlite_template: Path, tmp_path: Path) -> None:
    """It would take a tenth of the memory and of the time to start."""
    shutil.copy(sqlite_template, tmp_path / "hoctap.db")
    start = f"import asyncio, bot.bootstrap, storage; asyncio.run(storage.migrate('sqlite:///{tmp_path}/hoctap.db'))"
    told = "import sys; print('alembic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", f"{start}; {told}"], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def _clauses(sql: str) -> list[str]:
    """A statement without the order of its constraints, nor the quotes and brackets of one written anew."""
    plain = sql.replace('"', "").replace("DEFAULT ('')", "DEFAULT ''")
    body, closing, options = " ".join(plain.split()).rpartition(" )")
    head, *constraints = (body or options).split(", CONSTRAINT ")
    return [head, *sorted(constraints), closing and options]


async def test_the_statements_are_the_same_to_the_letter(tmp_path: Path) -> None:
    """Alembic compares neither partial indexes nor checks nor what happens to rows that refer to a removed one."""
    made: list[dict[str, list[str]]] = []

    def look(connection: Connection) -> None:
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
        made.append({name: _clauses(sql) for name, sql in rows if not name.startswith(("alembic", "sqlite"))})

    migrated, created = (parse(f"sqlite:///{tmp_path}/{name}.db") for name in ("migrated", "created"))
    await storage.migrate(str(migrated))
    await in_transaction(created, metadata.create_all)
    await in_transaction(migrated, look)
    await in_transaction(created, look)
    assert made[0] == made[1]


async def test_up_down_up(empty_url: str) -> None:
    await storage.migrate(empty_url)
    assert await tables(empty_url) == set(metadata.tables)
    await migrate_down(empty_url, "base")
    assert await tables(empty_url) == set()
    await storage.migrate(empty_url)
    assert await tables(empty_url) == set(metadata.tables)


async def test_a_database_of_the_newest_revision_is_left_as_it_is(empty_url: str) -> None:
    await storage.migrate(empty_url)
    store = storage.open(empty_url)
    async with store.work() as work:
        await work.inbox.add([update(1)], NOW)
    await storage.migrate(empty_url)
    async with store.work() as work:
        assert await work.inbox.has_pending(NOW)
    await store.close()


async def test_what_the_first_release_kept_is_moved(empty_url: str) -> None:
    await in_transaction(parse(empty_url), lambda connection: command.upgrade(configuration(connection), "0001"))
    await run_each(empty_url, rows_of("0001"))
    await storage.migrate(empty_url)
    assert await read(empty_url, "SELECT path, difficult_area_source FROM place ORDER BY id") == [
        ("/1/", ""), ("/1/2/", ""), ("/1/2/3/", ""), ("/4/", ""),
    ]  # fmt: skip
    store = storage.open(empty_url)
    async with store.work() as work:
        people = await work.people.load([1, 2, 3], TODAY)
        await work.people.sheets(1)
    await store.close()
    home = Place(3, "Thôn Mẫu", "xã Mẫu, tỉnh Mẫu", "hamlet", "/1/2/3/")
    told = {"adults": 2, "school_age_children": 1}
    assert people[1].subject == Subject(1, SubjectKind.HOUSEHOLD, "Hoa", home, told)
    assert people[1].assessment is not None
    assert (people[1].assessment.id, people[1].assessment.answers) == (2, {"one": YesNo(value=True)})
    assert people[2].subject == Subject(2, SubjectKind.HOUSEHOLD, "An", home, {"adults": 0, "school_age_children": 0})
    assert people[3].subject is None
    taken_up = [(2,), (3,), (None,)]
    assert await read(empty_url, "SELECT assessment_id FROM person ORDER BY id") == taken_up


async def test_going_back_to_the_first_release_keeps_what_it_can_hold(empty_url: str) -> None:
    await in_transaction(parse(empty_url), lambda connection: command.upgrade(configuration(connection), "0001"))
    await run_each(empty_url, rows_of("0001"))
    await storage.migrate(empty_url)
    await run_each(empty_url, rows_of("0002"))
    await migrate_down(empty_url, "0001")
    told = await read(empty_url, "SELECT name, adults, school_age_children FROM subject ORDER BY id")
    assert told == [("Hoa", 2, 1), ("An", 0, 0)]
    assert await read(empty_url, "SELECT id FROM assessment ORDER BY id") == [(1,), (2,), (3,)]
    assert await read(empty_url, "SELECT code_hash FROM invite") == [("family",)]
    assert await read(empty_url, "SELECT person_id, subject_id FROM person_subject ORDER BY person_id") == [
        (1, 1), (2, 2),
    ]  # fmt: skip
    await storage.migrate(empty_url)
    assert await read(empty_url, "SELECT assessment_id FROM person ORDER BY id") == [(2,), (3,), (None,)]


async def test_ids_of_rows_that_are_gone_are_not_used_again_after_a_migration(tmp_path: Path) -> None:
    """SQLite begins to count anew with a table that is written anew."""
    url = f"sqlite:///{tmp_path}/hoctap.db"
    await in_transaction(parse(url), lambda connection: command.upgrade(configuration(connection), "0001"))
    await run_each(url, rows_of("0001"))
    await run_each(url, ["DELETE FROM person WHERE id = 3", "DELETE FROM invite"])
    await storage.migrate(url)
    counters = "SELECT name, seq FROM sqlite_sequence WHERE name IN ('invite', 'person', 'place', 'subject')"
    expected = {("invite", 1), ("person", 3), ("place", 4), ("subject", 2)}
    assert set(await read(url, counters)) == expected
    await migrate_down(url, "0001")
    assert set(await read(url, counters)) == expected


async def test_several_starts_at_once_migrate_once(empty_url: str) -> None:
    await asyncio.gather(*(storage.migrate(empty_url) for _ in range(3)))
    found: list[str | None] = []
    await in_transaction(parse(empty_url), lambda connection: found.append(current(connection)))
    assert found == [newest()]


async def test_a_newer_database_is_refused_with_what_to_do(empty_url: str) -> None:
    await storage.migrate(empty_url)

    def age(connection: Connection) -> None:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    await in_transaction(parse(empty_url), age)
    with pytest.raises(storage.StorageError, match=r"9999.*newer version"):
        await storage.migrate(empty_url)


async def test_readiness(empty_url: str) -> None:
    store = storage.open(empty_url)
    assert not await store.is_ready()
    await storage.migrate(empty_url)
    assert await store.is_ready()
    await store.close()


async def test_a_server_that_does_not_answer_is_not_ready() -> None:
    store = storage.open("postgresql://nobody@127.0.0.1:1/hoctap")
    assert not await store.is_ready()
    await store.close()


async def test_only_the_owner_can_read_a_new_database(tmp_path: Path) -> None:
    path = tmp_path / "hoctap.db"
    await storage.migrate(f"sqlite:///{path}")
    assert path.stat().st_mode & 0o077 == 0


def test_every_table_has_a_primary_key_and_no_floats() -> None:
    assert isinstance(metadata, MetaData)
    for table in metadata.tables.values():
        assert table.primary_key.columns
        assert not [column for column in table.columns if "FLOAT" in str(column.type).upper()]
