"""What a reader of a plan asks for. Whatever is left empty filters nothing."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from html import escape
from typing import Any, Final

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from improvement.kinds import Flag, Status
from improvement.selectors.finding import Wanted
from improvement.selectors.outline import ThemeOutline
from torbay_reports.access.days import DayField
from torbay_reports.core.formatting import long_date

_OPEN: Final = "open"
_THEME, _PRIORITY = "theme-", "priority-"
_LONGEST_TITLE: Final = 70

Options = Mapping[str, str]
"""What can be chosen, by what stands for it in an address; "" stands for no choice."""


class PlainSelect(forms.Widget):
    """A select that is written in one go: Django's takes a template for each option, and a plan has hundreds."""

    options: Options = {}

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: object = None) -> SafeString:
        wanted = "" if value is None else str(value)
        options = (
            f'<option value="{escape(key)}"{" selected" if key == wanted else ""}>{escape(label)}</option>'
            for key, label in self.options.items()
        )
        given = format_html_join("", ' {}="{}"', ((key, text) for key, text in (attrs or {}).items() if text))
        select = '<select name="{}" class="govuk-select"{}>{}</select>'
        return format_html(select, name, given, mark_safe("".join(options)))


class OneOf(forms.CharField):
    """One of the options or none; `missing` says what is wrong with anything else."""

    def __init__(self, label: str, options: Options, missing: str) -> None:
        super().__init__(label=label, required=False, widget=PlainSelect())
        self._missing = missing
        self.offer(options)

    def offer(self, options: Options) -> None:
        """Take these as what can be chosen."""
        self._options = self.widget.options = options

    def clean(self, value: Any) -> str:
        """What was chosen. Raises ValidationError for what is not offered."""
        chosen: str = super().clean(value)
        if chosen and chosen not in self._options:
            raise forms.ValidationError(f"{self._missing} Choose one from the list.")
        return chosen


class DayForm(forms.Form):
    """The day as at which a plan is shown; empty is the usual one."""

    as_at = DayField("As at", hint="Like 5/9/2017; empty is the newest")

    def __init__(self, data: Mapping[str, Any], *, since: date | None = None) -> None:
        super().__init__(data)
        self._since = since

    def clean_as_at(self) -> date | None:
        """A day on which the plan is known: not before its first version, `since`."""
        day: date | None = self.cleaned_data["as_at"]
        if day and self._since and day < self._since:
            known = f"This plan is known here from {long_date(self._since)} on."
            raise forms.ValidationError(f"{known} Ask for that day or a later one.")
        return day

    def add_prefix(self, field_name: str) -> str:
        """Names in an address have hyphens."""
        return field_name.replace("_", "-")


class FilterForm(DayForm):
    """Words, theme or priority, owner, status, due date and list, for the steps of one plan."""

    words = forms.CharField(
        label="Words",
        required=False,
        max_length=200,
        help_text="“care leavers” finds both together, or finds either, -training leaves out",
        error_messages={"max_length": "That is too much to look for. Type at most 200 characters."},
        widget=forms.TextInput(attrs={"class": "govuk-input", "autocomplete": "off"}),
    )
    place = OneOf("Theme or priority", {}, "The plan has no such theme or priority.")
    owner = OneOf("Owner", {}, "The plan names no such owner.")
    status = OneOf(
        "Status",
        {"": "Every status", _OPEN: "open: everything that is owed", **{each.value: each.label for each in Status}},
        "There is no such status.",
    )
    due = OneOf(
        "Due",
        {"": "At any time", Flag.OVERDUE.value: "overdue", "30": "in the next 30 days", "90": "in the next 90 days"},
        "There is no such time.",
    )
    due_from = DayField("Due from", hint="Like 1/12/2016")
    due_to = DayField("Due to, that day included", hint="Like 31/3/2017")
    flag = OneOf("List", {"": "Every step", **{each.value: each.label for each in Flag}}, "There is no such list.")

    field_order = ("words", "place", "owner", "status", "due", "due_from", "due_to", "flag", "as_at")

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        as_at: date,
        themes: Iterable[ThemeOutline],
        owners: Mapping[int, str],
        since: date | None = None,
    ) -> None:
        super().__init__(data, since=since)
        self._as_at = as_at
        for name, options in (("place", _places(themes)), ("owner", _owners(owners))):
            field = self.fields[name]
            assert isinstance(field, OneOf)
            field.offer(options)

    def clean(self) -> dict[str, Any]:
        """Both days the right way round."""
        first, last = self.cleaned_data.get("due_from"), self.cleaned_data.get("due_to")
        if first and last and last < first:
            sentence = f"The last day, {long_date(last)}, is before the first, {long_date(first)}. Type a later one."
            self.add_error("due_to", sentence)
        return self.cleaned_data

    @property
    def is_filled(self) -> bool:
        """Whether anything is asked for but another day."""
        return any(self.data.get(self.add_prefix(name)) for name in self.fields if name != "as_at")

    def wanted(self) -> Wanted:
        """What is asked for; only for a form that is valid."""
        given = self.cleaned_data
        ahead = timedelta(days=int(given["due"])) if given["due"].isdecimal() else None
        flag = Flag.OVERDUE if given["due"] == Flag.OVERDUE else None
        return Wanted(
            words=given["words"],
            theme=_number(given["place"], _THEME),
            priority=_number(given["place"], _PRIORITY),
            owner=int(given["owner"]) if given["owner"] else None,
            statuses=_statuses(given["status"]),
            due_from=_later(self._as_at if ahead else None, given["due_from"]),
            due_to=_earlier(self._as_at + ahead if ahead else None, given["due_to"]),
            flags=frozenset(each for each in (flag, Flag(given["flag"]) if given["flag"] else None) if each),
        )


def _places(themes: Iterable[ThemeOutline]) -> Options:
    found = {"": "Every theme"}
    for theme in themes:
        found[f"{_THEME}{theme.pk}"] = _shortened(f"Theme {theme.number}: {theme.title}")
        for priority in theme.priorities:
            found[f"{_PRIORITY}{priority.pk}"] = _shortened(f"Priority {priority.number}: {priority.title}")
    return found


def _owners(owners: Mapping[int, str]) -> Options:
    return {"": "Everybody", **{str(pk): name for pk, name in owners.items()}}


def _shortened(title: str) -> str:
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1].rstrip()}…"


def _number(place: str, kind: str) -> int | None:
    return int(place.removeprefix(kind)) if place.startswith(kind) else None


def _statuses(text: str) -> frozenset[Status]:
    if text == _OPEN:
        return frozenset(each for each in Status if each.is_open)
    return frozenset([Status(text)]) if text else frozenset()


def _later(one: date | None, other: date | None) -> date | None:
    return max(one, other) if one and other else one or other


def _earlier(one: date | None, other: date | None) -> date | None:
    return min(one, other) if one and other else one or other
