import pytest

from torbay_reports.agenda.flowing import paragraphs_of

FULL = "The board received the report of the assistant director and"


def test_a_line_that_has_no_more_room_goes_on_with_the_next() -> None:
    assert paragraphs_of(f"{FULL}\nnoted it.") == (f"{FULL} noted it.",)


def test_a_line_that_ends_early_ends() -> None:
    assert paragraphs_of(f"Minutes\n{FULL}\nnoted it.\nThey rose.") == (f"Minutes\n{FULL} noted it.\nThey rose.",)


@pytest.mark.parametrize("begins", ["• Second", "3. Third", "(b) Other", "4.12 The", "– Last", "iv) Fourth"])
def test_a_point_begins_on_a_line_of_its_own(begins: str) -> None:
    assert paragraphs_of(f"{FULL}\n{begins} point of the report") == (f"{FULL}\n{begins} point of the report",)


@pytest.mark.parametrize("begins", ["3 quays were", "a harbour was", "well-known"])
def test_words_that_only_look_like_a_point_do_not(begins: str) -> None:
    assert paragraphs_of(f"{FULL}\n{begins} mended") == (f"{FULL} {begins} mended",)


def test_a_hyphen_at_a_lines_end_keeps_its_words_together() -> None:
    assert paragraphs_of(f"{FULL} well-\nbeing.") == (f"{FULL} well-being.",)


def test_a_page_of_narrow_columns_keeps_its_lines() -> None:
    assert paragraphs_of("Service 17\nHarbours 4\nParks 12") == ("Service 17\nHarbours 4\nParks 12",)


def test_blank_lines_part_paragraphs() -> None:
    assert paragraphs_of(f"{FULL}\n\nThey rose.\n \nEnd.\n") == (FULL, "They rose.", "End.")


@pytest.mark.parametrize("empty", ["", "\n \n"])
def test_a_page_without_words_has_no_paragraph(empty: str) -> None:
    assert paragraphs_of(empty) == ()


def test_no_word_is_lost_or_added() -> None:
    text = f"Minutes\n{FULL}\n{FULL} again\n• one\n\nEnd of it"
    assert " ".join(paragraphs_of(text)).split() == text.split()
