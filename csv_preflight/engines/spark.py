"""A Spark DataFrame -> its clean rows and its rejects, as in a local run, however it is partitioned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial, reduce
from typing import Any

import numpy as np
import pandas as pd
from pyspark.sql import Column, DataFrame, SparkSession, Window
from pyspark.sql import functions as F  # noqa: N812 - as all of Spark's documentation calls it
from pyspark.sql import types as T  # noqa: N812 - likewise

from csv_preflight.config.number_lists import parse_lists
from csv_preflight.engines.arguments import check_order, check_plan, type_name
from csv_preflight.engines.deciding import first_opt_outs
from csv_preflight.engines.listed import (
    NUMBER,
    ListRead,
    column_of,
    files_of,
    numbers_in,
    own_numbers,
    read_list,
    unread_rows,
)
from csv_preflight.engines.spark_tasks import CLEAN, COUNTED, OWN, Shared, apply_plan, find_opt_outs, suppress_rows
from csv_preflight.errors import SettingsError
from csv_preflight.model.number_table import NO_LINE, NumberTable
from csv_preflight.model.numbers import Numbers, OtherList
from csv_preflight.model.other_lists import Lists
from csv_preflight.planning import Plan
from csv_preflight.rules import BY_CODE
from csv_preflight.rules.wording import worded
from csv_preflight.stages.duplicates import REPEAT

_TYPES = (
    T.ByteType(), T.LongType(), T.LongType(), T.LongType(), T.IntegerType(), T.ArrayType(T.LongType()),
    T.ArrayType(T.StringType()), T.StringType(), T.StringType(), T.StringType(), T.LongType(),
)  # fmt: skip
# Spark passes these to pandas as floats if one is missing: 7 would be 7.0.
_WHOLE = (T.ByteType, T.ShortType, T.IntegerType, T.LongType, T.DecimalType)


@dataclass(frozen=True)
class Cleaned:
    """The result of ``clean``; each action on one of its frames reads the list.

    clean: the clean rows, strings, with the column names of the clean file; rejects: the columns of the list as
    strings, then preflight_code, preflight_reason and preflight_raw; both unordered.  counts: columns "code" and
    "count", the findings by rule, D004 among them for rows of other lists that could not be read.
    """

    clean: DataFrame
    rejects: DataFrame
    counts: DataFrame


def clean(
    sdf: DataFrame,
    plan: Plan,
    *,
    suppress: Any = None,
    existing: Any = None,
    only: Any = None,
    order: str | None = None,
) -> Cleaned:
    """Clean a Spark DataFrame, with the same result as on one machine, however it is partitioned.

    sdf: the columns of ``plan.header``, of any type.  plan: of ``csv_preflight.plan``.  suppress, existing, only: as
    for ``preflight``, or a Spark DataFrame of numbers; those of the plan apply as well.  Paths are read by workers.
    Whole numbers are read with the plan's region; in a column called "number", as ``Applied.number`` is, they are the
    digits of E.164, which suppress and existing read in both ways.

    order: decides which of several rows of a number is the first: the name of a column, such as a line or a date, whose
    least value is kept (its greatest if the plan has keep="last").  A Spark DataFrame has no other order.  Ties are
    broken by a hash of the cells.

    Finding people who opted out is an action that runs at once; the rest is lazy.  Raises SettingsError without an
    order, PreflightError for other columns, and TypeError for other types than a Spark DataFrame and a plan.
    """
    if not isinstance(sdf, DataFrame):
        raise TypeError(
            f"sdf is a Spark DataFrame, not {type_name(sdf)}: spark.createDataFrame and spark.read make one"
        )
    check_plan(plan)
    if order is None:
        raise SettingsError(
            "order: which of several rows of one number is the first? A Spark DataFrame has no order of its own: give "
            "order= the name of a column, such as a line or a date"
        )
    check_order(order, sdf.columns)
    chosen = str(order)
    added = [] if chosen in plan.header else [chosen]
    plan.apply(pd.DataFrame(columns=[name for name in sdf.columns if name not in added]))
    given = {"suppress": suppress, "existing": existing, "only": only}
    session = sdf.sparkSession
    kinds = {other: _listed(session, given[other.option], other, plan) for other in OtherList}
    read = {other: frame for other, frame in kinds.items() if frame is not None}
    listed = {other: frame.where("number > 0").select("number").distinct() for other, frame in read.items()}
    names = tuple(sdf.columns)
    shared = Shared(replace(plan, lists=Lists()), names, tuple(added))
    kept_type = sdf.schema[chosen].dataType
    # By position: mapInPandas cannot take names with dots, or two that differ only in case.
    rows = sdf.toDF(*(f"given_{place}" for place in range(len(names))))
    rows = rows.withColumn("order", F.col(f"given_{names.index(chosen)}"))
    rows = rows.withColumns(
        {
            f"given_{place}": F.col(f"given_{place}").cast("string")
            for place, field in enumerate(sdf.schema)
            if isinstance(field.dataType, _WHOLE)
        }
    )
    opted_out = _opted_out(rows, shared, kept_type) if plan.layout.opt_outs else None
    mention = bool(plan.layout.other_phones) and OtherList.SUPPRESS in listed
    cells = [*_clean_names(plan), *_source_names(plan)]
    schema = T.StructType(
        [T.StructField(name, kind) for name, kind in zip(OWN, _TYPES, strict=True)]
        + [T.StructField("order", kept_type)]
        + [T.StructField(name, T.StringType()) for name in cells]
    )
    applied = rows.mapInPandas(partial(apply_plan, shared, opted_out, mention), schema)
    if mention:
        applied = _without_suppressed(applied, listed[OtherList.SUPPRESS])
    return _cleaned(_decided(applied, listed, plan.settings.keep), plan, [*read.values()])


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _clean_names(plan: Plan) -> list[str]:
    return [f"clean_{place}" for place in range(len(plan.columns))]


def _source_names(plan: Plan) -> list[str]:
    return [f"source_{place}" for place in range(len(plan.layout.shown))]


def _opted_out(rows: DataFrame, shared: Shared, kept_type: Any) -> NumberTable:
    """Return the numbers that have opted out in any row, each with the first line that says so."""
    schema = T.StructType(
        [T.StructField(name, kind) for name, kind in (("number", T.LongType()), ("order", kept_type))]
        + [T.StructField(name, T.LongType()) for name in ("tie", "line")]
    )
    return first_opt_outs([rows.mapInPandas(partial(find_opt_outs, shared), schema).toPandas()])


def _listed(session: SparkSession, given: Any, other: OtherList, plan: Plan) -> DataFrame | None:
    """Return what was read of one kind of list: see ``_frame_of``; None without such a list."""
    found = []
    schema = "number long, unread long"
    own = own_numbers(plan.lists, other)
    if own is not None:
        own_list = ListRead([own.numbers], unread_rows(plan.lists, other))
        found.append(session.createDataFrame(_frame_of(own_list), schema))
    if isinstance(given, DataFrame):
        column = column_of(given.columns, other, plan.phone_column)
        read = partial(_read_column, other, plan)
        name = NUMBER if column == NUMBER else "phone"  # Spark takes no dot in it here
        found.append(given.select(F.col(_quoted(column)).alias(name)).mapInPandas(read, schema))
    elif given is not None:
        entries = [file for entry in parse_lists(given, other.option) for file in files_of(entry)]
        places = session.createDataFrame([(place,) for place in range(len(entries))], "place int")
        found.append(places.repartition(len(entries)).mapInPandas(partial(_read_entries, entries, other, plan), schema))
    return reduce(DataFrame.unionByName, found) if found else None


def _frame_of(read: ListRead) -> pd.DataFrame:
    """Return a list as rows: its numbers, and one with no number, 0, that counts the rows that could not be read."""
    numbers = np.append(np.concatenate(read.numbers), 0)
    return pd.DataFrame({"number": numbers, "unread": np.append(np.zeros(len(numbers) - 1, np.int64), read.unread)})


def _read_column(other: OtherList, plan: Plan, frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    for frame in frames:
        yield _frame_of(numbers_in(frame.iloc[:, 0], other, plan.settings, 1))


def _read_entries(
    entries: Sequence[str | Numbers], other: OtherList, plan: Plan, frames: Iterator[pd.DataFrame]
) -> Iterator[pd.DataFrame]:
    for frame in frames:
        for place in frame["place"].tolist():
            yield _frame_of(read_list(entries[place], other, plan.settings, 1))


def _without_suppressed(rows: DataFrame, suppressed: DataFrame) -> DataFrame:
    """Reject the clean rows that have a number on a suppression list.

    Finding these numbers is an action that runs at once.
    """
    mentioned = rows.where(F.col("kind") == CLEAN).select(F.explode("mentioned").alias("number"))
    hits = frozenset(mentioned.join(suppressed, "number").distinct().toPandas()["number"].tolist())
    return rows.mapInPandas(partial(suppress_rows, hits), rows.schema)


def _decided(rows: DataFrame, listed: dict[OtherList, DataFrame], keep: str) -> DataFrame:
    """Reject the clean rows whose numbers are on a list, and repeats."""
    is_open = (F.col("kind") == CLEAN) & F.col("code").isNull()

    def reject(where: Column, code: str, reason: Column) -> DataFrame:
        return rows.withColumns(
            {
                "reason": F.when(where, reason).otherwise(F.col("reason")),
                "raw": F.when(where, F.lit("")).otherwise(F.col("raw")),
                "code": F.when(where, F.lit(code)).otherwise(F.col("code")),
            }
        )

    for other, numbers in listed.items():
        rows = rows.join(numbers.withColumn("listed", F.lit(True)), "number", "left")
        rejected = is_open & other.rejects(F.col("listed").isNotNull())
        rows = reject(rejected, other.code, F.lit(worded(BY_CODE[other.code], other.parameters))).drop("listed")
    by = [F.col("order").asc_nulls_last(), F.col("tie").asc()]
    if keep == "last":
        by = [F.col("order").desc_nulls_last(), F.col("tie").desc()]
    # Rejected rows have no number; their ties distribute them.
    window = Window.partitionBy(is_open, F.when(is_open, F.col("number")).otherwise(F.col("tie"))).orderBy(*by)
    kept = {"place": F.row_number(), "kept_line": F.first("line"), "kept_mark": F.first("mark")}
    rows = rows.withColumns({name: column.over(window) for name, column in kept.items()})
    rows = reject(is_open & (F.col("place") > 1), REPEAT, _repeated())
    return rows.drop(*kept)


def _repeated() -> Column:
    """Return the reason of a repeat, with the line and the identifier of the row that is kept."""
    rule = BY_CODE[REPEAT]

    def said(where: str, identifier: str) -> Column:
        given = {"where": where, "line": 0, "identifier": identifier}
        before, _, behind = worded(rule, given).partition("0")
        return F.concat(F.lit(before), F.col("kept_line").cast("string"), F.lit(behind)) if behind else F.lit(before)

    def either(where: str) -> Column:
        return F.when(F.col("kept_mark") == F.col("mark"), said(where, "same")).otherwise(said(where, "other"))

    return F.when(F.col("kept_line") == NO_LINE, either("row")).otherwise(either("line"))


def _cleaned(rows: DataFrame, plan: Plan, read: Sequence[DataFrame]) -> Cleaned:
    """Return the frames of a result.  read: what was read of other lists."""
    is_clean = (F.col("kind") == CLEAN) & F.col("code").isNull()
    clean = rows.where(is_clean).select(
        *(F.col(name).alias(new) for name, new in zip(_clean_names(plan), plan.columns, strict=True))
    )
    rejected = rows.where((F.col("kind") != COUNTED) & F.col("code").isNotNull())
    shown = [plan.header[place] for place in plan.layout.shown]
    rejects = rejected.select(
        *(F.col(name).alias(old) for name, old in zip(_source_names(plan), shown, strict=True)),
        *(F.col(name).alias(f"preflight_{name}") for name in ("code", "reason", "raw")),
    )
    counted = [
        rejected.select("code", F.lit(1).cast("long").alias("count")),
        rows.where(is_clean).select(F.explode("changes").alias("code"), F.lit(1).cast("long").alias("count")),
        rows.where(F.col("kind") == COUNTED).select("code", "count"),
        *(one.where("unread > 0").select(F.lit("D004").alias("code"), F.col("unread").alias("count")) for one in read),
    ]
    counts = reduce(DataFrame.unionByName, counted).groupBy("code").agg(F.sum("count").alias("count"))
    return Cleaned(clean, rejects, counts)
