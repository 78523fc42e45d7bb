"""The plan that is kept, and the browsers of those who keep it and answer for it."""

import pytest
from django.test import Client

from tests.improvement.keeping import Kept, browser_of


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def lead(kept: Kept) -> Client:
    """The browser of the plan's lead."""
    return browser_of(kept.lead)


@pytest.fixture
def owner(kept: Kept) -> Client:
    """The browser of the person who answers for the plan's step."""
    return browser_of(kept.owner)
