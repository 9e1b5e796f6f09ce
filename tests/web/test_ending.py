"""However the page ends, nothing of a list stays; and how it begins."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from httpx2 import Client

from tests.samples import ROOT, run

PATIENCE = 20
LIST = {"list": ("a.csv", b"Name,phone\nAnn,+12025550101\n")}


def begun(folder: Path) -> tuple[subprocess.Popen[str], str]:
    """Run the page with a folder for its files; return its process and its address."""
    command = [sys.executable, "-m", "csv_preflight", "serve", "--no-open"]
    own = {**os.environ, "TMPDIR": str(folder)}
    page = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=own)
    assert page.stdout
    found = re.search(r"http://\S+", page.stdout.readline())
    assert found
    return page, found[0]


@pytest.mark.parametrize(
    ("ending", "code"),
    [
        pytest.param(signal.SIGINT, 130, id="Ctrl-C"),
        pytest.param(signal.SIGTERM, 143, id="SIGTERM"),
        pytest.param(signal.SIGHUP, 129, id="the terminal is closed"),
        pytest.param(signal.SIGKILL, -9, id="SIGKILL"),
        pytest.param(None, 0, id="the button"),
    ],
)
def test_nothing_stays(tmp_path: Path, ending: signal.Signals | None, code: int) -> None:
    if ending == getattr(signal, "SIGHUP", 0) and signal.getsignal(signal.SIGHUP) == signal.SIG_IGN:
        pytest.skip("the tests run without a terminal that could be closed")
    page, address = begun(tmp_path)
    with page, Client() as client:
        assert client.post(f"{address}lists", files=LIST).status_code == 303
        (folder,) = tmp_path.glob("csv-preflight-page-*")
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert len(list(folder.rglob("list"))) == 1
        if ending is None:
            assert client.post(f"{address}end").status_code == 200
        else:
            page.send_signal(ending)
        printed = "".join(map(str, page.communicate(timeout=PATIENCE)))
    assert page.returncode == code
    assert "Traceback" not in printed
    end = time.monotonic() + PATIENCE
    while list(tmp_path.iterdir()) and time.monotonic() < end:
        time.sleep(0.05)
    assert not list(tmp_path.iterdir())


def test_the_browser_gets_an_address_that_works_once(tmp_path: Path) -> None:
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened.tmp\nmv {tmp_path}/opened.tmp {tmp_path}/opened\n')
    browser.chmod(0o700)
    own = {**os.environ, "BROWSER": f"{browser} %s"}
    command = [sys.executable, "-m", "csv_preflight", "serve"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=own
    ) as page:
        assert page.stdout
        address = page.stdout.readline().split()[-1]
        end = time.monotonic() + PATIENCE
        while not (tmp_path / "opened").exists() and time.monotonic() < end:
            time.sleep(0.05)
        opened = (tmp_path / "opened").read_text().strip()
        with Client() as client:
            first, second = client.get(opened), client.get(opened)
        page.send_signal(signal.SIGINT)
        page.communicate(timeout=PATIENCE)
    assert address.split("/")[3] not in opened
    assert first.headers["location"] == "/" + address.split("/", 3)[3]
    assert (first.status_code, second.status_code) == (303, 404)


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    page, address = begun(tmp_path)
    with page:
        port = address.split(":")[2].split("/")[0]
        done = run("serve", "--no-open", "--port", port)
        page.send_signal(signal.SIGINT)
        page.communicate(timeout=PATIENCE)
    assert done.returncode == 2
    assert done.stderr.decode() == f"csv-preflight: port {port}: Address already in use\n"


def test_the_page_is_on_this_machine_only(tmp_path: Path) -> None:
    page, address = begun(tmp_path)
    with page:
        sockets = Path("/proc/net/tcp").read_text(encoding="ascii") if Path("/proc/net/tcp").exists() else ""
        port = int(address.split(":")[2].split("/")[0])
        page.send_signal(signal.SIGINT)
        page.communicate(timeout=PATIENCE)
    listening = [line.split()[1] for line in sockets.splitlines()[1:] if line.split()[3] == "0A"]
    assert [where for where in listening if where.endswith(f":{port:04X}")] in ([], [f"0100007F:{port:04X}"])


def test_without_the_extra_it_says_what_to_install() -> None:
    script = (
        "import sys; sys.modules['uvicorn'] = None\nfrom csv_preflight.cli import main\nmain(['serve', '--no-open'])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 2
    assert "pip install 'csv-preflight-contacts[web]'" in done.stderr
