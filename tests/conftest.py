"""What holds in every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from csv_preflight.result import Result
from tests.service.accepting import assert_accepted, is_for_the_service


@pytest.fixture(autouse=True, scope="session")
def _what_is_ready_is_accepted() -> Iterator[None]:
    """The service takes every list that the library calls ready, whatever a test is about."""
    original = Result.__init__

    def make(made: Result, *arguments: object) -> None:
        original(made, *arguments)  # type: ignore[arg-type]
        if made.ready and is_for_the_service(made.report):
            assert_accepted(made.report, [data for _, data, _ in made.upload_files()])

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Result, "__init__", make)
        yield
