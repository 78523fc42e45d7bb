"""Reads: the services of the budget by name, whatever the year."""

from budget.models import Service


def service_names() -> dict[str, str]:
    """Short name and name of every service and directorate of any year, by name; one query.

    A line that was renamed has its newest name. Totals and sources of funding are nobody's to answer for.
    """
    kinds = (Service.Kind.SERVICE, Service.Kind.DIRECTORATE)
    by_age = Service.objects.filter(kind__in=kinds).order_by("year__start_year").values_list("slug", "name")
    return dict(sorted(dict(by_age).items(), key=lambda each: each[1]))
