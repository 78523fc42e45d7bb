"""What a reader of the findings against steps asks for. Whatever is left empty filters nothing."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django import forms

from improvement.forms.filters import DayForm, OneOf
from ofsted.calculations.answer_words import letter_words
from ofsted.calculations.answering import FindingPosition
from ofsted.calculations.narrowing import Order, WantedFindings, Wish
from ofsted.kinds import Polarity

_NOT_MARKED: Final = "not-marked"
_POLARITIES: Final = {each.value or _NOT_MARKED: each for each in Polarity}


class FindingsForm(DayForm):
    """Words, theme, polarity, letter, what is wanted, and the order, for the findings that the reader may read."""

    words = forms.CharField(
        label="Words",
        required=False,
        max_length=200,
        help_text="In a finding or in one of its steps",
        error_messages={"max_length": "That is too much to look for. Type at most 200 characters."},
        widget=forms.TextInput(attrs={"class": "govuk-input", "autocomplete": "off"}),
    )
    theme = OneOf("Theme", {}, "There is no such theme.")
    polarity = OneOf(
        "Marked as",
        {"": "Every finding", **{key: each.label for key, each in _POLARITIES.items()}},
        "A finding is not marked like that.",
    )
    visit = OneOf("Letter", {}, "There is no such letter.")
    shown = OneOf(
        "List",
        {
            "": "Every finding",
            Wish.CONTRADICTED.value: "that contradicts a completed step",
            Wish.UNANSWERED.value: "weakness that no step answers",
        },
        "There is no such list.",
    )
    order = OneOf(
        "Order",
        {Order.WORST_FIRST: "worst first", Order.LETTER: "as in the letters", Order.THEME: "by theme"},
        "There is no such order.",
    )

    field_order = ("words", "theme", "polarity", "visit", "shown", "order", "as_at")

    def __init__(
        self, data: Mapping[str, Any], *, findings: Iterable[FindingPosition], since: date | None = None
    ) -> None:
        super().__init__(data, since=since)
        known = list(findings)
        themes = {each.theme_slug: each.theme for each in sorted(known, key=lambda each: each.theme) if each.theme_slug}
        letters = {each.letter.visit: letter_words(each.letter) for each in known}
        for name, options in (
            ("theme", {"": "Every theme", **themes}),
            ("visit", {"": "Every letter", **letters}),
        ):
            field = self.fields[name]
            assert isinstance(field, OneOf)
            field.offer(options)

    @property
    def is_filled(self) -> bool:
        """Whether anything is asked for but another day or another order."""
        asked = (name for name in self.fields if name not in ("as_at", "order"))
        return any(self.data.get(self.add_prefix(name)) for name in asked)

    def wanted(self) -> WantedFindings:
        """What is asked for; only for a form that is valid."""
        given = self.cleaned_data
        return WantedFindings(
            words=given["words"],
            theme=given["theme"],
            polarity=_POLARITIES.get(given["polarity"]),
            visit=given["visit"],
            wish=Wish(given["shown"]) if given["shown"] else None,
        )

    def order_asked(self) -> Order:
        """The order that is asked for; only for a form that is valid."""
        return Order(self.cleaned_data["order"])
