"""What a bundle says of itself to programs: canonical JSON, in which every other file stands with its checksum."""

import tomllib
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Final

import msgspec
from django.conf import settings
from django.utils import timezone

from torbay_reports.publishing.bundles import contents
from torbay_reports.publishing.bundles.values import BundleFacts, BundleFile
from torbay_reports.publishing.layout import PlacedPaper, marking_of
from torbay_reports.publishing.packplan import PackPlan, PageMap, RenderedPack

NAME: Final = "manifest.json"


def manifest(plan: PackPlan, rendered: RenderedPack, facts: BundleFacts, files: Sequence[BundleFile]) -> bytes:
    """The manifest of a bundle whose other files are these: keys sorted, no space between, equal for equal bundles."""
    said = {
        "key": facts.key,
        "version": facts.version,
        "published_at": timezone.localtime(facts.published_at, timezone.get_default_timezone()).isoformat(),
        "council": plan.council,
        "committee": plan.committee,
        "meeting_on": plan.meeting_on.isoformat(),
        "title": plan.title,
        "edition": plan.edition.value,
        "marking": contents.marking_of_pack(plan),
        "reason": facts.reason,
        "changes": [asdict(each) for each in facts.changes],
        "earlier": [asdict(each) for each in facts.earlier],
        "program": _program(),
        "page_labels": rendered.pages.labels,
        "papers": [_paper(each, rendered.pages, files) for each in contents.shown_papers(plan)],
        "files": [asdict(each) for each in sorted(files, key=attrgetter("path"))],
    }
    return msgspec.json.encode(said, order="deterministic")


def _paper(placed: PlacedPaper, pages: PageMap, files: Sequence[BundleFile]) -> dict[str, object]:
    paper, there = placed.paper, pages.papers[placed.paper.key]
    return {
        "key": paper.key,
        "title": paper.called,
        "item": placed.item.number,
        "first_page": there.first,
        "last_page": there.last,
        "is_brought": paper.upload is not None,
        "marking": marking_of(paper),
        "withdrawn": paper.withdrawn,
        "checksum": paper.upload.checksum if paper.upload else _frozen(paper.key, files),
    }


def _frozen(key: str, files: Sequence[BundleFile]) -> str:
    """The checksum of a paper's frozen Document; nothing for a withdrawn paper, which has none here."""
    return next((each.sha256 for each in files if each.path == f"papers/{key}/document.json"), "")


@cache
def _program() -> dict[str, str]:
    """This program's name and version."""
    project = tomllib.loads((Path(settings.BASE_DIR) / "pyproject.toml").read_text())["project"]
    return {"name": project["name"], "version": project["version"]}
