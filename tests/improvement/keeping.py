"""The cast of whoever keeps and answers for a plan, and how the tests read its pages."""

from typing import Any

from django.test import Client
from lxml import html

from improvement.models import Owner, Plan, Step, Update
from improvement.selectors.meanwhile import seen_of
from improvement.services.updates import write_update
from tests.access.cast import sign_in
from tests.access.people.pages import text_of
from tests.improvement.builders import make_action, make_plan, make_step, person_with_plan
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role

HEAD = "Head of Service"


class Kept:
    """A plan with one open step of one owner, its lead, and the person who answers for that owner."""

    def __init__(self, slug: str = "plan") -> None:
        self.plan: Plan = make_plan(slug, "Improvement plan")
        self.lead = person_with_plan(Role.IMPROVEMENT_LEAD, self.plan, f"Lee Lead {slug}")
        self.owner = person_with_plan(Role.ACTION_OWNER, self.plan, f"Olive Owner {slug}")
        self.action = make_action(self.plan, "2.3", what="Visit children more often")
        self.step = make_step(self.action, owners=(HEAD,), how="Plan every visit", when="March 2018")
        self.head.people.add(self.owner)

    @property
    def head(self) -> Owner:
        """The owner's name under which the step stands."""
        return Owner.objects.get(plan=self.plan, name=HEAD)

    def second_owner(self, name: str = "Otto Other") -> User:
        """A further person who answers for the same name."""
        person = person_with_plan(Role.ACTION_OWNER, self.plan, name)
        self.head.people.add(person)
        return person

    def write(self, by: User, text: str = "Every visit is planned.", **more: Any) -> Update:
        """An update on the step as it stands now."""
        return write_update(step=self.step, text=text, by=by, seen=seen_of(self.step), **more)

    def again(self) -> Step:
        """The step as stored now."""
        return Step.objects.select_related("action__plan").get(pk=self.step.pk)


def browser_of(person: User) -> Client:
    """A browser in which the person is signed in."""
    client = Client()
    sign_in(client, person)
    return client


def tree_of(content: bytes) -> Any:
    return html.fromstring(content.decode())


def errors_on(tree: Any) -> list[str]:
    """What the error summary says; every link in it leads to something on the page."""
    for link in tree.cssselect(".govuk-error-summary__list a"):
        assert tree.get_element_by_id(link.attrib["href"].removeprefix("#")) is not None
    return [text_of(each) for each in tree.cssselect(".govuk-error-summary__list li")]


def form_values(tree: Any, within: str = "main form") -> dict[str, str]:
    """What a browser would send of the form as it stands, without its buttons."""
    (form,) = tree.cssselect(within)
    return {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}
