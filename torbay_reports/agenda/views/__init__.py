"""The reader's web. Published pages need no sign-in; what is not published is as if it did not exist."""

from torbay_reports.agenda.views.meetings import home, meeting, meetings
from torbay_reports.agenda.views.packs import pack, pack_pdf, restricted_pack_pdf
from torbay_reports.agenda.views.papers import paper, paper_table

__all__ = ["home", "meeting", "meetings", "pack", "pack_pdf", "paper", "paper_table", "restricted_pack_pdf"]
