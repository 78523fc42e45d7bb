"""What no address of the tracker can be is not found, and never an error of ours."""

import pytest

from tests.improvement.builders import make_action, make_step
from tests.improvement.keeping import HEAD, Kept, browser_of

pytestmark = pytest.mark.django_db
MANY = "9" * 25


@pytest.mark.parametrize(
    "address",
    [
        f"updates/{MANY}/",
        f"rounds/{MANY}/",
        f"versions/{MANY}/",
        f"owners/{MANY}/",
        f"measures/{MANY}/",
        f"measures/{MANY}/reading/",
        f"steps/2.3/{MANY}/",
        f"steps/2.3/{MANY}/update/",
        "steps/%00/1/",
        "steps/%00/1/update/",
        "steps/%00/1/change/",
        "actions/%00/add/",
        "small-counts/%00/",
        "small-counts/x/",
    ],
)
def test_numbers_too_long_and_characters_that_no_reference_has_are_not_found(address: str) -> None:
    lead = browser_of(Kept().lead)
    assert lead.get(f"/plans/plan/{address}").status_code == 404
    assert lead.get(f"/plans/imports/{MANY}/").status_code == 404


def test_a_reference_with_a_slash_has_its_pages() -> None:
    kept = Kept()
    make_step(make_action(kept.plan, "4/5"), owners=(HEAD,))
    lead = browser_of(kept.lead)
    for address in ("steps/4/5/1/update/", "steps/4/5/1/change/", "steps/4/5/1/measures/add/", "actions/4/5/add/"):
        assert lead.get(f"/plans/plan/{address}").status_code == 200, address


def test_words_with_a_nul_and_marks_of_no_step_are_refused_on_the_form() -> None:
    kept = Kept()
    owner = browser_of(kept.owner)
    for given in ({"text": "a\x00b", "seen": "0-0-0-0"}, {"text": "ab", "seen": "999999999999999999-1-1-1"}):
        response = owner.post("/plans/plan/steps/2.3/1/update/", given)
        assert "There is a problem" in response.content.decode()
    assert not kept.step.updates.exists()
