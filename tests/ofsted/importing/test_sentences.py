"""Sentences end where a reader ends them, and only those that judge nothing count as framing."""

import pytest

from ofsted.importing.headings import SectionKind, is_known, kind_of, names_findings
from ofsted.importing.sentences import leads_in, only_announces, only_tells, sentences_of


def test_a_full_stop_behind_a_title_or_an_initial_ends_no_sentence() -> None:
    assert sentences_of("Dr. A. Wu led it. “It is good.” That was so (see p. 2). 40% were late.") == [
        "Dr. A. Wu led it.",
        "“It is good.”",
        "That was so (see p. 2).",
        "40% were late.",
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Based on the evidence gathered during the visit, inspectors identified some areas in which there is progress.",
        "The visit considered a range of evidence, including case records.",
        "A range of evidence was considered during the visit. In addition, we spoke to staff.",
        "I am copying this letter to the Department for Education. This letter will be published on a website.",
    ],
)
def test_a_paragraph_that_only_announces_is_no_finding(words: str) -> None:
    assert only_announces(words)


@pytest.mark.parametrize(
    "words",
    [
        "Based on the evidence gathered during the visit, inspectors identified some areas. Audits are weak.",
        "The visit considered a range of evidence. Plans drift.",
        "Thanks to steady leadership, practice is good.",
        "Based on what they saw, inspectors think little of the audits.",
    ],
)
def test_a_paragraph_with_one_sentence_that_judges_is_a_finding(words: str) -> None:
    assert not only_announces(words)


def test_a_sentence_that_identifies_without_end_announces_nothing() -> None:
    """Takes minutes where the pattern goes back over each “identified”."""
    words = f"Based on the evidence {'identified ' * 18_000 * 5}"
    assert not only_announces(words)
    assert only_announces(f"{words} areas.")


def test_an_opening_tells_what_the_letter_is_or_judges() -> None:
    assert only_tells(
        "This letter is about a visit. The inspectors were A HMI and B HMI. They were accompanied by C D."
    )
    assert not only_tells("The local authority is making slow progress.")
    assert not only_tells("The visit was the third. Progress is slow.")


def test_a_sentence_before_points_announces_them_or_judges() -> None:
    assert leads_in("Inspectors found that:")
    assert leads_in("The headline findings of this visit are:")
    assert not leads_in("Oversight is weak:")
    assert not leads_in("Oversight is weak. Inspectors found that:")


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Areas covered by the visit", SectionKind.AREAS),
        ("What the visit covered", SectionKind.AREAS),
        ("Scope of the monitoring visit", SectionKind.AREAS),
        ("Overview", SectionKind.FINDINGS),
        ("Headline findings:", SectionKind.FINDINGS),
        ("Summary of findings", SectionKind.FINDINGS),
        ("FINDINGS AND EVALUATION OF PROGRESS", SectionKind.FINDINGS),
        ("Areas for improvement", SectionKind.FINDINGS),
        ("Evidence of impact", SectionKind.FINDINGS),
        ("Care leavers", SectionKind.FINDINGS),
        ("Next steps", SectionKind.ASIDE),
        ("Background", SectionKind.ASIDE),
    ],
)
def test_a_heading_says_what_stands_beneath_it(heading: str, kind: SectionKind) -> None:
    assert kind_of(heading) is kind


def test_only_headings_that_such_letters_have_are_known_by_their_words() -> None:
    assert is_known("Overview")
    assert names_findings("Findings")
    for words in ("Overview of the service is weak.", "overview", "Care leavers", "Findings " * 20):
        assert not is_known(words)
