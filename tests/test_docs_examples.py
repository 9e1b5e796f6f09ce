"""The examples in docs/examples/ run: a script before the SDK, an endpoint of FastAPI, a form of Django."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from smallestai import SmallestAIEnvironment

from tests.samples import ROOT
from tests.service.server import Service
from tests.upload.conftest import service

__all__ = ["service"]  # the fixture

LIST = b"Full Name,phone\nAnn,202-555-0101\nBob,asked\nCid,202-555-0103\nDee,202-555-0104\nEve,202-555-0105\n"
BROKEN = b"Full Name,phone\nAnn,202-555-0101\nBob,asked\n=Eve,4.15555E+09\n"
TWO_COLUMNS = b"home phone,work phone\n202-555-0101,202-555-0102\n"


def example(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / "examples" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_script_before_the_sdk(
    service: Service,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(SmallestAIEnvironment.PRODUCTION, "atoms", service.url)
    send = example("send")
    path = tmp_path / "contacts.csv"
    path.write_bytes(LIST)
    send.main(str(path), "US", "June list")
    (audience,) = service.audiences
    assert [member["phone"] for member in audience.members] == [f"+1202555010{last}" for last in "1345"]
    assert capsys.readouterr().out == (
        "line 3 is left out: not a phone number\n4 people are in the audience 'June list'\n"
    )
    path.write_bytes(BROKEN)
    with pytest.raises(SystemExit, match="L004 2 of 3 rows were rejected"):
        send.main(str(path), "US", "June list")
    assert len(service.audiences) == 1


def test_an_endpoint_of_fastapi_answers_with_the_errors_a_row_each() -> None:
    pytest.importorskip("fastapi")
    pytest.importorskip("python_multipart")
    import asyncio

    import httpx

    app = example("fastapi_app").app

    def post(data: bytes, **form: str) -> httpx.Response:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=app)
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
                return await client.post("/lists", files={"file": ("june.csv", data)}, data={"region": "US", **form})

        return asyncio.run(send())

    refused = post(LIST, region="XX")
    assert refused.status_code == 422
    assert "is not a region code" in refused.json()["detail"]
    answer = post(BROKEN).json()
    assert answer["ready"]
    assert answer["rows"] == {"clean": 1, "rejected": 2}
    assert answer["problems"] == []
    assert [(row["line"], row["column"], row["code"]) for row in answer["errors"]] == [
        (3, "phone", "P002"),
        (4, "phone", "P008"),
    ]
    assert answer["errors"][0]["title"] == "Not a phone number"
    assert "Bob" not in str(answer)
    asked = post(TWO_COLUMNS).json()
    assert not asked["ready"]
    assert "--" not in str(asked)  # nothing of a command line in a form
    assert asked["problems"][0]["parameters"]["candidates"] == ["home phone", "work phone"]
    assert post(TWO_COLUMNS, phone_column="work phone").json()["ready"]
    titled = b"Our customers\n\n" + LIST
    (above,) = post(titled).json()["problems"]
    assert (above["code"], above["parameters"]["skip"]) == ("C004", 2)
    assert "delete the lines above" in above["advice"]
    assert post(titled, skip_lines="2").json()["ready"]
    # A field that is left empty is sent all the same.
    answer = post(LIST, region="", phone_column="", skip_lines="").json()
    assert [row["code"] for row in answer["errors"]] == ["P003", "P002", "P003", "P003", "P003"]


def test_a_form_of_django_takes_only_what_is_ready() -> None:
    django = pytest.importorskip("django")
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=False)
        django.setup()
    from django.core.files.uploadedfile import SimpleUploadedFile

    form_of = example("django_form").ContactListForm

    def filled(data: bytes, region: str = "US") -> object:
        return form_of({"region": region}, {"contacts": SimpleUploadedFile("june.csv", data)})

    form = filled(b"Full Name,phone\nAnn,202-555-0101\n")
    assert form.is_valid()
    assert form.cleaned_data["contacts"].read() == b"Full_Name,phone\nAnn,+12025550101\n"
    assert form.cleaned_data["contacts"].name == "june.csv"
    errors = filled(BROKEN).errors
    assert [text.partition(".")[0] for text in errors["contacts"]] == [
        "Line 3: Not a phone number",
        "Line 4: Damaged by a spreadsheet",
    ]
    assert "'Narnia' is not a region code" in filled(LIST, "Narnia").errors["region"][0]
    assert filled(b"").errors["contacts"]


def test_the_examples_are_shown_as_they_are() -> None:
    page = (ROOT / "docs" / "examples.md").read_text(encoding="utf-8")
    names = [path.name for path in (ROOT / "docs" / "examples").glob("*.py")]
    assert page.count("--8<--") // 2 == len(names) == 3
    # Where snippets are not filled in, as in a clone, the links lead to the code.
    assert not [name for name in names if f"[{name}](examples/{name})" not in page]
