"""What a reader of the history asks for."""

from collections.abc import Iterable
from typing import Any

from django import forms

from budget.selectors.changes import Change


class HistoryFilterForm(forms.Form):
    """Service and person among those of the changes; whatever is empty filters nothing."""

    service = forms.ChoiceField(label="Service", required=False, widget=forms.Select(attrs={"class": "govuk-select"}))
    person = forms.ChoiceField(label="Person", required=False, widget=forms.Select(attrs={"class": "govuk-select"}))

    def __init__(self, data: Any, *, changes: Iterable[Change]) -> None:
        super().__init__(data)
        self.changes = list(changes)
        services = sorted({(each.slug, each.service) for each in self.changes if each.slug}, key=lambda one: one[1])
        people = sorted({(str(each.person), each.who) for each in self.changes if each.person}, key=lambda one: one[1])
        for name, all_of_them, choices in (("service", "All services", services), ("person", "Everybody", people)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", all_of_them), *choices]
            field.error_messages["invalid_choice"] = f"Nothing here is of that {name}. Choose one from the list."

    @property
    def found(self) -> list[Change]:
        """The changes that are like that; all of them while the filter is wrong."""
        wanted = self.cleaned_data if self.is_valid() else {}
        service, person = wanted.get("service"), wanted.get("person")
        return [
            each
            for each in self.changes
            if (not service or each.slug == service) and (not person or str(each.person) == person)
        ]
