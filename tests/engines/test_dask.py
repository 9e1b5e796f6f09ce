"""Dask gives the rows of a local run, however the list is cut."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import csv_preflight
from csv_preflight import PreflightError, SettingsError, plan
from csv_preflight.rules import BY_CODE
from csv_preflight.rules.wording import worded
from tests.engines.lists import ALLOWED, CASES, NEVER, Case, counts_by_row, cut, local, rows_of
from tests.engines.random_lists import random_case, typed

dask = pytest.importorskip("dask", reason="the extra dask is not installed")
dd = pytest.importorskip("dask.dataframe")
engine = pytest.importorskip("csv_preflight.dask")

LISTS = {name: case for name, case in CASES.items() if "floats" not in name}
ONE = CASES["repeats in several forms"]


@pytest.fixture(autouse=True)
def _synchronous() -> Iterator[None]:
    with dask.config.set(scheduler="synchronous"):
        yield


def parts_of(frames: list[pd.DataFrame]) -> Any:
    """A Dask frame of these very partitions, whose order only its columns tell."""
    return dd.from_map(lambda place: frames[place], range(len(frames)), meta=frames[0].iloc[:0])


def cleaned(ddf: Any, case: Case, **arguments: Any) -> tuple[Any, ...]:
    """The clean rows, the rejects, the counts and the numbers of rows of a list in partitions."""
    lists = {name: value for name, value in case.settings.items() if name in ("suppress", "existing", "only")}
    settings = {name: value for name, value in case.settings.items() if name not in lists}
    made = engine.clean(ddf, plan(case.frame, **settings), **lists, **arguments)
    return dask.compute(made.clean, made.rejects, made.counts, made.rows)


def assert_local(case: Case, found: tuple[Any, ...]) -> None:
    expected = local(case)
    clean, rejects, counts, rows = found
    assert rows_of(clean) == rows_of(expected.clean)
    assert rows_of(rejects) == rows_of(expected.rejects.set_index("preflight_line", drop=True))
    assert counts.to_dict() == counts_by_row(expected)
    assert rows.to_dict() == asdict(expected.report.rows)


def with_lines(case: Case) -> pd.DataFrame:
    return case.frame.assign(line=case.frame.index)


@pytest.mark.parametrize("case", LISTS.values(), ids=LISTS)
def test_a_list_cut_at_random_gives_the_local_rows(case: Case) -> None:
    rng = random.Random(len(str(case)))
    frames = cut(with_lines(case), rng)
    rng.shuffle(frames)
    assert_local(case, cleaned(parts_of(frames), case, order="line"))


def _random_cuts(times: int, seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(times):
        case = rng.choice(list(LISTS.values()))
        frames = cut(with_lines(case), rng, most=9)
        rng.shuffle(frames)
        assert_local(case, cleaned(parts_of(frames), case, order="line"))


def test_ten_random_cuts_give_the_local_rows() -> None:
    _random_cuts(10, seed=10)


@pytest.mark.exam
def test_a_hundred_random_cuts_give_the_local_rows() -> None:
    _random_cuts(100, seed=100)


def _random_lists(times: int, seed: int) -> None:
    for number in range(times):
        rng = random.Random(seed + number)
        case = random_case(rng)
        frame = typed(case.frame, rng)
        try:
            plan(frame, **case.settings)
        except PreflightError:
            continue  # such as a list that is its header again
        case = Case(frame.to_dict("list"), case.settings)
        if {one.code for one in local(case).report.findings} & {"R008", "L003"}:
            continue  # said of a whole list alone
        frames = cut(frame.assign(line=frame.index), rng, most=9)
        rng.shuffle(frames)
        assert_local(case, cleaned(parts_of(frames), case, order="line"))


def test_lists_made_at_random_give_the_local_rows() -> None:
    _random_lists(15, seed=0)


@pytest.mark.exam
def test_two_hundred_lists_made_at_random_give_the_local_rows() -> None:
    _random_lists(200, seed=500)


@pytest.mark.parametrize("dtype", ["object", "string", "string[pyarrow]"])
def test_any_type_of_text_and_the_order_of_the_index(dtype: str) -> None:
    with dask.config.set({"dataframe.convert-string": False}):
        ddf = dd.from_pandas(ONE.frame.astype(dtype), npartitions=4)
        found = cleaned(ddf, ONE)
        assert_local(ONE, found)
        assert found[0].index.is_monotonic_increasing


def test_partitions_in_the_order_of_the_list() -> None:
    frames = [part.reset_index(drop=True) for part in cut(ONE.frame, random.Random(3))]
    clean, rejects, _, _ = cleaned(parts_of(frames), ONE, order=engine.PARTITIONS)
    expected = local(ONE)
    assert clean.to_dict("list") == expected.clean.to_dict("list")
    assert rejects["phone"].tolist() == expected.rejects.sort_values("preflight_line")["phone"].tolist()
    said = rejects.loc[rejects["preflight_code"] == "D001", "preflight_reason"]
    given = {"where": "row", "line": 0}
    assert set(said) <= {worded(BY_CODE["D001"], {**given, "identifier": same}) for same in ("same", "other")}


def test_without_an_order_it_is_an_error_that_says_what_to_give() -> None:
    ddf, made = parts_of([ONE.frame]), plan(ONE.frame, region="US")
    with pytest.raises(SettingsError, match=r"Give order= the name of a column.*csv_preflight\.dask\.PARTITIONS"):
        engine.clean(ddf, made)
    with pytest.raises(SettingsError, match=r"order: there is no column 'Nam'; did you mean Name"):
        engine.clean(ddf, made, order="Nam")


PANDAS = ONE.frame
WRONG: dict[str, tuple[tuple[Any, Any], dict[str, Any], type[Exception], str]] = {
    "a frame of pandas": ((PANDAS, None), {}, TypeError, "not pandas.DataFrame: dask.dataframe.from_pandas"),
    "a path": (("list.csv", None), {}, TypeError, "not str: .* read_csv make one"),
    "settings for a plan": ((None, {"region": "US"}), {}, TypeError, r"plan is what .*plan\(sample.* not dict"),
    "a frame for a plan": ((None, PANDAS), {}, TypeError, r"plan is what .* returns, not pandas\.DataFrame"),
    "a number as the order": ((None, None), {"order": 3}, SettingsError, "order: takes the name of a .* not int"),
    "columns as the order": ((None, None), {"order": ["phone"]}, SettingsError, "order: takes the name of .* not list"),
    "a table of numbers": ((None, None), {"suppress": PANDAS}, SettingsError, r"suppress: .* such as frame\['phone'\]"),
    "a number alone": ((None, None), {"only": 12025550101}, SettingsError, "only: an int is neither a file nor"),
    "something of Dask": ((None, None), {"existing": dask.delayed([])}, SettingsError, "existing: of Dask"),
}  # fmt: skip


@pytest.mark.parametrize(("given", "arguments", "error", "words"), WRONG.values(), ids=WRONG)
def test_wrong_arguments_are_errors_that_say_what_to_give(
    given: tuple[Any, Any], arguments: dict[str, Any], error: type[Exception], words: str
) -> None:
    ddf, made = given
    if ddf is None:
        ddf = dd.from_pandas(PANDAS, npartitions=2)
    with pytest.raises(error, match=words):
        engine.clean(ddf, plan(PANDAS, region="US") if made is None else made, **arguments)


def test_values_that_have_no_order_are_an_error_in_words() -> None:
    frame = pd.DataFrame(
        {"phone": ["202-555-0101"] * 2, "day": pd.Series([1, pd.Timestamp("2026-01-01")], dtype=object)}
    )
    with dask.config.set({"dataframe.convert-string": False}):
        made = engine.clean(dd.from_pandas(frame, npartitions=1), plan(frame, region="US"), order="day")
        with pytest.raises(PreflightError, match="order: its values cannot be compared"):
            made.clean.compute()


def test_columns_may_be_called_by_numbers() -> None:
    frame = pd.DataFrame({0: ["Ann", "Bob"], 1: ["202-555-0101", "2025550101"], 2: [2, 1]})
    made = engine.clean(dd.from_pandas(frame, npartitions=2), plan(frame[[0, 1]], region="US"), order="2")
    assert made.clean.compute().to_dict("list") == {"0": ["Bob"], "1": ["+12025550101"]}


def test_a_sample_is_of_pandas() -> None:
    with pytest.raises(TypeError, match=r"give plan\(\) its first rows, people\.head"):
        plan(dd.from_pandas(PANDAS, npartitions=2), region="US")


def test_categories_are_ordered_by_their_values_and_the_index_by_its_name() -> None:
    frame = pd.DataFrame({"phone": ["202-555-0101"] * 4, "Name": list("ABCD"), "day": list("dacb")})
    made = plan(frame.drop(columns="day"), region="US")
    parts = [frame.iloc[start : start + 2] for start in (0, 2)]
    for types in (("d", "c", "b", "a"), ("c", "a", "d", "b")):
        day = pd.CategoricalDtype(list(types))
        ordered = parts_of([part.astype({"day": day, "Name": "category"}) for part in parts])
        assert engine.clean(ordered, made, order="day").clean.compute()["Name"].tolist() == ["B"]
        named = parts_of([part.set_index("day") for part in parts])
        assert engine.clean(named, made, order="day").clean.compute()["Name"].tolist() == ["B"]
    ranks = pd.CategoricalDtype(["c", "d", "a", "b"], ordered=True)
    ranked = parts_of([part.astype({"day": ranks}) for part in parts])
    assert engine.clean(ranked, made, order="day").clean.compute()["Name"].tolist() == ["C"]


@pytest.mark.parametrize("case", [ONE, CASES["a column of countries"]])
def test_columns_may_be_categories(case: Case) -> None:
    frames = [part.astype("category").assign(line=part.index) for part in cut(case.frame, random.Random(9))]
    lists = dd.from_map(lambda place: frames[place], range(len(frames)), meta=frames[0].iloc[:0])
    made = engine.clean(lists, plan(case.frame, **case.settings), order="line")
    assert_local(case, dask.compute(made.clean, made.rejects, made.counts, made.rows))


def test_the_columns_are_checked_before_anything_runs() -> None:
    made = plan(ONE.frame, region="US")
    with pytest.raises(PreflightError, match="no column 'Name'"):
        engine.clean(parts_of([ONE.frame[["phone"]]]), made, order="phone")


ORDERS: dict[str, tuple[str, list[Any], list[int]]] = {
    "a date": ("first", [pd.Timestamp(f"2026-0{month}-01") if month else pd.NaT for month in (3, 1, 0, 2)], [1]),
    "the last date": ("last", [pd.NaT, pd.Timestamp("2026-01-01"), pd.Timestamp("2026-03-01"), pd.NaT], [2]),
    "a text": ("first", ["b", "c", "a", "d"], [2]),
    "a whole number": ("first", [4, 3, 2, 1], [3]),
    "a fraction, with none in one row": ("first", [None, 0.5, 0.25, 1.0], [2]),
}  # fmt: skip


@pytest.mark.parametrize(("keep", "order", "kept"), ORDERS.values(), ids=ORDERS)
def test_the_first_row_is_the_least_by_the_order(keep: str, order: list[Any], kept: list[int]) -> None:
    frame = pd.DataFrame({"phone": ["202-555-0101"] * 4, "Name": list("ABCD")})
    made = plan(frame, region="US", keep=keep)
    frame["when"] = order
    parts = parts_of([frame.iloc[[0]], frame.iloc[[3, 1]], frame.iloc[[]], frame.iloc[[2]]])
    assert engine.clean(parts, made, order="when").clean.compute().index.tolist() == kept


def test_rows_of_one_order_are_told_apart_however_they_are_cut() -> None:
    frame = pd.DataFrame({"phone": ["202-555-0101"] * 6, "Name": list("ABCDEF"), "day": [1] * 6})
    made = plan(frame, region="US")
    rng = random.Random(5)
    kept = set()
    for seed in range(6):
        parts = parts_of(cut(frame.sample(frac=1, random_state=seed), rng))
        kept.add(engine.clean(parts, made, order="day").clean.compute()["Name"].item())
    assert len(kept) == 1


def _as_path(numbers: tuple[str, ...], tmp_path: Path) -> Any:
    (tmp_path / "never.csv").write_text("phone\n" + "\n".join(numbers))
    return tmp_path / "never.csv"


def _as_folder(numbers: tuple[str, ...], tmp_path: Path) -> Any:
    for place, number in enumerate(numbers):
        (tmp_path / f"{place}.csv").write_text(f"area,number\n{number[2:5]},{number[5:]}\n")
    return [str(tmp_path)]


def _as_frame(numbers: tuple[str, ...], _: Path) -> Any:
    return dd.from_pandas(
        pd.DataFrame({"n": [number.replace("+1", "1 ") for number in numbers], "phone": numbers}), npartitions=2
    )


def _as_digits(numbers: tuple[str, ...], _: Path) -> Any:
    return dd.from_pandas(pd.Series([int(number) for number in numbers]), npartitions=2)


def _as_national_digits(numbers: tuple[str, ...], tmp_path: Path) -> Any:
    (tmp_path / "never.csv").write_text("phone\n" + "\n".join(number[2:] for number in numbers))
    return dd.read_csv(tmp_path / "never.csv")


def _as_floats(numbers: tuple[str, ...], _: Path) -> Any:
    return dd.from_pandas(pd.DataFrame({"phone": [int(numbers[0][2:]), None, int(numbers[1][2:])]}), npartitions=1)


@pytest.mark.parametrize("given", [tuple, _as_path, _as_folder, _as_frame, _as_digits, _as_national_digits, _as_floats])
@pytest.mark.parametrize("option", ["suppress", "existing", "only"])
def test_lists_of_numbers_come_in_many_forms(given: Any, option: str, tmp_path: Path) -> None:
    case = Case(ONE.columns, {**ONE.settings, option: NEVER})
    numbers = NEVER if given is tuple else given(NEVER, tmp_path)
    ddf = dd.from_pandas(case.frame, npartitions=3)
    made = engine.clean(ddf, plan(case.frame, **ONE.settings), **{option: numbers})
    assert_local(case, dask.compute(made.clean, made.rejects, made.counts, made.rows))


@pytest.mark.parametrize("option", ["suppress", "existing", "only"])
@pytest.mark.parametrize("is_of_plan", [False, True], ids=["given", "of the plan"])
def test_rows_of_other_lists_that_cannot_be_read_are_counted(option: str, *, is_of_plan: bool, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("phone\n" + "\n".join([*NEVER, "ask", "555-0103", *ALLOWED]))
    lists = {option: str(tmp_path / "list.csv")}
    case = Case(ONE.columns, {**ONE.settings, **lists})
    made = plan(case.frame, **ONE.settings, **(lists if is_of_plan else {}))
    assert any(one.code == "D004" for one in made.findings) == is_of_plan
    found = engine.clean(dd.from_pandas(case.frame, npartitions=3), made, **({} if is_of_plan else lists))
    assert_local(case, dask.compute(found.clean, found.rejects, found.counts, found.rows))
    assert found.counts.compute()["D004"] == 2


@pytest.mark.parametrize("option", ["suppress", "existing", "only"])
def test_the_numbers_of_a_cleaned_list_are_those_of_another_plan(option: str) -> None:
    german = pd.DataFrame({"phone": ["030 231256", "089 123456"]})
    cleaned = plan(german, region="DE")
    numbers = dd.from_pandas(german, npartitions=2).map_partitions(
        lambda part: cleaned.apply(part).number, meta=("number", "int64")
    )
    people = pd.DataFrame({"phone": ["+4930231256", "+14930231256", "202-555-0101"]})
    made = engine.clean(dd.from_pandas(people, npartitions=1), plan(people, region="US"), **{option: numbers})
    expected = csv_preflight.preflight(people, region="US", **{option: ["+4930231256", "+4989123456"]})
    assert made.clean["phone"].compute().tolist() == expected.clean["phone"].tolist() != []
    assert len(made.rejects) == len(expected.rejects)


@pytest.mark.parametrize("option", ["suppress", "existing"])
def test_a_column_called_number_may_hold_national_digits(option: str) -> None:
    people = pd.DataFrame({"phone": ["202-555-0101", "202-555-0102"]})
    numbers = dd.from_pandas(pd.DataFrame({"number": [2025550101]}), npartitions=1)
    made = engine.clean(dd.from_pandas(people, npartitions=1), plan(people, region="US"), **{option: numbers})
    assert made.clean["phone"].compute().tolist() == ["+12025550102"]


@pytest.mark.parametrize("name", ["phone", "number"])
def test_whole_numbers_that_are_none_are_an_error(name: str) -> None:
    numbers = dd.from_pandas(pd.DataFrame({name: [1, 2, 3]}), npartitions=1)
    made = engine.clean(dd.from_pandas(ONE.frame, npartitions=2), plan(ONE.frame, region="US"), suppress=numbers)
    with pytest.raises(PreflightError, match="suppress: D004"):
        made.clean.compute()


def test_the_lists_of_a_plan_hold_too() -> None:
    case = CASES["lists of numbers"]
    made = engine.clean(dd.from_pandas(case.frame, npartitions=3), plan(case.frame, **case.settings))
    assert_local(case, dask.compute(made.clean, made.rejects, made.counts, made.rows))


@pytest.mark.parametrize(
    ("suppress", "error", "words"),
    [
        pytest.param(["+12025550101", "ask", "later", "never"], PreflightError, "suppress: D004", id="unreadable"),
        pytest.param("there-is-none.csv", FileNotFoundError, "there-is-none", id="no file"),
    ],
)
def test_a_list_that_cannot_be_read_is_an_error(suppress: Any, error: type[Exception], words: str) -> None:
    made = engine.clean(dd.from_pandas(ONE.frame, npartitions=2), plan(ONE.frame, region="US"), suppress=suppress)
    with pytest.raises(error, match=words):
        made.clean.compute()


def test_a_frame_of_several_columns_does_not_say_which_holds_the_numbers() -> None:
    numbers = dd.from_pandas(pd.DataFrame({"a": [1], "b": [2]}), npartitions=1)
    with pytest.raises(SettingsError, match="suppress: which column holds the numbers"):
        engine.clean(dd.from_pandas(ONE.frame, npartitions=2), plan(ONE.frame, region="US"), suppress=numbers)


@pytest.mark.filterwarnings("ignore:The inplace keyword")  # in Dask
def test_parquet_in_and_out(tmp_path: Path) -> None:
    for place, part in enumerate(cut(with_lines(ONE), random.Random(8))):
        part.to_parquet(tmp_path / f"{place}.parquet")
    made = engine.clean(dd.read_parquet(tmp_path / "*.parquet"), plan(ONE.frame, **ONE.settings), order="line")
    dask.compute(
        made.clean.to_parquet(tmp_path / "clean", compute=False),
        made.rejects.to_parquet(tmp_path / "rejects", compute=False),
    )
    expected = local(ONE)
    assert rows_of(pd.read_parquet(tmp_path / "clean")) == rows_of(expected.clean)
    assert len(pd.read_parquet(tmp_path / "rejects")) == len(expected.rejects)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("processes", [False, pytest.param(True, marks=pytest.mark.exam)], ids=["threads", "processes"])
def test_two_workers(processes: bool) -> None:
    distributed = pytest.importorskip("distributed")
    case = CASES["people who opted out, also in another row"]
    frames = cut(with_lines(case), random.Random(4))
    options = {"n_workers": 2, "threads_per_worker": 1, "processes": processes, "dashboard_address": None}
    with dask.config.set(scheduler=None), distributed.Client(**options):
        ddf = dd.from_pandas(case.frame, npartitions=4) if processes else parts_of(frames)
        assert_local(case, cleaned(ddf, case, order=None if processes else "line"))
