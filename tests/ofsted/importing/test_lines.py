"""What pages repeat is left out, and nothing else is."""

from ofsted.importing.lines import Gap, lines_of, tidy


def words_of(text: str) -> list[str]:
    return [f"{line.mark}{line.words}" for line in tidy(lines_of(text))]


def test_running_heads_and_feet_with_their_numbers_are_left_out() -> None:
    pages = [f"Letter of August\nWords {word}\nmore {word}.\nOfsted, page {n}\n{n}" for n, word in ((1, "a"), (2, "b"))]
    assert words_of("\f".join(pages)) == ["Words a", "more a.", "Words b", "more b."]


def test_a_line_that_two_of_five_pages_happen_to_end_with_stays() -> None:
    pages = ["The end\nof it", "The one\ncase", "The two\nof it", "The three\nlines", "The last\nwords"]
    assert words_of("\f".join(pages)) == "\n".join(pages).split("\n")


def test_figures_that_count_pages_are_left_out_and_others_stay() -> None:
    assert words_of("Dear A\nOne\n1\nTwo\n2\nThree\nPage 3 of 3") == ["Dear A", "One", "Two", "Three"]
    assert words_of("Dear A\nNot in work:\n52\nof them") == ["Dear A", "Not in work:", "52", "of them"]


def test_a_bullet_alone_goes_to_the_next_line_and_none_is_made_of_a_word() -> None:
    assert words_of("•\n\none\n-\ntwo\no\nthree\nover four\n-five") == ["•one", "-two", "othree", "over four", "-five"]


def test_what_lies_before_a_line_that_is_left_out_lies_before_the_next() -> None:
    lines = tidy(lines_of("Dear A\n\nOne\n\nPage 1 of 2\nTwo"))
    assert [line.gap for line in lines] == [Gap.NONE, Gap.BLANK, Gap.PAGE]
