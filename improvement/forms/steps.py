"""Forms by which the lead changes what a step says."""

from typing import Any

from django import forms

from improvement.calculations.updating import tidy
from improvement.calculations.words.dues import read_due
from improvement.forms.fields import SeenForm, choice_field, line_field, words_field
from improvement.kinds import Status
from improvement.services.steps import StepWords
from torbay_reports.access.days import DayField

_STATUSES = [(each.value, each.label) for each in Status]


class StepWordsForm(forms.Form):
    """What a step says. The day that it is due on is read from the words, unless a day is typed."""

    how = words_field("How", missing="Say what is to be done.", rows=4)
    owners = words_field("Owners", hint="One a line, by the names that the plan knows.")
    when = words_field("Due, in words", hint="As it is to be printed, such as March 2018", rows=1, longest=500)
    due_on = DayField("Due on the day", hint="Like 31/3/2018. Leave it, and a day in the words is taken.")
    success = words_field("Success measure", hint="In words. Targets with their readings have pages of their own.")
    status = choice_field(
        "Status", _STATUSES, missing="Choose the status.", hint="Done comes by an update with its evidence."
    )

    def words(self) -> StepWords:
        """The words as the services take them; call it on a valid form."""
        given = self.cleaned_data
        when, due_on = tidy(given["when"]), given["due_on"]
        if when != self.initial.get("when", "") and due_on == self.initial.get("due_on"):
            due_on = read_due(when).due_on
        return StepWords(
            how=tidy(given["how"]),
            owners=self.owner_names(),
            when=when,
            due_on=due_on,
            success=tidy(given["success"]),
            status=Status(given["status"]),
        )

    def owner_names(self) -> tuple[str, ...]:
        """The names, one for each line that has one."""
        names = (" ".join(line.split()) for line in self.cleaned_data["owners"].splitlines())
        return tuple(dict.fromkeys(name for name in names if name))


class StepChangeForm(SeenForm, StepWordsForm):
    """The same of a step that is there, with the reason for another due date."""

    reason = line_field("Why the due date moves", hint="Only when it does. It stands beside the earlier date.")

    field_order = ["how", "owners", "when", "due_on", "reason", "success", "status"]

    def clean(self) -> dict[str, Any]:
        """A due date moves with a reason."""
        given = super().clean() or self.cleaned_data
        if not self.errors and self._due_moves(given) and not tidy(given["reason"]):
            self.add_error("reason", "Say why the due date moves: the reason stands beside the earlier date.")
        return given

    def _due_moves(self, given: dict[str, Any]) -> bool:
        before = self.initial.get("when", ""), self.initial.get("due_on")
        return (tidy(given["when"]), given["due_on"]) != before


class DropForm(SeenForm):
    """Why a step leaves the plan."""

    reason = words_field("Reason", missing="Say why the step leaves the plan.", longest=2_000)
