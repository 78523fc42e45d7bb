"""Reads: what a person may change in a quarter, and the sentences for what they may not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from budget.calculations.entered import faults
from budget.calculations.lines import LineEdit
from budget.models import Quarter, Service, ServiceReturn
from budget.permissions import ServiceAt
from budget.selectors.grid import above_each
from torbay_reports.access.decisions import may
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission

MOST_SENTENCES = 50


@dataclass(frozen=True)
class Books:
    """The year's services by short name, those that are groups, what is above each, and each return of the quarter."""

    quarter: Quarter
    services: dict[str, Service]
    groups: frozenset[str]
    above: dict[str, tuple[str, ...]]
    returns: dict[str, ServiceReturn]

    def name(self, slug: str) -> str:
        """What the line is called; its short name where the year has none such."""
        return self.services[slug].name if slug in self.services else slug


def books_of(quarter: Quarter) -> Books:
    """What the refusals are decided by; two queries."""
    services = {each.slug: each for each in Service.objects.filter(year=quarter.year_id).order_by()}
    by_key = {each.pk: each.slug for each in services.values()}
    returns = ServiceReturn.objects.filter(quarter=quarter).order_by()
    return Books(
        quarter=quarter,
        services=services,
        groups=frozenset(by_key[each.parent_id] for each in services.values() if each.parent_id is not None),
        above=above_each({each.pk: (each.slug, each.parent_id) for each in services.values()}),
        returns={by_key[each.service_id]: each for each in returns},
    )


def refusals(books: Books, edits: Iterable[LineEdit], by: User) -> Iterator[str]:
    """A sentence for each of these changes that cannot be saved by that person, naming the service and the cure.

    An edit that changes nothing is refused for nothing.
    """
    if books.quarter.is_signed:
        yield f"{books.quarter} is signed, so it is locked. The head of finance can reopen it, with a reason."
        return
    is_finance = bool(may(by, Permission.KEEP_BUDGET))
    met: set[str] = set()
    for edit in edits:
        name = books.name(edit.slug)
        if edit.slug in met:
            yield f"{name} stands twice among these changes. Keep one of the two."
        met.add(edit.slug)
        if not edit.changed:
            continue
        if edit.slug not in books.services:
            yield f"There is no service “{edit.slug}” in {books.quarter.year}. Choose one of the list."
        elif edit.slug in books.groups:
            yield f"{name} is a total: it is computed from what is in it, and never entered. Leave it out."
        else:
            yield from _refused(books, edit, by, is_finance=is_finance)


def _refused(books: Books, edit: LineEdit, by: User, *, is_finance: bool) -> Iterator[str]:
    name = books.name(edit.slug)
    decision = may(by, Permission.ENTER_RETURN, ServiceAt(edit.slug, books.above[edit.slug]))
    if not decision:
        yield f"You may not enter {name}: {decision.reason}. Leave it out, or ask finance."
        return
    stored = books.returns.get(edit.slug)
    if not is_finance and stored is not None and stored.state != ServiceReturn.State.DRAFT:
        cure = (
            "Take it back first, or ask finance." if stored.state == ServiceReturn.State.SUBMITTED else "Ask finance."
        )
        yield f"{name} is {stored.state}, so that it is not changed any more. {cure}"
    year = books.quarter.year.period
    yield from (f"{name}: {fault}" for fault in faults(edit.wanted, year))


def shortened(sentences: list[str]) -> list[str]:
    """The first of them, and how many there are besides, where they are too many to be read."""
    if len(sentences) <= MOST_SENTENCES:
        return sentences
    more = len(sentences) - MOST_SENTENCES
    return [*sentences[:MOST_SENTENCES], f"And {more:,} more like these."]
