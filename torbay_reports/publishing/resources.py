"""What a pack's HTML may fetch while it is set: our own fonts, and pictures that it carries itself. Nothing else."""

from pathlib import Path

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

_FONT = "font:"


class OwnResources(URLFetcher):
    """Serves `font:NAME` from the folder of fonts and `data:` addresses; refuses network and file system.

    A refusal stops the rendering: a pack with a missing font or picture must not be handed out.
    """

    def __init__(self, fonts: Path) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)
        self._fonts = {path.name: path for path in fonts.glob("*.woff2")}

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Answer one address. Raises FatalURLFetchingError for any that is not ours."""
        if url.startswith(_FONT):
            path = self._fonts.get(url.removeprefix(_FONT))
            if path is None:
                raise FatalURLFetchingError(f"The font {url.removeprefix(_FONT)} is missing: run `make frontend`.")
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/woff2"})
        if url.startswith("data:"):
            return super().fetch(url, headers)
        raise FatalURLFetchingError(f"A pack may not fetch “{url}”: only its own fonts and drawings.")
