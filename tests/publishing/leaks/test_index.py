"""The index finds what stands in its text, whole words or quotations, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from torbay_reports.publishing.leaks.found import Found
from torbay_reports.publishing.leaks.index import Index
from torbay_reports.publishing.leaks.words import normalised

_words = st.lists(st.text("abc", min_size=1, max_size=4), min_size=1, max_size=60)


def index_of(*texts: str) -> Index:
    return Index(Found(f"page {number}", normalised(text)) for number, text in enumerate(texts, start=1))


def test_a_phrase_is_found_at_each_of_its_places_once() -> None:
    index = index_of("Orla Brine met Orla Brine", "nobody", "that was Orla Brine")
    assert list(index.places("orla brine")) == [0, 2]
    assert index.holds("orla brine")
    assert not index.holds("orla brines")


def test_a_short_phrase_is_whole_words() -> None:
    assert not index_of("Viola Brine-Moss").holds("ola brine")
    assert not index_of("Orla Brinestone").holds("orla brine")
    assert index_of("(Orla Brine)").holds("orla brine")


def test_a_long_phrase_is_found_where_spaces_were_lost_or_added() -> None:
    phrase = normalised("offered to surrender the lease early")
    assert index_of("tenantofferedtosurrenderthelease early").holds(phrase)
    assert index_of("o f f e r e d  t o  s u r r e n d e r  the lease ear ly").holds(phrase)


def test_nothing_is_found_across_two_places() -> None:
    assert not index_of("offered to surrender", "the lease early").holds("offered to surrender the lease early")


def test_a_sum_is_found_however_it_is_written() -> None:
    for text in ("£1,251,377", "1251377", "£1.251377m", "(1,251,377)", "(£1,251,377.00)"):
        assert list(index_of("x", text).places_of_sum("£1251377")) == [1]
    assert not list(index_of("£11,251,377 and £1,251,377.50").places_of_sum("£1251377"))


def test_thousands_count_only_where_the_place_says_so() -> None:
    assert list(index_of("1,846", "(£000s) 1,846", "£000s 1846").places_of_sum("£1846000")) == [1, 2]


def test_a_year_is_no_sum_of_money() -> None:
    index = index_of("in 2017", "£2,017")
    assert list(index.places_of_sum("£2017")) == [1]
    assert index.holds("£2017")


@given(_words, st.data())
def test_any_run_of_words_of_a_text_is_found(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    assert index_of("x", " ".join(words)).holds(" ".join(words[start:end]))


@given(_words, _words)
def test_long_runs_in_common_are_found_and_no_others(ours: list[str], theirs: list[str]) -> None:
    index, length = index_of(" ".join(theirs)), 4
    may = list(index.run(ours, length))
    text = "".join(theirs)
    for start in range(len(ours) - length + 1):
        run = ours[start : start + length]
        if "".join(run) in text:
            assert any(first <= start and start + length <= last for first, last in may)
