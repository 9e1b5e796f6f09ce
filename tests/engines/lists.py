"""Lists of every kind that an engine has to treat as a local run does, each with its settings."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

import pandas as pd

import csv_preflight

LINE_END = re.compile("\r\n|\r|\n")
NEVER = ("+12025550107", "+12025550112")
ALLOWED = tuple(f"+1202555{number:04}" for number in range(100, 120))


@dataclass(frozen=True)
class Case:
    columns: dict[str, list[Any]]
    settings: dict[str, Any] = field(default_factory=dict)

    @property
    def frame(self) -> pd.DataFrame:
        """The list, with the physical line that each row has in its CSV as the index."""
        frame = pd.DataFrame(self.columns, dtype=object)
        lines = [1 + sum(len(LINE_END.findall(str(cell))) for cell in row) for row in frame.itertuples(index=False)]
        frame.index = pd.Index(list(accumulate(lines[:-1], initial=2)), dtype="int64")
        return frame


def _people(count: int, seed: int) -> list[str]:
    """Numbers in several forms, some of them more than once, some that are none."""
    rng = random.Random(seed)
    forms = ("(202) 555-{:04}", "202-555-{:04}", "+1202555{:04}", "1 202 555 {:04}", "202555{:04}")
    odd = ("ask", "", "202-555", "+44 20 7946 0018", "202-555-0143 x12", "Tel. 202-555-0144", "2.025550143E+09")
    return [
        rng.choice(odd) if rng.random() < 0.2 else rng.choice(forms).format(rng.randrange(100, 100 + count // 2))
        for _ in range(count)
    ]


PHONES = _people(60, 1)
NAMES = [f"Person {place % 17}" if place % 11 else "" for place in range(60)]

CASES = {
    "repeats in several forms": Case({"Name": NAMES, "phone": PHONES}, {"region": "US", "identifier_column": "Name"}),
    "the last of several": Case({"Name": NAMES, "phone": PHONES}, {"region": "US", "keep": "last"}),
    "required identifiers": Case(
        {"phone": PHONES, "Name": NAMES, "x": ["a,b", '"', " ", "", "=1", "é"] * 10},
        {"region": "US", "identifier_column": "Name", "require_identifier": True},
    ),
    "people who opted out, also in another row": Case(
        {"phone": PHONES, "do_not_call": ["no", "", "no", "yes", "", "perhaps"] * 10, "Name": NAMES},
        {
            "region": "US",
            "opt_out_column": "do_not_call",
            "identifier_column": "Name",
            "require_identifier": True,
        },
    ),
    "lists of numbers": Case(
        {"phone": PHONES, "Name": NAMES},
        {"region": "US", "suppress": NEVER, "existing": ["+12025550105"], "only": ALLOWED},
    ),
    "several phone columns, one of them suppressed or opted out": Case(
        {"mobile": PHONES, "Name": NAMES, "home": PHONES[7:] + PHONES[:7], "stop": ["no", "", "yes", "", "", ""] * 10},
        {"region": "US", "phone_column": ["mobile", "home"], "suppress": NEVER, "opt_out_column": "stop"},
    ),
    "variables, a rename and a time zone": Case(
        {"phone": PHONES, "First Name": NAMES, "city": ["Rome", "", "Boston"] * 20},
        {
            "region": "US",
            "variables": ["city"],
            "rename": ["First Name=first"],
            "add_timezone": "tz",
            "require_variables": True,
        },
    ),
    "a column of countries": Case(
        {
            "country": ["US", "Germany", "", "GB", "nowhere"] * 12,
            "phone": ["202-555-0101", "030 23125 000", "020 7946 0018"] * 20,
        },
        {"region": "US", "region_column": "country"},
    ),
    "extensions in a column of their own": Case(
        {"phone": ["202-555-0101 ext. 5", "202-555-0102", "202-555-0103 x7"] * 10, "ext": ["", "9", "1"] * 10},
        {"region": "US", "extension_column": "ext"},
    ),
    "cells of several lines, NUL and giant cells": Case(
        {
            "phone": [f"202-555-{end}" for end in ("0101", "0102", "01\0", "0104", "0105\n", "0106\r")],
            "note": ["one\ntwo", "a\r\nb\rc", "x", "y" * 140_000, 'say "hi"\n', "Ann,202-555-0199\nBob,202-555-0198"],
        },
        {"region": "US"},
    ),
    "blank rows and headers again": Case(
        {
            "phone": ["", "202-555-0101", " ", "phone", "202-555-0102", None],
            "Name": ["", "Ann", "\t", "Name", '""', None],
        },
        {"region": "US"},
    ),
    "one column": Case({"phone": ["", "202-555-0101", " ", "202-555-0101"]}, {"region": "US"}),
    "floats with missing ones": Case({"phone": [2025550101.0, None, 2025550103.0, 2025550101.0]}, {"region": "US"}),
    "digits that have lost their plus signs": Case(
        {"phone": ["493023125000", "442079460018", "12025550143"] * 7}, {"region": "DE"}
    ),
    "some rejected numbers would be others with a plus sign": Case(
        {"phone": ["4930123456789", "202-555-0143", "2125550", "442079460018", "20255501430", "999555"] * 6},
        {"region": "SG"},
    ),
    "no region, and most have lost their plus signs": Case(
        {"phone": ["442079460018", "2025550", "12025550143", "555", "493023125000", "+12025550101"] * 6}
    ),
    "codes in a column of their own, and in some numbers as well": Case(
        {
            "Phone Number": [*["442079460018"] * 6, *["4915123456635"] * 6],
            "Country Code": [*["44"] * 6, *["49"] * 6],
        },
        {"profile": "interakt"},
    ),
    "codes in a column of their own alone": Case(
        {"Phone Number": ["4915123456635", "3012345678"] * 6, "Country Code": ["49"] * 12}, {"profile": "interakt"}
    ),
    "question marks before cells that look like a query": Case(
        {"phone": ["202-555-0143", "202-555-0144", "202-555-0145"], "note": ["N?na", "=1", "&amp"]}, {"region": "US"}
    ),
    "numbers of nobody": Case({"phone": ["202-555-0101", "ask", "later"]}, {"countries": "DE", "region": "US"}),
}


def local(case: Case) -> csv_preflight.Result:
    """What a run on one machine makes of a list."""
    return csv_preflight.preflight(case.frame, **case.settings, max_rows=10**6)


def counts_by_row(result: csv_preflight.Result) -> dict[str, int]:
    """How often each rule of rows was found: those of files, columns and limits look at a list as a whole."""
    return {one.code: one.count for one in result.report.findings if one.code[0] not in "FCL"}


def cut(frame: pd.DataFrame, rng: random.Random, most: int = 6) -> list[pd.DataFrame]:
    """A list cut at random, often into parts without a row."""
    cuts = sorted(rng.choices(range(len(frame) + 1), k=rng.randrange(most)))
    return [frame.iloc[start:end] for start, end in zip([0, *cuts], [*cuts, len(frame)], strict=True)]


def rows_of(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    """The rows of a frame with their index."""
    return sorted(zip(frame.index.tolist(), *(frame[name].tolist() for name in frame.columns), strict=True))
