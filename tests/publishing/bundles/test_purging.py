"""The CDN is told what to forget, and a CDN that was not told is an error to try again."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from pytest_django import Settings

from tests.publishing.bundles.servers import free_port
from torbay_reports.publishing.bundles import purging
from torbay_reports.publishing.bundles.purging import PurgeFailed, purge

BUNDLE = "packs/board/2017-09-06/supplement-1/1"
SECRET = "a-token"


@dataclass
class Cdn:
    """What was asked of it; `status` and `headers` are what it answers."""

    port: int = 0
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, str | None, Any]] = field(default_factory=list)


@pytest.fixture
def cdn(settings: Settings) -> Iterator[Cdn]:
    cdn = Cdn()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            cdn.asked.append((self.path, self.headers["Authorization"], json.loads(body)))
            self.send_response(cdn.status)
            for name, value in cdn.headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    cdn.port = server.server_port
    settings.CDN_PURGE_URL = f"http://127.0.0.1:{cdn.port}/purge?zone=7"
    settings.CDN_PURGE_TOKEN = SECRET
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield cdn
    server.shutdown()
    thread.join()
    server.server_close()


def test_every_address_is_told_once_with_the_token(cdn: Cdn) -> None:
    purge([f"{BUNDLE}/pack.pdf", f"{BUNDLE}/index.html", "index.html", f"{BUNDLE}/pack.pdf"])
    told = ["/published/", "/published/index.html"]
    told += [f"/published/{BUNDLE}/", f"/published/{BUNDLE}/index.html", f"/published/{BUNDLE}/pack.pdf"]
    assert cdn.asked == [("/purge?zone=7", f"Bearer {SECRET}", {"paths": told})]


def test_addresses_of_a_bucket_are_those_of_its_readers(cdn: Cdn, settings: Settings) -> None:
    settings.PUBLISHED_URL = "https://papers.example/council/"
    purge(["feed.xml"])
    settings.PUBLISHED_URL = "https://papers.example/"
    purge(["feed.xml"])
    assert [paths for _, _, paths in cdn.asked] == [{"paths": ["/council/feed.xml"]}, {"paths": ["/feed.xml"]}]


def test_a_cdn_without_a_token_is_sent_none(cdn: Cdn, settings: Settings) -> None:
    settings.CDN_PURGE_TOKEN = ""
    purge(["feed.xml"])
    assert cdn.asked == [("/purge?zone=7", None, {"paths": ["/published/feed.xml"]})]


def test_where_there_is_no_cdn_or_nothing_to_forget_nobody_is_asked(cdn: Cdn, settings: Settings) -> None:
    purge([])
    settings.CDN_PURGE_URL = ""
    purge(["feed.xml"])
    assert cdn.asked == []


@pytest.mark.parametrize("status", [301, 307, 401, 404, 429, 500])
def test_any_other_answer_is_a_failure_that_repeats_no_secret(cdn: Cdn, status: int) -> None:
    cdn.status, cdn.headers = status, {"Location": f"http://127.0.0.1:{cdn.port}/elsewhere"}
    with pytest.raises(PurgeFailed, match=rf"^The address in CDN_PURGE_URL answered {status}: see that") as failure:
        purge(["feed.xml"])
    assert SECRET not in str(failure.value)
    assert [path for path, _, _ in cdn.asked] == ["/purge?zone=7"]


def test_a_cdn_that_is_away_or_silent_is_a_failure_that_repeats_no_address(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CDN_PURGE_URL = f"http://127.0.0.1:{free_port()}/purge?key={SECRET}"
    with pytest.raises(
        PurgeFailed, match=r"cannot be reached \(ConnectionError\): see that it is right and up\.$"
    ) as away:
        purge(["feed.xml"])
    assert SECRET not in str(away.value)
    silent = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    settings.CDN_PURGE_URL = f"http://127.0.0.1:{silent.server_port}/"
    monkeypatch.setattr(purging, "PATIENCE", 0.05)
    with pytest.raises(PurgeFailed, match=r"\(ReadTimeout\)"):
        purge(["feed.xml"])
    silent.server_close()
