"""Where everything stands on the picture of a hamlet's progress, worked out before a single dot is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from bot.dialogs.village.facts import HouseholdState, Progress, Week
from bot.i18n import Translator
from bot.reports.card_layout import INNER, MARGIN, Align, Ink, MeasureAt, Setter, TextBox, Weight

SMALLEST: Final = 28
"""Size of the smallest letters: the picture is read on a phone a third as wide."""
BAR: Final = 40
ROW_GAP: Final = 22
PART_GAP: Final = 40
CHART: Final = 340
"""Height of the weekly chart."""
AXIS: Final = 76
"""Room for the numbers left of the chart."""
LABELS: Final = 270
"""Room for what the lines are called, right of the chart."""


class Shade(StrEnum):
    """What is coloured alike; told apart by lightness too, for whoever sees no colours."""

    TRACK = "track"
    UNANSWERED = "unanswered"
    ANSWERING = "answering"
    HANDED_IN = "handed_in"
    TO_CHECK = "to_check"
    CONFIRMED = "confirmed"
    TITLED = "titled"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class Block:
    """A filled area; round ends where it is a bar."""

    left: int
    top: int
    width: int
    height: int
    shade: Shade
    is_round: bool = True


@dataclass(frozen=True, slots=True)
class Curve:
    """A line through the ends of weeks; `mark` is the form of its points."""

    points: tuple[tuple[int, int], ...]
    shade: Shade
    mark: str


@dataclass(frozen=True, slots=True)
class ProgressLayout:
    """The whole picture."""

    height: int
    head_bottom: int
    blocks: tuple[Block, ...]
    target: tuple[int, int, int] | None
    """Of the upright line of the target: left, top, bottom."""
    grid: tuple[tuple[int, int, int], ...]
    """Level lines of the chart: left, right, height."""
    curves: tuple[Curve, ...]
    texts: tuple[TextBox, ...]


def lay_out(progress: Progress, today: date, words: Translator, measure_at: MeasureAt) -> ProgressLayout:
    """Work out the picture."""
    page = _Page(Setter(measure_at), words)
    head_bottom = page.head(progress, today)
    page.figures(progress)
    page.states(progress)
    page.goal(progress)
    page.chart(progress)
    return page.finished(head_bottom)


class _Page:
    """A picture being laid out from top to bottom."""

    def __init__(self, setter: Setter, words: Translator) -> None:
        self._setter = setter
        self._words = words
        self._top = 0
        self._texts: list[TextBox] = []
        self._blocks: list[Block] = []
        self._grid: list[tuple[int, int, int]] = []
        self._curves: list[Curve] = []
        self._target: tuple[int, int, int] | None = None

    def head(self, progress: Progress, today: date) -> int:
        """Name the hamlet, the year and the day."""
        words = self._words
        heading = self._write(
            words.text("progress.card.heading", {"year": str(progress.year)}).upper(),
            TextBox(MARGIN, 58, INNER, (), 36, Weight.BOLD, Ink.ACCENT),
            range(36, 27, -2),
        )
        name = self._setter.best(
            progress.place,
            TextBox(MARGIN, heading.bottom + 4, INNER, (), 84, Weight.BOLD, Ink.ON_DARK),
            ((range(84, 43, -4), 2), (range(52, 35, -4), 3)),
        )
        self._texts.append(name)
        as_of = words.text("progress.card.as_of", {"day": today}, progress.households)
        day = self._write(as_of, TextBox(MARGIN, name.bottom + 4, INNER, (), 34, ink=Ink.ON_DARK), range(34, 27, -2))
        self._top = day.bottom + 36 + PART_GAP
        return day.bottom + 36

    def figures(self, progress: Progress) -> None:
        """Say the three numbers that matter, large and side by side."""
        figures = (
            ("answered", progress.answered),
            ("handed_in", progress.handed_in),
            ("confirmed", progress.confirmed),
        )
        width = INNER // len(figures)
        bottoms = []
        for position, (what, count) in enumerate(figures):
            box = TextBox(MARGIN + position * width, self._top, width, (), 112, Weight.BOLD, align=Align.CENTRE)
            number = self._write(self._words.param(count), box, range(112, 59, -4))
            below = replace(box, top=number.bottom - 8, size=34, weight=Weight.REGULAR, ink=Ink.QUIET)
            name = self._write(self._words.text(f"progress.card.{what}"), below, range(34, 27, -2), lines=2)
            bottoms.append(name.bottom)
        self._top = max(bottoms) + PART_GAP

    def states(self, progress: Progress) -> None:
        """Draw one bar a state, all of one scale: the whole roll."""
        for state in HouseholdState:
            count = progress.counts.get(state, 0)
            label = self._words.text(f"progress.card.state.{state}")
            self._bar(label, self._words.param(count), count, progress.households, Shade(state))
        self._top += PART_GAP - ROW_GAP

    def goal(self, progress: Progress) -> None:
        """Draw how many reach a title, up to the line of the target; and which titles."""
        words = self._words
        label = words.text("progress.card.titled")
        count = words.param(progress.titled)
        bar = self._bar(label, count, progress.titled, progress.households, Shade.TITLED)
        wanted = progress.wanted
        if wanted is not None and progress.target is not None:
            left = MARGIN + INNER * wanted // max(progress.households, 1)
            self._target = (left, bar.top - 14, bar.top + BAR + 14)
            self._top += 6
            self._line(words.text("progress.card.target", {"percent": progress.target, "wanted": wanted}))
        for title_id, name in progress.title_names:
            if len(progress.title_names) > 1 and progress.titles.get(title_id):
                self._line(words.text("progress.card.title", {"title": name, "number": progress.titles[title_id]}))
        if progress.titles.get(""):
            self._line(words.text("progress.card.no_title", None, progress.titles[""]))
        self._top += PART_GAP - ROW_GAP

    def chart(self, progress: Progress) -> None:
        """Draw the running totals week by week."""
        weeks, households = progress.weeks, max(progress.households, 1)
        if len(weeks) < 2:
            return
        heading = TextBox(MARGIN, self._top, INNER, (), 36, Weight.BOLD)
        self._top = self._write(self._words.text("progress.card.weeks"), heading, range(36, 27, -2)).bottom + 24
        left, right = MARGIN + AXIS, MARGIN + INNER - LABELS
        bottom = self._top + CHART
        for share in (0, households // 2, households):
            level = bottom - CHART * share // households
            self._grid.append((left, right, level))
            number = TextBox(MARGIN, level - 20, AXIS - 14, (), SMALLEST, ink=Ink.QUIET, align=Align.RIGHT)
            self._write(self._words.param(share), number, range(SMALLEST, SMALLEST - 1, -1))
        lines = tuple(_lines(weeks))
        ends = _apart([bottom - CHART * counts[-1] // households for _, counts, _, _ in lines], bottom)
        for (name, counts, shade, mark), end in zip(lines, ends, strict=True):
            step = (right - left) / (len(weeks) - 1)
            points = tuple(
                (left + round(step * week), bottom - CHART * count // households) for week, count in enumerate(counts)
            )
            self._curves.append(Curve(points, shade, mark))
            label = TextBox(right + 24, end - 20, LABELS - 24, (), 30, Weight.BOLD)
            text = self._words.text(f"progress.card.line.{name}", {"number": counts[-1]})
            self._write(text, label, range(30, SMALLEST - 1, -1))
        self._dates(weeks, left, right, bottom + 16)

    def finished(self, head_bottom: int) -> ProgressLayout:
        """Return what was laid out."""
        return ProgressLayout(
            self._top + PART_GAP,
            head_bottom,
            tuple(self._blocks),
            self._target,
            tuple(self._grid),
            tuple(self._curves),
            tuple(self._texts),
        )

    def _dates(self, weeks: Sequence[Week], left: int, right: int, top: int) -> None:
        """Name the first and the last week by their last day."""
        width = 160
        for week, at, align in ((0, left, Align.LEFT), (-1, right - width, Align.RIGHT)):
            day = weeks[week].ends
            box = TextBox(at, top, width, (), SMALLEST, ink=Ink.QUIET, align=align)
            bottom = self._write(f"{day:%d/%m}", box, range(SMALLEST, SMALLEST - 1, -1)).bottom
        self._top = bottom

    def _bar(self, label: str, count: str, part: int, whole: int, shade: Shade) -> Block:
        box = TextBox(MARGIN, self._top, INNER - 160, (), 36)
        name = self._write(label, box, range(36, 27, -2))
        right = TextBox(MARGIN + INNER - 150, self._top, 150, (), 40, Weight.BOLD, align=Align.RIGHT)
        self._write(count, right, range(40, 27, -2))
        top = name.bottom + 6
        self._blocks.append(Block(MARGIN, top, INNER, BAR, Shade.TRACK))
        bar = Block(MARGIN, top, max(BAR, INNER * part // max(whole, 1)), BAR, shade)
        if part:
            self._blocks.append(bar)
        self._top = top + BAR + ROW_GAP
        return bar

    def _line(self, text: str) -> None:
        box = TextBox(MARGIN, self._top, INNER, (), 32, ink=Ink.QUIET)
        self._top = self._write(text, box, range(32, SMALLEST - 1, -1), lines=2).bottom + 6

    def _write(self, text: str, box: TextBox, sizes: Sequence[int], lines: int = 1) -> TextBox:
        fitted = self._setter.box(text, box, sizes, lines)
        self._texts.append(fitted)
        return fitted


def _lines(weeks: Sequence[Week]) -> Iterator[tuple[str, tuple[int, ...], Shade, str]]:
    """(name, running totals, shade, form of the points) of each line, the highest first."""
    yield "answered", tuple(week.answered for week in weeks), Shade.TO_CHECK, "triangle"
    yield "handed_in", tuple(week.handed_in for week in weeks), Shade.HANDED_IN, "square"
    yield "confirmed", tuple(week.confirmed for week in weeks), Shade.CONFIRMED, "dot"


def _apart(levels: Sequence[int], bottom: int, least: int = 44) -> tuple[int, ...]:
    """Move labels apart that would meet; given and returned from top to bottom, none below `bottom`."""
    placed: list[int] = []
    for level in levels:
        placed.append(max(level, placed[-1] + least) if placed else level)
    over = max(0, placed[-1] - bottom)
    for position in reversed(range(len(placed))):
        limit = placed[position + 1] - least if position + 1 < len(placed) else placed[position] - over
        placed[position] = min(placed[position], limit)
    return tuple(placed)
