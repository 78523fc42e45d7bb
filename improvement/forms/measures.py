"""Forms for targets and readings."""

from typing import Any, Final

from improvement.forms.fields import SeenForm, choice_field, line_field, number_field, words_field
from improvement.kinds import Bound, Direction, Judged
from improvement.models import Measure, Reading
from improvement.services.measures import SIDE_MISSING, TARGET_MISSING, Found, MeasureWords
from torbay_reports.access.days import DayField
from torbay_reports.core import clock

_DIRECTIONS: Final = list(Measure.DIRECTIONS)
_SIDED: Final = (Direction.AT_LEAST, Direction.AT_MOST)


class MeasureForm(SeenForm):
    """What is measured, and the target where there is one."""

    words = words_field("What is measured", missing="Say in words what is measured.", rows=2, longest=2_000)
    direction = choice_field("The target is", _DIRECTIONS)
    target = number_field("Target", hint="A number such as 90, for “at least” and “at most”")
    unit = line_field("Unit", hint="Such as % or days", longest=40)

    def clean(self) -> dict[str, Any]:
        """A side has its target, and a target its side."""
        given = super().clean() or self.cleaned_data
        if self.errors:
            return given
        if given["direction"] in _SIDED and given["target"] is None:
            self.add_error("target", TARGET_MISSING)
        if given["direction"] == Direction.UNKNOWN and given["target"] is not None:
            self.add_error("direction", SIDE_MISSING)
        return given

    def measure(self) -> MeasureWords:
        """The measure as the services take it; call it on a valid form."""
        given = self.cleaned_data
        return MeasureWords(
            words=given["words"],
            direction=Direction(given["direction"] or Direction.UNKNOWN),
            target=given["target"],
            unit=given["unit"],
        )


class ReadingForm(SeenForm):
    """What a measure was found to be on a day."""

    words = line_field("What was found", missing="Say what was found, such as “81%” or “over 80%”.", longest=500)
    dated_on = DayField("On the day", missing="Type the day of the reading.")
    bound = choice_field("The number is", [(each.value, each.value or "exact") for each in Bound])
    value = number_field("Number", hint="Such as 81; empty where the words hold none")
    judged = choice_field(
        "At target?",
        list(Reading.JUDGEMENTS),
        hint="Only where the number does not tell: “over 80%” does not say whether 85% is reached.",
    )

    def clean(self) -> dict[str, Any]:
        """The day is not to come, and a bound has a number."""
        given = super().clean() or self.cleaned_data
        day = given.get("dated_on")
        if day is not None and day > clock.today():
            self.add_error("dated_on", "This day is still to come. Type the day of the reading.")
        if given.get("bound") and given.get("value") is None and "value" not in self.errors:
            self.add_error("value", "Type the number that this is over, under or about.")
        return given

    def found(self) -> Found:
        """The reading as the services take it; call it on a valid form."""
        given = self.cleaned_data
        return Found(
            words=given["words"],
            dated_on=given["dated_on"],
            value=given["value"],
            bound=Bound(given["bound"]),
            judged=Judged(given["judged"]),
        )
