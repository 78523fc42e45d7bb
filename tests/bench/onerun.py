"""One plain run of WeasyPrint over a whole pack, in a process of its own: `python -m tests.bench.onerun HTML PDF`.

Answers with the seconds from HTML to file, and with the megabytes that the process had at most.
"""

import sys
import time
from pathlib import Path

from weasyprint import HTML

from tests.bench.processes import peak


def main(source: str, target: str) -> None:
    """Print the HTML as a tagged PDF."""
    start = time.perf_counter()
    HTML(filename=source).write_pdf(target, pdf_variant="pdf/ua-1")
    print(time.perf_counter() - start, peak(Path("/proc/self")))


if __name__ == "__main__":
    main(*sys.argv[1:])
