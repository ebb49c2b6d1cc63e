"""Drawing sheets for a re-check, so that anybody can draw the same ones again with paper and a calculator.

The numbers are those of Park and Miller's "minimal standard" generator (Communications of the ACM 36/7, 1993):

    x(0) = seed;  x(n) = 48271 * x(n-1) mod 2147483647

The first ten are left out, because small seeds begin alike. Then the sheets, sorted by their number, are drawn from a
hat: of N that are still in it, the one at place x mod N (counted from 0) comes out, and the last one in the hat takes
its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

MULTIPLIER: Final = 48_271
MODULUS: Final = 2_147_483_647
LEFT_OUT: Final = 10


def draw_sample(sheets: Sequence[int], size: int, seed: int) -> tuple[int, ...]:
    """Draw sheets.

    Args:
        sheets: numbers (ids) of the sheets, in any order, each once.
        size: how many are wanted; all of them where there are fewer.
        seed: above 0; the same one draws the same sheets.
    Returns: the drawn sheets, sorted.
    """
    hat = sorted(sheets)
    numbers = _numbers(seed)
    drawn = []
    for _ in range(min(max(size, 0), len(hat))):
        at = next(numbers) % len(hat)
        drawn.append(hat[at])
        hat[at] = hat[-1]
        hat.pop()
    return tuple(sorted(drawn))


def share_of(percent: int, of: int) -> int:
    """How many sheets some percent are: rounded up, so that there is always one where there are any."""
    return -(-percent * of // 100)


def _numbers(seed: int) -> Iterator[int]:
    number = seed % MODULUS or 1
    for count in range(LEFT_OUT + MODULUS):
        number = number * MULTIPLIER % MODULUS
        if count >= LEFT_OUT:
            yield number
