"""Notes each read of what the public may not see, before it is shown.

No title stands in the record: that of an exempt paper can be exempt itself, and who may read the record may not
always read the paper. The keys lead to it: the rows of the paper and of what was frozen or brought for it.
"""

from django.http import HttpRequest

from torbay_reports.access.decisions import may
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.record.services import record
from torbay_reports.agenda.models import Meeting, Paper
from torbay_reports.publishing.models import AnyBundle, BuiltPack


def note_paper(
    request: HttpRequest, paper: Paper, kind: RecordKind, table: int | None = None, *, content: str = ""
) -> None:
    """Records the read of a paper, or of its table by number from 1, where it is restricted; nothing else. `content` is
    the key of what is shown of it ("publication:7"), by default of what stands in its row."""
    if not paper.is_restricted:
        return
    what = f"{paper.held_back_as} paper under item {paper.item.number}, {paper.item.meeting}"
    key = f"paper:{paper.pk} {content or content_key(paper.content.publication_id, paper.content.upload_id)}"
    if table is not None:
        what, key = f"Table {table} of the {what}", f"{key} table:{table}"
    _note(request, kind, Permission.READ_PUBLICATION, paper, what[0].upper() + what[1:], key)


def content_key(publication: int | None, upload: int | None) -> str:
    """The key of what was frozen or brought for a paper, as the record has it."""
    return f"upload:{upload}" if upload else f"publication:{publication}"


def note_pack(request: HttpRequest, meeting: Meeting, bundle: AnyBundle) -> None:
    """Records the read of a pack's restricted edition."""
    what, key = f"Restricted pack, {meeting}", f"meeting:{meeting.pk} bundle:{bundle.pk}"
    _note(request, RecordKind.PACK_READ, Permission.READ_RESTRICTED_PACK, meeting, what, key)


def note_built_pack(request: HttpRequest, meeting: Meeting, stored: BuiltPack) -> None:
    """Records the read of a restricted edition that is not published yet."""
    what, key = f"Restricted pack before it is published, {meeting}", f"meeting:{meeting.pk} pack:{stored.pk}"
    _note(request, RecordKind.PACK_READ, Permission.READ_RESTRICTED_PACK, meeting, what, key)


def _note(
    request: HttpRequest, kind: RecordKind, permission: Permission, obj: Paper | Meeting, about: str, key: str
) -> None:
    reader = request.user if isinstance(request.user, User) else None
    reason = may(request.user, permission, obj).reason
    record(kind=kind, person=reader, about=about, key=key, reason=reason)
