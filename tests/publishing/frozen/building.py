"""Builds invented packs as the product does."""

from dataclasses import replace
from typing import Final

from hypothesis import Phase

from tests.publishing import packs
from torbay_reports.documents.blocks import Document
from torbay_reports.publishing.packplan import PackPlan, PlannedPaper, PlannedUpload, RenderedPack
from torbay_reports.publishing.parts.store import MemoryStore, PartStore
from torbay_reports.publishing.printing import render_pack

QUICK: Final = (Phase.explicit, Phase.reuse, Phase.generate)
"""What Hypothesis does with packs: setting one takes a second, and a smaller example of a fault would take minutes."""


def built(plan: PackPlan, store: PartStore | None = None) -> RenderedPack:
    """The pack of a plan, from the parts in the store, or set from nothing without one."""
    return render_pack(plan, store=MemoryStore() if store is None else store)


def with_document(document: Document) -> PackPlan:
    """A pack of one item with this paper alone."""
    whole = packs.plan()
    item = whole.items[0]
    return replace(whole, items=(replace(item, papers=(replace(item.papers[0], document=document),)),))


def with_upload(upload: PlannedUpload) -> PackPlan:
    """The invented pack of both editions' papers with a brought PDF among them."""
    whole = packs.restricted_plan()
    report, tracker, fees = whole.items
    brought = PlannedPaper("item-6-brought", "Boats in the harbours", None, upload=upload)
    return replace(whole, items=(report, replace(tracker, papers=(brought,)), fees))
