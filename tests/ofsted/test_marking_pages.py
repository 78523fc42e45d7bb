"""The lead marks a finding, gives its figures and links the steps that answer it."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.kinds import Status
from ofsted.kinds import Relation
from ofsted.models import Finding, FindingMeasure, StepLink
from ofsted.services.history import MOVED
from ofsted.services.links import link_step
from ofsted.services.paragraphs import add_quote
from tests.access.cast import TODAY, person_with
from tests.access.people.pages import done, errors_on, page, refused, sentences, text_of, tree_of
from tests.improvement.builders import add_measure, add_reading, make_plan, make_step, person_with_plan
from tests.improvement.keeping import browser_of, form_values, typed
from tests.ofsted.builders import FEW_HOMES, PLANS_LATE, a_paragraph
from tests.ofsted.keeping import KeptLetter, recorded
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db
MARKS = "form:has(#id_theme)"
LINKS = "form[action$='/link/']"
HUGE = 10**30


def marks(browser: Client, address: str, **given: object) -> dict[str, object]:
    """What a browser would send of the marks' form, with these chosen."""
    return {**form_values(page(browser, address), MARKS), **given}


def offered(tree: Any) -> list[str]:
    """The steps that may be linked, found ones first."""
    return [text_of(each) for each in tree.cssselect(f"{LINKS} .govuk-radios__item")]


def cards(tree: Any) -> list[str]:
    return [text_of(each) for each in tree.cssselect(".card")]


def test_the_inspectors_words_come_first_and_then_how_they_may_be_read(kept: KeptLetter, browser: Client) -> None:
    tree = page(browser, kept.finding_address())
    main = text_of(tree.cssselect("main")[0])
    assert main.startswith(
        f"Finding 1 of 3 {PLANS_LATE} Overview, paragraph 1; visit of 25 and 26 July 2017; held back"
    )
    assert "Weakness The inspectors found fault: something has to be put right." in main
    assert "Strength The inspectors were content: no step has to answer it." in main
    assert "No step answers this finding." in main
    (button,) = tree.cssselect("main .govuk-button:not(.govuk-button--secondary)")
    assert text_of(button) == "Save the marks"
    assert [kind for kind, _ in recorded()] == ["letter_entered", "letter_read"]


def test_marks_are_saved_and_the_page_says_what_is_left(kept: KeptLetter, browser: Client) -> None:
    address = kept.finding_address()
    given = marks(
        browser, address, polarity="weakness", theme="Plans", since_last="worse", since_last_words="slower than before"
    )
    where, said = done(browser, address, **given)
    assert where == address
    assert said == ["The marks are saved. 2 of 3 findings are not marked yet."]
    finding = kept.finding()
    assert (finding.polarity, finding.since_last, finding.since_last_words) == (
        "weakness",
        "worse",
        "slower than before",
    )
    tree = page(browser, address)
    assert [each.attrib["value"] for each in tree.cssselect("#themes option")] == ["Plans"]
    assert form_values(tree, MARKS)["polarity"] == "weakness"
    assert any(each.attrib["href"] == kept.finding_address(2) for each in tree.cssselect("main a"))


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("polarity", "awful", "Choose how the finding is to be read."),
        ("theme", "x" * 101, "“Theme” is too long. Type at most 100 characters."),
        ("theme", "???", "Type a theme with letters, such as “housing”."),
        ("theme", "a\0b", "Null characters are not allowed."),
        ("since_last", "odd", "“Since the last visit” has no such choice. Choose one from the list."),
        ("since_last_words", "x" * 301, "“What has changed, in a few words” is too long. Type at most 300 characters."),
        ("revision", "", "This form was changed on its way. Open the page again."),
    ],
)
def test_marks_that_cannot_be_are_refused(
    kept: KeptLetter, browser: Client, field: str, value: str, sentence: str
) -> None:
    address = kept.finding_address()
    given = marks(browser, address, **{"polarity": "weakness", field: value})
    assert refused(browser, address, **given) == [sentence]
    assert kept.finding().polarity == ""


def test_a_second_writer_is_told_and_loses_nothing(kept: KeptLetter, browser: Client) -> None:
    address = kept.finding_address()
    given = marks(browser, address, polarity="strength", theme="Mine")
    kept.mark(2, theme="Theirs")
    tree = tree_of(browser.post(address, given).content)
    assert errors_on(tree) == [MOVED]
    assert "Marked Overview, paragraph 2: polarity weakness; theme Theirs." in text_of(
        tree.get_element_by_id("meanwhile").getparent()
    )
    assert kept.finding().polarity == ""
    again = form_values(tree, MARKS)
    assert (again["polarity"], again["theme"]) == ("strength", "Mine")
    done(browser, address, **again)
    assert kept.finding().polarity == "strength"


@pytest.mark.parametrize(("value", "unit"), [("52%", ""), ("52", "%"), ("52 %", "%"), ("52.00", "%")])
def test_a_figure_is_read_with_and_without_its_sign(kept: KeptLetter, browser: Client, value: str, unit: str) -> None:
    address = f"{kept.finding_address()}measures/add/"
    given = {
        "words": "52% are not in work",
        "value": value,
        "unit": unit,
        "population": "care leavers",
        "direction": "at_most",
        "target": "40%",
    }
    where, _ = done(browser, address, **typed(browser, address, **given))
    assert where == kept.finding_address()
    stored = FindingMeasure.objects.get()
    assert (stored.value, stored.unit, stored.target, stored.direction) == (Decimal(52), "%", Decimal(40), "at_most")
    assert "52% are not in work 52% of care leavers; at most 40% was the target" in sentences(browser, where)


def test_a_part_of_a_whole_is_a_measure_and_is_removed(kept: KeptLetter, browser: Client) -> None:
    address = f"{kept.finding_address()}measures/add/"
    given = {"words": "four of six", "value": "4", "out_of": "6", "unit": "audits"}
    done(browser, address, **typed(browser, address, **given))
    assert "four of six 4 of 6 audits" in sentences(browser, kept.finding_address())
    removal = f"{kept.finding_address()}measures/{FindingMeasure.objects.get().pk}/remove/"
    _, said = done(browser, removal)
    assert said == ["The measure is removed."]
    assert not FindingMeasure.objects.exists()
    _, said = done(browser, removal)
    assert said == ["It is there no longer: somebody else has taken it away."]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("words", "", "Type the measure in the letter's words."),
        ("value", "", "Type the figure, such as 52 or 52%."),
        ("value", "%", "“Value” is no number that can be read."),
        ("value", "52,5", "“Value” has a comma before its decimals. Type them after a point, such as 12.5."),
        ("value", "1.377,50", "“Value” has a comma before its decimals."),
        ("value", "1.377", "“1.377” reads as thousands or as decimals. Type 1,377, or two decimals at most."),
        ("value", "0.125", "“Value” has more than two decimals. Type two at most, such as 12.25."),
        ("value", "0.001", "“Value” has more than two decimals."),
        ("value", "52.1234", "“Value” has more than two decimals."),
        ("value", "0,001", "“Value” has a comma before its decimals."),
        ("value", "-5", "“Value” is no number that can be read."),
        ("value", "1e5", "“Value” is no number that can be read."),
        ("value", "٥٢", "“Value” is no number that can be read."),
        ("value", "NaN", "“Value” is no number that can be read."),
        ("value", "9" * 13, "“Value” is too large."),
        ("value", "5\x002", "Null characters are not allowed."),
        ("out_of", "six", "“Out of” is no count that can be read."),
        ("out_of", "0", "“Out of” is no count that can be read."),
        ("out_of", "9" * 12, "“Out of” is no count that can be read."),
        ("out_of", "60", "Type 52% without “out of”, or 31 out of 60."),
        ("unit", "days", "The value is in per cent, the unit says “days”."),
        ("target", "40", "Say whether the target is “at least” or “at most”"),
        ("direction", "at_most", "Type the number that was to be reached"),
        ("direction", "baseline", "“The target is” has no such choice."),
    ],
)
def test_a_measure_that_cannot_be_is_refused(
    kept: KeptLetter, browser: Client, field: str, value: str, sentence: str
) -> None:
    address = f"{kept.finding_address()}measures/add/"
    given = typed(browser, address, **{"words": "52% are not in work", "value": "52%", field: value})
    assert sentence in refused(browser, address, **given)[0]
    assert not FindingMeasure.objects.exists()


@pytest.mark.parametrize(
    "given",
    [{"value": "4", "out_of": "6", "unit": "audits"}, {"value": "4", "out_of": "6"}, {"value": "4", "unit": "days"}],
    ids=["counts", "counts without a unit", "another unit"],
)
def test_a_target_in_per_cent_belongs_to_a_value_in_per_cent_alone(
    kept: KeptLetter, browser: Client, given: dict[str, str]
) -> None:
    address = f"{kept.finding_address()}measures/add/"
    filled = typed(browser, address, words="In time", direction="at_least", target="50%", **given)
    assert refused(browser, address, **filled) == [
        "The target is in per cent, the value is not. Type both in per cent, such as 52% and 40%, or both as numbers."
    ]
    assert not FindingMeasure.objects.exists()


def test_a_part_that_is_more_than_the_whole_is_refused(kept: KeptLetter, browser: Client) -> None:
    address = f"{kept.finding_address()}measures/add/"
    given = typed(browser, address, words="In time", value="52", out_of="6")
    assert "52 is more than 6." in refused(browser, address, **given)[0]


def test_signs_that_nobody_sees_are_left_out_of_what_is_typed(kept: KeptLetter, browser: Client) -> None:
    address = kept.finding_address()
    done(browser, address, **marks(browser, address, polarity="weakness", theme="Pla\x0bns", since_last_words="a\x01b"))
    finding = kept.finding()
    assert finding.theme is not None
    assert (finding.theme.name, finding.since_last_words) == ("Pla ns", "a b")
    linking = f"{address}link/"
    done(browser, linking, **typed(browser, linking, reference="13.2/1", relation="answers", why="a\x01b"))
    assert StepLink.objects.get().why == "a b"


def test_linked_steps_stand_with_status_measure_and_how_they_belong(kept: KeptLetter, browser: Client) -> None:
    kept.step.status = Status.DONE
    kept.step.save()
    add_reading(add_measure(kept.step, target="90"), "81", dated_on=TODAY)
    link_step(
        finding=kept.finding(), step=kept.step, relation=Relation.CONTRADICTED, why="Audits are wrong.", by=kept.lead
    )
    (card,) = cards(page(browser, kept.finding_address()))
    assert card == (
        "13.2/1 Audit pathway plans and tell the Board Done. 81% against at least 90%: below target. The step is "
        "contradicted by it. Audits are wrong. Remove the link of step 13.2/1"
    )


def test_a_suggested_step_names_the_shared_words_and_is_linked_by_a_button(kept: KeptLetter, browser: Client) -> None:
    address = kept.finding_address()
    tree = page(browser, address)
    (step,) = offered(tree)
    assert step.startswith("13.2/1 Audit pathway plans and tell the Board In progress. Shares: ")
    assert {"audits", "pathway", "plans"} == set(step.split("Shares: ")[1].split(".")[0].split(", "))
    assert not StepLink.objects.exists()
    given = {**form_values(tree, LINKS), "reference": "13.2/1", "relation": "contradicted"}
    where, said = done(browser, f"{address}link/", **given)
    assert where == address
    assert said == ["Step 13.2/1 is linked. The finding contradicts it."]
    link = StepLink.objects.get()
    assert (link.step, link.relation, link.linked_by) == (kept.step, "contradicted", kept.lead)
    assert "No further step of the plan shares words with this finding." in sentences(browser, address)


def test_marks_without_what_the_inspectors_found_say_that_it_is_missing(kept: KeptLetter, browser: Client) -> None:
    address = kept.finding_address()
    _, said = done(browser, address, **marks(browser, address, polarity="", theme="Plans"))
    assert said == [
        "The marks are saved. Nobody has said yet what the inspectors found. 3 of 3 findings are not marked yet."
    ]


def test_a_button_without_a_step_asks_for_one(kept: KeptLetter, browser: Client) -> None:
    address = kept.finding_address()
    given = form_values(page(browser, address), LINKS)
    assert given == {"relation": ""}
    assert refused(browser, f"{address}link/", **given) == [
        "Choose a step, or type its reference.",
        "Say how the step belongs to it.",
    ]


def test_a_link_is_removed_by_its_button(kept: KeptLetter, browser: Client) -> None:
    made = link_step(finding=kept.finding(), step=kept.step, relation=Relation.ANSWERS, why="", by=kept.lead)
    address = f"{kept.finding_address()}unlink/{made.pk}/"
    assert browser.get(address).status_code == 405
    assert done(browser, address) == (kept.finding_address(), ["Step 13.2/1 is not linked any more."])
    assert done(browser, address)[1] == ["It is there no longer: somebody else has taken it away."]


def test_a_step_is_linked_by_its_reference_and_a_reason(kept: KeptLetter, browser: Client) -> None:
    address = f"{kept.finding_address()}link/"
    given = typed(browser, address, reference=" 13.2 / 1", relation="confirmed", why="Seen by inspectors")
    done(browser, address, **given)
    link = StepLink.objects.get()
    assert (link.step, link.relation, link.why) == (kept.step, "confirmed", "Seen by inspectors")
    assert "is linked with this finding already" in refused(browser, address, **given)[0]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("reference", "", "Choose a step, or type its reference."),
        ("reference", "99.9/1", "The plan has no step “99.9/1”."),
        ("reference", "13.2/²", "The plan has no step “13.2/²”."),
        ("reference", "13.2\0/1", "Null characters are not allowed."),
        ("reference", "x" * 41, "“Step” is too long."),
        ("relation", "", "Say how the step belongs to it."),
        ("relation", "odd", "“How it belongs to the finding” has no such choice."),
        ("why", "x" * 301, "“Why” is too long."),
    ],
)
def test_a_link_that_cannot_be_is_refused(
    kept: KeptLetter, browser: Client, field: str, value: str, sentence: str
) -> None:
    address = f"{kept.finding_address()}link/"
    given = typed(browser, address, **{"reference": "13.2/1", "relation": "answers", field: value})
    assert sentence in refused(browser, address, **given)[0]
    assert not StepLink.objects.exists()


def test_steps_are_looked_for_by_words(kept: KeptLetter, browser: Client) -> None:
    make_step(kept.action, how="Buy more brooms")
    tree = page(browser, kept.finding_address(), words="brooms")
    assert "Steps with “brooms”" in text_of(tree.cssselect("main")[0])
    assert offered(tree)[0].startswith("13.2/2 Buy more brooms In progress.")
    words = text_of(page(browser, kept.finding_address(), words="zebra\0" + "x" * 5000).cssselect("main")[0])
    assert "No step of the plan that is not linked yet has these words." in words


def test_a_quoted_finding_is_removed_after_a_question_and_a_whole_one_is_not(kept: KeptLetter, browser: Client) -> None:
    part = "Half of them rent from private landlords."
    add_quote(paragraph=a_paragraph(kept.letter, FEW_HOMES), quote=part, revision=kept.revision, by=kept.lead)
    whole = f"{kept.finding_address(3)}remove/"
    assert "goes by choosing another kind" in refused(browser, whole, **typed(browser, whole))[0]
    address = f"{kept.finding_address(4)}remove/"
    assert part in sentences(browser, address)
    where, said = done(browser, address, **typed(browser, address))
    assert (where, said) == (f"{kept.address}keep/", ["The finding is removed."])
    assert Finding.objects.count() == 3


def test_the_page_takes_as_many_queries_for_one_step_as_for_many(kept: KeptLetter, browser: Client) -> None:
    counted = []
    for number in (1, 9):
        for _ in range(number):
            step = make_step(kept.action, how="Audit the plans")
            add_reading(add_measure(step, target="90"), "81", dated_on=TODAY)
            link_step(finding=kept.finding(), step=step, relation=Relation.ANSWERS, why="", by=kept.lead)
            make_step(kept.action, how="Audit pathway plans")
            for _ in range(3):
                make_step(kept.action, how="Buy more brooms")
        page(browser, kept.finding_address(), words="audit")
        with CaptureQueriesContext(connection) as seen:
            page(browser, kept.finding_address(), words="audit")
        counted.append(len(seen))
    assert counted[0] == counted[1]


def test_others_find_none_of_the_pages(client: Client, kept: KeptLetter) -> None:
    here = kept.finding_address()
    addresses = [
        here,
        *(f"{here}{each}/" for each in ("link", "unlink/1", "measures/add", "measures/1/remove", "remove")),
    ]
    other = person_with_plan(Role.IMPROVEMENT_LEAD, make_plan("other"), "Otto Other")
    for someone in (other, *(person_with(role) for role in (Role.CLERK, Role.MEMBER, Role.MONITORING_OFFICER))):
        browser = browser_of(someone)
        assert [browser.post(each, {}).status_code for each in addresses] == [404] * len(addresses)
        assert browser.get(here).status_code == 404
    assert all(client.post(each, {})["Location"].startswith("/sign-in/") for each in addresses)
    assert [kind for kind, _ in recorded()] == ["letter_entered"]


def test_a_finding_a_link_and_a_measure_of_another_letter_are_not_there(kept: KeptLetter, browser: Client) -> None:
    other = KeptLetter("other")
    link = link_step(finding=other.finding(), step=other.step, relation=Relation.ANSWERS, why="", by=other.lead)
    for number in (other.finding().pk, HUGE):
        assert browser.get(f"{kept.address}findings/{number}/").status_code == 404
    done(browser, f"{kept.finding_address()}unlink/{link.pk}/")
    assert StepLink.objects.exists()
    assert browser.post(f"{kept.finding_address()}unlink/{HUGE}/").status_code == 302


def test_what_goes_away_while_the_button_is_pressed_is_said_so(
    kept: KeptLetter, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = link_step(finding=kept.finding(), step=kept.step, relation=Relation.ANSWERS, why="", by=kept.lead)

    def gone(**given: object) -> None:
        raise StepLink.DoesNotExist

    monkeypatch.setattr("ofsted.views.linking.unlink_step", gone)
    _, said = done(browser, f"{kept.finding_address()}unlink/{made.pk}/")
    assert said == ["It is there no longer: somebody else has taken it away."]


def test_marks_of_a_finding_that_goes_away_meanwhile_lead_nowhere(
    kept: KeptLetter, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = kept.finding_address()
    given = marks(browser, address, polarity="weakness")

    def remove_first(**given: object) -> None:
        kept.finding().delete()
        raise Finding.DoesNotExist

    monkeypatch.setattr("ofsted.views.marking.mark_finding", remove_first)
    assert browser.post(address, given).status_code == 404
