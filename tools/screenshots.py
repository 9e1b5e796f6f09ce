"""Take the pictures of the documentation from the main sample, so that they stay true.

``python -m tools.screenshots`` writes docs/images/.  It needs Chromium.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from contextlib import chdir
from pathlib import Path

from csv_preflight import clean_file
from tests.reports.browser import browser
from tests.samples import ROOT
from tests.web.person import Person, page_server

IMAGES = ROOT / "docs" / "images"
SAMPLE = ROOT / "sample_data" / "contacts.csv"
WIDTH, HEIGHT = 1000, 900  # pixels
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-background-networking",
    "--no-first-run", "--force-device-scale-factor=1",
)  # fmt: skip


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("there is no Chromium here")
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as directory, chdir(directory):
        page = Path("contacts.report.html")
        clean_file(SAMPLE, "contacts.clean.csv", name=SAMPLE.name, region="US", report=page)
        picture(chromium, page.absolute(), IMAGES / "report.png", directory)
        pictures_of_the_page(Path(directory))


def picture(chromium: str, page: Path, target: Path, directory: str) -> None:
    """Write the top of a page as PNG."""
    command = [
        chromium,
        *FLAGS,
        f"--user-data-dir={directory}/profile",
        f"--window-size={WIDTH},{HEIGHT}",
        f"--screenshot={target}",
        page.as_uri(),
    ]
    subprocess.run(command, check=True, capture_output=True)
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size:,} bytes")


def pictures_of_the_page(directory: Path) -> None:
    """Write the pages of ``serve`` that a person sees on the way of the main sample as PNG."""
    with page_server(directory) as address:
        for driver in browser(directory / "page"):
            person = Person(driver, address)
            person.give(SAMPLE)
            person.choose("region", "United States")
            person.see("22 of 40 rows are ready")
            save(person, IMAGES / "page-questions.png", height=1750)
            person.press("Check the list")
            person.see("ready to upload")
            save(person, IMAGES / "page-result.png", height=HEIGHT)
            person.press("Correct them")
            person.see("have to be shown")
            person.press("Show values")
            person.see("Check again")
            save(person, IMAGES / "page-correct.png", height=HEIGHT)


def save(person: Person, target: Path, *, height: int) -> None:
    """Write the top of what a person sees as PNG."""
    size = {"width": WIDTH, "height": height, "deviceScaleFactor": 1, "mobile": False}
    person.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    person.driver.execute_script("scrollTo(0, 0)")
    person.driver.save_screenshot(str(target))
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
