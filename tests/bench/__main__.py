"""`./dev bench`: everybody in turn, several rounds, and what that says."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.bench import importing, roll, summary
from tests.bench.bridges import bridges
from tests.bench.contestants import EVERYBODY, Contestant
from tests.bench.province import PROVINCE, measured
from tests.bench.scoring import scoring_us
from tests.bench.transcribing import transcribe
from tests.bench.trial import Plan, Trial, attempt

QUICK = Plan(people=50, limit_s=3.0)


def read_arguments(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line."""
    names = [each.name for each in EVERYBODY]
    parser = argparse.ArgumentParser(prog="./dev bench", description="Measure this bot beside its peers.")
    parser.add_argument(
        "part", nargs="?", default="everything", choices=("everything", "province"),
        help="province: only the sheets scored anew, and the rolls of village heads",
    )  # fmt: skip
    parser.add_argument("--quick", action="store_true", help="one short round: about 40 seconds, and rougher")
    parser.add_argument("--only", default=",".join(names), metavar="NAMES", help=f"some of {','.join(names)}")
    parser.add_argument("--rounds", type=int, default=0, help="how often everybody has a turn (default: 3)")
    parser.add_argument("--people", type=int, default=0, help="people who answer at once (default: 100)")
    parser.add_argument("--sheets", type=int, default=0, help="family sheets of a province (default: 1000000)")
    parser.add_argument("--limit-s", type=float, default=0, help="seconds one playing may last (default: 7)")
    parser.add_argument(
        "--postgresql", default="", metavar="URL", help="measure the rolls on this database, too; it is emptied"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every number there too")
    options = parser.parse_args(arguments)
    if unknown := set(options.only.split(",")) - set(names):
        parser.error(f"--only: nobody is called {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    return options


def plan_of(options: argparse.Namespace) -> Plan:
    """How much is played."""
    usual = QUICK if options.quick else Plan()
    return Plan(options.people or usual.people, limit_s=options.limit_s or usual.limit_s)


async def play_rounds(contestants: Sequence[Contestant], plan: Plan, rounds: int) -> list[list[Trial]]:
    """Let everybody have a turn in each round, so that what else the machine does meets all of them alike."""
    form = transcribe()
    played: list[list[Trial]] = []
    for number in range(1, rounds + 1):
        trials: list[Trial] = []
        for contestant in contestants:
            with tempfile.TemporaryDirectory(prefix="hoctap-bench-") as folder:
                trial = await attempt(contestant, form, plan, Path(folder))
            trials.append(trial)
            print(
                f"round {number}/{rounds}  {contestant.name:12}  tapped {trial.taps.per_s:6.1f}/s  "
                f"typed {trial.typing.per_s:6.1f}/s  started in {trial.start_s:.1f} s  "
                f"kept {trial.kept} of {trial.acknowledged}",
                file=sys.stderr,
                flush=True,
            )
        played.append(trials)
    return played


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write; returns the exit code."""
    options = read_arguments(arguments)
    everything = _peers(options) if options.part == "everything" else {}
    everything |= _province(options)
    if options.json is not None:
        options.json.write_text(json.dumps(everything, indent=2) + "\n", encoding="utf-8")
    return 0


def _peers(options: argparse.Namespace) -> dict[str, Any]:
    """This bot beside the others."""
    contestants = [each for each in EVERYBODY if each.name in options.only.split(",")]
    plan = plan_of(options)
    played = asyncio.run(play_rounds(contestants, plan, options.rounds or (1 if options.quick else 3)))
    one_scoring_us = scoring_us()
    print(
        f"{plan.people} people at once; Python {platform.python_version()}; {os.cpu_count()} processors, "
        f"load {os.getloadavg()[0]:.1f}\n"
    )
    print(summary.table(contestants, played, one_scoring_us))
    query = asyncio.run(bridges())
    print(
        f"\nOne small query on SQLite: {query.ours_us:.0f} µs our way, {query.aiosqlite_us:.0f} µs through SQLAlchemy "
        f"over aiosqlite ({query.aiosqlite_us / query.ours_us:.1f} times)."
    )
    return summary.as_json(contestants, played, one_scoring_us)


def _province(options: argparse.Namespace) -> dict[str, Any]:
    """What a whole province takes: its sheets scored anew, and the rolls that village heads open."""
    province = measured(options.sheets or (PROVINCE // 10 if options.quick else PROVINCE))
    print(f"\n{summary.province(province)}\n")
    rolls = asyncio.run(roll.everything(roll.SIZES[:1] if options.quick else roll.SIZES, options.postgresql))
    print(roll.table(rolls))
    imports = asyncio.run(
        importing.everything(importing.ROWS // 5 if options.quick else importing.ROWS, options.postgresql)
    )
    print(importing.table(imports))
    return {
        "province": asdict(province),
        "rolls": [asdict(each) for each in rolls],
        "imports": importing.as_json(imports),
    }


if __name__ == "__main__":
    sys.exit(main())
