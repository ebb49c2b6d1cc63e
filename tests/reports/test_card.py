"""The picture card holds every text, however long, and draws what the sheet says."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from bot.reports.card import BRONZE, LEAF, RIBBONS, TRACK, card_png, measure_at
from bot.reports.card_layout import BAR_HEIGHT, MIN_HEIGHT, WIDTH, CardLayout, TextBox, lay_out
from bot.reports.sheet_data import SheetCriterion, SheetDocument
from bot.scoring.model import Standing
from tests.reports.sheets import FAMILY, FAMILY_IN_ENGLISH, english, vietnamese

NAMES = st.text(st.sampled_from("ẪỆắừgyQWMi.’ -đƀ\u0302\u0306🌸"), min_size=1, max_size=160)


def opened(png: bytes) -> Image.Image:
    with Image.open(BytesIO(png)) as image:
        assert image.format == "PNG"
        return image.convert("RGB")


def box_of(layout: CardLayout, text: str) -> TextBox:
    (found,) = (box for box in layout.texts if " ".join(box.lines) == text)
    return found


def overlaps(one: TextBox, other: TextBox) -> bool:
    """Whether the areas used by two texts meet; a line's room for marks may be shared by figures in the ring."""
    if one.left + one.width <= other.left or other.left + other.width <= one.left:
        return False
    slack = max(one.size, other.size) // 5
    return one.top + slack < other.bottom and other.top + slack < one.bottom


def check(layout: CardLayout) -> None:
    assert layout.height >= MIN_HEIGHT
    for box in layout.texts:
        measure = measure_at(box.weight, box.size)
        assert box.left >= 40
        assert box.left + box.width <= WIDTH - 40
        assert box.top >= 0
        assert box.bottom <= layout.height - 40
        assert all(measure(line) <= box.width for line in box.lines), box
    for bar in layout.bars:
        assert bar.left >= 80
        assert bar.left + bar.width <= WIDTH - 80
        assert bar.top + BAR_HEIGHT <= layout.rules[1]
        assert not [b for b in layout.texts if b.top < bar.top < b.bottom and b.left < bar.left + 1 < b.left + b.width]
    boxes = layout.texts
    meeting = [(a.lines, b.lines) for i, a in enumerate(boxes) for b in boxes[i + 1 :] if overlaps(a, b)]
    # A criterion's title and its points share a row and are kept apart by their measured widths.
    assert [pair for pair in meeting if "/" not in pair[1][0]] == []


@pytest.mark.parametrize(
    ("document", "translate"), [(FAMILY, vietnamese), (FAMILY_IN_ENGLISH, english)], ids=["vi", "en"]
)
def test_a_realistic_card_keeps_every_word(document: SheetDocument, translate: object) -> None:
    words = vietnamese if translate is vietnamese else english
    layout = lay_out(document, words, measure_at)
    check(layout)
    shown = [" ".join(box.lines) for box in layout.texts]
    assert document.subject_name in shown
    assert document.place in shown
    assert document.title in shown
    assert document.result in shown
    assert document.total in shown
    assert f"/{document.max_total}" in shown
    assert words(f"report.standing.{document.standing}", {}) in shown
    for criterion in document.criteria:
        assert criterion.title in shown
        assert f"{criterion.points}/{criterion.max_points}" in shown
    assert any(str(document.year) in text for text in shown)
    assert not any("…" in text for text in shown)


@settings(max_examples=40, deadline=None)
@given(NAMES, NAMES, NAMES, NAMES, st.integers(0, 24), st.sampled_from(Standing))
def test_no_text_ever_leaves_its_place(
    name: str, place: str, title: str, result: str, criteria: int, standing: Standing
) -> None:
    document = replace(
        FAMILY,
        subject_name=name,
        place=place,
        title=title,
        result=result,
        issuing_document=place + name,
        standing=standing,
        criteria=tuple(replace(FAMILY.criteria[i % 4], title=place if i % 3 else title) for i in range(criteria)),
    )
    check(lay_out(document, vietnamese, measure_at))


@given(st.fractions(0, 1000), st.integers(1, 10000))
@settings(max_examples=25, deadline=None)
def test_no_total_leaves_the_ring(total: Fraction, of: int) -> None:
    layout = lay_out(replace(FAMILY, total=f"{float(total):.4f}", max_total=str(of)), vietnamese, measure_at)
    check(layout)
    ring = layout.ring
    for box in layout.texts:
        if box.lines[0] in (f"{float(total):.4f}", f"/{of}"):
            assert ring.left < box.left
            assert box.left + box.width < ring.left + ring.diameter
            assert ring.top < box.top
            assert box.bottom < ring.top + ring.diameter


def test_the_picture_has_its_size_and_is_not_blank() -> None:
    image = opened(card_png(FAMILY, vietnamese))
    assert image.size == (1080, 1440)
    colours = image.getcolors(1_000_000)
    assert colours is not None
    assert len(colours) > 200


@pytest.mark.parametrize("standing", Standing)
def test_the_standing_fills_a_band_of_its_own_colour(standing: Standing) -> None:
    document = replace(FAMILY, standing=standing)
    layout = lay_out(document, vietnamese, measure_at)
    image = opened(card_png(document, vietnamese))
    ground, letters = RIBBONS[standing]
    middle = (layout.head_bottom + layout.ribbon_bottom) // 2
    assert image.getpixel((10, middle)) == ground
    assert image.getpixel((WIDTH - 10, middle)) == ground
    band = image.crop((0, layout.head_bottom + 2, WIDTH, layout.ribbon_bottom - 2)).getcolors(100_000)
    assert band is not None
    assert sum(count for count, colour in band if colour == letters) > 500
    assert len({RIBBONS[s][0] for s in Standing}) == 3


def test_bars_are_as_long_as_the_points() -> None:
    layout = lay_out(FAMILY, vietnamese, measure_at)
    image = opened(card_png(FAMILY, vietnamese))
    for criterion, bar in zip(FAMILY.criteria, layout.bars, strict=True):
        middle = bar.top + BAR_HEIGHT // 2
        end = bar.left + round(bar.width * criterion.reached)
        fill = LEAF if criterion.reached == 1 else BRONZE
        assert image.getpixel((bar.left + 12, middle)) == fill
        assert image.getpixel((end - 12, middle)) == fill
        if criterion.reached < 1:
            assert image.getpixel((end + 6, middle)) == TRACK


def test_nothing_reached_draws_an_empty_bar_and_ring() -> None:
    nothing = replace(
        FAMILY, reached=Fraction(0), criteria=(SheetCriterion("1", "Việc học", "0", "30", Fraction(0), ()),)
    )
    layout = lay_out(nothing, vietnamese, measure_at)
    image = opened(card_png(nothing, vietnamese))
    assert image.getpixel((layout.bars[0].left + 12, layout.bars[0].top + 9)) == TRACK
    assert image.getpixel((layout.ring.left + layout.ring.diameter // 2, layout.ring.top + 15)) == TRACK


def test_a_name_is_drawn_in_its_box_and_nowhere_else() -> None:
    """Only the marks of capitals rise above their line, into the gap before it; sideways a letter may lean out."""
    one, other = replace(FAMILY, subject_name="ẪẬỆgỹ ỰỘ"), replace(FAMILY, subject_name="oooooooo")
    box = box_of(lay_out(one, vietnamese, measure_at), "ẪẬỆgỹ ỰỘ")
    changed = ImageChops.difference(opened(card_png(one, vietnamese)), opened(card_png(other, vietnamese))).getbbox()
    assert changed is not None
    left, top, right, bottom = changed
    assert box.left - 3 <= left
    assert right <= box.left + box.width
    assert box.top - box.size / 4 <= top
    assert bottom <= box.bottom


def test_a_draft_says_so() -> None:
    shown = [" ".join(box.lines) for box in lay_out(FAMILY_IN_ENGLISH, english, measure_at).texts]
    assert "Draft, not handed in yet" in shown


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert card_png(FAMILY, vietnamese) == card_png(FAMILY, vietnamese)
