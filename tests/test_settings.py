"""A mistake in the settings ends every command with one sentence that names the cure."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

READ = "import torbay_reports.settings as s; print(s.TODAY, s.EMBEDDED_POSTGRES, s.SESSION_COOKIE_SECURE)"

PUBLISHING = (
    *("PUBLICATIONS_DIR", "PUBLICATIONS_STORAGE", "RESTRICTED_STORAGE", "LOCKED_STORAGE", "PUBLISHED_URL"),
    *("CDN_PURGE_URL", "CDN_PURGE_TOKEN"),
)


def _run(checkout: Path, *command: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run Python with these settings only; an empty one counts as absent, also where `.env` has it."""
    names = ("SECRET_KEY", "DEMO", "TODAY", "DATABASE_URL", "DEBUG", "ALLOWED_HOSTS", *PUBLISHING)
    environment = {"PATH": os.environ["PATH"], **dict.fromkeys(names, ""), "SECRET_KEY": "key", **changes}
    return subprocess.run([sys.executable, *command], cwd=checkout, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"SECRET_KEY": ""}, "The setting SECRET_KEY is missing: run `manage.py demo`"),
        ({"DEMO": "perhaps"}, "The setting DEMO is “perhaps”: write on or off."),
        ({"TODAY": "5 September"}, "The setting TODAY is “5 September”: write a date such as 2017-09-05."),
        ({"DATABASE_URL": "mysql://a:b@localhost/c"}, "The setting DATABASE_URL names no PostgreSQL server"),
        ({"TRUSTED_PROXIES": "two"}, "The setting TRUSTED_PROXIES is “two”: write a whole number such as 0."),
        ({"PERSONAL_DATA_MONTHS": "1"}, "The setting PERSONAL_DATA_MONTHS is 1: write 12 or more."),
        ({"EMAIL_URL": "nonsense"}, "The setting EMAIL_URL cannot be read"),
        ({"OIDC_ISSUER": "https://a.example"}, "Sign-in by the council's account lacks OIDC_CLIENT_ID and OIDC_CLIENT"),
        (
            {"OIDC_ISSUER": "http://a.example", "OIDC_CLIENT_ID": "x", "OIDC_CLIENT_SECRET": "y"},
            "The setting OIDC_ISSUER begins with https://",
        ),
        (
            {"LOCKED_STORAGE": "gs://locked"},
            "The setting LOCKED_STORAGE cannot be read: write s3://BUCKET/PREFIX?endpoi",
        ),
        ({"LOCKED_STORAGE": "s3://locked?key=x"}, "The setting LOCKED_STORAGE cannot be read"),
        (
            {"LOCKED_STORAGE": "s3://me:hunter2@locked"},
            "The setting LOCKED_STORAGE has a key in it: set AWS_ACCESS_KEY",
        ),
        (
            {"RESTRICTED_STORAGE": "s3://one/restricted", "LOCKED_STORAGE": "s3://one/locked"},
            "Two of PUBLICATIONS_STORAGE, RESTRICTED_STORAGE and LOCKED_STORAGE name one bucket",
        ),
        ({"PUBLICATIONS_STORAGE": "s3://papers"}, "PUBLICATIONS_STORAGE names a bucket and PUBLISHED_URL is empty"),
        ({"SITE_URL": "http://papers.example/"}, "The setting SITE_URL begins with https://."),
        ({"PUBLISHED_URL": "http://papers.example/"}, "The setting PUBLISHED_URL begins with https://."),
        ({"CDN_PURGE_URL": "http://cdn.example/"}, "The setting CDN_PURGE_URL begins with https://: a token goes"),
        ({"SECOND_FACTOR": "clerc"}, "The setting SECOND_FACTOR names “clerc”, which is no role."),
    ],
)
def test_a_wrong_setting_ends_with_one_line_and_no_traceback(
    checkout: Path, changes: dict[str, str], sentence: str
) -> None:
    done = _run(checkout, "manage.py", "check", **changes)
    assert done.returncode == 1
    assert done.stderr.startswith(sentence)
    assert len(done.stderr.strip().splitlines()) == 1
    assert "hunter2" not in done.stderr


def test_an_unreadable_address_of_the_database_does_not_repeat_its_password(checkout: Path) -> None:
    done = _run(checkout, "manage.py", "check", DATABASE_URL="postgres://me:hunter2@host:port/name")
    assert done.returncode == 1
    assert "hunter2" not in done.stderr + done.stdout
    assert "DATABASE_URL" in done.stderr


def test_an_address_of_no_known_kind_does_not_repeat_its_password(checkout: Path) -> None:
    done = _run(checkout, "manage.py", "check", DATABASE_URL="postgress://me:hunter2@host/name")
    assert done.returncode == 1
    assert done.stderr == "The setting DATABASE_URL names no PostgreSQL server: write postgres://….\n"


def test_without_a_server_named_the_checkout_has_its_own(checkout: Path) -> None:
    assert _run(checkout, "-c", READ).stdout.split() == ["None", "True", "True"]


def test_a_server_named_is_used_and_the_demonstration_needs_no_tls(checkout: Path) -> None:
    done = _run(checkout, "-c", READ, DATABASE_URL="postgres://me@localhost/x", DEMO="on", TODAY="2017-09-05")
    assert done.stdout.split() == ["2017-09-05", "False", "False"]


def test_the_content_policy_lets_in_no_other_host() -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives["script-src"] == ["'self'"]
    sources = {source for group in directives.values() for source in group}
    assert sources == {"'self'", "'none'", "'unsafe-inline'", "data:"}


@pytest.mark.parametrize(
    ("value", "roles"),
    [("", "['all']"), (" , ", "['all']"), ("none", "[]"), ("clerk, member", "['clerk', 'member']")],
)
def test_an_empty_second_factor_is_the_default_and_only_none_is_none(checkout: Path, value: str, roles: str) -> None:
    read = "import torbay_reports.settings as s; print(s.ROLES_WITH_SECOND_FACTOR)"
    assert _run(checkout, "-c", read, SECOND_FACTOR=value).stdout.strip() == roles


def test_behind_a_proxy_links_are_https_and_without_one_its_header_is_not_believed(checkout: Path) -> None:
    read = "import torbay_reports.settings as s; print(s.SECURE_PROXY_SSL_HEADER, s.ACCOUNT_DEFAULT_HTTP_PROTOCOL)"
    assert _run(checkout, "-c", read).stdout.strip() == "None https"
    behind = _run(checkout, "-c", read, TRUSTED_PROXIES="1").stdout.strip()
    assert behind == "('HTTP_X_FORWARDED_PROTO', 'https') https"


STORES = """
import json, torbay_reports.settings as s
stores = (s.STORAGES[name] for name in ("publications", "restricted", "locked"))
print(json.dumps([store["OPTIONS"] for store in stores], default=str), s.PUBLISHED_URL)
"""


def test_what_is_published_stands_in_the_checkout_where_cleaning_leaves_it(checkout: Path) -> None:
    public, restricted, locked = json.loads(_run(checkout, "-c", STORES).stdout)
    folders = [store["location"] for store in (public, restricted, locked)]
    assert folders == [str(checkout / "var" / "publications" / name) for name in ("public", "restricted", "locked")]
    assert public["file_permissions_mode"] == 0o644
    assert restricted["file_permissions_mode"] == locked["file_permissions_mode"] == 0o600
    assert "var/" in (checkout / ".gitignore").read_text().split()


def test_what_is_published_may_stand_elsewhere_or_in_a_bucket(checkout: Path) -> None:
    bucket = "s3://papers/of/council/?endpoint_url=https://s3.example&region_name=eu-west-2"
    url = "https://papers.example"
    done = _run(checkout, "-c", STORES, PUBLICATIONS_DIR="/srv/x", PUBLICATIONS_STORAGE=bucket, PUBLISHED_URL=url)
    stores, published = done.stdout.split("] ")
    public, restricted, _ = json.loads(f"{stores}]")
    assert published.strip() == "https://papers.example/"
    assert restricted["location"] == "/srv/x/restricted"
    assert public == {
        "bucket_name": "papers",
        "location": "of/council",
        "file_overwrite": True,
        "endpoint_url": "https://s3.example",
        "region_name": "eu-west-2",
    }
