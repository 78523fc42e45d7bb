"""The fixture of the tracker keeps every name, date, reference and figure of the published one."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from improvement.calculations.words.dues import read_due
from improvement.kinds import Status
from tests.fixtures_text.tracker import (
    MONTHS,
    Cell,
    cells,
    figures,
    needs_published,
    pairs,
    plan_file,
    published_themes,
)

STATUSES = {
    "completed": Status.DONE,
    "completed and ongoing": Status.DONE_CONTINUING,
    "ongoing": Status.IN_PROGRESS,
    "in process": Status.IN_PROGRESS,
    "not stated": Status.NOT_STATED,
}
ACRONYM = re.compile(r"\b(?=[a-z]*[A-Z][A-Za-z]*[A-Z])[A-Za-z]+|\b[A-Z]\d+")
NAME = re.compile(rf"(?<=[a-z,/&] )(?!(?:{MONTHS}|May)\b)[A-Z][a-z][\w'-]*")
BEGINNINGS = {"Refine", "Reduce", "Address", "Visiting", "Start", "Evidenced"}
"""Words that begin an entry of a list or a sentence, where the print has lost the break before them: no names."""
NUMBER_WORD = re.compile(r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half)\b", re.IGNORECASE)
BETWEEN_OWNERS = {"", "/", ",", "and", "&", "'", "+"}


def acronyms(text: str) -> set[str]:
    """Every acronym in the text, one or many of it: IRO and IROs are the same."""
    return {found.removesuffix("s") for found in ACRONYM.findall(text)} - {"OF"}


def lost_names(cell: Cell) -> list[str]:
    """The words with a capital inside a sentence, one or many, that our text has not."""
    names = {name for name in NAME.findall(cell.published) if name not in BEGINNINGS}
    kept = cell.ours.lower()
    return [name for name in sorted(names) if name.lower().removesuffix("s").removesuffix("'") not in kept]


def differing(compared: Iterator[tuple[str, object, object]]) -> list[tuple[str, object, object]]:
    return [(place, ours, theirs) for place, ours, theirs in compared if ours != theirs]


@needs_published
def test_themes_and_priorities_are_numbered_and_named_as_published() -> None:
    ours = [
        (theme.number, theme.title, [(each.number, each.title, each.is_inferred) for each in theme.priorities])
        for theme in plan_file().tracker.themes
    ]
    assert ours == [
        (part["no"], part["title"], [(each["no"], each["title"], each["no_inferred"]) for each in part["priorities"]])
        for part in published_themes()
    ]


@needs_published
def test_actions_stand_in_their_priorities_with_their_references_as_printed() -> None:
    ours = [
        [(action.reference, action.printed, len(action.steps)) for action in priority.actions]
        for theme in plan_file().tracker.themes
        for priority in theme.priorities
    ]
    assert ours == [
        [(action["ref"], action["ref_as_printed"], len(action["steps"])) for action in priority["actions"]]
        for theme in published_themes()
        for priority in theme["priorities"]
    ]


@needs_published
def test_owner_date_and_status_cells_are_as_printed() -> None:
    assert not differing(
        (
            pair.place,
            (pair.ours.number, pair.ours.who, pair.ours.when, pair.ours.status_printed),
            tuple(pair.published[name] for name in ("n", "who_as_printed", "when", "status")),
        )
        for pair in pairs()
    )


@needs_published
def test_statuses_are_those_of_the_closed_list() -> None:
    assert not differing(
        (pair.place, pair.ours.status, STATUSES[pair.published["status_normalised"]]) for pair in pairs()
    )


@needs_published
def test_updates_are_split_stamped_and_dated_as_published() -> None:
    assert not differing(
        (
            pair.place,
            [(each.stamp, each.dated_on.isoformat() if each.dated_on else "") for each in pair.ours.updates],
            [(each["date_printed"] or "", each["date"] or "") for each in pair.published["updates"]],
        )
        for pair in pairs()
    )


def test_due_dates_are_those_that_the_words_give() -> None:
    assert not differing(
        (f"{action.reference}/{step.number}: {step.when}", step.due_on, read_due(step.when).due_on)
        for _, _, action, step in plan_file().tracker.steps()
    )


def test_no_completion_date_is_made_up() -> None:
    assert [step.how for _, _, _, step in plan_file().tracker.steps() if step.completed_on] == []


@needs_published
def test_owners_are_the_names_of_the_cell_or_of_the_one_above_and_leave_nothing_out() -> None:
    wrong = []
    for pair in pairs():
        left = pair.published["who"]
        for name in sorted(pair.ours.owners, key=len, reverse=True):
            if name not in left:
                wrong.append((pair.place, name))
            left = left.replace(name, " ", 1)
        if not set(left.split()) <= BETWEEN_OWNERS:
            wrong.append((pair.place, left))
    assert wrong == []


@needs_published
def test_what_is_blank_or_a_full_stop_stays_so() -> None:
    def kind(text: str) -> str:
        return text if text in ("", ".") else "words"

    assert not differing((cell.place, kind(cell.ours), kind(cell.published)) for cell in cells())


@needs_published
def test_what_begins_in_the_middle_of_a_sentence_still_does() -> None:
    begun = [pair for pair in pairs() if "outcome_start_missing_in_source" in pair.published["flags"]]
    assert begun
    assert [pair.place for pair in begun if not pair.ours.updates[0].text[0].islower()] == []


@needs_published
def test_a_status_in_the_success_cell_stays_its_first_word() -> None:
    begun = [pair for pair in pairs() if pair.published["success"].startswith(("COMPLETED", "ONGOING"))]
    assert begun
    assert not differing(
        (pair.place, pair.ours.success.split()[0], pair.published["success"].split()[0]) for pair in begun
    )


@needs_published
def test_every_number_percentage_and_date_is_kept() -> None:
    assert not differing((cell.place, figures(cell.ours), figures(cell.published)) for cell in cells())


@needs_published
def test_every_number_in_words_is_kept() -> None:
    def numbers(text: str) -> Counter[str]:
        return Counter(word.lower() for word in NUMBER_WORD.findall(text))

    assert [cell.place for cell in cells() if numbers(cell.published) - numbers(cell.ours)] == []


@needs_published
def test_every_acronym_is_kept_and_none_is_added() -> None:
    assert not differing((cell.place, acronyms(cell.ours), acronyms(cell.published)) for cell in cells())


@needs_published
def test_every_word_with_a_capital_inside_a_sentence_is_kept() -> None:
    assert [(cell.place, name) for cell in cells() for name in lost_names(cell)] == []


@pytest.mark.parametrize("mistake", ["82% in May 2017 and S47", "81% in 2017 and S47", "81% in May 2017 and S48"])
def test_a_changed_figure_is_noticed(mistake: str) -> None:
    cell = Cell("", mistake, "By May 2017 it was 81 % of S47")
    assert figures(cell.ours) != figures(cell.published)


def test_a_lost_acronym_or_name_is_noticed() -> None:
    assert acronyms("ToR, HoS, PARIS, IROs and S47 of a Team") == {"ToR", "HoS", "PARIS", "IRO", "S47"}
    cell = Cell("", "In May 2017 they got a scheme", "All have the Scheme of Delegation. Chairs got it in May 2017")
    assert lost_names(cell) == ["Delegation"]


def test_the_tracker_counts_as_published() -> None:
    tracker = plan_file().tracker
    steps = [step for _, _, _, step in tracker.steps()]
    priorities = [priority for theme in tracker.themes for priority in theme.priorities]
    actions = [action for priority in priorities for action in priority.actions]
    assert (len(tracker.themes), len(priorities), len(actions), len(steps)) == (6, 18, 54, 172)
    dated = Counter(update.dated_on is not None for step in steps for update in step.updates)
    assert (dated[True], dated[False]) == (86, 50)
    assert Counter(step.status for step in steps) == {
        Status.DONE: 131,
        Status.DONE_CONTINUING: 3,
        Status.IN_PROGRESS: 17,
        Status.NOT_STATED: 21,
    }
