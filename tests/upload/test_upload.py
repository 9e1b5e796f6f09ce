"""The real SDK creates audiences on the service: from the command line's files, the library's and `upload`'s."""

from __future__ import annotations

import json
import re
import shlex
import sys
from pathlib import Path

import pytest
from smallestai import AsyncSmallestAI, SmallestAI, SmallestAIEnvironment

from csv_preflight import NotReadyError, SettingsError, preflight
from csv_preflight.upload import UploadError, upload
from tests.service.server import KEY, Service
from tests.upload.conftest import Command, Done
from tests.upload.contacts import expected_members

LIST = b"Name,phone\nAnn,+12025550101\nBob,+12025550102\nCal,+12025550103\n"


def sdk(service: Service, **options: object) -> SmallestAI:
    url = service.url
    environment = SmallestAIEnvironment(atoms=url, waves=url, waves_ws=url, payment=url)
    return SmallestAI(api_key=KEY, environment=environment, **options)  # type: ignore[arg-type]


def test_a_list_cleaned_by_the_command_line(service: Service, command: Command, contacts: Path) -> None:
    assert command("clean", contacts, "--region", "US").code == 0
    with contacts.with_name("contacts.clean.csv").open("rb") as file:
        sdk(service).atoms.audience.create_audience_with_csv_upload(
            name="June list", phone_number_column_name="Phone_Number", file=file
        )
    assert [audience.members for audience in service.audiences] == [expected_members()]


def test_a_list_cleaned_by_the_library(service: Service, contacts: Path) -> None:
    result = preflight(contacts, region="US")
    sdk(service).atoms.audience.create_audience_with_csv_upload(
        name="June list", phone_number_column_name="Phone_Number", file=result.upload_file()
    )
    assert [audience.members for audience in service.audiences] == [expected_members()]


def test_a_list_uploaded_by_the_command_line(service: Service, command: Command, contacts: Path) -> None:
    done = command("upload", contacts, "--region", "US", "--name", "June list", "--yes")
    assert (done.code, done.err) == (0, "")
    assert [audience.members for audience in service.audiences] == [expected_members()]
    assert service.requests == [
        ({"name": "June list", "phoneNumberColumnName": "Phone_Number"}, "contacts.clean.csv", "text/csv")
    ]
    size = contacts.with_name("contacts.clean.csv").stat().st_size
    assert (
        "will be sent to 127.0.0.1, with phone column 'Phone_Number':\n"
        f"  audience 'June list': 22 rows, {size:,} bytes\n"
        "  18 rejected rows will not be sent\n"
        f"created audience 'June list' ({service.audiences[0].id}): 22 rows\n"
        f"next: correct {contacts.with_name('contacts.rejects.csv')}, and send its rows to another audience:\n"
    ) in done.out


def again(done: Done) -> list[str]:
    """The words of the last command that was printed."""
    return shlex.split(re.findall(r"(?:next: | {6})csv-preflight (.*)", done.out)[-1])


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"June\n\nName,phone\nAnn,+12025550101\n", id="titles"),
        pytest.param(b"Name,phone,mobile\nAnn,+12025550101,+12025550102\n", id="several phone columns"),
        pytest.param(
            b"Name,Country,phone\nBob,US,202-555-0102\nCy,US,202-555-0103\nAnn,US,+12025550101\n", id="countries"
        ),
    ],
)
def test_a_list_that_stops_is_uploaded_by_the_command_that_is_printed(
    service: Service, command: Command, tmp_path: Path, data: bytes
) -> None:
    (tmp_path / "-a b.csv").write_bytes(data)
    done = command("upload", "--name", "June's list", "--yes", "--", tmp_path / "-a b.csv")
    assert (done.code, service.posts) == (1, 0)
    words = again(done)
    assert (words[0], command(*words, "--yes").code) == ("upload", 0)
    (audience,) = service.audiences
    assert (audience.name, audience.members[-1]["Name"]) == ("June's list", "Ann")


def test_of_a_list_that_was_sent_no_second_upload_is_printed(
    service: Service, command: Command, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_bytes(b"Name,phone,opt_out\nAnn,+12025550101,yes\nBob,+12025550102,\n")
    done = command("upload", tmp_path / "a.csv", "--name", "June", "--yes")
    assert done.code == 0
    assert "first: leave out 1 person" in done.out.lower()
    assert again(done)[0] == "clean"


@pytest.mark.parametrize("own", [False, True], ids=["a client made from the key", "the user's client"])
def test_a_list_uploaded_by_the_library(
    own: bool, service: Service, contacts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = None
    if own:
        client = sdk(service)
        monkeypatch.delenv("SMALLEST_API_KEY")
        monkeypatch.setenv("SMALLEST_BASE_URL", "https://elsewhere.invalid")
    created = upload(preflight(contacts, region="US"), name="June list", client=client)
    assert [audience.members for audience in service.audiences] == [expected_members()]
    assert [(one.id, one.name, one.rows) for one in created] == [(service.audiences[0].id, "June list", 22)]
    assert service.requests[0][1:] == ("contacts.csv", "text/csv")


def test_names_that_were_changed_and_the_description_are_sent(
    service: Service, command: Command, contacts: Path
) -> None:
    done = command(
        "upload", contacts, "--region=US", "--identifier-column", "Full Name", "--name", "Résumé 👩\u200d💻", "-y",
        "--description", "second\ntry",
    )  # fmt: skip
    assert done.code == 0
    assert service.requests[0][0] == {
        "name": "Résumé 👩\u200d💻",
        "description": "second\ntry",
        "phoneNumberColumnName": "Phone_Number",
        "identifierColumnName": "Full_Name",
    }
    assert "with phone column 'Phone_Number', identifier column 'Full_Name':" in done.out


def test_each_part_of_a_split_list_is_an_audience(service: Service, command: Command, contacts: Path) -> None:
    done = command("upload", contacts, "--region", "US", "--name", "June", "--yes", "--split", "--max-rows", "8")
    assert done.code == 0
    assert [audience.name for audience in service.audiences] == ["June (1 of 3)", "June (2 of 3)", "June (3 of 3)"]
    assert [member for audience in service.audiences for member in audience.members] == expected_members()
    result = preflight(contacts, region="US", split=True, max_rows=8)
    assert [one.rows for one in upload(result, name="Again")] == [7, 7, 8]
    assert [audience.members for audience in service.audiences[:3]] == [
        audience.members for audience in service.audiences[3:]
    ]


def test_a_list_that_is_not_ready_is_not_sent(service: Service, command: Command, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"Name,phone\nAnn,none\n")
    done = command("upload", path, "--name", "June", "--yes", "--phone-column", "phone")
    assert done.code == 1
    assert done.out.endswith("nothing was uploaded\n")
    with pytest.raises(NotReadyError, match="L003"):
        upload(preflight(path), name="June")
    assert service.posts == 0


def test_json_says_what_was_made(service: Service, command: Command, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(LIST)
    done = command("upload", path, "--name", "June", "--yes", "--split", "--max-rows=2", "--output-format", "json")
    report, *made = [json.loads(line) for line in done.out.splitlines()]
    assert report["rows"]["clean"] == 3
    assert made == [
        {"audience": {"id": service.audiences[0].id, "name": "June (1 of 2)", "rows": 1}},
        {"audience": {"id": service.audiences[1].id, "name": "June (2 of 2)", "rows": 2}},
    ]
    assert "will be sent to 127.0.0.1" in done.err


def test_the_key_may_be_in_a_file_and_is_nowhere_else(
    service: Service, command: Command, contacts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SMALLEST_API_KEY")
    key = tmp_path / "key"
    key.write_bytes(b"\xef\xbb\xbf" + KEY.encode() + b"\r\n")
    options = ("upload", contacts, "--region", "US", "--name", "June", "--yes", "--api-key-file", key)
    service.faults = ["", "401", f"says {KEY}"]
    printed = [command(*options) for _ in range(3)]
    assert [done.code for done in printed] == [0, 2, 2]
    assert not [done for done in printed if KEY in done.out + done.err]
    key.unlink()
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(written) == 4
    assert not [path for path in written if KEY.encode() in path.read_bytes()]


def test_a_key_that_the_service_repeats_is_not_printed(service: Service, command: Command, contacts: Path) -> None:
    service.faults = ['says {"status": false, "errors": ["what is ' + KEY + '?"]}']
    done = command("upload", contacts, "--region", "US", "--name", "June", "--yes")
    assert done.code == 2
    assert "(what is •••?)" in done.err
    assert KEY not in done.out + done.err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b" \n", "is empty: set SMALLEST_API_KEY", id="empty"),
        pytest.param("sk-1".encode("utf-16"), "is not plain text; save it as UTF-8", id="UTF-16"),
        pytest.param(b"sk-1\nsk-2\n", "holds more than a key", id="two lines"),
        pytest.param("sk-1…".encode(), "holds more than a key", id="shortened when copied"),
        pytest.param(None, "No such file", id="no file"),
    ],
)
def test_a_key_file_that_holds_no_key(
    content: bytes | None, words: str, service: Service, command: Command, contacts: Path
) -> None:
    key = contacts.with_name("key")
    if content is not None:
        key.write_bytes(content)
    done = command("upload", contacts, "--region", "US", "--name", "June", "--yes", "--api-key-file", key)
    assert done.code == 2
    assert words in done.err
    assert "sk-1" not in done.err
    assert service.posts == 0


def test_numbers_without_a_plus_are_refused(service: Service, command: Command, contacts: Path) -> None:
    config = contacts.with_name("c.toml")
    config.write_text("no-plus = true\n", encoding="utf-8")
    done = command("upload", contacts, "--region", "US", "--name", "June", "--yes", "--config", config)
    assert done.code == 2
    assert "cannot be used with no-plus" in done.err
    assert service.posts == 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        pytest.param([], "there is no terminal to ask on: give --yes", id="no terminal"),
        pytest.param(["--yes", "-o", "-"], "cannot be used with -o -", id="standard output"),
        pytest.param(["--yes", "--profile", "vapi"], "vapi is another destination", id="another destination"),
        pytest.param(["--yes", "--no-plus"], "No such option", id="no plus"),
        pytest.param(["--yes", "--keep-headers"], "not 'Full Name': leave out keep-headers", id="headers kept"),
        pytest.param(["--yes", "--name", " "], "name: ' ' is not a line of text", id="blank name"),
        pytest.param(["--yes", "--name", "a\nb"], "is not a line of text", id="name of two lines"),
        pytest.param(["--yes", "--name", "\udcff"], "is not a line of text", id="name that is no text"),
        pytest.param(["--yes", "--description", ""], "description: '' is not", id="blank description"),
        pytest.param(["--yes", "--from-part", "2:0123456789ab"], "--from-part needs --split", id="part without split"),
        pytest.param(["--yes", "--split", "--from-part", "2"], "write N:CODE", id="part without code"),
        pytest.param(["--yes", "--split", "--from-part", "0:0123456789ab"], "write N:CODE", id="part 0"),
        pytest.param(["--yes", "--exit-zero"], "No such option", id="exit zero"),
        pytest.param(["--yes", "--api-key", "sk-1"], "No such option", id="key as an option"),
        pytest.param(["--yes", "--existing-audience", "../x?"], "is not the id of an audience", id="audience id"),
        pytest.param(["--yes", "--existing-audience", ""], "is not the id of an audience", id="no audience id"),
    ],
)
def test_what_is_refused_before_anything_is_sent(
    options: list[str], words: str, service: Service, command: Command, contacts: Path
) -> None:
    done = command("upload", contacts, "--region", "US", *(["--name", "June"] * ("--name" not in options)), *options)
    assert done.code == 2
    assert words in done.err
    assert "Traceback" not in done.err
    assert service.posts == 0


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("api.smallest.ai", "is not the address of a service"),
        ("ftp://x", "is not the address of a service"),
        ("https://", "is not the address of a service"),
        ("https://x:99999", "is not the address of a service"),
        ("https://[::1", "is not the address of a service"),
        ("https://me:secret@x", "is not the address of a service"),
        ("https://x/?a=1", "is not the address of a service"),
        ("http://api.smallest.ai/atoms/v1", "would be sent unencrypted; use https"),
    ],
)
def test_addresses_that_can_not_be_the_service(
    url: str, words: str, command: Command, contacts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMALLEST_BASE_URL", url)
    monkeypatch.setenv("SMALLEST_API_KEY", KEY)
    done = command("upload", contacts, "--region", "US", "--name", "June", "--yes")
    assert done.code == 2
    assert words in done.err
    assert "secret" not in done.err


def test_a_proxy_that_can_not_be_used(
    service: Service, command: Command, contacts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", "gopher://me:secret@127.0.0.1:9")
    done = command("upload", contacts, "--region", "US", "--name", "June", "--yes")
    assert done.code == 2
    assert "the proxy that HTTPS_PROXY, HTTP_PROXY or ALL_PROXY names cannot be used" in done.err
    assert "secret" not in done.err


def test_without_the_sdk_a_sentence_says_what_to_install(
    service: Service, command: Command, contacts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "smallestai", None)
    done = command("upload", contacts, "--region", "US", "--name", "June", "--yes")
    assert done.code == 2
    assert done.err == ("csv-preflight: upload needs the service's SDK: pip install 'csv-preflight-contacts[upload]'\n")
    with pytest.raises(SettingsError, match=r"\[upload\]"):
        upload(preflight(LIST), name="June")


def test_without_a_key_a_sentence_says_where_to_put_it(
    service: Service, command: Command, contacts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SMALLEST_API_KEY")
    done = command("upload", contacts, "--region", "US", "--name", "June", "--yes")
    assert done.err.startswith("csv-preflight: there is no API key: set SMALLEST_API_KEY, or name a file")
    assert not contacts.with_name("contacts.clean.csv").exists()


def test_the_library_refuses_what_the_service_would_not_take(service: Service) -> None:
    client = sdk(service)
    for settings, words in (
        ({"profile": "vapi", "phone_column": "phone"}, "another destination"),
        ({"no_plus": True}, "no plus sign"),
        ({"keep_headers": True}, "column names"),
    ):
        result = preflight(LIST.replace(b"Name", b"First name"), **settings)  # type: ignore[arg-type]
        assert result.ready
        with pytest.raises(SettingsError, match=words):
            upload(result, name="June", client=client)
    for first in (0, 2):
        with pytest.raises(SettingsError, match=f"there is no part {first}"):
            upload(preflight(LIST), name="June", client=client, first=first)
    with pytest.raises(TypeError, match="give a SmallestAI"):
        upload(preflight(LIST), name="June", client=AsyncSmallestAI(api_key=KEY))
    assert service.posts == 0


def test_a_profile_of_ones_own_is_held_to_the_service_s_rules(
    service: Service, command: Command, contacts: Path
) -> None:
    config = contacts.with_name("own.toml")
    options = ("upload", contacts, "--region=US", "--name=June", "--yes", "--profile=ours", "--config", config)
    config.write_text("[profiles.ours]\nmax-rows = 50000\n")
    done = command(*options)
    assert (done.code, service.posts) == (2, 0)
    assert "not 'Full Name'" in done.err
    config.write_text('[profiles.ours]\nmax-rows = 50000\nheader-pattern = "[A-Za-z0-9_]"\n')
    assert command(*options).code == 0
    assert service.audiences[0].members == expected_members()


def test_a_client_that_retries_does_not_retry_this(service: Service) -> None:
    service.faults = ["500 after", "", ""]
    with pytest.raises(UploadError, match="status 500") as caught:
        upload(preflight(LIST), name="June", client=sdk(service, max_retries=5))
    assert (caught.value.made, caught.value.created, caught.value.failed) == ("perhaps", (), 1)
    assert (service.posts, len(service.audiences)) == (1, 1)


def test_a_client_that_follows_redirects_takes_no_list_of_audiences_for_a_new_one(service: Service) -> None:
    service.faults = [f"303 Location: {service.url}/audience"]
    with pytest.raises(UploadError, match="without naming a new audience") as caught:
        upload(preflight(LIST), name="June", client=sdk(service))
    assert caught.value.made == "perhaps"


def test_the_sdk_s_telemetry_is_not_even_imported(service: Service) -> None:
    upload(preflight(LIST), name="June")
    assert "smallestai.telemetry" not in sys.modules
    assert "smallestai" in sys.modules


def test_a_wrong_column_name_says_in_which_configuration_file_it_is(
    command: Command, service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("csv-preflight.toml").write_text('phone-column = "Handy"', encoding="utf-8")
    Path("list.csv").write_text("Land,phone\nUSA,+12025550101\n", encoding="utf-8")
    done = command("upload", "list.csv", "--name", "June", "--yes")
    assert done.code == 1
    said = "there is no column 'Handy'; did you mean 'phone'? (phone-column is set in csv-preflight.toml)"
    assert f"list.csv:1:1: C001 {said}\n" in done.out
    assert service.requests == []
