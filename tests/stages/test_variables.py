"""The template's variables: found under the column's name to the letter, filled, and not the destination's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from csv_preflight import preflight
from csv_preflight.config.values import prompt_of

ROWS = "First Name,phone,due\nAnn,+12025550101,5 May\n,+12025550102,\n \u3000,+12025550103,6 May\n"


def found(text: str, **options: object) -> dict[str, list[tuple[int, str]]]:
    report = preflight(text.encode(), **options).report
    return {
        one.code: [(sample.line, sample.detail) for sample in one.samples]
        for one in report.findings
        if one.code[0] == "V"
    }


FOUND = {
    "a column of that name": (ROWS, {"variables": "phone"}, {}),
    "the name that is written": (ROWS.replace("First Name", "Anrede (kurz)"), {"variables": "Anrede_kurz"}, {"V002"}),
    "case counts": (ROWS, {"variables": "Due"}, {"V001"}),
    "case does not matter to Dograh": (ROWS, {"variables": "DUE", "profile": "dograh"}, {"V002"}),
    "no such column": (ROWS, {"variables": "due,amount"}, {"V001"}),
    "one that the destination fills": (ROWS, {"variables": "current_date"}, {"V003"}),
    "empty ones are told": (ROWS, {"variables": "due"}, {"V002"}),
    "an empty variable of a full list": (ROWS, {"variables": "phone", "require_variables": True}, {}),
}  # fmt: skip


@pytest.mark.parametrize(("text", "options", "codes"), FOUND.values(), ids=FOUND)
def test_a_variable_is_a_column(text: str, options: dict[str, object], codes: set[str]) -> None:
    assert found(text, **options).keys() == {*codes}


def test_a_missing_one_names_the_nearest_column_and_how_to_rename_it() -> None:
    assert found(ROWS, variables="first_name") == {
        "V001": [
            (
                1,
                "the template uses 'first_name', but no column is called that; if you mean 'First Name', give --rename "
                "'First Name=first_name'",
            )
        ]
    }
    renamed = preflight(ROWS.encode(), variables="first_name", rename="First Name=first_name")
    assert list(renamed.clean.columns) == ["first_name", "phone", "due"]
    assert [(one.variable, one.column, one.written) for one in renamed.report.variables] == [
        ("first_name", "First Name", "first_name")
    ]
    again = preflight(renamed.upload_file()[1], variables="first_name", rename="First Name=first_name")
    assert {one.code for one in again.report.findings} == {"V002"}


def test_empty_ones_are_kept_or_rejected() -> None:
    told = found(ROWS, variables="First Name")
    assert told == {"V002": [(3, "the variable 'First Name' is empty"), (4, "the variable 'First Name' is empty")]}
    assert len(preflight(ROWS.encode(), variables="First Name").clean) == 3
    strict = preflight(ROWS.encode(), variables=["First Name", "due"], require_variables=True)
    assert strict.rejects["preflight_code"].tolist() == ["V002", "V002"]
    assert strict.clean["phone"].tolist() == ["+12025550101"]


def test_that_nobody_named_them_is_told() -> None:
    notes = preflight(ROWS.encode(), profile="dograh").report.to_dict()["notes"]
    assert notes == [{"kind": "variables-unknown", "profile": "dograh"}]
    assert preflight(ROWS.encode(), profile="dograh", variables="First Name").report.notes == ()


@pytest.mark.parametrize("profile", ["dograh", "govuk-notify"])
def test_some_destinations_want_every_one_filled(profile: str) -> None:
    result = preflight(ROWS.encode(), variables="due", profile=profile)
    assert result.rejects["preflight_line"].tolist() == [3]
    assert result.rejects["preflight_reason"][0] == (
        f"the variable 'due' is empty, and {profile} requires every variable"
    )


def test_a_column_of_the_destinations_own_name_is_told() -> None:
    assert found("phone,timezone\n+12025550101,x\n") == {
        "V003": [(1, "smallest-atoms fills the variable 'timezone' itself, so this column may never be used")]
    }
    assert found("phone,timezone\n+12025550101,x\n", profile="generic") == {}


PROMPT = 'Hi {{first_name}}, {{ due_date }} of {amount}. {"json": 1} {{current_date}} {{#if x}} {{first_name}}'


def test_a_prompt_names_its_variables() -> None:
    prompt = prompt_of("p.txt", PROMPT)
    assert prompt.in_double == ("first_name", "due_date", "current_date")
    assert prompt.in_single == ("amount",)


@pytest.mark.parametrize(
    ("profile", "missing"),
    [
        pytest.param("smallest-atoms", ["first_name", "due_date"], id="two braces"),
        pytest.param("bolna-batch", ["amount"], id="one pair"),
    ],
)
def test_the_profile_knows_how_a_prompt_writes_them(tmp_path: Path, profile: str, missing: list[str]) -> None:
    path = tmp_path / "prompt.txt"
    path.write_text(PROMPT)
    report = preflight(b"x,contact_number\n1,+12025550101\n", profile=profile, prompt=path).report
    assert [
        sample.parameters["variable"] for one in report.findings if one.code == "V001" for sample in one.samples
    ] == missing
    assert report.settings["prompt"] == str(path)
