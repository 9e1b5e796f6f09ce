"""The page, without a server."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.visitor import Visitor


@pytest.fixture
def visitor(tmp_path: Path) -> Visitor:
    folder = tmp_path / "session"
    folder.mkdir(mode=0o700)
    return Visitor(folder)
