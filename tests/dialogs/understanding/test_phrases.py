"""Every way of saying something in phrases.toml is understood as it should be, in every Unicode form."""

from __future__ import annotations

import tomllib
import unicodedata
from calendar import isleap
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogs.understanding import (
    Command,
    read_command,
    read_day,
    read_number,
    read_share,
    read_year,
    read_yes_no,
)

TODAY = date(2026, 11, 22)

TABLE: dict[str, dict[str, list[str]]] = tomllib.loads(
    Path(__file__).with_name("phrases.toml").read_text(encoding="utf-8")
)


def forms(phrase: str) -> set[str]:
    """Return the same phrase as other keyboards, programs and moods would send it."""
    composed = {unicodedata.normalize(form, phrase) for form in ("NFC", "NFD", "NFKC", "NFKD")}
    return composed | {phrase.upper(), f"  {phrase}\u00a0\n", f"\u200b{phrase}\ufeff", phrase.replace(" ", "  ")}


def lines(section: str) -> list[ParameterSet]:
    """Return (meaning, phrase) of each phrase of a section of the table."""
    return [
        pytest.param(meaning, phrase, id=f"{meaning}: {phrase!r}")
        for meaning, phrases in TABLE[section].items()
        for phrase in phrases
    ]


@pytest.mark.parametrize(("_", "phrase"), lines("yes"))
def test_yes_is_understood(_: str, phrase: str) -> None:
    assert {form: read_yes_no(form) for form in forms(phrase)} == dict.fromkeys(forms(phrase), True)


@pytest.mark.parametrize(("_", "phrase"), lines("no"))
def test_no_is_understood(_: str, phrase: str) -> None:
    assert {form: read_yes_no(form) for form in forms(phrase)} == dict.fromkeys(forms(phrase), False)


@pytest.mark.parametrize(("_", "phrase"), lines("neither"))
def test_neither_yes_nor_no_is_not_guessed(_: str, phrase: str) -> None:
    assert {form: read_yes_no(form) for form in forms(phrase)} == dict.fromkeys(forms(phrase))


@pytest.mark.parametrize(("number", "phrase"), lines("number"))
def test_number_is_understood(number: str, phrase: str) -> None:
    assert {form: read_number(form) for form in forms(phrase)} == dict.fromkeys(forms(phrase), Decimal(number))


@pytest.mark.parametrize(("_", "phrase"), lines("not_a_number"))
def test_what_is_not_one_number_is_not_guessed(_: str, phrase: str) -> None:
    assert {form: read_number(form) for form in forms(phrase)} == dict.fromkeys(forms(phrase))


@pytest.mark.parametrize(("number", "phrase"), lines("decimal"))
def test_fraction_is_understood_where_it_is_asked_for(number: str, phrase: str) -> None:
    expected = None if number == "nothing" else Decimal(number)
    assert {form: read_number(form, allow_decimal=True) for form in forms(phrase)} == dict.fromkeys(
        forms(phrase), expected
    )


def said_share(written: str) -> tuple[int, int] | int:
    n, _, m = written.partition("/")
    return (int(n), int(m)) if m else int(n)


@pytest.mark.parametrize(("share", "phrase"), lines("share"))
def test_share_is_understood(share: str, phrase: str) -> None:
    assert {form: read_share(form) for form in forms(phrase)} == dict.fromkeys(forms(phrase), said_share(share))


@pytest.mark.parametrize(("share", "phrase"), lines("share_of_4"))
def test_share_of_a_known_whole_is_understood(share: str, phrase: str) -> None:
    assert {form: read_share(form, 4) for form in forms(phrase)} == dict.fromkeys(forms(phrase), said_share(share))


@pytest.mark.parametrize(("_", "phrase"), lines("not_a_share"))
def test_what_is_not_a_share_is_not_guessed(_: str, phrase: str) -> None:
    read = {(form, whole): read_share(form, whole) for form in forms(phrase) for whole in (None, 3)}
    assert read == dict.fromkeys(read)


@pytest.mark.parametrize(("command", "phrase"), lines("command"))
def test_command_is_understood(command: str, phrase: str) -> None:
    assert {form: read_command(form) for form in forms(phrase)} == dict.fromkeys(forms(phrase), Command(command))


@pytest.mark.parametrize(("_", "phrase"), lines("not_a_command"))
def test_words_beside_a_command_are_not_one(_: str, phrase: str) -> None:
    assert {form: read_command(form) for form in forms(phrase)} == dict.fromkeys(forms(phrase))


@pytest.mark.parametrize(("day", "phrase"), lines("day"))
def test_day_is_understood(day: str, phrase: str) -> None:
    assert {form: read_day(form, TODAY) for form in forms(phrase)} == dict.fromkeys(
        forms(phrase), date.fromisoformat(day)
    )


@pytest.mark.parametrize(("_", "phrase"), lines("not_a_day"))
def test_what_is_not_one_day_is_not_guessed(_: str, phrase: str) -> None:
    assert {form: read_day(form, TODAY) for form in forms(phrase)} == dict.fromkeys(forms(phrase))


@pytest.mark.parametrize(("year", "phrase"), lines("year"))
def test_year_is_understood(year: str, phrase: str) -> None:
    assert {form: read_year(form, TODAY.year) for form in forms(phrase)} == dict.fromkeys(forms(phrase), int(year))


@pytest.mark.parametrize(("_", "phrase"), lines("not_a_year"))
def test_what_is_not_one_year_is_not_guessed(_: str, phrase: str) -> None:
    assert {form: read_year(form, TODAY.year) for form in forms(phrase)} == dict.fromkeys(forms(phrase))


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_in_each_way_it_is_written(day: date, today: date) -> None:
    written = (
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d/%m/%Y}",
        f"{day:%d-%m-%y}",
        f"{day:%d.%m.%Y}",
        day.isoformat(),
        f"ngày {day.day} tháng {day.month} năm {day.year}",
    )
    assert {each: read_day(each, today) for each in written} == dict.fromkeys(written, day)
    assert read_day(f"{day.day}/{day.month}", today) in (None, *_on(day, today.year))


def _on(day: date, year: int) -> tuple[date, ...]:
    return () if (day.day, day.month) == (29, 2) and not isleap(year) else (day.replace(year=year),)


def test_every_command_has_its_ways_in_the_table() -> None:
    assert set(TABLE["command"]) == {command.value for command in Command}


@pytest.mark.parametrize("section", ["yes", "no"])
@pytest.mark.parametrize("asked", ["?", " hả", " hay sao"])
def test_an_answer_turned_into_a_question_is_no_answer(section: str, asked: str) -> None:
    plain = TABLE[section]["plain"]
    assert {phrase: read_yes_no(phrase.rstrip(".!") + asked) for phrase in plain} == dict.fromkeys(plain)


def test_an_answer_is_never_a_command() -> None:
    """Otherwise "có" could stop the conversation; only "no" words such as "thôi" are commands."""
    answers = [phrase for section in ("yes", "no") for ways in TABLE[section].values() for phrase in ways]
    assert {phrase: command for phrase in answers if (command := read_command(phrase))} == {}


def test_a_command_in_words_answers_no_question() -> None:
    ways = [phrase for phrases in TABLE["command"].values() for phrase in phrases]
    taken = {phrase for phrase in ways if (read_yes_no(phrase), read_number(phrase)) != (None, None)}
    assert taken == set()


def test_the_table_is_large_enough() -> None:
    count = sum(len(set(phrases)) for section in TABLE.values() for phrases in section.values())
    assert count >= 450


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2 giờ", "2"),
        ("hai gio", "2"),
        ("2 giờ ạ", "2"),
        ("hai giờ rưỡi", "2.5"),
        ("hai mươi năm giờ", "25"),
        ("2h", "2"),
    ],
)
def test_a_unit_is_understood_only_by_a_question_that_names_it(text: str, number: str) -> None:
    assert read_number(text, allow_decimal=True, units=("giờ", "h")) == Decimal(number)
    assert read_number(text, allow_decimal=True) is None


def test_minutes_are_not_hours() -> None:
    assert read_number("30 phút", units=("giờ",)) is None
