"""What a row says of its country: read by it where it is named, and never contradicted where it is not."""

from __future__ import annotations

import pytest

from csv_preflight import preflight
from csv_preflight.config.files import read_config
from csv_preflight.config.settings import build_settings
from csv_preflight.model.note import LostPlus, OtherCountry, UnknownCountries
from csv_preflight.rules.notes import note_text

DE, AT, CH = "030 23125001", "0664 112649", "078 142 78 33"
MIXED = f"Ann,{DE},Deutschland\nGus,{AT},Österreich\nIvy,{CH},Schweiz\n"


def table(rows: str, header: str = "Name,phone,Land") -> bytes:
    return f"{header}\n{rows}".encode()


def outcome(data: bytes, **settings: object) -> tuple[list[str], list[str], set[str]]:
    """The clean numbers, the codes of the rejected rows, and the warnings."""
    result = preflight(data, **settings)
    warned = {found.code for found in result.report.findings if found.outcome == "warn"}
    return result.clean["phone"].tolist(), result.rejects["preflight_code"].tolist(), warned


@pytest.mark.parametrize(
    ("rows", "settings", "clean", "codes", "warned"),
    [
        pytest.param(MIXED, {"region_column": "Land"}, ["+493023125001", "+43664112649", "+41781427833"], [], set(),
                     id="the column is given"),
        pytest.param(MIXED, {"region": "DE"}, ["+493023125001"], ["P014", "P014"], {"C007"}, id="only a region is"),
        pytest.param(MIXED, {}, [], ["P003"] * 3, {"C007"}, id="nothing is"),
        pytest.param("Gus,+43 664 112649,Deutschland\n", {"region": "DE"}, ["+43664112649"], [], set(),
                     id="a country code is believed"),
        pytest.param("Gus,0043 664 112649,Deutschland\n", {"region": "DE"}, ["+43664112649"], [], set(),
                     id="so is one behind 00"),
        pytest.param("Gus,+43 664 112649,Deutschland\n", {"region_column": "Land"}, ["+43664112649"], [], set(),
                     id="so it is where the column is given"),
        pytest.param(f"Gus,{AT},\nAnn,{DE},Deutschland\n", {"region": "DE"}, ["+49664112649", "+493023125001"], [],
                     {"C007"}, id="an empty cell contradicts nothing"),
        pytest.param(f"Gus,{AT},\nAnn,{DE},Deutschland\n", {"region": "AT", "region_column": "Land"},
                     ["+43664112649", "+493023125001"], [], set(), id="an empty cell falls back"),
        pytest.param(f"Ann,{DE},n/a\nBea,{DE[:-1]}2,-\nCid,{DE[:-1]}3,unbekannt\nGus,{AT},Österreich\n",
                     {"region": "DE"}, ["+493023125001", "+493023125002", "+493023125003"], ["P014"], {"C007"},
                     id="words for nothing say nothing of the column"),
        pytest.param(f"Ann,{DE},\nBea,{DE[:-1]}2,\n", {"region": "DE"}, ["+493023125001", "+493023125002"], [], set(),
                     id="an empty column is none of countries"),
        pytest.param("Li,131 2345 6561,China\nWu,13123456562,China\nAnn,12025550143,China\nBo,+1 312 345 6563,China\n",
                     {"region": "US"}, ["+12025550143", "+13123456563"], ["P014", "P014"], {"C007"},
                     id="digits that begin like a country code and are a number of the row's country"),
        pytest.param(f"Gus,{AT},Korea\nAnn,{DE},Deutschland\n", {"region": "DE"}, ["+493023125001"], ["P014"],
                     {"C007"}, id="one of two others"),
        pytest.param(f"Gus,{AT},Korea\nAnn,{DE},Deutschland\n", {"region": "DE", "region_column": "Land"},
                     ["+493023125001"], ["P003"], set(), id="one of two, none for certain"),
        pytest.param("Ann,(202) 555-0143,Canada\nBob,(202) 555-0144,USA\n", {"region": "US"},
                     ["+12025550143", "+12025550144"], [], {"C007"}, id="one calling code, one number"),
        pytest.param("Ann,464 1234,Antigua\nBob,464 1235,USA\n", {"region": "AG"}, ["+12684641234"], ["P014"],
                     {"C007"}, id="one calling code, no area code in the other"),
        pytest.param("Ann,8 912 345-67-89,Ukraine\nBob,8 912 345-67-80,Russia\n", {"region": "RU"}, ["+79123456780"],
                     ["P014"], {"C007"}, id="a trunk prefix as long as the calling code"),
    ],
)  # fmt: skip
def test_a_number_and_what_its_row_says(rows, settings, clean, codes, warned) -> None:
    assert outcome(table(rows), **settings) == (clean, codes, warned)


@pytest.mark.parametrize("empty", [1500, 12_000], ids=["in the first batch", "behind it"])
def test_a_column_of_countries_may_begin_with_many_empty_cells(empty) -> None:
    rows = "".join(f"Ann,030 23{number:06},\n" for number in range(120_000, 120_000 + empty))
    result = preflight(table(f"{rows}Gus,{AT},Österreich\n"), region="DE", max_rows=20_000)
    assert result.rejects["preflight_code"].tolist() == ["P014"]
    assert len(result.clean) == empty


def test_calling_codes_behind_00_are_countries_under_any_name() -> None:
    rows = f"Ann,{DE},0049\nBea,{DE[:-1]}2,0049\nGus,{AT},0043\n"
    assert outcome(table(rows, "Name,phone,Vorwahl"), region="DE")[1] == ["P014"]


def test_numbers_of_customers_behind_00_are_no_countries() -> None:
    rows = f"Ann,{DE},0049\nBea,{DE[:-1]}2,0043\nGus,{DE[:-1]}3,0044\n"
    assert outcome(table(rows, "Name,phone,Kunde"), region="DE")[1:] == ([], set())


def test_the_message_names_both_countries_and_the_option() -> None:
    findings = {found.code: found.samples[0].detail for found in preflight(table(MIXED), region="DE").report.findings}
    assert findings["P014"] == "'Land' says Austria, but the number was read as one in Germany"
    assert findings["C007"].endswith("give --region-column 'Land'")


@pytest.mark.parametrize(
    ("cell", "settings", "words"),
    [
        pytest.param("Deutschland", {}, "no country code, and no region given", id="no region"),
        pytest.param("", {"region_column": "Land"}, "no country code, and 'Land' is empty in this row", id="empty"),
        pytest.param("Atlantis", {"region_column": "Land"}, "'Land' names no country in this row: ••••••is", id="none"),
        pytest.param("Atlantis", {"region_column": "Land", "region": "DE"}, "names no country", id="with a region"),
        pytest.param(
            "Congo",
            {"region_column": "Land"},
            "'Land' could mean the Democratic Republic of the Congo or the Republic of the Congo: •••go",
            id="two",
        ),
    ],
)
def test_why_there_is_no_country(cell: str, settings: dict[str, str], words: str) -> None:
    rejects = preflight(table(f"Ann,{DE},{cell}\nBob,+43 664 112649,Österreich\n"), **settings).rejects
    assert rejects["preflight_code"].tolist() == ["P003"]
    assert words in rejects["preflight_reason"].iloc[0]
    assert "Atlantis" not in rejects["preflight_reason"].iloc[0]


def test_cells_that_name_no_country_are_counted_masked() -> None:
    rows = "".join(
        f"A,030 2312500{place},{cell}\n" for place, cell in enumerate(["Atlantis", "Thule", "Atlantis", "AT"])
    )
    note = preflight(table(rows + f"B,{AT},DE\nC,{AT},CH\n"), region_column="Land").report.notes[0]
    assert note == UnknownCountries(3, "Land", (("••••••is", 2), ("•••le", 1)))
    assert note_text(note) == "3 rows have no known country in 'Land': ••••••is (2), •••le (1)"


def test_numbers_of_another_country_than_their_row_are_noted() -> None:
    report = preflight(table("Gus,+43 664 112649,Deutschland\nAnn,+49 30 23125001,Deutschland\n")).report
    assert report.notes == (OtherCountry(1, "Land"),)
    assert note_text(report.notes[0]).startswith("1 of the clean numbers is from another country than 'Land' says")


def test_a_clean_list_with_such_a_column_stays_clean() -> None:
    result = preflight(table(MIXED), region_column="Land")
    again = preflight(result.clean)
    assert again.report.findings == ()
    bare = preflight(table(MIXED), region_column="Land", no_plus=True)
    assert preflight(bare.clean, no_plus=True).report.findings == ()


def test_the_note_on_lost_plus_signs_gives_the_column() -> None:
    rows = "".join(f"A,4915123456{place:03},Deutschland\n" for place in range(100, 160))
    note = next(note for note in preflight(table(rows)).report.notes if isinstance(note, LostPlus))
    assert note.region_column == "Land"
    assert "give --region-column Land, or" in note_text(note)


@pytest.mark.parametrize("option", ["suppress", "existing"])
def test_another_list_is_read_by_its_own_column(option: str, tmp_path) -> None:
    path = tmp_path / "other.csv"
    path.write_text(f"phone,Country\n{AT},Austria\n{DE},Germany\n")
    clean, codes, _ = outcome(table("Gus,+43664112649,\nAnn,+49 30 23125001,\n"), region="DE", **{option: [str(path)]})
    assert (clean, codes) == ([], ["D003" if option == "suppress" else "D002"] * 2)


def test_the_configuration_says_what_a_list_calls_countries(tmp_path) -> None:
    path = tmp_path / "csv-preflight.toml"
    path.write_text('region-column = "Land"\n[countries]\n"Zentrale" = "DE"\n"Filiale Süd" = "Österreich"\n')
    settings = build_settings(read_config(path)[0])
    assert settings.country_names == (("Zentrale", "DE"), ("Filiale Süd", "AT"))
    result = preflight(table(f"Ann,{DE},zentrale\nGus,{AT},Filiale Süd\n"), settings)
    assert result.clean["phone"].tolist() == ["+493023125001", "+43664112649"]
    assert "country-names" not in result.report.settings
    assert outcome(table(f"Ann,{DE},X\n"), region_column="Land", country_names={"X": "DE"})[0] == ["+493023125001"]
