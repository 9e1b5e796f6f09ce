"""What other pages, other users and hostile lists try."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from csv_preflight.web.names import file_name
from tests.web.visitor import ORIGIN, Visitor

PLAIN = b"Name,phone\nAnn,+12025550101\n"
FILE = {"list": ("a.csv", PLAIN)}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({"Host": "evil.example:8000"}, 421, id="a name led to this machine"),
        pytest.param({"Host": "127.0.0.1:9000"}, 421, id="another port"),
        pytest.param({"Host": "127.0.0.1"}, 421, id="no port"),
        pytest.param({"Host": "127.0.0.1:8000.evil.example"}, 421, id="a name that begins like this machine"),
        pytest.param({"Origin": "http://evil.example"}, 403, id="another origin"),
        pytest.param({"Origin": "http://127.0.0.1:9000"}, 403, id="another port as origin"),
        pytest.param({"Origin": "https://127.0.0.1:8000"}, 403, id="another scheme as origin"),
        pytest.param({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, 403, id="a sandboxed page"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, 403, id="another site"),
        pytest.param({"Sec-Fetch-Site": "same-site"}, 403, id="another port of this machine"),
        pytest.param({"Origin": "null"}, 200, id="the page itself, which sends no referrer"),
        pytest.param({"Host": "localhost:8000", "Origin": "http://localhost:8000"}, 200, id="the other name"),
        pytest.param({}, 200, id="the page itself"),
    ],
)
def test_only_the_page_itself_sends_forms(visitor: Visitor, headers: dict[str, str], status: int) -> None:
    answer = visitor.client.post(f"{visitor.base}/lists", files=FILE, headers=headers)
    assert answer.status_code == status
    assert (ORIGIN in str(answer.url)) or "localhost" in str(answer.url)
    kept = visitor.get("/").count("/lists/")
    assert bool(kept) == (status == 200)


def test_a_form_that_does_not_say_where_it_comes_from_is_none_of_another_page(visitor: Visitor) -> None:
    # An old browser that sends neither header; other programs of this user may.
    visitor.client.headers.pop("Origin")
    visitor.client.headers.pop("Sec-Fetch-Site")
    assert visitor.client.post(f"{visitor.base}/lists", files=FILE, headers={"Origin": "null"}).status_code == 403
    assert visitor.client.post(f"{visitor.base}/lists", files=FILE).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/lists",
        "/wrong/",
        "/wrong/lists/a/files/clean.csv",
        "/static/page.css",
        "/open/",
        "/open/wrong",
        "//",
        "/é",
    ],
)
def test_without_the_secret_there_is_nothing(visitor: Visitor, path: str) -> None:
    for method in ("GET", "POST"):
        answer = visitor.client.request(method, path)
        assert answer.status_code == 404
        assert visitor.keys.secret not in answer.text


def test_what_opens_the_browser_works_once(visitor: Visitor) -> None:
    address = f"/open/{visitor.keys.once}"
    first = visitor.client.get(address, follow_redirects=False)
    assert (first.status_code, first.headers["location"]) == (303, f"{visitor.base}/")
    assert visitor.client.get(address).status_code == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_other_methods_are_refused(visitor: Visitor, method: str) -> None:
    assert visitor.client.request(method, f"{visitor.base}/").status_code == 403


@pytest.mark.parametrize(
    "path", ["/", "/static/page.css", "/too-large", "/lists/none/", "/static/..%2fapp.py", "/nothing"]
)
def test_every_answer_has_the_headers_that_fence_it_in(visitor: Visitor, path: str) -> None:
    answer = visitor.client.get(visitor.base + path)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_pages_load_nothing_from_elsewhere_and_have_no_script_inside(visitor: Visitor) -> None:
    pages = [visitor.get("/"), visitor.get("/too-large")]
    visitor.give("a.csv", PLAIN + b"B,none\n")
    pages += [visitor.page, visitor.answer()]
    for page in pages:
        assert "http://" not in page.replace(ORIGIN, "") and "https://" not in page
        assert " style=" not in page and "<style" not in page and " onclick" not in page
        for script in page.split("<script")[1:]:
            assert " src=" in script.split(">")[0] or 'type="application/json"' in script.split(">")[0]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        pytest.param("../../etc/passwd", "passwd", id="up"),
        pytest.param("/etc/passwd", "passwd", id="absolute"),
        pytest.param("C:\\Users\\a\\list.csv", "list.csv", id="Windows"),
        pytest.param("..", "otherwise.csv", id="only up"),
        pytest.param("", "otherwise.csv", id="none"),
        pytest.param("con.csv", "otherwise.csv", id="a device"),
        pytest.param("a\r\nSet-Cookie: b.csv", "aSet-Cookie_ b.csv", id="a header"),
        pytest.param("evil\u202evsc.exe", "evilvsc.exe", id="turned round"),
        pytest.param("a\0b.csv", "ab.csv", id="NUL"),
        pytest.param('"><script>.csv', "___script_.csv", id="markup"),
        pytest.param(".hidden", "hidden", id="hidden"),
        pytest.param("-o.csv", "o.csv", id="an option"),
        pytest.param("x" * 300 + ".csv", "x" * 96 + ".csv", id="long"),
        pytest.param("Kunden für Juni.csv", "Kunden für Juni.csv", id="nothing wrong"),
    ],
)
def test_names_of_files_are_no_paths(visitor: Visitor, tmp_path: Path, given: str, name: str) -> None:
    assert file_name(given, "otherwise.csv") == name
    if given:
        visitor.give(given, PLAIN)
        assert visitor.status == 200
    session = tmp_path / "session"
    assert {path.name for path in tmp_path.iterdir()} == {"session"}
    for path in session.rglob("*"):
        assert path.name == "list" or path.is_dir()
        if path.is_dir():
            assert stat.S_IMODE(path.stat().st_mode) == 0o700


@pytest.mark.parametrize("kind", ["..%2f..%2flist", "../list", "list", "clean.csv", "%2fetc%2fpasswd"])
def test_only_what_was_written_is_given_out(visitor: Visitor, kind: str) -> None:
    visitor.give("a.csv", PLAIN)
    assert visitor.client.get(f"{visitor.base}{visitor.list}/files/{kind}").status_code == 404


CELLS = [
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "<b>{{7*7}}{% raw %}",
    "</textarea><b>",
    "\u202egnp.exe",
]


@pytest.mark.parametrize("cell", CELLS)
def test_cells_and_names_are_text_everywhere(visitor: Visitor, cell: str) -> None:
    quoted = cell.replace('"', '""')
    data = f'"{quoted}",phone\n"{quoted}",+12025550101\n"{quoted}",none\n"{quoted}","{quoted}"\n'.encode()
    visitor.give(f"{cell}.csv", data)
    visitor.post(f"{visitor.list}/values", {"show": "yes", "page": ""})
    pages = [visitor.page, visitor.answer()]
    visitor.post(f"{visitor.list}/values", {"show": "yes", "page": "result"})
    for page in [*pages, visitor.page]:
        assert cell not in page
        assert "49" not in page.split("<main")[0].replace(visitor.base, "")  # a secret may have it
        assert "<script>alert" not in page and "<img" not in page and "<b>" not in page


def test_what_is_too_large_is_said_with_the_command_to_use(tmp_path: Path) -> None:
    session = tmp_path / "session"
    session.mkdir()
    visitor = Visitor(session, most=1000)
    visitor.give("a.csv", PLAIN + b"#" * 2000)
    assert visitor.status == 413
    assert "too large" in visitor.words
    assert visitor.commands == ["csv-preflight clean contacts.csv"]
    assert not list(session.iterdir())


@pytest.mark.parametrize("length", ["", "-1", "1e9", "٣"])
def test_a_form_has_to_say_how_long_it_is(visitor: Visitor, length: str) -> None:
    answer = visitor.client.post(
        f"{visitor.base}/lists", content=iter([b"x"]), headers={"Content-Length": length.encode()} if length else {}
    )
    assert answer.status_code == 411


def test_a_form_that_is_none_is_refused(visitor: Visitor) -> None:
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x", "text/plain"):
        answer = visitor.client.post(f"{visitor.base}/lists", content=b"nonsense", headers={"Content-Type": kind})
        assert answer.status_code == 400
