"""Letters of different objects stand in different layers where they lie over one another, and only there."""

from torbay_reports.publishing.uploads.overlaps import Letter, layers_of


def line(place: int, *, left: float = 72, bottom: float = 700, size: float = 12) -> list[Letter]:
    """Ten letters that one object shows."""
    wide = size / 2
    return [
        Letter((left + n * wide, bottom, left + (n + 0.9) * wide, bottom + 0.7 * size), place, size) for n in range(10)
    ]


def layers(*lines: list[Letter]) -> list[set[int]]:
    found = layers_of([letter for each in lines for letter in each])
    assert sum(map(len, found)) == sum(map(len, lines))
    return [{letter.object for letter in layer} for layer in found]


def test_lines_under_one_another_and_words_side_by_side_share_a_layer() -> None:
    assert layers(line(1), line(2, bottom=686), line(3, left=140)) == [{1, 2, 3}]


def test_what_lies_over_something_else_has_a_layer_of_its_own() -> None:
    assert layers(line(1), line(2, bottom=702), line(3, bottom=600)) == [{1, 3}, {2}]
    assert layers(line(1), line(2, left=40, bottom=680, size=70)) == [{1}, {2}]


def test_each_of_several_in_one_place_has_its_own() -> None:
    assert layers(*(line(n) for n in range(5))) == [{0}, {1}, {2}, {3}, {4}]


def test_letters_as_large_as_a_page_are_told_apart_too() -> None:
    assert layers(line(1, left=0, bottom=0, size=2000), line(2, left=400, bottom=900)) == [{1}, {2}]


def test_where_nothing_is_written_there_is_no_layer() -> None:
    assert layers_of([]) == []
