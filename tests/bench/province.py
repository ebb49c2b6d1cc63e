"""How fast a province is scored anew, and new rules are tried out on a commune.

`python -m tests.bench.province 1000000` is a process of its own, so that its memory is that of scoring. Sheets are made
as they are needed and thrown away, as they would come from the database; only the scoring is timed.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path
from statistics import median

from bot.scoring.model import (
    Answer,
    Chosen,
    CriteriaSet,
    Indicator,
    NumberRule,
    OneOfRule,
    PointsTitle,
    Profile,
    Quantity,
    Share,
    ShareRule,
    YesNo,
)
from bot.scoring.score import score
from bot.scoring.shipped import load_shipped
from bot.scoring.table import ScoringTable, Sheet
from bot.scoring.trying import TryOut, try_out
from tests.bench.processes import ROOT

PROVINCE = 1_000_000
COMMUNE = 5_000
ON = date(2026, 11, 20)
_AT_A_TIME = 1_000
_SPREAD = 2_654_435_761
"""Multiplied by it, neighbouring numbers have nothing in common."""


@dataclass(frozen=True, slots=True)
class Rescoring:
    """What was measured."""

    sheets: int
    titles: int
    """Sheets that reached a title: what scoring them came to."""
    seconds: float
    one_by_one_per_s: float
    """Sheets a second where each is scored with every line and the way up."""
    rest_mb: float
    """Memory before the first sheet."""
    early_mb: float
    """The highest memory after a tenth of the sheets."""
    peak_mb: float
    households: int
    try_out_s: float
    """Median of several tries."""
    gaining: int
    losing: int

    @property
    def per_s(self) -> float:
        """Sheets a second."""
        return self.sheets / self.seconds


def family_set() -> CriteriaSet:
    """The shipped set for families."""
    return next(criteria for criteria in load_shipped() if criteria.id == "gia_dinh_mau")


def changed_set(criteria: CriteriaSet) -> CriteriaSet:
    """The set as a commune may adopt it: a lower total, twice as much where numbers are asked, one question more."""
    first, *others = (replace(c, indicators=tuple(map(_harder, c.indicators))) for c in criteria.criteria)
    extra = replace(first.indicators[-1], id="cau_moi", applies_when=None)
    title = criteria.titles[0]
    assert isinstance(title, PointsTitle)
    return replace(
        criteria,
        criteria=(replace(first, indicators=(*first.indicators, extra)), *others),
        titles=(replace(title, min_total=Decimal(78)),),
    )


def _harder(indicator: Indicator) -> Indicator:
    rule = indicator.rule
    if not isinstance(rule, NumberRule):
        return indicator
    bands = tuple(replace(band, at_least=band.at_least * 2) for band in rule.bands)
    return replace(indicator, rule=replace(rule, bands=bands))


def families(criteria: CriteriaSet, count: int) -> Iterator[Sheet]:
    """Sheets of families, all different in what they have in common: some without children, some not quite answered."""
    pools: dict[tuple[int, int], list[tuple[str, list[Answer]]]] = {}
    for number in range(count):
        chance = number * _SPREAD % 2**32
        adults, children = 1 + chance % 5, (chance >> 3) % 4
        if (adults, children) not in pools:
            profile = {"adults": adults, "school_age_children": children}
            pools[adults, children] = [(i.id, _answers(i, profile)) for i in criteria.indicators]
        answers: dict[str, Answer] = {}
        for indicator, pool in pools[adults, children]:
            chance = (chance * 1_103_515_245 + 12_345) % 2**31
            if chance % 61:
                answers[indicator] = pool[(chance >> 8) % len(pool)]
        yield answers, {"adults": adults, "school_age_children": children}


def _answers(indicator: Indicator, profile: Profile) -> list[Answer]:
    """What families answer; good answers more often, so that about as many reach the title as not."""
    rule = indicator.rule
    match rule:
        case OneOfRule():
            return [Chosen(option.id) for option in (rule.options[0], *rule.options)]
        case NumberRule():
            top = rule.bands[-1].at_least
            return [Quantity(top * n / 4 // 1) for n in range(1, 9)]
        case ShareRule():
            whole = profile.get(rule.whole_fact or "adults") or 1
            return [Share(part, whole) for part in (whole, *range(whole + 1))]
        case _:
            return [YesNo(True), YesNo(True), YesNo(False)]


def rescore(sheets: int = PROVINCE, households: int = COMMUNE, tries: int = 5, one_by_one: int = 2_000) -> Rescoring:
    """Measure everything in this process."""
    criteria = family_set()
    rest_mb, early_mb = _peak_mb(), 0.0
    table, stream = ScoringTable(criteria, ON), families(criteria, sheets)
    titles: Counter[str | None] = Counter()
    seconds, done = 0.0, 0
    while batch := list(islice(stream, _AT_A_TIME)):
        began = time.perf_counter()
        for outcome in table.outcomes(batch):
            titles[outcome.title.id if outcome.title else None] += 1
        seconds += time.perf_counter() - began
        done += len(batch)
        if not early_mb and done * 10 >= sheets:
            early_mb = _peak_mb()
    peak_mb = _peak_mb()
    times, found = _tried(criteria, households, tries)
    return Rescoring(
        sheets=done,
        titles=done - titles[None],
        seconds=seconds,
        one_by_one_per_s=_one_by_one(criteria, one_by_one),
        rest_mb=rest_mb,
        early_mb=early_mb,
        peak_mb=peak_mb,
        households=found.count,
        try_out_s=median(times),
        gaining=found.gaining,
        losing=found.losing,
    )


def _tried(criteria: CriteriaSet, households: int, tries: int) -> tuple[list[float], TryOut]:
    commune, new = list(families(criteria, households)), changed_set(criteria)
    times: list[float] = []
    for _ in range(tries):
        began = time.perf_counter()
        found = try_out(criteria, new, commune, ON, ON)
        times.append(time.perf_counter() - began)
    return times, found


def _one_by_one(criteria: CriteriaSet, count: int) -> float:
    sheets = list(families(criteria, count))
    began = time.perf_counter()
    for answers, profile in sheets:
        score(criteria, answers, profile, ON)
    return count / (time.perf_counter() - began)


def _peak_mb() -> float:
    """The highest resident memory of this process so far, in MB of a million bytes."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024 / 1e6


def measured(sheets: int = PROVINCE) -> Rescoring:
    """Measure in a fresh process."""
    command = [sys.executable, "-m", "tests.bench.province", str(sheets)]
    out = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return Rescoring(**json.loads(out))


if __name__ == "__main__":
    print(json.dumps(asdict(rescore(int(sys.argv[1])))))
