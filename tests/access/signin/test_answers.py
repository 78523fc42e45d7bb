"""A device's answer is read when a device can have given it, and refused with the form's sentence otherwise."""

import json

import pytest
from django.core.exceptions import ValidationError

from torbay_reports.access.signin.answers import DEEPEST, LONGEST, REFUSED, AnswerField

FIELD = AnswerField(error_messages={"invalid": "Not an answer.", "required": "No answer."})


@pytest.mark.parametrize(
    "answer",
    [
        {"id": "AA", "response": {"transports": ["usb", "nfc"], "large": 2**40}, "rk": True, "attachment": None},
        {"name": "\U0001f600"},
        1.5,
    ],
)
def test_an_answer_is_read(answer: object) -> None:
    assert FIELD.clean(json.dumps(answer)) == answer


def test_it_may_be_as_long_and_as_deep_as_is_said_and_no_more() -> None:
    longest = json.dumps("x" * (LONGEST - 2))
    assert FIELD.clean(longest) == "x" * (LONGEST - 2)
    assert FIELD.clean("[" * DEEPEST + "1" + "]" * DEEPEST)
    for more in (f" {longest}", "[" * (DEEPEST + 1) + "1" + "]" * (DEEPEST + 1)):
        with pytest.raises(ValidationError, match=r"Not an answer\."):
            FIELD.clean(more)


@pytest.mark.parametrize(
    "given",
    [
        "x",
        "{",
        "[" * 15_000,
        "9" * 15_000,
        "9" * 10**6,
        '{"a":' * 3000,
        "1e999",
        "-Infinity",
        "NaN",
        r'"\ud800"',
        r'{"\udfff": 1}',
        r'["a\u0000"]',
    ],
    ids=range(12),
)
def test_what_is_no_answer_is_refused_with_the_forms_sentence(given: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        FIELD.clean(given)
    assert refusal.value.messages == ["Not an answer."]
    assert refusal.value.code == REFUSED
    assert FIELD.bound_data(given, None) == ""


@pytest.mark.parametrize("given", ["", None, "null", "{}", "[]"])
def test_nothing_is_said_to_be_missing(given: str | None) -> None:
    with pytest.raises(ValidationError, match=r"No answer\."):
        FIELD.clean(given)
