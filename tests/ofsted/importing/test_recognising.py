"""Letters of several shapes are recognised from their words alone."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from ofsted.calculations.letter import LetterText
from ofsted.importing.recognising import recognise
from tests.ofsted.importing.making import Written, paged, spaced, unspaced, wrapped
from tests.ofsted.importing.samples import FIFTH, FIFTH_TEXT, FIRST, FIRST_TEXT, INVENTED
from tests.ofsted.importing.seed import composed, expected_findings, needs_published, published, raw_pages

SHAPES: dict[str, Callable[[Written], str]] = {
    "a line a paragraph": spaced,
    "no blank lines": unspaced,
    "wrapped": wrapped,
    "in pages": paged,
}


def without_blank_lines(letter: Written) -> str:
    """Wrapped, where nothing shows for sure at which line a paragraph ends."""
    return re.sub(r"\n{2,}", "\n", wrapped(letter))


ALL_SHAPES = {**SHAPES, "wrapped without blank lines": without_blank_lines}


def require_published(letter: LetterText) -> None:
    """Everything of the published letter, word for word."""
    said = published()
    assert list(letter.areas) == said["areas_covered"]
    assert len(letter.areas) == 6
    assert list(letter.findings) == expected_findings()
    assert len(letter.findings) == 1 + 3 + 11
    assert letter.title == said["title"]
    assert letter.dated == date(2017, 8, 24)
    assert (letter.visit.printed, letter.visit.first, letter.visit.last) == (
        "25 and 26 July 2017",
        date(2017, 7, 25),
        date(2017, 7, 26),
    )
    assert letter.visit_number == 3
    assert letter.inspectors == ("Emmy Tomsett HMI", "Margaret Burke HMI")
    assert letter.companions == (
        "Shirley Bailey, senior HMI",
        "Fiona Mongredien from the Department for Education",
    )
    assert list(letter.addressee) == said["to"]
    assert letter.salutation == "Dear Mr Dempsey"
    assert letter.copied_to == ("Department for Education",)
    assert letter.signed_by == said["signed_by"]
    assert letter.stamp == "Pre-publication"
    assert [section.heading for section in letter.sections] == ["", *list(said["sections"])[1:]]


@needs_published
def test_the_published_letter_is_recognised_from_the_supplements_own_pages() -> None:
    require_published(recognise(raw_pages()))


@needs_published
@pytest.mark.parametrize("shape", SHAPES)
def test_the_published_letter_is_recognised_in_every_shape_of_text(shape: str) -> None:
    require_published(recognise(SHAPES[shape](composed())))


@pytest.mark.parametrize("name", INVENTED)
@pytest.mark.parametrize("shape", SHAPES)
def test_an_invented_letter_is_recognised_in_every_shape_of_text(name: str, shape: str) -> None:
    letter, expected = INVENTED[name]
    assert recognise(SHAPES[shape](letter)) == expected


@pytest.mark.parametrize("bullet", ["- ", "• ", "■ ", "o ", "– ", "•", "■\t", "-\n", "o\n", "–\n"])
def test_every_usual_bullet_is_told_from_the_words_behind_it(bullet: str) -> None:
    assert recognise(spaced(FIRST, bullet)) == FIRST_TEXT


def test_characters_that_only_look_different_do_not_matter() -> None:
    text = spaced(FIRST).replace("Wexcombe local", "Wexcombe\u00a0local").replace("findings of", "\ufb01ndings of")
    text = text.replace("assessment teams", "assess\u00adment teams").replace("Pugh", "\u200bPugh")
    assert recognise(text) == FIRST_TEXT


def test_a_title_broken_over_lines_is_one_title() -> None:
    text = spaced(FIRST).replace("First monitoring visit of Wexcombe", "First monitoring visit\n\nof Wexcombe\n\n")
    assert recognise(text).title == FIRST_TEXT.title


def test_a_line_that_ends_within_a_sentence_goes_on_before_a_name() -> None:
    text = wrapped(FIFTH).replace("carried out by Asha", "carried out by\nAsha")
    assert recognise(text) == FIFTH_TEXT


def test_a_paragraph_broken_across_a_page_is_one_paragraph() -> None:
    broken = spaced(FIRST).replace("The local authority accepts this.", "The local authority\n\n2\n\naccepts this.")
    assert "\n\n2\n\n" in broken
    assert recognise(broken) == FIRST_TEXT


@pytest.mark.parametrize("hyphen", ["-", "\u2010", "\u00ad"])
def test_a_word_broken_at_a_lines_end_is_one_word_and_a_compound_keeps_its_hyphen(hyphen: str) -> None:
    text = wrapped(FIRST, width=100)
    text = text.replace("observation of", f"obser{hyphen}\nvation of").replace("The multi-agency", "The multi-\nagency")
    assert recognise(text) == FIRST_TEXT


def test_parts_that_a_person_can_add_later_may_be_missing() -> None:
    text = """
        Dear colleague

        This letter is about the monitoring visit on 3 May 2019.

        Overview

        Help comes late.
        """
    letter = recognise(f"1 June 2019\n{text}")
    assert (letter.addressee, letter.inspectors, letter.companions, letter.signed_by) == ((), (), (), "")
    assert letter.visit_number is None
    assert letter.title == "Monitoring visit, 3 May 2019"
    assert letter.findings == ("Help comes late.",)


def test_a_letter_without_salutation_and_closing_words_is_recognised() -> None:
    text = spaced(FIRST).replace("Dear Ms O’Rourke\n", "").replace("Yours sincerely\n", "")
    letter = recognise(text)
    assert letter.title == FIRST_TEXT.title
    assert letter.addressee == FIRST_TEXT.addressee
    assert letter.signed_by == FIRST_TEXT.signed_by
    assert letter.sections == FIRST_TEXT.sections


def test_what_stands_after_the_signature_is_kept_under_a_heading_of_its_own() -> None:
    letter = recognise(f"{spaced(FIRST)}\nThe appendix lists the cases that were read, and who read each of them.\n")
    assert letter.sections[:-1] == FIRST_TEXT.sections
    assert letter.sections[-1].heading == "After the signature"
    assert [each.words for each in letter.sections[-1].paragraphs] == [
        "The appendix lists the cases that were read, and who read each of them."
    ]
    assert letter.findings == FIRST_TEXT.findings


@pytest.mark.parametrize("name", INVENTED)
@pytest.mark.parametrize("shape", ALL_SHAPES)
def test_no_word_of_a_letters_body_is_lost(name: str, shape: str) -> None:
    letter, _ = INVENTED[name]
    text = ALL_SHAPES[shape](letter)
    assert lost_words(letter, recognise(text)) == []


def lost_words(letter: Written, read: LetterText) -> list[str]:
    """The words of the body that stand in no field; the closing words are no part of what a letter says."""
    fields = [read.title, read.salutation, read.signed_by, read.stamp, *read.copied_to]
    fields += [each for section in read.sections for each in (section.heading, *(p.words for p in section.paragraphs))]
    kept = " ".join(fields).split()
    left = [word.strip(",") for word in kept]
    lost: list[str] = []
    for word in letter.body_words():
        if word.strip(",") in left:
            left.remove(word.strip(","))
        elif word not in ("Yours", "sincerely", "faithfully", "Signed", "by", "cc:"):
            lost.append(word)
    return lost


@needs_published
@pytest.mark.parametrize("shape", SHAPES)
def test_no_word_of_the_published_letters_body_is_lost(shape: str) -> None:
    assert lost_words(composed(), recognise(SHAPES[shape](composed()))) == []


def test_the_order_of_sections_stays_as_it_stands() -> None:
    headings = [section.heading for section in recognise(spaced(FIFTH)).sections]
    assert headings == [
        "",
        "Areas covered by this monitoring visit",
        "Summary of findings",
        "Children who go missing",
        "Leadership and management",
        "Next steps",
    ]
