"""What the rounds say together: medians with their range, and ratios within each round."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from tests.bench.contestants import HOCTAP, Contestant
from tests.bench.province import Rescoring
from tests.bench.trial import Measure, Trial

Round = Sequence[Trial]
Value = Callable[[Trial], float]


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of several rounds, with the lowest and the highest."""

    median: float
    lowest: float
    highest: float

    def text(self, form: str) -> str:
        """Write it; the range only where there is one."""
        middle = format(self.median, form)
        low, high = format(self.lowest, form), format(self.highest, form)
        return middle if low == high else f"{middle} ({low}-{high})"


def spread(values: Sequence[float]) -> Spread:
    """Sum up the values of all rounds."""
    return Spread(median(values), min(values), max(values))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    what: str
    form: str
    value: Value


def _of(name: str, value: Callable[[Measure], float]) -> Value:
    def get(trial: Trial) -> float:
        measure: Measure = getattr(trial, name)
        return value(measure)

    return get


LINES = (
    Line("taps, answers a second", ".0f", _of("taps", lambda m: m.per_s)),
    Line("taps, median ms", ".0f", _of("taps", lambda m: m.median_ms)),
    Line("taps, 99th percentile ms", ".0f", _of("taps", lambda m: m.p99_ms)),
    Line("taps, processor ms an answer", ".2f", _of("taps", lambda m: m.cpu_ms)),
    Line("taps, calls an answer", ".2f", _of("taps", lambda m: m.calls / max(m.inputs, 1))),
    Line("typed, answers a second", ".0f", _of("typing", lambda m: m.per_s)),
    Line("typed, median ms", ".0f", _of("typing", lambda m: m.median_ms)),
    Line("typed, 99th percentile ms", ".0f", _of("typing", lambda m: m.p99_ms)),
    Line("typed, processor ms an answer", ".2f", _of("typing", lambda m: m.cpu_ms)),
    Line("typed, calls an answer", ".2f", _of("typing", lambda m: m.calls / max(m.inputs, 1))),
    Line("alone, median ms", ".1f", _of("alone", lambda m: m.median_ms)),
    Line("start to first poll, s", ".2f", lambda t: t.start_s),
    Line("memory at rest, MB", ".0f", lambda t: t.idle_mb),
    Line("memory at most, MB", ".0f", lambda t: t.peak_mb),
    Line("answers acknowledged", ".0f", lambda t: t.acknowledged),
    Line("answers kept after SIGKILL", ".0f", lambda t: t.kept),
    Line("replies that never came", ".0f", lambda t: t.taps.lost + t.typing.lost + t.alone.lost),
    Line("wrong screens", ".0f", lambda t: t.taps.strays + t.typing.strays + t.alone.strays),
)
RATIOS = ("taps", "typing")


def of(contestant: Contestant, rounds: Sequence[Round], value: Value) -> Spread | None:
    """Sum up a value of one bot; None when it took no part."""
    found = [value(trial) for trials in rounds for trial in trials if trial.contestant is contestant]
    return spread(found) if found else None


def ratio(mine: Contestant, other: Contestant, rounds: Sequence[Round], value: Value) -> Spread | None:
    """How many times the other's value mine is, within each round; None when one of them took no part."""
    found = []
    for trials in rounds:
        by = {trial.contestant.name: value(trial) for trial in trials}
        if by.get(mine.name) is not None and by.get(other.name):
            found.append(by[mine.name] / by[other.name])
    return spread(found) if found else None


def ratios(contestants: Sequence[Contestant], rounds: Sequence[Round]) -> dict[str, dict[str, Spread]]:
    """This bot's answers a second, as a multiple of each other's: {way of answering: {name: ratio}}."""
    others = [each for each in contestants if each is not HOCTAP]
    return {
        way: {
            other.name: found
            for other in others
            if (found := ratio(HOCTAP, other, rounds, _of(way, lambda m: m.per_s))) is not None
        }
        for way in RATIOS
    }


def table(contestants: Sequence[Contestant], rounds: Sequence[Round], scoring_us: float | None) -> str:
    """Write everything in Markdown: ratios first."""
    out = ["## This bot's rate as a multiple of each other's", ""]
    found = ratios(contestants, rounds)
    others = [each for each in contestants if each is not HOCTAP]
    rows = [[_WAYS[way], *(_text(found[way].get(other.name), ".2f") for other in others)] for way in RATIOS]
    out += _grid(["", *(other.title for other in others)], rows)
    out += ["", f"## Medians of {len(rounds)} interleaved rounds (lowest-highest)", ""]
    rows = [[line.what, *(_text(of(each, rounds, line.value), line.form) for each in contestants)] for line in LINES]
    out += _grid(["", *(each.title for each in contestants)], rows)
    out += ["", *(f"- {each.title} keeps {each.keeps}." for each in contestants)]
    if scoring_us is not None:
        out += ["", f"One scoring of a family's sheet: {scoring_us:.0f} µs (aim: under 100)."]
    return "\n".join(out)


def province(found: Rescoring) -> str:
    """Say how fast many sheets are scored, and in how much memory."""
    return (
        f"Scoring {found.sheets:,} family sheets anew: {found.seconds:.1f} s, {found.per_s:,.0f} sheets a second "
        f"(each with all its lines and the way up: {found.one_by_one_per_s:,.0f}). Memory {found.rest_mb:.1f} MB "
        f"at rest, {found.early_mb:.1f} MB at most after a tenth of them, {found.peak_mb:.1f} MB after all.\n"
        f"Trying new rules out on {found.households:,} households: {found.try_out_s:.2f} s (aim: under 2); "
        f"{found.gaining} would gain the title, {found.losing} lose it."
    )


_WAYS = {"taps": "tapped", "typing": "typed"}


def as_json(contestants: Sequence[Contestant], rounds: Sequence[Round], scoring_us: float | None) -> dict[str, Any]:
    """Everything measured, for a program to read."""
    return {
        "ratios": {
            way: {name: asdict(found) for name, found in by.items()} for way, by in ratios(contestants, rounds).items()
        },
        "medians": {
            each.name: {
                line.what: asdict(found) for line in LINES if (found := of(each, rounds, line.value)) is not None
            }
            for each in contestants
        },
        "scoring_us": scoring_us,
        "rounds": [[_trial(trial) for trial in trials] for trials in rounds],
    }


def _trial(trial: Trial) -> dict[str, Any]:
    measures = {name: getattr(trial, name) for name in ("taps", "typing", "alone")}
    plain = ("start_s", "idle_mb", "peak_mb", "acknowledged", "kept")
    return (
        {"name": trial.contestant.name}
        | {name: getattr(trial, name) for name in plain}
        | {name: asdict(measure) | {"per_s": measure.per_s} for name, measure in measures.items()}
    )


def _text(found: Spread | None, form: str) -> str:
    return "-" if found is None else found.text(form)


def _grid(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[column]) for row in (heading, *rows)) for column in range(len(heading))]
    lines = [[cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in (heading, *rows)]
    lines.insert(1, ["-" * width for width in widths])
    return [f"| {' | '.join(line)} |" for line in lines]
