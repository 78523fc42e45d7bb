"""Addresses of the improvement room; all of them closed to the public."""

from django.urls import URLPattern, path, register_converter

from improvement.views import (
    answering,
    charts,
    chasing,
    commenting,
    deciding,
    exports,
    importing,
    keeping,
    listing,
    lists,
    measuring,
    own,
    owning,
    plan,
    previewing,
    step,
    updating,
)


class Reference:
    """An action's reference in an address. It may hold a slash, but no NUL: PostgreSQL does not even look for one."""

    regex = "[^\\x00]+"

    def to_python(self, value: str) -> str:
        """The reference."""
        return value

    def to_url(self, value: object) -> str:
        """The reference."""
        return str(value)


register_converter(Reference, "reference")

app_name = "improvement"
urlpatterns: list[URLPattern] = [
    path("", listing.plans, name="plans"),
    path("mine/", own.own, name="own"),
    path("import/", importing.upload, name="import"),
    path("imports/<int:pk>/", previewing.preview, name="import-preview"),
    path("<slug:slug>/", plan.plan, name="plan"),
    path("<slug:slug>/charts/", charts.charts, name="plan-charts"),
    path("<slug:slug>/file/", exports.plan_file, name="plan-file"),
    path("<slug:slug>/paper/", exports.draft_paper, name="draft-paper"),
    path("<slug:slug>/changes/", lists.changes, name="plan-changes"),
    path("<slug:slug>/lists/<str:flag>/", lists.flagged, name="flagged"),
    path("<slug:slug>/steps/<reference:action>/<int:number>/", step.step, name="step"),
    path("<slug:slug>/steps/<reference:action>/<int:number>/update/", updating.write, name="step-update"),
    path("<slug:slug>/steps/<reference:action>/<int:number>/change/", keeping.change, name="step-change"),
    path("<slug:slug>/steps/<reference:action>/<int:number>/drop/", keeping.drop, name="step-drop"),
    path("<slug:slug>/steps/<reference:action>/<int:number>/measures/add/", measuring.add, name="measure-add"),
    path("<slug:slug>/actions/<reference:action>/add/", keeping.add, name="step-add"),
    path("<slug:slug>/measures/<int:pk>/", measuring.target, name="measure"),
    path("<slug:slug>/measures/<int:pk>/reading/", measuring.reading, name="reading-add"),
    path("<slug:slug>/updates/", deciding.waiting, name="waiting-updates"),
    path("<slug:slug>/updates/<int:pk>/", deciding.decide, name="update-decide"),
    path("<slug:slug>/answer/", answering.answers, name="answer"),
    path("<slug:slug>/owners/", owning.owners, name="owners"),
    path("<slug:slug>/owners/add/", owning.add, name="owner-add"),
    path("<slug:slug>/owners/<int:pk>/", owning.people, name="owner-people"),
    path("<slug:slug>/ask/", chasing.ask, name="ask"),
    path("<slug:slug>/rounds/", chasing.all_rounds, name="rounds"),
    path("<slug:slug>/rounds/<int:pk>/", chasing.one_round, name="round"),
    path("<slug:slug>/commentary/", commenting.write, name="commentary"),
    path("<slug:slug>/small-counts/", commenting.counts, name="small-counts"),
    path("<slug:slug>/small-counts/<slug:key>/", commenting.keep_count, name="small-count"),
    path("<slug:slug>/import/", importing.upload, name="import"),
    path("<slug:slug>/versions/", previewing.all_versions, name="versions"),
    path("<slug:slug>/versions/<int:pk>/", previewing.version, name="version"),
]
