"""Lists made at random, of all that a list may have beside each other, each with settings that fit it."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pandas as pd

from tests.engines.lists import Case

NAMES = (
    *(
        "Ann",
        "Bob",
        "",
        "José",
        "JosÃ©",
        "=1+2",
        "Anna  B",
        "\u0410nn",
        " Cy",
        "a,b",
        'say "x"',
        "two\nlines",
        "x\r\ny",
    ),
    *(
        "N?na",
        "Nu?ez",
        "Why?",
        "??",
        "? ?",
        "page=7?x",
        "O&#39;Hara",
        "&amp",
        ";x",
        "+12025550143",
        "-5",
        "nan",
        "None",
    ),
)
ODD = (
    *("", " ", "ask", "STOP", "202-555", "+999123456", "2.025550143E+09", "2024-01-31", "9999999999"),
    *("202-555-0143 x12", "Tel. 202-555-0144", "202-555-0143 / 202-555-0144", "0044 20 7946 0018", "+0 202 555 0143"),
    *("1 800 FLOWERS", "202-555-0143 (home)", "20 55 50 14 33", "67 89 01 23", "+52 1 55 1234 5678"),
    *("\u202a+12025550143\u202c", "4420794600181", "202-555-0143 44 45", "202-555-0130 - 31", "030 231256 - 57"),
    *("202-555-0110, 11", "202-555-0120 to 0124", "https://wa.me/12025550143", "202-555-0143 (44/45)"),
)  # fmt: skip
LANDS = ("US", "Germany", "", "GB", "nowhere", "India", "Deutschland", "49", "+1")
PROFILES = ("generic", "vapi", "retell", "elevenlabs", "bolna-batch", "govuk-notify", "braze", "genesys-cloud")
TYPES = ("object", "string", "string[pyarrow]", "category")


def _american(rng: random.Random) -> str:
    form = rng.choice(("({}) {}-{}", "{}-{}-{}", "{}.{}.{}", "{}{}{}", "+1{}{}{}", "1 {} {} {}", "1{}{}{}"))
    return form.format(rng.choice((202, 415, 212)), 555, f"{rng.randrange(100, 140):04}")


def _german(rng: random.Random) -> str:
    form = rng.choice(("030 {}", "0151{}", "+49 30 {}", "0049 30 {}", "30{}", "151{}", "4930{}", "49151{}"))
    return form.format(rng.randrange(10**6, 10**8))


def _indian(rng: random.Random) -> str:
    return rng.choice(("98765{}", "+91 98765{}", "9198765{}", "098765{}")).format(rng.randrange(10**4, 10**5))


def _without_plus(rng: random.Random) -> str:
    form = rng.choice(("49301234{}", "442079460{}", "1202555{}", "658123{}", "658234{}", "49151234{}", "91987654{}"))
    return form.format(str(rng.randrange(10**4, 10**5))[: 11 - len(form) + 4])


KINDS: tuple[Callable[[random.Random], str], ...] = (_american, _german, _indian, _without_plus)


def _listed(rng: random.Random) -> str:
    """A number of another list, perhaps with the last digits of further ones."""
    more = rng.choice(("", "", "", " {}", " - {}", "/{}", ", {}", " ({})", " to {}"))
    return f"+1202555{rng.randrange(100, 140):04}" + more.format(rng.randrange(10, 50))


def random_case(rng: random.Random) -> Case:
    """A list, and settings under which a plan can be made of it."""
    rows = rng.choice((1, 2, 3, 5, 10, 30, 60))
    usual, mixed, odd = rng.choice(KINDS), rng.choice((0, 0.1, 0.3, 0.6)), rng.choice((0, 0.1, 0.4))
    columns: dict[str, list[Any]] = {}
    settings: dict[str, Any] = {"phone_column": ("phone",)}

    def filled(*values: Any) -> list[Any]:
        return [rng.choice(values) for _ in range(rows)]

    def number(_: int) -> str:
        chance = rng.random()
        return rng.choice(ODD) if chance < odd else (rng.choice(KINDS) if chance < odd + mixed else usual)(rng)

    def perhaps(share: float, **given: Any) -> bool:
        chosen = rng.random() < share
        settings.update(given if chosen else {})
        return chosen

    columns["phone"], columns["Name"] = list(map(number, range(rows))), filled(*NAMES)
    perhaps(0.8, region=rng.choice(("US", "DE", "IN", "GB", "SG")))
    perhaps(0.5, identifier_column="Name") and perhaps(0.3, require_identifier=True)
    if perhaps(0.3, phone_column=("phone", "home")):
        columns["home"] = list(map(number, range(rows)))
    if rng.random() < 0.3:
        columns["land"] = filled(*LANDS)
        perhaps(0.7, region_column="land")
    if perhaps(0.25, opt_out_column="stop"):
        columns["stop"] = filled("no", "", "no", "yes", "perhaps", "STOP")
    for option, share, size in (("suppress", 0.2, 8), ("existing", 0.1, 8), ("only", 0.1, 40)):
        perhaps(share, **{option: [_listed(rng) for _ in range(size)]})
    perhaps(0.2, keep="last")
    perhaps(0.2, no_plus=True)
    perhaps(0.2, accept="possible")
    perhaps(0.15, countries=rng.choice(("US", "!DE", "IN,US")))
    perhaps(0.15, line_types=rng.choice(("mobile", "!fixed_line")))
    if perhaps(0.2, extension_column="ext") and rng.random() < 0.6:
        columns["ext"] = filled("", "9", "12")
    if perhaps(0.2, add_timezone="tz") and rng.random() < 0.5:
        columns["tz"] = filled("", "Europe/Berlin")
    if perhaps(0.2, variables=["city"]):
        columns["city"] = filled("Rome", "", " ", "Boston")
        perhaps(0.5, require_variables=True)
    if rng.random() < 0.3:
        columns["note"] = filled(*NAMES, "a\0b", "Ann,202-555-0199\nBob,202-555-0198", "x" * 300)
    if rng.random() < 0.2:
        columns["age"] = filled(1, 2, None)
    if rng.random() < 0.2:
        columns["when"] = filled(pd.Timestamp("2026-01-01"), pd.NaT)
    if perhaps(0.2, profile="interakt"):
        columns["Country Code"] = filled("1", "49", "91", "", "+1") if rng.random() < 0.5 else filled("49")
    else:
        perhaps(0.3, profile=rng.choice(PROFILES))
    if rng.random() < 0.1:  # a row that is blank, or the header again
        again, place = rng.random() < 0.5, rng.randrange(rows)
        for name, cells in columns.items():
            cells[place] = name if again else ""
    return Case(columns, settings)


def typed(frame: pd.DataFrame, rng: random.Random) -> pd.DataFrame:
    """A list whose columns of text have another type of pandas, and whose whole numbers are nullable ones."""
    chosen = rng.choice(TYPES)
    made = frame.copy()
    for name in frame.columns:
        cells = frame[name].dropna().tolist()
        if all(isinstance(cell, str) for cell in cells):
            made[name] = frame[name].astype(chosen)
        elif all(isinstance(cell, int) for cell in cells):
            made[name] = frame[name].astype("Int64")
    return made
