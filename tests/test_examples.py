import doctest
import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

import pytest

import csv_preflight


def modules() -> Iterator[ModuleType]:
    """All modules, without those of an extra that is not installed."""
    for found in pkgutil.walk_packages(csv_preflight.__path__, "csv_preflight.", onerror=lambda _: None):
        if found.name.endswith("__main__"):
            continue
        try:
            yield importlib.import_module(found.name)
        except ModuleNotFoundError as error:
            assert error.name, found.name
            assert not error.name.startswith("csv_preflight"), found.name


MODULES = list(modules())
FINDER = doctest.DocTestFinder(exclude_empty=True)


@pytest.mark.parametrize(
    "module", [pytest.param(one, id=one.__name__) for one in MODULES if any(test.examples for test in FINDER.find(one))]
)
def test_the_examples_in_docstrings_hold(module: ModuleType) -> None:
    failed, tried = doctest.testmod(module)
    assert tried and not failed
