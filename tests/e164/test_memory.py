"""No cell outlives its batch: phonenumbers keeps caught exceptions, whose frames hold whatever their callers hold."""

from __future__ import annotations

import gc
from collections.abc import Callable

import pytest
from phonenumbers import NumberParseException

from csv_preflight import e164
from csv_preflight.e164.single import KEPT
from csv_preflight.model.text_column import TextColumn

FORMS: dict[str, tuple[Callable[[int], str], str | None]] = {
    "national": (lambda n: f"(202) 555-{n:04d}", "US"),
    "national, no region": (lambda n: f"(202) 555-{n:04d}", None),
    "a code that does not exist": (lambda n: f"+999 20 79{n:06d}", "DE"),
    "a plus and an international prefix": (lambda n: f"+0044 20 79{n:06d}", "DE"),
    "a small country": (lambda n: f"+1 787 555 {n:04d}", "US"),
    "words": (lambda n: f"none {n}", "DE"),
}


@pytest.mark.parametrize(("cell", "region"), FORMS.values(), ids=FORMS)
def test_no_exception_outlives_the_call(cell: Callable[[int], str], region: str | None) -> None:
    cells = TextColumn.of([cell(number) for number in range(4 * KEPT)])
    gc.collect()
    gc.disable()
    try:
        e164.parse_column(cells, (region,))
        kept = sum(isinstance(one, NumberParseException) for one in gc.get_objects())
    finally:
        gc.enable()
    assert kept < KEPT
