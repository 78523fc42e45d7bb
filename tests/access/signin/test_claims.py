"""Of what the council's service says about a person, only what is needed is kept, as any database holds it."""

import json

import pytest
from allauth.socialaccount.models import SocialAccount

from tests.access.cast import person
from torbay_reports.access.signin.claims import LARGEST, LONGEST, LONGEST_SUB, UnusableClaims, plain

CLAIMS = {"sub": "17", "email": "r@council.invalid", "email_verified": True, "name": "R. Vale", "auth_time": 1504606500}


def test_what_is_needed_is_kept_and_nothing_else() -> None:
    more = CLAIMS | {"address": {"locality": "Torquay"}, "birthdate": "1970-01-01", "picture": "https://x.invalid/"}
    assert plain(CLAIMS) == plain(more) == CLAIMS


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("R\x00 Vale", "R Vale"),
        ("R\ud800 Vale\udfff", "R Vale"),
        ("\U0001f600", "\U0001f600"),
        ("x" * LONGEST, "x" * LONGEST),
        (False, False),
        (0, 0),
        (1.5, 1.5),
    ],
)
def test_a_text_loses_what_no_column_takes(said: object, kept: object) -> None:
    assert plain({"sub": "17", "name": said}) == {"sub": "17", "name": kept}


@pytest.mark.parametrize(
    "said",
    [None, ["r@council.invalid"], {"en": "R"}, float("inf"), float("nan"), 10**400, LARGEST + 1, "x" * (LONGEST + 1)],
)
def test_a_claim_that_is_no_plain_value_is_left_out(said: object) -> None:
    assert plain({"sub": "17", "email": said, "name": said}) == {"sub": "17"}


def test_an_address_that_is_no_text_is_left_out() -> None:
    assert plain({"sub": "17", "email": True}) == {"sub": "17"}


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        "text",
        {},
        ["sub"],
        *({"sub": sub} for sub in ("", 17, None, "1\x007", "1\ud800", "x" * (LONGEST_SUB + 1))),
    ],
)
def test_an_answer_that_does_not_say_who_it_is_cannot_be_used(answer: object) -> None:
    with pytest.raises(UnusableClaims):
        plain(answer)


@pytest.mark.django_db
def test_what_is_kept_can_be_stored() -> None:
    said = json.loads('{"sub": "17", "name": "\\ud83d\\ude00\\ud800\\u0000", "auth_time": 1e999}')
    account = SocialAccount.objects.create(user=person(), uid="17", provider="council", extra_data=plain(said))
    account.refresh_from_db()
    assert account.extra_data == {"sub": "17", "name": "\U0001f600"}
