"""How long a village head waits, in a province of 3 000 to 300 000 households.

`python -m tests.bench.roll 3000 30000 300000` measures on an SQLite file; `--postgresql URL` on an empty database, too
(its name must contain 'test', for it is emptied). Each time is that of a whole press: taken in, decided, committed, the
screen drawn from what is stored then, and committed again. Sending it over a network is not in it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import storage
from bot.dialogs.events import Event, Typed
from bot.dialogs.facts import RoleKind
from bot.i18n import translator
from bot.services import administer
from storage.address import parse
from tests.bench.roll_filling import NOW, fill
from tests.services.desk import Desk
from tests.storage.conftest import empty_postgresql
from tests.support.clock import FakeClock, FakeIds

SIZES = (3_000, 30_000, 300_000)
HEADS = 12
"""Village heads of hamlets all over the province."""

TURNS = 4
"""How often each does everything; the first time is not counted."""


@dataclass(frozen=True, slots=True)
class Times:
    """What one thing took, over all heads."""

    what: str
    median_ms: float
    fastest_ms: float
    slowest_ms: float
    processor_ms: float
    """The median of this process's own processor time, which other work on the machine touches least."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything measured on one database with so many households."""

    database: str
    households: int
    hamlets: int
    filled_s: float
    times: tuple[Times, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """Something that is measured: what is tapped (the beginning of its label) or typed, and where that leads."""

    what: str
    tapped: str = ""
    typed: str = ""
    screen: str = ""

    async def event(self, desk: Desk, who: str) -> Event:
        """What comes in."""
        if self.typed:
            return Typed(self.typed, (await desk.screen(who)).revision)
        say = translator("vi").say
        labels = (say(choice.label) for choice in (await desk.screen(who)).choices)
        return await desk.press(who, next(label for label in labels if label.startswith(self.tapped)))


OPERATIONS = (
    Operation("opening the list", tapped="Danh sách hộ trong thôn", screen="households"),
    Operation("finding by three letters", typed="hoa", screen="households"),
    Operation("the next unfinished one", tapped="Hộ chưa xong tiếp theo", screen="household"),
    Operation("its next open question", tapped="Vào trả lời", screen="question"),
)
"""In this order, from the desk on."""


async def measured(url: str, households: int, heads: int = HEADS) -> Measured:
    """Measure on an empty, migrated database."""
    began = time.perf_counter()
    hamlets = await fill(url, households)
    filled_s = time.perf_counter() - began
    os.sync()  # what was put in is not to be written while others wait
    clock = FakeClock(NOW)
    store = storage.open(url)
    try:
        desk, ids = Desk(store, clock), FakeIds()
        took: dict[str, list[tuple[float, float]]] = {operation.what: [] for operation in OPERATIONS}
        for number in range(heads):
            who = f"head-{number}"
            place_id = hamlets[len(hamlets) * number // heads]
            code = (await administer.grant(store, clock, ids, RoleKind.VILLAGE_HEAD, place_id, 30)).code
            await desk.type(who, f"/start {code}")
            await desk.tap(who, "Đồng ý")
            for turn in range(TURNS):
                await desk.type(who, "/desk")
                for operation in OPERATIONS:
                    incoming = desk.update(await operation.event(desk, who), who)
                    at, used = time.perf_counter(), time.process_time()
                    await desk.accept(incoming)
                    await desk.handle_all()
                    if turn:
                        took[operation.what].append((time.perf_counter() - at, time.process_time() - used))
                    shown = (await desk.screen(who)).name
                    if shown != operation.screen:
                        raise RuntimeError(f"{operation.what}: led to {shown}, not {operation.screen}")
    finally:
        await store.close()
    times = tuple(_times(what, found) for what, found in took.items())
    return Measured("sqlite" if url.startswith("sqlite") else "postgresql", households, len(hamlets), filled_s, times)


def _times(what: str, found: Sequence[tuple[float, float]]) -> Times:
    waited, used = ([seconds * 1000 for seconds in each] for each in zip(*found, strict=True))
    return Times(what, median(waited), min(waited), max(waited), median(used))


async def everything(sizes: Sequence[int], postgresql: str = "", heads: int = HEADS) -> list[Measured]:
    """Measure every size on every database."""
    found = []
    for households in sizes:
        with tempfile.TemporaryDirectory(prefix="hoctap-bench-") as folder:
            url = f"sqlite:///{Path(folder) / 'province.db'}"
            await storage.migrate(url)
            found.append(await measured(url, households, heads))
        if postgresql:
            if "test" not in (parse(postgresql).database or ""):
                raise SystemExit(f"--postgresql {postgresql}: it is emptied, so its name must contain 'test'")
            await empty_postgresql(postgresql)
            await storage.migrate(postgresql)
            found.append(await measured(postgresql, households, heads))
    return found


def table(found: Sequence[Measured]) -> str:
    """Say what was measured, and how it grows from the smallest to the largest roll."""
    lines = []
    for database in dict.fromkeys(each.database for each in found):
        of = [each for each in found if each.database == database]
        heading = [f"{each.households:,} households" for each in of]
        lines += [
            f"| {database}, ms: median (fastest-slowest); processor | {' | '.join(heading)} | growth |",
            "|---" * (len(of) + 2) + "|",
        ]
        for index, first in enumerate(of[0].times):
            times = [each.times[index] for each in of]
            cells = [
                f"{each.median_ms:.0f} ({each.fastest_ms:.0f}-{each.slowest_ms:.0f}); {each.processor_ms:.0f}"
                for each in times
            ]
            growth = f"{times[-1].median_ms / first.median_ms:.1f}; {times[-1].processor_ms / first.processor_ms:.1f}"
            lines.append(f"| {first.what} | {' | '.join(cells)} | {growth} |")
        lines.append("")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.roll", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="households (default: 3000 30000 300000)")
    parser.add_argument("--postgresql", default="", metavar="URL", help="measure on this database, too; it is emptied")
    parser.add_argument("--json", action="store_true", help="print every number as JSON")
    options = parser.parse_args(arguments)
    found = asyncio.run(everything(options.sizes, options.postgresql))
    print(json.dumps([asdict(each) for each in found], indent=2) if options.json else table(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
