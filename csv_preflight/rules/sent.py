"""The destination's rules for the columns that are sent."""

from __future__ import annotations

from csv_preflight.model.rule import Group, Outcome, Rule

RULES = (
    Rule(
        code="C008",
        name="column-missing",
        title="Column missing",
        outcome=Outcome.STOP,
        group=Group.HEADER,
        message="{problem}",
        why="The destination refuses a list without this column, and nobody but you can say what belongs in it.",
        example="no column _Locale, with --profile salesforce-mobile",
        parameters={
            "problem": "near",
            "profile": "salesforce-mobile",
            "wanted": ("_Locale",),
            "near": ("Locale",),
            "rename": "Locale=_Locale",
        },
        at_fault={"rename": "rename", "rename-near": "rename"},
        remedy="Add the column to the list. If it has another name there, give --rename OLD=NEW.",
        spreadsheet="Add the column, or rename the one that is meant.",
        columns=frozenset({"wanted", "near", "new", "rename", "given", "names"}),
        facts=frozenset({"profile"}),
        words={
            "problem": {
                "near": "{profile} requires a column {wanted:or}; if {near:or} is meant, give --rename {rename}",
                "none": "{profile} requires a column {wanted:or}, and the columns are {names}",
                "rename-near": "there is no column {wanted} to be renamed {new}; did you mean {near:or}?",
                "rename": "there is no column {wanted} to be renamed {new}",
            }
        },
        ways={"rename": "rename"},
    ),
    Rule(
        code="C009",
        name="column-refused",
        title="Column left out",
        outcome=Outcome.FIX,
        group=Group.HEADER,
        message="the column {name} is left out: {why}",
        why="The service refuses the whole file for one column that it does not take.",
        example="a column City, with --profile bolna-workflow",
        parameters={"name": "City", "profile": "bolna-workflow", "why": "unknown"},
        remedy="clean leaves it out. To keep a column that the destination knows, name it with --variables.",
        spreadsheet="clean leaves it out.",
        columns=frozenset({"name", "near", "rename"}),
        facts=frozenset({"profile", "reason"}),
        words={
            "why": {
                "unknown": "{profile} refuses a file with columns that it does not know",
                "near": "{profile} refuses a file with columns that it does not know; to keep it as {near}, give "
                "--rename {rename}",
                "refused": "{profile} refuses it",
                "reason": "{reason}",
                "other": "{profile} takes this column or another one of the list, never both",
            }
        },
    ),
    Rule(
        code="C010",
        name="header-limits",
        title="Too many columns, or too long a name",
        outcome=Outcome.STOP,
        group=Group.HEADER,
        message="{problem}",
        why="The service refuses the whole file.",
        example="51 columns, with --profile genesys-cloud",
        parameters={"problem": "columns", "found": 51, "most": 50, "profile": "genesys-cloud"},
        remedy="Remove columns that the campaign does not use, or give a long name a shorter one: --rename OLD=NEW.",
        spreadsheet="Remove columns that the campaign does not use, or shorten the name.",
        columns=frozenset({"name"}),
        facts=frozenset({"profile"}),
        words={
            "problem": {
                "columns": "{found:,} columns are too many: {profile} takes {most:,}; remove those that the campaign "
                "does not use",
                "length": "the column name {name} has {found:,} characters, but {profile} takes at most {most:,}; "
                "shorten it, or give --rename OLD=NEW",
            }
        },
    ),
    Rule(
        code="C103",
        name="column-added",
        title="Column added",
        outcome=Outcome.FIX,
        group=Group.HEADER,
        message="the column {name} is added: {why}",
        why="The list has no such column, and its contents follow from the numbers.",
        example="--add-timezone zone, in a list without such a column",
        parameters={"name": "zone", "why": "timezone", "profile": "smallest-atoms"},
        remedy="clean adds it.",
        columns=frozenset({"name"}),
        facts=frozenset({"profile"}),
        words={
            "why": {
                "timezone": "it holds the time zone of each number, with & between if there are several",
                "calling-code": "{profile} wants the country code in a column of its own",
            }
        },
    ),
    Rule(
        code="P109",
        name="phone-column-filled",
        title="Filled in from the number",
        outcome=Outcome.FIX,
        group=Group.PHONE,
        message="{what}",
        why="It follows from the number, and the destination reads it from this column.",
        example="US in the column Country Code, with --profile interakt",
        parameters={"what": "calling-code"},
        remedy="clean fills it in.",
        words={
            "what": {
                "calling-code": "filled in with the number's country code",
                "timezone": "filled in with the number's time zone",
            }
        },
    ),
)
