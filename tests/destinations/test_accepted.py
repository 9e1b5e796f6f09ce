"""Whatever is called ready for a destination, its documents allow: lists with missing, extra, long and odd columns."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csv_preflight import preflight
from csv_preflight.destinations import built_in_profiles
from tests.destinations.documented import DOCUMENTED, objections
from tests.samples import ROOT

NAMES = (
    *("Name", "name", "First Name", "last_name", "LAST NAME", "Email", "email", "City, State", "Notes.long", "_Locale"),
    *("_ContactKey", "external_id", "user alias", "alias", "language", "voice_id", "phone2", "Country Code", "age "),
    *("reference_id", "Phone Number", "a" * 130, "Größe", "timezone", 'the "nick"', "current_date", "", "NAME"),
)
PHONES = ("phone", "Phone Number", "phone_number", "Phone_Number", "number", "_MobileNumber", "phone1", "Mobile")
NUMBERS = (
    *(f"+120255501{place:02}" for place in range(20, 32)),
    *("(202) 555-0133", "+44 20 7946 0123", "+493023125001", "2025550135", "12025550136", "n/a", ""),
)
CELLS = (
    "",
    " ",
    "Ann",
    "Carter, Ann",
    'the "boss"',
    "two\nlines",
    "x" * 45,
    "y" * 90,
    "z" * 513,
    "en_US",
    "US",
    "1",
    "ü",
)
VARIABLES = ("", "First Name", "email", "last_name", "Notes.long", "language")


@st.composite
def lists(draw: st.DrawFn) -> bytes:
    names = draw(st.lists(st.sampled_from(NAMES), max_size=5, unique=True))
    phone = draw(st.sampled_from(PHONES))
    if phone in names:
        names.remove(phone)
    at = draw(st.integers(0, len(names)))
    header = [*names[:at], phone, *names[at:]]
    rows = []
    for _ in range(draw(st.integers(1, 6))):
        row = [draw(st.sampled_from(CELLS)) for _ in header]
        row[at] = draw(st.sampled_from(NUMBERS))
        rows.append(row)
    text = io.StringIO()
    csv.writer(text, quoting=draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))).writerows([header, *rows])
    return text.getvalue().encode()


def test_there_is_a_check_for_every_destination() -> None:
    assert DOCUMENTED.keys() == built_in_profiles().keys()


@pytest.mark.parametrize("profile", DOCUMENTED)
@given(data=lists(), region=st.sampled_from([None, "US"]), variable=st.sampled_from(VARIABLES))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
def test_what_is_ready_is_accepted_and_stays_as_it_is(
    profile: str, data: bytes, region: str | None, variable: str
) -> None:
    variables = (variable,) if variable else None
    options = {"profile": profile, "region": region, "variables": variables}
    result = preflight(data, **options)
    assert result.report.rows.read == result.report.rows.clean + result.report.rows.rejected
    if not result.ready:
        return
    (_, sent, _) = result.upload_file()
    names = [one.written for one in result.report.variables]
    assert objections(profile, sent, names) == []
    again = preflight(sent, **options)
    assert (again.ready, again.upload_file()[1]) == (True, sent)
    assert {str(found.outcome) for found in again.report.findings} <= {"warn"}


NEEDS = {
    "salesforce-mobile": "C008",
    "talkdesk": "C008",
    "braze": "C008",
    "aisensy": "C008",
}


@pytest.mark.parametrize("profile", DOCUMENTED)
def test_the_main_sample_is_made_ready_or_says_what_is_missing(profile: str) -> None:
    result = preflight(ROOT / "sample_data" / "contacts.csv", profile=profile, region="US")
    if profile in NEEDS:
        assert {found.code for found in result.report.findings if found.outcome == "stop"} == {NEEDS[profile]}
    else:
        assert result.ready
        assert objections(profile, result.upload_file()[1]) == []
