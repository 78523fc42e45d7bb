"""A question about a person."""

from typing import Any

from django.urls import reverse

from torbay_reports.access.models import User
from torbay_reports.core.asking import Question


def about(person: User, **more: Any) -> Question:
    """A question that is about a person and leads back to their page; `more` is the rest of the Question."""
    return Question(back=reverse("access:person", args=[person.pk]), back_words=person.full_name, **more)
