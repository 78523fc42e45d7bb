"""A letter that its lead keeps, for the tests that change it."""

import pytest
from django.test import Client

from tests.ofsted.keeping import KeptLetter


@pytest.fixture
def kept(db: None) -> KeptLetter:
    return KeptLetter()


@pytest.fixture
def browser(kept: KeptLetter) -> Client:
    """Of the letter's lead."""
    return kept.browser()
