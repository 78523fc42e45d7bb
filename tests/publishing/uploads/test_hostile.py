"""Hostile and broken PDFs are refused with a sentence or cleaned, in bounded time and memory."""

import itertools
import random

import pytest

from tests.publishing.uploads import hostile
from tests.publishing.uploads.checking import SECRET, assert_clean
from torbay_reports.publishing.parts.values import from_bytes
from torbay_reports.publishing.uploads import process
from torbay_reports.publishing.uploads.cleaning import Cleaned, outcome
from torbay_reports.publishing.uploads.refusals import RefusedPdf

FULL = 500
SAMPLE = 40


def in_process(data: bytes) -> Cleaned:
    try:
        return process.clean(data)
    except RefusedPdf as refused:
        return Cleaned(str(refused))


def assert_safe(cleaned: Cleaned) -> None:
    if cleaned.refused:
        assert len(cleaned.refused) > 40
        assert cleaned.refused.endswith(".")
        assert not cleaned.part
        return
    part = from_bytes(cleaned.part)
    assert len(part.pages) == cleaned.pages == len(cleaned.texts)
    assert not any(SECRET.decode() in text for text in cleaned.texts)
    assert_clean(part)


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=case.name, marks=[pytest.mark.soak] if case.is_slow else []) for case in hostile.CASES],
)
def test_what_is_made_by_hand(case: hostile.Case) -> None:
    data = case.make()
    cleaned = in_process(data) if case.is_heavy else outcome(data)
    assert_safe(cleaned)
    if case.refused:
        assert case.refused in cleaned.refused
    if case.finding:
        assert case.finding in {each.code for each in cleaned.findings}, cleaned


def test_what_is_mutated(soak: bool) -> None:
    by_hand = [case.make() for case in hostile.CASES if soak or not case.is_slow]
    random.Random("which by hand").shuffle(by_hand)
    by_hand = by_hand if soak else by_hand[: SAMPLE // 4]
    count = FULL if soak else SAMPLE
    outcomes = []
    for data in itertools.chain(by_hand, hostile.mutations(count - len(by_hand))):
        cleaned = in_process(data)
        assert_safe(cleaned)
        outcomes.append(bool(cleaned.refused))
    assert len(outcomes) == count
    assert {True, False} == set(outcomes)
