"""Where everything stands on the picture card, worked out before a single dot is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import Final

from bot.reports.sheet_data import SheetCriterion, SheetDocument, Translate, out_of, state_words
from bot.reports.typography import ELLIPSIS, Measure, fit, printable

WIDTH: Final = 1080
MIN_HEIGHT: Final = 1440
MARGIN: Final = 84
INNER: Final = WIDTH - 2 * MARGIN
LEADING: Final = 1.3
"""Line height over font size; only the marks of a capital such as 'Ẫ' rise above it, by less than a quarter size."""
RING: Final = 276
RING_STROKE: Final = 30
BAR_HEIGHT: Final = 18
ROW: Final = (range(94, 121), range(114, 121))
"""Heights of a row of bars, in one column and in two, where titles often take two lines; longer titles get more."""
TITLES: Final = (
    ((range(30, 25, -2), 1), (range(26, 23, -1), 2), (range(24, 21, -1), 3), (range(22, 19, -1), 5)),
    ((range(30, 25, -2), 1), (range(24, 19, -1), 2), (range(22, 19, -1), 3), (range(20, 19, -1), 6)),
)
"""Sizes and lines at which a criterion's title is tried, in one column and in two."""
LABEL_GAP: Final = 8
"""Between a label and its bar."""
ROW_GAP: Final = 12
"""Below a bar."""
GUTTER: Final = 48
"""Between two columns of bars."""
BESIDE_GAP: Final = 6
"""Between two texts beside the ring."""
FOOT_GAP: Final = 6
"""Between two texts of the small print."""
ONE_COLUMN: Final = 5
"""More criteria than this stand in two columns."""


class Weight(StrEnum):
    """The two weights of the typeface."""

    REGULAR = "regular"
    BOLD = "bold"


class Align(StrEnum):
    """Where a line stands in its box."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Ink(StrEnum):
    """What a text is coloured for."""

    ON_DARK = "on_dark"
    ACCENT = "accent"
    STANDING = "standing"
    STRONG = "strong"
    QUIET = "quiet"
    REACHED = "reached"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True, slots=True)
class TextBox:
    """Lines of text in their place; pixels from the top left corner."""

    left: int
    top: int
    width: int
    lines: tuple[str, ...]
    size: int
    weight: Weight = Weight.REGULAR
    ink: Ink = Ink.STRONG
    align: Align = Align.LEFT

    @property
    def line_height(self) -> int:
        """Height of one line."""
        return round(self.size * LEADING)

    @property
    def height(self) -> int:
        """Height of all lines."""
        return self.line_height * len(self.lines)

    @property
    def bottom(self) -> int:
        """Lower edge of the last line."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Bar:
    """How much of a criterion is reached."""

    left: int
    top: int
    width: int
    reached: Fraction


@dataclass(frozen=True, slots=True)
class Ring:
    """How much of the whole is reached, around the total."""

    left: int
    top: int
    diameter: int
    reached: Fraction


@dataclass(frozen=True, slots=True)
class CardLayout:
    """The whole card."""

    height: int
    head_bottom: int
    ribbon_bottom: int
    rules: tuple[int, ...]
    """Heights of the thin lines between the parts."""
    ring: Ring
    bars: tuple[Bar, ...]
    texts: tuple[TextBox, ...]


MeasureAt = Callable[[Weight, int], Measure]
"""Width of a line in a weight at a size."""


def lay_out(document: SheetDocument, translate: Translate, measure_at: MeasureAt) -> CardLayout:
    """Work out the card. Long texts shrink, then wrap, then end in an ellipsis; many criteria make it taller."""
    setter = Setter(measure_at)
    heading = setter.box(
        translate("report.card.heading", {"year": str(document.year)}).upper(),
        TextBox(MARGIN, 58, INNER, (), 32, Weight.BOLD, Ink.ACCENT),
        sizes=range(32, 19, -2),
    )
    title = setter.best(
        document.title,
        TextBox(MARGIN, heading.bottom + 4, INNER, (), 84, Weight.BOLD, Ink.ON_DARK),
        ((range(84, 43, -4), 2), (range(52, 35, -4), 3)),
    )
    head_bottom = title.bottom + 34
    standing = setter.box(
        translate(f"report.standing.{document.standing}", {}),
        TextBox(MARGIN // 2, head_bottom + 18, WIDTH - MARGIN, (), 40, Weight.BOLD, Ink.STANDING, Align.CENTRE),
        sizes=range(40, 21, -2),
        max_lines=2,
    )
    ribbon_bottom = standing.bottom + 18
    name = setter.best(
        document.subject_name,
        TextBox(MARGIN, ribbon_bottom + 34, INNER, (), 56, Weight.BOLD),
        ((range(56, 35, -4), 2), (range(40, 31, -4), 3)),
    )
    above = [heading, title, standing, name]
    if document.place:
        place = TextBox(MARGIN, name.bottom, INNER, (), 32, ink=Ink.QUIET)
        above.append(setter.box(document.place, place, sizes=range(32, 23, -2), max_lines=2))
    ring, result = _result(setter, document, translate, above[-1].bottom + 28)

    foot = _foot(setter, document, translate)
    foot_height = sum(box.height + FOOT_GAP for box in foot) - FOOT_GAP
    first_rule = max(ring.top + ring.diameter, *(box.bottom for box in result)) + 30
    room = MIN_HEIGHT - 48 - foot_height - 40 - (first_rule + 24)
    bars, labels, bars_bottom = _bars(setter, document.criteria, first_rule + 24, room)
    height = max(MIN_HEIGHT, bars_bottom + 40 + foot_height + 48)
    top = height - 48 - foot_height
    second_rule = top - 20
    placed = []
    for box in foot:
        placed.append(replace(box, top=top))
        top = placed[-1].bottom + FOOT_GAP
    return CardLayout(
        height=height,
        head_bottom=head_bottom,
        ribbon_bottom=ribbon_bottom,
        rules=(first_rule, second_rule),
        ring=ring,
        bars=bars,
        texts=(*above, *result, *labels, *placed),
    )


@dataclass(frozen=True, slots=True)
class Setter:
    """Sets texts into boxes with the measures of one typeface."""

    measure_at: MeasureAt

    def box(self, text: str, box: TextBox, sizes: Sequence[int], max_lines: int = 1) -> TextBox:
        """Return the box with the text fitted into its width."""
        fitted = fit(printable(text), box.width, max_lines, sizes, lambda size: self.measure_at(box.weight, size))
        return replace(box, lines=fitted.lines, size=fitted.size)

    def best(self, text: str, box: TextBox, attempts: Sequence[tuple[Sequence[int], int]]) -> TextBox:
        """Return the box of the first attempt, sizes and lines, at which nothing is cut off; else of the last one."""
        for sizes, max_lines in attempts:
            fitted = self.box(text, box, sizes, max_lines)
            if not fitted.lines[-1].endswith(ELLIPSIS):
                break
        return fitted

    def width(self, box: TextBox) -> int:
        """Width of the widest line of a box."""
        measure = self.measure_at(box.weight, box.size)
        return max(int(measure(line)) + 1 for line in box.lines)


def _result(
    setter: Setter, document: SheetDocument, translate: Translate, top: int
) -> tuple[Ring, tuple[TextBox, ...]]:
    """The total within its ring; what it means and how far the sheet has come beside it, both centred on each other."""
    outside = _beside(setter, document, translate)
    height = max(RING, _stacked_height(outside, BESIDE_GAP))
    ring = Ring(MARGIN, top + (height - RING) // 2, RING, document.reached)
    hole = ring.diameter - 2 * RING_STROKE - 36
    left = ring.left + (ring.diameter - hole) // 2
    total = setter.box(
        document.total,
        TextBox(left, 0, hole, (), 108, Weight.BOLD, align=Align.CENTRE),
        sizes=range(108, 31, -4),
    )
    inside = [total]
    if document.max_total is not None:
        of = TextBox(left, 0, hole, (), 38, Weight.BOLD, Ink.QUIET, Align.CENTRE)
        inside.append(setter.box(f"/{document.max_total}", of, sizes=range(38, 19, -2)))
    return ring, (*_centred(inside, ring, gap=-total.size // 6), *_centred(outside, ring, gap=BESIDE_GAP))


def _beside(setter: Setter, document: SheetDocument, translate: Translate) -> list[TextBox]:
    """What stands beside the ring; of a set judged by levels also what the figures in the ring count."""
    left = MARGIN + RING + 56
    beside = TextBox(left, 0, WIDTH - MARGIN - left, (), 30, ink=Ink.QUIET)
    ink = Ink.REACHED if document.is_title_reached else Ink.NOT_REACHED
    boxes = [
        setter.box(translate("report.card.result", {}), beside, sizes=range(30, 21, -2)),
        setter.best(
            document.result,
            replace(beside, weight=Weight.BOLD, ink=ink),
            ((range(56, 43, -4), 2), (range(44, 27, -4), 3), (range(32, 27, -4), 4)),
        ),
    ]
    if document.level is not None:
        boxes.append(setter.box(document.total_text, beside, sizes=range(28, 19, -2), max_lines=2))
    boxes.append(setter.box(state_words(document, translate), beside, sizes=range(28, 19, -2), max_lines=2))
    return boxes


def _stacked_height(boxes: list[TextBox], gap: int) -> int:
    return sum(box.height for box in boxes) + gap * (len(boxes) - 1)


def _centred(boxes: list[TextBox], ring: Ring, gap: int) -> list[TextBox]:
    """Stack boxes around the middle of the ring, `gap` apart; figures have no marks, so theirs may be negative."""
    top = ring.top + (ring.diameter - _stacked_height(boxes, gap)) // 2
    placed = []
    for box in boxes:
        placed.append(replace(box, top=top))
        top = placed[-1].bottom + gap
    return placed


def _bars(
    setter: Setter, criteria: tuple[SheetCriterion, ...], top: int, room: int
) -> tuple[tuple[Bar, ...], tuple[TextBox, ...], int]:
    """One bar a criterion, with its title and points above it; down the columns. Also returns where they end."""
    columns = 1 if len(criteria) <= ONE_COLUMN else 2
    rows = max(1, -(-len(criteria) // columns))
    heights = ROW[columns - 1]
    row = min(max(room // rows, heights[0]), heights[-1])
    width = (INNER - GUTTER * (columns - 1)) // columns
    labels: list[tuple[TextBox, TextBox]] = []
    needed = [row] * rows
    for position, criterion in enumerate(criteria):
        left = MARGIN + (position // rows) * (width + GUTTER)
        points = setter.box(
            out_of(criterion.points, criterion.max_points),
            TextBox(left + width - width // 3, 0, width // 3, (), 30, Weight.BOLD, Ink.STRONG, Align.RIGHT),
            sizes=range(30, 19, -2),
        )
        room_for_title = width - setter.width(points) - 24
        title = setter.best(criterion.title, TextBox(left, 0, room_for_title, (), 30), TITLES[columns - 1])
        labels.append((title, points))
        at = position % rows
        needed[at] = max(needed[at], title.height + LABEL_GAP + BAR_HEIGHT + ROW_GAP)
    bars: list[Bar] = []
    texts: list[TextBox] = []
    for position, ((title, points), criterion) in enumerate(zip(labels, criteria, strict=True)):
        bar_top = top + sum(needed[: position % rows + 1]) - BAR_HEIGHT - ROW_GAP
        texts.extend(replace(box, top=bar_top - LABEL_GAP - box.height) for box in (title, points))
        bars.append(Bar(title.left, bar_top, width, criterion.reached))
    return tuple(bars), tuple(texts), top + sum(needed)


def _foot(setter: Setter, document: SheetDocument, translate: Translate) -> list[TextBox]:
    """What the result rests on and what it is not, in small print; tops are still to be set."""
    small = TextBox(MARGIN, 0, INNER, (), 23, ink=Ink.QUIET)
    printed = [translate("report.printed_on", {"date": document.printed_on})]
    if document.check_code:
        printed.insert(0, translate("report.check_code", {"code": document.check_code}))
    return [
        setter.box(text, small, sizes=range(23, 19, -1), max_lines=lines)
        for text, lines in (
            (translate("report.issuing_document", {"document": document.issuing_document}), 2),
            (translate("report.provisional", {}), 2),
            (" · ".join(printed), 1),
        )
    ]
