"""Whether the service takes what is called ready."""

from __future__ import annotations

from collections.abc import Sequence

from csv_preflight.config.values import parse_size
from csv_preflight.model.report import Report
from csv_preflight.reports.advice import sent_names
from tests.service.rules import MOST_BYTES, MOST_MEMBERS, members


def is_for_the_service(report: Report) -> bool:
    """Whether a list was cleaned for the service, and by its rules."""
    settings = report.settings
    return (
        report.profile == "smallest-atoms"
        and not settings.get("no-plus")
        and not settings.get("keep-headers")
        and parse_size(settings.get("max-bytes", 1), "") <= MOST_BYTES
        and int(str(settings.get("max-rows", 1))) <= MOST_MEMBERS
    )


def assert_accepted(report: Report, files: Sequence[bytes]) -> None:
    """Read files as the service does: it takes each, and finds all clean rows."""
    phone, identifier = sent_names(report)
    assert phone
    assert sum(len(members(data, phone, identifier)) for data in files) == report.rows.clean
