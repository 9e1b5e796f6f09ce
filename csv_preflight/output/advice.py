"""What to do first: the one thing that would mend most of the rows that were rejected."""

from __future__ import annotations

from collections.abc import Mapping

from csv_preflight.model import Outcome, Report
from csv_preflight.stages.columns import clean_name

# By the rule that took most rows: what all of them probably have in common.
_COMMON_CAUSES: Mapping[str, str] = {
    "P001": "is {phone!r} the right phone column? Name another with --phone-column",
    "P002": "is {phone!r} the right phone column? Name another with --phone-column",
    "P003": "if all these people are in one country, name it with --region, such as --region US; if not, "
    "a column of countries with --region-column. csv-preflight inspect shows which countries fit",
    "P005": "are the leading zeros or the area codes gone? Export the list again with the column as text",
    "P006": "{region}; csv-preflight inspect shows which countries fit",
    "P007": "{region}; csv-preflight inspect shows which countries fit",
    "P008": "a spreadsheet has rounded them: format the column as text in the original and export it again",
    "P011": "are --line-types the ones you want?",
    "P012": "are --countries the ones you want?",
    "R001": "is {delimiter!r} the delimiter? Name another with --delimiter",
    "R002": "is {delimiter!r} the delimiter? Name another with --delimiter",
    "R003": "the program that wrote the list does not double the quotes inside cells: export it again",
    "I001": "is {identifier!r} the right column? Name another with --identifier-column",
}


def first_step(report: Report) -> str | None:
    """Return a sentence on what happened to most rows, and the remedy; None where most rows can be called.

    None, too, where no row is left, since L003 says it then.
    """
    rows = report.rows
    if not rows.clean:
        return None
    for found in report.findings:
        if found.code in _COMMON_CAUSES and found.outcome is Outcome.REJECT and found.count * 2 > rows.read:
            region = report.settings.get("region")
            remedy = _COMMON_CAUSES[found.code].format(
                phone=report.input.phone_column,
                identifier=report.input.identifier_column,
                delimiter=report.input.delimiter,
                region=f"are they numbers of {region}?" if region else "are these the right numbers?",
            )
            return f"most rows ({found.count:,} of {rows.read:,}) are {found.code} {found.name}: {remedy}"
    return None


def sent_names(report: Report) -> tuple[str | None, str | None]:
    """Return the names of the phone and the identifier column as they are written: those to send with an upload."""
    phone, identifier = (
        None if name is None else report.header_renames.get(clean_name(name), clean_name(name))
        for name in (report.input.phone_column, report.input.identifier_column)
    )
    return phone, identifier
