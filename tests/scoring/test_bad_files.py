"""One file per way to be wrong: each is refused with its code and line, and nothing else is said of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.scoring.model import CriteriaSet
from bot.scoring.parser import parse
from bot.scoring.problem import SENTENCES

HERE = Path(__file__).parent
BAD_FILES = sorted((HERE / "bad").glob("*.toml"))
GOOD_FILES = sorted((HERE / "good").glob("*.toml"))


def expected_of(file: Path) -> tuple[str, int]:
    """The code and line that a bad file announces in its first line: '# criteria.bad_id, line 36'."""
    code, line = file.read_bytes().split(b"\n", 1)[0].decode().removeprefix("# ").split(", line ")
    return code, int(line)


@pytest.mark.parametrize("file", BAD_FILES, ids=lambda file: file.stem)
def test_the_one_mistake_is_found_on_its_line(file: Path) -> None:
    result = parse(file.read_bytes(), file.name)

    assert not isinstance(result, CriteriaSet)
    assert [(problem.code, problem.line) for problem in result] == [expected_of(file)]


@pytest.mark.parametrize("file", BAD_FILES, ids=lambda file: file.stem)
def test_the_sentence_says_where_and_leaves_no_blank(file: Path) -> None:
    result = parse(file.read_bytes(), file.name)

    assert not isinstance(result, CriteriaSet)
    sentence = result[0].sentence()
    assert sentence.startswith(f"{file.name}, line {expected_of(file)[1]}: ")
    assert sentence.endswith(".")
    assert "%(" not in sentence
    assert "None" not in sentence


def test_every_code_has_a_bad_file() -> None:
    assert {expected_of(file)[0] for file in BAD_FILES} == set(SENTENCES)


@pytest.mark.parametrize("file", GOOD_FILES, ids=lambda file: file.stem)
def test_without_the_mistake_the_file_is_accepted(file: Path) -> None:
    result = parse(file.read_bytes(), file.name)

    assert isinstance(result, CriteriaSet), [problem.sentence() for problem in result]
