"""The forms of the clerk's desk: committees, meetings, items, papers, instalments and their letters."""

from collections.abc import Collection, Sequence
from datetime import time
from typing import Any, Final

from django import forms
from django.core.validators import validate_email
from django.http import QueryDict

from torbay_reports.access.days import DayField
from torbay_reports.agenda.desk.items import ItemFacts
from torbay_reports.agenda.desk.letters import Letter
from torbay_reports.agenda.desk.meetings import CommitteeFacts, MeetingFacts
from torbay_reports.agenda.forms import CHOICES, DAMAGED, key_field
from torbay_reports.agenda.models import AgendaItem, Committee, ItemKind, Paper
from torbay_reports.core import fields
from torbay_reports.publishing.packplan import Restriction

TIMES: Final = ["%H:%M", "%H.%M", "%I.%M %p", "%I:%M %p", "%I.%M%p", "%I:%M%p", "%I %p", "%I%p"]
NO_TIME: Final = "“Begins at” is no time that can be read. Type one like 5.30 pm or 17:30."
NO_EMAIL: Final = "“E-mail” is no address that can be read. Type one like governance@council.gov.uk."
KINDS: Final = [
    (ItemKind.BUSINESS.value, "Business"),
    (ItemKind.URGENT.value, "Urgent: it was not on the agenda five clear days before"),
]


def line(label: str, longest: int, *, missing: str = "", hint: str = "", narrow: bool = False) -> forms.CharField:
    """One line of text; it may be left empty unless `missing` says why not."""
    width = " govuk-input--width-5" if narrow else ""
    return forms.CharField(
        label=label,
        required=bool(missing),
        max_length=longest,
        help_text=hint,
        error_messages={
            "required": missing,
            "max_length": f"“{label}” is too long. Type at most {longest:,} characters.",
        },
        widget=forms.TextInput(attrs={"class": f"govuk-input{width}", "autocomplete": "off"}),
    )


def text(label: str, *, missing: str = "", hint: str = "", rows: int = 3, longest: int = 5_000) -> forms.CharField:
    """Text of several lines."""
    return fields.words_field(label, longest=longest, missing=missing, hint=hint, rows=rows)


def email_line(*, missing: str = "") -> forms.CharField:
    """An address for mail."""
    field = line("E-mail", 254, missing=missing)
    field.validators.append(_check_email)
    return field


def _check_email(value: str) -> None:
    try:
        validate_email(value)
    except forms.ValidationError:
        raise forms.ValidationError(NO_EMAIL) from None


class SeenForm(forms.Form):
    """A form that overwrites; `seen` is the mark of what its writer was shown."""

    seen = forms.CharField(
        max_length=64, widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "max_length"), DAMAGED)
    )

    def catch_up(self, now: str) -> None:
        """Counts from now on for what stands there now; what was typed stays."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data[self.add_prefix("seen")] = now
        self.data = data


class CommitteeForm(forms.Form):
    """How a committee is called, and who answers for its meetings."""

    name = line("Name", 200, missing="Type the committee's name.")
    short_name = line(
        "Initials", 12, hint="Its decisions are cited by them, like OSB. It can be left empty.", narrow=True
    )
    clerk = line("Clerk", 200, hint="As agendas and letters name them")
    telephone = line("Telephone", 40)
    email = email_line()
    office = text("Office", hint="The address, one line each", rows=5, longest=500)

    def facts(self) -> CommitteeFacts:
        """What was typed; call it on a valid form."""
        return CommitteeFacts(**{name: self.cleaned_data[name] for name in CommitteeFacts.__dataclass_fields__})


class CommitteeChangeForm(CommitteeForm, SeenForm):
    """The same for one that is there."""


class MeetingDetailsForm(forms.Form):
    """When and where a meeting begins, and who presides."""

    starts_at = forms.TimeField(
        label="Begins at",
        required=False,
        input_formats=TIMES,
        help_text="Like 5.30 pm",
        error_messages={"invalid": NO_TIME},
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "govuk-input govuk-input--width-5"}),
    )
    place = line("Place", 200)
    presiding = line("Person presiding", 200, hint="As the minutes name them: Councillor Lewis, Chairman")
    convened_on = DayField(
        "Convened on", hint="Only where it is convened at shorter notice than five clear days. Like 5/9/2017"
    )

    def facts(self) -> MeetingFacts:
        """What was typed; call it on a valid form."""
        given = self.cleaned_data
        starts_at = given["starts_at"]
        assert starts_at is None or isinstance(starts_at, time)
        return MeetingFacts(
            starts_at=starts_at,
            place=given["place"],
            presiding=given["presiding"],
            convened_on=given["convened_on"],
        )


class MeetingForm(MeetingDetailsForm):
    """A new meeting of one of the committees that the clerk keeps."""

    committee = forms.ChoiceField(
        label="Committee",
        error_messages={
            "required": "Choose the committee that meets.",
            "invalid_choice": "There is no such committee among yours. Choose one from the list.",
        },
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )
    held_on = DayField("Day", missing="Type the day on which it meets.", hint="Like 5/9/2017")

    field_order = ["committee", "held_on"]

    def __init__(self, *args: Any, committees: Sequence[Committee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["committee"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.slug, each.name) for each in committees]


class MeetingChangeForm(MeetingDetailsForm, SeenForm):
    """The same for one that is there; its day is changed elsewhere. Once a part of its pack is out, another day of its
    convening wants a reason."""

    why = line(
        "Why the day of its convening is entered only now",
        500,
        hint="Only where you change that day: a part of the pack is out, and everybody reads the reason",
    )

    def __init__(self, *args: Any, is_out: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_out:
            del self.fields["why"]


class ItemForm(forms.Form):
    """An item of the agenda."""

    number = line(
        "Number",
        10,
        missing="Type the item's number.",
        hint="As printed, like 5, 5a or 5.1. Once it is published it stays.",
        narrow=True,
    )
    title = line("Title", 300, missing="Type the item's title.")
    words = text(
        "Words below the title", hint="What the meeting is to do, as the agenda says it. It can be left empty."
    )
    kind = forms.ChoiceField(
        label="What it is",
        choices=KINDS,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose business or urgent."),
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )

    def facts(self) -> ItemFacts:
        """What was typed; call it on a valid form."""
        given = self.cleaned_data
        kind = ItemKind(given.get("kind", ItemKind.EXCLUSION))
        return ItemFacts(number=given["number"], title=given["title"], words=given["words"], kind=kind)


class ItemChangeForm(ItemForm, SeenForm):
    """The same for one that is there. What is out has its number and title fixed; a resolution stays one."""

    def __init__(self, *args: Any, is_out: bool, is_resolution: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_out:
            for name in ("number", "title"):
                self.fields[name].disabled = True
                self.fields[name].help_text = "It is published, so it stays."
        if is_resolution:
            del self.fields["kind"]


class ConfirmForm(SeenForm):
    """Nothing but a yes to what was shown."""


class PaperForm(forms.Form):
    """A paper to follow. Who may read it is chosen first, and nothing is chosen beforehand. `newest` is the item's
    newest paper as the form was shown, so that one form adds one paper."""

    newest = key_field()
    restriction = forms.ChoiceField(
        label="Who may read it",
        choices=CHOICES,
        help_text="The title of a paper that is not open stands in the restricted edition only.",
        error_messages={
            "required": "Say who may read the paper: open, exempt or confidential.",
            "invalid_choice": "There is no such choice. Choose open, exempt or confidential.",
        },
        widget=forms.RadioSelect(attrs={"class": "govuk-radios__input"}),
    )
    title = line("Title", 300, missing="Type the paper's title.")

    @property
    def chosen(self) -> Restriction:
        """Who may read it; call it on a valid form."""
        return Restriction(self.cleaned_data["restriction"])


class PaperTitleForm(SeenForm):
    """Another title for a paper."""

    title = line("Title", 300, missing="Type the paper's title.")


class OtherItemForm(SeenForm):
    """The item under which a paper is put."""

    item = forms.TypedChoiceField(
        label="Item",
        coerce=int,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose an item from the list."),
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )

    def __init__(self, *args: Any, items: Collection[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["item"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.pk, str(each)) for each in items]


class MoveForm(forms.Form):
    """One step up or down past the row that was shown there."""

    way = forms.ChoiceField(choices=[("up", "up"), ("down", "down")])
    past = key_field()


class InstalmentForm(forms.Form):
    """A part of the pack: when it goes out, whom to ask, a supplement's letter, its papers, why they are late."""

    dated = DayField("Goes out on", missing="Type the day on which it goes out.")
    clerk = line("Clerk", 200, missing="Type the name of the clerk whom readers ask.")
    telephone = line("Telephone", 40, missing="Type the clerk's telephone number.")
    email = email_line(missing="Type the clerk's e-mail address.")
    office = text("Office", missing="Type the office's address.", hint="One line each", rows=5, longest=500)
    salutation = line("Salutation", 100, missing="Type how the letter begins, like Dear Member.")
    opening = text("What the letter says", missing="Write what the letter says first.")
    closing = line("Closing", 100, missing="Type how the letter ends, like Yours sincerely.")
    signatory = line("Signed by", 200, missing="Type who signs the letter.")
    signatory_title = line("Their office", 200, hint="Like Clerk")

    def __init__(
        self,
        *args: Any,
        has_letter: bool,
        choosable: Sequence[Paper],
        reasons_for: Sequence[Paper],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choosable, self.reasons_for = choosable, reasons_for
        if not has_letter:
            for name in ("salutation", "opening", "closing", "signatory", "signatory_title"):
                del self.fields[name]
        for paper in choosable:
            self.fields[f"take-{paper.pk}"] = forms.BooleanField(
                label=_called(paper),
                required=False,
                widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"}),
            )
        for paper in reasons_for:
            self.fields[f"why-{paper.pk}"] = line(f"Why it is late: {_called(paper)}", 300)

    def letter(self) -> Letter:
        """What was typed; call it on a valid form."""
        return Letter(**{name: self.cleaned_data[name] for name in Letter.__dataclass_fields__ if name in self.fields})

    @property
    def taken(self) -> set[int]:
        """The keys of the papers that were chosen; call it on a valid form."""
        return {paper.pk for paper in self.choosable if self.cleaned_data[f"take-{paper.pk}"]}

    @property
    def reasons(self) -> dict[int, str]:
        """Why papers are late, by their keys; call it on a valid form."""
        return {paper.pk: self.cleaned_data[f"why-{paper.pk}"] for paper in self.reasons_for}

    @property
    def letter_fields(self) -> list[forms.BoundField]:
        """The fields of the letter."""
        return [self[name] for name in Letter.__dataclass_fields__ if name in self.fields]

    @property
    def choices(self) -> list[forms.BoundField]:
        """A box for each paper that can be taken."""
        return [self[f"take-{paper.pk}"] for paper in self.choosable]

    @property
    def why_fields(self) -> list[forms.BoundField]:
        """A line for each paper that may be late."""
        return [self[f"why-{paper.pk}"] for paper in self.reasons_for]


class InstalmentChangeForm(InstalmentForm, SeenForm):
    """The same for one that is there."""


def _called(paper: Paper) -> str:
    marking = f", {paper.held_back_as}" if paper.is_restricted else ""
    return f"item {paper.item.number}, “{paper.content.title}”{marking}"
