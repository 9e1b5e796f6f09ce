"""The page in a browser, as a person goes through it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.reports.browser import browser, needs_chromium, show
from tests.samples import ROOT, run
from tests.service.server import KEY, running
from tests.upload.conftest import PROXIES
from tests.web.person import Person, page_server

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

MAIN = ROOT / "sample_data" / "contacts.csv"
CONTRAST = (ROOT / "tests" / "reports" / "contrast.js").read_text(encoding="utf-8")
# axe-core's axe.min.js, which is no part of this project: `npm pack axe-core` brings it.
AXE = os.environ.get("AXE_CORE", "")

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    yield from browser(tmp_path_factory.mktemp("profile"))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with page_server(tmp_path_factory.mktemp("session")) as address:
        yield address


@pytest.fixture
def person(chromium: Chrome, address: str) -> Iterator[Person]:
    show(chromium)
    visitor = Person(chromium, address)
    visitor.complaints()
    yield visitor
    assert visitor.complaints() == []


def german_workbook(path: Path) -> Path:
    """A workbook as a shop keeps it: a title above, a sheet of notes, three countries, numbers as numbers."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Kunden"
    for row in (
        ["Kundenliste Sommer"],
        [],
        ["Kundenname", "Telefon", "Land", "Ort"],
        ["Jörg Müller", "030 23125 001", "Deutschland", "Berlin"],
        ["Zoë Gruber", "01 234567890", "Österreich", "Wien"],
        ["Beat Züst", "044 668 18 00", "Schweiz", "Zürich"],
        ["Änne Groß", 3023125002, "Deutschland", "Köln"],
        ["Ohne Nummer", None, "Schweiz", "Bern"],
    ):
        sheet.append(row)
    book.create_sheet("Notizen").append(["nur für uns"])
    book.save(path)
    return path


def test_the_whole_way_of_the_main_sample(person: Person, tmp_path: Path) -> None:
    person.give(MAIN)
    person.see("40 rows and 6 columns")
    person.see("22 of 40 rows are ready")
    assert person.chosen("phone_column") == "Phone Number"
    assert "Carter" not in person.words
    person.press("Show values")
    person.see("Ann Carter")
    person.press("Hide the values")
    person.see("Show values")
    person.choose("region_column", "no column")
    person.see("13 of 40 rows are ready")
    person.choose("region", "United States")
    person.see("22 of 40 rows are ready")
    person.press("Check the list")
    person.see("22 of 40 rows are ready to upload")
    clean = person.save("Save the clean list", tmp_path, "contacts.clean.csv")
    done = run(
        "clean", str(MAIN), "--region", "US", "--phone-column", "Phone Number", "--identifier-column", "Full Name",
        "-o", str(tmp_path / "a.csv"), "--rejects", str(tmp_path / "r.csv"), "--report", str(tmp_path / "a.json"),
    )  # fmt: skip
    assert done.returncode == 0
    assert clean == (tmp_path / "a.csv").read_bytes()
    assert person.save("Save as CSV", tmp_path, "contacts.rejects.csv") == (tmp_path / "r.csv").read_bytes()
    # The table of the report filters here, too.
    person.element("#D001 summary").click()
    person.element("#D001 a.show").click()
    assert person.element("#status").text.startswith("1–2 of 2")


def test_from_a_german_workbook_to_an_audience(chromium: Chrome, tmp_path: Path) -> None:
    with running() as service:
        environment = {"SMALLEST_BASE_URL": service.url, "SSL_CERT_DIR": "no-certificates"}
        environment |= dict.fromkeys([*PROXIES, *(name.lower() for name in PROXIES)], "")
        with page_server(tmp_path, environment) as address:
            person = Person(chromium, address)
            person.give(german_workbook(tmp_path / "Kunden.xlsx"))
            person.see("Which sheet has the list?")
            person.press("Look at this sheet")
            person.see("What only you can know")
            assert person.chosen("region_column") == "Land"
            person.choose("identifier_column", "Kundenname")
            person.press("Check the list")
            person.see("rows are ready to upload")
            person.press("Upload to Smallest AI Atoms")
            person.element("#key").send_keys(KEY)
            person.element("input[name=sure]").click()
            person.press("Upload")
            person.see("The new audience")
    (audience,) = service.audiences
    assert audience.name == "Kunden"
    assert [member["Telefon"] for member in audience.members[:3]] == ["+493023125001", "+431234567890", "+41446681800"]
    assert audience.members[0]["Kundenname"] == "Jörg Müller"


def test_a_list_with_two_phone_columns_uses_both(person: Person, tmp_path: Path) -> None:
    path = tmp_path / "two.csv"
    path.write_text("Name,mobile,landline\nA,+12025550101,\nB,,+12025550102\nC,,\n")
    person.give(path)
    person.see("“landline” looks like phone numbers, too")
    person.choose("phone_column", "mobile")
    person.see("1 of 3 rows is ready")
    person.choose("second_phone_column", "landline")
    person.see("2 of 3 rows are ready")
    person.press("Check the list")
    person.see("2 of 3 rows are ready to upload")
    clean = person.save("Save the clean list", tmp_path, "two.clean.csv")
    assert clean == b"Name,mobile,landline\nA,+12025550101,\nB,+12025550102,+12025550102\n"


def test_a_number_is_corrected_in_the_page(person: Person, tmp_path: Path) -> None:
    path = tmp_path / "june.csv"
    path.write_text("Name,phone\nAnn,+12025550101\nBob,call later\n")
    person.give(path)
    person.see("1 of 2 rows is ready")
    person.press("Check the list")
    person.see("1 of 2 rows are ready to upload")
    person.press("Correct them")
    person.see("The rows have to be shown")
    person.press("Show values")
    person.see("Line 3")
    cell = person.element("input[value='call later']")
    cell.clear()
    cell.send_keys("+1 202 555 0102\n")
    person.see("Both rows are ready to upload")
    clean = person.save("Save the clean list", tmp_path, "june.clean.csv")
    assert clean == b"Name,phone\nAnn,+12025550101\nBob,+12025550102\n"


def pages(person: Person) -> Iterator[str]:
    """Go through the pages, and give the name of each."""
    yield "start"
    person.give(MAIN)
    person.see("What only you can know")
    yield "list"
    person.press("Show values")
    person.see("Ann Carter")
    yield "values"
    person.press("Check the list")
    person.see("ready to upload")
    yield "result"
    person.press("Correct them")
    person.see("Check again")
    yield "correct"
    person.press("Back to the result")
    person.see("ready to upload")
    person.press("Upload to Smallest AI Atoms")
    person.see("Your API key")
    yield "send"
    person.give(ROOT / "sample_data" / "rules" / "F002.csv")
    person.see("can be read in two ways")
    yield "readings"
    person.driver.get(f"{person.address}nothing")
    person.see("There is no such page")
    person.complaints()
    yield "nothing"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_every_page_fits_the_window_and_can_be_read(person: Person, width: int, dark: bool) -> None:
    show(person.driver, width=width, dark=dark)
    for page in pages(person):
        assert person.driver.execute_script("return document.documentElement.scrollWidth") <= width, page
        assert person.driver.execute_script(CONTRAST) == [], page
        unnamed = "return [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]"
        assert person.driver.execute_script(f"{unnamed}.filter((one) => !one.labels.length).length") == 0, page


@pytest.mark.skipif(not AXE, reason="AXE_CORE does not name the file axe.min.js of the npm package axe-core")
def test_axe_finds_nothing_serious(person: Person) -> None:
    for page in pages(person):
        person.driver.execute_script(Path(AXE).read_text(encoding="utf-8"))
        found = person.driver.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
        serious = [
            (one["id"], [node["html"][:200] for node in one["nodes"][:3]])
            for one in found["violations"]
            if one["impact"] in ("serious", "critical")
        ]
        assert serious == [], page


def test_the_keyboard_is_enough(person: Person) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    def press(*keys: str) -> None:
        ActionChains(person.driver).send_keys(*keys).perform()

    def tab_to(text: str) -> None:
        for _ in range(40):
            press(Keys.TAB)
            here = person.driver.switch_to.active_element
            assert here.value_of_css_property("outline-style") != "none", here.get_attribute("outerHTML")
            if text in (here.text, here.get_attribute("id")):
                return
        raise AssertionError(text)

    person.element("body").click()
    tab_to("Or paste rows from a spreadsheet")
    press(Keys.ENTER)
    tab_to("rows")
    press("Name;phone\nAnn;+1 202 555 0101\n")
    tab_to("Look at the list")
    press(Keys.ENTER)
    person.see("What only you can know")
    tab_to("identifier_column")
    press("Name")
    tab_to("Check the list")
    press(Keys.ENTER)
    person.see("The row is ready to upload")
    tab_to("Save the clean list")


def test_scripts_are_not_needed(address: str, tmp_path: Path) -> None:
    for driver in browser(tmp_path / "profile", scripts=False):
        person = Person(driver, address)
        person.give(MAIN)
        person.see("40 rows and 6 columns")
        person.choose("region", "United States")
        person.press("Only count the rows that would be ready")
        person.see("22 of 40 rows are ready")
        person.press("Check the list")
        person.see("22 of 40 rows are ready to upload")
        assert person.save("Save the clean list", tmp_path, "contacts.clean.csv").startswith(b"Full_Name,")


def test_a_list_that_is_dropped_is_taken(person: Person) -> None:
    person.driver.execute_script("""
        const given = new DataTransfer();
        given.items.add(new File(["Name,phone\\nAnn,+12025550101\\n"], "dropped.csv"));
        document.dispatchEvent(new DragEvent("drop", {dataTransfer: given, cancelable: true}));
    """)
    person.see("dropped.csv")
    person.see("1 row and 2 columns")
