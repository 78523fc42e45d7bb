"""Who may ask for the pages of committees and of messages about them: everybody."""

from typing import Final

from tests.urls_matrix.rows import Row, everybody
from torbay_reports.agenda.models import Committee, Subscription
from torbay_reports.agenda.subscribing import links, subscriptions

BOARD: Final = "overview-and-scrutiny-board"
COMMITTEE: Final = {"committee": BOARD}
NO_COMMITTEE: Final = ({"committee": "no-such-board"},)
WAITING, CONFIRMED = "waiting@example.com", "reader@example.com"


class Token:
    """What the mailed link of a subscription carries, known once the world is built."""

    def __init__(self, *, confirms: bool) -> None:
        self.confirms = confirms

    def __str__(self) -> str:
        found = Subscription.objects.get(email=WAITING if self.confirms else CONFIRMED)
        path = links.confirming_path(found) if self.confirms else links.ending_path(found)
        return path.split("/")[2]


CONFIRM: Final = {"token": Token(confirms=True)}
END: Final = {"token": Token(confirms=False)}
ROWS: Final[tuple[Row, ...]] = (
    Row("agenda:committees", everybody(200)),
    Row("agenda:committee", everybody(200), COMMITTEE, NO_COMMITTEE),
    Row("agenda:committee-feed", everybody(200), COMMITTEE, NO_COMMITTEE),
    Row("agenda:subscribe", everybody(200), COMMITTEE, NO_COMMITTEE),
    Row("agenda:subscription-confirm", everybody(200), CONFIRM, (END, {"token": "no.such"}), dead=everybody(410)),
    # A mail program that posts there again is told that it is over.
    Row("agenda:subscription-end", everybody(200), END, (CONFIRM, {"token": "no.such"}), dead=everybody(200)),
    Row("agenda:subscription-end", everybody(200), END, ({"token": "no.such"},), method="POST", dead=everybody(200)),
)


def add_subscribing() -> None:
    """Somebody who has to confirm yet, and somebody to whom the messages go."""
    committee = Committee.objects.get(slug=BOARD)
    subscriptions.ask(committee=committee, email=WAITING)
    subscriptions.subscribe(committee=committee, email=CONFIRMED)
