"""How long a roll of 5 000 households takes from the file to the tables, and how long conversations wait meanwhile.

`python -m tests.bench.importing 5000` measures on an SQLite file; `--postgresql URL` on an empty database, too (its
name must contain 'test', for it is emptied).
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook

import storage
from bot.dialogs.facts import RoleKind
from storage.address import parse
from tests.bench.roll_filling import NOW
from tests.services.desk import Desk
from tests.services.office import COMMUNE, Office
from tests.storage.conftest import empty_postgresql
from tests.support.clock import FakeClock

ROWS = 5_000
HAMLETS = ("Thôn Mẫu 1", "Thôn Mẫu 2", "Thôn Mẫu 3")
_SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Bùi", "Đặng", "Võ", "Hồ", "Siu", "Rơ Châm")
_MIDDLE = ("Văn", "Thị", "Hữu", "Đức", "Ngọc", "Xuân", "Minh")
_GIVEN = ("An", "Bình", "Cường", "Dũng", "Giang", "Hạnh", "Khánh", "Lan", "Mỹ", "Oanh", "Quý", "Sơn", "Thủy", "Ước")
WHO = "officer"


@dataclass(frozen=True, slots=True)
class Imported:
    """What one file took."""

    database: str
    rows: int
    read_s: float
    """From the file to the preview."""
    applied_s: float
    longest_wait_ms: float
    """The longest that nothing else was done in the process meanwhile."""
    again_s: float
    """The same file once more, to the preview: every household is found."""


def roll_file(rows: int) -> bytes:
    """A roll as a workbook, with three hamlets in one column."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Danh sách")
    sheet.append(["DANH SÁCH HỘ GIA ĐÌNH XÃ MẪU"])
    sheet.append(["STT", "Thôn", "Số hộ", "Họ và tên chủ hộ", "Tổ", "Số điện thoại", "Người lớn", "Trẻ em đi học"])
    for at in range(rows):
        name = f"{_SURNAMES[at % 10]} {_MIDDLE[at // 10 % 7]} {_GIVEN[at // 70 % 14]}"
        place = HAMLETS[at * len(HAMLETS) // rows]
        sheet.append([at + 1, place, f"{at + 1:04}", name, at % 12 + 1, 900_000_000 + at, at % 4 + 1, at % 3])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


async def measured(url: str, rows: int, folder: Path) -> Imported:
    """Measure on an empty, migrated database."""
    store = storage.open(url)
    try:
        async with store.work() as work:
            await work.records.ensure_sample(NOW)
        clock = FakeClock(NOW)
        office = Office(Desk(store, clock), folder)
        data = roll_file(rows)
        await office.desk.type(WHO, f"/start {await office.code(COMMUNE, RoleKind.OFFICER)}")
        await office.desk.tap(WHO, "Đồng ý")
        at = time.perf_counter()
        screen = await office.send(WHO, data)
        read_s = time.perf_counter() - at
        await office.desk.tap(WHO, next(label for label in office.labels(screen) if label.startswith("Nhập")))
        waits = _Waits()
        watching = asyncio.create_task(waits.watch())
        at = time.perf_counter()
        applied = await office.imports.run_once()
        applied_s = time.perf_counter() - at
        watching.cancel()
        await office.desk.handle_all()
        async with store.work() as work:
            kept = len(await work.imports.roll((3, 4, 5)))
        if (applied, kept) != (rows, rows):
            raise RuntimeError(f"{applied} applied and {kept} kept of {rows}")
        at = time.perf_counter()
        await office.send(WHO, data)
        again_s = time.perf_counter() - at
    finally:
        await store.close()
    database = "sqlite" if url.startswith("sqlite") else "postgresql"
    return Imported(database, rows, read_s, applied_s, waits.longest_s * 1000, again_s)


class _Waits:
    """Notes how long the event loop does nothing else."""

    def __init__(self) -> None:
        self.longest_s = 0.0

    async def watch(self) -> None:
        """Look at the time again and again."""
        last = time.perf_counter()
        while True:
            await asyncio.sleep(0)
            now = time.perf_counter()
            self.longest_s, last = max(self.longest_s, now - last), now


async def everything(rows: int = ROWS, postgresql: str = "") -> list[Imported]:
    """Measure on every database."""
    found = []
    with tempfile.TemporaryDirectory(prefix="hoctap-bench-") as folder:
        url = f"sqlite:///{Path(folder) / 'import.db'}"
        await storage.migrate(url)
        found.append(await measured(url, rows, Path(folder)))
        if postgresql:
            if "test" not in (parse(postgresql).database or ""):
                raise SystemExit(f"--postgresql {postgresql}: it is emptied, so its name must contain 'test'")
            await empty_postgresql(postgresql)
            await storage.migrate(postgresql)
            found.append(await measured(postgresql, rows, Path(folder)))
    return found


def table(found: Sequence[Imported]) -> str:
    """Say what was measured."""
    lines = [
        "| A roll sent in | rows | to the preview | applied | rows/s | longest wait of others | once more |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {each.database} | {each.rows:,} | {each.read_s:.1f} s | {each.applied_s:.1f} s "
        f"| {each.rows / each.applied_s:,.0f} | {each.longest_wait_ms:.0f} ms | {each.again_s:.1f} s |"
        for each in found
    ]
    return "\n".join(lines)


def as_json(found: Sequence[Imported]) -> list[dict[str, Any]]:
    """Every number."""
    return [asdict(each) for each in found]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.importing", description=__doc__)
    parser.add_argument("rows", nargs="?", type=int, default=ROWS)
    parser.add_argument("--postgresql", default="", metavar="URL", help="measure on this database, too; it is emptied")
    options = parser.parse_args(arguments)
    print(table(asyncio.run(everything(options.rows, options.postgresql))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
