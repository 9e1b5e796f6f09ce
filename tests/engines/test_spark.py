"""Spark gives the rows of a local run, however the list is cut: an exam, where pyspark and Java are."""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import csv_preflight
from csv_preflight import PreflightError, SettingsError, plan
from tests.engines.lists import ALLOWED, CASES, NEVER, Case, counts_by_row, local

pytestmark = [pytest.mark.exam, pytest.mark.filterwarnings("ignore")]
pyspark = pytest.importorskip("pyspark", reason="the extra spark is not installed")
if not shutil.which("java"):
    pytest.skip("there is no Java", allow_module_level=True)

from csv_preflight import spark as engine  # noqa: E402 - needs pyspark

LISTS = {name: case for name, case in CASES.items() if "floats" not in name}
ONE = CASES["repeats in several forms"]


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = pyspark.sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    options = {"spark.sql.shuffle.partitions": "2", "spark.driver.memory": "1g", "spark.default.parallelism": "2"}
    for name, value in options.items():
        builder = builder.config(name, value)
    made = builder.getOrCreate()
    yield made
    made.stop()


def frame_of(session: Any, case: Case, partitions: int = 3) -> Any:
    """A Spark frame of a list, in no order, whose column "line" has the lines of its CSV."""
    frame = case.frame.assign(line=case.frame.index).sample(frac=1, random_state=1)
    rows = [tuple(None if pd.isna(cell) else cell for cell in row) for row in frame.itertuples(index=False)]
    names = [name for name in frame.columns if name != "line"]
    schema = ", ".join([*(f"`{name}` string" for name in names), "line long"])
    return session.createDataFrame(rows, schema).repartition(partitions)


def rows_of(frame: Any) -> list[tuple[str, ...]]:
    return sorted(tuple("" if cell is None else str(cell) for cell in row) for row in frame)


@pytest.mark.parametrize("case", LISTS.values(), ids=LISTS)
def test_a_list_gives_the_local_rows(session: Any, case: Case) -> None:
    lists = {name: value for name, value in case.settings.items() if name in ("suppress", "existing", "only")}
    settings = {name: value for name, value in case.settings.items() if name not in lists}
    partitions = random.Random(len(str(case))).randrange(1, 6)
    made = engine.clean(frame_of(session, case, partitions), plan(case.frame, **settings), order="line", **lists)
    expected = local(case)
    assert made.clean.columns == list(expected.clean.columns)
    assert rows_of(made.clean.collect()) == rows_of(expected.clean.itertuples(index=False))
    rejects = expected.rejects.drop(columns="preflight_line")
    assert made.rejects.columns == list(rejects.columns)
    assert rows_of(made.rejects.collect()) == rows_of(rejects.itertuples(index=False))
    counts = {row["code"]: row["count"] for row in made.counts.collect()}
    assert counts == counts_by_row(expected)


@pytest.mark.parametrize("is_of_plan", [False, True], ids=["given", "of the plan"])
def test_rows_of_other_lists_that_cannot_be_read_are_counted(session: Any, *, is_of_plan: bool, tmp_path: Path) -> None:
    (tmp_path / "never.csv").write_text("phone\n" + "\n".join([*NEVER, "ask", "555-0103", *ALLOWED]))
    lists = {"suppress": str(tmp_path / "never.csv")}
    case = Case(ONE.columns, {**ONE.settings, **lists})
    made = plan(case.frame, **ONE.settings, **(lists if is_of_plan else {}))
    found = engine.clean(frame_of(session, case), made, order="line", **({} if is_of_plan else lists))
    counts = {row["code"]: row["count"] for row in found.counts.collect()}
    assert counts == counts_by_row(local(case))
    assert counts["D004"] == 2


def test_without_an_order_it_is_an_error_that_says_what_to_give(session: Any) -> None:
    sdf, made = frame_of(session, ONE), plan(ONE.frame, region="US")
    with pytest.raises(SettingsError, match="give order= the name of a column"):
        engine.clean(sdf, made)
    with pytest.raises(SettingsError, match="there is no column 'lines'; did you mean line"):
        engine.clean(sdf, made, order="lines")


def test_wrong_arguments_are_errors_that_say_what_to_give(session: Any) -> None:
    sdf, made = frame_of(session, ONE), plan(ONE.frame, region="US")
    with pytest.raises(TypeError, match=r"not pandas\.DataFrame: spark\.createDataFrame"):
        engine.clean(ONE.frame, made, order="line")
    with pytest.raises(TypeError, match=r"plan is what csv_preflight\.plan\(sample, \.\.\.\) returns, not dict"):
        engine.clean(sdf, {"region": "US"}, order="line")
    with pytest.raises(SettingsError, match=r"order: takes the name of a column, not pyspark\.Column"):
        engine.clean(sdf, made, order=sdf["line"])
    with pytest.raises(SettingsError, match="suppress: a DataFrame is neither"):
        engine.clean(sdf, made, order="line", suppress=ONE.frame)
    with pytest.raises(TypeError, match=r"people\.limit\(10_000\)\.toPandas"):
        plan(sdf, region="US")


def test_names_may_have_dots_and_differ_in_case_alone(session: Any) -> None:
    columns = {
        "Phone No.": ["202-555-0101", "202-555-0102", "ask"],
        "first.name": list("ABC"),
        "First.Name": list("abc"),
    }
    frame = pd.DataFrame(columns)
    sdf = session.createDataFrame(frame.assign(**{"line.no": [2, 3, 4]}))
    never = session.createDataFrame([("202-555-0102",)], ["Phone No."])
    made = engine.clean(sdf, plan(frame, region="US"), order="line.no", suppress=never)
    expected = csv_preflight.preflight(frame, region="US", suppress=["202-555-0102"])
    assert rows_of(made.clean.collect()) == rows_of(expected.clean.itertuples(index=False))
    rejects = expected.rejects.drop(columns="preflight_line")
    assert made.rejects.columns == list(rejects.columns)
    assert rows_of(made.rejects.collect()) == rows_of(rejects.itertuples(index=False))


def test_the_columns_are_checked_before_anything_runs(session: Any) -> None:
    with pytest.raises(PreflightError, match="no column 'Name'"):
        engine.clean(frame_of(session, ONE).drop("Name"), plan(ONE.frame, region="US"), order="line")


@pytest.mark.parametrize("kind", ["path", "frame", "digits", "national digits", "floats"])
def test_lists_of_numbers_come_in_many_forms(session: Any, kind: str, tmp_path: Path) -> None:
    case = Case(ONE.columns, {**ONE.settings, "suppress": NEVER})
    given: Any = tmp_path / "never.csv"
    given.write_text("phone\n" + "\n".join(NEVER))
    if kind != "path":
        of = {"digits": int, "frame": str}.get(kind, lambda number: int(number[2:]))
        numbers = [(float(of(number)) if kind == "floats" else of(number),) for number in NEVER]
        given = session.createDataFrame(numbers, ["phone"])
    made = engine.clean(frame_of(session, case), plan(case.frame, **ONE.settings), suppress=given, order="line")
    assert rows_of(made.clean.collect()) == rows_of(local(case).clean.itertuples(index=False))


@pytest.mark.parametrize("option", ["suppress", "only"])
def test_a_column_called_number_holds_the_digits_of_e164(session: Any, option: str) -> None:
    people = pd.DataFrame({"phone": ["+4930231256", "202-555-0101"], "line": [2, 3]})
    never = session.createDataFrame([(4930231256,), (None,), (4989123456,)], "number long")
    made = engine.clean(session.createDataFrame(people), plan(people, region="US"), order="line", **{option: never})
    left = ["+12025550101"] if option == "suppress" else ["+4930231256"]
    assert [row.phone for row in made.clean.collect()] == left


def test_whole_numbers_stay_whole_beside_missing_ones(session: Any) -> None:
    rows = [("202-555-0101", 7, "2026-01-02"), ("202-555-0102", None, "2026-01-01"), ("2025550101", 9, "2026-01-01")]
    sdf = session.createDataFrame(rows, "phone string, age long, day string").selectExpr(
        "phone", "age", "to_date(day) day"
    )
    made = engine.clean(sdf, plan(b"phone,age,day\n202-555-0101,7,2026-01-01\n", region="US"), order="day")
    assert rows_of(made.clean.collect()) == [("+12025550101", "9", "2026-01-01"), ("+12025550102", "", "2026-01-01")]
