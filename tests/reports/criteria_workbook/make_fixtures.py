"""Make the workbooks that LibreOffice saved: `python -m tests.reports.criteria_workbook.make_fixtures`.

Needs LibreOffice Calc (`soffice`); tests read what it made and do not need it.
"""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from bot.scoring.dump import dump
from bot.scoring.model import (
    Band,
    CriteriaSet,
    Criterion,
    Indicator,
    LevelTitle,
    OneOfRule,
    ShareRule,
    Text,
    Worth,
    YesNoRule,
)
from tests.reports.criteria_workbook.editing import FIRST, SECOND, SMALL, Editor

FIXTURES = Path(__file__).parent / "fixtures"
# LibreOffice makes a line feed of a carriage return; everything else it keeps.
ODD = "=1+1, “ngoặc” 'đơn' & <thẻ>,\n\tdòng hai 😀 _x0041_ và \x01\x7f hết " + "dài " * 100 + "."


def by_points() -> tuple[Editor, CriteriaSet]:
    """SMALL as an officer changed it, and what it should be read as."""
    editor = Editor(replace(SMALL, note=Text(ODD)))
    editor.info("Phiên bản").value = 2  # typed as a number
    editor.info("Có hiệu lực đến hết ngày").value = "31/12/2030"
    editor.info("Ghi chú", "C").value = "Note"
    row = editor.row_of(FIRST, "Trẻ em đi học")
    editor.cell(FIRST, row + 1, "Từ mức").value = 0.6
    editor.cell(FIRST, row + 1, "Từ mức").number_format = "0%"
    editor.cell(FIRST, row + 2, "Từ mức").value = "60,0"
    row = editor.row_of(SECOND, "Học thêm")
    editor.cell(SECOND, row + 1, "Câu trả lời").value = "Một ít"
    first, second = SMALL.criteria
    share = first.indicators[0].rule
    assert isinstance(share, ShareRule)
    low, half, difficult, full = share.bands
    bands = (low, replace(half, at_least=Decimal(60)), replace(difficult, at_least=Decimal(60)), full)
    learning = second.indicators[0]
    choice = learning.rule
    assert isinstance(choice, OneOfRule)
    much, some, none = choice.options
    options = (much, replace(some, label=Text("Một ít")), none)
    expected = replace(
        SMALL,
        version="2",
        valid_until=SMALL.valid_from.replace(year=2030, month=12, day=31),
        note=Text(ODD, "Note"),
        criteria=(
            replace(
                first,
                indicators=(replace(first.indicators[0], rule=replace(share, bands=bands)), *first.indicators[1:]),
            ),
            replace(
                second,
                indicators=(replace(learning, rule=replace(choice, options=options)), *second.indicators[1:]),
            ),
        ),
    )
    return editor, expected


def by_levels() -> tuple[Editor, CriteriaSet]:
    """A set judged by levels, changed likewise."""

    def level(indicator: Indicator, passes: tuple[int, ...]) -> Indicator:
        rule = indicator.rule
        worths = [Worth(passes_level=number) for number in passes]
        if isinstance(rule, YesNoRule):
            return replace(indicator, rule=YesNoRule(*worths), max_points=None)
        assert isinstance(rule, ShareRule)
        bands = tuple(Band(b.at_least, w, b.when) for b, w in zip(rule.bands, worths, strict=True))
        return replace(indicator, rule=replace(rule, bands=bands), max_points=None)

    share, books = SMALL.criteria[0].indicators
    criterion = Criterion("tre_em", Text("Trẻ em"), (level(share, (0, 1, 2, 2)), level(books, (2, 0))))
    titles = (LevelTitle("muc_2", Text("Mức độ 2"), 2), LevelTitle("muc_1", Text("Mức độ 1"), 1))
    criteria = replace(SMALL, id="nho_muc", criteria=(criterion,), titles=titles, retired_ids=())
    editor = Editor(criteria)
    editor.sheet("Danh hiệu")["A3"].value = "Mức độ một  "
    return editor, replace(criteria, titles=(titles[0], replace(titles[1], name=Text("Mức độ một"))))


def main() -> None:
    """Write both workbooks and the sets they should be read as."""
    for name, (editor, expected) in (("libreoffice", by_points()), ("libreoffice_levels", by_levels())):
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / f"{name}.xlsx"
            source.write_bytes(editor.saved())
            profile = f"-env:UserInstallation=file://{folder}/profile"
            command = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
            subprocess.run([*command, "--outdir", str(FIXTURES), str(source)], check=True, capture_output=True)
        (FIXTURES / f"{name}.toml").write_text(dump(expected), encoding="utf-8")


if __name__ == "__main__":
    main()
