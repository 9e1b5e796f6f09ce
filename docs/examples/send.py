"""Send a contact list to Smallest AI Atoms if it is ready: python send.py contacts.csv US "June list"."""

import os
import sys

from smallestai import SmallestAI

from csv_preflight import PreflightError, preflight


def main(path: str, region: str, audience: str) -> None:
    result = preflight(path, region=region)
    try:
        result.raise_if_not_ready(max_rejects="20%")
    except PreflightError as error:
        sys.exit(str(error))
    for row in result.rejects.itertuples():
        print(f"line {row.preflight_line} is left out: {row.preflight_reason}")

    client = SmallestAI(api_key=os.environ["SMALLEST_API_KEY"], max_retries=0)
    client.atoms.audience.create_audience_with_csv_upload(
        name=audience,
        phone_number_column_name=result.phone_column,
        file=result.upload_file(),
    )
    print(f"{len(result.clean)} people are in the audience {audience!r}")


if __name__ == "__main__":
    main(*sys.argv[1:])
