"""Findings are marked, measured and made from paragraphs, each change with its history."""

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.postgres.search import SearchQuery
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from improvement.kinds import Direction
from improvement.selectors.finding import SEARCH_CONFIG
from ofsted.kinds import ParagraphKind, Polarity, Relation, SinceLast
from ofsted.models import Finding, FindingMeasure, FindingTheme, LetterParagraph
from ofsted.services import paragraphs
from ofsted.services.findings import add_measure, mark_finding, remove_measure
from ofsted.services.history import LetterHasMoved
from ofsted.services.links import link_step
from ofsted.services.paragraphs import add_quote, change_paragraph, remove_quote
from ofsted.services.searching import index_findings
from tests.access.services.racing import at_once
from tests.ofsted.builders import FEW_HOMES, PLANS_LATE, WELL_KNOWN, a_letter, a_paragraph, again
from tests.ofsted.keeping import KeptLetter, told

pytestmark = pytest.mark.django_db
HALF = "Half of them rent from private landlords."


def found(words: str) -> list[str]:
    query = SearchQuery(words, config=SEARCH_CONFIG, search_type="websearch")
    return [each.words for each in Finding.objects.filter(search=query).select_related("paragraph")]


def mark(kept: KeptLetter, number: int = 1, **given: Any) -> Finding:
    values = {
        "polarity": Polarity.WEAKNESS,
        "theme_name": "Pathway plans",
        "since_last": SinceLast.NOT_STATED,
        "since_last_words": "",
        "revision": kept.revision,
        **given,
    }
    return mark_finding(finding=kept.finding(number), by=kept.lead, **values)


def measure(kept: KeptLetter, **given: Any) -> FindingMeasure:
    values = {
        "words": "52% of care leavers",
        "value": Decimal(52),
        "out_of": None,
        "unit": "%",
        "population": "care leavers",
        "direction": Direction.AT_MOST,
        "target": Decimal(40),
        "revision": kept.revision,
        **given,
    }
    return add_measure(finding=kept.finding(), by=kept.lead, **values)


def quote(kept: KeptLetter, words: str = HALF) -> Finding:
    return add_quote(paragraph=a_paragraph(kept.letter, FEW_HOMES), quote=words, revision=kept.revision, by=kept.lead)


def change(kept: KeptLetter, stored: str, **given: Any) -> LetterParagraph:
    values = {"words": stored, "kind": ParagraphKind.FINDING, "revision": kept.revision, **given}
    return change_paragraph(paragraph=a_paragraph(kept.letter, stored), by=kept.lead, **values)


def test_a_finding_is_marked_and_the_history_says_how(kept: KeptLetter) -> None:
    mark(kept, since_last=SinceLast.WORSE, since_last_words=" slower  than before ")
    finding = kept.finding()
    assert (finding.polarity, finding.since_last) == ("weakness", "worse")
    assert finding.since_last_words == "slower than before"
    assert finding.theme is not None
    assert finding.theme.name == "Pathway plans"
    assert kept.history()[-1] == (
        "Marked Overview, paragraph 1: polarity weakness; theme Pathway plans; since the last visit worse than at the "
        "last visit; in words “slower than before”."
    )
    assert kept.revision == 2


def test_the_same_marks_again_change_nothing(kept: KeptLetter) -> None:
    mark(kept)
    mark(kept)
    assert len(kept.history()) == 2


def test_a_mark_that_is_taken_away_is_said_so(kept: KeptLetter) -> None:
    mark(kept)
    mark(kept, polarity=Polarity.NOT_MARKED)
    assert kept.history()[-1] == "Marked Overview, paragraph 1: polarity taken away."


def test_a_theme_is_made_once_whatever_its_spelling_and_goes_with_its_last_finding(kept: KeptLetter) -> None:
    mark(kept, 1, theme_name="Pathway  plans")
    mark(kept, 2, theme_name="pathway PLANS")
    assert FindingTheme.objects.get().name == "Pathway plans"
    mark(kept, 1, theme_name="Homes")
    assert FindingTheme.objects.count() == 2
    mark(kept, 2, theme_name="")
    assert FindingTheme.objects.get().name == "Homes"


@pytest.mark.parametrize(
    ("first", "second", "slugs"),
    [
        ("Müller: a house", "muller a house", ["muller-a-house", "muller-a-house-2"]),
        ("x" * 61 + " in Paignton", "x" * 61 + " in general", ["x" * 60, "x" * 58 + "-2"]),
    ],
    ids=["signs", "length"],
)
def test_a_name_that_has_anothers_address_is_a_theme_of_its_own(
    kept: KeptLetter, first: str, second: str, slugs: list[str]
) -> None:
    mark(kept, 1, theme_name=first)
    mark(kept, 2, theme_name=second)
    mark(kept, 3, theme_name=second.upper())
    assert list(FindingTheme.objects.order_by("pk").values_list("name", "slug")) == list(
        zip([first, second], slugs, strict=True)
    )
    assert kept.finding(3).theme == kept.finding(2).theme


def test_a_third_name_of_one_address_counts_on(kept: KeptLetter) -> None:
    for number, name in enumerate(("Homes", "Homes!", "Homes?"), start=1):
        mark(kept, number, theme_name=name)
    assert list(FindingTheme.objects.order_by("pk").values_list("slug", flat=True)) == ["homes", "homes-2", "homes-3"]


@pytest.mark.parametrize("name", ["x" * 101, "!!!"])
def test_a_theme_that_cannot_be_is_refused(kept: KeptLetter, name: str) -> None:
    with pytest.raises(ValidationError) as refused:
        mark(kept, theme_name=name)
    assert "theme" in refused.value.message_dict
    assert not FindingTheme.objects.exists()


def test_the_demonstration_marks_without_history_and_asks_for_no_revision() -> None:
    letter = a_letter()
    finding = Finding.objects.filter(paragraph__letter=letter).select_related("paragraph")[0]
    for theme in ("Homes", "Visits"):
        mark_finding(
            finding=finding,
            polarity=Polarity.STRENGTH,
            theme_name=theme,
            since_last=SinceLast.NEW,
            since_last_words="",
            revision=None,
            by=None,
        )
    assert not again(letter).entries.exists()


def test_a_stale_mark_is_told_what_was_done_and_stores_nothing(kept: KeptLetter) -> None:
    seen = kept.revision
    mark(kept, 2)
    with pytest.raises(LetterHasMoved) as moved:
        mark(kept, 1, revision=seen)
    assert [each.says for each in moved.value.entries] == kept.history()[-1:]
    assert kept.finding().polarity == ""


@pytest.mark.django_db(transaction=True)
def test_two_who_mark_at_once_with_a_new_theme_make_it_once_and_one_is_told() -> None:
    kept = KeptLetter()
    seen = kept.revision
    refused = at_once(lambda number: told(lambda: mark(kept, number + 1, revision=seen)), 2)
    assert set(refused) == {None, LetterHasMoved}
    assert FindingTheme.objects.count() == 1


def test_a_measure_is_added_after_the_others_and_removed(kept: KeptLetter) -> None:
    measure(kept)
    second = measure(
        kept, words="four of six", value=Decimal(4), out_of=6, unit="audits", direction=Direction.UNKNOWN, target=None
    )
    assert second.position == 2
    assert kept.history()[-2:] == [
        "Added a measure to Overview, paragraph 1: “52% of care leavers” (52%).",
        "Added a measure to Overview, paragraph 1: “four of six” (4 audits).",
    ]
    remove_measure(measure=second, revision=kept.revision, by=kept.lead)
    assert FindingMeasure.objects.get().words == "52% of care leavers"
    assert kept.history()[-1] == "Removed a measure from Overview, paragraph 1: “four of six”."


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"words": " "}, "words"),
        ({"target": None}, "target"),
        ({"direction": Direction.UNKNOWN}, "direction"),
        ({"direction": Direction.BASELINE}, "direction"),
        ({"out_of": 60}, "out_of"),
        ({"out_of": 6, "unit": "audits"}, "out_of"),
    ],
)
def test_a_measure_that_cannot_be_is_refused(kept: KeptLetter, given: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        measure(kept, **given)
    assert list(refused.value.message_dict) == [field]
    assert not FindingMeasure.objects.exists()


def test_corrected_words_are_found_by_and_stand_in_the_history(kept: KeptLetter) -> None:
    assert found("entitlement") == [WELL_KNOWN]
    change(kept, WELL_KNOWN, words="Young people know the handbook.")
    assert found("entitlement") == []
    assert found("handbook") == ["Young people know the handbook."]
    assert kept.history()[-1] == (
        f"Changed Overview, paragraph 2: words from “{WELL_KNOWN}” to “Young people know the handbook.”."
    )


def test_a_finding_is_found_by_its_theme_and_a_quote_by_its_own_words_alone(kept: KeptLetter) -> None:
    mark(kept, 3, theme_name="Accommodation")
    quote(kept)
    assert found("accommodation") == [FEW_HOMES]
    assert found("landlords") == [FEW_HOMES, HALF]
    assert found("homes") == [FEW_HOMES]


def test_what_findings_are_found_by_is_written_in_one_statement(kept: KeptLetter) -> None:
    numbers = list(Finding.objects.values_list("pk", flat=True))
    Finding.objects.update(search=None)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        index_findings(numbers)
    assert len(seen) == 1
    assert found("landlords or entitlement") == [WELL_KNOWN, FEW_HOMES]


def test_a_paragraph_without_words_is_refused(kept: KeptLetter) -> None:
    with pytest.raises(ValidationError, match=paragraphs.NO_WORDS):
        change(kept, PLANS_LATE, words=" \n ")


def test_a_paragraph_becomes_a_finding_and_text_again_and_the_others_are_counted_anew(kept: KeptLetter) -> None:
    change(kept, PLANS_LATE, kind=ParagraphKind.TEXT)
    rows = LetterParagraph.objects.filter(letter=kept.letter, section="Overview").order_by("position")
    assert [(each.kind, each.number) for each in rows] == [("text", 1), ("finding", 1), ("finding", 2)]
    assert Finding.objects.count() == 2
    assert kept.history()[-1] == "Changed Overview, paragraph 1: kind from finding to text."
    change(kept, PLANS_LATE, kind=ParagraphKind.FINDING)
    assert kept.finding(1).words == PLANS_LATE
    assert [each.number for each in rows.all()] == [1, 2, 3]


def test_a_finding_that_is_marked_measured_or_linked_does_not_become_text(kept: KeptLetter) -> None:
    uses: tuple[Any, ...] = (
        lambda: mark(kept, polarity=Polarity.NOT_MARKED),
        lambda: measure(kept),
        lambda: link_step(finding=kept.finding(), step=kept.step, relation=Relation.ANSWERS, why="", by=kept.lead),
    )
    for use in uses:
        use()
        with pytest.raises(ValidationError, match=paragraphs.IN_USE):
            change(kept, PLANS_LATE, kind=ParagraphKind.TEXT)
        Finding.objects.update(theme=None)
        FindingMeasure.objects.all().delete()
    assert Finding.objects.count() == 3


def test_a_part_of_a_paragraph_is_a_finding_of_its_own(kept: KeptLetter) -> None:
    finding = quote(kept)
    assert (finding.position, finding.words, finding.polarity) == (2, HALF, "")
    assert kept.history()[-1] == f"Added a finding of Overview, paragraph 3: “{HALF}”."


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Half of them live alone.", paragraphs.NOT_WORD_FOR_WORD),
        ("  ", paragraphs.NOT_WORD_FOR_WORD),
        (FEW_HOMES, paragraphs.WHOLE),
        (HALF, paragraphs.QUOTED_ALREADY),
    ],
)
def test_a_quote_has_to_be_a_part_and_new(kept: KeptLetter, words: str, sentence: str) -> None:
    quote(kept)
    with pytest.raises(ValidationError) as refused:
        quote(kept, words)
    assert refused.value.messages == [sentence]
    assert Finding.objects.count() == 4


def test_only_a_paragraph_that_is_a_finding_is_quoted(kept: KeptLetter) -> None:
    change(kept, FEW_HOMES, kind=ParagraphKind.AREA)
    with pytest.raises(ValidationError, match="Only a paragraph of the kind"):
        quote(kept)


def test_quoted_words_stay_in_the_paragraph_until_their_finding_is_removed(kept: KeptLetter) -> None:
    finding = quote(kept)
    with pytest.raises(ValidationError, match="A finding quotes “Half of them"):
        change(kept, FEW_HOMES, words="Too few homes are there.")
    remove_quote(finding=finding, revision=kept.revision, by=kept.lead)
    change(kept, FEW_HOMES, words="Too few homes are there.")
    assert Finding.objects.count() == 3


def test_a_whole_finding_and_one_in_use_are_not_removed(kept: KeptLetter) -> None:
    with pytest.raises(ValidationError, match=paragraphs.LAST_ONE):
        remove_quote(finding=kept.finding(3), revision=kept.revision, by=kept.lead)
    finding = quote(kept)
    mark(kept, 4)
    with pytest.raises(ValidationError, match=paragraphs.MARKED):
        remove_quote(finding=finding, revision=kept.revision, by=kept.lead)
