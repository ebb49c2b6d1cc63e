"""Make the two shipped font files from the original ones: `python -m bot.reports.fonts.build REGULAR.ttf BOLD.ttf`.

Adds the letters that names of the Central Highlands need and Be Vietnam Pro lacks, then keeps only what is printed.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from bot.reports.fonts import BOLD, REGULAR, STACKED_LETTERS

KEPT: Final = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x250),
    *range(0x1E00, 0x1F00),
    *range(0x2010, 0x2028),
    *(0x202F, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044, 0x20AB, 0x20AC, 0x2116, 0x2122, 0x2212, 0x2248, 0x2260),
    *(0x2264, 0x2265),
    *range(0xE000, 0xE008),
)
"""Latin with Vietnamese and the rest of Europe, common punctuation and signs, and the stacked letters."""

BREVE_LETTERS: Final = {"Ĕ": "E", "ĕ": "e", "Ĭ": "I", "ĭ": "ı", "Ŏ": "O", "ŏ": "o", "Ŭ": "U", "ŭ": "u"}
BAR_LETTERS: Final = {"Ƀ": ("B", "Đ"), "ƀ": ("b", "đ")}
"""letter -> the letter below the bar and the one whose bar gives thickness and height."""
CENTRED_LIKE: Final = {"Ơ": "O", "ơ": "o", "Ư": "U", "ư": "u"}
"""A horn does not move the middle of its letter."""
GAP: Final = 22
"""Font units between a circumflex and the breve above it."""


def add_breve(font: TTFont, letter: int, base: str) -> None:
    """Add `letter`: the glyph of `base` with the font's own breve centred above it."""
    glyphs, cmap = font["glyf"], font.getBestCmap()
    below, breve = glyphs[cmap[ord(CENTRED_LIKE.get(base, base))]], glyphs["uni0306"]
    if base in "ÊêÔô":
        lift = below.yMax + GAP - breve.yMin
    else:
        lift = glyphs["Abreve"].yMax - breve.yMax if base.isupper() else 0
    shift = (below.xMin + below.xMax - breve.xMin - breve.xMax) // 2
    add_composite(font, letter, cmap[ord(base)], "uni0306", (shift, lift))


def add_bar(font: TTFont, letter: int, base: str, barred: str) -> None:
    """Add `letter`: the glyph of `base` with a bar through its stem, as thick and high as that of `barred`."""
    glyphs, cmap = font["glyf"], font.getBestCmap()
    model, plain = glyphs[cmap[ord(barred)]], glyphs[cmap[ord(base)]]
    tip = (min if barred.isupper() else max)(x for x, _ in model.coordinates)
    edges = sorted(y for x, y in model.coordinates if x == tip)
    left, right = plain.xMin - 75, plain.xMin + 275
    pen = TTGlyphPen(None)
    pen.moveTo((left, edges[0]))
    for point in ((left, edges[-1]), (right, edges[-1]), (right, edges[0])):
        pen.lineTo(point)
    pen.closePath()
    name = f"bar.{cmap[ord(base)]}"
    add_glyph(font, name, pen, width=0)
    add_composite(font, letter, cmap[ord(base)], name, (0, 0))


def add_composite(font: TTFont, letter: int, base: str, mark: str, offset: tuple[int, int]) -> None:
    """Put glyph `mark` on glyph `base`, as wide as `base`, under a code point."""
    pen = TTGlyphPen(font.getGlyphSet())
    pen.addComponent(base, (1, 0, 0, 1, 0, 0))
    pen.addComponent(mark, (1, 0, 0, 1, *offset))
    name = f"uni{letter:04X}"
    add_glyph(font, name, pen, width=font["hmtx"][base][0])
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[letter] = name


def add_glyph(font: TTFont, name: str, pen: TTGlyphPen, width: int) -> None:
    """Add what was drawn as a new glyph."""
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    glyph = pen.glyph()
    font["glyf"][name] = glyph
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (width, glyph.xMin)


def build(source: Path, target: Path) -> None:
    """Write the shipped form of one weight."""
    font = TTFont(source, recalcTimestamp=False)
    for letter, base in BREVE_LETTERS.items():
        add_breve(font, ord(letter), base)
    for stacked, private in STACKED_LETTERS.items():
        add_breve(font, ord(private), stacked[0])
    for letter, (base, barred) in BAR_LETTERS.items():
        add_bar(font, ord(letter), base, barred)
    options = Options(hinting=False, layout_features=["kern"], name_IDs=["*"])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=KEPT)
    subsetter.subset(font)
    font.save(target)


if __name__ == "__main__":
    for source_path, target_path in zip(sys.argv[1:3], (REGULAR, BOLD), strict=True):
        build(Path(source_path), target_path)
