import doctest
import importlib
import pkgutil
from types import ModuleType

import pytest

import csv_preflight

MODULES = [
    importlib.import_module(found.name)
    for found in pkgutil.walk_packages(csv_preflight.__path__, "csv_preflight.")
    if not found.name.endswith("__main__")
]
FINDER = doctest.DocTestFinder(exclude_empty=True)


@pytest.mark.parametrize(
    "module", [pytest.param(one, id=one.__name__) for one in MODULES if any(test.examples for test in FINDER.find(one))]
)
def test_the_examples_in_docstrings_hold(module: ModuleType) -> None:
    failed, tried = doctest.testmod(module)
    assert tried and not failed
