"""A worker that builds packs for the bench: a program of its own, warm, with nothing in it but what a worker has.

`python -m tests.bench.packworker DATABASE` reads numbers of builds, one a line, and answers each with its seconds.
"""

import sys
import time

import django
from django.conf import settings


def main(database: str) -> None:
    """Run each build that is asked for, from its job taken to the checked pack stored."""
    django.setup()
    settings.DATABASES["default"]["NAME"] = database
    from torbay_reports.agenda.building import run_build

    print("ready", flush=True)
    for line in sys.stdin:
        start = time.perf_counter()
        run_build(build=int(line))
        print(time.perf_counter() - start, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
