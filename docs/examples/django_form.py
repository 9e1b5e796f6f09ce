"""A Django form that takes a contact list only if it is ready, and replaces it by the clean one."""

from django import forms
from django.core.files.base import ContentFile

from csv_preflight import SettingsError, preflight
from csv_preflight.rules import BY_CODE


class ContactListForm(forms.Form):
    region = forms.CharField(label="Country of numbers without a country code", required=False)
    contacts = forms.FileField(label="Contact list (CSV)")

    def clean(self):
        data = super().clean()
        if "contacts" not in data:
            return data
        file = data["contacts"]
        try:
            result = preflight(file.read(), name=file.name, region=data.get("region") or None)
        except SettingsError as error:
            self.add_error("region", str(error))
            return data
        errors = result.findings[result.findings["outcome"].isin(["stop", "reject"])]
        for row in errors.sort_values("line").itertuples():
            self.add_error("contacts", f"Line {row.line}: {row.title}. {BY_CODE[row.code].advice}")
        if errors.empty:
            name, content, _ = result.upload_file()
            data["contacts"] = ContentFile(content, name=name)
        return data
