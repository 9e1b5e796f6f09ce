"""The template's variables, and the destination's rules for cells."""

from __future__ import annotations

from csv_preflight.model.rule import Group, Outcome, Rule

RULES = (
    Rule(
        code="V001",
        name="variable-missing",
        title="Variable without a column",
        outcome=Outcome.STOP,
        group=Group.VARIABLE,
        message="{problem}",
        why="The agent would leave a gap, or say the name of the variable aloud.",
        example="{{first_name}} in the prompt, where the list says First Name",
        parameters={
            "problem": "near",
            "variable": "first_name",
            "near": ("First Name",),
            "rename": "First Name=first_name",
        },
        remedy="Use the column's name in the template, or rename the column with --rename OLD=NEW. If there is no such "
        "column, add it.",
        spreadsheet="Give the column exactly the variable's name, or add it.",
        columns=frozenset({"variable", "near", "rename", "names"}),
        words={
            "problem": {
                "near": "the template uses {variable}, but no column is called that; if you mean {near:or}, "
                "give --rename {rename}",
                "none": "the template uses {variable}, but no column is called that; the columns are {names}",
            }
        },
        ways={"rename": "rename"},
    ),
    Rule(
        code="V002",
        name="variable-empty",
        title="Empty variable",
        outcome=Outcome.WARN,
        group=Group.VARIABLE,
        message="the variable {variable} is empty{needed}",
        why="The agent leaves a gap, or says the name of the variable aloud.",
        example="a row without a first name, with --variables first_name",
        parameters={"variable": "first_name", "needed": "", "profile": "dograh"},
        remedy="Fill in the cell, or reject such rows with --require-variables.",
        spreadsheet="Fill in the cell.",
        columns=frozenset({"variable"}),
        facts=frozenset({"profile"}),
        words={"needed": {"": "", "profile": ", and {profile} requires every variable"}},
    ),
    Rule(
        code="V003",
        name="variable-reserved",
        title="Variable filled by the destination",
        outcome=Outcome.WARN,
        group=Group.VARIABLE,
        message="{profile} fills the variable {variable} itself{use}",
        why="The agent probably never says what the list has in this column.",
        example="a column current_date",
        parameters={"variable": "current_date", "use": "there", "profile": "smallest-atoms"},
        remedy="Rename the column if the agent needs it: --rename OLD=NEW.",
        spreadsheet="Rename the column if the agent needs it, or remove it.",
        columns=frozenset({"variable"}),
        facts=frozenset({"profile"}),
        words={
            "use": {
                "there": ", so this column may never be used",
                "none": "; no column is needed for it",
            }
        },
    ),
    Rule(
        code="V004",
        name="cell-too-long",
        title="Cell too long",
        outcome=Outcome.REJECT,
        group=Group.VARIABLE,
        message="the cell in {name} has {length:,} characters, but {profile} takes at most {most:,}",
        why="The service refuses longer ones.",
        example="a note of 600 characters, with --profile genesys-cloud",
        parameters={"name": "Notes", "length": 600, "most": 512, "profile": "genesys-cloud"},
        remedy="Shorten it in the list, or remove the column if the campaign does not use it.",
        columns=frozenset({"name"}),
        facts=frozenset({"profile"}),
        common_cause="Does the campaign need that column? Remove it from the list if not",
    ),
    Rule(
        code="V005",
        name="required-cell-empty",
        title="Required cell empty",
        outcome=Outcome.REJECT,
        group=Group.VARIABLE,
        message="the cell in {name} is empty, but {profile} requires it",
        why="The service refuses a row without it.",
        example="a row without a last name, with --profile talkdesk",
        parameters={"name": "Last Name", "profile": "talkdesk"},
        remedy="Fill in the cell.",
        columns=frozenset({"name"}),
        facts=frozenset({"profile"}),
    ),
    Rule(
        code="V006",
        name="cell-needs-quotes",
        title="Cell that needs quotes",
        outcome=Outcome.REJECT,
        group=Group.VARIABLE,
        message="the cell in {name} contains {what}, so it needs quotes, which {profile} does not take",
        why="Without quotes, the cell would be split in two.",
        example="Arlington, VA with --profile onesignal",
        parameters={"name": "City", "what": "comma", "profile": "onesignal"},
        remedy="Write the cell without it, or remove the column if the campaign does not use it.",
        columns=frozenset({"name"}),
        facts=frozenset({"profile"}),
        words={"what": {"comma": "a comma", "quote": "a quote", "line-break": "a line break"}},
        common_cause="Does the campaign need that column? Remove it from the list if not",
    ),
)
