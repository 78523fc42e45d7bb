"""What goes with an instalment when it is deleted, by itself or with its meeting: its stored packs, and with each
version that is withdrawn too the pack so far.

`publishing` stores packs under a name and knows nothing of meetings, so no key in the database can do this.
"""

from typing import Any

from django.db.models.signals import post_delete, post_save

from torbay_reports.agenda.composition import pack_key
from torbay_reports.agenda.models import Instalment
from torbay_reports.agenda.whole import drop_wholes
from torbay_reports.publishing.models import AnyBundle, RestrictedWithdrawal, Withdrawal
from torbay_reports.publishing.services import drop_packs


def register() -> None:
    """Have the packs of every instalment dropped in the transaction that deletes it or withdraws one."""
    # Afterwards: a pack that is stored while its papers wait to be deleted is seen then, and goes too.
    post_delete.connect(_drop, sender=Instalment, dispatch_uid="packs go with their instalment")
    for model in (Withdrawal, RestrictedWithdrawal):
        post_save.connect(_forget, sender=model, dispatch_uid=f"the pack so far goes with a {model.__name__}")


def _drop(instance: Instalment, **told: Any) -> None:
    drop_packs(key=pack_key(instance))
    drop_wholes(pack_key(instance))


def _forget(instance: Withdrawal | RestrictedWithdrawal, **told: Any) -> None:
    bundle: AnyBundle = instance.bundle
    drop_wholes(bundle.key)
