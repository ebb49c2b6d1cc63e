"""The bench measures what it says: everybody is asked everything, and the counts add up. No times are asserted."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import storage
from bot.scoring.score import score
from tests.bench import __main__ as bench
from tests.bench import importing, roll
from tests.bench.bridges import bridges
from tests.bench.contestants import CONVERSATION, DIALOG, ECHO, EVERYBODY, HOCTAP, Contestant
from tests.bench.form import Form, Step, chosen
from tests.bench.province import ON, changed_set, families, family_set, measured, rescore
from tests.bench.scoring import scoring_us
from tests.bench.summary import as_json, province, ratio, spread, table
from tests.bench.transcribing import transcribe
from tests.bench.trial import Measure, Plan, Trial, attempt

PEOPLE = 3


@pytest.mark.parametrize("contestant", EVERYBODY, ids=lambda each: each.name)
async def test_three_people_get_every_reply_and_every_answer_is_counted(contestant: Contestant, tmp_path: Path) -> None:
    form = transcribe()
    trial = await attempt(contestant, form, Plan(people=PEOPLE, limit_s=60, warm_up=1), tmp_path)
    everything = PEOPLE * form.inputs
    assert (trial.taps.inputs, trial.typing.inputs) == (everything, everything)
    assert {measure.lost + measure.strays for measure in (trial.taps, trial.typing, trial.alone)} == {0}
    assert trial.taps.calls >= trial.taps.inputs
    if contestant.is_echo:
        assert (trial.acknowledged, trial.kept) == (0, 0)
        return
    # Besides the measured ones, one person to warm up and some of one person alone.
    assert (2 * PEOPLE + 1) * form.answers <= trial.acknowledged <= (2 * PEOPLE + 2) * form.answers
    if contestant is CONVERSATION:
        assert trial.kept <= trial.acknowledged  # up to a second of them is lost with the process
    else:
        assert trial.kept == trial.acknowledged


def test_the_form_is_the_one_families_are_asked(tmp_path: Path) -> None:
    form = transcribe()
    questions = [step.question for step in form.steps if step.question]
    assert sorted(set(questions)) == list(range(1, 13))
    assert form.answers == 12
    form.write(tmp_path / "form.json")
    assert Form.read(tmp_path / "form.json") == form


def test_a_typed_answer_is_a_label_a_number_or_itself() -> None:
    step = Step("?", (("Có", "Chưa"), ("7",)), (0, 0), "Có")
    assert [chosen(step, text) for text in ("Chưa", "2", "7", "9", "Bà Tư")] == ["Chưa", "Chưa", "7", "9", "Bà Tư"]


def test_one_scoring_takes_some_time() -> None:
    assert scoring_us(scorings=1) > 0


def test_a_province_is_scored_whole_and_says_what_each_sheet_says() -> None:
    """As many sheets of a thousand have the title as scoring them one by one gives it."""
    criteria = family_set()
    found = measured(sheets=1_000)

    assert found.sheets == 1_000
    assert found.titles == sum(score(criteria, *sheet, ON).title is not None for sheet in families(criteria, 1_000))
    assert 0 < found.titles < found.sheets
    assert 0 < found.rest_mb <= found.early_mb <= found.peak_mb
    assert "1,000 family sheets" in province(found)


def test_the_try_out_counts_the_households_that_would_gain_or_lose() -> None:
    old, new = family_set(), changed_set(family_set())
    pairs = [(score(old, *sheet, ON).title, score(new, *sheet, ON).title) for sheet in families(old, 2_000)]

    found = rescore(sheets=1, households=2_000, tries=1, one_by_one=1)

    assert found.households == 2_000
    assert found.gaining == sum(was is None and becomes is not None for was, becomes in pairs) > 0
    assert found.losing == sum(was is not None and becomes is None for was, becomes in pairs) > 0


def test_families_differ() -> None:
    sheets = [repr(sheet) for sheet in families(family_set(), 500)]
    assert len(set(sheets)) > 490


def played(per_s: float) -> Measure:
    return Measure(inputs=100, lost=0, strays=0, seconds=100 / per_s, median_ms=5, p99_ms=9, calls=200, cpu_s=0.1)


def tried(contestant: Contestant, per_s: float) -> Trial:
    measure = played(per_s)
    return Trial(contestant, 1.0, 100.0, 110.0, measure, measure, measure, 24, 24)


def test_ratios_are_taken_within_each_round() -> None:
    """A busy moment slows down both; of 100:200 and 10:40 the ratios are 0.5 and 0.25, not 110:240."""
    rounds = [[tried(ECHO, 200), tried(HOCTAP, 100)], [tried(ECHO, 40), tried(HOCTAP, 10)]]
    found = ratio(HOCTAP, ECHO, rounds, lambda trial: trial.taps.per_s)
    assert found == spread([0.5, 0.25])
    assert found is not None
    assert found.text(".2f") == "0.38 (0.25-0.50)"
    assert ratio(HOCTAP, DIALOG, rounds, lambda trial: trial.taps.per_s) is None


def test_the_table_and_the_file_hold_everybody_measured() -> None:
    rounds = [[tried(ECHO, 200), tried(HOCTAP, 100)]]
    text = table([ECHO, HOCTAP], rounds, 50.0)
    assert "| tapped | 0.50" in text
    assert "50 µs" in text
    data = json.loads(json.dumps(as_json([ECHO, HOCTAP], rounds, 50.0)))
    assert data["ratios"]["taps"]["echo"] == {"median": 0.5, "lowest": 0.5, "highest": 0.5}
    assert [trial["name"] for trial in data["rounds"][0]] == ["echo", "hoctap"]


def test_somebody_unknown_is_refused_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        bench.read_arguments(["--only", "echo,nobody"])
    assert "nobody is called nobody" in capsys.readouterr().err


def test_quick_is_smaller_in_everything() -> None:
    quick, usual = (bench.plan_of(bench.read_arguments(words)) for words in (["--quick"], []))
    assert quick.people < usual.people
    assert quick.limit_s < usual.limit_s


async def test_both_ways_to_query_sqlite_are_measured() -> None:
    found = await bridges()
    assert found.ours_us > 0
    assert found.aiosqlite_us > 0


async def test_a_village_head_gets_everywhere_in_a_province(tmp_path: Path) -> None:
    """Two hamlets' worth of households: every thing that is measured leads to its screen, and is timed."""
    url = f"sqlite:///{tmp_path / 'province.db'}"
    await storage.migrate(url)
    found = await roll.measured(url, households=200, heads=2)
    assert (found.database, found.households, found.hamlets) == ("sqlite", 200, 2)
    assert [times.what for times in found.times] == [operation.what for operation in roll.OPERATIONS]
    assert all(0 < times.fastest_ms <= times.median_ms <= times.slowest_ms for times in found.times)
    text = roll.table([found, replace(found, households=2_000)])
    assert "| opening the list |" in text
    assert "2,000 households" in text


def test_the_province_alone_can_be_asked_for() -> None:
    assert bench.read_arguments(["province"]).part == "province"
    assert bench.read_arguments([]).part == "everything"


async def test_a_roll_is_sent_in_and_applied(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'import.db'}"
    await storage.migrate(url)
    found = await importing.measured(url, 60, tmp_path)
    assert (found.database, found.rows) == ("sqlite", 60)
    assert "| sqlite | 60 |" in importing.table([found])
    assert json.loads(json.dumps(importing.as_json([found])))[0]["rows"] == 60
