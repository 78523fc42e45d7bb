"""Forms for updates and for the lead's decision on one."""

from collections.abc import Mapping
from typing import Any

from django import forms

from improvement.calculations.updating import LONGEST_TEXT, PROPOSABLE, Draft, problems, tidy
from improvement.forms.fields import SeenForm, choice_field, words_field
from improvement.kinds import Status
from torbay_reports.access.days import DayField
from torbay_reports.core import clock


class AnswerForm(SeenForm):
    """What came of one step, on a page with others. All of it empty says nothing."""

    text = words_field("What was done, or what came of it", longest=LONGEST_TEXT)
    proposed_status = choice_field("Status", [("", "")])
    evidence = words_field("Evidence", hint="What shows it. Only a step that is done needs it.", rows=2, longest=5_000)
    completed_on = DayField("Done on", hint="Like 5/9/2017. Only for a step that is done; empty if nobody knows.")

    def __init__(self, *args: Any, status: Status, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["proposed_status"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", f"stays: {status.label}"), *((each.value, each.label) for each in PROPOSABLE)]

    @property
    def first(self) -> Mapping[str, Any]:
        """What every answer has, as `core/fields.html` takes it."""
        return {"hidden_fields": self.hidden_fields(), "visible_fields": [self["text"], self["proposed_status"]]}

    @property
    def folded(self) -> Mapping[str, Any]:
        """What only a step that is done needs; `is_open` where there is something in it."""
        fields = [self["evidence"], self["completed_on"]]
        is_open = any(field.errors or field.value() for field in fields)
        return {"hidden_fields": [], "visible_fields": fields, "is_open": is_open}

    @property
    def is_silent(self) -> bool:
        """Whether nothing was said; call it on a valid form."""
        return not any(value for name, value in self.cleaned_data.items() if name != "seen")

    def clean(self) -> dict[str, Any]:
        """The draft's problems, each at its field."""
        given = super().clean() or self.cleaned_data
        if not self.errors and not self.is_silent:
            for field, sentence in self._problems(given).items():
                self.add_error(field if field in self.fields else None, sentence)
        return given

    def given(self) -> dict[str, Any]:
        """The update as `services.updates.write_update` takes it; call it on a valid form."""
        wanted = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return {**wanted, "seen": self.mark}

    def _problems(self, given: dict[str, Any]) -> Mapping[str, str]:
        draft = Draft(
            text=tidy(given["text"]),
            dated_on=given.get("dated_on") or clock.today(),
            proposed_status=Status(given["proposed_status"]) if given["proposed_status"] else None,
            completed_on=given["completed_on"],
            evidence=tidy(given["evidence"]),
        )
        return problems(draft, clock.today())


class UpdateForm(AnswerForm):
    """An update on one step, with the day of which it tells."""

    dated_on = DayField("On the day", hint="Like 5/9/2017; empty is today")

    field_order = ["text", "dated_on", "proposed_status", "evidence", "completed_on"]

    @property
    def is_silent(self) -> bool:
        """Never: who opens this form wants to say something."""
        return False


class DecisionForm(forms.Form):
    """Accepted, or returned with a reason."""

    decision = forms.ChoiceField(
        choices=[("accept", "Accept"), ("return", "Return")],
        error_messages={"required": "Choose: accept or return.", "invalid_choice": "Choose: accept or return."},
        widget=forms.HiddenInput,
    )
    reason = words_field("Reason, if you return it", hint="The writer is told in these words.", longest=2_000)

    def clean(self) -> dict[str, Any]:
        """A return has a reason."""
        given = super().clean() or self.cleaned_data
        if given.get("decision") == "return" and not given.get("reason"):
            self.add_error("reason", "Say why you return it: the writer is told in your words.")
        return given
