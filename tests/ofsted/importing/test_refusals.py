"""A text that is no letter about a monitoring visit, or lacks what it cannot do without, is refused in a sentence."""

import pytest

from ofsted.importing.recognising import recognise
from ofsted.importing.refusals import UnreadableLetter
from tests.ofsted.importing.making import spaced
from tests.ofsted.importing.samples import FIRST, SECOND
from tests.ofsted.importing.seed import needs_published, whole_supplement

REPORT = """
Revenue Budget Monitoring

1. Introduction

1.1 This report gives a high-level view of the council's revenue position for the first quarter of 2017/18.

Overview

The forecast outturn is an overspend of £1.4m.
"""

AGENDA = """
Overview and Scrutiny Board

Wednesday, 6 September 2017 at 5.30 pm

1. Apologies
2. Minutes
3. Report on the monitoring visit
"""

ORDINARY = """
6 September 2017

Dear Mr Lowe

I enclose the two reports that were marked to follow when the agenda was sent out last week.

Yours sincerely
Jane Doe
"""

TRACKER = """
NOS\tWhat?\tWho?\tHow?\tWhen?\tSuccess measures\tCurrent status
1\tChildren in need of help
1.1\tAssessments within 20 days\tHead of Service\tRevise the standards\tDec 2016\tUnderstood by staff\tCOMPLETED
"""

MINUTES = """
24 August 2017

Overview

The Director told the board of the monitoring visit on 25 and 26 July 2017. The board thanked all staff.
"""

THANKS = """
24 August 2017

Dear Mr Lowe

Thank you for all that you did before and during the monitoring visit on 25 and 26 July 2017.

Yours sincerely
Jane Doe
"""

LETTER = spaced(FIRST)
NO_LETTER = "This is no letter about a monitoring visit: "


def refusal(text: str) -> str:
    with pytest.raises(UnreadableLetter) as refused:
        recognise(text)
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "There are no words to read. Paste the whole letter"),
        (" \n\t\u00a0\u200b\n\f\n", "There are no words to read."),
        ("•\n-\n", "There are no words to read."),
        (REPORT, f"{NO_LETTER}no sentence at its beginning says when a monitoring visit was."),
        (AGENDA, f"{NO_LETTER}it greets nobody"),
        (ORDINARY, f"{NO_LETTER}no sentence at its beginning says when a monitoring visit was."),
        (TRACKER, f"{NO_LETTER}no sentence at its beginning says when a monitoring visit was."),
        (MINUTES, f"{NO_LETTER}it greets nobody"),
        (THANKS, "The letter has no heading such as “Overview”"),
        (LETTER.replace("22 December 2017\n", ""), "The letter has no date that can be read. Write it on a line"),
        (LETTER.replace("22 December", "32 December"), "The letter has no date that can be read."),
        (LETTER.replace("on 30 November and 1 December 2017", ""), "The letter has no days of the visit"),
        (LETTER.replace("and 1 December 2017", "and 1 December"), "The letter has no days of the visit"),
        (LETTER.replace("30 November and 1", "31 November and 1"), "names days that no calendar has"),
        (LETTER.replace("30 November and 1 December", "1 December and 30 November"), "in the wrong order"),
        (LETTER.replace("Pugh", "Pu\x00gh"), "Line 24 holds a character that is none of a text"),
        (LETTER.replace("Pugh", "Pu\ud800gh"), "holds a character that is none of a text"),
        ("a\n" * 5_001, "The text has 5,001 lines; 5,000 is the most of a letter."),
        ("a" * 200_001, "The text has 200,001 characters; 200,000 is the most of a letter."),
        (LETTER + "\n\n".join(["Another paper stands here."] * 41), "41 lines stand after the signature"),
    ],
)
def test_a_text_of_another_kind_is_refused_with_what_is_missing_and_the_cure(text: str, words: str) -> None:
    said = refusal(text)
    assert words in said
    assert said.endswith(".")
    assert said.count(". ") >= 1 or said.count(".") == 1


def test_a_letter_whose_headings_stand_over_no_finding_is_refused() -> None:
    text = spaced(SECOND)
    begins, ends = text.index("The local authority has made little"), text.index("Yours faithfully")
    text = f"{text[:begins]}Overview\n\nI am copying this letter to the Department for Education.\n\n{text[ends:]}"
    assert refusal(text).startswith("The letter has no finding that can be read. Put each finding on a paragraph")


@needs_published
def test_the_whole_supplement_is_refused() -> None:
    refusal(whole_supplement())


def test_a_refusal_never_repeats_what_the_letter_says() -> None:
    for line in {each for each in LETTER.split("\n") if len(each.split()) > 1}:
        try:
            recognise(LETTER.replace(line, "", 1))
        except UnreadableLetter as refused:
            said = str(refused)
            assert not any(each in said for each in LETTER.split("\n") if len(each.split()) > 3)
            assert "Wexcombe" not in said
