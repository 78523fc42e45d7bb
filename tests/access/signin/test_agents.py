"""A browser in words, from what it says of itself."""

import pytest

from torbay_reports.access.signin.agents import in_words

APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
BLINK = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0"
GECKO = "Gecko/20100101 Firefox/140.0"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (f"Mozilla/5.0 (X11; Linux x86_64) {BLINK} Safari/537.36", "Chrome on Linux"),
        (f"Mozilla/5.0 (X11; Linux x86_64) {BLINK} Chromium/138.0 Safari/537.36", "Chromium on Linux"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {BLINK} Safari/537.36 Edg/138.0.0.0", "Edge on Windows"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {BLINK} Safari/537.36 OPR/120.0.0.0", "Opera on Windows"),
        (f"Mozilla/5.0 (Windows NT 10.0; rv:140.0) {GECKO}", "Firefox on Windows"),
        (f"Mozilla/5.0 (Android 15; Mobile; rv:140.0) {GECKO}", "Firefox on an Android phone"),
        (f"Mozilla/5.0 (Linux; Android 14; SM-X200) {BLINK} Safari/537.36", "Chrome on an Android tablet"),
        (
            f"Mozilla/5.0 (Linux; Android 14; SM-S901B) SamsungBrowser/27.0 {BLINK} Mobile Safari/537.36",
            "Samsung Internet on an Android phone",
        ),
        (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {BLINK} Safari/537.36", "Chrome on a Chromebook"),
        (
            f"Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) {APPLE} Version/17.5 Mobile Safari/604.1",
            "Safari on an iPad",
        ),
        (f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5) {APPLE} CriOS/126.0 Mobile Safari/604.1", "Chrome on an iPhone"),
        (f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5) {APPLE} EdgiOS/126.0 Mobile Safari/604.1", "Edge on an iPhone"),
        (f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {BLINK} Safari/537.36", "Chrome on a Mac"),
        (f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {APPLE} FxiOS/140.0 Safari/605.1.15", "Firefox on an iPad"),
        (
            f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) {APPLE} Version/17.5 Safari/605.1",
            "Safari on a Mac or an iPad",
        ),
        ("curl/8.5.0", "A browser"),
        ("", "A browser"),
    ],
)
def test_browser_and_device_are_named(user_agent: str, words: str) -> None:
    assert in_words(user_agent) == words
