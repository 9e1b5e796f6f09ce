"""sample_data/contacts.csv as the service should hold it, worked out by hand."""

from __future__ import annotations

import csv

from tests.samples import ROOT

CONTACTS = ROOT / "sample_data" / "contacts.csv"

# The lines of the people who can be called, and their numbers as dialled from abroad.
NUMBERS = {
    2: "+12025550101", 3: "+12025550102", 4: "+12025550103", 5: "+12025550104", 6: "+493023125001",
    7: "+33199001234", 8: "+12025550105", 9: "+442079460958", 10: "+442079460123", 11: "+12025550106",
    12: "+34810123456", 13: "+12025550107", 14: "+3532212345", 15: "+6561234567", 16: "+918123456789",
    17: "+12025550108", 30: "+12025550120", 31: "+12025550121", 32: "+12025550122", 37: "+12025550127",
    41: "+12025550130", 42: "+12025550131",
}  # fmt: skip
COLUMNS = ["Full_Name", "Phone_Number", "Email", "City", "Country", "Notes"]


def expected_members() -> list[dict[str, str]]:
    """Every cell as it is in the source, except for the number and the columns' names."""
    lines = CONTACTS.read_text(encoding="utf-8-sig").split("\n")
    members = []
    for line, number in NUMBERS.items():
        cells = next(csv.reader([lines[line - 1].rstrip("\r")]))
        members.append(dict(zip(COLUMNS, [cells[0], number, *cells[2:]], strict=True)))
    return members
