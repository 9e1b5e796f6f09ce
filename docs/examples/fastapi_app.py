"""Check an uploaded contact list and answer with its errors: fastapi dev fastapi_app.py."""

from typing import Annotated, Any

from fastapi import FastAPI, Form, HTTPException, UploadFile

from csv_preflight import SettingsError, preflight
from csv_preflight.rules import BY_CODE

app = FastAPI()


@app.post("/lists")
def check_list(
    file: UploadFile,
    region: Annotated[str | None, Form()] = None,
    phone_column: Annotated[str | None, Form()] = None,
    skip_lines: Annotated[int, Form()] = 0,
) -> dict[str, Any]:
    """Say whether a list is ready, and what is wrong with each row that is not."""
    try:
        result = preflight(
            file.file, name=file.filename, region=region, phone_column=phone_column, skip_lines=skip_lines
        )
    except SettingsError as error:
        raise HTTPException(422, str(error)) from error
    findings = result.findings.assign(advice=[BY_CODE[code].advice for code in result.findings["code"]])
    stops = findings[findings["outcome"] == "stop"]
    rejects = findings[findings["outcome"] == "reject"]
    return {
        "ready": result.ready,
        "rows": {"clean": result.report.rows.clean, "rejected": result.report.rows.rejected},
        "problems": stops[["code", "title", "advice", "parameters"]].to_dict("records"),
        "errors": rejects[["line", "column", "code", "title", "advice"]].sort_values("line").to_dict("records"),
    }
