"""What holds for every input: nothing raises, nobody is lost, clean is idempotent, check of a clean file is empty."""

from __future__ import annotations

import csv
import io

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csv_preflight import preflight
from csv_preflight.result import Result

CELLS = st.one_of(
    st.sampled_from(
        [
            "Ann", " Bob ", "", "Rome, Italy", 'say "hi"', "a\nb", "=1+2", "\u0410nn", "JosÃ©", "\u200bAnn", "NA",
            "+12025550101", "(202) 555-0102", "202-555-0103 x5", "4.15555E+09", "2025550104.0", "'+12025550105", "n/a",
            "+44 20 7946 0958", "202-555-0106 / 202-555-0107", "1800FLOWERS", "00442079460958", "\u202a+12025550108",
        ]
    ),
    st.text(max_size=8),
)  # fmt: skip
HEADERS = st.sampled_from(
    [["Name", "phone"], ["phone"], ["Phone Number", "Name", "City"], [" name ", "phone\u200b", "x"]]
)
EXAMPLES = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def lists(draw: st.DrawFn) -> bytes:
    """A list as some program might write it."""
    header = draw(HEADERS)
    rows = draw(st.lists(st.lists(CELLS, min_size=len(header), max_size=len(header)), min_size=1, max_size=12))
    written = io.StringIO()
    writer = csv.writer(
        written,
        delimiter=draw(st.sampled_from(",;\t|")),
        lineterminator=draw(st.sampled_from(["\n", "\r\n", "\r"])),
        quoting=draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
    )
    writer.writerows([header, *rows])
    text = written.getvalue()
    if draw(st.booleans()):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(['"', "\n", ",", "\0", '"\n', "\n\n"])) + text[at:]
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
    return text.encode(encoding, errors="surrogatepass")


def codes(result: Result) -> set[str]:
    return {found.code for found in result.report.findings if found.outcome != "warn"}


@given(st.binary(max_size=400))
@EXAMPLES
def test_arbitrary_bytes_never_raise(data: bytes) -> None:
    preflight(data, region="US")


@given(st.binary(max_size=200))
@EXAMPLES
def test_arbitrary_bytes_behind_a_header_never_raise(data: bytes) -> None:
    preflight(b"Name,phone\nAnn,+12025550101\n" + data, region="US")


@given(lists())
@EXAMPLES
def test_nobody_is_lost(data: bytes) -> None:
    result = preflight(data, region="US", phone_column=None, max_findings=0)
    rows = result.report.rows
    assert rows.read == rows.clean + rows.rejected
    assert len(result.clean) == rows.clean
    assert len(result.rejects) == rows.rejected
    lines = [*result.clean.index.tolist(), *result.rejects["preflight_line"].tolist()]
    assert len(set(lines)) == rows.read


@given(lists())
@EXAMPLES
def test_cleaning_a_clean_file_changes_nothing(data: bytes) -> None:
    first = preflight(data, region="US", identifier_column=None)
    if not first.ready:
        return
    _, clean, _ = first.upload_file()
    # By its old name: the second list may leave more than one column to choose from.
    second = preflight(clean, region="US", phone_column=first.report.input.phone_column)
    assert second.ready
    assert second.upload_file()[1] == clean
    assert codes(second) == set()


@given(lists())
@EXAMPLES
def test_other_cells_pass_through_unchanged(data: bytes) -> None:
    result = preflight(data, region="US")
    if not result.report.rows.clean or result.report.input.encoding is None:
        return
    text = data.decode("utf-16" if result.report.input.encoding.startswith("utf-16") else "utf-8-sig")
    phone = result.report.input.columns.index(result.report.input.phone_column or "")
    for place, column in enumerate(result.clean.columns):
        if place != phone:
            for cell in result.clean[column]:
                assert cell in text or cell.replace('"', '""') in text
