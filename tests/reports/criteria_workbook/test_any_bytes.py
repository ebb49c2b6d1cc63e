"""Whatever bytes are sent, there is an answer."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.reports.criteria_workbook import Refused, Sound, Unsound, mark_workbook, sentence
from bot.reports.spreadsheets.grid import letters_of
from tests.reports.criteria_workbook.editing import VIETNAMESE, read, repacked, written

_NAMES = ZipFile(BytesIO(written())).namelist()
_READ = [name for name in _NAMES if "comments" not in name and "theme" not in name and "docProps" not in name]
_PIECES = st.sampled_from(
    [
        b"<",
        b">",
        b"/>",
        b'"',
        b"&",
        b"&#0;",
        b"\x00",
        b"\xff",
        b"<c/>",
        b"<row r='9'>",
        b' t="s"',
        b' t="b"',
        b' t="d"',
        b' t="e"',
        b' s="99999"',
        b'r="-1"',
        b"<v>1e999</v>",
        b"<v>nan</v>",
        b"<v>-0</v>",
        b"_xD800_",
        b"9" * 5000,
        b"<!-- ",
        b"]]>",
    ]
)
_values = st.one_of(
    st.text(max_size=20),
    st.from_regex(r"-?[0-9]{1,60}([.,][0-9]{1,60})?%?", fullmatch=True),
    st.sampled_from(
        ["Có", "Chưa", "Tỉ lệ", "Chọn một", "Mã chỉ tiêu", "Câu hỏi", "Tên ngắn", "31/01/2026", "2,5", "60%"]
    ),
    st.integers(-5, 200),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.sampled_from([b"#REF!", b"#N/A", b"#odd"]),
)


@given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda tail: b"PK\x03\x04" + tail))
def test_random_bytes(data: bytes) -> None:
    assert isinstance(read(data), Refused)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_workbook_with_a_few_bytes_changed(data: st.DataObject) -> None:
    spoilt = bytearray(written())
    for _ in range(data.draw(st.integers(1, 4))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))

    assert isinstance(read(bytes(spoilt)), Refused | Sound | Unsound)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(_READ),
    st.lists(st.tuples(st.integers(0, 200_000), st.integers(0, 40), _PIECES), min_size=1, max_size=4),
)
def test_a_workbook_with_a_spoilt_part(name: str, changes: list[tuple[int, int, bytes]]) -> None:
    def spoil(part: str, content: bytes) -> bytes:
        for at, length, piece in changes if part == name else []:
            place = at % (len(content) + 1)
            content = content[:place] + piece + content[place + length :]
        return content

    assert isinstance(read(repacked(written(), spoil)), Refused | Sound | Unsound)


@settings(max_examples=25, deadline=None)
@example("xl/worksheets/sheet3.xml", [(2, 2, 1.7976931348623155e308)])
@example("xl/worksheets/sheet4.xml", [(5, 3, b"#REF!")])
@given(
    st.sampled_from([name for name in _NAMES if "worksheets/sheet" in name and "rels" not in name]),
    st.lists(st.tuples(st.integers(1, 12), st.integers(1, 48), _values), min_size=1, max_size=6),
)
def test_a_workbook_with_anything_typed_anywhere(name: str, typed: list[tuple[int, int, object]]) -> None:
    """Whatever is wrong then can be said, and marked in a copy that is answered likewise."""
    rows = b"".join(
        b'<row><c r="%b" t="%b">%b</c></row>' % (f"{letters_of(column)}{row}".encode(), *_as_cell(value))
        for row, column, value in typed
    )
    data = repacked(
        written(), lambda n, part: part.replace(b"</sheetData>", rows + b"</sheetData>") if n == name else part
    )
    result = read(data)

    if isinstance(result, Unsound):
        assert all(sentence(problem, VIETNAMESE) for problem in result.problems)
        again = read(mark_workbook(data, result.problems, VIETNAMESE))
        assert isinstance(again, Unsound)
        assert [(p.sheet, p.cell, p.code) for p in again.problems] == [
            (p.sheet, p.cell, p.code) for p in result.problems
        ]
    else:
        assert isinstance(result, Sound | Refused)


def _as_cell(value: object) -> tuple[bytes, bytes]:
    if isinstance(value, bool):
        return b"b", b"<v>%d</v>" % value
    if isinstance(value, int | float):
        return b"n", f"<v>{value!r}</v>".encode()
    if isinstance(value, bytes):
        return b"e", b"<v>%b</v>" % value
    text = str(value).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    kept = "".join(letter for letter in text if letter >= " " and letter not in "<&\ufffe\uffff")
    return b"inlineStr", f"<is><t>{kept}</t></is>".encode()
