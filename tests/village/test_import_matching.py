"""Rows of a roll find their households: twice imported nothing is doubled, and what is likely is asked."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogs.village.facts import HouseholdEntry
from bot.ports.village.imports import KnownHousehold, RollPlace
from bot.services.village.hamlet_names import Hamlets, bare
from bot.services.village.roll_import import place_rows
from bot.services.village.roll_matching import Becomes, is_near, match
from bot.services.village.roll_rows import RollRow, decode_row, encode_row

PLACES = (
    RollPlace(3, "Thôn Đông", "/1/2/3/"),
    RollPlace(4, "Thôn Tây", "/1/2/4/"),
    RollPlace(5, "Tổ dân phố số 5", "/1/2/5/"),
)


def row(name: str, number: str = "", *, is_counted: bool = False, **more: str) -> RollRow:
    entry = HouseholdEntry(name, number, phone=more.get("phone", ""))
    return RollRow("Sheet1", 1, entry, more.get("hamlet", ""), more.get("hint", ""), is_counted=is_counted)


def known(subject_id: int, name: str, number: str = "", phone: str = "") -> KnownHousehold:
    return KnownHousehold(subject_id, 3, HouseholdEntry(name, number, phone=phone))


def becomes(said: RollRow, *households: KnownHousehold) -> tuple[str, int]:
    line = match({0: said}, households, {}, ())[0]
    return line.why or line.becomes, 0 if line.known is None else line.known.subject_id


def test_a_number_says_which_household_it_is() -> None:
    assert becomes(row("Lê Văn An", "017"), known(1, "Lê Văn An", "17")) == ("updated", 1)
    assert becomes(row("Lê Văn Ân", "17"), known(1, "Lê Văn An", "17"), known(2, "Lê Văn Ân", "3")) == ("updated", 1)
    assert becomes(row("Lê Văn An", "H-17"), known(1, "Lê Văn An", "h17")) == ("updated", 1)


def test_a_number_with_a_wholly_other_name_is_asked_about() -> None:
    assert becomes(row("Võ Thị Bé", "17"), known(1, "Lê Văn An", "17")) == ("same_number", 1)


def test_a_place_in_the_list_is_a_number_only_beside_the_same_name() -> None:
    assert becomes(row("Võ Thị Bé", "1", is_counted=True), known(1, "Lê Văn An", "1")) == ("new", 0)
    line = match({0: row("Lê Văn An", "9", is_counted=True)}, [known(1, "Lê Văn An", "1")], {}, ())[0]
    assert (line.becomes, line.entry.number) == (Becomes.UNCHANGED, "1")


def test_without_a_number_a_name_with_its_telephone_or_the_exact_name_says_it() -> None:
    with_phone = known(1, "Lê Văn An", "", "0912345678")
    assert becomes(row("Lê Văn Ân", phone="0912345678"), with_phone) == ("updated", 1)
    assert becomes(row("Lê Văn An"), known(1, "lê văn an", "4")) == ("updated", 1)
    assert becomes(row("Lê Văn An", "5"), known(1, "Lê Văn An")) == ("updated", 1)


def test_what_is_likely_is_asked() -> None:
    assert becomes(row("Lê Văn An", "5"), known(1, "Lê Văn An", "4")) == ("same_name", 1)
    assert becomes(row("Le Van An"), known(1, "Lê Văn An", "4")) == ("same_name", 1)
    assert becomes(row("Lê Văn Lam"), known(1, "Lê Văn Lan", "4")) == ("similar_name", 1)
    assert becomes(row("Lê Văn Lam", "6"), known(1, "Lê Văn Lan", "4")) == ("new", 0)
    assert becomes(row("Võ Bé", "6", phone="0912345678"), known(1, "Lê Ba", "4", "0912345678")) == ("same_phone", 1)
    assert becomes(row("Lê Văn An"), replace(known(1, "Lê Văn An"), is_listed=False)) == ("registered", 1)
    assert becomes(row("Lê Văn An"), replace(known(1, "Lê Văn An"), has_left=True)) == ("has_left", 1)
    assert becomes(row("Lê Văn An"), known(1, "Lê Văn An", "1"), known(2, "Lê Văn An", "2"))[0] == "same_name"


def test_what_was_decided_holds_for_the_household_that_was_shown() -> None:
    said = {0: row("Lê Văn An", "5"), 1: row("Võ Thị Bé", "6")}
    here = [known(1, "Lê Văn An", "4"), known(2, "Võ Thị Bé", "7")]
    assert match(said, here, {0: 1}, ())[0].becomes is Becomes.UPDATED
    assert match(said, here, {}, (0,))[0].becomes is Becomes.NEW
    assert (
        match({0: said[0]}, here[1:], {0: 1}, ())[0].becomes is Becomes.NEW
    )  # it is gone: nothing else is taken for it


def test_two_rows_are_never_decided_to_be_one_household() -> None:
    said = {0: row("Lê Văn An", "5"), 1: row("Lê Văn An", "6")}
    lines = match(said, [known(1, "Lê Văn An", "4")], {0: 1, 1: 1}, ())
    assert [line.becomes for line in lines.values()] == [Becomes.UPDATED, Becomes.NEW]


def test_a_new_household_called_like_one_with_another_number_is_just_new() -> None:
    said = {0: row("Lê Văn An", "5"), 1: row("Lê Văn An", "6")}
    lines = match(said, [known(1, "Lê Văn An", "5")], {}, ())
    assert [line.becomes for line in lines.values()] == [Becomes.UNCHANGED, Becomes.NEW]


def test_names_are_near_that_differ_in_one_letter() -> None:
    assert is_near("le van lan", "le van lam")
    assert is_near("le van lan", "le van lann")
    assert is_near("le van lan", "le van aln")
    assert not is_near("le van lan", "le van huu")
    assert not is_near("an", "am")


_NAMES = st.sampled_from(
    ["Lê Văn An", "Lê Văn Ân", "Le Van An", "Lê Văn Lan", "Lê Văn Lam", "Võ Thị Bé", "Hồ Sơn", "Trần Thị Hoa Mai"]
)


def one_of_each_number(rows: list[RollRow]) -> list[RollRow]:
    """Rows as a reader gives them: no number twice."""
    seen: set[str] = set()
    kept = []
    for each in rows:
        number = each.entry.number.lstrip("0")
        if not number or number not in seen:
            kept.append(each)
            seen.add(number)
    return kept


_ROWS = st.lists(
    st.builds(
        lambda name, number, phone, counted: RollRow(
            "S", 1, HouseholdEntry(name, number, phone=phone), is_counted=counted and bool(number)
        ),
        _NAMES,
        st.sampled_from(["", "", "1", "2", "3", "01"]),
        st.sampled_from(["", "", "0912345678", "0987654321"]),
        st.booleans(),
    ),
    max_size=8,
).map(one_of_each_number)


def applied(rows: dict[int, RollRow], before: list[KnownHousehold]) -> list[KnownHousehold]:
    """The roll once every row is applied; what has to be decided is left alone."""
    after = {each.subject_id: each for each in before}
    for line in match(rows, before, {}, ()).values():
        if line.becomes is Becomes.NEW:
            subject_id = max(after, default=0) + 1
            after[subject_id] = KnownHousehold(subject_id, 3, line.entry)
        elif line.becomes is Becomes.UPDATED and line.known is not None:
            after[line.known.subject_id] = replace(line.known, entry=line.entry)
    return list(after.values())


@settings(max_examples=300, deadline=None)
@given(_ROWS, _ROWS)
def test_importing_twice_adds_nothing(first: list[RollRow], before: list[RollRow]) -> None:
    rows = dict(enumerate(first))
    households = applied(dict(enumerate(before)), [])
    once = applied(rows, households)
    again = match(rows, once, {}, ())
    written = [row for row, line in match(rows, households, {}, ()).items() if line.becomes is not Becomes.UNDECIDED]
    assert Becomes.NEW not in {again[row].becomes for row in written}
    is_one_kind = len({each.is_counted for each in first if each.entry.number}) <= 1
    if not before and is_one_kind:
        assert {line.becomes for line in again.values()} <= {Becomes.UNCHANGED}


@settings(max_examples=200, deadline=None)
@given(_ROWS, _ROWS)
def test_no_household_is_taken_for_two_rows(first: list[RollRow], before: list[RollRow]) -> None:
    households = applied(dict(enumerate(before)), [])
    taken = [
        line.known.subject_id
        for line in match(dict(enumerate(first)), households, {}, ()).values()
        if line.known is not None and line.becomes is not Becomes.UNDECIDED
    ]
    assert len(taken) == len(set(taken))


@given(st.builds(RollRow, st.text(), st.integers(1), st.builds(HouseholdEntry, st.text(), st.text()), st.text()))
def test_a_row_comes_back_from_where_it_is_kept(said: RollRow) -> None:
    assert decode_row(encode_row(said)) == said
    assert "\n" not in encode_row(said)


def test_a_hamlet_is_known_by_its_name_however_it_is_written() -> None:
    here = Hamlets(PLACES)
    for text in ("Thôn Đông", "thon dong", "ĐÔNG", "Bản Đông", "Thôn  Đông."):
        assert [place.id for place in here.meant(text)] == [3], text
    for text in ("TDP 5", "Tổ dân phố 05", "số 5", "Tổ 5", "KP 5"):
        assert [place.id for place in here.meant(text)] == [5], text
    assert here.meant("Thôn Nam") == here.meant("") == ()
    assert bare("Thôn") == "thon"


def test_rows_are_placed_by_what_they_name_else_by_the_sheet_else_by_the_one_there_is() -> None:
    rows = {0: row("A", hamlet="Tây"), 1: row("B", hint="Thôn Đông"), 2: row("C")}
    placed = place_rows(rows, PLACES, 0)
    assert dict(placed.places) == {0: 4, 1: 3}
    assert placed.wants_place
    assert dict(place_rows(rows, PLACES, 5).places) == {0: 4, 1: 3, 2: 5}
    one = place_rows(rows, PLACES[:1], 0)
    assert dict(one.places) == {1: 3, 2: 3}
    assert [problem.what.code for problem in one.problems] == ["import.problem.other_hamlet"]


def test_a_title_that_is_no_hamlet_of_the_sender_s_does_not_stop_a_file_for_the_one_there_is() -> None:
    rows = {0: row("A", hint="Thôn Đông Hòa cũ"), 1: row("B", hint="Thôn Đông Hòa cũ")}
    assert dict(place_rows(rows, PLACES[:1], 0).places) == {0: 3, 1: 3}


def test_two_hamlets_of_one_name_are_not_guessed() -> None:
    twins = (*PLACES, RollPlace(9, "Thôn Đông", "/1/8/9/"))
    placed = place_rows({0: row("A", hamlet="Đông")}, twins, 0)
    assert dict(placed.places) == {}
    assert [problem.what.code for problem in placed.problems] == ["import.problem.ambiguous_hamlet"]
    assert dict(place_rows({0: row("A", hamlet="Đông")}, twins, 9).places) == {0: 9}
