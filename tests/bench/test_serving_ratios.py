"""Requests a second for published files: the program's own server against nginx, in turn in one run, on loopback.

Each has as many processes as the machine has cores, and shares those with the program that asks.
"""

import json
import os
import re
import subprocess
from pathlib import Path
from statistics import median

import pytest

from tests.publishing.bundles import kit
from tests.publishing.bundles.asking import ask_server
from tests.publishing.bundles.servers import environment, granian, nginx, program

pytestmark = pytest.mark.bench

RUNS = 7
LEAST = 0.3
"""Of nginx's requests a second."""
CORES = len(os.sched_getaffinity(0))
COPIES = 6
"""So many times the paper's page is as long as that of a tracker of 172 steps, about 300 KB."""


def requests_a_second(port: int, path: str, seconds: int = 2) -> float:
    """What wrk counts over sixteen connections that stay open; every answer has to be a good one."""
    command = [program("wrk"), "--threads", "1", "--connections", "16", "--duration", f"{seconds}s"]
    address = f"http://127.0.0.1:{port}/published/{path}"
    said = subprocess.run([*command, address], check=True, capture_output=True, text=True, env=environment()).stdout
    assert "Non-2xx" not in said, said
    assert "Socket errors" not in said, said
    found = re.search(r"^Requests/sec:\s+([\d.]+)", said, re.MULTILINE)
    assert found, said
    return float(found[1])


def test_the_program_serves_at_least_three_tenths_of_nginxs_requests_a_second(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    root, folder = tmp_path / "public", tmp_path / "nginx"
    folder.mkdir()
    made = kit.whole_store(root)
    paper = f"{made.facts.folder}/papers/item-5-report/index.html"
    (root / "large.html").write_bytes((root / paper).read_bytes() * COPIES)
    ratios = {}
    with nginx(root, folder, workers=CORES) as other, granian(tmp_path, tmp_path, workers=CORES) as this:
        for path in ("index.html", paper, f"{made.facts.folder}/pack.pdf", "large.html"):
            size = (root / path).stat().st_size
            here, there = (ask_server(port, f"/published/{path}") for port in (this, other))
            assert here.body == there.body == (root / path).read_bytes()
            assert here.headers["etag"] == there.headers["etag"]
            rates: dict[int, list[float]] = {this: [], other: []}
            for port in rates:
                requests_a_second(port, path, seconds=1)
            for _ in range(RUNS):
                for port, kept in rates.items():
                    kept.append(requests_a_second(port, path))
            ratios[path] = median(rates[this]) / median(rates[other])
            told = {"name": f"serve {size:,} published bytes / nginx", "ratio": round(ratios[path], 3)}
            told |= {"requests a second": [round(median(kept)) for kept in rates.values()], "cores": CORES}
            with capfd.disabled():
                print(
                    json.dumps({**told, "each": [[round(rate) for rate in kept] for kept in rates.values()]}),
                    flush=True,
                )
    assert min(ratios.values()) >= LEAST
