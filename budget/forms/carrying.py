"""Changes on their way from one page to the next, signed, so that what was looked at is what is saved.

Nothing is locked and nothing is stored meanwhile: who goes home leaves nothing behind.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.core import signing

from budget.calculations.lines import Field, Line, LineEdit
from budget.calculations.position import Amount
from budget.models import Quarter
from torbay_reports.access.models import User

LONGEST_WAY: Final = 24 * 60 * 60
"""Seconds after which changes are looked at again before they are saved."""


class Damaged(ValueError):
    """What came back is not what was sent, or was sent to somebody else or for another quarter."""


class TooOld(Exception):
    """The changes were looked at more than a day ago; `carried` is what they were."""

    def __init__(self, carried: "Carried") -> None:
        super().__init__("These changes were looked at more than a day ago.")
        self.carried = carried


@dataclass(frozen=True)
class Carried:
    """Changes, where their writer goes after them, and the fields on which they are asked for their choice.

    Of a field that is asked about, `seen` is what somebody else has written meanwhile. `nets` are the current budgets
    that a writer of variances saw.
    """

    edits: tuple[LineEdit, ...]
    back: str = ""
    asked: tuple[tuple[str, Field], ...] = ()
    why: str = ""
    nets: Mapping[str, Amount] = field(default_factory=dict)

    def without(self, fields: Sequence[tuple[str, Field]]) -> "Carried":
        """The same with these fields left as they were seen, and no question open."""
        edits = []
        for edit in self.edits:
            kept: dict[str, Any] = {what: getattr(edit.seen, what) for slug, what in fields if slug == edit.slug}
            edits.append(replace(edit, wanted=replace(edit.wanted, **kept)))
        return replace(self, edits=tuple(edits), asked=())


def packed(carried: Carried, *, quarter: Quarter, person: User) -> str:
    """The changes as a form's hidden field carries them, for that person and quarter alone."""
    content = {
        "of": [quarter.pk, person.pk],
        "edits": [[each.slug, _list(each.seen), _list(each.wanted)] for each in carried.edits],
        "back": carried.back,
        "asked": carried.asked,
        "why": carried.why,
        "nets": {slug: _text(net) for slug, net in carried.nets.items()},
    }
    return signing.dumps(content, salt=__name__, compress=True)


def unpacked(token: str, *, quarter: Quarter, person: User) -> Carried:
    """What was packed. Raises TooOld after a day, and Damaged for anything that was not packed for them."""
    try:
        return _carried(signing.loads(token, salt=__name__, max_age=LONGEST_WAY), quarter, person)
    except signing.SignatureExpired as expired:
        raise TooOld(_carried(signing.loads(token, salt=__name__), quarter, person)) from expired
    except signing.BadSignature as fault:
        raise Damaged("This form was changed on its way. Open the page again.") from fault


def _carried(content: Any, quarter: Quarter, person: User) -> Carried:
    if content["of"] != [quarter.pk, person.pk]:
        raise Damaged("This form was opened by somebody else, or for another quarter. Open the page again.")
    return Carried(
        edits=tuple(LineEdit(slug, _line(seen), _line(wanted)) for slug, seen, wanted in content["edits"]),
        back=content["back"],
        asked=tuple((slug, what) for slug, what in content["asked"]),
        why=content["why"],
        nets={slug: _amount(net) for slug, net in content["nets"].items()},
    )


def _list(line: Line) -> list[str | None]:
    day = None if line.ledger_date is None else line.ledger_date.isoformat()
    return [_text(line.forecast), _text(line.actual), day, line.reason]


def _line(content: list[Any]) -> Line:
    forecast, actual, day, reason = content
    return Line(_amount(forecast), _amount(actual), None if day is None else date.fromisoformat(day), reason)


def _text(amount: Amount) -> str | None:
    return None if amount is None else str(amount)


def _amount(text: str | None) -> Amount:
    return None if text is None else Decimal(text)
