"""The fixtures' sentences are the project's own: no run of words is shared with the published paper."""

import re

import pytest

from tests.fixtures_text.prose import (
    CHECKOUT,
    REFERENCE,
    Prose,
    Reference,
    letter_prose,
    running_prose,
    tracker_prose,
)
from tests.fixtures_text.tracker import Cell, cells, needs_published, published_texts

SOURCE = CHECKOUT.parent / "shared" / "seeds" / "000_a933d2e2f28f4b89.txt"
LONGEST_SHARED_RUN = 7

# Names, titles and addresses are facts: a run of words ends where one of them stands.
NAMES = (
    "Assistant Director Corporate and Business Services",
    "Capital Plan Update – 2017/18 Quarter 1",
    "Children's Services Medium Term Financial Strategy (MTFS)",
    "Domestic Abuse and Sexual Violence Co-ordinator",
    "Improved Better Care Fund (IBCF)",
    "Medium Term Resource Plan April 2017",
    "Overview and Scrutiny Board",
    "Revenue Budget Monitoring report",
    "Single Assessment and Safeguarding and Supporting Families teams",
    "The Ferndown Centre, Ferndown, Dorset",
    "Torbay Leisure Centre and the Velopark",
)

NAMES_OF_ACTIONS = {"Single Point of Access", "Corporate Parenting Board"}
"""Actions whose text is no sentence but the name of what they are about."""

WORDS_THAT_REFERENCES_PRINT = {
    "overspend": "overspend",
    "Overspend": "overspend",
    "over": "over",
    "an overspend of £0.0m": "an overspend of",
    "in words": "nine",
    "date": "August",
}
WORDS_OF_THE_QUARTER = {"ordinal": "first", "name": "quarter"}


def as_printed(match: re.Match[str]) -> str:
    """The words a reference prints; its digits are figures, left out on both sides."""
    reference = Reference.from_match("", match)
    if reference.kind == "link":
        return " | "
    if reference.kind == "quarter" and not reference.form:
        return WORDS_OF_THE_QUARTER[reference.target]
    return WORDS_THAT_REFERENCES_PRINT.get(reference.form, "")


def words(text: str) -> list[str]:
    """Lower-case words without punctuation; whatever holds a digit is a figure and no word, "|" ends a run."""
    plain = re.sub(r"(?<=\w)[’'](?=\w)", "", text.lower())
    tokens = re.findall(r"\||[£\w./%]*\d[\w./%]*|[a-z]+", plain)
    return [token for token in tokens if not re.search(r"\d", token)]


def words_of(prose: Prose) -> list[str]:
    text = REFERENCE.sub(as_printed, prose.text)
    for name in NAMES:
        text = re.sub(re.escape(name), " | ", text, flags=re.IGNORECASE)
    return words(text)


def runs(sequence: list[str], length: int) -> set[tuple[str, ...]]:
    """All runs of that many words in which none is the mark of a name."""
    found = (tuple(sequence[start : start + length]) for start in range(len(sequence) - length + 1))
    return {run for run in found if "|" not in run}


def shared_runs(length: int) -> list[str]:
    """Each run of that many words that the fixtures share with the published paper, with its place."""
    published: set[tuple[str, ...]] = set()
    for line in SOURCE.read_text(encoding="utf-8").splitlines():
        published |= runs(words(line), length)
    return [
        f"{prose.place}: {' '.join(run)}"
        for prose in (*running_prose(), *letter_prose())
        for run in sorted(runs(words_of(prose), length) & published)
    ]


@pytest.mark.skipif(not SOURCE.is_file(), reason="The published paper is not at hand: ../shared/seeds is absent.")
def test_no_sentence_shares_eight_words_in_a_row_with_the_published_paper() -> None:
    assert shared_runs(LONGEST_SHARED_RUN + 1) == []


@needs_published
def test_no_text_of_the_tracker_shares_eight_words_in_a_row_with_the_published_one() -> None:
    published = {run for text in published_texts() for run in runs(words(text), LONGEST_SHARED_RUN + 1)}
    shared = [
        f"{prose.place}: {' '.join(run)}"
        for prose in tracker_prose()
        for run in sorted(runs(words_of(prose), LONGEST_SHARED_RUN + 1) & published)
    ]
    assert shared == []


@needs_published
def test_short_texts_of_the_tracker_are_our_own_too_unless_they_are_names() -> None:
    assert [cell.place for cell in cells() if is_copied(cell)] == []


def is_copied(cell: Cell) -> bool:
    """Whether a text of more than two words is the published one, word for word."""
    ours = words(cell.ours)
    return len(ours) > 2 and ours == words(cell.published) and cell.ours not in NAMES_OF_ACTIONS


@pytest.mark.parametrize(
    ("ours", "expected"), [("Staff know it and work to it", False), ("Staff Know and follow.", True)]
)
def test_a_copied_short_text_is_noticed(ours: str, expected: bool) -> None:
    assert is_copied(Cell("", ours, "Staff know and follow")) == expected


def test_a_copied_sentence_is_noticed_although_its_figures_are_references() -> None:
    copied = Prose(
        "copied", "budget is predicting [[service:net.variance|an overspend of £0.0m]], primarily as a result"
    )
    published = words("revenue budget is predicting an overspend of £1.4m primarily as a result of expenditure")
    assert runs(words_of(copied), 8) & runs(published, 8)


def test_a_name_ends_a_run_of_words() -> None:
    prose = Prose("named", "the meeting of the Overview and Scrutiny Board on Wednesday")
    assert words_of(prose) == ["the", "meeting", "of", "the", "|", "on", "wednesday"]
