"""The demonstration's plan and inspection, loaded from the project's own fixtures as the demonstration loads them."""

import json
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from improvement.demo import load_plan
from improvement.models import Plan, Step
from ofsted.demo import load_visits
from ofsted.models import Finding, Inspection, Letter, StepLink
from tests.improvement.builders import person_with_plan
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.core.progress import Progress

MEETING: Final = date(2017, 9, 6)
INSPECTION: Final = "childrens-services-2016"


class Loaded:
    """What the demonstration loads, the lead of its plan, and its rows by the names that people give them."""

    def __init__(self) -> None:
        people: dict[str, Any] = json.loads((Path(settings.FIXTURES_DIR) / "people.json").read_text(encoding="utf-8"))
        for each in people["people"]:
            User.objects.create_user(email=each["email"], full_name=each["full_name"])
        load_plan(Progress("Improvement plan"))
        load_visits(Progress("Ofsted"))
        self.inspection = Inspection.objects.select_related("plan").get(slug=INSPECTION)
        self.plan: Plan = self.inspection.plan
        self.lead = person_with_plan(Role.IMPROVEMENT_LEAD, self.plan, "Lee Lead of the demonstration")

    def letters(self) -> list[Letter]:
        """Its letters with their visits."""
        return list(Letter.objects.filter(visit__inspection=self.inspection).select_related("visit"))

    def step(self, reference: str) -> Step:
        """The step of that reference."""
        action, _, number = reference.partition("/")
        return Step.objects.get(action__plan=self.plan, action__reference=action, number=number)

    def finding(self, theme: str) -> Finding:
        """The first finding of that theme."""
        return Finding.objects.filter(theme__name=theme).order_by("paragraph__position")[0]

    def links(self, reference: str) -> list[StepLink]:
        """The links of the step of that reference."""
        return list(StepLink.objects.filter(step=self.step(reference)))
