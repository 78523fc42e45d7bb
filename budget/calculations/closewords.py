"""What the desk of a quarter says first, in sentences. Pure functions."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from torbay_reports.core.formatting import count, full_date, listed

MOST_NAMED: Final = 5


def due_sentence(due: date | None, days_left: int | None) -> str:
    """By when returns are due and how many days are left; empty without a day."""
    if due is None or days_left is None:
        return ""
    if days_left == 0:
        return f"Returns are due today, {full_date(due)}."
    if days_left < 0:
        return f"Returns were due on {full_date(due)}: {count(-days_left, 'day', 'days')} late."
    return f"Returns are due on {full_date(due)}: {count(days_left, 'day', 'days')} left."


def holder_sentence(missing: Sequence[tuple[str, Sequence[str]]], *, ready: int, submitted: int, agreed: int) -> str:
    """What a budget holder's own services lack, by name; else how far they are."""
    total = len(missing) + ready + submitted + agreed
    if not total:
        return "None of these services is yours."
    if missing:
        return (
            f"Of your {count(total, 'service', 'services')} {len(missing)} "
            f"{'wants' if len(missing) == 1 else 'want'} something: {named(missing)}."
        )
    if ready:
        return f"Yours want nothing more: {count(ready, 'service', 'services')} can be submitted."
    if submitted:
        return f"Yours are in: {submitted} submitted and {agreed} agreed."
    return f"Yours are done: {'it is' if agreed == 1 else f'all {agreed} are'} agreed."


def named(missing: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Services with what each lacks, the first few by name."""
    shown = [f"{name} ({listed(wants)})" for name, wants in missing[:MOST_NAMED]]
    more = len(missing) - len(shown)
    return listed([*shown, *([f"{more} more"] if more else [])])


def finance_sentence(*, agreed: int, submitted: int, drafts: int, nothing: int) -> str:
    """How far the whole quarter is."""
    total = agreed + submitted + drafts + nothing
    if agreed == total:
        return f"All {total} services are agreed." if total != 1 else "The one service is agreed."
    rest = [
        words
        for number, words in (
            (submitted, f"{submitted} submitted and not agreed"),
            (drafts, count(drafts, "draft", "drafts")),
            (nothing, f"{nothing} with nothing in"),
        )
        if number
    ]
    return f"{agreed} of {count(total, 'service is', 'services are')} agreed; {listed(rest)}."
