"""The line of every key, whatever way of writing TOML a file uses."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import pytest
from hypothesis import given

from bot.scoring.dump import dump
from bot.scoring.model import CriteriaSet
from bot.scoring.toml_lines import LineIndex, Path
from tests.scoring.strategies import ANY, criteria_sets

NASTY = '''\
# [no] header = "here"
title = "a # no comment, [[no.header]] = 1"
"quoted key".'other one' = 1979-05-27 07:32:00
text = """
[not.a.table]
key = "no key" \\"""
""""" # two quotes before the end
literal = \'\'\'
[[neither]]
x = 1 \'\'\'
list = [ # comment ] with bracket
    "a]", # another, comment
    { b = [1, 2], "c.d" = "}" }, [[3], []],
]

[table] # [[x]]
dotted.key.here = { inner = 1, "é" = \'\' }
empty = ""
  [[table.rows]]
  a = 1
    [[table.rows.cells]]
    b = 2
    [[table.rows.cells]]
    [table.rows.cells.more]
    c = 3
  [[table.rows]]
    [[table.rows.cells]]
    d = 4
[ spaced . "out" ]
e = 5'''


def paths_of(value: object, path: Path = ()) -> Iterator[Path]:
    """Every path of what tomllib read."""
    if path:
        yield path
    items: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    for key, inside in items:
        yield from paths_of(inside, (*path, key))


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("quoted key",), 3),
        (("quoted key", "other one"), 3),
        (("text",), 4),
        (("literal",), 8),
        (("list",), 11),
        (("list", 0), 12),
        (("list", 1, "b", 1), 13),
        (("list", 1, "c.d"), 13),
        (("list", 2, 0, 0), 13),
        (("table", "dotted", "key", "here", "inner"), 17),
        (("table", "dotted", "key", "here", "é"), 17),
        (("table", "empty"), 18),
        (("table", "rows"), 19),
        (("table", "rows", 0, "cells", 0, "b"), 22),
        (("table", "rows", 0, "cells", 1, "more", "c"), 25),
        (("table", "rows", 1, "cells", 0, "d"), 28),
        (("spaced", "out", "e"), 30),
    ],
)
def test_each_way_of_writing_has_its_line(path: Path, line: int) -> None:
    assert LineIndex(NASTY).line_of(path) == line


def test_what_is_missing_is_looked_for_where_it_belongs() -> None:
    index = LineIndex(NASTY)

    assert index.line_of(("table", "rows", 1, "a")) == 26
    assert index.line_of(("nowhere",)) == 1


def test_every_path_tomllib_reads_is_found_in_a_nasty_file() -> None:
    assert set(paths_of(tomllib.loads(NASTY))) <= LineIndex(NASTY).paths


@given(criteria_sets(max_indicators=3, wording=ANY))
def test_the_paths_are_those_tomllib_reads(criteria: CriteriaSet) -> None:
    source = dump(criteria)

    assert set(paths_of(tomllib.loads(source))) == LineIndex(source).paths
