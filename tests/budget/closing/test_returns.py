"""The way of a service's return: who may take which step from which state, and what is refused in words."""

from collections.abc import Callable, Collection
from typing import Any, Final

import pytest
from django.core.exceptions import ValidationError

from budget.models import CloseStep, ServiceReturn
from budget.services.returns import agree, send_back, submit, take_back
from budget.services.writing import QuarterLocked
from tests.budget.closing import stages
from tests.budget.closing.conftest import Close
from tests.budget.entry.world import CARE, PROJECTS, edit, put_in
from tests.budget.entry.world import finance as another_of_finance
from torbay_reports.access.models import User
from torbay_reports.core import clock

DRAFT, SUBMITTED, AGREED = "draft", "submitted", "agreed"


def back(*, quarter: Any, slugs: Collection[str], by: User) -> object:
    return send_back(quarter=quarter, slugs=slugs, by=by, why="The unit is wrong.")


STEPS: Final[dict[str, Callable[..., object]]] = {"submit": submit, "take": take_back, "agree": agree, "back": back}
ALLOWED: Final = {
    ("submit", DRAFT): {"hal", "flo", "fay", "head"},
    ("take", SUBMITTED): {"hal", "flo", "fay", "head"},
    ("agree", SUBMITTED): {"flo", "fay", "head"},
    ("back", SUBMITTED): {"flo", "fay", "head"},
    ("back", AGREED): {"flo", "fay", "head"},
}
"""By whom a step can be taken of a return that Hal has submitted; everything else is refused."""
BECOMES: Final = {"submit": SUBMITTED, "take": DRAFT, "agree": AGREED, "back": DRAFT}


def state_of(close: Close, slug: str = CARE) -> str:
    return ServiceReturn.objects.get(quarter=close.quarter, service__slug=slug).state


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", [DRAFT, SUBMITTED, AGREED])
@pytest.mark.parametrize("who", ["hal", "flo", "fay", "head"])
def test_every_step_from_every_state_by_everybody(close: Close, step: str, state: str, who: str) -> None:
    stages.enter_all(close)
    put_in(close.quarter, CARE, state, close.hal)
    taken = CloseStep.objects.count()
    by = getattr(close, who)
    if who in ALLOWED.get((step, state), set()):
        STEPS[step](quarter=close.quarter, slugs=[CARE], by=by)
        assert state_of(close) == BECOMES[step]
        last = CloseStep.objects.latest("pk")
        assert (last.by, last.service and last.service.slug) == (by, CARE)
    else:
        with pytest.raises(ValidationError):
            STEPS[step](quarter=close.quarter, slugs=[CARE], by=by)
        assert state_of(close) == state
        assert CloseStep.objects.count() == taken


def test_nobody_agrees_what_they_submitted_themselves(close: Close) -> None:
    stages.submit_all(close)
    with pytest.raises(ValidationError, match="You submitted Adults Care yourself, so that another person of finance"):
        agree(quarter=close.quarter, slugs=[CARE], by=close.flo)
    agree(quarter=close.quarter, slugs=[CARE], by=close.fay)


def test_what_wants_something_is_not_submitted_and_nothing_beside_it(close: Close) -> None:
    stages.enter_all(close, variance=60_000)
    with pytest.raises(ValidationError, match="Adults Care wants a reason for its variance first"):
        submit(quarter=close.quarter, slugs=[CARE, "adults-support"], by=close.hal)
    assert not ServiceReturn.objects.exclude(state=DRAFT).exists()


def test_a_holder_submits_no_other_ones(close: Close) -> None:
    stages.enter_all(close)
    with pytest.raises(ValidationError, match="You may not submit Homes Projects: it is another budget holder's"):
        submit(quarter=close.quarter, slugs=[CARE, PROJECTS], by=close.hal)
    assert not ServiceReturn.objects.exclude(state=DRAFT).exists()


def test_going_back_needs_a_reason_and_tells_who_had_submitted(close: Close) -> None:
    stages.enter_all(close)
    submit(quarter=close.quarter, slugs=[CARE], by=close.hal)
    with pytest.raises(ValidationError, match="Say why it goes back"):
        send_back(quarter=close.quarter, slugs=[CARE], by=close.flo, why="  ")
    assert send_back(quarter=close.quarter, slugs=[CARE], by=close.flo, why="In £000s?") == {CARE: close.hal}
    assert CloseStep.objects.latest("pk").why == "In £000s?"


def test_a_change_after_it_was_agreed_makes_it_submitted_again_by_who_changed_it(close: Close) -> None:
    from budget.services.entry import save_lines

    stages.agree_all(close)
    saved = save_lines(quarter=close.quarter, edits=[edit(close.quarter, CARE, forecast=95_000)], by=close.fay)
    assert saved.to_agree_again == (CARE,)
    found = ServiceReturn.objects.get(quarter=close.quarter, service__slug=CARE)
    assert (found.state, found.submitted_by, found.agreed_by) == (SUBMITTED, close.fay, None)
    with pytest.raises(ValidationError, match="You submitted Adults Care yourself"):
        agree(quarter=close.quarter, slugs=[CARE], by=close.fay)
    agree(quarter=close.quarter, slugs=[CARE], by=another_of_finance("Gus Example"))


@pytest.mark.parametrize("step", STEPS)
def test_a_signed_quarter_takes_no_step(close: Close, step: str) -> None:
    stages.enter_all(close)
    type(close.quarter).objects.filter(pk=close.quarter.pk).update(signed_at=clock.now())
    with pytest.raises(QuarterLocked, match="is locked. Nothing was saved"):
        STEPS[step](quarter=close.quarter, slugs=[CARE], by=close.fay)


@pytest.mark.parametrize(
    ("slugs", "sentence"), [([], "Choose at least one"), (["no-such"], "has no service “no-such”")]
)
def test_nothing_and_what_is_no_service_is_refused(close: Close, slugs: list[str], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        submit(quarter=close.quarter, slugs=slugs, by=close.flo)
