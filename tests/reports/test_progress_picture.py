"""The picture of a hamlet's progress holds every number, however long the names, and draws what is counted."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.dialogs.village.facts import HouseholdState, Progress, Week
from bot.i18n import translator
from bot.reports.card import SMOOTH, TRACK, measure_at
from bot.reports.card_layout import INNER, MARGIN, WIDTH, TextBox
from bot.reports.progress_layout import BAR, SMALLEST, ProgressLayout, Shade, lay_out
from bot.reports.progress_picture import SHADES, progress_png
from bot.scoring.model import Text

TODAY = date(2026, 11, 22)
NAMES = st.text(st.sampled_from("ẪỆắừgyQWMi.’ -đ🌸"), min_size=1, max_size=160)
COUNTS = st.integers(0, 400)


def progress(
    counts: tuple[int, int, int, int, int] = (20, 16, 20, 4, 60),
    place: str = "Thôn Mẫu 1",
    target: int | None = 70,
    titles: tuple[int, int] = (70, 14),
    growth: float = 1.0,
) -> Progress:
    states = dict(zip(HouseholdState, counts, strict=True))
    handed_in = sum(counts[2:])
    weeks = tuple(
        Week(
            TODAY - timedelta(days=7 * (11 - week)),
            *(round(total * min(1.0, growth * week / 11)) for total in (sum(counts[1:]), handed_in, counts[4])),
        )
        for week in range(12)
    )
    return Progress(
        states,
        {"good": titles[0], "": titles[1]},
        weeks,
        target,
        place=place,
        year=2026,
        handed_in=handed_in,
        title_names=(("good", Text("Gia đình học tập")),),
    )


def laid_out(of: Progress, locale: str = "vi") -> ProgressLayout:
    return lay_out(of, TODAY, translator(locale), measure_at)


def texts(layout: ProgressLayout) -> list[str]:
    return [" ".join(box.lines) for box in layout.texts]


def overlaps(one: TextBox, other: TextBox) -> bool:
    if one.left + one.width <= other.left or other.left + other.width <= one.left:
        return False
    slack = max(one.size, other.size) // 4
    return one.top + slack < other.bottom and other.top + slack < one.bottom


def check(layout: ProgressLayout) -> None:
    for box in layout.texts:
        measure = measure_at(box.weight, box.size)
        assert box.size >= SMALLEST
        assert box.left >= MARGIN
        assert box.left + box.width <= WIDTH - MARGIN
        assert box.top >= 0
        assert box.bottom <= layout.height - 20
        assert all(measure(line) <= box.width for line in box.lines), box
    boxes = layout.texts
    assert [(a.lines, b.lines) for i, a in enumerate(boxes) for b in boxes[i + 1 :] if overlaps(a, b)] == []
    for block in layout.blocks:
        assert block.left == MARGIN
        assert BAR <= block.width <= INNER
    for curve in layout.curves:
        assert all(MARGIN <= x <= WIDTH - MARGIN for x, _ in curve.points)


def test_every_number_of_a_hamlet_is_on_the_picture() -> None:
    said = texts(laid_out(progress()))
    assert said[:9] == [
        "TIẾN ĐỘ NĂM 2026", "Thôn Mẫu 1", "Đến ngày 22/11/2026 · 120 hộ trong danh sách",
        "100", "hộ đã trả lời", "84", "hộ đã nộp", "60", "hộ đã xác nhận",
    ]  # fmt: skip
    for label, count in (("Chưa trả lời", "20"), ("Đang làm", "16"), ("Chờ bình xét", "20"), ("Cần xem lại", "4")):
        assert said[said.index(label) + 1] == count
    assert said[said.index("Đạt danh hiệu (tạm tính)") + 1] == "70"
    assert "Vạch đậm: chỉ tiêu 70% số hộ, tức 84 hộ" in said
    assert "Phiếu đã nộp chưa đạt danh hiệu: 14" in said
    assert said[-5:] == ["100 trả lời", "84 đã nộp", "60 xác nhận", "06/09", "22/11"]


def test_the_line_of_the_target_stands_where_so_many_households_would_end() -> None:
    assert laid_out(progress(target=None)).target is None
    layout = laid_out(progress(target=50))
    assert layout.target is not None
    assert layout.target[0] == MARGIN + INNER // 2
    full = laid_out(progress(target=100)).target
    assert full is not None
    assert full[0] == MARGIN + INNER


def test_bars_are_as_long_as_their_counts() -> None:
    blocks = {block.shade: block for block in laid_out(progress()).blocks}
    assert blocks[Shade.CONFIRMED].width == INNER // 2
    assert blocks[Shade.HANDED_IN].width == INNER * 20 // 120
    nobody = laid_out(progress((120, 0, 0, 0, 0), titles=(0, 0)))
    assert {block.shade for block in nobody.blocks} == {Shade.TRACK, Shade.UNANSWERED}


def test_weeks_rise_from_left_to_right() -> None:
    layout = laid_out(progress())
    assert [curve.mark for curve in layout.curves] == ["triangle", "square", "dot"]
    for curve in layout.curves:
        assert len(curve.points) == 12
        assert [y for _, y in curve.points] == sorted((y for _, y in curve.points), reverse=True)
        assert curve.points[0][1] == layout.grid[0][2]


@pytest.mark.parametrize("locale", ["vi", "en"])
def test_the_bars_are_drawn_in_their_colours(locale: str) -> None:
    of = progress()
    with Image.open(BytesIO(progress_png(of, TODAY, translator(locale)))) as image:
        assert image.format == "PNG"
        assert image.width == WIDTH
        pixels = image.convert("RGB")
    for block in laid_out(of, locale).blocks:
        if block.shade is not Shade.TRACK:
            middle = block.top + block.height // 2
            assert pixels.getpixel((block.left + block.width // 2, middle)) == SHADES[block.shade]
            if block.width < INNER - BAR and block.shade is not Shade.TITLED:
                assert pixels.getpixel((MARGIN + INNER - BAR, middle)) == TRACK


def test_shades_differ_in_grey() -> None:
    """Whoever sees no colours still tells the three lines apart, and every bar from its track."""

    def grey(shade: Shade) -> float:
        red, green, blue = SHADES[shade]
        return 0.299 * red + 0.587 * green + 0.114 * blue

    bars = (Shade.UNANSWERED, Shade.ANSWERING, Shade.HANDED_IN, Shade.TO_CHECK, Shade.CONFIRMED, Shade.TITLED)
    assert all(grey(Shade.TRACK) - grey(each) > 50 for each in bars)
    assert abs(grey(Shade.CONFIRMED) - grey(Shade.HANDED_IN)) > 50
    assert SMOOTH >= 2


@given(
    NAMES,
    st.tuples(COUNTS, COUNTS, COUNTS, COUNTS, COUNTS).filter(any),
    st.none() | st.integers(1, 100),
    st.floats(0.2, 20),
    st.sampled_from(["vi", "en"]),
)
@settings(max_examples=60, deadline=None)
def test_no_text_ever_leaves_its_place(
    place: str, counts: tuple[int, int, int, int, int], target: int | None, growth: float, locale: str
) -> None:
    handed_in = sum(counts[2:])
    check(laid_out(progress(counts, place, target, (handed_in // 2, handed_in - handed_in // 2), growth), locale))
