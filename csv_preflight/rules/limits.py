"""Limits of rows, bytes and rejects, by destination and user."""

from __future__ import annotations

from csv_preflight.model.rule import Group, Outcome, Rule

RULES = (
    Rule(
        code="L001",
        name="too-many-rows",
        title="Too many rows",
        outcome=Outcome.STOP,
        group=Group.LIMIT,
        message="{rows:,} rows are too many: {profile} takes {most:,}{present}; {way_out}",
        why="The service refuses the whole file.",
        example="12,000 people where an audience has room for 10,000",
        parameters={
            "rows": 12000,
            "profile": "smallest-atoms",
            "most": 10000,
            "present": "none",
            "way_out": "split",
        },
        remedy="clean --split writes several files, one for each audience. If your plan has a higher limit, give "
        "--max-rows.",
        spreadsheet="Cut the list into several files, one for each audience.",
        facts=frozenset({"profile", "members"}),
        words={
            "present": {"none": "", "some": ", and {members:,} are there already"},
            "way_out": {
                "split": "use clean --split to write several files, or remove people",
                "fewer": "remove people",
            },
        },
        split_helps=True,
    ),
    Rule(
        code="L002",
        name="too-many-bytes",
        title="File too large",
        outcome=Outcome.STOP,
        group=Group.LIMIT,
        message="{size:,} bytes are too many: {profile} takes {most:,}; {way_out}",
        why="The service refuses the whole file.",
        example="a file of 6 MB where 5 MB are allowed",
        parameters={"size": 6_000_000, "profile": "smallest-atoms", "most": 5_000_000, "way_out": "split"},
        remedy="Leave out columns that the campaign does not use, or use clean --split to write several files.",
        spreadsheet="Leave out columns that the campaign does not use, or cut the list into several files.",
        facts=frozenset({"profile", "clean"}),
        words={
            "way_out": {
                "split": "leave out columns, or use clean --split to write several files",
                "columns": "leave out columns",
                "clean": "clean writes the same cells in {clean:,} bytes, without needless quotes",
            }
        },
        split_helps=True,
    ),
    Rule(
        code="L003",
        name="nothing-left",
        title="No row left",
        outcome=Outcome.STOP,
        group=Group.LIMIT,
        message="no row is left{why}",
        why="An audience without members cannot be called.",
        example="a list of national numbers without --region",
        parameters={
            "why": "most",
            "code": "P003",
            "title": "no country code",
            "count": 12,
            "rejected": 12,
        },
        remedy="Fix the most common reason first.",
        facts=frozenset({"code", "title"}),
        words={
            "why": {
                "": "",
                "most": ": {count:,} of {rejected:,} rejected as {code}, {title}",
                "tie": "; the {rejected:,} rows were rejected for several reasons",
            }
        },
        follows=True,
    ),
    Rule(
        code="L004",
        name="too-many-rejects",
        title="Too many rows rejected",
        outcome=Outcome.STOP,
        group=Group.LIMIT,
        message="{rejected:,} of {read:,} rows {what}",
        why="When so many rows are rejected, something is usually wrong with the whole list.",
        example="400 of 1,000 rows, with --max-rejects 5%",
        parameters={"rejected": 400, "read": 1000, "limit": "5%", "what": "rejected"},
        remedy="See why they are rejected. If they should be, allow more with --max-rejects.",
        spreadsheet="See why they are rejected, and correct the rows.",
        facts=frozenset({"limit"}),
        words={
            "what": {
                "rejected": "were rejected, and at most {limit} may be",
                # without --max-rejects, rows whose number is on a list do not count
                "faulty": "have to be corrected; with more than {limit} of them, a list is not uploaded and not "
                "rewritten in place, unless --max-rejects allows it",
            }
        },
    ),
)
