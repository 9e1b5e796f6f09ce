"""Every rule, in the order of the stages: code, name, outcome, message, why, example, remedy.

A code is public and never changes its meaning: hundreds 0xx are faults, 1xx are fixes.  A new rule takes a new
code, an entry here, a function in its stage, a row in that stage's test table and a file in ``sample_data``.
"""

from __future__ import annotations

from csv_preflight.model.rule import Outcome, Rule

STOP, REJECT, FIX, WARN = Outcome.STOP, Outcome.REJECT, Outcome.FIX, Outcome.WARN

# Of rows whose cells could not be told apart.
_COPIED = "in the rejects file, copy the pieces from preflight_raw into their columns, without quotes around them"

RULES: tuple[Rule, ...] = (
    # The file: stages/source.py and stages/dialect.py
    Rule(
        "F001", "binary-file", STOP, "this is {kind}, not CSV text; {remedy}",
        "The service takes CSV text only. A binary file under the name .csv is stored as malformed members.",
        "an .xlsx workbook renamed to contacts.csv",
        "Open it in the program that made it and save it as CSV UTF-8, or unpack it first.",
    ),
    Rule(
        "F002", "unknown-encoding", STOP,
        "the text encoding is unclear: line {sample_line} reads {first} as {first_encoding}, "
        "or {second} as {second_encoding}; name the right one with --encoding",
        "Two encodings fit about equally well. A guess could have a wrong name read aloud to a customer.",
        "a few accented letters that are different words in cp1252 and cp1250",
        "Give --encoding with the encoding whose reading is right, or export the list again as CSV UTF-8.",
    ),
    Rule(
        "F003", "undecodable-bytes", STOP,
        "byte {byte} at offset {offset} is not {encoding}; {remedy}",
        "The bytes do not belong to the encoding that was named, or that the rest of the file is in.",
        "--encoding utf-8 for a file that Excel saved as cp1252, or a UTF-8 list with rows pasted in from such a file",
        "Leave --encoding away to have it detected, or name the right one; export a damaged list again as CSV UTF-8.",
    ),
    Rule(
        "F004", "empty-file", STOP, "the file has {what}; export the list again",
        "Without a header and at least one row there is nobody to call.",
        "a header line and nothing after it",
        "Export the list again and see that it has rows.",
    ),
    Rule(
        "F005", "not-a-table", STOP, "this is {kind}, not a table of comma-separated values; {remedy}",
        "A web page, XML, JSON, vCard or RTF document has no columns that could be read as phone numbers.",
        "a login page saved under the name contacts.csv",
        "Export the list as CSV; if it was downloaded, sign in and download it again.",
    ),
    Rule(
        "F101", "not-utf8", FIX, "the text is {encoding}; it is written as UTF-8",
        "The service documents no other encoding than plain CSV text; UTF-8 is read right everywhere.",
        "José saved by Excel as cp1252",
        "clean re-encodes the file.",
    ),
    Rule(
        "F102", "byte-order-mark", FIX, "the file begins with a byte order mark; it is removed",
        "Many readers take the invisible mark for a part of the first column's name, which is then not found.",
        "Excel's CSV UTF-8 export",
        "clean removes the mark.",
    ),
    Rule(
        "F103", "delimiter", FIX, "fields are separated by {delimiter}; they are written with commas",
        "The service expects commas; with any other delimiter the whole line is one column.",
        "name;phone as Excel writes it in most of Europe",
        "clean rewrites the file with commas, and quotes the cells that hold one.",
    ),
    Rule(
        "F104", "line-endings", FIX, "line endings are {found}; lines are written with LF",
        "A bare carriage return is no line ending to many readers: rows run together.",
        "a list saved by an old Macintosh program, or joined from two systems",
        "clean writes LF throughout; files that are LF or CRLF throughout stay as they are.",
    ),
    Rule(
        "F105", "sep-line", FIX, "the first line is a spreadsheet's {found}; it is removed",
        "Only Excel understands it; everybody else takes it for the header.",
        "sep=;",
        "clean removes the line.",
    ),
    # The header: stages/columns.py
    Rule(
        "C001", "phone-column-missing", STOP, "{problem}; {remedy}",
        "The service needs the exact name of the column that holds the phone numbers.",
        "--phone-column phone, where the header says Phone Number",
        "Name one of the columns that are there with --phone-column.",
    ),
    Rule(
        "C002", "identifier-column-missing", STOP, "there is no column {name}; {remedy}",
        "The identifier column was named, so the upload would refer to a column that is not there.",
        "--identifier-column Name, where the header says Full name",
        "Name one of the columns that are there with --identifier-column.",
    ),
    Rule(
        "C003", "duplicate-column", STOP, "columns {first} and {second} have the same name {name}; rename one",
        "Header names must be unique: the service would keep one of the two columns, and not say which.",
        "phone,phone",
        "Rename one of the two columns in the source.",
    ),
    Rule(
        "C004", "no-header", STOP, "the first line is no header: {evidence}; put a line with the column names first",
        "The first line is taken for the names of the columns, so its person would not be called.",
        "Ann,+12025550143 in the first line",
        "Add a first line with the names of the columns, for example Name,phoneNumber.",
    ),
    Rule(
        "C005", "region-column-missing", STOP, "there is no column {name}; {remedy}",
        "Without it no row has a region, and the numbers without country code could be anybody's.",
        "--region-column country, where the header says Country code",
        "Name one of the columns that are there with --region-column.",
    ),
    Rule(
        "C006", "region-column-no-countries", STOP,
        "the column {name} holds no countries; name another column, or give the country of all rows with --region",
        "DE is Delaware or Germany, CA California or Canada: numbers would be read as those of another country.",
        "--region-column State, in a list of the US",
        "Give --region, such as --region US, in place of --region-column, or name a column of countries.",
    ),
    Rule(
        "C101", "header-cleaned", FIX, "{problem}",
        "The names must match to the letter; a trailing space or an invisible character is not seen, and not found.",
        "'phone ' with a space at the end",
        "clean removes what can not be seen.",
    ),
    Rule(
        "C102", "header-renamed", FIX, "{old} is written as {new}, since {why}{use}",
        "The service refuses other names, or finds its columns by the names it knows.",
        "'Phone Number' becomes Phone_Number",
        "Send the new name with the upload, or rename the column in the source; --keep-headers leaves it.",
    ),
    # Records: stages/records.py
    Rule(
        "R001", "too-few-fields", REJECT, "too few fields: {found}, where the header has {expected}",
        "Fields are missing, so it is not certain which cell belongs to which column.",
        "Ann under the header Name,phoneNumber",
        f"In the source, add the missing delimiters, those of empty fields too; {_COPIED}. If all rows have fewer, the "
        "header has a column too many.",
    ),
    Rule(
        "R002", "too-many-fields", REJECT, "too many fields: {found}, where the header has {expected}",
        "There are more fields than columns, mostly from a comma inside a cell that is not quoted.",
        "Rome, Italy without quotes",
        f"In the source, put the cell that holds the delimiter between double quotes; {_COPIED}. If all have more, "
        "the header lacks one.",
    ),
    Rule(
        "R003", "broken-quoting", REJECT, "a double quote stands where none may in field {field}",
        "Quotes enclose a whole field, and are doubled inside it. Anything else is read differently by every reader.",
        'Ann "Annie" Lee',
        f'In the source, enclose the cell in quotes and double those inside: "Ann ""Annie"" Lee"; {_COPIED}.',
    ),
    Rule(
        "R004", "unclosed-quote", REJECT, "a double quote opens on line {line}, field {field}, and is never closed",
        "Most readers would swallow every line up to the next quote into this one cell.",
        '"Ann,+12025550143',
        f"In the source, close the quote or remove it; {_COPIED}.",
    ),
    Rule(
        "R005", "nul-byte", REJECT, "the row holds a NUL byte, which no text has",
        "The row is damaged, or comes from a binary file; many readers end the text there.",
        "A row cut off while it was written",
        "Export the row again.",
    ),
    Rule(
        "R006", "suspicious-multiline", WARN, "a quoted field in this row spans {lines} lines that look like rows",
        "Two stray quotes make one legal cell of everything between them, and the people in it are not called.",
        '"Ann,Rome, a line later Bob,"Milan',
        "Look at the row; if it is several people, remove the stray quotes.",
    ),
    Rule(
        "R007", "oversized-record", REJECT, "{what}",
        "Nothing in a contact list is that large: mostly a quote or line ending is missing.",
        "a field over 128 KiB, or more than 10,000 fields",
        "Look for a missing line ending or quote before this row. The rejects file holds the first 64 KiB of it; "
        "the whole of it stands in the list, which is never changed.",
    ),
    Rule(
        "R101", "blank-line", FIX, "the line is blank; it is dropped",
        "Some readers count a blank line as a person without a number.",
        "an empty line at the end of an export",
        "clean drops it.",
    ),
    # Phone numbers: stages/phones.py
    Rule(
        "P001", "phone-missing", REJECT, "no phone number",
        "A member without a number can not be called.",
        "an empty cell",
        "Add the number in the source.",
    ),
    Rule(
        "P002", "phone-not-a-number", REJECT, "not a phone number{hint}",
        "The cell holds something else; read as a number it would reach a stranger.",
        "ann@example.com, 2024-01-31",
        "Put the phone number into this column.",
    ),
    Rule(
        "P003", "phone-no-country", REJECT, "no country code, and no region given{hint}",
        "The same digits are different people's numbers in different countries.",
        "(202) 555-0143 without --region",
        "Give --region, for example --region US, or --region-column, or write the number with + and country code.",
    ),
    Rule(
        "P004", "phone-unknown-country-code", REJECT, "the country code does not exist{hint}",
        "No country has this code.",
        "+999 123 456 789",
        "Correct the country code.",
    ),
    Rule(
        "P005", "phone-too-short", REJECT, "too short for a phone number{hint}",
        "Digits or the area code are missing.",
        "555-0143 with region US",
        "Complete the number.",
    ),
    Rule(
        "P006", "phone-too-long", REJECT, "too long for a phone number{hint}",
        "There are more digits than any number of that country has.",
        "+1 202 555 01430",
        "Remove what does not belong to the number.",
    ),
    Rule(
        "P007", "phone-invalid", REJECT, "not a number in use in {region}{hint}",
        "The length is plausible, but the country gives out no such number.",
        "+1 111 555 0143",
        "Check the number with its owner; --accept possible keeps it.",
    ),
    Rule(
        "P008", "phone-spreadsheet-damage", REJECT, "a spreadsheet has turned the number into {form}; digits are lost",
        "The digits behind the rounding are gone; whoever has the number that is left is a stranger.",
        "4.15555E+09",
        "Format the column as text in the spreadsheet and take the number from the source again.",
    ),
    Rule(
        "P009", "phone-several", REJECT, "two or more numbers in one cell",
        "It is not certain which of the numbers is to be called.",
        "202-555-0143 / 202-555-0144",
        "Leave one number in the cell, or make a row for each.",
    ),
    Rule(
        "P010", "phone-letters", REJECT, "letters in the number{hint}",
        "Letters are dropped or turned into keypad digits, and O is not 0: the result is another number.",
        "+4420 7946 O123",
        "Write digits only; put remarks into a column of their own.",
    ),
    Rule(
        "P011", "phone-line-type", REJECT, "the line type is {line_type}, which --line-types leaves out{hint}",
        "The campaign keeps to other kinds of lines.",
        "a fixed line, with --line-types mobile",
        "Nothing to do if that is meant; else change --line-types. In the US and Canada, mobile and fixed lines look "
        "alike: add fixed-line-or-mobile to keep them.",
    ),
    Rule(
        "P012", "phone-country", REJECT, "the number belongs to {region}, which --countries leaves out",
        "The campaign keeps to other countries.",
        "a number in GB, with --countries US,CA",
        "Nothing to do if that is meant; else change --countries.",
    ),
    Rule(
        "P013", "phone-ambiguous", REJECT,
        "as it stands, a number of {region}; with + before it, another one, of {other}",
        "A spreadsheet drops the + and the leading 0 alike; one of the two readings reaches a stranger.",
        "4915123456789 with region DE",
        "Write + before numbers that begin with a country code, and the others as they are dialled in their country.",
    ),
    Rule(
        "P101", "phone-reformatted", FIX, "written in E.164 form",
        "The service takes + and digits, without spaces, hyphens or dots.",
        "(202) 555-0143 becomes +12025550143 with region US",
        "clean rewrites it.",
    ),
    Rule(
        "P102", "phone-decimal-point", FIX, "a decimal point that a spreadsheet added is removed",
        "A column of numbers was exported with decimals; read as digits, the zero would become part of the number.",
        "2025550143.0",
        "clean removes it; format the column as text in the spreadsheet.",
    ),
    Rule(
        "P103", "phone-wrapped", FIX, "a spreadsheet's text mark around the number is removed",
        "Such marks keep a spreadsheet from changing the number, but do not belong to it.",
        "'+12025550143, or =\"+12025550143\"",
        "clean removes it.",
    ),
    Rule(
        "P104", "phone-invisible", FIX, "invisible or exotic characters in the number are removed",
        "Numbers copied from web pages and chats carry characters that can not be seen, and make them differ.",
        "a number between U+202A and U+202C",
        "clean removes them.",
    ),
    Rule(
        "P105", "phone-extension-dropped", WARN, "the extension is dropped{kept}",
        "E.164 has no place for an extension: the call reaches the switchboard.",
        "202-555-0143 ext. 12",
        "--extension-column NAME keeps it in a column of that name.",
    ),
    # Identifiers: stages/identifiers.py
    Rule(
        "I001", "identifier-missing", WARN, "no identifier",
        "The agent has no name to greet the person with.",
        "an empty cell in the identifier column",
        "Add it, or reject such rows with --require-identifier.",
    ),
    Rule(
        "I002", "identifier-formula", WARN, "a spreadsheet would run the identifier as a formula",
        "Whoever opens the audience's export in a spreadsheet would run what a stranger typed into a form.",
        "=HYPERLINK(...)",
        "Correct the cell in the source.",
    ),
    Rule(
        "I003", "identifier-mixed-script", WARN, "a word of the identifier mixes Latin with {script} letters",
        "Look-alike letters make a name that looks right and is spoken, searched and sorted wrong.",
        "Аnn with a Cyrillic А",
        "Type the name again.",
    ),
    Rule(
        "I004", "identifier-mojibake", WARN, "the identifier looks like text that was decoded wrongly",
        "The name was damaged before the export, and would be read aloud like that.",
        "JosÃ©",
        "Export again with the right encoding, or correct the name.",
    ),
    Rule(
        "I005", "identifier-too-long", WARN, "the identifier has {length} characters, where the service takes {most}",
        "The destination cuts or refuses longer names.",
        "a company's full legal name with --profile vapi",
        "Shorten it in the source.",
    ),
    Rule(
        "I101", "identifier-cleaned", FIX, "outer spaces, control or invisible characters are removed",
        "They are spoken as pauses or noises, and keep equal names from being found.",
        "'Ann ' with a space at the end",
        "clean removes them.",
    ),
    # The list as a whole: stages/duplicates.py and stages/limits.py
    Rule(
        "D001", "duplicate-phone", REJECT, "the same number as on line {line}, which is kept{identifier}",
        "The service refuses a list that holds a number twice, and nobody likes to be called twice.",
        "202-555-0143 and +1 (202) 555-0143",
        "Nothing to do if one call is enough; --keep last keeps the last row in place of the first.",
    ),
    Rule(
        "D002", "already-in-audience", REJECT, "the number is already in the audience",
        "The service refuses numbers that the audience has already.",
        "a number that is also in the file given as --existing",
        "Nothing to do if these people are in the audience; else look at the file given as --existing.",
    ),
    Rule(
        "D003", "suppressed", REJECT, "the number is on the suppression list",
        "This person must not be called.",
        "a number that is also in the file given as --suppress",
        "Nothing to do if these people are not to be called; else look at the file given as --suppress.",
    ),
    Rule(
        "D004", "list-row-unreadable", WARN,
        "no number can be read in {count:,} of {read:,} rows of {path}{first}",
        "Such a row of an audience or suppression list matches nobody: its person may be called.",
        "a suppression list with national numbers, without --region",
        "Correct these rows; check the list by itself with csv-preflight check.",
    ),
    Rule(
        "L001", "too-many-rows", STOP, "too many rows: {rows:,}, where {profile} takes {most:,}; {remedy}",
        "The service refuses the whole file.",
        "12,000 people where an audience has room for 10,000",
        "clean --split writes several files, for an audience each; or give --max-rows if your plan has a higher limit.",
    ),
    Rule(
        "L002", "too-many-bytes", STOP, "too many bytes: {size:,}, where {profile} takes {most:,}; {remedy}",
        "The service refuses the whole file.",
        "a file of 6 MB where 5 MB are allowed",
        "Leave out columns that the campaign does not use, or let clean --split write several files.",
    ),
    Rule(
        "L003", "nothing-left", STOP, "no row is left: {most_common}",
        "An audience without members can not be called.",
        "a list of national numbers without --region",
        "Mend the commonest reason first.",
    ),
    Rule(
        "L004", "too-many-rejects", STOP,
        "{rejected:,} of {read:,} rows rejected, more than --max-rejects {limit} allows",
        "So many rejects mean that something is wrong with the whole list.",
        "400 of 1,000 rows, with --max-rejects 5%",
        "Look at the reasons; raise --max-rejects if they are right.",
    ),
)  # fmt: skip

BY_CODE: dict[str, Rule] = {rule.code: rule for rule in RULES}
