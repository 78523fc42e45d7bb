"""Forms by which a finding is marked, measured and linked."""

from typing import Any, Final

from django import forms

from improvement.forms.fields import choice_field, line_field
from improvement.kinds import Direction
from ofsted.forms.fields import FigureField, RevisionForm, WordsForm
from ofsted.kinds import Polarity, Relation, SinceLast
from ofsted.models import FindingMeasure
from ofsted.services.findings import PART_OF_A_SHARE, SIDE_MISSING, TARGET_MISSING
from ofsted.services.themes import LONGEST_NAME

RELATIONS: Final = [
    ("", "Choose how"),
    (Relation.ANSWERS.value, "The step is meant to put it right"),
    (Relation.CONTRADICTED.value, "The step is contradicted by it"),
    (Relation.CONFIRMED.value, "The step is borne out by it"),
]
_OUT_OF: Final = "“Out of” is no count that can be read. Type a whole number such as 6, or nothing."
_TARGET_IN_PER_CENT: Final = (
    "The target is in per cent, the value is not. Type both in per cent, such as 52% and 40%, or both as numbers."
)
_POLARITY: Final = "Choose how the finding is to be read."


class MarkForm(RevisionForm):
    """How a finding is to be read, what it is about, and what has changed since the last visit."""

    polarity = forms.ChoiceField(
        label="What did the inspectors find?",
        required=False,
        choices=[(each.value, each.label.capitalize()) for each in Polarity],
        error_messages={"invalid_choice": _POLARITY},
        widget=forms.RadioSelect(attrs={"class": "govuk-radios__input"}),
    )
    theme = line_field(
        "Theme", hint="Such as housing. A theme follows a matter through the visits.", longest=LONGEST_NAME
    )
    since_last = choice_field("Since the last visit", [(each.value, each.label) for each in SinceLast])
    since_last_words = line_field("What has changed, in a few words")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["theme"].widget.attrs["list"] = "themes"

    def marks(self) -> dict[str, Any]:
        """The marks as the service takes them; call it on a valid form."""
        given = self.cleaned_data
        return {
            "polarity": Polarity(given["polarity"]),
            "theme_name": given["theme"],
            "since_last": SinceLast(given["since_last"]),
            "since_last_words": given["since_last_words"],
        }


class MeasureForm(RevisionForm):
    """A figure that the finding quotes, and what was to be reached where the letter or the council says so."""

    words = line_field("The measure in words", missing="Type the measure in the letter's words.")
    value = FigureField("Value", missing="Type the figure, such as 52 or 52%.", hint="Such as 52% or 4")
    out_of = forms.IntegerField(
        label="Out of",
        required=False,
        min_value=1,
        max_value=2**31 - 1,
        help_text="Only for a part of a whole: 4 out of 6",
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _OUT_OF),
        widget=forms.TextInput(
            attrs={"class": "govuk-input govuk-input--width-5", "autocomplete": "off", "inputmode": "numeric"}
        ),
    )
    unit = line_field("Unit", hint="Such as %, days or audits", longest=40)
    population = line_field("Whom or what it counts", hint="Such as care leavers", longest=200)
    direction = choice_field("The target is", FindingMeasure.DIRECTIONS, missing="Say which side the target is on.")
    target = FigureField("Target", hint="A number such as 40, for “at least” and “at most”")

    def clean(self) -> dict[str, Any]:
        """A side has its target, a target its side, a value in per cent that unit, and such a target such a value."""
        given = super().clean() or self.cleaned_data
        if self.errors:
            return given
        direction, target = given["direction"], given["target"]
        if direction != Direction.UNKNOWN and target is None:
            self.add_error("target", TARGET_MISSING)
        if direction == Direction.UNKNOWN and target is not None:
            self.add_error("direction", SIDE_MISSING)
        if self._is_in_per_cent("value"):
            if given["unit"] not in ("", "%"):
                self.add_error("unit", f"The value is in per cent, the unit says “{given['unit']}”. Take one away.")
            given["unit"] = "%"
        if given["unit"] == "%" and given["out_of"] is not None:
            self.add_error("out_of", PART_OF_A_SHARE)
        elif given["unit"] != "%" and self._is_in_per_cent("target"):
            self.add_error("target", _TARGET_IN_PER_CENT)
        return given

    def _is_in_per_cent(self, name: str) -> bool:
        return str(self.data.get(name, "")).rstrip().endswith("%")

    def measure(self) -> dict[str, Any]:
        """The measure as the service takes it; call it on a valid form."""
        names = ("words", "value", "out_of", "unit", "population", "target")
        given = self.cleaned_data
        return {**{name: given[name] for name in names}, "direction": Direction(given["direction"])}


class LinkForm(WordsForm):
    """A step by its reference, and how it belongs to the finding."""

    reference = line_field("Step", missing="Choose a step, or type its reference.", hint="Such as 13.2/1", longest=40)
    relation = choice_field("How it belongs to the finding", RELATIONS, missing="Say how the step belongs to it.")
    why = line_field("Why", hint="May be left empty")
