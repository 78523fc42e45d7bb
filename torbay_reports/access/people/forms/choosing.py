"""Fields that choose among people, roles and what a role can be limited to."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django import forms

from torbay_reports.access.models import User
from torbay_reports.access.people.selectors import ScopeChoices
from torbay_reports.access.people.wording import capital
from torbay_reports.access.roles import Role, ScopeKind

_HEADS: Final = {ScopeKind.COMMITTEE: "Committees", ScopeKind.SERVICE: "Services", ScopeKind.PLAN: "Plans"}


def select() -> forms.Select:
    """A select in the site's look."""
    return forms.Select(attrs={"class": "govuk-select"})


def role_field(*, label: str, empty: str, required: bool) -> forms.ChoiceField:
    """One of the roles; `empty` is the choice of none."""
    return forms.ChoiceField(
        label=label,
        required=required,
        choices=[("", empty), *((role.value, capital(role.label)) for role in Role)],
        error_messages={
            "required": "Choose a role.",
            "invalid_choice": "There is no such role. Choose one from the list.",
        },
        widget=select(),
    )


class ScopeField(forms.ChoiceField):
    """What a role is limited to, as a pair of its kind and its slug; both are empty for the whole council."""

    def __init__(self) -> None:
        super().__init__(
            label="For",
            required=False,
            choices=[("", "The whole council")],
            error_messages={"invalid_choice": "There is no such committee, service or plan. Choose one from the list."},
            widget=select(),
        )

    def offer(self, scopes: ScopeChoices) -> None:
        """Takes these as its choices, grouped by kind."""
        groups = [
            (head, [(f"{kind.value}:{slug}", name) for slug, name in scopes[kind].items()])
            for kind, head in _HEADS.items()
            if scopes[kind]
        ]
        self.choices = [("", "The whole council"), *groups]

    def clean(self, value: Any) -> tuple[str, str]:
        """The pair. Raises ValidationError for what is not offered."""
        kind, _, slug = str(super().clean(value)).partition(":")
        return kind, slug


class PersonField(forms.ChoiceField):
    """One of the people that are offered; gives the User."""

    def __init__(self, label: str, *, missing: str) -> None:
        super().__init__(
            label=label,
            error_messages={
                "required": missing,
                "invalid_choice": "Nobody like that can be given a role now. Choose somebody from the list.",
            },
            widget=select(),
        )
        self._people: dict[str, User] = {}

    def offer(self, people: Iterable[User]) -> None:
        """Takes these people as its choices."""
        self._people = {str(person.pk): person for person in people}
        named = [(key, f"{person.full_name} ({person.email})") for key, person in self._people.items()]
        self.choices = [("", "Choose somebody"), *named]

    def clean(self, value: Any) -> User:
        """The person. Raises ValidationError for who is not offered."""
        return self._people[str(super().clean(value))]


class TickedField(forms.MultipleChoiceField):
    """Some of several roles or seats; gives their numbers."""

    def __init__(self, label: str, *, missing: str, gone: str) -> None:
        super().__init__(
            label=label,
            error_messages={"required": missing, "invalid_choice": gone, "invalid_list": gone},
            widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes__input"}),
        )

    def offer(self, choices: Sequence[tuple[int, str]]) -> None:
        """Takes these as its choices."""
        self.choices = [(str(pk), words) for pk, words in choices]

    def clean(self, value: Any) -> set[int]:
        """The numbers that were ticked. Raises ValidationError when there is none or one is not offered."""
        return {int(each) for each in super().clean(value)}
