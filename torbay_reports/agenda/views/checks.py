"""A warning about a brought PDF, which the clerk passes with a reason."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from torbay_reports.access.reach import there
from torbay_reports.agenda.checklist import findings_of
from torbay_reports.agenda.forms import ReasonForm
from torbay_reports.agenda.uploading import PASSED, pass_warning
from torbay_reports.agenda.views.finding import kept_paper
from torbay_reports.core.asking import Question, bound, take


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def warning_pass(
    request: HttpRequest, committee: str, held_on: date, item: str, paper: str, code: str, page: int
) -> HttpResponse:
    """Asks for the reason. What somebody has passed already cannot be passed again."""
    found, by = kept_paper(request, committee, held_on, item, paper)
    warnings = (each for each in findings_of(found) if each.finding.is_warning)
    asked = (each for each in warnings if (each.finding.code, each.finding.page) == (code, page))
    warning = there(request, next(asked, None))
    passed = warning.passed
    question = Question(
        title="Pass this warning?",
        button="Pass it",
        back=reverse("agenda:instalment-build", args=[committee, held_on, found.instalment.number]),
        back_words="Check list",
        sentences=[f"Item {item}, {found.content.title}, {warning.where}:", warning.finding.sentence],
        refusal=PASSED.format(who=passed.passed_by.full_name, reason=passed.reason) if passed else "",
    )
    form = ReasonForm(**bound(request), initial={"upload": found.content.upload_id})

    def act() -> str:
        wanted = form.cleaned_data
        pass_warning(paper=found, upload=wanted["upload"], code=code, page=page, reason=wanted["reason"], by=by)
        return f"The warning on {warning.where} is passed with your name."

    return take(request, question, form, act)
