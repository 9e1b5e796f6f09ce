"""Check an uploaded contact list and answer with its errors: fastapi dev fastapi_app.py."""

from typing import Annotated, Any

from fastapi import FastAPI, Form, UploadFile

from csv_preflight import preflight

app = FastAPI()


@app.post("/lists")
def check_list(
    file: UploadFile, region: Annotated[str, Form()], phone_column: Annotated[str | None, Form()] = None
) -> dict[str, Any]:
    """Say whether a list is ready, and what is wrong with each row that is not."""
    result = preflight(file.file, name=file.filename, region=region, phone_column=phone_column)
    stopped = result.findings[result.findings["outcome"] == "stop"]
    rejected = result.findings[result.findings["outcome"] == "reject"]
    columns = ["line", "column", "code", "title", "detail"]
    return {
        "ready": result.ready,
        "rows": {"clean": result.report.rows.clean, "rejected": result.report.rows.rejected},
        "problem": stopped[[*columns, "parameters"]].to_dict("records"),
        "errors": rejected.sort_values("line")[columns].to_dict("records"),
    }
