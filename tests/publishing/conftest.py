"""Packs set once for all tests that only read them."""

from pathlib import Path

import pytest
from django.conf import settings

from tests.publishing import packs
from torbay_reports.publishing.packplan import RenderedPack
from torbay_reports.publishing.parts.store import MemoryStore
from torbay_reports.publishing.printing import render_pack


@pytest.fixture(scope="session")
def fonts() -> Path:
    folder = Path(settings.FONTS_DIR)
    if not list(folder.glob("*.woff2")):
        pytest.fail(f"{folder} holds no fonts: run `make frontend`.")
    return folder


@pytest.fixture(scope="session")
def public_pack(fonts: Path) -> RenderedPack:
    return render_pack(packs.plan(), store=MemoryStore())


@pytest.fixture(scope="session")
def restricted_pack(fonts: Path) -> RenderedPack:
    return render_pack(packs.restricted_plan(), store=MemoryStore())
