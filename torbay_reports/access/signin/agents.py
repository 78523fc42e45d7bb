"""What kind of browser on what kind of device somebody uses, in words, from what the browser says of itself."""

from typing import Final

# The first that fits counts: most browsers also name the ones that they descend from.
_BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chromium/", "Chromium"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_DEVICES: Final = (
    ("iPad", "an iPad"),
    ("iPhone", "an iPhone"),
    ("CrOS", "a Chromebook"),
    ("Windows", "Windows"),
    ("Linux", "Linux"),
)
_ONLY_ON_TABLETS: Final = ("CriOS/", "FxiOS/", "EdgiOS/")


def in_words(user_agent: str) -> str:
    """Firefox on Windows, Safari on an iPad; "A browser" where nothing is known."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "A browser")
    device = _device(user_agent)
    return f"{browser} on {device}" if device else browser


def _device(user_agent: str) -> str:
    if "Android" in user_agent:
        return "an Android phone" if "Mobile" in user_agent else "an Android tablet"
    if "Macintosh" in user_agent:
        # An iPad calls itself a Mac unless it is told not to; other browsers than Safari at least show it.
        if any(mark in user_agent for mark in _ONLY_ON_TABLETS):
            return "an iPad"
        return "a Mac" if "Chrome/" in user_agent or "Firefox/" in user_agent else "a Mac or an iPad"
    return next((name for mark, name in _DEVICES if mark in user_agent), "")
