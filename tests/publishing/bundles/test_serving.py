"""What is published is served before Django, whole or in parts, and nothing else of the disk; nginx says the same.

No test here may ask the database: none is marked for it.
"""

import os
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path
from wsgiref.types import WSGIApplication

import pytest
from pytest_django import Settings

from tests.publishing.bundles import kit
from tests.publishing.bundles.asking import Answer, ask, ask_server, no_django
from tests.publishing.bundles.servers import nginx
from torbay_reports.publishing.bundles.folderstore import FolderStore
from torbay_reports.publishing.bundles.serving import published

PREFIX = "packs/board/2017-09-06/supplement-1/1"
PAGE = f"/published/{PREFIX}/index.html"
PDF = f"/published/{PREFIX}/pack.pdf"
FILES = {
    "index.html": "<p>£1,377k over</p>".encode(),
    "manifest.json": b"{}",
    "pack.pdf": b"%PDF-1.7 " + bytes(range(256)) * 12_000,
    "empty.txt": b"",
    "papers/outturn/chart.svg": b"<svg/>",
    "papers/outturn/picture.png": b"\x89PNG",
    "papers/outturn/tables/t1.csv": b"a,b\n",
    "papers/outturn/tables/t1.odd": b"?",
}


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    bundle, assets = tmp_path / "bundle", tmp_path / "assets"
    for name, data in FILES.items():
        (bundle / name).parent.mkdir(parents=True, exist_ok=True)
        (bundle / name).write_bytes(data)
    for name in ("screen.css", "a.woff2"):
        assets.mkdir(exist_ok=True)
        (assets / name).write_bytes(b"a{}")
    store = FolderStore(tmp_path / "stores" / "public", files=0o644, folders=0o755)
    store.put(bundle, PREFIX)
    store.put(assets, "assets/0a1b")
    store.write("index.html", b"<p>All packs</p>")
    store.write("feed.xml", b"<feed/>")
    return store


@pytest.fixture
def root(store: FolderStore) -> Path:
    assert store.folder
    return store.folder


@pytest.fixture
def application(root: Path) -> WSGIApplication:
    return published(no_django, root)


# Files


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_file_is_served_as_it_is(application: WSGIApplication, root: Path, name: str) -> None:
    answer = ask(application, f"/published/{PREFIX}/{name}")
    found = (root / PREFIX / name).stat()
    assert (answer.status, answer.body) == (200, FILES[name])
    assert answer.headers["content-length"] == str(len(FILES[name]))
    assert answer.headers["etag"] == f'"{int(found.st_mtime):x}-{found.st_size:x}"'
    assert answer.headers["last-modified"] == formatdate(int(found.st_mtime), usegmt=True)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (f"{PREFIX}/index.html", "text/html; charset=utf-8"),
        (f"{PREFIX}/manifest.json", "application/json"),
        (f"{PREFIX}/pack.pdf", "application/pdf"),
        (f"{PREFIX}/papers/outturn/tables/t1.csv", "text/csv; charset=utf-8"),
        (f"{PREFIX}/papers/outturn/tables/t1.odd", "application/octet-stream"),
        ("feed.xml", "application/atom+xml; charset=utf-8"),
        ("assets/0a1b/screen.css", "text/css; charset=utf-8"),
        ("assets/0a1b/a.woff2", "font/woff2"),
    ],
)
def test_a_file_says_what_it_is(application: WSGIApplication, path: str, kind: str) -> None:
    assert ask(application, f"/published/{path}").headers["content-type"] == kind


def test_a_folder_shows_its_page_at_one_address(application: WSGIApplication) -> None:
    assert ask(application, f"/published/{PREFIX}/").body == FILES["index.html"]
    assert ask(application, "/published/").body == b"<p>All packs</p>"
    for address in ("/published", f"/published/{PREFIX}", "/published/packs"):
        answer = ask(application, f"{address}?a=b")
        assert (answer.status, answer.headers["location"], answer.body) == (301, f"{address}/?a=b", b"")
    assert ask(application, "/published/packs/").status == 404


def test_only_get_and_head_are_answered(application: WSGIApplication) -> None:
    head = ask(application, PAGE, method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers == ask(application, PAGE).headers
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "get", ""):
        answer = ask(application, PAGE, method=method)
        assert (answer.status, answer.headers["allow"], answer.body) == (405, "GET, HEAD", b"")


@pytest.mark.parametrize("address", ["/", "/publishe", "/publisheds/", "/published.html", "//published/", "/packs/"])
def test_every_other_address_is_djangos(application: WSGIApplication, address: str) -> None:
    assert ask(application, address).status == 299


def test_what_was_withdrawn_is_gone_with_its_files(
    application: WSGIApplication, store: FolderStore, root: Path
) -> None:
    known = {"If-None-Match": ask(application, PAGE).headers["etag"]}
    assert ask(application, PAGE, known).status == 304
    store.take(PREFIX, FolderStore(root.parent / "locked", files=0o600, folders=0o700))
    for name in FILES:
        assert ask(application, f"/published/{PREFIX}/{name}", known).status == 404
    assert ask(application, f"/published/{PREFIX}/").status == 404


def test_a_site_that_has_published_nothing_yet_says_not_found(tmp_path: Path) -> None:
    application = published(no_django, tmp_path / "none")
    assert ask(application, "/published/").status == 404


# What stands outside


@pytest.mark.parametrize(
    "path",
    [
        "../secret.html",
        "..%2fsecret.html",
        "%2e%2e/secret.html",
        "packs/../../secret.html",
        "packs/%2e%2e/%2e%2e/secret.html",
        "..%c0%afsecret.html",
        "..%5csecret.html",
        "%252e%252e/secret.html",
        "/secret.html",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        ".lock",
        ".aside-x/index.html",
        "packs/.hidden.html",
        "link.html",
        "folder-link/passwd",
        "folder-link/",
        "folder-link",
        "inner-link/1/index.html",
        "pipe",
        "index.html/",
        "index.html%00",
        "index.html%00.png",
        "index.html%0a",
        "index.html%20",
        "index.html;a",
        "%ff%fe",
        "%c3%a9.html",
        "index%2ehtml%2f",
        "./index.html",
        "packs//board",
        "a" * 300,
        "a/" * 5000,
        "~root/",
        "INDEX.HTML",
    ],
)
def test_nothing_else_of_the_disk_is_served(application: WSGIApplication, root: Path, path: str) -> None:
    (root.parent / "secret.html").write_text("secret")
    (root / "packs" / ".hidden.html").write_text("secret")
    (root / ".aside-x").mkdir()
    (root / ".aside-x" / "index.html").write_text("secret")
    (root / "link.html").symlink_to(root.parent / "secret.html")
    (root / "folder-link").symlink_to("/etc")
    (root / "inner-link").symlink_to(root / PREFIX.rpartition("/")[0])
    os.mkfifo(root / "pipe")
    answer = ask(application, f"/published/{path}")
    assert answer.status == 404
    assert answer.body.startswith(b"<!DOCTYPE html>")
    assert b"secret" not in answer.body
    assert answer.headers["cache-control"] == "no-store"


# What is known already, and parts


def test_who_has_the_file_is_told_so(application: WSGIApplication) -> None:
    first = ask(application, PAGE)
    etag, date = first.headers["etag"], first.headers["last-modified"]
    for known in (etag, f"W/{etag}", f'"x", {etag}', "*", f' W/"y" ,{etag} '):
        answer = ask(application, PAGE, {"If-None-Match": known})
        assert (answer.status, answer.body) == (304, b"")
        assert answer.headers["etag"] == etag
        assert answer.headers["cache-control"] == first.headers["cache-control"]
        assert "content-length" not in answer.headers
    assert ask(application, PAGE, {"If-Modified-Since": date}).status == 304
    assert ask(application, PAGE, {"If-Modified-Since": date}, method="HEAD").status == 304


def test_who_has_another_file_gets_this_one(application: WSGIApplication) -> None:
    date = ask(application, PAGE).headers["last-modified"]
    for headers in (
        {"If-None-Match": '"x"'},
        {"If-None-Match": '"x"', "If-Modified-Since": date},
        {"If-None-Match": ""},
        {"If-Modified-Since": formatdate(0, usegmt=True)},
        {"If-Modified-Since": "yesterday"},
    ):
        assert ask(application, PAGE, headers).status == 200


SIZE = len(FILES["pack.pdf"])


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=5-9", 5, 9),
        ("bytes=100-", 100, SIZE - 1),
        ("bytes=-7", SIZE - 7, SIZE - 1),
        (f"bytes=-{SIZE * 2}", 0, SIZE - 1),
        (f"bytes=10-{SIZE * 2}", 10, SIZE - 1),
        ("bytes=1-2000000", 1, 2_000_000),
    ],
)
def test_a_part_of_a_file_is_served(application: WSGIApplication, asked: str, start: int, end: int) -> None:
    answer = ask(application, PDF, {"Range": asked})
    assert answer.status == 206
    assert answer.body == FILES["pack.pdf"][start : end + 1]
    assert answer.headers["content-range"] == f"bytes {start}-{end}/{SIZE}"
    assert answer.headers["content-length"] == str(len(answer.body))


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", "bytes=9-5", "bytes=-0"])
def test_a_part_that_does_not_exist_is_refused(application: WSGIApplication, asked: str) -> None:
    answer = ask(application, PDF, {"Range": asked})
    assert (answer.status, answer.body) == (416, b"")
    assert answer.headers["content-range"] == f"bytes */{SIZE}"


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "lines=1-2", "bytes=-", "bytes=a-b", "bytes=" + "9" * 5000 + "-"])
def test_a_range_of_another_kind_is_overlooked(application: WSGIApplication, asked: str) -> None:
    answer = ask(application, PDF, {"Range": asked})
    assert (answer.status, answer.body) == (200, FILES["pack.pdf"])


def test_a_part_counts_only_for_the_file_it_began_with(application: WSGIApplication) -> None:
    first = ask(application, PDF)
    for same in (first.headers["etag"], first.headers["last-modified"]):
        assert ask(application, PDF, {"Range": "bytes=0-4", "If-Range": same}).status == 206
    for other in ('"x"', f"W/{first.headers['etag']}", formatdate(0, usegmt=True)):
        assert ask(application, PDF, {"Range": "bytes=0-4", "If-Range": other}).status == 200


# Headers


def test_a_paper_is_kept_for_a_minute_and_the_assets_for_good(application: WSGIApplication) -> None:
    assert ask(application, PAGE).headers["cache-control"] == "public, max-age=60, must-revalidate"
    assert ask(application, "/published/").headers["cache-control"] == "public, max-age=60, must-revalidate"
    asset = ask(application, "/published/assets/0a1b/screen.css")
    assert asset.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(("address", "method"), [(PAGE, "GET"), ("/published/none", "GET"), (PAGE, "POST")])
def test_every_answer_has_the_headers_of_safety(application: WSGIApplication, address: str, method: str) -> None:
    headers = ask(application, address, method=method).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self' 'unsafe-inline';")
    assert "script-src" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert not {"set-cookie", "vary", "server"} & headers.keys()


def test_https_is_asked_for_again_where_the_settings_say_so(application: WSGIApplication, settings: Settings) -> None:
    def said(**more: str) -> str | None:
        return ask(application, PAGE, None, **more).headers.get("strict-transport-security")

    secure, proxied = {"wsgi.url_scheme": "https"}, {"HTTP_X_FORWARDED_PROTO": "https"}
    assert said(**secure) is None
    settings.SECURE_HSTS_SECONDS = 60
    assert said(**secure) == "max-age=60"
    assert said() is said(**proxied) is None
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert said(**proxied) == "max-age=60"
    assert said(**secure, HTTP_X_FORWARDED_PROTO="http") is None


def test_readers_of_a_bucket_are_sent_there(settings: Settings) -> None:
    settings.PUBLISHED_URL = "https://papers.example/"
    application = published(no_django, None)
    for path, there in ((PREFIX + "/", f"{PREFIX}/index.html"), ("", "index.html"), ("feed.xml", "feed.xml")):
        answer = ask(application, f"/published/{path}")
        assert (answer.status, answer.headers["location"]) == (302, f"https://papers.example/{there}")
    for path in ("../x", "//evil.example/", "a%0d%0ab", ".git/config"):
        assert ask(application, f"/published/{path}").status == 404
    assert ask(application, "/published/", method="POST").status == 405


# nginx

COMPARED = (
    *("content-type", "content-length", "etag", "last-modified", "cache-control", "accept-ranges", "content-range"),
    *("content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy"),
    *("strict-transport-security", "set-cookie", "location"),
)


def compared(answer: Answer) -> tuple[int, dict[str, str | None], bytes]:
    return answer.status, {name: answer.headers.get(name) for name in COMPARED}, answer.body


@pytest.fixture
def port(root: Path, tmp_path: Path) -> Iterator[int]:
    folder = tmp_path / "nginx"
    folder.mkdir()
    with nginx(root, folder) as port:
        yield port


def assert_same(application: WSGIApplication, port: int, address: str) -> Answer:
    """That nginx says what the program says, with and without the body, and to who has the file; that answer."""
    answer = ask(application, address)
    assert compared(answer) == compared(ask_server(port, address)), address
    head = ask(application, address, method="HEAD")
    assert compared(head) == compared(ask_server(port, address, method="HEAD")), address
    for known in (
        {"If-None-Match": answer.headers["etag"]},
        {"If-None-Match": f'W/"x", {answer.headers["etag"]}'},
        {"If-Modified-Since": answer.headers["last-modified"]},
    ):
        same = ask(application, address, known)
        assert same.status == 304
        assert compared(same) == compared(ask_server(port, address, known)), address
    return answer


def test_nginx_serves_every_file_as_the_program_does(
    store: FolderStore, root: Path, port: int, application: WSGIApplication
) -> None:
    paths = list(store.paths())
    assert len(paths) == len(FILES) + 4
    for path in paths:
        assert assert_same(application, port, f"/published/{path}").body == (root / path).read_bytes()
    for folder in ("", f"{PREFIX}/"):
        assert (
            assert_same(application, port, f"/published/{folder}").body == (root / folder / "index.html").read_bytes()
        )


def test_nginx_serves_every_file_of_a_bundle_as_the_program_does(tmp_path: Path) -> None:
    root, folder = tmp_path / "public", tmp_path / "nginx"
    folder.mkdir()
    made = kit.whole_store(root)
    paths = list(FolderStore(root, files=0o644, folders=0o755).paths())
    assert {f"{made.facts.folder}/{file.path}" for file in made.files} < set(paths)
    with nginx(root, folder) as port:
        for path in paths:
            answer = assert_same(published(no_django, root), port, f"/published/{path}")
            assert answer.body == (root / path).read_bytes()
    for file in made.files:
        answer = ask(published(no_django, root), f"/published/{made.facts.folder}/{file.path}")
        assert answer.headers["content-type"] == file.media_type


@pytest.mark.parametrize("asked", ["bytes=0-0", "bytes=100-", "bytes=-7", "bytes=1-2000000"])
def test_nginx_serves_parts_as_the_program_does(port: int, application: WSGIApplication, asked: str) -> None:
    headers = {"Range": asked}
    assert compared(ask(application, PDF, headers)) == compared(ask_server(port, PDF, headers))


def test_nginx_refuses_what_the_program_refuses(port: int, application: WSGIApplication, root: Path) -> None:
    (root / "link.html").symlink_to("/etc/passwd")
    (root / "folder-link").symlink_to("/etc")
    (root / ".aside-x").mkdir()
    (root / ".aside-x" / "index.html").write_text("secret")
    paths = ["none", "packs/", ".lock", ".aside-x/index.html", "link.html", "folder-link/passwd", f"{PREFIX}/none.pdf"]
    for path in paths:
        here, there = ask(application, f"/published/{path}"), ask_server(port, f"/published/{path}")
        assert here.status == there.status == 404, path
        assert there.headers.get("content-security-policy") == here.headers["content-security-policy"], path
        assert "max-age" not in there.headers.get("cache-control", "")
    for address in ("/published", f"/published/{PREFIX}", "/published/packs?a=b"):
        here, there = ask(application, address), ask_server(port, address)
        assert (here.status, here.headers["location"]) == (there.status, there.headers["location"])
    assert ask_server(port, PAGE, method="POST").status == 405


def test_nginx_says_no_more_than_the_program_once_a_bundle_is_withdrawn(
    port: int, application: WSGIApplication, store: FolderStore, root: Path
) -> None:
    known = {"If-None-Match": ask_server(port, PAGE).headers["etag"]}
    assert ask_server(port, PAGE, known).status == 304
    store.take(PREFIX, FolderStore(root.parent / "locked", files=0o600, folders=0o700))
    assert ask_server(port, PAGE, known).status == ask(application, PAGE, known).status == 404
