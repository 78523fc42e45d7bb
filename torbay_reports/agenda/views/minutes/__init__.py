"""Pages of urgency, decisions and what goes on to other meetings: the clerk's, and what everybody reads."""

from torbay_reports.agenda.views.minutes.carrying import decision_carry, item_carry
from torbay_reports.agenda.views.minutes.decisions import (
    decision_change,
    decision_draft,
    decision_drop,
    decision_publish,
    decision_replace,
)
from torbay_reports.agenda.views.minutes.keeping import minutes
from torbay_reports.agenda.views.minutes.moving import meeting_move
from torbay_reports.agenda.views.minutes.reading import decision, decisions
from torbay_reports.agenda.views.minutes.urgency import (
    urgency_ask,
    urgency_decide,
    urgency_withdraw,
    urgent_item_admit,
)
from torbay_reports.agenda.views.minutes.withdrawing import decision_withdraw

__all__ = [
    "decision",
    "decision_carry",
    "decision_change",
    "decision_draft",
    "decision_drop",
    "decision_publish",
    "decision_replace",
    "decision_withdraw",
    "decisions",
    "item_carry",
    "meeting_move",
    "minutes",
    "urgency_ask",
    "urgency_decide",
    "urgency_withdraw",
    "urgent_item_admit",
]
