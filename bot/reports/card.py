"""The picture card of a score sheet: PNG, upright, made to be shared in a village's chat group."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from io import BytesIO
from math import cos, pi, sin
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from bot.reports.card_layout import (
    BAR_HEIGHT,
    MARGIN,
    RING_STROKE,
    WIDTH,
    Align,
    CardLayout,
    Ink,
    TextBox,
    Weight,
    lay_out,
)
from bot.reports.fonts import BOLD, REGULAR
from bot.reports.sheet_data import SheetDocument, Translate
from bot.reports.typography import Measure
from bot.scoring.model import Standing

Colour = tuple[int, int, int]
Point = tuple[float, float]

LACQUER: Final[Colour] = (118, 27, 33)
LACQUER_LIGHT: Final[Colour] = (136, 42, 45)
GOLD: Final[Colour] = (233, 182, 82)
PAPER: Final[Colour] = (253, 248, 238)
TRACK: Final[Colour] = (238, 226, 206)
RULE: Final[Colour] = (226, 211, 187)
BRONZE: Final[Colour] = (190, 116, 40)
LEAF: Final[Colour] = (38, 104, 74)
INKS: Final[dict[Ink, Colour]] = {
    Ink.ON_DARK: (255, 250, 240),
    Ink.ACCENT: GOLD,
    Ink.STRONG: (44, 31, 25),
    Ink.QUIET: (107, 88, 74),
    Ink.REACHED: LEAF,
    Ink.NOT_REACHED: LACQUER,
}
RIBBONS: Final[dict[Standing, tuple[Colour, Colour]]] = {
    Standing.SAMPLE: (GOLD, (58, 30, 12)),
    Standing.LOCAL: ((28, 92, 104), (255, 250, 240)),
    Standing.OFFICIAL: (LEAF, (255, 250, 240)),
}
"""standing -> ground and letters of the band that names it."""
BASELINE: Final = 0.99
"""From the top of a line to its baseline, over the font size."""
SMOOTH: Final = 2
"""Everything is drawn this much larger and scaled down, for smooth edges and even spacing."""


def card_png(document: SheetDocument, translate: Translate) -> bytes:
    """Draw the card of a sheet, 1080 pixels wide and 1440 or more high."""
    layout = lay_out(document, translate, measure_at)
    image = Image.new("RGB", (WIDTH * SMOOTH, layout.height * SMOOTH), PAPER)
    pen = ImageDraw.Draw(image)
    _draw_shapes(pen, layout, document.standing)
    for box in layout.texts:
        write(pen, box, document.standing)
    image = image.resize((WIDTH, layout.height), Image.Resampling.LANCZOS)
    result = BytesIO()
    image.save(result, "PNG", optimize=True)
    return result.getvalue()


def measure_at(weight: Weight, size: int) -> Measure:
    """Measure lines in the card's typeface."""
    font = _font(weight, size)
    return lambda text: font.getlength(text) / SMOOTH


@cache
def _font(weight: Weight, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(BOLD if weight is Weight.BOLD else REGULAR, size * SMOOTH)


def write(pen: ImageDraw.ImageDraw, box: TextBox, standing: Standing = Standing.SAMPLE) -> None:
    """Write the lines of a box."""
    colour = RIBBONS[standing][1] if box.ink is Ink.STANDING else INKS[box.ink]
    font = _font(box.weight, box.size)
    for number, line in enumerate(box.lines):
        match box.align:
            case Align.LEFT:
                x, side = box.left, "l"
            case Align.CENTRE:
                x, side = box.left + box.width // 2, "m"
            case Align.RIGHT:
                x, side = box.left + box.width, "r"
        y = box.top + number * box.line_height + round(box.size * BASELINE)
        pen.text((x * SMOOTH, y * SMOOTH), line, colour, font, anchor=f"{side}s")


def _draw_shapes(pen: ImageDraw.ImageDraw, layout: CardLayout, standing: Standing) -> None:
    """Draw everything but the letters."""
    s = SMOOTH
    pen.rectangle((0, 0, WIDTH * s, layout.head_bottom * s), LACQUER)
    drum(pen, ((WIDTH - 120) * s, layout.head_bottom * s // 2), 300 * s)
    pen.rectangle((0, layout.head_bottom * s, WIDTH * s, layout.height * s), PAPER)
    pen.rectangle((0, layout.head_bottom * s, WIDTH * s, layout.ribbon_bottom * s), RIBBONS[standing][0])
    for top in layout.rules:
        pen.rectangle((MARGIN * s, top * s, (WIDTH - MARGIN) * s, top * s + 2 * s - 1), RULE)
    ring = layout.ring
    middle = ((ring.left + ring.diameter / 2) * s, (ring.top + ring.diameter / 2) * s)
    for part, colour in _strokes(ring.reached):
        _arc(pen, middle, ring.diameter * s / 2, RING_STROKE * s, part, colour)
    for bar in layout.bars:
        for part, colour in _strokes(bar.reached):
            length = max(BAR_HEIGHT, bar.width * part)
            place = (bar.left * s, bar.top * s, (bar.left + length) * s - 1, (bar.top + BAR_HEIGHT) * s - 1)
            pen.rounded_rectangle(place, BAR_HEIGHT * s / 2, colour)


def _strokes(reached: Fraction) -> list[tuple[float, Colour]]:
    """The empty track, and over it what is reached; nothing over it when nothing is."""
    if reached <= 0:
        return [(1.0, TRACK)]
    return [(1.0, TRACK), (1.0, LEAF) if reached >= 1 else (float(reached), BRONZE)]


def _arc(pen: ImageDraw.ImageDraw, middle: Point, radius: float, stroke: int, part: float, colour: Colour) -> None:
    """Draw a part of a ring with round ends, clockwise from the top."""
    x, y = middle
    pen.arc((x - radius, y - radius, x + radius, y + radius), -90, -90 + 360 * part, colour, stroke)
    if part < 1:
        path = radius - stroke / 2
        for angle in (-pi / 2, -pi / 2 + 2 * pi * part):
            cx, cy, r = x + path * cos(angle), y + path * sin(angle), stroke / 2 - 1
            pen.ellipse((cx - r, cy - r, cx + r, cy + r), colour)


def drum(pen: ImageDraw.ImageDraw, middle: Point, radius: float) -> None:
    """Draw the face of a bronze drum, faint: the fourteen-pointed star within rings of strokes and dots."""
    x, y = middle

    def at(distance: float, turn: float) -> Point:
        return x + distance * radius * cos(2 * pi * turn), y + distance * radius * sin(2 * pi * turn)

    for distance, width in ((1.0, 5), (0.9, 3), (0.72, 3), (0.56, 3), (0.52, 3), (0.4, 4)):
        r = distance * radius
        pen.ellipse((x - r, y - r, x + r, y + r), outline=LACQUER_LIGHT, width=width * SMOOTH)
    for stroke in range(112):
        pen.line((at(0.915, stroke / 112), at(0.985, stroke / 112)), LACQUER_LIGHT, 3 * SMOOTH)
    for dot in range(42):
        cx, cy = at(0.81, dot / 42)
        for r, filled in ((0.045 * radius, False), (0.014 * radius, True)):
            place = (cx - r, cy - r, cx + r, cy + r)
            pen.ellipse(place, LACQUER_LIGHT if filled else None, LACQUER_LIGHT, 2 * SMOOTH)
    for tooth in range(84):
        pen.polygon((at(0.575, tooth / 84), at(0.7, (tooth + 0.5) / 84), at(0.575, (tooth + 0.7) / 84)), LACQUER_LIGHT)
    points = [at(0.37 if corner % 2 == 0 else 0.13, corner / 28) for corner in range(28)]
    pen.polygon(points, LACQUER_LIGHT)
