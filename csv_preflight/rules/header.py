"""The header: what each column is, and its name in the clean file."""

from __future__ import annotations

from csv_preflight.model.rule import Group, Outcome, Rule

THERE_IS_NONE = {
    "near": "there is no column {wanted}; did you mean {near:or}?",
    "none": "there is no column {wanted}; the columns are {names}",
}
NAMES = frozenset({"wanted", "near", "names"})

RULES = (
    Rule(
        code="C001",
        name="phone-column-missing",
        title="Phone column unclear",
        outcome=Outcome.STOP,
        group=Group.HEADER,
        message="{problem}",
        why="The service needs the exact name of the column that holds the phone numbers.",
        example="--phone-column phone, where the header says Phone Number",
        parameters={"problem": "near", "wanted": "phone", "near": ("Phone Number",)},
        at_fault={"none": "phone-column", "extension": "extension-column", "timezone": "add-timezone"},
        remedy="Choose one of the columns with --phone-column.",
        spreadsheet="Give the column of phone numbers a plain name, such as phone, and keep only one such column.",
        columns=NAMES | {"candidates", "in_order"},
        facts=frozenset({"delimiter"}),
        words={
            "problem": {
                **THERE_IS_NONE,
                "several": "more than one column could be the phone numbers: {candidates:5}; "
                "choose one with --phone-column, or several in the order in which they count",
                "export": "more than one column holds phone numbers: {in_order}; give --phone-column for each of them, "
                "in the order in which they count",
                "unlikely": "no column looks like phone numbers; choose one with --phone-column; "
                "the columns are {names}",
                "extension": "{wanted} cannot be the extension column and another one as well; "
                "give --extension-column a name of its own",
                "timezone": "{wanted} cannot be the column of time zones and another one as well; "
                "give --add-timezone a name of its own",
                "quoted-lines": "the file was read as one column, because each line is in quotes as a whole; export it "
                "again, or remove the quotes at the beginning and the end of each line",
                "delimiter": "the file was read as one column; if {delimiter} separates its fields, "
                "give --delimiter {delimiter}",
                "foreign-delimiter": "the file was read as one column; if {delimiter} separates its fields, "
                "replace it by commas",
            }
        },
        ways={"candidates": "phone-column", "near": "phone-column", "delimiter": "delimiter"},
    ),
    Rule(
        code="C002",
        name="identifier-column-missing",
        title="Identifier column not found",
        outcome=Outcome.STOP,
        group=Group.HEADER,
        message="{problem}",
        why="You named an identifier column, and the upload would refer to a column that is not there.",
        example="--identifier-column Name, where the header says Full name",
        parameters={"problem": "near", "wanted": "Name", "near": ("Full name",)},
        at_fault={"none": "identifier-column"},
        remedy="Choose one of the columns with --identifier-column.",
        spreadsheet="Choose one of the columns in the list, or give the column the name that was asked for.",
        columns=NAMES,
        words={"problem": THERE_IS_NONE},
        ways={"near": "identifier-column"},
    ),
    Rule(
        code="C003",
        name="duplicate-column",
        title="Two columns with one name",
        outcome=Outcome.STOP,
        group=Group.HEADER,
        message="{problem}",
        why="Column names must be unique: the service would keep one of the two, without saying which.",
        example="phone,phone",
        parameters={"problem": "list", "first": 2, "second": 3, "name": "phone"},
        at_fault={"rename": "rename"},
        remedy="Rename one of the two columns in the list.",
        columns=frozenset({"name", "given"}),
        words={
            "problem": {
                "list": "columns {first} and {second} are both called {name}; rename one",
                "rename": "with --rename {given}, columns {first} and {second} are both called {name}; choose another "
                "name",
            }
        },
    ),
    Rule(
        code="C004",
        name="no-header",
        title="First line is not the header",
        outcome=Outcome.STOP,
        group=Group.HEADER,
        message="the first line is not {what}: {evidence}; {way_out}",
        why="The first line is read as the names of the columns. A person on it would not be called.",
        example="Ann,+12025550143 in the first line",
        parameters={"what": "header", "evidence": "phone", "field": 2, "way_out": "add", "seems": 3, "skip": 2},
        facts=frozenset({"width", "names", "length"}),
        remedy="Make the column names the first line, for example Name,phoneNumber: add them, or leave out the lines "
        "above them with --skip-lines.",
        spreadsheet="Make the column names the first line, for example Name and phoneNumber: add them, or delete the "
        "lines above them.",
        words={
            "what": {"header": "a header", "names": "the header", "part": "a whole header"},
            "way_out": {
                "add": "put a line with the column names first",
                "complete": "name every column in it",
                "skip": "give --skip-lines {skip} to leave out what is above it",
            },
            "evidence": {
                "below": "it seems to be on line {seems:,}",
                "phone": "field {field} is a phone number",
                "email": "field {field} is an e-mail address",
                "long": "field {field} has {length:,} characters",
                "empty": "all its fields are empty",
                "title": "it names one of {width:,} columns",
                "narrow": "it has {names:,} of the {width:,} fields that the rows below it have",
            },
        },
        ways={"skip": "skip-lines"},
    ),
    Rule(
        code="C005",
        name="region-column-missing",
        title="Country column not found",
        outcome=Outcome.STOP,
        group=Group.HEADER,
        message="{problem}",
        why="Without this column no row has a country, and a number without a country code could be anybody's.",
        example="--region-column country, where the header says Country code",
        parameters={"problem": "near", "wanted": "country", "near": ("Country code",)},
        at_fault={"none": "region-column"},
        remedy="Choose one of the columns with --region-column.",
        spreadsheet="Choose one of the columns in the list, or give the column the name that was asked for.",
        columns=NAMES,
        words={"problem": THERE_IS_NONE},
        ways={"near": "region-column"},
    ),
    Rule(
        code="C006",
        name="region-column-no-countries",
        title="Not a column of countries",
        outcome=Outcome.STOP,
        group=Group.HEADER,
        message="the column {name} does not hold countries: {found}; give the country with --region, or choose another "
        "column",
        why="DE is Delaware or Germany, CA California or Canada: numbers would be read as those of another country.",
        example="--region-column State, in a list of the US",
        parameters={"name": "State", "found": "unknown", "unknown": 24, "distinct": 50},
        words={
            "found": {
                "unknown": "{unknown:,} of its {distinct:,} different values are not countries",
                "codes": "by its name, these letters mean something else",
            }
        },
        at_fault={"": "region-column"},
        remedy="Give --region, such as --region US, instead of --region-column, or choose a column of countries.",
        spreadsheet="Choose a column of countries, or write the numbers with + and the country code.",
        columns=frozenset({"name"}),
    ),
    Rule(
        code="C007",
        name="region-column-unused",
        title="Column of countries not used",
        outcome=Outcome.WARN,
        group=Group.HEADER,
        message="the column {name} says which country each person is in, and some numbers have no country code; give "
        "--region-column {name}",
        why="If one --region is used for people in several countries, some numbers become a stranger's.",
        example="a column Land with Deutschland and Österreich, and --region DE",
        parameters={"name": "Land"},
        remedy="Give --region-column with this column; --region then serves the rows in which it is empty.",
        spreadsheet="Write the numbers with + and the country code.",
        columns=frozenset({"name"}),
        unused_option="region-column",
    ),
    Rule(
        code="C013",
        name="other-columns",
        title="Files with different columns",
        outcome=Outcome.STOP,
        group=Group.HEADER,
        message="the columns are not those of {path}: {problem}",
        why="One list has the same columns in all of its files; the order may differ.",
        example="--as-one with a file that has Phone, and another that has Mobile",
        parameters={
            "path": "june.csv",
            "problem": "one",
            "missing": ("Phone",),
            "more": ("Mobile",),
            "rename": "Mobile=Phone",
        },
        remedy="Give all files the same column names, or give --rename OLD=NEW where only a name differs. Without "
        "--as-one, each file is a list of its own.",
        spreadsheet="Give all files the same columns with the same names.",
        columns=frozenset({"missing", "more"}),
        facts=frozenset({"path", "rename"}),
        words={
            "problem": {
                "none": "this file has none of them, which are {missing}",
                "missing": "this file lacks {missing}",
                "more": "only this file has {more}",
                "both": "this file lacks {missing}, and only it has {more}",
                "one": "this file lacks {missing}, and only it has {more}; if they are the same, give --rename "
                "'{rename}'",
            }
        },
    ),
    Rule(
        code="C101",
        name="header-cleaned",
        title="Column name cleaned",
        outcome=Outcome.FIX,
        group=Group.HEADER,
        message="{problem}",
        why="Column names must match exactly. A trailing space or an invisible character is easy to miss.",
        example="'phone ' with a space at the end",
        parameters={"problem": "spaces", "name": "phone"},
        remedy="clean removes them.",
        columns=frozenset({"name"}),
        words={
            "problem": {
                "spaces": "the column name has leading or trailing spaces; it is written as {name}",
                "invisible": "the column name has line breaks or invisible characters; it is written as {name}",
                "apostrophe": "the column name has the apostrophe of a rejects file; it is written as {name}",
                "own": "{name} is a column of csv-preflight's own rejects file; it is left out",
            }
        },
    ),
    Rule(
        code="C102",
        name="header-renamed",
        title="Column renamed",
        outcome=Outcome.FIX,
        group=Group.HEADER,
        message="{column} is written as {new}, because {why}{use}",
        why="The service accepts only certain column names, or finds its columns by name.",
        example="'Phone Number' becomes Phone_Number",
        parameters={
            "column": "named",
            "old": "Phone Number",
            "number": 2,
            "new": "Phone_Number",
            "why": "letters",
            "profile": "smallest-atoms",
            "use": "phone",
        },
        remedy="Send the new name with the upload, or rename the column in the list. --keep-headers keeps the old one.",
        spreadsheet="Use the new name in the upload form, or rename the column in the list.",
        columns=frozenset({"old", "new"}),
        facts=frozenset({"profile", "allowed"}),
        words={
            "column": {"named": "{old}", "nameless": "column {number}, which has no name,"},
            "why": {
                "asked": "--rename says so",
                "fixed": "{profile} reads the column of that name",
                "taken": "another column takes its name",
                "nameless": "every column needs a name",
                "lower": "{profile} takes column names in lower case only",
                "letters": "{profile} takes only letters A to Z, digits and _ in column names",
                "characters": "{profile} takes only the characters {allowed} in column names",
            },
            "use": {
                "": "",
                "phone": "; send that name as the phone column",
                "identifier": "; send that name as the identifier column",
            },
        },
    ),
)
