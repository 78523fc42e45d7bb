"""A letter as a paper: its words in their order, told as what it is, and confidential until Ofsted has published it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ofsted.models import Letter
from ofsted.reports.letter import LETTER, UnknownLetter, confidence, letter_paper
from tests.ofsted.builders import AREAS, FINDINGS, OVERVIEW, a_letter, an_inspection, publish
from torbay_reports.documents import registry
from torbay_reports.documents.blocks import (
    Block,
    BulletList,
    Document,
    Heading,
    LineBreak,
    Paragraph,
    Text,
    from_json,
    plain,
    to_json,
)
from torbay_reports.documents.soundness import fault

pytestmark = pytest.mark.django_db
SUBJECT = "services-2016/2017-07"


def told(block: Block) -> tuple[str, str]:
    """What kind of block it is and what it says."""
    match block:
        case Heading():
            return f"heading {block.level}", block.text
        case BulletList():
            return "list", "|".join(plain(item) for item in block.items)
        case Paragraph():
            return "paragraph", plain(block.content)
    raise AssertionError(block)


def one(block_anchor: str, document: Document) -> Block:
    (found,) = (block for block in document.blocks if block.anchor == block_anchor)
    return found


def test_it_says_all_that_the_letter_says_in_its_order() -> None:
    a_letter(stamp="Pre-publication")
    document = letter_paper(SUBJECT)
    assert (document.source, document.subject, document.orientation) == (LETTER, SUBJECT, "portrait")
    assert document.title == "Third monitoring visit to children's services"
    assert document.draft
    assert [told(block) for block in document.blocks] == [
        ("paragraph", "24 August 2017"),
        ("paragraph", "Ms Ada Director\nDirector of Children's Services"),
        ("paragraph", "Dear Ms Director"),
        ("paragraph", "This letter tells what the visit found."),
        ("heading 2", "Areas covered by the visit"),
        ("paragraph", "The visit looked at:"),
        ("list", "|".join(AREAS)),
        ("heading 2", OVERVIEW),
        *(("paragraph", each) for each in FINDINGS),
        ("paragraph", "Signed in the original by Ina Inspector, Her Majesty's Inspector."),
        ("paragraph", "Copied to: The Department for Education."),
        ("paragraph", "The printed copy is marked “Pre-publication”."),
    ]


def test_the_addressee_stands_line_by_line_and_no_paragraph_has_a_number() -> None:
    a_letter()
    document = letter_paper(SUBJECT)
    addressee = one("addressee", document)
    assert isinstance(addressee, Paragraph)
    assert addressee.content == (
        Text(text="Ms Ada Director"),
        LineBreak(),
        Text(text="Director of Children's Services"),
    )
    assert not any(getattr(block, "number", "") for block in document.blocks)


def test_what_a_letter_does_not_say_is_left_out() -> None:
    a_letter(addressee=(), salutation="", signed_by="", copied_to=())
    anchors = [block.anchor for block in letter_paper(SUBJECT).blocks]
    assert anchors[0] == "dated"
    assert not {"addressee", "salutation", "signed-by", "copied-to", "stamp"} & {*anchors}


def test_it_can_be_stored_and_nothing_stands_against_its_parts() -> None:
    a_letter()
    document = letter_paper(SUBJECT)
    assert from_json(to_json(document)) == document
    assert not fault(document, "the letter")


def test_its_notice_is_its_own_and_not_that_of_its_inspection() -> None:
    letter = a_letter(an_inspection(notice="Invented."))
    assert letter_paper(SUBJECT).notice == ""
    Letter.objects.filter(pk=letter.pk).update(notice="Invented, and rewritten.")
    assert letter_paper(SUBJECT).notice == "Invented, and rewritten."


@pytest.mark.parametrize(
    "subject",
    ["", "/", "services-2016", "services-2016/", "services-2016/2017-08", "other/2017-07", "services-2016/2017-07/"],
)
def test_a_subject_without_a_letter_is_told_how_one_is_written(subject: str) -> None:
    a_letter()
    with pytest.raises(UnknownLetter, match=r"write the inspection and the month of the visit, like childrens-serv"):
        letter_paper(subject)
    assert confidence(subject) is None


def test_a_visit_without_a_letter_is_no_paper() -> None:
    letter = a_letter()
    letter.delete()
    with pytest.raises(LookupError, match="There is no letter 'services-2016/2017-07'"):
        letter_paper(SUBJECT)


def test_it_is_confidential_until_somebody_has_recorded_that_ofsted_published_it() -> None:
    letter = a_letter()
    source = registry.source(LETTER)
    held = source.confidence(SUBJECT)
    assert held is not None
    assert (held.furnished_by, held.terms) == ("Ofsted", "Ofsted has not published this letter yet.")
    publish(letter)
    assert source.confidence(SUBJECT) is None
    assert source.build(SUBJECT).title == letter.title


def test_it_costs_the_same_number_of_queries_at_one_finding_and_at_many() -> None:
    a_letter(findings=FINDINGS[:1])
    a_letter(an_inspection("long"), findings=tuple(f"Finding {number} is one." for number in range(40)))
    counted = []
    for subject in (SUBJECT, "long/2017-07"):
        with CaptureQueriesContext(connection) as captured:
            letter_paper(subject)
        counted.append(len(captured))
    assert counted == [3, 3]
