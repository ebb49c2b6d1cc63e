"""The picture of a hamlet's progress: PNG, upright, as wide as a phone shows sharply."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from types import MappingProxyType
from typing import Final

from PIL import Image, ImageDraw

from bot.dialogs.screens import say
from bot.dialogs.village.facts import Progress
from bot.i18n import Translator
from bot.ports import Document, PersonRecord
from bot.reports.card import INKS, LACQUER, PAPER, RULE, SMOOTH, TRACK, Colour, drum, measure_at, write
from bot.reports.card_layout import WIDTH, Ink
from bot.reports.file_names import file_name
from bot.reports.progress_layout import Block, Curve, ProgressLayout, Shade, lay_out
from bot.reports.village_source import VillageSource
from bot.services.village.watch import progress as progress_of

# Blue, sky, orange and browns of different lightness: told apart with any kind of colour blindness, and in grey.
SHADES: Final[Mapping[Shade, Colour]] = MappingProxyType(
    {
        Shade.TRACK: TRACK,
        Shade.UNANSWERED: (150, 133, 116),
        Shade.ANSWERING: (186, 164, 130),
        Shade.HANDED_IN: (60, 150, 214),
        Shade.TO_CHECK: (214, 120, 20),
        Shade.CONFIRMED: (0, 74, 134),
        Shade.TITLED: (0, 110, 96),
        Shade.TARGET: (44, 31, 25),
    }
)
LINE: Final = 6
MARK: Final = 9
"""Half the size of a point on a line."""
LONGEST_ID: Final = 18


async def made(source: VillageSource, person: PersonRecord, of: str, words: Translator, at: datetime) -> Document:
    """Draw how far a hamlet is. `of`: its place.

    Raises: ValueError: there is no such place, or the person is no village head there.
    """
    async with source.asked_by(person, at) as asker:
        place = await asker.place(int(of)) if of.isascii() and of.isdigit() and len(of) < LONGEST_ID else None
        if place is None:
            raise ValueError(f"no progress of {of!r} for person {person.person_id}")
        progress = await progress_of(asker, place)
    today = source.today(at)
    data = await source.drawn(progress_png, progress, today, words)
    title = words.text("progress.card.file", {"place": place.name})
    caption = say("progress.card.caption", place=place.name, day=today)
    return Document(file_name(title, "png", today.isoformat()), "image/png", data, caption)


def progress_png(progress: Progress, today: date, words: Translator) -> bytes:
    """Draw the picture, 1080 pixels wide."""
    layout = lay_out(progress, today, words, measure_at)
    image = Image.new("RGB", (WIDTH * SMOOTH, layout.height * SMOOTH), PAPER)
    pen = ImageDraw.Draw(image)
    _draw_shapes(pen, layout)
    for box in layout.texts:
        write(pen, box)
    image = image.resize((WIDTH, layout.height), Image.Resampling.LANCZOS)
    result = BytesIO()
    image.save(result, "PNG", optimize=True)
    return result.getvalue()


def _draw_shapes(pen: ImageDraw.ImageDraw, layout: ProgressLayout) -> None:
    s = SMOOTH
    pen.rectangle((0, 0, WIDTH * s, layout.head_bottom * s), LACQUER)
    drum(pen, ((WIDTH - 120) * s, layout.head_bottom * s // 2), 300 * s)
    pen.rectangle((0, layout.head_bottom * s, WIDTH * s, layout.height * s), PAPER)
    for block in layout.blocks:
        _draw_block(pen, block)
    if layout.target is not None:
        left, top, bottom = layout.target
        pen.rectangle(((left - 4) * s, top * s, (left + 4) * s - 1, bottom * s), SHADES[Shade.TARGET])
    for left, right, level in layout.grid:
        pen.rectangle((left * s, level * s, right * s, level * s + 2 * s - 1), RULE)
    for curve in layout.curves:
        _draw_curve(pen, curve)


def _draw_block(pen: ImageDraw.ImageDraw, block: Block) -> None:
    s = SMOOTH
    place = (block.left * s, block.top * s, (block.left + block.width) * s - 1, (block.top + block.height) * s - 1)
    pen.rounded_rectangle(place, block.height * s / 2 if block.is_round else 0, SHADES[block.shade])


def _draw_curve(pen: ImageDraw.ImageDraw, curve: Curve) -> None:
    """Draw a line with marks of its own form, so that it is known without its colour."""
    s, colour = SMOOTH, SHADES[curve.shade]
    pen.line([(x * s, y * s) for x, y in curve.points], colour, LINE * s, joint="curve")
    r = MARK * s
    for at_x, at_y in curve.points:
        x, y = at_x * s, at_y * s
        match curve.mark:
            case "triangle":
                pen.polygon(((x, y - r - 4), (x + r + 2, y + r), (x - r - 2, y + r)), colour, INKS[Ink.ON_DARK], s)
            case "square":
                pen.rectangle((x - r, y - r, x + r, y + r), colour, INKS[Ink.ON_DARK], s)
            case _:
                pen.ellipse((x - r, y - r, x + r, y + r), colour, INKS[Ink.ON_DARK], s)
