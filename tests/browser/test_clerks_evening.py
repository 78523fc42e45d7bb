"""A clerk's evening, with the keyboard alone: an agenda with a missing paper and an exempt appendix goes out, a late
supplement follows, a mistake is corrected and a paper withdrawn. Each page is read by axe, at a desk and on a phone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.access.cast import person_with
from tests.agenda.brought import look_at_files
from tests.agenda.jobs import empty_queue
from tests.agenda.pdfs import written
from tests.browser.axe import HEIGHT, faults
from tests.browser.conftest import WIDTHS
from tests.browser.keys import write
from tests.browser.sessions import let_in
from torbay_reports.access.roles import Role
from torbay_reports.agenda.building import run_build
from torbay_reports.agenda.models import Committee, JobState, PackBuild

pytestmark = pytest.mark.browser

MEETING: Final = "/meetings/harbour-board/2017-09-13/"
EVENING, MORNING = date(2017, 9, 5), date(2017, 9, 6)
"""The last day on time for a meeting on the thirteenth, and the day after it."""
OPEN, EXEMPT = "Open: everybody may read it", re.compile("^Exempt")
FEES, TENDER, PLAN, SLIPWAY = "Harbour fees", "Tender of Marlowe Dredging", "Moorings plan", "Repair of the slipway"
MISTAKE, CORRECTED = "The fee of a berth is £1,200.", "The fee of a berth is £1,400."
SECRET: Final = "Marlowe Dredging asks for £48,215 to clear the inner basin."

BACKWARDS: Final = """element => {
    const stops = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea")];
    const isAfter = each => document.activeElement.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING;
    const ahead = stops.indexOf(element) - Math.max(stops.findIndex(isAfter), 0);
    return (ahead + stops.length) % stops.length > stops.length / 2;
}"""
"""Whether Shift+Tab is the shorter way from where the focus is."""
IS_THERE: Final = "element => element === document.activeElement"


@dataclass
class Evening:
    """A clerk at the keyboard, and what axe found on the pages that they met."""

    page: Page
    address: str
    found: list[str] = field(default_factory=list)
    met: set[str] = field(default_factory=set)

    def arrive(self, words: str) -> None:
        """The page is that one; axe reads it when it is met for the first time."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(words)
        if words not in self.met:
            self.met.add(words)
            self.look(words)

    def look(self, words: str) -> None:
        """What axe finds on the page as it stands now, and whether it scrolls sideways, at a desk and on a phone."""
        for width in WIDTHS:
            self.found += [f"{words} ({self.page.url}) at {width}: {fault}" for fault in faults(self.page, width)]
        self.page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})

    def reach(self, wanted: Locator, *, forwards: bool = False) -> None:
        """Presses Tab, or Shift+Tab where that is the shorter way, until it has the focus."""
        expect(wanted).to_be_visible()
        element = wanted.element_handle()
        key = "Shift+Tab" if not forwards and element.evaluate(BACKWARDS) else "Tab"
        for _ in range(80):
            if element.evaluate(IS_THERE):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"{key} does not reach {wanted}")

    def enter(self, wanted: Locator) -> None:
        """Presses what leads to another page."""
        self.reach(wanted)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def go(self, link: str, words: str) -> None:
        self.enter(self.page.get_by_role("main").get_by_role("link", name=link))
        self.arrive(words)

    def do(self, button: str, words: str) -> None:
        self.enter(self.page.get_by_role("button", name=button, exact=True))
        self.arrive(words)

    def back_to_the_desk(self) -> None:
        """By the links above the heading, as far as needed."""
        while not self.page.url.endswith("/desk/"):
            self.enter(self.page.locator(".govuk-back-link"))
        self.arrive("Clerk's desk")

    def add_item(self, title: str) -> None:
        write(self.page, "Title", title)
        self.do("Add the item", "Clerk's desk")

    def add_paper(self, item: int, title: str, who: str | re.Pattern[str] = OPEN) -> None:
        """Who may read it is chosen first, and nothing is chosen beforehand."""
        self.go(f"Add a paper to item {item}", f"Add a paper to item {item}")
        assert not self.page.get_by_role("radio", checked=True).count()
        self.choose(who)
        write(self.page, "Title", title)
        self.do("Add the paper", "Clerk's desk")
        expect(self.paper(title)).to_contain_text("To follow")

    def choose(self, who: str | re.Pattern[str]) -> None:
        """Tab leads to the first choice, the arrow keys on from there."""
        self.reach(self.page.get_by_role("radio").first, forwards=True)
        self.page.keyboard.press("Space")
        if not self.page.get_by_role("radio", name=who).is_checked():
            self.page.keyboard.press("ArrowDown")
        expect(self.page.get_by_role("radio", name=who)).to_be_checked()

    def tick(self, label: str) -> None:
        self.reach(self.page.get_by_label(label))
        self.page.keyboard.press("Space")

    def bring(self, title: str, words: str, who: str | re.Pattern[str] = OPEN, *, tagged: bool = True) -> None:
        """From the desk to the page that says that the file is taken."""
        self.go(f"Bring it : {title}", "What stands for this paper")
        self.go("Bring a PDF or a Word file", "Bring the PDF")
        self.send(words, who, tagged=tagged)

    def send(self, words: str, who: str | re.Pattern[str] = OPEN, *, tagged: bool = True) -> None:
        assert not self.page.get_by_role("radio", checked=True).count()
        self.choose(who)
        self.reach(self.page.locator("input[type=file]"))
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Enter")
        data = written(words, tagged=tagged)
        chooser.value.set_files({"name": "paper.pdf", "mimeType": "application/pdf", "buffer": data})
        self.do("Bring the file", "The PDF that was sent")
        look_at_files()
        self.page.reload()
        expect(self.page.get_by_role("status")).to_have_text("The file is brought.")

    def build(self, edition: str = "public") -> None:
        """Builds an edition, and looks at just what will be published."""
        self.do(f"Build the {edition} pack", "Build and publish the pack")
        self.wait_for_the_worker()
        region = self.edition(edition)
        expect(region.get_by_role("status")).to_contain_text("is built")
        preview = region.get_by_role("link", name=f"Read the {edition} pack")
        self.reach(preview)
        answer = self.page.request.get(f"{self.address}{preview.get_attribute('href')}")
        assert answer.status == 200
        assert answer.body().startswith(b"%PDF-")

    def publish(self, edition: str = "public", why: str = "") -> None:
        self.go(f"Publish the {edition} edition", f"Publish the {edition} edition?")
        if why:
            self.do("Publish it", f"Publish the {edition} edition?")
            expect(self.page.get_by_role("alert")).to_contain_text("Say why a new version is published.")
            write(self.page, "Why a new version is published", why)
        self.do("Publish it", "Build and publish the pack")
        self.wait_for_the_worker()
        expect(self.edition(edition).get_by_text("Published", exact=True)).to_be_visible()

    def wait_for_the_worker(self) -> None:
        """Does in this process what a worker does beside it."""
        for build in PackBuild.objects.filter(state=JobState.WAITING).order_by("pk"):
            run_build(build=build.pk)
        self.page.reload()

    def edition(self, name: str) -> Locator:
        return self.page.get_by_role("region", name=f"{name.capitalize()} edition")

    def paper(self, title: str) -> Locator:
        """Its line on the desk."""
        return self.page.locator("li[id^=paper-]").filter(has_text=title)

    def assert_focused(self, what: str, title: str) -> None:
        """The keyboard goes on from that row, at its new place."""
        row = self.page.locator(f"li[id^={what}-]").filter(has_text=title)
        expect(row).to_be_focused()


@pytest.fixture
def evening(page: Page, live_server: LiveServer, transactional_db: None, settings: Settings) -> Iterator[Evening]:
    """The clerk of a board is signed in; nobody needs a second factor there."""
    settings.ROLES_WITH_SECOND_FACTOR = []
    settings.TODAY = EVENING
    cache.clear()
    Committee.objects.create(
        slug="harbour-board",
        name="Harbour Board",
        clerk="Robin Vale",
        telephone="01803 1",
        email="clerk@council.invalid",
        office="Town Hall",
    )
    let_in(page, live_server.url, person_with(Role.CLERK))
    # The browser's own dialog is kept from opening all along: asked for it at the last moment, it is at times too late.
    page.on("filechooser", lambda _: None)
    yield Evening(page, live_server.url)
    empty_queue()


def put_down_the_meeting(clerk: Evening) -> None:
    clerk.page.goto(f"{clerk.address}/meetings/add/")
    clerk.arrive("New meeting")
    write(clerk.page, "Day", "13/9/2017")
    write(clerk.page, "Begins at", "5.30 pm")
    clerk.do("Put it on the calendar", "Clerk's desk")


def put_the_agenda_together(clerk: Evening) -> None:
    """Two items and three papers, one of them exempt; rows are moved and the focus goes with them."""
    clerk.do("Add the first item", "Add an item")
    clerk.add_item("Harbours")
    clerk.go("Add an item", "Add an item")
    clerk.add_item("Moorings")
    clerk.do("Move up item 2", "Clerk's desk")
    clerk.assert_focused("item", "Moorings")
    expect(clerk.page.locator("li[id^=item-]").first).to_contain_text("Moorings")
    clerk.do("Move down item 2", "Clerk's desk")
    clerk.assert_focused("item", "Moorings")
    clerk.add_paper(1, TENDER, EXEMPT)
    clerk.add_paper(1, FEES)
    clerk.do(f"Move up {FEES}", "Clerk's desk")
    clerk.assert_focused("paper", FEES)
    expect(clerk.page.locator("li[id^=paper-]").first).to_contain_text(FEES)
    clerk.add_paper(2, PLAN)


def bring_what_is_there(clerk: Evening) -> None:
    """An untagged PDF, whose warning is passed, and an exempt one, whose grounds are given; one paper is missing."""
    clerk.bring(TENDER, SECRET, EXEMPT)
    clerk.go("Give the grounds", "Why this paper is not for publication")
    clerk.tick("Paragraph 3:")
    clerk.reach(clerk.page.get_by_label("Does it hold terms proposed"))
    clerk.page.keyboard.type("Y")
    write(clerk.page, "Reason", "It tells of a bidder's prices.")
    write(clerk.page, "Public interest", "The council would pay more for the work than it has to.")
    write(clerk.page, "Review on", "1/3/2018")
    clerk.tick("Paragraphs 8, 9 and 10 do not keep the paper from being exempt")
    clerk.do("Keep these grounds", "Who may read it")
    clerk.back_to_the_desk()
    clerk.bring(FEES, MISTAKE, tagged=False)
    clerk.go("Go on to the check list", "Build and publish the pack")
    pass_warnings(clerk)
    clerk.back_to_the_desk()
    clerk.go("See what it says", "Put the resolution in its place?")
    clerk.do("Put it in its place", "Build and publish the pack")


def pass_warnings(clerk: Evening) -> None:
    to_pass = clerk.page.get_by_role("link", name="Pass it")
    assert to_pass.count()
    while to_pass.count():
        clerk.enter(to_pass.first)
        clerk.arrive("Pass this warning?")
        write(clerk.page, "Reason", "The author has no other copy of it")
        clerk.do("Pass it", "Build and publish the pack")
    expect(clerk.page.get_by_text("Passed by Test clerk").first).to_be_visible()


def make_the_supplement(clerk: Evening) -> None:
    """It brings the missing paper and another one, both late with a reason."""
    clerk.do("Make a supplement", "Supplement 1")
    clerk.reach(clerk.page.get_by_role("checkbox", name=PLAN))
    clerk.page.keyboard.press("Space")
    write(clerk.page, f"Why it is late: item 2, “{PLAN}”", "The survey came today.")
    clerk.do("Make the supplement", "Clerk's desk")
    clerk.bring(PLAN, "Forty moorings are laid anew.")
    clerk.back_to_the_desk()
    clerk.add_paper(2, SLIPWAY)
    clerk.bring(SLIPWAY, "The slipway is closed.")
    clerk.back_to_the_desk()
    clerk.do("Say why papers are late", "Supplement 1: its letter and its papers")
    write(clerk.page, f"Why it is late: item 2, “{SLIPWAY}”", "It broke in the storm on Monday.")
    clerk.do("Save", "Clerk's desk")
    expect(clerk.paper(SLIPWAY)).to_contain_text("Late: It broke in the storm on Monday.")


def test_a_clerks_evening(evening: Evening, chromium: Browser, settings: Settings) -> None:
    clerk, page = evening, evening.page
    # Given a meeting that is put on the calendar, with its items and papers
    put_down_the_meeting(clerk)
    put_the_agenda_together(clerk)
    # When what there is goes out in time, a paper to follow and an appendix kept back
    bring_what_is_there(clerk)
    clerk.build()
    clerk.publish()
    clerk.build("restricted")
    clerk.publish("restricted")
    clerk.look("the build page, both editions out")
    clerk.back_to_the_desk()
    clerk.look("the desk, agenda out")
    expect(clerk.paper(FEES)).to_contain_text("On time")
    # And the rest comes late the next day, with its reasons
    settings.TODAY = MORNING
    page.reload()
    make_the_supplement(clerk)
    clerk.do("Build the public edition of Supplement 1", "Build and publish the pack")
    clerk.build()
    clerk.publish()
    # And a mistake is found, and a newer file published as another version
    clerk.back_to_the_desk()
    clerk.go(f"What it says : {FEES}", "What stands for this paper")
    clerk.go("Bring a newer PDF or Word file", "Bring a newer PDF")
    clerk.send(CORRECTED)
    clerk.back_to_the_desk()
    clerk.do("Build the public edition of the agenda", "Build and publish the pack")
    clerk.build()
    clerk.publish(why="The fee was wrong.")
    # And a paper has to be taken back
    clerk.back_to_the_desk()
    clerk.go(f"Withdraw : {PLAN}", "Withdraw this paper?")
    write(page, "Why it is withdrawn", "It names a tenant.")
    clerk.enter(page.get_by_role("button", name="Withdraw it now"))
    clerk.wait_for_the_worker()
    page.goto(f"{clerk.address}{MEETING}desk/")
    clerk.look("the desk, all done")
    expect(clerk.paper(PLAN)).to_contain_text("Withdrawn")
    # Then everybody reads the meeting as it stands now
    context = chromium.new_context()
    public = Evening(context.new_page(), clerk.address, clerk.found)
    public.page.goto(f"{clerk.address}{MEETING}")
    public.arrive("Harbour Board")
    public.go("Read the pack", "The pack so far: Harbour Board, Wednesday 13 September 2017")
    expect(public.page.get_by_text("Withdrawn on 6 September 2017 by the clerk.").first).to_be_visible()
    expect(public.page.get_by_text("Why: A paper was withdrawn.").first).to_be_visible()
    expect(public.page.get_by_text("Item 2: It broke in the storm on Monday.").first).to_be_visible()
    assert TENDER not in public.page.content()
    public.go(FEES, FEES)
    expect(public.page.get_by_text(CORRECTED)).to_be_visible()
    assert public.page.request.get(f"{clerk.address}{MEETING}items/2/moorings-plan/").status == 410
    context.close()
    assert not clerk.found, "\n".join(dict.fromkeys(clerk.found))
