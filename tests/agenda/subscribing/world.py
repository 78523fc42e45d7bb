"""A board with a meeting whose versions are rows alone: nothing of subscriptions needs their files."""

from datetime import UTC, datetime
from typing import Final

from django.core import mail

from tests.agenda.jobs import BOARD, DAY, make_instalment
from torbay_reports.access.models import User
from torbay_reports.agenda.changes import WHOLE
from torbay_reports.agenda.models import Committee, Instalment, Subscription
from torbay_reports.agenda.subscribing import subscriptions
from torbay_reports.publishing.models import Bundle, Withdrawal
from torbay_reports.publishing.packplan import PageMap, PageRange
from torbay_reports.publishing.pagemaps import to_stored

AT: Final = datetime(2017, 8, 29, 15, 30, tzinfo=UTC)
CHECKSUM: Final = "0" * 64
GONE: Final = "Withdrawn on 5 September 2017 by the clerk."
ADDRESS: Final = "reader@example.com"
COMMITTEE: Final = f"/committees/{BOARD}/"
SUBSCRIBE: Final = f"{COMMITTEE}subscribe/"
FEED: Final = f"{COMMITTEE}feed.xml"
Item = dict[str, object]


def board() -> Committee:
    """The Harbour Board, with a meeting of one supplement."""
    return make_instalment().meeting.committee


def instalment() -> Instalment:
    return Instalment.objects.select_related("meeting__committee").get()


def paper(key: str, title: str, *, upload: int | None = 1, withdrawn: str = "") -> dict[str, object]:
    """A paper in the contents of a version; without a file it is to follow."""
    return {
        "key": key,
        "slug": key,
        "title": title,
        "row": 1,
        "restriction": "open",
        "publication": None,
        "upload": upload,
        "withdrawn": withdrawn,
    }


def item(number: str, title: str, *papers: dict[str, object]) -> Item:
    return {"number": number, "title": title, "papers": list(papers)}


BUSINESS: Final = (
    item("1", "Apologies"),
    item("5", "Harbour fees", paper("fees", "Harbour fees")),
    item("6", "Moorings", paper("survey", "Survey"), paper("plan", "Plan")),
    item("7", "Dredging", paper("dredging", "Tenders", upload=None)),
)
PAGES: Final = to_stored(
    PageMap(
        papers={"fees": PageRange("2", "8", 1), "survey": PageRange("9", "9", 8), "plan": PageRange("10", "52", 9)},
        items={},
        anchors={},
        labels=(),
    )
)


def publish(
    version: int = 1,
    *,
    items: tuple[Item, ...] = BUSINESS,
    reason: str = "",
    changes: tuple[dict[str, str], ...] = (),
    instalment_slug: str = "supplement-1",
    committee: str = "Harbour Board",
    at: datetime = AT,
    **letter: object,
) -> Bundle:
    """The row of a published version of the meeting's supplement."""
    return Bundle.objects.create(
        key=f"{BOARD}/{DAY}/{instalment_slug}",
        version=version,
        title="A pack",
        committee=committee,
        meeting_on=DAY,
        manifest=CHECKSUM,
        files=[],
        letter=letter,
        contents=list(items),
        papers=[],
        publications=[],
        uploads=[],
        pages=PAGES,
        plan_checksum=CHECKSUM,
        reason=reason,
        changes=list(changes),
        published_at=at,
        written_at=at,
    )


def withdraw(bundle: Bundle, by: User, *, at: datetime = AT) -> None:
    """Take a version away."""
    Withdrawal.objects.create(bundle=bundle, at=at, by=by, office="the clerk", why="It names a tenant.")


def publish_without_fees(version: int = 2) -> Bundle:
    """A version that differs from the one before in a paper alone that was withdrawn."""
    items = (item("5", "Harbour fees", paper("fees", "", upload=None, withdrawn=GONE)), *BUSINESS[2:])
    change = {"paper": "Item 5", "where": WHOLE, "before": "", "after": GONE}
    return publish(version, items=items, reason="A paper was withdrawn.", changes=(change,))


def subscribed(email: str = ADDRESS) -> Subscription:
    """Somebody to whom the board's messages go."""
    return subscriptions.subscribe(committee=Committee.objects.get(), email=email)


def sent_to() -> list[str]:
    """Whom each mail went to, in their order."""
    return [address for message in mail.outbox for address in message.to]
