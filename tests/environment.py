"""Settings and options of every test run; a pytest plugin, because settings load before any `conftest.py`."""

import atexit
import os
import shutil
import tempfile

import pytest
from hypothesis import settings as hypothesis_settings

MEMORY = "/dev/shm"
"""A folder that Linux keeps in memory. Stores wait for the disk at every file that they write."""
ROOM = 2**30


def _is_there_room(folder: str) -> bool:
    return os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > ROOM


# A folder for each process, so also for each of pytest-xdist's; no test writes to where real publications stand.
STORES = tempfile.mkdtemp(prefix="torbay-reports-stores-", dir=MEMORY if _is_there_room(MEMORY) else None)
atexit.register(shutil.rmtree, STORES, ignore_errors=True)

os.environ.update(
    {
        "SECRET_KEY": "for tests only",
        "DEBUG": "off",
        "DEMO": "on",
        "TODAY": "2017-09-05",
        "ALLOWED_HOSTS": "testserver,127.0.0.1,localhost",
        "COUNCIL_NAME": "Torbay Council",
        "PUBLICATIONS_DIR": STORES,
        **dict.fromkeys(("PUBLICATIONS_STORAGE", "RESTRICTED_STORAGE", "LOCKED_STORAGE"), ""),
        **dict.fromkeys(("PUBLISHED_URL", "CDN_PURGE_URL", "CDN_PURGE_TOKEN"), ""),
        # No test pulls the plug of the database's machine, so nobody waits for the disk at a commit.
        "PGOPTIONS": "-c synchronous_commit=off",
        # Playwright's loop runs in the thread that also asks the database.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
    }
)

TEST_DATABASE = "test_torbay_reports_"

is_soak = False
"""Whether the full numbers are run."""

LONGEST = ("tests/browser/", "tests/urls_matrix/", "tests/canaries/", "tests/agenda/")
"""What takes longest is begun first, so that no core is left with it when the other one has ended."""

# The sample is the same in every run; the soak looks for what it misses.
hypothesis_settings.register_profile("sample", derandomize=True, max_examples=30, deadline=None)
hypothesis_settings.register_profile("soak", max_examples=2000, deadline=None)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--soak` for the full numbers, `--bench` for the tests that measure."""
    group = parser.getgroup("torbay-reports")
    group.addoption("--soak", action="store_true", help="run also the tests marked soak, with the full numbers")
    group.addoption("--bench", action="store_true", help="run the tests marked bench, and only those")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Serve static files under their own names, hash passwords fast, and send mail at once.

    By those names no test needs `collectstatic`.

    The database's name has the process's number, so that two runs at once do not take each other's.
    """
    from django.conf import settings

    global is_soak
    is_soak = config.getoption("--soak")
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = f"{TEST_DATABASE}{os.getpid()}"
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.WHITENOISE_AUTOREFRESH = True
    settings.MAIL_ASIDE = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    hypothesis_settings.load_profile("soak" if config.getoption("--soak") else "sample")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what was not asked for, and put what takes longest first."""
    bench, soak = config.getoption("--bench"), config.getoption("--soak")
    kept = [
        item
        for item in items
        if (item.get_closest_marker("bench") is not None) == bench and (soak or not item.get_closest_marker("soak"))
    ]
    if len(kept) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))
