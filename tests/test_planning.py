"""A plan, and any batch of a list: the rows of a whole run."""

from __future__ import annotations

import pickle
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import csv_preflight
from csv_preflight import PreflightError, SettingsError, plan
from csv_preflight.model.report import Rows
from tests.engines.lists import CASES, Case, counts_by_row, cut, local, rows_of
from tests.engines.random_lists import random_case, typed

# In pandas 2, "str" turns what is missing into the word None.
TYPES = ("object", "string", "string[pyarrow]", *(["str"] if pd.__version__ >= "3" else []))
LIST = b"Name,phone\nAnn,202-555-0101\n"


def planned(case: Case) -> csv_preflight.Plan:
    """The plan of a list, as another process gets it."""
    made = plan(case.frame, **case.settings)
    return pickle.loads(pickle.dumps(made))  # noqa: S301


@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_whole_list_in_one_batch_is_a_local_run(case: Case, dtype: str) -> None:
    expected = local(case)
    applied = planned(case).apply(case.frame.astype(dtype)).without_repeats()
    assert applied.clean.to_dict("list") == expected.clean.to_dict("list")
    assert list(applied.clean.columns) == list(expected.clean.columns)
    assert applied.rows == expected.report.rows
    in_order = expected.rejects.sort_values("preflight_line").drop(columns="preflight_line")
    assert applied.rejects.to_dict("list") == in_order.to_dict("list")
    assert applied.counts == counts_by_row(expected)
    assert applied.number.dtype == "int64"
    assert len(applied.number) == len(applied.clean)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_however_a_list_is_cut_its_rows_are_the_same(case: Case) -> None:
    made = planned(case)
    whole = made.apply(case.frame)
    rng = random.Random(len(case.frame))
    numbers = made.opted_out(case.frame)
    for _ in range(5):
        parts = [made.apply(part, opted_out=numbers) for part in cut(case.frame, rng)]
        for name in ("clean", "rejects"):
            joined = pd.concat([getattr(part, name) for part in parts])
            pd.testing.assert_frame_equal(joined, getattr(whole, name))
        assert pd.concat([part.number for part in parts]).equals(whole.number)
        assert sum(part.rows.read for part in parts) == whole.rows.read


def _assert_random_lists_are_taken_alike(times: int, seed: int) -> None:
    """A list in one batch is a local run, and in many it is a list in one batch: rows, reasons, order and counts."""
    for number in range(times):
        rng = random.Random(seed + number)
        case = random_case(rng)
        frame = typed(case.frame, rng)
        try:
            made = pickle.loads(pickle.dumps(plan(frame, **case.settings)))  # noqa: S301
        except PreflightError:
            continue  # such as a list that is its header again
        note = f"random list {seed + number}"
        expected, whole = local(Case(frame.to_dict("list"), case.settings)), made.apply(frame)
        alone = whole.without_repeats()
        if not {one.code for one in expected.report.findings} & {"R008", "L003"}:
            assert alone.clean.to_dict("list") == expected.clean.to_dict("list"), note
            in_order = expected.rejects.sort_values("preflight_line").drop(columns="preflight_line")
            assert _without_lines(alone.rejects) == _without_lines(in_order), note
            assert alone.counts == counts_by_row(expected), note
        numbers = made.opted_out(frame)
        for parts in (cut(frame, rng), [frame.iloc[[place]] for place in range(len(frame))]):
            applied = [made.apply(part, opted_out=numbers) for part in parts]
            for name in ("clean", "rejects", "number"):
                pieces = [getattr(one, name) for one in applied]
                assert pd.concat(pieces).to_dict() == getattr(whole, name).to_dict(), note
            assert sum((Counter(one.counts) for one in applied), Counter()) == whole.counts, note
            assert sum((one.rows for one in applied), Rows()) == whole.rows, note


def _without_lines(rejects: pd.DataFrame) -> dict[str, list[str]]:
    """Rejects whose reasons name no line: a batch counts rows, whatever line breaks their cells have."""
    said = rejects["preflight_reason"].str.replace(r"on line \d+", "on a line", regex=True)
    return rejects.assign(preflight_reason=said).to_dict("list")


def test_lists_made_at_random_are_taken_alike() -> None:
    _assert_random_lists_are_taken_alike(40, seed=0)


@pytest.mark.exam
def test_a_thousand_lists_made_at_random_are_taken_alike() -> None:
    _assert_random_lists_are_taken_alike(1000, seed=1000)


def test_what_a_plan_says() -> None:
    made = plan(
        pd.DataFrame({"Full name": ["Ann"], "stop?": ["no"], "mobile": ["202-555-0101"], "land": ["US"]}),
        region="us", identifier_column="Full name", region_column="land", opt_out_column="stop?",
        rename={"mobile": "phone"}, variables=["phone"],
    )  # fmt: skip
    assert made.settings.region == "US"
    assert made.header == ("Full name", "stop?", "mobile", "land")
    assert made.columns == ("Full_name", "stop", "phone", "land")
    assert (made.phone_column, made.identifier_column, made.region_column) == ("mobile", "Full name", "land")
    assert made.opt_out_columns == ("stop?",)
    assert made.renames == {"Full name": "Full_name", "stop?": "stop", "mobile": "phone"}
    assert made.variables == {"phone": "phone"}
    assert [found.code for found in made.findings] == ["C102"]


def test_a_plan_is_made_of_any_source(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(LIST)
    frame = pd.DataFrame({"Name": ["Ann"], "phone": ["202-555-0101"]})
    plans = [plan(source, region="US") for source in (path, LIST, frame)]
    assert {made.columns for made in plans} == {("Name", "phone")}


@pytest.mark.parametrize(
    ("sample", "settings", "words"),
    [
        pytest.param(b"a,b\n1,2\n", {}, "C001 no column looks like phone numbers", id="no phone column"),
        pytest.param(b"phone\n", {}, "F004", id="no rows"),
        pytest.param(b"+12025550101,Ann\n+12025550102,Bob\n", {}, "C004", id="no header"),
        pytest.param(LIST, {"variables": ["city"]}, "V001", id="no column for a variable"),
        pytest.param(b"%PDF-1.7\n", {}, "F001", id="no list"),
    ],
)
def test_a_sample_that_would_stop_is_an_error_in_the_words_of_the_rule(
    sample: bytes, settings: dict[str, object], words: str
) -> None:
    with pytest.raises(PreflightError, match=words) as caught:
        plan(sample, name="sample.csv", **settings)  # type: ignore[arg-type]
    assert str(caught.value).startswith("sample.csv: ")


@pytest.mark.parametrize("option", ["corrections", "max_rejects"])
def test_settings_about_a_whole_list_are_refused(option: str) -> None:
    given: dict[str, Any] = {"corrections": [b"Name,phone,preflight_line\n"], "max_rejects": "5%"}
    with pytest.raises(SettingsError, match=f"{option}: is about a whole list"):
        plan(LIST, region="US", **{option: given[option]})


def test_bad_settings_and_lists_are_errors() -> None:
    with pytest.raises(SettingsError, match="Narnia"):
        plan(LIST, region="Narnia")
    with pytest.raises(PreflightError, match="D004"):
        plan(LIST, region="US", suppress=["+12025550101", "ask", "later", "never"])


def test_a_batch_may_have_its_columns_in_another_order_but_no_others() -> None:
    made = plan(LIST, region="US")
    frame = pd.DataFrame({"phone": ["202-555-0101"], "Name": ["Ann"]}, index=["row"])
    assert rows_of(made.apply(frame).clean) == [("row", "Ann", "+12025550101")]
    with pytest.raises(PreflightError, match="no column 'Name', a column 'x' more"):
        made.apply(frame.rename(columns={"Name": "x"}))
    with pytest.raises(PreflightError, match="columns of one name"):
        made.apply(frame[["phone", "Name", "Name"]])


def test_a_batch_is_a_frame() -> None:
    with pytest.raises(TypeError, match="frame is a DataFrame, not list"):
        plan(LIST, region="US").apply([1])  # type: ignore[arg-type]


def test_half_of_a_surrogate_pair_is_no_text() -> None:
    frame = pd.DataFrame({"Name": ["\ud83d"], "phone": ["202-555-0101"]}, dtype=object)
    with pytest.raises(PreflightError, match="F003"):
        plan(LIST, region="US").apply(frame)


def test_one_run_is_of_one_version() -> None:
    made = replace(plan(LIST, region="US"), version="0.0.1")
    with pytest.raises(PreflightError, match=r"was made by csv-preflight 0\.0\.1"):
        made.apply(pd.DataFrame({"Name": [], "phone": []}))


def test_rows_are_rejected_later_under_a_rule_of_other_rows() -> None:
    made = plan(LIST, region="US")
    frame = pd.DataFrame(
        {"Name": ["Ann", "Bob", "Cy"], "phone": ["202-555-0101", "+12025550102", "ask"]}, index=[7, 8, 9]
    )
    applied = made.apply(frame)
    assert applied.counts == {"P002": 1, "P101": 1}
    later = applied.reject("D002", applied.numbers == 12025550101)
    assert rows_of(later.clean) == [(8, "Bob", "+12025550102")]
    assert later.rejects["preflight_code"].to_dict() == {7: "D002", 9: "P002"}
    assert later.rejects.loc[7, "phone"] == "202-555-0101"
    assert later.counts == {"P002": 1, "D002": 1}
    assert later.rows.rejected == 2
