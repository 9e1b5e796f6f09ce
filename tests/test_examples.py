import doctest
import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

import pytest

import csv_preflight


def modules() -> Iterator[ModuleType]:
    """All modules, but those for Spark where it is not installed: the extra `test` leaves it out."""
    for found in pkgutil.walk_packages(csv_preflight.__path__, "csv_preflight."):
        if found.name.endswith("__main__"):
            continue
        try:
            yield importlib.import_module(found.name)
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] != "pyspark":
                raise


MODULES = list(modules())
FINDER = doctest.DocTestFinder(exclude_empty=True)


@pytest.mark.parametrize(
    "module", [pytest.param(one, id=one.__name__) for one in MODULES if any(test.examples for test in FINDER.find(one))]
)
def test_the_examples_in_docstrings_hold(module: ModuleType) -> None:
    failed, tried = doctest.testmod(module)
    assert tried and not failed
