"""Plans by their short names."""

from improvement.models import Plan


class UnknownPlan(LookupError):
    """A plan that is not in the books; the message says which and what there is."""


def plan(slug: str) -> Plan:
    """The plan of that short name. Raises UnknownPlan with a sentence that names the cure."""
    found = Plan.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(plan_names()) or "none yet"
        raise UnknownPlan(f"There is no plan '{slug}'. Plans are: {known}.")
    return found


def plan_names() -> dict[str, str]:
    """Short name and title of every plan, in the order of their titles; one query."""
    return dict(Plan.objects.order_by("title").values_list("slug", "title"))


def all_plans() -> list[Plan]:
    """Every plan by title; one query."""
    return list(Plan.objects.order_by("title", "pk"))
