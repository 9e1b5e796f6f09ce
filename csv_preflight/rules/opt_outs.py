"""Columns that say who must not be called."""

from __future__ import annotations

from csv_preflight.model.rule import Group, Outcome, Rule
from csv_preflight.rules.header import NAMES, THERE_IS_NONE

RULES = (
    Rule(
        code="C011",
        name="opt-out-column",
        title="People who must not be called",
        outcome=Outcome.WARN,
        group=Group.HEADER,
        message="in {count:,} {rows}, the column {name} says that the person must not be called; "
        "--opt-out-column rejects {them}",
        why="People who have opted out must not be called, and the list itself says who they are.",
        example="a column do_not_call with Yes in it, and no --opt-out-column",
        parameters={"name": "do_not_call", "count": 3, "rows": "many", "them": "many"},
        remedy="Name the column with --opt-out-column, or remove these people from the list.",
        spreadsheet="Remove these people from the list.",
        columns=frozenset({"name"}),
        words={"rows": {"one": "row", "many": "rows"}, "them": {"one": "it", "many": "them"}},
        unused_option="opt-out-column",
    ),
    Rule(
        code="C012",
        name="opt-out-column-missing",
        title="Opt-out column not found",
        outcome=Outcome.STOP,
        group=Group.HEADER,
        message="{problem}",
        why="Without this column, people who have opted out would be called.",
        example="--opt-out-column unsubscribed, where the header says Unsubscribed at",
        parameters={"problem": "near", "wanted": "unsubscribed", "near": ("Unsubscribed at",)},
        remedy="Choose one of the columns with --opt-out-column.",
        spreadsheet="Choose one of the columns in the list, or give the column the name that was asked for.",
        columns=NAMES,
        words={"problem": THERE_IS_NONE},
        ways={"near": "opt-out-column"},
    ),
    Rule(
        code="C014",
        name="opt-out-column-no-answers",
        title="Not a column of opt-outs",
        outcome=Outcome.STOP,
        group=Group.HEADER,
        message="the column {name} does not say who has opted out: {found}; choose another column with "
        "--opt-out-column",
        why="The people who have opted out are in another column, and would be called.",
        example="--opt-out-column City",
        parameters={"name": "City", "found": "unclear", "unclear": 24, "distinct": 25},
        remedy="Choose the column that says who must not be called, or leave out --opt-out-column.",
        spreadsheet="Choose the column that says who must not be called.",
        columns=frozenset({"name"}),
        at_fault={"": "opt-out-column"},
        words={
            "found": {
                "unclear": "{unclear:,} of its {distinct:,} different values are neither yes nor no",
                "phone": "it is a phone column",
                "identifier": "it is the identifier column",
                "region": "it is the country column",
            }
        },
    ),
)
