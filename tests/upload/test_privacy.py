"""Nothing of a list is printed by ``upload``, in any form of output, whether the service takes it or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.promises.test_privacy import LISTS, formats, leaks
from tests.service.server import Service
from tests.upload.conftest import Command


@pytest.mark.parametrize("key", ["right", "wrong"])
@pytest.mark.parametrize("form", formats("upload"))
def test_nothing_of_a_list_is_shown(
    form: str, key: str, service: Service, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if key == "wrong":
        monkeypatch.setenv("SMALLEST_API_KEY", "wrong")
    path = tmp_path / "list.csv"
    path.write_bytes(LISTS["every kind of row"])
    reports = [word for suffix in ("json", "html", "md") for word in ("--report", str(tmp_path / f"report.{suffix}"))]
    options = ("--region", "US", "--name", "June list", "--yes", "--output-format", form, "--max-findings", "0")
    options += ("--max-rejects", "100%")
    done = command("upload", path, *options, *reports)
    assert done.code == (0 if key == "right" else 2)
    assert len(service.audiences) == (key == "right")
    assert done.out + done.err
    assert not leaks(done.out + done.err)
    for report in tmp_path.glob("report.*"):
        assert not leaks(report.read_text(encoding="utf-8"))
