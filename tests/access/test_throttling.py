"""Attempts to sign in are counted over all workers."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now

from torbay_reports.access.models import SignInAttempt
from torbay_reports.access.throttling import (
    LIMIT,
    LIMIT_FROM_ANYWHERE,
    WINDOW,
    claim_attempt,
    claim_code,
    network_address,
    release_attempt,
)

EMAIL = "robin.vale@council.invalid"


@pytest.mark.django_db
def test_ten_failures_for_one_email_are_allowed_from_one_address() -> None:
    for number in range(LIMIT):
        assert claim_attempt(email=EMAIL.upper() if number % 2 else EMAIL, address="192.0.2.1")
    assert claim_attempt(email=EMAIL, address="192.0.2.1") is None
    assert claim_attempt(email=EMAIL, address="198.51.100.1"), "strangers elsewhere do not keep a person out"
    assert claim_attempt(email="a.colleague@council.invalid", address="192.0.2.1"), "nor do a colleague's slips"


@pytest.mark.django_db
def test_fifty_failures_for_one_email_are_allowed_from_wherever_they_come() -> None:
    for number in range(LIMIT_FROM_ANYWHERE):
        assert claim_attempt(email=EMAIL, address=f"192.0.2.{number}")
    assert claim_attempt(email=EMAIL, address="198.51.100.1") is None
    assert claim_attempt(email="somebody.else@council.invalid", address="198.51.100.1")


@pytest.mark.django_db
def test_fifty_failures_from_one_address_are_allowed_whoever_is_tried() -> None:
    for number in range(LIMIT_FROM_ANYWHERE):
        assert claim_attempt(email=f"person-{number}@council.invalid", address="192.0.2.1")
    assert claim_attempt(email=EMAIL, address="192.0.2.1") is None
    assert claim_attempt(email=EMAIL, address="192.0.2.2")
    assert claim_attempt(email=EMAIL, address=None)


@pytest.mark.django_db
def test_ten_wrong_codes_of_one_person_are_allowed_from_wherever_they_come() -> None:
    for _ in range(LIMIT):
        assert claim_code(1)
    assert claim_code(1) is None
    assert claim_code(2)


@pytest.mark.django_db
def test_an_attempt_that_was_right_does_not_count() -> None:
    for _ in range(LIMIT * 2):
        attempt = claim_attempt(email=EMAIL, address="192.0.2.1")
        assert attempt is not None
        release_attempt(attempt)
    assert not SignInAttempt.objects.exists()


@pytest.mark.django_db
def test_after_the_window_the_failures_are_forgotten_and_deleted() -> None:
    for _ in range(LIMIT):
        claim_attempt(email=EMAIL, address="192.0.2.1")
    SignInAttempt.objects.update(at=Now() - WINDOW + timedelta(minutes=1))
    assert claim_attempt(email=EMAIL, address="192.0.2.1") is None
    SignInAttempt.objects.update(at=Now() - WINDOW)
    assert claim_attempt(email=EMAIL, address="192.0.2.1")
    assert SignInAttempt.objects.count() == 1


@pytest.mark.parametrize(
    ("remote", "counted_as"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("", None),
        (None, None),
        ("unix:", None),
    ],
)
def test_an_address_is_counted_by_what_one_visitor_owns(remote: str | None, counted_as: str | None) -> None:
    assert network_address(remote) == counted_as


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_moment_pass_the_limit_neither_alone_nor_together() -> None:
    def guess(number: int) -> bool:
        try:
            return claim_attempt(email=EMAIL, address=f"192.0.2.{number % 3}") is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=6) as workers:
        allowed = list(workers.map(guess, range(LIMIT * 6)))
    assert allowed.count(True) == LIMIT * 3, "ten from each of three addresses"
