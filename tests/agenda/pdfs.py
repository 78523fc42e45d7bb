"""PDFs as somebody brings them."""

from functools import cache

import weasyprint


@cache
def written(*pages: str, tagged: bool = True) -> bytes:
    """A PDF with these words, a page each."""
    body = "".join(f'<p style="break-after: page">{words}</p>' for words in pages[:-1]) + f"<p>{pages[-1]}</p>"
    html = f'<html lang="en-GB"><title>The letter</title><style>@page {{ size: A4 }}</style><body>{body}</body></html>'
    data = weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1" if tagged else None)
    assert isinstance(data, bytes)
    return data
