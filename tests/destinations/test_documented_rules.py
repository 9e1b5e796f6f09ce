"""One row for every rule that a destination documents: what is found in a list that breaks it, and what is sent."""

from __future__ import annotations

import pytest

from csv_preflight import preflight
from csv_preflight.destinations import built_in_profiles

P = "+12025550101"
Q = "+442079460123"


def row(profile: str, text: str, codes: str, header: str = "", **options: object) -> tuple[object, ...]:
    """A list, the codes of what is found that is not the header's spelling, and the header that is sent."""
    return profile, text, set(codes.split()), header, options


ROWS = {
    "atoms: header characters": row("smallest-atoms", f"Größe (cm),phone\nx,{P}\n", "C102", "Grosse_cm,phone"),
    "atoms: its own variables": row("smallest-atoms", f"phone,call_id\n{P},1\n", "V003", "phone,call_id"),
    "vapi: the phone column": row("vapi", f"phone,x\n{P},1\n", "C102", "number,x"),
    "vapi: lower case": row("vapi", f"number,City\n{P},Reno\n", "C102", "number,city"),
    "vapi: two names that differ in case": row("vapi", f"number,City,city\n{P},a,b\n", "C102", "number,city_2,city"),
    "vapi: a name of 40": row("vapi", f"name,number\n{'x' * 40},{P}\n", "", "name,number"),
    "vapi: a name of 41": row("vapi", f"name,number\n{'x' * 41},{P}\n{'y' * 40},{Q}\n", "I005", "name,number"),
    "vapi: a name of 41 under Name": row("vapi", f"Name,number\n{'x' * 41},{P}\ny,{Q}\n", "C102 I005", "name,number"),
    "retell: the phone column": row("retell", f"Phone\n{P}\n", "C102", "phone number"),
    "retell: its optional column": row(
        "retell", f"phone number,ignore e164 validation\n{P},no\n", "", "phone number,ignore e164 validation"
    ),
    "bolna: the phone column": row("bolna-batch", f"phone,Due Date\n{P},1\n", "C102", "contact_number,Due Date"),
    "bolna workflow: any other column": row("bolna-workflow", f"mobile_number,City\n{P},a\n", "C009", "mobile_number"),
    "bolna workflow: its own columns": row(
        "bolna-workflow", f"reference_id,mobile_number,email\n1,{P},A\n", "", "reference_id,mobile_number,email"
    ),
    "bolna workflow: declared fields": row(
        "bolna-workflow", f"mobile_number,City\n{P},a\n", "", "mobile_number,City", variables="City"
    ),
    "elevenlabs: overrides": row("elevenlabs", f"phone_number,language\n{P},en\n", "C009", "phone_number"),
    "elevenlabs: an override that is enabled": row(
        "elevenlabs", f"phone_number,language\n{P},en\n", "", "phone_number,language", variables="language"
    ),
    "bland sms: the phone column": row("bland-sms", f"Phone\n{P}\n", "C102", "phone_number"),
    "bland sms: its data columns": row(
        "bland-sms", f"phone_number,request_data.x\n{P},1\n", "", "phone_number,request_data.x"
    ),
    "bland voice: the phone column": row("bland-voice", f"Phone,x\n{P},1\n", "C102", "phone_number,x"),
    "dograh: case does not matter": row("dograh", f"Phone_Number\n{P}\n", "", "Phone_Number"),
    "dograh: repeats": row("dograh", f"phone_number,Name,name\n{P},a,b\n", "C003"),
    "dograh: a variable that is no column": row("dograh", f"phone_number\n{P}\n", "V001", variables="due"),
    "dograh: a variable that is empty": row(
        "dograh", f"phone_number,due\n{P},\n{Q},1\n", "V002", "phone_number,due", variables="due"
    ),
    "exotel: the phone column": row("exotel", f"Phone,tag\n{P},a\n", "C102", "number,tag"),
    "genesys: 50 columns": row(
        "genesys-cloud", ",".join(["phone", *(f"c{n}" for n in range(49))]) + f"\n{P}{',' * 49}\n", "", ""
    ),
    "genesys: 51 columns": row(
        "genesys-cloud", ",".join(["phone", *(f"c{n}" for n in range(50))]) + f"\n{P}{',' * 50}\n", "C010"
    ),
    "genesys: a name of 128": row("genesys-cloud", f"phone,{'n' * 128}\n{P},1\n", "", ""),
    "genesys: a name of 129": row("genesys-cloud", f"phone,{'n' * 129}\n{P},1\n", "C010"),
    "genesys: a cell of 512": row("genesys-cloud", f"phone,x\n{P},{'Zoë and ' * 64}\n", "", "phone,x"),
    "genesys: a cell of 513": row("genesys-cloud", f"phone,x\n{P},{'Zoë and ' * 64}x\n{Q},1\n", "V004", "phone,x"),
    "genesys: blank rows at the end": row("genesys-cloud", f"phone\n{P}\n\n\n", "R101", "phone"),
    "amazon: dots": row("amazon-connect", f"phone,Größe.x\n{P},1\n", "C102", "phone,Größe_x"),
    "talkdesk: no last name": row("talkdesk", f"first name,phone\nAnn,{P}\n", "C008"),
    "talkdesk: however they are spelled": row(
        "talkdesk", f"FirstName,LAST_NAME,phone\nAnn,C,{P}\n", "", "FirstName,LAST_NAME,phone"
    ),
    "talkdesk: an empty one": row(
        "talkdesk", f"First Name,Last Name,phone\nAnn,,{P}\nB,C,{Q}\n", "V005", "First Name,Last Name,phone"
    ),
    "talkdesk: one of 81": row(
        "talkdesk", f"First Name,Last Name,phone\nAnn,{'x' * 81},{P}\nB,C,{Q}\n", "V004", "First Name,Last Name,phone"
    ),
    "aircall: the phone column": row("aircall", f"Mobile\n{P}\n", "C102", "phone1"),
    "aircall: other phone columns": row("aircall", f"phone1,phone2\n{P},555-0101\n", "C009", "phone1"),
    "twilio: unknown columns": row("twilio-engage", f"phone,City\n{P},a\n", "C009", "phone"),
    "twilio: columns that it knows": row("twilio-engage", f"phone,City\n{P},a\n", "", "phone,City", variables="City"),
    "twilio: an empty header": row("twilio-engage", f"phone,\n{P},a\n", "C009", "phone"),
    "salesforce: required columns": row("salesforce-mobile", f"_MobileNumber\n{P}\n", "C008"),
    "salesforce: digits": row(
        "salesforce-mobile", f"Mobile,_Locale,_ContactKey\n{P},en,k\n", "C102 P101", "_MobileNumber,_Locale,_ContactKey"
    ),
    "salesforce: blanks in names": row(
        "salesforce-mobile", f"_MobileNumber,_Locale,_ContactKey,a b\n{P[1:]},en,k,\n", "C102",
        "_MobileNumber,_Locale,_ContactKey,a_b",
    ),
    "hubspot: 1,000 columns": row(
        "hubspot", ",".join(["phone", *(f"c{n}" for n in range(999))]) + f"\n{P}{',' * 999}\n", "C010"
    ),
    "braze: the phone column": row("braze", f"Mobile,external_id\n{P},1\n", "C102", "phone,external_id"),
    "braze: neither": row("braze", f"phone\n{P}\n", "C008"),
    "braze: both": row("braze", f"phone,external_id,alias\n{P},1,2\n", "C009", "phone,external_id"),
    "braze: an empty id": row("braze", f"phone,external id\n{P},\n{Q},2\n", "V005", "phone,external id"),
    "interakt: two columns": row("interakt", f"Phone Number\n{P}\n", "C103 P101", "Phone Number,Country Code"),
    "interakt: codes of the list": row(
        "interakt", "Phone Number,Country Code\n2025550101,1\n2079460123,44\n", "", "Phone Number,Country Code"
    ),
    "interakt: countries of the list": row(
        "interakt", "Phone Number,Country Code\n2025550101,US\n020 7946 0123,+44\n", "P101 P109",
        "Phone Number,Country Code",
    ),
    "interakt: the whole number beside its code": row(
        "interakt", "Phone Number,Country Code\n12025550101,1\n12025550102,1\n", "P101", "Phone Number,Country Code"
    ),
    "interakt: another column of that name": row(
        "interakt", f"Phone Number,Country Code\n{P},blue\n", "C102 C103 P101",
        "Phone Number,Country Code_2,Country Code",
    ),
    "interakt: duplicates": row(
        "interakt", "Phone Number,Country Code\n2025550101,1\n(202) 555-0101,US\n", "D001", "Phone Number,Country Code"
    ),
    "aisensy: no name": row("aisensy", f"phone,x\n{P},1\n", "C008"),
    "aisensy: an empty name": row("aisensy", f"Name,phone\n,{P}\nB,{Q}\n", "V005", "Name,phone"),
    "aisensy: the identifier is the name": row(
        "aisensy", f"Full name,phone\nAnn,{P}\n", "C102", "Name,phone", identifier_column="Full name"
    ),
    "onesignal: exact case": row("onesignal", f"Phone_Number\n{P}\n", "C102", "phone_number"),
    "onesignal: needless quotes": row("onesignal", f'"phone_number","x"\n"{P}","1"\n', "F109", "phone_number,x"),
    "onesignal: a comma": row("onesignal", f'phone_number,x\n{P},"a,b"\n{Q},1\n', "F109 V006", "phone_number,x"),
    "onesignal: a comma in a name": row("onesignal", f'phone_number,"a,b"\n{P},1\n', "C102 F109", "phone_number,a_b"),
    "notify: case does not matter": row("govuk-notify", f"Phone Number\n{P}\n", "", "Phone Number"),
    "notify: an empty placeholder": row(
        "govuk-notify", f"phone number,ref\n{P},\n{Q},1\n", "V002", "phone number,ref", variables="ref"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("profile", "text", "codes", "header", "options"), ROWS.values(), ids=ROWS)
def test_a_documented_rule(profile: str, text: str, codes: set[str], header: str, options: dict[str, object]) -> None:
    result = preflight(text.encode(), profile=profile, **options)
    found = {one.code for one in result.report.findings}
    stopped = any(one.outcome == "stop" for one in result.report.findings)
    # Of duplicates the row that goes is not reported for its spelling, too.
    assert found == codes
    assert result.ready == (not stopped)
    if header:
        assert ",".join(result.clean.columns) == header


def test_every_destination_has_a_row() -> None:
    without = {"constant-contact", "generic"}  # sizes only
    assert {profile for profile, *_ in ROWS.values()} == built_in_profiles().keys() - without


SIZES = {
    "smallest-atoms": (5_000_000, 10_000),
    "vapi": (5_000_000, 10_000),
    "bolna-workflow": (32_000_000, 150_000),
    "dograh": (10_000_000, None),
    "exotel": (60_000_000, 100_000),
    "genesys-cloud": (None, 1_000_000),
    "amazon-connect": (999_999_999, None),
    "talkdesk": (None, 250_000),
    "aircall": (999_999, None),
    "twilio-engage": (100_000_000, 1_000_000),
    "salesforce-mobile": (20_000_000, None),
    "hubspot": (20_000_000, 1_048_576),
    "braze": (500_000_000, None),
    "aisensy": (None, 200_000),
    "constant-contact": (3_999_999, 39_999),
    "govuk-notify": (None, 100_000),
}


@pytest.mark.parametrize("name", built_in_profiles())
def test_sizes_are_those_of_the_documents_and_others_stay_unknown(name: str) -> None:
    profile = built_in_profiles()[name]
    assert (profile.max_bytes, profile.max_rows) == SIZES.get(name, (None, None))
    assert profile.date
    assert profile.source or name == "generic"
