"""A visitor of the page, who sends forms and follows where they lead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path

from starlette.testclient import TestClient

from csv_preflight.web.app import make_app
from csv_preflight.web.guard import MOST_BYTES, Keys

HOST = "127.0.0.1:8000"
ORIGIN = f"http://{HOST}"


class Visitor:
    """Somebody with the address of the page."""

    def __init__(self, folder: Path, most: int = MOST_BYTES) -> None:
        self.keys, self.ended = Keys(), 0
        self.client = TestClient(
            make_app(folder, self.keys, (HOST, "localhost:8000"), self._end, most),
            base_url=ORIGIN,
            headers={"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"},
        )
        self.base = f"/{self.keys.secret}"
        self.status, self.page, self.at = 0, "", ""

    def _end(self) -> None:
        self.ended += 1

    def get(self, path: str = "/") -> str:
        """Open a page by its address below the secret."""
        return self._take(self.client.get(self.base + path))

    def post(self, path: str, fields: Mapping[str, object] | None = None, **files: object) -> str:
        """Send a form, and see where it leads."""
        return self._take(self.client.post(self.base + path, data=fields or {}, files=files or None))  # type: ignore[arg-type]

    def _take(self, answer: object) -> str:
        self.status, self.page = answer.status_code, answer.text  # type: ignore[attr-defined]
        self.at = answer.url.path.removeprefix(self.base)  # type: ignore[attr-defined]
        return self.page

    def give(self, name: str, data: bytes) -> str:
        """Choose a file; stay at the list's page."""
        return self.post("/lists", list=(name, data))

    def paste(self, rows: str) -> str:
        """Paste rows."""
        return self.post("/lists", {"rows": rows})

    @property
    def list(self) -> str:
        """The address of the list that is open."""
        found = re.match("/lists/[^/]+", self.at)
        assert found, self.at
        return found[0]

    def answer(self, do: str = "clean", **answers: object) -> str:
        """Send the form of the list as it is filled in, except for some answers; wait for the result."""
        here, files = self.list, answers.pop("files", None)
        fields = {**self.filled_in(self.get(f"{here}/")), **answers, "do": do}
        self._take(self.client.post(f"{self.base}{here}/choices", data=fields, files=files))  # type: ignore[arg-type]
        while "This page goes on by itself" in self.page:
            self.get(f"{here}/result")
        return self.page

    def download(self, kind: str) -> bytes:
        """Save a file."""
        answer = self.client.get(f"{self.base}{self.list}/files/{kind}")
        assert answer.status_code == 200, kind
        return answer.content

    @staticmethod
    def filled_in(page: str) -> dict[str, str]:
        """What the form says by itself."""
        chosen = {}
        for name, options in re.findall(r'<select id="\w+" name="(\w+)".*?>(.*?)</select>', page, re.DOTALL):
            selected = re.search(r'<option value="([^"]*)" selected', options)
            chosen[name] = unescape(selected[1]) if selected else ""
        for tag in re.findall(r"<input [^>]*>", page):
            name, value = re.search(r' name="(\w+)"', tag), re.search(r' value="([^"]*)"', tag)
            if name and 'type="number"' in tag:
                chosen[name[1]] = value[1] if value else ""
        return chosen

    @property
    def words(self) -> str:
        """The words of the page, without markup."""
        without = re.sub(r"<(style|script|option)[^>]*>.*?</\1>", "", self.page, flags=re.DOTALL)
        return unescape(" ".join(re.sub(r"<[^>]+>", " ", without).split()))

    @property
    def commands(self) -> list[str]:
        """The commands that the page shows."""
        found = re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", self.page)
        return [unescape(re.sub("</?span>", "", one)) for one in found]
