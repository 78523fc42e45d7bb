"""Letters are read from PDFs, Word documents and text files, whatever they are named."""

import codecs
from io import BytesIO

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ofsted.importing.reading import read_letter
from tests.ofsted.importing.making import document, pdf, saved, spaced, unspaced
from tests.ofsted.importing.samples import FIFTH, FIFTH_TEXT, FIRST, FIRST_TEXT, INVENTED
from tests.ofsted.importing.seed import composed, needs_published
from tests.ofsted.importing.test_recognising import lost_words, require_published


@needs_published
@pytest.mark.parametrize("is_tagged", [True, False])
def test_the_published_letter_is_read_from_a_pdf_tagged_or_not(is_tagged: bool) -> None:
    letter = read_letter(pdf(composed(), is_tagged=is_tagged), "letter.pdf")
    require_published(letter)
    assert lost_words(composed(), letter) == []


@needs_published
@pytest.mark.parametrize("with_styles", [True, False])
def test_the_published_letter_is_read_from_a_word_document_with_and_without_styles(with_styles: bool) -> None:
    require_published(read_letter(document(composed(), with_styles=with_styles), "letter.docx"))


@needs_published
def test_the_published_letter_is_read_from_a_text_file() -> None:
    require_published(read_letter(spaced(composed()).encode(), "letter.txt"))


@pytest.mark.parametrize(("name", "is_tagged"), [("first", True), ("fifth", False), ("second", True)])
def test_an_invented_letter_is_read_from_a_pdf(name: str, is_tagged: bool) -> None:
    letter, expected = INVENTED[name]
    assert read_letter(pdf(letter, is_tagged=is_tagged), "letter.pdf") == expected


@pytest.mark.parametrize("name", INVENTED)
@pytest.mark.parametrize("with_styles", [True, False])
def test_an_invented_letter_is_read_from_a_word_document(name: str, with_styles: bool) -> None:
    letter, expected = INVENTED[name]
    assert read_letter(document(letter, with_styles=with_styles), "letter.docx") == expected


@pytest.mark.parametrize("name", INVENTED)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_an_invented_letter_is_read_from_text_of_the_usual_encodings(name: str, encoding: str) -> None:
    letter, expected = INVENTED[name]
    assert read_letter(unspaced(letter).encode(encoding), "letter.txt") == expected


def test_utf_16_of_the_other_order_is_read_by_its_mark() -> None:
    data = codecs.BOM_UTF16_BE + spaced(FIRST).encode("utf-16-be")
    assert read_letter(data, "letter.txt") == FIRST_TEXT


@pytest.mark.parametrize("name", ["letter.pdf", "letter.xlsx", "letter", "", "a\x00\nb/../letter.exe"])
def test_a_file_is_what_it_holds_and_not_what_it_is_named(name: str) -> None:
    assert read_letter(spaced(FIRST).encode(), name) == FIRST_TEXT
    assert read_letter(document(FIRST), name) == FIRST_TEXT


def test_tracked_changes_are_read_as_accepted_and_comments_are_left_out() -> None:
    made = docx.Document(BytesIO(document(FIFTH)))
    paragraph = next(each for each in made.paragraphs if each.text.startswith("Support for children"))
    for tag, inner in (("del", "<w:delText>never </w:delText>"), ("moveFrom", "<w:t>was moved </w:t>")):
        paragraph._p.insert(1, parse_xml(f'<w:{tag} {nsdecls("w")} w:id="1"><w:r>{inner}</w:r></w:{tag}>'))
    paragraph._p.append(parse_xml(f'<w:ins {nsdecls("w")} w:id="2"><w:r><w:t> It shall be mended.</w:t></w:r></w:ins>'))
    made.add_comment(paragraph.runs, text="Is that so", author="A", initials="A")
    words = read_letter(saved(made), "letter.docx").sections[0].paragraphs[2].words
    assert words == "Support for children who go missing is still weak. It shall be mended."


def test_words_in_a_table_are_read_in_their_order() -> None:
    made = docx.Document()
    blocks = list(FIFTH.blocks)
    for kind, words in blocks:
        if kind == "lines":
            made.add_table(rows=1, cols=1).cell(0, 0).text = words
        else:
            made.add_paragraph(words, style={"point": "List Bullet"}.get(kind))
    assert read_letter(saved(made), "letter.docx") == FIFTH_TEXT
