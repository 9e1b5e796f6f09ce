"""A person at the page, in a browser."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.samples import ROOT

if TYPE_CHECKING:
    from selenium.webdriver import Chrome
    from selenium.webdriver.remote.webelement import WebElement

PATIENCE = 30


@contextmanager
def page_server(folder: Path, environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """Run the page in a process of its own, with a folder for its files; give its address; end it with Ctrl-C."""
    command = [sys.executable, "-m", "csv_preflight", "serve", "--no-open"]
    own = {**os.environ, "TMPDIR": str(folder), **(environment or {})}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=own) as run:
        assert run.stdout and run.stderr
        found = re.search(r"http://\S+", run.stdout.readline())
        assert found, run.stderr.read()
        try:
            yield found[0]
        finally:
            run.send_signal(signal.SIGINT)
            said = run.communicate(timeout=PATIENCE)[1]
        assert said.strip() == "csv-preflight: interrupted"
        assert run.returncode == 130
        assert not list(folder.glob("csv-preflight-*"))


class Person:
    """Somebody with a browser, who sees what is shown and presses what it says."""

    def __init__(self, driver: Chrome, address: str) -> None:
        self.driver, self.address = driver, address
        driver.get(address)

    @property
    def words(self) -> str:
        """What is to be read."""
        return self.element("body").text

    def element(self, selector: str) -> WebElement:
        """The first element of a selector."""
        from selenium.webdriver.common.by import By

        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def see(self, text: str) -> None:
        """Wait until a text is shown."""
        from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
        from selenium.webdriver.support.ui import WebDriverWait

        gone = (NoSuchElementException, StaleElementReferenceException)
        waiting = WebDriverWait(self.driver, PATIENCE, ignored_exceptions=gone)
        waiting.until(lambda _: text in self.words, f"{text!r} is not shown")

    def give(self, path: Path) -> None:
        """Choose a list."""
        self.driver.get(self.address)
        self.element("#list").send_keys(str(path))
        self.press("Look at the list")

    def press(self, text: str) -> None:
        """Press a button, or follow a link, of a text."""
        from selenium.common.exceptions import StaleElementReferenceException
        from selenium.webdriver.common.by import By
        from selenium.webdriver.support.ui import WebDriverWait

        def pressed(_: object) -> bool:
            for element in self.driver.find_elements(By.CSS_SELECTOR, "button, a, summary"):
                if element.text.strip() == text:
                    element.click()
                    return True
            return False

        waiting = WebDriverWait(self.driver, PATIENCE, ignored_exceptions=(StaleElementReferenceException,))
        waiting.until(pressed, f"nothing is called {text!r}")

    def choose(self, field: str, text: str) -> None:
        """Choose an answer by its text."""
        from selenium.webdriver.support.ui import Select

        Select(self.element(f"#{field}")).select_by_visible_text(text)

    def chosen(self, field: str) -> str:
        """The text of the answer that is chosen."""
        from selenium.webdriver.support.ui import Select

        return Select(self.element(f"#{field}")).first_selected_option.text

    def save(self, text: str, folder: Path, name: str) -> bytes:
        """Press what saves a file; return what was saved under a name."""
        import time

        self.driver.execute_cdp_cmd(
            "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder), "eventsEnabled": False}
        )
        self.press(text)
        end = time.monotonic() + PATIENCE
        while not (folder / name).exists() and time.monotonic() < end:
            time.sleep(0.05)
        return (folder / name).read_bytes()

    def complaints(self) -> list[str]:
        """What the browser has to complain of since the last time."""
        return [entry["message"] for entry in self.driver.get_log("browser")]
