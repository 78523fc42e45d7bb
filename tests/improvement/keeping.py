"""The cast of whoever keeps and answers for a plan, and how the tests read its pages."""

from typing import Any

from django.test import Client

from improvement.models import Owner, Plan, Step, Update
from improvement.selectors.meanwhile import seen_of
from improvement.services.updates import write_update
from tests.access.cast import sign_in
from tests.access.people.pages import page, text_of
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


def form_values(tree: Any, within: str = "main form") -> dict[str, str]:
    """What a browser would send of the form as it stands, without its buttons."""
    (form,) = tree.cssselect(within)
    return {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}


def typed(client: Client, address: str, **given: object) -> dict[str, object]:
    """What a browser would send of the page's form, with these words typed."""
    return {**form_values(page(client, address)), **given}


def table_rows(tree: Any, caption: str = "steps-caption") -> list[list[str]]:
    """The cells of a table's rows, by the id of its caption."""
    table = tree.get_element_by_id(caption).getparent()
    return [[text_of(cell) for cell in row.cssselect("th, td")] for row in table.cssselect("tbody tr")]
