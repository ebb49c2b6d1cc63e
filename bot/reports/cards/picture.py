"""One card as a picture to forward in a chat: PNG, as wide as the card of a result."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

from bot.reports.card import LACQUER, PAPER, SMOOTH, drum, measure_at, write
from bot.reports.card_layout import INNER, MARGIN, WIDTH, Align, Ink, Setter, TextBox, Weight
from bot.reports.cards.content import CardContent
from bot.reports.cards.qr import QUIET, matrix, strips

QR: Final = 660
"""About how wide the QR is with its light rim; each dot is a whole number of pixels."""
GAP: Final = 26
WHITE: Final = (255, 255, 255)
BLACK: Final = (0, 0, 0)


def card_png(card: CardContent) -> bytes:
    """Draw a card, 1080 pixels wide and as high as its texts need."""
    setter = Setter(measure_at)
    dots = matrix(card.qr)
    dot = QR // (len(dots) + 2 * QUIET)
    side = dot * (len(dots) + 2 * QUIET)
    head, head_bottom = _head(setter, card)
    qr_top = head_bottom + 44
    foot, bottom = _foot(setter, card, qr_top + side + GAP)
    height = bottom + 56
    image = Image.new("RGB", (WIDTH * SMOOTH, height * SMOOTH), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH * SMOOTH, head_bottom * SMOOTH), LACQUER)
    drum(pen, ((WIDTH - 120) * SMOOTH, head_bottom * SMOOTH // 2), 300 * SMOOTH)
    pen.rectangle((0, head_bottom * SMOOTH, WIDTH * SMOOTH, height * SMOOTH), PAPER)
    for box in (*head, *foot):
        write(pen, box)
    image = image.resize((WIDTH, height), Image.Resampling.LANCZOS)
    # Drawn last and at its own size, so that no dot is blurred.
    pen, left = ImageDraw.Draw(image), (WIDTH - side) // 2
    pen.rectangle((left, qr_top, left + side - 1, qr_top + side - 1), WHITE)
    for column, row, length in strips(dots):
        x, y = left + (column + QUIET) * dot, qr_top + (row + QUIET) * dot
        pen.rectangle((x, y, x + length * dot - 1, y + dot - 1), BLACK)
    result = BytesIO()
    image.save(result, "PNG", optimize=True)
    return result.getvalue()


def _head(setter: Setter, card: CardContent) -> tuple[tuple[TextBox, ...], int]:
    """What it is and whose, on the dark ground; and where that ends."""
    heading = setter.box(
        card.heading, TextBox(MARGIN, 52, INNER, (), 34, Weight.BOLD, Ink.ACCENT), sizes=range(34, 23, -2)
    )
    name = setter.best(
        card.name,
        TextBox(MARGIN, heading.bottom + 6, INNER, (), 72, Weight.BOLD, Ink.ON_DARK),
        ((range(72, 43, -4), 2), (range(52, 35, -4), 3)),
    )
    place = setter.box(
        card.place, TextBox(MARGIN, name.bottom + 4, INNER, (), 36, ink=Ink.ON_DARK), sizes=range(36, 25, -2),
        max_lines=2,
    )  # fmt: skip
    return (heading, name, place), place.bottom + 36


def _foot(setter: Setter, card: CardContent, top: int) -> tuple[tuple[TextBox, ...], int]:
    """The code and how it is used; and where that ends."""
    code = setter.box(
        card.code,
        TextBox(MARGIN, top, INNER, (), 84, Weight.BOLD, align=Align.CENTRE),
        sizes=range(84, 47, -4),
    )
    boxes = [code]
    for text in card.how:
        line = TextBox(MARGIN, boxes[-1].bottom + 10, INNER, (), 36, align=Align.CENTRE)
        boxes.append(setter.box(text, line, sizes=range(36, 27, -2), max_lines=2))
    note = TextBox(MARGIN, boxes[-1].bottom + 14, INNER, (), 30, ink=Ink.QUIET, align=Align.CENTRE)
    boxes.append(setter.box(card.note, note, sizes=range(30, 23, -2), max_lines=2))
    return tuple(boxes), boxes[-1].bottom
